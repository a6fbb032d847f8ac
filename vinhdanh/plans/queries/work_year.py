"""The year of a plan laid out in time: by month, and day by day."""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from vinhdanh.common.calendar import day_off_name
from vinhdanh.people.models import Unit
from vinhdanh.plans.models import Occurrence, Plan, Task
from vinhdanh.plans.queries.dates import is_extended
from vinhdanh.plans.queries.work_lines import Standings, stand
from vinhdanh.secretariat.queries.calendar import special_days


def begins_on(plan: Plan) -> date:
    """The first day of the plan's year."""
    return date(plan.year, plan.first_month, 1)


def months_from(first: date, months: int) -> date:
    """The first day of the month that many months later; earlier when negative."""
    place = first.year * 12 + first.month - 1 + months
    return date(place // 12, place % 12 + 1, 1)


@dataclass(frozen=True)
class Column:
    """A month of the plan's year by its first day, or a time outside of it by its place: 0
    before, 1..12 the months, 13 after, 14 without a date."""

    place: int
    first: date | None
    current: bool


BEFORE, AFTER, UNDATED = 0, 13, 14


@dataclass(frozen=True)
class Cell:
    """A task in a month: what is due then, and whether the task is under way in that month."""

    column: Column
    due: list[Standings]
    under_way: bool


@dataclass(frozen=True)
class Row:
    task: Task
    cells: list[Cell]


@dataclass(frozen=True)
class Month:
    """What is due in a column, in order of time; for a list by month."""

    column: Column
    due: list[Standings]


@dataclass(frozen=True)
class Year:
    columns: list[Column]
    rows: list[Row]
    months: list[Month]


def year(plan: Plan, tasks: Iterable[Task], *, on: date, unit: Unit | None = None) -> Year:
    """The tasks against the months of the plan's year, as it stands on a day; two queries.

    With `unit`, how that unit's part stands. Columns outside the year stand there only when
    something is due in them.
    """
    tasks = list(tasks)
    occurrences = Occurrence.objects.filter(task__in=[task.pk for task in tasks])
    if unit is not None:
        occurrences = occurrences.filter(assignments__unit=unit)
    occurrences = occurrences.annotate(is_extended=is_extended()).select_related("task")
    found = stand(occurrences, on=on, unit=unit)
    found.sort(key=lambda each: (each.occurrence.due_on or date.max, each.occurrence.task.position))
    placed: dict[object, dict[int, list[Standings]]] = {}
    for each in found:
        place = _place(each.occurrence.due_on, plan)
        placed.setdefault(each.occurrence.task_id, {}).setdefault(place, []).append(each)
    used = {place for of_task in placed.values() for place in of_task}
    columns = [
        _column(place, plan, on=on) for place in range(15) if 1 <= place <= 12 or place in used
    ]
    rows = [_row(task, placed.get(task.pk, {}), columns, plan) for task in tasks]
    months = [
        Month(
            column, [each for each in found if _place(each.occurrence.due_on, plan) == column.place]
        )
        for column in columns
    ]
    return Year(columns, rows, [month for month in months if month.due])


def _column(place: int, plan: Plan, *, on: date) -> Column:
    if not 1 <= place <= 12:
        return Column(place, first=None, current=False)
    first = months_from(begins_on(plan), place - 1)
    return Column(place, first, current=first == on.replace(day=1))


def _place(due_on: date | None, plan: Plan) -> int:
    if due_on is None:
        return UNDATED
    begins = begins_on(plan)
    months = (due_on.year - begins.year) * 12 + due_on.month - begins.month
    if months < 0:
        return BEFORE
    return months + 1 if months < 12 else AFTER


def _row(task: Task, placed: dict[int, list[Standings]], columns: list[Column], plan: Plan) -> Row:
    spans = [
        (_place(each.occurrence.starts_on, plan), place)
        for place, due in placed.items()
        for each in due
        if each.occurrence.starts_on
    ]
    cells = [
        Cell(
            column,
            placed.get(column.place, []),
            any(first <= column.place < last for first, last in spans),
        )
        for column in columns
    ]
    return Row(task, cells)


@dataclass(frozen=True)
class Day:
    """A day of a calendar page: what is due, and the name of the day off ("" on a working day)."""

    day: date
    in_month: bool
    off: str
    due: list[Standings] = field(default_factory=list)


def month(plan: Plan, first: date, *, on: date, unit: Unit | None = None) -> list[list[Day]]:
    """The weeks, Monday first, that hold the month beginning on `first`; three queries."""
    special = special_days()
    weeks = calendar.Calendar().monthdatescalendar(first.year, first.month)
    last = months_from(first, 1) - timedelta(days=1)
    due: dict[date, list[Standings]] = {}
    for each in stand(_due_between(plan, first, last, unit), on=on, unit=unit):
        due.setdefault(each.occurrence.due_on or first, []).append(each)
    return [
        [
            Day(
                day,
                day.month == first.month,
                day_off_name(day, off=special.off, working=special.working, names=special.names)
                or "",
                due.get(day, []),
            )
            for day in week
        ]
        for week in weeks
    ]


def _due_between(plan: Plan, first: date, last: date, unit: Unit | None) -> QuerySet[Occurrence]:
    mine = Q(assignments__unit=unit) if unit is not None else Q()
    return (
        Occurrence.objects.filter(mine, plan=plan, due_on__gte=first, due_on__lte=last)
        .annotate(is_extended=is_extended())
        .select_related("task")
        .order_by("due_on", "task__position")
    )
