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
                "group created": gettext_noop("Lập nhóm đơn vị"),
                "group edited": gettext_noop("Sửa nhóm đơn vị"),
                "group deleted": gettext_noop("Xóa nhóm đơn vị"),
                "person entered": gettext_noop("Thêm cán bộ"),
                "person edited": gettext_noop("Sửa thông tin cán bộ"),
                "position begun": gettext_noop("Thêm chức vụ"),
                "position edited": gettext_noop("Sửa chức vụ"),
                "position ended": gettext_noop("Kết thúc chức vụ"),
                "account given": gettext_noop("Cấp tài khoản"),
                "account closed": gettext_noop("Khóa tài khoản"),
                "account reopened": gettext_noop("Mở lại tài khoản"),
                "account address changed": gettext_noop("Đổi thư điện tử đăng nhập"),
                "password reset": gettext_noop("Cấp mật khẩu dùng một lần"),
                "role granted": gettext_noop("Giao vai trò"),
                "role revoked": gettext_noop("Thôi giao vai trò"),
                "units imported": gettext_noop("Nhập đơn vị từ bảng tính"),
                "persons imported": gettext_noop("Nhập cán bộ từ bảng tính"),
            }
        )
