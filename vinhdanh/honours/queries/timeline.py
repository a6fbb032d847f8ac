"""The record of a person, a unit or a household year by year, the latest first."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Q, QuerySet, prefetch_related_objects
from django.utils.translation import gettext as _

from vinhdanh.accounts.models import User
from vinhdanh.common.vietnamese import fold
from vinhdanh.honours import access
from vinhdanh.honours.models import (
    Conferral,
    Discipline,
    Fact,
    Household,
    OpenMatter,
    Recognition,
    YearRating,
)
from vinhdanh.honours.queries.register import AnyFact, standing
from vinhdanh.law.book import Book
from vinhdanh.people.models import Person, Position, Unit


@dataclass(frozen=True)
class Event:
    """One line of a year.

    `kind` is "title", "commendation", "rating", "recognition", "discipline", "matter", "post" or
    "lineage"; `text` what it is, `detail` by which decision, `then` the name and unit written at
    the time where they are others than now. `fact` is where it comes from, None for posts and
    lineage.
    """

    kind: str
    text: str
    day: date | None = None
    detail: str = ""
    then: str = ""
    fact: Fact | None = None


@dataclass
class Year:
    """A year with its events; `is_gap`: a rating should be there and is not."""

    year: int
    events: list[Event] = field(default_factory=list)
    is_gap: bool = False


@dataclass(frozen=True)
class Timeline:
    """The years, the latest first; how many titles, commendations, initiatives; the gaps.

    `shows_confidential`: a discipline or an open matter is among the events.
    """

    years: tuple[Year, ...]
    titles: int
    commendations: int
    recognitions: int

    @property
    def gaps(self) -> list[int]:
        """The years without a rating, the earliest first."""
        return sorted(year.year for year in self.years if year.is_gap)

    @property
    def shows_confidential(self) -> bool:
        kinds = {event.kind for year in self.years for event in year.events}
        return bool(kinds & {"discipline", "matter"})


# Within a year: what counts most first.
_ORDER = ("rating", "title", "commendation", "recognition", "discipline", "matter", "post")


def of_person(
    person: Person, *, seen_by: User, book: Book, on: date, as_of: datetime | None = None
) -> Timeline:
    """The record of a person, as far as `seen_by` sees it; as the register stood at `as_of`.

    Eleven queries, however long.
    """
    record = access.record_of_person(seen_by, person, on=on)
    posts = list(person.positions.select_related("unit__parent"))
    now = {person.full_name, *(post.unit.placed_name for post in posts if _lasts(post, on))}
    facts = _facts(record, as_of, now=now, book=book)
    rated = {event.fact.year for event in facts if isinstance(event.fact, YearRating)}
    return _timeline([*facts, *_moves(posts)], _unrated(posts, rated, on))


def of_unit(
    unit: Unit, *, seen_by: User, book: Book, on: date, as_of: datetime | None = None
) -> Timeline:
    """The record of a collective and of the units that ended in it, each by its name then."""
    before = predecessors(unit)
    record = access.record_of_unit(seen_by, unit, before, on=on)
    now = {unit.name, *([unit.parent.name] if unit.parent else [])}
    facts = _facts(record, as_of, now=now, book=book)
    rated = {event.fact.year for event in facts if isinstance(event.fact, YearRating)}
    last = unit.valid_until.year + 1 if unit.valid_until and unit.valid_until < on else on.year
    missing = set(range(min(rated), last)) - rated if rated else set()
    return _timeline([*facts, *_lineage(unit, before)], missing)


def of_household(household: Household, *, book: Book, as_of: datetime | None = None) -> Timeline:
    """The record of a household; for whoever sees it."""
    conferrals = standing(household.conferral_set.select_related("origin"), as_of)
    now = {fold(household.head_name)}
    return _timeline([_conferred(each, now, book) for each in conferrals], set())


def predecessors(unit: Unit) -> list[Unit]:
    """The units that ended in this one, alone or among others, and in those, however long ago, the
    latest first."""
    found: dict[object, Unit] = {}
    heirs = [unit]
    while heirs:
        ended = Unit.objects.filter(successors__in=heirs).distinct()
        heirs = [each for each in ended if each.pk not in found and each.pk != unit.pk]
        found |= {each.pk: each for each in heirs}
    return sorted(found.values(), key=lambda each: each.valid_until or date.min, reverse=True)


def _facts(
    record: access.Record, as_of: datetime | None, *, now: set[str], book: Book
) -> list[Event]:
    known = {fold(name) for name in now}

    def seen(model: type[AnyFact]) -> QuerySet[AnyFact]:
        return standing(record.facts(model), as_of).select_related("unit")

    return [
        *(_rated(each, known) for each in seen(YearRating)),
        *(_conferred(each, known, book) for each in seen(Conferral)),
        *(_recognised(each, known) for each in seen(Recognition)),
        *(_disciplined(each) for each in seen(Discipline)),
        *(_opened(each) for each in seen(OpenMatter)),
    ]


def _rated(fact: YearRating, known: set[str]) -> Event:
    return Event("rating", fact.get_level_display(), then=_then(fact, known), fact=fact)


def _conferred(fact: Conferral, known: set[str], book: Book) -> Event:
    award = book.awards.get(fact.award)
    return Event(
        "title" if award is None or award.kind == "title" else "commendation",
        award.name if award else fact.award,
        day=fact.decided_on,
        detail=_decision(fact.decision_number, fact.decided_on, fact.body),
        then=_then(fact, known),
        fact=fact,
    )


def _recognised(fact: Recognition, known: set[str]) -> Event:
    detail = _decision(fact.decision_number, fact.decided_on, fact.body)
    reach = _("phạm vi ảnh hưởng: %(reach)s") % {"reach": fact.get_reach_display()}
    return Event(
        "recognition",
        fact.title,
        day=fact.decided_on,
        detail=f"{reach}; {detail}" if detail else reach,
        then=_then(fact, known),
        fact=fact,
    )


def _disciplined(fact: Discipline) -> Event:
    return Event(
        "discipline",
        fact.get_form_display(),
        day=fact.from_on,
        detail=_span(fact.from_on, fact.until_on),
        fact=fact,
    )


def _opened(fact: OpenMatter) -> Event:
    return Event(
        "matter",
        fact.get_kind_display(),
        day=fact.opened_on,
        detail=_span(fact.opened_on, fact.closed_on),
        fact=fact,
    )


def _decision(number: str, day: date | None, body: str) -> str:
    """A decision in words: "Quyết định số 12/QĐ-SVHTT ngày 15/01/2025 của Sở"."""
    if not number and day is None:
        return body
    said = _("Quyết định số %(number)s") % {"number": number} if number else _("Quyết định")
    if day is not None:
        said = _("%(decision)s ngày %(day)s") % {"decision": said, "day": f"{day:%d/%m/%Y}"}
    return _("%(decision)s của %(body)s") % {"decision": said, "body": body} if body else said


def _span(first: date, last: date | None) -> str:
    if last is None:
        return _("từ %(first)s, chưa kết thúc") % {"first": f"{first:%d/%m/%Y}"}
    days = {"first": f"{first:%d/%m/%Y}", "last": f"{last:%d/%m/%Y}"}
    return _("từ %(first)s đến %(last)s") % days


def _then(fact: Fact, known: set[str]) -> str:
    """The name and unit written at the time, as far as they are none of those known now, folded."""
    written = (fact.name_written, fact.unit_written)
    return ", ".join(name for name in written if name and fold(name) not in known)


def _lasts(post: Position, on: date) -> bool:
    return post.until_on is None or post.until_on >= on


def _moves(posts: Sequence[Position]) -> list[Event]:
    return [
        Event(
            "post",
            _("Giữ chức vụ %(title)s tại %(unit)s")
            % {"title": post.title, "unit": post.unit.placed_name},
            day=post.from_on,
            detail=_("đến hết %(day)s") % {"day": f"{post.until_on:%d/%m/%Y}"}
            if post.until_on
            else "",
        )
        for post in posts
        if post.from_on is not None
    ]


def _lineage(unit: Unit, before: Sequence[Unit]) -> list[Event]:
    """What became of the units: each ended in its successors, by its name then. One query."""
    ended = [each for each in (unit, *before) if each.valid_until]
    prefetch_related_objects(ended, "successors")
    return [
        Event("lineage", _became(each, list(each.successors.all())), day=each.valid_until)
        for each in ended
    ]


def _became(unit: Unit, heirs: Sequence[Unit]) -> str:
    said = {
        "unit": unit.name,
        "ending": unit.get_ending_display() or _("kết thúc"),
        "heir": "; ".join(heir.name for heir in heirs),
    }
    if heirs:
        return _("%(unit)s: %(ending)s, kế thừa là %(heir)s") % said
    return _("%(unit)s: %(ending)s") % said


def _unrated(posts: Sequence[Position], rated: set[int], on: date) -> set[int]:
    """The years of service, up to last year, for which there is no rating."""
    starts = [*(post.from_on.year for post in posts if post.from_on), *rated]
    if not starts:
        return set()
    serving = not posts or any(_lasts(post, on) for post in posts)
    ends = [post.until_on.year for post in posts if post.until_on]
    last = on.year - 1 if serving else min(max(ends), on.year - 1)
    return set(range(min(starts), last + 1)) - rated


def _timeline(events: Iterable[Event], missing: set[int]) -> Timeline:
    years: dict[int, Year] = defaultdict(lambda: Year(0))
    listed = list(events)
    for event in listed:
        number = _year_of(event)
        years[number].year = number
        years[number].events.append(event)
    for number in missing:
        years[number].year, years[number].is_gap = number, True
    for year in years.values():
        year.events.sort(key=_place)
    kinds = [event.kind for event in listed]
    return Timeline(
        tuple(years[number] for number in sorted(years, reverse=True)),
        titles=kinds.count("title"),
        commendations=kinds.count("commendation"),
        recognitions=kinds.count("recognition"),
    )


def _year_of(event: Event) -> int:
    if isinstance(event.fact, Conferral | YearRating | Recognition):
        return event.fact.year
    assert event.day is not None
    return event.day.year


def _place(event: Event) -> tuple[int, date]:
    order = _ORDER.index(event.kind) if event.kind in _ORDER else len(_ORDER)
    return order, event.day or date.min


def posts_on(person: Person, *, on: date) -> list[Position]:
    """The positions that the person holds on the day, heads first."""
    lasting = Q(until_on__isnull=True) | Q(until_on__gte=on)
    begun = Q(from_on__isnull=True) | Q(from_on__lte=on)
    posts = person.positions.filter(lasting, begun).select_related("unit__parent")
    return list(posts.order_by("-is_head", "-from_on"))
