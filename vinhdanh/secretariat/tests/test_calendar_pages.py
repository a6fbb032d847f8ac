"""The calendar's pages and files: everybody who is logged in sees them, the office enters."""

import io
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from icalevents.icalevents import events as read_by_a_client
from python_calamine import CalamineWorkbook

from vinhdanh.accounts.tests.make import a_user
from vinhdanh.people.models import RoleHolding
from vinhdanh.people.tests.make import a_unit, a_user_with
from vinhdanh.secretariat.actions.calendar import announce
from vinhdanh.secretariat.models import SpecialDay

pytestmark = pytest.mark.django_db
AT = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)
Role = RoleHolding.Role
GIVEN = {
    "kind": "off",
    "first_on": "2026-07-03",
    "last_on": "2026-07-06",
    "name": "Ngày hội",
    "source": "Thông báo 12/TB-UBND",
}


class House:
    def __init__(self) -> None:
        office = a_unit()
        self.office = a_user_with(Role.OFFICE, office)
        self.admin = a_user_with(Role.ADMINISTRATOR, office)
        self.clerk = a_user_with(Role.CLERK, a_unit(office))
        self.stranger = a_user()


@pytest.fixture
def house() -> House:
    return House()


def client_of(user) -> Client:
    client = Client()
    if user is not None:
        client.force_login(user)
    return client


def page(user, name, /, *args, **query):
    return client_of(user).get(reverse(f"secretariat:{name}", args=args), query)


def send(user, name, /, *args, **fields):
    return client_of(user).post(reverse(f"secretariat:{name}", args=args), fields)


def entered(house: House, day: date = date(2026, 7, 3)) -> SpecialDay:
    return announce(
        "off", first_on=day, last_on=day, name="Ngày hội", source="TB 12", by=house.office, at=AT
    )[0]


def test_everybody_who_is_logged_in_sees_the_year_with_its_reasons(house):
    entered(house)

    for user in (house.office, house.clerk, house.stranger):
        text = page(user, "calendar", nam="2026").content.decode()
        assert "Lịch làm việc năm 2026" in text
        assert "Tết Nguyên đán" in text
        assert "TB 12" in text


def test_only_editors_are_offered_what_changes_the_calendar(house):
    day = entered(house)
    changing = reverse("secretariat:calendar_edit", args=[day.pk])

    assert changing in page(house.office, "calendar", nam="2026").content.decode()
    for user in (house.clerk, house.stranger):
        text = page(user, "calendar", nam="2026").content.decode()
        assert changing not in text
        assert str(house.office) not in text


def test_whoever_is_not_logged_in_is_sent_to_log_in(house):
    day = entered(house)

    for name, args in (
        ("calendar", []),
        ("calendar_file", []),
        ("calendar_sheet", []),
        ("calendar_new", []),
        ("calendar_edit", [day.pk]),
        ("calendar_remove", [day.pk]),
    ):
        response = page(None, name, *args)
        assert response.status_code == 302
        assert response.url.startswith(reverse("account_login"))


def test_the_pages_that_change_are_not_there_for_others(house):
    day = entered(house)

    for user in (house.clerk, house.stranger):
        for name, args in (
            ("calendar_new", []),
            ("calendar_edit", [day.pk]),
            ("calendar_remove", [day.pk]),
        ):
            assert page(user, name, *args).status_code == 404
            assert send(user, name, *args, **GIVEN).status_code == 404
    assert [each.day for each in SpecialDay.objects.all()] == [date(2026, 7, 3)]


def test_the_office_enters_a_run_and_comes_to_its_year(house):
    response = send(house.admin, "calendar_new", **GIVEN)

    assert response.url == f"{reverse('secretariat:calendar')}?nam=2026"
    assert [day.day for day in SpecialDay.objects.all()] == [date(2026, 7, 3), date(2026, 7, 6)]


def test_the_last_day_may_be_left_empty(house):
    send(house.office, "calendar_new", **{**GIVEN, "last_on": ""})

    assert [day.day for day in SpecialDay.objects.all()] == [date(2026, 7, 3)]


def test_what_was_typed_outlives_a_refusal(house):
    response = send(house.office, "calendar_new", **{**GIVEN, "kind": "working"})

    text = response.content.decode()
    assert response.status_code == 422
    assert "Ngày 03/07/2026 vốn là ngày làm việc" in text
    assert 'value="Ngày hội"' in text
    assert 'value="2026-07-03"' in text


def test_the_days_in_the_wrong_order_are_a_mistake_of_the_form(house):
    response = send(house.office, "calendar_new", **{**GIVEN, "last_on": "2026-07-01"})

    assert response.status_code == 422
    assert response.context["form"].errors == {"last_on": ["Ngày cuối phải từ ngày đầu trở đi."]}


def test_an_entered_run_is_changed_as_a_whole(house):
    send(house.office, "calendar_new", **GIVEN)
    day = SpecialDay.objects.last()

    shown = page(house.office, "calendar_edit", day.pk)
    send(house.office, "calendar_edit", day.pk, **{**GIVEN, "last_on": "", "name": "Bão số 3"})

    assert shown.context["form"].initial["first_on"] == date(2026, 7, 3)
    assert [(each.day, each.name) for each in SpecialDay.objects.all()] == [
        (date(2026, 7, 3), "Bão số 3")
    ]


def test_an_entered_day_is_removed_after_asking(house):
    day = entered(house)

    asked = page(house.office, "calendar_remove", day.pk)
    assert "Xóa “Ngày hội”" in asked.content.decode()
    assert SpecialDay.objects.exists()

    send(house.office, "calendar_remove", day.pk)
    assert not SpecialDay.objects.exists()


@pytest.mark.parametrize("asked", ["1800", "9999", "hai nghìn", "²026", "-2026", ""])
def test_a_year_that_the_calendar_does_not_have_shows_this_year(house, asked):
    shown = page(house.clerk, "calendar", nam=asked).context["shown"]

    assert shown.year == timezone.localdate().year


def test_the_calendar_file_is_read_by_a_client(house):
    entered(house)

    response = page(house.stranger, "calendar_file", nam="2026")

    found = read_by_a_client(
        string_content=response.content, start=date(2026, 7, 1), end=date(2026, 8, 31)
    )
    assert response["Content-Disposition"] == 'attachment; filename="lich-lam-viec-2026.ics"'
    assert sorted((each.start.date(), each.summary) for each in found) == [
        (date(2026, 7, 3), "Nghỉ: Ngày hội"),
        (date(2026, 8, 22), "Làm việc bù: Hoán đổi ngày làm việc"),
        (date(2026, 8, 31), "Nghỉ: ngày nghỉ hoán đổi"),
    ]


def test_the_spreadsheet_holds_what_the_page_shows(house):
    entered(house)

    response = page(house.clerk, "calendar_sheet", nam="2026")

    rows = CalamineWorkbook.from_filelike(io.BytesIO(response.content)).get_sheet_by_index(0)
    found = rows.to_python()
    assert found[0] == ["Từ ngày", "Đến hết ngày", "Loại", "Lý do", "Căn cứ"]
    assert [date(2026, 7, 3), date(2026, 7, 3), "Được nghỉ", "Ngày hội", "TB 12"] in found
    assert len(found) == 14


def test_the_page_costs_the_same_for_one_and_for_many_entered_days(house):
    client, address = client_of(house.office), reverse("secretariat:calendar") + "?nam=2026"

    def cost() -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    entered(house)
    one = cost()
    for number in range(6, 11):
        entered(house, date(2026, 7, number))

    assert cost() == one
