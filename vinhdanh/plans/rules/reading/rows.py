"""Rows of a task table by the role of their columns."""

import re
from dataclasses import dataclass, field

from vinhdanh.common.vietnamese import fold, squeeze
from vinhdanh.documents.rules.content import Cell
from vinhdanh.plans.rules.reading.columns import Columns, spread

_NUMBER = re.compile(
    r"(?P<path>(?:[IVXLC]{1,6}|\d{1,3}|[A-ZĐ])(?:\.\d{1,3})*|[a-zđ]|\d{1,3}[a-zđ])\s*[.)/:\-]*"
)
_INSIDE = re.compile(
    r"(?P<path>\d{1,3}(?:\.\d{1,3})+|[IVXLC]{1,6}(?=[.)])|\d{1,3}(?=[.)])|[A-HĐ](?=[.)])"
    r"|[a-zđ](?=\)))"
    r"[.)]*\s+(?P<rest>\S.*)",
    re.DOTALL,
)
_ROMAN = re.compile(r"[IVXLC]+")
_PERIOD_HEADING = re.compile(r"(thang|quy)(?: thuc hien| hoan thanh| trien khai)?")


@dataclass(slots=True)
class Row:
    """The lines of one row by role, its cells for the quote, and what stands out about it.

    `marks` are the headings of the months or quarters that the row ticks.
    `above` are the roles whose cell is the lower part of one merged downwards; `is_wide` says
    that one cell takes (nearly) the whole width. `period` is "tháng" or "quý" where the heading
    of the time says so, and the cell may hold the bare number.
    """

    lines: dict[str, list[str]] = field(default_factory=dict)
    cells: list[str] = field(default_factory=list)
    above: set[str] = field(default_factory=set)
    marks: list[str] = field(default_factory=list)
    is_wide: bool = False
    number: str = ""
    period: str = ""

    def text(self, role: str) -> str:
        return squeeze(" ".join(self.lines.get(role, [])))

    def has(self, *roles: str) -> bool:
        return any(self.lines.get(role) for role in roles)

    @property
    def quote(self) -> str:
        return " | ".join(cell for cell in self.cells if cell)


def row_of(cells: tuple[Cell, ...], columns: Columns) -> Row:
    """The row, its number told from its number column or from the beginning of its content."""
    row = Row()
    grid = spread(cells)
    for role, heading, cell in zip(columns.roles, columns.heading, grid, strict=False):
        if cell is None:
            continue
        row.cells.append(cell.text)
        if cell.continues:
            row.above.add(role)
        if role == "due" and (period := _PERIOD_HEADING.fullmatch(fold(heading))):
            row.period = "quý" if period[1] == "quy" else "tháng"
        if role == "mark":
            row.marks += [heading] if cell.lines else []
        else:
            row.lines.setdefault(role, []).extend(cell.lines)
        if cell.columns > 1 and cell.columns >= len(columns.roles) - 1:
            row.is_wide = True
    row.is_wide = row.is_wide or (len(cells) == 1 and len(columns.roles) > 1)
    _tell_number(row)
    return row


def is_roman_or_letter(number: str) -> bool:
    """Whether a number is of the kind that heads groups: "I", "A", not "1" or "a"."""
    return number.isalpha() and number.isupper()


def is_ordinal(number: str) -> bool:
    return number[:1].isdigit()


def roman(number: str) -> int:
    """The value of a Roman number, 0 when it is none."""
    values = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
    if not _ROMAN.fullmatch(number):
        return 0
    total = 0
    for place, sign in enumerate(number):
        smaller = place + 1 < len(number) and values[sign] < values[number[place + 1]]
        total += -values[sign] if smaller else values[sign]
    return total


def bare_number(printed: str) -> str:
    """A number without its point and leading zeros: "01." is "1", "1.02" stays "1.2"."""
    parts = printed.strip(" .)/:-").split(".")
    return ".".join(part.lstrip("0") or part if part.isdigit() else part for part in parts)


def _tell_number(row: Row) -> None:
    printed = row.text("number")
    if match := _NUMBER.fullmatch(printed):
        row.number = bare_number(match["path"])
    elif printed and not row.has("content"):
        # A heading typed into the first cell: "I. Công tác thi đua".
        row.lines["content"] = row.lines.pop("number")
    elif printed and fold(printed) not in ("-", "+", "*"):
        row.lines["content"] = row.lines.pop("number") + row.lines["content"]
    filled = [role for role in row.lines if role != "number" and row.has(role)]
    if is_roman_or_letter(row.number) and not row.has("content") and len(filled) == 1:
        # A heading of a group stands in the second cell, whatever that column holds.
        row.lines["content"] = row.lines.pop(filled[0])
    if not row.number and (match := _INSIDE.fullmatch(row.text("content"))):
        row.number = bare_number(match["path"])
        row.lines["content"] = [match["rest"]]
