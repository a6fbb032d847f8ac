"""The record year by year: of a person through units, of a unit through its lineage."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from vinhdanh.honours.actions import register
from vinhdanh.honours.models import YearRating
from vinhdanh.honours.queries import timeline
from vinhdanh.honours.queries.register import end_of
from vinhdanh.honours.tests.make import (
    AT,
    DAY,
    a_conferral,
    a_discipline,
    a_household,
    a_rating,
    a_recognition,
    the_keeper,
)
from vinhdanh.law import store
from vinhdanh.people.models import RoleHolding, Succession, Unit
from vinhdanh.people.tests.make import a_person, a_position, a_unit, a_user_with

pytestmark = pytest.mark.django_db


def shown(line) -> dict[int, list[tuple[str, str]]]:
    return {year.year: [(each.kind, each.text) for each in year.events] for year in line.years}


def of_person(person, user, **asked):
    return timeline.of_person(person, seen_by=user, book=store.book(), on=DAY, **asked)


def of_unit(unit, user, **asked):
    return timeline.of_unit(unit, seen_by=user, book=store.book(), on=DAY, **asked)


def test_the_latest_year_comes_first_and_ratings_before_awards():
    office, person = a_unit(), a_person()
    keeper = the_keeper(office)
    a_conferral(person, office, award="HT_BK_TINH_CN", kind="merit")
    a_conferral(person, office, award="DH_CSTD_CS")
    a_rating(person, office, year=2024, level="excellent")
    a_recognition(person, office, title="Số hóa di tích", year=2023)

    line = of_person(person, keeper)

    names = {code: store.book().awards[code].name for code in ("HT_BK_TINH_CN", "DH_CSTD_CS")}
    assert list(shown(line).items()) == [
        (2025, []),
        (
            2024,
            [
                ("rating", "Hoàn thành xuất sắc nhiệm vụ"),
                ("title", names["DH_CSTD_CS"]),
                ("commendation", names["HT_BK_TINH_CN"]),
            ],
        ),
        (2023, [("recognition", "Số hóa di tích")]),
    ]
    assert (line.titles, line.commendations, line.recognitions) == (1, 1, 1)


def test_years_of_service_without_a_rating_are_gaps():
    office, person = a_unit(), a_person()
    a_position(person, office, from_on=date(2021, 5, 1))
    a_rating(person, office, year=2022)
    a_rating(person, office, year=2024)

    line = of_person(person, the_keeper(office))

    assert line.gaps == [2021, 2023, 2025]


def test_after_service_has_ended_no_rating_is_missing():
    office, person = a_unit(), a_person()
    a_position(person, office, from_on=date(2021, 5, 1), until_on=date(2022, 12, 31))
    a_rating(person, office, year=2021)

    assert of_person(person, the_keeper(office)).gaps == [2022]


def test_the_record_follows_a_person_from_unit_to_unit():
    office = a_unit()
    before, after = a_unit(office, name="Phòng Cũ"), a_unit(office, name="Phòng Nay")
    person = a_person(full_name="Nguyễn Thị Ánh")
    until = date(2023, 6, 30)
    a_position(person, before, title="Chuyên viên", from_on=date(2023, 1, 1), until_on=until)
    a_position(person, after, title="Phó Trưởng phòng", from_on=date(2023, 7, 1))
    a_conferral(
        person,
        office,
        achieved_from=date(2023, 1, 1),
        achieved_until=date(2023, 12, 31),
        unit_written="Phòng Cũ",
    )

    line = of_person(person, the_keeper(office))

    (year,) = [each for each in line.years if each.year == 2023]
    assert [(each.kind, each.then, each.detail) for each in year.events if each.kind == "post"] == [
        ("post", "", "đến hết 30/06/2023"),
        ("post", "", ""),
    ]
    assert [each.then for each in year.events if each.kind == "title"] == ["Phòng Cũ"]


def test_a_unit_shows_what_was_earned_before_it_was_renamed_and_merged():
    office = a_unit()
    now = a_unit(office, name="Phòng Văn hóa và Gia đình")
    merged = a_unit(
        office,
        name="Phòng Gia đình",
        valid_until=date(2022, 12, 31),
        successors=(now,),
        ending=Unit.Ending.MERGED,
    )
    renamed = a_unit(
        office,
        name="Phòng Xây dựng gia đình",
        valid_until=date(2019, 12, 31),
        successors=(merged,),
        ending=Unit.Ending.RENAMED,
    )
    for unit, year in ((renamed, 2018), (merged, 2021), (now, 2024)):
        first, last = date(year, 1, 1), date(year, 12, 31)
        decided = date(year + 1, 1, 9)
        a_conferral(
            unit,
            office,
            award="DH_TTLDTT",
            achieved_from=first,
            achieved_until=last,
            decided_on=decided,
        )

    line = of_unit(now, the_keeper(office))

    title = store.book().awards["DH_TTLDTT"].name
    assert shown(line) == {
        2024: [("title", title)],
        2022: [
            (
                "lineage",
                "Phòng Gia đình: Hợp nhất, sáp nhập, kế thừa là Phòng Văn hóa và Gia đình",
            )
        ],
        2021: [("title", title)],
        2019: [("lineage", "Phòng Xây dựng gia đình: Đổi tên, kế thừa là Phòng Gia đình")],
        2018: [("title", title)],
    }
    thens = [each.then for year in line.years for each in year.events if each.kind == "title"]
    assert thens == ["", "Phòng Gia đình", "Phòng Xây dựng gia đình"]
    clerk = a_user_with(RoleHolding.Role.CLERK, now)
    assert shown(of_unit(now, clerk)) == shown(line)


def test_each_unit_into_which_one_was_split_shows_what_was_earned_before():
    office = a_unit()
    museum = a_unit(office, name="Bảo tàng", position=1)
    relics = a_unit(office, name="Ban Di tích", position=2)
    joined = a_unit(office, name="Ban Quản lý chung")
    split = a_unit(
        office,
        name="Bảo tàng và Di tích",
        valid_until=date(2020, 12, 31),
        successors=(relics, museum),
        ending=Unit.Ending.SPLIT,
    )
    a_rating(split, office, year=2020)
    a_rating(relics, office, year=2025)
    lineage = ("lineage", "Bảo tàng và Di tích: Chia, tách, kế thừa là Bảo tàng; Ban Di tích")

    of_museum = shown(of_unit(museum, the_keeper(office)))

    assert of_museum[2020] == [("rating", "Hoàn thành tốt nhiệm vụ"), lineage]
    assert of_museum[2025] == []
    assert shown(of_unit(relics, the_keeper(office)))[2020] == of_museum[2020]
    # Merged again, the unit they come from is told once.
    for heir in (museum, relics):
        Unit.objects.filter(pk=heir.pk).update(
            ending=Unit.Ending.MERGED, valid_until=date(2025, 12, 31)
        )
        Succession.objects.create(unit=heir, successor=joined)
    line = shown(of_unit(joined, the_keeper(office)))
    assert line[2020] == of_museum[2020]
    assert [kind for kind, _text in line[2025]] == ["rating", "lineage", "lineage"]


def test_the_record_of_a_unit_costs_the_same_queries_for_one_heir_and_for_five():
    office = a_unit()
    split = a_unit(office, valid_until=date(2020, 12, 31), ending=Unit.Ending.SPLIT)
    keeper = the_keeper(office)

    def cost() -> int:
        Succession.objects.create(unit=split, successor=a_unit(office))
        a_rating(split, office, year=2000 + YearRating.objects.count())
        with CaptureQueriesContext(connection) as counted:
            of_unit(split, keeper)
        return len(counted)

    _first, *costs = [cost() for _ in range(5)]
    assert costs == costs[:1] * 4


def test_what_another_office_recorded_is_seen_by_where_the_person_serves_now():
    former, present, person = a_unit(), a_unit(), a_person()
    a_position(person, former, from_on=date(2020, 1, 1), until_on=date(2024, 12, 31))
    a_position(person, present, from_on=date(2025, 1, 1))
    a_conferral(person, former)
    a_discipline(person, former)
    later = a_conferral(
        person,
        present,
        achieved_from=date(2025, 1, 1),
        achieved_until=date(2025, 12, 31),
        decided_on=date(2026, 1, 5),
    )

    now = of_person(person, the_keeper(present))
    before = of_person(person, the_keeper(former))

    assert (now.titles, now.shows_confidential) == (2, True)
    assert (before.titles, before.shows_confidential) == (1, True)
    facts = [each.fact for year in before.years for each in year.events]
    assert later not in facts


def test_the_record_is_shown_as_it_stood():
    office, person = a_unit(), a_person()
    keeper = the_keeper(office)
    rating = a_rating(person, office, year=2024, level="good")
    at = AT + timedelta(days=10)
    register.correct(rating, {"level": "excellent"}, because="Nhầm", by=keeper, at=at)

    then = of_person(person, keeper, as_of=end_of(DAY))
    now = of_person(person, keeper)

    assert shown(then)[2024] == [("rating", "Hoàn thành tốt nhiệm vụ")]
    assert shown(now)[2024] == [("rating", "Hoàn thành xuất sắc nhiệm vụ")]


def test_a_household_has_its_record():
    office = a_unit()
    household = a_household(office, head_name="Trần Văn Hộ")
    a_conferral(household, office, award="HT_BK_TINH_HGD")

    line = timeline.of_household(household, book=store.book())

    name = store.book().awards["HT_BK_TINH_HGD"].name
    assert shown(line) == {2024: [("commendation", name)]}
