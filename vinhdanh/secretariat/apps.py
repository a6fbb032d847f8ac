from django.apps import AppConfig


class SecretariatConfig(AppConfig):
    name = "vinhdanh.secretariat"

    def ready(self) -> None:
        from vinhdanh.journal import rules as journal
        from vinhdanh.secretariat.rules import calendar, mailings, papers

        for part in (calendar, mailings, papers):
            journal.name_deeds(part.DEEDS)
            journal.name_details(part.DETAILS, room=self.label)
        journal.name_details(mailings.HOOK_DETAILS, room="notices")
