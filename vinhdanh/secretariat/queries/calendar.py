"""The announced days off and working days, and the calendar of a year."""

import calendar
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from vinhdanh.common import spreadsheets
from vinhdanh.common.calendar import (
    EXCHANGED,
    SpecialDays,
    day_off_name,
    exchanged_by,
    is_day_off,
    is_weekend,
    off_between,
    worked_weekends,
)
from vinhdanh.journal.models import Line
from vinhdanh.notices.rules import icalendar
from vinhdanh.secretariat.models import SpecialDay
from vinhdanh.secretariat.rules.calendar import DEEDS, LONGEST, source

OFF, WORKING = SpecialDay.Kind.OFF, SpecialDay.Kind.WORKING
_DAY = timedelta(days=1)


def special_days() -> SpecialDays:
    """Every announced day, to be passed to `common.calendar`; one query."""
    return _special(SpecialDay.objects.all())


@dataclass(frozen=True)
class Run:
    """Days off, or days worked though they would be off, that follow one another for one reason.

    `days` are the rows that were entered; empty for what the calendar knows by itself.
    """

    first: date
    last: date
    kind: str
    name: str
    source: str
    days: tuple[SpecialDay, ...] = ()

    @property
    def is_off(self) -> bool:
        return self.kind == OFF

    @property
    def count(self) -> int:
        return (self.last - self.first).days + 1


@dataclass(frozen=True)
class Day:
    """A day of the year's calendar: "" on an ordinary working day, "weekend", "off" on a named day
    off, "working" when it is worked though it would be off; and why."""

    day: date
    state: str
    name: str
    is_entered: bool


@dataclass(frozen=True)
class Month:
    """The weeks, Monday first, with None for the days of other months."""

    first: date
    weeks: list[list[Day | None]]
    working_count: int


@dataclass(frozen=True)
class Year:
    year: int
    months: list[Month]
    runs: list[Run]

    @property
    def working_count(self) -> int:
        return sum(month.working_count for month in self.months)


def year(number: int) -> Year:
    """The calendar of a year; one query."""
    rows = list(SpecialDay.objects.filter(day__year=number))
    special = _special(rows)
    months = [_month(date(number, month, 1), special) for month in range(1, 13)]
    first, last = date(number, 1, 1), date(number, 12, 31)
    known = [
        *(
            Run(begins, ends, OFF, name, _known_source(begins, name))
            for begins, ends, name in off_between(first, last, working=special.working)
        ),
        *(
            Run(day, day, WORKING, _("Hoán đổi ngày làm việc"), _known_source(day, EXCHANGED))
            for day in worked_weekends(first, last, off=special.off)
            if day not in special.working
        ),
    ]
    return Year(number, months, sorted([*known, *_runs(rows)], key=lambda run: run.first))


def run_of(day: SpecialDay) -> Run:
    """The run of entered days to which an entered day belongs; one query."""
    reach = timedelta(days=LONGEST)
    near = SpecialDay.objects.filter(day__gte=day.day - reach, day__lte=day.day + reach)
    return next(run for run in _runs(near) if run.first <= day.day <= run.last)


def lines() -> QuerySet[Line]:
    """What was entered, changed and removed, newest first."""
    return Line.objects.filter(thing_kind=SpecialDay._meta.label, deed__in=DEEDS)


def as_calendar_file(shown: Year) -> bytes:
    """The year's days off and days worked in exchange as an iCalendar file."""
    events = [
        icalendar.Event(
            uid=f"{run.first:%Y%m%d}-{run.kind}@lich-lam-viec.vinhdanh",
            title=title(run),
            starts=run.first,
            ends=run.last,
            text=run.source,
        )
        for run in shown.runs
    ]
    name = _("Lịch làm việc %(year)d") % {"year": shown.year}
    return icalendar.calendar(events, name=name)


def as_spreadsheet(shown: Year) -> bytes:
    """The year's days off and days worked in exchange as an XLSX file."""
    stream = io.BytesIO()
    spreadsheets.write(
        stream,
        name=_("Lịch làm việc %(year)d") % {"year": shown.year},
        columns=[
            (_("Từ ngày"), 12),
            (_("Đến hết ngày"), 13),
            (_("Loại"), 20),
            (_("Lý do"), 40),
            (_("Căn cứ"), 50),
        ],
        rows=[[run.first, run.last, kind_name(run), run.name, run.source] for run in shown.runs],
    )
    return stream.getvalue()


def title(run: Run) -> str:
    """What a run is called by itself: "Nghỉ: Tết Nguyên đán", "Làm việc bù: …"."""
    if run.is_off:
        return _("Nghỉ: %(name)s") % {"name": run.name}
    return _("Làm việc bù: %(name)s") % {"name": run.name}


def kind_name(run: Run) -> str:
    return str(SpecialDay.Kind(run.kind).label)


def _known_source(day: date, name: str) -> str:
    """Why a day is off, or worked, that the calendar knows by itself."""
    return exchanged_by(day) or _(source(name, year=day.year))


def _special(rows: Iterable[SpecialDay]) -> SpecialDays:
    rows = list(rows)
    return SpecialDays(
        off=frozenset(row.day for row in rows if row.kind == OFF),
        working=frozenset(row.day for row in rows if row.kind == WORKING),
        names={row.day: row.name for row in rows},
    )


def _runs(rows: Iterable[SpecialDay]) -> list[Run]:
    """Entered days, in order, joined to runs: those of one kind, reason and source, with nothing
    but days off between them."""
    joined: list[list[SpecialDay]] = []
    for row in rows:
        if joined and _follows(joined[-1][-1], row):
            joined[-1].append(row)
        else:
            joined.append([row])
    return [
        Run(of[0].day, of[-1].day, of[0].kind, of[0].name, of[0].source, tuple(of)) for of in joined
    ]


def _follows(before: SpecialDay, row: SpecialDay) -> bool:
    if (before.kind, before.name, before.source) != (row.kind, row.name, row.source):
        return False
    between = range(1, (row.day - before.day).days)
    return all(is_day_off(before.day + n * _DAY) for n in between)


def _month(first: date, special: SpecialDays) -> Month:
    weeks = [
        [_day(day, special) if day.month == first.month else None for day in week]
        for week in calendar.Calendar().monthdatescalendar(first.year, first.month)
    ]
    days = [day for week in weeks for day in week if day]
    return Month(first, weeks, sum(day.state in {"", "working"} for day in days))


def _day(day: date, special: SpecialDays) -> Day:
    entered = day in special.names
    name = day_off_name(day, off=special.off, working=special.working, names=special.names)
    if name is None:
        # Entered, or known to be exchanged for another day.
        extra = entered or is_weekend(day)
        return Day(day, "working" if extra else "", special.names.get(day, ""), entered)
    plain = is_weekend(day) and not entered and off_between(day, day) == []
    return Day(day, "weekend" if plain else "off", "" if plain else name, entered)
