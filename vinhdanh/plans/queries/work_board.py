"""The office's board: how the year stands, in all and unit by unit."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from vinhdanh.people.models import Position, Unit
from vinhdanh.people.queries.units import held_on
from vinhdanh.plans.models import Assignment, Plan
from vinhdanh.plans.queries.work_lines import OWED, count_of, standing_is
from vinhdanh.plans.rules.progress import Standing


@dataclass(frozen=True)
class Counts:
    """How many lines stand how; `month` holds those due within 30 days, `soon` among them."""

    late: int = 0
    soon: int = 0
    month: int = 0
    undated: int = 0
    reported: int = 0
    done: int = 0
    total: int = 0

    @property
    def done_share(self) -> int:
        """Percent of the lines that are done, rounded down; 0 without lines."""
        return self.done * 100 // self.total if self.total else 0


@dataclass(frozen=True)
class UnitCounts:
    """A unit's row of the board; `heads` are the names of those who head it that day."""

    unit: Unit
    heads: list[str]
    counts: Counts


@dataclass(frozen=True)
class Board:
    counts: Counts
    units: list[UnitCounts]


def board(plan: Plan, *, on: date, units: QuerySet[Unit] | None = None) -> Board:
    """The plan's counts on a day, for all units or those of `units`; the most late unit first.

    Three queries, however many units.
    """
    lines = Assignment.objects.filter(occurrence__plan=plan)
    if units is not None:
        lines = lines.filter(unit__in=units)
    views = [Standing.LATE, Standing.SOON, "month", Standing.UNDATED, Standing.REPORTED]
    rows = (
        lines.order_by()
        .values_list("unit_id")
        .annotate(
            **{str(view): count_of(standing_is(view, on=on)) for view in views},
            done=count_of(standing_is(Standing.DONE, on=on)),
            total=Count("*"),
        )
    )
    counted = {unit_pk: Counts(*numbers) for unit_pk, *numbers in rows}
    heads = _heads(list(counted), on=on)
    found = [
        UnitCounts(unit, heads.get(unit.pk, []), counted[unit.pk])
        for unit in Unit.objects.filter(pk__in=counted)
    ]
    found.sort(key=lambda row: (-row.counts.late, -row.counts.soon, -row.counts.month))
    return Board(counts=_sum(list(counted.values())), units=found)


@dataclass(frozen=True)
class Totals:
    """How many lines of a plan are late, due within 7 days, waiting for the office, and done.

    `done` is None for years past: counting what is long done would cost more than all the rest.
    """

    late: int
    soon: int
    reported: int
    done: int | None


def totals(plans: list[Plan], *, on: date) -> list[tuple[Plan, Totals]]:
    """The totals of each plan on a day, in their order. Three queries, however many plans."""
    owed = _by_plan(plans, OWED).annotate(
        late=count_of(standing_is(Standing.LATE, on=on)),
        soon=count_of(standing_is(Standing.SOON, on=on)),
    )
    counted = {plan_pk: (late, soon) for plan_pk, late, soon in owed}
    reported = dict(
        _by_plan(plans, standing_is(Standing.REPORTED, on=on)).annotate(count=Count("*"))
    )
    current = [plan for plan in plans if plan.year + (plan.first_month > 1) >= on.year]
    done = dict(_by_plan(current, standing_is(Standing.DONE, on=on)).annotate(count=Count("*")))
    found = []
    for plan in plans:
        late, soon = counted.get(plan.pk, (0, 0))
        share = done.get(plan.pk, 0) if plan in current else None
        found.append((plan, Totals(late, soon, reported.get(plan.pk, 0), share)))
    return found


def _by_plan(plans: list[Plan], condition: Q) -> QuerySet[Assignment, Any]:
    found = Assignment.objects.filter(condition, occurrence__plan__in=[plan.pk for plan in plans])
    return found.order_by().values_list("occurrence__plan_id")


def _sum(parts: list[Counts]) -> Counts:
    names = [field.name for field in fields(Counts)]
    return Counts(**{name: sum(getattr(part, name) for part in parts) for name in names})


def _heads(unit_pks: list[UUID], *, on: date) -> dict[UUID, list[str]]:
    positions = (
        Position.objects.filter(held_on(on), unit__in=unit_pks, is_head=True)
        .order_by("person__sort_key")
        .values_list("unit_id", "person__full_name")
    )
    heads: dict[UUID, list[str]] = {}
    for unit_pk, name in positions:
        heads.setdefault(unit_pk, []).append(name)
    return heads
