"""What lists say: words of awards and ratings, names, decisions in Word and PDF."""

from datetime import date

import pytest

from vinhdanh.common.ids import new_id
from vinhdanh.common.refusal import Refused
from vinhdanh.documents.rules.reading import read
from vinhdanh.documents.tests.make_files import (
    Text,
    a_grid,
    a_paragraph,
    a_pdf,
    a_table,
    a_word,
    some_lines,
)
from vinhdanh.honours.rules import import_columns, import_words
from vinhdanh.honours.rules.import_decisions import Listed, read_decision, years_in
from vinhdanh.honours.rules.import_lines import TOGETHER, Who, read_line
from vinhdanh.honours.rules.import_matching import Known, Persons, Post
from vinhdanh.law.store import book

TODAY = date(2026, 3, 2)


@pytest.fixture(scope="module")
def names() -> import_words.AwardNames:
    return import_words.AwardNames(book().awards)


def of(content: bytes, names: import_words.AwardNames, kind: str = "conferrals") -> Listed:
    return read_decision(read(content), kind=kind, names=names)


def as_rows(listed: Listed) -> list[dict[str, str]]:
    """The lines by the names of their columns."""
    return [
        {listed.headings[int(place)]: text for place, text in cells.items()}
        for _number, cells in listed.lines
    ]


@pytest.mark.parametrize(
    ("text", "recipient", "body", "codes"),
    [
        ("LĐTT", "", "", ("DH_LDTT",)),
        ("danh hiệu “Lao động tiên tiến”", "", "", ("DH_LDTT",)),
        ("CSTĐ cơ sở", "person", "", ("DH_CSTD_CS",)),
        ("DH_CSTD_CS", "", "", ("DH_CSTD_CS",)),
        ("chien si thi dua co so", "", "", ("DH_CSTD_CS",)),
        ("BK", "person", "UBND Thành phố Hà Nội", ("HT_BK_TINH_CN",)),
        ("Bằng khen của Thủ tướng Chính phủ", "collective", "", ("HT_BK_TTG_TT",)),
        ("Bằng khen", "collective", "Thủ tướng Chính phủ", ("HT_BK_TTG_TT",)),
        ("Giấy khen của Giám đốc Sở", "person", "", ("HT_GK_SO",)),
        ("Giấy khen", "person", "Sở Văn hóa và Thể thao", ("HT_GK_SO",)),
        ("Huân chương Lao động hạng III", "collective", "", ("HT_HCLD_3_TT",)),
        ("Thợ giỏi", "person", "", ()),
    ],
)
def test_awards_are_known_by_name_abbreviation_and_code(names, text, recipient, body, codes):
    assert names.named(text, recipient=recipient, body=body) == codes


def test_an_award_that_several_are_called_by_is_asked_for(names):
    line = {"recipient": "Nguyễn Văn An", "title": "Chuyên viên", "award": "BK", "year": "2023"}

    draft = read_line("conferrals", 5, line, names=names, today=TODAY)

    (problem,) = draft.problems
    assert (problem.column, problem.sentence) == (
        "award",
        "“%(text)s” có thể là: %(names)s; hãy chọn đúng một.",
    )


@pytest.mark.parametrize(
    ("cells", "period"),
    [
        ({"year": "2023"}, (date(2023, 1, 1), date(2023, 12, 31))),
        ({"year": "năm 2023"}, (date(2023, 1, 1), date(2023, 12, 31))),
        ({"year": "2019-2023"}, (date(2019, 1, 1), date(2023, 12, 31))),
        (
            {"achieved_from": "01/09/2019", "achieved_until": "31/08/2020"},
            (date(2019, 9, 1), date(2020, 8, 31)),
        ),
        (
            {"achieved_from": "2015", "achieved_until": "2019"},
            (date(2015, 1, 1), date(2019, 12, 31)),
        ),
    ],
)
def test_the_period_is_a_year_years_or_days(names, cells, period):
    line = {"recipient": "Nguyễn Văn An", "award": "LĐTT", **cells}

    (fact,) = read_line("conferrals", 2, line, names=names, today=TODAY).facts

    assert (fact["achieved_from"], fact["achieved_until"]) == period


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({}, "year"),
        ({"year": "2031"}, "year"),
        ({"achieved_from": "31/02/2020", "achieved_until": "2020"}, "achieved_from"),
        ({"year": "2023", "decided_on": "15/01/2031"}, "decided_on"),
        ({"year": "2023", "kind": "lạ"}, "kind"),
    ],
)
def test_what_a_line_lacks_or_gets_wrong_is_told_by_column(names, cells, column):
    line = {"recipient": "Nguyễn Văn An", "award": "LĐTT", **cells}

    draft = read_line("conferrals", 2, line, names=names, today=TODAY)

    assert [problem.column for problem in draft.problems] == [column]


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("HTXSNV", "excellent"),
        ("Hoàn thành xuất sắc nhiệm vụ", "excellent"),
        ("HTTNV", "good"),
        ("hoàn thành tốt", "good"),
        ("HTNV", "completed"),
        ("KHTNV", "failed"),
        ("A", ""),
    ],
)
def test_ratings_are_known_by_their_words(text, level):
    assert import_words.level(text) == level


