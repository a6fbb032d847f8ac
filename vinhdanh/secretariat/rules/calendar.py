"""The words of the calendar in the journal."""

from vinhdanh.common.vietnamese import gettext_noop

DEEDS = {
    "days announced": gettext_noop("Nhập ngày nghỉ, ngày làm bù"),
    "announced days changed": gettext_noop("Sửa ngày nghỉ, ngày làm bù đã nhập"),
    "announced days removed": gettext_noop("Xóa ngày nghỉ, ngày làm bù đã nhập"),
}
DETAILS = {
    "kind": gettext_noop("Loại"),
    "first_on": gettext_noop("Từ ngày"),
    "last_on": gettext_noop("Đến hết ngày"),
    "source": gettext_noop("Căn cứ"),
}
