from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vinhdanh.common.calendar import (
    day_off_name,
    is_day_off,
    last_working_day_before,
    next_working_day,
)


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2025, 2, 1), "Tết Nguyên đán"),
        (date(2025, 2, 15), "thứ Bảy"),
        (date(2025, 3, 30), "Chủ nhật"),
        (date(2025, 2, 28), None),
        (date(2026, 1, 1), "Tết Dương lịch"),
        (date(2026, 4, 26), "Giỗ Tổ Hùng Vương"),
        (date(2026, 4, 27), "nghỉ bù Giỗ Tổ Hùng Vương"),
        (date(2025, 5, 2), "ngày nghỉ hoán đổi"),
        (date(2025, 9, 2), "Quốc khánh 02/9"),
    ],
)
def test_a_day_off_is_named(day, name):
    assert day_off_name(day) == name


def test_a_saturday_worked_in_exchange_is_a_working_day():
    assert not is_day_off(date(2025, 4, 26))


def test_announced_days_are_heeded():
    friday, saturday = date(2026, 7, 3), date(2026, 7, 4)

    assert day_off_name(friday, off={friday}) == "ngày nghỉ"
    assert not is_day_off(saturday, working={saturday})
    assert next_working_day(friday, off={friday}, working={saturday}) == saturday


def test_the_last_working_day_before_tet_lies_before_the_whole_feast():
    assert last_working_day_before(date(2025, 2, 1)) == date(2025, 1, 24)


@given(st.dates(date(2000, 1, 1), date(2060, 1, 1)))
def test_working_days_lie_on_their_side_of_the_day(day):
    after, before = next_working_day(day), last_working_day_before(day)

    assert before < day <= after
    assert not is_day_off(after)
    assert not is_day_off(before)
    assert all(is_day_off(before + timedelta(days=n)) for n in range(1, (day - before).days))
