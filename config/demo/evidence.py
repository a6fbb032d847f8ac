"""What units hand in with their reports: minutes of two pages with the list of who was there."""

from datetime import date
from functools import lru_cache

from vinhdanh.papers.rules.pdf import pdf
from vinhdanh.papers.rules.text import parse
from vinhdanh.papers.rules.tree import Column, Letterhead, Paper, Row, Signature, Table

_PRESENT = 40
_TEXT = """\
Thời gian: 08 giờ 30. Địa điểm: phòng họp đơn vị.
1. Nội dung: Triển khai, đánh giá kết quả thực hiện nhiệm vụ được giao trong kế hoạch năm {year}.
2. Kết luận: Đơn vị thống nhất kết quả và báo cáo về Văn phòng Sở.
3. Danh sách người dự:
{{bảng người dự}}
Cuộc họp kết thúc hồi 10 giờ cùng ngày./."""


@lru_cache(maxsize=4)
def minutes(unit: str, on: date) -> bytes:
    """Minutes of an invented meeting of the unit, as PDF."""
    columns = (Column("STT", 1, "center"), Column("Họ và tên", 6), Column("Ghi chú", 3))
    rows = (Row((str(number), f"Người dự số {number}", "")) for number in range(1, _PRESENT + 1))
    tables = {"người dự": Table(columns, tuple(rows))}
    return pdf(
        Paper(
            kind="minutes",
            letterhead=Letterhead("Sở Văn hóa và Thể thao", unit, "An Bình"),
            sign="BB",
            subject="Họp đánh giá kết quả thực hiện nhiệm vụ (minh họa)",
            parts=parse(_TEXT.format(year=on.year), tables),
            number=1,
            signed_on=on,
            signature=Signature("Chủ trì", "Người chủ trì minh họa"),
            secretary=Signature("Thư ký", "Thư ký minh họa"),
            recipients=("Lưu: VT.",),
        )
    )
