"""What is said of a PDF that cannot be read."""

from vinhdanh.common.vietnamese import gettext_noop

PASSWORD = gettext_noop("Tệp PDF được đặt mật khẩu; hãy bỏ mật khẩu rồi tải lên lại.")
BROKEN = gettext_noop("Tệp PDF bị hỏng; hãy xuất lại từ Word hoặc dùng tệp .docx.")
TOO_MANY_PAGES = gettext_noop(
    "Tệp PDF có {pages} trang, quá {most} trang; hãy tách riêng phần kế hoạch rồi tải lên."
)
SCAN = gettext_noop(
    "Tệp PDF có {pages} trang nhưng không có chữ (bản chụp); hãy xuất lại từ Word hoặc nhận dạng "
    "chữ trước."
)
NO_LETTERS = gettext_noop(
    "Tệp PDF không cho biết chữ của nó là chữ gì (thiếu bảng mã phông chữ); hãy xuất lại từ Word "
    "hoặc dùng tệp .docx."
)
TOO_HARD = gettext_noop(
    "Tệp PDF quá phức tạp nên không đọc được; hãy xuất lại từ Word hoặc dùng tệp .docx."
)
