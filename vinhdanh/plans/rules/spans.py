"""The days, months, quarters and years that a few Vietnamese words name, in order."""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

_WORDS = {
    "gieng": 1, "mot": 1, "hai": 2, "ba": 3, "tu": 4, "bon": 4, "sau": 6, "bay": 7, "tam": 8,
    "chin": 9, "muoi": 10, "muoi mot": 11, "muoi hai": 12, "chap": 12,
    "i": 1, "ii": 2, "iii": 3, "iv": 4, "dau": 1,
}  # fmt: skip
_YEAR = r"(?:,? ?(?:/|-|nam) ?(?P<y>(?:19|20)\d{2}|sau|truoc|toi)(?!\d|/))?"
_MONTH = r"(?P<n>\d{1,2}|gieng|mot|hai|ba|tu|bon|sau|bay|tam|chin|muoi mot|muoi hai|muoi|chap)"
_NOT_A_DATE = r"(?! ?[/.] ?\d{1,2}(?!\d))(?!\d)(?!\w)"
_QUARTER = r"(?P<n>iii|ii|iv|i|0?[1-4]|mot|hai|ba|tu|bon)(?!\w)"
_JOIN = r" ?(?P<join>,|;|va|&|-|den het|den|toi) ?"

_PATTERNS = {
    "full": re.compile(
        r"(?<![\d/.])(?P<d>\d{1,2}) ?(?P<s>[/.-]) ?(?P<m>\d{1,2}) ?(?P=s) ?(?P<y>(?:19|20)\d{2}"
        r"|\d{2})(?![\d/])"
    ),
    "days": re.compile(
        r"(?<![\d/.])(?<!thang )(?P<d>\d{1,2}) ?(?:-|den(?: ngay)?) ?(?P<d2>\d{1,2}) ?"
        r"(?:[/.]|,? thang) ?(?P<m>\d{1,2})(?!\d)(?: ?(?:[/.]|,? nam) ?(?P<y>(?:19"
        r"|20)\d{2}))?(?![\d/])"
    ),
    "long": re.compile(
        r"(?<![\d/.])(?P<d>\d{1,2}),? ?thang ?(?P<m>\d{1,2})(?!\d)"
        r"(?:,? ?(?:nam|/|[.]) ?(?P<y>(?:19|20)\d{2}))?"
    ),
    "short": re.compile(
        r"(?<![\d/.])(?P<d>\d{1,2}) ?[/.] ?(?P<m>\d{1,2})(?![\d/])(?: nam (?P<y>(?:19|20)\d{2}))?"
    ),
    "weeks": re.compile(
        r"\btuan (?:thu )?(?P<w>\d|i{1,3}|iv|mot|hai|ba|tu|dau|cuoi)(?: tien)?(?: cung)?(?: cua)?"
        r",? thang (?P<n>\d{1,2})(?!\d)" + _YEAR
    ),
    "some months": re.compile(
        r"\b(?P<n>0?[2-9]|1[01]|hai|ba|sau|chin) thang (?P<part>dau"
        r"|cuoi)(?: cua)?(?: nam)?(?: (?P<y>(?:19|20)\d{2}))?"
    ),
    "school year": re.compile(r"\b(?P<part>dau|cuoi) nam hoc(?! (?:20\d{2}|toi|sau|truoc|moi))"),
    "half": re.compile(r"\bnua (?P<part>dau|cuoi) nam(?: (?P<y>(?:19|20)\d{2}))?"),
    "month": re.compile(r"\b(?:thang|thg\.?|t)(?<!\d) ?" + _MONTH + _NOT_A_DATE + _YEAR),
    "quarter": re.compile(r"\b(?:quy ?|q\.? ?(?=i|[1-4] ?/ ?20))" + _QUARTER + _YEAR),
    "month of year": re.compile(r"(?<![\d/.])(?P<n>\d{1,2}) ?[/.] ?(?P<y>(?:19|20)\d{2})(?!\d)"),
    "year": re.compile(
        r"\b(?P<part>trong|ca|het|dau|giua|cuoi|suot)? ?(?:ca )?\bnam(?: (?P<y>(?:19|20)\d{2}"
        r"|sau|toi))?(?!\w)"
    ),
}
_NEXT_MONTH = re.compile(_JOIN + r"(?:thang )?" + _MONTH + _NOT_A_DATE + _YEAR)
_NEXT_QUARTER = re.compile(_JOIN + r"(?:quy )?" + _QUARTER + _YEAR)
_PART = re.compile(r"\b(dau|giua|cuoi|thuong tuan|trung tuan|ha tuan)(?: cua)?$")


