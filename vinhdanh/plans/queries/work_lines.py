"""What the running year asks of a person: their units' lines, and what waits for the office."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Value

from vinhdanh.accounts.models import User
from vinhdanh.people import access as people
from vinhdanh.people.models import Unit
from vinhdanh.plans import access
from vinhdanh.plans.models import Assignment, Occurrence, Plan, Report
from vinhdanh.plans.rules.progress import AHEAD, SOON, Progress, Standing, standing_of_all

OWED = Q(state__in=[Assignment.State.OPEN, Assignment.State.RETURNED])
IN_TIME_ORDER = (
    F("occurrence__due_on").asc(nulls_last=True),
    "occurrence__task__position",
    "unit__position",
    "unit__sort_key",
    "pk",
)


def standing_is(standing: str, *, on: date) -> Q:
    """Lines that stand so on a day: one of `Standing`, or one of the wider views of the board:
    "owed" (whatever is not reported), "month" (owed, due within 30 days), "returned"."""
    due = "occurrence__due_on"
    soon, ahead = on + SOON, on + AHEAD
    conditions = {
        Standing.LATE: OWED & Q(**{f"{due}__lt": on}),
        Standing.SOON: OWED & Q(**{f"{due}__gte": on, f"{due}__lte": soon}),
        Standing.AHEAD: OWED & Q(**{f"{due}__gt": soon}),
        Standing.UNDATED: OWED & Q(**{f"{due}__isnull": True}),
        Standing.REPORTED: Q(state=Assignment.State.REPORTED),
        Standing.DONE: Q(state=Assignment.State.ACCEPTED),
        "owed": OWED,
        "month": OWED & Q(**{f"{due}__gte": on, f"{due}__lte": ahead}),
        "returned": Q(state=Assignment.State.RETURNED),
    }
    return conditions[standing]


def running_plans(user: User, *, on: date) -> QuerySet[Plan]:
    """The plans in force that the user sees, newest year first."""
    seen = access.visible_plans(user, on=on).filter(state=Plan.State.IN_FORCE)
    return seen.select_related("office")


def lines_owed(user: User, *, on: date) -> QuerySet[Assignment]:
    """The lines that units of the user still owe in plans in force, the earliest due first."""
    return (
        _lines_of_own(user, on=on)
        .filter(OWED)
        .select_related("occurrence__task", "unit")
        .order_by(*IN_TIME_ORDER)
    )


@dataclass(frozen=True)
class UnitDebt:
    """What a unit owes."""

    unit: Unit
    late: int
    soon: int
    returned: int
    owed: int


def debts(user: User, *, on: date) -> list[UnitDebt]:
    """What each unit of the user owes in plans in force, the most late first."""
    rows = (
        _lines_of_own(user, on=on)
        .filter(OWED)
        .order_by()
        .values_list("unit_id")
        .annotate(
            late=count_of(standing_is(Standing.LATE, on=on)),
            soon=count_of(standing_is(Standing.SOON, on=on)),
            returned=count_of(standing_is("returned", on=on)),
            owed=Count("*"),
        )
    )
    counted = {unit_pk: counts for unit_pk, *counts in rows}
    units = Unit.objects.filter(pk__in=counted)
    found = [UnitDebt(unit, *counted[unit.pk]) for unit in units]
    return sorted(found, key=lambda debt: (-debt.late, -debt.soon))


def plans_run(user: User, *, on: date) -> QuerySet[Plan]:
    """The plans in force that the user runs for the office."""
    return access.plans_to_run(user, on=on).filter(state=Plan.State.IN_FORCE)


def plans_overseen(user: User, *, on: date) -> QuerySet[Plan]:
    """The plans in force whose every unit the user oversees, running them or only reading."""
    offices = people.covered(user, people.OVERSEES, on=on)
    return Plan.objects.filter(state=Plan.State.IN_FORCE, office__in=offices).select_related(
        "office"
    )


def waiting_reports(plans: QuerySet[Plan]) -> QuerySet[Report]:
    """The reports in these plans that wait for the office, the oldest first."""
    return (
        Report.objects.filter(answer=Report.Answer.WAITING, assignment__occurrence__plan__in=plans)
        .select_related("assignment__occurrence__task", "assignment__unit", "reported_by")
        .prefetch_related("files")
        .order_by("reported_at", "pk")
    )


def undated(plans: QuerySet[Plan]) -> QuerySet[Occurrence]:
    """The occurrences in these plans that still wait for somebody else's date."""
    return (
        Occurrence.objects.filter(plan__in=plans, due_on__isnull=True)
        .select_related("task")
        .order_by("plan__year", "task__position")
    )


