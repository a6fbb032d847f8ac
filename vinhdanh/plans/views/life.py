"""The year as a whole: a page for each of its steps, which says what is at stake."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from vinhdanh.common.refusal import Refused
from vinhdanh.plans import actions, queries
from vinhdanh.plans.forms.work import ReasonForm
from vinhdanh.plans.models import Plan
from vinhdanh.plans.rules import life
from vinhdanh.plans.views.draft import edited_plan, user_of


def close(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The office closes the year, after seeing what is left undone."""
    plan = edited_plan(request, pk)
    if request.method == "POST":
        try:
            actions.close_plan(plan, by=user_of(request), at=timezone.now())
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Đã khép lại năm %(year)d.") % {"year": plan.year})
        return redirect(plan)
    return _page(request, plan, "close")


def reopen(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The office opens a closed year again, saying why."""
    plan = edited_plan(request, pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.reopen_plan(
                plan, reason=form.cleaned_data["reason"], by=user_of(request), at=timezone.now()
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã mở lại năm %(year)d.") % {"year": plan.year})
            return redirect(plan)
    return _page(request, plan, "reopen", form=form)


def take_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The office makes a plan put into force by mistake a draft again."""
    plan = edited_plan(request, pk)
    if request.method == "POST":
        try:
            actions.take_back_from_force(plan, by=user_of(request), at=timezone.now())
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Kế hoạch đã trở về bước rà soát."))
        return redirect(plan)
    return _page(request, plan, "take back")


def _page(request: HttpRequest, plan: Plan, step: str, **shown: Any) -> HttpResponse:
    """The page that asks before a step; on to the plan when it may not be taken (any more)."""
    if not life.may_step(step, plan.state) and request.method == "GET":
        return redirect(plan)
    template = f"plans/{step.replace(' ', '_')}.html"
    shown |= {"plan": plan, "figures": queries.figures(plan)}
    return render(request, template, shown)
