"""Spreadsheets taken in by a job: all of it or nothing, once, with its passwords told once."""

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from vinhdanh.common.refusal import Refused
from vinhdanh.journal import queries as journal
from vinhdanh.people import actions
from vinhdanh.people.actions import imports
from vinhdanh.people.models import Import, Person, RoleHolding, Unit
from vinhdanh.people.tests.make import a_person, a_position, a_unit, a_user_with
from vinhdanh.people.tests.test_imports import (
    DAY,
    PERSON_HEADS,
    PERSON_ROWS,
    UNIT_HEADS,
    UNIT_ROWS,
    begun,
    carried_on,
    handed_in,
)

pytestmark = pytest.mark.django_db
Role = RoleHolding.Role


@pytest.fixture
def office() -> Unit:
    return a_unit(name="Sở Thử", short_name="Sở T")


@pytest.fixture
def admin(office):
    return a_user_with(Role.ADMINISTRATOR, office)


def a_sheet_of_persons(office, admin) -> Import:
    a_unit(office, name="Phòng A", short_name="PA")
    return handed_in(office, admin, PERSON_HEADS, *PERSON_ROWS)


def as_user(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_a_job_takes_in_what_was_confirmed_and_keeps_no_details_of_it(office, admin):
    sheet = carried_on(begun(a_sheet_of_persons(office, admin), admin))

    thu = Person.objects.get(code="1")
    assert (sheet.state, sheet.created, sheet.changed, sheet.left_out) == ("done", 2, 1, 0)
    assert (sheet.rows, sheet.opened) == ([], [str(thu.pk)])
    assert journal.lines_about(office)[0].deed == "persons imported"


def test_done_again_nothing_is_doubled(office, admin):
    sheet = carried_on(begun(a_sheet_of_persons(office, admin), admin))
    lines = len(journal.lines_about(office))

    carried_on(sheet)

    assert Person.objects.count() == 2
    assert len(journal.lines_about(office)) == lines


def test_a_job_that_was_killed_has_taken_nothing_and_begins_anew(office, admin, monkeypatch):
    sheet = begun(a_sheet_of_persons(office, admin), admin)

    def killed(*_given, **_named):
        raise KeyboardInterrupt

    with monkeypatch.context() as killing:
        killing.setattr(imports, "grant_role", killed)
        with pytest.raises(KeyboardInterrupt):
            carried_on(sheet)
    assert (Person.objects.count(), Import.objects.get().state) == (0, "taking")

    assert carried_on(sheet).state == "done"
    assert Person.objects.count() == 2


def test_what_others_changed_meanwhile_is_judged_again(office, admin):
    sheet = begun(a_sheet_of_persons(office, admin), admin)
    a_position(a_person(full_name="Người Khác", code="1"), a_unit())

    sheet = carried_on(sheet)

    assert (sheet.state, sheet.seed, Person.objects.count()) == ("waiting", "", 1)
    assert "Còn dòng có lỗi" in sheet.problem
    page = as_user(admin).get(reverse("people:dry_run", args=[sheet.pk])).content.decode()
    assert "Chưa nhập được dòng nào. Còn dòng có lỗi" in page
    sheet = carried_on(begun(sheet, admin, only_good=True))
    assert (sheet.state, sheet.problem, sheet.created, sheet.left_out) == ("done", "", 1, 2)


def test_who_lost_the_role_takes_in_nothing(office, admin):
    sheet = begun(handed_in(office, admin, UNIT_HEADS, *UNIT_ROWS), admin, only_good=True)
    admin.holdings.all().delete()

    assert carried_on(sheet).state == "waiting"
    assert "Không có dòng nào đúng" in sheet.problem
    assert Unit.objects.count() == 1


def test_while_it_is_taken_in_it_is_not_confirmed_or_given_up_again(office, admin):
    sheet = begun(handed_in(office, admin, UNIT_HEADS, *UNIT_ROWS), admin)
    deeds = [
        lambda: begun(sheet, admin),
        lambda: actions.give_up(sheet),
        lambda: actions.take_in(sheet, by=admin, on=DAY, at=sheet.handed_in_at),
    ]

    for deed in deeds:
        with pytest.raises(Refused, match="đã được nhập"):
            deed()

    answer = as_user(admin).post(reverse("people:give_up", args=[sheet.pk]), follow=True)
    assert "đã được nhập hoặc đã bỏ" in answer.content.decode()
    assert Import.objects.get().state == "taking"


def test_passwords_are_kept_nowhere_and_shown_once(office, admin):
    sheet = carried_on(begun(a_sheet_of_persons(office, admin), admin))
    client = as_user(admin)
    page = client.get(reverse("people:dry_run", args=[sheet.pk])).content.decode()
    assert "Đã cấp 1 tài khoản." in page
    assert "<code>" not in page
    thu = Person.objects.get(code="1")

    shown = client.post(reverse("people:import_passwords", args=[sheet.pk]))
    again = client.post(reverse("people:import_passwords", args=[sheet.pk]), follow=True)

    ((person, username, password),) = shown.context["passwords"]
    assert (person, username) == (thu, "thu.le")
    assert thu.user.check_password(password)
    assert f"<code>{password}</code>" in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    assert password not in str(Import.objects.values().get())
    assert "Mật khẩu đã hiện một lần" in again.content.decode()
    assert "<code>" not in again.content.decode()
    assert journal.lines_about(office)[0].deed == "import passwords shown"
    assert sheet not in client.get(reverse("people:import")).context["waiting"]


def test_nobody_else_is_shown_the_passwords(office, admin):
    sheet = carried_on(begun(a_sheet_of_persons(office, admin), admin))
    address = reverse("people:import_passwords", args=[sheet.pk])

    assert as_user(a_user_with(Role.ADMINISTRATOR, office)).post(address).status_code == 404
    assert Client().post(address)["Location"].startswith(reverse("account_login"))
    assert as_user(admin).get(address).status_code == 405
    RoleHolding.objects.filter(user=admin).update(role=Role.OFFICE)
    refused = as_user(admin).post(address, follow=True).content.decode()

    assert "Chỉ người quản trị của mọi người này" in refused
    assert "<code>" not in refused


@pytest.mark.django_db(transaction=True)
def test_how_far_it_is_can_be_seen_while_it_lasts(office, admin, monkeypatch):
    sheet = begun(handed_in(office, admin, UNIT_HEADS, *UNIT_ROWS), admin)
    shares = []
    create = imports.create_unit

    def created(**given):
        shares.append(beside(sheet))
        return create(**given)

    monkeypatch.setattr(imports, "create_unit", created)
    carried_on(sheet)

    assert shares == [0, 25, 50, 75]


def beside(sheet) -> int:
    """How far the import is, as others see it."""
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT done_share FROM people_import WHERE id = %s", [sheet.pk])
            return cursor.fetchone()[0]
    finally:
        other.close()
