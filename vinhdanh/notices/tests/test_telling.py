"""Being told, once; and what the office's other channels are passed."""

import json
import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from vinhdanh.common.ids import new_id
from vinhdanh.notices import actions, queries
from vinhdanh.notices.models import Delivery, Message
from vinhdanh.notices.rules import Telling
from vinhdanh.notices.tests.make import AT, a_hook, a_mail, a_message, a_telling, a_user

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=1)


def _told(**fields):
    return list(Message.objects.values_list("title", "points", "created_at", "read_at"))


def _reminder(user, *points: str) -> Telling:
    return a_telling(
        user, kind="reminder", key="reminder:1", title=f"{len(points)} việc", points=points
    )


def test_what_is_told_waits_unread():
    user = a_user()

    assert actions.tell([a_telling(user, key="a"), a_telling(user, key="b")], at=AT) == 2
    assert queries.unread_count(user) == 2
    assert queries.unread_count(a_user()) == 0


def test_told_again_with_the_same_points_nothing_changes():
    user = a_user()
    actions.tell([_reminder(user, "x", "y")], at=AT)
    actions.read(Message.objects.get(), at=AT)
    before = _told()

    assert actions.tell([_reminder(user, "y", "x")], at=LATER) == 0
    assert _told() == before


def test_with_more_points_it_is_unread_again_and_says_so():
    user = a_user()
    actions.tell([_reminder(user, "x")], at=AT)
    actions.read(Message.objects.get(), at=AT)

    assert actions.tell([_reminder(user, "x", "y")], at=LATER) == 1
    assert _told() == [("2 việc", ["x", "y"], LATER, None)]


def test_with_fewer_points_it_stays_read_but_says_what_is_left():
    user = a_user()
    actions.tell([_reminder(user, "x", "y")], at=AT)
    actions.read(Message.objects.get(), at=AT)

    assert actions.tell([_reminder(user, "y")], at=LATER) == 0
    assert _told() == [("1 việc", ["y"], AT, AT)]


def test_the_same_told_twice_at_once_is_told_once():
    user = a_user()

    assert actions.tell([a_telling(user, key="a"), a_telling(user, key="a")], at=AT) == 1
    assert Message.objects.count() == 1


def test_any_number_costs_a_few_statements(django_assert_max_num_queries):
    users = [a_user() for _number in range(20)]
    tellings = [a_telling(user, key=f"k{n}") for user in users for n in range(150)]

    with django_assert_max_num_queries(12):
        assert actions.tell(tellings, at=AT) == 3000
    with django_assert_max_num_queries(12):
        assert actions.tell(tellings, at=LATER) == 0


def test_a_channel_of_the_office_is_passed_what_it_takes():
    user, office = a_user(), new_id()
    hook = a_hook(office_id=office, kinds=["answer"])
    a_hook(office_id=office, is_active=False)
    a_hook(office_id=new_id())
    told = a_telling(user, title="Đã trả lại", text="Thiếu.", url="/ke-hoach/", office_id=office)

    actions.tell([told, a_telling(user, kind="system", office_id=office)], at=AT)

    posted = Delivery.objects.get()
    assert (posted.channel, posted.state, posted.hook, posted.office_id, posted.user) == (
        *("hook", "waiting"),
        *(hook, office, user),
    )
    assert json.loads(posted.text) == {
        "kind": "answer",
        "title": "Đã trả lại",
        "text": "Thiếu.",
        "url": "http://localhost:8000/ke-hoach/",
        "to": user.username,
        "at": AT.isoformat(),
    }


def test_a_channel_is_passed_the_same_once_and_more_of_it_again():
    user, office = a_user(), new_id()
    a_hook(office_id=office)
    told = a_telling(user, key="a", points=["x"], office_id=office)

    actions.tell([told], at=AT)
    actions.tell([told], at=LATER)
    assert Delivery.objects.count() == 1

    actions.tell([a_telling(user, key="a", points=["x", "y"], office_id=office)], at=LATER)
    assert Delivery.objects.count() == 2


def test_a_trial_of_a_channel_is_queued_once():
    hook = a_hook(kinds=[])

    first = actions.post(hook, key="trial:1", kind="system", title="Tin thử", at=AT)
    again = actions.post(hook, key="trial:1", kind="system", title="Tin thử", at=AT)

    assert first == again
    assert ProcrastinateJob.objects.filter(args={"channel": "hook"}).count() == 2


@pytest.mark.django_db(transaction=True)
def test_several_at_once_tell_and_queue_the_same_once_and_none_waits_in_a_circle():
    users = [a_user() for _number in range(20)]
    tellings = [a_telling(user, key=f"k{n}") for user in users for n in range(40)]
    mails = [a_mail(key=f"m{n}") for n in range(800)]
    done = []

    def tell(step: int) -> None:
        try:
            with transaction.atomic():
                actions.tell(tellings[::step], at=AT)
                actions.queue(mails[::step], at=AT)
            done.append(step)
        finally:
            connection.close()

    workers = [threading.Thread(target=tell, args=(step,)) for step in (1, -1, 1, -1)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert sorted(done) == [-1, -1, 1, 1]
    assert (Message.objects.count(), Delivery.objects.count()) == (800, 800)


def test_reading_counts_the_first_time_and_only_ones_own():
    user, other = a_user(), a_user()
    message = a_message(user)
    a_message(user)
    a_message(other)

    actions.read(message, at=AT)
    actions.read(message, at=LATER)
    message.refresh_from_db()
    assert message.read_at == AT

    assert actions.read_all(user, at=LATER) == 1
    assert (queries.unread_count(user), queries.unread_count(other)) == (0, 1)


def test_what_was_read_long_ago_is_forgotten():
    user = a_user()
    a_message(user, read_at=AT - timedelta(days=401))
    a_message(user, read_at=AT - timedelta(days=399))
    a_message(user, created_at=AT - timedelta(days=999))

    actions.forget_old(at=AT)

    assert Message.objects.count() == 2
