"""Holding a draft while it is changed, so that two people change it one after the other."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from vinhdanh.common.refusal import Refused
from vinhdanh.plans.models import Plan


def held_draft(pk: UUID) -> Plan:
    """The draft, locked until the transaction ends; Refused when it is no draft any more."""
    plan = Plan.objects.select_for_update().filter(pk=pk, state=Plan.State.DRAFT).first()
    if plan is None:
        raise Refused(_("Kế hoạch không còn ở bước rà soát."))
    return plan


def touch(plan: Plan, *, at: datetime) -> None:
    """Say that the draft was changed."""
    Plan.objects.filter(pk=plan.pk).update(edited_at=at)
