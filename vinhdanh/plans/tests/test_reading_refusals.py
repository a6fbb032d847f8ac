import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vinhdanh.common.refusal import Refused
from vinhdanh.documents.rules.content import Cell, Content, Paragraph, Table
from vinhdanh.documents.rules.reading import read_text
from vinhdanh.plans.rules.reading import read_plan


@pytest.mark.parametrize(
    ("text", "because"),
    [
        ("QUYẾT ĐỊNH\nVề việc ban hành Kế hoạch thi đua năm 2026\nĐiều 1. Ban hành.", "quyết định"),
        ("BÁO CÁO\nKết quả thực hiện Kế hoạch thi đua năm 2025\n1. Đã xong trước 15/3.", "báo cáo"),
        ("BÁO CÁO\nKẾT QUẢ THỰC HIỆN\nKẾ HOẠCH THI ĐUA NĂM 2025\n1. Đã xong.", "báo cáo"),
        ("Số: 12/STC\nV/v triển khai\nKế hoạch thi đua năm 2026\nKính gửi: Các phòng", "công văn"),
        ("HỢP ĐỒNG KINH TẾ\nBên A: Công ty\nBên B: Sở", "hợp đồng"),
        (
            "Số: 12/STC-VP\nV/v triển khai kế hoạch\nKính gửi: Các phòng\nĐề nghị báo cáo.",
            "công văn",
        ),
        ("Sáng hôm ấy trời trong xanh.\nKế hoạch của anh là ra chợ trước ngày rằm.", "tiêu đề"),
        ("KẾ HOẠCH\nCông tác thi đua năm 2026\nTT\tNội dung\tĐơn vị\tHạn\n\t\t\t", "nhiệm vụ nào"),
        ("KẾ HOẠCH\nCông tác thi đua\n1. Văn phòng báo cáo trước ngày 15/3.", "năm nào"),
    ],
)
def test_what_is_no_plan_is_refused_with_a_reason(text, because):
    with pytest.raises(Refused, match=because):
        read_plan(read_text(text))


_WORDS = st.sampled_from(
    """KẾ HOẠCH|năm 2026|I.|1.|1.1|a)|-|Số: /KH|ngày tháng năm 2026|PHỤ LỤC|Văn phòng Sở|chủ trì
|phối hợp với|trước ngày 31/6|15/3/2026|hàng tháng|STT|Nội dung|Đơn vị thực hiện|Thời gian|như trên
|Nơi nhận:|Cụm thi đua số 1|Khối thi đua Sở|(|)|;|,|Chủ trì:|Phần thứ hai|Điều 3|tháng 13|quý V
|giao ước""".replace("\n", "").split("|")
)
_TEXTS = st.lists(_WORDS, max_size=6).map(" ".join) | st.text(max_size=15)
_PARAGRAPHS = st.builds(Paragraph, _TEXTS, label=st.sampled_from(["", "1.", "-", "a)", "IV"]))
_CELLS = st.builds(
    Cell,
    st.lists(_TEXTS.filter(bool), max_size=3).map(tuple),
    columns=st.integers(1, 4),
    continues=st.booleans(),
)
_TABLES = st.lists(st.lists(_CELLS, min_size=1, max_size=5).map(tuple), min_size=1, max_size=5)
_HEADING = tuple(Cell((text,)) for text in ("STT", "Nội dung", "Đơn vị thực hiện", "Thời gian"))


@settings(deadline=None)
@given(
    st.lists(_PARAGRAPHS | _TABLES.map(lambda rows: Table(tuple(rows))), max_size=8),
    _TABLES,
)
def test_no_document_breaks_the_reading(blocks, rows):
    title = Paragraph("KẾ HOẠCH Công tác năm 2026")
    content = Content("docx", (*blocks[:2], title, *blocks[2:], Table((_HEADING, *rows))))

    try:
        plan = read_plan(content)
    except Refused:
        return
    assert set(plan.as_json()) >= {"title", "year", "tasks", "findings"}
