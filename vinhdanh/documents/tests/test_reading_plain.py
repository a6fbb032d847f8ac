"""Text files and pasted text."""

import codecs
import unicodedata

import pytest

from vinhdanh.documents.rules.content import Cell, Content, Paragraph, Table
from vinhdanh.documents.rules.reading import read, read_text

SENTENCE = "Kế hoạch công tác thi đua, khen thưởng năm 2026 của các đơn vị thuộc Sở"


def texts(content: Content) -> list[str]:
    return [paragraph.text for paragraph in content.paragraphs]


def rows(content: Content) -> list[list[tuple[str, ...]]]:
    return [[cell.lines for cell in row] for table in content.tables for row in table.rows]


@pytest.mark.parametrize(
    "stored",
    [
        SENTENCE.encode(),
        codecs.BOM_UTF8 + SENTENCE.encode(),
        SENTENCE.encode("utf-16"),
        SENTENCE.encode("utf-16-le"),
        SENTENCE.encode("utf-16-be"),
        unicodedata.normalize("NFD", SENTENCE).encode(),
    ],
)
def test_text_is_read_in_every_unicode_encoding(stored):
    assert read(stored) == Content("txt", (Paragraph(SENTENCE),))


def test_text_in_windows_1258_is_read_composed():
    # The code page has ê, â, ă, ơ, ư and đ whole, and the tones as letters of their own.
    pieces = []
    for letter in SENTENCE:
        decomposed = unicodedata.normalize("NFD", letter)
        tone = [mark for mark in decomposed[1:] if mark in "\u0300\u0301\u0303\u0309\u0323"]
        rest = "".join(mark for mark in decomposed if mark not in tone)
        pieces.append(unicodedata.normalize("NFC", rest) + "".join(tone))

    assert read("".join(pieces).encode("cp1258")) == Content("txt", (Paragraph(SENTENCE),))


def test_blank_lines_and_items_part_paragraphs():
    content = read_text("KẾ HOẠCH\n\nNơi nhận:\n- Ban TĐKT;\n• Lưu: VT.\r\n\r\n1. Mục đích\n")

    assert texts(content) == ["KẾ HOẠCH", "Nơi nhận:", "- Ban TĐKT;", "- Lưu: VT.", "1. Mục đích"]


def test_a_paragraph_that_a_page_broke_is_joined():
    content = read_text(
        "1. Phát động các phong trào thi đua riêng, đặc thù để giải\n\nquyết khâu yếu.\n\n2. Khác"
    )

    assert texts(content) == [
        "1. Phát động các phong trào thi đua riêng, đặc thù để giải quyết khâu yếu.",
        "2. Khác",
    ]


def test_lines_wrapped_by_hand_are_joined():
    content = read_text(
        "Phát huy thành tích đạt được trong công tác năm 2024, nhằm thực hiện\n"
        "thắng lợi các mục tiêu, nhiệm vụ đề ra, Sở Văn hóa và Thể thao thành\n"
        "phố Hà Nội ban hành Kế hoạch công tác thi đua năm 2025.\n"
        "Yêu cầu:\n"
        "- Việc tổ chức các phong trào thi đua yêu nước và thực hiện công tác\n"
        "khen thưởng phải phù hợp với thực tiễn.\n"
        "- Các nhiệm vụ và giải pháp đề ra.\n"
    )

    assert texts(content) == [
        "Phát huy thành tích đạt được trong công tác năm 2024, nhằm thực hiện thắng lợi các mục"
        " tiêu, nhiệm vụ đề ra, Sở Văn hóa và Thể thao thành phố Hà Nội ban hành Kế hoạch công tác"
        " thi đua năm 2025.",
        "Yêu cầu:",
        "- Việc tổ chức các phong trào thi đua yêu nước và thực hiện công tác khen thưởng phải phù"
        " hợp với thực tiễn.",
        "- Các nhiệm vụ và giải pháp đề ra.",
    ]


def test_lines_with_tabs_are_a_table():
    content = read_text(
        "Phụ lục\nSTT\tNội dung\tĐơn vị\n"
        "1.\tLập kế hoạch\t- Văn phòng; - Phòng Tổ chức - Pháp chế\n"
        "2.\tNhiệm vụ khác\t\n\t- Họp\t- Văn phòng"
    )

    assert texts(content) == ["Phụ lục"]
    assert rows(content) == [
        [("STT",), ("Nội dung",), ("Đơn vị",)],
        [("1.",), ("Lập kế hoạch",), ("- Văn phòng;", "- Phòng Tổ chức - Pháp chế")],
        [("2.",), ("Nhiệm vụ khác",), ()],
        [(), ("- Họp",), ("- Văn phòng",)],
    ]


def test_a_name_with_a_dash_in_a_cell_is_not_cut():
    content = read_text("1\t- Hội đồng Thi đua - Khen thưởng\t2021 - 2025")

    assert rows(content) == [[("1",), ("- Hội đồng Thi đua - Khen thưởng",), ("2021 - 2025",)]]


def test_cells_of_several_paragraphs_pasted_from_word_are_one_row():
    content = read_text(
        "TT\tNội dung\tĐơn vị\tThời gian\n"
        "1\tLập kế hoạch\t- Văn phòng Sở;\n- Các phòng;\n- Các đơn vị\tQuý I\n"
        "2\tTổng kết\t- Văn phòng Sở\tQuý IV"
    )

    assert rows(content)[1:] == [
        [
            ("1",),
            ("Lập kế hoạch",),
            ("- Văn phòng Sở;", "- Các phòng;", "- Các đơn vị"),
            ("Quý I",),
        ],
        [("2",), ("Tổng kết",), ("- Văn phòng Sở",), ("Quý IV",)],
    ]


