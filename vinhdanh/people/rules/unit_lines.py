"""The lines of a spreadsheet of units, and what is wrong with them by themselves."""

import dataclasses
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from vinhdanh.common.vietnamese import fold, gettext_noop
from vinhdanh.people.rules.cells import Cells
from vinhdanh.people.rules.spreadsheet import Column, Problem, Row

COLUMNS = (
    Column(
        "name",
        ("Tên đơn vị", "Tên đầy đủ", "Đơn vị"),
        required=True,
        example="Phòng Tổ chức - Pháp chế",
    ),
    Column("short_name", ("Tên viết tắt", "Viết tắt"), example="P. TCPC"),
    Column(
        "other_names",
        ("Tên khác", "Cách gọi khác"),
        note="Nhiều tên thì ngăn bằng dấu chấm phẩy",
        example="Phòng TCPC; Phòng Tổ chức",
    ),
    Column(
        "kind",
        ("Loại", "Loại đơn vị"),
        required=True,
        note="Chọn trong danh mục",
        example="Phòng, văn phòng",
    ),
    Column(
        "parent",
        ("Thuộc đơn vị", "Thuộc", "Đơn vị cấp trên"),
        note="Tên đơn vị cấp trên, có thể ở dòng khác của bảng này; để trống là thuộc cơ quan nhập",
        example="",
    ),
    Column(
        "outside",
        ("Ngoài cơ quan",),
        note="Ghi “có” nếu là đơn vị bên ngoài (Thành phố, Bộ…)",
        example="",
    ),
    Column("valid_from", ("Có từ ngày", "Từ ngày"), note="dd/mm/yyyy", example="01/01/2020"),
    Column("valid_until", ("Đến hết ngày", "Đến ngày"), note="dd/mm/yyyy", example=""),
    Column(
        "position", ("Thứ tự", "Số thứ tự"), note="Số; để trống thì theo thứ tự dòng", example="1"
    ),
)

TWICE = gettext_noop("Trùng với dòng %(number)s.")
CIRCLE = gettext_noop("Đơn vị cấp trên quay vòng về chính đơn vị này.")
NOT_A_NUMBER = gettext_noop("“%(text)s” không phải là số.")


@dataclass(frozen=True)
class UnitLine:
    number: int
    name: str
    short_name: str
    other_names: tuple[str, ...]
    kind: str
    parent: str
    outside: bool
    valid_from: date | None
    valid_until: date | None
    position: int | None
    # The number of the line that says what the parent is, where this sheet does.
    parent_line: int | None = None
    problems: tuple[Problem, ...] = ()


def read_units(rows: Sequence[Row], *, kinds: Mapping[str, str]) -> list[UnitLine]:
    """A line for each row, with what is wrong with it; `kinds` are the words by code.

    Wrong are a missing name or kind, an unknown kind, days that are none or in the wrong order,
    the same unit twice, and parents that go round in a circle.
    """
    return _joined([_line(row, kinds) for row in rows])


def _line(row: Row, kinds: Mapping[str, str]) -> UnitLine:
    cells = Cells(row)
    valid_from, valid_until = cells.days("valid_from", "valid_until")
    line = UnitLine(
        number=row.number,
        name=cells.text("name", limit=200, required=True),
        short_name=cells.text("short_name", limit=60),
        other_names=tuple(
            name.strip()
            for name in re.split(r"[;\n]", cells.text("other_names", limit=900))
            if name.strip()
        ),
        kind=cells.choice("kind", kinds, required=True),
        parent=cells.text("parent", limit=200),
        outside=cells.yes("outside"),
        valid_from=valid_from,
        valid_until=valid_until,
        position=_number(cells),
    )
    return dataclasses.replace(line, problems=tuple(cells.problems))


def _number(cells: Cells) -> int | None:
    text = cells.text("position", limit=9)
    if not text:
        return None
    if not text.isdecimal():
        cells.problems.append(Problem("position", NOT_A_NUMBER, {"text": text}))
        return None
    return int(text[:9])


def _joined(lines: list[UnitLine]) -> list[UnitLine]:
    """The lines with their parents among them found, doubles and circles told."""
    by_name: dict[str, int] = {}
    for line in lines:
        if line.name:
            by_name.setdefault(fold(line.name), line.number)
    parents = {line.number: by_name.get(fold(line.parent)) for line in lines if line.parent}
    seen: dict[tuple[str, str], int] = {}
    joined = []
    for line in lines:
        problems = list(line.problems)
        key = (fold(line.parent), fold(line.name))
        if line.name and key in seen:
            problems.append(Problem("name", TWICE, {"number": str(seen[key])}))
        seen.setdefault(key, line.number)
        if _goes_round(line.number, parents):
            problems.append(Problem("parent", CIRCLE))
        joined.append(
            dataclasses.replace(
                line, parent_line=parents.get(line.number), problems=tuple(problems)
            )
        )
    return joined


def _goes_round(number: int, parents: dict[int, int | None]) -> bool:
    seen = set()
    above = parents.get(number)
    while above is not None and above not in seen:
        if above == number:
            return True
        seen.add(above)
        above = parents.get(above)
    return False
