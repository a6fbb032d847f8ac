"""Tables in plain text: cells parted by tabs (as pasted from Word or Excel) or by bars."""

import re

from vinhdanh.documents.rules.cleaning import clean
from vinhdanh.documents.rules.content import Cell, Table

_BAR_RULE = re.compile(r"^\|?[\s:|+-]*-[\s:|+-]*\|?$")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
# A new item in a cell written on one line starts only after a mark that closes the one before:
# "- Văn phòng Sở; - Các phòng". Elsewhere " - " may stand inside a name or between years.
_NEXT_ITEM = re.compile(r"(?<=[;.])\s+(?=[-–+•]\s)")
_OPENS_ROW = re.compile(r"^\s*(?:\d{1,3}(?:\.\d{1,3})*|[IVXLC]{1,6}|[A-Za-z])[.)]?\s*(?:\t|$)")


def is_barred(line: str) -> bool:
    """Whether the line is a row of a table drawn with bars: "| a | b |"."""
    bare = line.strip()
    return bare.startswith("|") and bare.count("|") >= 3


def barred_table(lines: list[str]) -> Table:
    rows = []
    for line in lines:
        if not _BAR_RULE.match(line.strip()):
            inner = line.strip().removeprefix("|").removesuffix("|").replace("**", "")
            rows.append([_cell([piece]) for piece in inner.split("|")])
    return _table(rows)


def tabbed_table(lines: list[str]) -> Table | None:
    """The table of lines that are parted by tabs, None when they have fewer than two columns.

    A line with fewer tabs than the widest goes on with the row above where that is still short
    of cells: so do the paragraphs of one Word cell arrive when pasted as text.
    """
    columns = max(line.count("\t") for line in lines) + 1
    if columns < 2:
        return None
    rows: list[list[list[str]]] = []
    for line in lines:
        cells = [[piece] for piece in line.split("\t")]
        if rows and _goes_on(rows[-1], line, len(cells), columns):
            rows[-1][-1].extend(cells[0])
            rows[-1].extend(cells[1:])
        else:
            rows.append(cells)
    return _table([[_cell(cell) for cell in row] for row in rows])


def _goes_on(row: list[list[str]], line: str, count: int, columns: int) -> bool:
    if count == columns:
        return False
    if len(row) == columns:
        # The last cell has further paragraphs: a line without any tab.
        return count == 1 and not _OPENS_ROW.match(line)
    return len(row) + count - 1 <= columns and not (count > 1 and _OPENS_ROW.match(line))


def _cell(pieces: list[str]) -> Cell:
    lines: list[str] = []
    for piece in (part for whole in pieces for part in _BREAK.split(whole)):
        text = clean(piece)
        lines.extend(_NEXT_ITEM.split(text) if text.startswith(("- ", "+ ")) else [text])
    return Cell(tuple(filter(None, map(clean, lines))))


def _table(rows: list[list[Cell]]) -> Table:
    """All rows as wide as the widest; a row with nothing in it is left out."""
    columns = max((len(row) for row in rows), default=0)
    return Table(
        tuple(
            tuple(row + [Cell()] * (columns - len(row)))
            for row in rows
            if any(cell.lines for cell in row)
        )
    )
