"""The law of one day made flat for the engine: every award's conditions as a tree of leaves.

Leaves that measure the same carry the same number, so that each is measured once however many
awards ask for it. A plan is made once for a book and a day.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from vinhdanh.honours.rules.needed import needed
from vinhdanh.honours.rules.offices import CHAINS, INITIATIVES
from vinhdanh.honours.rules.records import RATINGS
from vinhdanh.law import words
from vinhdanh.law.awards import Award, Review, Version
from vinhdanh.law.book import Book, Rule
from vinhdanh.law.criteria import (
    After,
    Condition,
    Group,
    Held,
    Initiative,
    OfKind,
    Rated,
    Rating,
    Sourced,
)

_KEPT = 24
_plans: dict[tuple[str, date, str], "Plan"] = {}


@dataclass(frozen=True, eq=False)
class Floor:
    """A rating that a year reaches, or an award of the year that stands for it.

    One object for each that differs, as is a window, so that looking one up is quick.
    """

    level: int
    or_award: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Window:
    """From the achievement of one of `codes`; a year below one of `floors` breaks it."""

    codes: tuple[str, ...]
    floors: tuple[Floor, ...]


# A level, and how many years in a row reach it.
Run = tuple[Floor, int]


@dataclass(frozen=True, eq=False)
class Leaf:
    """One criterion where it stands. `number`: the same for leaves that measure the same.

    `merit`: only what counts for a commendation by merit (công trạng) is counted. `floors`: of a
    rating, the level asked for and that of the other years. `run`: of awards counted beside a run
    of ratings, its level and length; those outside such a run are not certain to count. `left`: the
    content left to the office on which its measure depends, "" for none.
    """

    number: int
    criterion: Sourced
    kind: str
    window: Window | None
    floors: tuple[Floor, ...]
    merit: bool
    run: Run | None
    award: str
    branch: str
    text: str
    needed: str
    sources: tuple[str, ...]
    decides: bool
    left: str = ""


@dataclass(frozen=True, eq=False)
class Node:
    """A group: all of its parts, or any of them; `base` is the award from which it counts.

    `number`: the same for groups that ask the same, an award held already aside. `doubles`: whether
    it is here that an earlier award for the same years is noticed; the years
    are those of `window`, or else the last `span`. `measured` are the parts that can decide;
    `is_judged`: whether there are others, which a person judges whatever the records say.
    """

    number: int
    any: bool
    parts: "tuple[Leaf | Node, ...]"
    branch: str
    name: str
    of_class: str
    base: Leaf | None
    window: Window | None
    span: int
    doubles: bool
    measured: "tuple[Leaf | Node, ...]"
    is_judged: bool

    def order(self) -> "Iterator[Leaf | Node]":
        if self.base:
            yield self.base
        for part in self.parts:
            if isinstance(part, Leaf):
                yield part
            else:
                yield from part.order()
        if self.doubles:
            yield self

    def branches(self) -> "Iterator[Node]":
        """The numbered branches in it, itself included."""
        if self.branch:
            yield self
        for part in self.parts:
            if isinstance(part, Node):
                yield from part.branches()


@dataclass(frozen=True, eq=False)
class Planned:
    """An award on the day; `root` None where no version is known.

    `order` are its leaves as they stand, a group that notices doubles after all in it.
    """

    award: Award
    version: Version | None
    root: Node | None
    review: Review | None
    branches: dict[str, Node] = field(default_factory=dict)
    order: tuple[Leaf | Node, ...] = ()


@dataclass(frozen=True, eq=False)
class Plan:
    """All awards of a book on a day, by rank and name, and the rules that hold that day."""

    book: Book
    on: date
    awards: dict[str, Planned]
    open_matters: Rule | None
    discipline: Rule | None
    classes: Rule | None
    doubles: Rule | None
    # What is the same for every recipient, made when it is first asked for.
    kept: dict[Any, Any] = field(default_factory=dict)


def plan(book: Book, on: date, recipient: str = "") -> Plan:
    """The plan of a book for a day; the last few are kept.

    With a kind of recipient, branches that are not open to it are left out.
    """
    key = (book.digest, on, recipient)
    made = _plans.get(key)
    if made is None:
        made = _made(book, on, recipient)
        # Pages ask from several threads: one may have forgotten or made a plan meanwhile.
        for forgotten in list(_plans)[: 1 - _KEPT]:
            _plans.pop(forgotten, None)
        _plans[key] = made
    return made


def _made(book: Book, on: date, recipient: str) -> Plan:
    known: dict[Any, Any] = {}
    ordered = sorted(book.awards.values(), key=lambda award: (award.rank, award.name, award.code))
    return Plan(
        book=book,
        on=on,
        awards={
            award.code: _planned(award, _Maker(book, award, known, recipient, on), on)
            for award in ordered
        },
        open_matters=_firm(book, "NX_01", on),
        discipline=_firm(book, "NX_02", on),
        classes=_firm(book, "NX_03", on),
        doubles=_firm(book, "NX_05", on),
    )


def _firm(book: Book, code: str, on: date) -> Rule | None:
    """The rule where it may decide: in force, to be enforced, read in the text itself."""
    rule = book.rule(code, on)
    return rule if rule and rule.enforced and rule.grade == "A" else None


def _planned(award: Award, maker: "_Maker", on: date) -> Planned:
    version, review = award.version(on), award.review(on)
    if version is None:
        return Planned(award, None, None, review)
    root = maker.root(version.criteria)
    branches = {each.branch: each for each in root.branches()}
    return Planned(award, version, root, review, branches, tuple(root.order()))


@dataclass(frozen=True)
class _Place:
    """What a group hands down to what is in it."""

    window: Window | None = None
    run: Run | None = None
    branch: str = ""
    of_class: str = ""


class _Maker:
    """Makes the nodes of one award."""

    def __init__(
        self, book: Book, award: Award, known: dict[Any, Any], recipient: str, on: date
    ) -> None:
        self._book = book
        self._on = on
        self._recipient = recipient
        self._award = award
        self._known = known

    def root(self, group: Group) -> Node:
        of_class = self._award.classes[0] if len(self._award.classes) == 1 else ""
        return self._node(group, _Place(of_class=of_class), is_root=True)

    def _node(self, group: Group, outside: _Place, *, is_root: bool) -> Node:
        base, place = None, self._inside(group, outside)
        if group.after:
            base = self._leaf(group.after, place)
        parts = tuple(
            self._node(part, place, is_root=False)
            if isinstance(part, Group)
            else self._leaf(part, place)
            for part in group.all or self._open(group.any)
        )
        nodes = [part for part in parts if isinstance(part, Node)]
        holds_branches = any(True for each in nodes for _ in each.branches())
        measured = tuple(part for part in parts if _can_decide(part))
        asked = tuple((type(part), part.number) for part in measured)
        is_judged = len(measured) < len(parts)
        key = ("group", bool(group.any), asked, is_judged, base and (base.number, base.decides))
        spans = [_span(part.criterion) for part in parts if isinstance(part, Leaf)]
        return Node(
            number=self._known.setdefault(key, len(self._known)),
            any=bool(group.any),
            parts=parts,
            branch=group.branch,
            name=group.name,
            of_class=place.of_class,
            base=base,
            window=place.window or next((each.window for each in nodes if each.window), None),
            span=max([1, *spans, *(each.span for each in nodes)]),
            doubles=not holds_branches and (is_root or bool(group.branch)),
            measured=measured,
            is_judged=is_judged,
        )

    def _inside(self, group: Group, outside: _Place) -> _Place:
        window, run = outside.window, outside.run
        if group.after:
            window, run = self._window(group.after, tuple(self._floors(group))), None
        asked = next((part for part in group.all if _is_run(part)), None)
        if isinstance(asked, Rated):
            run = self._levels(asked)[0], asked.years
        return _Place(
            window, run, group.branch or outside.branch, group.of_class or outside.of_class
        )

    def _open(self, parts: tuple[Condition, ...]) -> tuple[Condition, ...]:
        """Those of several parts that are open to the recipient; all where none is."""
        return tuple(part for part in parts if not self._is_closed(part)) or parts

    def _is_closed(self, part: Condition) -> bool:
        return (
            bool(self._recipient)
            and isinstance(part, Group)
            and any(
                isinstance(each, OfKind)
                and each.grade == "A"
                and self._recipient not in each.one_of
                for each in part.all
            )
        )

    def _leaf(self, criterion: Sourced, place: _Place) -> Leaf:
        kind = getattr(criterion, "criterion", "after")
        counts_years = isinstance(criterion, After | Held | Initiative | Rated)
        window = place.window if counts_years else None
        merit = place.of_class == "merit" and isinstance(criterion, After | Held | Rated)
        is_counted = isinstance(criterion, Held) and criterion.span == "count"
        run = place.run if is_counted else None
        fields = repr(criterion.model_dump(exclude={"source", "grade", "note"}))
        left = self._left(criterion)
        own = self._award.code if kind == "once" or left == CHAINS else ""
        if left == INITIATIVES:
            own = self._award.kind
        key = (kind, fields, window, merit, run, own)
        return Leaf(
            number=self._known.setdefault(key, len(self._known)),
            criterion=criterion,
            kind=kind,
            window=window,
            floors=self._levels(criterion) if isinstance(criterion, Rated) else (),
            merit=merit,
            run=run,
            award=self._award.code,
            branch=place.branch,
            text=_text(criterion, self._book),
            needed=needed(criterion),
            sources=tuple(part.strip() for part in criterion.source.split(";")),
            decides=criterion.grade == "A" and kind != "judgement",
            left=left,
        )

    def _left(self, criterion: Sourced) -> str:
        """The content that the law leaves to the office and that a measure depends on."""
        code = INITIATIVES if isinstance(criterion, Initiative) else ""
        if isinstance(criterion, Held) and criterion.span == "ending":
            code = CHAINS
        left = self._book.delegated.get(code)
        if left is None or not left.holds(self._on):
            return ""
        return code if not left.awards or self._award.code in left.awards else ""

    def _window(self, after: After, floors: tuple[Floor, ...]) -> Window:
        codes = tuple(sorted(after.codes))
        return self._known.setdefault(("window", codes, floors), Window(codes, floors))

    def _floor(self, level: Rating, or_award: tuple[str, ...]) -> Floor:
        floor = Floor(RATINGS.index(level), or_award)
        return self._known.setdefault(("floor", level, or_award), floor)

    def _levels(self, asked: Rated) -> tuple[Floor, ...]:
        levels = (asked.at_least, asked.others) if asked.others else (asked.at_least,)
        return tuple(self._floor(level, asked.or_award) for level in levels)

    def _floors(self, group: Group) -> Iterator[Floor]:
        """What breaks the window of a group: its conditions on every year."""
        for part in group.all:
            if isinstance(part, Group) and not part.after:
                yield from self._floors(part)
            elif isinstance(part, Rated) and part.span in {"whole", "run"}:
                yield self._levels(part)[-1]


def _is_run(part: Condition) -> bool:
    return isinstance(part, Rated) and part.span == "run"


def _can_decide(part: Leaf | Node) -> bool:
    if isinstance(part, Leaf):
        return part.decides
    return part.doubles or part.base is not None or bool(part.measured)


def _text(criterion: Sourced, book: Book) -> str:
    if isinstance(criterion, After):
        return words.after(criterion, book)
    return words.criterion(criterion, book)


def _span(criterion: Sourced) -> int:
    """How many years up to the year a condition without a window looks at."""
    if isinstance(criterion, Rated):
        return criterion.years
    if isinstance(criterion, Held):
        return criterion.at_least if criterion.span == "ending" else 1
    if isinstance(criterion, Initiative):
        return criterion.within or 1
    return 1
