"""The choices of the house where the decree leaves a range, and the look they give.

Everything else is taken from `vinhdanh.law.papers` as it stands.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from vinhdanh.law import papers as law

# Margins at the least allowed: the widest lines and the fewest pages. So are the sizes of what
# stands at the head, as in the samples of Phụ lục I, Phần I, Mục V; the others are at the most.
_LEAST = {
    "national_title",
    "motto",
    "upper_body",
    "issuer",
    "place_and_date",
    "letter_subject",
    "contact",
    "urgency",
    "page_number",
}
_LINE_SPACING = 1.1
# Not of the decree: the type of a table, a step below the text so that narrow columns read well.
_TABLE_SIZE = 13.0
# A share in the middle of what is allowed under the issuer and the subject.
_RULE_SHARE = 0.42
# Room for the signature and the seal, in mm (a round seal is 36 mm wide and covers its left part).
_SIGNING_ROOM = 28.0
# The column of the national title at the head, in mm: its words on one line with some air.
_NATION_COLUMN = 92.0
# Inside the cells of tables, left and right, above and below, in mm.
CELL_SIDE = 1.5
CELL_GAP = 1.0
# Between the text of the first page and the line above the address, and below that line, in pt.
CONTACT_GAP = 6.0
CONTACT_INSET = 3.0
# From the upper edge of the page to the page number, in mm.
_HEADER_DISTANCE = 10.0


@dataclass(frozen=True)
class Type:
    """Size in pt."""

    size: float
    bold: bool
    italic: bool
    upper: bool


@dataclass(frozen=True)
class Look:
    """The measures of one paper, in mm; gaps and sizes of type in pt; `line_spacing` in lines."""

    width: float
    height: float
    top: float
    bottom: float
    left: float
    right: float
    font: str
    indent: float
    gap: float
    line_spacing: float
    letter_subject_gap: float
    rule_share: float
    table_size: float
    signing_room: float
    nation_column: float
    header_distance: float
    styles: dict[str, Type]
    stamps: dict[str, tuple[float, float]]

    def room(self, *, landscape: bool) -> float:
        """Between the margins of the page, lying or standing."""
        return (self.height if landscape else self.width) - self.left - self.right

    @property
    def text_width(self) -> float:
        return self.room(landscape=False)

    @property
    def issuer_column(self) -> float:
        return self.text_width - self.nation_column


@lru_cache(maxsize=4)
def look(on: date | None) -> Look:
    """How a paper of that day looks; None: one without a day yet."""
    layout = law.layout(on)
    page, paragraph = layout.page, layout.paragraph
    return Look(
        width=page.width,
        height=page.height,
        top=page.top[0],
        bottom=page.bottom[0],
        left=page.left[0],
        right=page.right[0],
        font=page.font,
        indent=max(paragraph.indents),
        gap=paragraph.gap_at_least,
        line_spacing=_LINE_SPACING,
        letter_subject_gap=paragraph.letter_subject_gap,
        rule_share=_RULE_SHARE,
        table_size=_TABLE_SIZE,
        signing_room=_SIGNING_ROOM,
        nation_column=_NATION_COLUMN,
        header_distance=_HEADER_DISTANCE,
        styles={name: _type(name, style) for name, style in layout.styles.items()},
        stamps={word: stamp.frame for word, stamp in layout.stamps.items()},
    )


def _type(name: str, style: law.Style) -> Type:
    return Type(
        size=style.size[0] if name in _LEAST else style.size[1],
        bold=style.weight == "bold",
        italic=style.slant == "italic",
        upper=style.case == "upper",
    )
