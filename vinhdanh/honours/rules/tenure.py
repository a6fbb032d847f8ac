"""Time in leading positions (quá trình cống hiến), counted by anniversaries.

Time is an int: `MONTH` a full month, and the days left of the last one, so that two thirds of a
year are eight months. Posts held at once count once, as the highest; time in a higher position is
added to the next lower one. Source: NĐ 152/2025/NĐ-CP Điều 9 khoản 2 (rule CH_01), Điều 4 khoản 7
(rule NX_08).
"""

from datetime import date
from fractions import Fraction

import numpy as np

from vinhdanh.honours.rules.records import FOREVER, Days, Ints, Records
from vinhdanh.law.book import Book
from vinhdanh.law.criteria import Tenure

MONTH = 31
YEAR = 12 * MONTH
_NO_BOUND = 1000
_APART = np.int64(10**7)


class Served:
    """The positions that the law knows, held by each recipient."""

    def __init__(self, records: Records, book: Book, on: date) -> None:
        self._records = records
        self._book = book
        self._reduces_for_women = book.rule("NX_08", on) is not None
        held = records.positions
        known = np.array([title in book.positions for title in held.titles], dtype=bool)
        ranks = [
            book.positions[title].rank if title in book.positions else 0 for title in held.titles
        ]
        # The first day that no longer counts: that of retirement, or tomorrow.
        tomorrow = np.datetime64(on) + 1
        end = np.where(np.isnat(records.retires_on), tomorrow, records.retires_on)
        end = np.minimum(end, tomorrow)[held.row]
        until = np.where(held.until == FOREVER, end, held.until + 1)
        kept = known[held.title] & (until > held.since)
        undated = known[held.title] & np.isnat(held.since)
        self._undated = held.row[undated], np.array(ranks, dtype=np.int16)[held.title[undated]]
        self._row, self._since, self._until = held.row[kept], held.since[kept], until[kept]
        self._rank = np.array(ranks, dtype=np.int16)[held.title[kept]]
        self._times: dict[int, Ints] = {}

    def time(self, title: str) -> Ints:
        """int64[count]: time in the position or a higher one, each day once."""
        rank = self._book.positions[title].rank
        if rank not in self._times:
            row, since, until = self._joined(self._rank <= rank)
            self._times[rank] = np.bincount(
                row, weights=_length(since, until), minlength=self._records.count
            ).astype(np.int64)
        return self._times[rank]

    def suffices(self, asked: Tenure) -> tuple[Ints, Ints]:
        """Whether the time certainly and possibly suffices.

        Possibly: more than what is asked (then a higher class is to be considered), a post whose
        first day is not known, a woman's reduction when her sex or the rule is not known.
        """
        if not len(self._row) and not len(self._undated[0]):
            nothing = np.zeros(self._records.count, dtype=bool)
            return nothing, nothing
        plain = self._in_one(asked, Fraction(1))
        if asked.women is None:
            return plain
        reduced = self._in_one(asked, asked.women)
        women = self._records.women
        less = (women > 0) & ~self._records.later_retirement & self._reduces_for_women
        more = (women == 0) | self._records.later_retirement
        low, high = (
            np.where(less, lesser, np.where(more, full, both(lesser, full)))
            for lesser, full, both in zip(
                reduced, plain, (np.logical_and, np.logical_or), strict=True
            )
        )
        return low, high

    def _in_one(self, asked: Tenure, factor: Fraction) -> tuple[Ints, Ints]:
        ranks = {each.title: self._book.positions[each.title].rank for each in asked.positions}
        fits, above = np.zeros((2, self._records.count), dtype=bool)
        lacking = np.ones(self._records.count, dtype=bool)
        for each in sorted(asked.positions, key=lambda each: ranks[each.title]):
            time, year = self.time(each.title) * factor.denominator, YEAR * factor.numerator
            enough = time >= each.at_least * year
            more = time >= (each.below or _NO_BOUND) * year
            fits |= lacking & enough & ~more
            above |= lacking & more
            # Only who lacks time in the higher position is considered for the lower one.
            lacking &= ~enough
        row, rank = self._undated
        above[row[rank <= max(ranks.values())]] = True
        return fits, fits | above

    def disciplined(self) -> Ints:
        """int[count]: how many measures ran while in a position."""
        found = self._records.disciplines
        row, since, until = self._joined(np.ones(len(self._row), dtype=bool))
        nothing = np.zeros(self._records.count, dtype=np.int64)
        if not len(row) or not len(found.row):
            return nothing
        begun = row * _APART + since.astype(np.int64)
        last = (
            np.searchsorted(begun, found.row * _APART + found.until.astype(np.int64), "right") - 1
        )
        hit = (last >= 0) & (row[last] == found.row) & (until[last] > found.since)
        return np.bincount(found.row[hit], minlength=self._records.count)

    def _joined(self, which: Ints) -> tuple[Ints, Days, Days]:
        """The spans joined where they meet or overlap, in the order of recipient and day."""
        row, since, until = self._row[which], self._since[which], self._until[which]
        if not len(row):
            return row, since, until
        order = np.lexsort((since, row))
        row, since, until = row[order].astype(np.int64), since[order], until[order]
        reached = np.maximum.accumulate(row * _APART + until.astype(np.int64))
        begins = np.ones(len(row), dtype=bool)
        begins[1:] = row[1:] * _APART + since[1:].astype(np.int64) > reached[:-1]
        first = np.flatnonzero(begins)
        return row[first], since[first], np.maximum.reduceat(until, first)


def _length(since: Days, until: Days) -> Ints:
    """The time from a day up to the day before another."""
    begun, ended = since.astype("datetime64[M]"), until.astype("datetime64[M]")
    day_begun = since - begun.astype("datetime64[D]")
    day_ended = until - ended.astype("datetime64[D]")
    months = (ended - begun).astype(np.int64) - (day_ended < day_begun)
    reached = (begun + months).astype("datetime64[D]") + day_begun
    left = (until - reached).astype(np.int64)
    return months * MONTH + np.clip(left, 0, MONTH - 1)
