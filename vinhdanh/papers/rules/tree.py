"""A paper as a tree of parts: what stands on it, free of any format.

Source: Nghị định 30/2020/NĐ-CP, Điều 8 and Phụ lục I.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Letterhead:
    """Who issues: the body above it ("UBND TỈNH AN BÌNH", may be empty), the body itself, and the
    place named before the date; where it is reached, as the foot of the first page tells, each
    empty where it is not told."""

    upper: str
    issuer: str
    place: str
    address: str = ""
    phone: str = ""
    fax: str = ""
    email: str = ""
    website: str = ""


@dataclass(frozen=True)
class Signature:
    """Who signs. `authority` is the line above the title ("KT. GIÁM ĐỐC", "TM. HỘI ĐỒNG"), empty
    when one signs in one's own right; `title` "PHÓ GIÁM ĐỐC"; `name` without academic titles."""

    title: str
    name: str
    authority: str = ""


@dataclass(frozen=True)
class Basis:
    """A legal basis (căn cứ): "Căn cứ Luật …;", in italics, on a line of its own."""

    text: str


@dataclass(frozen=True)
class Heading:
    """A numbered heading. `level` 1 is a part or chapter ("I."), 2 a section ("1."), 3 below it
    ("1.1.", "a)"); `number` as printed, "" when it has none."""

    level: int
    number: str
    text: str


@dataclass(frozen=True)
class Paragraph:
    """Running text; a numbered clause, a lettered point or a dash keeps its mark in the text.

    `emphasis` "" | "bold" | "italic"; `align` "justify" | "center" | "right". `lead` is what stands
    in bold before the text ("Điều 1.").
    """

    text: str
    emphasis: str = ""
    align: str = "justify"
    lead: str = ""


@dataclass(frozen=True)
class Column:
    """A column of a table: its heading, its share of the width (any positive number), and where
    its text stands: "left" | "center" | "right" | "justify"."""

    title: str
    width: float = 1.0
    align: str = "left"


@dataclass(frozen=True)
class Row:
    """A row: one text per column. A heading row of a group has one text, across all columns."""

    cells: tuple[str, ...]
    is_group: bool = False


@dataclass(frozen=True)
class Table:
    """A table whose heading row is repeated on every page it runs over.

    A row with another number of cells than there are columns raises ValueError.
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    caption: str = ""

    def __post_init__(self) -> None:
        for number, row in enumerate(self.rows, 1):
            if len(row.cells) != (1 if row.is_group else len(self.columns)):
                raise ValueError(f"row {number} has {len(row.cells)} cells")


Part = Basis | Heading | Paragraph | Table


@dataclass(frozen=True)
class Annex:
    """An annex (phụ lục): a label ("PHỤ LỤC", "PHỤ LỤC I"), a name, "(Kèm theo …)"; pages numbered
    by themselves. `landscape` for wide tables."""

    label: str
    name: str
    note: str
    parts: tuple[Part, ...]
    landscape: bool = False


@dataclass(frozen=True)
class Paper:
    """A whole paper. `kind` is a code of `papers.rules.kinds`.

    `number` and `signed_on` are None on a draft: their places stay blank. `sign` is what follows
    the number ("KH-SVHTT", "SVHTT-VP"). `is_draft` marks every page as a draft. Minutes are signed
    by two: `secretary` at the left, `signature` (the chair) at the right.
    """

    kind: str
    letterhead: Letterhead
    sign: str
    subject: str
    parts: tuple[Part, ...]
    signature: Signature | None = None
    number: int | None = None
    signed_on: date | None = None
    addressees: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    annexes: tuple[Annex, ...] = ()
    urgency: str = ""
    drafter_mark: str = ""
    is_draft: bool = False
    language: str = "vi"
    secretary: Signature | None = None
