"""What the City or the office set, where eligibility is asked: looked up, shown, counted."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from vinhdanh.honours.models import LocalValue
from vinhdanh.honours.queries.local import rules_at
from vinhdanh.honours.queries.screening import place_of, quota, screening
from vinhdanh.honours.rules.offices import BOTH_CHAINS, CHAINS, ONE_CHAIN
from vinhdanh.honours.tests.browse_eligibility import House, a_history, get, page, queries, rows
from vinhdanh.honours.tests.make import AT, a_conferral, a_household
from vinhdanh.law.store import book
from vinhdanh.people.models import Unit
from vinhdanh.people.tests.make import a_person, a_position, a_unit

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)
TEXT = "Có ít nhất một giải pháp được đơn vị áp dụng trong năm."
SOURCE = "QĐ 12/2025/QĐ-SVHTT Điều 3"


@pytest.fixture
def house() -> House:
    return House()


def a_value(house: House, code: str, value: str, award: str = "", **fields) -> LocalValue:
    """A value of the office since August 2025, as the action keeps it."""
    given = {
        "office": house.office,
        "code": code,
        "award": award,
        "value": value,
        "source": SOURCE,
        "from_on": date(2025, 8, 1),
        "entered_at": AT,
        "entered_by": house.keeper,
    }
    return LocalValue.objects.create(**given | fields)


def values_at(*units: Unit, on: date = DAY) -> list[dict[tuple[str, str], str]]:
    found = rules_at([unit.path for unit in units], book=book(), on=on)
    return [{key: rule.value for key, rule in found[unit.path].items()} for unit in units]


# Looked up


def test_the_nearest_unit_that_set_a_value_rules_and_its_latest_value(house):
    city = a_unit(name="Thành phố Thử", kind=Unit.Kind.CITY)
    inside = a_unit(city, name="Sở Trong Thành phố", kind=Unit.Kind.DEPARTMENT)
    outside = a_unit(name="Sở Ngoài")
    a_value(house, "vote_share", "0.7", "DH_LDTT", office=city)
    a_value(house, "dossier_copies", "2", "DH_LDTT", office=city)
    a_value(house, "vote_share", "0.8", "DH_LDTT", office=inside, from_on=date(2025, 7, 1))
    a_value(house, "vote_share", "0.9", "DH_LDTT", office=inside, from_on=date(2026, 1, 1))
    a_value(house, "vote_share", "1", "DH_LDTT", office=inside, from_on=date(2026, 6, 1))

    assert values_at(city, inside, outside) == [
        {("vote_share", "DH_LDTT"): "0.7", ("dossier_copies", "DH_LDTT"): "2"},
        {("vote_share", "DH_LDTT"): "0.9", ("dossier_copies", "DH_LDTT"): "2"},
        {},
    ]


def test_a_value_rules_on_its_days_while_the_law_leaves_it_to_the_office(house):
    a_value(house, "ballot", "biểu quyết", until_on=date(2026, 3, 31))
    a_value(house, "criteria_detail", TEXT, "DH_LDTT")

    detail = {("criteria_detail", "DH_LDTT"): TEXT}
    assert values_at(house.office) == [{("ballot", ""): "biểu quyết"} | detail]
    assert values_at(house.office, on=date(2026, 4, 1)) == [detail]
    assert values_at(house.office, on=date(2025, 7, 31)) == [{}]
    LocalValue.objects.filter(code="ballot").update(until_on=None)
    assert values_at(house.office, on=date(2027, 3, 1)) == [detail]


def test_many_places_are_looked_up_at_once(house):
    units = [a_unit(house.office) for _place in range(12)]
    a_value(house, "ballot", "biểu quyết")

    with CaptureQueriesContext(connection) as made:
        found = rules_at([unit.path for unit in units], book=book(), on=DAY)

    assert len(made) == 1
    assert {id(rules) for rules in found.values()} == {id(found[units[0].path])}


def test_a_person_is_ruled_where_they_served_last_in_the_year(house):
    other = a_unit(name="Sở Mới")
    moved = a_person()
    a_position(moved, house.unit, until_on=date(2025, 6, 30))
    a_position(moved, other, from_on=date(2025, 7, 1))

    def place(recipient, year):
        return place_of(recipient, year=year, on=DAY)

    assert place(moved, 2025) == other.path
    assert place(moved, 2024) == house.unit.path
    assert place(a_person(), 2025) == ""
    assert place(house.unit, 2025) == house.unit.path
    assert place(a_household(house.office), 2025) == house.office.path


# One recipient


def test_what_the_office_wrote_is_shown_with_its_text_and_day(house):
    a_value(house, "commendation_criteria", TEXT, "HT_GK_SO")

    shown = page(house.worker, "person_eligibility", house.person.pk)

    assert TEXT in shown
    assert SOURCE in shown
    assert "Địa phương, cơ quan quy định, từ 01/08/2025" in shown


def test_what_another_office_wrote_is_not_shown(house):
    a_value(house, "commendation_criteria", TEXT, "HT_GK_SO", office=a_unit(name="Sở Khác nữa"))

    shown = page(house.keeper, "person_eligibility", house.person.pk)

    assert TEXT not in shown
    address = reverse("honours:local_content", args=[house.office.pk, "commendation_criteria"])
    assert f'Địa phương, cơ quan chưa ghi:</span> <a href="{address}">Tiêu chuẩn Giấy khen' in shown


def test_what_the_office_chose_decides_and_its_text_is_among_the_sources(house):
    a_conferral(
        house.person,
        house.office,
        award="DH_CSTD_TINH",
        achieved_from=date(2024, 1, 1),
        achieved_until=date(2024, 12, 31),
    )

    def verdict():
        groups = get(house.keeper, "person_eligibility", house.person.pk).context["groups"]
        (told,) = (
            each
            for _verdict, known, others in groups
            for each in (*known, *others)
            if each.answer.award == "DH_CSTD_TINH"
        )
        return told.verdict, told.answer.findings[0].verdict, told.answer.findings[0].sources[-1]

    law = "Luật 06/2022/QH15 Điều 22 khoản 1 điểm a"
    assert verdict() == ("judge", "judge", law)
    value = a_value(house, CHAINS, ONE_CHAIN, "DH_CSTD_TINH")
    assert verdict() == ("unmet", "unmet", SOURCE)
    value.delete()
    a_value(house, CHAINS, BOTH_CHAINS, "DH_CSTD_TINH")
    assert verdict() == ("judge", "met", SOURCE)


def test_what_comes_next_is_told_with_what_is_set_and_what_is_not(house):
    a_value(house, "vote_share", "0.8", "DH_CSTD_TINH")
    a_value(house, "ballot", "bỏ phiếu kín")

    answer = get(house.keeper, "person_eligibility", house.person.pk)

    (after,) = (
        each.after
        for _verdict, known, others in answer.context["groups"]
        for each in (*known, *others)
        if each.answer.award == "DH_CSTD_TINH"
    )
    assert {each.delegated.code: each.rule and each.rule.value for each in after} == {
        "dossier_documents": None,
        "dossier_copies": None,
        "vote_share": "0.8",
        "ballot": "bỏ phiếu kín",
        "council_quorum": None,
        "council_members": None,
        "time_limit_days": None,
    }
    shown = answer.content.decode()
    assert '<span class="set">80%</span>' in shown
    assert "UBND Thành phố quy định; chưa ghi." in shown


def test_only_who_keeps_the_register_is_led_to_write_it_down(house):
    address = reverse("honours:local_new", args=[house.office.pk, "dossier_copies"])

    assert f"{address}?award=DH_CSTD_TINH" in page(
        house.keeper, "person_eligibility", house.person.pk
    )
    for user in (house.worker, house.clerk, house.auditor):
        assert address not in page(user, "person_eligibility", house.person.pk)


def test_what_is_not_met_says_nothing_of_what_comes_next(house):
    answer = get(house.keeper, "person_eligibility", house.person.pk, verdict="unmet")

    assert {
        each.after
        for _verdict, known, others in answer.context["groups"]
        for each in (*known, *others)
    } == {()}


def test_values_cost_a_person_no_more_queries(house):
    def cost():
        return queries(house.keeper, "person_eligibility", house.person.pk)

    before = cost()
    for award in ("DH_LDTT", "DH_CSTD_CS", "DH_CSTD_TINH"):
        a_value(house, "vote_share", "0.8", award)
        a_value(house, "dossier_copies", "1", award)
    a_value(house, "commendation_criteria", TEXT, "HT_GK_SO")

    assert cost() == before


# Everybody in a scope


def test_everybody_is_screened_as_the_own_office_reads_the_law(house):
    city = a_unit(name="Thành phố Thử", kind=Unit.Kind.CITY)
    strict, loose, silent = (a_unit(city, kind=Unit.Kind.DEPARTMENT) for _office in range(3))
    persons = {}
    for office in (strict, loose, silent):
        persons[office] = a_person()
        a_position(persons[office], office)
        a_history(persons[office], office)
        a_conferral(
            persons[office],
            office,
            award="DH_CSTD_TINH",
            achieved_from=date(2024, 1, 1),
            achieved_until=date(2024, 12, 31),
        )
    a_value(house, CHAINS, ONE_CHAIN, "DH_CSTD_TINH", office=strict)
    a_value(house, CHAINS, BOTH_CHAINS, "DH_CSTD_TINH", office=loose)

    found = screening(city, "person", year=2025, book=book(), on=DAY)
    listed = found.rows(award="DH_CSTD_TINH")
    told = found.told(listed)

    assert {row.candidate.pk: row.as_read for row in listed} == {
        persons[strict].pk: "unmet",
        persons[loose].pk: "judge",
        persons[silent].pk: "judge",
    }
    assert {pk: answer.as_read for (pk, _award), answer in told.items()} == {
        row.candidate.pk: row.as_read for row in listed
    }
    first = told[persons[loose].pk, "DH_CSTD_TINH"].findings[0]
    assert [rule.value for rule in first.local] == [BOTH_CHAINS]


def test_the_reasons_in_the_spreadsheet_say_what_was_chosen(house):
    a_conferral(house.person, house.office, award="DH_CSTD_TINH")
    a_value(house, CHAINS, ONE_CHAIN, "DH_CSTD_TINH")

    sheet = rows(get(house.keeper, "screening_export", award="DH_CSTD_TINH"))

    assert "đã tính cho Chiến sĩ thi đua" in sheet[-1][6]
    assert "không tính lần nữa" in sheet[-1][6]


def test_values_cost_a_screening_no_more_queries(house):
    before = queries(house.keeper, "screening", award="DH_CSTD_TINH")
    a_value(house, CHAINS, ONE_CHAIN, "DH_CSTD_TINH")
    a_value(house, "quota_share", "0.15", "DH_CSTD_CS")
    for _more in range(3):
        a_position(a_person(), a_unit(house.office))

    assert queries(house.keeper, "screening", award="DH_CSTD_TINH") == before


# How many grassroots fighters


def test_a_screening_of_the_office_says_how_many_its_quota_leaves_room_for(house):
    for _more in range(9):
        a_position(a_person(), house.other)
    a_value(house, "quota_share", "0.25", "DH_CSTD_CS")

    shown = page(house.keeper, "screening")
    about = get(house.keeper, "screening").context["quota"]

    assert (about.share, about.base, about.most, about.hopeful) == ("25%", 10, 2, 10)
    assert f"không quá 25% số Lao động tiên tiến ({SOURCE}, từ 01/08/2025)" in shown
    assert "đề nghị được nhiều nhất 2 người" in shown


def test_without_a_quota_of_one_office_nothing_is_said_of_one(house):
    def said(scope):
        return quota(screening(scope, "person", year=2025, book=book(), on=DAY), scope)

    assert said(house.office) is None
    value = a_value(house, "quota_share", "1/3", "DH_CSTD_CS")
    assert said(house.office).share == "1/3"
    assert said(house.unit) is None
    assert get(house.clerk, "screening").context["quota"] is None
    assert get(house.keeper, "screening", kind="collective").context["quota"] is None
    a_value(house, "quota_share", "1/2", "DH_CSTD_CS", office=house.unit)
    assert said(house.office) is None
    value.delete()
    assert said(house.office) is None


# The law of an award


def test_the_law_of_an_award_says_who_sets_what_nobody_set(house):
    a_value(house, "ballot", "bỏ phiếu kín")

    def shown(user):
        return get(user, "law_award", "DH_CSTD_TINH", day="2026-03-02").content.decode()

    address = reverse("honours:local_new", args=[house.office.pk, "vote_share"])
    for text in ("bỏ phiếu kín", "UBND Thành phố; quy chế Hội đồng của cơ quan quy định."):
        assert text in shown(house.keeper)
        assert text in shown(house.clerk)
        assert text not in shown(house.stranger)
    assert f"{address}?award=DH_CSTD_TINH" in shown(house.keeper)
    assert address not in shown(house.clerk)
