"""When who is reminded of a duty: computed from the day it is counted from, never stored ahead.

No law says when an office reminds its units; the defaults below are choices of the house, and each
office may put its own in their place.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from vinhdanh.common import calendar
from vinhdanh.common.vietnamese import gettext_noop


class Duty(StrEnum):
    """What somebody owes, by the day it is counted from: the due day of a unit's line (led,
    supported, recurring), the day a report came in, and nothing at all for work without a date."""

    LEAD = "lead"
    SUPPORT = "support"
    RECURRING = "recurring"
    CONFIRM = "confirm"
    UNDATED = "undated"


class Whom(StrEnum):
    """Who is reminded: at the unit its clerk or its head, and the office that runs the plan."""

    CLERK = "clerk"
    HEAD = "head"
    OFFICE = "office"


NAMES: dict[Duty, str] = {
    Duty.LEAD: gettext_noop("Việc chủ trì"),
    Duty.SUPPORT: gettext_noop("Việc phối hợp"),
    Duty.RECURRING: gettext_noop("Việc định kỳ"),
    Duty.CONFIRM: gettext_noop("Báo cáo chờ xác nhận"),
    Duty.UNDATED: gettext_noop("Việc chờ ngày"),
}
MEANINGS: dict[Duty, str] = {
    Duty.LEAD: gettext_noop("Phần việc một đơn vị chủ trì, đến hạn một lần; tính từ ngày đến hạn."),
    Duty.SUPPORT: gettext_noop("Phần việc một đơn vị phối hợp; tính từ ngày đến hạn."),
    Duty.RECURRING: gettext_noop("Việc lặp lại hằng tháng, quý, năm; tính từ hạn của từng kỳ."),
    Duty.CONFIRM: gettext_noop("Đơn vị đã báo cáo, chờ trả lời; tính từ ngày đơn vị báo cáo."),
    Duty.UNDATED: gettext_noop("Nơi khác chưa cho biết ngày; nhắc theo tuần, vào thứ Hai."),
}
WHOM_NAMES: dict[Whom, str] = {
    Whom.CLERK: gettext_noop("Cán bộ phụ trách"),
    Whom.HEAD: gettext_noop("Thủ trưởng đơn vị"),
    Whom.OFFICE: gettext_noop("Văn phòng"),
}
# What units owe by a due day; the other duties are the office's own, to answer and to enter a date.
OF_UNITS = (Duty.LEAD, Duty.SUPPORT, Duty.RECURRING)

FURTHEST = 365
MOST_STEPS = 20
# Work without a date is counted from a Monday.
MONDAY = date(2024, 1, 1)


@dataclass(frozen=True)
class Step:
    """A moment of a policy: `day` days after the day counted from (negative: before it), once, or
    with `every` again each so many days as long as the duty stands; and who is told."""

    day: int
    every: int = 0
    to: frozenset[Whom] = frozenset({Whom.CLERK})


_CLERK = frozenset({Whom.CLERK})
_CLERK_AND_HEAD = frozenset({Whom.CLERK, Whom.HEAD})
_ALL = frozenset(Whom)
_OFFICE = frozenset({Whom.OFFICE})
DEFAULTS: dict[Duty, tuple[Step, ...]] = {
    Duty.LEAD: (
        Step(-30, 0, _CLERK),
        Step(-7, 0, _CLERK),
        Step(-1, 0, _CLERK),
        Step(0, 0, _CLERK),
        Step(1, 0, _CLERK),
        Step(3, 0, _CLERK_AND_HEAD),
        Step(7, 7, _ALL),
    ),
    Duty.SUPPORT: (
        Step(-7, 0, _CLERK),
        Step(0, 0, _CLERK),
        Step(1, 0, _CLERK),
        Step(3, 0, _CLERK_AND_HEAD),
        Step(7, 7, _ALL),
    ),
    Duty.RECURRING: (
        Step(-7, 0, _CLERK),
        Step(-1, 0, _CLERK),
        Step(0, 0, _CLERK),
        Step(1, 0, _CLERK),
        Step(3, 0, _CLERK_AND_HEAD),
        Step(7, 7, _ALL),
    ),
    Duty.CONFIRM: (Step(3, 0, _OFFICE), Step(7, 7, _OFFICE)),
    Duty.UNDATED: (Step(0, 7, _OFFICE),),
}

# What the journal calls the deeds, and the details it keeps of them.
DEEDS = {
    "reminders edited": gettext_noop("Sửa chính sách nhắc việc"),
    "reminders reset": gettext_noop("Đưa chính sách nhắc việc về mặc định"),
    "work urged": gettext_noop("Lập đôn đốc các đơn vị"),
    "progress drafted": gettext_noop("Lập dự thảo báo cáo tiến độ"),
}
DETAILS = {
    "duty": gettext_noop("Loại việc"),
    "steps": gettext_noop("Các mốc nhắc"),
    "active": gettext_noop("Đang nhắc"),
}


def duty_of(part: str, *, recurring: bool) -> Duty:
    """The duty of a unit's line by its part ("lead" or "support") and the kind of its task."""
    return Duty.RECURRING if recurring else Duty(part)


