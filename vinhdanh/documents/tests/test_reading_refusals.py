"""Every file that cannot be read is answered with a sentence that says what to do."""

import io
import zipfile
import zlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vinhdanh.common.refusal import Refused
from vinhdanh.documents.rules import kinds
from vinhdanh.documents.rules.content import Content
from vinhdanh.documents.rules.pdf import apart
from vinhdanh.documents.rules.pdf.reading import read_pdf
from vinhdanh.documents.rules.plain import reading as plain
from vinhdanh.documents.rules.reading import read, read_text
from vinhdanh.documents.tests.make_files import (
    OLE,
    Text,
    a_locked_pdf,
    a_paragraph,
    a_pdf,
    a_pdf_drawing,
    a_picture,
    a_scan,
    a_word,
    a_zip,
    with_member,
)

CONTENT_TYPES = "[Content_Types].xml"


def an_office_file(stream: str) -> bytes:
    return OLE + b"\x00" * 504 + stream.encode("utf-16-le") + b"\x00" * 512


def a_bomb() -> bytes:
    paragraph = b"<w:p><w:r><w:t>a</w:t></w:r></w:p>"
    return with_member(a_word(), "word/document.xml", b"<x>" + paragraph * 2_000_000 + b"</x>")


@pytest.mark.parametrize(
    ("stored", "says"),
    [
        (b"", "không có nội dung"),
        (b" \r\n\t\x00", "không có nội dung"),
        (an_office_file("WordDocument"), r"lưu lại dưới dạng \.docx"),
        (an_office_file("EncryptedPackage"), "bỏ mật khẩu"),
        (an_office_file("Workbook"), "bảng tính"),
        (an_office_file("PowerPoint Document"), "trình chiếu"),
        (an_office_file("Anything"), "Không nhận ra loại tệp"),
        (a_zip({CONTENT_TYPES: b"x", "xl/workbook.xml": b"x"}), "bảng tính"),
        (a_zip({CONTENT_TYPES: b"x", "ppt/presentation.xml": b"x"}), "trình chiếu"),
        (
            a_zip({CONTENT_TYPES: b"ms-word.document.macroEnabled", "word/document.xml": b""}),
            "macro",
        ),
        (a_zip({"mimetype": b"x", "content.xml": b"x"}), "OpenDocument"),
        (a_zip({"ke-hoach.pdf": b"x"}), "tệp nén"),
        (b"Rar!\x1a\x07\x00", "tệp nén"),
        (a_picture(), "hình ảnh"),
        (b"\xff\xd8\xff\xe0JFIF", "hình ảnh"),
        (rb"{\rtf1\ansi Ke hoach}", "RTF"),
        (b"<!DOCTYPE html><html><body>x</body></html>", "trang web"),
        (b"MZ\x90\x00" + b"\x00" * 64, "Không nhận ra loại tệp"),
        (bytes(range(256)) * 8, "Không nhận ra loại tệp"),
        (b"%PDF-1.7\n%%EOF", "PDF bị hỏng"),
        (b"%PDF-1.7 " + bytes(range(256)) * 8, "PDF bị hỏng"),
        (a_scan(3), "3 trang nhưng không có chữ"),
        (a_locked_pdf(), "PDF được đặt mật khẩu"),
    ],
)
def test_a_file_that_is_no_readable_document_is_refused(stored, says):
    with pytest.raises(Refused, match=says):
        read(stored)


def test_a_file_beyond_the_limit_is_refused(monkeypatch):
    monkeypatch.setattr(kinds, "MOST_BYTES", 1_000_000)

    with pytest.raises(Refused, match="quá 1 MB"):
        read(b"a" * 1_000_001)


