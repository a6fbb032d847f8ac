"""The plan's year by month, its calendar, and its words."""

from datetime import date
from uuid import UUID

from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from vinhdanh.common.templatetags.ui import long_day
from vinhdanh.documents.responses import download
from vinhdanh.journal import queries as journal
from vinhdanh.plans import access
from vinhdanh.plans.actions import looks
from vinhdanh.plans.filters import TaskFilter
from vinhdanh.plans.models import Task
from vinhdanh.plans.queries import work_year
from vinhdanh.plans.rules.looks import OF_A_PLAN
from vinhdanh.plans.views.work import running_plan, shown_with, user_of

PER_PAGE = 40
MOST_HISTORIES = 60


def plan(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The year at a glance: tasks against months. A draft is shown where it is reviewed."""
    today = timezone.localdate()
    plans = access.visible_plans(user_of(request), on=today).select_related("office")
    seen = get_object_or_404(plans, pk=pk)
    if seen.get_absolute_url() != request.path:
        return redirect(seen)
    chosen = TaskFilter(request.GET, queryset=seen.tasks.all(), plan=seen)
    page = Paginator(chosen.qs, PER_PAGE).get_page(request.GET.get("page"))
    own = list(access.own_units(user_of(request), on=today)[:2])
    shown = {
        **shown_with(request, seen, "year", on=today),
        "filter": chosen,
        "page": page,
        "year": work_year.year(seen, page, on=today, unit=chosen.chosen_unit),
        "own_unit": own[0] if len(own) == 1 else None,
    }
    return render(request, "plans/year.html", shown)


def calendar(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A month of the plan day by day; the month, a day and a unit are kept in the address."""
    today = timezone.localdate()
    seen = running_plan(request, pk, on=today)
    first = _month(request.GET.get("thang", ""), work_year.begins_on(seen), today)
    chosen = TaskFilter(request.GET, queryset=seen.tasks.none(), plan=seen)
    weeks = work_year.month(seen, first, on=today, unit=chosen.chosen_unit)
    days = [day for week in weeks for day in week if day.in_month]
    picked = next((day for day in days if f"{day.day:%Y-%m-%d}" == request.GET.get("ngay")), None)
    shown = {
        **shown_with(request, seen, "calendar", on=today),
        "first": first,
        "before": work_year.months_from(first, -1),
        "after": work_year.months_from(first, 1),
        "weeks": weeks,
        "weekdays": [long_day(day.day).partition(",")[0] for day in weeks[0]],
        "agenda": [day for day in days if day.due or day.day == today],
        "picked": picked,
        "unit": chosen.chosen_unit,
        "filter": chosen,
    }
    return render(request, "plans/calendar.html", shown)


def document(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The plan as it was issued: its facts, its sections and its rows as printed; what was
    done with it."""
    today = timezone.localdate()
    seen = running_plan(request, pk, on=today)
    shown = {
        **shown_with(request, seen, "document", on=today),
        "sections": seen.sections.all(),
        "tasks": seen.tasks.exclude(part=Task.Part.BACK).prefetch_related("owners"),
        "history": journal.lines_about(seen).exclude(deed__in=OF_A_PLAN)[:MOST_HISTORIES],
    }
    return render(request, "plans/document.html", shown)


def document_file(request: HttpRequest, pk: UUID) -> FileResponse:
    """The plan's own file, for whoever sees the plan in force."""
    seen = running_plan(request, pk, on=timezone.localdate())
    looks.hand_out_document(seen, by=user_of(request))
    return download(seen.file)


def _month(text: str, begins: date, today: date) -> date:
    """The first of the month in the address ("2026-03"); else this month, or the first of a
    year that this month is not in."""
    ends = work_year.months_from(begins, 12)
    try:
        asked = date.fromisoformat(f"{text}-01")
    except ValueError:
        return today.replace(day=1) if begins <= today < ends else begins
    near = date(begins.year - 5, 1, 1) <= asked <= date(begins.year + 5, 1, 1)
    return asked if near else begins
