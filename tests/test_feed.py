"""The private calendar address, read over the network as a calendar program does."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar
from icalevents.icalevents import events as read_by_a_client

from vinhdanh.accounts import actions, queries
from vinhdanh.accounts.models import CalendarFeed, User
from vinhdanh.accounts.tests.make import a_user
from vinhdanh.common.refusal import Refused
from vinhdanh.journal.models import Line
from vinhdanh.people.models import RoleHolding
from vinhdanh.people.tests.make import a_holding, a_unit
from vinhdanh.plans.models import Assignment
from vinhdanh.plans.tests.make import a_task
from vinhdanh.plans.tests.make_work import a_clerk, a_line, a_year, an_occurrence, an_officer
from vinhdanh.secretariat.actions import mailings, meetings
from vinhdanh.secretariat.rules.mailings import Addressee

AT = timezone.now()
SOON = timezone.localdate() + timedelta(days=10)
MEETING = AT.replace(microsecond=0) + timedelta(days=5)


class House:
    """A plan in force with one line of a unit, due in ten days."""

    def __init__(self) -> None:
        self.plan = a_year()
        self.unit = a_unit(self.plan.office, name="Phòng Nghệ thuật")
        task = a_task(self.plan, content="Phát động phong trào; tổng kết, báo cáo")
        self.occurrence = an_occurrence(task=task, due_on=SOON)
        self.line = a_line(self.occurrence, self.unit)
        self.clerk = a_clerk(self.unit)
        self.office = an_officer(self.plan)
        self.colleague = a_clerk(a_unit(self.plan.office))


@pytest.fixture
def house(db: None) -> House:
    return House()


def address_of(user: User) -> str:
    return reverse("feed", args=[actions.make_feed(user, at=AT)])


def read(address: str) -> list[tuple[str, date, str]]:
    """Title, day and text of every event at the address."""
    found = Calendar.from_ical(Client().get(address).content).walk("VEVENT")
    return [(str(one["SUMMARY"]), one["DTSTART"].dt, str(one["DESCRIPTION"])) for one in found]


def test_a_calendar_program_reads_the_due_dates_of_ones_units_with_link_and_reminders(
    transactional_db: None, live_server: object
) -> None:
    house = House()
    address = f"{live_server}{address_of(house.clerk)}"  # type: ignore[str-bytes-safe]

    found = read_by_a_client(url=address, start=SOON, end=SOON + timedelta(days=1))

    task = f"{live_server}{house.occurrence.get_absolute_url()}"
    title = f"Hạn: {house.occurrence}"
    assert [(one.uid, one.summary, one.all_day, one.start.date()) for one in found] == [
        (f"viec-{house.occurrence.pk}@vinhdanh", title, True, SOON)
    ]
    assert found[0].description == f"Đơn vị thực hiện: Phòng Nghệ thuật.\n{task}"
    event = Calendar.from_ical(Client().get(address).content).walk("VEVENT")[0]
    assert [alarm["TRIGGER"].dt for alarm in event.walk("VALARM")] == [
        timedelta(days=-7, hours=8),
        timedelta(days=-1, hours=8),
    ]


def test_the_office_sees_what_is_still_owed_in_its_plans_and_a_colleague_does_not(house):
    watched = (f"Hạn: {house.occurrence}", SOON)

    assert [(title, day) for title, day, _text in read(address_of(house.office))] == [watched]
    assert "Theo dõi các đơn vị thực hiện." in read(address_of(house.office))[0][2]
    assert read(address_of(house.colleague)) == []
    assert read(address_of(a_user())) == []


def test_a_due_date_that_concerns_somebody_twice_stands_there_once(house):
    second = a_unit(house.plan.office, name="Phòng Di sản")
    a_line(house.occurrence, second)
    a_holding(house.clerk, RoleHolding.Role.CLERK, second)
    a_holding(house.clerk, RoleHolding.Role.OFFICE, house.plan.office)

    (event,) = read(address_of(house.clerk))

    assert event[2].startswith("Đơn vị thực hiện: ")
    assert "Phòng Nghệ thuật" in event[2]
    assert "Phòng Di sản" in event[2]


def test_the_calendar_follows_what_is_done_and_moved(house):
    address = address_of(house.clerk)
    house.occurrence.due_on = SOON + timedelta(days=3)
    house.occurrence.save()
    assert [day for _title, day, _text in read(address)] == [SOON + timedelta(days=3)]

    Assignment.objects.filter(pk=house.line.pk).update(state=Assignment.State.ACCEPTED)
    assert read(address) == []


def test_what_has_no_date_stands_in_no_calendar(house):
    house.occurrence.due_on = None
    house.occurrence.save()

    assert read(address_of(house.clerk)) == []
    assert read(address_of(house.office)) == []


def test_a_meeting_stands_there_as_it_stands_now(house):
    office = house.plan.office
    wanted = {"kind": "invitation", "subject": "Họp xét", "text": "Kính mời", "place": "Phòng 2"}
    invited = [Addressee("Cán bộ", "", house.clerk.pk)]
    invitation = mailings.put_in_outbox(
        office, **wanted, addressees=invited, by=house.office, at=AT, starts_at=MEETING
    )
    address = address_of(house.clerk)
    assert [title for title, _day, _text in read(address)] == [f"Hạn: {house.occurrence}"]

    mailings.release(invitation, by=house.office, at=AT)
    event = Calendar.from_ical(Client().get(address).content).walk("VEVENT")[1]
    assert (str(event["SUMMARY"]), event["DTSTART"].dt) == ("Họp xét", MEETING)
    assert str(event["URL"]).endswith(f"/van-thu/thu-den/{invitation.pk}/")
    assert len(read(address_of(house.colleague))) == 0

    change = meetings.change(invitation, calls_off=True, by=house.office, at=AT)
    mailings.release(change, by=house.office, at=AT)
    event = Calendar.from_ical(Client().get(address).content).walk("VEVENT")[1]
    assert (event["UID"], event["STATUS"], event["SEQUENCE"]) == (
        f"mailing-{invitation.pk}@vinhdanh",
        "CANCELLED",
        1,
    )


def test_the_token_is_long_and_kept_only_as_a_digest(house):
    token = actions.make_feed(house.clerk, at=AT)

    assert len(token) >= 43
    kept = CalendarFeed.objects.get()
    assert token not in str(CalendarFeed.objects.values_list().get())
    assert token not in str(list(Line.objects.values_list()))
    assert len(kept.digest) == 64


def test_another_address_makes_the_one_before_worthless(house):
    before, after = address_of(house.clerk), address_of(house.clerk)

    assert Client().get(before).status_code == 404
    assert Client().get(after).status_code == 200
    assert CalendarFeed.objects.filter(revoked_at=None).count() == 1


def test_an_address_taken_back_answers_nothing(house):
    address = address_of(house.clerk)
    actions.revoke_feed(house.clerk, at=AT)

    assert Client().get(address).status_code == 404
    assert queries.feed_of(house.clerk) is None
    with pytest.raises(Refused, match="Không có địa chỉ"):
        actions.revoke_feed(house.clerk, at=AT)


def test_a_closed_account_has_no_calendar(house):
    address = address_of(house.clerk)
    actions.close_account(house.clerk, by=None, at=AT)

    assert Client().get(address).status_code == 404


@pytest.mark.parametrize("token", ["x", "A" * 43, "é" * 20, "A" * 5_000])
def test_an_address_that_nobody_was_given_is_not_there(house, token):
    actions.make_feed(house.clerk, at=AT)

    assert Client().get(reverse("feed", args=[token])).status_code == 404


def test_making_and_taking_back_are_journalled(house):
    actions.make_feed(house.clerk, at=AT)
    actions.revoke_feed(house.clerk, at=AT)

    lines = Line.objects.filter(thing_id=house.clerk.pk).order_by("id")
    assert [(line.deed, line.actor_id) for line in lines] == [
        ("calendar feed made", house.clerk.pk),
        ("calendar feed revoked", house.clerk.pk),
    ]


def test_a_program_that_has_it_already_is_told_so(house):
    address, client = address_of(house.clerk), Client()
    first = client.get(address)

    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    house.occurrence.due_on = SOON + timedelta(days=1)
    house.occurrence.save()
    moved = client.get(address, headers={"If-None-Match": first["ETag"]})

    assert first["Content-Type"] == "text/calendar; charset=utf-8"
    assert (again.status_code, again.content) == (304, b"")
    assert (moved.status_code, moved["ETag"] == first["ETag"]) == (200, False)


def test_no_cookie_is_wanted_and_none_is_set(house):
    answer = Client().get(address_of(house.clerk))

    assert answer.status_code == 200
    assert answer.cookies == {}
    assert answer["Cache-Control"] == "private, no-cache"


def test_when_it_was_last_read_is_kept_to_the_hour(house):
    address = address_of(house.clerk)
    Client().get(address)
    first = CalendarFeed.objects.get().last_read_at
    Client().get(address)
    assert CalendarFeed.objects.get().last_read_at == first

    actions.note_feed_read(CalendarFeed.objects.get(), at=first + timedelta(hours=2))
    assert CalendarFeed.objects.get().last_read_at == first + timedelta(hours=2)


def test_the_calendar_costs_the_same_for_one_and_for_a_hundred_lines(house):
    def cost(user: User) -> int:
        address = address_of(user)
        Client().get(address)
        with CaptureQueriesContext(connection) as made:
            assert Client().get(address).status_code == 200
        return len(made)

    one = [cost(house.clerk), cost(house.office)]
    for number in range(100):
        due_on = SOON + timedelta(days=number % 90)
        a_line(an_occurrence(house.plan, due_on=due_on), house.unit)

    assert [cost(house.clerk), cost(house.office)] == one
    assert len(read(address_of(house.clerk))) == 101


def test_the_page_shows_the_address_once(house):
    client = Client()
    client.force_login(house.clerk)
    page = reverse("accounts:feed")
    assert "Tạo địa chỉ" in client.get(page).content.decode()

    made = client.post(reverse("accounts:feed_make"))
    address = made.context["address"]

    assert f'value="{address}"' in made.content.decode()
    assert "no-store" in made["Cache-Control"]
    assert Client().get(address.removeprefix("http://testserver")).status_code == 200
    assert address not in client.get(page).content.decode()

    answer = client.post(reverse("accounts:feed_revoke"), follow=True)
    assert "Đã thu hồi" in answer.content.decode()
    answer = client.post(reverse("accounts:feed_revoke"), follow=True)
    assert "Không có địa chỉ lịch riêng nào đang dùng." in answer.content.decode()


def test_the_page_is_for_whoever_is_logged_in(db):
    for name in ("feed", "feed_make", "feed_revoke"):
        address = reverse(f"accounts:{name}")
        answer = Client().get(address) if name == "feed" else Client().post(address)
        assert answer.status_code == 302
        assert answer.url.startswith(reverse("account_login"))
