"""Tables in plain text: cells parted by tabs (as pasted from Word or Excel) or by bars."""

import re
from dataclasses import dataclass, field

from vinhdanh.common.refusal import Refused
from vinhdanh.documents.rules.cleaning import clean, starts_item
from vinhdanh.documents.rules.content import Cell, Table
from vinhdanh.documents.rules.names import is_open, names_body
from vinhdanh.documents.rules.plain.refusals import TOO_LONG

MOST_COLUMNS = 60  # a line with more is no row of a table
MOST_CELLS = 400_000  # of one table; a plan of a thousand pages has about 60,000

_BAR_RULE = re.compile(r"^\|?[\s:|+-]*-[\s:|+-]*\|?$")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
# A new item in a cell written on one line starts only after a mark that closes the one before:
# "- Văn phòng Sở; - Các phòng". Elsewhere " - " may stand inside a name or between years.
_NEXT_ITEM = re.compile(r"(?<=[;.])\s+(?=[-–+•]\s)")
_OPENS_ROW = re.compile(r"^\s*(?:\d{1,3}(?:\.\d{1,3})*|[IVXLC]{1,6}|[A-Za-z])[.)]?\s*(?:\t|$)")
_LABELLED = re.compile(r"^[^\W\d][^:]{1,30}:\s")
_MOST_LINES = 60  # of one row
_HEADING_AHEAD = 6  # lines between the end of a table and the heading of the next


def is_barred(line: str) -> bool:
    """Whether the line is a row of a table drawn with bars: "| a | b |"."""
    bare = line.strip()
    return bare.startswith("|") and 3 <= bare.count("|") <= MOST_COLUMNS


def barred_table(lines: list[str]) -> Table:
    rows = []
    for line in lines:
        if not _BAR_RULE.match(line.strip()):
            inner = line.strip().removeprefix("|").removesuffix("|").replace("**", "")
            rows.append([_cell([piece]) for piece in inner.split("|")])
    return _table(rows, max((len(row) for row in rows), default=0))


def tabbed_table(lines: list[str], begin: int, last: int) -> tuple[Table, int]:
    """The table that begins at the line `begin`, and the place of the first line beyond it.

    `last` is the place of the last line that is surely a row; lines below it belong to the table
    only where they go on with its last cell. A row may take several lines: so do the paragraphs
    of a cell arrive when pasted from Word. A line without tabs between whole rows is a group: one
    cell across the table, unless it goes on with the cell above it.
    """
    heading = lines[begin].strip()
    ends = (place for place in range(begin + 1, last + 1) if lines[place].strip() == heading)
    end = next(ends, last + 1)
    rows = _Rows(lines, heading, max(line.count("\t") for line in lines[begin:end]) + 1)
    beyond = rows.read(begin, last)
    return _table([row.made(rows.columns) for row in rows.rows], rows.columns), beyond


@dataclass(slots=True)
class _Row:
    """A row in the making: the lines of its cells."""

    cells: list[list[str]]
    is_group: bool = False

    def made(self, columns: int) -> list[Cell]:
        if self.is_group:
            return [Cell((clean(" ".join(self.cells[0])),), columns=columns)]
        return [_cell(cell) for cell in self.cells]

    def add(self, line: str) -> None:
        first, *others = line.split("\t")
        self.cells[-1].append(first)
        self.cells.extend([other] for other in others)


