"""Every page: whom it is for sees it, a colleague and a stranger see no more than is theirs."""

import io
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from vinhdanh.accounts.tests.make import a_user
from vinhdanh.people.models import Person, Position, RoleHolding, Unit, UnitGroup
from vinhdanh.people.tests.make import (
    a_group,
    a_holding,
    a_person,
    a_position,
    a_unit,
    a_user_with,
)

pytestmark = pytest.mark.django_db
Role = RoleHolding.Role


class House:
    """An office with two units, an outside one, and people in different roles."""

    def __init__(self) -> None:
        self.office = a_unit(name="Sở Văn hóa Thí điểm", short_name="Sở VH")
        self.unit = a_unit(self.office, name="Phòng Nghệ thuật", short_name="P. NT")
        self.other = a_unit(self.office, name="Phòng Tài chính")
        self.ministry = a_unit(name="Bộ Thử", outside=True, kind=Unit.Kind.MINISTRY)
        self.group = a_group(self.office)
        self.admin = a_user_with(Role.ADMINISTRATOR, self.office)
        self.standing = a_user_with(Role.OFFICE, self.office)
        self.auditor = a_user_with(Role.AUDITOR, self.office)
        self.clerk = a_user_with(Role.CLERK, self.unit)
        self.colleague = a_user_with(Role.CLERK, self.other)
        self.stranger = a_user_with(Role.ADMINISTRATOR, a_unit(name="Sở Khác"))
        self.person = a_person(
            full_name="Đỗ Thị Ánh",
            code="CB-007",
            born_on=date(1988, 3, 4),
            sex=Person.Sex.FEMALE,
            retires_on=date(2043, 5, 1),
            phone="0912000111",
            email="anh@example.vn",
            user=a_user(username="anh.dt"),
        )
        self.position = a_position(self.person, self.unit, title="Họa sĩ")
        self.holding = a_holding(self.person.user, Role.JUDGE, self.unit)


@pytest.fixture
def house() -> House:
    return House()


def page(user, name, /, *args, **query):
    client = Client()
    if user is not None:
        client.force_login(user)
    return client.get(reverse(f"people:{name}", args=args), query)


def send(user, name, /, *args, **fields):
    client = Client()
    client.force_login(user)
    return client.post(reverse(f"people:{name}", args=args), fields)


def cost(user, address) -> int:
    """How many queries the page takes the second time, when what is kept between is kept."""
    client = Client()
    client.force_login(user)
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def text(answer) -> str:
    assert answer.status_code == 200
    return answer.content.decode()


PAGES = [
    "units", "unit_new", "unit", "unit_edit", "unit_move", "unit_end", "groups", "group_new",
    "group", "group_edit", "group_delete", "persons", "person_new", "persons_export", "person",
    "person_edit", "position_new", "position_edit", "position_end", "account_reset",
    "account_address", "roles", "role_grant", "role_revoke", "import",
]  # fmt: skip


def arguments(house: House, name: str) -> list:
    things = {
        "unit": house.unit,
        "group": house.group,
        "person": house.person,
        "position": house.position,
        "account": house.person,
        "role": house.holding if name == "role_revoke" else house.person,
    }
    if name in {"units", "groups", "persons", "roles", "import", "persons_export"}:
        return []
    if name.endswith("_new") and name != "position_new":
        return []
    if name == "position_new":
        return [house.person.pk]
    return [things[name.split("_", maxsplit=1)[0]].pk]


@pytest.mark.parametrize("name", PAGES)
def test_the_administrator_opens_every_page(house, name):
    assert page(house.admin, name, *arguments(house, name)).status_code == 200


@pytest.mark.parametrize("name", PAGES)
def test_anonymous_is_sent_to_log_in(house, name):
    answer = page(None, name, *arguments(house, name))

    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("name", [name for name in PAGES if name not in {
    "units", "groups", "persons", "persons_export", "roles", "unit_new", "group_new",
    "person_new", "import",
}])  # fmt: skip
def test_the_administrator_of_another_office_finds_nothing(house, name):
    assert page(house.stranger, name, *arguments(house, name)).status_code == 404


