import pytest
from django.contrib.auth import get_user_model
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import timezone

from vinhdanh.journal import actions, middleware, queries, rules


def a_user(username="thuy", name="Trần Thị Thúy"):
    return get_user_model().objects.create_user(username=username, name=name)


def shown(thing, address="/"):
    lines = queries.lines_about(thing)
    request = RequestFactory().get(address)
    return render_to_string("journal/_history.html", {"lines": lines}, request=request)


def request_from(address, **headers):
    return RequestFactory().get("/", REMOTE_ADDR=address, **headers)


@pytest.mark.django_db
def test_a_line_keeps_who_did_what_to_which_thing_when_and_from_where():
    user, thing = a_user(), a_user("thing", "Đơn vị A")
    before = timezone.now()

    middleware.whence(lambda _: actions.record("test made", thing, by=user))(
        request_from("10.0.0.7")
    )

    line = queries.lines_about(thing).get()
    assert (line.actor_id, line.actor_name, line.whence) == (user.pk, user.name, "10.0.0.7")
    assert (line.deed, line.thing_kind) == ("test made", "accounts.User")
    assert (line.thing_id, line.thing_name, line.detail) == (thing.pk, "Đơn vị A", {})
    assert abs(line.at - before).total_seconds() < 60
    assert middleware.current() == ""


def test_an_address_told_by_a_proxy_is_believed_only_of_a_trusted_one(settings):
    told: list[str] = []
    ask = middleware.whence(lambda _: told.append(middleware.current()))

    settings.TRUSTED_PROXIES = 0
    ask(request_from("10.0.0.1", HTTP_X_FORWARDED_FOR="1.2.3.4"))
    settings.TRUSTED_PROXIES = 1
    ask(request_from("10.0.0.1", HTTP_X_FORWARDED_FOR="9.9.9.9, 1.2.3.4"))
    ask(request_from("10.0.0.1"))

    assert told == ["10.0.0.1", "1.2.3.4", "10.0.0.1"]


@pytest.mark.django_db
def test_a_history_shows_its_own_lines_newest_first_and_no_others():
    user, thing, other = a_user(), a_user("thing", "Đơn vị A"), a_user("other", "Đơn vị B")
    rules.name_deeds({"test made": "Lập đơn vị", "test renamed": "Đổi tên đơn vị"})
    actions.record("test made", thing, by=user)
    actions.record("test renamed", thing, by=None, detail={"reason": "<sáp nhập>"})
    actions.record("test secret", other, by=user)

    page = shown(thing)

    assert page.index("Đổi tên đơn vị") < page.index("Lập đơn vị")
    assert "Trần Thị Thúy" in page
    assert "Hệ thống" in page
    assert "Lý do" in page
    assert "&lt;sáp nhập&gt;" in page
    assert "test secret" not in page


@pytest.mark.django_db
def test_a_long_history_shows_the_newest_twenty_and_leads_to_the_rest():
    thing = a_user("thing", "Đơn vị A")
    for number in range(21):
        actions.record(f"deed-{number:02}", thing, by=thing)

    short, whole = shown(thing, "/?lan=3"), shown(thing, "/?lich_su=tat-ca")

    assert "deed-00" not in short
    assert "deed-01" in short
    assert 'href="?lan=3&amp;lich_su=tat-ca#lich-su"' in short
    assert "deed-00" in whole
    assert "Xem thêm" not in whole


@pytest.mark.django_db
def test_a_history_costs_one_query_however_long(django_assert_num_queries):
    thing = a_user("thing", "Đơn vị A")
    with django_assert_num_queries(1):
        assert "Chưa có hoạt động" in shown(thing)
    for number in range(3):
        actions.record(f"deed-{number}", thing, by=thing)
    with django_assert_num_queries(1):
        shown(thing)


def test_details_become_rows_of_what_was_and_what_is():
    rows = rules.changes(
        {
            "before": {"name": "Phòng A", "due": None, "kind": "office"},
            "after": {"name": "Phòng B", "due": "2026-03-01", "kind": "office"},
            "files": ["a.pdf", "b.pdf"],
            "outside": True,
            "unit": {"name": "Sở"},
            "note": "",
        }
    )

    assert rows == [
        ("Tên", "Phòng A", "Phòng B"),
        ("Thời hạn", "—", "01/03/2026"),
        ("Tệp", None, "a.pdf; b.pdf"),
        ("outside", None, "✓"),
        ("Đơn vị", None, "Tên: Sở"),
        ("Ghi chú", None, "—"),
    ]


def test_a_room_calls_a_key_by_its_own_name_and_only_there():
    rules.name_details({"name": "Tên ghi trong kế hoạch", "mark": "Điểm"}, room="test room")

    assert rules.detail_name("name", room="test room") == "Tên ghi trong kế hoạch"
    assert rules.detail_name("mark", room="test room") == "Điểm"
    assert rules.detail_name("reason", room="test room") == "Lý do"
    assert rules.detail_name("name") == "Tên"
    assert rules.detail_name("mark") == "mark"


def test_a_before_that_is_no_mapping_is_a_row_like_any_other():
    assert rules.changes({"before": "nháp", "after": "đã trình"}) == [
        ("Trước", None, "nháp"),
        ("Sau", None, "đã trình"),
    ]


def test_a_deed_without_a_name_is_shown_by_its_code():
    assert rules.deed_name("never named") == "never named"


def test_an_address_longer_than_a_line_keeps_is_cut(rf, settings):
    settings.TRUSTED_PROXIES = 1
    told = []

    middleware.whence(lambda _: told.append(middleware.current()))(
        rf.get("/", headers={"X-Forwarded-For": "x" * 300})
    )

    assert told == ["x" * 100]
