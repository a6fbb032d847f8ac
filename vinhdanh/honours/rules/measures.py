"""Measuring records against the conditions of a day: a number a recipient, or rather two.

The low number counts only what is certain, the high one also what is possible: a missing rating
may have been the best, an award of another class may count. Whether a measure suffices is decided
in one place, `Reckoning.verdict`. Grids of years lie as in `tally`.
"""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

import numpy as np

from vinhdanh.honours.rules.facts import BESIDE
from vinhdanh.honours.rules.offices import Offices
from vinhdanh.honours.rules.plan import Floor, Leaf, Node, Plan, Planned, Window
from vinhdanh.honours.rules.readings import Readings
from vinhdanh.honours.rules.records import OCCUPATIONS, REACHES, Ints, Records
from vinhdanh.honours.rules.tally import Counts
from vinhdanh.honours.rules.tenure import Served
from vinhdanh.law import criteria

UNMET, JUDGE, MET, SUSPENDED = np.int8(0), np.int8(1), np.int8(2), np.int8(3)
ENOUGH = 10**9
# The sort of those who get no yearly rating; a rating known shows the contrary.
UNRATED = "unrated"


@dataclass(frozen=True)
class Measure:
    """low ≤ high, one each a recipient; `needed` a number, or one a recipient."""

    low: Ints
    high: Ints
    needed: Any = 1


