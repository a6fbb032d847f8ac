"""Tables without drawn rules: columns told from blanks that run down through all rows.

Only what is surely one is taken: it has a heading that begins with "STT" or "TT", at least three
columns that each have a heading, and numbered rows.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, pairwise
from statistics import median

from vinhdanh.common.vietnamese import fold
from vinhdanh.documents.rules.content import Cell, Table
from vinhdanh.documents.rules.pdf.cells import cell_texts
from vinhdanh.documents.rules.pdf.marks import Line, Word

_FIRST = ("stt", "tt")
_ORDINAL = re.compile(r"\d{1,3}(?:\.\d{1,2})*[.)]?$")
_GUTTER = 0.55  # of the size; wider than the blanks between words
_MOST_TABLES = 20  # looked for on a page
_LEAST_COLUMNS = 3
_LEAST_ROWS = 3
_HEADING_LINES = 3  # above and below the line with "STT"
_AIR = 1.25  # of the usual distance of lines; more parts two rows


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where the columns begin (`starts`) and end (`ends`), in points; the first holds numbers."""

    starts: list[float]
    ends: list[float]

    def place(self, word: Word) -> int:
        return max(bisect_right(self.starts, (word.x0 + word.x1) / 2) - 1, 0)

    def crosses(self, line: Line) -> bool:
        """Whether a blank between two columns is written over."""
        gaps = zip(self.ends, self.starts[1:], strict=False)
        middles = [(end + start) / 2 for end, start in gaps]
        over = any(word.x0 < middle < word.x1 for middle in middles for word in line.words)
        return over or bool(self.run_over(line))

    def run_over(self, line: Line) -> set[int]:
        """The columns that words of the line, with mere blanks between them, run over."""
        return {
            place
            for before, word in pairwise(line.words)
            if self.place(before) != self.place(word) and word.x0 - before.x1 < _GUTTER * line.size
            for place in (self.place(before), self.place(word))
        }

    def holds(self, line: Line) -> bool:
        """Whether the line keeps to the columns, the first left free."""
        return line.x0 >= self.starts[1] - line.size and not self.crosses(line)

    def begins_row(self, line: Line) -> bool:
        """Whether the line has a number, or the like, in the first column and text beside it."""
        number, *rest = line.words
        return bool(rest) and self.place(number) == 0 and self.place(rest[0]) > 0

    def _runs_over(self, line: Line) -> bool:
        return any(
            self.place(before) != self.place(word) and word.x0 - before.x1 < _GUTTER * line.size
            for before, word in pairwise(line.words)
        )


def parted(lines: list[Line], known: set[str]) -> Iterator[list[Line] | Table]:
    """The lines of a page with the tables among them found, in order.

    `known` holds the headings of tables found on pages before, and is added to: under such a
    heading one row is enough.
    """
    begin = 0
    openings = (at for at, line in enumerate(lines) if _opens(line))
    for at in islice(openings, _MOST_TABLES):
        if at < begin:
            continue
        found = _table_at(lines, at, begin, known)
        if found is not None:
            first, table, end = found
            yield lines[begin:first]
            yield table
            begin = end
    yield lines[begin:]


def _opens(line: Line) -> bool:
    return fold(line.words[0].text).strip(".") in _FIRST


def _table_at(
    lines: list[Line], at: int, begin: int, known: set[str]
) -> tuple[int, Table, int] | None:
    """Where the table of the heading at that line begins, the table, and the line beyond it."""
    sign = lines[at].words[0]
    numbered = [place for place in range(at + 1, len(lines)) if _is_numbered(lines[place], sign)]
    if not numbered:
        return None
    leading = _leading(lines[at:])
    end = _end(lines, numbered[-1], leading)
    columns = _columns(lines[numbered[0] : end], sign)
    if len(columns.starts) < _LEAST_COLUMNS:
        return None
    first, last = _heading(lines, at, (begin, numbered[0]), columns, leading)
    heading = _headings(lines[first : last + 1], columns)
    text = fold(" ".join(cell.text for cell in heading))
    if len(numbered) < _LEAST_ROWS and text not in known:
        return None
    if not all(cell.lines for cell in heading):
        return None
    known.add(text)
    end = next((p for p in range(numbered[-1], end) if columns.crosses(lines[p])), end)
    rows = [heading, *_rows(lines[last + 1 : end], columns, leading)]
    return first, Table(tuple(rows), page=lines[at].page), end


