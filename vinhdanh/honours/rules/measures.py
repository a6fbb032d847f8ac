"""Measuring records against the conditions of a day: a number a recipient, or rather two.

The low number counts only what is certain, the high one also what is possible: a missing rating
may have been the best, an award of another class may count. Whether a measure suffices is decided
in one place, `Reckoning.verdict`. Inside, arrays lie the other way round than in `Records`: a row
a year, a column a recipient, so that each year is one run of memory.
"""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

import numpy as np

from vinhdanh.honours.rules.facts import CLASSES
from vinhdanh.honours.rules.plan import Floor, Leaf, Node, Plan, Planned, Window
from vinhdanh.honours.rules.records import OCCUPATIONS, RATINGS, REACHES, Ints, Records
from vinhdanh.honours.rules.tenure import Served
from vinhdanh.law import criteria

UNMET, JUDGE, MET, SUSPENDED = np.int8(0), np.int8(1), np.int8(2), np.int8(3)
ENOUGH = 10**9


@dataclass(frozen=True)
class Measure:
    """low ≤ high, one each a recipient; `needed` a number, or one a recipient."""

    low: Ints
    high: Ints
    needed: Any = 1


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


class Reckoning:
    """The measures of one set of records by one plan; each is made once, when it is asked for."""

    def __init__(self, records: Records, plan: Plan) -> None:
        self.records = records
        self.plan = plan
        self._kept: dict[Any, Any] = {}
        self._column = np.arange(records.years, dtype=np.int16)[:, None]
        self.counted_from = self._after_discipline()

    def verdict(self, leaf: Leaf) -> Ints:
        """int8[count]: met, unmet or for a person to judge; the one place where it is decided."""
        return self._once(("verdict", leaf.number, leaf.decides), lambda: self._decided(leaf))

    def _decided(self, leaf: Leaf) -> Ints:
        if not leaf.decides:
            return np.full(self.records.count, JUDGE)
        measure = self.measure(leaf)
        enough = (measure.low >= measure.needed).astype(np.int8)
        return enough + (measure.high >= measure.needed)

    def verdict_of(self, node: Node, own: str = "") -> Ints:
        """int8[count]: of a group and all in it.

        With `own`, the code of its award: held already for the same years, it is for a person.
        """
        return self._once(("group", node, own), lambda: self._of_group(node, own))

    def _of_group(self, node: Node, own: str) -> Ints:
        least_or_most = np.maximum if node.any else np.minimum
        parts = [
            self.verdict(part) if isinstance(part, Leaf) else self.verdict_of(part, own)
            for part in node.parts
        ]
        found = functools.reduce(least_or_most, parts)
        if node.base:
            found = np.minimum(found, self.verdict(node.base))
        twice = self.doubled(node, own) if node.doubles else None
        return found if twice is None else np.where(twice, np.minimum(found, JUDGE), found)

    def doubled(self, node: Node, award: str) -> Ints | None:
        """bool[count]: who holds the award for years of the node's window; None: nobody."""
        held = self.records.awards
        if self.plan.doubles is None or award not in held.codes:
            return None
        first, year = self.records.first_year, self.records.year
        if node.window:
            since = first + self.starts(node.window, node.of_class == "merit")[0][held.row]
        else:
            since = year - node.span + 1
        hit = (held.code == held.codes.index(award)) & (held.year <= year)
        hit &= (held.period_to >= since) & (held.period_from <= year)
        found = np.zeros(self.records.count, dtype=bool)
        found[held.row[hit]] = True
        return found

    def measure(self, leaf: Leaf) -> Measure:
        """The measure of a leaf, whatever its grade."""
        return self._once(leaf.number, lambda: _MEASURES[leaf.kind](self, leaf))

    def _once(self, key: Any, make: Callable[[], Any]) -> Any:
        if key not in self._kept:
            self._kept[key] = make()
        return self._kept[key]

    # Years and counts

    def rated(self, floor: Floor, merit: bool) -> Years:
        """The years of a rating from the level upwards, or of an award that stands for it."""
        return self._once(("rated", floor, merit), lambda: self._rated(floor, merit))

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
        return (mask * (self._column + np.int16(1))).max(axis=0) - np.int16(1)

    def held(self, codes: tuple[str, ...], merit: bool) -> Counts:
        """How often the awards were conferred, by the year of achievement."""
        return self._once(("held", codes, merit), lambda: self._held(codes, merit))

    def _held(self, codes: tuple[str, ...], merit: bool) -> Counts:
        held = self.records.awards
        of_code = self._of_codes(codes)
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
        if self.plan.classes is None:
            return ~other, np.ones(len(entries), dtype=bool)
        known = self.plan.book.awards
        titles = [code in known and known[code].kind == "title" for code in held.codes]
        return ~other, ~other | np.array(titles, dtype=bool)[held.code[entries]]

    def _counted(self, row: Ints, year: Ints, sure: Ints, maybe: Ints) -> Counts:
        columns = year - self.records.first_year
        grids = []
        for counted in (sure, maybe):
            grid = np.zeros((self.records.years, self.records.count), dtype=np.int8)
            shown = counted & (columns >= 0)
            np.add.at(grid, (columns[shown], row[shown]), 1)
            grids.append(grid)
        totals = [
            np.bincount(row[counted], minlength=self.records.count).astype(np.int16)
            for counted in (sure, maybe)
        ]
        return Counts(*grids, *totals)

    def initiatives(self, reach: int) -> Counts:
        """Recognised initiatives of the reach or a wider one, by year."""
        return self._once(("initiatives", reach), lambda: self._initiatives(reach))

    def _initiatives(self, reach: int) -> Counts:
        known = self.records.initiatives
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

    def starts(self, window: Window | None, merit: bool) -> tuple[Ints, Ints]:
        """The places of the first year that certainly, and that possibly, lies in the window."""
        if window is None:
            return self.counted_from
        return self._once(("starts", window, merit), lambda: self._starts(window, merit))

    def bases(self, window: Window, merit: bool) -> tuple[Ints, Ints, Ints]:
        """The entries among the awards that may open the window; which certainly, which possibly.

        An award stays held after a discipline; it is the years that count anew.
        """
        held = self.records.awards
        entries = np.flatnonzero(self._of_codes(window.codes)[held.code])
        entries = entries[held.year[entries] <= self.records.year]
        return entries, *self._by_class(entries, merit)

    def _starts(self, window: Window, merit: bool) -> tuple[Ints, Ints]:
        records, held = self.records, self.records.awards
        entries, sure, maybe = self.bases(window, merit)
        # Where a base is certain, those that are not do not widen what is certain.
        has_sure = np.zeros(records.count, dtype=bool)
        has_sure[held.row[entries[sure]]] = True
        entries, sure = entries[maybe], sure[maybe]
        row = held.row[entries]
        certain, possible = (
            np.clip(years[entries] - records.first_year, 0, records.years).astype(np.int16)
            for years in (held.counts_from, held.may_count_from)
        )
        certain = np.maximum(certain, self.counted_from[0][row])
        possible = np.maximum(possible, self.counted_from[1][row])
        years = [self.rated(floor, merit) for floor in window.floors]
        never = np.full(records.count, -1, dtype=np.int16)
        broken = np.maximum.reduce([never, *(each.last_not_sure for each in years)])[row]
        certainly_broken = np.maximum.reduce([never, *(each.last_not_maybe for each in years)])[row]
        possible = np.maximum(possible, np.minimum(certainly_broken + np.int16(1), certain))
        unbroken, holds = broken < certain, certainly_broken < certain
        usable = sure | ~has_sure[row]
        last = np.zeros(records.count, dtype=np.int16)
        np.maximum.at(last, row, certain)
        low = self._earliest(row, certain, usable & unbroken)
        low = self._or(low, self._earliest(row, certain, usable & holds))
        high = self._earliest(row, possible, holds)
        high = self._or(high, np.minimum(last, low))
        low = self._or(low, last)
        without = np.ones(records.count, dtype=bool)
        without[row] = False
        low = np.where(without, self.counted_from[0], low)
        high = np.where(without, self.counted_from[1], high)
        return low, np.minimum(low, high)

    def _earliest(self, row: Ints, start: Ints, which: Ints) -> Ints:
        found = np.full(self.records.count, self.records.years + 1, dtype=np.int16)
        np.minimum.at(found, row[which], start[which])
        return found

    def _or(self, found: Ints, otherwise: Ints) -> Ints:
        return np.where(found > self.records.years, otherwise, found)

    # One measure for each criterion

    def _rating(self, leaf: Leaf) -> Measure:
        asked = _of(leaf, criteria.Rated)
        years = self.rated(Floor(RATINGS.index(asked.at_least), asked.or_award), leaf.merit)
        low, high = self.starts(leaf.window, leaf.merit)
        whole = self.records.years
        if asked.span == "ending":
            return Measure(
                whole - np.maximum(low, years.last_not_sure + 1),
                whole - np.maximum(high, years.last_not_maybe + 1),
                asked.years,
            )
        if asked.span == "whole":
            certain = np.where(years.last_not_sure < low, whole - low, 0)
            begin = np.where(
                years.last_not_maybe < low, np.maximum(high, years.last_not_maybe + 1), whole
            )
            return Measure(certain, np.maximum(certain, whole - begin), asked.years)
        sure = years.sure & (self._column >= low)
        maybe = years.maybe & (self._column >= high)
        if asked.span == "count":
            return Measure(_sum(sure), _sum(maybe), asked.years)
        others = self.rated(
            Floor(RATINGS.index(asked.others or "good"), asked.or_award), leaf.merit
        )
        certain = np.where(others.last_not_sure < low, _longest(sure), 0)
        possible = np.where(others.last_not_maybe < low, _longest(maybe), 0)
        return Measure(certain, np.maximum(certain, possible), asked.years)

    def _award(self, leaf: Leaf) -> Measure:
        asked = _of(leaf, criteria.Held)
        counts = self.held(asked.codes, leaf.merit)
        if asked.span == "ever":
            return Measure(counts.sure_in_all, counts.maybe_in_all, asked.at_least)
        low, high = self.starts(leaf.window, leaf.merit)
        if asked.span == "count":
            return Measure(
                self._in_window(counts.sure, counts.sure_in_all, low, leaf.window),
                self._in_window(counts.maybe, counts.maybe_in_all, high, leaf.window),
                asked.at_least,
            )
        sure = (counts.sure > 0) & (self._column >= low)
        maybe = (counts.maybe > 0) & (self._column >= high)
        certain = _chains(sure, asked.spacing)[-1]
        if asked.spacing > 1:
            certain = np.where(sure[-2:].any(axis=0), certain, 0)
        possible = _chains(maybe, asked.spacing).max(axis=0)
        if not asked.certain_spacing:
            possible = _sum(maybe)
        return Measure(certain, possible, asked.at_least)

    def _in_window(self, counts: Ints, in_all: Ints, start: Ints, window: Window | None) -> Ints:
        inside = _sum(np.where(self._column >= start, counts, np.int8(0)))
        if window is not None:
            return inside
        # Without a window, what was conferred before the years known at all counts, too.
        return np.where(start == 0, in_all, inside)

    def _initiative(self, leaf: Leaf) -> Measure:
        asked = _of(leaf, criteria.Initiative)
        counts = self.initiatives(REACHES.index(asked.reach))
        window = None if asked.within else leaf.window
        low, high = self.starts(window, leaf.merit)
        if asked.within:
            low = np.maximum(low, self.records.years - asked.within)
        return Measure(
            self._in_window(counts.sure, counts.sure_in_all, low, window),
            self._in_window(counts.maybe, counts.maybe_in_all, high, window),
            asked.at_least,
        )

    def _after(self, leaf: Leaf) -> Measure:
        assert leaf.window
        entries, sure, maybe = self.bases(leaf.window, leaf.merit)
        row, count = self.records.awards.row[entries], self.records.count
        return Measure(
            np.bincount(row[sure], minlength=count), np.bincount(row[maybe], minlength=count)
        )

    def _share(self, leaf: Leaf) -> Measure:
        asked = _of(leaf, criteria.Share)
        share = Fraction(asked.at_least)
        total = self.records.members[:, 0].astype(np.int64)
        part = self.records.members[:, 1 if asked.of == "completed" else 2].astype(np.int64)
        known = (total > 0) & (part >= 0)
        scaled = part * share.denominator
        needed = np.where(known, total * share.numerator, 1)
        return Measure(np.where(known, scaled, 0), np.where(known, scaled, ENOUGH), needed)

    def _members(self, leaf: Leaf) -> Measure:
        asked = _of(leaf, criteria.Members)
        count = self.records.members[:, 3 if asked.who == "grassroots_fighters" else 4]
        known = count >= 0
        low, high = np.where(known, count, 0), np.where(known, count, ENOUGH)
        if asked.at_most is None:
            return Measure(low, high, asked.at_least)
        within = Measure(-high, -low, -asked.at_most)
        if asked.at_least is None:
            return within
        return Measure(
            ((within.low >= within.needed) & (low >= asked.at_least)).astype(np.int8),
            ((within.high >= within.needed) & (high >= asked.at_least)).astype(np.int8),
        )

    def served(self) -> Served:
        """Time in positions, up to the day the law is read on."""
        return self._once("served", lambda: Served(self.records, self.plan.book, self.plan.on))

    def _tenure(self, leaf: Leaf) -> Measure:
        low, high = self.served().suffices(_of(leaf, criteria.Tenure))
        return Measure(low, high)

    def _undisciplined(self, leaf: Leaf) -> Measure:
        if _of(leaf, criteria.Undisciplined).when == "in_position":
            return _none_of(self.served().disciplined())
        row = self.records.disciplines.row
        return _none_of(np.bincount(row, minlength=self.records.count))

    def _retiring(self, leaf: Leaf) -> Measure:
        given = ~np.isnat(self.records.retires_on)
        return Measure(given, given)

    def _meets(self, leaf: Leaf) -> Measure:
        asked = _of(leaf, criteria.Meets)
        verdict = self.meets(asked)
        return Measure(verdict == MET, verdict >= JUDGE)

    def meets(self, asked: criteria.Meets) -> Ints:
        """int8[count]: whether the other award's conditions, or one of its branches, are met."""
        other = self.plan.awards[asked.award]
        if other.root is None:
            return np.full(self.records.count, JUDGE)
        if not asked.branches:
            return self.verdict_of(other.root)
        found = [
            self.verdict_of(other.branches[branch])
            for branch in asked.branches
            if branch in other.branches
        ]
        return np.maximum.reduce(found) if found else np.full(self.records.count, JUDGE)

    def _first(self, leaf: Leaf) -> Measure:
        return _none_of(self.held((leaf.award,), merit=False).sure_in_all)

    def _occupation(self, leaf: Leaf) -> Measure:
        asked = _of(leaf, criteria.Occupied)
        known = self.records.occupation
        fits = np.isin(known, [OCCUPATIONS.index(one) for one in asked.one_of])
        return Measure(fits, fits | (known < 0))

    def _recipient(self, leaf: Leaf) -> Measure:
        fits = self.records.recipient in _of(leaf, criteria.OfKind).one_of
        return _of_all(self.records.count, fits)

    def _sort(self, leaf: Leaf) -> Measure:
        asked = _of(leaf, criteria.OfSort)
        fits = np.zeros(self.records.count, dtype=bool)
        for word in asked.one_of:
            fits = fits | self.records.sorts.get(word, False)
        return Measure(fits, fits | ~self.records.declared)

    def _age(self, leaf: Leaf) -> Measure:
        asked, founded = _of(leaf, criteria.Aged), self.records.founded_on
        known = ~np.isnat(founded)
        day = self.plan.on
        # A day that the year does not have (29 February) is reached on the day after.
        least = _years_before(day, asked.at_least)
        old = known & (founded <= np.datetime64(least))
        return Measure(old, old | ~known)

    def _judgement(self, leaf: Leaf) -> Measure:
        count = self.records.count
        return Measure(np.zeros(count, np.int8), np.ones(count, np.int8))


