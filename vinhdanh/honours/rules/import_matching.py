"""Whom a line of a past list means, among the persons of an office."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal
from uuid import UUID

from rapidfuzz import fuzz, process

from vinhdanh.common.vietnamese import fold, gettext_noop
from vinhdanh.honours.rules.import_lines import Who
from vinhdanh.honours.rules.import_words import bare_name, name_key

NEAR = 86
MOST_CANDIDATES = 5
# How near the ways are in which somebody of the same name may not be meant.
# Another name counts so much less than its likeness.
_OTHER_NAME = 15
_SAME_NAME, _NO_ACCENTS, _SAME_CODE, _OTHER_BIRTH, _OTHER_CODE = 92, 88, 90, 70, 60

_SAME_PLACE = 5
_WHY = {
    _OTHER_CODE: gettext_noop("Cùng họ tên nhưng khác mã."),
    _OTHER_BIRTH: gettext_noop("Cùng họ tên nhưng khác ngày sinh."),
    _NO_ACCENTS: gettext_noop("Cùng họ tên nếu không kể dấu."),
    _SAME_CODE: gettext_noop("Cùng mã nhưng họ tên hoặc ngày sinh khác."),
    _SAME_NAME: gettext_noop("Cùng họ tên; đơn vị không ghi, không rõ hoặc khác."),
    _SAME_NAME + _SAME_PLACE: gettext_noop("Cùng họ tên và đơn vị; có nhiều người như vậy."),
}
_ALIKE = gettext_noop("Họ tên gần giống.")


def why(score: int) -> str:
    """Why somebody of that likeness may be meant, and why it is not certain."""
    return _WHY.get(score, _ALIKE)


@dataclass(frozen=True, slots=True)
class Post:
    """Service in a unit; None: open. `units` are all that it counts as; see `places`."""

    units: frozenset[UUID]
    since: date | None = None
    until: date | None = None

    def held(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (
            self.until is None or day <= self.until
        )


@dataclass(frozen=True, slots=True)
class Known:
    """A person of the office; `name` as written."""

    key: UUID
    name: str
    code: str = ""
    born_on: date | None = None
    posts: tuple[Post, ...] = ()


@dataclass(frozen=True)
class Meant:
    """certain: `key` is who is meant. near: `candidates` (key, likeness 0..100), best first.
    unknown: nobody of the office."""

    verdict: Literal["certain", "near", "unknown"]
    key: UUID | None = None
    candidates: tuple[tuple[UUID, int], ...] = ()


@dataclass
class Persons:
    """The persons of an office, by code, name and likeness of name."""

    known: Sequence[Known]
    _by_code: dict[str, Known] = field(default_factory=dict)
    _by_name: dict[str, list[Known]] = field(default_factory=dict)
    _by_folded: dict[str, list[Known]] = field(default_factory=dict)
    _by_end: dict[str, list[str]] = field(default_factory=dict)
    _by_start: dict[str, list[str]] = field(default_factory=dict)
    _alike: dict[str, list[tuple[str, int]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for person in self.known:
            self.add(person)

    def add(self, person: Known) -> None:
        """Let the person be found by code and name from now on."""
        if person.code:
            self._by_code[person.code.lower()] = person
        self._by_name.setdefault(name_key(person.name), []).append(person)
        folded = fold(bare_name(person.name))
        alike = self._by_folded.setdefault(folded, [])
        if not alike:
            *before, given = folded.split() or [""]
            self._by_end.setdefault(given, []).append(folded)
            self._by_start.setdefault(" ".join(before), []).append(folded)
        alike.append(person)

    def meant(self, who: Who, *, units: Collection[UUID], on: date) -> Meant:
        """Who is meant by code, by name and day of birth, or by name and unit.

        `units` are the written unit and its heirs, none where it is not known. One of several of a
        name is told by where they served that day. Certain only where nothing written contradicts;
        a name without its accents is never certain.
        """
        by_code = self._by_code.get(who.code.lower()) if who.code else None
        same = self._by_name.get(name_key(who.name), [])
        if by_code is not None:
            if by_code in same and not _other_birth(who, by_code):
                return Meant("certain", by_code.key)
            others = [(one.key, self._likeness(who, one, units)) for one in same]
            return _near([(by_code.key, _SAME_CODE), *others])
        fit = [one for one in same if not _other_birth(who, one) and not _other_code(who, one)]
        sure = self._sure(who, fit, units, on)
        if sure is not None:
            return Meant("certain", sure.key)
        scored = [(one.key, self._likeness(who, one, units)) for one in same]
        folded = fold(bare_name(who.name))
        scored += [
            (one.key, min(_NO_ACCENTS, self._likeness(who, one, units)))
            for one in self._by_folded.get(folded, [])
        ]
        if not same:
            scored += [
                (one.key, min(score - _OTHER_NAME, self._likeness(who, one, units)))
                for name, score in self._names_like(folded)
                for one in self._by_folded[name]
            ]
        return _near(scored)

    def _sure(
        self, who: Who, fit: Sequence[Known], units: Collection[UUID], on: date
    ) -> Known | None:
        """The one who fits beyond doubt, None where none or several do."""
        if who.born_on or who.born_year:
            born = [one for one in fit if _same_birth(who, one)]
            exact = born if who.born_on else [one for one in born if _serves(one, units)]
            if len(exact) == 1:
                return exact[0]
            fit = exact or fit
        there = [one for one in fit if _serves(one, units)]
        if len(there) > 1:
            there = [one for one in there if _serves(one, units, on)]
        return there[0] if len(there) == 1 else None

    def _likeness(self, who: Who, one: Known, units: Collection[UUID]) -> int:
        if _other_code(who, one):
            return _OTHER_CODE
        if _other_birth(who, one):
            return _OTHER_BIRTH
        return min(99, _SAME_NAME + (_SAME_PLACE if _serves(one, units) else 0))

    def _names_like(self, folded: str) -> list[tuple[str, int]]:
        """Known names like it: of the same given name, or the same family and middle names."""
        if folded not in self._alike:
            *before, given = folded.split() or [""]
            near = {*self._by_end.get(given, ()), *self._by_start.get(" ".join(before), ())}
            near.discard(folded)
            found = process.extract(
                folded, near, scorer=fuzz.ratio, score_cutoff=NEAR, limit=MOST_CANDIDATES
            )
            self._alike[folded] = [(name, round(score)) for name, score, _place in found]
        return self._alike[folded]


def _near(scored: Sequence[tuple[UUID, int]]) -> Meant:
    best: dict[UUID, int] = {}
    for key, score in scored:
        best[key] = max(score, best.get(key, 0))
    ordered = sorted(best.items(), key=lambda item: (-item[1], str(item[0])))
    if not ordered:
        return Meant("unknown")
    return Meant("near", candidates=tuple(ordered[:MOST_CANDIDATES]))


def _serves(one: Known, units: Collection[UUID], on: date | None = None) -> bool:
    return any(
        not post.units.isdisjoint(units) and (on is None or post.held(on)) for post in one.posts
    )


def _same_birth(who: Who, one: Known) -> bool:
    if one.born_on is None:
        return False
    if who.born_on:
        return who.born_on == one.born_on
    return who.born_year == one.born_on.year


def _other_birth(who: Who, one: Known) -> bool:
    return (
        bool(who.born_on or who.born_year)
        and one.born_on is not None
        and not (_same_birth(who, one))
    )


def _other_code(who: Who, one: Known) -> bool:
    return bool(who.code and one.code) and who.code.lower() != one.code.lower()


def places(
    unit: UUID,
    *,
    paths: Mapping[UUID, Sequence[UUID]],
    successors: Mapping[UUID, Collection[UUID]],
) -> frozenset[UUID]:
    """All that service in the unit counts as: the unit, those above it, and what these became.

    `paths` are the keys from the top down to the unit itself, by unit.
    """
    found: set[UUID] = set()
    open_ones = list(paths.get(unit, (unit,)))
    while open_ones:
        one = open_ones.pop()
        if one not in found:
            found.add(one)
            for heir in successors.get(one, ()):
                open_ones.extend(paths.get(heir, (heir,)))
    return frozenset(found)


def heirs(unit: UUID, successors: Mapping[UUID, Collection[UUID]]) -> frozenset[UUID]:
    """The unit and what it became, step by step."""
    found: set[UUID] = set()
    open_ones = [unit]
    while open_ones:
        one = open_ones.pop()
        if one not in found:
            found.add(one)
            open_ones.extend(successors.get(one, ()))
    return frozenset(found)
