"""The day on which the law is read: pairs around each day of change."""

from datetime import date

import pytest

from vinhdanh.common.refusal import Refused
from vinhdanh.law.book import read_book
from vinhdanh.law.transitions import applicable

BOOK = read_book()


@pytest.mark.parametrize(
    ("aspect", "received", "because", "beside"),
    [
        ("criteria", date(2024, 1, 1), "Luật 06/2022/QH15 Điều 96", None),
        ("criteria", date(2026, 9, 30), "Luật 06/2022/QH15 Điều 96", None),
        ("criteria", date(2026, 10, 1), "Luật 06/2026/QH16 Điều 4", None),
        ("vote", date(2025, 6, 30), "NĐ 152/2025/NĐ-CP Điều 60 khoản 3", None),
        ("vote", date(2025, 7, 1), "NĐ 152/2025/NĐ-CP Điều 60 khoản 2, 3", date(2025, 6, 30)),
        ("dossier", date(2025, 12, 31), "NĐ 152/2025/NĐ-CP Điều 60 khoản 2, 3", date(2025, 6, 30)),
        ("dossier", date(2026, 1, 1), "NĐ 152/2025/NĐ-CP Điều 60 khoản 2, 3", None),
        ("dossier", date(2027, 2, 28), "NĐ 152/2025/NĐ-CP Điều 60 khoản 2, 3", None),
        ("dossier", date(2027, 3, 1), "NĐ 152/2025/NĐ-CP Điều 60 khoản 1", None),
    ],
)
def test_criteria_and_procedure_go_by_the_day_of_receipt(aspect, received, because, beside):
    found = applicable(aspect, book=BOOK, received=received, decided=received)

    assert (found.day, found.beside) == (received, beside)
    assert found.because.endswith(f"({because})")


def test_a_dossier_received_before_a_more_favourable_law_is_looked_at_by_both():
    found = applicable("criteria", book=BOOK, received=date(2026, 9, 30), decided=date(2026, 10, 1))

    assert (found.day, found.beside, found.grade) == (date(2026, 9, 30), date(2026, 10, 1), "B")
    assert "có lợi hơn" in found.because


def test_bonuses_go_by_the_day_of_the_decision_whenever_received():
    found = applicable("bonus", book=BOOK, received=date(2026, 6, 1), decided=date(2026, 7, 1))

    assert found.day == date(2026, 7, 1)
    assert found.because.endswith("(NĐ 152/2025/NĐ-CP Điều 49 khoản 1)")


def test_without_a_day_of_receipt_the_period_of_achievement_decides():
    found = applicable("criteria", book=BOOK, achieved=date(2025, 12, 31))

    assert found.day == date(2025, 12, 31)
    assert found.because.endswith("(NĐ 152/2025/NĐ-CP Điều 33 khoản 7)")


def test_without_the_day_that_decides_it_is_refused():
    with pytest.raises(Refused, match="hãy cho biết ngày ban hành quyết định"):
        applicable("bonus", book=BOOK, received=date(2026, 6, 1))
    with pytest.raises(Refused, match="ngày tiếp nhận hồ sơ hoặc thời gian lập thành tích"):
        applicable("criteria", book=BOOK)


def test_a_day_before_the_first_rule_is_refused():
    with pytest.raises(Refused, match="ngày tiếp nhận hồ sơ 31/12/2023"):
        applicable("vote", book=BOOK, received=date(2023, 12, 31))
