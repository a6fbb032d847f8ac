"""Nobody comes to hold, or to give, more than was given to them."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from vinhdanh.common.refusal import Refused
from vinhdanh.people import access, actions, queries
from vinhdanh.people.models import RoleHolding, Unit
from vinhdanh.people.tests.make import a_holding, a_person, a_position, a_unit, a_user_with
from vinhdanh.people.tests.test_imports import PERSON_HEADS, UNIT_HEADS, handed_in

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 1)
NOW = datetime(2026, 3, 1, 2, tzinfo=UTC)
Role = RoleHolding.Role


def logged_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def merge(unit, successor, *, by) -> None:
    actions.end_unit(
        unit,
        last_day=DAY,
        ending=Unit.Ending.MERGED,
        successors=[successor],
        carry_over=True,
        by=by,
        on=DAY,
    )


def test_an_administrator_of_a_unit_does_not_make_it_a_department():
    unit = a_unit(a_unit())
    admin = a_user_with(Role.ADMINISTRATOR, unit)

    answer = logged_in(admin).post(
        reverse("people:unit_edit", args=[unit.pk]),
        {"name": unit.name, "kind": "department", "position": "0"},
    )

    unit.refresh_from_db()
    assert (answer.status_code, unit.kind) == (422, Unit.Kind.OFFICE)
    assert not access.administers_a_department(admin, on=timezone.localdate())


def test_nor_makes_one_below_it_by_hand_or_by_a_sheet():
    unit = a_unit(a_unit(), name="Phòng Nghiệp vụ Một")
    admin = a_user_with(Role.ADMINISTRATOR, unit)

    answer = logged_in(admin).post(
        reverse("people:unit_new"),
        {"parent": unit.pk, "name": "Sở Tự lập", "kind": "department", "position": "0"},
    )
    row = ["Sở Tự lập", "", "", "Sở, ban, ngành", "", ""]
    sheet = handed_in(unit, admin, UNIT_HEADS, row)
    (outcome,) = queries.unit_outcomes(sheet, by=admin, on=DAY)

    assert answer.status_code == 422
    assert not Unit.objects.filter(name="Sở Tự lập").exists()
    assert (outcome.verdict, [problem.column for problem in outcome.problems]) == (
        "wrong",
        ["kind"],
    )


def test_an_administrator_of_the_tree_makes_departments():
    city = a_unit(kind=Unit.Kind.CITY)
    admin = a_user_with(Role.ADMINISTRATOR, city)

    assert access.kinds_given(admin, on=DAY) == list(Unit.Kind)


def test_a_department_is_still_edited_by_who_may_not_make_one():
    department = a_unit(a_unit(kind=Unit.Kind.DEPARTMENT), kind=Unit.Kind.CITY)
    admin = a_user_with(Role.ADMINISTRATOR, department)

    logged_in(admin).post(
        reverse("people:unit_edit", args=[department.pk]),
        {"name": "Tên mới", "kind": "city", "position": "0"},
    )

    department.refresh_from_db()
    assert department.name == "Tên mới"


def test_the_office_raises_no_administrator_by_merging_units():
    office = a_unit()
    unit = a_unit(office)
    standing, local = a_user_with(Role.OFFICE, office), a_user_with(Role.ADMINISTRATOR, unit)
    a_holding(local, Role.CLERK, unit)

    merge(unit, office, by=standing)

    carried = RoleHolding.objects.filter(unit=office).exclude(user=standing)
    assert [(holding.user, holding.role) for holding in carried] == [(local, Role.CLERK)]
    assert RoleHolding.objects.get(unit=unit, role=Role.ADMINISTRATOR).until_on == DAY


def test_an_administrator_carries_administration_over():
    office = a_unit()
    unit = a_unit(office)
    admin, local = a_user_with(Role.ADMINISTRATOR, office), a_user_with(Role.ADMINISTRATOR, unit)

    merge(unit, office, by=admin)

    assert RoleHolding.objects.filter(unit=office, user=local, role=Role.ADMINISTRATOR).exists()


def test_the_last_day_of_a_unit_leaves_a_day_after():
    unit = a_unit(a_unit())

    with pytest.raises(Refused, match="quá xa"):
        actions.end_unit(
            unit, last_day=date.max, ending="dissolved", successors=[], by=None, on=DAY
        )


def test_a_sheet_gives_no_account_to_who_serves_elsewhere_too():
    office = a_unit()
    mine, other = a_unit(office, name="Phòng Một"), a_unit(office, name="Phòng Hai")
    admin = a_user_with(Role.ADMINISTRATOR, mine)
    person = a_person(full_name="Lê Văn Đôi")
    a_position(person, mine)
    a_position(person, other)

    row = ["Lê Văn Đôi", "", "", "", "Phòng Một", "Chuyên viên", "", "doi.lv"]
    sheet = handed_in(mine, admin, PERSON_HEADS, row)
    (outcome,) = queries.person_outcomes(sheet, by=admin, on=DAY)

    assert (outcome.verdict, [problem.column for problem in outcome.problems]) == (
        "wrong",
        ["username"],
    )


def test_a_council_role_held_at_the_office_acts_for_councils_alone():
    office = a_unit()
    a_unit(office)
    council = a_unit(office, kind=Unit.Kind.COUNCIL)

    chair = a_user_with(Role.COUNCIL_CHAIR, office)

    assert list(access.acted_for(chair, on=DAY)) == [council]
    assert access.covered(chair, access.OVERSEES, on=DAY).count() == 3


def test_a_bloc_role_acts_for_blocs_and_a_head_for_all_below():
    office = a_unit()
    bloc, unit = a_unit(office, kind=Unit.Kind.BLOC), a_unit(office)
    leader, head = a_user_with(Role.BLOC_HEAD, office), a_user_with(Role.HEAD, office)

    assert list(access.acted_for(leader, on=DAY)) == [bloc]
    assert set(access.acted_for(head, on=DAY)) == {office, bloc, unit}


@pytest.mark.parametrize("role", list(Role))
def test_whether_one_acts_for_a_unit_agrees_with_all_one_acts_for(role: str):
    office = a_unit()
    middle = a_unit(office)
    units = [
        a_unit(above, kind=kind)
        for above in (office, middle, a_unit())
        for kind in (Unit.Kind.OFFICE, Unit.Kind.BLOC, Unit.Kind.COUNCIL)
    ]
    units += [office, middle]

    for holder in (
        a_user_with(role, office),
        a_user_with(role, middle),
        a_user_with(role, units[1]),
    ):
        found = {unit for unit in units if access.acts_for(holder, unit, on=DAY)}
        assert found == set(access.acted_for(holder, on=DAY))