@dataclass(frozen=True, slots=True)
class Span:
    """Days named by words `start` to `end` of the text.

    `unit` is "day", "month", "quarter", "half" or "year". The days are None where the calendar
    has no such day. `has_year` says that the year is printed, `ranged` that the words themselves
    say from and to ("15-20/3", "tháng 3 - 5").
    """

    start: int
    end: int
    unit: str
    from_on: date | None
    to_on: date | None
    has_year: bool = False
    ranged: bool = False


def spans(plain: str, *, year: int, first_month: int = 1) -> list[Span]:
    """The spans in folded text, left to right, none overlapping.

    `year` is that of the plan; a month before `first_month` lies in the calendar year after it.
    """
    found: list[Span] = []
    ahead = {name: pattern.search(plain) for name, pattern in _PATTERNS.items()}
    position = 0
    while nearest := _nearest(ahead, plain, position):
        name, match = nearest
        read = _READERS[name](match, year, first_month)
        if read is None:
            position = match.start() + 1
            continue
        if name in ("month", "quarter", "month of year"):
            more = _NEXT_QUARTER if name == "quarter" else _NEXT_MONTH
            found += _run(plain, [(match, read)], more, first_month, year)
        else:
            found.append(read)
        position = max(found[-1].end, match.end())
    return found


def _nearest(
    ahead: dict[str, re.Match[str] | None], plain: str, position: int
) -> tuple[str, re.Match[str]] | None:
    """The first match from `position` on; `ahead` remembers the next match of each pattern."""
    for name, match in ahead.items():
        if match and match.start() < position:
            ahead[name] = _PATTERNS[name].search(plain, position)
    matches = [(name, match) for name, match in ahead.items() if match]
    return min(matches, key=lambda pair: pair[1].start(), default=None)


def _run(
    plain: str,
    members: list[tuple[re.Match[str], Span]],
    more: re.Pattern[str],
    first_month: int,
    year: int,
) -> list[Span]:
    """A list or a range of months or quarters: "tháng 3, 4 và 5/2026", "quý I - quý III"."""
    reader = _quarter if more is _NEXT_QUARTER else _month
    joins: list[str] = []
    while match := more.match(plain, members[-1][1].end):
        span = reader(match, year, first_month)
        if span is None:
            break
        joins.append(match["join"])
        members.append((match, span))
    read = [span for _, span in members]
    if len(read) > 1 and read[-1].has_year and not any(span.has_year for span in read[:-1]):
        last = members[-1][0]["y"]
        read = [_again(match, span, reader, last) for match, span in members]
    if joins and all(join in ("-", "den", "den het", "toi") for join in joins):
        first, last_span = read[0], read[-1]
        begin, end = first.from_on, last_span.to_on
        if begin and end and begin > end:
            wrapped = reader(members[0][0], begin.year - 1 if last_span.has_year else begin.year, 1)
            later = reader(members[-1][0], end.year if last_span.has_year else end.year + 1, 1)
            if not first.has_year and wrapped and later:
                begin, end = wrapped.from_on, later.to_on
        return [
            Span(
                first.start, last_span.end, first.unit, begin, end, last_span.has_year, ranged=True
            )
        ]
    return read