def may_go_to(duty: Duty) -> tuple[Whom, ...]:
    """Who may be reminded of the duty: of what units owe anybody, else the office alone."""
    return tuple(Whom) if duty in OF_UNITS else (Whom.OFFICE,)


def in_order(steps: Iterable[Step]) -> tuple[Step, ...]:
    """The steps of a policy in the order of time."""
    return tuple(sorted(steps, key=lambda step: (step.day, step.every)))


def fault(duty: Duty, steps: Collection[Step]) -> str | None:
    """The sentence that refuses a policy whose steps say nothing, too much, the same twice, or name
    nobody; None for a good one."""
    of_units = duty in OF_UNITS
    faults = [
        (not steps, gettext_noop("Hãy ghi ít nhất một mốc nhắc, hoặc tắt nhắc loại việc này.")),
        (
            len(steps) > MOST_STEPS,
            gettext_noop("Chính sách có quá nhiều mốc nhắc; hãy bỏ bớt."),
        ),
        (
            any(abs(step.day) > FURTHEST or not 0 <= step.every <= FURTHEST for step in steps),
            gettext_noop("Số ngày của một mốc nhắc không được quá 365."),
        ),
        (
            of_units and any(step.every and step.day <= 0 for step in steps),
            gettext_noop("Chỉ mốc sau hạn mới nhắc lặp lại được."),
        ),
        (
            duty == Duty.CONFIRM and any(step.day < 0 for step in steps),
            gettext_noop("Báo cáo chờ xác nhận chỉ nhắc được sau ngày đơn vị báo cáo."),
        ),
        (
            duty == Duty.UNDATED
            and any(step.day or not step.every or step.every % 7 for step in steps),
            gettext_noop("Việc chờ ngày chỉ nhắc được theo tuần: 7, 14, 21… ngày một lần."),
        ),
        (
            any(not step.to for step in steps),
            gettext_noop("Hãy chọn người được nhắc ở mỗi mốc."),
        ),
        (
            any(step.to - set(may_go_to(duty)) for step in steps),
            gettext_noop("Loại việc này chỉ nhắc được Văn phòng."),
        ),
        (
            len({step.day for step in steps}) < len(steps),
            gettext_noop("Hai mốc nhắc trùng ngày nhau; hãy gộp lại thành một."),
        ),
    ]
    return next((sentence for wrong, sentence in faults if wrong), None)


def steps_to_json(steps: Iterable[Step]) -> list[dict[str, Any]]:
    """[{"day": -7, "every": 0, "to": ["clerk", "head"]}], in the order given."""
    return [
        {"day": step.day, "every": step.every, "to": [whom for whom in Whom if whom in step.to]}
        for step in steps
    ]


def steps_from_json(stored: Sequence[Mapping[str, Any]]) -> tuple[Step, ...]:
    """The steps that `steps_to_json` wrote."""
    return tuple(
        Step(each["day"], each["every"], frozenset(Whom(whom) for whom in each["to"]))
        for each in stored
    )


@dataclass(frozen=True)
class Moment:
    """A day on which a duty is recalled: by which step, whom, and whether the day was moved because
    it would have been a day off."""

    day: date
    step: Step
    to: frozenset[Whom]
    moved: bool


