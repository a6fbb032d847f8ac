"""The year of a plan laid out in time: by month, and day by day."""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from vinhdanh.common.calendar import day_off_name
from vinhdanh.people.models import Unit
from vinhdanh.plans.models import Occurrence, Plan, Task
from vinhdanh.plans.queries.work import Standings, stand


@dataclass(frozen=True)
class Column:
    """A month of the plan's year (1..12), or a time outside of it: 0 before, 13 after, 14 none."""

    place: int
    current: bool

    @property
    def in_year(self) -> bool:
        return 1 <= self.place <= 12


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
    found = stand(occurrences.select_related("task"), on=on, unit=unit)
    found.sort(key=lambda each: (each.occurrence.due_on or date.max, each.occurrence.task.position))
    placed: dict[object, dict[int, list[Standings]]] = {}
    for each in found:
        place = _place(each.occurrence.due_on, plan.year)
        placed.setdefault(each.occurrence.task_id, {}).setdefault(place, []).append(each)
    used = {place for of_task in placed.values() for place in of_task}
    columns = [
        Column(place, current=(on.year, on.month) == (plan.year, place))
        for place in range(15)
        if 1 <= place <= 12 or place in used
    ]
    rows = [_row(task, placed.get(task.pk, {}), columns, plan.year) for task in tasks]
    months = [
        Month(column, [each for each in found if _at(each, plan.year) == column.place])
        for column in columns
    ]
    return Year(columns, rows, [month for month in months if month.due])


def _place(due_on: date | None, year_number: int) -> int:
    if due_on is None:
        return UNDATED
    if due_on.year != year_number:
        return BEFORE if due_on.year < year_number else AFTER
    return due_on.month


def _at(standings: Standings, year_number: int) -> int:
    return _place(standings.occurrence.due_on, year_number)


def _row(
    task: Task, placed: dict[int, list[Standings]], columns: list[Column], year_number: int
) -> Row:
    spans = [
        (_place(each.occurrence.starts_on, year_number), place)
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
    """The weeks, Monday first, that hold the month beginning on `first`; two queries."""
    weeks = calendar.Calendar().monthdatescalendar(first.year, first.month)
    last = (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    due: dict[date, list[Standings]] = {}
    for each in stand(_due_between(plan, first, last, unit), on=on, unit=unit):
        due.setdefault(each.occurrence.due_on or first, []).append(each)
    return [
        [
            Day(day, day.month == first.month, day_off_name(day) or "", due.get(day, []))
            for day in week
        ]
        for week in weeks
    ]


def _due_between(plan: Plan, first: date, last: date, unit: Unit | None) -> QuerySet[Occurrence]:
    mine = Q(assignments__unit=unit) if unit is not None else Q()
    return (
        Occurrence.objects.filter(mine, plan=plan, due_on__gte=first, due_on__lte=last)
        .select_related("task")
        .order_by("due_on", "task__position")
    )