def test_names_are_compared_with_accents_but_not_by_how_they_are_set():
    assert import_words.name_key("Ông NGUYỄN VĂN HOÀ") == import_words.name_key("Nguyễn Văn Hòa")
    assert import_words.name_key("ThS. Lê Thuý") == import_words.name_key("Lê Thúy")
    assert import_words.name_key("Nguyễn Văn Thành") != import_words.name_key("Nguyễn Văn Thanh")


def test_columns_are_guessed_by_heading_and_by_content():
    mapping = import_columns.guess(
        "conferrals",
        ["TT", "Ai", "Đơn vị công tác", "Được tặng", "Thời gian", "Ngày ký"],
        [{"0": "1", "1": "Nguyễn Văn An", "3": "LĐTT", "4": "2023", "5": "2024-01-15"}],
        is_award=lambda text: text == "LĐTT",
        is_level=lambda text: False,
    )

    assert mapping == {"recipient": 1, "unit": 2, "award": 3, "year": 4, "decided_on": 5}


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("đạt danh hiệu Lao động tiên tiến năm 2023", "2023"),
        ("giai đoạn 2019 - 2023", "2019-2023"),
        ("từ năm 2019 đến năm 2023", "2019-2023"),
        ("năm học 2022-2023", ""),
        ("Hà Nội, ngày 15 tháng 01 năm 2024", ""),
    ],
)
def test_years_are_those_of_the_achievement_never_of_a_day(text, years):
    assert years_in(text) == years


def test_one_recipient_may_stand_in_the_sentence_itself(names):
    content = a_word(
        a_paragraph("QUYẾT ĐỊNH"),
        a_paragraph("Điều 1. Tặng Giấy khen của Giám đốc Sở cho ông Lê Văn Tâm, Diễn viên Nhà hát "
                    "Kịch, đã có thành tích xuất sắc năm 2023."),
    )  # fmt: skip

    assert as_rows(of(content, names)) == [
        {
            "Họ và tên, tên tập thể": "ông Lê Văn Tâm",
            "Chức vụ": "Diễn viên",
            "Đơn vị": "Nhà hát Kịch",
            "Danh hiệu, hình thức khen thưởng": "Giấy khen của Giám đốc Sở",
            "Năm": "2023",
        }
    ]


def test_rows_within_a_table_may_say_the_award_and_other_columns_are_kept(names):
    content = a_word(
        a_paragraph("DANH SÁCH khen thưởng năm 2022"),
        a_table(
            ["STT", "Họ và tên", "Đơn vị", "Ghi chú"],
            ["I", "Danh hiệu Chiến sĩ thi đua cơ sở", "", ""],
            ["1", "Nguyễn Văn An", "Phòng Nghệ thuật", "vắng"],
            ["II", "Danh hiệu Lao động tiên tiến", "", ""],
            ["2", "Trần Thị Bình", "Phòng Kế hoạch", ""],
        ),
    )

    assert as_rows(of(content, names)) == [
        {
            "Họ và tên, tên tập thể": "Nguyễn Văn An",
            "Đơn vị": "Phòng Nghệ thuật",
            "Danh hiệu, hình thức khen thưởng": "Chiến sĩ thi đua cơ sở",
            "Năm": "2022",
            "Ghi chú": "vắng",
        },
        {
            "Họ và tên, tên tập thể": "Trần Thị Bình",
            "Đơn vị": "Phòng Kế hoạch",
            "Danh hiệu, hình thức khen thưởng": "Lao động tiên tiến",
            "Năm": "2022",
        },
    ]


