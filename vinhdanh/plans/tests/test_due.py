from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vinhdanh.plans.rules.due import read_due


def shown(text, **given_year):
    due = read_due(text, **{"year": 2026, **given_year})
    if due is None:
        return "none"
    return " ".join(str(value) for key, value in due.as_json().items() if key != "text")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Trước ngày 30/12/2024", "before 2024-12-30"),
        ("Hoàn thành trước ngày 30/5/2025", "before 2025-05-30"),
        ("Trước 15/6/2026", "before 2026-06-15"),
        ("30/6/2026", "by 2026-06-30"),
        ("Chậm nhất ngày 10/10", "by 2026-10-10"),
        ("Tháng 3", "period 2026-03-01 2026-03-31"),
        ("Tháng 11-12/2026", "period 2026-11-01 2026-12-31"),
        ("Quý I", "period 2026-01-01 2026-03-31"),
        ("6 tháng đầu năm", "period 2026-01-01 2026-06-30"),
        ("Từ ngày 01/3 đến ngày 29/4", "period 2026-03-01 2026-04-29"),
        ("Hàng tháng", "recurring month None"),
        ("Hàng tháng, quý", "recurring month None"),
        ("Trước ngày 15 hàng tháng", "recurring month 15"),
        ("Ngày 05 của tháng đầu quý sau", "recurring quarter 5"),
        ("Thường xuyên", "continuous"),
        ("Theo lịch của UBND tỉnh", "external"),
        ("Sau khi có hướng dẫn của Sở", "external"),
    ],
)
def test_the_times_of_the_founding_list_are_read(text, meant):
    assert shown(text) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("15.6.2026", "by 2026-06-15"),
        ("15-6-2026", "by 2026-06-15"),
        ("15/6/26", "by 2026-06-15"),
        ("ngày 15 tháng 6 năm 2026", "by 2026-06-15"),
        ("Trước ngày 10 tháng 12", "before 2026-12-10"),
        ("tháng 3, 4", "period 2026-03-01 2026-04-30"),
        ("tháng 3 và tháng 4/2026", "period 2026-03-01 2026-04-30"),
        ("Quý II/2026", "period 2026-04-01 2026-06-30"),
        ("Quý 1-2", "period 2026-01-01 2026-06-30"),
        ("quý I và quý III", "period 2026-01-01 2026-09-30"),
        ("Quý IV/2025 - Quý I/2026", "period 2025-10-01 2026-03-31"),
        ("Tháng 12/2025", "period 2025-12-01 2025-12-31"),
        ("T11/2026", "period 2026-11-01 2026-11-30"),
        ("Tháng Giêng năm 2026", "period 2026-01-01 2026-01-31"),
        ("Tháng Tư", "period 2026-04-01 2026-04-30"),
        ("06 tháng cuối năm", "period 2026-07-01 2026-12-31"),
        ("9 tháng đầu năm", "period 2026-01-01 2026-09-30"),
        ("Tháng 01 đến tháng 6", "period 2026-01-01 2026-06-30"),
        ("Từ tháng 3 - tháng 5", "period 2026-03-01 2026-05-31"),
        ("Từ tháng 11 đến tháng 2", "period 2026-11-01 2027-02-28"),
        ("Từ tháng 12 đến tháng 3/2026", "period 2025-12-01 2026-03-31"),
        ("Từ 15-20/3/2026", "period 2026-03-15 2026-03-20"),
        ("01/3-29/4/2026", "period 2026-03-01 2026-04-29"),
        ("Từ ngày 15 đến ngày 20 tháng 3 năm 2026", "period 2026-03-15 2026-03-20"),
        ("Tuần 2 tháng 3", "period 2026-03-08 2026-03-14"),
        ("Tuần cuối tháng 9", "period 2026-09-24 2026-09-30"),
        ("đầu tháng 5", "period 2026-05-01 2026-05-10"),
        ("Cuối tháng 5", "period 2026-05-21 2026-05-31"),
        ("Cuối quý I", "period 2026-03-01 2026-03-31"),
        ("cuối năm", "period 2026-10-01 2026-12-31"),
        ("trong năm 2026", "period 2026-01-01 2026-12-31"),
        ("Dự kiến tháng 10/2026", "period 2026-10-01 2026-10-31"),
        ("Tháng 3 (theo lịch của Thành phố)", "period 2026-03-01 2026-03-31"),
        ("Sau ngày 15/6/2026", "period 2026-06-16 2026-12-31"),
        ("Tháng 12 hằng năm", "period 2026-12-01 2026-12-31"),
    ],
)
def test_days_and_periods_are_read(text, meant):
    assert shown(text) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Từ nay đến 30/6", "by 2026-06-30"),
        ("Hết quý II", "by 2026-06-30"),
        ("Đến hết tháng 6/2026", "by 2026-06-30"),
        ("Chậm nhất tháng 6", "by 2026-06-30"),
        ("Trước tháng 6/2026", "before 2026-06-01"),
        ("Trước quý III", "before 2026-07-01"),
        ("Hết năm 2026", "by 2026-12-31"),
        ("Trước 17h00 ngày 15/6/2026", "by 2026-06-15"),
        ("Trước 31/12 hàng năm", "before 2026-12-31"),
    ],
)
def test_limits_are_read(text, meant):
    assert shown(text) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Hằng tháng", "recurring month None"),
        ("Hàng quý", "recurring quarter None"),
        ("Hằng năm", "recurring year None"),
        ("Định kỳ hàng quý và đột xuất khi có yêu cầu", "recurring quarter None"),
        ("Ngày 25 hàng tháng", "recurring month 25"),
        ("Hàng tháng trước ngày 25", "recurring month 25"),
        ("mỗi tháng một lần", "recurring month None"),
        ("01 lần/quý", "recurring quarter None"),
        ("2 lần/năm", "recurring half-year None"),
        ("06 tháng/lần", "recurring half-year None"),
        ("6 tháng, năm", "recurring half-year None"),
        ("6 tháng đầu năm và cuối năm", "recurring half-year None"),
        ("Tháng 6 và tháng 12", "recurring half-year None"),
        ("Tháng 3, 6, 9, 12", "recurring quarter None"),
        ("Trước ngày 05 của tháng sau", "recurring month 5"),
        ("Ngày 20 của tháng cuối quý", "recurring quarter 20"),
    ],
)
def test_rhythms_are_read(text, meant):
    assert shown(text) == meant


