"""The demonstration's old papers: a decision with its list in Word, a list in Excel."""

import io
from collections.abc import Sequence
from datetime import date

from config.demo.document import LETTERHEAD
from vinhdanh.common import spreadsheets
from vinhdanh.papers.rules import tree
from vinhdanh.papers.rules.docx import docx

_COLUMNS = (
    tree.Column("STT", 0.3, "center"),
    tree.Column("Họ và tên", 1.2),
    tree.Column("Chức vụ", 1.0),
    tree.Column("Đơn vị", 1.5),
)


def decision(year: int, rows: Sequence[tuple[str, str, str]]) -> bytes:
    """The decision that confers the title of grassroots fighter of a year on the persons listed:
    name, post, unit."""
    listed = tuple(tree.Row((str(number), *row)) for number, row in enumerate(rows, start=1))
    return docx(
        tree.Paper(
            kind="decision",
            letterhead=LETTERHEAD,
            sign="QĐ-SVHTT",
            number=412,
            signed_on=date(year, 12, 28),
            subject=f"Về việc tặng danh hiệu Chiến sĩ thi đua cơ sở năm {year}",
            parts=(
                tree.Basis("Căn cứ Luật Thi đua, khen thưởng;"),
                tree.Paragraph(
                    f"Điều 1. Tặng danh hiệu Chiến sĩ thi đua cơ sở năm {year} cho "
                    f"{len(rows)} cá nhân (có danh sách kèm theo)."
                ),
                tree.Paragraph("Điều 2. Quyết định này có hiệu lực kể từ ngày ký."),
            ),
            signature=tree.Signature("GIÁM ĐỐC", "Hoàng Minh Họa"),
            recipients=("Như Điều 1;", "Lưu: VT, VP."),
            annexes=(
                tree.Annex(
                    label="DANH SÁCH",
                    name=f"Cá nhân đạt danh hiệu Chiến sĩ thi đua cơ sở năm {year}",
                    note=f"(Kèm theo Quyết định số 412/QĐ-SVHTT ngày 28 tháng 12 năm {year})",
                    parts=(tree.Table(_COLUMNS, listed),),
                ),
            ),
        )
    )


def sheet(year: int, rows: Sequence[tuple[str, str]]) -> bytes:
    """A list of letters of commendation of a year, as an office keeps it: name and unit."""
    stream = io.BytesIO()
    spreadsheets.write(
        stream,
        name="Giấy khen",
        title=f"Danh sách tặng Giấy khen của Giám đốc Sở năm {year}",
        columns=(
            ("STT", 6), ("Họ và tên", 28), ("Đơn vị công tác", 36), ("Hình thức", 28), ("Năm", 8),
            ("Số quyết định", 18), ("Ngày ký", 14),
        ),
        rows=(
            (number, *row, "Giấy khen của Giám đốc Sở", year, "207/QĐ-SVHTT", date(year, 7, 20))
            for number, row in enumerate(rows, start=1)
        ),
    )  # fmt: skip
    return stream.getvalue()
