"""The spreadsheets to fill in for an import of past facts."""

import io

import xlsxwriter
from django.http import HttpResponse
from django.utils.translation import gettext as _

from vinhdanh.documents.responses import spreadsheet
from vinhdanh.honours.models import HistoryImport
from vinhdanh.honours.rules import import_columns, import_words
from vinhdanh.honours.rules.import_sheets import MOST_LINES
from vinhdanh.law.store import book

_NAMES = {
    HistoryImport.Kind.CONFERRALS: "mau-khen-thuong.xlsx",
    HistoryImport.Kind.RATINGS: "mau-xep-loai.xlsx",
    HistoryImport.Kind.RECOGNITIONS: "mau-sang-kien.xlsx",
    HistoryImport.Kind.DISCIPLINES: "mau-ky-luat.xlsx",
}
_WORDS = {
    "kind": import_words.CLASSES,
    "reach": import_words.REACHES,
    "level": import_words.LEVELS,
    "form": import_words.FORMS,
}


def template(kind: str) -> HttpResponse:
    """Headings, one example, lists of words to choose from, and what each column means."""
    columns = import_columns.COLUMNS[kind]
    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False}
    with xlsxwriter.Workbook(stream, options) as made:
        sheet = made.add_worksheet(str(HistoryImport.Kind(kind).label))
        notes = made.add_worksheet(_("Hướng dẫn"))
        lists = made.add_worksheet(_("Danh mục"))
        head = made.add_format({"bold": True, "bottom": 1, "bg_color": "#E8EFF6"})
        text = made.add_format({"num_format": "@"})
        for place, column in enumerate(columns):
            heading = f"{column.headings[0]} (*)" if column.required else column.headings[0]
            sheet.set_column(place, place, max(16, len(heading) + 2), text)
            sheet.write_string(0, place, heading, head)
            sheet.write_string(1, place, column.example, text)
            words = _words(column.code)
            if words:
                lists.write_string(0, place, column.headings[0], head)
                lists.write_column(1, place, words)
                lists.set_column(place, place, 48)
                letter = chr(ord("A") + place)
                source = f"='{lists.get_name()}'!${letter}$2:${letter}${len(words) + 1}"
                rule = {"validate": "list", "source": source, "error_type": "warning"}
                sheet.data_validation(1, place, MOST_LINES, place, rule)
        notes.set_column(0, 0, 34)
        notes.set_column(1, 1, 80)
        lines = [
            _("Thứ tự cột tùy ý, cột không dùng có thể bỏ; tên cột khác cũng được, sẽ chọn lại."),
            _("Cột có dấu (*) là bắt buộc. Dòng ví dụ cần được thay bằng nội dung thật."),
            _("Điều gì chung cho cả bảng (danh hiệu, năm, số quyết định) có thể ghi một lần sau."),
            _("Nhập lại cùng một bảng thì không ghi trùng."),
        ]
        notes.write_column(0, 0, lines)
        notes.write_row(len(lines) + 1, 0, [_("Cột"), _("Cách ghi")], head)
        for row, column in enumerate(columns, start=len(lines) + 2):
            notes.write_row(row, 0, [column.headings[0], column.note])
        sheet.freeze_panes(1, 1)
    return spreadsheet(stream.getvalue(), _NAMES[HistoryImport.Kind(kind)])


def _words(code: str) -> list[str]:
    """What may be chosen in a column; empty where anything may be written."""
    if code == "award":
        return [award.name for award in book().awards.values()]
    if code == "sort":
        return [_("Cá nhân"), _("Tập thể"), _("Hộ gia đình")]
    return [_(import_words.SHOWN[one]) for one in dict.fromkeys(_WORDS.get(code, {}).values())]
