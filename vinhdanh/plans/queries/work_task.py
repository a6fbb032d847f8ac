"""A task's page: its times, and for one of them who has done what."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from vinhdanh.accounts.models import User
from vinhdanh.journal import queries as journal
from vinhdanh.plans import access
from vinhdanh.plans.models import Assignment, Occurrence, Plan, Report, Task, TaskOwner
from vinhdanh.plans.queries.work_lines import OWED, Standings, stand
from vinhdanh.plans.rules.progress import Standing, standing


@dataclass(frozen=True)
class Line:
    """A unit's line as one reader sees it: what they may read of its reports and do with it."""

    line: Assignment
    standing: Standing
    # Newest first; empty for a reader who may not read them, as for a line without any.
    reports: list[Report]
    readable: bool
    may_report: bool
    may_answer: bool
    # The office may record it done: outside, or nobody there has an account.
    may_record: bool

    @property
    def waiting(self) -> Report | None:
        """The report that waits for the office, if the reader may read it."""
        return next((r for r in self.reports if r.answer == Report.Answer.WAITING), None)

    @property
    def accepted(self) -> Report | None:
        """The report by which the line is done, if the reader may read it."""
        return next((r for r in self.reports if r.answer == Report.Answer.ACCEPTED), None)


def times(task: Task, *, on: date) -> list[Standings]:
    """Every occurrence of the task and how it stands, the earliest due first; two queries."""
    found = stand(task.occurrences.select_related("plan", "task", "back_plan"), on=on)
    return sorted(found, key=lambda each: each.occurrence.due_on or date.max)


def current(found: list[Standings], user: User, *, on: date) -> Standings | None:
    """The occurrence of a task to look at first: the earliest that a unit of the user still owes,
    else the earliest that anybody owes, else the last; None when there is none. At most one query
    more than the user's roles need."""
    if len(found) < 2:
        return found[0] if found else None
    mine = set(
        Assignment.objects.filter(
            OWED,
            occurrence__in=[each.occurrence.pk for each in found],
            unit__in=access.own_units(user, on=on),
        ).values_list("occurrence_id", flat=True)
    )
    owed = [each for each in found if each.standing not in {Standing.DONE, Standing.REPORTED}]
    mine_first = sorted(owed, key=lambda each: each.occurrence.pk not in mine)
    return mine_first[0] if mine_first else found[-1]


def lines(occurrence: Occurrence, user: User, *, on: date) -> list[Line]:
    """The occurrence's lines as the user sees them: own units first, then leading units.

    The number of queries is the same for any number of units.
    """
    own = set(
        access.own_units(user, on=on)
        .filter(assignments__occurrence=occurrence)
        .values_list("pk", flat=True)
    )
    runs = access.may_run(user, occurrence.plan, on=on)
    reads_all = access.oversees(user, occurrence.plan, on=on)
    assignments = list(occurrence.assignments.select_related("unit"))
    readable = {each.pk for each in assignments if reads_all or each.unit_id in own}
    reports: dict[UUID, list[Report]] = {}
    for report in _reports(readable):
        reports.setdefault(report.assignment_id, []).append(report)
    helpless = _helpless(assignments, on=on) if runs else set()
    begun = occurrence.plan.state == Plan.State.IN_FORCE
    found = [
        Line(
            line=each,
            standing=standing(each.state, occurrence.due_on, on=on),
            reports=reports.get(each.pk, []),
            readable=each.pk in readable,
            may_report=begun and each.unit_id in own,
            may_answer=begun and runs,
            may_record=begun and each.unit_id in helpless,
        )
        for each in assignments
    ]
    return sorted(found, key=lambda each: not each.may_report)


def _reports(assignments: Iterable[UUID]) -> QuerySet[Report]:
    return (
        Report.objects.filter(assignment__in=assignments)
        .select_related("reported_by", "answered_by")
        .prefetch_related("files")
    )


def _helpless(assignments: list[Assignment], *, on: date) -> set[UUID]:
    """The units among these where nobody can report."""
    units = {each.unit_id for each in assignments}
    return units - access.manned(units, on=on)


def changes(task: Task) -> list[journal.Change]:
    """What was changed of a task, of whom it names, and of its due dates; for its office."""
    parts = (
        journal.Part(TaskOwner, {"task_id": task.pk}, _("đơn vị được nêu")),
        journal.Part(Occurrence, {"task_id": task.pk}, _("lần đến hạn")),
    )
    return journal.row_changes(task, *parts)