class Reckoning(Readings):
    """The measures of one set of records by one plan; each is made once, when it is asked for.

    `offices`: what the offices of the recipients set; None: the law alone is asked.
    """

    def __init__(self, records: Records, plan: Plan, offices: Offices | None = None) -> None:
        super().__init__(records, plan, offices)
        self.judged = np.full(records.count, JUDGE)
        self.is_open = records.open_matters > 0
        self.any_open = bool(self.is_open.any())
        self._verdicts: dict[int, Ints] = {}
        # By number; with an award that is held by the group itself, which is of that award alone.
        self._groups: dict[Node | int, Ints] = {}

    def verdict(self, leaf: Leaf) -> Ints:
        """int8[count]: met, unmet or for a person to judge; the one place where it is decided."""
        if not leaf.decides:
            return self.judged
        if leaf.number not in self._verdicts:
            measure = self.measure(leaf)
            low = np.asarray(measure.low >= measure.needed).view(np.int8)
            high = low if measure.high is measure.low else measure.high >= measure.needed
            self._verdicts[leaf.number] = low + high
        return self._verdicts[leaf.number]

    def verdict_of(self, node: Node, own: str = "") -> Ints:
        """int8[count]: of a group and all in it.

        With `own`, the code of its award: held already for the same years, it is for a person.
        """
        if not self.may_double(own):
            own = ""
        key = node if own else node.number
        if key not in self._groups:
            self._groups[key] = self._of_group(node, own)
        return self._groups[key]

    def may_double(self, award: str) -> bool:
        """Whether anybody holds the award, and holding it matters."""
        return award in self._codes and self.plan.doubles is not None

    def _of_group(self, node: Node, own: str) -> Ints:
        least_or_most = np.maximum if node.any else np.minimum
        parts = [
            self.verdict(part) if isinstance(part, Leaf) else self.verdict_of(part, own)
            for part in node.measured
        ]
        if node.is_judged:
            parts.append(self.judged)
        found = functools.reduce(least_or_most, parts)
        if node.base:
            found = np.minimum(found, self.verdict(node.base))
        twice = self.doubled(node, own) if node.doubles else None
        return found if twice is None else np.where(twice, np.minimum(found, JUDGE), found)

    def doubled(self, node: Node, award: str) -> Ints | None:
        """bool[count]: who holds the award for years of the node's window; None: nobody."""
        if not self.may_double(award):
            return None
        held = self.records.awards
        year = self.records.year
        hit = (held.code == held.codes.index(award)) & (held.year <= year)
        since = self.first_years(node, award)
        hit &= (held.period_to >= since[held.row]) & (held.period_from <= year)
        found = np.zeros(self.records.count, dtype=bool)
        found[held.row[hit]] = True
        return found

    def first_years(self, node: Node, award: str) -> Ints:
        """int[count]: the first year that must not have been honoured by the award of the group."""
        if node.window:
            begins: Ints = self.starts(node.window, node.of_class == "merit")[0]
            return self.records.first_year + begins
        year = self.records.year
        years = np.full(self.records.count, year - node.span + 1)
        shared = self.shares_years(award)
        return years if shared is None else np.where(shared, year, years)

    def measure(self, leaf: Leaf) -> Measure:
        """The measure of a leaf, whatever its grade."""
        return self.once(leaf.number, lambda: _MEASURES[leaf.kind](self, leaf))

    # One measure for each criterion

    def _rating(self, leaf: Leaf) -> Measure:
        asked = _of(leaf, criteria.Rated)
        years = self.rated(leaf.floors[0], leaf.merit)
        low, high, unclipped = self.starts(leaf.window, leaf.merit)
        whole = self.records.years
        if asked.span == "ending":
            return Measure(
                whole - np.maximum(low, years.all_sure_since),
                whole - np.maximum(high, years.all_maybe_since),
                asked.years,
            )
        if asked.span == "whole":
            certain = np.where(years.all_sure_since <= unclipped, whole - low, 0)
            unbroken = years.all_maybe_since <= low
            begin = np.maximum(high, years.all_maybe_since)
            possible = np.where(unbroken, whole - begin, 0)
            return self._with_unknown_past(leaf, certain, possible, unbroken)
        sure = years.sure & (self.column >= low)
        maybe = years.maybe & (self.column >= high)
        if asked.span == "count":
            every = np.ones(self.records.count, dtype=bool)
            return self._with_unknown_past(leaf, _sum(sure), _sum(maybe), every)
        others = self.rated(leaf.floors[1], leaf.merit)
        certain = np.where(others.all_sure_since <= unclipped, _longest(sure), 0)
        unbroken = others.all_maybe_since <= low
        possible = np.where(unbroken, _longest(maybe), 0)
        return self._with_unknown_past(leaf, certain, possible, unbroken)

    def _with_unknown_past(self, leaf: Leaf, low: Ints, high: Ints, unbroken: Ints) -> Measure:
        """Without a window, the years before the first one known may have been good ones."""
        high = np.maximum(low, high)
        if leaf.window is None:
            is_open = unbroken & (self.counted_from[1] == 0)
            high = np.where(is_open, np.int64(ENOUGH), high)
        return Measure(low, high, _of(leaf, criteria.Rated).years)

    def _award(self, leaf: Leaf) -> Measure:
        asked = _of(leaf, criteria.Held)
        counts = self.held(asked.codes, leaf.merit)
        if asked.span == "ever" or counts is self.none:
            return Measure(counts.sure_in_all, counts.maybe_in_all, asked.at_least)
        low, high, _ = self.starts(leaf.window, leaf.merit)
        if asked.span == "count":
            sure, maybe = self._within(counts, low, high, leaf.window)
            if leaf.run:
                sure = self._in_run(counts.sure, low, *leaf.run, merit=leaf.merit)
            return Measure(sure, maybe, asked.at_least)
        low, high = self.chain_starts(leaf, low, high)
        sure = (counts.sure > 0) & (self.column >= low)
        maybe = (counts.maybe > 0) & (self.column >= high)
        certain = _chains(sure, asked.spacing)[-1]
        if asked.spacing > 1:
            certain = np.where(sure[-2:].any(axis=0), certain, 0)
        possible = _chains(maybe, asked.spacing).max(axis=0)
        if not asked.certain_spacing:
            possible = _sum(maybe)
        return Measure(certain, possible, asked.at_least)

    def _in_run(self, counts: Ints, low: Ints, floor: Floor, years: int, *, merit: bool) -> Ints:
        """How many are certainly in one run of so many years of the rating."""
        reached = self.rated(floor, merit).sure & (self.column >= low)
        inside = np.where(reached, counts, np.int8(0))
        long_enough = _chains(reached, 1) >= years
        return np.where(long_enough, _added(inside, reached), np.int16(0)).max(axis=0)

    def _within(
        self, counts: Counts, low: Ints, high: Ints, window: Window | None
    ) -> tuple[Ints, Ints]:
        """How many are certainly, and how many possibly, in the window."""
        sure = self._in_window(counts.sure, counts.sure_in_all, low, window)
        if low is high and counts.sure is counts.maybe:
            return sure, sure
        return sure, self._in_window(counts.maybe, counts.maybe_in_all, high, window)

    def _in_window(self, counts: Ints, in_all: Ints, start: Ints, window: Window | None) -> Ints:
        if start is self.nothing and window is None:
            return in_all
        inside = _sum(np.where(self.column >= start, counts, np.int8(0)))
        if window is not None:
            return inside
        # Without a window, what was conferred before the years known at all counts, too.
        return np.where(start == 0, in_all, inside)

    def _initiative(self, leaf: Leaf) -> Measure:
        asked = _of(leaf, criteria.Initiative)
        counts = self.initiatives_for(leaf, REACHES.index(asked.reach))
        if counts is self.none:
            return Measure(self.nothing, self.nothing, asked.at_least)
        window = None if asked.within else leaf.window
        low, high, _ = self.starts(window, leaf.merit)
        if asked.within:
            low = np.maximum(low, self.records.years - asked.within)
        return Measure(*self._within(counts, low, high, window), asked.at_least)

    def _after(self, leaf: Leaf) -> Measure:
        assert leaf.window
        entries, sure, maybe = self.bases(leaf.window, leaf.merit)
        if not len(entries):
            return Measure(self.nothing, self.nothing)
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
        return self.once("served", lambda: Served(self.records, self.plan.book, self.plan.on))

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
            return self.judged
        if not asked.branches:
            return self.verdict_of(other.root)
        found = [
            self.verdict_of(other.branches[branch])
            for branch in asked.branches
            if branch in other.branches
        ]
        return np.maximum.reduce(found) if found else self.judged

    def _first(self, leaf: Leaf) -> Measure:
        return _none_of(self.held((leaf.award,), merit=False).sure_in_all)

    def _occupation(self, leaf: Leaf) -> Measure:
        asked = _of(leaf, criteria.Occupied)
        known = self.records.occupation
        # The last place answers for -1: not known.
        table = np.array([one in asked.one_of for one in (*OCCUPATIONS, "")])
        fits = table[known]
        return Measure(fits, fits | (known < 0))

    def _recipient(self, leaf: Leaf) -> Measure:
        fits = self.records.recipient in _of(leaf, criteria.OfKind).one_of
        return _of_all(self.records.count, fits)

    def _sort(self, leaf: Leaf) -> Measure:
        asked = _of(leaf, criteria.OfSort)
        fits: Ints = np.zeros(self.records.count, dtype=bool)
        for word in asked.one_of:
            if word in self.records.sorts:
                fits = fits | self.records.sorts[word]
        if asked.one_of == (UNRATED,):
            # Who was ever rated is certainly not of those who are not.
            never = np.asarray((self.records.ratings < 0).all(axis=1))
            return Measure(fits & never, never)
        is_denied: Ints = self.records.declared & BESIDE.isdisjoint(asked.one_of)
        possible: Ints = fits | ~is_denied
        return Measure(fits, possible)

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
    if planned.root is None:
        verdict = reckoning.judged
    else:
        verdict = reckoning.verdict_of(planned.root, planned.award.code)
    later = reckoning.judged if planned.review else None
    if not reckoning.any_open:
        return verdict if later is None else later, verdict
    stopped = SUSPENDED if reckoning.plan.open_matters else JUDGE
    as_read = np.where(reckoning.is_open & (verdict > UNMET), stopped, verdict)
    if later is None:
        return as_read, as_read
    return np.where(reckoning.is_open, stopped, later), as_read


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
    return _added(mask, reached)


def _added(counts: Ints, reached: Ints) -> Ints:
    """For each year, the sum of the counts since the last year that was not reached."""
    so_far = np.add.accumulate(counts, axis=0, dtype=np.int16)
    before = np.maximum.accumulate(np.where(reached, np.int16(0), so_far), axis=0)
    return so_far - before


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
