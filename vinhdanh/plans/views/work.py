"""My work, and the office's board."""

from datetime import date
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from vinhdanh.accounts.models import User
from vinhdanh.plans import access
from vinhdanh.plans.models import Plan
from vinhdanh.plans.queries import work_board, work_lines
from vinhdanh.plans.rules.progress import AHEAD, SOON, standing

PER_PAGE = 20
SHOWN = 10
FEW = 5


def running_plan(request: HttpRequest, pk: UUID, *, on: date) -> Plan:
    """The plan in force or closed that the user may see; 404 to a stranger."""
    begun = [Plan.State.IN_FORCE, Plan.State.CLOSED]
    seen = access.visible_plans(user_of(request), on=on).filter(state__in=begun)
    plan: Plan = get_object_or_404(seen.select_related("office"), pk=pk)
    return plan


def shown_with(request: HttpRequest, plan: Plan, tab: str, *, on: date) -> dict[str, Any]:
    """What every page of a running or closed plan shows around its own view."""
    runs = access.may_run(user_of(request), plan, on=on)
    return {"plan": plan, "today": on, "tab": tab, "runs": runs}


def my_work(request: HttpRequest) -> HttpResponse:
    """What waits for me now, whichever roles I hold."""
    user, today = user_of(request), timezone.localdate()
    debts = work_lines.debts(user, on=today)
    run = list(work_lines.plans_run(user, on=today).select_related("office"))
    overseen = [] if run else list(work_lines.plans_overseen(user, on=today))
    shown: dict[str, Any] = {
        "today": today,
        "debts": debts,
        "overseen": work_board.totals(overseen, on=today),
        "plans": list(work_lines.running_plans(user, on=today)),
    }
    if debts:
        lines = Paginator(work_lines.lines_owed(user, on=today), PER_PAGE)
        page = lines.get_page(request.GET.get("page"))
        shown["page"] = page
        shown["lines"] = [
            (line, standing(line.state, line.occurrence.due_on, on=today)) for line in page
        ]
    if run:
        shown |= _office_work(run, on=today)
    return render(request, "plans/my_work.html", shown)


def _office_work(run: list[Plan], *, on: date) -> dict[str, Any]:
    plans = Plan.objects.filter(pk__in=[plan.pk for plan in run])
    waiting, undated = work_lines.waiting_reports(plans), work_lines.undated(plans)
    late = work_lines.owing(plans, Q(due_on__lt=on))
    return {
        "run": run,
        "waiting": waiting[:PER_PAGE],
        "waiting_count": waiting.count(),
        "undated": undated[:SHOWN],
        "undated_count": undated.count(),
        "late": work_lines.stand(late[:SHOWN], on=on),
        "late_count": late.count(),
    }


def board(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How the year stands, in all and unit by unit; heads of units see their own units' rows."""
    user, today = user_of(request), timezone.localdate()
    plan = running_plan(request, pk, on=today)
    oversees = access.oversees(user, plan, on=today)
    own = None if oversees else access.own_units(user, on=today)
    shown: dict[str, Any] = {
        **shown_with(request, plan, "board", on=today),
        "oversees": oversees,
        "board": work_board.board(plan, on=today, units=own),
    }
    if oversees:
        this = Plan.objects.filter(pk=plan.pk)
        soon, ahead = today + SOON, today + AHEAD
        late = work_lines.owing(this, Q(due_on__lt=today))[:SHOWN]
        due = work_lines.owing(this, Q(due_on__gte=today, due_on__lte=soon))[:SHOWN]
        later = work_lines.owing(this, Q(due_on__gt=soon, due_on__lte=ahead))[:SHOWN]
        found = work_lines.stand([*late, *due, *later], on=today)
        stood = {each.occurrence.pk: each for each in found}
        shown |= {
            "late": [stood[each.pk] for each in late],
            "due": [stood[each.pk] for each in due],
            "later": [stood[each.pk] for each in later],
            "undated": work_lines.undated(this)[:SHOWN],
            "waiting": work_lines.waiting_reports(this)[:FEW],
        }
    return render(request, "plans/board.html", shown)


def user_of(request: HttpRequest) -> User:
    """Who asks; everybody has logged in before a page of this room is reached."""
    assert isinstance(request.user, User)
    return request.user
