"""PDF files, each made for what it tests; letters are six points wide, lines 62 letters."""

from vinhdanh.documents.rules.content import Cell, Content, Table
from vinhdanh.documents.rules.pdf.apart import read_pdf_apart
from vinhdanh.documents.rules.pdf.reading import read_pdf
from vinhdanh.documents.tests.make_files import Stroke, Text, a_grid, a_pdf, some_lines

FULL = "Phát huy thành tích đạt được trong công tác năm 2024, nhằm thi"
REST = "đua lập thành tích."


def texts(content: Content) -> list[str]:
    return [paragraph.text for paragraph in content.paragraphs]


def rows(table: Table) -> list[list[tuple[str, ...]]]:
    return [[cell.lines for cell in row] for row in table.rows]


def test_full_lines_are_one_paragraph_and_short_ones_end_it():
    page = some_lines(50, 50, ["I. MỤC ĐÍCH", FULL, REST, "Yêu cầu chung:", "- " + FULL[2:], REST])

    content = read_pdf(a_pdf(page))

    assert texts(content) == [
        "I. MỤC ĐÍCH",
        f"{FULL} {REST}",
        "Yêu cầu chung:",
        f"- {FULL[2:]} {REST}",
    ]


def test_space_and_indent_part_paragraphs_of_full_lines():
    spaced = [*some_lines(50, 50, [FULL, FULL]), *some_lines(50, 100, [FULL, REST])]
    indented = [Text(50, 300, FULL), Text(80, 316, FULL[:-5]), Text(50, 332, FULL)]

    content = read_pdf(a_pdf(spaced + indented))

    assert texts(content) == [
        f"{FULL} {FULL}",
        f"{FULL} {REST}",
        FULL,
        f"{FULL[:-5]} {FULL}",
    ]


def test_a_dash_inside_an_open_bracket_is_no_bullet():
    before = "Kỷ niệm 80 năm Ngày tổng tuyển cử đầu tiên Quốc hội (06/01/1946"

    content = read_pdf(a_pdf(some_lines(50, 50, [before, "- 06/01/2026), và khác"])))

    assert texts(content) == [f"{before} - 06/01/2026), và khác"]


def test_a_dash_between_two_words_at_the_end_of_a_line_is_no_bullet():
    lines = [FULL[:-9] + " kinh tế", "- xã hội, văn hóa.", "- " + FULL[2:], "- giữ gìn nếp sống."]

    content = read_pdf(a_pdf(some_lines(50, 50, lines)))

    assert texts(content) == [f"{lines[0]} {lines[1]}", lines[2], lines[3]]


def test_the_number_of_another_paper_at_the_beginning_of_a_line_is_no_item():
    lines = [FULL[:-6] + " số", "19/CT-UBND ngày 16/8/2021.", "2/ Nội dung"]

    content = read_pdf(a_pdf(some_lines(50, 50, lines)))

    assert texts(content) == [f"{lines[0]} {lines[1]}", lines[2]]


def test_the_mark_of_a_draft_beside_the_page_number_is_no_text():
    second = [Text(300, 20, "2"), Text(450, 20, "DỰ THẢO"), *some_lines(50, 60, ["Đoạn cuối."])]

    content = read_pdf(a_pdf(some_lines(50, 50, [FULL, REST]), second))

    assert texts(content) == [f"{FULL} {REST}", "Đoạn cuối."]


def test_small_type_below_does_not_part_the_lines_of_large_type():
    large = [Text(50, 100 + 18 * number, line, size=14) for number, line in enumerate([FULL, REST])]
    small = [Text(50, 200 + 12 * number, f"- Nơi nhận {number};", size=11) for number in range(4)]

    content = read_pdf(a_pdf(large + small))

    assert texts(content)[0] == f"{FULL} {REST}"


def test_a_paragraph_runs_on_over_the_page_without_heads_and_numbers():
    pages = [
        [
            Text(200, 20, f"Kế hoạch năm 2026 - trang {number}"),
            *some_lines(50, 60, lines),
            Text(300, 780, str(number)),
        ]
        for number, lines in ((1, [FULL, FULL]), (2, [REST, "2. Yêu cầu"]), (3, [FULL, REST]))
    ]

    content = read_pdf(a_pdf(*pages))

    assert texts(content) == [f"{FULL} {FULL} {REST}", "2. Yêu cầu", f"{FULL} {REST}"]
    assert [paragraph.page for paragraph in content.paragraphs] == [1, 2, 3]


