"""Everybody in a scope against every award for a year: a table to filter, words on demand.

What may be seen is the caller's to check: a scope is a unit and all below it.
"""

import uuid
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Literal, overload

import numpy as np
from django.db.models import Exists, OuterRef, Q, QuerySet

from vinhdanh.common.vietnamese import fold
from vinhdanh.honours.models import Household
from vinhdanh.honours.queries.facts import facts_of, records_of
from vinhdanh.honours.queries.local import rules_at
from vinhdanh.honours.queries.sight import Seen, Sight
from vinhdanh.honours.rules import local
from vinhdanh.honours.rules.chains import Chain, chains_about_to_break
from vinhdanh.honours.rules.eligibility import VERDICTS, Answer
from vinhdanh.honours.rules.offices import Local, LocalRule, Offices
from vinhdanh.honours.rules.records import Ints, Records
from vinhdanh.honours.rules.screening import Screened, screen
from vinhdanh.law.book import Book
from vinhdanh.law.criteria import Recipient
from vinhdanh.people import access as people
from vinhdanh.people.models import Person, Position, Unit
from vinhdanh.people.queries.units import valid_on

# The units that are collectives of the office; councils, blocs and outside units are not.
_COLLECTIVES = (
    Unit.Kind.DEPARTMENT,
    Unit.Kind.OFFICE,
    Unit.Kind.AFFILIATED,
    Unit.Kind.COLLECTIVE,
)
By = Literal["verdict", "as_read", "merit"]


@dataclass(frozen=True)
class Candidate:
    """Who is screened. `unit` is where a person served last in the year, as officials name it; for
    a collective the unit above it; for a household its office."""

    pk: uuid.UUID
    name: str
    folded: str
    unit: str
    unit_path: str


@dataclass(frozen=True)
class Row:
    """A candidate and an award. Verdicts are those of `eligibility.VERDICTS`; `merit`, of the best
    branch by merit, is "" where the award has none."""

    candidate: Candidate
    award: str
    verdict: str
    as_read: str
    merit: str


@dataclass(frozen=True)
class Rows(Sequence[Row]):
    """The rows that were asked for; each is made when it is looked at."""

    screening: "Screening"
    candidate: Ints
    award: Ints

    def __len__(self) -> int:
        return len(self.candidate)

    @overload
    def __getitem__(self, place: int) -> Row: ...
    @overload
    def __getitem__(self, place: slice) -> list[Row]: ...
    def __getitem__(self, place: int | slice) -> Row | list[Row]:
        if isinstance(place, slice):
            return [self[each] for each in range(*place.indices(len(self)))]
        return self.screening.row(int(self.candidate[place]), int(self.award[place]))