def test_a_decision_in_pdf_is_read_as_in_word(names):
    across, down = [40.0, 80.0, 260.0, 460.0], [200.0, 225.0, 250.0, 275.0]
    rows = [
        ("STT", "Họ và tên", "Đơn vị"),
        ("1", "Nguyễn Văn An", "Phòng Nghệ thuật"),
        ("2", "Trần Thị Bình", "Phòng Kế hoạch"),
    ]
    cells = [
        Text(across[column] + 4, down[row] + 6, text)
        for row, texts in enumerate(rows)
        for column, text in enumerate(texts)
    ]
    head = some_lines(
        40,
        40,
        [
            "Số: 45/QĐ-SVHTT",
            "Hà Nội, ngày 20 tháng 12 năm 2023",
            "QUYẾT ĐỊNH",
            "Danh sách đạt danh hiệu Lao động tiên tiến năm 2023",
        ],
        leading=36,
    )

    listed = of(a_pdf([*head, *a_grid(across, down), *cells]), names)

    assert (listed.common["decision_number"], listed.common["decided_on"]) == (
        "45/QĐ-SVHTT",
        "20/12/2023",
    )
    assert [
        (row["Họ và tên, tên tập thể"], row["Đơn vị"], row["Năm"]) for row in as_rows(listed)
    ] == [
        ("Nguyễn Văn An", "Phòng Nghệ thuật", "2023"),
        ("Trần Thị Bình", "Phòng Kế hoạch", "2023"),
    ]


def test_a_paper_without_a_list_is_refused(names):
    content = a_word(
        a_paragraph("QUYẾT ĐỊNH"),
        a_paragraph("Điều 1. Ban hành Quy chế làm việc."),
        a_paragraph("1. Chánh Văn phòng, Trưởng phòng chịu trách nhiệm thi hành."),
    )

    with pytest.raises(Refused, match="Không thấy danh sách"):
        of(content, names)


def test_of_two_of_one_name_the_day_of_service_tells():
    unit, then, later = new_id(), new_id(), new_id()
    persons = Persons(
        [
            Known(
                then,
                "Nguyễn Văn An",
                posts=(Post(frozenset([unit]), date(2010, 1, 1), date(2015, 12, 31)),),
            ),
            Known(later, "Nguyễn Văn An", posts=(Post(frozenset([unit]), date(2016, 1, 1)),)),
        ]
    )
    who = Who("person", "Nguyễn Văn An", unit="Phòng Nghệ thuật")

    found = [
        persons.meant(who, units={unit}, on=day).key for day in (date(2014, 6, 1), date(2020, 6, 1))
    ]

    assert found == [then, later]


@pytest.mark.parametrize(
    ("text", "codes", "is_refused"),
    [
        ("LĐTT, CSTĐCS", ["DH_LDTT", "DH_CSTD_CS"], False),
        ("Lao động tiên tiến và Chiến sĩ thi đua cơ sở", ["DH_LDTT", "DH_CSTD_CS"], False),
        ("LĐTT; LĐTT", ["DH_LDTT"], False),
        ("Chiến sĩ thi đua bộ, ban, ngành, tỉnh", ["DH_CSTD_TINH"], False),
        ("LĐTT năm 2023, CSTĐCS năm 2022", [], True),
    ],
)
def test_several_awards_in_a_cell_are_each_taken_or_none(names, text, codes, is_refused):
    cells = {"recipient": "Lê Văn An", "award": text, "year": "2023"}

    draft = read_line("conferrals", 2, cells, names=names, today=TODAY)

    assert [fact["award"] for fact in draft.facts] == codes
    assert [problem.sentence for problem in draft.problems] == [TOGETHER] * is_refused


@pytest.mark.parametrize("written", ["05/1980", "5.1980", "1980"])
def test_of_a_birth_in_a_month_the_year_is_known(names, written):
    cells = {"recipient": "Lê Văn An", "born_on": written, "award": "LĐTT", "year": "2023"}

    draft = read_line("conferrals", 2, cells, names=names, today=TODAY)

    assert (draft.who.born_year, draft.who.born_on, draft.problems) == (1980, None, ())


def test_a_day_may_be_written_in_words(names):
    cells = {
        "recipient": "Lê Văn An", "award": "LĐTT", "year": "2023",
        "decided_on": "Ngày 15 tháng 01 năm 2024",
    }  # fmt: skip

    (fact,) = read_line("conferrals", 2, cells, names=names, today=TODAY).facts

    assert fact["decided_on"] == date(2024, 1, 15)


