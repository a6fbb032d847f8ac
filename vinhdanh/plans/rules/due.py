"""The times of a plan's tasks: from the words as printed to a date, a period or a rhythm.

How words without a sharp meaning are read, here and nowhere else: "đầu", "giữa", "cuối tháng" are
days 1-10, 11-20 and 21 to the end; "tuần 2" of a month is days 8-14; "đầu quý" is its first
month; "đầu năm" is quarter I, "cuối năm" quarter IV; "đầu năm học" is August to October, "cuối
năm học" May to July, and the end of a term ("học kỳ") waits for its date; "trong năm" is the whole
year as a period and "cả năm" is continuous, as is any rhythm closer than a month. Two months half
a year apart, or four in step, are that rhythm; other loose months and quarters span from the
first to the last.
Source: the times listed for a plan's annex in the plan of the founding office, and usage.
"""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta

from vinhdanh.common.vietnamese import fold, squeeze
from vinhdanh.plans.rules.rhythms import RHYTHM, day_of_month, is_after_period, rhythm
from vinhdanh.plans.rules.spans import Span, spans

LIMITS = ("before", "by")

_DOCUMENT = re.compile(
    r"(?:so )?\d{1,5}/(?:\d{4}/)?[a-z]+(?:[-/][a-z]+)*"
    r"(?:,? ngay \d{1,2}(?: ?[/.-] ?\d{1,2} ?[/.-] ?\d{4}| thang \d{1,2} nam \d{4}))?"
)
# "Theo quy định" speaks of no quarter, though without accents "quy" is also "quý".
_RULE = re.compile(r"\bquy (?:dinh|che|uoc|trinh|tac|mo|hoach|pham)\b")
# A day, month or year left to be filled in: "Trước ngày ……/3/2026", "Tháng …/2026".
_LEFT_BLANK = re.compile(r"(?:\.{2,}|…|_{2,}) ?/ ?(?:\d|\.{2,}|…|_{2,})")
_EVENT_FIRST = re.compile(
    r"(?:thuc hien |trien khai |hoan thanh )?(?:ngay )?(?:theo|sau khi|khi|can cu|tuy|phu thuoc"
    r"|trong vong|trong thoi han|ngay sau|sau \d+ ngay|\d+ ngay|cung voi|dot xuat)\b"
)
_EVENT = re.compile(
    r"\b(?:theo|sau|khi|truoc|tai|dip|nhan|ke tu|dot xuat|trong thoi gian|hoc ky)\b"
)
_EXPLICIT_LIMIT = re.compile(
    r"\b(?:truoc(?: ngay)?|cham nhat(?: la)?(?: ngay)?|muon nhat(?: la)?(?: ngay)?"
    r"|khong qua(?: ngay)?) \d{1,2} ?(?:[/.]|thang)"
)
_CONTINUOUS = re.compile(
    r"\b(?:thuong xuyen|lien tuc|(?:trong )?suot (?:ca )?nam|quanh nam|(?:trong )?ca nam"
    r"|hang (?:tuan|ngay)|moi (?:tuan|ngay)|dinh ky)\b"
)
_BEFORE = re.compile(
    r"\btruoc(?! va trong)(?:,? (?:ngay|thang|quy|dip|han|moc|thoi diem|het|dau|la))*[ :]*$"
)
_AFTER = re.compile(r"\bsau(?: ngay| thang| quy| het)*[ :]*$")
_UNTIL = re.compile(
    r"\b(?:cham nhat|muon nhat|tre nhat|khong qua|khong muon hon|den|het|toi|han|xong(?! trong))"
    r"(?: (?:la|vao|het|ngay|den|cuoi|trong|han|truoc va trong))*[ :]*$"
)
_SINCE = re.compile(r"\b(?:ke )?tu(?: (?:ngay|dau|cuoi))*[ :]*$")
_BETWEEN = re.compile(r"[ ,]*(?:-|den|toi)(?: (?:het|ngay|cuoi|dau|giua))*[ :]*")


@dataclass(frozen=True, slots=True)
class Due:
    """When a task is due.

    `kind`: "before" (excludes `day_on`), "by" (includes it), "period" (`from_on` to `to_on`, both
    included), "recurring" (`every` "month", "quarter", "half-year" or "year"; `day` of the month
    or None; `next_period` when that day lies after the period it reports on), "continuous",
    "external" (waits for a date that others set). The days are None where the printed day does
    not exist (31/6): nothing is guessed. `more` are further days printed in the same place.
    `is_day_printed`: the day itself stands there, it is not the end of a printed month. `text` is
    what is printed. `excludes_day`: the row of a recurring task says by itself that its day is too
    late; where a time is only read, its words say so.
    """

    kind: str
    text: str
    day_on: date | None = None
    from_on: date | None = None
    to_on: date | None = None
    every: str | None = None
    day: int | None = None
    next_period: bool = False
    more: tuple[date, ...] = ()
    is_day_printed: bool = False
    excludes_day: bool = field(default=False, compare=False)

    @property
    def last_on(self) -> date | None:
        """The last printed day: the day of a limit, the end of a period, else None."""
        return self.day_on or self.to_on

    @property
    def is_impossible(self) -> bool:
        """A day is printed that no calendar has, or a period ends before it begins."""
        return (self.kind in LIMITS and not self.day_on) or (
            self.kind == "period" and not (self.from_on and self.to_on)
        )

    def as_json(self) -> dict[str, str | int | None]:
        shown: dict[str, str | int | None] = {"kind": self.kind}
        if self.kind in LIMITS:
            shown["date"] = _iso(self.day_on)
        elif self.kind == "period":
            shown |= {"from": _iso(self.from_on), "to": _iso(self.to_on)}
        elif self.kind == "recurring":
            shown |= {"every": self.every, "day": self.day}
        return shown | {"text": self.text}