@dataclass(frozen=True)
class Screening:
    """The verdicts on everybody in a scope; `awards` in the order of rank.

    `local`: what the offices set, by the path of the unit of each candidate, and of the scope.
    """

    kind: Recipient
    year: int
    on: date
    as_of: datetime | None
    book: Book
    candidates: tuple[Candidate, ...]
    awards: tuple[str, ...]
    records: Records | None
    screened: Screened
    sight: Sight | None = None
    local: Mapping[str, Local] = field(default_factory=dict)

    @property
    def is_rated(self) -> bool:
        """Whether anybody has a rating of the year."""
        return self.records is not None and bool((self.records.ratings[:, -1] >= 0).any())

    def row(self, candidate: int, award: int) -> Row:
        code = self.awards[award]
        verdict, as_read, merit = (
            int(table[code][candidate])
            for table in (self.screened.verdicts, self.screened.as_read, self.screened.merit)
        )
        return Row(
            self.candidates[candidate],
            code,
            VERDICTS[verdict],
            VERDICTS[as_read],
            VERDICTS[merit] if merit >= 0 else "",
        )

    def counts(self, by: By = "as_read") -> dict[str, Counter[str]]:
        """How many candidates have which verdict, by award."""
        return {
            code: Counter(
                {
                    word: int(count)
                    for place, word in enumerate(VERDICTS)
                    if (count := (verdicts == place).sum())
                }
            )
            for code, verdicts in self._table(by).items()
        }

    def rows(
        self,
        *,
        award: str = "",
        verdict: str = "",
        by: By = "as_read",
        name: str = "",
        unit: Unit | None = None,
    ) -> Rows:
        """The rows with the award, the verdict, every word of the name, in the unit or below it.

        Sorted as the candidates are, then by rank of the award.
        """
        chosen = np.array(self._chosen(fold(name).split(), unit), dtype=bool)
        tables = self._table(by)
        wanted = np.zeros((len(self.candidates), len(self.awards)), dtype=bool)
        for place, code in enumerate(self.awards):
            if not award or code == award:
                found = tables[code] == VERDICTS.index(verdict) if verdict else True
                wanted[:, place] = chosen & found
        candidates, awards = np.nonzero(wanted)
        return Rows(self, candidates, awards)

    def told(self, rows: Sequence[Row]) -> dict[tuple[uuid.UUID, str], Answer]:
        """The answers in words for rows on a page, by candidate and award."""
        codes: dict[uuid.UUID, set[str]] = {}
        for row in rows:
            codes.setdefault(row.candidate.pk, set()).add(row.award)
        return {
            (pk, answer.award): answer
            for pk, seen in self._facts(list(codes)).items()
            for answer in seen.answers(book=self.book, on=self.on, codes=codes[pk])
        }

    def chains(self) -> list[tuple[Candidate, Chain]]:
        """The chains of the candidates that the year would break, the longest first."""
        if self.records is None:
            return []
        found = chains_about_to_break(self.records, book=self.book, on=self.on)
        return [(self.candidates[chain.row], chain) for chain in found]

    def _table(self, by: By) -> Mapping[str, Ints]:
        tables = {
            "verdict": self.screened.verdicts,
            "as_read": self.screened.as_read,
            "merit": self.screened.merit,
        }
        return tables[by]

    def _chosen(self, words: list[str], unit: Unit | None) -> Iterator[bool] | list[bool]:
        path = unit.path if unit else ""
        return [
            candidate.unit_path.startswith(path) and all(word in candidate.folded for word in words)
            for candidate in self.candidates
        ]

    def _facts(self, pks: list[uuid.UUID]) -> dict[uuid.UUID, Seen]:
        persons = list(Person.objects.filter(pk__in=pks)) if self.kind == "person" else []
        units = list(Unit.objects.filter(pk__in=pks)) if self.kind == "collective" else []
        households = list(Household.objects.filter(pk__in=pks)) if self.kind == "household" else []
        found = facts_of(persons, units, households, year=self.year, as_of=self.as_of, on=self.on)
        every = [each.pk for each in (*persons, *units, *households)]
        seen = (
            self.sight.facts(every, found) if self.sight else [Seen(each, True) for each in found]
        )
        paths = {each.pk: each.unit_path for each in self.candidates if each.pk in set(pks)}
        return {
            pk: replace(one, local=self.local[paths[pk]])
            for pk, one in zip(every, seen, strict=True)
        }


def screening(
    scope: Unit,
    kind: Recipient,
    *,
    year: int,
    book: Book,
    on: date,
    as_of: datetime | None = None,
    sight: Sight | None = None,
) -> Screening:
    """Screen the persons who served in the scope in the year, its collectives or its households.

    `on` is the day whose law is read. `sight`: as somebody sees them; None: with all that is known.
    Queries are as many for one candidate as for thousands; some 2,000 persons with ten years of
    records take under a second.
    """
    last = min(on, date(year, 12, 31))
    records: Records | None
    if kind == "person":
        persons = _persons(scope, last, year)
        if sight:
            persons = persons.filter(pk__in=sight.persons().values("pk"))
        candidates = _as_candidates(persons, scope, last, year)
        records = records_of(persons, year=year, as_of=as_of, on=on) if candidates else None
        if sight and records:
            records = sight.records(records, [each.pk for each in candidates])
    else:
        units = _collectives(scope, last) if kind == "collective" else []
        households = _households(scope) if kind == "household" else []
        candidates = [
            *(_collective(unit) for unit in units),
            *(_household(household) for household in households),
        ]
        found = facts_of([], units, households, year=year, as_of=as_of, on=on)
        if sight:
            seen = sight.facts([each.pk for each in candidates], found)
            found = [each.facts for each in seen]
        records = Records.of(found) if found else None
    ruled = rules_at({scope.path, *(each.unit_path for each in candidates)}, book=book, on=on)
    screened = Screened({}, {}, {})
    if records:
        screened = screen(records, book=book, on=on, offices=_offices(candidates, ruled))
    if sight and kind == "person":
        screened = sight.screened(screened, [each.pk for each in candidates], book=book, on=on)
    return Screening(
        kind=kind,
        year=year,
        on=on,
        as_of=as_of,
        book=book,
        candidates=tuple(candidates),
        awards=tuple(screened.verdicts),
        records=records,
        screened=screened,
        sight=sight,
        local=ruled,
    )


