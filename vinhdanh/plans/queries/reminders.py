"""Who is reminded of what on which day, computed from how the work stands now.

Nothing of it is stored: when a due date moves, is met or falls away, so do the reminders.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vinhdanh.accounts.models import User
from vinhdanh.notices.models import Message
from vinhdanh.people.models import RoleHolding, Unit
from vinhdanh.people.queries.units import held_on
from vinhdanh.plans.models import Assignment, Occurrence, Plan, ReminderPolicy, Task
from vinhdanh.plans.queries.work_lines import OWED
from vinhdanh.plans.rules import reminders as rules
from vinhdanh.plans.rules.reminders import Days, Duty, Moment, Step, Urgency, Whom
from vinhdanh.secretariat.queries.calendar import special_days

Role = RoleHolding.Role

# Who stands for the clerk, and who for the head, at a unit of a kind.
_CLERKS: dict[str, set[Role]] = {
    Unit.Kind.BLOC: {Role.CLERK, Role.BLOC_DEPUTY},
    Unit.Kind.COUNCIL: {Role.CLERK, Role.COUNCIL_SECRETARY},
}
_HEADS: dict[str, set[Role]] = {
    Unit.Kind.BLOC: {Role.HEAD, Role.BLOC_HEAD},
    Unit.Kind.COUNCIL: {Role.HEAD, Role.COUNCIL_CHAIR},
}
_ACTING = {Role.CLERK, Role.HEAD}.union(*_CLERKS.values(), *_HEADS.values())
# How many units a line names before it only counts them.
_NAMED = 3


@dataclass(frozen=True, slots=True)
class Reminder:
    """What one person is reminded of: an occurrence, and the units that owe it or have reported;
    no unit where only its date is missing. `due_on` is the occurrence's, `office` its plan's."""

    duty: Duty
    occurrence: UUID
    office: UUID
    due_on: date | None
    moment: Moment
    units: tuple[UUID, ...]

    @property
    def key(self) -> str:
        """What it is about, however often it is said."""
        return f"{self.duty}:{self.occurrence}"

    def urgency(self, *, on: date) -> Urgency:
        """The group in which it stands on a day."""
        return rules.urgency(self.duty, self.due_on, on=on)


Found = dict[UUID, list[Reminder]]


@dataclass(frozen=True)
class Policy:
    """How an office reminds of a duty; `own` when it has put it in place of the default."""

    duty: Duty
    steps: tuple[Step, ...]
    active: bool
    own: ReminderPolicy | None


def policies(offices: Collection[UUID]) -> dict[UUID, dict[Duty, Policy]]:
    """The policy of every duty by office pk; one query."""
    found = {
        office: {duty: Policy(duty, steps, True, None) for duty, steps in rules.DEFAULTS.items()}
        for office in offices
    }
    own = ReminderPolicy.objects.filter(office__in=offices).select_related("edited_by")
    for each in own:
        duty = Duty(each.duty)
        steps = rules.steps_from_json(each.steps)
        found[each.office_id][duty] = Policy(duty, steps, each.is_active, each)
    return found


def working_days(first: date, last: date) -> Days:
    """The days of a span on which anybody is reminded; one query."""
    special = special_days()
    return Days(first, last, off=special.off, working=special.working)


def is_working_day(day: date) -> bool:
    """Whether anybody is reminded that day; one query."""
    return bool(working_days(day, day).before)


def for_everybody(*, on: date) -> Found:
    """What each person is reminded of on a day, by user pk; who is reminded of nothing is left out.

    Ten queries, however many offices, units and persons.
    """
    running = Plan.objects.filter(state=Plan.State.IN_FORCE)
    return computed(running, working_days(on, on), on=on)


def with_unread(users: Collection[UUID]) -> set[UUID]:
    """Those of the users who have not read something that they were told, reminders left out."""
    unread = Message.objects.filter(user__in=users, read_at=None)
    told = unread.exclude(kind=Message.Kind.REMINDER).order_by()
    return set(told.values_list("user_id", flat=True).distinct())


def reminders_of(user: User, *, on: date, until: date | None = None) -> list[Reminder]:
    """What the user is reminded of on a day, or from it until another; the earliest first."""
    days = working_days(on, until or on)
    running = Plan.objects.filter(state=Plan.State.IN_FORCE)
    held = RoleHolding.objects.filter(held_on(on), user=user, user__is_active=True)
    places = held.filter(role=Role.OFFICE).values_list("unit__path", flat=True)
    below = Q(pk__in=[])
    for path in places:
        below |= Q(office__path__startswith=path)
    officers = _officers(running.filter(below), on=on)
    run = [office for office, users in officers.items() if user.pk in users]
    units = list(held.filter(role__in=_ACTING).values_list("unit_id", flat=True))
    others = running.exclude(office__in=run).filter(units__in=units).distinct()
    own = computed(running.filter(office__in=run), days, on=on) if run else {}
    given = computed(others, days, on=on, units=units) if units else {}
    found = [*own.get(user.pk, []), *given.get(user.pk, [])]
    return sorted(found, key=lambda each: (each.moment.day, each.due_on or date.max))


def preview(office: Unit, *, on: date, days: int = 30) -> Found:
    """What each person is reminded of in the plans of an office on the `days` days from `on`, by
    user pk: if everything stays as it is that day, and everybody keeps their role."""
    running = Plan.objects.filter(state=Plan.State.IN_FORCE, office=office)
    return computed(running, working_days(on, on + timedelta(days=days - 1)), on=on)


@dataclass(frozen=True)
class _Owed:
    """Units that owe an occurrence in one way, or have reported it; counted from a day."""

    duty: Duty
    occurrence: UUID
    office: UUID
    due_on: date | None
    counted_from: date
    units: list[UUID]


def computed(
    plans: QuerySet[Plan], days: Days, *, on: date, units: Collection[UUID] | None = None
) -> Found:
    """What each person is reminded of in these plans on `days`, by user pk, with the roles of `on`;
    with `units`, only of their lines and never of what is the office's own."""
    offices = dict(plans.values_list("pk", "office_id"))
    if not offices or not days.before:
        return {}
    asked = policies(set(offices.values()))
    timing = _Timing(asked, days)
    owed = list(_owed_lines(offices, timing, units))
    if units is None:
        owed += [*_reported(offices), *_undated(offices)]
    officers = _officers(plans, on=on)
    told = {unit for each in owed if each.duty in rules.OF_UNITS for unit in each.units}
    people = _People(told, on=on)
    found: Found = {}
    for each in owed:
        by_whom: dict[frozenset[Whom], dict[tuple[UUID, ...], list[UUID]]] = {}
        for moment in timing.of(each.office, each.duty, each.counted_from):
            if moment.to not in by_whom:
                by_whom[moment.to] = people.spread(each, moment.to, officers[each.office])
            for named, users in by_whom[moment.to].items():
                reminder = Reminder(
                    each.duty, each.occurrence, each.office, each.due_on, moment, named
                )
                for user in users:
                    found.setdefault(user, []).append(reminder)
    return found


