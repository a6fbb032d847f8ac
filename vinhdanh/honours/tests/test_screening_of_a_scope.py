"""Everybody in a unit and below it against every award."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from vinhdanh.honours.queries.screening import Screening, screening
from vinhdanh.honours.tests.make import (
    a_conferral,
    a_household,
    a_rating,
    a_recognition,
    an_open_matter,
)
from vinhdanh.law.store import book
from vinhdanh.people.models import Person, Unit
from vinhdanh.people.tests.make import a_person, a_position, a_unit

pytestmark = pytest.mark.django_db
# A day before the law that was not read, and the year then under appraisal.
ON = date(2025, 12, 1)
YEAR = 2025


def test_those_who_served_in_the_year_are_screened_by_given_name():
    office = a_unit()
    room, other = a_unit(office), a_unit()
    minh = _a_worker(room, full_name="Trần Văn Minh")
    an = _a_worker(room, full_name="Vũ Thị An")
    _a_worker(other, full_name="Lê Văn Khác")
    gone = a_person(full_name="Hồ Văn Cũ")
    a_position(gone, room, until_on=date(2024, 12, 31))

    found = _screening(office)

    assert [candidate.pk for candidate in found.candidates] == [an.pk, minh.pk]
    assert {candidate.unit for candidate in found.candidates} == {room.placed_name}


def test_verdicts_are_those_of_the_engine():
    office = a_unit()
    good, bad = (
        _a_worker(office, full_name="Vũ Thị An"),
        _a_worker(office, level="completed", full_name="Trần Văn Minh"),
    )
    a_recognition(good, office, year=YEAR)

    found = _screening(office)

    rows = found.rows(award="DH_CSTD_CS")
    assert [(row.candidate.pk, row.verdict, row.merit) for row in rows] == [
        (good.pk, "judge", ""),
        (bad.pk, "unmet", ""),
    ]
    assert found.counts()["DH_CSTD_CS"] == {"judge": 1, "unmet": 1}
    answer = found.told(rows[1:])[bad.pk, "DH_CSTD_CS"]
    assert (answer.verdict, answer.as_read) == ("unmet", "unmet")


def test_rows_are_found_by_verdict_name_and_unit():
    office = a_unit()
    room = a_unit(office)
    an = _a_worker(room, full_name="Vũ Thị Ân")
    minh = _a_worker(office, level="completed", full_name="Trần Văn Minh")
    found = _screening(office)

    assert _whose(found, verdict="unmet", award="DH_LDTT") == [minh.pk]
    assert _whose(found, name="vu an", award="DH_LDTT") == [an.pk]
    assert _whose(found, unit=room, award="DH_LDTT") == [an.pk]
    assert len(found.rows(name="vu an")) == len(found.awards)


def test_an_open_matter_suspends():
    office = a_unit()
    person = _a_worker(office)
    an_open_matter(person, office, opened_on=date(2025, 11, 3))

    assert [row.verdict for row in _screening(office).rows(award="DH_LDTT")] == ["suspended"]


def test_a_later_law_leaves_the_verdict_as_read():
    office = a_unit()
    _a_worker(office, level="completed")

    (row,) = _screening(office, on=date(2026, 11, 2)).rows(award="DH_LDTT")

    assert (row.verdict, row.as_read) == ("judge", "unmet")


def test_collectives_and_households_are_screened_too():
    office = a_unit()
    room = a_unit(office)
    a_unit(office, kind=Unit.Kind.BLOC)
    a_unit(office, valid_until=date(2024, 12, 31))
    household = a_household(office)

    collectives, households = (
        _screening(office, kind="collective"),
        _screening(office, kind="household"),
    )

    assert {each.pk for each in collectives.candidates} == {office.pk, room.pk}
    assert [each.pk for each in households.candidates] == [household.pk]
    assert len(collectives.rows(award="DH_TTLDTT")) == 2
    assert set(households.awards) <= set(households.counts())


def test_an_empty_scope_has_no_rows():
    found = _screening(a_unit())

    assert (len(found.rows()), found.counts(), found.chains()) == (0, {}, [])


def test_chains_of_the_scope_are_told_with_their_candidate():
    office = a_unit()
    person = a_person()
    a_position(person, office)
    for year in (2022, 2023, 2024):
        a_rating(person, office, year=year)

    ((candidate, chain), *_others) = _screening(office).chains()

    assert (candidate.pk, chain.length, chain.since) == (person.pk, 3, 2022)


def test_a_screening_costs_the_same_queries_for_one_and_for_many():
    office = a_unit()
    _a_worker(office)
    of_one = _queries(office)
    for _number in range(4):
        _a_worker(a_unit(office))

    assert _queries(office) == of_one


def _a_worker(unit: Unit, *, level: str = "good", **fields: str) -> Person:
    """Serves in the unit, rated for the year, an advanced worker of the year before."""
    person = a_person(**fields)
    a_position(person, unit)
    a_rating(person, unit, year=YEAR, level=level)
    a_conferral(person, unit)
    return person


def _screening(scope: Unit, *, kind: str = "person", on: date = ON) -> Screening:
    return screening(scope, kind, year=YEAR, book=book(), on=on)


def _whose(found: Screening, **asked: object) -> list[object]:
    return [row.candidate.pk for row in found.rows(**asked)]


def _queries(scope: Unit) -> list[int]:
    counted = []
    for kind in ("person", "collective", "household"):
        with CaptureQueriesContext(connection) as asked:
            found = _screening(scope, kind=kind)
            found.told(found.rows()[:5])
        counted.append(len(asked))
    return counted
