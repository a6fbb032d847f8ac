"""Reading a .docx: paragraphs and tables in the order of the body."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from lxml import etree

from vinhdanh.documents.rules.cleaning import clean, join_broken, starts_item
from vinhdanh.documents.rules.content import Cell, Content, Paragraph, Table
from vinhdanh.documents.rules.word.names import MC, W, number, switch, value
from vinhdanh.documents.rules.word.numbering import Numbering
from vinhdanh.documents.rules.word.package import open_word
from vinhdanh.documents.rules.word.styles import Styles
from vinhdanh.documents.rules.word.texts import first_choice, is_placeholder, text_of

# Wrappers whose children stand in the body, the table or the row as if they were not wrapped.
_WRAPPERS = {
    W + name for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo")
}  # fmt: skip
_MOST_COLUMNS = 200


@dataclass(frozen=True, slots=True)
class _Read:
    """One paragraph as read: its lines (parted by breaks), and whether its end was deleted."""

    label: str
    lines: tuple[str, ...]
    bold: bool
    centred: bool
    runs_on: bool
    boxes: tuple[etree._Element, ...]


def read_word(stored: bytes) -> Content:
    """The content of a .docx: insertions accepted, deletions and hidden text left out, automatic
    numbers as labels. Headers, footers, notes and comments are not read.

    Refused when the file is encrypted, broken, unsafe or unfolds too large.
    """
    document = open_word(stored)
    reader = _Reader(document)
    return Content("docx", tuple(join_broken(reader.blocks(document.element.body))))


class _Reader:
    def __init__(self, document: WordDocument) -> None:
        self._styles = Styles(_part(document, RELATIONSHIP_TYPE.STYLES))
        self._numbering = Numbering(_part(document, RELATIONSHIP_TYPE.NUMBERING), self._styles)

    def blocks(self, parent: etree._Element) -> Iterator[Paragraph | Table]:
        waiting: list[_Read] = []
        for element in _children(parent, {W + "p", W + "tbl"}):
            if element.tag == W + "tbl":
                yield from self._table(element)
                continue
            read = self._paragraph(element)
            waiting.append(read)
            if read.runs_on:
                continue
            yield from _paragraphs(waiting)
            boxes = [box for part in waiting for box in part.boxes]
            waiting = []
            for box in boxes:
                yield from self.blocks(box)
        yield from _paragraphs(waiting)

    def _table(self, table: etree._Element) -> Iterator[Paragraph | Table]:
        """The table; what stands in it, where it is a frame of one column around a table."""
        cells = [list(_children(row, {W + "tc"})) for row in _children(table, {W + "tr"})]
        if all(len(row) == 1 for row in cells) and any(_holds_table(row[0]) for row in cells):
            for (cell,) in cells:
                yield from self.blocks(cell)
            return
        rows = tuple(self._rows(table))
        if rows:
            yield Table(rows)

    def _paragraph(self, element: etree._Element) -> _Read:
        properties = element.find(W + "pPr")
        name = value(properties, "pStyle") or self._styles.default_paragraph
        style = self._styles.of(name)
        text = text_of(element, style, self._styles)
        mark = None if properties is None else properties.find(W + "rPr")
        gone = mark is not None and mark.find(W + "del") is not None
        lines = tuple(filter(None, map(clean, text.lines)))
        hidden = bool(switch(mark, "vanish")) and not lines
        return _Read(
            label="" if hidden or (gone and not lines) else self._label(properties, name),
            lines=lines,
            bold=text.bold,
            centred=(value(properties, "jc") or style.alignment) == "center",
            runs_on=gone,
            boxes=tuple(text.boxes),
        )

    def _label(self, properties: etree._Element | None, name: str | None) -> str:
        numbering = None if properties is None else properties.find(W + "numPr")
        style = self._styles.of(name)
        list_id, place = number(numbering, "numId"), number(numbering, "ilvl")
        if list_id is None:
            list_id = style.list_id
        if not list_id:  # zero takes the paragraph out of the list of its style
            return ""
        if place is None:
            place = style.list_level
        if place is None:
            place = self._numbering.level_of_style(list_id, name or "")
        return self._numbering.label(list_id, place)

    def _rows(self, table: etree._Element) -> Iterator[tuple[Cell, ...]]:
        for row in _children(table, {W + "tr"}):
            properties = row.find(W + "trPr")
            if properties is not None and properties.find(W + "del") is not None:
                continue
            before, after = _span(properties, "gridBefore", 0), _span(properties, "gridAfter", 0)
            cells = _merged_sideways(self._cell(cell) for cell in _children(row, {W + "tc"}))
            if before:
                cells.insert(0, Cell(columns=before))
            if after:
                cells.append(Cell(columns=after))
            if cells:
                yield tuple(cells)

    def _cell(self, cell: etree._Element) -> Cell | None:
        """None for a cell that an old way of merging made part of the one to its left."""
        properties = cell.find(W + "tcPr")
        lines = tuple(self._lines(cell))
        sideways = None if properties is None else properties.find(W + "hMerge")
        if sideways is not None and sideways.get(W + "val", "continue") == "continue":
            return None
        merge = None if properties is None else properties.find(W + "vMerge")
        columns = _span(properties, "gridSpan", 1)
        if merge is not None and merge.get(W + "val", "continue") == "continue":
            return Cell(columns=columns, continues=True)
        return Cell(lines, columns=columns)

    def _lines(self, cell: etree._Element) -> Iterator[str]:
        """The lines of the cell; those of a table in it follow one another, row by row."""
        waiting: list[_Read] = []
        for element in _children(cell, {W + "p", W + "tbl"}):
            if element.tag == W + "tbl":
                for row in _children(element, {W + "tr"}):
                    for inner in _children(row, {W + "tc"}):
                        yield from self._lines(inner)
                continue
            read = self._paragraph(element)
            waiting.append(read)
            if not read.runs_on:
                yield from _cell_lines(waiting)
                boxes = [box for part in waiting for box in part.boxes]
                waiting = []
                for box in boxes:
                    yield from self._lines(box)
        yield from _cell_lines(waiting)


def _part(document: WordDocument, relationship: str) -> etree._Element | None:
    for relation in document.part.rels.values():
        if relation.reltype == relationship and not relation.is_external:
            return getattr(relation.target_part, "element", None)
    return None


def _children(parent: etree._Element, tags: set[str]) -> Iterator[etree._Element]:
    """The children with these tags, wrappers opened."""
    for child in parent:
        if child.tag in tags:
            yield child
        elif child.tag == MC + "AlternateContent":
            yield from _children(first_choice(child), tags)
        elif child.tag in _WRAPPERS and not is_placeholder(child):
            yield from _children(child, tags)


def _holds_table(cell: etree._Element) -> bool:
    return any(True for _ in _children(cell, {W + "tbl"}))


def _span(properties: etree._Element | None, name: str, least: int) -> int:
    return min(max(number(properties, name) or least, least), _MOST_COLUMNS)


def _merged_sideways(cells: Iterable[Cell | None]) -> list[Cell]:
    merged: list[Cell] = []
    for cell in cells:
        if cell is not None:
            merged.append(cell)
        elif merged:
            last = merged[-1]
            merged[-1] = Cell(last.lines, last.columns + 1, last.continues)
    return merged


def _joined(parts: list[_Read]) -> tuple[str, list[str]]:
    """Label and lines of paragraphs that deleted marks made into one."""
    label = next((part.label for part in parts if part.label), "")
    lines: list[str] = []
    for place, part in enumerate(parts):
        if place and lines and part.lines:
            lines[-1] = f"{lines[-1]} {part.lines[0]}"
            lines.extend(part.lines[1:])
        else:
            lines.extend(part.lines)
    return label, lines


def _paragraphs(parts: list[_Read]) -> Iterator[Paragraph]:
    """A line break parts paragraphs only where a new item plainly starts."""
    label, lines = _joined(parts)
    texts: list[str] = []
    for line in lines:
        if texts and not starts_item(line):
            texts[-1] = f"{texts[-1]} {line}"
        else:
            texts.append(line)
    for place, text in enumerate(texts):
        yield Paragraph(
            text,
            label="" if place else label,
            bold=all(part.bold for part in parts if part.lines),
            centred=parts[0].centred,
        )


def _cell_lines(parts: list[_Read]) -> Iterator[str]:
    label, lines = _joined(parts)
    if label:
        lines[:1] = [f"{label} {lines[0]}" if lines else label]
    yield from lines