class Days:
    """The working days of a span, each with the days that a reminder moves to it from.

    A reminder before or on the due day moves from a day off to the last working day before, a later
    one to the next working day. `off` and `working` as in `common.calendar`.
    """

    def __init__(
        self,
        first: date,
        last: date,
        *,
        off: Collection[date] = frozenset(),
        working: Collection[date] = frozenset(),
    ) -> None:
        self.before: dict[date, date] = {}
        self.after: dict[date, date] = {}

        def is_off(day: date) -> bool:
            return calendar.is_day_off(day, off=off, working=working)

        day = first
        while day <= last:
            if not is_off(day):
                self.before[day] = self.after[day] = day
                for far, found in ((1, self.before), (-1, self.after)):
                    near = day + timedelta(days=far)
                    while is_off(near):
                        found[near] = day
                        near += timedelta(days=far)
            day += timedelta(days=1)

    def moments(self, duty: Duty, steps: Iterable[Step], counted_from: date) -> list[Moment]:
        """The moments of the span for a duty counted from a day, at most one a day, in order.

        Where several steps fall on one day, the latest says why and all their persons are told.
        """
        found: dict[date, Moment] = {}
        for step in in_order(steps):
            for due in self._due(duty, step, counted_from):
                days = self._moves(duty, step)
                known = found.get(days[due])
                to = step.to | known.to if known else step.to
                found[days[due]] = Moment(days[due], step, to, moved=days[due] != due)
        return [found[day] for day in sorted(found)]

    def _moves(self, duty: Duty, step: Step) -> dict[date, date]:
        return self.before if duty in OF_UNITS and step.day <= 0 else self.after

    def _due(self, duty: Duty, step: Step, counted_from: date) -> list[date]:
        days = self._moves(duty, step)
        start = counted_from + timedelta(days=step.day)
        if not step.every:
            return [start] if start in days else []
        return sorted(day for day in days if day >= start and (day - start).days % step.every == 0)


_BEFORE, _ON_THE_DAY, _AFTER, _AGAIN = (
    gettext_noop("Nhắc trước hạn %(days)d ngày."),
    gettext_noop("Nhắc đúng ngày đến hạn."),
    gettext_noop("Nhắc sau hạn %(days)d ngày."),
    gettext_noop("Nhắc sau hạn %(days)d ngày, rồi %(every)d ngày một lần."),
)
_REPORTED, _REPORTED_AGAIN = (
    gettext_noop("Nhắc sau khi đơn vị báo cáo %(days)d ngày."),
    gettext_noop("Nhắc sau khi đơn vị báo cáo %(days)d ngày, rồi %(every)d ngày một lần."),
)
_WEEKLY = gettext_noop("Nhắc %(every)d ngày một lần, vào thứ Hai, khi chưa có ngày.")


def why(duty: Duty, step: Step) -> tuple[str, dict[str, int]]:
    """The sentence that says what the step asks for, and what stands in its places."""
    values = {"days": abs(step.day), "every": step.every}
    if duty == Duty.UNDATED:
        return _WEEKLY, values
    if duty == Duty.CONFIRM:
        return (_REPORTED_AGAIN if step.every else _REPORTED), values
    if step.day > 0:
        return (_AGAIN if step.every else _AFTER), values
    return (_BEFORE if step.day else _ON_THE_DAY), values


class Urgency(StrEnum):
    """How near a thing is: the groups of a list of reminders, the most pressing first."""

    LATE = "late"
    TODAY = "today"
    TOMORROW = "tomorrow"
    WEEK = "week"
    MONTH = "month"
    LATER = "later"
    CONFIRM = "confirm"
    UNDATED = "undated"


URGENCIES: dict[Urgency, str] = {
    Urgency.LATE: gettext_noop("Việc quá hạn"),
    Urgency.TODAY: gettext_noop("Việc đến hạn hôm nay"),
    Urgency.TOMORROW: gettext_noop("Việc đến hạn ngày mai"),
    Urgency.WEEK: gettext_noop("Việc đến hạn trong 7 ngày"),
    Urgency.MONTH: gettext_noop("Việc đến hạn trong 30 ngày"),
    Urgency.LATER: gettext_noop("Việc đến hạn sau 30 ngày"),
    Urgency.CONFIRM: gettext_noop("Việc có báo cáo chờ xác nhận"),
    Urgency.UNDATED: gettext_noop("Việc chờ nhập ngày"),
}


def urgency(duty: Duty, due_on: date | None, *, on: date) -> Urgency:
    """The group in which a duty stands that is due by the end of `due_on`."""
    if duty == Duty.CONFIRM:
        return Urgency.CONFIRM
    if due_on is None:
        return Urgency.UNDATED
    days = (due_on - on).days
    if days < 0:
        return Urgency.LATE
    near = ((0, Urgency.TODAY), (1, Urgency.TOMORROW), (7, Urgency.WEEK), (30, Urgency.MONTH))
    return next((group for most, group in near if days <= most), Urgency.LATER)
