"""Pieces of a Word document as WordprocessingML text; words are always escaped.

Lengths come in mm, gaps and sizes of type in pt.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from vinhdanh.papers.rules.fitting import is_long
from vinhdanh.papers.rules.house import CELL_GAP, CELL_SIDE, Look
from vinhdanh.papers.rules.tree import Row
from vinhdanh.papers.rules.words import plain

# A paragraph that Word wants and nobody should see: after a table, before a section.
FILLER = '<w:p><w:pPr><w:pStyle w:val="Filler"/></w:pPr></w:p>'
PAGE_NUMBER = '<w:fldSimple w:instr=" PAGE "><w:r><w:t>2</w:t></w:r></w:fldSimple>'
_SIDES = {"left": "left", "center": "center", "right": "right", "justify": "both"}


@dataclass(frozen=True)
class Style:
    """A paragraph style of Word: how the type of a part of a paper stands on the page.

    `type` names a style of the decree (`Look.styles`); `level` that of the outline, from 1; `above`
    in pt; `indent` of the first line; `hanging` of the lines after the first, in ems.
    """

    id: str
    name: str
    type: str
    align: str = "left"
    above: float = 0.0
    spaced: bool = False
    indented: bool = False
    hanging: float = 0.0
    keep_next: bool = False
    level: int = 0


def twips(length: float) -> int:
    """mm as twentieths of a point."""
    return round(length / 25.4 * 1440)


def elements(xml: str) -> Sequence[Any]:
    """The elements of the text, ready to be put into a document."""
    return list(parse_xml(f"<w:body {nsdecls('w')}>{xml}</w:body>"))


def style(style: Style, look: Look) -> str:
    """The style for the document's sheet of styles."""
    shown = look.styles[style.type]
    size = look.table_size if style.id == "TableText" else shown.size
    # The names that Word knows are English; it wants to be told which are not its own.
    own = "" if style.name.isascii() else ' w:customStyle="1"'
    return (
        f'<w:style w:type="paragraph"{own} w:styleId="{style.id}"><w:name w:val="{style.name}"/>'
        '<w:basedOn w:val="Normal"/><w:qFormat/>'
        "<w:pPr>"
        + ("<w:keepNext/>" if style.keep_next else "")
        + _spacing(style, look)
        + _indent(
            start=style.hanging * size * 25.4 / 72,
            first=look.indent if style.indented else -style.hanging * size * 25.4 / 72,
        )
        + f'<w:jc w:val="{_SIDES[style.align]}"/>'
        + (f'<w:outlineLvl w:val="{style.level - 1}"/>' if style.level else "")
        + "</w:pPr><w:rPr>"
        + _type(bold=shown.bold, italic=shown.italic)
        + f'<w:sz w:val="{size * 2:.0f}"/><w:szCs w:val="{size * 2:.0f}"/></w:rPr></w:style>'
    )


def _spacing(style: Style, look: Look) -> str:
    lines = look.line_spacing if style.spaced else 1.0
    return (
        f'<w:spacing w:before="{style.above * 20:.0f}" w:after="0"'
        f' w:line="{lines * 240:.0f}" w:lineRule="auto"/>'
    )


def _indent(*, start: float = 0.0, end: float = 0.0, first: float = 0.0) -> str:
    way, length = ("firstLine", first) if first >= 0 else ("hanging", -first)
    return f'<w:ind w:left="{twips(start)}" w:right="{twips(end)}" w:{way}="{twips(length)}"/>'


def _type(*, bold: bool, italic: bool, color: str = "") -> str:
    return f'<w:b w:val="{bold:d}"/><w:i w:val="{italic:d}"/>' + (
        f'<w:color w:val="{color}"/>' if color else ""
    )


def run(text: str, *, bold: bool = False, italic: bool = False, color: str = "") -> str:
    """A run; a line feed in the text breaks the line. Plain type is that of the paragraph."""
    lines = (f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n"))
    marked = bold or italic or color
    properties = (
        "<w:rPr>"
        + ("<w:b/>" if bold else "")
        + ("<w:i/>" if italic else "")
        + (f'<w:color w:val="{color}"/>' if color else "")
        + "</w:rPr>"
    )
    return f"<w:r>{properties if marked else ''}{'<w:br/>'.join(lines)}</w:r>"


def paragraph(
    style: str,
    *runs: str,
    align: str = "",
    above: float | None = None,
    start: float | None = None,
    hanging: float = 0.0,
    keep_next: bool = False,
    tabs: Iterable[tuple[str, float]] = (),
) -> str:
    """A paragraph of the style with this id; what is given here goes before the style's own."""
    stops = "".join(f'<w:tab w:val="{kind}" w:pos="{twips(at)}"/>' for kind, at in tabs)
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/>'
        + ("<w:keepNext/>" if keep_next else "")
        + (f"<w:tabs>{stops}</w:tabs>" if stops else "")
        + (f'<w:spacing w:before="{above * 20:.0f}"/>' if above is not None else "")
        + (_indent(start=start, first=-hanging) if start is not None else "")
        + (f'<w:jc w:val="{_SIDES[align]}"/>' if align else "")
        + f"</w:pPr>{''.join(runs)}</w:p>"
    )