def settled(reckoning: Reckoning, planned: Planned) -> tuple[Ints, Ints]:
    """int8[count], twice: the verdict on an award, and the same by the law that was read.

    An open matter suspends what is not unmet; where no rule says so on the day, a person judges.
    Law that is known but not read makes everything a matter to judge.
    """
    records = reckoning.records
    if planned.root is None:
        verdict = np.full(records.count, JUDGE)
    else:
        verdict = reckoning.verdict_of(planned.root, planned.award.code)
    stopped = SUSPENDED if reckoning.plan.open_matters else JUDGE
    is_open = records.open_matters > 0
    as_read = np.where(is_open & (verdict > UNMET), stopped, verdict)
    if planned.review is None:
        return as_read, as_read
    return np.where(is_open, stopped, JUDGE), as_read


def _years_before(day: date, years: int) -> date:
    year = day.year - years
    leap = day.month == 2 and day.day == 29
    return date(year, 2, 28) if leap else date(year, day.month, day.day)


def _of(leaf: Leaf, kind: type[Any]) -> Any:
    assert isinstance(leaf.criterion, kind)
    return leaf.criterion


def _of_all(count: int, fits: bool) -> Measure:
    each = np.full(count, fits)
    return Measure(each, each)


def _none_of(counts: Ints) -> Measure:
    """At most none: counted downwards, so that more is again better."""
    downwards = -counts.astype(np.int32)
    return Measure(downwards, downwards, 0)