def owing(plans: QuerySet[Plan], due: Q) -> QuerySet[Occurrence]:
    """The occurrences in these plans with `due` that some unit still owes, earliest first."""
    owed = Assignment.objects.filter(OWED, occurrence=OuterRef("pk"))
    return (
        Occurrence.objects.filter(Exists(owed), due, plan__in=plans)
        .select_related("task")
        .order_by("due_on", "task__position")
    )


@dataclass(frozen=True)
class Standings:
    """An occurrence with how many of its lines are where, and how it stands as a whole."""

    occurrence: Occurrence
    progress: Progress
    standing: Standing


def stand(
    occurrences: Iterable[Occurrence], *, on: date, unit: Unit | None = None
) -> list[Standings]:
    """How each occurrence stands on a day; for one unit alone where given. One query."""
    occurrences = list(occurrences)
    lines = Assignment.objects.filter(occurrence__in=[each.pk for each in occurrences])
    if unit is not None:
        lines = lines.filter(unit=unit)
    rows = (
        lines.order_by()
        .values_list("occurrence_id")
        .annotate(
            total=Count("*"),
            reported=count_of(Q(state=Assignment.State.REPORTED)),
            done=count_of(Q(state=Assignment.State.ACCEPTED)),
        )
    )
    counted = {occurrence_pk: Progress(*counts) for occurrence_pk, *counts in rows}
    nothing = Progress(total=0, reported=0, done=0)
    found = []
    for occurrence in occurrences:
        progress = counted.get(occurrence.pk, nothing)
        stands = standing_of_all(progress, occurrence.due_on, on=on)
        found.append(Standings(occurrence, progress, stands))
    return found


def waiting_count(user: User, *, on: date, most: int) -> int:
    """How many things wait for the user now, counted no further than `most`: lines of their units
    that are late, due within 7 days or sent back, and for the office reports and occurrences
    without a date. At most five queries."""
    roles = {role for role, _path in access.held(user, on=on)}
    count = 0
    if roles & set(people.ACTS_FOR):
        pressing = standing_is(Standing.LATE, on=on) | standing_is(Standing.SOON, on=on)
        mine = _lines_of_own(user, on=on).filter(pressing | standing_is("returned", on=on))
        count = mine[:most].count()
    if roles & set(people.RUNS_THE_YEAR):
        run = list(plans_run(user, on=on).order_by().values_list("pk", flat=True))
        reported = Assignment.objects.filter(
            state=Assignment.State.REPORTED, occurrence__plan__in=run
        )
        without_date = Occurrence.objects.filter(plan__in=run, due_on__isnull=True)
        count += reported.order_by()[:most].count() + without_date.order_by()[:most].count()
    return min(count, most)


def _lines_of_own(user: User, *, on: date) -> QuerySet[Assignment]:
    # Asked first by itself: the planner then knows how few units it is about.
    own = list(access.own_units(user, on=on).values_list("pk", flat=True))
    return Assignment.objects.filter(unit__in=own, occurrence__plan__state=Plan.State.IN_FORCE)


def count_of(condition: Q) -> Count:
    """How many rows of a group meet the condition."""
    return Count(Value(1), filter=condition)