def _is_numbered(line: Line, sign: Word) -> bool:
    word = line.words[0]
    middle = (word.x0 + word.x1) / 2
    return (
        bool(_ORDINAL.match(word.text))
        and sign.x0 - line.size < middle < sign.x1 + line.size
        and len(line.words) > 1
        and line.words[1].x0 - word.x1 > _GUTTER * line.size
    )


def _leading(lines: list[Line]) -> float:
    """The usual distance of lines: that within a cell, which is among the least."""
    steps = sorted(
        after.top - before.top
        for before, after in pairwise(lines)
        if after.top - before.top > 0.9 * before.size
    )
    return median(steps[: len(steps) // 2 + 1]) if steps else 0.0


def _end(lines: list[Line], last: int, leading: float) -> int:
    """The line beyond the table, whose last number stands at the line `last`."""
    place = last + 1
    while place < len(lines) and lines[place].top - lines[place - 1].top < _AIR * leading:
        place += 1
    return place


def _columns(lines: list[Line], sign: Word) -> _Columns:
    """The columns that the blanks of rows leave; lines across the table are not asked."""
    beyond = sign.x1 + 1
    asked = [line for line in lines if line.words[0].x0 > beyond or _is_numbered(line, sign)]
    words = sorted((word.x0, word.x1) for line in asked for word in line.words)
    size = median(line.size for line in asked)
    starts, ends = [words[0][0]], [words[0][1]]
    for x0, x1 in words:
        if x0 - ends[-1] > _GUTTER * size:
            starts.append(x0)
            ends.append(x1)
        ends[-1] = max(ends[-1], x1)
    return _Columns([min(starts[0], sign.x0), *starts[1:]], ends)


def _heading(
    lines: list[Line], at: int, within: tuple[int, int], columns: _Columns, leading: float
) -> tuple[int, int]:
    """The first and the last line of the heading: those close to the one with "STT" that keep
    to the columns."""
    first = last = at
    while (
        first > max(within[0], at - _HEADING_LINES)
        and lines[first].top - lines[first - 1].top < _AIR * leading
        and columns.holds(lines[first - 1])
    ):
        first -= 1
    while (
        last + 1 < min(within[1], at + 1 + _HEADING_LINES)
        and lines[last + 1].top - lines[last].top < _AIR * leading
        and columns.holds(lines[last + 1])
    ):
        last += 1
    return first, last


def _headings(lines: list[Line], columns: _Columns) -> tuple[Cell, ...]:
    """The cells of the heading; one that is written over several columns spans them."""
    cells = _cells(lines, columns)
    wide = {place for line in lines for place in columns.run_over(line)}
    if not wide:
        return cells
    first, last = min(wide), max(wide)
    texts = (
        " ".join(word.text for word in line.words if first <= columns.place(word) <= last)
        for line in lines
    )
    spanning = Cell((" ".join(filter(None, texts)),), columns=last - first + 1)
    return (*cells[:first], spanning, *cells[last + 1 :])


def _rows(lines: list[Line], columns: _Columns, leading: float) -> Iterator[tuple[Cell, ...]]:
    waiting: list[Line] = []
    for line in lines:
        across = columns.crosses(line)
        begins = not across and columns.begins_row(line)
        is_group = across or (line.words[0].x0 < columns.starts[1] and not begins)
        spaced = bool(waiting) and line.top - waiting[-1].top > _AIR * leading
        if waiting and (is_group or begins or spaced):
            yield _cells(waiting, columns)
            waiting = []
        if is_group:
            yield _group(line, columns)
        else:
            waiting.append(line)
    if waiting:
        yield _cells(waiting, columns)


def _group(line: Line, columns: _Columns) -> tuple[Cell, ...]:
    """A row across the table; its number, if any, in the first column."""
    number, *rest = line.words
    width = len(columns.starts)
    if rest and rest[0].x0 >= columns.starts[1] - 1 and number.x1 < columns.starts[1]:
        text = " ".join(word.text for word in rest)
        return Cell((number.text,)), Cell((text,), columns=width - 1)
    return (Cell((line.text,), columns=width),)


def _cells(lines: list[Line], columns: _Columns) -> tuple[Cell, ...]:
    parts: list[list[Line]] = [[] for _ in columns.starts]
    for line in lines:
        for column, part in enumerate(parts):
            words = [word for word in line.words if columns.place(word) == column]
            if words:
                part.append(line.part(words))
    return tuple(
        Cell(cell_texts(part, columns.ends[column] - columns.starts[column]))
        for column, part in enumerate(parts)
    )
