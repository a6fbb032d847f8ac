"""Who covers which units, and who may see and change the tree, the persons and the accounts."""

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import StrIndex

from vinhdanh.accounts.models import User
from vinhdanh.people.models import Person, Position, RoleHolding, Unit, UnitGroup

Role = RoleHolding.Role

# Who answers for the year of an office.
RUNS_THE_YEAR = (Role.OFFICE,)
# Who sees everything below the unit at which the role is held.
OVERSEES = (Role.OFFICE, Role.DIRECTOR, Role.AUDITOR, Role.COUNCIL_CHAIR, Role.COUNCIL_SECRETARY)
# Who acts for a unit, a bloc or a council: reports for it, answers for it.
ACTS_FOR = (
    Role.CLERK,
    Role.HEAD,
    Role.BLOC_HEAD,
    Role.BLOC_DEPUTY,
    Role.COUNCIL_CHAIR,
    Role.COUNCIL_SECRETARY,
)
# Who gives and takes accounts.
ADMINISTERS = (Role.ADMINISTRATOR,)
# Who edits units and persons, and sees personal details.
EDITS = (Role.ADMINISTRATOR, Role.OFFICE)
# A unit of these kinds is an office of its own, with a plan and a say of its own.
WHOLE = (Unit.Kind.CITY, Unit.Kind.MINISTRY, Unit.Kind.DEPARTMENT)
# Who acts for a unit, and who besides for one of a kind.
_ACTS = (Role.CLERK, Role.HEAD)
_ACTS_FOR_KIND: dict[str, tuple[Role, ...]] = {
    Unit.Kind.BLOC: (Role.BLOC_HEAD, Role.BLOC_DEPUTY),
    Unit.Kind.COUNCIL: (Role.COUNCIL_CHAIR, Role.COUNCIL_SECRETARY),
}
# Who sees accounts, roles and histories.
READS = (*OVERSEES, Role.ADMINISTRATOR)


def holdings(
    user: User, roles: Collection[str] | None = None, *, on: date
) -> QuerySet[RoleHolding]:
    """The roles the user holds on a day; all of them, or those among `roles`.

    An account that is closed holds none.
    """
    held = RoleHolding.objects.filter(
        Q(from_on__isnull=True) | Q(from_on__lte=on),
        Q(until_on__isnull=True) | Q(until_on__gte=on),
        user_id=user.pk,
        user__is_active=True,
    )
    return held if roles is None else held.filter(role__in=roles)


def covered(user: User, roles: Collection[str], *, on: date) -> QuerySet[Unit]:
    """The units at which the user holds one of `roles` that day, and all below them.

    Nobody covers anything without a holding: an empty scope is empty, never everything.
    """
    above = holdings(user, roles, on=on).annotate(place=StrIndex(OuterRef("path"), "unit__path"))
    return Unit.objects.filter(Exists(above.filter(place=Value(1))))


def covers(user: User, unit: Unit, roles: Collection[str], *, on: date) -> bool:
    """Whether one of `roles`, held at the unit or above it, covers the unit that day."""
    places = [place for place in unit.path.split("/") if place]
    return holdings(user, roles, on=on).filter(unit_id__in=places).exists()


def offices_run(user: User, *, on: date) -> QuerySet[Unit]:
    """The offices whose year and papers the user runs: where that role is held, and every
    department, city or ministry below."""
    held = holdings(user, RUNS_THE_YEAR, on=on).values("unit")
    below = covered(user, RUNS_THE_YEAR, on=on).filter(kind__in=WHOLE)
    return Unit.objects.filter(Q(pk__in=held) | Q(pk__in=below.values("pk")))


def acted_for(user: User, *, on: date) -> QuerySet[Unit]:
    """The units for which the user acts that day: as clerk or head those covered; as head of a bloc
    or as chair or secretary of a council only blocs and councils.

    A chair who holds the role at the office oversees its units, but reports for none of them.
    """
    own = covered(user, _ACTS, on=on)
    blocs = covered(user, _ACTS_FOR_KIND[Unit.Kind.BLOC], on=on)
    councils = covered(user, _ACTS_FOR_KIND[Unit.Kind.COUNCIL], on=on)
    return Unit.objects.filter(
        Q(pk__in=own.values("pk"))
        | Q(kind=Unit.Kind.BLOC, pk__in=blocs.values("pk"))
        | Q(kind=Unit.Kind.COUNCIL, pk__in=councils.values("pk"))
    )


