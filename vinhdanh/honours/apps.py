from django.apps import AppConfig


class HonoursConfig(AppConfig):
    name = "vinhdanh.honours"

    def ready(self) -> None:
        from vinhdanh.documents.rules import exports
        from vinhdanh.honours.rules import deeds, import_deeds, local, traits
        from vinhdanh.honours.views.bonuses import BONUS_SHEET
        from vinhdanh.honours.views.register import REGISTER_SHEET
        from vinhdanh.honours.views.screening import SCREENING_SHEET
        from vinhdanh.journal import rules as journal

        exports.offer(deeds.BONUSES, BONUS_SHEET)
        exports.offer(deeds.REGISTER, REGISTER_SHEET)
        exports.offer(deeds.SCREENING, SCREENING_SHEET)
        journal.name_deeds(deeds.DEEDS | import_deeds.DEEDS)
        journal.leave_untold(deeds.UNTOLD)
        journal.name_details(deeds.DETAILS | import_deeds.DETAILS, room=self.label)
        journal.name_details(local.DETAILS | traits.DETAILS, room="people")
