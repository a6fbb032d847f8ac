"""Spreadsheets that are downloaded: the list of persons, and templates to fill in."""

import io
from collections.abc import Iterable, Sequence
from typing import Any

import xlsxwriter
from django.http import HttpResponse
from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_rowcol_to_cell

from vinhdanh.common import spreadsheets
from vinhdanh.documents.responses import spreadsheet
from vinhdanh.people.models import Import, Person, RoleHolding, Unit
from vinhdanh.people.queries import Exported
from vinhdanh.people.rules import person_lines, unit_lines
from vinhdanh.people.rules.spreadsheet import MOST_ROWS, Column


def persons_sheet(rows: Iterable[Exported]) -> HttpResponse:
    """The persons, one a row, under the headings that an import recognises."""
    stream = io.BytesIO()
    spreadsheets.write(
        stream,
        name=_("Cán bộ"),
        columns=[
            (_("Họ và tên"), 28), (_("Mã cán bộ"), 14), (_("Ngày sinh"), 12),
            (_("Giới tính"), 10), (_("Nghỉ hưu từ ngày"), 16), (_("Thư điện tử"), 28),
            (_("Điện thoại"), 16), (_("Đơn vị"), 36), (_("Chức vụ"), 28), (_("Tên đăng nhập"), 20),
        ],
        rows=(
            (row.full_name, row.code, row.born_on, row.sex, row.retires_on, row.email, row.phone,
             row.unit, row.title, row.username)
            for row in rows
        ),
    )  # fmt: skip
    return spreadsheet(stream.getvalue(), "can-bo.xlsx")


def template(kind: str) -> HttpResponse:
    """A spreadsheet to fill in: headings, one example, and what each column means."""
    is_units = kind == Import.Kind.UNITS
    columns = unit_lines.COLUMNS if is_units else person_lines.COLUMNS
    choices = (
        {"kind": _labels(Unit.Kind.choices)}
        if is_units
        else {
            "role": _labels(RoleHolding.Role.choices),
            "sex": _labels(Person.Sex.choices),
        }
    )
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet(str(Import.Kind(kind).label))
    head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#E8EFF6"})
    text = book.add_format({"num_format": "@"})
    notes = book.add_worksheet(_("Hướng dẫn"))
    words = book.add_worksheet(_("Danh mục"))
    for place, column in enumerate(columns):
        title = f"{column.headings[0]} (*)" if column.required else column.headings[0]
        sheet.set_column(place, place, max(14, len(column.example) + 4), text)
        sheet.write_string(0, place, title, head)
        sheet.write_string(1, place, column.example, text)
        if column.code in choices:
            listed = list(choices).index(column.code)
            words.write_column(0, listed, choices[column.code])
            words.set_column(listed, listed, 48)
            ends = [
                xl_rowcol_to_cell(row, listed, row_abs=True, col_abs=True)
                for row in (0, len(choices[column.code]) - 1)
            ]
            source = f"='{words.get_name()}'!{':'.join(ends)}"
            sheet.data_validation(
                1, place, MOST_ROWS, place, {"validate": "list", "source": source}
            )
    _write_notes(notes, columns, head)
    sheet.freeze_panes(1, 1)
    book.close()
    name = "mau-don-vi.xlsx" if is_units else "mau-can-bo.xlsx"
    return spreadsheet(stream.getvalue(), name)


def _write_notes(notes: Any, columns: Sequence[Column], head: Any) -> None:
    lines = [
        _("Giữ nguyên tên cột; thứ tự cột tùy ý, cột không dùng có thể bỏ."),
        _("Cột có dấu (*) là bắt buộc. Dòng ví dụ cần được thay bằng nội dung thật."),
        _("Nhập lại cùng một bảng thì không tạo dòng trùng."),
    ]
    notes.set_column(0, 0, 26)
    notes.set_column(1, 1, 80)
    notes.write_column(0, 0, lines)
    notes.write_row(len(lines) + 1, 0, [_("Cột"), _("Cách ghi")], head)
    for number, column in enumerate(columns, start=len(lines) + 2):
        rule = _("Bắt buộc.") if column.required else ""
        notes.write_row(number, 0, [column.headings[0], f"{rule} {column.note}".strip()])


def _labels(choices: Iterable[tuple[str, object]]) -> list[str]:
    return [str(label) for _code, label in choices]
