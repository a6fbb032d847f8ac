"""Correcting and withdrawing facts: the past is kept, and which findings change is told."""

from datetime import date, timedelta

import pytest

from vinhdanh.common.refusal import Refused
from vinhdanh.honours.actions import register
from vinhdanh.honours.models import Conferral, YearRating
from vinhdanh.honours.queries.effects import sentences
from vinhdanh.honours.queries.register import standing
from vinhdanh.honours.rules.eligibility import Finding
from vinhdanh.honours.tests.make import AT, a_conferral, a_rating, the_keeper
from vinhdanh.journal.models import Line
from vinhdanh.law import store
from vinhdanh.people.models import RoleHolding
from vinhdanh.people.tests.make import a_person, a_position, a_unit, a_user_with

pytestmark = pytest.mark.django_db


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
    a_position(person, office)
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


def test_a_condition_that_several_ways_to_an_award_share_is_told_once():
    office, person = a_unit(), a_person()
    a_position(person, office)
    for year in range(2021, 2025):
        a_rating(person, office, year=year, level="good")
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

    lines = sentences(told, book=store.book())
    told_of = [line for line in lines if "“Xếp loại hoàn thành tốt nhiệm vụ trở lên" in line]
    assert told_of
    assert lines == list(dict.fromkeys(lines))


def test_what_is_foreseen_tells_each_changed_finding_of_an_award_once():
    office, person = a_unit(), a_person()
    a_position(person, office)
    a_rating(person, office, year=2025, level="good")
    year = {"achieved_from": date(2025, 1, 1), "achieved_until": date(2025, 12, 31)}
    won = a_conferral(person, office, award="DH_LDTT", decided_on=date(2026, 1, 15), **year)
    keeper = the_keeper(office)

    found = register.foreseen(
        lambda told: register.withdraw(won, because="Ghi nhầm", by=keeper, at=AT, told=told)
    )

    told = [
        (each.recipient, changed.award, one.criterion, *map(_answered, (one.before, one.after)))
        for each in found
        for changed in each.changed
        for one in changed.findings
    ]
    assert "DH_LDTT" in {award for _recipient, award, *_rest in told}
    assert [line for line in told if told.count(line) > 1] == []


def _answered(finding: Finding | None) -> tuple[str, str] | None:
    return (finding.as_read, finding.measure) if finding else None


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
    a_position(person, office, until_on=date(2025, 12, 31))
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
