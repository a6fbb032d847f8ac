from datetime import date

import pytest

from vinhdanh.plans.rules.occurrences import Timing, occurrences


def days(timing: Timing, year: int = 2026) -> list[tuple[str, date | None, date | None]]:
    return [(made.label, made.starts_on, made.due_on) for made in occurrences(timing, year=year)]


def test_before_a_day_leaves_that_day_out():
    timing = Timing("before", "Trước ngày 15/02/2026", on=date(2026, 2, 15))

    [made] = occurrences(timing, year=2026)

    assert (made.label, made.starts_on, made.due_on) == ("", None, date(2026, 2, 14))
    assert made.reason == (
        "Kế hoạch ghi “Trước ngày 15/02/2026”. Trước ngày 15/02/2026 là không tính chính ngày đó, "
        "nên ngày cuối còn đúng hạn là thứ Bảy, 14/02/2026."
    )


def test_before_the_first_of_the_year_falls_in_the_year_before():
    assert days(Timing("before", on=date(2026, 1, 1))) == [("", None, date(2025, 12, 31))]


def test_by_a_day_takes_that_day_in():
    assert days(Timing("by", on=date(2026, 6, 30))) == [("", None, date(2026, 6, 30))]


def test_several_days_are_several_occurrences_in_order():
    timing = Timing("before", on=date(2026, 12, 15), more=(date(2026, 6, 15),))

    assert days(timing) == [
        ("Lần 1", None, date(2026, 6, 14)),
        ("Lần 2", None, date(2026, 12, 14)),
    ]


def test_a_period_is_due_on_its_last_day():
    timing = Timing("period", start=date(2026, 11, 1), on=date(2026, 12, 31))

    assert days(timing) == [("", date(2026, 11, 1), date(2026, 12, 31))]


def test_every_month_without_a_day_is_due_at_each_end_of_month():
    made = days(Timing("recurring", every="month"), 2028)

    assert len(made) == 12
    assert made[0] == ("Tháng 1", date(2028, 1, 1), date(2028, 1, 31))
    assert made[1] == ("Tháng 2", date(2028, 2, 1), date(2028, 2, 29))
    assert made[11] == ("Tháng 12", date(2028, 12, 1), date(2028, 12, 31))


def test_before_the_fifteenth_of_each_month_is_the_fourteenth():
    timing = Timing(
        "recurring", "Trước ngày 15 hàng tháng", every="month", day=15, excludes_day=True
    )

    made = occurrences(timing, year=2026)

    assert [one.due_on for one in made] == [date(2026, month, 14) for month in range(1, 13)]
    assert made[2].reason == (
        "Kế hoạch ghi “Trước ngày 15 hàng tháng”. Trước ngày 15 của tháng là không tính chính "
        "ngày đó, nên ngày cuối còn đúng hạn của tháng 3 là thứ Bảy, 14/03/2026."
    )


def test_before_the_first_of_each_month_is_the_end_of_the_month_before():
    made = days(Timing("recurring", every="month", day=1, excludes_day=True))

    assert made[0] == ("Tháng 1", date(2025, 12, 31), date(2025, 12, 31))
    assert made[2] == ("Tháng 3", date(2026, 2, 28), date(2026, 2, 28))


def test_a_day_that_a_month_lacks_is_its_last_day():
    made = days(Timing("recurring", every="month", day=31))

    assert made[1][2] == date(2026, 2, 28)
    assert made[3][2] == date(2026, 4, 30)


def test_the_fifth_of_the_month_after_the_quarter():
    timing = Timing(
        "recurring",
        "Ngày 05 của tháng đầu quý sau",
        every="quarter",
        day=5,
        next_period=True,
    )

    assert days(timing) == [
        ("Quý I", date(2026, 1, 1), date(2026, 4, 5)),
        ("Quý II", date(2026, 4, 1), date(2026, 7, 5)),
        ("Quý III", date(2026, 7, 1), date(2026, 10, 5)),
        ("Quý IV", date(2026, 10, 1), date(2027, 1, 5)),
    ]


def test_half_years_and_years():
    assert days(Timing("recurring", every="half-year", day=20)) == [
        ("6 tháng đầu năm", date(2026, 1, 1), date(2026, 6, 20)),
        ("6 tháng cuối năm", date(2026, 7, 1), date(2026, 12, 20)),
    ]
    assert days(Timing("recurring", every="year")) == [
        ("Năm 2026", date(2026, 1, 1), date(2026, 12, 31))
    ]


def test_a_school_year_runs_from_august_to_july():
    monthly = occurrences(Timing("recurring", every="month"), year=2026, first_month=8)
    halves = occurrences(Timing("recurring", every="half-year"), year=2026, first_month=8)
    [whole] = occurrences(Timing("continuous"), year=2026, first_month=8)

    assert (monthly[0].label, monthly[0].due_on) == ("Tháng 8", date(2026, 8, 31))
    assert (monthly[11].label, monthly[11].due_on) == ("Tháng 7", date(2027, 7, 31))
    assert [one.label for one in halves] == ["Tháng 08/2026 – 01/2027", "Tháng 02/2027 – 07/2027"]
    assert (whole.starts_on, whole.due_on) == (date(2026, 8, 1), date(2027, 7, 31))


def test_continuous_work_is_one_line_for_the_whole_year():
    assert days(Timing("continuous", "Thường xuyên")) == [
        ("Cả năm", date(2026, 1, 1), date(2026, 12, 31))
    ]


def test_what_others_set_waits_without_a_day():
    [made] = occurrences(Timing("external", "Theo lịch của Thành phố"), year=2026)

    assert (made.label, made.starts_on, made.due_on) == ("", None, None)
    assert made.reason.startswith("Kế hoạch ghi “Theo lịch của Thành phố”. Chờ nơi khác")


@pytest.mark.parametrize(
    "timing",
    [
        Timing(""),
        Timing("before"),
        Timing("by"),
        Timing("period", on=date(2026, 3, 1)),
        Timing("period", start=date(2026, 3, 2), on=date(2026, 3, 1)),
        Timing("recurring"),
    ],
)
def test_a_timing_that_lacks_its_days_is_not_complete(timing: Timing):
    assert not timing.is_complete


@pytest.mark.parametrize(
    "timing",
    [
        Timing("before", on=date(2026, 3, 1)),
        Timing("period", start=date(2026, 3, 1), on=date(2026, 3, 1)),
        Timing("recurring", every="quarter"),
        Timing("continuous"),
        Timing("external"),
    ],
)
def test_a_timing_with_its_days_is_complete(timing: Timing):
    assert timing.is_complete
