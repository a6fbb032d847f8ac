from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vinhdanh.common.calendar import (
    EXCHANGED,
    day_off_name,
    exchanged_by,
    is_day_off,
    last_working_day_before,
    next_working_day,
    off_between,
    worked_weekends,
    working_days_before,
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
    assert day_off_name(friday, off={friday}, names={friday: "Ngày hội"}) == "Ngày hội"
    assert not is_day_off(saturday, working={saturday})
    assert next_working_day(friday, off={friday}, working={saturday}) == saturday


def test_the_last_working_day_before_tet_lies_before_the_whole_feast():
    assert last_working_day_before(date(2025, 2, 1)) == date(2025, 1, 24)


def test_a_saturday_worked_for_the_last_days_of_the_year_before_is_a_working_day():
    assert not is_day_off(date(2019, 1, 5))


@pytest.mark.parametrize(
    ("day", "count", "found"),
    [
        (date(2026, 3, 16), 10, date(2026, 3, 2)),
        (date(2026, 2, 23), 1, date(2026, 2, 13)),
        (date(2026, 2, 18), 3, date(2026, 2, 11)),
        (date(2026, 8, 24), 1, date(2026, 8, 22)),
        (date(2026, 9, 3), 1, date(2026, 8, 28)),
        (date(2026, 9, 6), 0, date(2026, 9, 6)),
    ],
)
def test_working_days_are_counted_back_from_a_day_that_is_not_counted(day, count, found):
    assert working_days_before(day, count) == found


def test_counting_back_heeds_announced_days():
    friday, saturday = date(2026, 7, 10), date(2026, 7, 4)
    heeded = {"off": {friday}, "working": {saturday}}

    assert working_days_before(date(2026, 7, 11), 1, **heeded) == date(2026, 7, 9)
    assert working_days_before(date(2026, 7, 6), 1, **heeded) == saturday


def test_the_public_holidays_of_2025_are_those_announced():
    assert off_between(date(2025, 1, 1), date(2025, 12, 31)) == [
        (date(2025, 1, 1), date(2025, 1, 1), "Tết Dương lịch"),
        (date(2025, 1, 27), date(2025, 2, 1), "Tết Nguyên đán"),
        (date(2025, 4, 7), date(2025, 4, 7), "Giỗ Tổ Hùng Vương"),
        (date(2025, 4, 30), date(2025, 4, 30), "Ngày Chiến thắng 30/4"),
        (date(2025, 5, 1), date(2025, 5, 1), "Ngày Quốc tế lao động 01/5"),
        (date(2025, 5, 2), date(2025, 5, 2), "ngày nghỉ hoán đổi"),
        (date(2025, 9, 1), date(2025, 9, 2), "Quốc khánh 02/9"),
    ]
    assert worked_weekends(date(2025, 1, 1), date(2025, 12, 31)) == [date(2025, 4, 26)]


def test_the_days_exchanged_in_2026_are_those_announced():
    first, last = date(2026, 1, 1), date(2026, 12, 31)

    assert [run[:2] for run in off_between(first, last) if run[2] == EXCHANGED] == [
        (date(2026, 1, 2), date(2026, 1, 2)),
        (date(2026, 8, 31), date(2026, 8, 31)),
    ]
    assert worked_weekends(first, last) == [date(2026, 1, 10), date(2026, 8, 22)]
    assert exchanged_by(date(2026, 1, 10)) == "Văn bản 12729/VPCP-KGVX ngày 25/12/2025"
    assert exchanged_by(date(2026, 8, 31)) == ""


def test_days_of_one_name_are_one_run_across_a_weekend_but_not_across_a_working_day():
    thursday, friday, monday, wednesday = (date(2026, 7, day) for day in (9, 10, 13, 15))
    names = dict.fromkeys((friday, monday, wednesday), "Bão")

    assert off_between(thursday, date(2026, 7, 16), off=set(names), names=names) == [
        (friday, monday, "Bão"),
        (wednesday, wednesday, "Bão"),
    ]


@given(st.dates(date(2000, 1, 1), date(2060, 1, 1)), st.integers(0, 40))
def test_as_many_working_days_lie_between_as_were_counted_back(day, count):
    found = working_days_before(day, count)

    between = (found + timedelta(days=n) for n in range((day - found).days))
    assert sum(not is_day_off(each) for each in between) == count


@given(st.dates(date(2000, 1, 1), date(2060, 1, 1)))
def test_working_days_lie_on_their_side_of_the_day(day):
    after, before = next_working_day(day), last_working_day_before(day)

    assert before < day <= after
    assert not is_day_off(after)
    assert not is_day_off(before)
    assert all(is_day_off(before + timedelta(days=n)) for n in range(1, (day - before).days))
