from datetime import date

import pytest
from django.core.paginator import Paginator
from django.utils.translation import override

from vinhdanh.common.templatetags import ui

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 11, 28), "Còn 6 ngày"),
        (date(2026, 11, 22), "Hôm nay"),
        (date(2026, 11, 19), "Quá hạn 3 ngày"),
        (date(2027, 1, 1), "Còn 40 ngày"),
        (None, "Chờ ngày"),
    ],
)
def test_a_due_day_is_told_by_its_distance(day, said):
    assert ui.distance(day, TODAY) == said


def test_a_day_is_told_with_its_weekday_in_both_languages():
    assert ui.long_day(date(2025, 2, 28)) == "thứ Sáu, 28/02/2025"
    with override("en"):
        assert ui.long_day(date(2025, 2, 28)) == "Friday, 28/02/2025"
    assert ui.long_day(None) == ""


def test_a_state_is_word_icon_and_colour():
    shown = ui.chip("good", "Đã <xong>", "check-circle")

    assert "chip-good" in shown
    assert "#check-circle" in shown
    assert "Đã &lt;xong&gt;" in shown


def test_a_colour_or_an_icon_that_does_not_exist_fails_loudly():
    with pytest.raises(ValueError, match="purple"):
        ui.chip("purple", "Đã xong")
    with pytest.raises(ValueError, match="unicorn"):
        ui.icon("unicorn")


def test_long_lists_of_pages_have_gaps():
    pages = Paginator(range(1000), 10)

    assert list(ui.page_numbers(pages, 50)) == [1, None, 48, 49, 50, 51, 52, None, 100]
