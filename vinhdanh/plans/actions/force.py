"""Putting a plan into force: its rows become occurrences, and lines of the units."""

from collections.abc import Iterable
from datetime import date, datetime
from itertools import islice

from django.db import connection, transaction
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from vinhdanh.accounts.models import User
from vinhdanh.common.ids import new_id
from vinhdanh.common.refusal import Refused
from vinhdanh.journal import actions as journal
from vinhdanh.people.models import Unit
from vinhdanh.plans import queries
from vinhdanh.plans.actions.held import held_for
from vinhdanh.plans.models import Assignment, Occurrence, Plan
from vinhdanh.plans.queries.force import Outcome, Work

FORCE_JOB = "vinhdanh.plans.tasks.carry_on_force"
# Lines that a person may be asked to wait for; more are laid out in the background.
AT_ONCE = 20_000
_BATCH = 5_000
_TASKS_AT_A_TIME = 20


@transaction.atomic
def put_into_force(plan: Plan, *, by: User, on: date, at: datetime) -> Outcome:
    """Make the year run (đưa vào thực hiện): every row has its occurrences and units their lines.

    Groups mean the units of day `on`. Raises Refused when the plan is no draft any more, when
    something is unsettled (`queries.obstacles`), or another plan is in force for the year.
    """
    _start(plan, by=by, at=at)
    works = queries.work(plan, on=on)
    _lay_out(plan, works)
    return _finish(plan, works, by=by, at=at)


@transaction.atomic
def set_going(plan: Plan, *, by: User, on: date, at: datetime) -> None:
    """Put a plan into force at once, or start it and queue the job for the rest when it is large.

    Afterwards `plan.state` says which: in force, or starting. Refused as `put_into_force`.
    """
    if queries.obstacles(plan) or queries.outcome(plan, on=on).lines <= AT_ONCE:
        put_into_force(plan, by=by, on=on, at=at)
        return
    start_force(plan, by=by, at=at)
    app.configure_task(FORCE_JOB).defer(plan_id=str(plan.pk), by_id=str(by.pk), on=on.isoformat())


@transaction.atomic
def start_force(plan: Plan, *, by: User, at: datetime) -> None:
    """The first step for a large plan: from now on it cannot be edited; `carry_on_force` follows.

    Refused for the same reasons as `put_into_force`.
    """
    _start(plan, by=by, at=at)


def carry_on_force(plan: Plan, *, by: User, on: date, at: datetime) -> None:
    """Lay out the rows of a plan that was started, some at a time, and put it into force.

    May be called again after a breakdown: rows that are laid out stay as they are. Does nothing
    to a plan in force.
    """
    if plan.state != Plan.State.STARTING:
        return
    waiting = iter(queries.work(plan, on=on, without_occurrences=True))
    while some := list(islice(waiting, _TASKS_AT_A_TIME)):
        with transaction.atomic():
            _lay_out(plan, some)
    with transaction.atomic():
        _finish(plan, queries.work(plan, on=on), by=by, at=at)
    with connection.cursor() as cursor:  # so many rows at once would mislead the planner
        cursor.execute("ANALYZE plans_occurrence, plans_assignment")


def must_be_alone(plan: Plan) -> None:
    """Refused when another plan of the office is in force for the year, until the transaction
    ends."""
    # Two plans of one year at the same instant: the office's row lets them in one by one.
    Unit.objects.select_for_update().get(pk=plan.office_id)
    if queries.rival_of(plan):
        raise Refused(_("Năm %(year)d đã có kế hoạch đang thực hiện.") % {"year": plan.year})


def _start(plan: Plan, *, by: User, at: datetime) -> None:
    held = held_for("start", plan.pk)
    if found := queries.obstacles(held):
        raise Refused(
            _("Chưa đưa kế hoạch vào thực hiện được. %(why)s")
            % {"why": " ".join(one.sentence for one in found)}
        )
    must_be_alone(held)
    held.tasks.filter(removed=True).delete()
    Plan.objects.filter(pk=plan.pk).update(state=Plan.State.STARTING, edited_at=at)
    plan.state = Plan.State.STARTING
    journal.record("plan start", plan, by=by)


def _finish(plan: Plan, works: list[Work], *, by: User, at: datetime) -> Outcome:
    made = queries.outcome_of(works)
    moved = Plan.objects.filter(pk=plan.pk, state=Plan.State.STARTING).update(
        state=Plan.State.IN_FORCE, in_force_at=at
    )
    if moved:
        plan.state, plan.in_force_at = Plan.State.IN_FORCE, at
        units = {line.unit_id for one in works for line in one.lines}
        plan.units.set(Unit.objects.filter(pk__in=units))
        figures = {
            "tasks": made.tasks,
            "occurrences": made.occurrences,
            "units": made.units,
            "lines": made.lines,
        }
        journal.record("plan put into force", plan, by=by, detail=figures)
    return made


def _lay_out(plan: Plan, works: Iterable[Work]) -> None:
    made = [
        (
            one,
            [
                Occurrence(
                    plan=plan,
                    task=one.task,
                    label=when.label,
                    starts_on=when.starts_on,
                    due_on=when.due_on,
                    due_reason=when.reason,
                )
                for when in one.occurrences
            ],
        )
        for one in works
    ]
    Occurrence.objects.bulk_create(
        (occurrence for _one, rows in made for occurrence in rows), batch_size=_BATCH
    )
    _copy_lines(made)


def _copy_lines(made: list[tuple[Work, list[Occurrence]]]) -> None:
    """Write the units' lines in one stream: a large plan has hundreds of thousands of them."""
    columns = ("id", "occurrence_id", "unit_id", "part", "state", "through")
    table = Assignment._meta.db_table
    state = Assignment.State.OPEN.value
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as stream,
    ):
        for one, rows in made:
            for occurrence in rows:
                for line in one.lines:
                    stream.write_row(
                        (new_id(), occurrence.pk, line.unit_id, line.part, state, line.through)
                    )
