"""Entering, correcting and withdrawing facts, and the register as it stood."""

import threading
from datetime import date

import pytest
from django.db import connection

from vinhdanh.common.refusal import Refused
from vinhdanh.honours.actions import register
from vinhdanh.honours.models import Conferral, Household, Origin, Recognition, YearRating
from vinhdanh.honours.queries.register import doubles
from vinhdanh.honours.tests.make import (
    AT,
    a_conferral,
    a_discipline,
    a_household,
    a_rating,
    a_recognition,
    an_open_matter,
    an_origin,
    the_keeper,
    unsaved,
)
from vinhdanh.journal.models import Line
from vinhdanh.people.tests.make import a_person, a_unit, a_user_with

pytestmark = pytest.mark.django_db

SAYS = {
    "award": "DH_LDTT",
    "achieved_from": date(2024, 1, 1),
    "achieved_until": date(2024, 12, 31),
}


def test_what_is_recorded_can_be_found_counted_and_traced():
    office, person = a_unit(), a_person(full_name="Nguyễn Thị Ánh")
    keeper = the_keeper(office)
    origin = an_origin(note="Sổ giấy 2024")

    (fact,) = register.record(
        [
            unsaved(
                Conferral,
                person,
                office,
                **SAYS,
                unit_written="Phòng Di sản",
                decision_number="12/QĐ-SVHTT",
                origin=origin,
            )
        ],
        by=keeper,
        at=AT,
    )

    kept = Conferral.objects.get()
    assert (kept.pk, kept.person, kept.recorded_at, kept.recorded_by) == (
        fact.pk,
        person,
        AT,
        keeper,
    )
    assert (kept.year, kept.folded) == (2024, "nguyen thi anh phong di san 12 qd svhtt")
    assert kept.unit_folded == "phong di san"
    assert kept.origin == Origin.objects.get()
    line = Line.objects.get()
    assert (line.deed, line.thing_id, line.actor_id) == ("fact recorded", fact.pk, keeper.pk)


def test_many_facts_are_one_line_of_the_journal_with_how_many_of_each():
    office, keeper = a_unit(), None
    keeper = the_keeper(office)
    persons = [a_person() for _ in range(3)]
    facts = [unsaved(Conferral, person, office, **SAYS) for person in persons]
    facts += [unsaved(YearRating, persons[0], office, year=2024, level="good")]

    register.record(facts, by=keeper, at=AT)

    line = Line.objects.get()
    assert (line.deed, line.thing_id) == ("facts recorded", office.pk)
    assert line.detail == {"conferral": 3, "yearrating": 1}


def test_nothing_to_record_writes_nothing():
    assert register.record([], by=the_keeper(a_unit()), at=AT) == []
    assert not Line.objects.exists()


def test_queries_of_recording_do_not_grow_with_the_facts(django_assert_num_queries):
    office = a_unit()
    keeper = the_keeper(office)
    persons = [a_person() for _ in range(20)]

    for some in (persons[:2], persons[2:]):
        facts = [unsaved(Conferral, person, office, **SAYS) for person in some]
        with django_assert_num_queries(8):
            register.record(facts, by=keeper, at=AT)


@pytest.mark.parametrize("role", ["clerk", "head", "director", "auditor", "administrator"])
def test_only_who_runs_the_office_records(role):
    office, person = a_unit(), a_person()
    other = a_user_with(role, office)

    with pytest.raises(Refused, match="Chỉ Văn phòng"):
        register.record([unsaved(Conferral, person, office, **SAYS)], by=other, at=AT)

    assert not Conferral.objects.exists()


def test_the_keeper_of_another_office_records_nothing_here():
    office, person = a_unit(), a_person()

    with pytest.raises(Refused, match="Chỉ Văn phòng"):
        register.record(
            [unsaved(Conferral, person, office, **SAYS)], by=the_keeper(a_unit()), at=AT
        )


@pytest.mark.parametrize(
    ("model", "says", "sentence"),
    [
        (Conferral, SAYS | {"achieved_until": date(2023, 12, 31)}, "kết thúc trước khi bắt đầu"),
        (Conferral, SAYS | {"achieved_from": date(1900, 1, 1)}, "trước năm 1945"),
        (Conferral, SAYS | {"decided_on": date(2026, 3, 3)}, "không được sau hôm nay"),
        (Conferral, SAYS | {"decided_on": date(2023, 3, 3)}, "sớm hơn ngày bắt đầu"),
        (
            Conferral,
            SAYS | {"achieved_from": date(2027, 1, 1), "achieved_until": date(2027, 12, 31)},
            "chưa bắt đầu",
        ),
        (Conferral, SAYS | {"award": "DH_LA"}, "có trong danh mục"),
        (Conferral, SAYS | {"award": "DH_TTLDTT"}, "không tặng cho đối tượng này"),
        (Conferral, SAYS | {"name_written": " "}, "Hãy ghi tên"),
        (YearRating, {"year": 2027, "level": "good"}, "Năm phải từ 1945 đến 2026"),
        (Recognition, {"year": 2024, "reach": "grassroots", "title": " "}, "tên sáng kiến"),
    ],
)
def test_facts_that_contradict_themselves_are_refused(model, says, sentence):
    office, person = a_unit(), a_person()

    with pytest.raises(Refused, match=sentence):
        register.record([unsaved(model, person, office, **says)], by=the_keeper(office), at=AT)

    assert not model.objects.exists()