def acts_for(user: User, unit: Unit, *, on: date) -> bool:
    """Whether the unit is one of those `acted_for`; asks far less of the database."""
    return covers(user, unit, (*_ACTS, *_ACTS_FOR_KIND.get(unit.kind, ())), on=on)


def visible_units(user: User, *, on: date) -> QuerySet[Unit]:
    """The outside units, and the whole trees in which the user holds a role or serves.

    Only names are for everybody; who serves there and what was done is for `reads`.
    """
    serving = Position.objects.filter(
        Q(until_on__isnull=True) | Q(until_on__gte=on), person__user_id=user.pk
    )
    paths = [
        *holdings(user, on=on).values_list("unit__path", flat=True),
        *serving.values_list("unit__path", flat=True),
    ]
    seen = Q(outside=True)
    for top in {path.split("/", 1)[0] for path in paths}:
        seen |= Q(path__startswith=f"{top}/")
    return Unit.objects.filter(seen)


def editable_units(user: User, *, on: date) -> QuerySet[Unit]:
    """The units the user may change: those covered, and the outside units for whoever
    administers a department."""
    editable = Q(pk__in=covered(user, EDITS, on=on).values("pk"))
    if administers_a_department(user, on=on):
        editable |= Q(outside=True)
    return Unit.objects.filter(editable)


def administers_a_department(user: User, *, on: date) -> bool:
    """Whether the user is an administrator at a whole tree or a department of it."""
    return _holds_at_a_whole(user, ADMINISTERS, on=on)


def kinds_given(user: User, *, on: date) -> list[Unit.Kind]:
    """The kinds the user may give to a unit.

    Only who edits a whole tree or a department makes a department, a city or a ministry: whoever
    administers one changes the outside units, which belong to all.
    """
    whole = _holds_at_a_whole(user, EDITS, on=on)
    return [kind for kind in Unit.Kind if whole or kind not in WHOLE]


def _holds_at_a_whole(user: User, roles: Collection[str], *, on: date) -> bool:
    whole = Q(unit__parent__isnull=True) | Q(unit__kind=Unit.Kind.DEPARTMENT)
    return holdings(user, roles, on=on).filter(whole, unit__outside=False).exists()


def edits_somewhere(user: User, *, on: date) -> bool:
    """Whether the user edits units and persons anywhere."""
    return holdings(user, EDITS, on=on).exists()


def reads_somewhere(user: User, *, on: date) -> bool:
    """Whether the user sees accounts and roles anywhere."""
    return holdings(user, READS, on=on).exists()


def reads(user: User, unit: Unit, *, on: date) -> bool:
    """Whether the user sees the roles, the groups and the history of the unit."""
    return covers(user, unit, READS, on=on)


def editable_groups(user: User, *, on: date) -> QuerySet[UnitGroup]:
    return UnitGroup.objects.filter(office__in=covered(user, EDITS, on=on))


def visible_groups(user: User, *, on: date) -> QuerySet[UnitGroup]:
    """The groups of the offices the user sees, the outside ones left out."""
    return UnitGroup.objects.filter(office__in=visible_units(user, on=on).filter(outside=False))


def visible_persons(user: User, *, on: date) -> QuerySet[Person]:
    """Oneself; the persons who serve, or served, in units one oversees or edits; and those who
    serve in the units one acts for."""
    serves = Position.objects.filter(person=OuterRef("pk"))
    ever = serves.filter(unit__in=covered(user, READS, on=on))
    now = serves.filter(
        Q(until_on__isnull=True) | Q(until_on__gte=on), unit__in=covered(user, ACTS_FOR, on=on)
    )
    return Person.objects.filter(Q(user_id=user.pk) | Exists(ever) | Exists(now))


