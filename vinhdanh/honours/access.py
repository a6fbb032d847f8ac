"""Who keeps the register of honours, and who sees what of it.

The overseeing roles (`people.access.OVERSEES`) see the register of their office whole, and the
record of whoever serves there now. A unit's clerk and head see the awards, ratings and initiatives
of those who serve in the units they act for, and of these units as collectives; never disciplines
or open matters of others. Everybody sees the own record, but for open matters, which may be secret
while they last. Administrators see nothing by that role.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import TypeVar
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from vinhdanh.accounts.models import User
from vinhdanh.common.ids import any_of
from vinhdanh.honours.models import (
    Conferral,
    Discipline,
    Fact,
    Household,
    OpenMatter,
    Recognition,
    YearRating,
)
from vinhdanh.people import access as people
from vinhdanh.people.models import Person, Position, RoleHolding, Succession, Unit
from vinhdanh.people.queries import heirs as heirs_of

# Who acts for a unit and sees the merits of those who serve in it.
ACTS = (RoleHolding.Role.CLERK, RoleHolding.Role.HEAD)
# What a clerk or head never sees of others.
CONFIDENTIAL = (Discipline, OpenMatter)
OPEN = (Conferral, YearRating, Recognition)
# Of so many recipients at most the awards are looked through.
_FEW = 500

AnyFact = TypeVar("AnyFact", bound=Fact)


def offices_kept(user: User, *, on: date) -> QuerySet[Unit]:
    """The offices whose register the user keeps: those whose year they run."""
    return people.offices_run(user, on=on)


def keeps_register(user: User, office: Unit, *, on: date) -> bool:
    return offices_kept(user, on=on).filter(pk=office.pk).exists()


def declares_of(user: User, unit: Unit, *, on: date) -> bool:
    """Whether the user may declare what a collective is: as who keeps the register of an office it
    belongs to, or, of an outside unit, of one that has honoured it."""
    kept = offices_kept(user, on=on)
    if kept.filter(pk__in=[step for step in unit.path.split("/") if step]).exists():
        return True
    honoured = Conferral.objects.filter(
        unit=unit, office__in=kept.values("pk"), withdrawn_at__isnull=True
    )
    return unit.outside and honoured.exists()


def offices_overseen(user: User, *, on: date) -> QuerySet[Unit]:
    """The offices whose register the user sees whole: the unit at which an overseeing role is held,
    and every department, city or ministry below."""
    held = people.holdings(user, people.OVERSEES, on=on).values("unit")
    below = people.covered(user, people.OVERSEES, on=on).filter(kind__in=people.WHOLE)
    return Unit.objects.filter(Q(pk__in=held) | Q(pk__in=below.values("pk")))


@dataclass(frozen=True)
class Scope:
    """The awards that a user finds in lists and by search, withdrawn ones among them.

    `few`: they are those of so few recipients that looking through them all is quicker than asking
    an index over everybody's.
    """

    conferrals: QuerySet[Conferral]
    few: bool


def scope(user: User, *, on: date) -> Scope:
    """The awards of the offices overseen; to others, those of the units they act for, of the
    persons who serve there, and the own.

    The keys are asked for beforehand, so that a list of millions can go by its indexes; two queries
    for who oversees, four for others and one for each step in which their units were merged.
    """
    roles = (*people.OVERSEES, *ACTS)
    held = people.holdings(user, roles, on=on).order_by().values_list("role", "unit", "unit__path")
    overseen = {unit: path for role, unit, path in held if role in people.OVERSEES}
    acted = {path for role, _unit, path in held if role in ACTS}
    offices = set(overseen)
    if overseen:
        whole = _below(overseen.values()).filter(kind__in=people.WHOLE)
        offices |= set(whole.order_by().values_list("pk", flat=True))
    if offices and not acted:
        return Scope(Conferral.objects.filter(office__in=offices), few=False)
    units: list[UUID] = []
    if acted:
        covered = _below(acted)
        units = [*covered.order_by().values_list("pk", flat=True), *_ended_in(covered)]
    own = Person.objects.filter(user_id=user.pk).order_by().values_list("pk")
    serving = _serving(on).filter(any_of("unit", units)).order_by().values_list("person")
    persons = [key for (key,) in own.union(serving)]
    seen = any_of("person", persons) | any_of("unit", units)
    if offices:
        return Scope(Conferral.objects.filter(seen | Q(office__in=offices)), few=False)
    return Scope(Conferral.objects.filter(seen), few=len(persons) + len(units) <= _FEW)


def visible_facts(model: type[AnyFact], user: User, *, on: date) -> QuerySet[AnyFact]:
    """The facts of one kind that the user may open, withdrawn ones among them.

    Wider than a list: of whoever serves in an office overseen, also what another office recorded.
    Meant for one fact, or for the facts of one recipient.
    """
    overseen = people.covered(user, people.OVERSEES, on=on)
    seen = Q(office__in=offices_overseen(user, on=on).values("pk"))
    seen |= Q(person__in=_serving(on).filter(unit__in=overseen).values("person"))
    seen |= Q(unit__in=overseen) | Q(unit__in=_ended_in(overseen))
    if model not in CONFIDENTIAL:
        acted = people.covered(user, ACTS, on=on)
        seen |= Q(person__in=_serving(on).filter(unit__in=acted).values("person"))
        seen |= Q(unit__in=acted) | Q(unit__in=_ended_in(acted))
    if model is not OpenMatter:
        seen |= Q(person__user_id=user.pk)
    return model._default_manager.filter(seen)


@dataclass(frozen=True)
class Record:
    """What a user sees of the facts about one person or one unit: by kind all, or those recorded
    by the offices overseen, or none."""

    about: Q
    whole: frozenset[type[Fact]]
    offices: tuple[UUID, ...]

    def facts(self, model: type[AnyFact]) -> QuerySet[AnyFact]:
        """The facts of one kind, withdrawn ones among them."""
        facts = model._default_manager.filter(self.about)
        return facts if model in self.whole else facts.filter(office__in=self.offices)


def record_of_person(user: User, person: Person, *, on: date) -> Record:
    """What the user sees of a person; four queries."""
    serves = _serving(on).filter(person=person)
    whole: set[type[Fact]] = set()
    if serves.filter(unit__in=people.covered(user, people.OVERSEES, on=on)).exists():
        whole |= {*OPEN, *CONFIDENTIAL}
    if serves.filter(unit__in=people.covered(user, ACTS, on=on)).exists():
        whole |= {*OPEN}
    if person.user_id is not None and person.user_id == user.pk:
        whole |= {*OPEN, Discipline}
    offices = offices_overseen(user, on=on).values_list("pk", flat=True)
    return Record(Q(person=person), frozenset(whole), tuple(offices))


def record_of_unit(user: User, unit: Unit, before: Sequence[Unit], *, on: date) -> Record:
    """What the user sees of a unit and of those that ended in it, `before`: all, where the unit or
    one that it became is the user's."""
    heirs = heirs_of([unit.pk])
    whole: set[type[Fact]] = set()
    if people.covered(user, people.OVERSEES, on=on).filter(pk__in=heirs).exists():
        whole |= {*OPEN, *CONFIDENTIAL}
    elif people.covered(user, ACTS, on=on).filter(pk__in=heirs).exists():
        whole |= {*OPEN}
    offices = offices_overseen(user, on=on).values_list("pk", flat=True)
    about = Q(unit__in=[each.pk for each in (unit, *before)])
    return Record(about, frozenset(whole), tuple(offices))


