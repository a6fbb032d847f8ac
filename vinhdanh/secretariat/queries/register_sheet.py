"""A register of numbers as a spreadsheet."""

from collections.abc import Iterator
from datetime import date
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from vinhdanh.common import spreadsheets
from vinhdanh.common.clock import day_of
from vinhdanh.secretariat.models import Number, Paper, Register
from vinhdanh.secretariat.queries import registers
from vinhdanh.secretariat.queries.papers import kind_choices


def write_sheet(stream: BinaryIO, register: Register, *, year: int, on: date) -> None:
    """Write an XLSX file of the numbers of a year in order, below the register's name and year."""
    named = {"register": register.name, "year": year}
    spreadsheets.write(
        stream,
        name=str(year),
        title=_("Sổ đăng ký văn bản đi: %(register)s, năm %(year)d") % named,
        above=[register.office.name, _("In ngày %(day)s") % {"day": f"{on:%d/%m/%Y}"}],
        columns=_headings(),
        rows=_rows(register, year),
    )


def _headings() -> list[tuple[str, int]]:
    """The headings and widths of the columns."""
    return [
        (_("Số"), 7),
        (_("Số, ký hiệu"), 18),
        (_("Ngày ký"), 12),
        (_("Loại văn bản"), 14),
        (_("Trích yếu"), 60),
        (_("Người ký"), 24),
        (_("Ngày cấp số"), 12),
        (_("Người lấy số"), 24),
        (_("Ghi chú"), 40),
    ]


def _rows(register: Register, year: int) -> Iterator[list[Any]]:
    names = dict(kind_choices())
    for number in registers.numbers(register, year=year).iterator(chunk_size=2000):
        paper = _paper_of(number)
        taken_on = day_of(number.taken_at)
        taken = [taken_on, str(number.taken_by)]
        if paper is None:
            yield [number.number, "", None, "", "", "", *taken, number.reason]
            continue
        void = _("Đã hủy bỏ: %(reason)s") % {"reason": paper.void_reason}
        yield [
            number.number,
            number.text,
            paper.signed_on,
            names[paper.kind],
            paper.subject,
            (paper.frozen["signature"] or {}).get("name", ""),
            *taken,
            void if paper.state == Paper.State.VOID else "",
        ]


def _paper_of(number: Number) -> Paper | None:
    return getattr(number, "paper", None)
