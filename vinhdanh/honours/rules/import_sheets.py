"""A spreadsheet of past facts, read as it stands: headings, then lines of cells by place.

As offices keep them: headings in two rows, a name in two columns, rows between the lines that say
which unit or award the lines below are of.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from vinhdanh.common.refusal import Refused
from vinhdanh.common.vietnamese import gettext_noop, squeeze
from vinhdanh.honours.rules import import_words
from vinhdanh.honours.rules.import_columns import (
    COMMON,
    heading_of,
    known_heading,
    may_be_given_name,
    names_recipient,
)
from vinhdanh.honours.rules.import_decisions import Listed, said_above, years_in
from vinhdanh.honours.rules.import_words import AwardNames
from vinhdanh.people.rules.spreadsheet import NO_ROWS, cell_text, read_sheets

MOST_LINES = 50_000
_MOST_COLUMNS = 60
_HEADING_WITHIN = 20
_LONGEST_HEADING = 200
_ALIKE = 0.6
_COUNTED = re.compile(r"\d+[.)]?")
_ORDINAL = re.compile(r"(?:[IVXLC]{1,6}|[A-ZĐ])?[.)]?|\d+[.)]?")

TOO_MANY = gettext_noop(
    "Bảng tính có hơn 50.000 dòng; hãy chia thành nhiều tệp rồi nhập lần lượt từng tệp."
)
NO_COLUMNS = gettext_noop(
    "Không thấy dòng tiêu đề nào trong bảng tính; hãy ghi tên các cột ở dòng đầu, hoặc dùng tệp "
    "mẫu."
)


def read_sheet(content: bytes, *, name: str, kind: str, names: AwardNames) -> Listed:
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
    headings, first = _headings(sheet, place, kind)
    lines: list[tuple[int, dict[str, str]]] = []
    for number, row in enumerate(sheet[first:], start=first + 1):
        cells = {
            str(column): text
            for column, cell in enumerate(row[: len(headings)])
            if (text := _said(cell))
        }
        if cells:
            lines.append((number, cells))
        if len(lines) > MOST_LINES:
            raise Refused(TOO_MANY)
    _join_names(headings, lines, kind)
    kept = _under_their_rows(headings, lines, kind, names)
    if not kept:
        raise Refused(NO_ROWS)
    above = [" ".join(dict.fromkeys(filter(None, _texts(row)))) for row in sheet[:place]]
    common = {code: text for code, text in said_above(above).items() if code in COMMON[kind]}
    return Listed(tuple(headings), tuple(kept), common)


def _texts(row: Sequence[Any]) -> list[str]:
    return [squeeze(cell_text(cell)[:_LONGEST_HEADING]) for cell in row[:_MOST_COLUMNS]]


def _headings(sheet: list[list[Any]], place: int, kind: str) -> tuple[list[str], int]:
    """The headings and the place of the first line; of two rows of headings, what both say."""
    upper = _texts(sheet[place])
    lower = _texts(sheet[place + 1]) if place + 1 < len(sheet) else []
    who = next((at for at, text in enumerate(upper) if names_recipient(upper, at, kind)), None)
    if who is None or who >= len(lower) or lower[who] not in {"", upper[who]}:
        return upper, place + 1
    if not any(known_heading(kind, text) for at, text in enumerate(lower) if at != who):
        return upper, place + 1
    headings, above = [], ""
    for at in range(max(len(upper), len(lower))):
        own = upper[at] if at < len(upper) else ""
        below = lower[at] if at < len(lower) else ""
        above = own or above
        choices = [below, f"{below} {above}".strip(), own]
        known = next((text for text in choices if known_heading(kind, text)), "")
        headings.append(known or below or own)
    return headings, place + 2


def _join_names(headings: list[str], lines: list[tuple[int, dict[str, str]]], kind: str) -> None:
    """Family and given name of two columns, written into the first of them."""
    who = next((at for at in range(len(headings)) if names_recipient(headings, at, kind)), None)
    if who is None or not may_be_given_name(headings, who + 1):
        return
    first, second = str(who), str(who + 1)
    named = [cells for _number, cells in lines if first in cells]
    given = [cells for cells in named if cells.get(second, "").isalpha()]
    if not given or len(given) < _ALIKE * len(named):
        return
    for cells in given:
        cells[first] = f"{cells[first]} {cells.pop(second)}"
    headings[who] = heading_of(kind, "recipient")


def _under_their_rows(
    headings: list[str],
    lines: list[tuple[int, dict[str, str]]],
    kind: str,
    names: AwardNames,
) -> list[tuple[int, Mapping[str, str]]]:
    """The lines, each with what the rows above say: of which unit, for which award and year.

    Such a row has but one text, and perhaps a letter or Roman number; `headings` grow by what
    these rows say and no column does.
    """
    columns = {known_heading(kind, heading): str(at) for at, heading in enumerate(headings)}
    said = [_row_says(cells, kind, names) for _number, cells in lines]
    if sum(map(bool, said)) * 2 > len(lines):
        return list(lines)
    for code in ("award", "year", "unit"):
        if code not in columns and any(code in each for each in said):
            columns[code] = str(len(headings))
            headings.append(heading_of(kind, code))
    now: dict[str, str] = {}
    kept: list[tuple[int, Mapping[str, str]]] = []
    for (number, cells), says in zip(lines, said, strict=True):
        if says:
            now = says if "award" in says else now | says
        else:
            kept.append((number, {**{columns[code]: now[code] for code in now}, **cells}))
    return kept


def _row_says(cells: Mapping[str, str], kind: str, names: AwardNames) -> dict[str, str]:
    """What a row between the lines says by code of column; {} for a line."""
    texts = list(dict.fromkeys(cells.values()))
    if len(texts) == 2 and _ORDINAL.fullmatch(texts[0]) and not _COUNTED.fullmatch(texts[0]):
        texts = texts[1:]
    if len(texts) != 1 or min(map(int, cells)) > 1:
        return {}
    text = re.sub(r"^(?:[IVXLC]+|[A-ZĐ]|\d+)\s*[.)/-]\s*", "", texts[0])
    if kind == "conferrals" and (award := names.spelled(text)):
        return {"award": award} | ({"year": years_in(text)} if years_in(text) else {})
    return {"unit": text} if import_words.looks_collective(text) else {}


def _said(cell: Any) -> str:
    """A cell as it is shown to who settles the line: a day as dd/mm/yyyy."""
    return f"{cell:%d/%m/%Y}" if isinstance(cell, date) else cell_text(cell)


def _heading_row(sheet: list[list[Any]], kind: str) -> int | None:
    for place, row in enumerate(sheet[:_HEADING_WITHIN]):
        texts = _texts(row)
        codes = {known_heading(kind, text) for text in texts}
        has_who = any(names_recipient(texts, at, kind) for at in range(len(texts)))
        if has_who and len(codes - {"", "recipient"}) > 0:
            return place
    return None
