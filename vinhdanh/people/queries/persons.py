import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from vinhdanh.accounts.models import User
from vinhdanh.common.vietnamese import fold, words
from vinhdanh.journal import queries as journal
from vinhdanh.journal.models import Line
from vinhdanh.people import access
from vinhdanh.people.models import Person, Position, RoleHolding, Unit
from vinhdanh.people.queries.units import held_on

# What the journal calls it that somebody saw the personal details of a person.
LOOKED_AT = "personal details looked at"


def with_posts(persons: QuerySet[Person], *, on: date) -> QuerySet[Person]:
    """The persons with `posts`: their positions on the day or to come, units included."""
    current = (
        Position.objects.filter(Q(until_on__isnull=True) | Q(until_on__gte=on))
        .select_related("unit__parent")
        .order_by("-is_head", "-from_on")
    )
    return persons.select_related("user").prefetch_related(
        Prefetch("positions", current, to_attr="posts")
    )


def found_persons(persons: QuerySet[Person], text: str) -> QuerySet[Person]:
    """Those of `persons` whose name holds every word of the text, or whose code begins with it."""
    named = Q()
    for word in fold(text).split():
        named &= Q(folded__contains=word)
    return persons.filter(named | Q(code__istartswith=text.strip()))


def serving_in(persons: QuerySet[Person], unit: Unit, *, on: date) -> QuerySet[Person]:
    """Those of `persons` who serve in the unit or below it on the day or later."""
    posts = Position.objects.filter(
        Q(until_on__isnull=True) | Q(until_on__gte=on), unit__path__startswith=unit.path
    )
    return persons.filter(pk__in=posts.values("person"))


def positions_in(unit: Unit, *, persons: QuerySet[Person], on: date) -> QuerySet[Position]:
    """The positions in the unit itself on the day, heads first, of those among `persons`."""
    return (
        Position.objects.filter(held_on(on), unit=unit, person__in=persons)
        .select_related("person")
        .order_by("-is_head", "person__sort_key")
    )


def positions_of(person: Person) -> QuerySet[Position]:
    """The person's positions, the latest first."""
    return person.positions.select_related("unit__parent").order_by(
        F("until_on").desc(nulls_first=True), F("from_on").desc(nulls_last=True)
    )


def found_holdings(held: QuerySet[RoleHolding], text: str) -> QuerySet[RoleHolding]:
    """Those of the roles whose holder's name holds every word of the text, accents or not."""
    for word in fold(text).split():
        held = held.filter(user__person__folded__contains=word)
    return held


def roles_of(user: User | None, *, seen_by: User, on: date) -> QuerySet[RoleHolding]:
    """The roles of the user that `seen_by` may see, those held on first."""
    return (
        access.visible_holdings(seen_by, on=on)
        .filter(user=user)
        .select_related("unit__parent")
        .order_by(F("until_on").desc(nulls_first=True), "role")
    )


def person_changes(person: Person, *, seen_by: User, on: date) -> list[journal.Change]:
    """What was changed of a person, of the positions, and of the roles that `seen_by` may see.

    For whoever may see the personal details: they stand in it.
    """
    seen = access.covered(seen_by, access.READS, on=on)
    parts = [journal.Part(Position, {"person_id": person.pk}, _("chức vụ"))]
    if person.user_id:
        roles = {"user_id": person.user_id, "unit__in": seen}
        parts.append(journal.Part(RoleHolding, roles, _("vai trò")))
    return journal.row_changes(person, *parts)


def deeds_about(person: Person) -> QuerySet[Line]:
    """What the journal tells of the person, but for who looked; newest first."""
    return journal.lines_about(person).exclude(deed=LOOKED_AT)


def looks_at(person: Person) -> QuerySet[Line]:
    """Who saw the personal details of the person; newest first."""
    return journal.lines_about(person).filter(deed=LOOKED_AT)


@dataclass(frozen=True)
class Exported:
    """A person as a row of the exported list; what the reader may not see is None."""

    full_name: str
    code: str
    born_on: date | None
    sex: str | None
    retires_on: date | None
    email: str | None
    phone: str | None
    unit: str
    title: str
    username: str | None


def exported(persons: QuerySet[Person], *, by: User, on: date) -> Iterable[Exported]:
    """The persons as rows, in their order; details only of those whom `by` edits or is.

    Six queries, however many persons.
    """
    detailed = set(access.editable_persons(by, on=on).values_list("pk", flat=True))
    accounts = set(access.read_persons(by, on=on).values_list("pk", flat=True))
    for person in with_posts(persons, on=on):
        own = person.pk in detailed or person.user_id == by.pk
        posts: list[Any] = getattr(person, "posts", [])
        username = person.user.username if person.user else ""
        yield Exported(
            full_name=person.full_name,
            code=person.code,
            born_on=person.born_on if own else None,
            sex=person.get_sex_display() if own else None,
            retires_on=person.retires_on if own else None,
            email=person.email if own else None,
            phone=person.phone if own else None,
            unit="; ".join(post.unit.placed_name for post in posts),
            title="; ".join(post.title for post in posts),
            username=username if person.pk in accounts else None,
        )


def likely_username(person: Person) -> str:
    """A free user name after the office's habit: given name, then the first letters of the rest
    ("Nguyễn Thị Thu Hà" is "ha.ntt"), with a number where that is taken."""
    *before, given = words(person.full_name) or [""]
    letters = "".join(word[0] for word in before)
    wished = f"{given}.{letters}" if letters else given
    taken = set(User.objects.filter(username__startswith=wished).values_list("username", flat=True))
    number = next(n for n in itertools.count(1) if _numbered(wished, n) not in taken)
    return _numbered(wished, number)


def _numbered(wished: str, number: int) -> str:
    return wished if number == 1 else f"{wished}{number}"
