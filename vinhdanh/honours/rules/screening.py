"""Everybody against every award in one go: verdicts as arrays, without a word of text.

Words for the rows on a page are made by `eligibility.answers` of those rows alone.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from vinhdanh.honours.rules.measures import Reckoning, settled
from vinhdanh.honours.rules.offices import Offices
from vinhdanh.honours.rules.plan import plan
from vinhdanh.honours.rules.records import Ints, Records
from vinhdanh.law.book import Book

NO_BRANCH = np.int8(-1)


@dataclass(frozen=True)
class Screened:
    """For each award, by code: int8 arrays of one verdict a row of the records.

    A verdict is the place in `eligibility.VERDICTS`. `merit` is that of the best branch by merit
    (công trạng), NO_BRANCH where the award has none.
    """

    verdicts: Mapping[str, Ints]
    as_read: Mapping[str, Ints]
    merit: Mapping[str, Ints]


def screen(
    records: Records,
    *,
    book: Book,
    on: date,
    codes: Collection[str] | None = None,
    offices: Offices | None = None,
) -> Screened:
    """The verdicts of all recipients on all awards open to them, by the law of the day.

    The same as `eligibility.answers` gives for each one; `offices`: what the offices of the rows
    set, None: the law alone.
    """
    reckoning = Reckoning(records, plan(book, on, records.recipient), offices)
    verdicts, as_read, merit = {}, {}, {}
    for code, planned in reckoning.plan.awards.items():
        if records.recipient not in planned.award.recipients:
            continue
        if codes is not None and code not in codes:
            continue
        verdicts[code], as_read[code] = settled(reckoning, planned)
        found = [
            reckoning.verdict_of(node, code)
            for node in planned.branches.values()
            if node.of_class == "merit"
        ]
        merit[code] = (
            np.maximum.reduce(found) if found else np.full(records.count, NO_BRANCH, np.int8)
        )
    return Screened(verdicts, as_read, merit)
