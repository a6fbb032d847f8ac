"""Where units come from, and how the members of each did in a year."""

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Q

from vinhdanh.honours.models import Conferral, Discipline, YearRating
from vinhdanh.honours.queries.register import standing
from vinhdanh.honours.rules.facts import Members
from vinhdanh.people.models import Position, Succession, Unit

_ADVANCED, _FIGHTER = "DH_LDTT", "DH_CSTD_CS"
# From a warning upwards: what conditions on the members of a collective count.
_GRAVE = [form for form in Discipline.Form if form != Discipline.Form.REPRIMAND]


@dataclass(frozen=True)
class Lineage:
    """The units of before, by the pk of the unit asked for.

    `own`: itself and those it was before a change of name. `others`: those merged into it or from
    which it was split, under all their names. `founded_on`: the first day of the earliest of `own`.
    """

    own: dict[uuid.UUID, list[uuid.UUID]] = field(default_factory=dict)
    others: dict[uuid.UUID, list[uuid.UUID]] = field(default_factory=dict)
    founded_on: dict[uuid.UUID, date | None] = field(default_factory=dict)
    paths: dict[str, uuid.UUID] = field(default_factory=dict)

    @property
    def all_units(self) -> list[uuid.UUID]:
        return [pk for kept in (self.own, self.others) for pks in kept.values() for pk in pks]


def lineage_of(units: Sequence[Unit]) -> Lineage:
    """Where the units come from. One query; none without units."""
    before: dict[uuid.UUID, list[Unit]] = defaultdict(list)
    if units:
        for succession in Succession.objects.select_related("unit").order_by("pk"):
            before[succession.successor_id].append(succession.unit)
    lineage = Lineage()
    for unit in units:
        own: list[Unit] = [unit]
        others: list[Unit] = []
        waiting = [(unit, True)]
        seen = {unit.pk}
        while waiting:
            later, is_own = waiting.pop()
            for earlier in before.get(later.pk, ()):
                if earlier.pk in seen:
                    continue
                seen.add(earlier.pk)
                same = is_own and earlier.ending == Unit.Ending.RENAMED
                (own if same else others).append(earlier)
                waiting.append((earlier, same))
        lineage.own[unit.pk] = [each.pk for each in own]
        lineage.others[unit.pk] = [each.pk for each in others]
        lineage.founded_on[unit.pk] = own[-1].valid_from
        lineage.paths.update({each.path: unit.pk for each in own})
    return lineage


def members_of(
    units: Sequence[Unit],
    lineage: Lineage,
    *,
    year: int,
    as_of: datetime | None = None,
    on: date,
) -> dict[uuid.UUID, Members]:
    """How the members of each unit did in the year, by unit; a unit without members is left out.

    A member serves in the unit or below it; who moved counts once, where the last post of the year
    was. How many did their duties is known when every one has a rating; how many won a title, when
    the year's titles are in the register (one advanced worker at least). Disciplined: from a
    warning upwards, imposed in the year. Four queries, none without units.
    """
    if not units:
        return {}
    serving = _serving(lineage.paths, min(on, date(year, 12, 31)), year)
    persons = {person for members in serving.values() for person in members}
    rated = YearRating.objects.filter(person__in=persons, year=year)
    ratings = dict(standing(rated, as_of).values_list("person", "level"))
    titles: dict[str, set[uuid.UUID]] = defaultdict(set)
    conferred = Conferral.objects.filter(
        person__in=persons, year=year, award__in=(_ADVANCED, _FIGHTER)
    )
    for person, award in standing(conferred, as_of).values_list("person", "award"):
        titles[award].add(person)
    imposed = Discipline.objects.filter(person__in=persons, from_on__year=year, form__in=_GRAVE)
    disciplined = set(standing(imposed, as_of).values_list("person", flat=True))
    found = {}
    for unit, members in serving.items():
        levels = [ratings.get(person) for person in members]
        advanced = len(members & titles[_ADVANCED])
        found[unit] = Members(
            total=len(members),
            completed=None
            if None in levels
            else sum(level != YearRating.Level.FAILED for level in levels),
            advanced=advanced or None,
            grassroots_fighters=len(members & titles[_FIGHTER]) if advanced else None,
            disciplined=len(members & disciplined),
        )
    return found


def _serving(
    paths: Mapping[str, uuid.UUID], last: date, year: int
) -> dict[uuid.UUID, set[uuid.UUID]]:
    """Who serves in the units of these paths, by unit. One query."""
    within = Q()
    for path in paths:
        if not any(path != above and path.startswith(above) for above in paths):
            within |= Q(unit__path__startswith=path)
    # Where somebody served last in the year decides, be it in these units or in others.
    in_year = Q(from_on__isnull=True) | Q(from_on__lte=last)
    in_year &= Q(until_on__isnull=True) | Q(until_on__gte=date(year, 1, 1))
    touched = Position.objects.filter(in_year, within).values("person")
    posts: dict[uuid.UUID, list[tuple[date, str]]] = defaultdict(list)
    for person, until, path in Position.objects.filter(in_year, person__in=touched).values_list(
        "person", "until_on", "unit__path"
    ):
        posts[person].append((min(until or last, last), path))
    serving: dict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
    for person, held in posts.items():
        latest = max(until for until, _path in held)
        for until, path in held:
            if until < latest:
                continue
            ids = path.split("/")[:-1]
            for depth in range(len(ids)):
                unit = paths.get("".join(f"{each}/" for each in ids[: depth + 1]))
                if unit is not None:
                    serving[unit].add(person)
    return serving
