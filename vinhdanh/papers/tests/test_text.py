import pytest

from vinhdanh.common.refusal import Refused
from vinhdanh.papers.rules.text import parse
from vinhdanh.papers.rules.tree import Basis, Column, Heading, Paragraph, Row, Table

PROGRESS = Table((Column("STT"),), (Row(("1",)),))


def test_a_decision_is_read_as_its_parts():
    text = """
    Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022;
    Theo đề nghị của Chánh Văn phòng Sở.

    QUYẾT ĐỊNH:
    Điều 1. Tặng Giấy khen cho 05 tập thể.
    Điều 2. Hiệu lực thi hành
    Quyết định này có hiệu lực kể từ ngày ký./.
    """

    assert parse(text, {}) == (
        Basis("Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022;"),
        Basis("Theo đề nghị của Chánh Văn phòng Sở."),
        Paragraph("QUYẾT ĐỊNH:", emphasis="bold", align="center"),
        Paragraph("Tặng Giấy khen cho 05 tập thể.", lead="Điều 1."),
        Heading(2, "Điều 2.", "Hiệu lực thi hành"),
        Paragraph("Quyết định này có hiệu lực kể từ ngày ký./."),
    )


def test_a_plan_is_read_as_its_parts():
    text = (
        "Thực hiện Kế hoạch số 357/KH-UBND ngày 09/12/2024 của UBND Thành phố;\n"
        "I. MỤC ĐÍCH, YÊU CẦU\n"
        "1. Mục đích:\n"
        "- Phát động phong trào thi đua.\n"
        "2. Nâng cao chất lượng công tác khen thưởng đảm bảo kịp thời, chính xác.\n"
        "2.1. Khen thưởng đột xuất\n"
        "2.2. Tăng cường khen thưởng theo thẩm quyền.\n"
        "a) Tập thể nhỏ\n"
        "XIV. TỔ CHỨC THỰC HIỆN"
    )

    assert parse(text, {}) == (
        Paragraph("Thực hiện Kế hoạch số 357/KH-UBND ngày 09/12/2024 của UBND Thành phố;"),
        Heading(1, "I.", "MỤC ĐÍCH, YÊU CẦU"),
        Heading(2, "1.", "Mục đích:"),
        Paragraph("- Phát động phong trào thi đua."),
        Paragraph("2. Nâng cao chất lượng công tác khen thưởng đảm bảo kịp thời, chính xác."),
        Heading(3, "2.1.", "Khen thưởng đột xuất"),
        Paragraph("2.2. Tăng cường khen thưởng theo thẩm quyền."),
        Paragraph("a) Tập thể nhỏ"),
        Heading(1, "XIV.", "TỔ CHỨC THỰC HIỆN"),
    )


@pytest.mark.parametrize(
    "line",
    [
        "Căn cứ kế hoạch của Sở, các đơn vị xây dựng kế hoạch của mình.",
        "Căn cứ tình hình thực tế, Sở báo cáo như sau:",
        "V. Nguyễn Văn An trình bày báo cáo.",
        "12/2026 là tháng tổng kết.",
        "Vào năm 2025. Kết quả",
        "UBND TP",
        "{đơn vị nhận}",
    ],
)
def test_a_sentence_that_only_looks_like_a_form_stays_a_paragraph(line):
    assert parse(line, {}) == (Paragraph(line),)


def test_a_basis_after_the_beginning_is_a_paragraph():
    assert parse("Kính báo.\nCăn cứ Luật;", {})[1] == Paragraph("Căn cứ Luật;")


def test_the_title_of_a_chapter_stands_in_the_middle():
    assert parse("Chương I\nQUY ĐỊNH CHUNG", {}) == (
        Paragraph("Chương I", emphasis="bold", align="center"),
        Paragraph("QUY ĐỊNH CHUNG", emphasis="bold", align="center"),
    )


def test_a_line_naming_a_table_becomes_the_table():
    assert parse("Như sau:\n{bảng  tiến độ}\nHết.", {"tiến độ": PROGRESS}) == (
        Paragraph("Như sau:"),
        PROGRESS,
        Paragraph("Hết."),
    )


def test_a_table_that_the_paper_lacks_is_refused_by_name():
    with pytest.raises(Refused, match=r"\{bảng việc quá hạn\}"):
        parse("{bảng việc quá hạn}", {"tiến độ": PROGRESS})


def test_the_last_basis_ends_with_a_full_stop_and_those_before_it_do_not():
    parts = parse("Căn cứ Luật A;\nCăn cứ Nghị định B.\nCăn cứ Quyết định C;\nLời mở đầu.", {})

    assert parts[:3] == (
        Basis("Căn cứ Luật A;"),
        Basis("Căn cứ Nghị định B;"),
        Basis("Căn cứ Quyết định C."),
    )
