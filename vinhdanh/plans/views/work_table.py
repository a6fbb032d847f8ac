"""The year as a table, on the screen and as a spreadsheet."""

import io
from datetime import date
from typing import BinaryIO
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tables2 import RequestConfig

from vinhdanh.common.refusal import Refused
from vinhdanh.common.templatetags.ui import filter_chips
from vinhdanh.documents.models import Export
from vinhdanh.documents.responses import in_background, spreadsheet
from vinhdanh.documents.rules.exports import Sheet, Shown, Told
from vinhdanh.plans import access
from vinhdanh.plans.actions import looks
from vinhdanh.plans.filters import LineFilter
from vinhdanh.plans.models import Assignment, Plan
from vinhdanh.plans.queries import work_table
from vinhdanh.plans.queries.work_sheet import write_sheet
from vinhdanh.plans.rules.looks import LINES
from vinhdanh.plans.tables import LineTable
from vinhdanh.plans.views.work import running_plan, shown_with, user_of

PER_PAGE = 50
# Lines that a person may be asked to wait for.
AT_ONCE = 3_000


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
        wanted = _wanted(request, plan, count, on=today)
        return in_background(request, wanted, at=timezone.now())
    stream = io.BytesIO()
    write_sheet(stream, plan, lines, conditions, on=today)
    looks.hand_out_lines(plan, count=count, by=user_of(request))
    return spreadsheet(stream.getvalue(), f"bang-theo-doi-{plan.year}-{today:%Y%m%d}.xlsx")


def _wanted(request: HttpRequest, plan: Plan, count: int, *, on: date) -> Export:
    return Export(
        kind=LINES,
        about=plan.pk,
        query=_kept_query(request),
        on=on,
        line_count=count,
        asked_by=user_of(request),
    )


def write_lines(export: Export, stream: BinaryIO, told: Told) -> tuple[str, int]:
    """Write the lines of a plan that were asked for; Refused to who no longer sees the plan."""
    plan = _plan_of(export).first()
    if plan is None:
        raise Refused(_("Bạn không còn xem được kế hoạch này."))
    lines, conditions = chosen_lines(QueryDict(export.query), plan, on=export.on)
    told.of(lines.count())
    count = write_sheet(stream, plan, lines, conditions, on=export.on, told=told)
    return f"bang-theo-doi-{plan.year}-{export.on:%Y%m%d}.xlsx", count


def _plan_of(export: Export) -> QuerySet[Plan]:
    """The plan whose lines were asked for, while whoever asked sees it running or closed."""
    begun = [Plan.State.IN_FORCE, Plan.State.CLOSED]
    seen = access.visible_plans(export.asked_by, on=timezone.localdate())
    return seen.filter(pk=export.about, state__in=begun)


def _shown(export: Export) -> Shown:
    plan = Plan.objects.get(pk=export.about)
    return Shown(
        reverse("plans:table", args=[plan.pk]),
        _("Bảng theo dõi năm %(year)s") % {"year": plan.year},
        ((_("Kế hoạch"), plan.title),),
    )


def _hand_out(export: Export) -> None:
    plan = Plan.objects.get(pk=export.about)
    looks.hand_out_lines(plan, count=export.line_count or 0, by=export.asked_by)


LINES_SHEET = Sheet(
    write=write_lines,
    is_seen=lambda export: _plan_of(export).exists(),
    shown=_shown,
    hand_out=_hand_out,
)


def _kept_query(request: HttpRequest) -> str:
    """The conditions and the order in the address, without the page."""
    query = request.GET.copy()
    query.pop("page", None)
    return query.urlencode()
