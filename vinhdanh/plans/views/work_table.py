"""The year as a table, on the screen and as a spreadsheet."""

import io
from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

import xlsxwriter
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tables2 import RequestConfig

from vinhdanh.common.templatetags.ui import FilterChip, filter_chips
from vinhdanh.plans.filters import LineFilter
from vinhdanh.plans.models import Assignment, Plan
from vinhdanh.plans.queries import work_table
from vinhdanh.plans.rules.progress import standing
from vinhdanh.plans.tables import LineTable
from vinhdanh.plans.templatetags.work import word
from vinhdanh.plans.views.work import running_plan, shown_with

PER_PAGE = 50
_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_HEAD_ROW = 3


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
        "query": request.GET.urlencode(),
    }
    return render(request, "plans/table.html", shown)


def export(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What the table shows, all its pages, as a spreadsheet."""
    today = timezone.localdate()
    plan = running_plan(request, pk, on=today)
    chosen = LineFilter(request.GET, queryset=work_table.lines(plan), plan=plan, on=today)
    sorted_as_shown = LineTable(chosen.qs, on=today)
    RequestConfig(request, paginate=False).configure(sorted_as_shown)
    conditions = filter_chips({"request": request}, chosen)  # type: ignore[arg-type]
    sheet = _workbook(plan, sorted_as_shown.data.data, conditions, on=today)
    response = HttpResponse(sheet, content_type=_SPREADSHEET)
    name = f"bang-theo-doi-{plan.year}-{today:%Y%m%d}.xlsx"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _workbook(
    plan: Plan, lines: QuerySet[Assignment], conditions: list[FilterChip], *, on: date
) -> bytes:
    """The lines below a title, the conditions and the day; rows are written out as they come."""
    stream = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream, options) as book:
        sheet = book.add_worksheet(_("Bảng theo dõi"))
        title = book.add_format({"bold": True, "font_size": 14})
        plain = book.add_format()
        head = book.add_format({"bold": True, "border": 1, "bg_color": "#E8EFF6"})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        day = book.add_format({"num_format": "dd/mm/yyyy", "align": "left", "valign": "top"})
        headings = _headings()
        for column, (_heading, width) in enumerate(headings):
            sheet.set_column(column, column, width, day if column in _DAYS else wrapped)
        chosen = "; ".join(f"{each.label}: {each.text}" for each in conditions)
        sheet.write_string(0, 0, plan.title, title)
        conditions_line = _("Điều kiện lọc: %(chosen)s") % {"chosen": chosen or _("không")}
        sheet.write_string(1, 0, conditions_line, plain)
        sheet.write_string(2, 0, _("Tình trạng ngày %(day)s") % {"day": f"{on:%d/%m/%Y}"}, plain)
        for column, (heading, _width) in enumerate(headings):
            sheet.write_string(_HEAD_ROW, column, heading, head)
        row = _HEAD_ROW
        for row, cells in enumerate(_rows(lines, on=on), start=_HEAD_ROW + 1):
            for column, cell in enumerate(cells):
                if isinstance(cell, date):
                    sheet.write_datetime(row, column, cell, day)
                elif cell:
                    sheet.write_string(row, column, cell, wrapped)
        sheet.freeze_panes(_HEAD_ROW + 1, 0)
        sheet.autofilter(_HEAD_ROW, 0, row, len(headings) - 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(_HEAD_ROW)
    return stream.getvalue()


_DAYS = {3, 7, 8}


def _headings() -> list[tuple[str, int]]:
    """The headings and widths of the columns; those in `_DAYS` hold days."""
    return [
        (_("Số"), 6),
        (_("Nhiệm vụ"), 60),
        (_("Kỳ"), 10),
        (_("Hạn"), 12),
        (_("Đơn vị"), 36),
        (_("Vai trò"), 10),
        (_("Tình trạng"), 15),
        (_("Ngày báo cáo"), 13),
        (_("Ngày xác nhận"), 14),
    ]


def _rows(lines: QuerySet[Assignment], *, on: date) -> Iterator[list[Any]]:
    parts = {str(value): str(label) for value, label in Assignment.Part.choices}
    found = lines.values_list(
        "occurrence__task__number",
        "occurrence__task__content",
        "occurrence__label",
        "occurrence__due_on",
        "unit__name",
        "part",
        "state",
        "reported_on",
        "accepted_on",
    )
    for number, content, label, due_on, unit, part, state, reported, accepted in found.iterator(
        chunk_size=2000
    ):
        stands = word(standing(state, due_on, on=on))
        yield [number, content, label, due_on, unit, parts[part], stands, reported, accepted]
