from datetime import UTC, date, datetime

import pytest

from vinhdanh.accounts.tests.make import a_user
from vinhdanh.common.refusal import Refused
from vinhdanh.journal import queries as journal
from vinhdanh.people import access, actions, queries
from vinhdanh.people.models import Person, Position, RoleHolding, Unit
from vinhdanh.people.tests.make import (
    a_holding,
    a_person,
    a_position,
    a_unit,
    a_user_with,
)

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 1)
NOW = datetime(2026, 3, 1, 2, tzinfo=UTC)
Role = RoleHolding.Role


def test_a_person_is_entered_with_a_position():
    unit, user = a_unit(), a_user()

    person = actions.create_person(
        full_name=" Trần  Thị Thử", unit=unit, title="Chuyên viên", code="CB1", by=user
    )

    assert person.full_name == "Trần Thị Thử"
    assert [str(position) for position in person.positions.all()] == [f"Chuyên viên, {unit}"]
    assert [line.deed for line in journal.lines_about(person)] == [
        "position begun",
        "person entered",
    ]


def test_the_same_person_is_not_entered_twice():
    unit = a_unit()
    known = {"full_name": "Trần Thị Thử", "born_on": date(1990, 1, 2)}
    actions.create_person(**known, unit=unit, title="Chuyên viên", code="CB1", by=None)

    with pytest.raises(Refused, match="Mã cán bộ"):
        actions.create_person(full_name="Khác", unit=unit, title="A", code="CB1", by=None)
    with pytest.raises(Refused, match="cùng họ tên"):
        actions.create_person(
            full_name="TRẦN THỊ THỬ", born_on=date(1990, 1, 2), unit=unit, title="B", by=None
        )


def test_a_retirement_before_the_birth_is_refused():
    born = date(1990, 1, 2)

    with pytest.raises(Refused, match="sau ngày sinh"):
        actions.create_person(
            full_name="Lê Thử", born_on=born, retires_on=born, unit=a_unit(), title="A", by=None
        )


def test_personal_details_do_not_reach_the_journal():
    person = a_person(full_name="Trần Thị Thử", phone="0911", sex="male")

    actions.edit_person(person, full_name="Trần Thị Mới", phone="0922", sex="female", by=a_user())

    assert journal.lines_about(person)[0].detail == {
        "before": {"full_name": "Trần Thị Thử", "phone": "…", "sex": "…"},
        "after": {"full_name": "Trần Thị Mới", "phone": "đã đổi", "sex": "đã đổi"},
    }


def test_an_edited_name_reaches_the_account_but_no_address_does():
    user = a_user(email="cu@example.vn")
    person = a_person(user=user)

    actions.edit_person(person, full_name="Trần Thị Mới", email="moi@example.vn", by=a_user())

    user.refresh_from_db()
    assert (user.name, user.email) == ("Trần Thị Mới", "cu@example.vn")


def test_a_position_begins_and_ends():
    person, unit = a_person(), a_unit()

    position = actions.begin_position(person, unit=unit, title="Kế toán", from_on=DAY, by=None)
    with pytest.raises(Refused, match="đã có chức vụ"):
        actions.begin_position(person, unit=unit, title="kế toán", by=None)
    with pytest.raises(Refused, match="trước ngày bắt đầu"):
        actions.end_position(position, last_day=date(2026, 2, 1), by=None)
    actions.end_position(position, last_day=date(2026, 5, 1), by=None)
    with pytest.raises(Refused, match="đã kết thúc"):
        actions.end_position(position, last_day=date(2026, 6, 1), by=None)

    assert Position.objects.get().until_on == date(2026, 5, 1)


def test_nobody_begins_in_a_unit_that_has_ended():
    unit = a_unit(valid_until=date(2025, 12, 31))

    with pytest.raises(Refused, match="Đơn vị đã kết thúc"):
        actions.begin_position(a_person(), unit=unit, title="Kế toán", from_on=DAY, by=None)


def test_an_account_is_given_closed_and_opened_again():
    unit = a_unit()
    admin = a_user_with(Role.ADMINISTRATOR, unit)
    person = a_person()

    user, password = actions.open_account(person, username="thu.tran", by=admin, at=NOW)

    assert user.check_password(password)
    with pytest.raises(Refused, match="đã có tài khoản"):
        actions.open_account(person, username="thu.tran2", by=admin, at=NOW)
    actions.close_account(person, by=admin, at=NOW, on=DAY)
    actions.reopen_account(person, by=admin, at=NOW)
    assert actions.reset_password(person, by=admin, at=NOW) != password
    assert [line.deed for line in journal.lines_about(person)] == [
        "password reset",
        "account reopened",
        "account closed",
        "account given",
    ]


def test_roles_are_granted_and_revoked():
    unit, user = a_unit(), a_user()
    person = a_person(user=user)
    admin = a_user_with(Role.ADMINISTRATOR, unit)

    holding = actions.grant_role(person, role=Role.CLERK, unit=unit, by=admin)
    with pytest.raises(Refused, match="đang giữ vai trò"):
        actions.grant_role(person, role=Role.CLERK, unit=unit, by=admin)
    assert access.covers(user, unit, [Role.CLERK], on=DAY)
    actions.revoke_role(holding, by=admin, on=DAY)

    assert not access.covers(user, unit, [Role.CLERK], on=DAY)
    assert access.covers(user, unit, [Role.CLERK], on=date(2026, 2, 28))
    assert [line.deed for line in journal.lines_about(unit)] == ["role revoked", "role granted"]
    with pytest.raises(Refused, match="đã thôi"):
        actions.revoke_role(holding, by=admin, on=DAY)


