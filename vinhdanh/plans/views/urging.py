"""From the board: urge units that are late, draft the report of how the year stands."""

from datetime import timedelta
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from vinhdanh.common.calendar import next_working_day
from vinhdanh.common.refusal import Refused
from vinhdanh.plans import access
from vinhdanh.plans.actions import urging as actions
from vinhdanh.plans.forms.urging import ScopeForm, UrgeForm
from vinhdanh.plans.models import Plan
from vinhdanh.plans.queries import urging, work_board
from vinhdanh.plans.views.work import running_plan, user_of
from vinhdanh.secretariat import access as secretariat
from vinhdanh.secretariat.queries.calendar import special_days

# How many days the office gives by default, and how many lines of a unit the page names.
GIVEN = timedelta(days=7)
NAMED = 5


def urge(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Choose the units to urge; then the drafts are made and shown."""
    today = timezone.localdate()
    plan = _plan_run(request, pk)
    if plan.state != Plan.State.IN_FORCE:
        raise Http404
    scope = ScopeForm(request.GET)
    with_soon = scope.is_valid() and scope.cleaned_data["scope"] == "soon"
    found = urging.debtors(plan, on=today, with_soon=with_soon)
    special = special_days()
    day = next_working_day(today + GIVEN, off=special.off, working=special.working)
    asked = request.GET.get("unit", "")
    initial = {
        "finish_by": day,
        "letter": True,
        "mailing": True,
        "unit": [each.unit.pk for each in found if asked in {"", str(each.unit.pk)}],
    }
    posted = request.POST if request.method == "POST" else None
    form = UrgeForm(posted, initial=initial)
    if posted is not None and form.is_valid():
        try:
            made = actions.urge(
                plan,
                units=form.cleaned_data["unit"],
                with_soon=with_soon,
                finish_by=form.cleaned_data["finish_by"],
                letter=form.cleaned_data["letter"],
                mailing=form.cleaned_data["mailing"],
                by=user_of(request),
                at=timezone.now(),
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _opened(plan, made)
    marked = {str(each) for each in form["unit"].value()}
    shown = {
        "plan": plan,
        "today": today,
        "scope": scope,
        "with_soon": with_soon,
        "form": form,
        "rows": [
            (
                debtor,
                str(debtor.unit.pk) in marked,
                debtor.debts[:NAMED],
                len(debtor.debts) - NAMED,
            )
            for debtor in found
        ],
    }
    return render(request, "plans/urge.html", shown)


def _opened(plan: Plan, made: actions.Urging) -> HttpResponse:
    """Lead to what was made; where it is both, to a page with the ways to them."""
    if made.paper is not None and made.mailing is not None:
        query = urlencode({"van-ban": made.paper.pk, "thu": made.mailing.pk})
        return redirect(f"{reverse('plans:urged', args=[plan.pk])}?{query}")
    opened = made.mailing or made.paper
    assert opened is not None
    return redirect(opened.get_absolute_url())


def urged(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The letter and the mailing that were made in one step."""
    user, today = user_of(request), timezone.localdate()
    plan = _plan_run(request, pk)
    papers = secretariat.visible_papers(user, on=today).filter(office=plan.office_id)
    mailings = secretariat.visible_mailings(user, on=today).filter(office=plan.office_id)
    shown = {
        "plan": plan,
        "paper": get_object_or_404(papers, pk=_key(request, "van-ban")),
        "mailing": get_object_or_404(mailings, pk=_key(request, "thu")),
    }
    return render(request, "plans/urged.html", shown)


def _key(request: HttpRequest, name: str) -> UUID:
    try:
        return UUID(request.GET.get(name, ""))
    except ValueError as error:
        raise Http404 from error


def progress(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Draft the progress report of the plan, as of today."""
    today = timezone.localdate()
    plan = _plan_run(request, pk)
    if request.method == "POST":
        try:
            paper = actions.draft_progress(plan, by=user_of(request), at=timezone.now())
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Đã lập dự thảo báo cáo tiến độ."))
            return redirect(paper.get_absolute_url())
    counts = work_board.board(plan, on=today).counts
    return render(
        request, "plans/progress_report.html", {"plan": plan, "today": today, "counts": counts}
    )


def _plan_run(request: HttpRequest, pk: UUID) -> Plan:
    """A plan in force or closed whose office the user runs; 404 to everybody else."""
    today = timezone.localdate()
    plan = running_plan(request, pk, on=today)
    if not access.may_run(user_of(request), plan, on=today):
        raise Http404
    return plan
