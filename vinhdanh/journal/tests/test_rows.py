import threading
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.db import DatabaseError, connection, transaction
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import timezone

from vinhdanh.journal import actions, middleware, queries
from vinhdanh.journal.models import Line


def a_user(username="thuy", name="Trần Thị Thúy", **fields):
    return get_user_model().objects.create_user(username=username, name=name, **fields)


def rename(user, name: str, *, by=None, address="10.0.0.7") -> None:
    """Change the row as a page does, asked by `by`; outside of a request when None."""

    def change(_request=None):
        get_user_model().objects.filter(pk=user.pk).update(name=name)

    if by is None:
        change()
    else:
        request = RequestFactory().post("/", REMOTE_ADDR=address)
        request.user = by
        middleware.whence(change)(request)
    user.refresh_from_db()


def told(thing, *parts):
    return [
        (change.who, change.whence, change.deleted, change.rows)
        for change in queries.row_changes(thing, *parts)
    ]


@pytest.mark.django_db
def test_a_changed_row_tells_what_it_was_and_what_it_became_by_whom_and_from_where():
    clerk, thing = a_user(), a_user("a", "Một")
    rename(thing, "Hai")
    rename(thing, "Ba", by=clerk)

    assert told(thing) == [
        ("Trần Thị Thúy", "10.0.0.7", False, [("Họ và tên", "Hai", "Ba")]),
        ("", "", False, [("Họ và tên", "Một", "Hai")]),
    ]
    newest = queries.row_changes(thing)[0]
    assert abs(newest.at - timezone.now()) < timedelta(minutes=1)


@pytest.mark.django_db
def test_a_row_that_was_never_changed_has_no_changes_and_costs_one_query(django_assert_num_queries):
    thing = a_user()

    with django_assert_num_queries(1):
        assert queries.row_changes(thing) == []


@pytest.mark.django_db
def test_many_changes_cost_as_much_as_one(django_assert_num_queries):
    thing = a_user()
    rename(thing, "Một")
    with django_assert_num_queries(1):
        assert len(queries.row_changes(thing)) == 1
    for number in range(5):
        rename(thing, f"Tên {number}")
    with django_assert_num_queries(1):
        assert len(queries.row_changes(thing)) == 6


@pytest.mark.django_db
def test_only_the_newest_changes_are_told():
    thing = a_user()
    for number in range(4):
        rename(thing, f"Tên {number}")

    assert [change.rows for change in queries.row_changes(thing, most=2)] == [
        [("Họ và tên", "Tên 2", "Tên 3")],
        [("Họ và tên", "Tên 1", "Tên 2")],
    ]


@pytest.mark.django_db
def test_a_password_or_the_day_of_a_log_in_leaves_nothing():
    thing = a_user()
    thing.set_password("một mật khẩu khác")
    thing.last_login = timezone.now()
    thing.save()

    assert queries.row_changes(thing) == []
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM accounts_userevent LIMIT 0")
        kept = {column.name for column in cursor.description}
    assert kept.isdisjoint({"password", "last_login", "session_round"})


@pytest.mark.django_db
def test_a_part_is_named_and_told_also_after_it_was_deleted():
    office, gone = a_user("office", "Văn phòng"), a_user("gone", "Người đi", email="di@example.vn")
    pk = gone.pk
    gone.delete()

    [change] = queries.row_changes(
        office, queries.Part(get_user_model(), {"pgh_obj_id": pk}, "Tài khoản")
    )

    assert (change.what, change.deleted) == ("Tài khoản: Người đi", True)
    assert ("Họ và tên", "Người đi", None) in change.rows


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement", ["UPDATE accounts_userevent SET name = 'x'", "DELETE FROM accounts_userevent"]
)
def test_the_database_refuses_to_change_what_was_kept(statement):
    thing = a_user()
    rename(thing, "Khác")

    with pytest.raises(DatabaseError, match="Cannot"), transaction.atomic():
        connection.cursor().execute(statement)

    assert len(queries.row_changes(thing)) == 1


@pytest.mark.django_db(transaction=True)
def test_two_people_at_the_same_time_are_not_taken_for_each_other():
    first, second = a_user("mot", "Người một"), a_user("hai", "Người hai")
    things = [a_user("a", "A"), a_user("b", "B")]
    together = threading.Barrier(2)

    def work(thing, by, address):
        together.wait(60)
        for number in range(20):
            rename(thing, f"{by.username} {number}", by=by, address=address)
        connection.close()

    hands = [
        threading.Thread(target=work, args=(things[0], first, "10.0.0.1")),
        threading.Thread(target=work, args=(things[1], second, "10.0.0.2")),
    ]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join(60)

    assert {(one[0], one[1]) for one in told(things[0])} == {("Người một", "10.0.0.1")}
    assert {(one[0], one[1]) for one in told(things[1])} == {("Người hai", "10.0.0.2")}
    rename(things[0], "sau đó")
    assert told(things[0])[0][:2] == ("", "")


@pytest.mark.django_db
def test_the_page_tells_changes_folded_away():
    clerk, thing = a_user(), a_user("a", "<Một>")
    rename(thing, "Hai", by=clerk)

    shown = render_to_string("journal/_row_history.html", {"changes": queries.row_changes(thing)})

    assert "<details" in shown
    assert "Trần Thị Thúy" in shown
    assert "<del>&lt;Một&gt;</del> → <ins" in shown
    assert render_to_string("journal/_row_history.html", {"changes": []}).strip() == ""


@pytest.mark.django_db
def test_a_look_is_written_once_within_a_minute_for_the_same_viewer_and_thing():
    viewer, other, thing = a_user(), a_user("b", "B"), a_user("a", "A")

    for by in (viewer, viewer, other):
        actions.record_look("looked", thing, by=by)
    actions.record_look("looked", thing, by=viewer, detail={"file": "a.pdf"})
    actions.record_look("looked", other, by=viewer)

    lines = Line.objects.order_by("id").values_list("actor_id", "thing_id", "detail")
    assert list(lines) == [
        (viewer.pk, thing.pk, {}),
        (other.pk, thing.pk, {}),
        (viewer.pk, thing.pk, {"file": "a.pdf"}),
        (viewer.pk, other.pk, {}),
    ]


@pytest.mark.django_db
def test_a_look_after_a_minute_is_another(monkeypatch):
    viewer, thing = a_user(), a_user("a", "A")
    monkeypatch.setattr(actions, "ONE_LOOK", timedelta(0))

    actions.record_look("looked", thing, by=viewer)
    actions.record_look("looked", thing, by=viewer)

    assert Line.objects.count() == 2
