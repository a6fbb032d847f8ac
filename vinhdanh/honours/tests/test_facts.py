import re
from datetime import date

import pytest

from vinhdanh.common.refusal import Refused
from vinhdanh.honours.rules.facts import (
    Facts,
    HeldAward,
    HeldPosition,
    KnownDiscipline,
    KnownInitiative,
    Members,
    read,
)
from vinhdanh.honours.tests.make_book import a_book

WHOLE = """\
recipient: person
year: 2025
sex: female
ratings: {2023: excellent, 2024: good}
awards:
  - {code: DH_BASE, year: 2024}
  - {code: HT_BASE, year: 2023, class: dot_xuat, decided_on: 2024-02-01, period: [2021, 2023-12-31]}
initiatives: [{year: 2025, reach: grassroots}]
disciplines: [{from: 2022-03-01, to: 2023-03-01}]
positions: [{title: department_director, from: 2010-01-01, to: 2025-06-30}]
retires_on: 2025-07-01
open_matters: [petition]
members: {total: 20, completed: 20, advanced: 14, grassroots_fighters: 1, disciplined: 0}
occupation: worker
sorts: [foreign]
later_retirement: true
"""


@pytest.fixture
def a_file(tmp_path):
    def write(text):
        path = tmp_path / "facts.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_every_key_of_the_file_becomes_a_fact(a_file):
    assert read(a_file(WHOLE), book=a_book()) == Facts(
        recipient="person",
        year=2025,
        sex="female",
        ratings={2023: "excellent", 2024: "good"},
        awards=(
            HeldAward("DH_BASE", 2024),
            HeldAward("HT_BASE", 2023, date(2024, 2, 1), "ad_hoc", (2021, 2023)),
        ),
        initiatives=(KnownInitiative(2025, "grassroots"),),
        disciplines=(KnownDiscipline(date(2022, 3, 1), date(2023, 3, 1)),),
        positions=(HeldPosition("department_director", date(2010, 1, 1), date(2025, 6, 30)),),
        retires_on=date(2025, 7, 1),
        open_matters=("petition",),
        members=Members(20, 20, 14, 1, 0),
        occupation="worker",
        sorts=("foreign",),
        later_retirement=True,
    )


@pytest.mark.parametrize(
    ("code", "of_class"),
    [
        ("merit", "merit"),
        ("cong_trang", "merit"),
        ("phong_trao", "movement"),
        ("chuyen_de", "theme"),
        ("thematic", "theme"),
        ("dot_xuat", "ad_hoc"),
        ("cong_hien", "service"),
        ("nien_han", "seniority"),
        ("doi_ngoai", "foreign"),
    ],
)
def test_the_class_is_read_in_english_and_in_vietnamese_codes(a_file, code, of_class):
    text = (
        f"recipient: person\nyear: 2025\nawards: [{{code: DH_BASE, year: 2024, class: {code}}}]\n"
    )

    assert read(a_file(text), book=a_book()).awards[0].of_class == of_class


@pytest.mark.parametrize(
    ("line", "text", "number"),
    [
        ("sex: 1", "giá trị không hợp lệ", 3),
        ("shoes: 42", "khóa lạ “shoes”", 3),
        ("ratings: {2023: best}", "giá trị không hợp lệ", 3),
        ("ratings: {1023: good}", "phải từ 1930 trở lên", 3),
        ("ratings: {năm: good}", "giá trị không hợp lệ", 3),
        ("awards: [{code: DH_NONE, year: 2024}]", "không có danh hiệu, hình thức “DH_NONE”", 3),
        ("awards: [{code: DH_BASE}]", "thiếu khóa “year”", 3),
        ("awards: [{code: DH_BASE, year: true}]", "phải là số nguyên", 3),
        ("awards: [{code: DH_BASE, year: 2024, class: xyz}]", "giá trị không hợp lệ", 3),
        ("awards: [{code: DH_BASE, year: 2024, period: [2024, 2022]}]", "năm cuối", 3),
        ("initiatives: [{year: 2025, reach: world}]", "giá trị không hợp lệ", 3),
        ("disciplines: [{from: 2022-02-31, to: 2023-03-01}]", "2022-02-31", 3),
        ("disciplines: [{from: 2022-03-01, to: 2021-03-01}]", "ngày cuối", 3),
        ("positions: [{title: '', from: 2010-01-01}]", "không được để trống", 3),
        ("retires_on: soon", "phải là ngày", 3),
        ("open_matters: [gossip]", "giá trị không hợp lệ", 3),
        ("members: {total: 5, advanced: 6}", "không thể nhiều hơn tổng số", 3),
        ("members: {total: -1}", "phải từ 0 trở lên", 3),
        ("year: 2024", "khóa lặp lại “year”", 3),
    ],
)
def test_what_is_no_fact_is_refused_with_its_line(a_file, line, text, number):
    path = a_file(f"recipient: person\nyear: 2025\n{line}\n")

    with pytest.raises(Refused, match=re.escape(text)) as refusal:
        read(path, book=a_book())

    assert str(refusal.value).startswith(f"{path}:{number}: ")


@pytest.mark.parametrize(
    "text", ["", "[1, 2]", "recipient: person\n", "recipient: planet\nyear: 2025\n", "a: [", "\0"]
)
def test_a_file_that_is_none_is_refused(a_file, text):
    with pytest.raises(Refused, match=r"facts\.yaml:\d+: "):
        read(a_file(text), book=a_book())
