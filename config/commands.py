"""The commands of every room, as the help page lists them before any room is loaded."""

from typing import NamedTuple


class Group(NamedTuple):
    """One group of commands, or one command alone: where it lives and what it is for."""

    room: str
    purpose: str


GROUPS = {
    "plan": Group("plans", "Kế hoạch: đọc văn bản thành nhiệm vụ, thời hạn"),
    "paper": Group("plans", "Văn bản: ghi kế hoạch thành DOCX, PDF theo thể thức"),
    "people": Group("people", "Đơn vị và cá nhân: nhập từ bảng tính"),
    "account": Group("people", "Tài khoản: tạo người quản trị đầu tiên"),
    "journal": Group("journal", "Nhật ký: kiểm tra chuỗi không bị sửa"),
    "calendar": Group("secretariat", "Lịch làm việc: ngày nghỉ, đếm ngược ngày làm việc"),
    "documents": Group("documents", "Kho tệp: kiểm tra tệp còn nguyên vẹn"),
    "law": Group("law", "Pháp luật: kiểm tra tệp, xem một danh hiệu, điều thay đổi theo ngày"),
    "bonus": Group("law", "Tiền thưởng: mức của một danh hiệu, hình thức vào một ngày"),
    "eligibility": Group("honours", "Xét điều kiện: từ một tệp dữ kiện, không cần cơ sở dữ liệu"),
}

# What answers at once, without database and Django; "" where the command stands alone.
LIGHT = {
    ("plan", "read"),
    ("calendar", "days-off"),
    ("calendar", "back"),
    ("law", "check"),
    ("law", "list"),
    ("law", "show"),
    ("law", "changes"),
    ("bonus", ""),
    ("eligibility", ""),
}
# Of these, what heeds the database where there is one.
HEEDS_DATABASE = {("calendar", "days-off"), ("calendar", "back")}
# What reads the law, from the folder that the installation names.
HEEDS_LAW = {"law", "bonus", "eligibility"}
