"""Due dates on days off, outside the plan's year, or on no day at all."""

import re
from collections.abc import Iterable
from datetime import date, timedelta

from vinhdanh.common.calendar import SpecialDays, day_off_name, last_working_day_before
from vinhdanh.common.vietnamese import WEEKDAYS, fold, gettext_noop, long_day
from vinhdanh.plans.rules.due import LIMITS
from vinhdanh.plans.rules.findings.places import about
from vinhdanh.plans.rules.plan import Finding, Plan, Task

_MAKES_PLAN = re.compile(
    r"\b(?:xay dung|lap|ban hanh|trinh|tham muu|hoan thien|phe duyet|du thao)\b.*"
    r"\b(?:ke hoach|chuong trinh)\b"
)
_OPENS_YEAR = re.compile(
    r"\b(?:phat dong|tong ket|ky giao uoc|trien khai nhiem vu|hoi nghi)\b"
    r"|\b(?:xay dung|lap|ban hanh|trinh|tham muu|hoan thien|phe duyet|du thao|dang ky)\b.*"
    r"\b(?:giao uoc|phong trao|chi tieu|danh hieu|thi dua)"
)
_CLOSES_YEAR = re.compile(
    r"\b(?:tong ket|danh gia|bao cao|binh xet|xet|khen thuong|de nghi|quyet toan|cong bo|trao)\b"
)


def days_off(plan: Plan, special: SpecialDays) -> list[Finding]:
    """Printed due days on which nobody works; `special` are the announced days."""
    found = []
    for task in (*plan.tasks, *plan.duties):
        due = task.due
        if due is None or due.kind not in LIMITS or not due.is_day_printed:
            continue
        for day in filter(None, (due.day_on, *due.more)):
            reason = day_off_name(
                day, off=special.off, working=special.working, names=special.names
            )
            if reason:
                before = last_working_day_before(day, off=special.off, working=special.working)
                found.append(_day_off(task, day, reason, before))
    return found


def _day_off(task: Task, day: date, reason: str, before: date) -> Finding:
    assert task.due
    return about(
        "day-off",
        gettext_noop(
            "{place}: hạn in “{printed}” rơi vào {day}, là ngày nghỉ ({reason}); "
            "ngày làm việc cuối cùng trước đó là {before}."
        ),
        task,
        dates=(day,),
        printed=task.due.text,
        day=long_day(day),
        reason="nghỉ hằng tuần" if reason in WEEKDAYS else reason,
        before=long_day(before),
    )


def odd_dates(plan: Plan) -> list[Finding]:
    """Days that no calendar has, several days in one place, days outside the plan's year."""
    found: list[Finding] = []
    for task in (*plan.tasks, *plan.duties):
        due = task.due
        if due is None:
            continue
        if due.is_impossible:
            found.append(_impossible(task))
        elif due.more:
            found.append(_several(task))
        found += _outside(plan, task)
    return found


def _impossible(task: Task) -> Finding:
    assert task.due
    return about(
        "date",
        gettext_noop("{place}: thời hạn in “{printed}” không có trong lịch; cần ghi lại cho đúng."),
        task,
        printed=task.due.text,
    )


def _several(task: Task) -> Finding:
    assert task.due
    days = tuple(filter(None, (task.due.day_on, *task.due.more)))
    return about(
        "date",
        gettext_noop(
            "{place}: thời hạn in “{printed}” có nhiều ngày; nên tách thành các nhiệm vụ riêng, "
            "mỗi nhiệm vụ một hạn."
        ),
        task,
        dates=days,
        printed=task.due.text,
    )


def _outside(plan: Plan, task: Task) -> Iterable[Finding]:
    due = task.due
    last = due.last_on if due else None
    if due is None or last is None:
        return
    begins = date(plan.year, plan.first_month, 1)
    ends = date(plan.year + 1, plan.first_month, 1) - timedelta(days=1)
    content = fold(task.content)
    if last < begins and not _meant_before(content, last, begins):
        template = gettext_noop(
            "{place}: thời hạn in “{printed}” sớm hơn năm của kế hoạch ({year}); cần xem lại."
        )
    elif (due.from_on or last) > ends and not _meant_after(content, due.from_on or last, ends):
        template = gettext_noop(
            "{place}: thời hạn in “{printed}” muộn hơn năm của kế hoạch ({year}); cần xem lại."
        )
    elif plan.issued_on and last < plan.issued_on and not _MAKES_PLAN.search(content):
        template = gettext_noop(
            "{place}: thời hạn in “{printed}” sớm hơn ngày ban hành kế hoạch ({issued}); "
            "cần xem lại."
        )
    else:
        return
    year = str(plan.year) if plan.first_month == 1 else f"{plan.year}-{plan.year + 1}"
    issued = long_day(plan.issued_on) if plan.issued_on else ""
    yield about("date", template, task, dates=(last,), printed=due.text, year=year, issued=issued)


def _meant_before(content: str, day: date, begins: date) -> bool:
    """A day in the quarter before the plan's year for making the plan or opening the year."""
    near = (begins - day).days <= 92
    opens = _MAKES_PLAN.search(content) or _OPENS_YEAR.search(content)
    return str(day.year) in content or bool(near and opens)


def _meant_after(content: str, day: date, ends: date) -> bool:
    """A day in the quarter after the plan's year for closing it or planning the next."""
    if str(day.year) in content and (day - ends).days <= 366:
        return True
    return (day - ends).days <= 92 and bool(_CLOSES_YEAR.search(content))
