from django.apps import AppConfig
from django.utils.translation import gettext_noop


class PeopleConfig(AppConfig):
    name = "vinhdanh.people"

    def ready(self) -> None:
        from vinhdanh.journal import rules as journal

        journal.name_deeds(
            {
                "unit created": gettext_noop("Lập đơn vị"),
                "unit edited": gettext_noop("Sửa thông tin đơn vị"),
                "unit moved": gettext_noop("Chuyển đơn vị sang cấp trên khác"),
                "unit ended": gettext_noop("Kết thúc đơn vị"),
                "unit resumed": gettext_noop("Bỏ ghi kết thúc đơn vị"),
                "people handed over": gettext_noop("Chuyển người của đơn vị kết thúc"),
                "group created": gettext_noop("Lập nhóm đơn vị"),
                "group edited": gettext_noop("Sửa nhóm đơn vị"),
                "group deleted": gettext_noop("Xóa nhóm đơn vị"),
                "person entered": gettext_noop("Thêm cán bộ"),
                "person edited": gettext_noop("Sửa thông tin cán bộ"),
                "personal details looked at": gettext_noop("Xem thông tin cá nhân"),
                "persons exported": gettext_noop("Tải danh sách cán bộ"),
                "position begun": gettext_noop("Thêm chức vụ"),
                "position edited": gettext_noop("Sửa chức vụ"),
                "position ended": gettext_noop("Kết thúc chức vụ"),
                "account given": gettext_noop("Cấp tài khoản"),
                "account closed": gettext_noop("Khóa tài khoản"),
                "account reopened": gettext_noop("Mở lại tài khoản"),
                "account address changed": gettext_noop("Đổi thư điện tử đăng nhập"),
                "password reset": gettext_noop("Cấp mật khẩu dùng một lần"),
                "second factors forgotten": gettext_noop("Gỡ xác thực hai lớp"),
                "role granted": gettext_noop("Giao vai trò"),
                "role revoked": gettext_noop("Thôi giao vai trò"),
                "units imported": gettext_noop("Nhập đơn vị từ bảng tính"),
                "persons imported": gettext_noop("Nhập cán bộ từ bảng tính"),
                "import passwords shown": gettext_noop("Xem mật khẩu dùng một lần vừa cấp"),
            }
        )
        journal.name_details(
            {
                "short_name": gettext_noop("Tên viết tắt"),
                "other_names": gettext_noop("Tên khác"),
                "kind": gettext_noop("Loại"),
                "kinds": gettext_noop("Gồm các loại"),
                "outside": gettext_noop("Ngoài cơ quan"),
                "valid_from": gettext_noop("Có từ ngày"),
                "valid_until": gettext_noop("Đến hết ngày"),
                "position": gettext_noop("Thứ tự"),
                "parent": gettext_noop("Thuộc đơn vị"),
                "last_day": gettext_noop("Ngày cuối cùng"),
                "ending": gettext_noop("Lý do kết thúc"),
                "successor": gettext_noop("Đơn vị kế thừa"),
                "carried_over": gettext_noop("Số chức vụ, vai trò chuyển sang"),
                "taken_back": gettext_noop("Số chức vụ, vai trò đưa về"),
                "let_go": gettext_noop("Số chức vụ, vai trò thôi giữ"),
                "anchor": gettext_noop("Các đơn vị thuộc"),
                "whole_subtree": gettext_noop("Gồm cả cấp dưới nữa"),
                "members": gettext_noop("Và các đơn vị"),
                "full_name": gettext_noop("Họ và tên"),
                "code": gettext_noop("Mã cán bộ"),
                "born_on": gettext_noop("Ngày sinh"),
                "sex": gettext_noop("Giới tính"),
                "retires_on": gettext_noop("Nghỉ hưu từ ngày"),
                "email": gettext_noop("Thư điện tử"),
                "phone": gettext_noop("Điện thoại"),
                "title": gettext_noop("Chức vụ, chức danh"),
                "is_head": gettext_noop("Là người đứng đầu đơn vị"),
                "from_on": gettext_noop("Từ ngày"),
                "until_on": gettext_noop("Đến hết ngày"),
                "username": gettext_noop("Tên đăng nhập"),
                "person": gettext_noop("Người giữ"),
                "created": gettext_noop("Đã thêm"),
                "changed": gettext_noop("Đã sửa"),
                "left_out": gettext_noop("Bỏ lại"),
                "count": gettext_noop("Số người"),
            },
            room=self.label,
        )
