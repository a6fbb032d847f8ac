"""The year as a table, on the screen and as a spreadsheet."""

import io
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django_tables2 import RequestConfig

from vinhdanh.common.templatetags.ui import filter_chips
from vinhdanh.documents.responses import download, spreadsheet
from vinhdanh.plans import actions
from vinhdanh.plans.actions import looks
from vinhdanh.plans.actions.export import AT_ONCE
from vinhdanh.plans.filters import LineFilter
from vinhdanh.plans.models import Assignment, Export, Plan
from vinhdanh.plans.queries import work_table
from vinhdanh.plans.queries.work_sheet import write_sheet
from vinhdanh.plans.tables import LineTable
from vinhdanh.plans.views.work import running_plan, shown_with, user_of

PER_PAGE = 50


def table(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Every unit's line: searched, filtered and sorted as the address says."""
    today = timezone.localdate()
    plan = running_plan(request, pk, on=today)
    chosen = LineFilter(request.GET, queryset=work_table.lines(plan), plan=plan, on=today)
    lines = LineTable(chosen.qs, on=today)
    RequestConfig(request, paginate={"per_page": PER_PAGE, "silent": True}).configure(lines)
    shown = {
        **shown_with(request, plan, "table", on=today),
        "filter": chosen,
        "table": lines,
        "query": _kept_query(request),
        "in_background": lines.paginator.count > AT_ONCE,
    }
    return render(request, "plans/table.html", shown)


def chosen_lines(
    query: QueryDict, plan: Plan, *, on: date
) -> tuple[QuerySet[Assignment], list[str]]:
    """The lines that the table shows for an address, all its pages, and its conditions in words."""
    asked = HttpRequest()
    asked.GET = query  # type: ignore[assignment]
    chosen = LineFilter(query, queryset=work_table.lines(plan), plan=plan, on=on)
    lines = LineTable(chosen.qs, on=on)
    RequestConfig(asked, paginate=False).configure(lines)
    chips = filter_chips({"request": asked}, chosen)  # type: ignore[arg-type]
    return lines.data.data, [f"{each.label}: {each.text}" for each in chips]


def export(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What the table shows as a spreadsheet: a short one at once, a long one in the background."""
    today = timezone.localdate()
    plan = running_plan(request, pk, on=today)
    lines, conditions = chosen_lines(request.GET, plan, on=today)
    count = lines.count()
    if count > AT_ONCE:
        return _in_background(request, plan, count, on=today)
    stream = io.BytesIO()
    write_sheet(stream, plan, lines, conditions, on=today)
    looks.hand_out_lines(plan, count=count, by=user_of(request))
    return spreadsheet(stream.getvalue(), f"bang-theo-doi-{plan.year}-{today:%Y%m%d}.xlsx")


def _in_background(request: HttpRequest, plan: Plan, count: int, *, on: date) -> HttpResponse:
    query = _kept_query(request)
    if request.method != "POST":
        return render(
            request, "plans/export_ask.html", {"plan": plan, "count": count, "query": query}
        )
    asked = actions.ask_export(
        plan,
        query=query,
        line_count=count,
        language=get_language() or "vi",
        on=on,
        by=user_of(request),
        at=timezone.now(),
    )
    return redirect(asked)


def export_lines(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How far a spreadsheet is that is written in the background; its file when it is ready."""
    asked = _export(request, pk)
    waited = (timezone.now() - asked.asked_at).seconds
    part = "plans/_export.html" if request.htmx else "plans/export.html"  # type: ignore[attr-defined]
    return render(request, part, {"export": asked, "plan": asked.plan, "waited": waited})


def export_file(request: HttpRequest, pk: UUID) -> FileResponse:
    """The spreadsheet that was written in the background."""
    asked = _export(request, pk)
    if asked.file is None:
        raise Http404
    looks.hand_out_lines(asked.plan, count=asked.line_count, by=user_of(request))
    return download(asked.file)


def _export(request: HttpRequest, pk: UUID) -> Export:
    """What the user asked for, while they still see the plan; 404 to everybody else."""
    asked = get_object_or_404(
        Export.objects.select_related("file"), pk=pk, asked_by=user_of(request)
    )
    asked.plan = running_plan(request, asked.plan_id, on=timezone.localdate())
    return asked


def _kept_query(request: HttpRequest) -> str:
    """The conditions and the order in the address, without the page."""
    query = request.GET.copy()
    query.pop("page", None)
    return query.urlencode()
