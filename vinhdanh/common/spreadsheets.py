"""Lists as spreadsheets (XLSX) that every room writes alike."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import BinaryIO, Protocol

import xlsxwriter

Cell = str | int | date | None
_TOLD_EVERY = 1_000
_A4 = 9


class _Sheet(Protocol):
    def write_string(self, row: int, column: int, text: str, how: object = None) -> object: ...
    def write_number(self, row: int, column: int, number: int, how: object = None) -> object: ...
    def write_datetime(self, row: int, column: int, day: date, how: object = None) -> object: ...


def write(
    stream: BinaryIO,
    *,
    name: str,
    title: str = "",
    above: Sequence[str] = (),
    columns: Sequence[tuple[str, int]],
    rows: Iterable[Sequence[Cell]],
    told: Callable[[int], object] = lambda _count: None,
) -> None:
    """Write one sheet called `name`: a title and lines `above`, headings, then the rows.

    `columns` are headings with widths in signs. Days stay days and numbers numbers; text stays
    text, also where it begins with "=". Rows are written out as they come: memory does not grow
    with them. `told` hears how many are written, every thousand.
    """
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream, options) as book:
        sheet = book.add_worksheet(name)
        bold = book.add_format({"bold": True, "font_size": 14})
        head = book.add_format({"bold": True, "border": 1, "bg_color": "#E8EFF6"})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        day = book.add_format({"num_format": "dd/mm/yyyy", "align": "left", "valign": "top"})
        for column, (_heading, width) in enumerate(columns):
            sheet.set_column(column, column, width)
        if title:
            sheet.write_string(0, 0, title, bold)
        heading_row = len(above) + bool(title)
        for row, line in enumerate(above, start=heading_row - len(above)):
            sheet.write_string(row, 0, line)
        for column, (heading, _width) in enumerate(columns):
            sheet.write_string(heading_row, column, heading, head)
        count = 0
        for count, cells in enumerate(rows, start=1):
            _write(sheet, heading_row + count, cells, text=wrapped, day=day)
            if count % _TOLD_EVERY == 0:
                told(count)
        sheet.freeze_panes(heading_row + 1, 0)
        sheet.autofilter(heading_row, 0, heading_row + count, len(columns) - 1)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(heading_row)


def _write(sheet: _Sheet, row: int, cells: Sequence[Cell], *, text: object, day: object) -> None:
    for column, cell in enumerate(cells):
        if isinstance(cell, date):
            sheet.write_datetime(row, column, cell, day)
        elif isinstance(cell, int):
            sheet.write_number(row, column, cell, text)
        elif cell:
            sheet.write_string(row, column, cell, text)
