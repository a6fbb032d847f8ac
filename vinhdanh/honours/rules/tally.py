"""Years and counts that conditions stand on, each counted once for all who ask for it.

Arrays lie the other way round than in `Records`: a row a year, a column a recipient, so that each
year is one run of memory.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import numpy as np

from vinhdanh.honours.rules.facts import CLASSES
from vinhdanh.honours.rules.plan import Floor, Plan, Window
from vinhdanh.honours.rules.records import Ints, Records

# Classes of commendation on which one by merit does not stand (NX_03), and those on which it may
# not: a movement is a yearly one or one by theme (Luật 06/2022/QH15 Điều 16), the class tells not.
_BARRED = frozenset({"ad_hoc", "theme"})
BESIDE_MERIT = _BARRED | {"movement"}
_IS_BARRED, _IS_BESIDE_MERIT = (
    np.array([code in classes for code in CLASSES]) for classes in (_BARRED, BESIDE_MERIT)
)
# As often as something counts in one year at the most: what a grid can hold.
_MOST = np.iinfo(np.int8).max


@dataclass(frozen=True)
class Years:
    """Which years certainly and which possibly count, bool[years, count]; with the place since
    which all of them do, that after the last year where it does not."""

    sure: Ints
    maybe: Ints
    all_sure_since: Ints
    all_maybe_since: Ints


@dataclass(frozen=True)
class Counts:
    """How often in each year, int8[years, count], and in all years up to the year, [count].

    Where all that is possible is certain, both are one array.
    """

    sure: Ints
    maybe: Ints
    sure_in_all: Ints
    maybe_in_all: Ints


class Starts(NamedTuple):
    """Places of years, [count]: the first that certainly, and that possibly, lies in the window.

    `whole`: the first of those that must all do, for it to be certain that the window is unbroken.
    Where the first that possibly lies in it certainly does, both are one array.
    """

    low: Ints
    high: Ints
    whole: Ints


_NONE, _FALSE = np.zeros(0, dtype=np.int32), np.zeros(0, dtype=bool)
_NOTHING = (_NONE, _FALSE, _FALSE)


class Tally:
    """The counts of one set of records by one plan.

    `nothing` and `none` are what is counted where there is nothing to count; `nothing` is also the
    place of the first year. Whoever meets these very arrays need not count on.
    """

    def __init__(self, records: Records, plan: Plan) -> None:
        self.records = records
        self.plan = plan
        self._kept: dict[Any, Any] = {}
        self.column = np.arange(records.years, dtype=np.int16)[:, None]
        self._nth = self.column + np.int16(1)
        self.nothing = np.zeros(records.count, dtype=np.int16)
        self.none = self._no_counts()
        self.counted_from = self._after_discipline()
        self._anywhere = Starts(*self.counted_from, self.nothing)
        self._codes = frozenset(records.awards.codes)
        self._any_beside_merit = bool(_IS_BESIDE_MERIT[records.awards.of_class].any())

    def _no_counts(self) -> Counts:
        grid = np.zeros((self.records.years, self.records.count), dtype=np.int8)
        return Counts(grid, grid, self.nothing, self.nothing)

    def once(self, key: Any, make: Callable[[], Any]) -> Any:
        if key not in self._kept:
            self._kept[key] = make()
        return self._kept[key]

    def rated(self, floor: Floor, merit: bool) -> Years:
        """The years of a rating from the level upwards, or of an award that stands for it."""
        merit = merit and self._any_beside_merit
        return self.once(("rated", floor, merit), lambda: self._rated(floor, merit))

    def _rated(self, floor: Floor, merit: bool) -> Years:
        ratings = self.records.ratings.T
        sure = ratings >= floor.level
        maybe = sure | (ratings < 0)
        counts = self.held(floor.or_award, merit)
        if counts is not self.none:
            sure = sure | (counts.sure > 0)
            maybe = maybe | (counts.maybe > 0)
        return Years(sure, maybe, self._since(sure), self._since(maybe))

    def _since(self, mask: Ints) -> Ints:
        """The place since which all years are marked."""
        return (~mask * self._nth).max(axis=0)

    def held(self, codes: tuple[str, ...], merit: bool) -> Counts:
        """How often the awards were conferred, by the year of achievement."""
        if self._codes.isdisjoint(codes):
            return self.none
        merit = merit and self._any_beside_merit
        return self.once(("held", codes, merit), lambda: self._held(codes, merit))

    def _held(self, codes: tuple[str, ...], merit: bool) -> Counts:
        held, entries = self.records.awards, self._entries(codes)
        sure, maybe = self._by_class(entries, merit)
        return self._counted(held.row[entries], held.year[entries], sure, maybe)

    def _entries(self, codes: tuple[str, ...]) -> Ints:
        """The awards of these codes up to the year, by their places among the awards."""
        held = self.records.awards
        of_code = np.array([code in codes for code in held.codes], dtype=bool)
        return np.flatnonzero(of_code[held.code] & (held.year <= self.records.year))

    def _by_class(self, entries: Ints, merit: bool) -> tuple[Ints, Ints]:
        """Whether each entry certainly and possibly counts: a commendation by merit does not stand
        on those given ad hoc or for a theme, and perhaps not on those of a movement (NX_03)."""
        held = self.records.awards
        sure, every = held.certain[entries], np.ones(len(entries), dtype=bool)
        if not merit:
            return sure, every
        sure = sure & ~_IS_BESIDE_MERIT[held.of_class[entries]]
        if self.plan.classes is None:
            return sure, every
        known = self.plan.book.awards
        titles = [code in known and known[code].kind == "title" for code in held.codes]
        barred = _IS_BARRED[held.of_class[entries]]
        return sure, ~barred | np.array(titles, dtype=bool)[held.code[entries]]

    def _counted(self, row: Ints, year: Ints, sure: Ints, maybe: Ints) -> Counts:
        columns = year - self.records.first_year
        certain = self._grid(row, columns, sure)
        possible = certain if np.array_equal(sure, maybe) else self._grid(row, columns, maybe)
        return Counts(certain[0], possible[0], certain[1], possible[1])

    def _grid(self, row: Ints, column: Ints, counted: Ints) -> tuple[Ints, Ints]:
        shown = counted & (column >= 0)
        years, count = self.records.years, self.records.count
        places = column[shown].astype(np.int64) * count + row[shown]
        each = np.bincount(places, minlength=years * count)
        grid = np.minimum(each, _MOST).astype(np.int8).reshape(years, count)
        return grid, np.bincount(row[counted], minlength=count).astype(np.int32)

    def initiatives(self, reach: int) -> Counts:
        """Recognised initiatives of the reach or a wider one, by year."""
        return self.once(("initiatives", reach), lambda: self._initiatives(reach))

    def _initiatives(self, reach: int) -> Counts:
        known = self.records.initiatives
        entries = np.flatnonzero((known.reach >= reach) & (known.year <= self.records.year))
        if not len(entries):
            return self.none
        every = np.ones(len(entries), dtype=bool)
        return self._counted(known.row[entries], known.year[entries], every, every)

    # From which year achievements count

    def _after_discipline(self) -> tuple[Ints, Ints]:
        """The first year that certainly, and that possibly, counts after a discipline (NX_02).

        Achievements count from the day after the measure has run out. Where no rule says so on the
        day, the years before are for a person to judge.
        """
        records, known = self.records, self.records.disciplines
        if not len(known.row):
            return self.nothing, self.nothing
        certain = np.zeros(records.count, dtype=np.int16)
        possible = np.zeros(records.count, dtype=np.int16)
        begun = known.since <= np.datetime64(max(self.plan.on, date(records.year, 12, 31)))
        row, until = known.row[begun], known.until[begun]
        years = until.astype("datetime64[Y]")
        at_start = until == years.astype("datetime64[D]")
        at_end = until == (years + 1).astype("datetime64[D]") - 1
        ended = years.astype(np.int32) + 1970 - records.first_year
        np.maximum.at(certain, row, np.clip(ended + ~at_start, 0, records.years).astype(np.int16))
        if self.plan.discipline:
            np.maximum.at(possible, row, np.clip(ended + at_end, 0, records.years).astype(np.int16))
        return certain, possible

    def starts(self, window: Window | None, merit: bool) -> Starts:
        """Where the window begins; without one, where achievements count at all."""
        if window is None:
            return self._anywhere
        merit = merit and self._any_beside_merit
        return self.once(("starts", window, merit), lambda: self._starts(window, merit))

    def bases(self, window: Window, merit: bool) -> tuple[Ints, Ints, Ints]:
        """The entries among the awards that may open the window; which certainly, which possibly.

        An award stays held after a discipline; it is the years that count anew.
        """
        if self._codes.isdisjoint(window.codes):
            return _NOTHING
        merit = merit and self._any_beside_merit
        return self.once(("bases", window, merit), lambda: self._bases(window, merit))

    def _bases(self, window: Window, merit: bool) -> tuple[Ints, Ints, Ints]:
        entries = self._entries(window.codes)
        return entries, *self._by_class(entries, merit)

    def _starts(self, window: Window, merit: bool) -> Starts:
        """Of several bases the one that serves best: the earliest that no year since has broken.

        What is certain holds whether or not a discipline made the years count anew.
        """
        records, held = self.records, self.records.awards
        entries, sure, maybe = self.bases(window, merit)
        if not len(entries):
            return self._anywhere
        # Where a base is certain, those that are not do not widen what is certain.
        has_sure = np.zeros(records.count, dtype=bool)
        has_sure[held.row[entries[sure]]] = True
        entries, sure = entries[maybe], sure[maybe]
        row = held.row[entries]
        unclipped, possible = (
            np.clip(years[entries] - records.first_year, 0, records.years).astype(np.int16)
            for years in (held.counts_from, held.may_count_from)
        )
        certain = np.maximum(unclipped, self.counted_from[0][row])
        possible = np.maximum(possible, self.counted_from[1][row])
        years = [self.rated(floor, merit) for floor in window.floors]
        sure_since = np.maximum.reduce([self.nothing, *(one.all_sure_since for one in years)])[row]
        since = np.maximum.reduce([self.nothing, *(one.all_maybe_since for one in years)])[row]
        possible = np.maximum(possible, np.minimum(since, certain))
        unbroken, holds = sure_since <= unclipped, since <= certain
        usable = sure | ~has_sure[row]
        last = np.zeros(records.count, dtype=np.int16)
        np.maximum.at(last, row, certain)
        low = self._earliest(row, certain, usable & unbroken)
        whole = self._or(self._earliest(row, unclipped, usable & unbroken), self.nothing)
        low = self._or(low, self._earliest(row, certain, usable & holds))
        high = self._earliest(row, possible, holds)
        high = self._or(high, np.minimum(last, low))
        low = self._or(low, last)
        without = np.ones(records.count, dtype=bool)
        without[row] = False
        low = np.where(without, self.counted_from[0], low)
        high = np.where(without, self.counted_from[1], high)
        high = np.minimum(low, high)
        return Starts(low, low if np.array_equal(low, high) else high, whole)

    def _earliest(self, row: Ints, start: Ints, which: Ints) -> Ints:
        found = np.full(self.records.count, self.records.years + 1, dtype=np.int16)
        np.minimum.at(found, row[which], start[which])
        return found

    def _or(self, found: Ints, otherwise: Ints) -> Ints:
        return np.where(found > self.records.years, otherwise, found)
