"""Bonuses: coefficient times base salary of the decision's day, rounded up; which are paid."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from vinhdanh.common.refusal import Refused
from vinhdanh.law.awards import held
from vinhdanh.law.bonus import (
    FACTORS,
    OF_THE_ROUNDED,
    ROUNDING,
    Amount,
    Granted,
    Local,
    Payment,
    bonus,
    payable,
)
from vinhdanh.law.book import read_book

BOOK = read_book()
DAY = date(2026, 8, 1)
YEAR_2025 = (date(2025, 1, 1), date(2025, 12, 31))
YEARS_2023_TO_2025 = (date(2023, 1, 1), date(2025, 12, 31))
DECREE = "NĐ 152/2025/NĐ-CP Điều 49 khoản"


@pytest.mark.parametrize(
    ("code", "recipient", "day", "amount"),
    [
        ("DH_LDTT", "person", date(2026, 6, 30), 710_000),
        ("DH_LDTT", "person", date(2026, 7, 1), 760_000),
        ("DH_CSTD_CS", "person", date(2024, 7, 1), 2_340_000),
        ("DH_CSTD_CS", "person", DAY, 2_530_000),
        ("DH_CSTD_TQ", "person", DAY, 11_390_000),
        ("DH_TTLDTT", "collective", DAY, 2_030_000),
        ("DH_CO_CP", "collective", date(2026, 1, 1), 28_080_000),
        ("HT_BK_TINH_CN", "person", DAY, 3_800_000),
        ("HT_BK_TINH_TT", "collective", DAY, 7_590_000),
        ("HT_HCLD_1_CN", "person", date(2027, 2, 28), 22_770_000),
    ],
)
def test_a_bonus_is_the_own_coefficient_times_the_salary_of_the_day_rounded_up(
    code, recipient, day, amount
):
    assert bonus(code, recipient, on=day, book=BOOK).amount == amount


def test_a_bonus_names_the_texts_of_coefficient_rounding_and_salary():
    assert bonus("DH_CSTD_CS", "person", on=DAY, book=BOOK) == Amount(
        code="DH_CSTD_CS",
        amount=2_530_000,
        coefficient=Decimal("1.0"),
        salary=2_530_000,
        source=f"NĐ 152/2025/NĐ-CP Điều 50 khoản 1 điểm c; {DECREE} 2; NĐ 161/2026/NĐ-CP Điều 3",
    )


@pytest.mark.parametrize(
    ("day", "source"),
    [
        (
            date(2025, 3, 1),
            f"NĐ 98/2023/NĐ-CP Điều 54 (hệ số); {DECREE} 2 (làm tròn như quy định này, có từ "
            "01/07/2025); NĐ 73/2024/NĐ-CP (mức lương cơ sở, đọc qua NĐ 161/2026/NĐ-CP Điều 3)",
        ),
        (
            date(2026, 6, 30),
            f"NĐ 152/2025/NĐ-CP Điều 50 khoản 1 điểm c; {DECREE} 2; NĐ 73/2024/NĐ-CP (mức lương cơ "
            "sở, đọc qua NĐ 161/2026/NĐ-CP Điều 3)",
        ),
    ],
)
def test_of_a_text_later_than_the_decision_it_says_what_was_taken(day, source):
    found = bonus("DH_CSTD_CS", "person", on=day, book=BOOK)

    assert (found.amount, found.source) == (2_340_000, source)


@pytest.mark.parametrize(
    ("code", "recipient", "local", "amount"),
    [
        ("HT_KNC", "person", Local(Decimal("0.5"), "QĐ 1"), 1_270_000),
        ("HN_NTVT_TP", "person", Local(Decimal("1"), "QĐ 1"), 2_530_000),
        ("DH_LDTT", "person", Local(Decimal("9"), "QĐ 1"), 760_000),
        ("HT_BK_TINH_TT", "collective", Local(rounding=OF_THE_ROUNDED), 7_600_000),
        ("HT_BK_TINH_TT", "collective", Local(rounding="nhân hệ số rồi làm tròn"), 7_590_000),
        ("HT_BK_TINH_HGD", "household", Local(rounding=OF_THE_ROUNDED), 5_700_000),
        ("DH_TTLDTT", "collective", Local(rounding=OF_THE_ROUNDED), 2_030_000),
    ],
)
def test_what_the_office_set_counts_only_where_the_decree_leaves_it(code, recipient, local, amount):
    found = bonus(code, recipient, on=DAY, book=BOOK, local=local)

    assert (found.amount, found.is_ceiling, found.doubt) == (amount, False, "")


def test_the_way_of_rounding_is_one_that_the_office_may_choose():
    assert OF_THE_ROUNDED in BOOK.delegated[ROUNDING].choices
    assert set(FACTORS) <= set(BOOK.delegated)


def test_a_factor_over_the_ceiling_is_refused_and_one_rounded_over_it_is_in_doubt():
    with pytest.raises(Refused, match="vượt mức tối đa 0,6 lần"):
        bonus("HT_KNC", "person", on=DAY, book=BOOK, local=Local(Decimal("0.7"), "QĐ 1"))

    highest = bonus("HT_KNC", "person", on=DAY, book=BOOK, local=Local(Decimal("0.6"), "QĐ 1"))
    assert highest.amount == 1_520_000
    assert highest.doubt.startswith("Làm tròn lên thì vượt mức tối đa 1.518.000 đồng")


def test_a_ceiling_is_told_as_one():
    assert bonus("HT_KNC", "person", on=DAY, book=BOOK).is_ceiling


@pytest.mark.parametrize(
    ("code", "recipient", "day", "said"),
    [
        ("DH_NO", "person", DAY, "mã DH_NO"),
        ("DH_LDTT", "household", DAY, "Lao động tiên tiến không tặng cho hộ gia đình"),
        ("DH_LDTT", "person", date(2027, 3, 1), "để người có thẩm quyền xác định"),
        ("DH_LDTT", "person", date(2024, 6, 30), "chưa biết mức lương cơ sở"),
        ("DH_LDTT", "person", date(2023, 12, 31), "chưa có quy định về tiền thưởng"),
        ("HT_BK_TINH_CN", "person", date(2025, 6, 30), "để người có thẩm quyền xác định"),
        ("DH_GIA_DINH_VH", "household", DAY, "để người có thẩm quyền xác định"),
    ],
)
def test_a_bonus_that_the_law_does_not_say_is_refused(code, recipient, day, said):
    with pytest.raises(Refused, match=said):
        bonus(code, recipient, on=day, book=BOOK)


MONEY = [
    (award.code, recipient)
    for award in BOOK.awards.values()
    for recipient in award.recipients
    if (entry := held(award.bonuses, DAY)) and entry.grade == "A" and getattr(entry, recipient)
]


@given(some.sampled_from(MONEY), some.dates(date(2025, 7, 1), date(2027, 2, 28)))
def test_a_bonus_is_the_least_round_sum_that_is_not_under_the_exact_one(of, day):
    code, recipient = of

    found = bonus(code, recipient, on=day, book=BOOK)

    exact = found.coefficient * found.salary
    assert exact <= found.amount < exact + 10_000
    assert found.amount % 10_000 == 0


@given(some.sampled_from(MONEY), some.dates(date(2025, 7, 1), date(2027, 2, 28)))
def test_a_later_decision_never_brings_less(of, day):
    code, recipient = of
    first = bonus(code, recipient, on=date(2025, 7, 1), book=BOOK)

    assert bonus(code, recipient, on=day, book=BOOK).amount >= first.amount


def test_of_titles_of_one_period_the_highest_is_paid():
    lower, higher = _granted("DH_LDTT"), _granted("DH_CSTD_CS")

    assert _paid(lower, higher) == ["not paid", "paid"]
    assert _paid(higher, lower) == ["paid", "not paid"]


def test_titles_of_different_periods_are_each_paid():
    assert _paid(_granted("DH_CSTD_CS"), _granted("DH_CSTD_TINH", YEARS_2023_TO_2025)) == [
        "paid",
        "paid",
    ]


def test_commendations_of_other_time_and_achievement_are_each_paid():
    flood = _granted("HT_BK_TINH_CN", (date(2025, 9, 1), date(2025, 9, 3)), "chống lũ")

    assert _paid(_granted("HT_GK_SO", achievement="hội thi"), flood) == ["paid", "paid"]


def test_commendations_of_one_time_or_one_achievement_are_for_a_person():
    merit = _granted("HT_BK_TINH_CN", achievement="công trạng")

    assert _paid(merit, _granted("HT_GK_SO", achievement="hội thi")) == ["paid", "judge"]
    earlier = (date(2024, 1, 1), date(2024, 12, 31))
    assert _paid(_granted("HT_GK_SO", earlier, "công trạng"), merit) == ["judge", "paid"]


def test_a_title_and_a_commendation_are_both_paid_by_their_rule():
    title, commendation = _granted("DH_CSTD_CS"), _granted("HT_BK_TINH_CN", achievement="x")

    assert payable([title, commendation], on=DAY, book=BOOK) == (
        Payment(
            title,
            "paid",
            "Danh hiệu duy nhất của khoảng thời gian tính thành tích này.",
            f"{DECREE} 5; {DECREE} 7",
        ),
        Payment(
            commendation,
            "paid",
            "Hình thức khen thưởng duy nhất của khoảng thời gian này.",
            f"{DECREE} 6; {DECREE} 7",
        ),
    )


def test_what_is_paid_is_refused_on_a_day_without_a_rule():
    several = [_granted("DH_LDTT"), _granted("DH_CSTD_CS")]

    with pytest.raises(Refused, match="01/03/2027"):
        payable(several, on=date(2027, 3, 1), book=BOOK)


def test_one_alone_needs_no_rule_on_several():
    alone = _granted("DH_LDTT")

    (paid,) = payable([alone], on=date(2025, 3, 1), book=BOOK)

    assert (paid.verdict, paid.source) == ("paid", "")


@given(
    some.lists(
        some.tuples(
            some.sampled_from(("DH_LDTT", "DH_CSTD_CS", "DH_CSTD_TINH", "HT_GK_SO")),
            some.sampled_from((YEAR_2025, YEARS_2023_TO_2025)),
        ),
        max_size=6,
    )
)
def test_of_each_period_one_title_is_paid_and_none_pays_more(chosen):
    granted = [_granted(code, period) for code, period in chosen]

    paid = payable(granted, on=DAY, book=BOOK)

    assert [payment.granted for payment in paid] == granted
    for period in (YEAR_2025, YEARS_2023_TO_2025):
        titles = [
            payment
            for payment in paid
            if payment.granted.period == period and payment.granted.amount.code != "HT_GK_SO"
        ]
        sums = [p.granted.amount.amount for p in titles if p.verdict == "paid"]
        assert sums == ([max(p.granted.amount.amount for p in titles)] if titles else [])


def _granted(code, period=YEAR_2025, achievement=""):
    return Granted(bonus(code, "person", on=DAY, book=BOOK), period, achievement)


def _paid(*granted):
    return [payment.verdict for payment in payable(granted, on=DAY, book=BOOK)]
