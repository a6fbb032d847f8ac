"""A document as read: its paragraphs and tables in the order in which they stand."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph.

    `text` is composed (NFC), single blanks, without the bullets or numbers that a word processor
    adds by itself; such an automatic number or bullet stands in `label` ("1.", "a)", "-").
    `page` counts from 1, None where the format has no pages.
    """

    text: str
    label: str = ""
    bold: bool = False
    centred: bool = False
    page: int | None = None

    @property
    def line(self) -> str:
        """The paragraph as printed: label and text."""
        return f"{self.label} {self.text}".strip()


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. `lines` are its paragraphs as printed, never empty strings; a cell with nothing
    in it has no lines. `columns` is how many columns it spans; `continues` says that it is the
    lower part of a cell merged downwards (its lines are then empty)."""

    lines: tuple[str, ...] = ()
    columns: int = 1
    continues: bool = False

    @property
    def text(self) -> str:
        return " ".join(self.lines)


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it stands on one page (PDF) or whole (Word): rows of cells, top to bottom."""

    rows: tuple[tuple[Cell, ...], ...]
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Content:
    """All of a document. `kind` is "docx", "pdf" or "txt"."""

    kind: str
    blocks: tuple[Paragraph | Table, ...]

    @property
    def paragraphs(self) -> list[Paragraph]:
        return [block for block in self.blocks if isinstance(block, Paragraph)]

    @property
    def tables(self) -> list[Table]:
        return [block for block in self.blocks if isinstance(block, Table)]
