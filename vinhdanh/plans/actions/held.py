"""Holding a plan while it is changed, so that two people change it one after the other."""

from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from vinhdanh.accounts.models import User
from vinhdanh.common.refusal import Refused
from vinhdanh.plans import access
from vinhdanh.plans.models import Plan
from vinhdanh.plans.rules import life


def held_draft(pk: UUID) -> Plan:
    """The draft, locked until the transaction ends; Refused when it is no draft any more."""
    return held_for("start", pk)


def held_for(step: str, pk: UUID) -> Plan:
    """The plan, locked until the transaction ends; Refused when it may not take the step (any
    more)."""
    plan = Plan.objects.select_for_update().filter(pk=pk).first()
    if plan is None or not life.may_step(step, plan.state):
        raise Refused(_(life.WHY_NOT[step]))
    return plan


def hold_in_force(pk: UUID) -> None:
    """Keep the plan in force until the transaction ends: many may hold it so at once, and whoever
    closes it or takes it back waits for them. Refused when it is not in force."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT state FROM plans_plan WHERE id = %s FOR SHARE", [pk])
        (state,) = cursor.fetchone()
    if state != Plan.State.IN_FORCE:
        raise Refused(_("Kế hoạch này không ở trạng thái đang thực hiện nên không ghi được nữa."))


def must_run(plan: Plan, *, by: User, on: date) -> None:
    """Refused to whoever does not run the plan's office that day."""
    if not access.may_run(by, plan, on=on):
        raise Refused(_("Chỉ Thường trực thi đua, khen thưởng của cơ quan được làm việc này."))


def touch(plan: Plan, *, at: datetime) -> None:
    """Say that the draft was changed."""
    Plan.objects.filter(pk=plan.pk).update(edited_at=at)
