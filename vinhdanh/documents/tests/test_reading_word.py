"""Word files, each made for what it tests."""

from docx import Document

from vinhdanh.documents.rules.content import Cell, Content, Paragraph, Table
from vinhdanh.documents.rules.reading import read
from vinhdanh.documents.tests.make_files import a_paragraph, a_table, a_word, saved

HIDDEN = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r>"


def a_list(*levels: str, number: int = 1, overrides: str = "") -> str:
    made = "".join(f'<w:lvl w:ilvl="{place}">{level}</w:lvl>' for place, level in enumerate(levels))
    return (
        f'<w:abstractNum w:abstractNumId="{number}">{made}</w:abstractNum>'
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/>{overrides}</w:num>'
    )


def a_level(form: str, text: str, extra: str = "") -> str:
    return f'<w:start w:val="1"/><w:numFmt w:val="{form}"/>{extra}<w:lvlText w:val="{text}"/>'


def an_item(text: str, level: int = 0, number: int = 1) -> str:
    return a_paragraph(
        text,
        properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>',
    )


def lines(content: Content) -> list[str]:
    return [paragraph.line for paragraph in content.paragraphs]


def rows(content: Content) -> list[list[tuple[str, ...]]]:
    return [[cell.lines for cell in row] for table in content.tables for row in table.rows]


def test_paragraphs_and_tables_stand_in_the_order_of_the_body():
    content = read(a_word(a_paragraph("Trước"), a_table(["a", "b"]), a_paragraph("Sau")))

    assert content == Content(
        "docx",
        (Paragraph("Trước"), Table(((Cell(("a",)), Cell(("b",))),)), Paragraph("Sau")),
    )


def test_automatic_numbers_are_labels():
    numbering = a_list(
        a_level("upperRoman", "%1."),
        a_level("decimal", "%1.%2.", "<w:isLgl/>"),
        a_level("lowerLetter", "%3)"),
        a_level("bullet", "\uf0b7"),
    )
    items = [
        an_item("Mục đích"),
        an_item("Chung", 1),
        an_item("Một", 2),
        an_item("Hai", 2),
        an_item("Nhỏ", 3),
        an_item("Riêng", 1),
        an_item("Ba", 2),
        an_item("Yêu cầu"),
        an_item("Lại chung", 1),
    ]

    assert lines(read(a_word(*items, numbering=numbering))) == [
        "I. Mục đích",
        "1.1. Chung",
        "a) Một",
        "b) Hai",
        "- Nhỏ",
        "1.2. Riêng",
        "a) Ba",
        "II. Yêu cầu",
        "2.1. Lại chung",
    ]


