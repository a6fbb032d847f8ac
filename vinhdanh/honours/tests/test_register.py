"""Entering, correcting and withdrawing facts, and the register as it stood."""

import threading
from datetime import date, timedelta

import pytest
from django.db import connection

from vinhdanh.common.refusal import Refused
from vinhdanh.honours.actions import register
from vinhdanh.honours.models import Conferral, Household, Origin, Recognition, YearRating
from vinhdanh.honours.queries.register import doubles, standing
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
from vinhdanh.people.models import RoleHolding
from vinhdanh.people.tests.make import a_person, a_position, a_unit, a_user_with

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


def test_a_correction_keeps_the_past_and_stands_in_its_place():
    office, person = a_unit(), a_person()
    keeper = the_keeper(office)
    wrong = a_conferral(person, office, award="DH_LDTT")
    later = AT + timedelta(days=1)

    right = register.correct(
        wrong, {"award": "DH_CSTD_CS"}, because="Chép nhầm dòng", by=keeper, at=later
    )

    wrong.refresh_from_db()
    assert (wrong.withdrawn_at, wrong.withdrawn_by, wrong.withdrawn_because) == (
        later,
        keeper,
        "Chép nhầm dòng",
    )
    assert (right.replaces, right.award, right.origin, right.recorded_at) == (
        wrong,
        "DH_CSTD_CS",
        wrong.origin,
        later,
    )
    assert list(standing(Conferral.objects.all())) == [right]
    assert list(standing(Conferral.objects.all(), AT)) == [wrong]
    assert list(standing(Conferral.objects.all(), later)) == [right]
    assert list(standing(Conferral.objects.all(), AT - timedelta(seconds=1))) == []
    line = Line.objects.get(deed="fact corrected")
    assert line.detail == {
        "reason": "Chép nhầm dòng",
        "before": {"award": "DH_LDTT"},
        "after": {"award": "DH_CSTD_CS"},
    }


def test_a_correction_may_give_the_fact_to_another():
    office, wrong_person, right_person = a_unit(), a_person(), a_person()
    wrong = a_conferral(wrong_person, office)

    right = register.correct(
        wrong, {"person": right_person}, because="Trùng tên", by=the_keeper(office), at=AT
    )
    whole = register.correct(
        right,
        {"unit": office, "award": "DH_TTLDTT"},
        because="Khen tập thể",
        by=the_keeper(office),
        at=AT,
    )

    assert (right.person, right.unit) == (right_person, None)
    assert (whole.person, whole.unit) == (None, office)


def test_a_correction_tells_which_findings_stood_on_the_fact():
    office, person = a_unit(), a_person(full_name="Nguyễn Văn An")
    wrong = a_rating(person, office, year=2025, level="good")
    told = []

    register.correct(
        wrong,
        {"level": "completed"},
        because="Nhầm mức",
        by=the_keeper(office),
        at=AT,
        told=told.extend,
    )

    turned = {
        (each.recipient, each.year, changed.award, changed.before, changed.after)
        for each in told
        for changed in each.changed
        if changed.turns
    }
    assert (person, 2025, "DH_LDTT", "judge", "unmet") in turned
    lines = Line.objects.get(deed="fact corrected").detail["findings"]
    assert "Nguyễn Văn An, xét năm 2025, Lao động tiên tiến: Cần người xem xét → Chưa đạt" in lines


def test_a_rating_of_a_member_changes_the_findings_of_the_collective():
    office, person = a_unit(), a_person()
    unit = a_unit(office)
    a_position(person, unit)
    rating = a_rating(person, office, year=2025, level="good")
    told = []

    register.withdraw(rating, because="Nhầm người", by=the_keeper(office), at=AT, told=told.extend)

    assert {each.recipient for each in told} == {person, unit}


