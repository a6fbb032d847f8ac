"""What an import of past facts looks at: whom the office knows, what is left to settle."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Max, Min, Q, QuerySet
from django.utils.translation import gettext as _

from vinhdanh.accounts.models import User
from vinhdanh.common.vietnamese import fold
from vinhdanh.honours import access
from vinhdanh.honours.models import (
    Conferral,
    HistoryImport,
    Household,
    ImportLine,
    YearRating,
)
from vinhdanh.honours.queries.register import standing
from vinhdanh.honours.rules import import_matching as matching
from vinhdanh.people.models import Person, Position, Succession, Unit

State = ImportLine.State
# What still waits for a person, in the order in which it is shown.
OPEN = (State.NEAR, State.UNKNOWN, State.FAULTY)
# More lines than these, and everybody of the office is looked at once instead.
_FEW = 50


def kept_imports(user: User, *, on: date) -> QuerySet[HistoryImport]:
    """The imports of the offices whose register the user keeps."""
    offices = access.offices_kept(user, on=on).values("pk")
    return HistoryImport.objects.filter(office__in=offices).select_related(
        "office", "file", "handed_in_by"
    )


def counts(history_import: HistoryImport) -> dict[str, int]:
    """How many lines are in each state, 0 where none; one query."""
    found = dict(history_import.lines.values_list("state").annotate(count=Count("pk")).order_by())
    return {state.value: found.get(state.value, 0) for state in State}


def alike(line: ImportLine, mapping: dict[str, int]) -> QuerySet[ImportLine]:
    """The line and the others waiting of its import that write the same recipient the same way.

    A line whose recipient was typed anew is alike to none.
    """
    who = ("recipient", "code", "born_on", "unit", "sort")
    own = ImportLine.objects.filter(pk=line.pk)
    if any(code in line.cells for code in who):
        return own
    same = line.history_import.lines.filter(state__in=(*OPEN[:2],))
    for code in who:
        place = str(mapping[code]) if code in mapping else None
        if place is None:
            continue
        if place in line.cells:
            # A lookup by key would take "1" for a place in an array.
            same = same.filter(cells__contains={place: line.cells[place]})
        else:
            same = same.exclude(cells__has_key=place)
    return own | same.exclude(cells__has_any_keys=list(who))


@dataclass(frozen=True)
class Places:
    """The units of an office's tree: keys from the top down by unit, and successors."""

    paths: dict[UUID, tuple[UUID, ...]]
    successors: dict[UUID, list[UUID]]

    def of(self, unit: UUID) -> frozenset[UUID]:
        return matching.places(unit, paths=self.paths, successors=self.successors)

    def heirs(self, unit: UUID) -> frozenset[UUID]:
        return matching.heirs(unit, self.successors)


def places_of(office: Unit) -> Places:
    """Two queries."""
    units = Unit.objects.filter(path__startswith=office.path)
    paths = {
        pk: tuple(UUID(key) for key in path.split("/") if key)
        for pk, path in units.values_list("pk", "path")
    }
    successors: dict[UUID, list[UUID]] = defaultdict(list)
    rows = Succession.objects.filter(unit__in=units.values("pk"))
    for unit, successor in rows.values_list("unit", "successor"):
        successors[unit].append(successor)
    return Places(paths, successors)


def persons_of(
    office: Unit, places: Places, *, names: Sequence[str] | None = None, codes: Sequence[str] = ()
) -> matching.Persons:
    """Who serves or ever served in the office, to be matched; two queries.

    With `names` (at most a few) only those of such a name, given name, or one of the `codes`.
    """
    serving = Position.objects.filter(unit__path__startswith=office.path)
    persons = Person.objects.filter(pk__in=serving.values("person"))
    if names is not None and len(names) <= _FEW:
        wanted = Q(code__in=[code for code in codes if code])
        for folded in {fold(name) for name in names if name}:
            wanted |= Q(folded=folded) | Q(folded__endswith=f" {folded.split()[-1]}")
        persons = persons.filter(wanted)
        serving = serving.filter(person__in=persons.values("pk"))
    posts: dict[UUID, list[matching.Post]] = {}
    counted: dict[UUID, frozenset[UUID]] = {}
    for person, unit, since, until in serving.values_list(
        "person_id", "unit_id", "from_on", "until_on"
    ):
        if unit not in counted:
            counted[unit] = places.of(unit)
        posts.setdefault(person, []).append(matching.Post(counted[unit], since, until))
    rows = persons.order_by("pk").values_list("pk", "full_name", "code", "born_on")
    return matching.Persons(
        [
            matching.Known(pk, name, code, born_on, tuple(posts.get(pk, ())))
            for pk, name, code, born_on in rows
        ]
    )


def households_of(office: Unit) -> list[Household]:
    return list(Household.objects.filter(office=office).order_by("pk"))


@dataclass(frozen=True)
class Candidate:
    """Somebody, a unit or a household that a line may mean; `about` tells it from others."""

    key: str
    name: str
    about: str
    score: int | None = None

    @property
    def is_unit(self) -> bool:
        return self.key.startswith("unit:")

    @property
    def why(self) -> str:
        """Why this person may be meant; "" for what is no person, or was looked for."""
        of_person = self.score is not None and self.key.startswith("person:")
        return _(matching.why(self.score)) if of_person and self.score else ""


