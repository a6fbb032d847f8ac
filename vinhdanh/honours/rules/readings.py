"""Where the law may be read in two ways and leaves it to the office which.

Who is asked without an office is told the law alone, which these questions do not stop. For an
office, what holds by the stricter reading is certain and what holds by the looser one possible,
until it has chosen: a person judges what lies between.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np

from vinhdanh.honours.rules.offices import (
    BOTH_CHAINS,
    CHAINS,
    INITIATIVES,
    OFTEN,
    ONE_CHAIN,
    Offices,
)
from vinhdanh.honours.rules.plan import Leaf, Plan
from vinhdanh.honours.rules.records import REACHES, YEARS, Ints, Records
from vinhdanh.honours.rules.tally import Counts, Tally
from vinhdanh.law.criteria import Initiative


class Readings(Tally):
    """The counts of one set of records as the offices read the law; None: the law alone."""

    def __init__(self, records: Records, plan: Plan, offices: Offices | None = None) -> None:
        super().__init__(records, plan)
        self.offices = offices

    # One year in two chains (Luật 06/2022/QH15 Điều 21 khoản 1 điểm a, Điều 22 khoản 1 điểm a)

    def chain_starts(self, leaf: Leaf, low: Ints, high: Ints) -> tuple[Ints, Ints]:
        """From which year a chain certainly and possibly counts, given where its window begins.

        Years up to an earlier award of the same kind stood for that one already.
        """
        if not self.may_share(leaf):
            return low, high
        after, surely_after = self.once(("after", leaf.award), lambda: self._after_award(leaf))
        both = self._choosing(CHAINS, leaf.award, BOTH_CHAINS)
        one = self._choosing(CHAINS, leaf.award, ONE_CHAIN)
        return (
            np.where(both, low, np.maximum(low, after)),
            np.where(one, np.maximum(high, surely_after), high),
        )

    def may_share(self, leaf: Leaf) -> bool:
        """Whether anybody's chain may have stood for an earlier award, and it matters here."""
        return self.offices is not None and leaf.left == CHAINS and leaf.award in self._codes

    def shares_years(self, award: str) -> Ints | None:
        """bool[count]: for whom years may stand for the award again; None: for nobody."""
        if self.offices is None:
            return None
        both = self._choosing(CHAINS, award, BOTH_CHAINS)
        return both if both.any() else None

    def _after_award(self, leaf: Leaf) -> tuple[Ints, Ints]:
        """The place after the last year of such an award, and of one that counts for certain."""
        held, entries = self.records.awards, self._entries((leaf.award,))
        place = np.clip(held.period_to[entries] + 1 - self.records.first_year, 0, None)
        found = []
        for counted in (np.ones(len(entries), dtype=bool), held.certain[entries]):
            after = self.nothing.copy()
            np.maximum.at(after, held.row[entries][counted], place[counted].astype(np.int16))
            found.append(after)
        return found[0], found[1]

    # One initiative for several awards (CV 5007/BNV-TĐKT mục III.5.c, rule SK_04)

    def initiatives_for(self, leaf: Leaf, reach: int) -> Counts:
        """Recognised initiatives; certain are those that no award held can have stood on."""
        if self.offices is None or leaf.left != INITIATIVES:
            return self.initiatives(reach)
        is_title = self.plan.book.awards[leaf.award].kind == "title"
        return self.once(("unused", reach, is_title), lambda: self._unused(reach, is_title))

    def _unused(self, reach: int, is_title: bool) -> Counts:
        known = self.records.initiatives
        entries = np.flatnonzero((known.reach >= reach) & (known.year <= self.records.year))
        if not len(entries):
            return self.none
        row = known.row[entries]
        used = self.may_be_used(is_title)[entries]
        used &= ~self._choosing(INITIATIVES, "", OFTEN)[row]
        return self._counted(row, known.year[entries], ~used, np.ones(len(entries), dtype=bool))

    def may_be_used(self, is_title: bool) -> Ints:
        """bool, one an initiative: whether an award that is held may have stood on it.

        For a title only commendations count: one title may stand on what another stood on. Which
        initiative an award stood on is not recorded.
        """
        return self.once(("used", is_title), lambda: self._may_be_used(is_title))

    def _may_be_used(self, is_title: bool) -> Ints:
        known, awards = self.records.initiatives, self.plan.book.awards
        used = np.zeros(len(known.row), dtype=bool)
        place = np.clip(known.year - self.records.first_year, 0, self.records.years - 1)
        for code, reach, back in self._users():
            if code in self._codes and not (is_title and awards[code].kind == "title"):
                used |= self._covered(code, back)[place, known.row] & (known.reach >= reach)
        return used

    def _covered(self, code: str, back: int) -> Ints:
        """bool[years, count]: the years on whose initiatives an award that is held may stand."""
        held, entries = self.records.awards, self._entries((code,))
        years, first = self.records.years, self.records.first_year
        begin = np.minimum(held.period_from[entries], held.year[entries] - back + 1)
        steps = np.zeros((years + 1, self.records.count), dtype=np.int16)
        row = held.row[entries]
        np.add.at(steps, (np.clip(begin - first, 0, years), row), 1)
        np.add.at(steps, (np.clip(held.period_to[entries] + 1 - first, 0, years), row), -1)
        covered: Ints = np.add.accumulate(steps, axis=0)[:-1] > 0
        return covered

    def _users(self) -> list[tuple[str, int, int]]:
        """The awards that ask for initiatives, of which reach at least, of how many years."""
        kept = self.plan.kept
        if "users" not in kept:
            kept["users"] = list(_users(self.plan))
        found: list[tuple[str, int, int]] = kept["users"]
        return found

    def _choosing(self, code: str, award: str, choice: str) -> Any:
        assert self.offices is not None
        offices = self.offices
        return self.once(
            ("choosing", code, award, choice), lambda: offices.choosing(code, award, choice)
        )


def _users(plan: Plan) -> Iterator[tuple[str, int, int]]:
    for code, planned in plan.awards.items():
        asked = [
            step.criterion
            for step in planned.order
            if isinstance(step, Leaf) and isinstance(step.criterion, Initiative)
        ]
        if asked:
            reach = min(REACHES.index(each.reach) for each in asked)
            yield code, reach, max(each.within or YEARS for each in asked)
