"""What is said of a text that cannot be read."""

from vinhdanh.common.vietnamese import gettext_noop

TOO_LONG = gettext_noop("Văn bản quá dài; hãy chia thành nhiều phần nhỏ hơn.")
