"""What stands in the way of a draft, and the work that it would bring into being."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vinhdanh.people import queries as people
from vinhdanh.people.models import UnitGroup
from vinhdanh.plans.models import Finding, Plan, Task, TaskOwner
from vinhdanh.plans.rules.occurrences import Occurrence, Timing, occurrences

UNSETTLED = (TaskOwner.Match.NONE, TaskOwner.Match.NEAR)


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One sentence that keeps a draft from being put into force, and the page that mends it."""

    sentence: str
    plan: Plan
    page: str
    place: str = ""

    @property
    def url(self) -> str:
        return reverse(self.page, args=[self.plan.pk]) + self.place


@dataclass(frozen=True, slots=True)
class Line:
    """What one unit owes of a task: `part` lead or support, `through` the group that names it."""

    unit_id: UUID
    part: str
    through: str


@dataclass(frozen=True, slots=True)
class Work:
    """What follows from one row: when it is due, and which units have a line of it."""

    task: Task
    occurrences: list[Occurrence]
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How much comes into being when a draft is put into force."""

    tasks: int
    occurrences: int
    units: int
    lines: int
    without_units: list[Task]


def timing(task: Task) -> Timing:
    """The row's time as the rules know it."""
    return Timing(
        kind=task.due_kind,
        text=task.due_text,
        on=task.due_on,
        start=task.due_from,
        every=task.every,
        day=task.day,
        excludes_day=task.excludes_day,
        next_period=task.next_period,
        more=tuple(date.fromisoformat(day) for day in task.more_days),
    )


def leaves(plan: Plan) -> QuerySet[Task]:
    """The rows that are work: not struck out, and not the heading of rows of their own."""
    headings = plan.tasks.filter(removed=False, parent__isnull=False).values("parent")
    return plan.tasks.filter(removed=False).exclude(pk__in=headings)


def obstacles(plan: Plan) -> list[Obstacle]:
    """All that must be settled before the draft can be put into force; [] when nothing."""
    rows = list(leaves(plan).only(*_TIMING_FIELDS))
    found = []
    if not rows:
        found.append(Obstacle(_("Kế hoạch chưa có nhiệm vụ nào."), plan, "plans:review"))
    if count := plan.findings.filter(state=Finding.State.OPEN).count():
        sentence = ngettext(
            "Còn %(count)d điểm chưa xử lý.", "Còn %(count)d điểm chưa xử lý.", count
        )
        found.append(Obstacle(sentence % {"count": count}, plan, "plans:review", "#diem-can-xem"))
    if count := unsettled_owners(plan).values("name").distinct().count():
        sentence = ngettext(
            "Còn %(count)d tên đơn vị chưa khớp.", "Còn %(count)d tên đơn vị chưa khớp.", count
        )
        found.append(Obstacle(sentence % {"count": count}, plan, "plans:names"))
    if count := sum(not timing(row).is_complete for row in rows):
        sentence = ngettext(
            "Còn %(count)d nhiệm vụ chưa rõ thời hạn.",
            "Còn %(count)d nhiệm vụ chưa rõ thời hạn.",
            count,
        )
        found.append(Obstacle(sentence % {"count": count}, plan, "plans:review", "?xem=thoi-han"))
    if rival := rival_of(plan):
        sentence = _("Năm %(year)d đã có kế hoạch đang thực hiện: %(plan)s.")
        values = {"year": plan.year, "plan": rival}
        found.append(Obstacle(sentence % values, rival, "plans:plan"))
    return found


def rival_of(plan: Plan) -> Plan | None:
    """The plan of the same office and year that is in force already."""
    return (
        Plan.objects.filter(office=plan.office_id, year=plan.year)
        .filter(state__in=[Plan.State.STARTING, Plan.State.IN_FORCE])
        .exclude(pk=plan.pk)
        .first()
    )


def unsettled_owners(plan: Plan) -> QuerySet[TaskOwner]:
    """The printed names for which no unit or group has been settled on."""
    return TaskOwner.objects.filter(
        Q(task__plan=plan, task__removed=False),
        Q(match__in=UNSETTLED) | Q(match=TaskOwner.Match.CHOSEN, unit=None, unit_group=None),
    )


def work(plan: Plan, *, on: date, without_occurrences: bool = False) -> list[Work]:
    """What follows from each row of a complete draft, in the plan's order.

    Groups mean the units that they mean on day `on`. With `without_occurrences` only the rows
    whose work is not yet laid out. The queries do not grow with the rows, only with the groups.
    """
    rows = leaves(plan).prefetch_related(
        Prefetch("owners", TaskOwner.objects.select_related("unit_group"))
    )
    if without_occurrences:
        rows = rows.filter(occurrences=None)
    tasks = list(rows)
    groups = {
        owner.unit_group.pk: owner.unit_group
        for task in tasks
        for owner in task.owners.all()
        if owner.unit_group
    }
    members = {pk: _member_ids(group, on) for pk, group in groups.items()}
    return [Work(task, _occurrences(plan, task), _lines(task, members)) for task in tasks]


def outcome(plan: Plan, *, on: date) -> Outcome:
    """How much would come into being if the complete draft were put into force on day `on`."""
    return outcome_of(work(plan, on=on))


def outcome_of(works: Iterable[Work]) -> Outcome:
    works = list(works)
    return Outcome(
        tasks=len(works),
        occurrences=sum(len(one.occurrences) for one in works),
        units=len({line.unit_id for one in works for line in one.lines}),
        lines=sum(len(one.occurrences) * len(one.lines) for one in works),
        without_units=[one.task for one in works if not one.lines],
    )


def force_progress(plan: Plan) -> tuple[int, int]:
    """How many rows of a plan being put into force are laid out, and how many there are."""
    rows = leaves(plan)
    return rows.exclude(occurrences=None).count(), rows.count()


_TIMING_FIELDS = (
    "plan",
    "due_kind", "due_text", "due_on", "due_from", "every", "day", "excludes_day", "next_period",
    "more_days",
)  # fmt: skip


def _occurrences(plan: Plan, task: Task) -> list[Occurrence]:
    return occurrences(timing(task), year=plan.year, first_month=plan.first_month)


def _member_ids(group: UnitGroup, on: date) -> list[UUID]:
    return [unit.pk for unit in people.units_of(group, on=on)]


def _lines(task: Task, members: dict[UUID, list[UUID]]) -> list[Line]:
    """One line for each unit: leading goes before supporting, its own name before a group."""
    named = sorted(
        (owner for owner in task.owners.all() if owner.match != TaskOwner.Match.IGNORED),
        key=lambda owner: (owner.part != TaskOwner.Part.LEAD, owner.unit_id is None),
    )
    lines: dict[UUID, Line] = {}
    for owner in named:
        if owner.unit_group:
            for unit in members[owner.unit_group.pk]:
                lines.setdefault(unit, Line(unit, owner.part, owner.unit_group.name))
        elif owner.unit_id:
            lines.setdefault(owner.unit_id, Line(owner.unit_id, owner.part, ""))
    return list(lines.values())
