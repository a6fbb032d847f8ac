"""Putting a plan into force, and how far that is."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from vinhdanh.common.refusal import Refused
from vinhdanh.plans import actions, queries
from vinhdanh.plans.models import Plan
from vinhdanh.plans.views.draft import edited_plan, user_of


def force(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What stands in the way, what would come into being, and the deed itself."""
    plan, today = edited_plan(request, pk), timezone.localdate()
    if request.method == "POST":
        try:
            actions.set_going(plan, by=user_of(request), on=today, at=timezone.now())
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            if plan.state == Plan.State.IN_FORCE:
                messages.success(request, _("Kế hoạch đã được đưa vào thực hiện."))
                return redirect(plan)
        return redirect("plans:force", plan.pk)
    if plan.state == Plan.State.STARTING:
        return _progress(request, plan)
    if not plan.is_draft:
        if request.htmx:  # type: ignore[attr-defined]
            return HttpResponseClientRedirect(plan.get_absolute_url())
        return redirect(plan)
    obstacles = queries.obstacles(plan)
    outcome = None if obstacles else queries.outcome(plan, on=today)
    return render(
        request, "plans/force.html", {"plan": plan, "obstacles": obstacles, "outcome": outcome}
    )


def _progress(request: HttpRequest, plan: Plan) -> HttpResponse:
    done, rows = queries.force_progress(plan)
    part = "plans/_starting.html" if request.htmx else "plans/starting.html"  # type: ignore[attr-defined]
    return render(request, part, {"plan": plan, "done": done, "rows": rows})
