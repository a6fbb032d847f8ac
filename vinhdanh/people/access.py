"""Who covers which units, and who may see and change the tree, the persons and the accounts."""

from collections.abc import Collection
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import StrIndex

from vinhdanh.accounts.models import User
from vinhdanh.people.models import RoleHolding, Unit

Role = RoleHolding.Role

# Who answers for the year of an office.
RUNS_THE_YEAR = (Role.OFFICE,)
# Who sees everything below the unit at which the role is held.
OVERSEES = (Role.OFFICE, Role.DIRECTOR, Role.AUDITOR, Role.COUNCIL_CHAIR, Role.COUNCIL_SECRETARY)
# Who acts for a unit.
ACTS_FOR = (Role.CLERK, Role.HEAD)


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