def test_a_role_needs_an_account_and_a_unit_that_lasts():
    with pytest.raises(Refused, match="chưa có tài khoản"):
        actions.grant_role(a_person(), role=Role.CLERK, unit=a_unit(), by=None)
    with pytest.raises(Refused, match="Đơn vị đã kết thúc"):
        actions.grant_role(
            a_person(user=a_user()), role=Role.CLERK, unit=a_unit(valid_until=DAY), by=None
        )


def test_the_last_administrator_stays():
    office = a_unit()
    admin = a_user_with(Role.ADMINISTRATOR, office)
    person = a_person(user=admin)
    other = a_user_with(Role.ADMINISTRATOR, a_unit(office))

    with pytest.raises(Refused, match="cuối cùng"):
        actions.revoke_role(admin.holdings.get(), by=admin, on=DAY)
    with pytest.raises(Refused, match="cuối cùng"):
        actions.close_account(person, by=other, at=NOW, on=DAY)
    with pytest.raises(Refused, match="của mình"):
        actions.close_account(person, by=admin, at=NOW, on=DAY)

    a_user_with(Role.ADMINISTRATOR, office)
    actions.revoke_role(admin.holdings.get(), by=admin, on=DAY)


def test_the_first_administrator_makes_the_first_unit():
    user, _password = actions.create_administrator(
        username="quan-tri", name="Nguyễn Quản Trị", unit_name="Sở Thử", at=NOW, on=DAY
    )

    office = Unit.objects.get()
    assert (office.name, office.kind) == ("Sở Thử", Unit.Kind.DEPARTMENT)
    assert access.covers(user, office, [Role.ADMINISTRATOR], on=DAY)
    with pytest.raises(Refused, match="Không có đơn vị"):
        actions.create_administrator(
            username="hai", name="Hai", unit_name="Sở Khác", at=NOW, on=DAY
        )
    actions.create_administrator(username="hai", name="Hai", unit_name="so thu", at=NOW, on=DAY)
    assert Unit.objects.count() == 1


def test_persons_are_found_without_accents_and_by_given_name():
    office = a_unit()
    for name in ("Nguyễn Văn Đức", "Trần Thị Ánh", "Lê Đức An"):
        a_position(a_person(full_name=name), office)

    assert [str(p) for p in Person.objects.all()] == ["Lê Đức An", "Trần Thị Ánh", "Nguyễn Văn Đức"]
    found = queries.found_persons(Person.objects.all(), "duc")
    assert [str(p) for p in found] == ["Lê Đức An", "Nguyễn Văn Đức"]
    assert queries.found_persons(Person.objects.all(), "").count() == 3


def test_who_sees_and_edits_whom():
    office, elsewhere = a_unit(), a_unit()
    unit, other = a_unit(office), a_unit(office)
    mate, gone, stranger = a_person(), a_person(), a_person(born_on=date(1990, 1, 1))
    a_position(mate, unit)
    a_position(gone, unit, until_on=date(2025, 1, 1))
    a_position(gone, other, from_on=date(2025, 1, 2))
    a_position(stranger, elsewhere)
    oneself = a_person(user=a_user())
    a_position(oneself, other)

    def seen(user):
        return set(access.visible_persons(user, on=DAY))

    assert seen(oneself.user) == {oneself}
    assert seen(a_user()) == set()
    assert seen(a_user_with(Role.CLERK, unit)) == {mate}
    assert seen(a_user_with(Role.HEAD, office)) == {mate, gone, oneself}
    assert seen(a_user_with(Role.AUDITOR, unit)) == {mate, gone}
    assert seen(a_user_with(Role.JUDGE, office)) == set()
    assert set(access.editable_persons(a_user_with(Role.OFFICE, unit), on=DAY)) == {mate}
    assert set(access.editable_persons(a_user_with(Role.AUDITOR, office), on=DAY)) == set()


def test_an_administrator_below_does_not_take_over_an_account_from_above():
    office = a_unit()
    unit = a_unit(office)
    chief = a_person(user=a_user_with(Role.ADMINISTRATOR, office))
    a_position(chief, unit)
    clerk = a_person(user=a_user_with(Role.CLERK, unit))
    a_position(clerk, unit)
    below = a_user_with(Role.ADMINISTRATOR, unit)

    assert set(access.accountable_persons(below, on=DAY)) == {clerk}
    above = a_user_with(Role.ADMINISTRATOR, office)
    assert set(access.accountable_persons(above, on=DAY)) == {chief, clerk}


def test_the_office_gives_no_administration():
    office = a_unit()
    user = a_user_with(Role.OFFICE, office)

    assert access.may_grant(user, Role.CLERK, office, on=DAY)
    assert not access.may_grant(user, Role.ADMINISTRATOR, office, on=DAY)
    assert not access.may_grant(user, Role.CLERK, a_unit(), on=DAY)
    assert Role.ADMINISTRATOR not in access.grantable_roles(user, on=DAY)


def test_units_are_seen_by_those_of_the_tree():
    office, elsewhere, outside = a_unit(), a_unit(), a_unit(outside=True)
    unit = a_unit(office)
    member = a_person(user=a_user())
    a_position(member, unit)
    closed = a_user_with(Role.CLERK, unit, is_active=False)
    admin = a_user_with(Role.ADMINISTRATOR, office)

    assert set(access.visible_units(member.user, on=DAY)) == {office, unit, outside}
    assert set(access.visible_units(a_user(), on=DAY)) == {outside}
    assert set(access.visible_units(closed, on=DAY)) == {outside}
    assert set(access.editable_units(admin, on=DAY)) == {office, unit, outside}
    assert set(access.editable_units(a_user_with(Role.ADMINISTRATOR, unit), on=DAY)) == {unit}
    a_holding(a_user(), Role.CLERK, elsewhere)
