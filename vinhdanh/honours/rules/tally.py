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

_BESIDE_MERIT = np.array([code in {"ad_hoc", "theme"} for code in CLASSES])


@dataclass(frozen=True)
class Years:
    """Which years certainly and which possibly count, bool[years, count]; with the last that do
    not, by its place, -1 where all do."""

    sure: Ints
    maybe: Ints
    last_not_sure: Ints
    last_not_maybe: Ints


@dataclass(frozen=True)
class Counts:
    """How often in each year, int8[years, count], and in all years up to the year, [count]."""

    sure: Ints
    maybe: Ints
    sure_in_all: Ints
    maybe_in_all: Ints


class Starts(NamedTuple):
    """Places of years, [count]: the first that certainly, and that possibly, lies in the window.

    `whole`: the first of those that must all do, for it to be certain that the window is unbroken.
    """

    low: Ints
    high: Ints
    whole: Ints


_NONE, _FALSE = np.zeros(0, dtype=np.int32), np.zeros(0, dtype=bool)
_NOTHING = (_NONE, _FALSE, _FALSE)


class Tally:
    """The counts of one set of records by one plan."""

    def __init__(self, records: Records, plan: Plan) -> None:
        self.records = records
        self.plan = plan
        self._kept: dict[Any, Any] = {}
        self.column = np.arange(records.years, dtype=np.int16)[:, None]
        self.counted_from = self._after_discipline()
        grid = np.zeros((records.years, records.count), dtype=np.int8)
        total = np.zeros(records.count, dtype=np.int16)
        self._anywhere = Starts(*self.counted_from, total)
        self._none = Counts(grid, grid, total, total)

    def once(self, key: Any, make: Callable[[], Any]) -> Any:
        if key not in self._kept:
            self._kept[key] = make()
        return self._kept[key]

    def rated(self, floor: Floor, merit: bool) -> Years:
        """The years of a rating from the level upwards, or of an award that stands for it."""
        return self.once(("rated", floor, merit), lambda: self._rated(floor, merit))

    def _rated(self, floor: Floor, merit: bool) -> Years:
        ratings = self.records.ratings.T
        sure = ratings >= floor.level
        maybe = sure | (ratings < 0)
        if floor.or_award:
            counts = self.held(floor.or_award, merit)
            sure = sure | (counts.sure > 0)
            maybe = maybe | (counts.maybe > 0)
        return Years(sure, maybe, self._last(~sure), self._last(~maybe))

    def _last(self, mask: Ints) -> Ints:
        """The place of the last year that is marked; -1 where none is."""
        return (mask * (self.column + np.int16(1))).max(axis=0) - np.int16(1)

    def held(self, codes: tuple[str, ...], merit: bool) -> Counts:
        """How often the awards were conferred, by the year of achievement."""
        return self.once(("held", codes, merit), lambda: self._held(codes, merit))

    def _held(self, codes: tuple[str, ...], merit: bool) -> Counts:
        held = self.records.awards
        of_code = self._of_codes(codes)
        if not of_code.any():
            return self._none
        entries = np.flatnonzero(of_code[held.code] & (held.year <= self.records.year))
        sure, maybe = self._by_class(entries, merit)
        return self._counted(held.row[entries], held.year[entries], sure, maybe)

    def _of_codes(self, codes: tuple[str, ...]) -> Ints:
        return np.array([code in codes for code in self.records.awards.codes], dtype=bool)

    def _by_class(self, entries: Ints, merit: bool) -> tuple[Ints, Ints]:
        """Whether each entry certainly and possibly counts: a commendation by merit does not stand
        on those given ad hoc or for a theme (NX_03)."""
        held = self.records.awards
        other = merit & _BESIDE_MERIT[held.of_class[entries]]
        sure = held.certain[entries] & ~other
        if self.plan.classes is None:
            return sure, np.ones(len(entries), dtype=bool)
        known = self.plan.book.awards
        titles = [code in known and known[code].kind == "title" for code in held.codes]
        return sure, ~other | np.array(titles, dtype=bool)[held.code[entries]]

    def _counted(self, row: Ints, year: Ints, sure: Ints, maybe: Ints) -> Counts:
        columns = year - self.records.first_year
        certain = self._grid(row, columns, sure)
        possible = certain if np.array_equal(sure, maybe) else self._grid(row, columns, maybe)
        return Counts(certain[0], possible[0], certain[1], possible[1])

    def _grid(self, row: Ints, column: Ints, counted: Ints) -> tuple[Ints, Ints]:
        shown = counted & (column >= 0)
        years, count = self.records.years, self.records.count
        places = column[shown].astype(np.int64) * count + row[shown]
        grid = np.bincount(places, minlength=years * count).astype(np.int8).reshape(years, count)
        return grid, np.bincount(row[counted], minlength=self.records.count).astype(np.int16)

    def initiatives(self, reach: int) -> Counts:
        """Recognised initiatives of the reach or a wider one, by year."""
        return self.once(("initiatives", reach), lambda: self._initiatives(reach))

    def _initiatives(self, reach: int) -> Counts:
        known = self.records.initiatives
        if not len(known.row):
            return self._none
        entries = np.flatnonzero((known.reach >= reach) & (known.year <= self.records.year))
        every = np.ones(len(entries), dtype=bool)
        return self._counted(known.row[entries], known.year[entries], every, every)

    # From which year achievements count

    def _after_discipline(self) -> tuple[Ints, Ints]:
        """The first year that certainly, and that possibly, counts after a discipline (NX_02).

        Achievements count from the day after the measure has run out. Where no rule says so on the
        day, the years before are for a person to judge.
        """
        records = self.records
        certain = np.zeros(records.count, dtype=np.int16)
        possible = np.zeros(records.count, dtype=np.int16)
        known = records.disciplines
        if not len(known.row):
            return certain, possible
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
        return self.once(("starts", window, merit), lambda: self._starts(window, merit))

    def bases(self, window: Window, merit: bool) -> tuple[Ints, Ints, Ints]:
        """The entries among the awards that may open the window; which certainly, which possibly.

        An award stays held after a discipline; it is the years that count anew.
        """
        return self.once(("bases", window, merit), lambda: self._bases(window, merit))

    def _bases(self, window: Window, merit: bool) -> tuple[Ints, Ints, Ints]:
        held = self.records.awards
        of_code = self._of_codes(window.codes)
        if not of_code.any():
            return _NOTHING
        entries = np.flatnonzero(of_code[held.code])
        entries = entries[held.year[entries] <= self.records.year]
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
        never = np.full(records.count, -1, dtype=np.int16)
        broken = np.maximum.reduce([never, *(each.last_not_sure for each in years)])[row]
        certainly_broken = np.maximum.reduce([never, *(each.last_not_maybe for each in years)])[row]
        possible = np.maximum(possible, np.minimum(certainly_broken + np.int16(1), certain))
        unbroken, holds = broken < unclipped, certainly_broken < certain
        usable = sure | ~has_sure[row]
        last = np.zeros(records.count, dtype=np.int16)
        np.maximum.at(last, row, certain)
        low = self._earliest(row, certain, usable & unbroken)
        whole = self._or(self._earliest(row, unclipped, usable & unbroken), self._none.sure_in_all)
        low = self._or(low, self._earliest(row, certain, usable & holds))
        high = self._earliest(row, possible, holds)
        high = self._or(high, np.minimum(last, low))
        low = self._or(low, last)
        without = np.ones(records.count, dtype=bool)
        without[row] = False
        low = np.where(without, self.counted_from[0], low)
        high = np.where(without, self.counted_from[1], high)
        return Starts(low, np.minimum(low, high), whole)

    def _earliest(self, row: Ints, start: Ints, which: Ints) -> Ints:
        found = np.full(self.records.count, self.records.years + 1, dtype=np.int16)
        np.minimum.at(found, row[which], start[which])
        return found

    def _or(self, found: Ints, otherwise: Ints) -> Ints:
        return np.where(found > self.records.years, otherwise, found)