def _again(
    match: re.Match[str],
    span: Span,
    reader: Callable[[re.Match[str], int, int], Span | None],
    printed_year: str,
) -> Span:
    """The same words read in the year printed at the end of their list."""
    again = reader(match, int(printed_year), 1) if printed_year.isdigit() else None
    return again or span


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _last(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _year_of(printed: str | None, month: int, year: int, first_month: int) -> int:
    if printed is None:
        return year if month >= first_month else year + 1
    if printed in ("sau", "toi"):
        return year + 1
    if printed == "truoc":
        return year - 1
    return int(printed) if len(printed) == 4 else 2000 + int(printed)


def _number(printed: str) -> int:
    return int(printed) if printed.isdigit() else _WORDS[printed]


def _dates(match: re.Match[str], year: int, first_month: int) -> Span | None:
    groups = match.groupdict()
    month = int(match["m"])
    own = _year_of(match["y"], month, year, first_month)
    start = _day(own, month, int(match["d"]))
    end = _day(own, month, int(groups["d2"])) if groups.get("d2") else start
    ranged = bool(groups.get("d2"))
    return Span(match.start(), match.end(), "day", start, end, bool(match["y"]), ranged)


def _month(match: re.Match[str], year: int, first_month: int) -> Span | None:
    month = _number(match["n"])
    own = _year_of(match["y"], month, year, first_month)
    if not 1 <= month <= 12 or not 1 <= own <= 9998:
        return Span(match.start(), match.end(), "month", None, None, bool(match["y"]))
    start, end = date(own, month, 1), _last(own, month)
    part = _PART.search(match.string[: match.start()].rstrip())
    if part and part[1] in ("dau", "thuong tuan"):
        end = date(own, month, 10)
    elif part and part[1] in ("giua", "trung tuan"):
        start, end = date(own, month, 11), date(own, month, 20)
    elif part:
        start = date(own, month, 21)
    return Span(match.start(), match.end(), "month", start, end, bool(match["y"]))


def _quarter(match: re.Match[str], year: int, first_month: int) -> Span | None:
    quarter = _number(match["n"])
    months = [quarter * 3 - 2, quarter * 3 - 1, quarter * 3]
    own = _year_of(match["y"], months[0], year, first_month if first_month > 1 else 1)
    part = _PART.search(match.string[: match.start()].rstrip())
    if part:
        months = (
            [months[("dau", "giua", "cuoi").index(part[1])]] if "tuan" not in part[1] else months
        )
    start, end = date(own, months[0], 1), _last(own, months[-1])
    return Span(match.start(), match.end(), "quarter", start, end, bool(match["y"]))


def _week(match: re.Match[str], year: int, first_month: int) -> Span | None:
    month = _number(match["n"])
    own = _year_of(match["y"], month, year, first_month)
    if not 1 <= month <= 12:
        return Span(match.start(), match.end(), "month", None, None, bool(match["y"]))
    last = _last(own, month)
    if match["w"] == "cuoi":
        start, end = last - timedelta(days=6), last
    else:
        week = _number(match["w"])
        first = week * 7 - 6
        if not 1 <= week <= 5 or first > last.day:
            return Span(match.start(), match.end(), "month", None, None, bool(match["y"]))
        start, end = date(own, month, first), date(own, month, min(first + 6, last.day))
    return Span(match.start(), match.end(), "month", start, end, bool(match["y"]), ranged=True)


def _months_of_year(match: re.Match[str], year: int, first_month: int) -> Span | None:
    printed = match.groupdict().get("n")
    count = _number(printed) if printed else 6
    own = _year_of(match["y"], 12, year, 1)
    if match["part"] == "dau":
        start, end = date(own, 1, 1), _last(own, count)
    else:
        start, end = date(own, 13 - count, 1), date(own, 12, 31)
    return Span(match.start(), match.end(), "half", start, end, bool(match["y"]))


def _school_year(match: re.Match[str], year: int, first_month: int) -> Span | None:
    """August to October, or May to July of the same plan's year."""
    first, last = (8, 10) if match["part"] == "dau" else (5, 7)
    own = _year_of(None, first, year, first_month)
    return Span(match.start(), match.end(), "half", date(own, first, 1), _last(own, last))


def _whole_year(match: re.Match[str], year: int, first_month: int) -> Span | None:
    if not match["part"] and not match["y"]:
        return None
    own = _year_of(match["y"], 12, year, 1)
    months = {"dau": (1, 3), "giua": (6, 7), "cuoi": (10, 12)}.get(match["part"] or "", (1, 12))
    start, end = date(own, months[0], 1), _last(own, months[1])
    # "hết năm" is a limit: the word stays outside the span, where limits are looked for.
    begins = match.end("part") if match["part"] == "het" else match.start()
    return Span(begins, match.end(), "year", start, end, bool(match["y"]))


_READERS = {
    "full": _dates, "days": _dates, "long": _dates, "short": _dates, "weeks": _week,
    "some months": _months_of_year, "school year": _school_year, "half": _months_of_year,
    "month": _month, "month of year": _month, "quarter": _quarter, "year": _whole_year,
}  # fmt: skip
