"""What lies in the outbox of an office, who gets it, and what became of it."""

import hashlib
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, F, Func, IntegerField, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Coalesce
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from vinhdanh.accounts.models import User
from vinhdanh.common.vietnamese import fold, long_day
from vinhdanh.notices.models import Delivery
from vinhdanh.notices.rules.icalendar import Event
from vinhdanh.people import access as people
from vinhdanh.people.models import Person, Position, RoleHolding, Unit, UnitGroup
from vinhdanh.people.queries import held_on, serving_in, units_of, valid_on
from vinhdanh.secretariat import access
from vinhdanh.secretariat.models import Mailing, Recipient
from vinhdanh.secretariat.rules import mailings as rules
from vinhdanh.secretariat.rules.mailings import Addressee

Role = RoleHolding.Role

_TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
_LETTERS = "aăâeêioôơuưyđ"
_ACCENTED = [
    letter
    for base in _LETTERS + _LETTERS.upper()
    for tone in _TONES
    if len(letter := unicodedata.normalize("NFC", base + tone)) == 1 and not letter.isascii()
]
_CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def holding_words(text: str, *fields: str) -> Q:
    """Rows one of whose `fields` holds each word of the text, accents or not; the fields have been
    folded by `folded`."""
    found = Q()
    for word in fold(text).split():
        one = Q()
        for field in fields:
            one |= Q(**{f"{field}__contains": word})
        found &= one
    return found


def folded(field: str) -> Func:
    """The text of a field without accents and capitals, told by the database."""
    letters = "".join(_ACCENTED) + _CAPITALS
    plain = "".join(map(fold, _ACCENTED)) + _CAPITALS.lower()
    arguments = (F(field), Value(letters), Value(plain))
    return Func(*arguments, function="translate", output_field=TextField())


def people_of(units: Iterable[Unit], *, on: date) -> dict[UUID, list[Addressee]]:
    """Who answers for each of the units that day, by unit pk: clerks and heads, of a bloc its heads
    and deputies too, of a council its chair and secretary, with open accounts, by given name. A
    unit where nobody does has an empty list. One query."""
    found: dict[UUID, dict[UUID, Addressee]] = {unit.pk: {} for unit in units}
    answering = (
        Q(role__in=(Role.CLERK, Role.HEAD))
        | Q(role__in=(Role.BLOC_HEAD, Role.BLOC_DEPUTY), unit__kind=Unit.Kind.BLOC)
        | Q(role__in=(Role.COUNCIL_CHAIR, Role.COUNCIL_SECRETARY), unit__kind=Unit.Kind.COUNCIL)
    )
    held = RoleHolding.objects.filter(
        answering, held_on(on), unit__in=list(found), user__is_active=True
    )
    by_name = Coalesce("user__person__sort_key", "user__name")
    for holding in held.select_related("user").order_by(by_name):
        user = holding.user
        addressee = Addressee(str(user), user.email, user.pk, holding.unit_id)
        found[holding.unit_id].setdefault(user.pk, addressee)
    return {pk: list(each.values()) for pk, each in found.items()}


def outbox(mailings: QuerySet[Mailing]) -> QuerySet[Mailing]:
    """The mailings with those that wait first, then the latest; `people_count` says to how many
    each goes."""
    waits = Case(When(state=Mailing.State.WAITING, then=0), default=1, output_field=IntegerField())
    reached = Count("recipients", filter=_reached("recipients__"))
    return (
        mailings.select_related("office", "created_by", "settled_by")
        .annotate(people_count=reached)
        .order_by(waits, "-id")
    )


def _reached(prefix: str = "") -> Q:
    """Recipients to whom the mailing goes: not left out, and not with a closed account."""
    able = Q(**{f"{prefix}user": None}) | Q(**{f"{prefix}user__is_active": True})
    return able & Q(**{f"{prefix}left_out": False, f"{prefix}pk__isnull": False})


def recipients(mailing: Mailing) -> QuerySet[Recipient]:
    """The recipients in the order of their units, then by given name."""
    return mailing.recipients.select_related("user", "unit").order_by(
        F("unit__position").asc(nulls_last=True),
        "unit__sort_key",
        F("user__person__sort_key").asc(nulls_last=True),
        "name",
        "id",
    )


def recipients_named(everybody: QuerySet[Recipient], words: str) -> QuerySet[Recipient]:
    """Those whose own name, or whose unit's, holds every word, accents or not."""
    plain = everybody.alias(plain_name=folded("name"), plain_unit=folded("unit__name"))
    return plain.filter(holding_words(words, "plain_name", "plain_unit"))


