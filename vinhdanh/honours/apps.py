from django.apps import AppConfig


class HonoursConfig(AppConfig):
    name = "vinhdanh.honours"

    def ready(self) -> None:
        from vinhdanh.honours.rules import deeds, import_deeds, local, traits
        from vinhdanh.journal import rules as journal

        journal.name_deeds(deeds.DEEDS | import_deeds.DEEDS)
        journal.leave_untold(deeds.UNTOLD)
        journal.name_details(deeds.DETAILS | import_deeds.DETAILS, room=self.label)
        journal.name_details(local.DETAILS | traits.DETAILS, room="people")
