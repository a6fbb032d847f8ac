"""Who reads or takes away what others wrote leaves a line in the journal."""

from django.db import transaction

from vinhdanh.accounts.models import User
from vinhdanh.documents.models import File
from vinhdanh.journal import actions as journal
from vinhdanh.plans.models import Plan, Report


@transaction.atomic
def look_at_evidence(report: Report, file: File, *, by: User) -> None:
    """Note that a file of a report is being looked at; about the report, as `work.hand_out`."""
    journal.record_look("evidence looked at", report, by=by, detail={"file": file.name})


@transaction.atomic
def look_at_document(plan: Plan, *, by: User) -> None:
    """Note that the plan's own file is being looked at."""
    journal.record_look("plan document looked at", plan, by=by, detail={"file": plan.file.name})


@transaction.atomic
def hand_out_document(plan: Plan, *, by: User) -> None:
    """Note that the plan's own file is being downloaded."""
    journal.record_look("plan document downloaded", plan, by=by, detail={"file": plan.file.name})


@transaction.atomic
def hand_out_lines(plan: Plan, *, count: int, by: User) -> None:
    """Note that `count` lines of the plan are being downloaded as a spreadsheet."""
    journal.record_look("plan lines exported", plan, by=by, detail={"lines": count})
