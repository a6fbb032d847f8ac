"""Days off and working days in Viet Nam.

Saturdays, Sundays, public holidays, the days off in lieu when a holiday falls on a weekend, and
the days exchanged by the government (a Saturday worked for a Monday off), as far as the calendar
library knows them. Days off and working days that are announced later are passed in. Source: Bộ
luật Lao động 2019, Điều 111, 112.
"""

import re
from collections.abc import Collection
from datetime import date, timedelta
from functools import lru_cache

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
_NOTHING: Collection[date] = frozenset()


def day_off_name(
    day: date, *, off: Collection[date] = _NOTHING, working: Collection[date] = _NOTHING
) -> str | None:
    """Why nobody works that day: "thứ Bảy", "Tết Nguyên đán"; None on a working day.

    A holiday is named before the weekend that it falls on. `off` are further days off, `working`
    days that are worked whatever the calendar says.
    """
    if day in working:
        return None
    if day in off:
        return "ngày nghỉ"
    named, exchanged = _public_holidays(day.year)
    if day in named:
        return named[day]
    if day.weekday() >= 5 and day not in exchanged:
        return WEEKDAYS[day.weekday()]
    return None


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
        day += timedelta(days=1)
    return day


def last_working_day_before(
    day: date, *, off: Collection[date] = _NOTHING, working: Collection[date] = _NOTHING
) -> date:
    """The last working day that lies before `day`, never the day itself."""
    day -= timedelta(days=1)
    while is_day_off(day, off=off, working=working):
        day -= timedelta(days=1)
    return day


@lru_cache(maxsize=64)
def _public_holidays(year: int) -> tuple[dict[date, str], frozenset[date]]:
    """The public holidays of a year by name, and the weekend days worked in exchange."""
    known = country_holidays("VN", years=year, language="en_US")
    named = {day: _vietnamese(name) for day, name in known.items()}
    given = (_EXCHANGED.search(name) for name in known.values())
    worked = {date(int(m[3]), int(m[1]), int(m[2])) for m in given if m}
    return named, frozenset(worked)


def _vietnamese(name: str) -> str:
    spoken = next((vietnamese for english, vietnamese in _NAMES if english in name), None)
    if spoken is None:
        return "ngày nghỉ hoán đổi"
    return f"nghỉ bù {spoken}" if "observed" in name else spoken
