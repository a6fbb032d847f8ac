"""What awards of the register bring: by the law of the decision's day, by what the office set."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from vinhdanh.honours.actions import local
from vinhdanh.honours.models import Conferral
from vinhdanh.honours.queries import bonuses
from vinhdanh.honours.tests.make import a_conferral, a_household, the_keeper
from vinhdanh.law import store
from vinhdanh.law.bonus import OF_THE_ROUNDED
from vinhdanh.people.models import RoleHolding, Unit
from vinhdanh.people.tests.make import a_person, a_position, a_unit, a_user_with

pytestmark = pytest.mark.django_db
DAY = date(2026, 8, 3)
AT = datetime(2026, 8, 3, 2, 0, tzinfo=UTC)
YEAR_2025 = {"achieved_from": date(2025, 1, 1), "achieved_until": date(2025, 12, 31)}
DECREE = "NĐ 152/2025/NĐ-CP Điều"
ALONE = "Danh hiệu duy nhất của khoảng thời gian tính thành tích này."


class House:
    """A city with an office that has one unit and a person in it, and who keeps the register."""

    def __init__(self) -> None:
        self.city = a_unit(name="Thành phố Thử", kind=Unit.Kind.CITY)
        self.office = a_unit(self.city, name="Sở Thử", kind=Unit.Kind.DEPARTMENT)
        self.unit = a_unit(self.office, name="Phòng Di sản")
        self.keeper = the_keeper(self.office)
        self.person = a_person(full_name="Nguyễn Thị Ánh")
        a_position(self.person, self.unit)

    def honour(self, award: str, about=None, **fields) -> Conferral:
        """An award of 2025 by a decision of 3 August 2026; recorded."""
        given = {"award": award, "decided_on": DAY, "by": self.keeper, "at": AT} | YEAR_2025
        return a_conferral(about or self.person, self.office, **given | fields)

    def set(self, code: str, value: str, *, office=None, by=None, **fields) -> None:
        given = {"source": "QĐ 71/2026/QĐ-UBND Điều 5", "from_on": date(2026, 1, 1)}
        day = {"book": store.book(), "on": DAY, "at": AT, "by": by or self.keeper}
        local.set_value(office or self.office, code, value=value, **given | fields | day)

    def told(self, *conferrals: Conferral, seen_by=None) -> list[bonuses.Line]:
        rows = [bonuses.row_of(conferral) for conferral in conferrals]
        by = seen_by or self.keeper
        return bonuses.lines(rows, seen_by=by, book=store.book(), on=DAY)


@pytest.fixture
def house() -> House:
    return House()


def sums(lines) -> list:
    return [(line.verdict, line.amount.amount if line.amount else None) for line in lines]


def test_an_award_brings_its_coefficient_times_the_salary_of_the_decision(house):
    before = house.honour("DH_LDTT", decided_on=date(2026, 6, 30))

    (line,) = house.told(before)

    assert (line.verdict, line.amount.amount, line.amount.reckoned) == (
        "paid",
        710_000,
        "0,3 × 2.340.000 đồng",
    )
    assert line.reasons == (ALONE,)
    assert line.source.startswith(f"{DECREE} 50 khoản 1 điểm d; {DECREE} 49 khoản 2")
    assert line.source.endswith(f"{DECREE} 49 khoản 5")
    assert line.certain == 710_000


def test_of_titles_of_one_year_the_highest_is_received_whatever_the_list_shows(house):
    lower, higher = house.honour("DH_LDTT"), house.honour("DH_CSTD_CS")

    (line,) = house.told(lower)

    assert (line.verdict, line.certain, line.beside) == ("not paid", 0, higher.pk)
    assert line.reasons == (
        "Cùng khoảng thời gian chỉ nhận mức cao nhất, là mức của Chiến sĩ thi đua cơ sở.",
    )
    assert sums(house.told(lower, higher)) == [("not paid", 760_000), ("paid", 2_530_000)]


def test_titles_of_different_years_and_a_commendation_beside_are_each_received(house):
    first = house.honour(
        "DH_CSTD_CS", achieved_from=date(2024, 1, 1), achieved_until=date(2024, 12, 31)
    )
    second, merit = house.honour("DH_CSTD_CS"), house.honour("HT_BK_TINH_CN")

    assert sums(house.told(first, second, merit)) == [
        ("paid", 2_530_000),
        ("paid", 2_530_000),
        ("paid", 3_800_000),
    ]


def test_titles_judged_on_other_numbers_of_years_but_written_for_one_are_for_a_person(house):
    yearly, city = house.honour("DH_CSTD_CS"), house.honour("DH_CSTD_TINH")

    first, second = house.told(yearly, city)

    assert (first.verdict, second.verdict, first.beside) == ("judge", "paid", city.pk)
    assert "xét trên số năm khác nhau" in first.reasons[0]


def test_commendations_of_one_time_are_for_a_person_those_of_others_are_received(house):
    merit, letter = house.honour("HT_BK_TINH_CN"), house.honour("HT_GK_SO", kind="ad_hoc")
    earlier = house.honour(
        "HT_GK_SO", achieved_from=date(2023, 3, 1), achieved_until=date(2023, 3, 9)
    )

    assert sums(house.told(merit, letter, earlier)) == [
        ("paid", 3_800_000),
        ("judge", 760_000),
        ("paid", 760_000),
    ]


def test_what_the_law_does_not_say_is_told_by_its_sentence(house):
    unwritten = house.honour("HT_BK_TINH_CN", decided_on=date(2025, 6, 30))
    undated = house.honour("DH_LDTT", decided_on=None)

    lines = house.told(unwritten, undated)

    assert [(line.verdict, line.amount, line.certain) for line in lines] == [
        ("judge", None, 0),
        ("judge", None, 0),
    ]
    assert "để người có thẩm quyền xác định" in lines[0].reasons[0]
    assert "chưa ghi ngày quyết định" in lines[1].reasons[0]


def test_a_title_beside_one_of_unknown_money_is_for_a_person(house):
    known = house.honour("DH_LDTT")
    unknown = house.honour("DH_CSTD_CS", decided_on=None)

    (line,) = house.told(known)

    assert (line.verdict, line.beside) == ("judge", unknown.pk)
    assert line.reasons == (
        "Cùng khoảng thời gian còn Chiến sĩ thi đua cơ sở chưa rõ mức tiền thưởng.",
    )


def test_before_the_decree_several_titles_of_a_year_are_for_a_person_one_alone_is_not(house):
    day = date(2025, 1, 15)
    lower = house.honour("DH_LDTT", decided_on=day)

    assert sums(house.told(lower)) == [("paid", 710_000)]

    house.honour("DH_CSTD_CS", decided_on=day)
    (line,) = house.told(lower)
    assert (line.verdict, line.reasons) == (
        "judge",
        ("Chưa có quy định về việc nhận nhiều mức tiền thưởng vào ngày 15/01/2025.",),
    )


def test_a_withdrawn_award_counts_for_nothing(house):
    lower, higher = house.honour("DH_LDTT"), house.honour("DH_CSTD_CS")
    Conferral.objects.filter(pk=higher.pk).update(
        withdrawn_at=AT, withdrawn_by=house.keeper, withdrawn_because="Ghi nhầm"
    )

    assert sums(house.told(lower)) == [("paid", 760_000)]


def test_an_award_that_one_may_not_see_is_never_told_of(house):
    mine = house.honour("DH_LDTT")
    other = a_unit(name="Sở Khác", kind=Unit.Kind.DEPARTMENT)
    a_conferral(house.person, other, award="DH_CSTD_CS", decided_on=DAY, at=AT, **YEAR_2025)
    house.person.positions.all().delete()

    (line,) = house.told(mine)

    assert (line.verdict, line.reasons) == ("paid", (ALONE,))


def test_a_ceiling_is_for_a_person_until_the_city_sets_the_factor(house):
    medal = house.honour("HT_KNC")

    (line,) = house.told(medal)
    assert (line.verdict, line.amount.amount, line.amount.is_ceiling) == ("judge", 1_520_000, True)
    assert line.reasons[0].startswith("Nghị định chỉ đặt mức tối đa")

    mayor = a_user_with(RoleHolding.Role.OFFICE, house.city)
    house.set("commemorative_medal_factor", "0,5", office=house.city, by=mayor, awards=["HT_KNC"])
    (line,) = house.told(medal)
    assert (line.verdict, line.amount.amount, line.amount.coefficient) == (
        "paid",
        1_270_000,
        Decimal("0.5"),
    )
    assert line.source.startswith(
        "QĐ 71/2026/QĐ-UBND Điều 5 (hệ số do địa phương quy định); "
        f"{DECREE} 54 khoản 1 điểm d; {DECREE} 49 khoản 2"
    )


def test_the_own_value_goes_before_that_of_the_city_and_only_on_its_days(house):
    before, after = (
        house.honour("HT_KNC", about=a_person(), decided_on=day) for day in (date(2026, 7, 31), DAY)
    )
    mayor = a_user_with(RoleHolding.Role.OFFICE, house.city)
    house.set("commemorative_medal_factor", "0,4", office=house.city, by=mayor, awards=["HT_KNC"])
    house.set("commemorative_medal_factor", "0,3", awards=["HT_KNC"], from_on=date(2026, 8, 1))

    assert sums(house.told(before, after)) == [("paid", 1_020_000), ("paid", 760_000)]


def test_an_award_of_the_city_brings_what_the_city_set(house):
    award = house.honour("HN_NTVT_TP")
    assert sums(house.told(award)) == [("judge", None)]

    house.set("local_bonus_factor", "1", awards=["HN_NTVT_TP"])

    (line,) = house.told(award)
    assert (line.verdict, line.amount.amount) == ("paid", 2_530_000)
    assert line.source.startswith("QĐ 71/2026/QĐ-UBND Điều 5 (hệ số do địa phương quy định); NĐ")


def test_the_rounding_for_a_collective_is_for_a_person_until_it_is_chosen(house):
    certificate = house.honour("HT_BK_TINH_TT", about=house.unit)
    (line,) = house.told(certificate)
    assert (line.verdict, line.amount.amount) == ("judge", 7_590_000)
    assert line.reasons == (
        "Nghị định đọc được theo hai cách: 7.590.000 đồng nếu nhân hệ số rồi làm tròn, 7.600.000"
        " đồng nếu nhân số tiền đã làm tròn của cá nhân; cơ quan chưa chọn.",
    )

    house.set("rounding_of_collective_bonus", OF_THE_ROUNDED)

    (line,) = house.told(certificate)
    assert (line.verdict, line.amount.amount, line.amount.reckoned) == (
        "paid",
        7_600_000,
        "2 × (1,5 × 2.530.000 đồng, làm tròn lên)",
    )
    assert "QĐ 71/2026/QĐ-UBND Điều 5 (cách làm tròn)" in line.source


def test_multiplying_first_may_be_chosen_too(house):
    certificate = house.honour("HT_BK_TINH_TT", about=house.unit)
    house.set("rounding_of_collective_bonus", "nhân hệ số rồi làm tròn")

    assert sums(house.told(certificate)) == [("paid", 7_590_000)]


def test_where_both_ways_of_rounding_agree_nobody_needs_to_choose(house):
    letter = house.honour("HT_GK_SO", about=house.unit)
    of_household = house.honour("HT_GK_SO", about=a_household(house.office))

    assert sums(house.told(letter, of_household)) == [("paid", 1_520_000), ("paid", 1_140_000)]


def test_sums_are_of_what_is_certain_by_award_and_by_unit(house):
    house.honour("DH_LDTT", unit_written="Phòng Di sản")
    house.honour("DH_CSTD_CS", unit_written="Phòng Di sản")
    house.honour("HT_KNC", about=a_person(), unit_written="Phòng Khác")
    house.honour("HT_GK_SO", about=house.unit)
    rows = bonuses.rows(Conferral.objects.order_by("pk"))

    listed = bonuses.lines(rows, seen_by=house.keeper, book=store.book(), on=DAY)
    whole, by_award, by_unit = bonuses.totals(listed)

    assert whole == bonuses.Total("", 4, 4_050_000, paid=2, not_paid=1, judge=1)
    assert [(total.name, total.certain) for total in by_award] == [
        ("Chiến sĩ thi đua cơ sở", 2_530_000),
        ("Giấy khen của Giám đốc Sở", 1_520_000),
        ("Kỷ niệm chương của bộ, ban, ngành, tỉnh", 0),
        ("Lao động tiên tiến", 0),
    ]
    assert [(total.name, total.count, total.certain, total.judge) for total in by_unit] == [
        ("Phòng Di sản", 3, 4_050_000, 0),
        ("Phòng Khác", 1, 0, 1),
    ]


def test_the_latest_year_is_that_of_the_latest_decision(house):
    assert bonuses.latest_year(Conferral.objects.all()) is None

    house.honour("DH_LDTT", decided_on=date(2026, 1, 5))
    house.honour("DH_CSTD_CS", decided_on=None)

    assert bonuses.latest_year(Conferral.objects.all()) == 2026
