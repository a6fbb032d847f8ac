import io
import re
import unicodedata
from dataclasses import replace
from itertools import pairwise

import pdfplumber
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfparser import PDFParser

from vinhdanh.papers.rules import words
from vinhdanh.papers.rules.house import look
from vinhdanh.papers.rules.pdf import pdf
from vinhdanh.papers.rules.text import parse
from vinhdanh.papers.rules.tree import Letterhead, Paragraph, Row, Signature, Table
from vinhdanh.papers.tests.make import (
    a_letterhead,
    a_long_plan,
    a_paper,
    a_table,
    an_annex,
    of_every_kind,
)

HOSTILE = (
    '#import "@preview/x:1.0.0": * #panic() $x^2$ *đậm* _nghiêng_ `mã` \\ \\u{41} @nhãn <nhãn> = '
    "Đề // chú /* thích */ #[x] [y] ~ -- ... “a” \"b\" 'c' {d} sys.inputs <w:p/> & &amp;"
)


def words_of(made: bytes) -> list[list[str]]:
    """The words of each page, as a reader's software takes them out."""
    with pdfplumber.open(io.BytesIO(made)) as document:
        return [(page.extract_text() or "").split() for page in document.pages]


def text_of(made: bytes) -> str:
    return " ".join(word for page in words_of(made) for word in page)


@pytest.mark.parametrize("kind", of_every_kind())
def test_every_kind_says_all_its_words_composed_and_in_order(kind):
    paper = of_every_kind()[kind]
    text = text_of(pdf(paper))

    assert text == unicodedata.normalize("NFC", text)
    assert "SỞ VĂN HÓA VÀ THỂ THAO Độc lập - Tự do - Hạnh phúc" in text
    assert "Nguyễn Thị Phương Thảo" in text
    places = [
        text.find(" ".join(part.text.split()[:4]))
        for part in paper.parts
        if isinstance(part, Paragraph)
    ]
    assert -1 not in places
    assert all(before < after for before, after in pairwise(places))


def test_what_somebody_types_is_never_read_as_markup():
    paper = a_paper(
        subject=HOSTILE,
        parts=parse(f"{HOSTILE}\n{{bảng a}}", {"a": a_table(1)}),
        letterhead=Letterhead(*[HOSTILE] * 8),
        signature=Signature(HOSTILE, HOSTILE, HOSTILE),
        addressees=(HOSTILE, HOSTILE),
        recipients=(HOSTILE,),
        annexes=(an_annex(label=HOSTILE, name=HOSTILE, note=HOSTILE),),
    )
    together = re.sub(r"\s", "", text_of(pdf(paper)))

    assert together.count(re.sub(r"\s", "", HOSTILE)) >= 11


def test_the_file_is_tagged_by_the_standard_and_names_title_and_language():
    made = pdf(a_paper())
    document = PDFDocument(PDFParser(io.BytesIO(made)))

    assert document.catalog["MarkInfo"] == {"Marked": True, "Suspects": False}
    assert "StructTreeRoot" in document.catalog
    assert document.catalog["Lang"] == b"vi"
    title = document.info[0]["Title"].decode("utf-16")
    assert title == "KẾ HOẠCH Công tác thi đua năm 2026"
    assert b"pdfuaid" in made
    assert made == pdf(a_paper())


def test_only_the_type_of_the_papers_is_used():
    with pdfplumber.open(io.BytesIO(pdf(a_long_plan(3)))) as document:
        types = {letter["fontname"].split("+")[1] for letter in document.chars}

    assert {name.split("-")[0] for name in types} == {"Tinos"}


def test_a_sign_that_no_type_has_does_not_stop_the_paper():
    assert "Tốt ☑ và" in text_of(pdf(a_paper(parts=parse("Tốt ☑ và 漢.", {}))))


def test_pages_are_numbered_from_the_second_and_each_annex_anew():
    annexes = (an_annex(parts=(a_table(25),)), an_annex(landscape=False, parts=(a_table(20),)))
    pages = pages_of(pdf(a_paper(annexes=annexes)))

    assert [(number, lying) for number, lying, _ in pages] == [
        ("", False),
        ("", True),
        ("2", True),
        ("3", True),
        ("", False),
        ("2", False),
    ]


def test_a_table_names_its_columns_on_every_page():
    pages = pages_of(pdf(a_paper(annexes=(an_annex(parts=(a_table(60),)),))))

    assert len(pages) > 4
    assert all("STT Nội dung nhiệm vụ" in text for _, _, text in pages[1:])


def test_the_heading_of_a_group_never_ends_a_page():
    pages = pages_of(pdf(a_paper(annexes=(an_annex(parts=(a_table(200),)),))))

    assert len(pages) > 15
    assert [text for _, _, text in pages if re.search(r"NHÓM \d+$", text.strip())] == []


