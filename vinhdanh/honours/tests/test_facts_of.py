"""What the register hands to the rules."""

from datetime import UTC, date, datetime

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from vinhdanh.honours.actions import register
from vinhdanh.honours.models import Conferral, Discipline, UnitTrait, YearRating
from vinhdanh.honours.queries.facts import facts_of, records_of
from vinhdanh.honours.rules.facts import (
    Facts,
    HeldAward,
    HeldPosition,
    KnownDiscipline,
    KnownInitiative,
    Members,
)
from vinhdanh.honours.rules.records import Records, Spans
from vinhdanh.honours.tests.make import (
    a_conferral,
    a_discipline,
    a_household,
    a_rating,
    a_recognition,
    an_open_matter,
    the_keeper,
)
from vinhdanh.people.models import Person, Unit
from vinhdanh.people.tests.make import a_person, a_position, a_unit

pytestmark = pytest.mark.django_db
ON = date(2026, 3, 2)


def test_a_person_is_told_with_every_record_and_its_reference():
    office = a_unit()
    person = a_person(sex=Person.Sex.FEMALE, retires_on=date(2026, 7, 1))
    a_position(person, office, title="Phó Giám đốc, Bí thư Chi bộ", from_on=date(2015, 5, 4))
    a_position(person, a_unit(office), title="Giám đốc Trung tâm", from_on=date(2010, 1, 1))
    rating = a_rating(person, office)
    award = a_conferral(person, office)
    initiative = a_recognition(person, office, title="Số hóa thư viện")
    discipline = a_discipline(person, office)
    an_open_matter(person, office)

    (facts,) = facts_of([person], year=2025, on=ON)

    assert facts == Facts(
        recipient="person",
        year=2025,
        sex="female",
        ratings={2024: "good"},
        ratings_refs={2024: f"rating:{rating.pk}"},
        awards=(
            HeldAward(
                "DH_LDTT",
                2024,
                decided_on=date(2025, 1, 15),
                of_class="merit",
                period=(2024, 2024),
                ref=f"conferral:{award.pk}",
            ),
        ),
        initiatives=(
            KnownInitiative(
                2024, "grassroots", title="Số hóa thư viện", ref=f"recognition:{initiative.pk}"
            ),
        ),
        disciplines=(
            KnownDiscipline(
                date(2022, 3, 1),
                date(2023, 3, 1),
                form="reprimand",
                ref=f"discipline:{discipline.pk}",
            ),
        ),
        positions=(HeldPosition("department_deputy_director", date(2015, 5, 4)),),
        retires_on=date(2026, 7, 1),
        open_matters=("petition",),
    )


def test_a_post_without_a_first_day_is_told_without_it():
    office, person = a_unit(), a_person()
    a_position(person, office, title="Giám đốc")

    (facts,) = facts_of([person], year=2025, on=ON)

    assert facts.positions == (HeldPosition("department_director", None),)


def test_what_came_after_the_year_is_left_out():
    office, person = a_unit(), a_person()
    a_rating(person, office, year=2025)
    a_rating(person, office, year=2024)

    (facts,) = facts_of([person], year=2024, on=ON)

    assert facts.ratings == {2024: "good"}


def test_a_matter_that_is_settled_is_open_no_more():
    office, person = a_unit(), a_person()
    an_open_matter(person, office, closed_on=ON)

    assert facts_of([person], year=2025, on=ON)[0].open_matters == ()
    assert facts_of([person], year=2025, on=date(2026, 3, 1))[0].open_matters == ("petition",)


def test_the_register_is_read_as_it_stood():
    office, person = a_unit(), a_person()
    rating = a_rating(person, office)
    register.correct(
        rating,
        {"level": YearRating.Level.EXCELLENT},
        because="Ghi nhầm mức xếp loại.",
        by=the_keeper(office),
        at=datetime(2026, 3, 9, 2, 0, tzinfo=UTC),
    )
    before = datetime(2026, 3, 5, 2, 0, tzinfo=UTC)

    assert facts_of([person], year=2025, on=ON)[0].ratings == {2024: "excellent"}
    assert facts_of([person], year=2025, on=ON, as_of=before)[0].ratings == {2024: "good"}
    only = Person.objects.filter(pk=person.pk)
    assert records_of(only, year=2025, on=ON).ratings.max() == 3
    assert records_of(only, year=2025, on=ON, as_of=before).ratings.max() == 2


