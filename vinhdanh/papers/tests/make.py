"""Papers for tests: the ordinary valid one, and whatever differs."""

from datetime import date
from typing import Any

from vinhdanh.papers.rules.kinds import KINDS, sign
from vinhdanh.papers.rules.text import parse
from vinhdanh.papers.rules.tree import (
    Annex,
    Column,
    Letterhead,
    Paper,
    Row,
    Signature,
    Table,
)

BODY = """\
Thực hiện Kế hoạch số 357/KH-UBND ngày 09/12/2025 của Ủy ban nhân dân tỉnh;
I. MỤC ĐÍCH, YÊU CẦU
1. Mục đích:
- Phát động phong trào thi đua yêu nước, thực hiện thắng lợi các nhiệm vụ chính trị năm 2026.
2. Nâng cao chất lượng công tác khen thưởng đảm bảo kịp thời, chính xác, công khai.
Yêu cầu các đơn vị nghiêm túc thực hiện./."""


def a_letterhead(**fields: str) -> Letterhead:
    """One that tells where the body is reached."""
    ordinary = {
        "upper": "UBND tỉnh An Bình",
        "issuer": "Sở Văn hóa và Thể thao",
        "place": "An Bình",
        "address": "Số 12 đường Trần Phú, phường Trung Tâm, tỉnh An Bình",
        "phone": "(0200) 3822 111",
        "fax": "(0200) 3822 112",
        "email": "vanphong@anbinh.example",
        "website": "anbinh.example",
    }
    return Letterhead(**ordinary | fields)


def a_paper(kind: str = "plan", **fields: Any) -> Paper:
    """An issued paper of one page."""
    is_letter = not KINDS[kind].heading
    ordinary: dict[str, Any] = {
        "letterhead": Letterhead("UBND tỉnh An Bình", "Sở Văn hóa và Thể thao", "An Bình"),
        "sign": sign(kind, "SVHTT", "VP"),
        "subject": "đôn đốc thực hiện kế hoạch" if is_letter else "Công tác thi đua năm 2026",
        "parts": parse(BODY, {}),
        "signature": Signature("Phó Giám đốc", "Nguyễn Thị Phương Thảo", "KT. Giám đốc"),
        "number": 5,
        "signed_on": date(2026, 2, 5),
        "recipients": ("Ban Thi đua - Khen thưởng tỉnh", "Các đơn vị", "Lưu: VT, VP"),
    }
    return Paper(kind, **{**ordinary, **fields})


def a_table(count: int = 3) -> Table:
    """A table of `count` duties, the heading of a group before every tenth."""
    rows: list[Row] = []
    for number in range(1, count + 1):
        if number % 10 == 1:
            rows.append(Row((f"NHÓM {number // 10 + 1}",), is_group=True))
        rows.append(
            Row(
                (
                    f"{number}",
                    f"Nhiệm vụ thứ {number}: hướng dẫn các đơn vị đăng ký danh hiệu thi đua, "
                    "hình thức khen thưởng năm 2026",
                    "Văn phòng Sở",
                    "Tháng 02/2026",
                )
            )
        )
    columns = (
        Column("STT", 0.5, "center"),
        Column("Nội dung nhiệm vụ", 4, "justify"),
        Column("Đơn vị tham mưu, tổ chức thực hiện", 2),
        Column("Thời gian thực hiện", 1.5, "center"),
    )
    return Table(columns, tuple(rows))


def an_annex(**fields: Any) -> Annex:
    ordinary: dict[str, Any] = {
        "label": "PHỤ LỤC",
        "name": "Tiến độ thực hiện các nhiệm vụ trọng tâm",
        "note": "(Kèm theo Kế hoạch số 05/KH-SVHTT ngày 05 tháng 02 năm 2026)",
        "parts": (a_table(),),
        "landscape": True,
    }
    return Annex(**{**ordinary, **fields})


def a_long_plan(rows: int = 60) -> Paper:
    """Three pages of text and an annex of so many rows on lying pages."""
    clause = (
        "- Phát động và tổ chức thực hiện tốt các phong trào thi đua thực hiện nhiệm vụ chính trị, "
        "chuyên môn của Ngành; xây dựng kế hoạch và triển khai các phong trào thi đua riêng, đặc "
        "thù để giải quyết khâu yếu, việc khó và các nhiệm vụ trọng tâm của đơn vị."
    )
    text = "\n".join(["I. NỘI DUNG", *[clause] * 20, "II. TỔ CHỨC THỰC HIỆN", *[clause] * 6])
    return a_paper(parts=parse(text, {}), annexes=(an_annex(parts=(a_table(rows),)),))


def of_every_kind() -> dict[str, Paper]:
    """One of each kind, each with something that the others lack."""
    several = ("Bảo tàng tỉnh", "Trung tâm Huấn luyện và Thi đấu thể thao", "Thư viện tỉnh")
    decision = (
        "Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022;\n"
        "Theo đề nghị của Chánh Văn phòng Sở.\n"
        "QUYẾT ĐỊNH:\n"
        "Điều 1. Tặng Giấy khen cho 05 tập thể.\n"
        "Điều 2. Quyết định này có hiệu lực kể từ ngày ký./."
    )
    late = parse("Các việc quá hạn:\n{bảng việc}\nĐề nghị khẩn trương./.", {"việc": a_table(4)})
    return {
        "plan": a_paper("plan", drafter_mark="TĐKT (Q)"),
        "letter": a_paper("letter", addressees=several, urgency="HỎA TỐC", parts=late),
        "report": a_paper("report", addressees=("Ủy ban nhân dân tỉnh An Bình",)),
        "notice": a_paper("notice", is_draft=True, number=None, signed_on=None),
        "invitation": a_paper("invitation", addressees=("Thành viên Hội đồng",)),
        "minutes": a_paper("minutes", secretary=Signature("Thư ký", "Lê Văn Hùng")),
        "decision": a_paper("decision", parts=parse(decision, {})),
        "proposal": a_paper("proposal", addressees=several[:1], urgency="THƯỢNG KHẨN"),
    }
