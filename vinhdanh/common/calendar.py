"""Days off and working days in Viet Nam.

Saturdays, Sundays, public holidays, the days off in lieu when a holiday falls on a weekend, and
the days exchanged by the government (a Saturday worked for a Monday off), as far as the calendar
library or calendar.yaml beside this file knows them. Days off and working days that are announced
later are passed in: `off` are further days off, `working` days that are worked whatever the
calendar says, `names` says why. Source: Bộ luật Lao động 2019, Điều 111, 112.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType

import yaml
from holidays import country_holidays

from vinhdanh.common.vietnamese import WEEKDAYS

_EXCHANGED = re.compile(r"substituted from (\d\d)/(\d\d)/(\d{4})")
_NAMES = (
    ("Lunar New Year", "Tết Nguyên đán"),
    ("New Year's Day", "Tết Dương lịch"),
    ("Hung Kings", "Giỗ Tổ Hùng Vương"),
    ("Liberation Day", "Ngày Chiến thắng 30/4"),
    ("Labor Day", "Ngày Quốc tế lao động 01/5"),
    ("National Day", "Quốc khánh 02/9"),
    ("Cultural Day", "Ngày Văn hóa Việt Nam 24/11"),
)
EXCHANGED = "ngày nghỉ hoán đổi"
_DAY = timedelta(days=1)
_SATURDAY = 5
_NOTHING: Collection[date] = frozenset()
_NAMELESS: Mapping[date, str] = MappingProxyType({})
# What the library knows; beyond, the lunar calendar is not computed.
FIRST_YEAR, LAST_YEAR = 1995, 2099


@dataclass(frozen=True, slots=True)
class SpecialDays:
    """The days announced beside what the calendar knows: off, worked, and why, by day."""

    off: frozenset[date] = frozenset()
    working: frozenset[date] = frozenset()
    names: Mapping[date, str] = field(default_factory=dict)


def day_off_name(
    day: date,
    *,
    off: Collection[date] = _NOTHING,
    working: Collection[date] = _NOTHING,
    names: Mapping[date, str] = _NAMELESS,
) -> str | None:
    """Why nobody works that day: "thứ Bảy", "Tết Nguyên đán"; None on a working day.

    A holiday is named before the weekend that it falls on.
    """
    if day in working:
        return None
    if day in off:
        return names.get(day) or "ngày nghỉ"
    named = _public_holidays(day.year)[0]
    if day in named:
        return named[day]
    if is_weekend(day) and not is_exchanged(day):
        return WEEKDAYS[day.weekday()]
    return None


def is_weekend(day: date) -> bool:
    return day.weekday() >= _SATURDAY


def is_exchanged(day: date) -> bool:
    """Whether the calendar knows the day as worked in exchange for another day off."""
    years = range(day.year - 1, day.year + 2)  # the last days of a year are exchanged for January
    return any(day in _public_holidays(year)[1] for year in years)


def exchanged_by(day: date) -> str:
    """The text by which the day was exchanged, off or worked; "" where it is not known."""
    return _exchanges().get(day, "")


def is_day_off(
    day: date, *, off: Collection[date] = _NOTHING, working: Collection[date] = _NOTHING
) -> bool:
    """Whether the day is a weekend, a public holiday or a day off in lieu."""
    return day_off_name(day, off=off, working=working) is not None


def next_working_day(
    day: date, *, off: Collection[date] = _NOTHING, working: Collection[date] = _NOTHING
) -> date:
    """The day itself when it is worked, else the first working day after it."""
    while is_day_off(day, off=off, working=working):
        day += _DAY
    return day


def last_working_day_before(
    day: date, *, off: Collection[date] = _NOTHING, working: Collection[date] = _NOTHING
) -> date:
    """The last working day that lies before `day`, never the day itself."""
    return working_days_before(day, 1, off=off, working=working)


def working_days_before(
    day: date,
    count: int,
    *,
    off: Collection[date] = _NOTHING,
    working: Collection[date] = _NOTHING,
) -> date:
    """The working day that lies `count` working days before `day`, which is itself not counted.

    With 0 the day itself, worked or not.
    """
    for _ in range(count):
        day -= _DAY
        while is_day_off(day, off=off, working=working):
            day -= _DAY
    return day


def off_between(
    first: date,
    last: date,
    *,
    off: Collection[date] = _NOTHING,
    working: Collection[date] = _NOTHING,
    names: Mapping[date, str] = _NAMELESS,
) -> list[tuple[date, date, str]]:
    """The runs of named days off from `first` to `last`, both included: first day, last day, name.

    Days of one name are one run, also across a weekend between them. Weekends by themselves are
    left out.
    """
    runs: list[tuple[date, date, str]] = []
    unbroken = False
    for day in (first + n * _DAY for n in range((last - first).days + 1)):
        name = day_off_name(day, off=off, working=working, names=names)
        if name in WEEKDAYS:
            continue
        if name and unbroken and runs[-1][2] == name:
            runs[-1] = (runs[-1][0], day, name)
        elif name:
            runs.append((day, day, name))
        unbroken = name is not None
    return runs


def worked_weekends(
    first: date,
    last: date,
    *,
    off: Collection[date] = _NOTHING,
    working: Collection[date] = _NOTHING,
) -> list[date]:
    """The Saturdays and Sundays from `first` to `last`, both included, that are worked."""
    days = (first + n * _DAY for n in range((last - first).days + 1))
    return [
        day for day in days if is_weekend(day) and not is_day_off(day, off=off, working=working)
    ]


@lru_cache(maxsize=64)
def _public_holidays(year: int) -> tuple[dict[date, str], frozenset[date]]:
    """The public holidays of a year by name, and the weekend days worked in exchange."""
    known = country_holidays("VN", years=year, language="en_US")
    named = {day: _vietnamese(name) for day, name in known.items()}
    given = (_EXCHANGED.search(name) for name in known.values())
    worked = {date(int(m[3]), int(m[1]), int(m[2])) for m in given if m}
    for day in _exchanges():
        if is_weekend(day):
            worked.add(day)
        elif day.year == year:
            named.setdefault(day, EXCHANGED)
    return named, frozenset(worked)


@cache
def _exchanges() -> dict[date, str]:
    """The days exchanged that the library does not know, off and worked, with their source."""
    known = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
    return {row[side]: row["source"] for row in known for side in ("rested", "worked")}


def _vietnamese(name: str) -> str:
    spoken = next((vietnamese for english, vietnamese in _NAMES if english in name), None)
    if spoken is None:
        return EXCHANGED
    return f"nghỉ bù {spoken}" if "observed" in name else spoken
