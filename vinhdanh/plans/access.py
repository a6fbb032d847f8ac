"""Who may see a plan, and who may run it."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from vinhdanh.accounts.models import User
from vinhdanh.people import access as people
from vinhdanh.people.models import RoleHolding, Unit
from vinhdanh.people.queries.units import held_on
from vinhdanh.plans.models import Assignment, Plan, Report, Task

Role = people.Role

# Who reads a plan while it is still a draft; only RUNS_THE_YEAR changes it.
READS_DRAFTS = (*people.OVERSEES, Role.COUNCIL_MEMBER)


def held(user: User, *, on: date) -> list[tuple[str, str]]:
    """The roles the user holds on a day, each with the path of its unit.

    Asked of the database once for a user object, thus once for a page; not for deciding deeds.
    """
    kept: dict[date, list[tuple[str, str]]] = user.__dict__.setdefault("_held_on", {})
    if on not in kept:
        kept[on] = list(people.holdings(user, on=on).values_list("role", "unit__path"))
    return kept[on]


def visible_plans(user: User, *, on: date) -> QuerySet[Plan]:
    """The plans the user may see on a day.

    Drafts: those of offices covered by a role in READS_DRAFTS. Plans in force or closed: also
    those of every office above or below a unit at which the user holds any role, and those that
    give work to such a unit or to one below it.
    """
    roles = held(user, on=on)
    if not roles:
        return Plan.objects.none()
    begun = ~Q(state__in=[Plan.State.DRAFT, Plan.State.STARTING])
    above = {place for _role, path in roles for place in path.split("/") if place}
    below, reads_drafts, assigned = Q(), Q(pk__in=[]), Q()
    for role, path in roles:
        below |= Q(office__path__startswith=path)
        assigned |= Q(unit__path__startswith=path)
        if role in READS_DRAFTS:
            reads_drafts |= Q(office__path__startswith=path)
    given_work = Plan.units.through.objects.filter(assigned, plan=OuterRef("pk"))
    return Plan.objects.filter(
        reads_drafts | (begun & (Q(office_id__in=above) | below)) | (begun & Exists(given_work))
    )


def plans_reviewed(user: User, *, on: date) -> QuerySet[Plan]:
    """The plans of which the user sees what their review found, also once they are in force:
    those of offices covered by a role in READS_DRAFTS."""
    return Plan.objects.filter(office__in=people.covered(user, READS_DRAFTS, on=on))


def plans_to_run(user: User, *, on: date) -> QuerySet[Plan]:
    """The plans of the offices that the user runs: these they may edit and put into force."""
    return Plan.objects.filter(office__in=people.covered(user, people.RUNS_THE_YEAR, on=on))


def may_run(user: User, plan: Plan, *, on: date) -> bool:
    """Whether the user runs the plan's office (Thường trực thi đua, khen thưởng) that day."""
    return people.covers(user, plan.office, people.RUNS_THE_YEAR, on=on)


def visible_tasks(user: User, *, on: date) -> QuerySet[Task]:
    """The tasks of the running or closed plans the user sees; their dates and states with them."""
    begun = [Plan.State.IN_FORCE, Plan.State.CLOSED]
    return Task.objects.filter(plan__in=visible_plans(user, on=on).filter(state__in=begun))


def own_units(user: User, *, on: date) -> QuerySet[Unit]:
    """The units for which the user reports: at or below where they are clerk or head, and the
    blocs and councils that they head."""
    return people.acted_for(user, on=on)


def may_report(user: User, line: Assignment, *, on: date) -> bool:
    """Whether the user reports for the unit of the line."""
    return people.acts_for(user, line.unit, on=on)


def oversees(user: User, plan: Plan, *, on: date) -> bool:
    """Whether the user reads every unit's reports in the plan: the office, leaders, auditors."""
    return people.covers(user, plan.office, people.OVERSEES, on=on)


def readable_reports(user: User, *, on: date) -> QuerySet[Report]:
    """The reports whose notes and files the user may read: of their own units, and of every unit
    in the plans that they oversee. Colleagues of another unit read none of them."""
    overseen = people.covered(user, people.OVERSEES, on=on)
    return Report.objects.filter(
        Q(assignment__unit__in=own_units(user, on=on))
        | Q(assignment__occurrence__plan__office__in=overseen),
        assignment__occurrence__task__in=visible_tasks(user, on=on),
    )


def can_report_itself(unit: Unit, *, on: date) -> bool:
    """Whether somebody with an open account acts for the unit itself that day."""
    return unit.pk in manned([unit.pk], on=on)


def manned(units: Collection[UUID], *, on: date) -> set[UUID]:
    """Those of the units at which somebody with an open account holds a role that acts for a unit
    of that kind, as `people.acted_for` says of one user. One query."""
    acting = (
        Q(role__in=(Role.CLERK, Role.HEAD))
        | Q(role__in=(Role.BLOC_HEAD, Role.BLOC_DEPUTY), unit__kind=Unit.Kind.BLOC)
        | Q(role__in=(Role.COUNCIL_CHAIR, Role.COUNCIL_SECRETARY), unit__kind=Unit.Kind.COUNCIL)
    )
    held = RoleHolding.objects.filter(acting, held_on(on), unit__in=units, user__is_active=True)
    return set(held.values_list("unit_id", flat=True))