def test_records_follow_the_person_to_another_office():
    before, after, person = a_unit(), a_unit(), a_person()
    a_rating(person, before, year=2023)
    a_rating(person, after, year=2024)

    (facts,) = facts_of([person], year=2025, on=ON)

    assert facts.ratings == {2023: "good", 2024: "good"}


def test_members_count_where_they_served_last_in_the_year():
    office = a_unit()
    left, entered = a_unit(office), a_unit(office)
    mover, stayer = a_person(), a_person()
    a_position(mover, left, from_on=date(2020, 1, 1), until_on=date(2025, 5, 31))
    a_position(mover, entered, from_on=date(2025, 6, 1))
    a_position(stayer, left, from_on=date(2020, 1, 1))
    for person in (mover, stayer):
        a_rating(person, office, year=2025)
    for award in ("DH_LDTT", "DH_CSTD_CS"):
        a_conferral(mover, office, award=award, **_period(2025))
    a_discipline(
        stayer,
        office,
        form=Discipline.Form.WARNING,
        from_on=date(2025, 2, 1),
        until_on=date(2026, 2, 1),
    )

    whole, of_left, of_entered = facts_of(units=[office, left, entered], year=2025, on=ON)

    assert whole.members == Members(2, 2, 1, 1, 1)
    assert of_left.members == Members(1, 1, None, None, 1)
    assert of_entered.members == Members(1, 1, 1, 1, 0)


def test_members_without_a_rating_leave_open_how_many_did_their_duties():
    office = a_unit()
    a_position(a_person(), office)

    (facts,) = facts_of(units=[office], year=2025, on=ON)

    assert facts.members == Members(1, None, None, None, 0)


def test_a_unit_without_members_says_nothing_of_them():
    (facts,) = facts_of(units=[a_unit()], year=2025, on=ON)

    assert facts.members is None


def test_what_a_unit_was_before_a_change_of_name_is_its_own():
    office = a_unit()
    now = a_unit(office, valid_from=date(2022, 1, 1))
    before = a_unit(
        office,
        successors=(now,),
        ending=Unit.Ending.RENAMED,
        valid_from=date(2010, 1, 1),
        valid_until=date(2021, 12, 31),
    )
    a_rating(before, office, year=2021)
    a_rating(now, office, year=2022)
    UnitTrait.objects.create(unit=now, trait="no_flags")

    (facts,) = facts_of(units=[now], year=2025, on=ON)

    assert facts.ratings == {2021: "good", 2022: "good"}
    assert facts.founded_on == date(2010, 1, 1)
    assert facts.traits == ("no_flags",)


def test_what_a_unit_was_before_a_merger_is_possible_only():
    office = a_unit()
    now = a_unit(office, valid_from=date(2022, 1, 1))
    merged = a_unit(office, successors=(now,), ending=Unit.Ending.MERGED)
    earlier = a_unit(office, successors=(merged,), ending=Unit.Ending.RENAMED)
    a_rating(merged, office, year=2021)
    a_conferral(earlier, office, award="DH_TTLDXS", **_period(2020))
    a_conferral(now, office, award="DH_TTLDTT", **_period(2024))

    (facts,) = facts_of(units=[now], year=2025, on=ON)

    assert facts.ratings == {}
    assert [(held.code, held.certain) for held in facts.awards] == [
        ("DH_TTLDXS", False),
        ("DH_TTLDTT", True),
    ]
    assert facts.founded_on == date(2022, 1, 1)


