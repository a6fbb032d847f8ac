"""The way to each award: the years to come played through by the engine that judges dossiers.

A path is an orientation, not a finding: it takes the law as read on one day to stay as it is, and
conditions that only a person can judge to be fulfilled. What is uncertain in the past counts for
nothing, so a gap in the records makes a path longer, never shorter.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import reduce

import numpy as np

from vinhdanh.honours.rules import sentences
from vinhdanh.honours.rules.conditions import GIVEN, apart, is_countable, leaves, met_by
from vinhdanh.honours.rules.facts import Facts, HeldAward, KnownInitiative, Members
from vinhdanh.honours.rules.measures import Reckoning
from vinhdanh.honours.rules.plan import Leaf, Node, Plan, plan
from vinhdanh.honours.rules.records import Ints, Records
from vinhdanh.law import words
from vinhdanh.law.awards import Award
from vinhdanh.law.book import Book
from vinhdanh.law.criteria import (
    After,
    Held,
    Meets,
    Rated,
    Rating,
    Reach,
)

# Within a year one title may stand on another; longer rows of titles than this there are not.
_ROUNDS = 8

ALWAYS = (
    "Pháp luật giữ nguyên như bản áp dụng vào ngày xét.",
    "Mỗi danh hiệu, hình thức được tặng ngay trong năm đủ điều kiện.",
    "Các điều kiện do người có thẩm quyền nhận xét đều đạt.",
    "Không bị kỷ luật; không có vụ việc đang xem xét.",
)
ALWAYS_OF_COLLECTIVES = (
    "Mọi thành viên hoàn thành nhiệm vụ và đạt Lao động tiên tiến; ít nhất một người đạt "
    "Chiến sĩ thi đua cơ sở; không ai bị kỷ luật."
)


@dataclass(frozen=True)
class Effort:
    """What is supposed of every year to come; `text` says it to the reader."""

    text: str
    rating: Rating
    reach: Reach | None = None


# The least first: a path supposes no more than its award asks for.
EFFORTS = (
    Effort("Mỗi năm hoàn thành tốt nhiệm vụ.", "good"),
    Effort(
        "Mỗi năm hoàn thành tốt nhiệm vụ và có sáng kiến được công nhận ở cơ sở.",
        "good",
        "grassroots",
    ),
    Effort(
        "Mỗi năm hoàn thành xuất sắc nhiệm vụ và có sáng kiến được công nhận ở cơ sở.",
        "excellent",
        "grassroots",
    ),
    Effort(
        "Mỗi năm hoàn thành xuất sắc nhiệm vụ và có sáng kiến được bộ, tỉnh công nhận.",
        "excellent",
        "province",
    ),
    Effort(
        "Mỗi năm hoàn thành xuất sắc nhiệm vụ và có sáng kiến được công nhận trên toàn quốc.",
        "excellent",
        "nation",
    ),
)
EFFORTS_OF_COLLECTIVES = (
    Effort("Mỗi năm hoàn thành tốt nhiệm vụ.", "good"),
    Effort("Mỗi năm hoàn thành xuất sắc nhiệm vụ.", "excellent"),
)


@dataclass(frozen=True)
class Step:
    """An award on the way and the years of achievement for which it counts there.

    `refs`: the records of those years that are in the register already.
    """

    award: str
    years: tuple[int, ...]
    refs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Path:
    """The way to an award.

    `year`: the earliest year of achievement for which it can be proposed; None: not within the
    horizon. `by_judgement`: nothing in its conditions can be counted, so no year can be given.
    `branch`: the clause it goes by. `missing`: what is not met today, in words; `breaks`: what
    would break the chain; `judged`: what a person judges besides; `steps`: the awards on which it
    stands, by year. `assumed`: what is supposed of each year (ALWAYS besides).
    """

    award: str
    year: int | None
    missing: tuple[str, ...] = ()
    breaks: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    assumed: str = ""
    branch: str = ""
    judged: tuple[str, ...] = ()
    by_judgement: bool = False


def paths(facts: Facts, *, book: Book, on: date, horizon: int = 15) -> list[Path]:
    """The way to each award open to the recipient, in the order of rank.

    Years run from the year under appraisal to `horizon` years later, or to the year of
    retirement. The law is that read on the day `on`, before any later law that was not read.
    """
    law = plan(book, on)
    efforts = {"person": EFFORTS, "collective": EFFORTS_OF_COLLECTIVES}.get(facts.recipient, ())
    future = _Future(facts, efforts, law)
    if efforts:
        last = facts.year + horizon
        if facts.retires_on:
            last = min(last, max(facts.year, facts.retires_on.year))
        for year in range(facts.year, last + 1):
            future.play(year)
    today = _Reading(Records.of([facts]), law)
    return [
        _path(planned.award.code, planned.root, future, today)
        for planned in law.awards.values()
        if facts.recipient in planned.award.recipients and planned.root
    ]


def _path(code: str, root: Node, future: "_Future", today: "_Reading") -> Path:
    reached = next((each for each in future.reached.get(code, ()) if each), None)
    if reached is None:
        open_leaves = list(today.open_leaves(root))
        if not open_leaves:
            return Path(code, None, by_judgement=True)
        # Of several ways the one by merit is that of everybody.
        branch = next((leaf.branch for leaf in open_leaves if leaf.merit), None)
        on_the_way = [leaf for leaf in open_leaves if branch is None or leaf.branch in ("", branch)]
        return Path(code, None, missing=today.missing(on_the_way, future.facts))
    return Path(
        award=code,
        year=reached.year,
        missing=today.missing(reached.conditions, future.facts),
        breaks=tuple(dict.fromkeys(_breaks(reached.conditions, future.law))),
        steps=future.steps(reached),
        assumed=future.efforts[reached.effort].text,
        branch=reached.branch,
        judged=tuple(
            leaf.text
            for leaf in leaves(root, future.facts.recipient)
            if leaf.kind == "judgement" and leaf.branch in ("", reached.branch)
        ),
    )


def _breaks(conditions: Iterable[Leaf], law: Plan) -> Iterator[str]:
    for leaf in conditions:
        asked = leaf.criterion
        if isinstance(asked, Rated) and asked.span != "count" and asked.years > 1:
            level = words.RATINGS[asked.others or asked.at_least]
            names = " hoặc ".join(law.book.awards[code].name for code in asked.or_award)
            instead = f" và không đạt {names}" if names else ""
            yield f"Có năm xếp loại dưới mức {level}{instead} thì phải tính lại từ năm sau."
        if isinstance(asked, Held) and asked.span == "ending":
            names = " hoặc ".join(law.book.awards[code].name for code in asked.codes)
            if asked.spacing == 1:
                yield f"Có năm không đạt {names} thì chuỗi phải tính lại từ đầu."
            else:
                yield f"Quá {asked.spacing} năm mà không đạt {names} thì chuỗi phải tính lại."
    if law.discipline:
        yield "Bị kỷ luật thì thành tích tính lại từ sau ngày chấp hành xong."


@dataclass(frozen=True)
class _Reached:
    """When an award is first reached with an effort, by which clause, on which conditions."""

    year: int
    effort: int
    branch: str
    conditions: tuple[Leaf, ...]


@dataclass
class _Future:
    """The futures of one recipient, one for each effort, played on year by year."""

    facts: Facts
    efforts: Sequence[Effort]
    law: Plan
    reached: dict[str, list[_Reached | None]] = field(default_factory=dict)
    _rows: list[Facts] = field(default_factory=list)
    _awards: list[tuple[Award, Node, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._rows = [replace(self.facts, open_matters=()) for _effort in self.efforts]
        self._awards = [
            (planned.award, planned.root, apart(planned.award, planned.root, self.law))
            for planned in self.law.awards.values()
            if self.facts.recipient in planned.award.recipients
            and planned.root
            and is_countable(planned.root, self.law)
        ]

    def play(self, year: int) -> None:
        """Add one year: what is supposed of it, then every award whose conditions it fulfils."""
        self._rows = [
            _year_of(row, year, effort)
            for row, effort in zip(self._rows, self.efforts, strict=True)
        ]
        day = max(self.law.on, date(year, 12, 31))
        for _round in range(_ROUNDS):
            reading = _Reading(Records.of(self._rows), replace(self.law, on=day))
            if not self._confer(year, reading):
                return

    def _confer(self, year: int, reading: "_Reading") -> bool:
        """Confer what is fulfilled and was not conferred for the year; whether anything was."""
        conferred = False
        for award, root, years_apart in self._awards:
            fulfilled = reading.fulfils(root, award.code)
            firsts = self.reached.setdefault(award.code, [None] * len(self._rows))
            of_class = "merit" if award.kind == "commendation" else ""
            for place in np.flatnonzero(fulfilled).tolist():
                row = self._rows[place]
                if firsts[place] is None:
                    firsts[place] = reading.how(root, award.code, place, year)
                if any(
                    held.code == award.code and year - held.year < years_apart
                    for held in row.awards
                ):
                    continue
                given = HeldAward(award.code, year, of_class=of_class)
                self._rows[place] = replace(row, awards=(*row.awards, given))
                conferred = True
        return conferred

    def steps(self, reached: _Reached) -> tuple[Step, ...]:
        """The awards on which the reached one stands, and those on which these stand."""
        held: dict[str, list[HeldAward]] = defaultdict(list)
        for award in self._rows[reached.effort].awards:
            if award.year <= reached.year:
                held[award.code].append(award)
        found: dict[str, set[int]] = defaultdict(set)
        waiting = [reached]
        seen: set[int] = set()
        while waiting:
            for leaf in waiting.pop().conditions:
                for award in _stands_on(leaf, held):
                    found[award.code].add(award.year)
                    before = self.reached.get(award.code, [None] * (reached.effort + 1))
                    lower = before[reached.effort]
                    if not award.ref and lower and id(lower) not in seen:
                        seen.add(id(lower))
                        waiting.append(lower)
        steps = [
            Step(
                code,
                tuple(sorted(years)),
                tuple(each.ref for each in held[code] if each.ref and each.year in years),
            )
            for code, years in found.items()
        ]
        rank = {code: place for place, code in enumerate(self.law.awards)}
        return tuple(sorted(steps, key=lambda step: (step.years[-1], rank.get(step.award, 0))))


def _stands_on(leaf: Leaf, held: Mapping[str, list[HeldAward]]) -> list[HeldAward]:
    """The awards by which a condition is fulfilled: for a window its first, else the latest."""
    asked = leaf.criterion
    if isinstance(asked, After | Held):
        known = sorted(
            (award for code in asked.codes for award in held.get(code, ())),
            key=lambda award: award.year,
        )
        return known[:1] if isinstance(asked, After) else known[-asked.at_least :]
    return []


def _year_of(facts: Facts, year: int, effort: Effort) -> Facts:
    """The facts with one more year as supposed; what is known of the year stays as it is."""
    ratings, initiatives, members = facts.ratings, facts.initiatives, facts.members
    if year not in ratings:
        ratings = {**ratings, year: effort.rating}
        if effort.reach:
            initiatives = (*initiatives, KnownInitiative(year, effort.reach))
        if facts.recipient == "collective":
            total = max(1, (members and members.total) or 1)
            members = Members(total, total, total, 1, 0)
    return replace(facts, year=year, ratings=ratings, initiatives=initiatives, members=members)


class _Reading:
    """Which conditions certainly hold, those that a person judges supposed."""

    def __init__(self, records: Records, law: Plan) -> None:
        self._law = law
        self._reckoning = Reckoning(records, law)
        self._every = np.ones(records.count, dtype=bool)

    def missing(self, conditions: Iterable[Leaf], facts: Facts) -> tuple[str, ...]:
        """What does not certainly hold for the one recipient, with how far it is."""
        lacking = {}
        for leaf in conditions:
            if not self._holds(leaf, "")[0]:
                told = sentences.measured(self._reckoning, leaf, facts).measure
                lacking[f"{leaf.text}: {told}" if told else leaf.text] = True
        return tuple(lacking)

    def open_leaves(self, node: Node) -> Iterator[Leaf]:
        """What can be counted in it, but for the ways that are closed to the one recipient."""
        if not is_countable(node, self._law) or any(
            isinstance(part, Leaf) and part.kind in GIVEN and self._is_closed(part)
            for part in node.parts
        ):
            return
        if node.base:
            yield node.base
        for part in node.parts:
            if isinstance(part, Node):
                yield from self.open_leaves(part)
            elif part.kind != "judgement":
                yield part

    def _is_closed(self, leaf: Leaf) -> bool:
        if leaf.kind == "judgement":
            return False
        measure = self._reckoning.measure(leaf)
        return bool((measure.high < measure.needed)[0])

    def fulfils(self, node: Node, own: str) -> Ints:
        """bool[rows]: the group holds by what can be counted in it."""
        if node.any:
            parts = [part for part in node.parts if is_countable(part, self._law)]
            found = reduce(np.logical_or, (self._holds(part, own) for part in parts), ~self._every)
        else:
            found = reduce(np.logical_and, (self._holds(part, own) for part in node.parts))
        if node.base:
            found = found & self._holds(node.base, own)
        if node.doubles and (twice := self._reckoning.doubled(node, own)) is not None:
            found = found & ~twice
        return found

    def _holds(self, part: Leaf | Node, own: str) -> Ints:
        if isinstance(part, Node):
            return self.fulfils(part, own)
        if part.kind == "judgement":
            return self._every
        if isinstance(part.criterion, Meets):
            nodes = met_by(part.criterion, self._law)
            return reduce(np.logical_or, (self.fulfils(node, "") for node in nodes), ~self._every)
        measure = self._reckoning.measure(part)
        return measure.low >= measure.needed

    def how(self, root: Node, code: str, row: int, year: int) -> _Reached:
        """By which branch, and on which conditions, the row reaches the award."""
        branches = [
            node
            for node in root.branches()
            if is_countable(node, self._law) and self.fulfils(node, code)[row]
        ]
        chosen = min(branches, key=lambda node: node.of_class != "merit", default=None)
        name = chosen.branch if chosen else ""
        met = (
            leaf
            for leaf in leaves(root)
            if leaf.branch in ("", name)
            and leaf.kind != "judgement"
            and self._holds(leaf, code)[row]
        )
        return _Reached(year, row, name, tuple(met))
