"""What the register knows of persons, units and households, as the rules want it.

Records follow the person from unit to unit, and a unit through a change of name. What a unit
before a merger or a split achieved is possible evidence only: whether it counts is for a person.
"""

import re
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import fields, replace
from datetime import date, datetime
from typing import Any

import numpy as np
from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Q, QuerySet
from django.db.models.functions import ExtractYear

from vinhdanh.common.vietnamese import words
from vinhdanh.honours.models import (
    Conferral,
    Discipline,
    Household,
    OpenMatter,
    Recognition,
    YearRating,
)
from vinhdanh.honours.queries.lineage import lineage_of, members_of
from vinhdanh.honours.queries.register import standing
from vinhdanh.honours.queries.traits import words_of
from vinhdanh.honours.rules.facts import (
    CLASSES,
    Facts,
    HeldAward,
    HeldPosition,
    KnownDiscipline,
    KnownInitiative,
    Members,
)
from vinhdanh.honours.rules.records import (
    RATINGS,
    REACHES,
    YEARS,
    Awards,
    Initiatives,
    Ints,
    Records,
    Spans,
)
from vinhdanh.law.book import Book
from vinhdanh.law.criteria import Rating, Recipient
from vinhdanh.law.store import book as law_in_force
from vinhdanh.people.models import Person, Position, Unit


def facts_of(
    persons: Iterable[Person] = (),
    units: Iterable[Unit] = (),
    households: Iterable[Household] = (),
    *,
    year: int,
    as_of: datetime | None = None,
    on: date,
) -> list[Facts]:
    """The facts of each recipient for the appraisal of a year: persons, then units, households.

    `as_of`: as the register stood then; None: as it stands. `on`: the day of appraisal, for what
    is open that day. Each record goes with its reference, "conferral:<pk>". The queries are as
    many for one recipient as for a thousand.
    """
    persons, units, households = list(persons), list(units), list(households)
    lineage = lineage_of(units)
    known = _Known(year=year, as_of=as_of, on=on)
    known.load("person", [person.pk for person in persons])
    known.load("unit", lineage.all_units)
    known.load("household", [household.pk for household in households])
    posts = leading_posts(Q(person__in=persons), law_in_force()) if persons else {}
    members = members_of(units, lineage, year=year, as_of=as_of, on=on)
    traits = words_of(units, lineage)
    return [
        *(
            known.facts(
                "person",
                [person.pk],
                sex=person.sex,
                positions=tuple(posts.get(person.pk, ())),
                retires_on=person.retires_on,
            )
            for person in persons
        ),
        *(
            known.facts(
                "collective",
                lineage.own[unit.pk],
                lineage.others[unit.pk],
                members=members.get(unit.pk),
                founded_on=lineage.founded_on[unit.pk],
                traits=traits[unit.pk],
            )
            for unit in units
        ),
        *(known.facts("household", [household.pk]) for household in households),
    ]


