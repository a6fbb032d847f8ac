import io
import re
from datetime import date

import docx as python_docx
import pytest
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Mm

from vinhdanh.papers.rules import words
from vinhdanh.papers.rules.docx import STYLES, docx
from vinhdanh.papers.rules.house import look
from vinhdanh.papers.rules.text import parse
from vinhdanh.papers.rules.tree import Letterhead, Row, Signature, Table
from vinhdanh.papers.tests.make import a_letterhead, a_paper, a_table, an_annex, of_every_kind
from vinhdanh.papers.tests.test_pdf import HOSTILE


def opened(made: bytes) -> Document:
    return python_docx.Document(io.BytesIO(made))


def text_of(document: Document) -> str:
    return "\n".join(
        "".join(text.text or "" for text in paragraph.iter(qn("w:t")))
        for paragraph in document.element.body.iter(qn("w:p"))
    )


@pytest.mark.parametrize("kind", of_every_kind())
def test_every_kind_has_its_words_in_styles_of_the_decree(kind):
    document = opened(docx(of_every_kind()[kind]))
    used = {mark.get(qn("w:val")) for mark in document.element.body.iter(qn("w:pStyle"))}

    assert used <= {style.id for style in STYLES} | {"Filler"}
    assert {"NationalTitle", "Motto", "Issuer", "Number", "Authority", "Signer"} <= used
    assert ("Title" in used) == (kind != "letter")
    assert "Nguyễn Thị Phương Thảo" in text_of(document)


def test_the_styles_have_the_size_and_weight_that_the_decree_asks():
    styles = opened(docx(a_paper())).styles

    for style in STYLES:
        if style.id == "TableText":
            continue
        shown, font = look(None).styles[style.type], styles.element.get_by_id(style.id).rPr
        assert int(font.find(qn("w:sz")).get(qn("w:val"))) == shown.size * 2
        assert font.find(qn("w:b")).val == shown.bold
        assert font.find(qn("w:i")).val == shown.italic


def test_the_document_is_vietnamese_in_times_new_roman_and_names_its_title():
    document = opened(docx(a_paper()))
    defaults = document.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")

    assert defaults.find(qn("w:rFonts")).get(qn("w:ascii")) == "Times New Roman"
    assert defaults.find(qn("w:lang")).get(qn("w:val")) == "vi-VN"
    properties = document.core_properties
    assert properties.title == "KẾ HOẠCH Công tác thi đua năm 2026"
    assert properties.author == "Sở Văn hóa và Thể thao"
    assert (properties.language, properties.created) == ("vi-VN", None)


def test_what_somebody_types_is_only_text():
    paper = a_paper(
        subject=HOSTILE,
        parts=parse(f"{HOSTILE} <!--0-->\n{{bảng a}}", {"a": a_table(1)}),
        letterhead=Letterhead(HOSTILE, HOSTILE, "\x00\x0c\ud800"),
        signature=Signature("]]>", HOSTILE),
        annexes=(an_annex(name="<!--1-->"),),
    )
    text = text_of(opened(docx(paper)))

    assert text.count(HOSTILE) == 3
    assert "<!--1-->" in text


def test_each_annex_is_a_section_with_its_own_page_numbers():
    document = opened(docx(a_paper(annexes=(an_annex(), an_annex(landscape=False)))))
    sections = list(document.sections)

    assert [section.orientation for section in sections] == [
        WD_ORIENT.PORTRAIT,
        WD_ORIENT.LANDSCAPE,
        WD_ORIENT.PORTRAIT,
    ]
    for section in sections:
        assert round(section.left_margin / Mm(1)) == 30
        assert section.different_first_page_header_footer
        assert section._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1"
        assert "PAGE" in section.header._element.xml
        assert "PAGE" not in section.first_page_header._element.xml


def test_a_draft_is_marked_on_the_first_and_on_every_other_page():
    section = opened(docx(a_paper(is_draft=True, number=None, signed_on=None))).sections[0]

    assert "DỰ THẢO" in section.header.paragraphs[0].text
    assert "DỰ THẢO" in section.first_page_header.paragraphs[0].text


def test_tables_name_their_columns_on_every_page_and_keep_short_rows_whole():
    long = Row(("12", "chữ " * 200, "Văn phòng", ""))
    table = a_table(11)
    document = opened(docx(a_paper(parts=(Table(table.columns, (*table.rows, long)),))))
    rows = document.tables[1].rows

    heads = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in rows]
    whole = [row._tr.trPr.find(qn("w:cantSplit")) is not None for row in rows]
    assert heads == [True] + [False] * 14
    assert whole == [True] * 14 + [False]
    groups = [row.cells[0].text for row in rows if len(row._tr.tc_lst) == 1]
    assert groups == ["NHÓM 1", "NHÓM 2"]
    assert [cell.text for cell in rows[2].cells][::3] == ["1", "Tháng 02/2026"]


def test_the_last_words_and_the_signature_stay_together():
    document = opened(docx(a_paper()))

    last = [p for p in document.paragraphs if p.style.name == "Body Text"][-1]
    assert last.paragraph_format.keep_with_next
    assert document.tables[-1].rows[0]._tr.trPr.find(qn("w:cantSplit")) is not None


def test_the_secretary_of_a_meeting_signs_at_the_left_with_the_names_at_one_height():
    document = opened(docx(of_every_kind()["minutes"]))
    left, right = document.tables[-1].rows[0].cells

    assert left.text.split("\n") == ["THƯ KÝ", "", "Lê Văn Hùng"]
    assert right.text.split("\n") == ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Nguyễn Thị Phương Thảo"]
    assert text_of(document).index("Nơi nhận:") > text_of(document).index("Lê Văn Hùng")


def test_a_paper_of_nothing_but_its_head_can_be_made():
    bare = a_paper(
        parts=(), signature=None, recipients=(), subject="", letterhead=Letterhead("", "", "")
    )

    assert re.search("KẾ HOẠCH", text_of(opened(docx(bare))))


def test_a_paper_of_an_earlier_day_is_laid_out_by_the_first_version():
    assert "ngày 31 tháng 12 năm 2019" in text_of(
        opened(docx(a_paper(signed_on=date(2019, 12, 31))))
    )


def test_where_the_body_is_reached_stands_only_at_the_foot_of_the_first_page():
    paper = a_paper(letterhead=a_letterhead(), annexes=(an_annex(), an_annex()))
    document = opened(docx(paper))
    first, *others = document.sections
    foot = [line for line in first.first_page_footer.paragraphs if line.text]

    assert [line.text for line in foot] == list(words.contact(a_letterhead()))
    assert {line.style.name for line in foot} == {"Địa chỉ cơ quan"}
    assert "w:pBdr" in first.first_page_footer._element.xml
    assert round(first.footer_distance / Mm(1)) == look(None).bottom
    for section in document.sections:
        assert not "".join(line.text for line in section.footer.paragraphs)
    for section in others:
        assert not section.first_page_footer.is_linked_to_previous
        assert not "".join(line.text for line in section.first_page_footer.paragraphs)


def test_a_paper_that_does_not_tell_where_the_body_is_reached_has_no_foot():
    for section in opened(docx(a_paper(annexes=(an_annex(),)))).sections:
        assert section.footer.is_linked_to_previous
        assert section.first_page_footer.is_linked_to_previous