@pytest.mark.parametrize(
    "text",
    ["Thường xuyên, liên tục", "Trong suốt năm", "cả năm", "Thường xuyên trong năm", "Hàng tuần"],
)
def test_what_never_ends_is_continuous(text):
    assert shown(text) == "continuous"


@pytest.mark.parametrize(
    "text",
    [
        "Ngay sau khi ban hành kế hoạch",
        "Khi có văn bản của tỉnh",
        "Theo hướng dẫn của Bộ",
        "Theo Kế hoạch số 12/KH-UBND ngày 15/3/2026",
        "Theo Kế hoạch triển khai nhiệm vụ năm 2026 của Sở",
        "Theo thời gian của Ban TĐKT TP",
        "Trong vòng 05 ngày sau khi kết thúc",
        "Trước Tết Nguyên đán",
        "Đột xuất",
    ],
)
def test_what_others_set_is_external(text):
    assert shown(text) == "external"


@pytest.mark.parametrize("text", ["", " - ", "Khẩn trương", "x"])
def test_words_without_a_time_are_no_due_date(text):
    assert read_due(text, year=2026) is None


@pytest.mark.parametrize("text", ["Trước ngày 31/6", "30/02/2026", "Tháng 13"])
def test_a_day_that_no_calendar_has_is_not_invented(text):
    due = read_due(text, year=2026)

    assert due is not None
    assert due.is_impossible
    assert due.last_on is None


def test_several_days_keep_the_first_and_tell_the_others():
    due = read_due("Trước 15/6 và 15/12", year=2026)

    assert (due.kind, due.day_on, due.more) == ("before", date(2026, 6, 15), (date(2026, 12, 15),))


def test_the_months_of_a_school_year_run_into_the_next():
    assert shown("Tháng 9", year=2025, first_month=8) == "period 2025-09-01 2025-09-30"
    assert shown("Trước 15/4", year=2025, first_month=8) == "before 2026-04-15"


