"""The words of a row that stand again elsewhere with another date."""

import pytest

from vinhdanh.documents.rules.reading import read_text
from vinhdanh.plans.rules.reading import read_plan
from vinhdanh.plans.tests.test_findings import COLUMNS, HEAD, a_plan, kinds


@pytest.mark.parametrize(
    "sentence",
    [
        "Kiểm kê tài sản công của cơ quan trước ngày 16/10/2026.",
        "Các đơn vị kiểm kê tài sản công của cơ quan trước ngày 16/10/2026.",
        "Văn phòng tổ chức kiểm kê tài sản công của cơ quan, hoàn thành trước ngày 16/10/2026.",
    ],
)
def test_the_very_words_of_a_row_with_another_date_in_the_body_are_one_duty(sentence):
    plan = a_plan(
        ("Kiểm kê tài sản công của cơ quan", "Trước ngày 10/6/2026"),
        body=("I. NỘI DUNG", f"1. {sentence}"),
    )

    assert kinds(plan) == [("conflicting-due", ("1",))]


@pytest.mark.parametrize(
    "sentence",
    [
        "Kiểm kê tài sản công của cơ quan trước ngày 10/6/2026.",
        "Kiểm kê tài sản công của cơ quan lần 2 trước ngày 16/10/2026.",
        "Hướng dẫn kiểm kê tài sản công của cơ quan trước ngày 22/5/2026.",
        "Thanh tra kiểm kê tài sản công của cơ quan trước ngày 16/10/2026.",
    ],
)
def test_the_words_of_a_row_inside_another_duty_are_no_conflict(sentence):
    plan = a_plan(
        ("Kiểm kê tài sản công của cơ quan", "Trước ngày 10/6/2026"),
        body=("I. NỘI DUNG", f"1. {sentence}"),
    )

    assert kinds(plan) == []


def test_rows_of_one_wording_under_two_parents_are_two_duties():
    lines = (
        "1\tKhối sở, ngành\tVăn phòng\t\t",
        "1.1\tGặp mặt các đơn vị của khối\tVăn phòng\t\tTrước ngày 10/6/2026",
        "2\tKhối doanh nghiệp\tVăn phòng\t\t",
        "2.1\tGặp mặt các đơn vị của khối\tVăn phòng\t\tTrước ngày 16/10/2026",
    )
    body = ("I. NỘI DUNG", "1. Thực hiện theo phụ lục.", "PHỤ LỤC", COLUMNS)
    plan = read_plan(read_text(HEAD + "\n".join((*body, *lines))))

    assert [finding for finding in plan.findings if finding.kind == "conflicting-due"] == []