@pytest.mark.parametrize("name", ["units", "persons", "groups", "roles"])
def test_the_lists_of_another_office_hold_nothing_of_this_one(house, name):
    shown = text(page(house.stranger, name))

    for secret in ("Phòng Nghệ thuật", "Ánh", house.group.get_absolute_url()):
        assert secret not in shown


@pytest.mark.parametrize("name", [name for name in PAGES if name not in {
    "units", "unit", "groups", "group", "persons", "persons_export", "roles",
}])  # fmt: skip
def test_a_clerk_of_another_unit_changes_nothing(house, name):
    if name == "person":
        assert page(house.colleague, "person", house.person.pk).status_code == 404
        return
    assert page(house.colleague, name, *arguments(house, name)).status_code == 404


def test_a_colleague_sees_the_unit_but_not_who_serves_there(house):
    shown = text(page(house.colleague, "unit", house.unit.pk))

    assert "Phòng Nghệ thuật" in shown
    assert "Ánh" not in shown
    assert "Vai trò tại đơn vị" not in shown
    assert "Lịch sử" not in shown


def test_the_clerk_sees_who_serves_but_no_details(house):
    shown = text(page(house.clerk, "person", house.person.pk))

    assert "Họa sĩ" in shown
    for detail in (
        "0912000111", "anh@example.vn", "04/03/1988", "Nữ", "01/05/2043", "anh.dt", "Giám khảo"
    ):  # fmt: skip
        assert detail not in shown


def test_the_auditor_reads_the_account_but_no_details_and_changes_nothing(house):
    shown = text(page(house.auditor, "person", house.person.pk))

    assert "anh.dt" in shown
    assert "Giám khảo" in shown
    assert "0912000111" not in shown
    assert "/sua/" not in shown
    assert page(house.auditor, "person_edit", house.person.pk).status_code == 404


def test_persons_see_their_own_details_and_no_one_else(house):
    shown = text(page(house.person.user, "person", house.person.pk))
    assert "0912000111" in shown

    listed = text(page(house.person.user, "persons"))
    assert "Ánh" in listed
    other = a_person(full_name="Lê Văn Khác")
    a_position(other, house.unit)
    assert "Khác" not in text(page(house.person.user, "persons"))
    assert page(house.person.user, "person", other.pk).status_code == 404


def test_the_search_works_without_accents(house):
    assert "Ánh" in text(page(house.admin, "persons", q="anh do"))
    assert "Ánh" not in text(page(house.admin, "persons", q="binh"))
    shown = text(page(house.admin, "units", q="nghe thuat"))
    assert "Phòng Nghệ thuật" in shown
    assert "Phòng Tài chính" not in shown


def test_persons_are_not_found_by_their_details(house):
    for detail in ("0912000111", "anh@example.vn", "anh.dt"):
        assert "Đỗ Thị Ánh" not in text(page(house.admin, "persons", q=detail))


def exported(user, **query) -> list:
    answer = page(user, "persons_export", **query)
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    return book.get_sheet_by_index(0).to_python()


def test_the_export_holds_what_one_may_see(house):
    assert exported(house.admin)[1:] == [
        ["Đỗ Thị Ánh", "CB-007", date(1988, 3, 4), "Nữ", date(2043, 5, 1), "anh@example.vn",
         "0912000111", "Phòng Nghệ thuật", "Họa sĩ", "anh.dt"]
    ]  # fmt: skip
    assert exported(house.auditor)[1][2:7] == ["", "", "", "", ""]
    assert exported(house.clerk)[1][9] == ""
    assert exported(house.colleague)[1:] == []
    assert exported(house.admin, q="khong ai")[1:] == []