def test_a_line_without_tabs_between_whole_rows_is_a_group():
    content = read_text(
        "TT\tNội dung\tĐơn vị\n"
        "I. Công tác thi đua\n"
        "1\tLập kế hoạch\tVăn phòng Sở\n"
        "QUÝ II\n"
        "2\tTổng kết\tCác phòng\n"
        "Công tác khen thưởng,\nkỷ luật lao động\n"
        "3\tXét khen thưởng\tHội đồng"
    )

    (table,) = content.tables
    assert [row for row in table.rows if len(row) == 1] == [
        (Cell(("I. Công tác thi đua",), columns=3),),
        (Cell(("QUÝ II",), columns=3),),
        (Cell(("Công tác khen thưởng, kỷ luật lao động",), columns=3),),
    ]
    assert [len(row) for row in table.rows] == [3, 1, 3, 1, 3, 1, 3]


def test_a_line_without_tabs_that_goes_on_with_the_last_cell_is_no_group():
    content = read_text(
        "TT\tNội dung\tĐơn vị\nthực hiện\n"
        "1\tLập kế hoạch\tChủ trì: Văn phòng Sở\nPhối hợp: Các phòng\n"
        "2\tĐăng ký\t- Các phòng\n- Các đơn vị\n"
        "3\tSơ kết\tTrước ngày\n15/6/2026\n"
        "4\tBình xét\tVăn phòng Sở\nCác phòng, đơn vị\n"
        "5\tTổng kết\tVăn phòng Sở (Tổ\nThi đua)"
    )

    assert [row[-1] for row in rows(content)] == [
        ("Đơn vị", "thực hiện"),
        ("Chủ trì: Văn phòng Sở", "Phối hợp: Các phòng"),
        ("- Các phòng", "- Các đơn vị"),
        ("Trước ngày", "15/6/2026"),
        ("Văn phòng Sở", "Các phòng, đơn vị"),
        ("Văn phòng Sở (Tổ", "Thi đua)"),
    ]


def test_a_numbered_heading_in_capitals_is_a_group_though_the_cell_above_ends_in_a_semicolon():
    content = read_text(
        "TT\tNội dung\tChủ trì\n1\tXét khen thưởng\t- Văn phòng;\n"
        "II. CÔNG TÁC KHÁC\n2\tKiểm kê\t- Thanh tra;\n"
    )

    assert rows(content)[1:3] == [
        [("1",), ("Xét khen thưởng",), ("- Văn phòng;",)],
        [("II. CÔNG TÁC KHÁC",)],
    ]


def test_the_last_row_keeps_the_paragraphs_of_its_cells():
    content = read_text(
        "TT\tNội dung\tĐơn vị\tThời gian\n"
        "1\tLập kế hoạch\t- Văn phòng Sở\n- Các phòng\tQuý I\n"
        "2\tTổng kết\t- Văn phòng Sở\n- Các phòng\tTrước ngày\n15/12/2026\n\n"
        "Nơi nhận:\n- Như trên."
    )

    assert rows(content)[-1] == [
        ("2",),
        ("Tổng kết",),
        ("- Văn phòng Sở", "- Các phòng"),
        ("Trước ngày", "15/12/2026"),
    ]
    assert texts(content) == ["Nơi nhận:", "- Như trên."]


def test_text_right_below_a_table_is_not_part_of_it():
    content = read_text("TT\tNội dung\tThời gian\n1\tHọp\tQuý I\nNơi nhận:\n- Như trên.")

    assert rows(content)[-1] == [("1",), ("Họp",), ("Quý I",)]
    assert texts(content) == ["Nơi nhận:", "- Như trên."]


def test_a_row_that_a_blank_line_cuts_stays_in_its_table():
    content = read_text(
        "TT\tNội dung\tThời gian\n1\tLập kế hoạch công tác\tQuý I\n\n"
        "\tthi đua năm 2026\t\n2\tTổng kết\tQuý IV\n\n"
        "TT\tNội dung\tThời gian\n3\tXét\tQuý IV"
    )

    assert [len(table.rows) for table in content.tables] == [4, 2]
    assert rows(content)[2] == [(), ("thi đua năm 2026",), ()]


def test_a_cell_that_a_spreadsheet_quoted_is_one_cell():
    content = read_text('1\t"Văn phòng ""Sở""\nPhòng A"\tQuý I\n2\tPhòng B\tQuý II')

    assert rows(content) == [
        [("1",), ('Văn phòng "Sở"', "Phòng A"), ("Quý I",)],
        [("2",), ("Phòng B",), ("Quý II",)],
    ]


def test_a_table_drawn_with_bars_is_a_table():
    content = read_text("| STT | Nội dung |\n|---|:---:|\n| 1 | **Họp**<br>Báo cáo |")

    assert content.blocks == (
        Table(
            (
                (Cell(("STT",)), Cell(("Nội dung",))),
                (Cell(("1",)), Cell(("Họp", "Báo cáo"))),
            )
        ),
    )


def test_a_number_and_its_text_parted_by_a_tab_are_no_table():
    content = read_text("1.\tMục đích\n2.\tYêu cầu\n\n\tLời mở đầu thụt vào.")

    assert texts(content) == ["1. Mục đích", "2. Yêu cầu", "Lời mở đầu thụt vào."]


def test_marks_of_bold_text_are_not_read():
    content = read_text("PHỤ LỤC**Tiến độ thực hiện**\n\n**Mục đích**\n\n## Yêu cầu")

    assert content.paragraphs == [
        Paragraph("PHỤ LỤC"),
        Paragraph("Tiến độ thực hiện"),
        Paragraph("Mục đích", bold=True),
        Paragraph("Yêu cầu"),
    ]
