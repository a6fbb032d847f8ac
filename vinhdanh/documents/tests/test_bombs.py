"""Files made to harm whoever opens them are refused before anything in them is unpacked."""

import io
import struct
import zlib

import pytest

from vinhdanh.common.refusal import Refused
from vinhdanh.documents.rules import limits
from vinhdanh.documents.rules.accepted import kind_of_stream
from vinhdanh.documents.tests.make_files import a_picture, a_word, a_zip, with_member

TYPES = "[Content_Types].xml"
_MAIN = "application/vnd.openxmlformats-officedocument.{}.main+xml"
PARTS = {
    "docx": "wordprocessingml.document",
    "xlsx": "spreadsheetml.sheet",
    "pptx": "presentationml.presentation",
}


def an_office_file(kind: str, members: dict[str, bytes]) -> bytes:
    return a_zip({TYPES: _MAIN.format(PARTS[kind]).encode(), **members})


def kind_of(stored: bytes) -> str:
    return kind_of_stream(io.BytesIO(stored))


def a_png(width: int, height: int) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunk = (
        struct.pack(">I", 13) + b"IHDR" + header + struct.pack(">I", zlib.crc32(b"IHDR" + header))
    )
    return b"\x89PNG\r\n\x1a\n" + chunk


def a_jpg(width: int, height: int) -> bytes:
    comment = b"\xff\xfe" + struct.pack(">H", 300) + b"a" * 298
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 11, 8, height, width, 1) + b"\x01\x11\x00"
    return b"\xff\xd8\xff\xe0" + struct.pack(">H", 16) + b"JFIF" + b"\x00" * 10 + comment + frame


@pytest.mark.parametrize("kind", ["docx", "xlsx", "pptx"])
def test_an_ordinary_office_file_is_taken(kind):
    assert kind_of(an_office_file(kind, {"part.xml": b"<x/>", "media/a.png": a_picture()})) == kind
    assert kind_of(a_word("<w:p/>")) == "docx"


@pytest.mark.parametrize("kind", ["docx", "xlsx", "pptx"])
def test_an_office_file_that_is_almost_only_repetition_is_refused(kind):
    bomb = an_office_file(kind, {"xl/worksheets/sheet1.xml": b"0" * 30_000_000})
    assert len(bomb) < 100_000

    with pytest.raises(Refused, match="phình ra quá lớn"):
        kind_of(bomb)


def test_what_an_archive_says_of_itself_is_enough_to_refuse_it():
    stored = bytearray(an_office_file("xlsx", {"xl/a.xml": b"a"}))
    place = stored.rindex(b"PK\x01\x02")
    stored[place + 24 : place + 28] = struct.pack("<I", limits.MOST_UNPACKED)

    with pytest.raises(Refused, match="phình ra quá lớn"):
        kind_of(bytes(stored))


def test_an_archive_of_too_many_parts_is_refused():
    parts = {f"xl/{number}.xml": b"" for number in range(limits.MOST_MEMBERS)}

    with pytest.raises(Refused, match="phình ra quá lớn"):
        kind_of(an_office_file("xlsx", parts))


def test_parts_that_lie_over_one_another_are_refused():
    stored = bytearray(an_office_file("xlsx", {"xl/a.xml": bytes(range(256)) * 50}))
    place = stored.rindex(b"PK\x01\x02")
    stored[place + 20 : place + 24] = struct.pack("<I", len(stored))

    with pytest.raises(Refused, match="phình ra quá lớn"):
        kind_of(bytes(stored))


@pytest.mark.parametrize(
    "inner",
    [
        a_zip({"a": b"a"}),
        b"Rar!\x1a\x07\x01\x00....",
        b"7z\xbc\xaf\x27\x1c....",
        b"\x1f\x8b\x08....",
        b"\xfd7zXZ\x00...",
        b"BZh91AY",
    ],
)
def test_an_archive_inside_is_refused_whatever_it_is_called(inner):
    for name in ("word/embeddings/a.zip", "word/media/image1.png"):
        with pytest.raises(Refused, match="tệp nén khác"):
            kind_of(an_office_file("docx", {name: inner}))


def test_a_table_inside_slides_is_taken_and_looked_into():
    table = an_office_file("xlsx", {"xl/a.xml": b"<x/>"})
    slides = an_office_file("pptx", {"ppt/embeddings/Sheet1.xlsx": table})
    deeper = an_office_file("xlsx", {"xl/embeddings/a.docx": table})
    bomb = an_office_file("xlsx", {"xl/a.xml": b"0" * 30_000_000})

    assert kind_of(slides) == "pptx"
    with pytest.raises(Refused, match="tệp nén khác"):
        kind_of(an_office_file("pptx", {"ppt/embeddings/Sheet1.xlsx": deeper}))
    with pytest.raises(Refused, match="phình ra quá lớn"):
        kind_of(an_office_file("pptx", {"ppt/embeddings/Sheet1.xlsx": bomb}))


def test_drawings_of_old_office_versions_are_packed_by_themselves_and_taken():
    assert kind_of(an_office_file("docx", {"word/media/image1.emz": b"\x1f\x8b\x08...."})) == "docx"


def test_a_part_behind_a_password_is_refused():
    stored = bytearray(with_member(a_word(), "word/media/a.png", a_picture()))
    for mark, place in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        start = stored.rindex(mark)
        stored[start + place] |= 1

    with pytest.raises(Refused, match="mật khẩu"):
        kind_of(bytes(stored))


def test_a_part_packed_in_a_foreign_way_is_refused():
    stored = bytearray(a_zip({TYPES: _MAIN.format(PARTS["docx"]).encode(), "word/a.bin": b"a"}))
    start = stored.rindex(b"PK\x01\x02")
    stored[start + 10 : start + 12] = struct.pack("<H", 99)

    with pytest.raises(Refused, match="hỏng"):
        kind_of(bytes(stored))


def test_a_cut_off_embedded_file_is_refused():
    table = an_office_file("xlsx", {"xl/a.xml": b"<x/>"})

    with pytest.raises(Refused, match="hỏng"):
        kind_of(an_office_file("pptx", {"ppt/embeddings/Sheet1.xlsx": table[:-30]}))


@pytest.mark.parametrize("make", [a_png, a_jpg])
def test_pictures_are_taken_up_to_the_limit(make):
    assert kind_of(make(10_000, 10_000)) in {"png", "jpg"}
    for width, height in ((10_001, 10_000), (limits.LONGEST_SIDE + 1, 1), (1, 65_535)):
        with pytest.raises(Refused, match="kích thước quá lớn"):
            kind_of(make(width, height))


@pytest.mark.parametrize(
    "stored",
    [
        b"\xff\xd8\xff",
        b"\xff\xd8\xff\xe0",
        b"\xff\xd8\xff\xda....",
        b"\xff\xd8\xff\xe0\x00\x00" * 400,
        b"\x89PNG\r\n\x1a\n",
        b"\x89PNG\r\n\x1a\n....IDAT",
        a_jpg(100, 100)[:40],
    ],
)
def test_a_picture_that_does_not_say_its_size_is_nothing_to_fear(stored):
    assert kind_of(stored) in {"png", "jpg"}


def test_a_part_that_says_it_is_smaller_than_it_is_is_refused():
    types = _MAIN.format(PARTS["docx"]).encode()
    stored = bytearray(a_zip({TYPES: types, "word/a.xml": b"0" * 9_000_000}))
    for mark, place in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        start = stored.rindex(mark)
        stored[start + place : start + place + 4] = struct.pack("<I", 10)

    with pytest.raises(Refused, match="hỏng"):
        kind_of(bytes(stored))