def _offices(candidates: Sequence[Candidate], ruled: Mapping[str, Local]) -> Offices:
    """What holds for each candidate, in their order."""
    found = {id(rules): rules for rules in ruled.values()}
    places = {key: place for place, key in enumerate(found)}
    of = [places[id(ruled[each.unit_path])] for each in candidates]
    return Offices(tuple(found.values()), np.array(of, dtype=np.int32))


def place_of(recipient: Person | Unit | Household, *, year: int, on: date) -> str:
    """The path of the unit where a recipient belongs in the appraisal of the year: for a person,
    where they served last in it; "" where they served nowhere. At most one query."""
    if isinstance(recipient, Unit):
        return recipient.path
    if isinstance(recipient, Household):
        return recipient.office.path
    last = min(on, date(year, 12, 31))
    held = Position.objects.filter(_in_year(last, year), person=recipient)
    posts = (
        (min(until or last, last), is_head, str(pk), path)
        for pk, path, until, is_head in held.values_list("pk", "unit__path", "until_on", "is_head")
    )
    return max(posts, default=(last, False, "", ""))[-1]


@dataclass(frozen=True)
class Quota:
    """How many grassroots fighters an office's share of its advanced workers leaves room for.

    `base`: who is, or may be found, an advanced worker; `most`: the share of them, whole persons;
    `hopeful`: who is, or may be found, a grassroots fighter.
    """

    rule: LocalRule
    share: str
    base: int
    most: int
    hopeful: int


def quota(found: Screening, scope: Unit) -> Quota | None:
    """The quota of an office; None where it set none, for a part of it, or for several offices
    that set different ones. It informs and stops nobody."""
    rule = found.local[scope.path].get(("quota_share", "DH_CSTD_CS"))
    if rule is None or scope.kind not in people.WHOLE or not found.awards:
        return None
    if any(rules.get(("quota_share", "DH_CSTD_CS")) != rule for rules in found.local.values()):
        return None
    base, hopeful = (
        counts["met"] + counts["judge"]
        for counts in (found.counts()[code] for code in ("DH_LDTT", "DH_CSTD_CS"))
    )
    most = int(local.number(rule.value) * base)
    return Quota(rule, local.shown(rule.value, "share"), base, most, hopeful)


def _in_year(last: date, year: int) -> Q:
    return Q(
        Q(from_on__isnull=True) | Q(from_on__lte=last),
        Q(until_on__isnull=True) | Q(until_on__gte=date(year, 1, 1)),
    )


def _persons(scope: Unit, last: date, year: int) -> QuerySet[Person]:
    served = Position.objects.filter(
        _in_year(last, year), person=OuterRef("pk"), unit__path__startswith=scope.path
    )
    return Person.objects.filter(Exists(served)).order_by("sort_key", "pk")


def _as_candidates(
    persons: QuerySet[Person], scope: Unit, last: date, year: int
) -> list[Candidate]:
    """Three queries: the persons, their posts of the year in the scope, its units."""
    units = {
        unit.pk: unit
        for unit in Unit.objects.filter(path__startswith=scope.path).select_related("parent")
    }
    held = Position.objects.filter(_in_year(last, year), unit__path__startswith=scope.path)
    posts = sorted(
        (min(until or last, last), is_head, str(pk), person, unit)
        for pk, person, unit, until, is_head in held.values_list(
            "pk", "person", "unit", "until_on", "is_head"
        )
    )
    # The last one said of a person stays: the post of the latest end, a head's before others.
    served_in = {person: unit for *_order, person, unit in posts}
    return [
        Candidate(person.pk, person.full_name, person.folded, unit.placed_name, unit.path)
        for person in persons
        for unit in [units.get(served_in.get(person.pk, scope.pk), scope)]
    ]


def _collectives(scope: Unit, last: date) -> list[Unit]:
    units = Unit.objects.filter(
        valid_on(last), path__startswith=scope.path, kind__in=_COLLECTIVES, outside=False
    )
    return list(units.select_related("parent__parent").order_by("sort_key", "pk"))


def _collective(unit: Unit) -> Candidate:
    above = unit.parent.placed_name if unit.parent else ""
    return Candidate(unit.pk, unit.name, fold(unit.name), above, unit.path)


def _households(scope: Unit) -> list[Household]:
    households = Household.objects.filter(office__path__startswith=scope.path)
    return list(households.select_related("office").order_by("sort_key", "pk"))


def _household(household: Household) -> Candidate:
    office = household.office
    return Candidate(household.pk, household.head_name, household.folded, office.name, office.path)