@dataclass(slots=True)
class _Rows:
    lines: list[str]
    heading: str
    columns: int
    rows: list[_Row] = field(default_factory=list)

    def read(self, at: int, last: int) -> int:
        """Where the rows end that begin at that line."""
        while at < len(self.lines):
            line = self.lines[at]
            if "\t" in line and at <= last:
                end = self._end_of_row(at)
                self._take(line)
                for further in self.lines[at + 1 : end]:
                    self.rows[-1].add(further)
                at = end
                continue
            if "\t" in line or not self._goes_on(line, is_below=at > last):
                if at > last or self._is_next_table(at):
                    break
                self.rows.append(_Row([[line]], is_group=True))
            else:
                self.rows[-1].cells[-1].append(line)
            at += 1
        return at

    def _end_of_row(self, at: int) -> int:
        """Where the row ends that begins there: with the lines that fill all its columns, or
        with its first line where none do."""
        wanted, found = self.columns - 1, self.lines[at].count("\t")
        for place in range(at + 1, min(at + _MOST_LINES, len(self.lines))):
            if found >= wanted:
                break
            line = self.lines[place]
            if "\t" in line and (line[0] == "\t" or _OPENS_ROW.match(line)):
                break
            found += line.count("\t")
            if found == wanted:
                return place + 1
        return at + 1

    def _take(self, line: str) -> None:
        """The line as a row, or as the rest of one that lacks cells."""
        above = self.rows[-1] if self.rows else None
        count = line.count("\t")
        if (
            above is not None
            and not above.is_group
            and line[0] != "\t"
            and len(above.cells) + count <= self.columns
            and not _OPENS_ROW.match(line)
        ):
            above.add(line)
        else:
            self.rows.append(_Row([[piece] for piece in line.split("\t")]))

    def _goes_on(self, line: str, *, is_below: bool) -> bool:
        """Whether a line without tabs is the rest of the cell above it."""
        above, after = self.rows[-1], clean(line)
        if len(above.cells[-1]) >= _MOST_LINES:
            return False
        cell = [text for text in map(clean, above.cells[-1]) if text]
        if above.is_group:
            return after[:1].islower() and not starts_item(after)
        if is_below and after.startswith(("- ", "+ ")):
            return bool(cell) and cell[0].startswith(("- ", "+ "))
        return not _is_numbered_heading(after) and _is_rest(cell, after)

    def _is_next_table(self, at: int) -> bool:
        """Whether the line stands above the heading of another table, not above a row."""
        for line in self.lines[at + 1 : at + 1 + _HEADING_AHEAD]:
            if "\t" in line:
                return line.strip() == self.heading
        return False


def _is_numbered_heading(line: str) -> bool:
    """A heading such as "II. CÔNG TÁC KHEN THƯỞNG"."""
    return line.isupper() and starts_item(line) and not line.startswith(("- ", "+ "))


def _is_rest(cell: list[str], after: str) -> bool:
    if not cell:
        return after[:1].islower()
    first, before = cell[0], cell[-1]
    if (
        is_open(" ".join(cell))
        or before.endswith((";", ":"))
        or after.startswith(("- ", "+ ", "("))
    ):
        return True
    if after.isupper() and any(map(str.isalpha, after)):
        return False
    if starts_item(after):
        return first[:1].isdigit() and after[:1].isdigit() and starts_item(first)
    if after[:1].islower() or after[:1].isdigit():
        return True
    return (
        bool(_LABELLED.match(first) and _LABELLED.match(after))
        or first.split()[0] == after.split(maxsplit=1)[0]
        or (names_body(first) and names_body(after))
    )


def _cell(pieces: list[str]) -> Cell:
    if not any(map(str.strip, pieces)):
        return _EMPTY
    lines: list[str] = []
    for piece in (part for whole in pieces for part in _BREAK.split(whole)):
        text = clean(piece)
        lines.extend(_NEXT_ITEM.split(text) if text.startswith(("- ", "+ ")) else [text])
    return Cell(tuple(filter(None, map(clean, lines))))


_EMPTY = Cell()


def _table(rows: list[list[Cell]], columns: int) -> Table:
    """All rows as wide as the table; a row with nothing in it is left out. Refused when that
    makes too many cells."""
    if len(rows) * columns > MOST_CELLS:
        raise Refused(TOO_LONG)
    kept = (row for row in rows if any(cell.lines for cell in row))
    return Table(
        tuple((*row, *[_EMPTY] * (columns - sum(cell.columns for cell in row))) for row in kept)
    )