@pytest.mark.parametrize(
    ("text", "post", "unit"),
    [
        ("Trưởng phòng Nghệ thuật", "Trưởng phòng", "Phòng Nghệ thuật"),
        ("Phó Trưởng phòng Nghệ thuật", "Phó Trưởng phòng", "Phòng Nghệ thuật"),
        ("Chánh Văn phòng Sở", "Chánh Văn phòng", "Văn phòng Sở"),
        ("Phó Giám đốc Thư viện Hà Nội", "Phó Giám đốc", "Thư viện Hà Nội"),
        ("Trưởng phòng", "Trưởng phòng", ""),
        ("Chuyên viên, Phòng Nghệ thuật", "Chuyên viên", "Phòng Nghệ thuật"),
        ("Kế toán, Phòng Tổ chức - Pháp chế", "Kế toán", "Phòng Tổ chức - Pháp chế"),
        ("Phó Trưởng ban - Ban Di tích; Sở", "Phó Trưởng ban", "Ban Di tích; Sở"),
        ("Trường Cao đẳng Nghệ thuật", "", "Trường Cao đẳng Nghệ thuật"),
        ("Chuyên viên", "Chuyên viên", ""),
    ],
)
def test_a_unit_named_in_a_post_is_told_from_it(text, post, unit):
    assert import_words.post_and_unit(text) == (post, unit)


def test_rows_with_a_roman_number_name_the_unit_of_the_lines_below(names):
    listed = of(
        a_word(
            a_paragraph("Điều 1. Công nhận danh hiệu Lao động tiên tiến năm 2023:"),
            a_table(
                ("TT", "Họ và tên", "Ngày sinh"),
                ("I", "Phòng Nghệ thuật", ""),
                ("1", "Nguyễn Thị Hòa", "1980"),
                ("II", "Văn phòng Sở", ""),
                ("2", "Lê Thị Cúc", "1990"),
            ),
        ),
        names,
    )

    assert [(row["Họ và tên, tên tập thể"], row["Đơn vị"]) for row in as_rows(listed)] == [
        ("Nguyễn Thị Hòa", "Phòng Nghệ thuật"),
        ("Lê Thị Cúc", "Văn phòng Sở"),
    ]


def test_names_in_two_columns_of_a_table_are_whole(names):
    listed = of(
        a_word(
            a_paragraph("Điều 1. Công nhận danh hiệu Lao động tiên tiến năm 2023:"),
            a_table(
                ("TT", "Họ đệm", "Tên", "Năm sinh", "Năm sinh"),
                ("", "", "", "Nam", "Nữ"),
                ("1", "Nguyễn Thị", "Hòa", "", "1980"),
                ("2", "Trần Văn", "Bình", "1985", ""),
            ),
        ),
        names,
    )

    assert [(row["Họ và tên, tên tập thể"], row["Ngày sinh"]) for row in as_rows(listed)] == [
        ("Nguyễn Thị Hòa", "1980"),
        ("Trần Văn Bình", "1985"),
    ]


def test_a_word_before_a_colon_is_no_recipient(names):
    listed = of(
        a_word(
            a_paragraph("Điều 1. Tặng Giấy khen cho các tập thể, cá nhân năm 2023:"),
            a_paragraph("1. Tập thể:"),
            a_paragraph("- Phòng Quản lý Di sản;"),
            a_paragraph("2. Cá nhân:"),
            a_paragraph("- Ông Nguyễn Văn An, Trưởng phòng Nghệ thuật."),
        ),
        names,
    )

    assert [row["Họ và tên, tên tập thể"] for row in as_rows(listed)] == [
        "Phòng Quản lý Di sản", "Ông Nguyễn Văn An",
    ]  # fmt: skip


def test_the_day_of_a_law_among_the_grounds_is_not_that_of_the_decision(names):
    listed = of(
        a_word(
            a_table(
                ("SỞ VĂN HÓA VÀ THỂ THAO", "Số: 125/QĐ-SVHTT"),
                ("QUYẾT ĐỊNH Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022;", ""),
            ),
            a_paragraph("Điều 1. Công nhận danh hiệu Lao động tiên tiến năm 2023 cho:"),
            a_paragraph("1. Ông Nguyễn Văn An, Chuyên viên."),
        ),
        names,
    )

    assert (listed.common["decision_number"], listed.common["decided_on"]) == ("125/QĐ-SVHTT", "")
