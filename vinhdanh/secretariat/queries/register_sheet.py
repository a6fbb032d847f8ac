"""A register of numbers as a spreadsheet."""

from collections.abc import Iterator
from datetime import date
from typing import Any, BinaryIO

import xlsxwriter
from django.utils import timezone
from django.utils.translation import gettext as _

from vinhdanh.secretariat.models import Number, Paper, Register
from vinhdanh.secretariat.queries import registers
from vinhdanh.secretariat.queries.papers import kind_choices

_HEAD_ROW = 3
_DAYS = {2, 6}


def write_sheet(stream: BinaryIO, register: Register, *, year: int, on: date) -> None:
    """Write an XLSX file of the numbers of a year in order, below the register's name and year."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream, options) as book:
        sheet = book.add_worksheet(str(year))
        title = book.add_format({"bold": True, "font_size": 14})
        head = book.add_format({"bold": True, "border": 1, "bg_color": "#E8EFF6"})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        day = book.add_format({"num_format": "dd/mm/yyyy", "align": "left", "valign": "top"})
        for column, (_heading, width) in enumerate(_headings()):
            sheet.set_column(column, column, width, day if column in _DAYS else wrapped)
        named = {"register": register.name, "year": year}
        sheet.write_string(
            0, 0, _("Sổ đăng ký văn bản đi: %(register)s, năm %(year)d") % named, title
        )
        sheet.write_string(1, 0, register.office.name)
        sheet.write_string(2, 0, _("In ngày %(day)s") % {"day": f"{on:%d/%m/%Y}"})
        for column, (heading, _width) in enumerate(_headings()):
            sheet.write_string(_HEAD_ROW, column, heading, head)
        count = 0
        for count, cells in enumerate(_rows(register, year), start=1):
            for column, cell in enumerate(cells):
                if isinstance(cell, date):
                    sheet.write_datetime(_HEAD_ROW + count, column, cell, day)
                elif isinstance(cell, int):
                    sheet.write_number(_HEAD_ROW + count, column, cell, wrapped)
                elif cell:
                    sheet.write_string(_HEAD_ROW + count, column, cell, wrapped)
        sheet.freeze_panes(_HEAD_ROW + 1, 0)
        sheet.autofilter(_HEAD_ROW, 0, _HEAD_ROW + count, len(_headings()) - 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(_HEAD_ROW)


def _headings() -> list[tuple[str, int]]:
    """The headings and widths of the columns; those in `_DAYS` hold days."""
    return [
        (_("Số"), 7),
        (_("Số, ký hiệu"), 18),
        (_("Ngày ký"), 12),
        (_("Loại văn bản"), 14),
        (_("Trích yếu"), 60),
        (_("Người ký"), 24),
        (_("Ngày cấp số"), 12),
        (_("Người lấy số"), 24),
        (_("Ghi chú"), 40),
    ]


def _rows(register: Register, year: int) -> Iterator[list[Any]]:
    names = dict(kind_choices())
    for number in registers.numbers(register, year=year).iterator(chunk_size=2000):
        paper = _paper_of(number)
        taken_on = timezone.localtime(number.taken_at).date()
        taken = [taken_on, str(number.taken_by)]
        if paper is None:
            yield [number.number, "", None, "", "", "", *taken, number.reason]
            continue
        void = _("Đã hủy bỏ: %(reason)s") % {"reason": paper.void_reason}
        yield [
            number.number,
            number.text,
            paper.signed_on,
            names[paper.kind],
            paper.subject,
            (paper.frozen["signature"] or {}).get("name", ""),
            *taken,
            void if paper.state == Paper.State.VOID else "",
        ]


def _paper_of(number: Number) -> Paper | None:
    return getattr(number, "paper", None)