class _Timing:
    """The moments of every duty of some offices, computed once for each day counted from."""

    def __init__(self, asked: Mapping[UUID, Mapping[Duty, Policy]], days: Days) -> None:
        self.asked, self.days = asked, days
        self.known: dict[tuple[Duty, tuple[Step, ...], date], list[Moment]] = {}

    def of(self, office: UUID, duty: Duty, counted_from: date) -> list[Moment]:
        policy = self.asked[office][duty]
        if not policy.active:
            return []
        key = (duty, policy.steps, counted_from)
        if key not in self.known:
            self.known[key] = self.days.moments(duty, policy.steps, counted_from)
        return self.known[key]


def _owed_lines(
    offices: dict[UUID, UUID], timing: _Timing, units: Collection[UUID] | None
) -> Iterable[_Owed]:
    """What units owe by a due day from which some moment falls on the days asked for."""
    dated = Occurrence.objects.filter(plan__in=offices).order_by()
    facts: dict[UUID, tuple[UUID, date, bool]] = {}
    for pk, plan, due_on, kind in dated.values_list("pk", "plan_id", "due_on", "task__due_kind"):
        office, recurring = offices[plan], kind == Task.Due.RECURRING
        duties = [rules.duty_of(part, recurring=recurring) for part in Assignment.Part.values]
        if due_on and any(timing.of(office, duty, due_on) for duty in duties):
            facts[pk] = (office, due_on, recurring)
    lines = Assignment.objects.filter(
        OWED,
        occurrence__plan__in=offices,
        occurrence__due_on__in={due_on for _office, due_on, _recurring in facts.values()},
    )
    if units is not None:
        lines = lines.filter(unit__in=units)
    owed: dict[tuple[UUID, Duty], list[UUID]] = {}
    found = lines.order_by().values_list("occurrence_id", "part", "unit_id")
    for occurrence, part, unit in found.iterator(chunk_size=5_000):
        if occurrence in facts:
            duty = rules.duty_of(part, recurring=facts[occurrence][2])
            owed.setdefault((occurrence, duty), []).append(unit)
    for (occurrence, duty), owing in owed.items():
        office, due_on, _recurring = facts[occurrence]
        yield _Owed(duty, occurrence, office, due_on, due_on, owing)


