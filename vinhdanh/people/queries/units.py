import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from vinhdanh.common.vietnamese import fold
from vinhdanh.journal import queries as journal
from vinhdanh.people.models import (
    Position,
    RoleHolding,
    Succession,
    Unit,
    UnitGroup,
    UnitName,
)


def valid_on(day: date, *, prefix: str = "") -> Q:
    """Units that exist on the day; `prefix` ("unit__") for what hangs on a unit."""
    return Q(
        Q(**{f"{prefix}valid_from__isnull": True}) | Q(**{f"{prefix}valid_from__lte": day}),
        Q(**{f"{prefix}valid_until__isnull": True}) | Q(**{f"{prefix}valid_until__gte": day}),
    )


def held_on(day: date) -> Q:
    """Positions and roles that are held on the day."""
    return Q(
        Q(from_on__isnull=True) | Q(from_on__lte=day),
        Q(until_on__isnull=True) | Q(until_on__gte=day),
    )


def over_on(day: date) -> Q:
    """Positions and roles that are no longer held on the day."""
    return Q(until_on__lt=day)


def units_of(group: UnitGroup, *, on: date) -> QuerySet[Unit]:
    """The units a group means on the day, in the order of the tree's own order."""
    meant = Q(pk__in=group.members.values("pk"))
    if group.anchor is not None and group.kinds:
        below = (
            Q(path__startswith=group.anchor.path) & ~Q(pk=group.anchor.pk)
            if group.whole_subtree
            else Q(parent=group.anchor)
        )
        meant |= below & Q(kind__in=group.kinds)
    return Unit.objects.filter(meant).filter(valid_on(on))


def unit_changes(unit: Unit) -> list[journal.Change]:
    """What was changed of a unit, of its other names and of its successors."""
    names = journal.Part(UnitName, {"unit_id": unit.pk}, _("tên khác"))
    heirs = journal.Part(Succession, {"unit_id": unit.pk}, _("đơn vị kế thừa"))
    return journal.row_changes(unit, names, heirs)


def subtree(unit: Unit) -> QuerySet[Unit]:
    """The unit and all below it."""
    return Unit.objects.filter(path__startswith=unit.path)


def above(unit: Unit) -> list[Unit]:
    """The units above, topmost first."""
    places = [place for place in unit.path.split("/") if place][:-1]
    return sorted(Unit.objects.filter(pk__in=places), key=lambda found: len(found.path))


def heads(unit: Unit, *, on: date) -> QuerySet[Position]:
    """The positions of those who head the unit on the day."""
    return (
        Position.objects.filter(held_on(on), unit=unit, is_head=True)
        .select_related("person")
        .order_by("person__sort_key")
    )


def found_units(units: QuerySet[Unit], text: str) -> QuerySet[Unit]:
    """Those of `units` whose names hold every word of the text, accents or not."""
    for word in fold(text).split():
        units = units.filter(folded__contains=word)
    return units


def _place(branch: "Branch") -> tuple[bool, int, str]:
    unit = branch.unit
    return unit.outside, unit.position, unit.sort_key


@dataclass
class Branch:
    """A unit and the branches below it, as the page of units shows them."""

    unit: Unit
    below: list["Branch"] = field(default_factory=list)
    # Shown only because something below it is: it does not match the filter itself.
    only_a_way: bool = False


def tree(units: Iterable[Unit], *, within: QuerySet[Unit]) -> list[Branch]:
    """`units` as branches in their places, the outside trees last; with the units of `within` that
    lie above them as the way there.

    Two queries, however deep.
    """
    wanted = {str(unit.pk): unit for unit in units}
    ways = {place for unit in wanted.values() for place in unit.path.split("/") if place}
    missing = ways - wanted.keys()
    ordered = list(wanted.values())
    ordered += within.filter(pk__in=missing) if missing else []
    branches = {str(unit.pk): Branch(unit, only_a_way=str(unit.pk) in missing) for unit in ordered}
    tops: list[Branch] = []
    for branch in sorted(branches.values(), key=_place):
        parent = branches.get(str(branch.unit.parent_id))
        (parent.below if parent else tops).append(branch)
    return tops


