"""Days and meetings as calendar files that other programs read (iCalendar, RFC 5545 and 5546)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import icalendar
from icalendar.parser import Contentline

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
# Reminders of a whole day ring when offices open, not at midnight.
_OPENING = timedelta(hours=8)
_DAY = timedelta(days=1)
_ASK_AGAIN = timedelta(hours=6)
_NO_STAMP = datetime(2000, 1, 1, tzinfo=UTC)
_MAKER = "-//Vinh Danh//Lich//VI"


@dataclass(frozen=True, slots=True)
class Event:
    """A day, a run of days, or a meeting.

    `starts` as a day is an event of whole days, up to `ends` included; as an aware instant, one
    from then to `ends`. `uid` is the same whenever the same event is told again; `sequence` grows
    with each change of what an invitation said, `stamp` is when it was last changed.
    `alarm_days` are the days before the event on which a program reminds of it. `is_off`: it does
    not take place after all.
    """

    uid: str
    title: str
    starts: date | datetime
    ends: date | datetime | None = None
    text: str = ""
    url: str = ""
    place: str = ""
    alarm_days: tuple[int, ...] = ()
    sequence: int = 0
    stamp: datetime | None = None
    is_off: bool = False


def calendar(events: Iterable[Event], *, name: str) -> bytes:
    """A calendar of that name, to be subscribed to or taken over once."""
    made = _calendar("PUBLISH")
    made.add("X-WR-CALNAME", name)
    made.add("NAME", name)
    made.add("X-WR-TIMEZONE", ZONE.key)
    made.add("REFRESH-INTERVAL", _ASK_AGAIN, parameters={"VALUE": "DURATION"})
    made.add("X-PUBLISHED-TTL", icalendar.vDuration(_ASK_AGAIN))
    for event in events:
        made.add_component(_component(event))
    return _written(made)


def invitations(
    event: Event, *, organiser: tuple[str, str], attendees: Iterable[tuple[str, str]]
) -> list[bytes]:
    """The invitation for each of the attendees, that a mail program offers to accept; `organiser`
    and attendees are name and e-mail address. Written once, for all but the line of who is asked.

    With a higher `sequence` it takes the place of the one before; for an event that is off it is
    the cancellation, by which a mail program takes the meeting out of the calendar.
    """
    made = _calendar(method_of(event))
    component = _component(event)
    component.add("ORGANIZER", _person(organiser))
    if not event.is_off:
        component.add("STATUS", "CONFIRMED")
    made.add_component(component)
    before, end, after = _written(made).partition(b"END:VEVENT\r\n")
    asked = {"ROLE": "REQ-PARTICIPANT"}
    if not event.is_off:
        asked |= {"PARTSTAT": "NEEDS-ACTION", "RSVP": "TRUE"}
    return [
        b"".join((before, _line("ATTENDEE", _person(attendee, **asked)), end, after))
        for attendee in attendees
    ]


def method_of(event: Event) -> str:
    """What an invitation to the event asks of a program (RFC 5546): REQUEST or CANCEL."""
    return "CANCEL" if event.is_off else "REQUEST"


def _calendar(method: str) -> icalendar.Calendar:
    made = icalendar.Calendar()
    made.add("VERSION", "2.0")
    made.add("PRODID", _MAKER)
    made.add("CALSCALE", "GREGORIAN")
    made.add("METHOD", method)
    return made


def _component(event: Event) -> icalendar.Event:
    made = icalendar.Event()
    made.add("UID", event.uid)
    made.add("DTSTAMP", event.stamp or _NO_STAMP)
    made.add("SEQUENCE", event.sequence)
    made.add("SUMMARY", event.title)
    made.add("DTSTART", _moment(event.starts))
    whole = not isinstance(event.starts, datetime)
    if whole:
        made.add("DTEND", (event.ends or event.starts) + _DAY)
        # A due date leaves the day free for other things.
        made.add("TRANSP", "TRANSPARENT")
    elif event.ends:
        made.add("DTEND", _moment(event.ends))
    for key, value in (
        ("DESCRIPTION", event.text),
        ("URL", event.url),
        ("LOCATION", event.place),
    ):
        if value:
            made.add(key, value)
    if event.is_off:
        made.add("STATUS", "CANCELLED")
    for days in event.alarm_days:
        made.add_component(_alarm(event.title, days, whole=whole))
    return made


def _alarm(title: str, days: int, *, whole: bool) -> icalendar.Alarm:
    made = icalendar.Alarm()
    made.add("ACTION", "DISPLAY")
    made.add("DESCRIPTION", title)
    made.add("TRIGGER", (_OPENING if whole else timedelta()) - days * _DAY)
    return made


def _person(named: tuple[str, str], **parameters: str) -> icalendar.vCalAddress:
    name, address = named
    made = icalendar.vCalAddress(f"mailto:{address}")
    # Programs write a quotation mark within a name in several ways, and read it in fewer.
    plain = " ".join(name.replace('"', "'").split())
    for key, value in {"CN": plain, **parameters}.items():
        made.params[key] = icalendar.vText(value)
    return made


def _line(name: str, value: icalendar.vCalAddress) -> bytes:
    return bytes(Contentline.from_parts(name, value.params, value).to_ical()) + b"\r\n"


def _moment(when: date | datetime) -> date | datetime:
    return when.astimezone(ZONE) if isinstance(when, datetime) else when


def _written(made: icalendar.Calendar) -> bytes:
    if made.get_missing_tzids():
        made.add_component(_zone())
    return bytes(made.to_ical())


@cache
def _zone() -> icalendar.Timezone:
    """The rules of the one time zone; computing them takes longer than all the rest."""
    return icalendar.Timezone.from_tzinfo(ZONE, first_date=date(2020, 1, 1))
