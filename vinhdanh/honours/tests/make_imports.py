"""Lists of past honours as offices have them: sheets, decisions in Word and PDF."""

import io
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

from vinhdanh.accounts.models import User
from vinhdanh.documents.tests.make_files import a_paragraph, a_table, a_word
from vinhdanh.honours.actions import import_settle, imports
from vinhdanh.honours.models import HistoryImport, ImportLine
from vinhdanh.honours.tests.make import AT, the_keeper
from vinhdanh.people.models import Person, Unit
from vinhdanh.people.tests.make import a_person, a_position, a_unit

HEADINGS = ("STT", "Họ và tên", "Đơn vị", "Danh hiệu", "Năm")


def now() -> datetime:
    return AT


def a_sheet(*rows: Sequence[Any]) -> bytes:
    """An .xlsx of these rows."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet()
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if isinstance(cell, datetime | date):
                sheet.write_datetime(number, column, cell, day)
            elif cell is not None:
                sheet.write(number, column, cell)
    book.close()
    return stream.getvalue()


def a_list(*rows: Sequence[Any]) -> bytes:
    """A sheet of awards under HEADINGS, numbered."""
    return a_sheet(HEADINGS, *([number, *row] for number, row in enumerate(rows, start=1)))


def a_decision() -> bytes:
    """A decision of 2024 with two lists, in Word: a table and numbered lines."""
    return a_word(
        a_table(
            ["SỞ THÍ ĐIỂM MỘT", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
            ["Số: 123/QĐ-SVHTT", "Hà Nội, ngày 15 tháng 01 năm 2024"],
        ),
        a_paragraph("QUYẾT ĐỊNH"),
        a_paragraph("Về việc tặng danh hiệu thi đua năm 2023"),
        a_paragraph("Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022;"),
        a_paragraph("Điều 1. Tặng danh hiệu thi đua cho cá nhân, tập thể (có danh sách kèm theo)."),
        a_table(["Nơi nhận: như Điều 3", a_paragraph("GIÁM ĐỐC") + a_paragraph("Trần Văn Ký")]),
        a_paragraph("DANH SÁCH đạt danh hiệu Chiến sĩ thi đua cơ sở năm 2023"),
        a_table(
            ["STT", "Họ và tên", "Chức vụ", "Đơn vị"],
            ["1", "Nguyễn Văn An", "Trưởng phòng", "Phòng Nghệ thuật"],
            ["2", "Trần Thị Bình", "Chuyên viên", "Phòng Nghệ thuật"],
        ),
        a_paragraph("Danh hiệu Lao động tiên tiến:"),
        a_paragraph("1. Ông Lê Văn Cường, Chuyên viên Phòng Kế hoạch;"),
        a_paragraph("2. Bà Phạm Thị Dung, Kế toán, Văn phòng Sở."),
        a_paragraph("Danh hiệu Tập thể lao động tiên tiến:"),
        a_paragraph("1. Phòng Nghệ thuật;"),
    )


class House:
    """An office with a unit, and whoever keeps its register."""

    def __init__(self) -> None:
        self.office = a_unit(name="Sở Thí điểm Một")
        self.unit = a_unit(self.office, name="Phòng Nghệ thuật")
        self.keeper = the_keeper(self.office)

    def person(self, name: str, unit: Unit | None = None, **fields: Any) -> Person:
        """Somebody who serves in the unit."""
        person = a_person(
            **{"full_name": name} | {k: v for k, v in fields.items() if k in {"code", "born_on"}}
        )
        days = {name: day for name, day in fields.items() if name in {"from_on", "until_on"}}
        a_position(person, unit or self.unit, **days)
        return person

    def handed_in(
        self, content: bytes, name: str = "danh-sach.xlsx", kind: str = "conferrals"
    ) -> HistoryImport:
        """A list that was handed in, and read."""
        upload = SimpleUploadedFile(name, content)
        given = imports.hand_in(upload, kind=kind, office=self.office, by=self.keeper, at=AT)
        return self.carried_on(given)

    def matched(
        self,
        content: bytes,
        name: str = "danh-sach.xlsx",
        kind: str = "conferrals",
        common: Mapping[str, str] | None = None,
    ) -> HistoryImport:
        """A list whose columns were chosen as offered, and that was matched."""
        given = self.handed_in(content, name, kind)
        chosen = dict(given.common) | dict(common or {})
        imports.choose_columns(given, mapping=given.mapping, common=chosen, by=self.keeper, at=AT)
        return self.carried_on(given)

    def stored(self, given: HistoryImport) -> HistoryImport:
        imports.store(given, by=self.keeper, at=AT)
        return self.carried_on(given)

    def settled(self, given: HistoryImport, how: str) -> HistoryImport:
        import_settle.settle_all(given, how=how, by=self.keeper, at=AT)
        return self.carried_on(given)

    def carried_on(self, given: HistoryImport, by: User | None = None) -> HistoryImport:
        """The import after the job has done what it waits for."""
        fresh = HistoryImport.objects.select_related("office", "file").get(pk=given.pk)
        imports.carry_on(fresh, by=by or self.keeper, now=now)
        return HistoryImport.objects.select_related("office", "file").get(pk=given.pk)


def states(given: HistoryImport) -> list[str]:
    """The state of each line, in their order."""
    return list(given.lines.order_by("number").values_list("state", flat=True))


def line(given: HistoryImport, number: int) -> ImportLine:
    return given.lines.select_related("history_import__office").get(number=number)


LATER = datetime(2026, 3, 3, 2, 0, tzinfo=UTC)