def reached(mailing: Mailing) -> QuerySet[Recipient]:
    """Those recipients to whom the mailing goes or went."""
    return recipients(mailing).filter(_reached())


@dataclass(frozen=True, slots=True)
class Headcount:
    """To how many a mailing goes: `people` in all, `letters` of them by e-mail, `inside` only in
    the application; `omitted` by whoever runs the outbox, `closed` with an account that is closed;
    `unconcerned` are reached, but have nothing that stands for {việc}."""

    people: int = 0
    letters: int = 0
    inside: int = 0
    omitted: int = 0
    closed: int = 0
    unconcerned: int = 0


def reaches(mailings: Iterable[Mailing]) -> dict[UUID, Headcount]:
    """To how many each of the mailings goes, by mailing pk. One query."""
    pks = [mailing.pk for mailing in mailings]
    gets, closed = _reached(), Q(user__is_active=False, left_out=False)
    counted = (
        Recipient.objects.filter(mailing__in=pks)
        .order_by()
        .values("mailing_id")
        .annotate(
            people=Count("pk", filter=gets),
            letters=Count("pk", filter=gets & ~Q(email="")),
            inside=Count("pk", filter=gets & Q(email="")),
            omitted=Count("pk", filter=Q(left_out=True)),
            closed=Count("pk", filter=closed),
            unconcerned=Count("pk", filter=gets & Q(concern="")),
        )
    )
    rows: list[dict[str, Any]] = [dict(row) for row in counted]
    found = {row.pop("mailing_id"): Headcount(**row) for row in rows}
    return {pk: found.get(pk, Headcount()) for pk in pks}