def visible_persons(user: User, *, on: date) -> QuerySet[Person]:
    """The persons whose record the user may open: oneself; who serves, or served, where one
    oversees, or was honoured by that office; who serves in the units one acts for."""
    serves = Position.objects.filter(person=OuterRef("pk"))
    ever = serves.filter(unit__in=people.covered(user, people.OVERSEES, on=on))
    now = _serving(on).filter(person=OuterRef("pk"), unit__in=people.covered(user, ACTS, on=on))
    honoured = Conferral.objects.filter(
        person=OuterRef("pk"), office__in=offices_overseen(user, on=on).values("pk")
    )
    return Person.objects.filter(Q(user_id=user.pk) | Exists(ever) | Exists(now) | Exists(honoured))


def visible_units(user: User, *, on: date) -> QuerySet[Unit]:
    """The units whose record as collectives the user may open: those overseen or acted for, those
    that ended in them, and whichever an office overseen has honoured."""
    covered = people.covered(user, (*people.OVERSEES, *ACTS), on=on)
    honoured = Conferral.objects.filter(
        unit=OuterRef("pk"), office__in=offices_overseen(user, on=on).values("pk")
    )
    return Unit.objects.filter(
        Q(pk__in=covered.values("pk")) | Q(pk__in=_ended_in(covered)) | Exists(honoured)
    )


def visible_households(user: User, *, on: date) -> QuerySet[Household]:
    """The households of the offices overseen."""
    return Household.objects.filter(office__in=offices_overseen(user, on=on).values("pk"))


def sees_disciplines(user: User, about: Unit | Person, *, on: date) -> bool:
    """Whether the user sees disciplines: of an office, as one who oversees it; of a person, the
    own, or as one who oversees where the person serves (or last served, when nowhere now)."""
    if isinstance(about, Unit):
        return offices_overseen(user, on=on).filter(pk=about.pk).exists()
    if about.user_id is not None and about.user_id == user.pk:
        return True
    overseen = people.covered(user, people.OVERSEES, on=on)
    serves = _serving(on).filter(person=about)
    if serves.filter(unit__in=overseen).exists():
        return True
    ever = Position.objects.filter(person=about, unit__in=overseen)
    return ever.exists() and not serves.exists()


def _serving(on: date) -> QuerySet[Position]:
    """The positions held on the day or later."""
    return Position.objects.filter(Q(until_on__isnull=True) | Q(until_on__gte=on))


def _below(paths: Iterable[str]) -> QuerySet[Unit]:
    """The units at these paths, of which there is at least one, and all below them."""
    return Unit.objects.filter(reduce(or_, (Q(path__startswith=path) for path in paths)))


def _ended_in(units: QuerySet[Unit]) -> set[UUID]:
    """The keys of the units besides that ended in one of these, alone or among others, however long
    ago."""
    others = Succession.objects.exclude(unit__in=units.values("pk"))
    heirs = set(others.filter(successor__in=units.values("pk")).values_list("unit", flat=True))
    found: set[UUID] = set()
    while heirs:
        found |= heirs
        before = others.filter(successor__in=heirs).values_list("unit", flat=True)
        heirs = set(before) - found
    return found