def units_named(name: str, *, on: date) -> list[Unit]:
    """The units inside an office that bear the full or short name on the day, accents or not."""
    wanted = fold(name)
    likely = Unit.objects.filter(valid_on(on), outside=False, folded__contains=wanted)
    return [unit for unit in likely if wanted in {fold(unit.name), fold(unit.short_name)}]


def heirs(units: Iterable[uuid.UUID]) -> set[uuid.UUID]:
    """The keys of these units and of what they became, step by step; a query for each step."""
    found: set[uuid.UUID] = set()
    ended = set(units)
    while ended:
        found |= ended
        after = Succession.objects.filter(unit__in=ended).values_list("successor", flat=True)
        ended = set(after) - found
    return found


def left_over(unit: Unit) -> tuple[QuerySet[Position], QuerySet[RoleHolding]]:
    """The positions and the roles that outlast the unit itself; none of a unit without last day.

    By given name; a query for each.
    """
    lasting = Q(until_on__isnull=True) | Q(until_on__gt=unit.valid_until)
    if unit.valid_until is None:
        lasting = Q(pk__in=[])
    positions = Position.objects.filter(lasting, unit=unit).select_related("person", "unit")
    roles = RoleHolding.objects.filter(lasting, unit=unit).select_related("user", "unit")
    return (
        positions.order_by("-is_head", "person__sort_key", "pk"),
        roles.order_by("role", "user__name", "pk"),
    )


def predecessors(unit: Unit) -> QuerySet[Unit]:
    """The units that ended in this one, the latest first."""
    return unit.predecessors.order_by("-valid_until")


def groups_with(unit: Unit, groups: QuerySet[UnitGroup], *, on: date) -> list[UnitGroup]:
    """Those of `groups` that mean the unit on the day. One query."""
    if not unit.is_valid_on(on):
        return []
    parents = unit.path.split("/")[:-2]
    below = Q(kinds__contains=[unit.kind]) & (
        Q(anchor=unit.parent_id) | Q(whole_subtree=True, anchor_id__in=parents)
    )
    by_kind = below & Q(anchor__isnull=False)
    return list(groups.filter(by_kind | Q(members=unit)).distinct())


def walked(branches: Iterable[Branch], depth: int = 0) -> Iterator[tuple[Branch, int]]:
    """The branches from top to bottom, each with how deep it lies."""
    for branch in branches:
        yield branch, depth
        yield from walked(branch.below, depth + 1)


@dataclass(frozen=True)
class CountedGroup:
    """A group and how many units it means on the day asked."""

    group: UnitGroup
    count: int


def counted_groups(groups: QuerySet[UnitGroup], *, on: date) -> list[CountedGroup]:
    """The groups with how many units each means on the day. Three queries, however many groups."""
    found = list(
        groups.select_related("office", "anchor").prefetch_related("members").order_by("name")
    )
    anchors = Q(pk__in=[])
    for group in found:
        if group.anchor is not None:
            anchors |= Q(path__startswith=group.anchor.path)
    below = list(Unit.objects.filter(anchors).filter(valid_on(on)))
    return [CountedGroup(group, len(_meant(group, below, on))) for group in found]


def _meant(group: UnitGroup, below: list[Unit], on: date) -> set[uuid.UUID]:
    meant = {unit.pk for unit in group.members.all() if unit.is_valid_on(on)}
    if group.anchor is not None:
        meant |= {
            unit.pk
            for unit in below
            if unit.kind in group.kinds
            and unit.pk != group.anchor.pk
            and (
                unit.path.startswith(group.anchor.path)
                if group.whole_subtree
                else unit.parent_id == group.anchor.pk
            )
        }
    return meant
