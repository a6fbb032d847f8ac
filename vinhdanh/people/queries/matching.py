"""What a document means by the name of a unit."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.db.models import Q

from vinhdanh.people.models import Succession, Unit, UnitGroup
from vinhdanh.people.rules.names import Directory, Found, Name

_UNIT, _GROUP = "unit", "group"


@dataclass(frozen=True)
class Candidate:
    """A unit or a group that may be meant; likeness 0..100."""

    score: int
    unit: Unit | None = None
    group: UnitGroup | None = None


@dataclass(frozen=True)
class Match:
    """What a written name means.

    exact, abbreviation: `unit` or `group` is set, `score` is 100. near: neither is set, and
    `candidates` holds the likely ones, best first, for a person to choose from. none: nothing.
    """

    kind: Literal["exact", "abbreviation", "near", "none"]
    unit: Unit | None = None
    group: UnitGroup | None = None
    score: int = 0
    candidates: tuple[Candidate, ...] = ()


def match_name(text: str, *, office: Unit, on: date) -> Match:
    """What `text` means in a document of the office on that day; see `match_names`."""
    return match_names([text], office=office, on=on)[text]


def match_names(texts: Iterable[str], *, office: Unit, on: date) -> dict[str, Match]:
    """What each text means in a document of the office on that day, by text.

    Looked up among the office and all below it, the units above it, the outside units and the
    office's groups; the office's own come first where a name is shared. A unit that has ended is
    never matched by itself: the units that succeeded it are offered as near. Four queries, however
    many texts, and one where units have ended.
    """
    found = match_names_by_day(((text, on) for text in texts), office=office)
    return {text: match for (text, _on), match in found.items()}


def match_names_by_day(
    asked: Iterable[tuple[str, date]], *, office: Unit
) -> dict[tuple[str, date], Match]:
    """What each text means in a document of its own day; as `match_names`, in as many queries."""
    units = {str(unit.pk): unit for unit in _known_units(office)}
    heirs = _heirs(units)
    groups = {str(group.pk): group for group in office.groups.select_related("anchor")}
    directory = Directory(
        [*_unit_names(units, office), *_group_names(groups)],
        [office.name, office.short_name, *(other.name for other in office.other_names.all())],
    )
    asked = set(asked)
    found = {text: directory.find(text) for text in {text for text, _on in asked}}
    return {(text, on): _match(found[text], units, heirs, groups, on) for text, on in asked}


def _known_units(office: Unit) -> Iterable[Unit]:
    places = [place for place in office.path.split("/") if place]
    known = Q(path__startswith=office.path) | Q(outside=True) | Q(pk__in=places)
    return Unit.objects.filter(known).select_related("parent").prefetch_related("other_names")


def _unit_names(units: dict[str, Unit], office: Unit) -> Iterable[Name]:
    for key, unit in units.items():
        own = unit.path.startswith(office.path)
        rank = unit.path.count("/") if own else 100
        reference = f"{_UNIT}:{key}"
        yield Name(reference, unit.name, full=True, rank=rank)
        if unit.short_name:
            yield Name(reference, unit.short_name, full=False, rank=rank)
        for other in unit.other_names.all():
            yield Name(reference, other.name, full=False, rank=rank)
        if unit.parent is not None:
            yield Name(reference, f"{unit.name} {unit.parent.name}", full=False, rank=rank)
    # "Sở" alone is the office itself.
    yield Name(f"{_UNIT}:{office.pk}", office.name.split(" ")[0], full=False)


def _group_names(groups: dict[str, UnitGroup]) -> Iterable[Name]:
    for key, group in groups.items():
        yield Name(f"{_GROUP}:{key}", group.name, full=True)
        for other in group.other_names.splitlines():
            if other.strip():
                yield Name(f"{_GROUP}:{key}", other, full=False)


def _heirs(units: dict[str, Unit]) -> dict[str, list[Unit]]:
    """The successors among the units, by key of the one that ended, in the order of the tree."""
    found: dict[str, list[Unit]] = defaultdict(list)
    rows = Succession.objects.filter(
        unit__in=[key for key, unit in units.items() if unit.valid_until]
    ).order_by("successor__position", "successor__sort_key", "pk")
    for ended, successor in rows.values_list("unit", "successor"):
        if str(successor) in units:
            found[str(ended)].append(units[str(successor)])
    return found


def _match(
    found: Found,
    units: dict[str, Unit],
    heirs: dict[str, list[Unit]],
    groups: dict[str, UnitGroup],
    on: date,
) -> Match:
    candidates: list[Candidate] = []
    certain = found.kind
    for key, score in found.keys:
        kind, _, pk = key.partition(":")
        if kind == _GROUP:
            candidates.append(Candidate(score, group=groups[pk]))
            continue
        unit = units[pk]
        living = _living(unit, heirs, on)
        if living != [unit]:
            certain = "near"
        offered = [candidate.unit for candidate in candidates]
        candidates += [
            Candidate(score if one is unit else min(score, 99), one)
            for one in living
            if one not in offered
        ]
    if not candidates:
        return Match("none")
    best = candidates[0]
    if certain in {"exact", "abbreviation"}:
        return Match(certain, unit=best.unit, group=best.group, score=best.score)
    return Match("near", score=best.score, candidates=tuple(candidates))


def _living(unit: Unit, heirs: dict[str, list[Unit]], on: date) -> list[Unit]:
    """The unit if it exists that day, else those it became that do."""
    found: list[Unit] = []
    seen: set[object] = set()
    waiting = [unit]
    while waiting:
        one = waiting.pop(0)
        if one.pk in seen:
            continue
        seen.add(one.pk)
        if one.is_valid_on(on):
            found.append(one)
        else:
            waiting += heirs.get(str(one.pk), ())
    return found
