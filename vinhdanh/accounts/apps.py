from django.apps import AppConfig
from django.utils.translation import gettext_noop


class AccountsConfig(AppConfig):
    name = "vinhdanh.accounts"

    def ready(self) -> None:
        from vinhdanh.journal import rules as journal

        journal.name_deeds(
            {
                "calendar feed made": gettext_noop("Tạo địa chỉ lịch riêng"),
                "calendar feed revoked": gettext_noop("Thu hồi địa chỉ lịch riêng"),
                "language chosen": gettext_noop("Chọn ngôn ngữ"),
            }
        )
        journal.name_details({"language": gettext_noop("Ngôn ngữ")}, room=self.label)
