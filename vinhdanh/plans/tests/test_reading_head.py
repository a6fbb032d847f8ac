"""The head of a plan: title, issuer, number and day of issue, in the ways they are printed."""

from datetime import date

import pytest

from vinhdanh.documents.rules.reading import read_text
from vinhdanh.plans.rules.reading import read_plan

REST = (
    "I. NỘI DUNG\n1. Theo phụ lục.\nPHỤ LỤC\nTT\tNội dung\tChủ trì\tPhối hợp\tThời gian\n"
    "1\tSơ kết thi đua\tVăn phòng\tCác phòng\tTháng 6"
)


def a_head(*issuer, number="Số: 21/KH-SCT", placed="A, ngày 5 tháng 3 năm 2026", title="KẾ HOẠCH"):
    lines = [*issuer, number, placed, title, "Công tác thi đua, khen thưởng năm 2026"]
    return read_plan(read_text("\n\n".join(lines) + "\n\n" + REST))


@pytest.mark.parametrize("placed", ["Hà Nam, ngày 05/3/2026", "Hà Nam, ngày 5-3-2026"])
def test_the_day_of_issue_may_be_in_figures(placed):
    plan = a_head("SỞ CÔNG THƯƠNG", placed=placed)

    assert plan.issued_on == date(2026, 3, 5)
    assert plan.findings == ()


def test_what_a_form_leaves_to_fill_in_is_blank():
    plan = a_head(
        "SỞ CÔNG THƯƠNG",
        number="Số: [Số văn bản]/KH-SCT",
        placed="Hà Nam, ngày [ngày] tháng [tháng] năm 2026",
    )

    assert (plan.number, plan.issued_on) == (None, None)
    assert [found.kind for found in plan.findings] == ["blank", "blank"]


@pytest.mark.parametrize("title", ["K Ế  H O Ạ C H", "K Ế H O Ạ C H"])
def test_a_title_may_be_spaced(title):
    assert a_head("SỞ CÔNG THƯƠNG", title=title).title == (
        "KẾ HOẠCH Công tác thi đua, khen thưởng năm 2026"
    )


def test_a_body_that_leads_an_office_issues_in_its_name():
    plan = a_head("TỈNH ĐOÀN QUẢNG TRỊ", "BAN THƯỜNG VỤ")

    assert plan.issuer == "BAN THƯỜNG VỤ TỈNH ĐOÀN QUẢNG TRỊ"
