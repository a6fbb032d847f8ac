"""The year as a whole: closing it, opening it again, and taking a plan back that was wrong."""

from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _

from vinhdanh.accounts.models import User
from vinhdanh.common.clock import day_of
from vinhdanh.common.refusal import Refused, given
from vinhdanh.documents import actions as documents
from vinhdanh.documents.models import Export
from vinhdanh.journal import actions as journal
from vinhdanh.plans import queries
from vinhdanh.plans.actions.force import must_be_alone
from vinhdanh.plans.actions.held import held_for, must_run
from vinhdanh.plans.models import BackPlan, Extension, Plan, Task
from vinhdanh.plans.rules import life
from vinhdanh.plans.rules.looks import LINES


@transaction.atomic
def close_plan(plan: Plan, *, by: User, at: datetime) -> None:
    """The office closes the year (khép lại năm): nothing is reported or answered any more, and
    everything stays readable. The journal keeps how many lines were not done.

    Raises Refused to whoever does not run the plan, and when it is not in force.
    """
    must_run(plan, by=by, on=day_of(at))
    held_for("close", plan.pk)
    left = queries.figures(plan)
    detail = {"not_done": left.not_done, "reported": left.reported}
    _move(plan, "close")
    journal.record("plan close", plan, by=by, detail=detail)


@transaction.atomic
def reopen_plan(plan: Plan, *, reason: str, by: User, at: datetime) -> None:
    """The office opens a closed year again (mở lại năm); units report as before.

    Raises Refused to whoever does not run the plan, without a reason, when the plan is not closed,
    and when another plan of the office is in force for the year.
    """
    must_run(plan, by=by, on=day_of(at))
    reason = given(reason, _("Hãy nêu lý do mở lại."))
    must_be_alone(held_for("reopen", plan.pk))
    _move(plan, "reopen")
    journal.record("plan reopen", plan, by=by, detail={"reason": reason})


@transaction.atomic
def take_back_from_force(plan: Plan, *, by: User, at: datetime) -> None:
    """A plan put into force by mistake is a draft again (đưa về rà soát): its occurrences and the
    lines of the units are removed, and with them the dates of others that were entered, the
    dates that were moved, and the back-plans with their steps.

    Raises Refused to whoever does not run the plan, when it is not in force, and once any unit has
    reported, even if the report was withdrawn or sent back.
    """
    must_run(plan, by=by, on=day_of(at))
    held_for("take back", plan.pk)
    if queries.reports_of(plan).exists():
        raise Refused(
            _("Đã có đơn vị báo cáo kết quả theo kế hoạch này nên không đưa về rà soát được nữa.")
        )
    documents.remove_exports(Export.objects.filter(kind=LINES, about=plan.pk))
    removed = _remove_work(plan)
    plan.units.clear()
    _move(plan, "take back", edited_at=at, in_force_at=None)
    journal.record("plan take back", plan, by=by, detail=removed)


def _remove_work(plan: Plan) -> dict[str, int]:
    """Remove the lines and occurrences by one statement each: a plan has up to some 100,000
    lines. Moved dates and back-plans go with them, and the tasks that came of back-plans."""
    BackPlan.objects.filter(occurrence__plan=plan).delete()
    Extension.objects.filter(occurrence__plan=plan).delete()
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM plans_assignment line USING plans_occurrence occurrence"
            " WHERE line.occurrence_id = occurrence.id AND occurrence.plan_id = %s",
            [plan.pk],
        )
        lines = cursor.rowcount
        cursor.execute("DELETE FROM plans_occurrence WHERE plan_id = %s", [plan.pk])
        occurrences = cursor.rowcount
    plan.tasks.filter(part=Task.Part.BACK).delete()
    return {"occurrences": occurrences, "lines": lines}


def _move(plan: Plan, step: str, **fields: datetime | None) -> None:
    """Move a plan that is held."""
    plan.state = life.STEPS[step][1]
    for name, value in fields.items():
        setattr(plan, name, value)
    plan.save(update_fields=["state", *fields])
