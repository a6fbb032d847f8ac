"""What a spreadsheet of units would do, line by line."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from django.db.models import Q
from django.utils.translation import gettext as _

from vinhdanh.accounts.models import User
from vinhdanh.common.vietnamese import fold, gettext_noop
from vinhdanh.people import access
from vinhdanh.people.models import Unit
from vinhdanh.people.queries.matching import match_names
from vinhdanh.people.rules.spreadsheet import Problem
from vinhdanh.people.rules.unit_lines import UnitLine

Verdict = Literal["new", "change", "same", "wrong"]

UNKNOWN_PARENT = gettext_noop("Không thấy đơn vị “%(text)s” trong hệ thống hay trong bảng này.")
WRONG_PARENT = gettext_noop("Đơn vị cấp trên ở dòng %(number)s chưa nhập được.")
NOT_YOURS = gettext_noop("Đơn vị này không thuộc phạm vi quản lý của anh/chị.")
NOT_THIS_KIND = gettext_noop("Anh/chị không được lập đơn vị loại này.")
CROSSES = gettext_noop("Đơn vị đã có trong hệ thống với thời gian khác; xin kiểm tra lại ngày.")


@dataclass
class UnitOutcome:
    """What one line would do. `unit` is the unit it is about, None while it would be made;
    `parent` likewise, or else `parent_line` says which line makes it."""

    line: UnitLine
    verdict: Verdict = "same"
    unit: Unit | None = None
    parent: Unit | None = None
    parent_line: int | None = None
    changes: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def judged(lines: Sequence[UnitLine], *, office: Unit, by: User, on: date) -> list[UnitOutcome]:
    """What each line would do below the office, in an order in which parents come first."""
    return _Judge(lines, office=office, by=by, on=on).outcomes()


class _Judge:
    def __init__(self, lines: Sequence[UnitLine], *, office: Unit, by: User, on: date) -> None:
        self.office, self.on = office, on
        self.lines = {line.number: line for line in lines}
        self.kinds = set(access.kinds_given(by, on=on))
        self.may_add_outside = access.administers_a_department(by, on=on)
        self.editable = set(access.editable_units(by, on=on).values_list("pk", flat=True))
        names = {line.parent for line in lines if line.parent and line.parent_line is None}
        self.parents = match_names(names, office=office, on=on)
        self.siblings: dict[tuple[object, str], list[Unit]] = {}
        known = Unit.objects.filter(Q(path__startswith=office.path) | Q(outside=True))
        for unit in known.prefetch_related("other_names"):
            self.siblings.setdefault((unit.parent_id, fold(unit.name)), []).append(unit)
        self.done: dict[int, UnitOutcome] = {}

    def outcomes(self) -> list[UnitOutcome]:
        for number in self.lines:
            waiting = [number]
            while waiting:
                line = self.lines[waiting[-1]]
                above = line.parent_line
                if above is not None and above not in self.done and above not in waiting:
                    waiting.append(above)
                    continue
                waiting.pop()
                if line.number not in self.done:
                    self.done[line.number] = self._outcome(line)
        return list(self.done.values())

    def _outcome(self, line: UnitLine) -> UnitOutcome:
        outcome = UnitOutcome(line, problems=list(line.problems))
        self._place(outcome)
        if not outcome.problems:
            self._compare(outcome)
        if outcome.problems:
            outcome.verdict = "wrong"
        return outcome

    def _place(self, outcome: UnitOutcome) -> None:
        """Find the parent, and whether the user may add below it."""
        line = outcome.line
        if line.parent_line is not None:
            above = self.done.get(line.parent_line)
            if above is None or above.verdict == "wrong":
                where = {"number": str(line.parent_line)}
                outcome.problems.append(Problem("parent", WRONG_PARENT, where))
            elif above.unit is None:
                outcome.parent_line = line.parent_line
            else:
                outcome.parent = above.unit
        elif line.parent:
            outcome.parent = self.parents[line.parent].unit
            if outcome.parent is None:
                problem = Problem("parent", UNKNOWN_PARENT, {"text": line.parent})
                outcome.problems.append(problem)
        elif line.outside:
            if not self.may_add_outside:
                outcome.problems.append(Problem("outside", NOT_YOURS))
        else:
            outcome.parent = self.office
        if outcome.parent is not None and outcome.parent.pk not in self.editable:
            outcome.problems.append(Problem("parent", NOT_YOURS))

    def _compare(self, outcome: UnitOutcome) -> None:
        line = outcome.line
        if line.kind and line.kind not in self.kinds:
            outcome.problems.append(Problem("kind", NOT_THIS_KIND))
            return
        parent_id = outcome.parent.pk if outcome.parent else None
        known = [] if outcome.parent_line else self.siblings.get((parent_id, fold(line.name)), [])
        overlapping = [unit for unit in known if _overlaps(unit, line)]
        if len(overlapping) > 1:
            outcome.problems.append(Problem("valid_from", CROSSES))
            return
        if not overlapping:
            outcome.verdict = "new"
            return
        unit = outcome.unit = overlapping[0]
        if unit.pk not in self.editable:
            outcome.problems.append(Problem("name", NOT_YOURS))
            return
        given = {
            "name": line.name,
            "short_name": line.short_name,
            "kind": line.kind,
            "valid_from": line.valid_from,
            "valid_until": line.valid_until,
            "position": line.position,
        }
        outcome.changes = {
            name: value
            for name, value in given.items()
            if value not in ("", None) and getattr(unit, name) != value
        }
        borne = [other.name for other in unit.other_names.all()]
        folded = {fold(name) for name in [*borne, unit.name, unit.short_name, line.short_name]}
        added = [name for name in line.other_names if fold(name) not in folded]
        if added:
            outcome.changes["other_names"] = [*borne, *added]
        outcome.notes = _notes(unit, outcome.changes, added)
        outcome.verdict = "change" if outcome.changes else "same"


def _overlaps(unit: Unit, line: UnitLine) -> bool:
    starts_in_time = not (line.valid_until and unit.valid_from) or (
        unit.valid_from <= line.valid_until
    )
    ends_in_time = not (line.valid_from and unit.valid_until) or (
        unit.valid_until >= line.valid_from
    )
    return starts_in_time and ends_in_time


def _notes(unit: Unit, changes: dict[str, Any], added: list[str]) -> list[str]:
    notes = []
    for name, value in changes.items():
        if name == "other_names":
            notes.append(_("Thêm tên khác: %(names)s") % {"names": "; ".join(added)})
            continue
        before, after = getattr(unit, name), value
        if name == "kind":
            before, after = Unit.Kind(before).label, Unit.Kind(after).label
        notes.append(
            _("%(field)s: %(before)s → %(after)s")
            % {
                "field": Unit._meta.get_field(name).verbose_name,  # type: ignore[union-attr]
                "before": shown(before),
                "after": shown(after),
            }
        )
    return notes


def shown(value: object) -> str:
    """A value as the dry run writes it: days as officials do, nothing as a dash."""
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return str(value) if value not in ("", None) else "–"
