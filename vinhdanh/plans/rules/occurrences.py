"""When a task is due in the year: the last day in time of each occurrence, and why.

How the words of a plan become days (the plan itself is the source): "trước ngày D" leaves its day
out, so the last day in time is the day before; "chậm nhất ngày D", "D" take it in. A rhythm is due
once in each of its periods of the year, on the day named or else on the last day of the period.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from vinhdanh.common.vietnamese import long_day

_ROMAN = ("I", "II", "III", "IV")
_MONTHS = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}


@dataclass(frozen=True, slots=True)
class Timing:
    """The time of a task: `kind` and the fields of `plans.models.Task` that go with it.

    `on` is the day of "before" and "by" and the last day of a "period", `start` its first day;
    `more` are further days of "before" and "by". `text` is what is printed, "" when added by hand.
    """

    kind: str
    text: str = ""
    on: date | None = None
    start: date | None = None
    every: str = ""
    day: int | None = None
    excludes_day: bool = False
    next_period: bool = False
    more: tuple[date, ...] = ()

    @property
    def is_complete(self) -> bool:
        """Whether the days that its kind needs are known, so that the year can be laid out."""
        if self.kind in {"before", "by"}:
            return self.on is not None
        if self.kind == "period":
            return self.on is not None and self.start is not None and self.start <= self.on
        if self.kind == "recurring":
            return self.every in _MONTHS
        return self.kind in {"continuous", "external"}


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time a task is due. `due_on` is the last day in time, None while nobody knows it;
    `label` tells the occurrences of one task apart; `reason` explains `due_on` in a sentence."""

    label: str
    starts_on: date | None
    due_on: date | None
    reason: str


def occurrences(timing: Timing, *, year: int, first_month: int = 1) -> list[Occurrence]:
    """The occurrences of a task in the plan's year, in the order of their days.

    The year begins in `first_month` of `year` (8 for a school year). Asks for a complete timing
    (`is_complete`).
    """
    begins = date(year, first_month, 1)
    if timing.kind in {"before", "by"}:
        return _limits(timing)
    if timing.kind == "period":
        return [Occurrence("", timing.start, timing.on, _period_reason(timing))]
    if timing.kind == "recurring":
        return _rhythm(timing, begins)
    if timing.kind == "continuous":
        return [_whole_year(timing, begins)]
    return [
        Occurrence(
            "", None, None, f"{_printed(timing)}Chờ nơi khác cho biết ngày, rồi nhập ngày đó."
        )
    ]


def _limits(timing: Timing) -> list[Occurrence]:
    days = sorted({day for day in (timing.on, *timing.more) if day})
    return [
        Occurrence(f"Lần {place}" if len(days) > 1 else "", None, *_limit(timing, day))
        for place, day in enumerate(days, start=1)
    ]


def _limit(timing: Timing, day: date) -> tuple[date, str]:
    if timing.kind == "by":
        return day, f"{_printed(timing)}Tính cả ngày ghi trong kế hoạch: {long_day(day)}."
    last = day - timedelta(days=1)
    return last, (
        f"{_printed(timing)}Trước ngày {day:%d/%m/%Y} là không tính chính ngày đó, "
        f"nên ngày cuối còn đúng hạn là {long_day(last)}."
    )


def _period_reason(timing: Timing) -> str:
    assert timing.on is not None
    return f"{_printed(timing)}Hạn là ngày cuối của khoảng thời gian: {long_day(timing.on)}."


def _whole_year(timing: Timing, begins: date) -> Occurrence:
    last = _months_on(begins, 12) - timedelta(days=1)
    reason = (
        f"{_printed(timing)}Việc thường xuyên, báo cáo kết quả cả năm chậm nhất {long_day(last)}."
    )
    return Occurrence("Cả năm", begins, last, reason)


def _rhythm(timing: Timing, begins: date) -> list[Occurrence]:
    length = _MONTHS[timing.every]
    made = []
    for months in range(0, 12, length):
        first = _months_on(begins, months)
        last = _months_on(first, length) - timedelta(days=1)
        label = _label(first, last, of_calendar_year=begins.month == 1)
        due, why = _day_in_period(timing, label, last)
        made.append(Occurrence(label, min(first, due), due, f"{_printed(timing)}{why}"))
    return made


def _day_in_period(timing: Timing, label: str, last: date) -> tuple[date, str]:
    if timing.day is None:
        return last, (
            f"Kế hoạch không ghi ngày cụ thể, nên hạn của {_in_sentence(label)} là ngày cuối kỳ: "
            f"{long_day(last)}."
        )
    month = last + timedelta(days=1) if timing.next_period else last
    end = _month_end(month.year, month.month)
    named = end.replace(day=min(timing.day, end.day))
    of_what = "tháng đầu của kỳ sau" if timing.next_period else "tháng cuối của kỳ"
    if timing.every == "month":
        of_what = "tháng sau" if timing.next_period else "tháng"
    if timing.excludes_day:
        due = named - timedelta(days=1)
        return due, (
            f"Trước ngày {timing.day:02d} của {of_what} là không tính chính ngày đó, "
            f"nên ngày cuối còn đúng hạn của {_in_sentence(label)} là {long_day(due)}."
        )
    return (
        named,
        f"Ngày {timing.day:02d} của {of_what}, với {_in_sentence(label)} là {long_day(named)}.",
    )


def _label(first: date, last: date, *, of_calendar_year: bool) -> str:
    """What a period is called: by its quarter or half where the year is the calendar's."""
    if first.month == last.month:
        return f"Tháng {first.month}"
    length = (last.month - first.month) % 12 + 1
    if not of_calendar_year:
        return f"Tháng {first:%m/%Y} – {last:%m/%Y}"
    if length == 3:
        return f"Quý {_ROMAN[first.month // 3]}"
    if length == 6:
        return "6 tháng đầu năm" if first.month == 1 else "6 tháng cuối năm"
    return f"Năm {first.year}"


def _in_sentence(label: str) -> str:
    return label[0].lower() + label[1:]


def _months_on(first: date, months: int) -> date:
    """The first of the month that lies `months` after the month that begins on `first`."""
    month = first.month - 1 + months
    return date(first.year + month // 12, month % 12 + 1, 1)


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _printed(timing: Timing) -> str:
    return f"Kế hoạch ghi “{timing.text}”. " if timing.text else ""
