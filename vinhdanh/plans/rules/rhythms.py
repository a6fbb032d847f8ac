"""Times that come back: every month, every quarter, twice a year; on which day of the month."""

import re
from itertools import pairwise

from vinhdanh.plans.rules.spans import Span

_EVERY = {"thang": "month", "quy": "quarter", "nam": "year"}
_RHYTHMS = ("month", "quarter", "half-year", "year")
_TIMES_A_YEAR = {12: "month", 4: "quarter", 3: "quarter", 2: "half-year", 1: "year"}
_MONTHS_BETWEEN = {1: "month", 2: "month", 3: "quarter", 6: "half-year", 12: "year"}
_NUMBER = {"mot": 1, "hai": 2, "ba": 3, "bon": 4, "sau": 6}

RHYTHM = re.compile(
    r"\b(?:hang|moi|tung|dinh ky|dinh ki|thuong ky|theo|cac|cuoi(?! nam)|dau(?! nam))(?: theo)?"
    r"(?: hang| moi| tung)? "
    r"(?P<first>(?:0?[36] )?thang(?! (?:dau|cuoi) nam)|quy|nam|nua nam|sau thang)"
    r"(?! ?(?:\d{1,2}|i{1,3}|iv|gieng|mot|hai|ba|tu|bon|sau|bay|tam|chin|muoi|chap)\b(?! ?lan\b))"
    r"(?! ?\d{4})"
    r"(?P<rest>(?:(?:,| va| hoac|/|;)? ?(?:0?[36] )?(?:hang )?\b(?:thang|quy|nam)\b(?! \d))*)"
)
_MONTHS_AND_YEAR = re.compile(
    r"\b0?6 thang(?: dau nam)?(?:(?:,| va| hoac| ?/| ;) ?(?:ca |cuoi |1 |mot )?| ca | 1 )nam\b"
)
_PER_LOT = re.compile(
    r"\b(?P<times>\d{1,2}|mot|hai|ba|bon) lan ?(?:/|tren|trong|mot|moi)? ?"
    r"(?:0?1 |mot )?(?P<unit>thang|quy|nam)\b"
)
_EACH_SO_MANY = re.compile(
    r"\b(?P<months>\d{1,2}|sau|ba)? ?(?P<unit>thang|quy|nam) ?(?:/ ?(?:0?1|mot)?|mot|0?1) ?lan\b"
)
_SO_MANY_EACH = re.compile(r"\b\d+ [a-z ]+/ ?(?:0?1 )?(?P<unit>thang|quy|nam)\b")
_ONLY_MONTHS = re.compile(r"(?:bao cao )?(?P<months>0?[36]|sau|ba) thang")
_DAY = re.compile(
    r"\b(?:ngay|truoc|mung|cham nhat) (?:mung )?(?:thu )?(?P<day>\d{1,2})\b"
    r"(?! ?[/.]| lan| thang \d| thang/)"
)
_ENDS = re.compile(r"\b(thang|quy)(?: cuoi quy)?$")
_NEXT = re.compile(r"\b(?:thang|quy|nam|ky) (?:sau|tiep|ke tiep|tiep theo)\b")


def rhythm(plain: str, found: list[Span]) -> str | None:
    """How often the folded words say that it comes back: "month", "quarter", "half-year" or
    "year", the closest where they name several; None when it happens once. `found` are the spans
    in the words."""
    return _counted(plain) or _named(plain) or _by_day(plain) or _stepped_months(found)


def day_of_month(plain: str) -> int | None:
    """The day of the month on which it is due each time."""
    match = _DAY.search(plain)
    day = int(match["day"]) if match else 0
    return day if 1 <= day <= 31 else None


def is_after_period(plain: str) -> bool:
    """Whether that day lies after the period: "ngày 05 của tháng đầu quý sau"."""
    return bool(_NEXT.search(plain))


def _counted(plain: str) -> str | None:
    """ "2 lần/năm", "3 tháng một lần", "01 bài/quý"."""
    if match := _PER_LOT.search(plain):
        if match["unit"] != "nam":
            return _EVERY[match["unit"]]
        return _TIMES_A_YEAR.get(_NUMBER.get(match["times"]) or int(match["times"]), "month")
    if match := _EACH_SO_MANY.search(plain):
        if match["unit"] != "thang" or not match["months"]:
            return _EVERY[match["unit"]]
        return _MONTHS_BETWEEN.get(_NUMBER.get(match["months"]) or int(match["months"]), "month")
    each = _SO_MANY_EACH.search(plain)
    return _EVERY[each["unit"]] if each else None


def _named(plain: str) -> str | None:
    """ "Hàng tháng, quý", "6 tháng, năm"."""
    if _MONTHS_AND_YEAR.search(plain):
        return "half-year"
    if match := RHYTHM.search(plain):
        parts = re.findall(r"(?:0?[36] )?\b(?:thang|quy|nam)\b", match["rest"])
        closest = min(_RHYTHMS.index(_one_named(part)) for part in (match["first"], *parts))
        return _RHYTHMS[closest]
    if match := _ONLY_MONTHS.fullmatch(plain):
        return "quarter" if match["months"] in ("3", "03", "ba") else "half-year"
    return None


def _one_named(part: str) -> str:
    if part in ("nua nam", "sau thang") or part.lstrip("0").startswith("6"):
        return "half-year"
    return "quarter" if part.lstrip("0").startswith("3") else _EVERY[part]


def _by_day(plain: str) -> str | None:
    """ "Trước ngày 05 của tháng sau", "ngày 20 của tháng cuối quý"."""
    if not _DAY.search(plain):
        return None
    if _NEXT.search(plain):
        return "quarter" if "quy" in plain else "month"
    ends = _ENDS.search(plain)
    if ends is None:
        return None
    return "quarter" if "quy" in ends[0] else "month"


def _stepped_months(found: list[Span]) -> str | None:
    """ "Tháng 6 và tháng 12", "tháng 3, 6, 9, 12", "quý I, II, III, IV"."""
    if len(found) == 4 and all(span.unit == "quarter" and not span.ranged for span in found):
        return "quarter"
    months = [span.from_on for span in found if span.unit == "month" and not span.ranged]
    if len(months) != len(found) or None in months:
        return None
    places = [day.year * 12 + day.month for day in months if day]
    steps = {after - before for before, after in pairwise(places)}
    if len(places) == 2 and steps == {6}:
        return "half-year"
    return "quarter" if len(places) == 4 and steps == {3} else None