def _sum(grid: Ints) -> Ints:
    return grid.sum(axis=0, dtype=np.int16)


def _longest(mask: Ints) -> Ints:
    """The most years in a row, anywhere."""
    return _chains(mask, 1).max(axis=0)


def _chains(mask: Ints, spacing: int) -> Ints:
    """For each year, how many are in the chain that reaches it, none more than `spacing` apart."""
    reached = mask.copy()
    for gap in range(1, min(spacing, len(mask))):
        reached[gap:] |= mask[:-gap]
    so_far = np.add.accumulate(mask, axis=0, dtype=np.int16)
    before = np.maximum.accumulate(np.where(reached, np.int16(0), so_far), axis=0)
    return so_far - before


_BESIDE_MERIT = np.array([code in {"ad_hoc", "theme"} for code in CLASSES])

_MEASURES: dict[str, Callable[[Reckoning, Leaf], Measure]] = {
    "rating": Reckoning._rating,
    "award": Reckoning._award,
    "initiative": Reckoning._initiative,
    "after": Reckoning._after,
    "share": Reckoning._share,
    "members": Reckoning._members,
    "tenure": Reckoning._tenure,
    "undisciplined": Reckoning._undisciplined,
    "retiring": Reckoning._retiring,
    "meets": Reckoning._meets,
    "once": Reckoning._first,
    "occupation": Reckoning._occupation,
    "recipient": Reckoning._recipient,
    "sort": Reckoning._sort,
    "age": Reckoning._age,
    "judgement": Reckoning._judgement,
}
