"""What units are urged about, and how a plan stands, as tables of a paper and lines of a letter.

These words leave the house, so they are Vietnamese whatever language the screens speak.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from vinhdanh.papers.rules.stored import table_to_json
from vinhdanh.papers.rules.tree import Column, Row, Table
from vinhdanh.people.models import Unit
from vinhdanh.plans.models import Assignment, Plan
from vinhdanh.plans.queries.work_board import Board
from vinhdanh.plans.queries.work_lines import IN_TIME_ORDER, standing_is
from vinhdanh.plans.rules.progress import Standing
from vinhdanh.secretariat.queries.mailings import people_of
from vinhdanh.secretariat.rules.mailings import Addressee

# How many lines a person's copy names, and how many units a row of a table.
_NAMED = 50
_UNITS_NAMED = 5


@dataclass(frozen=True)
class Debt:
    """A line that a unit owes, in words; how many days it is late, 0 while it is not."""

    text: str
    occurrence: UUID
    due_on: date
    days: int


@dataclass(frozen=True)
class Debtor:
    """A unit that owes something, and who answers for it on the system."""

    unit: Unit
    debts: list[Debt]
    people: list[Addressee]

    @property
    def late(self) -> list[Debt]:
        return [debt for debt in self.debts if debt.days]


def debtors(plan: Plan, *, on: date, with_soon: bool = False) -> list[Debtor]:
    """The units with late lines, the most late first, each with these lines in the order of time;
    `with_soon` adds what is due within 7 days. Three queries, however many units and lines."""
    wanted = standing_is(Standing.LATE, on=on)
    if with_soon:
        wanted |= standing_is(Standing.SOON, on=on)
    lines = (
        Assignment.objects.filter(wanted, occurrence__plan=plan)
        .order_by(*IN_TIME_ORDER)
        .values_list(
            "unit_id",
            "occurrence_id",
            "occurrence__task__number",
            "occurrence__task__content",
            "occurrence__label",
            "occurrence__due_on",
        )
    )
    owed: dict[UUID, list[Debt]] = {}
    for unit, occurrence, number, content, label, due_on in lines:
        if due_on is not None:
            text = f"{number}. {content}" if number else content
            text = f"{text} ({label})" if label else text
            debt = Debt(text, occurrence, due_on, max((on - due_on).days, 0))
            owed.setdefault(unit, []).append(debt)
    units = list(Unit.objects.filter(pk__in=owed))
    people = people_of(units, on=on)
    found = [Debtor(unit, owed[unit.pk], people[unit.pk]) for unit in units]
    return sorted(found, key=lambda each: (-len(each.late), -len(each.debts)))


def concern(debts: Sequence[Debt]) -> str:
    """The lines of a unit as they stand in its letter, one a line; of very many the first ones."""
    said = [f"- {_concern(debt)}" for debt in debts[:_NAMED]]
    if len(debts) > _NAMED:
        said.append(f"- và {len(debts) - _NAMED} việc khác, xem trên hệ thống")
    return "\n".join(said)


def _concern(debt: Debt) -> str:
    late = f", quá hạn {debt.days} ngày" if debt.days else ""
    return f"{debt.text}: hạn {debt.due_on:%d/%m/%Y}{late}"


def late_by_unit(found: Sequence[Debtor]) -> dict[str, Any]:
    """The late lines below the name of each unit, as the table of an urging letter."""
    rows: list[Row] = []
    for debtor in found:
        rows.append(Row((debtor.unit.name,), is_group=True))
        rows += [
            Row((str(place), debt.text, f"{debt.due_on:%d/%m/%Y}", str(debt.days)))
            for place, debt in enumerate(debtor.late, start=1)
        ]
    columns = (
        Column("TT", 0.5, "center"),
        Column("Nội dung công việc", 4),
        Column("Thời hạn", 1.2, "center"),
        Column("Số ngày quá hạn", 1, "center"),
    )
    return table_to_json(Table(columns, tuple(rows)))


def late_by_work(found: Sequence[Debtor]) -> dict[str, Any]:
    """What is late, the longest first, each once with the units that owe it: the table of a
    progress report."""
    owing: dict[UUID, list[str]] = {}
    debts: dict[UUID, Debt] = {}
    for debtor in found:
        for debt in debtor.late:
            debts[debt.occurrence] = debt
            owing.setdefault(debt.occurrence, []).append(debtor.unit.name)
    longest = sorted(debts.values(), key=lambda debt: debt.due_on)
    rows = [
        Row(
            (
                str(place),
                debt.text,
                f"{debt.due_on:%d/%m/%Y}",
                str(debt.days),
                _names(owing[debt.occurrence]),
            )
        )
        for place, debt in enumerate(longest, start=1)
    ]
    columns = (
        Column("TT", 0.5, "center"),
        Column("Nội dung công việc", 3.5),
        Column("Thời hạn", 1.2, "center"),
        Column("Số ngày quá hạn", 1, "center"),
        Column("Đơn vị chưa hoàn thành", 2.5),
    )
    none = Row(("Không có việc quá hạn.",), is_group=True)
    return table_to_json(Table(columns, tuple(rows) or (none,)))


def _names(units: list[str]) -> str:
    named = "; ".join(units[:_UNITS_NAMED])
    if len(units) <= _UNITS_NAMED:
        return named
    return f"{named} và {len(units) - _UNITS_NAMED} đơn vị khác"


def progress_by_unit(board: Board) -> dict[str, Any]:
    """How each unit stands, in the order of the tree, as the table of a progress report."""
    units = sorted(board.units, key=lambda row: (row.unit.position, row.unit.sort_key))
    rows = [
        Row((str(place), row.unit.name, *_figures(row.counts)))
        for place, row in enumerate(units, start=1)
    ]
    total = Row(("", "Tổng số", *_figures(board.counts)))
    columns = (
        Column("TT", 0.5, "center"),
        Column("Đơn vị", 3),
        Column("Tổng số", 1, "center"),
        Column("Đã hoàn thành", 1, "center"),
        Column("Chờ xác nhận", 1, "center"),
        Column("Quá hạn", 1, "center"),
        Column("Tỷ lệ hoàn thành", 1, "center"),
    )
    return table_to_json(Table(columns, (*rows, total)))


def _figures(counts: Any) -> tuple[str, ...]:
    numbers = (counts.total, counts.done, counts.reported, counts.late)
    return (*map(str, numbers), f"{counts.done_share}%")


def plan_in_words(plan: Plan) -> str:
    """The plan as it is named within a sentence: "Kế hoạch công tác … năm 2026 (số 12/KH-STĐ)"."""
    title = " ".join(plan.title.split())
    if title.upper().startswith("KẾ HOẠCH ") and not title.isupper():
        rest = title[len("KẾ HOẠCH ") :]
        title = f"Kế hoạch {rest[:1].lower()}{rest[1:]}"
    return f"{title} (số {plan.number})" if plan.number else title
