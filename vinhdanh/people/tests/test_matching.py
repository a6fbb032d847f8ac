from datetime import date

import pytest

from vinhdanh.people import queries
from vinhdanh.people.models import Unit
from vinhdanh.people.queries import Candidate, Match
from vinhdanh.people.tests.make import a_group, a_unit

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 1)


def test_names_become_the_units_and_groups_of_the_office():
    office = a_unit(name="Sở Văn hóa và Thể thao", short_name="Sở VHTT")
    legal = a_unit(office, name="Phòng Tổ chức - Pháp chế", short_name="P. TC-PC")
    a_unit(a_unit(office, name="Nhà hát Thử"), name="Văn phòng")
    front = a_unit(office, name="Văn phòng", other_names=("Thường trực TĐKT",))
    ministry = a_unit(name="Bộ Văn hóa, Thể thao và Du lịch", outside=True)
    everyone = a_group(office, other_names="Các đơn vị\nCác phòng, ban, đơn vị thuộc Sở")

    found = queries.match_names(
        ["Văn phòng Sở", "P. TC-PC", "Thường trực TĐKT Sở", "Bộ VHTTDL", "Các đơn vị", "Ai đó"],
        office=office,
        on=DAY,
    )

    assert found == {
        "Văn phòng Sở": Match("exact", unit=front, score=100),
        "P. TC-PC": Match("abbreviation", unit=legal, score=100),
        "Thường trực TĐKT Sở": Match("abbreviation", unit=front, score=100),
        "Bộ VHTTDL": Match("abbreviation", unit=ministry, score=100),
        "Các đơn vị": Match("abbreviation", group=everyone, score=100),
        "Ai đó": Match("none"),
    }


def test_a_unit_is_known_with_the_unit_above_it():
    office = a_unit()
    ministry = a_unit(name="Bộ Văn hóa, Thể thao và Du lịch", outside=True)
    bureau = a_unit(ministry, name="Vụ Thi đua, Khen thưởng", outside=True)
    first, second = a_unit(office, name="Nhà hát Một"), a_unit(office, name="Nhà hát Hai")
    staff = a_unit(first, name="Phòng Hành chính")
    other = a_unit(second, name="Phòng Hành chính")

    found = queries.match_names(
        ["Vụ TĐKT Bộ VHTTDL", "Phòng Hành chính", "Phòng Hành chính - Nhà hát Một"],
        office=office,
        on=DAY,
    )

    assert found["Vụ TĐKT Bộ VHTTDL"] == Match("abbreviation", unit=bureau, score=100)
    assert found["Phòng Hành chính - Nhà hát Một"] == Match("abbreviation", unit=staff, score=100)
    assert {candidate.unit for candidate in found["Phòng Hành chính"].candidates} == {staff, other}


def test_a_unit_of_another_office_is_not_known():
    office = a_unit()
    a_unit(a_unit(), name="Phòng Nghệ thuật")

    assert queries.match_name("Phòng Nghệ thuật", office=office, on=DAY) == Match("none")


def test_a_unit_that_ended_offers_its_successor():
    office = a_unit()
    heir = a_unit(office, name="Phòng Văn hóa và Gia đình", valid_from=date(2025, 7, 1))
    a_unit(
        office,
        name="Phòng Xây dựng Nếp sống",
        valid_until=date(2025, 6, 30),
        successors=(heir,),
    )

    match = queries.match_name("Phòng Xây dựng Nếp sống", office=office, on=DAY)

    assert match == Match("near", score=99, candidates=(Candidate(99, unit=heir),))


def test_a_unit_that_was_split_offers_all_that_followed_it_and_are_there():
    office = a_unit()
    heirs = [a_unit(office, position=number, valid_from=date(2025, 7, 1)) for number in (2, 1)]
    last = a_unit(office, valid_from=date(2026, 1, 1))
    gone = a_unit(office, valid_until=date(2025, 12, 31), successors=(last, heirs[0]))
    a_unit(
        office,
        name="Phòng Xây dựng Nếp sống",
        valid_until=date(2025, 6, 30),
        successors=(*heirs, gone),
    )

    match = queries.match_name("Phòng Xây dựng Nếp sống", office=office, on=DAY)

    offered = (heirs[1], heirs[0], last)
    assert match == Match(
        "near", score=99, candidates=tuple(Candidate(99, unit=heir) for heir in offered)
    )


def test_many_names_cost_the_same_queries(django_assert_num_queries):
    office = a_unit()
    names = [f"Phòng Thử {number}" for number in range(30)]
    for name in names:
        a_unit(office, name=name, kind=Unit.Kind.OFFICE)

    with django_assert_num_queries(4):
        queries.match_names(names[:1], office=office, on=DAY)
    with django_assert_num_queries(4):
        queries.match_names(names, office=office, on=DAY)


def test_a_group_means_the_units_valid_on_the_day():
    office = a_unit()
    first = a_unit(office, position=1, valid_until=date(2026, 2, 28))
    second = a_unit(office, position=2)
    theatre = a_unit(office, position=3, kind=Unit.Kind.AFFILIATED)
    a_unit(office, kind=Unit.Kind.COUNCIL)
    below = a_unit(theatre)
    guest = a_unit(outside=True, position=9)
    group = a_group(office)
    group.members.add(guest)

    assert list(queries.units_of(group, on=date(2026, 2, 28))) == [first, second, theatre, guest]
    assert list(queries.units_of(group, on=DAY)) == [second, theatre, guest]

    group.whole_subtree = True
    assert list(queries.units_of(group, on=DAY)) == [below, second, theatre, guest]