def test_what_would_change_is_foreseen_and_nothing_is_written():
    office, person = a_unit(), a_person()
    keeper = the_keeper(office)
    rating = a_rating(person, office, year=2025, level="good")
    lines = Line.objects.count()

    found = register.foreseen(
        lambda told: register.withdraw(rating, because="Nhầm", by=keeper, at=AT, told=told)
    )

    rating.refresh_from_db()
    assert [(each.recipient, each.year) for each in found] == [(person, 2026), (person, 2025)]
    assert (rating.withdrawn_at, Line.objects.count()) == (None, lines)


def test_a_rating_is_corrected_in_place_of_the_one_of_its_year():
    office, person = a_unit(), a_person()
    wrong = a_rating(person, office, level="completed")

    right = register.correct(
        wrong, {"level": "good"}, because="Nhầm mức", by=the_keeper(office), at=AT
    )

    assert list(standing(YearRating.objects.all())) == [right]
    assert Line.objects.get(deed="fact corrected").detail["after"] == {
        "level": "Hoàn thành tốt nhiệm vụ"
    }


def test_corrections_are_refused_without_reason_change_right_or_ground():
    office, person = a_unit(), a_person()
    keeper = the_keeper(office)
    fact = a_conferral(person, office)
    other = a_conferral(person, office, award="DH_CSTD_CS", decision_number=fact.decision_number)

    with pytest.raises(Refused, match="lý do đính chính"):
        register.correct(fact, {"award": "DH_CSTD_TP"}, because=" ", by=keeper, at=AT)
    with pytest.raises(Refused, match="Không có gì khác"):
        register.correct(fact, {"award": fact.award}, because="Sửa", by=keeper, at=AT)
    with pytest.raises(Refused, match="Chỉ Văn phòng"):
        register.correct(
            fact,
            {"award": "DH_CSTD_TP"},
            because="Sửa",
            by=a_user_with(RoleHolding.Role.CLERK, office),
            at=AT,
        )
    with pytest.raises(Refused, match="Sổ đã ghi điều này"):
        register.correct(fact, {"award": other.award}, because="Sửa", by=keeper, at=AT)
    with pytest.raises(Refused, match="kết thúc trước"):
        register.correct(
            fact, {"achieved_until": date(2020, 1, 1)}, because="Sửa", by=keeper, at=AT
        )
    assert list(standing(Conferral.objects.filter(pk=fact.pk))) == [fact]


def test_what_was_corrected_or_withdrawn_meanwhile_is_not_corrected_again():
    office, person = a_unit(), a_person()
    keeper = the_keeper(office)
    fact = a_conferral(person, office)
    register.withdraw(fact, because="Ghi nhầm người", by=keeper, at=AT)

    with pytest.raises(Refused, match="đã được đính chính hoặc gỡ khỏi sổ"):
        register.correct(fact, {"award": "DH_CSTD_CS"}, because="Sửa", by=keeper, at=AT)
    with pytest.raises(Refused, match="đã được đính chính hoặc gỡ khỏi sổ"):
        register.withdraw(fact, because="Gỡ", by=keeper, at=AT)


def test_what_is_withdrawn_no_longer_stands_and_may_be_recorded_again():
    office, person = a_unit(), a_person()
    keeper = the_keeper(office)
    fact = a_conferral(person, office, decision_number="12/QĐ-SVHTT")

    register.withdraw(fact, because="Ghi nhầm người", by=keeper, at=AT)

    assert list(standing(Conferral.objects.all())) == []
    assert Line.objects.get(deed="fact withdrawn").detail == {"reason": "Ghi nhầm người"}
    a_conferral(person, office, decision_number="12/QĐ-SVHTT")


def test_withdrawing_asks_for_a_reason_and_the_right():
    office, person = a_unit(), a_person()
    fact = a_conferral(person, office)

    with pytest.raises(Refused, match="lý do gỡ"):
        register.withdraw(fact, because="", by=the_keeper(office), at=AT)
    with pytest.raises(Refused, match="Chỉ Văn phòng"):
        register.withdraw(fact, because="Gỡ", by=the_keeper(a_unit()), at=AT)


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
