"""Who gets what on which day in the next weeks, as an office looks at it before it happens."""

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from vinhdanh.accounts.models import User
from vinhdanh.common import spreadsheets
from vinhdanh.common.vietnamese import given_name_key, long_day
from vinhdanh.people.models import Unit
from vinhdanh.plans.queries.reminders import Found, Reminder, in_words
from vinhdanh.plans.rules import reminders as rules
from vinhdanh.plans.rules.reminders import Duty

DAYS = 30


@dataclass(frozen=True)
class Row:
    """What one person is reminded of on one day, the earliest due first."""

    day: date
    user: User
    reminders: list[Reminder]


@dataclass(frozen=True)
class Counts:
    """How much there is: days on which anybody is reminded, persons, and things said to them."""

    days: int
    persons: int
    reminders: int


def persons(found: Found) -> list[User]:
    """Those who are reminded of anything, by given name; one query."""
    known = User.objects.filter(pk__in=found).only("name", "username")
    return sorted(known, key=lambda user: given_name_key(user.name or user.username))


def units(found: Found) -> list[Unit]:
    """The units that anybody is reminded of, in the order of the tree; one query."""
    named = {unit for mine in found.values() for each in mine for unit in each.units}
    return list(Unit.objects.filter(pk__in=named).only("name"))


def rows(
    found: Found,
    told: Iterable[User],
    *,
    unit: UUID | None = None,
    person: UUID | None = None,
    duty: Duty | None = None,
    day: date | None = None,
    by_person: bool = False,
) -> list[Row]:
    """The rows that meet every condition given, for the persons of `told` in their order: by day,
    or with `by_person` all days of a person together."""
    made: list[tuple[int, Row]] = []
    for place, user in enumerate(told):
        if person not in {None, user.pk}:
            continue
        days: dict[date, list[Reminder]] = {}
        for each in found.get(user.pk, []):
            if (
                duty in {None, each.duty}
                and day in {None, each.moment.day}
                and (unit is None or unit in each.units)
            ):
                days.setdefault(each.moment.day, []).append(each)
        for on, mine in days.items():
            mine.sort(key=lambda each: (each.due_on or date.max, each.occurrence))
            made.append((place, Row(on, user, mine)))
    made.sort(key=lambda one: (one[0], one[1].day) if by_person else (one[1].day, one[0]))
    return [row for _place, row in made]


def counts(shown: Iterable[Row]) -> Counts:
    """How much the rows hold."""
    shown = list(shown)
    return Counts(
        days=len({row.day for row in shown}),
        persons=len({row.user.pk for row in shown}),
        reminders=sum(len(row.reminders) for row in shown),
    )


def sheet(shown: list[Row], office: Unit, conditions: list[str], *, on: date) -> bytes:
    """The rows as a spreadsheet, a line for each thing said."""
    stream = io.BytesIO()
    spreadsheets.write(
        stream,
        name=_("Nhắc việc"),
        title=_("Nhắc việc của %(office)s") % {"office": office},
        above=[
            _("Điều kiện lọc: %(chosen)s") % {"chosen": "; ".join(conditions) or _("không")},
            _("Tính theo tình trạng %(day)s") % {"day": long_day(on)},
        ],
        columns=[
            (_("Ngày nhắc"), 12),
            (_("Người được nhắc"), 26),
            (_("Nhiệm vụ"), 60),
            (_("Đơn vị"), 36),
            (_("Loại việc"), 18),
            (_("Hạn"), 12),
            (_("Vì sao"), 40),
        ],
        rows=_cells(shown),
    )
    return stream.getvalue()


def _cells(shown: list[Row]) -> Iterator[list[spreadsheets.Cell]]:
    lines = iter(in_words([each for row in shown for each in row.reminders]))
    for row in shown:
        for reminder in row.reminders:
            line, duty = next(lines), _(rules.NAMES[reminder.duty])
            said = [line.text, line.units, duty, reminder.due_on, line.why]
            yield [row.day, str(row.user), *said]
