"""What people look at in a draft: its rows under a filter, its findings, its names, its past."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from vinhdanh.journal.models import Line
from vinhdanh.people import queries as people
from vinhdanh.people.models import Unit, UnitGroup
from vinhdanh.people.queries import Candidate
from vinhdanh.plans.models import Assignment, Finding, Plan, Section, Task, TaskOwner
from vinhdanh.plans.queries.force import UNSETTLED, leaves, timing, unsettled_owners

FILTERS = ("tat-ca", "can-xem", "don-vi", "thoi-han", "da-sua", "da-bo")


@dataclass(frozen=True, slots=True)
class PrintedName:
    """A name as printed, in how many places it stands, what it means, and whom it may mean."""

    name: str
    places: int
    match: str
    unit: Unit | None
    group: UnitGroup | None
    reason: str
    candidates: tuple[Candidate, ...]

    @property
    def is_settled(self) -> bool:
        return self.match not in UNSETTLED


def review_rows(plan: Plan, chosen: str = "", kind: str = "") -> QuerySet[Task]:
    """The rows of a draft, with owners and open findings, under one of FILTERS.

    `kind` narrows them to the rows with an open finding of that kind.
    """
    rows = plan.tasks.filter(removed=chosen == "da-bo")
    open_findings = Finding.objects.filter(state=Finding.State.OPEN, tasks=OuterRef("pk"))
    unsettled = unsettled_owners(plan).filter(task=OuterRef("pk"))
    if chosen == "can-xem":
        unclear = [task.pk for task in unclear_rows(plan)]
        rows = rows.filter(Exists(open_findings) | Exists(unsettled) | Q(pk__in=unclear))
    elif chosen == "don-vi":
        rows = rows.filter(Exists(unsettled))
    elif chosen == "thoi-han":
        rows = rows.filter(pk__in=[task.pk for task in unclear_rows(plan)])
    elif chosen == "da-sua":
        rows = rows.filter(edited_at__isnull=False)
    if kind:
        rows = rows.filter(Exists(open_findings.filter(kind=kind)))
    return with_all_shown(rows)


def with_all_shown(rows: QuerySet[Task]) -> QuerySet[Task]:
    """The rows with what a row of the review shows, in a constant number of queries."""
    owners = TaskOwner.objects.select_related("unit", "unit_group").order_by("part", "position")
    return rows.select_related("parent").prefetch_related(
        Prefetch("owners", owners),
        Prefetch("findings", Finding.objects.order_by("position")),
        Prefetch("parts", Task.objects.filter(removed=False).only("pk", "parent_id", "number")),
    )


def unclear_rows(plan: Plan) -> list[Task]:
    """The rows that are work and whose time is not clear enough to lay out the year."""
    return [task for task in leaves(plan) if not timing(task).is_complete]


def review_counts(plan: Plan) -> dict[str, int]:
    """How many of everything a draft has, and how much of it is still to be settled."""
    rows = plan.tasks.aggregate(
        rows=Count("pk", filter=Q(removed=False)), struck_out=Count("pk", filter=Q(removed=True))
    )
    findings = plan.findings.aggregate(
        findings=Count("pk"), open=Count("pk", filter=Q(state=Finding.State.OPEN))
    )
    return {
        **rows,
        **findings,
        "names": unsettled_owners(plan).values("name").distinct().count(),
        "unclear": len(unclear_rows(plan)),
    }


def review_findings(plan: Plan) -> list[Finding]:
    """All findings, the open ones first, each with its rows (`tasks`) and who settled it."""
    rows = plan.findings.select_related("settled_by", "plan").prefetch_related("tasks")
    return sorted(rows, key=lambda one: (one.state != Finding.State.OPEN, one.position))


def sections_with_findings(plan: Plan) -> list[tuple[Section, list[Finding]]]:
    """The parts of the body, each with the open findings that quote it. Two queries."""
    sections = list(plan.sections.all())
    starts, length = [], 0
    for section in sections:
        starts.append(length)
        length += len(section.text) + 1
    body = "\n".join(section.text for section in sections)
    quoting: dict[int, list[Finding]] = {}
    for finding in plan.findings.filter(state=Finding.State.OPEN):
        places = [place for quote in finding.quotes if quote and (place := body.find(quote)) >= 0]
        for number in sorted({bisect_right(starts, place) - 1 for place in places}):
            quoting.setdefault(number, []).append(finding)
    return [(section, quoting.get(number, [])) for number, section in enumerate(sections)]


def may_be_corrected(finding: Finding) -> bool:
    """Whether something that the finding is about has been edited, so that it may be corrected."""
    rows = finding.tasks.all()
    if not rows:
        return finding.plan.facts_edited_at is not None
    return any(row.edited_at or row.removed for row in rows)


def printed_names(plan: Plan, *, on: date) -> list[PrintedName]:
    """Each name that the draft prints, unsettled ones first; `candidates` for the near ones."""
    places: dict[str, list[TaskOwner]] = {}
    owners = TaskOwner.objects.filter(task__plan=plan, task__removed=False)
    for owner in owners.select_related("unit", "unit_group").order_by("task__position", "position"):
        places.setdefault(owner.name, []).append(owner)
    near = [name for name, rows in places.items() if any(row.match in UNSETTLED for row in rows)]
    found = people.match_names(near, office=plan.office, on=on) if near else {}
    names = []
    for name, rows in places.items():
        first = next((row for row in rows if row.match in UNSETTLED), rows[0])
        candidates = found[name].candidates if name in found else ()
        names.append(
            PrintedName(
                name,
                len(rows),
                first.match,
                first.unit,
                first.unit_group,
                first.reason,
                candidates,
            )
        )
    return sorted(names, key=lambda one: one.is_settled)


def known_units(plan: Plan, *, on: date) -> list[tuple[str, Unit | UnitGroup]]:
    """The units and groups a name of the plan may mean, each under a label of its own.

    The office's own units that exist on day `on`, the units above it and the outside units; a
    name that two of them share is told apart by the unit above.
    """
    places = [place for place in plan.office.path.split("/") if place]
    known = Q(path__startswith=plan.office.path) | Q(outside=True) | Q(pk__in=places)
    units = [
        unit for unit in Unit.objects.filter(known).select_related("parent") if unit.is_valid_on(on)
    ]
    groups: list[UnitGroup] = list(plan.office.groups.all())
    names = [group.name for group in groups] + [unit.name for unit in units]
    shared = {name for name in names if names.count(name) > 1}
    labelled: list[tuple[str, Unit | UnitGroup]] = [(group.name, group) for group in groups]
    for unit in units:
        above = f" ({unit.parent.name})" if unit.name in shared and unit.parent else ""
        labelled.append((unit.name + above, unit))
    return labelled


def twins(plan: Plan) -> QuerySet[Plan]:
    """The other plans of the office made from the very same file, newest first."""
    return Plan.objects.filter(office=plan.office_id, file__sha256=plan.file.sha256).exclude(
        pk=plan.pk
    )


def draft_history(plan: Plan) -> QuerySet[Line]:
    """The journal of a plan's document and of its rows, newest first."""
    rows = Task.objects.filter(plan=plan).values("pk")
    return Line.objects.filter(
        Q(thing_kind=Plan._meta.label, thing_id=plan.pk)
        | Q(thing_kind=Task._meta.label, thing_id__in=rows)
    )