def test_a_number_parted_at_its_sign_by_the_line_end_is_whole():
    before = "Thực hiện Kế hoạch của Ủy ban nhân dân Thành phố số 357/KH-"

    content = read_pdf(a_pdf(some_lines(50, 50, [before, "UBND ngày 09/12/2024 về thi đua."])))

    assert texts(content) == [f"{before}UBND ngày 09/12/2024 về thi đua."]


def test_a_head_in_two_halves_is_read_left_then_right():
    page = [
        Text(60, 50, "UBND THÀNH PHỐ"),
        Text(170, 50, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold=True),
        Text(60, 66, "SỞ VĂN HÓA", bold=True),
        Text(200, 66, "Độc lập - Tự do - Hạnh phúc"),
        Text(60, 90, "Số: /KH-SVHTT"),
        Text(200, 90, "Hà Nội, ngày tháng năm 2025"),
        *some_lines(50, 130, [FULL, REST]),
    ]

    content = read_pdf(a_pdf(page))

    assert texts(content) == [
        "UBND THÀNH PHỐ",
        "SỞ VĂN HÓA",
        "Số: /KH-SVHTT",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Hà Nội, ngày tháng năm 2025",
        f"{FULL} {REST}",
    ]


def test_halves_of_a_head_that_stand_at_different_heights_are_kept_apart():
    page = [
        Text(250, 50, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        Text(60, 57, "UBND TỈNH"),
        Text(280, 64, "Độc lập - Tự do - Hạnh phúc"),
        Text(60, 71, "SỞ Y TẾ"),
        Text(280, 78, "Hà Nam, ngày 06 tháng 01 năm 2026"),
        Text(60, 85, "Số: 21/KH-SYT"),
        Text(240, 106, "KẾ HOẠCH"),
        *some_lines(50, 130, [FULL, REST]),
    ]

    assert texts(read_pdf(a_pdf(page))) == [
        "UBND TỈNH",
        "SỞ Y TẾ",
        "Số: 21/KH-SYT",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Hà Nam, ngày 06 tháng 01 năm 2026",
        "KẾ HOẠCH",
        f"{FULL} {REST}",
    ]


def test_lines_of_a_head_that_were_too_long_are_joined():
    page = [
        Text(90, 50, "UBND TỈNH THANH HÓA"),
        Text(260, 50, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT"),
        Text(60, 66, "SỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ"),
        Text(340, 66, "NAM"),
        Text(140, 82, "HỘI"),
        Text(275, 82, "Độc lập - Tự do - Hạnh phúc"),
        Text(90, 98, "Số: 44/KH-SLĐTBXH"),
        Text(265, 98, "Thanh Hóa, ngày 13 tháng 01"),
    ]

    assert texts(read_pdf(a_pdf(page))) == [
        "UBND TỈNH THANH HÓA",
        "SỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI",
        "Số: 44/KH-SLĐTBXH",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Thanh Hóa, ngày 13 tháng 01",
    ]


def test_wrapped_lines_of_a_cell_are_joined_and_bullets_are_not():
    page = [
        *a_grid([50, 90, 200, 330], [50, 70, 150]),
        *[Text(x, 54, text) for x, text in ((55, "TT"), (95, "Nội dung"), (205, "Đơn vị"))],
        Text(55, 74, "1."),
        *some_lines(95, 74, ["Lập kế hoạch thi", "đua năm 2026"]),
        *some_lines(205, 74, ["- Văn phòng Sở;", "- Các phòng, đơn vị", "thuộc Sở"]),
    ]

    (table,) = read_pdf(a_pdf(page)).tables

    assert rows(table) == [
        [("TT",), ("Nội dung",), ("Đơn vị",)],
        [
            ("1.",),
            ("Lập kế hoạch thi đua năm 2026",),
            ("- Văn phòng Sở;", "- Các phòng, đơn vị thuộc Sở"),
        ],
    ]


def test_names_below_one_another_without_bullets_stay_apart():
    page = [
        *a_grid([50, 150, 260], [50, 150]),
        *some_lines(55, 54, ["Công đoàn ngành", "Trung tâm Y tế", "các huyện"]),
        Text(155, 54, "Quý I"),
    ]

    (table,) = read_pdf(a_pdf(page)).tables

    assert rows(table) == [[("Công đoàn ngành", "Trung tâm Y tế các huyện"), ("Quý I",)]]


def cell_of(*lines: str, width: int) -> tuple[str, ...]:
    """The lines of a cell that is so many letters wide."""
    right = 60 + 6 * width
    page = [
        *a_grid([55, right, right + 50], [50, 60 + 16 * len(lines)]),
        *some_lines(58, 54, lines),
        Text(right + 3, 54, "Quý I"),
    ]
    (table,) = read_pdf(a_pdf(page)).tables
    return table.rows[0][0].lines


def test_a_name_too_long_for_its_line_is_one_name():
    assert cell_of("Văn phòng", "Sở", width=10) == ("Văn phòng Sở",)
    assert cell_of("Hội đồng Sáng kiến", "Sở Công Thương", width=20) == (
        "Hội đồng Sáng kiến Sở Công Thương",
    )
    assert cell_of("Văn phòng", "Sở", width=20) == ("Văn phòng", "Sở")
    assert cell_of("Thủ trưởng các", "Phòng Tổ chức", width=15) == ("Thủ trưởng các Phòng Tổ chức",)


def test_an_open_bracket_is_not_parted():
    assert cell_of("Thư viện tỉnh (Khối trưởng", "Khối thi đua số 1)", width=40) == (
        "Thư viện tỉnh (Khối trưởng Khối thi đua số 1)",
    )


def test_lines_without_bullets_belong_to_the_bullet_above():
    assert cell_of(
        "- Các phòng thuộc", "Văn phòng Sở", "- Thanh tra", "Phối hợp: Sở", width=25
    ) == (
        "- Các phòng thuộc Văn phòng Sở",
        "- Thanh tra",
        "Phối hợp: Sở",
    )


def test_a_border_of_dots_is_a_border():
    page = [
        *a_grid([50, 100, 300], [50, 110]),
        *[Stroke(x, 80, x + 1, 80) for x in range(50, 300, 3)],
        *[Text(x, 54, text) for x, text in ((55, "1"), (105, "Họp"))],
        *[Text(x, 84, text) for x, text in ((55, "2"), (105, "Báo cáo"))],
    ]

    (table,) = read_pdf(a_pdf(page)).tables

    assert rows(table) == [[("1",), ("Họp",)], [("2",), ("Báo cáo",)]]


def test_merged_cells_span_columns_and_continue_downwards():
    page = [
        *[Stroke(50, y, 300, y) for y in (50, 70, 110)],
        Stroke(50, 90, 200, 90),
        *[Stroke(x, 50, x, 110) for x in (50, 300)],
        *[Stroke(x, 70, x, 110) for x in (100, 200)],
        Text(55, 54, "I. Công tác thi đua"),
        *[Text(x, 74, text) for x, text in ((55, "1"), (105, "Họp"), (205, "Quý I"))],
        *[Text(x, 94, text) for x, text in ((55, "2"), (105, "Báo cáo"))],
    ]

    (table,) = read_pdf(a_pdf(page)).tables

    assert table == Table(
        (
            (Cell(("I. Công tác thi đua",), columns=3),),
            (Cell(("1",)), Cell(("Họp",)), Cell(("Quý I",))),
            (Cell(("2",)), Cell(("Báo cáo",)), Cell(continues=True)),
        ),
        page=1,
    )


def test_a_row_that_the_page_cuts_is_two_rows_even_where_its_border_is_not_drawn():
    across = [50.0, 100.0, 300.0]
    first = [
        *[Stroke(50, y, 300, y) for y in (700, 720)],
        *[Stroke(x, 700, x, 760) for x in across],
        *[Text(x, 704, text) for x, text in ((55, "TT"), (105, "Nội dung"))],
        *[Text(x, 724, text) for x, text in ((55, "1"), (105, "Kiểm tra công tác của các đơn vị"))],
    ]
    second = [
        *[Stroke(50, y, 300, y) for y in (80, 100)],
        *[Stroke(x, 50, x, 100) for x in across],
        Text(105, 54, "thuộc Sở"),
        *[Text(x, 84, text) for x, text in ((55, "2"), (105, "Họp"))],
    ]

    tables = read_pdf(a_pdf(first, second)).tables

    assert [rows(table) for table in tables] == [
        [[("TT",), ("Nội dung",)], [("1",), ("Kiểm tra công tác của các đơn vị",)]],
        [[(), ("thuộc Sở",)], [("2",), ("Họp",)]],
    ]
    assert [table.page for table in tables] == [1, 2]


def rows_in_columns(top: float, *texts: tuple[str, ...]) -> list[Text]:
    """Rows without rules, one cell beside the other; "\\n" parts the lines of a cell."""
    marks = []
    for row in texts:
        for x, cell in zip((50, 90, 300, 430), row, strict=False):
            marks.extend(some_lines(x, top, cell.split("\n"), leading=14))
        top += 24 + 14 * max(cell.count("\n") for cell in row)
    return marks


def test_a_table_without_rules_is_found_by_its_columns():
    page = [
        Text(250, 20, "PHỤ LỤC"),
        *rows_in_columns(
            50,
            ("STT", "Nội dung", "Đơn vị\nthực hiện", "Thời gian"),
            ("I. Công tác thi đua",),
            ("1", "Lập kế hoạch công tác thi đua,\nkhen thưởng năm 2026", "Văn phòng", "Quý I"),
            ("2", "Phát động thi đua", "Các phòng, đơn vị\nthuộc Sở", "Quý II"),
            ("II", "Công tác khen thưởng của các cơ quan và đơn vị"),
            ("3", "Xét khen thưởng", "Hội đồng", "Quý III"),
        ),
        Text(50, 300, "Ghi chú: Văn phòng theo dõi việc thực hiện và báo cáo hằng quý."),
    ]

    content = read_pdf(a_pdf(page))

    assert [table.rows for table in content.tables] == [
        (
            (
                Cell(("STT",)),
                Cell(("Nội dung",)),
                Cell(("Đơn vị thực hiện",)),
                Cell(("Thời gian",)),
            ),
            (Cell(("I. Công tác thi đua",), columns=4),),
            (
                Cell(("1",)),
                Cell(("Lập kế hoạch công tác thi đua, khen thưởng năm 2026",)),
                Cell(("Văn phòng",)),
                Cell(("Quý I",)),
            ),
            (
                Cell(("2",)),
                Cell(("Phát động thi đua",)),
                Cell(("Các phòng, đơn vị thuộc Sở",)),
                Cell(("Quý II",)),
            ),
            (Cell(("II",)), Cell(("Công tác khen thưởng của các cơ quan và đơn vị",), columns=3)),
            (
                Cell(("3",)),
                Cell(("Xét khen thưởng",)),
                Cell(("Hội đồng",)),
                Cell(("Quý III",)),
            ),
        )
    ]
    assert texts(content) == [
        "PHỤ LỤC",
        "Ghi chú: Văn phòng theo dõi việc thực hiện và báo cáo hằng quý.",
    ]


def test_text_that_merely_begins_with_the_word_of_a_heading_is_no_table():
    page = some_lines(50, 50, ["TT Huế là nơi tổ chức hội nghị", "1. Mục đích", "2. Yêu cầu", REST])

    assert read_pdf(a_pdf(page)).tables == []


def test_a_frame_around_text_is_no_table():
    content = read_pdf(a_pdf([*a_grid([40, 500], [40, 100]), Text(50, 50, "Chỉ là khung")]))

    assert content.tables == []
    assert texts(content) == ["Chỉ là khung"]


def test_text_and_tables_stand_in_the_order_of_the_page():
    page = [
        Text(50, 50, "PHỤ LỤC"),
        *a_grid([50, 100, 300], [80, 100]),
        *[Text(x, 84, text) for x, text in ((55, "1"), (105, "Họp"))],
        Text(50, 120, "Ghi chú: không."),
    ]

    kinds = [type(block).__name__ for block in read_pdf(a_pdf(page)).blocks]

    assert kinds == ["Paragraph", "Table", "Paragraph"]


def test_reading_apart_and_by_several_hands_reads_the_same():
    pages = [
        [
            *some_lines(50, 50, [FULL, REST, f"{number}. Việc thứ {number}"]),
            *a_grid([50, 100, 300], [200, 220]),
            *[Text(x, 204, text) for x, text in ((55, str(number)), (105, "Họp"))],
        ]
        for number in range(1, 46)
    ]
    stored = a_pdf(*pages)

    content = read_pdf(stored)

    assert len(content.tables) == len(pages)
    assert read_pdf_apart(stored) == content


def test_where_a_body_is_reached_below_a_line_at_the_foot_of_the_first_page_is_no_text():
    line = Stroke(50, 700, 422, 700)
    small = [Text(60, 710, "Số 12 đường Trần Phú", size=9), Text(60, 722, "ĐT: 0200", size=9)]
    rest = some_lines(50, 50, [REST, "II. TỔ CHỨC"])
    above = some_lines(50, 660, [FULL, FULL])
    whole = [f"{FULL} {FULL} {REST}", "II. TỔ CHỨC"]

    assert texts(read_pdf(a_pdf([*above, line, *small], rest))) == whole
    assert texts(read_pdf(a_pdf(above, rest))) == whole
    for other in (
        [*above, *small],
        [*above, Stroke(50, 700, 120, 700), *small],
        [*above, line, *some_lines(60, 710, ["Số 12 đường Trần Phú", "ĐT: 0200"])],
    ):
        assert "Số 12 đường Trần Phú" in " ".join(texts(read_pdf(a_pdf(other, rest))))
