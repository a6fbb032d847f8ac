"""Who is a person, a collective, a household by the way a list writes the name."""

import unicodedata

import pytest

from vinhdanh.documents.rules.reading import read
from vinhdanh.documents.tests.make_files import a_paragraph, a_word
from vinhdanh.honours.rules import import_words
from vinhdanh.honours.rules.import_decisions import read_decision
from vinhdanh.honours.rules.import_lines import read_line
from vinhdanh.honours.tests.make import AT
from vinhdanh.law.store import book


@pytest.fixture(scope="module")
def names() -> import_words.AwardNames:
    return import_words.AwardNames(book().awards)


@pytest.mark.parametrize(
    "name",
    [
        "Hồ Văn An",
        "HỒ THỊ MỸ",
        "Hồ Gia Bảo",
        "Ho Van An",
        "Trương Thị Bình",
        "Truong Thi Binh",
        "Tô Kiểm Toán",
        "Đoàn Văn Hậu",
        "ĐOÀN VĂN HẬU",
        "Phương Minh Châu",
        "Xa Văn Dũng",
        "Viên Ngọc Lan",
        "Bàn Thị Mai",
        "Khôi Nguyên",
    ],
)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_family_name_that_is_nearly_the_word_for_a_unit_is_a_persons(names, name, form):
    written = unicodedata.normalize(form, name)
    cells = {"recipient": written, "award": "Giấy khen của Giám đốc Sở", "year": "2020"}

    draft = read_line("conferrals", 2, cells, names=names, today=AT.date())

    assert (draft.who.sort, draft.problems) == ("person", ())


@pytest.mark.parametrize(
    ("name", "sort"),
    [
        ("Trường Năng khiếu Thể dục thể thao", "collective"),
        ("TỔ BẢO VỆ", "collective"),
        ("Tập thể Phòng Nghệ thuật", "collective"),
        ("Đoàn Nghệ thuật tổng hợp tỉnh", "collective"),
        ("Đoàn thanh niên Sở", "collective"),
        ("Uỷ ban nhân dân xã An Hòa", "collective"),
        ("Hội đồng Thi đua - Khen thưởng Sở", "collective"),
        ("Phong Nghe thuat", "collective"),
        ("Thanh tra Sở", "collective"),
        ("Hộ ông Nguyễn Văn Hiến", "household"),
        ("HỘ GIA ĐÌNH BÀ LÒ THỊ PÀNH", "household"),
        ("Gia đình ông Hồ Văn An", "household"),
        ("Ho gia dinh ong An", "household"),
    ],
)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_units_and_households_are_known_by_how_their_names_begin(names, name, sort, form):
    written = unicodedata.normalize(form, name)
    cells = {"recipient": written, "award": "Bằng khen của Thủ tướng Chính phủ", "year": "2020"}

    draft = read_line("conferrals", 2, cells, names=names, today=AT.date())

    assert (draft.who.sort, draft.problems) == (sort, ())


def test_such_persons_in_a_decision_keep_their_posts(names):
    content = a_word(
        a_paragraph("Danh hiệu Lao động tiên tiến năm 2023:"),
        a_paragraph("1. Trương Thị Bình, Chuyên viên Phòng Kế hoạch;"),
        a_paragraph("2. Hồ Văn An, Kế toán, Văn phòng Sở;"),
        a_paragraph("3. Đoàn Văn Hậu, Chuyên viên Phòng Kế hoạch."),
    )

    listed = read_decision(read(content), kind="conferrals", names=names)

    assert [
        tuple(cells[str(listed.headings.index(name))] for name in listed.headings[:1])
        for _number, cells in listed.lines
    ] == [("Trương Thị Bình",), ("Hồ Văn An",), ("Đoàn Văn Hậu",)]
