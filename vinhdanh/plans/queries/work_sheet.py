"""The lines of a plan as a spreadsheet."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, BinaryIO

import xlsxwriter
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from vinhdanh.plans.models import Assignment, Plan
from vinhdanh.plans.rules.progress import WORDS, standing

_HEAD_ROW = 3
_DAYS = {3, 7, 8}
_TOLD_EVERY = 1_000


def write_sheet(
    stream: BinaryIO,
    plan: Plan,
    lines: QuerySet[Assignment],
    conditions: list[str],
    *,
    on: date,
    told: Callable[[int], object] = lambda _count: None,
) -> None:
    """Write an XLSX file of the lines, in their order, below a title, the conditions and the day.

    Rows are written out as they come: memory does not grow with them. `told` hears how many are
    written, every thousand.
    """
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
        sheet.write_string(0, 0, plan.title, title)
        chosen = {"chosen": "; ".join(conditions) or _("không")}
        sheet.write_string(1, 0, _("Điều kiện lọc: %(chosen)s") % chosen, plain)
        sheet.write_string(2, 0, _("Tình trạng ngày %(day)s") % {"day": f"{on:%d/%m/%Y}"}, plain)
        for column, (heading, _width) in enumerate(headings):
            sheet.write_string(_HEAD_ROW, column, heading, head)
        count = 0
        for count, cells in enumerate(_rows(lines, on=on), start=1):
            for column, cell in enumerate(cells):
                if isinstance(cell, date):
                    sheet.write_datetime(_HEAD_ROW + count, column, cell, day)
                elif cell:
                    sheet.write_string(_HEAD_ROW + count, column, cell, wrapped)
            if count % _TOLD_EVERY == 0:
                told(count)
        sheet.freeze_panes(_HEAD_ROW + 1, 0)
        sheet.autofilter(_HEAD_ROW, 0, _HEAD_ROW + count, len(headings) - 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(_HEAD_ROW)


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
    words = {stands: _(word) for stands, word in WORDS.items()}
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
        stands = words[standing(state, due_on, on=on)]
        yield [number, content, label, due_on, unit, parts[part], stands, reported, accepted]
