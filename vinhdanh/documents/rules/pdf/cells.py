"""The text of drawn tables: which printed lines of a cell are one line of the author's."""

import re

from vinhdanh.documents.rules.cleaning import clean, ends_sentence, starts_item
from vinhdanh.documents.rules.content import Cell, Table
from vinhdanh.documents.rules.names import are_two_names
from vinhdanh.documents.rules.pdf.grids import Grid, Slot
from vinhdanh.documents.rules.pdf.joining import glued
from vinhdanh.documents.rules.pdf.marks import Letter, Line, lines_of

_LABELLED = re.compile(r"[^\W\d][^:]{1,30}:(?:\s|$)")
_SLACK = 3.0  # points by which a printed line may fall short of the edge and still be full


def table_of(grid: Grid, inside: dict[int, list[Letter]], page: int) -> Table | None:
    """The grid filled with letters, by the place of their cell in it; None when there is no
    text, so that it is a drawing."""
    printed = {place: lines_of(letters, page) for place, letters in inside.items()}
    if not any(printed.values()):
        return None
    padding = _padding(grid, printed)
    texts = {
        place: cell_texts(lines, _room(grid.slots[place], padding))
        for place, lines in printed.items()
    }
    rows = []
    for row in range(len(grid.down) - 1):
        cells = _row(grid, row, texts)
        if any(cell.lines or cell.continues for cell in cells):
            rows.append(tuple(cells))
    return Table(tuple(rows), page=page)


def _padding(grid: Grid, printed: dict[int, list[Line]]) -> float:
    """The blank between border and text: the least that is seen anywhere at the left."""
    blanks = [
        line.x0 - grid.slots[place].box[0] for place, lines in printed.items() for line in lines
    ]
    return max(min(blanks, default=0.0), 0.0)


def _row(grid: Grid, row: int, texts: dict[int, tuple[str, ...]]) -> list[Cell]:
    cells = []
    column, last = 0, len(grid.across) - 1
    covering = {
        slot.columns.start: (place, slot)
        for place, slot in enumerate(grid.slots)
        if row in slot.rows and slot.columns
    }
    while column < last:
        if column not in covering:
            cells.append(Cell())
            column += 1
            continue
        place, slot = covering[column]
        continues = row > slot.rows.start
        lines = () if continues else texts.get(place, ())
        cells.append(Cell(lines, columns=len(slot.columns), continues=continues))
        column = slot.columns.stop
    return cells


def _room(slot: Slot, padding: float) -> float:
    return slot.box[2] - slot.box[0] - 2 * padding


def cell_texts(lines: list[Line], width: float) -> tuple[str, ...]:
    """The author's lines among the printed ones of a cell whose text may be so wide, in points."""
    room = width - _SLACK
    texts: list[str] = []
    before: Line | None = None
    for line in lines:
        text = clean(line.text)
        if before is not None and texts and _goes_on(texts, text, _is_full(before, line, room)):
            texts[-1] = glued(texts[-1], text)
        elif text:
            texts.append(text)
        before = line
    return tuple(texts)


def _goes_on(texts: list[str], after: str, full: bool) -> bool:
    """Whether the printed line goes on with the last of the texts above it: its first word had
    no room there, it starts small, a bracket is open, or the texts have bullets and it has none.
    """
    text = texts[-1]
    is_open = text.count("(") > text.count(")")
    if starts_item(after) and not after[:1].isdigit():
        return is_open and after[:2] == "- " and after[2:3].isdigit()
    if is_open or after[:1].islower():
        return True
    if starts_item(after):
        return full and not ends_sentence(text)
    if texts[0].startswith(("- ", "+ ")):
        return full or not _LABELLED.match(after)
    return full and not are_two_names(text, after)


def _is_full(before: Line, after: Line, room: float) -> bool:
    """Whether the first word of the line below would not have fitted above."""
    first = after.words[0]
    return before.x1 - before.x0 + (first.x1 - first.x0) + 0.25 * after.size > room