def test_a_list_that_begins_anew_counts_from_its_start():
    numbering = a_list(a_level("decimal", "%1.")) + (
        '<w:num w:numId="2"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    )

    content = read(
        a_word(an_item("a"), an_item("b"), an_item("c", number=2), an_item("d", number=2),
               numbering=numbering)
    )  # fmt: skip

    assert lines(content) == ["1. a", "2. b", "5. c", "6. d"]


def test_a_number_that_comes_with_the_style_is_a_label_and_can_be_taken_away():
    styles = (
        '<w:style w:type="paragraph" w:styleId="Muc"><w:name w:val="Muc"/><w:pPr><w:jc'
        ' w:val="center"/><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr><w:rPr><w:b/></w:rPr>'
        '</w:style><w:style w:type="paragraph" w:styleId="Con"><w:name w:val="Con"/>'
        '<w:basedOn w:val="Muc"/></w:style>'
    )
    stored = a_word(
        a_paragraph("Một", properties='<w:pStyle w:val="Con"/>'),
        a_paragraph(
            "Hai", properties='<w:pStyle w:val="Con"/><w:numPr><w:numId w:val="0"/></w:numPr>'
        ),
        numbering=a_list(a_level("decimal", "%1)")),
        styles=styles,
    )

    assert read(stored).paragraphs == [
        Paragraph("Một", label="1)", bold=True, centred=True),
        Paragraph("Hai", bold=True, centred=True),
    ]


def test_an_automatic_number_alone_in_a_cell_is_its_text():
    table = a_table([an_item(""), "Lập kế hoạch"], [an_item(""), "Tổng kết"])

    content = read(a_word(table, numbering=a_list(a_level("decimal", "%1."))))

    assert rows(content) == [[("1.",), ("Lập kế hoạch",)], [("2.",), ("Tổng kết",)]]


def test_merged_cells_span_columns_and_continue_downwards():
    stored = a_word(
        a_table(
            ['<w:tcPr><w:gridSpan w:val="2"/></w:tcPr>' + a_paragraph("I. Thi đua"), "c"],
            ['<w:tcPr><w:vMerge w:val="restart"/></w:tcPr>' + a_paragraph("1"), "b", "c"],
            ["<w:tcPr><w:vMerge/></w:tcPr>" + a_paragraph(""), "d", "e"],
        )
    )

    (table,) = read(stored).tables

    assert table.rows == (
        (Cell(("I. Thi đua",), columns=2), Cell(("c",))),
        (Cell(("1",)), Cell(("b",)), Cell(("c",))),
        (Cell(continues=True), Cell(("d",)), Cell(("e",))),
    )


def test_cells_merged_with_the_library_are_read():
    document = Document()
    table = document.add_table(2, 3)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "TT"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "Đơn vị thực hiện"

    (read_table,) = read(saved(document)).tables

    assert read_table.rows[0] == (Cell(("TT",)), Cell(("Đơn vị thực hiện",), columns=2))
    assert read_table.rows[1][0] == Cell(continues=True)


def test_a_row_that_starts_further_right_keeps_its_columns():
    row = (
        '<w:tbl><w:tr><w:trPr><w:gridBefore w:val="2"/></w:trPr><w:tc>'
        + a_paragraph("c")
        + "</w:tc></w:tr></w:tbl>"
    )

    assert read(a_word(row)).tables[0].rows == ((Cell(columns=2), Cell(("c",))),)


def test_lines_of_a_cell_are_its_paragraphs_breaks_and_inner_tables():
    cell = (
        a_paragraph("- Văn phòng Sở;", "<w:r><w:br/><w:t>- Phòng A</w:t></w:r>")
        + a_paragraph("")
        + a_table(["x", "y"], ["z", ""])
        + a_paragraph("cuối")
    )

    content = read(a_word(a_table([cell, "b"])))

    assert rows(content) == [[("- Văn phòng Sở;", "- Phòng A", "x", "y", "z", "cuối"), ("b",)]]


def test_a_table_inside_a_frame_of_one_cell_is_a_table():
    inner = a_table(["TT", "Nội dung"], ["1", "Họp"])
    frame = a_table([a_paragraph("PHỤ LỤC") + inner + a_paragraph("Hết")], [a_paragraph("Ký")])

    content = read(a_word(a_paragraph("Trước"), a_table([frame + a_paragraph("")])))

    assert rows(content) == [[("TT",), ("Nội dung",)], [("1",), ("Họp",)]]
    assert lines(content) == ["Trước", "PHỤ LỤC", "Hết", "Ký"]


def test_insertions_are_read_and_deletions_are_not():
    stored = a_word(
        a_paragraph(
            "Trước ngày ",
            '<w:del w:id="1"><w:r><w:delText>10</w:delText></w:r></w:del>',
            '<w:ins w:id="2"><w:r><w:t>15</w:t></w:r></w:ins>',
            "/02/2026",
        ),
        '<w:ins w:id="3">' + a_paragraph("Đoạn thêm") + "</w:ins>",
        '<w:del w:id="4">' + a_paragraph("Đoạn bỏ") + "</w:del>",
        "<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>"
        + a_paragraph("bỏ")
        + "</w:tc></w:tr><w:tr><w:tc>"
        + a_paragraph("giữ")
        + "</w:tc></w:tr></w:tbl>",
    )

    content = read(stored)

    assert lines(content) == ["Trước ngày 15/02/2026", "Đoạn thêm"]
    assert rows(content) == [[("giữ",)]]


def test_paragraphs_whose_parting_was_deleted_are_one():
    stored = a_word(
        a_paragraph("Tổng kết", properties='<w:rPr><w:del w:id="1"/></w:rPr>'),
        a_paragraph("năm 2026"),
    )

    assert lines(read(stored)) == ["Tổng kết năm 2026"]


def test_hidden_text_and_field_codes_are_not_read():
    stored = a_word(
        a_paragraph(
            "Trang ",
            HIDDEN,
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
            "<w:r><w:instrText>PAGE</w:instrText></w:r>"
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>7</w:t></w:r>'
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
            '<w:fldSimple w:instr="DATE"><w:r><w:t> hôm nay</w:t></w:r></w:fldSimple>',
        )
    )

    assert lines(read(stored)) == ["Trang 7 hôm nay"]


def test_controls_links_and_special_signs_are_read():
    stored = a_word(
        "<w:sdt><w:sdtContent>" + a_paragraph("Trong khung") + "</w:sdtContent></w:sdt>",
        "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
        + a_paragraph("Nhấn để nhập")
        + "</w:sdtContent></w:sdt>",
        a_paragraph(
            "<w:hyperlink><w:r><w:t>Cổng</w:t><w:tab/><w:t>tin</w:t></w:r></w:hyperlink>",
            "<w:r><w:t> KH</w:t><w:noBreakHyphen/><w:t>UB</w:t><w:softHyphen/></w:r>",
            "<w:r><w:t>ND\u00ad…</w:t></w:r>",
        ),
    )

    assert lines(read(stored)) == ["Trong khung", "Cổng tin KH-UBND..."]


def test_a_text_box_is_read_once_after_its_paragraph():
    box = "<w:txbxContent>" + a_paragraph("Trong hộp") + "</w:txbxContent>"
    stored = a_word(
        a_paragraph(
            "Neo",
            f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{box}"
            f"</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback>"
            "</mc:AlternateContent></w:r>",
        ),
        a_paragraph("Sau"),
    )

    assert lines(read(stored)) == ["Neo", "Trong hộp", "Sau"]


def test_a_line_break_parts_paragraphs_only_before_a_new_item():
    stored = a_word(
        a_paragraph(
            "<w:r><w:t>KẾ HOẠCH</w:t><w:br/><w:t>Công tác năm 2026</w:t></w:r>",
        ),
        a_paragraph("<w:r><w:t>- Một;</w:t><w:br/><w:t>- Hai.</w:t></w:r>"),
    )

    assert lines(read(stored)) == ["KẾ HOẠCH Công tác năm 2026", "- Một;", "- Hai."]