@dataclass(frozen=True, slots=True)
class Progress:
    """The lines of the units in a plan: how many, how many accepted as done, how many late."""

    lines: int
    done: int
    late: int

    @property
    def share(self) -> int:
        """How much is done, in whole percent, rounded down."""
        return 100 * self.done // self.lines if self.lines else 0


def plans_listed(plans: QuerySet[Plan]) -> QuerySet[Plan]:
    """Plans for a list, with the counts `rows` and `open_findings`."""
    return plans.select_related("office").annotate(
        rows=_counted(Task.objects.filter(plan=OuterRef("pk"), removed=False)),
        open_findings=_counted(
            Finding.objects.filter(plan=OuterRef("pk"), state=Finding.State.OPEN)
        ),
    )


def progress(plans: Iterable[Plan], *, on: date) -> dict[UUID, Progress]:
    """How far each of the plans that have lines is on day `on`, by plan pk. One query."""
    owed = Q(state__in=[Assignment.State.OPEN, Assignment.State.RETURNED])
    counted = (
        Assignment.objects.filter(occurrence__plan__in=[plan.pk for plan in plans])
        .order_by()
        .values_list("occurrence__plan")
        .annotate(
            lines=Count("pk"),
            done=Count("pk", filter=Q(state=Assignment.State.ACCEPTED)),
            late=Count("pk", filter=owed & Q(occurrence__due_on__lt=on)),
        )
    )
    return {pk: Progress(lines, done, late) for pk, lines, done, late in counted}


def _counted(rows: QuerySet[Any]) -> Coalesce:
    count = rows.order_by().values("plan").annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(count), 0)