def test_a_unit_is_made_edited_moved_and_ended(house):
    send(
        house.admin, "unit_new", parent=house.office.pk, name="Phòng Mới", kind="office", position=3
    )
    made = Unit.objects.get(name="Phòng Mới")
    assert made.parent == house.office

    send(
        house.admin,
        "unit_edit",
        made.pk,
        name="Phòng Đổi mới",
        kind="office",
        position=1,
        other_names="Phòng Mới\nPM",
    )
    send(house.admin, "unit_move", made.pk, parent=house.unit.pk)
    today = timezone.localdate()
    send(
        house.admin,
        "unit_end",
        made.pk,
        ending="merged",
        last_day=today - timedelta(days=1),
        successors=[house.other.pk],
    )

    made.refresh_from_db()
    assert (made.name, made.parent) == ("Phòng Đổi mới", house.unit)
    assert made.successors.get() == house.other
    shown = text(page(house.admin, "unit", made.pk))
    assert "Đã kết thúc" in shown
    assert "Phòng Đổi mới" not in text(page(house.admin, "units"))
    assert "Phòng Đổi mới" in text(page(house.admin, "units", validity="ended"))
    assert "Phòng Đổi mới" in text(page(house.admin, "unit", house.other.pk))


def test_a_large_tree_stays_a_small_page(house):
    for number in range(40):
        theatre = a_unit(house.office, name=f"Nhà hát {number}", kind="affiliated")
        for part in range(9):
            a_unit(theatre, name=f"Đội {part}")

    shown = text(page(house.admin, "units"))

    assert "9 đơn vị cấp dưới" in shown
    assert "Đội 3" not in shown
    assert len(shown.encode()) < 100_000
    assert "Đội 3" in text(page(house.admin, "units", q="doi 3"))


def test_a_refusal_keeps_what_was_typed(house):
    answer = send(
        house.admin,
        "unit_new",
        parent=house.office.pk,
        name="phòng nghệ thuật",
        kind="affiliated",
        position=7,
    )

    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "Cùng cấp đã có đơn vị tên này" in shown
    assert 'value="phòng nghệ thuật"' in shown


def test_nobody_makes_a_unit_in_another_office(house):
    answer = send(
        house.stranger, "unit_new", parent=house.office.pk, name="X", kind="office", position=0
    )

    assert answer.status_code == 422
    assert not Unit.objects.filter(name="X").exists()


def test_outside_units_are_seen_by_all_and_made_by_administrators(house):
    assert "Bộ Thử" in text(page(house.stranger, "units"))
    assert "Bộ Thử" in text(page(a_user(), "units"))
    send(house.admin, "unit_new", name="Bộ Hai", kind="ministry", outside="on", position=0)
    assert Unit.objects.get(name="Bộ Hai").outside
    send(house.standing, "unit_new", name="Bộ Ba", kind="ministry", outside="on", position=0)
    assert not Unit.objects.filter(name="Bộ Ba").exists()


def test_a_group_is_made_with_a_preview(house):
    answer = send(
        house.standing,
        "group_new",
        office=house.office.pk,
        name="Các phòng chuyên môn",
        anchor=house.office.pk,
        kinds=["office"],
    )

    made = UnitGroup.objects.get(name="Các phòng chuyên môn")
    assert answer["Location"] == made.get_absolute_url()
    shown = text(page(house.admin, "group", made.pk))
    assert "gồm 2 đơn vị" in shown
    send(house.standing, "group_delete", made.pk)
    assert not UnitGroup.objects.filter(pk=made.pk).exists()


def test_a_person_is_entered_edited_and_posted(house):
    send(
        house.standing, "person_new", full_name="Lê Văn Mới", unit=house.unit.pk, title="Diễn viên"
    )
    made = Person.objects.get(full_name="Lê Văn Mới")
    send(house.standing, "person_edit", made.pk, full_name="Lê Văn Mới", phone="0988")
    send(house.standing, "position_new", made.pk, unit=house.other.pk, title="Kế toán")
    position = Position.objects.get(title="Kế toán")
    send(house.standing, "position_edit", position.pk, unit=house.other.pk, title="Kế toán trưởng")
    send(house.standing, "position_end", position.pk, last_day="2026-01-31")

    position.refresh_from_db()
    made.refresh_from_db()
    assert made.phone == "0988"
    assert (position.title, position.until_on) == ("Kế toán trưởng", date(2026, 1, 31))