def _reported(offices: dict[UUID, UUID]) -> Iterable[_Owed]:
    """What units have reported and the office has not answered, by the day it came in."""
    lines = Assignment.objects.filter(
        state=Assignment.State.REPORTED, occurrence__plan__in=offices
    ).order_by()
    groups: dict[tuple[UUID, UUID, date | None, date], list[UUID]] = {}
    for occurrence, plan, due_on, reported_on, unit in lines.values_list(
        "occurrence_id", "occurrence__plan_id", "occurrence__due_on", "reported_on", "unit_id"
    ):
        if reported_on:
            group = (occurrence, offices[plan], due_on, reported_on)
            groups.setdefault(group, []).append(unit)
    for (occurrence, office, due_on, reported_on), units in groups.items():
        yield _Owed(Duty.CONFIRM, occurrence, office, due_on, reported_on, units)


def _undated(offices: dict[UUID, UUID]) -> Iterable[_Owed]:
    owed = Assignment.objects.filter(OWED, occurrence=OuterRef("pk"))
    without = Occurrence.objects.filter(Exists(owed), plan__in=offices, due_on__isnull=True)
    for occurrence, plan in without.order_by().values_list("pk", "plan_id"):
        yield _Owed(Duty.UNDATED, occurrence, offices[plan], None, rules.MONDAY, [])


def _officers(plans: QuerySet[Plan], *, on: date) -> dict[UUID, list[UUID]]:
    """Who runs the plans' offices, by office pk: whoever holds that role at the office itself, else
    at the nearest unit above it."""
    paths = dict(plans.order_by().values_list("office_id", "office__path"))
    above = {pk: [UUID(place) for place in path.split("/") if place] for pk, path in paths.items()}
    holders: dict[UUID, list[UUID]] = {}
    held = RoleHolding.objects.filter(
        held_on(on),
        role=Role.OFFICE,
        unit__in={place for places in above.values() for place in places},
        user__is_active=True,
    )
    for unit, user in held.order_by().values_list("unit_id", "user_id").distinct():
        holders.setdefault(unit, []).append(user)
    return {
        office: next((holders[place] for place in reversed(places) if place in holders), [])
        for office, places in above.items()
    }


