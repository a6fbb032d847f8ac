"""The register as it stands, as it stood at an instant, and what it knows already."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from datetime import date, datetime, time
from typing import TypeVar
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from vinhdanh.common.ids import is_key
from vinhdanh.common.vietnamese import fold
from vinhdanh.honours.models import (
    Conferral,
    Discipline,
    Fact,
    OpenMatter,
    Recognition,
    YearRating,
)
from vinhdanh.law.book import Book

AnyFact = TypeVar("AnyFact", bound=Fact)

# The kinds of fact as addresses name them.
KINDS: dict[str, type[Fact]] = {
    "khen-thuong": Conferral,
    "xep-loai": YearRating,
    "sang-kien": Recognition,
    "ky-luat": Discipline,
    "vu-viec": OpenMatter,
}
# And as evidence refers to them: "conferral:<pk>".
_REFERRED = {
    "conferral": "khen-thuong",
    "rating": "xep-loai",
    "recognition": "sang-kien",
    "discipline": "ky-luat",
    "matter": "vu-viec",
}


def standing(facts: QuerySet[AnyFact], as_of: datetime | None = None) -> QuerySet[AnyFact]:
    """Those of the facts that hold: not withdrawn; with `as_of`, as the register said then."""
    if as_of is None:
        return facts.filter(withdrawn_at__isnull=True)
    return facts.filter(
        Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=as_of), recorded_at__lte=as_of
    )


def doubles(facts: Sequence[Fact]) -> dict[int, Fact]:
    """Which of the facts, not yet recorded, the register has already, by their place.

    The value is the standing fact, or the earlier one of `facts` that says the same. One query for
    each kind of fact, however many. The same are: an award of the same recipient by the same
    decision, or, where one of both names no decision, for the same period; a rating of the same
    year; an initiative of the same title and reach; a discipline or matter of the same kind and
    first day. What a fact `replaces` is no double of it.
    """
    found: dict[int, Fact] = {}
    known: dict[Hashable, list[Fact]] = defaultdict(list)
    for model in {type(fact) for fact in facts}:
        keys = [recipient_key(fact) for fact in facts if isinstance(fact, model)]
        about = Q(person__in=keys) | Q(unit__in=keys) | Q(household__in=keys)
        for recorded in standing(model._default_manager.filter(about)):
            known[_slot(recorded)].append(recorded)
    for place, fact in enumerate(facts):
        slot = known[_slot(fact)]
        others = (one for one in slot if one != fact.replaces)
        double = next((one for one in others if _same(one, fact)), None)
        if double is not None:
            found[place] = double
        else:
            slot.append(fact)
    return found


def recipient_key(fact: Fact) -> UUID:
    """The key of the person, unit or household."""
    key = fact.person_id or fact.unit_id or fact.household_id
    assert key is not None
    return key


def _slot(fact: Fact) -> Hashable:
    who = (type(fact), recipient_key(fact))
    if isinstance(fact, Conferral):
        return (*who, fact.award)
    if isinstance(fact, YearRating):
        return (*who, fact.year)
    if isinstance(fact, Recognition):
        return (*who, fold(fact.title), fact.reach)
    if isinstance(fact, Discipline):
        return (*who, fact.form, fact.from_on)
    assert isinstance(fact, OpenMatter)
    return (*who, fact.kind, fact.opened_on)


def _same(one: Fact, other: Fact) -> bool:
    """Whether two facts of one slot say the same."""
    if not (isinstance(one, Conferral) and isinstance(other, Conferral)):
        return True
    if one.decision_number and other.decision_number:
        days = [each.decided_on or each.achieved_until for each in (one, other)]
        # Numbers begin anew every year.
        dated = one.decided_on is not None and other.decided_on is not None
        same_day = days[0] == days[1] if dated else days[0].year == days[1].year
        return same_day and fold(one.decision_number) == fold(other.decision_number)
    if one.kind and other.kind and one.kind != other.kind:
        return False
    return (one.achieved_from, one.achieved_until) == (other.achieved_from, other.achieved_until)


def kind_of(fact: Fact) -> str:
    """The kind of a fact as addresses name it."""
    return next(kind for kind, model in KINDS.items() if isinstance(fact, model))


def address(fact: Fact) -> str:
    """Where a fact is shown."""
    if isinstance(fact, Conferral):
        return reverse("honours:conferral", args=[fact.pk])
    return reverse("honours:fact", args=[kind_of(fact), fact.pk])


def address_of(reference: str) -> str:
    """Where the evidence is shown to which a finding refers, "rating:<pk>"; "" for none of ours."""
    kind, _colon, key = reference.partition(":")
    if kind not in _REFERRED or not is_key(key):
        return ""
    if kind == "conferral":
        return reverse("honours:conferral", args=[key])
    return reverse("honours:fact", args=[_REFERRED[kind], key])


def versions(fact: Fact) -> list[Fact]:
    """The fact with what it replaced and what replaced it, as recorded, the latest first."""
    model = type(fact)
    chain = [fact]
    while chain[-1].replaces is not None:
        chain.append(chain[-1].replaces)
    later = model._default_manager.filter(replaces=fact).first()
    while later is not None:
        chain.insert(0, later)
        later = model._default_manager.filter(replaces=later).first()
    return chain


def end_of(day: date) -> datetime:
    """The last instant of a day in Viet Nam: "the register on that day" is as of it."""
    return timezone.make_aware(datetime.combine(day, time.max))


def awards_in_order(book: Book, recipients: Iterable[str] = ()) -> list[tuple[str, str]]:
    """The awards by code with their names, titles first, the lowest of each first; with
    `recipients` those that may be conferred on them."""
    wanted = set(recipients)
    chosen = [
        award for award in book.awards.values() if not wanted or wanted & set(award.recipients)
    ]
    chosen.sort(key=lambda award: (award.kind != "title", award.rank, award.name))
    return [(award.code, award.name) for award in chosen]
