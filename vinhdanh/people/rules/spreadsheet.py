"""A spreadsheet as handed in, read into rows of plain text under known columns."""

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from vinhdanh.common.refusal import Refused
from vinhdanh.common.vietnamese import gettext_noop, squeeze, words
from vinhdanh.documents.rules.plain.encodings import decode

MOST_ROWS = 5_000
MOST_BYTES = 10 * 1024 * 1024
_MOST_UNPACKED = 80 * 1024 * 1024
# A single cell far to the right or far below makes the whole grid that large in memory.
_MOST_CELLS = 4_000_000
# What unpacking a damaged or locked package raises.
_DAMAGED = (CalamineError, zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError)
_PLACE = re.compile(rb'<c r="([A-Z]{1,3})([0-9]{1,7})"')
_HEADING_WITHIN = 20
_MOST_COLUMNS = 60
_LONGEST_CELL = 1_000

BROKEN = gettext_noop("Không mở được tệp; hãy lưu lại thành .xlsx hoặc .csv rồi tải lên.")
TOO_LARGE = gettext_noop(
    "Tệp quá lớn; hãy xóa các ô thừa ở xa, chia thành nhiều tệp, mỗi tệp không quá 5.000 dòng."
)
NO_HEADING = gettext_noop(
    "Không thấy dòng tiêu đề với các cột bắt buộc; hãy dùng tệp mẫu, giữ nguyên tên cột."
)
NO_ROWS = gettext_noop("Bảng tính không có dòng dữ liệu nào dưới dòng tiêu đề.")


@dataclass(frozen=True)
class Column:
    """A column of a sheet: `headings` are the names under which it is recognised, the first as
    printed in the template; `note` and `example` stand in the template."""

    code: str
    headings: tuple[str, ...]
    required: bool = False
    note: str = ""
    example: str = ""


@dataclass(frozen=True)
class Row:
    """`number` as the spreadsheet counts; `cells` by code of column, trimmed, blanks left out.

    A day is written as in ISO 8601, a whole number without point.
    """

    number: int
    cells: dict[str, str]


@dataclass(frozen=True)
class Problem:
    """Why a row cannot be taken: code of the column, a sentence with named places for `values`."""

    column: str
    sentence: str
    values: dict[str, str] = field(default_factory=dict)


def read_rows(content: bytes, *, name: str, columns: Sequence[Column]) -> list[Row]:
    """The rows of the first sheet that has the headings, in .xlsx or .csv.

    Columns may stand in any order and others beside them; rows above the headings and blank rows
    are passed over; a cell merged over several rows counts for each. Raises Refused for what is no
    spreadsheet, for too much of it, and where the required headings or all rows are missing.
    """
    for sheet in read_sheets(content, name=name):
        found = _headings(sheet, columns)
        if found is not None:
            return _rows_below(sheet, *found)
    raise Refused(NO_HEADING)


def read_sheets(content: bytes, *, name: str) -> list[list[list[Any]]]:
    """The sheets of an .xlsx, or the one of a .csv, as rows of cells; see `cell_text`.

    What is merged downwards stands in each of its rows. Raises Refused for what is no spreadsheet
    and for one that is too large.
    """
    if len(content) > MOST_BYTES:
        raise Refused(TOO_LARGE)
    return _workbook(content) if content[:4] == b"PK\x03\x04" else [_separated(content, name)]


def _workbook(content: bytes) -> list[list[list[Any]]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            if sum(part.file_size for part in package.infolist()) > _MOST_UNPACKED:
                raise Refused(TOO_LARGE)
            for part in package.namelist():
                if part.startswith("xl/worksheets/") and part.endswith(".xml"):
                    _check_extent(package.read(part))
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        return [_filled(book.get_sheet_by_name(name)) for name in book.sheet_names]
    except _DAMAGED as error:
        raise Refused(BROKEN) from error


def _check_extent(sheet: bytes) -> None:
    widest, deepest = 0, 0
    for letters, number in _PLACE.findall(sheet):
        column = 0
        for letter in letters:
            column = column * 26 + letter - ord("A") + 1
        widest, deepest = max(widest, column), max(deepest, int(number))
    if widest * deepest > _MOST_CELLS:
        raise Refused(TOO_LARGE)


def _filled(sheet: Any) -> list[list[Any]]:
    """The sheet's cells, with what is merged downwards written in each of its rows."""
    cells: list[list[Any]] = sheet.to_python(skip_empty_area=False)
    for (top, left), (bottom, _right) in sheet.merged_cell_ranges or []:
        for below in cells[top + 1 : bottom + 1]:
            if left < len(below) and len(cells[top]) > left and below[left] == "":
                below[left] = cells[top][left]
    return cells


def _separated(content: bytes, name: str) -> list[list[Any]]:
    if not name.lower().endswith((".csv", ".txt", ".tsv")):
        raise Refused(BROKEN)
    try:
        text = decode(content)
    except Refused as error:  # decode speaks of plans
        raise Refused(BROKEN) from error
    first = text[: text.find("\n") + 1] or text
    separator = max(";,\t", key=first.count)
    try:
        return [list(row) for row in csv.reader(io.StringIO(text), delimiter=separator)]
    except csv.Error as error:
        raise Refused(BROKEN) from error


def _headings(
    sheet: list[list[Any]], columns: Sequence[Column]
) -> tuple[int, dict[int, str]] | None:
    """The place of the heading row, and the column's code by place; None where there is none."""
    known = {
        tuple(words(heading)): column.code for column in columns for heading in column.headings
    }
    required = {column.code for column in columns if column.required}
    for place, row in enumerate(sheet[:_HEADING_WITHIN]):
        codes: dict[int, str] = {}
        for column, cell in enumerate(row[:_MOST_COLUMNS]):
            code = known.get(tuple(words(str(cell).split("(", maxsplit=1)[0])))
            if code and code not in codes.values():
                codes[column] = code
        if required <= set(codes.values()):
            return place, codes
    return None


def _rows_below(sheet: list[list[Any]], heading: int, codes: dict[int, str]) -> list[Row]:
    rows = []
    for number, row in enumerate(sheet[heading + 1 :], start=heading + 2):
        written = {code: cell_text(row[place]) for place, code in codes.items() if place < len(row)}
        cells = {code: text for code, text in written.items() if text}
        if cells:
            rows.append(Row(number, cells))
        if len(rows) > MOST_ROWS:
            raise Refused(TOO_LARGE)
    if not rows:
        raise Refused(NO_ROWS)
    return rows


def cell_text(cell: Any) -> str:
    """A cell as plain text: trimmed, a day as in ISO 8601, a whole number without point."""
    if isinstance(cell, bool):
        return "có" if cell else ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return squeeze(str(cell).replace("\x00", ""))[:_LONGEST_CELL]