def test_what_a_unit_was_before_a_split_is_possible_only_for_each_that_followed():
    office = a_unit()
    heirs = [a_unit(office, valid_from=date(2022, 1, 1)) for _ in range(2)]
    split = a_unit(office, successors=tuple(heirs), ending=Unit.Ending.SPLIT)
    earlier = a_unit(office, successors=(split,), ending=Unit.Ending.RENAMED)
    a_rating(split, office, year=2021)
    a_conferral(earlier, office, award="DH_TTLDXS", **_period(2020))

    for facts in facts_of(units=heirs, year=2025, on=ON):
        assert facts.ratings == {}
        assert [(held.code, held.certain) for held in facts.awards] == [("DH_TTLDXS", False)]
        assert facts.founded_on == date(2022, 1, 1)


def test_persons_units_and_households_come_in_this_order():
    office, person = a_unit(), a_person()
    household = a_household(office)
    a_conferral(household, office, award="HT_GK_SO")

    found = facts_of([person], [office], [household], year=2025, on=ON)

    assert [facts.recipient for facts in found] == ["person", "collective", "household"]
    assert [held.code for held in found[2].awards] == ["HT_GK_SO"]


def test_arrays_say_the_same_as_facts_told_one_by_one():
    office = a_unit()
    for number in range(3):
        person = a_person(sex=Person.Sex.MALE if number else "", retires_on=ON if number else None)
        a_position(person, office, title="Giám đốc", from_on=date(2015, 5, 4))
        a_rating(person, office, year=2024 - number)
        a_conferral(person, office, award="DH_LDTT", kind=Conferral.Class.THEME)
        a_conferral(person, office, award="HT_GK_SO", **_period(2020 + number))
        a_recognition(person, office, year=2021)
        a_discipline(person, office, until_on=None if number else date(2023, 3, 1))
    an_open_matter(person, office)
    persons = Person.objects.order_by("sort_key")

    arrays = records_of(persons, year=2025, on=ON)

    told = Records.of(facts_of(persons, year=2025, on=ON))
    assert _plain(arrays) == _plain(told)


def test_nobody_is_an_empty_array():
    assert records_of(Person.objects.none(), year=2025, on=ON).count == 0
    assert facts_of(year=2025, on=ON) == []


def test_facts_cost_the_same_queries_for_one_and_for_many():
    office = a_unit()
    one = _somebody(office)
    asked_for_one = _queries([one], [office])
    many = [one, *(_somebody(office) for _ in range(4))]
    units = [office, *(a_unit(office) for _ in range(4))]

    assert _queries(many, units) == asked_for_one


def _somebody(office: Unit) -> Person:
    person = a_person()
    a_position(person, office)
    a_rating(person, office)
    a_conferral(person, office)
    return person


def _queries(persons: list[Person], units: list[Unit]) -> int:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        facts_of(persons, units, year=2025, on=ON)
    return len(asked)


def _period(year: int) -> dict[str, date]:
    return {"achieved_from": date(year, 1, 1), "achieved_until": date(year, 12, 31)}


def _plain(records: Records) -> dict[str, object]:
    """Values that compare; events in one order, codes and titles by name."""
    awards = records.awards
    columns = ("row", "of_class", "year", "counts_from", "may_count_from", "period_from")
    return {
        "ratings": records.ratings.tolist(),
        "awards": sorted(
            (awards.codes[code], *rest)
            for code, *rest in zip(
                awards.code.tolist(),
                *(getattr(awards, column).tolist() for column in columns),
                awards.period_to.tolist(),
                strict=True,
            )
        ),
        "initiatives": sorted(np.array(list(vars(records.initiatives).values())).T.tolist()),
        "disciplines": _spans(records.disciplines),
        "positions": _spans(records.positions),
        "women": records.women.tolist(),
        "retires_on": records.retires_on.tolist(),
        "open_matters": records.open_matters.tolist(),
        "members": records.members.tolist(),
        "founded_on": records.founded_on.tolist(),
        "occupation": records.occupation.tolist(),
        "declared": records.declared.tolist(),
        "later_retirement": records.later_retirement.tolist(),
    }


def _spans(spans: Spans) -> list[tuple[object, ...]]:
    columns = [getattr(spans, name).tolist() for name in ("row", "since", "until", "title")]
    titles = spans.titles
    return sorted((titles[title], *rest) for *rest, title in zip(*columns, strict=True))
