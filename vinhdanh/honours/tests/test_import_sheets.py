"""Sheets as offices keep them: headings in two rows, names in two columns, rows between."""

from datetime import date

import pytest

from vinhdanh.honours.rules.import_decisions import Listed
from vinhdanh.honours.rules.import_sheets import read_sheet
from vinhdanh.honours.rules.import_words import AwardNames
from vinhdanh.honours.tests.make_imports import a_sheet
from vinhdanh.law.store import book


@pytest.fixture(scope="module")
def names() -> AwardNames:
    return AwardNames(book().awards)


def sheet(*rows, names, kind: str = "conferrals") -> Listed:
    return read_sheet(a_sheet(*rows), name="x.xlsx", kind=kind, names=names)


def _as_rows(listed: Listed) -> list[dict[str, str]]:
    """The lines by the names of their columns."""
    return [
        {listed.headings[int(place)]: text for place, text in cells.items()}
        for _number, cells in listed.lines
    ]


def test_headings_in_two_rows_are_read_as_one(names):
    listed = sheet(
        ["DANH SÁCH KHEN THƯỞNG NĂM 2023"],
        ["(Kèm theo Quyết định số 12/QĐ-SVHTT ngày 15/01/2024)"],
        ["STT", "Họ và tên", "Đơn vị", "Khen thưởng", "Bằng"],
        ["", "", "", "Danh hiệu", "Số vào sổ"],
        [1, "NGUYỄN THỊ HOÀ", "Phòng Nghệ thuật", "LĐTT", "07"],
        names=names,
    )

    assert listed.headings == ("STT", "Họ và tên", "Đơn vị", "Danh hiệu", "Số vào sổ")
    assert listed.lines == (
        (5, {"0": "1", "1": "NGUYỄN THỊ HOÀ", "2": "Phòng Nghệ thuật", "3": "LĐTT", "4": "07"}),
    )
    assert listed.common == {
        "year": "2023", "decision_number": "12/QĐ-SVHTT", "decided_on": "15/01/2024",
    }  # fmt: skip


def test_years_below_one_heading_are_columns_of_their_own(names):
    listed = sheet(
        ["Họ và tên", "Kết quả xếp loại", ""],
        ["", 2022, 2023],
        ["Lê Văn An", "HTTNV", "HTXSNV"],
        names=names,
        kind="ratings",
    )

    assert listed.headings == ("Họ và tên", "2022", "2023")


@pytest.mark.parametrize("headings", [("Họ đệm", "Tên"), ("Họ và tên", "")])
def test_a_name_in_two_columns_is_one_name(names, headings):
    listed = sheet(
        ["STT", *headings, "Danh hiệu", "Năm"],
        [1, "Lê Văn", "An", "LĐTT", 2023],
        [2, "Bùi Thị Thanh", "Bình", "LĐTT", 2023],
        names=names,
    )

    assert [cells["1"] for _number, cells in listed.lines] == ["Lê Văn An", "Bùi Thị Thanh Bình"]


def test_a_blank_column_beside_whole_names_stays_apart(names):
    listed = sheet(
        ["Họ và tên", "", "Danh hiệu", "Năm"],
        ["Lê Văn An", "x", "LĐTT", 2023],
        ["Bùi Bình", "", "LĐTT", 2023],
        ["Bùi Chi", "", "LĐTT", 2023],
        names=names,
    )

    assert [cells["0"] for _number, cells in listed.lines] == ["Lê Văn An", "Bùi Bình", "Bùi Chi"]


def test_rows_between_the_lines_say_unit_award_and_year(names):
    listed = sheet(
        ["STT", "Họ và tên", "Chức vụ"],
        ["I", "Danh hiệu Lao động tiên tiến năm 2023", ""],
        ["", "Phòng Nghệ thuật", ""],
        [1, "Lê Văn An", "Chuyên viên"],
        [2, "Bùi Bình", "Chuyên viên"],
        [3, "Bùi Chi", "Chuyên viên"],
        ["II", "Chiến sĩ thi đua cơ sở năm 2023", ""],
        [1, "Lê Văn An", "Chuyên viên"],
        names=names,
    )

    assert _as_rows(listed)[0] == {
        "STT": "1",
        "Họ và tên": "Lê Văn An",
        "Chức vụ": "Chuyên viên",
        "Danh hiệu, hình thức khen thưởng": "Lao động tiên tiến",
        "Năm": "2023",
        "Đơn vị": "Phòng Nghệ thuật",
    }
    assert _as_rows(listed)[-1] == {
        "STT": "1",
        "Họ và tên": "Lê Văn An",
        "Chức vụ": "Chuyên viên",
        "Danh hiệu, hình thức khen thưởng": "Chiến sĩ thi đua cơ sở",
        "Năm": "2023",
    }
    assert [number for number, _cells in listed.lines] == [4, 5, 6, 8]


def test_a_numbered_collective_is_a_line_however_little_it_says(names):
    listed = sheet(
        ["STT", "Tên tập thể", "Danh hiệu"],
        [1, "Phòng Nghệ thuật", ""],
        [2, "Văn phòng Sở", "TTLĐTT"],
        [3, "Thanh tra Sở", "TTLĐTT"],
        names=names,
    )

    assert [cells["1"] for _number, cells in listed.lines] == [
        "Phòng Nghệ thuật", "Văn phòng Sở", "Thanh tra Sở",
    ]  # fmt: skip


def test_a_day_is_shown_as_people_write_it(names):
    listed = sheet(
        ["Họ và tên", "Ngày quyết định"], ["Nguyễn Văn An", date(2017, 7, 20)], names=names
    )

    assert listed.lines == ((2, {"0": "Nguyễn Văn An", "1": "20/07/2017"}),)
