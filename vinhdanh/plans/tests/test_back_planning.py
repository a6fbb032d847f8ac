"""Counting back in working days: the days, and the sentences that explain them."""

from datetime import date

from vinhdanh.common.calendar import SpecialDays
from vinhdanh.plans.rules.back_planning import DEFAULTS, Step, Suggestion, suggestions

_NONE = SpecialDays()


def test_each_step_is_counted_back_from_the_step_after_it():
    steps = [Step("Họp Hội đồng", 5), Step("Thẩm định", 10)]

    found = suggestions(date(2026, 4, 6), steps, special=_NONE)

    assert found == [
        Suggestion(date(2026, 3, 30), "5 ngày làm việc trước ngày đích (thứ Hai, 06/04/2026)."),
        Suggestion(
            date(2026, 3, 16), "10 ngày làm việc trước bước “Họp Hội đồng” (thứ Hai, 30/03/2026)."
        ),
    ]


def test_days_off_are_named_and_not_counted_and_worked_weekends_are():
    found = suggestions(date(2026, 9, 7), [Step("Thẩm định", 8)], special=_NONE)

    assert found == [
        Suggestion(
            date(2026, 8, 22),
            "8 ngày làm việc trước ngày đích (thứ Hai, 07/09/2026); không tính ngày nghỉ: "
            "ngày nghỉ hoán đổi (31/08/2026), Quốc khánh 02/9 (từ 01/09/2026 đến 02/09/2026); "
            "tính cả ngày làm bù: thứ Bảy, 22/08/2026.",
        )
    ]


def test_tet_lies_between_two_steps():
    (found,) = suggestions(date(2026, 2, 23), [Step("Bình xét", 5)], special=_NONE)

    assert found == Suggestion(
        date(2026, 2, 9),
        "5 ngày làm việc trước ngày đích (thứ Hai, 23/02/2026); không tính ngày nghỉ: "
        "Tết Nguyên đán (từ 16/02/2026 đến 20/02/2026).",
    )


def test_announced_days_count_by_their_names():
    special = SpecialDays(
        off=frozenset([date(2026, 3, 4)]),
        working=frozenset([date(2026, 3, 7)]),
        names={date(2026, 3, 4): "Nghỉ tránh bão"},
    )

    (found,) = suggestions(date(2026, 3, 9), [Step("Thẩm định", 5)], special=special)

    assert found == Suggestion(
        date(2026, 3, 2),
        "5 ngày làm việc trước ngày đích (thứ Hai, 09/03/2026); không tính ngày nghỉ: "
        "Nghỉ tránh bão (04/03/2026); tính cả ngày làm bù: thứ Bảy, 07/03/2026.",
    )


def test_a_step_of_no_days_falls_on_the_day_of_the_step_after_it():
    (found,) = suggestions(date(2026, 3, 14), [Step("Gửi hồ sơ", 0)], special=_NONE)

    assert found == Suggestion(date(2026, 3, 14), "Cùng ngày với ngày đích (thứ Bảy, 14/03/2026).")


def test_the_steps_of_the_house_lead_from_units_to_the_council():
    found = suggestions(date(2026, 12, 25), DEFAULTS, special=_NONE)

    days = [each.due_on for each in found]
    assert days == [date(2026, 12, 18), date(2026, 12, 4), date(2026, 11, 27), date(2026, 11, 12)]