def test_spans_in_the_wrong_order_are_refused():
    office, person = a_unit(), a_person()

    with pytest.raises(Refused, match="sớm hơn ngày bắt đầu"):
        a_discipline(person, office, until_on=date(2021, 1, 1))
    with pytest.raises(Refused, match="không được sau hôm nay"):
        an_open_matter(person, office, opened_on=date(2026, 4, 1))


def test_a_fact_has_one_recipient_and_of_the_right_sort():
    office, person = a_unit(), a_person()
    keeper = the_keeper(office)

    with pytest.raises(Refused, match="một người, một tập thể hoặc một hộ"):
        register.record([unsaved(Conferral, person, office, **SAYS, unit=office)], by=keeper, at=AT)
    with pytest.raises(Refused, match="Hộ gia đình không có xếp loại"):
        a_rating(a_household(office), office)
    with pytest.raises(Refused, match="Kỷ luật chỉ ghi cho cá nhân"):
        a_discipline(office, office)


def test_the_same_award_by_the_same_decision_is_recorded_once():
    office, person = a_unit(), a_person()
    a_conferral(person, office, decision_number="12/QĐ-SVHTT")

    with pytest.raises(Refused, match="Sổ đã ghi điều này về"):
        a_conferral(
            person,
            office,
            decision_number="12/qđ-svhtt",
            achieved_from=date(2023, 1, 1),
            achieved_until=date(2024, 12, 31),
        )

    assert Conferral.objects.count() == 1


def test_an_award_without_a_decision_is_the_same_for_the_same_period():
    office, person = a_unit(), a_person()
    a_conferral(person, office, decision_number="12/QĐ-SVHTT")

    with pytest.raises(Refused, match="Sổ đã ghi"):
        a_conferral(person, office, decision_number="", decided_on=None)
    a_conferral(person, office, decision_number="", decided_on=None, kind="ad_hoc")
    a_conferral(a_person(), office, decision_number="12/QĐ-SVHTT")


def test_numbers_of_decisions_begin_anew_every_year():
    office, person = a_unit(), a_person()
    for year in (2023, 2024):
        a_conferral(
            person,
            office,
            decision_number="12/QĐ-SVHTT",
            decided_on=date(year + 1, 1, 10),
            achieved_from=date(year, 1, 1),
            achieved_until=date(year, 12, 31),
        )

    assert Conferral.objects.count() == 2


def test_a_list_that_says_the_same_twice_is_refused_whole():
    office, person = a_unit(), a_person()
    facts = [unsaved(Conferral, person, office, **SAYS) for _ in range(2)]

    with pytest.raises(Refused, match="ghi hai lần"):
        register.record(facts, by=the_keeper(office), at=AT)

    assert not Conferral.objects.exists()


def test_what_the_register_has_already_is_told_by_its_place():
    office, person = a_unit(), a_person()
    rating, initiative = a_rating(person, office), a_recognition(person, office, title="Số hóa")
    matter, discipline = an_open_matter(person, office), a_discipline(person, office)
    facts = [
        unsaved(YearRating, person, office, year=2024, level="excellent"),
        unsaved(YearRating, person, office, year=2023, level="good"),
        unsaved(Recognition, person, office, title="SỐ HÓA", reach="grassroots", year=2025),
        unsaved(Recognition, person, office, title="Số hóa", reach="province", year=2025),
        unsaved(type(discipline), person, office, form="reprimand", from_on=discipline.from_on),
        unsaved(type(matter), person, office, kind="petition", opened_on=matter.opened_on),
    ]

    assert doubles(facts) == {0: rating, 2: initiative, 4: discipline, 5: matter}


def test_a_household_is_entered_once():
    office = a_unit()
    keeper = the_keeper(office)

    household = register.enter_household(
        office, head_name="Trần  Văn Hộ", address="Phường Hải Châu", by=keeper, at=AT
    )

    assert list(Household.objects.values_list("head_name", "folded")) == [
        ("Trần Văn Hộ", "tran van ho phuong hai chau")
    ]
    assert Line.objects.get().thing_id == household.pk
    with pytest.raises(Refused, match="cùng chủ hộ và địa chỉ"):
        register.enter_household(
            office, head_name="Trần Văn Hộ", address="phường hải châu", by=keeper, at=AT
        )
    with pytest.raises(Refused, match="họ tên chủ hộ"):
        register.enter_household(office, head_name=" ", address="", by=keeper, at=AT)
    with pytest.raises(Refused, match="Chỉ Văn phòng"):
        register.enter_household(
            office, head_name="Lê Văn Hộ", address="", by=the_keeper(a_unit()), at=AT
        )


@pytest.mark.django_db(transaction=True)
def test_two_who_record_the_same_at_once_record_it_once():
    office, person = a_unit(), a_person()
    keeper = the_keeper(office)
    refused = []

    def enter() -> None:
        try:
            a_conferral(person, office, by=keeper, decision_number="12/QĐ-SVHTT")
        except Refused as refusal:
            refused.append(str(refusal))
        finally:
            connection.close()

    threads = [threading.Thread(target=enter) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (Conferral.objects.count(), len(refused)) == (1, 3)