def records_of(
    persons: QuerySet[Person], *, year: int, as_of: datetime | None = None, on: date
) -> Records:
    """The same facts of many persons as arrays, straight from the rows, in the order of `persons`.

    Without references: what is said of a row in words is for `facts_of`. Seven queries, six where
    `persons` were read already.
    """
    people = list(persons)
    place = {person.pk: row for row, person in enumerate(people)}
    about = Q(person__in=persons.order_by().values("pk"))

    def read(model: type[Any], which: Q, *fields: Any) -> list[list[Any]]:
        """The columns of what stands, the first the rows they belong to."""
        found = standing(model._default_manager.filter(about, which), as_of).order_by()
        # One line a person, with lists: many times fewer keys to read.
        lists = {f"list_{at}": ArrayAgg(field) for at, field in enumerate(fields)}
        columns: list[list[Any]] = [[] for _ in range(len(fields) + 1)]
        for pk, *values in found.values("person").annotate(**lists).values_list("person", *lists):
            # Somebody may have come since the persons were read.
            if pk in place:
                columns[0] += [place[pk]] * len(values[0])
                for column, each in zip(columns[1:], values, strict=True):
                    column.extend(each)
        return columns

    so_far = Q(year__lte=year)
    rated, rated_in, levels = read(YearRating, so_far, "year", "level")
    first = min([year - YEARS + 1, *rated_in])
    ratings = np.full((len(people), year - first + 1), -1, dtype=np.int8, order="F")
    ratings[rated, np.array(rated_in, dtype=int) - first] = _places(levels, RATINGS)
    row, codes, ended, begun, classes = read(
        Conferral, so_far, "award", "year", ExtractYear("achieved_from"), "kind"
    )
    known = tuple(sorted(set(codes)))
    ends = np.array(ended, dtype=np.int32)
    awards = Awards(
        codes=known,
        row=np.array(row, dtype=np.int32),
        code=_places(codes, known),
        of_class=_places(classes, CLASSES),
        year=ends,
        counts_from=ends + 1,
        may_count_from=ends + 1,
        period_from=np.array(begun, dtype=np.int32),
        period_to=ends,
        certain=np.ones(len(ends), dtype=bool),
    )
    found, found_in, reaches = read(Recognition, so_far, "year", "reach")
    disciplined, since, until = read(Discipline, Q(), "from_on", "until_on")
    matters, _kinds = read(OpenMatter, _open_on(on), "kind")
    posts = [
        (place[pk], post)
        for pk, held in leading_posts(about, law_in_force()).items()
        for post in held
    ]
    titles = tuple(sorted({post.title for _row, post in posts}))
    nobody = np.full(len(people), -1, dtype=np.int8)
    return Records(
        recipient="person",
        count=len(people),
        first_year=first,
        year=year,
        ratings=ratings,
        awards=awards,
        initiatives=Initiatives(
            row=np.array(found, dtype=np.int32),
            year=np.array(found_in, dtype=np.int32),
            reach=_places(reaches, REACHES),
        ),
        disciplines=Spans(
            row=np.array(disciplined, dtype=np.int32),
            since=np.array(since, dtype="datetime64[D]"),
            until=np.array([day or date.max for day in until], dtype="datetime64[D]"),
            title=np.zeros(len(disciplined), dtype=np.int16),
            titles=("",) if disciplined else (),
        ),
        positions=Spans(
            row=np.array([row for row, _post in posts], dtype=np.int32),
            since=np.array([post.since for _row, post in posts], dtype="datetime64[D]"),
            until=np.array([post.until or date.max for _row, post in posts], dtype="datetime64[D]"),
            title=_places([post.title for _row, post in posts], titles),
            titles=titles,
        ),
        women=np.array(
            [{"female": 1, "male": 0}.get(person.sex, -1) for person in people], dtype=np.int8
        ),
        retires_on=np.array([person.retires_on for person in people], dtype="datetime64[D]"),
        open_matters=np.bincount(matters, minlength=len(people)).astype(np.int16),
        members=np.full((len(people), len(fields(Members))), -1, dtype=np.int32),
        founded_on=np.full(len(people), "NaT", dtype="datetime64[D]"),
        occupation=nobody,
        sorts={},
        declared=nobody >= 0,
        later_retirement=nobody >= 0,
    )


def _places(values: Sequence[str], known: Sequence[str]) -> Ints:
    place = {value: at for at, value in enumerate(known)}
    return np.array([place[value] for value in values], dtype=np.int32)


def _open_on(day: date) -> Q:
    """Matters that are not settled on the day."""
    return Q(opened_on__lte=day) & (Q(closed_on__isnull=True) | Q(closed_on__gt=day))


