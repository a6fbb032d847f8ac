"""What is known of many recipients of one kind, as arrays: a row each, a column a year.

One recipient is an array of one row, so that one dossier and a hundred thousand are measured by
the same code. What happens now and then (awards, initiatives, disciplines, positions) is kept as
columns of single events, each naming its row.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vinhdanh.honours.rules.facts import BESIDE, CLASSES, Facts, HeldAward, Members

RATINGS = ("failed", "completed", "good", "excellent")
REACHES = ("grassroots", "province", "nation")
OCCUPATIONS = ("official", "worker", "farmer", "labourer", "entrepreneur", "intellectual")
# No condition looks back further than this, so a shorter record would hide missing years.
YEARS = 16
FOREVER = np.datetime64("9999-12-31")

Ints = NDArray[Any]
Days = NDArray[np.datetime64]


@dataclass(frozen=True)
class Awards:
    """Awards conferred, one an entry: all arrays of one length.

    `code` is the place in `codes`, `of_class` in `facts.CLASSES`. `counts_from` is the first year
    that certainly follows its achievement, `may_count_from` the first that possibly does; `certain`
    whether it counts at all for sure.
    """

    codes: tuple[str, ...]
    row: Ints
    code: Ints
    of_class: Ints
    year: Ints
    counts_from: Ints
    may_count_from: Ints
    period_from: Ints
    period_to: Ints
    certain: Ints


@dataclass(frozen=True)
class Initiatives:
    """Recognised initiatives; `reach` is the place in REACHES."""

    row: Ints
    year: Ints
    reach: Ints


@dataclass(frozen=True)
class Spans:
    """Disciplines, or positions (then `title` is the place in `titles`), both days included.

    `since` is NaT where a position's first day is not known, `until` FOREVER where no end is.
    """

    row: Ints
    since: Days
    until: Days
    title: Ints
    titles: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Records:
    """`count` recipients of one kind and the years from `first_year` to `year`, under appraisal.

    ratings: int8[count, years], the place in RATINGS, -1 where not known. The others hold one
    value a recipient: women 1, men 0, not known -1; day NaT, count or place -1 where not known.
    members: int32[count, 5] in the order of the fields of `facts.Members`.
    `sorts`: for each declared word, who is of it; `declared`: for whom any was declared at all, one
    of `facts.BESIDE` aside.
    """

    recipient: str
    count: int
    first_year: int
    year: int
    ratings: Ints
    awards: Awards
    initiatives: Initiatives
    disciplines: Spans
    positions: Spans
    women: Ints
    retires_on: Days
    open_matters: Ints
    members: Ints
    founded_on: Days
    occupation: Ints
    sorts: Mapping[str, Ints]
    declared: Ints
    later_retirement: Ints

    @property
    def years(self) -> int:
        return self.year - self.first_year + 1

    @classmethod
    def of(cls, facts: Sequence[Facts]) -> "Records":
        """The same facts as arrays, in their order; all of one kind of recipient and one year."""
        kinds = {(each.recipient, each.year) for each in facts}
        if len(kinds) != 1:
            raise ValueError("records are of one kind of recipient and of one year")
        ((recipient, year),) = kinds
        first = min([year - YEARS + 1, *(known for each in facts for known in each.ratings)])
        ratings = np.full((len(facts), year - first + 1), -1, dtype=np.int8, order="F")
        for row, each in enumerate(facts):
            for known, rating in each.ratings.items():
                if known <= year:
                    ratings[row, known - first] = RATINGS.index(rating)
        words = sorted({word for each in facts for word in each.sorts + each.traits})
        return cls(
            recipient=recipient,
            count=len(facts),
            first_year=first,
            year=year,
            ratings=ratings,
            awards=_awards(facts),
            initiatives=Initiatives(
                *_columns(
                    (row, each.year, REACHES.index(each.reach))
                    for row, known in enumerate(facts)
                    for each in known.initiatives
                )
            ),
            disciplines=_spans(facts, lambda each: each.disciplines),
            positions=_spans(facts, lambda each: each.positions),
            women=np.array(
                [{"female": 1, "male": 0}.get(each.sex, -1) for each in facts], dtype=np.int8
            ),
            retires_on=np.array([each.retires_on for each in facts], dtype="datetime64[D]"),
            open_matters=np.array([len(each.open_matters) for each in facts], dtype=np.int16),
            members=np.array([_members(each.members) for each in facts], dtype=np.int32),
            founded_on=np.array([each.founded_on for each in facts], dtype="datetime64[D]"),
            occupation=np.array([_occupation(each.occupation) for each in facts], dtype=np.int8),
            sorts={
                word: np.array([word in each.sorts + each.traits for each in facts])
                for word in words
            },
            declared=np.array(
                [any(word not in BESIDE for word in each.sorts + each.traits) for each in facts]
            ),
            later_retirement=np.array([each.later_retirement for each in facts]),
        )


def counts_from(award: HeldAward) -> tuple[int, int]:
    """The first year that certainly, and the first that possibly, follows an award's achievement.

    By the end of its period; without one by the day of the decision, whose year is possible; else
    by its year.
    """
    if award.period:
        return award.period[1] + 1, award.period[1] + 1
    if award.decided_on:
        return award.decided_on.year + 1, award.decided_on.year
    return award.year + 1, award.year + 1


def _awards(facts: Sequence[Facts]) -> Awards:
    places: dict[str, int] = {}
    columns = _columns(
        (
            (
                row,
                places.setdefault(held.code, len(places)),
                CLASSES.index(held.of_class),
                held.year,
                *counts_from(held),
                *(held.period or (held.year, held.year)),
                held.certain,
            )
            for row, known in enumerate(facts)
            for held in known.awards
        ),
        width=9,
    )
    row, code, of_class, year, begin, may_begin, first, last, certain = columns
    return Awards(
        codes=tuple(places),
        row=row,
        code=code,
        of_class=of_class,
        year=year,
        counts_from=begin,
        may_count_from=may_begin,
        period_from=first,
        period_to=last,
        certain=certain.astype(bool),
    )


def _spans(facts: Sequence[Facts], found: Callable[[Facts], Iterable[Any]]) -> Spans:
    spans = [(row, each) for row, known in enumerate(facts) for each in found(known)]
    places: dict[str, int] = {}
    titles = [places.setdefault(getattr(each, "title", ""), len(places)) for _, each in spans]
    return Spans(
        row=np.array([row for row, _ in spans], dtype=np.int32),
        since=np.array([each.since for _, each in spans], dtype="datetime64[D]"),
        until=np.array([each.until or date.max for _, each in spans], dtype="datetime64[D]"),
        title=np.array(titles, dtype=np.int16),
        titles=tuple(places),
    )


def _columns(entries: Iterable[tuple[int, ...]], width: int = 3) -> Ints:
    table = np.array(list(entries), dtype=np.int32)
    return table.reshape(-1, width).T


def _occupation(word: str) -> int:
    return OCCUPATIONS.index(word) if word else -1


def _members(members: Members | None) -> list[int]:
    known = members or Members()
    counts = (
        known.total,
        known.completed,
        known.advanced,
        known.grassroots_fighters,
        known.disciplined,
    )
    return [-1 if count is None else count for count in counts]