def test_a_cut_off_word_file_is_refused():
    stored = a_word(a_paragraph("Kế hoạch"))

    with pytest.raises(Refused, match="bị hỏng"):
        read(stored[: len(stored) // 2])


def test_a_word_file_with_broken_markup_is_refused():
    stored = with_member(a_word(), "word/document.xml", b"<w:document><w:body>")

    with pytest.raises(Refused, match="bị hỏng"):
        read(stored)


def test_a_word_file_that_unfolds_too_far_is_refused():
    with pytest.raises(Refused, match="phình ra quá lớn"):
        read(a_bomb())


def test_a_word_file_that_is_almost_only_repetition_is_refused():
    stored = with_member(a_word(), "word/media/image1.emf", b"\x00" * 30_000_000)

    with pytest.raises(Refused, match="phình ra quá lớn"):
        read(stored)


def test_entities_in_a_word_file_are_not_unfolded():
    markup = (
        b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
        b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        b"<w:body><w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:body></w:document>"
    )

    with pytest.raises(Refused, match="không an toàn"):
        read(with_member(a_word(), "word/document.xml", markup))


def test_a_word_member_behind_a_password_is_refused():
    stored = bytearray(a_word(a_paragraph("Kế hoạch")))
    directory = stored.index(b"PK\x01\x02")
    stored[6] |= 1
    while directory != -1:
        stored[directory + 8] |= 1
        directory = stored.find(b"PK\x01\x02", directory + 4)

    with pytest.raises(Refused, match="mật khẩu"):
        read(bytes(stored))


def test_a_pdf_that_says_it_has_too_many_pages_is_refused():
    stored = a_pdf([Text(50, 50, "Kế hoạch")]).replace(b"/Count 1", b"/Count 9999")

    with pytest.raises(Refused, match="9999 trang"):
        read(stored)


def test_a_pdf_that_unfolds_without_end_is_refused(monkeypatch):
    monkeypatch.setattr(apart, "MOST_PAGE_SECONDS", 2)
    packer = zlib.compressobj(9)
    first, more = (
        packer.compress(b" " * 50_000_000) + packer.flush(zlib.Z_FULL_FLUSH) for _ in range(2)
    )
    stored = a_pdf_drawing(first + more * 59, "/Filter /FlateDecode")

    with pytest.raises(Refused, match="quá phức tạp"):
        read(stored)


def test_a_pdf_that_draws_without_end_is_refused(monkeypatch):
    monkeypatch.setattr(apart, "MOST_PAGE_SECONDS", 0.5)

    with pytest.raises(Refused, match="quá phức tạp"):
        read(a_pdf_drawing(b"0 0 m 9 9 l S " * 2_000_000))


def test_a_pdf_page_with_more_letters_than_any_page_is_refused():
    stored = a_pdf([Text(50, 50, "a" * 80)] * 501)

    with pytest.raises(Refused, match="quá phức tạp"):
        read_pdf(stored)


def test_a_pdf_whose_font_names_no_letters_is_refused():
    stored = a_pdf([Text(50, 50, "Kế hoạch công tác năm 2026")])

    with pytest.raises(Refused, match="không cho biết chữ"):
        read(stored.replace(b"/ToUnicode 5 0 R", b""))


def test_text_in_an_old_font_is_refused():
    tcvn = "Céng hßa x· héi chñ nghÜa ViÖt Nam, §éc lËp - Tù do - H¹nh phóc, KÕ ho¹ch"
    vni = "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam, Ñoäc laäp - Töï do - Haïnh phuùc"

    for stored in (tcvn.encode(), tcvn.encode("cp1252"), vni.encode(), vni.encode("cp1252")):
        with pytest.raises(Refused, match="chuyển sang Unicode"):
            read(stored)
    with pytest.raises(Refused, match="chuyển sang Unicode"):
        read(a_word(a_paragraph(tcvn)))


def test_bytes_of_an_unknown_encoding_are_refused():
    with pytest.raises(Refused, match="UTF-8"):
        read("Пятилетний план работы".encode("koi8-r"))


def test_empty_pasted_text_is_refused():
    with pytest.raises(Refused, match="không có nội dung"):
        read_text(" \n\t\n")


def test_pasted_text_beyond_the_limit_is_refused(monkeypatch):
    monkeypatch.setattr(plain, "MOST_CHARACTERS", 1000)

    with pytest.raises(Refused, match="quá dài"):
        read_text("a" * 1001)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(stored):
    assert _answer(stored) in (Content, Refused)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=400))
def test_any_text_is_read_or_refused(text):
    assert _answer(text.encode("utf-8", "surrogatepass")) in (Content, Refused)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_a_damaged_word_part_is_read_or_refused(data):
    stored = a_word(a_paragraph("Kế hoạch", properties='<w:pStyle w:val="ListNumber"/>'))
    name = data.draw(st.sampled_from(_members(stored)))
    part = bytearray(zipfile.ZipFile(io.BytesIO(stored)).read(name))
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(part) - 1))
        part[place : place + data.draw(st.integers(0, 40))] = data.draw(st.binary(max_size=8))
        if not part:
            break

    assert _answer(with_member(stored, name, bytes(part))) in (Content, Refused)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_damaged_pdf_is_read_or_refused(data):
    stored = bytearray(a_pdf([Text(50, 50, "Kế hoạch năm 2026")], [Text(50, 50, "Phụ lục")]))
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(stored) - 1))
        stored[place : place + data.draw(st.integers(0, 30))] = data.draw(st.binary(max_size=8))

    try:
        answer = type(read_pdf(bytes(stored)))
    except Refused:
        answer = Refused
    assert answer in (Content, Refused)


def _members(stored: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(stored)) as archive:
        return [name for name in archive.namelist() if name.endswith((".xml", ".rels"))]


def _answer(stored: bytes) -> type:
    try:
        return type(read(stored))
    except Refused:
        return Refused


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a\tb\n" * 600_000, "quá dài"),
        ("|" * 2_000_000, "quá dài"),
        ("a\n" * 100_000, "quá dài"),
        ("\t".join("a" * 50) + "\n" + "1\tb\n" * 20_000, "quá dài"),
    ],
)
def test_text_with_more_lines_or_cells_than_any_plan_is_refused(text, says):
    with pytest.raises(Refused, match=says):
        read_text(text)


def test_a_long_line_of_bars_is_no_table():
    assert read_text("|" * 300 + " a").tables == []