def candidates(
    lines: Iterable[ImportLine], office: Unit, *, on: date
) -> dict[UUID, list[Candidate]]:
    """The likely recipients of each line, best first; by pk of the line. Four queries at most."""
    lines = list(lines)
    keys: dict[str, set[str]] = {"person": set(), "unit": set(), "household": set()}
    for line in lines:
        for one in line.candidates:
            for sort in keys.keys() & one.keys():
                keys[sort].add(one[sort])
    known = {
        **_persons(Person.objects.filter(pk__in=keys["person"]), office, on),
        **_units(Unit.objects.filter(pk__in=keys["unit"]).select_related("parent")),
        **_households(Household.objects.filter(pk__in=keys["household"])),
    }
    return {
        line.pk: [
            Candidate(key, *known[key], score=one.get("score"))
            for one in line.candidates
            for sort in keys.keys() & one.keys()
            if (key := f"{sort}:{one[sort]}") in known
        ]
        for line in lines
    }


def found_candidates(office: Unit, text: str, *, sort: str, on: date) -> list[Candidate]:
    """Up to ten of the office whose name holds the words, accents not needed."""
    folded = fold(text)
    if not folded:
        return []
    known: dict[str, tuple[str, str]]
    if sort == "collective":
        units = Unit.objects.filter(
            Q(path__startswith=office.path) | Q(outside=True), folded__contains=folded
        )
        known = _units(units.select_related("parent")[:10])
    elif sort == "household":
        known = _households(Household.objects.filter(office=office, folded__contains=folded)[:10])
    else:
        serving = Position.objects.filter(unit__path__startswith=office.path).values("person")
        matching_ones = Person.objects.filter(pk__in=serving).filter(
            Q(folded__contains=folded) | Q(code__iexact=text.strip())
        )
        known = _persons(matching_ones.order_by("sort_key", "pk")[:10], office, on)
    return [Candidate(key, *shown) for key, shown in known.items()]


def _persons(persons: QuerySet[Person], office: Unit, on: date) -> dict[str, tuple[str, str]]:
    """Persons by their posts in the office; code and birth day of those alone who did not leave it
    for another, which alone sees these by then."""
    found = list(persons)
    posts: dict[UUID, list[str]] = {}
    here, anywhere = set(), set()
    rows = Position.objects.filter(person__in=found).select_related("unit__parent")
    for position in rows.order_by("-until_on", "-from_on", "pk"):
        own = position.unit.path.startswith(office.path)
        if own:
            posts.setdefault(position.person_id, []).append(
                f"{position.title}, {position.unit.placed_name}"
            )
        if position.until_on is None or position.until_on >= on:
            anywhere.add(position.person_id)
            here |= {position.person_id} if own else set()
    left = anywhere - here
    return {
        f"person:{person.pk}": (
            person.full_name,
            " · ".join(
                part
                for part in (
                    "" if person.pk in left else person.code,
                    f"{person.born_on:%d/%m/%Y}"
                    if person.born_on and person.pk not in left
                    else "",
                    *posts.get(person.pk, [])[:2],
                )
                if part
            ),
        )
        for person in found
    }


def _units(units: QuerySet[Unit]) -> dict[str, tuple[str, str]]:
    return {
        f"unit:{unit.pk}": (
            unit.name,
            " · ".join(
                part
                for part in (
                    unit.parent.name if unit.parent else "",
                    f"– {unit.valid_until:%d/%m/%Y}" if unit.valid_until else "",
                )
                if part
            ),
        )
        for unit in units
    }


def _households(households: QuerySet[Household]) -> dict[str, tuple[str, str]]:
    return {f"household:{one.pk}": (one.head_name, one.address) for one in households}


@dataclass(frozen=True)
class Gap:
    """The years between a person's first and last fact of the register without a rating."""

    person: Person
    years: tuple[int, ...]


def gaps(history_import: HistoryImport) -> list[Gap]:
    """Whose ratings have gaps, of the persons of an import that was stored, by given name.

    Three queries, however many persons.
    """
    stored = history_import.lines.filter(state__in=(State.STORED, State.KNOWN))
    persons = stored.filter(person__isnull=False).values("person")
    honoured = {
        person: (first, last)
        for person, first, last in standing(Conferral.objects.filter(person__in=persons))
        .values_list("person")
        .annotate(first=Min("year"), last=Max("year"))
        .order_by()
    }
    rated = {
        person: set(years)
        for person, years in standing(YearRating.objects.filter(person__in=persons))
        .values_list("person")
        .annotate(years=ArrayAgg("year"))
        .order_by()
    }
    missing = {
        person: years
        for person in honoured.keys() | rated.keys()
        if (years := _missing(rated.get(person, set()), honoured.get(person)))
    }
    known = Person.objects.filter(pk__in=missing).order_by("sort_key", "pk")
    return [Gap(person, missing[person.pk]) for person in known]


def _missing(rated: Collection[int], honoured: tuple[int, int] | None) -> tuple[int, ...]:
    bounds = [*rated, *(honoured or ())]
    return tuple(year for year in range(min(bounds), max(bounds) + 1) if year not in rated)


def known_recipients(office: Unit, sort: str, key: str) -> bool:
    """Whether the key is that of a person of the office, a unit it may honour, or a household."""
    try:
        pk = UUID(key)
    except ValueError:
        return False
    if sort == "person":
        return Position.objects.filter(person=pk, unit__path__startswith=office.path).exists()
    if sort == "unit":
        return Unit.objects.filter(
            Q(path__startswith=office.path) | Q(outside=True), pk=pk
        ).exists()
    return sort == "household" and Household.objects.filter(pk=pk, office=office).exists()