def test_the_one_time_password_is_shown_once(house):
    person = a_person(full_name="Lê Thị Thu Hà")
    a_position(person, house.unit)
    assert 'value="ha.ltt"' in text(page(house.admin, "account_open", person.pk))

    answer = send(house.admin, "account_open", person.pk, username="ha.ltt")

    person.refresh_from_db()
    assert person.user is not None
    assert "chỉ hiện một lần" in text(answer)
    assert "no-store" in answer["Cache-Control"]
    assert page(house.admin, "account_open", person.pk).status_code == 404
    again = send(house.admin, "account_reset", person.pk)
    assert "ha.ltt" in text(again)


def test_an_account_is_closed_and_opened_again(house):
    send(house.admin, "account_close", house.person.pk)
    house.person.user.refresh_from_db()
    assert not house.person.user.is_active
    send(house.admin, "account_reopen", house.person.pk)
    house.person.user.refresh_from_db()
    assert house.person.user.is_active
    send(house.admin, "account_address", house.person.pk, email="moi@example.vn")
    house.person.user.refresh_from_db()
    assert house.person.user.email == "moi@example.vn"


@pytest.mark.parametrize(
    "name",
    [
        "account_open",
        "account_reset",
        "account_close",
        "account_reopen",
        "account_address",
        "account_unlock",
    ],
)
def test_only_administrators_touch_accounts(house, name):
    before = house.person.user.password

    for user in (house.standing, house.auditor, house.clerk, house.stranger, house.person.user):
        assert send(user, name, house.person.pk, username="x", email="x@y.vn").status_code == 404

    house.person.user.refresh_from_db()
    assert house.person.user.is_active
    assert house.person.user.password == before


def test_roles_are_granted_and_revoked(house):
    send(house.standing, "role_grant", house.person.pk, role="clerk", unit=house.unit.pk)
    holding = house.person.user.holdings.get(role="clerk")
    assert "Đỗ Thị Ánh" in text(page(house.auditor, "roles", role="clerk"))
    send(house.standing, "role_revoke", holding.pk)
    assert "Đỗ Thị Ánh" not in text(page(house.auditor, "roles", role="clerk"))


def test_the_office_neither_grants_nor_revokes_administration(house):
    answer = send(
        house.standing, "role_grant", house.person.pk, role="administrator", unit=house.unit.pk
    )
    assert answer.status_code == 422
    assert not house.person.user.holdings.filter(role="administrator").exists()

    administration = house.admin.holdings.get()
    assert send(house.standing, "role_revoke", administration.pk).status_code == 404


def test_the_office_of_a_unit_does_not_grant_at_another(house):
    small = a_user_with(Role.OFFICE, house.unit)

    answer = send(small, "role_grant", house.person.pk, role="clerk", unit=house.other.pk)

    assert answer.status_code == 422
    assert not house.person.user.holdings.filter(role="clerk").exists()


@pytest.mark.parametrize("name", ["units", "groups", "persons", "roles", "persons_export"])
def test_a_list_costs_the_same_queries_however_long(house, name):
    address = reverse(f"people:{name}")
    before = cost(house.admin, address)
    for number in range(3):
        unit = a_unit(a_unit(house.office), name=f"Đội {number}")
        person = a_person(user=a_user())
        a_position(person, unit)
        a_holding(person.user, Role.JUDGE, unit)
        a_group(house.office, name=f"Nhóm {number}", anchor=unit)

    assert cost(house.admin, address) == before


def test_the_page_of_a_unit_costs_the_same_queries_however_many_serve(house):
    address = house.unit.get_absolute_url()
    before = cost(house.admin, address)
    for _ in range(3):
        person = a_person(user=a_user())
        a_position(person, house.unit)
        a_holding(person.user, Role.JUDGE, house.unit)
        a_unit(house.unit)

    assert cost(house.admin, address) == before