def test_the_words_are_kept_as_printed():
    assert read_due("  Trước ngày\n15/6/2026 ", year=2026).text == "Trước ngày 15/6/2026"


@pytest.mark.parametrize(
    "form",
    [
        "{d}/{m}/{y}",
        "{d:02}.{m:02}.{y}",
        "{d}-{m}-{y}",
        "ngày {d} tháng {m} năm {y}",
        "ngày {d:02}/{m}/{y}",
    ],
)
@pytest.mark.parametrize(
    ("before", "kind"),
    [("Trước ", "before"), ("Hoàn thành trước ", "before"), ("Chậm nhất ", "by"), ("", "by")],
)
@given(day=st.dates(date(2000, 1, 1), date(2060, 12, 31)))
def test_every_day_is_read_in_every_form(form, before, kind, day):
    due = read_due(before + form.format(d=day.day, m=day.month, y=day.year), year=2026)

    assert (due.kind, due.day_on) == (kind, day)


@given(start=st.dates(date(2020, 1, 1), date(2030, 12, 31)), days=st.integers(1, 400))
def test_every_span_of_days_is_read(start, days):
    end = date.fromordinal(start.toordinal() + days)

    due = read_due(f"Từ ngày {start:%d/%m/%Y} đến ngày {end:%d/%m/%Y}", year=2026)

    assert (due.kind, due.from_on, due.to_on) == ("period", start, end)


_PIECES = st.sampled_from(
    """trước sau ngày tháng quý năm hàng tuần đầu cuối 6 15 31 13 /2026 15/6 31/2 - , và đến từ
    I III IV theo khi thường xuyên 2026 0000 99 lần/""".split()  # noqa: SIM905
)


@given(st.lists(_PIECES, max_size=9).map(" ".join) | st.text(max_size=40))
def test_no_words_break_the_reading(text):
    due = read_due(text, year=2026)

    assert due is None or due.as_json()["kind"] in (
        "before",
        "by",
        "period",
        "recurring",
        "continuous",
        "external",
    )


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Theo quy định", "external"),
        ("Theo quy chế của Hội đồng", "external"),
        ("Theo quy trình, trước ngày 15/6/2026", "before 2026-06-15"),
        ("Hằng quý theo quy định", "recurring quarter None"),
        ("Cuối tháng 11", "period 2026-11-21 2026-11-30"),
        ("Đầu tháng 12/2026", "period 2026-12-01 2026-12-10"),
        ("Đầu quý II", "period 2026-04-01 2026-04-30"),
        ("Cuối tháng", "recurring month None"),
        ("Cuối quý", "recurring quarter None"),
        ("Xong trong quý II", "period 2026-04-01 2026-06-30"),
        ("Xong trong ngày 15/12/2026", "by 2026-12-15"),
        ("Q.III/2026", "period 2026-07-01 2026-09-30"),
        ("Q3/2026", "period 2026-07-01 2026-09-30"),
        ("Trước ngày ……/3/2026", "none"),
        ("Trước ngày ..../..../2026", "none"),
        ("Tháng …/2026", "none"),
    ],
)
def test_what_looks_alike_without_accents_or_is_left_blank(text, meant):
    assert shown(text) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("6 tháng/1 lần", "recurring half-year None"),
        ("Trong 02 tháng đầu năm", "period 2026-01-01 2026-02-28"),
        ("11 tháng đầu năm 2026", "period 2026-01-01 2026-11-30"),
        ("2026", "period 2026-01-01 2026-12-31"),
        ("Đầu năm học", "period 2026-08-01 2026-10-31"),
        ("Cuối năm học", "period 2026-05-01 2026-07-31"),
        ("Cuối học kỳ I", "external"),
    ],
)
def test_lots_of_months_and_school_years(text, meant):
    assert shown(text) == meant


def test_a_school_year_ends_in_the_calendar_year_after_it_begins():
    assert shown("Cuối năm học", year=2025, first_month=8) == "period 2026-05-01 2026-07-31"
    assert shown("Đầu năm học", year=2025, first_month=8) == "period 2025-08-01 2025-10-31"
