"""A running year for tests: occurrences, units' lines, and reports in every state."""

from datetime import UTC, date, datetime
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from vinhdanh.accounts.models import User
from vinhdanh.people.models import RoleHolding, Unit
from vinhdanh.people.tests.make import a_unit, a_user_with
from vinhdanh.plans.actions import work
from vinhdanh.plans.models import Assignment, Occurrence, Plan, Report, Task
from vinhdanh.plans.tests.make import a_plan, a_task

Role = RoleHolding.Role
AT = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
ON = date(2026, 3, 2)


def a_year(**fields: Any) -> Plan:
    """A plan in force for 2026, with no work in it yet."""
    return a_plan(**{"state": Plan.State.IN_FORCE, "in_force_at": AT} | fields)


def an_occurrence(plan: Plan | None = None, task: Task | None = None, **fields: Any) -> Occurrence:
    """One time a task is due: by 14/03/2026."""
    task = task or a_task(plan or a_year())
    ordinary = {"due_on": date(2026, 3, 14), "due_reason": "Trước ngày 15/03/2026."}
    return Occurrence.objects.create(**{"plan": task.plan, "task": task} | ordinary | fields)


def a_line(
    occurrence: Occurrence | None = None, unit: Unit | None = None, **fields: Any
) -> Assignment:
    """What a unit of the office owes: open, leading."""
    occurrence = occurrence or an_occurrence()
    unit = unit or a_unit(occurrence.plan.office)
    occurrence.plan.units.add(unit)
    return Assignment.objects.create(
        **{"occurrence": occurrence, "unit": unit, "part": Assignment.Part.LEAD} | fields
    )


def an_undated_line(plan: Plan | None = None) -> Assignment:
    """A line of a duty that waits for somebody else's date."""
    task = a_task(plan or a_year(), due_kind=Task.Due.EXTERNAL, due_text="Theo lịch của Thành phố")
    return a_line(an_occurrence(task=task, due_on=None, due_reason=""))


def a_clerk(unit: Unit) -> User:
    return a_user_with(Role.CLERK, unit)


def an_officer(plan: Plan) -> User:
    """Whoever runs the plan: the office's standing section."""
    return a_user_with(Role.OFFICE, plan.office)


def evidence(name: str = "bao-cao.txt", text: str = "Đã tổ chức hội nghị.") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode(), content_type="text/plain")


def a_waiting_report(line: Assignment | None = None, **fields: Any) -> Report:
    """A report of the line's unit that waits for the office, without files."""
    line = line or a_line()
    ordinary = {"note": "Đã tổ chức xong.", "files": [], "by": a_clerk(line.unit), "at": AT}
    return work.report_done(line, **ordinary | fields)


def an_accepted_report(line: Assignment | None = None) -> Report:
    report = a_waiting_report(line)
    work.accept(report, by=an_officer(report.assignment.occurrence.plan), at=AT)
    return report