def test_headings_of_groups_may_follow_one_another_and_end_a_table():
    table = a_table(1)
    groups = tuple(Row((f"NHÓM {name}",), is_group=True) for name in "ABC")
    rows = (*groups[:2], *table.rows, groups[2])
    text = text_of(pdf(a_paper(parts=(Table(table.columns, rows),))))

    assert re.findall(r"NHÓM \w", text) == ["NHÓM A", "NHÓM B", "NHÓM 1", "NHÓM C"]


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.sampled_from([0, 1, 40, 1500])), max_size=15))
def test_tables_of_any_shape_can_be_laid_out(shape):
    columns = a_table().columns
    rows = tuple(
        Row(("nhóm " * (length % 100),), is_group=True)
        if is_group
        else Row((f"{number}", "việc " * length, "", "x"))
        for number, (is_group, length) in enumerate(shape)
    )
    made = pdf(a_paper(annexes=(an_annex(parts=(Table(columns, rows),)),)))

    with pypdfium2.PdfDocument(made) as document:  # reads much quicker than pdfplumber
        said = sum(page.get_textpage().get_text_range().count("việc") for page in document)
    assert said == sum(length for is_group, length in shape if not is_group)


def pages_of(made: bytes) -> list[tuple[str, bool, str]]:
    """Of each page: its number in the upper margin, whether it is lying, its text."""
    with pdfplumber.open(io.BytesIO(made)) as document:
        return [
            (
                (page.crop((0, 0, page.width, 50)).extract_text() or "").strip(),
                page.width > page.height,
                (page.extract_text() or "").replace("\n", " "),
            )
            for page in document.pages
        ]


def test_a_draft_is_marked_on_every_page_and_has_blanks():
    draft = a_paper(is_draft=True, number=None, signed_on=None, annexes=(an_annex(),))
    pages = pages_of(pdf(draft))

    assert [number for number, _, _ in pages] == ["DỰ THẢO", "DỰ THẢO"]
    assert "Số: /KH-SVHTT" in pages[0][2]
    assert "An Bình, ngày tháng năm" in pages[0][2]


@pytest.mark.parametrize("lines", range(20, 30))
def test_the_signature_never_stands_on_a_page_without_words_of_the_body(lines):
    parts = parse("\n".join(["Yêu cầu các đơn vị thực hiện."] * lines), {})
    last = pages_of(pdf(a_paper(parts=parts)))[-1][2]

    assert "KT. GIÁM ĐỐC" in last
    assert "Nguyễn Thị Phương Thảo" in last
    assert "Yêu cầu các đơn vị thực hiện." in last


@pytest.mark.parametrize("count", [0, 1, 30, 120])
def test_all_recipients_are_named_however_many(count):
    recipients = tuple(f"Cơ quan thứ {number}" for number in range(1, count + 1))
    text = text_of(pdf(a_paper(recipients=recipients)))

    named = [f"- {name};" for name in recipients[:-1]] + [f"- {name}." for name in recipients[-1:]]

    assert [name for name in named if name not in text] == []
    assert ("Nơi nhận:" in text) == bool(count)


def test_a_cell_longer_than_a_page_runs_on():
    table = a_table(1)
    long = " ".join(f"từ{number}" for number in range(3000))
    table = Table(table.columns, (*table.rows, Row(("2", long, "Văn phòng", ""))))
    text = text_of(pdf(a_paper(parts=(table,))))

    assert all(f"từ{number}" in text for number in (0, 1500, 2999))


def test_a_paper_of_nothing_but_its_head_can_be_made():
    bare = a_paper(
        parts=(), signature=None, recipients=(), subject="", letterhead=Letterhead("", "", "")
    )

    assert "KẾ HOẠCH" in text_of(pdf(bare))


def test_where_the_body_is_reached_stands_only_at_the_foot_of_the_first_page():
    made = pdf(replace(a_long_plan(30), letterhead=a_letterhead()))
    told = words.contact(a_letterhead())
    with pdfplumber.open(io.BytesIO(made)) as document:
        first, *others = document.pages
        wide = [line for line in first.lines if line["width"] > 400]
        below = first.crop((0, wide[0]["top"], first.width, first.height))
        sizes = {round(letter["size"], 1) for letter in below.chars}
        lowest = max(letter["bottom"] for letter in below.chars)
        elsewhere = " ".join(page.extract_text() for page in others)

    assert below.extract_text().splitlines() == list(told)
    assert (len(wide), round(wide[0]["width"] / 72 * 25.4)) == (1, look(None).text_width)
    assert sizes == {11.0}
    assert lowest <= (297 - look(None).bottom) / 25.4 * 72 + 0.5
    assert [line for line in told if line in elsewhere] == []
    assert b"pdfuaid" in made