def mark(mailings: Collection[Mailing], reaches: dict[UUID, Headcount]) -> str:
    """A mark that is another one as soon as any of the mailings says, carries or reaches something
    else. One query."""
    pks = [mailing.pk for mailing in mailings]
    carried = Mailing.files.through.objects.filter(mailing__in=pks).order_by("pk")
    said = sorted((str(each.pk), str(each.edited_at), str(reaches[each.pk])) for each in mailings)
    seen = [said, [str(pk) for pk in carried.values_list("file_id", flat=True)]]
    return hashlib.sha256(repr(seen).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of the letters of a mailing."""

    letters: int = 0
    sent: int = 0
    failed: int = 0
    unsure: int = 0


def sent(mailings: Iterable[Mailing]) -> dict[UUID, Sent]:
    """What became of the letters of each mailing, by pk; those without a letter are left out.

    One query."""
    letters = Delivery.objects.filter(
        batch_id__in=[mailing.pk for mailing in mailings], channel=Delivery.Channel.MAIL
    )
    counted = (
        letters.order_by()
        .values("batch_id")
        .annotate(
            letters=Count("pk"),
            sent=Count("pk", filter=Q(state=Delivery.State.SENT)),
            failed=Count("pk", filter=Q(state=Delivery.State.FAILED)),
            unsure=Count("pk", filter=Q(state=Delivery.State.UNSURE)),
        )
    )
    rows: list[dict[str, Any]] = [dict(row) for row in counted]
    return {row.pop("batch_id"): Sent(**row) for row in rows}


def copy_of(mailing: Mailing, recipient: Recipient) -> str:
    """The text as this recipient gets it."""
    unit = recipient.unit.name if recipient.unit else ""
    return rules.copy(
        mailing.text, name=recipient.name, unit=unit, concern=recipient.concern.strip()
    )


def letter_to(mailing: Mailing, recipient: Recipient) -> str:
    """The copy with the time and the place of the meeting below it, as it leaves the house."""
    lines = [copy_of(mailing, recipient)]
    if mailing.starts_at is not None:
        lines += ["", _("Thời gian: %(time)s") % {"time": time_of(mailing)}]
        if mailing.place:
            lines.append(_("Địa điểm: %(place)s") % {"place": mailing.place})
    return "\n".join(lines)


def time_of(mailing: Mailing) -> str:
    """When a meeting is: "08:00, thứ Hai, 16/03/2026 – 11:00"; "" for what has no time."""
    if mailing.starts_at is None:
        return ""
    starts = localtime(mailing.starts_at)
    said = f"{starts:%H:%M}, {long_day(starts.date())}"
    if mailing.ends_at is None:
        return said
    ends = localtime(mailing.ends_at)
    last_day = "" if ends.date() == starts.date() else f", {long_day(ends.date())}"
    return f"{said} – {ends:%H:%M}{last_day}"


def when_and_where(mailing: Mailing) -> tuple[datetime | None, datetime | None, str]:
    """What tells one time and place of a meeting from another."""
    return mailing.starts_at, mailing.ends_at, mailing.place


def event_of(mailing: Mailing) -> Event | None:
    """What an invitation puts into a calendar; None for what is no invitation or has no time.

    An invitation and all that changes its meeting speak of one event.
    """
    if mailing.starts_at is None:
        return None
    first = mailing.changes or mailing
    return Event(
        uid=f"mailing-{first.pk}@vinhdanh",
        title=first.subject,
        starts=mailing.starts_at,
        ends=mailing.ends_at,
        place=mailing.place,
        sequence=mailing.sequence,
        stamp=mailing.edited_at,
        is_off=mailing.calls_off,
    )


def standing(mailings: Iterable[Mailing]) -> dict[UUID, Mailing]:
    """What was released last of each mailing's meeting, by mailing pk: the mailing itself while
    nothing has changed. One query."""
    firsts = {mailing.pk: mailing.changes_id or mailing.pk for mailing in mailings}
    released = Mailing.objects.filter(
        Q(pk__in=firsts.values()) | Q(changes__in=firsts.values()), state=Mailing.State.RELEASED
    )
    last = {
        each.changes_id or each.pk: each
        for each in released.select_related("changes").order_by("sequence")
    }
    return {pk: last[first] for pk, first in firsts.items() if first in last}


def waiting_change(mailing: Mailing) -> Mailing | None:
    """The change of this invitation's meeting that waits in the outbox, if one does."""
    return mailing.changed_by.filter(state=Mailing.State.WAITING).first()


def told_of_meeting(first: Mailing) -> list[Addressee]:
    """Everybody who was invited to the meeting, or told of a change of it, as addressees."""
    everybody = Recipient.objects.filter(
        _reached(),
        Q(mailing=first) | Q(mailing__changes=first),
        mailing__state=Mailing.State.RELEASED,
    )
    return [
        Addressee(each.name, each.email, each.user_id, each.unit_id)
        for each in everybody.order_by("mailing__sequence", "id")
    ]


def meetings_of(user: User, *, since: datetime) -> list[tuple[Mailing, Mailing]]:
    """The meetings that the user was invited to and that begin after `since`: what the user got
    last of each, and how the meeting stands; one that was called off is among them."""
    received = access.received_mailings(user).filter(starts_at__isnull=False)
    got = {each.changes_id or each.pk: each for each in received.order_by("sequence", "id")}
    stands = standing(got.values())
    return [
        (each, meeting)
        for each in got.values()
        if (meeting := stands[each.pk]).starts_at and meeting.starts_at >= since
    ]


def choosable_units(office: Unit, *, on: date) -> QuerySet[Unit]:
    """The units of the office, itself included, to whose clerks and heads it may write."""
    below = Unit.objects.filter(path__startswith=office.path, outside=False)
    return below.filter(valid_on(on)).select_related("parent").order_by("path")


def units_meant(units: Collection[Unit], groups: Collection[UnitGroup], *, on: date) -> list[Unit]:
    """The units chosen one by one and through groups, each once, in the order of the tree."""
    meant = {unit.pk: unit for unit in units}
    for group in groups:
        meant |= {unit.pk: unit for unit in units_of(group, on=on)}
    return sorted(meant.values(), key=lambda unit: (unit.outside, unit.position, unit.sort_key))


def choosable_persons(office: Unit, *, by: User, on: date) -> QuerySet[Person]:
    """The persons of the office with an open account whom `by` may see, by given name."""
    seen = people.visible_persons(by, on=on).filter(user__is_active=True)
    return serving_in(seen, office, on=on).select_related("user").order_by("sort_key")


def addressees_of(persons: Iterable[Person], *, on: date) -> list[Addressee]:
    """The persons as addressees, each for the unit where they serve that day."""
    posts = Position.objects.filter(held_on(on), person__in=[person.pk for person in persons])
    units = dict(posts.order_by("is_head", "from_on").values_list("person_id", "unit_id"))
    return [
        Addressee(str(person.user), person.user.email, person.user.pk, units.get(person.pk))
        for person in persons
        if person.user is not None
    ]
