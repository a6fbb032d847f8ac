"""Reading spreadsheets: cells of every sort, and what is wrong with them row by row."""

import io
import zipfile
from datetime import date, datetime

import pytest
import xlsxwriter

from vinhdanh.common.refusal import Refused
from vinhdanh.people.rules.person_lines import COLUMNS as PERSON_COLUMNS
from vinhdanh.people.rules.person_lines import read_persons
from vinhdanh.people.rules.spreadsheet import Row, read_rows, read_sheets
from vinhdanh.people.rules.unit_lines import COLUMNS as UNIT_COLUMNS
from vinhdanh.people.rules.unit_lines import read_units

KINDS = {"office": "Phòng, văn phòng", "affiliated": "Đơn vị trực thuộc"}
SEXES = {"female": "Nữ", "male": "Nam"}
ROLES = {"clerk": "Cán bộ thi đua", "head": "Thủ trưởng đơn vị"}
DAY = date(2026, 3, 1)


def a_sheet(*rows, merged=()) -> bytes:
    """An .xlsx of these rows; `merged` are (first row, last row, column, text)."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet()
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if isinstance(cell, datetime | date):
                sheet.write_datetime(number, column, cell, day)
            elif cell is not None:
                sheet.write(number, column, cell)
    for first, last, column, text in merged:
        sheet.merge_range(first, column, last, column, text)
    book.close()
    return stream.getvalue()


def persons(*rows) -> list:
    """The lines of persons, each row as {code of column: text}."""
    numbered = [Row(number, cells) for number, cells in enumerate(rows, start=2)]
    return read_persons(numbered, roles=ROLES, sexes=SEXES, latest_birth=DAY)


def problems(line) -> list:
    return [(problem.column, problem.sentence % problem.values) for problem in line.problems]


A_PERSON = {"full_name": "Lê Thử", "unit": "P. NT", "title": "Họa sĩ"}


def test_rows_are_found_below_a_heading_wherever_it_is():
    content = a_sheet(
        ["DANH SÁCH CÁN BỘ"],
        [],
        ["STT", "Đơn vị công tác", "HỌ TÊN", "Ghi chú", "Chức vụ", "Ngày sinh (dd/mm/yyyy)"],
        [1, None, "Lê Thử", "x", "Họa sĩ", datetime(1990, 2, 1)],
        [],
        [2, None, "  Trần   Thử ", None, "Kế toán", "03/02/1991"],
        merged=[(3, 5, 1, "Phòng Nghệ thuật")],
    )

    rows = read_rows(content, name="a.xlsx", columns=PERSON_COLUMNS)

    assert rows[0] == Row(
        4,
        {
            "unit": "Phòng Nghệ thuật",
            "full_name": "Lê Thử",
            "title": "Họa sĩ",
            "born_on": "1990-02-01",
        },
    )
    assert rows[-1] == Row(
        6,
        {
            "unit": "Phòng Nghệ thuật",
            "full_name": "Trần Thử",
            "title": "Kế toán",
            "born_on": "03/02/1991",
        },
    )


def test_a_row_that_only_a_merged_cell_reaches_is_blank():
    content = a_sheet(
        ["Họ và tên", "Đơn vị", "Chức vụ"],
        ["Lê Thử", None, "Họa sĩ"],
        [],
        merged=[(1, 2, 1, "Phòng Nghệ thuật")],
    )

    rows = read_rows(content, name="a.xlsx", columns=PERSON_COLUMNS)

    assert [row.number for row in rows] == [2]


def test_numbers_become_text_without_a_point():
    content = a_sheet(
        ["Họ và tên", "Mã cán bộ", "Điện thoại", "Đơn vị", "Chức vụ"],
        ["Lê Thử", 123, 912345678, "NT", "Họa sĩ"],
    )

    (row,) = read_rows(content, name="a.xlsx", columns=PERSON_COLUMNS)
    (line,) = read_persons([row], roles=ROLES, sexes=SEXES, latest_birth=DAY)

    assert (line.code, line.phone) == ("123", "0912345678")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_separated_text_is_read(encoding, separator):
    text = "Tên đơn vị,Loại\r\nPhòng Nghệ thuật,office\r\n".replace(",", separator)

    rows = read_rows(text.encode(encoding), name="a.csv", columns=UNIT_COLUMNS)

    assert rows == [Row(2, {"name": "Phòng Nghệ thuật", "kind": "office"})]


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"%PDF-1.7", "a.pdf", "Không mở được tệp"),
        (b"PK\x03\x04 broken", "a.xlsx", "Không mở được tệp"),
        (a_sheet(["Tên", "Loại"], ["A", "B"]), "a.xlsx", "dòng tiêu đề"),
        (a_sheet(["Tên đơn vị", "Loại"]), "a.xlsx", "không có dòng dữ liệu"),
        (b"Ten,Loai\n" * 2_000_000, "a.csv", "Tệp quá lớn"),
        (
            a_sheet(["Tên đơn vị", "Loại"], *[[]] * 900, [None] * 9_000 + ["xa"]),
            "a.xlsx",
            "quá lớn",
        ),
        ("Tên đơn vị,Loại\n" + "A,B\n" * 5_001, "a.csv", "Tệp quá lớn"),
    ],
)
def test_what_is_no_such_sheet_is_refused(content, name, sentence):
    stored = content if isinstance(content, bytes) else content.encode()

    with pytest.raises(Refused, match=sentence):
        read_rows(stored, name=name, columns=UNIT_COLUMNS)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("03/02/1991", date(1991, 2, 3)),
        ("3-2-1991", date(1991, 2, 3)),
        ("3.2.1991", date(1991, 2, 3)),
        ("1991-02-03", date(1991, 2, 3)),
        ("33272", date(1991, 2, 3)),
    ],
)
def test_days_are_written_in_many_ways(written, day):
    (line,) = persons(A_PERSON | {"born_on": written})

    assert (line.born_on, line.problems) == (day, ())


@pytest.mark.parametrize("written", ["31/02/1991", "02/13/1991", "1991", "hôm qua", "3/2/91"])
def test_what_is_no_day_is_told(written):
    (line,) = persons(A_PERSON | {"born_on": written})

    assert problems(line) == [
        ("born_on", f"“{written}” không phải là ngày; hãy ghi như 28/02/2025.")
    ]


def test_everything_wrong_with_a_person_is_told_at_once():
    (line,) = persons(
        {
            "full_name": "Lê Thử",
            "born_on": "01/01/2030",
            "email": "khong phai",
            "is_head": "chắc là",
            "from_on": "01/02/2026",
            "until_on": "01/01/2026",
            "role": "Vua",
            "username": "Lê Thử",
        }
    )

    assert [column for column, _ in problems(line)] == [
        "until_on", "born_on", "email", "unit", "title", "is_head", "role", "username",
    ]  # fmt: skip


def test_sex_and_retirement_are_read():
    known, wrong, blank = persons(
        A_PERSON | {"code": "1", "sex": "NỮ", "retires_on": "01/07/2025"},
        A_PERSON
        | {"code": "2", "sex": "khác", "born_on": "01/02/1990", "retires_on": "01/02/1990"},
        A_PERSON | {"code": "3"},
    )

    assert (known.sex, known.retires_on, known.problems) == ("female", date(2025, 7, 1), ())
    assert problems(wrong) == [
        ("sex", "“khác” không có trong danh mục; hãy chọn: Nữ; Nam."),
        ("retires_on", "Ngày nghỉ hưu phải sau ngày sinh."),
    ]
    assert (blank.sex, blank.retires_on) == ("", None)


def test_the_same_person_twice_is_told():
    first, second, third = persons(
        A_PERSON | {"code": "1"}, A_PERSON | {"code": "1"}, A_PERSON | {"code": "2"}
    )

    assert problems(first) == problems(third) == []
    assert problems(second) == [("full_name", "Người này với cùng đơn vị, chức vụ đã có ở dòng 2.")]


def test_a_further_position_of_the_same_person_is_no_double():
    first, second = persons(
        A_PERSON | {"code": "1"}, A_PERSON | {"code": "1", "title": "Phó Trưởng phòng"}
    )

    assert (second.first_line, problems(second)) == (first.number, [])


def test_contradictions_about_a_person_are_told():
    _, name, birth, username = persons(
        A_PERSON | {"code": "1", "born_on": "01/02/1990", "username": "thu"},
        A_PERSON | {"code": "1", "full_name": "Khác"},
        A_PERSON | {"code": "1", "title": "B", "born_on": "02/02/1990"},
        A_PERSON | {"code": "2", "title": "C", "username": "THU"},
    )

    assert ("code", "Mã này ở dòng 2 là của người tên khác.") in problems(name)
    assert problems(birth) == [("born_on", "Nội dung này khác với dòng 2 của cùng người.")]
    assert problems(username) == [("username", "Tên đăng nhập này ở dòng 2 là của người khác.")]


def units(*rows) -> list:
    return read_units([Row(n, cells) for n, cells in enumerate(rows, start=2)], kinds=KINDS)


def test_parents_are_found_in_the_sheet_in_any_order():
    child, parent = units(
        {"name": "Đội A", "kind": "office", "parent": "nhà hát"},
        {"name": "Nhà hát", "kind": "Đơn vị trực thuộc"},
    )

    assert (child.parent_line, parent.parent_line, parent.kind) == (3, None, "affiliated")


def test_circles_and_doubles_of_units_are_told():
    first, second, twice, unknown = units(
        {"name": "A", "kind": "office", "parent": "B"},
        {"name": "B", "kind": "office", "parent": "A"},
        {"name": "b", "kind": "office", "parent": "A"},
        {"name": "C", "kind": "Xưởng"},
    )

    circle = ("parent", "Đơn vị cấp trên quay vòng về chính đơn vị này.")
    assert problems(first) == problems(second) == [circle]
    assert ("name", "Trùng với dòng 3.") in problems(twice)
    assert problems(unknown) == [
        (
            "kind",
            "“Xưởng” không có trong danh mục; hãy chọn: Phòng, văn phòng; Đơn vị trực thuộc.",
        )
    ]


def test_a_locked_or_damaged_workbook_is_refused():
    """Every part marked as locked by a password; every part with bytes that do not unpack."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/worksheets/sheet1.xml", "<worksheet/>" * 50)
    sound = stream.getvalue()
    start = sound.index(b"sheet1.xml") + len("sheet1.xml")
    damaged = sound[:start] + b"\xff" * 8 + sound[start + 8 :]
    locked = bytearray(sound)
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[sound.index(mark) + place] |= 1

    for content in (damaged, bytes(locked)):
        with pytest.raises(Refused, match="Không mở được tệp"):
            read_sheets(content, name="danh-sach.xlsx")
