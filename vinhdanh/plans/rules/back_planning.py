"""Counting back from the day on which somebody wants something, in working days (lịch lùi).

The steps that lead to such a day and their working days are the office's own choice. DEFAULTS is
what this house proposes to begin with; it is no time limit of the law. Saturdays, Sundays and
public holidays are no working days: Bộ luật Lao động 2019, Điều 111, 112.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from vinhdanh.common import calendar
from vinhdanh.common.calendar import SpecialDays
from vinhdanh.common.vietnamese import gettext_noop, long_day

MOST_STEPS = 12
MOST_WORKING_DAYS = 250

# What the journal calls these deeds, and the details it keeps of them.
DEEDS = {
    "due date extended": gettext_noop("Gia hạn"),
    "back-plan begun": gettext_noop("Lập lịch lùi"),
    "back-plan edited": gettext_noop("Sửa lịch lùi"),
    "back-plan confirmed": gettext_noop("Xác nhận lịch lùi"),
    "back-plan taken away": gettext_noop("Bỏ lịch lùi"),
}
DETAILS = {
    "wanted_on": gettext_noop("Ngày đích"),
    "steps": gettext_noop("Các bước"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """A step: done `working_days` working days before the step after it."""

    name: str
    working_days: int


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The last day of a step, and the sentence that explains it."""

    due_on: date
    reason: str


# The last before the wanted day first.
DEFAULTS = (
    Step("Hội đồng Thi đua - Khen thưởng họp xét", 5),
    Step("Thẩm định hồ sơ, chuẩn bị họp Hội đồng", 10),
    Step("Khối, cụm thi đua bình xét, suy tôn", 5),
    Step("Đơn vị bình xét, gửi hồ sơ", 10),
)


def suggestions(
    wanted_on: date, steps: Iterable[Step], *, special: SpecialDays
) -> list[Suggestion]:
    """When each step must be done so that all is ready on `wanted_on`; the last step first."""
    found: list[Suggestion] = []
    after, what = wanted_on, "ngày đích"
    for step in steps:
        due_on = calendar.working_days_before(
            after, step.working_days, off=special.off, working=special.working
        )
        found.append(Suggestion(due_on, _reason(step, due_on, after, what, special)))
        after, what = due_on, f"bước “{step.name}”"
    return found


def extended(before: date, after: date, reason: str) -> str:
    """Why a due date is what it is, once it was moved."""
    return f"Gia hạn từ {before:%d/%m/%Y} đến {after:%d/%m/%Y}: {reason}"


def followed(suggestion: Suggestion) -> str:
    """Why a confirmed step was moved: the day it leads to was."""
    return f"Dời theo lịch lùi: {suggestion.reason}"


def _reason(step: Step, due_on: date, after: date, what: str, special: SpecialDays) -> str:
    if not step.working_days:
        return f"Cùng ngày với {what} ({long_day(after)})."
    last = after - timedelta(days=1)
    off = calendar.off_between(
        due_on, last, off=special.off, working=special.working, names=special.names
    )
    sentence = f"{step.working_days} ngày làm việc trước {what} ({long_day(after)})"
    if off:
        sentence += f"; không tính ngày nghỉ: {', '.join(_run(*run) for run in off)}"
    worked = calendar.worked_weekends(due_on, last, off=special.off, working=special.working)
    if worked:
        sentence += f"; tính cả ngày làm bù: {', '.join(map(long_day, worked))}"
    return f"{sentence}."


def _run(first: date, last: date, name: str) -> str:
    if first == last:
        return f"{name} ({first:%d/%m/%Y})"
    return f"{name} (từ {first:%d/%m/%Y} đến {last:%d/%m/%Y})"