class _People:
    """Who is told for a unit: those who hold a role that acts for the unit itself."""

    def __init__(self, units: Collection[UUID], *, on: date) -> None:
        self.clerks: dict[UUID, list[UUID]] = {}
        self.heads: dict[UUID, list[UUID]] = {}
        held = RoleHolding.objects.filter(
            held_on(on), role__in=_ACTING, unit__in=units, user__is_active=True
        )
        for role, unit, kind, user in held.order_by().values_list(
            "role", "unit_id", "unit__kind", "user_id"
        ):
            if role in _CLERKS.get(kind, {Role.CLERK}):
                self.clerks.setdefault(unit, []).append(user)
            if role in _HEADS.get(kind, {Role.HEAD}):
                self.heads.setdefault(unit, []).append(user)

    def spread(
        self, owed: _Owed, to: frozenset[Whom], officers: list[UUID]
    ) -> dict[tuple[UUID, ...], list[UUID]]:
        """Whom a moment reaches, by the units that concern them.

        For a unit without a clerk its head is told, without a head its clerk, without both the
        office.
        """
        if owed.duty not in rules.OF_UNITS:
            return {tuple(owed.units): officers}
        told: dict[UUID, dict[UUID, None]] = {}
        for unit in owed.units:
            clerks, heads = self.clerks.get(unit, []), self.heads.get(unit, [])
            reached = [
                *((clerks or heads) if Whom.CLERK in to else []),
                *((heads or clerks) if Whom.HEAD in to else []),
            ]
            if Whom.OFFICE in to or not reached:
                reached += officers
            for user in reached:
                told.setdefault(user, {})[unit] = None
        shared: dict[tuple[UUID, ...], list[UUID]] = {}
        for user, units in told.items():
            shared.setdefault(tuple(units), []).append(user)
        return shared


@dataclass(frozen=True)
class Line:
    """A reminder in words. `units` names a few of the `unit_count` that it is about; `why` says by
    which step of the office's policy it comes."""

    reminder: Reminder
    text: str
    url: str
    office: str
    units: str
    unit_count: int
    why: str

    @property
    def with_units(self) -> str:
        """The text with the units, as it stands where there is no column for them."""
        return f"{self.text} – {self.units}" if self.units else self.text

    def with_due(self, *, on: date) -> str:
        """The text with the units and the due day, as it stands in a letter of the day `on`."""
        due = self.reminder.due_on
        if due is None or self.reminder.duty == Duty.CONFIRM:
            return self.with_units
        days = (on - due).days
        said = {"thing": self.with_units, "day": f"{due:%d/%m/%Y}", "days": days}
        if due >= on:
            return _("%(thing)s – hạn %(day)s") % said
        return (
            ngettext(
                "%(thing)s – hạn %(day)s, quá hạn %(days)d ngày",
                "%(thing)s – hạn %(day)s, quá hạn %(days)d ngày",
                days,
            )
            % said
        )


def in_words(reminders: Sequence[Reminder]) -> list[Line]:
    """The reminders in words, in their order. Two queries."""
    occurrences = (
        Occurrence.objects.select_related("task")
        .defer("task__quote", "task__folded", "due_reason")
        .in_bulk({each.occurrence for each in reminders})
    )
    # Many persons are told the same: what is the same for them is said once.
    said = {pk: (str(each), each.get_absolute_url()) for pk, each in occurrences.items()}
    named = {unit for each in reminders for unit in each.units[:_NAMED]}
    named |= {each.office for each in reminders}
    names = dict(Unit.objects.filter(pk__in=named).values_list("pk", "name"))
    reasons: dict[tuple[Duty, int, int, bool], str] = {}
    lines = []
    for each in reminders:
        step = each.moment.step
        key = (each.duty, step.day, step.every, each.moment.moved)
        if key not in reasons:
            reasons[key] = _why(each)
        text, url = said[each.occurrence]
        units = _units([names[unit] for unit in each.units[:_NAMED]], len(each.units))
        count = len(each.units)
        lines.append(Line(each, text, url, names[each.office], units, count, reasons[key]))
    return lines


def _why(reminder: Reminder) -> str:
    sentence, values = rules.why(reminder.duty, reminder.moment.step)
    if not reminder.moment.moved:
        return _(sentence) % values
    return f"{_(sentence) % values} {_('Ngày ấy là ngày nghỉ nên chuyển sang ngày làm việc.')}"


def _units(named: list[str], count: int) -> str:
    units = ", ".join(named)
    if count <= _NAMED:
        return units
    return _("%(units)s và %(more)d đơn vị khác") % {"units": units, "more": count - _NAMED}


def grouped(lines: Iterable[Line], *, on: date) -> list[tuple[Urgency, list[Line]]]:
    """The lines by how near they are, the most pressing group first; empty groups are left out."""
    groups: dict[Urgency, list[Line]] = {urgency: [] for urgency in Urgency}
    for line in lines:
        groups[line.reminder.urgency(on=on)].append(line)
    return [(urgency, group) for urgency, group in groups.items() if group]
