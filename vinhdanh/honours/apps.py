from django.apps import AppConfig


class HonoursConfig(AppConfig):
    name = "vinhdanh.honours"

    def ready(self) -> None:
        from vinhdanh.honours.rules import deeds
        from vinhdanh.journal import rules as journal

        journal.name_deeds(deeds.DEEDS)
        journal.name_details(deeds.DETAILS, room=self.label)
