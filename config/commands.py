"""The commands of every room, as the help page lists them before any room is loaded."""

from typing import NamedTuple


class Group(NamedTuple):
    """One group of commands: where it lives and what it is for."""

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
}

# What answers at once, without database and Django.
LIGHT = {("plan", "read"), ("calendar", "days-off"), ("calendar", "back")}
# Of these, what heeds the database where there is one.
HEEDS_DATABASE = {("calendar", "days-off"), ("calendar", "back")}