def rule(length: float, room: float, *, below: float = 0.0) -> str:
    """A line of this length in the middle of the room; `below` in pt. "" for no length."""
    if not length:
        return ""
    side = (room - length) / 2
    return (
        '<w:p><w:pPr><w:pStyle w:val="Filler"/><w:keepNext/>'
        '<w:pBdr><w:bottom w:val="single" w:sz="5" w:space="0" w:color="auto"/></w:pBdr>'
        f'<w:spacing w:before="0" w:after="{below * 20:.0f}" w:line="60" w:lineRule="exact"/>'
        + _indent(start=side, end=side)
        + "</w:pPr></w:p>"
    )


def gap(height: float) -> str:
    """Room above a table, which has none of its own, in pt."""
    return (
        '<w:p><w:pPr><w:pStyle w:val="Filler"/><w:keepNext/>'
        f'<w:spacing w:before="{height * 20:.0f}"/></w:pPr></w:p>'
    )


def stamp(word: str, frame: tuple[float, float]) -> str:
    """A mark of urgency: the word in red in a frame, width and height in mm."""
    width, height = frame
    edges = "".join(
        f'<w:{edge} w:val="single" w:sz="8" w:space="0" w:color="D00000"/>'
        for edge in ("top", "left", "bottom", "right")
    )
    return (
        f'{gap(5)}<w:tbl><w:tblPr><w:tblW w:w="{twips(width)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{edges}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        f"{_margins(0, 0)}</w:tblPr>"
        f'<w:tblGrid><w:gridCol w:w="{twips(width)}"/></w:tblGrid>'
        f'<w:tr><w:trPr><w:trHeight w:val="{twips(height)}" w:hRule="exact"/></w:trPr>'
        f"{_cell(width, paragraph('Urgency', run(word, color='D00000')), centred=True)}"
        f"</w:tr></w:tbl>{FILLER}"
    )


def columns(widths: Sequence[float], *rows: Sequence[str], whole: bool = True) -> str:
    """A table that only puts things side by side: no lines, no room around; cells are content.

    `whole` keeps every row on one page.
    """
    made = "".join(
        f"<w:tr><w:trPr>{'<w:cantSplit/>' if whole else ''}</w:trPr>"
        + "".join(_cell(width, cell or FILLER) for width, cell in zip(widths, row, strict=True))
        + "</w:tr>"
        for row in rows
    )
    return f"<w:tbl>{_frame(widths, '', _margins(0, 0))}{made}</w:tbl>"


def table(
    widths: Sequence[float],
    titles: Sequence[str],
    rows: Iterable[Row],
    aligns: Sequence[str],
) -> str:
    """A table of words with lines around its cells. The titles come again on every page.

    Only a long row may be cut by the end of a page.
    """
    edges = "".join(
        f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    lines = f"<w:tblBorders>{edges}</w:tblBorders>"
    head = "".join(
        _cell(width, paragraph("TableText", run(title, bold=True), align="center"), centred=True)
        for width, title in zip(widths, titles, strict=True)
    )
    made = [
        f"<w:tbl>{_frame(widths, lines, _margins(CELL_SIDE, CELL_GAP))}"
        f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>"
    ]
    for row in rows:
        cells = [plain(cell) for cell in row.cells]
        made.append(f"<w:tr><w:trPr>{'' if is_long(row) else '<w:cantSplit/>'}</w:trPr>")
        if row.is_group:
            named = paragraph("TableText", run(cells[0], bold=True), keep_next=True)
            made.append(_cell(sum(widths), named, span=len(widths)))
        else:
            made += (
                _cell(width, paragraph("TableText", run(cell), align=align))
                for width, cell, align in zip(widths, cells, aligns, strict=True)
            )
        made.append("</w:tr>")
    return f"{''.join(made)}</w:tbl>"


def _cell(width: float, content: str, *, span: int = 1, centred: bool = False) -> str:
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{twips(width)}" w:type="dxa"/>'
        + (f'<w:gridSpan w:val="{span}"/>' if span > 1 else "")
        + ('<w:vAlign w:val="center"/>' if centred else "")
        + f"</w:tcPr>{content}</w:tc>"
    )


def _frame(widths: Sequence[float], lines: str, margins: str) -> str:
    grid = "".join(f'<w:gridCol w:w="{twips(width)}"/>' for width in widths)
    return (
        f'<w:tblPr><w:tblW w:w="{sum(map(twips, widths))}" w:type="dxa"/><w:tblInd w:w="0"'
        f' w:type="dxa"/>{lines}<w:tblLayout w:type="fixed"/>{margins}</w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>"
    )


def _margins(side: float, gap: float) -> str:
    return (
        "<w:tblCellMar>"
        + "".join(
            f'<w:{edge} w:w="{twips(length)}" w:type="dxa"/>'
            for edge, length in (("top", gap), ("left", side), ("bottom", gap), ("right", side))
        )
        + "</w:tblCellMar>"
    )