class _Known:
    """The standing rows of the recipients loaded, by the recipient's pk."""

    def __init__(self, *, year: int, as_of: datetime | None, on: date) -> None:
        self._year, self._as_of, self._on = year, as_of, on
        self._ratings: dict[uuid.UUID, dict[int, tuple[Rating, str]]] = defaultdict(dict)
        self._awards: dict[uuid.UUID, list[HeldAward]] = defaultdict(list)
        self._initiatives: dict[uuid.UUID, list[KnownInitiative]] = defaultdict(list)
        self._disciplines: dict[uuid.UUID, list[KnownDiscipline]] = defaultdict(list)
        self._matters: dict[uuid.UUID, list[str]] = defaultdict(list)

    def load(self, kind: str, pks: Collection[uuid.UUID]) -> None:
        """Read what stands about the recipients: five queries, none without recipients."""
        if not pks:
            return
        about = {f"{kind}__in": pks}
        for pk, whose, year, level in self._rows(YearRating, about, kind, "year", "level"):
            if year <= self._year:
                self._ratings[whose][year] = (level, f"rating:{pk}")
        fields = ("award", "year", "decided_on", "kind", "achieved_from", "achieved_until")
        for pk, whose, award, year, decided_on, of_class, *period in self._rows(
            Conferral, about, kind, *fields
        ):
            if year <= self._year:
                held = HeldAward(
                    award,
                    year,
                    decided_on=decided_on,
                    of_class=of_class,
                    period=(period[0].year, period[1].year),
                    ref=f"conferral:{pk}",
                )
                self._awards[whose].append(held)
        for pk, whose, year, reach, title in self._rows(
            Recognition, about, kind, "year", "reach", "title"
        ):
            if year <= self._year:
                known = KnownInitiative(year, reach, title=title, ref=f"recognition:{pk}")
                self._initiatives[whose].append(known)
        for pk, whose, since, until, form in self._rows(
            Discipline, about, kind, "from_on", "until_on", "form"
        ):
            measure = KnownDiscipline(since, until, form=form, ref=f"discipline:{pk}")
            self._disciplines[whose].append(measure)
        matters = standing(OpenMatter.objects.filter(_open_on(self._on), **about), self._as_of)
        for whose, matter in matters.order_by("opened_on").values_list(kind, "kind"):
            self._matters[whose].append(matter)

    def _rows(
        self, model: type[Any], about: dict[str, Any], kind: str, *fields: str
    ) -> Iterable[Any]:
        rows = standing(model._default_manager.filter(**about), self._as_of)
        return rows.order_by("pk").values_list("pk", kind, *fields)

    def facts(
        self,
        recipient: Recipient,
        own: Sequence[uuid.UUID],
        others: Sequence[uuid.UUID] = (),
        **more: Any,
    ) -> Facts:
        """The facts of a recipient who stands in the register under each of `own`.

        Awards of `others` are possible only. Of two ratings of a year that of the name used last.
        """
        rated: dict[int, tuple[Rating, str]] = {}
        for pk in reversed(own):
            rated |= self._ratings.get(pk, {})
        awards = [held for pk in own for held in self._awards.get(pk, ())]
        for pk in others:
            awards += [replace(held, certain=False) for held in self._awards.get(pk, ())]
        return Facts(
            recipient=recipient,
            year=self._year,
            ratings={year: rated[year][0] for year in sorted(rated)},
            ratings_refs={year: rated[year][1] for year in sorted(rated)},
            awards=tuple(sorted(awards, key=lambda held: (held.year, held.code))),
            initiatives=tuple(self._of(self._initiatives, own)),
            disciplines=tuple(self._of(self._disciplines, own)),
            open_matters=tuple(self._of(self._matters, own)),
            **more,
        )

    @staticmethod
    def _of(kept: Mapping[uuid.UUID, list[Any]], own: Sequence[uuid.UUID]) -> Iterable[Any]:
        return (each for pk in own for each in kept.get(pk, ()))


def leading_posts(which: Q, book: Book) -> dict[uuid.UUID, list[HeldPosition]]:
    """The leading posts that the law honours, by person: known by their words, at a department.

    A post named with another office ("Giám đốc, Bí thư Đảng ủy") is known by the part that begins
    with the words; the longest words decide, so a deputy is no director. One query.
    """
    titles = sorted(
        ((words(title), code) for code, held in book.positions.items() for title in held.titles),
        key=lambda title: -len(title[0]),
    )
    found: dict[uuid.UUID, list[HeldPosition]] = defaultdict(list)
    posts = Position.objects.filter(which, unit__kind=Unit.Kind.DEPARTMENT)
    for person, title, since, until in posts.order_by("from_on", "pk").values_list(
        "person", "title", "from_on", "until_on"
    ):
        if code := _position(title, titles):
            found[person].append(HeldPosition(code, since, until))
    return found


def _position(title: str, titles: Sequence[tuple[list[str], str]]) -> str | None:
    parts = [words(part) for part in re.split(r"[,;]|\bkiêm\b", title)]
    for known, code in titles:
        if any(part[: len(known)] == known for part in parts):
            return code
    return None