def sees_merits(user: User, person: Person, *, on: date) -> bool:
    """Whether the user oversees where the person serves or served, or acts for where they serve."""
    serves = Position.objects.filter(person=person)
    if serves.filter(unit__in=covered(user, OVERSEES, on=on)).exists():
        return True
    now = serves.filter(Q(until_on__isnull=True) | Q(until_on__gte=on))
    return now.filter(unit__in=covered(user, _ACTS, on=on)).exists()


def read_persons(user: User, *, on: date) -> QuerySet[Person]:
    """The persons whose account, roles and history the user sees: overseen ones, and oneself."""
    ever = Position.objects.filter(person=OuterRef("pk"), unit__in=covered(user, READS, on=on))
    return Person.objects.filter(Q(user_id=user.pk) | Exists(ever))


def editable_persons(user: User, *, on: date) -> QuerySet[Person]:
    """The persons the user may change, and whose personal details they therefore see.

    Someone who has left for another office is edited there.
    """
    serves = Position.objects.filter(person=OuterRef("pk"))
    covered_units = covered(user, EDITS, on=on)
    current = serves.filter(Q(until_on__isnull=True) | Q(until_on__gte=on))
    return Person.objects.filter(
        Q(Exists(current.filter(unit__in=covered_units)))
        | Q(~Exists(current), Exists(serves.filter(unit__in=covered_units)))
    )


def may_edit_person(user: User, person: Person, *, on: date) -> bool:
    return editable_persons(user, on=on).filter(pk=person.pk).exists()


def accountable_persons(user: User, *, on: date) -> QuerySet[Person]:
    """The persons whose account the user may open, close or reset.

    Their every current position and every role they hold must lie in the user's own scope as an
    administrator: whoever resets a password could log in with the other's roles.
    """
    scope = covered(user, ADMINISTERS, on=on)
    lasting = Q(until_on__isnull=True) | Q(until_on__gte=on)
    serves = Position.objects.filter(person=OuterRef("pk"))
    roles = RoleHolding.objects.filter(lasting, user=OuterRef("user"))
    return Person.objects.filter(
        Exists(serves.filter(unit__in=scope)),
        ~Exists(serves.filter(lasting).exclude(unit__in=scope)),
        ~Exists(roles.exclude(unit__in=scope)),
    )


def may_manage_account(user: User, person: Person, *, on: date) -> bool:
    return accountable_persons(user, on=on).filter(pk=person.pk).exists()


def grantable_roles(user: User, *, on: date) -> list[Role]:
    """The roles the user may give somewhere: an administrator all, the office all but that one."""
    held = set(holdings(user, EDITS, on=on).values_list("role", flat=True))
    if Role.ADMINISTRATOR in held:
        return list(Role)
    return [role for role in Role if role != Role.ADMINISTRATOR] if held else []


def may_grant(user: User, role: str, unit: Unit, *, on: date) -> bool:
    """Whether the user may give and take `role` at the unit."""
    by = ADMINISTERS if role == Role.ADMINISTRATOR else EDITS
    return covers(user, unit, by, on=on)


def places_of(
    user: User, held: Iterable[Position | RoleHolding], units: Iterable[Unit], *, on: date
) -> dict[UUID, list[Unit]]:
    """Those of `units` at which the user may give each position or role, by its pk. Two queries."""
    asked = [unit.pk for unit in units]
    edits = list(covered(user, EDITS, on=on).filter(pk__in=asked))
    administers = list(covered(user, ADMINISTERS, on=on).filter(pk__in=asked))
    return {
        one.pk: administers
        if isinstance(one, RoleHolding) and one.role == Role.ADMINISTRATOR
        else edits
        for one in held
    }


def visible_holdings(user: User, *, on: date) -> QuerySet[RoleHolding]:
    """The roles held in the units the user oversees or administers, and the user's own."""
    return RoleHolding.objects.filter(Q(user_id=user.pk) | Q(unit__in=covered(user, READS, on=on)))