def read_due(text: str, *, year: int, first_month: int = 1) -> Due | None:
    """The due date that the words mean in a plan of `year`; None when they name no time, or leave
    a part of it blank.

    `first_month` is the month in which the plan's year begins: 8 for a school year, so that
    "tháng 3" of the school year 2025-2026 is March 2026.
    """
    printed = squeeze(text)
    plain = fold(printed).replace("–", "-").replace("—", "-").strip(" .;,-+")
    plain = _RULE.sub("van ban", _DOCUMENT.sub("van ban", plain))
    if not plain or _LEFT_BLANK.search(plain):
        return None
    if re.fullmatch(r"20\d{2}", plain):
        plain = f"nam {plain}"
    if _EVENT_FIRST.match(plain) and not RHYTHM.match(plain):
        limit = _EXPLICIT_LIMIT.search(plain)
        if limit is None:
            return Due("external", printed)
        plain = plain[limit.start() :]
    found = spans(plain, year=year, first_month=first_month)
    return (
        _recurring(plain, found, printed)
        or _continuous_first(plain, found, printed)
        or (_dated(plain, found, printed) if found else None)
        or _loose(plain, printed)
    )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _recurring(plain: str, found: list[Span], printed: str) -> Due | None:
    every = rhythm(plain, found)
    if every is None:
        return None
    if any(span.unit == "day" for span in found):  # "trước 15/6 và 15/12 hằng năm": the days rule
        return None
    if every == "year" and any(span.unit in ("month", "quarter", "half") for span in found):
        return None
    return Due(
        "recurring",
        printed,
        every=every,
        day=day_of_month(plain),
        next_period=is_after_period(plain),
    )


def _continuous_first(plain: str, found: list[Span], printed: str) -> Due | None:
    """Continuous, unless a day, month or quarter narrows it down."""
    narrowed = any(span.unit != "year" for span in found)
    return Due("continuous", printed) if _CONTINUOUS.search(plain) and not narrowed else None


def _dated(plain: str, found: list[Span], printed: str) -> Due | None:
    first, *others = found
    before = plain[: first.start]
    same = [span for span in others if span.unit == first.unit]
    if first.ranged:
        due = _period(first.from_on, first.to_on, printed)
    elif others and _BETWEEN.fullmatch(plain[first.end : others[0].start]):
        due = _period_between(first, others[0], printed)
    elif _BEFORE.search(before) and not re.search(r"\d ?(?:gio|h)\b", before):
        due = _limit("before", first.from_on, first, others, printed)
    elif _AFTER.search(before) and first.to_on:
        end = date(first.to_on.year, 12, 31)
        due = _period(min(first.to_on + timedelta(days=1), end), end, printed)
    elif _SINCE.search(before) and first.from_on:
        due = _period(first.from_on, date(first.from_on.year, 12, 31), printed)
    elif _UNTIL.search(before) or first.unit == "day":
        due = _limit("by", first.to_on, first, others, printed)
    else:
        due = _period(first.from_on, same[-1].to_on if same else first.to_on, printed)
    return due


def _limit(kind: str, day: date | None, first: Span, others: list[Span], printed: str) -> Due:
    more = {span.from_on for span in others if span.unit == first.unit == "day" and span.from_on}
    return Due(
        kind,
        printed,
        day_on=day,
        more=tuple(sorted(more - {day})),
        is_day_printed=first.unit == "day",
    )


def _period_between(first: Span, last: Span, printed: str) -> Due:
    """From the beginning of one span to the end of the next; each lends the other its year."""
    start, end = first.from_on, last.to_on
    if start and end and not first.has_year and last.has_year:
        start = _moved(start, end.year)
        if start and start > end:
            start = _moved(start, end.year - 1)
    elif start and end and not last.has_year:
        end = _moved(end, start.year)
        if end and start > end:
            end = _moved(end, start.year + 1)
    return _period(start, end, printed)


def _period(start: date | None, end: date | None, printed: str) -> Due:
    if not start or not end or start > end:
        return Due("period", printed)
    return Due("period", printed, from_on=start, to_on=end)


def _moved(day: date, year: int) -> date | None:
    try:
        return day.replace(year=year)
    except ValueError:
        return None


def _loose(plain: str, printed: str) -> Due | None:
    return Due("external", printed) if _EVENT.search(plain) else None
