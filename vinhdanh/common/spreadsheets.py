"""Lists as spreadsheets (XLSX) that every room writes alike."""

import itertools
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, BinaryIO, Protocol

import xlsxwriter

Cell = str | int | date | None
# What Excel opens of one sheet.
MOST_ROWS = 1_048_576
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
) -> int:
    """Write a sheet called `name`: a title and lines `above`, headings, then the rows; how many.

    `columns` are headings with widths in signs. Days stay days and numbers numbers; text stays
    text, also where it begins with "=". Rows are written out as they come: memory does not grow
    with them. More rows than a sheet can hold go on in further ones, called "name (2)" … and made
    alike. `told` hears how many are written, every thousand.
    """
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "use_zip64": True,
    }
    coming = iter(rows)
    first_row = len(above) + bool(title) + 1
    count = 0
    with xlsxwriter.Workbook(stream, options) as book:
        formats = _Formats(book)
        for number in itertools.count(1):
            begun = list(itertools.islice(coming, 1))
            if number > 1 and not begun:
                break
            sheet = book.add_worksheet(name if number == 1 else f"{name} ({number})")
            _begin(sheet, title, above, columns, formats)
            held = itertools.chain(begun, itertools.islice(coming, MOST_ROWS - first_row - 1))
            row = first_row - 1
            for row, cells in enumerate(held, start=first_row):
                _write(sheet, row, cells, text=formats.wrapped, day=formats.day)
                count += 1
                if count % _TOLD_EVERY == 0:
                    told(count)
            sheet.autofilter(first_row - 1, 0, row, len(columns) - 1)
    return count


class _Formats:
    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.head = book.add_format({"bold": True, "border": 1, "bg_color": "#E8EFF6"})
        self.wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        self.day = book.add_format({"num_format": "dd/mm/yyyy", "align": "left", "valign": "top"})


def _begin(
    sheet: Any,
    title: str,
    above: Sequence[str],
    columns: Sequence[tuple[str, int]],
    formats: _Formats,
) -> None:
    """Write what stands above the rows, and how the sheet looks and is printed."""
    heading_row = len(above) + bool(title)
    for column, (_heading, width) in enumerate(columns):
        sheet.set_column(column, column, width)
    if title:
        sheet.write_string(0, 0, title, formats.title)
    for row, line in enumerate(above, start=heading_row - len(above)):
        sheet.write_string(row, 0, line)
    for column, (heading, _width) in enumerate(columns):
        sheet.write_string(heading_row, column, heading, formats.head)
    sheet.freeze_panes(heading_row + 1, 0)
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
