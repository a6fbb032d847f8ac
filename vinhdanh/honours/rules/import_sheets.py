"""A spreadsheet of past facts, read as it stands: headings, then lines of cells by place."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from vinhdanh.common.refusal import Refused
from vinhdanh.common.vietnamese import gettext_noop, squeeze
from vinhdanh.honours.rules.import_columns import known_heading
from vinhdanh.honours.rules.import_decisions import Listed
from vinhdanh.people.rules.spreadsheet import NO_ROWS, cell_text, read_sheets

MOST_LINES = 50_000
_MOST_COLUMNS = 60
_HEADING_WITHIN = 20
_LONGEST_HEADING = 200

TOO_MANY = gettext_noop(
    "Bảng tính có hơn 50.000 dòng; hãy chia thành nhiều tệp rồi nhập lần lượt từng tệp."
)
NO_COLUMNS = gettext_noop(
    "Không thấy dòng tiêu đề nào trong bảng tính; hãy ghi tên các cột ở dòng đầu, hoặc dùng tệp "
    "mẫu."
)


def read_sheet(content: bytes, *, name: str, kind: str) -> Listed:
    """The lines of the first sheet with a heading for the recipient, else of the first that has
    any headings; numbered as the sheet counts.

    Raises Refused for what is no spreadsheet, has no headings or no lines, or too many.
    """
    sheets = read_sheets(content, name=name)
    found = None
    for sheet in sheets:
        place = _heading_row(sheet, kind)
        if place is not None:
            found = (sheet, place)
            break
    if found is None:
        found = next(
            (
                (sheet, place)
                for sheet in sheets
                for place, row in enumerate(sheet[:_HEADING_WITHIN])
                if sum(bool(cell_text(cell)) for cell in row) > 1
            ),
            None,
        )
    if found is None:
        raise Refused(NO_COLUMNS)
    sheet, place = found
    headings = [cell_text(cell)[:_LONGEST_HEADING] for cell in sheet[place][:_MOST_COLUMNS]]
    lines: list[tuple[int, Mapping[str, str]]] = []
    for number, row in enumerate(sheet[place + 1 :], start=place + 2):
        cells = {
            str(column): text
            for column, cell in enumerate(row[: len(headings)])
            if (text := _said(cell))
        }
        if cells:
            lines.append((number, cells))
        if len(lines) > MOST_LINES:
            raise Refused(TOO_MANY)
    if not lines:
        raise Refused(NO_ROWS)
    return Listed(tuple(squeeze(heading) for heading in headings), tuple(lines))


def _said(cell: Any) -> str:
    """A cell as it is shown to who settles the line: a day as dd/mm/yyyy."""
    return f"{cell:%d/%m/%Y}" if isinstance(cell, date) else cell_text(cell)


def _heading_row(sheet: list[list[Any]], kind: str) -> int | None:
    for place, row in enumerate(sheet[:_HEADING_WITHIN]):
        codes = {known_heading(kind, cell_text(cell)) for cell in row[:_MOST_COLUMNS]}
        if "recipient" in codes and len(codes - {""}) > 1:
            return place
    return None
