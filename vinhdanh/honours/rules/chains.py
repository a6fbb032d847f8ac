"""Chains of years that conditions count, and which of them the year would break.

A chain is read by the law of the day as it was read, also where a later law, not read yet, makes
every verdict one for a person: the reader is told by `Award.review`.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np

from vinhdanh.honours.rules.conditions import leaves
from vinhdanh.honours.rules.plan import Floor, Leaf, Plan, plan
from vinhdanh.honours.rules.records import RATINGS, Ints, Records
from vinhdanh.honours.rules.tally import Tally
from vinhdanh.law import words
from vinhdanh.law.book import Book
from vinhdanh.law.criteria import Held, Rated

_SHORTEST = 2


@dataclass(frozen=True)
class Chain:
    """A chain alive that ends unless the year under appraisal goes on with it.

    `row`: whose, the row of the records. `kind`: "rating" or "award". `length`: years of the
    rating, or times of the award, certain ones only, since the year `since`. `needed`: what keeps
    it, in words; `awards`: the codes of those whose conditions count it.
    """

    row: int
    kind: str
    text: str
    length: int
    since: int
    needed: str
    awards: tuple[str, ...]


@dataclass(frozen=True)
class _Sort:
    """What a chain is of: ratings of at least `level`, or one of the awards in their stead; or,
    where `level` is None, the awards."""

    level: int | None
    codes: tuple[str, ...]
    spacing: int = 1


def chains_about_to_break(records: Records, *, book: Book, on: date) -> list[Chain]:
    """Every chain of two or more that ends if the year's rating or award is missing; longest first.

    Left out is a chain that the year has kept already, and one that it has broken: by a lower
    rating, or for a title by less than a good one.
    """
    law = plan(book, on)
    tally = Tally(records, law)
    found = []
    for sort, awards in _sorts(records.recipient, law).items():
        lengths, since = _alive(sort, tally)
        text, needed = _words(sort, law)
        for row in np.flatnonzero(lengths >= _SHORTEST).tolist():
            length, first = int(lengths[row]), int(since[row]) + records.first_year
            kind = "award" if sort.level is None else "rating"
            said = f"{length:02d} {text}, từ năm {first}"
            found.append(Chain(row, kind, said, length, first, needed, tuple(awards)))
    return sorted(found, key=lambda chain: (-chain.length, chain.row, chain.text))


def _sorts(recipient: str, law: Plan) -> dict[_Sort, list[str]]:
    """What chains the awards open to the recipient count, and which awards do."""
    found: dict[_Sort, list[str]] = defaultdict(list)
    for code, planned in law.awards.items():
        if recipient not in planned.award.recipients or planned.root is None:
            continue
        for sort in dict.fromkeys(_counted(leaves(planned.root, recipient))):
            found[sort].append(code)
    return found


def _counted(leaves: Iterator[Leaf]) -> Iterator[_Sort]:
    for leaf in leaves:
        asked = leaf.criterion
        if isinstance(asked, Rated) and asked.span != "count" and asked.years >= _SHORTEST:
            for level in {asked.at_least, asked.others or asked.at_least}:
                yield _Sort(RATINGS.index(level), tuple(sorted(asked.or_award)))
        if isinstance(asked, Held) and asked.span == "ending" and asked.at_least >= _SHORTEST:
            yield _Sort(None, tuple(sorted(asked.codes)), asked.spacing)


def _alive(sort: _Sort, tally: Tally) -> tuple[Ints, Ints]:
    """How long the chains are that the year would break, 0 where none is; the place of the first
    year of each."""
    if sort.level is not None:
        years = tally.rated(Floor(sort.level, sort.codes), merit=False)
        sure, goes_on = years.sure, years.maybe[-1]
    else:
        sure = tally.held(sort.codes, merit=False).sure > 0
        goes_on = tally.rated(Floor(RATINGS.index("good"), ()), merit=False).maybe[-1]
    length = np.zeros(sure.shape[1], dtype=np.int16)
    last = np.full(sure.shape[1], -1, dtype=np.int16)
    since = np.full(sure.shape[1], -1, dtype=np.int16)
    for place, year in enumerate(sure[:-1]):
        linked = year & (last >= 0) & (place - last <= sort.spacing)
        since = np.where(year & ~linked, place, since)
        length = np.where(year, np.where(linked, length + 1, 1), length)
        last = np.where(year, place, last)
    # A wider spacing leaves time: only what ran out of it depends on this year.
    ends = (last >= 0) & (len(sure) - 1 - last == sort.spacing)
    counted_from = tally.counted_from[0]
    return np.where(ends & goes_on & ~sure[-1] & (since >= counted_from), length, 0), since


def _words(sort: _Sort, law: Plan) -> tuple[str, str]:
    names = [law.book.awards[code].name for code in sort.codes]
    if sort.level is None:
        kept = " hoặc ".join(names)
        return f"lần liên tục đạt {kept}", f"Đạt {kept}"
    higher = "" if sort.level == len(RATINGS) - 1 else " trở lên"
    kept = " hoặc đạt ".join([f"{words.RATINGS[RATINGS[sort.level]]}{higher}", *names])
    return f"năm liên tục {kept}", f"Xếp loại {kept}"
