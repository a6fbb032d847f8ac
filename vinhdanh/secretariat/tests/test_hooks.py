"""Other channels: who keeps them, where messages may be posted, and their secrets."""

import json
from datetime import timedelta
from functools import partial

import pytest

from vinhdanh.common.refusal import Refused
from vinhdanh.journal import queries as journal
from vinhdanh.notices.models import Delivery, Hook
from vinhdanh.people.models import Unit
from vinhdanh.people.tests.make import a_unit, a_user_with
from vinhdanh.secretariat import access
from vinhdanh.secretariat.actions import hooks as actions
from vinhdanh.secretariat.rules import hooks as rules
from vinhdanh.secretariat.tests.make_mailings import AT, House, Role, a_delivery, a_hook

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(minutes=5)
GIVEN = {"name": "Cổng điều hành", "url": "https://cong.tinh.gov.vn/vao", "kinds": ["mailing"]}


@pytest.fixture
def house() -> House:
    return House()


def deeds(hook: Hook) -> list[str]:
    return list(journal.lines_about(hook).order_by("id").values_list("deed", flat=True))


@pytest.mark.parametrize(
    ("url", "trouble"),
    [
        ("https://nhan.example.vn/vao", None),
        ("https://nhan.example.vn:8443/vao?khoa=1", None),
        ("http://localhost:9000/vao", None),
        ("http://127.0.0.1/vao", None),
        ("http://10.1.2.3/vao", None),
        ("http://[::1]:8000/", None),
        ("http://may-noi-bo/vao", None),
        ("http://cong.lan/vao", None),
        ("http://nhan.example.vn/vao", rules.NOT_SECURE),
        ("http://8.8.8.8/", rules.NOT_SECURE),
        ("http://localhost.example.vn/", rules.NOT_SECURE),
        ("ftp://nhan.example.vn/", rules.NO_ADDRESS),
        ("https:///vao", rules.NO_ADDRESS),
        ("https://nhan.example.vn:cong/", rules.NO_ADDRESS),
        ("nhan.example.vn", rules.NO_ADDRESS),
        ("javascript:alert(1)", rules.NO_ADDRESS),
        ("https://ai:matkhau@nhan.example.vn/", rules.HAS_PASSWORD),
    ],
)
def test_messages_are_posted_only_where_nobody_reads_on_the_way(url, trouble):
    assert rules.trouble_with(url) == trouble


def test_a_channel_is_added_with_a_secret_of_its_own(house):
    hook = actions.add(house.office, **GIVEN, by=house.admin, at=AT)
    other = actions.add(house.office, **{**GIVEN, "name": "Khác"}, by=house.officer, at=AT)

    assert (hook.office_id, hook.name, hook.kinds, hook.is_active) == (
        house.office.pk,
        "Cổng điều hành",
        ["mailing"],
        True,
    )
    assert len(hook.secret) >= 40
    assert hook.secret != other.secret
    line = journal.lines_about(hook).get()
    assert line.deed == "hook added"
    assert hook.secret not in json.dumps(line.detail)


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"name": " "}, "đặt tên"),
        ({"url": "http://nhan.example.vn/"}, "https://"),
        ({"kinds": []}, "ít nhất một loại"),
        ({"kinds": ["khong-co"]}, "ít nhất một loại"),
        ({"name": "nhóm NHẮN tin"}, "đã có kênh tên này"),
    ],
)
def test_a_channel_that_cannot_be_is_refused(house, given, reason):
    a_hook(house.office)

    with pytest.raises(Refused, match=reason):
        actions.add(house.office, **{**GIVEN, **given}, by=house.admin, at=AT)

    assert Hook.objects.count() == 1


def test_only_who_administers_or_runs_the_whole_tree_keeps_channels(house):
    below = a_unit(house.office, name="Trường", kind=Unit.Kind.AFFILIATED)
    of_a_part = a_user_with(Role.ADMINISTRATOR, below)
    hook = a_hook(house.office)

    deeds = [
        partial(actions.edit, **GIVEN),
        partial(actions.switch, on=False),
        actions.show_secret,
        actions.renew_secret,
        actions.test,
        actions.delete,
    ]

    for user in (house.director, house.clerk, house.stranger, of_a_part):
        with pytest.raises(Refused):
            actions.add(house.office, **GIVEN, by=user, at=AT)
        for deed in deeds:
            with pytest.raises(Refused, match="không còn quyền"):
                deed(hook, by=user, at=AT)
        assert not access.hooks(user, on=AT.date()).exists()

    assert Hook.objects.get() == hook


def test_a_channel_of_a_unit_below_cannot_be_added(house):
    with pytest.raises(Refused, match="Chỉ quản trị"):
        actions.add(house.unit, **GIVEN, by=house.officer, at=AT)


def test_a_channel_is_changed_and_says_what_was(house):
    hook = a_hook(house.office)

    actions.edit(hook, **{**GIVEN, "kinds": ["system", "mailing"]}, by=house.admin, at=LATER)
    actions.edit(hook, **{**GIVEN, "kinds": ["mailing", "system"]}, by=house.admin, at=LATER)

    hook.refresh_from_db()
    assert (hook.url, hook.kinds) == ("https://cong.tinh.gov.vn/vao", ["mailing", "system"])
    line = journal.lines_about(hook).get()
    assert line.detail["before"]["url"] == "https://nhan.example.vn/vao"


def test_a_channel_is_switched_off_and_on_again(house):
    hook = a_hook(house.office)

    actions.switch(hook, on=False, by=house.admin, at=LATER)
    with pytest.raises(Refused, match="đang tắt"):
        actions.test(hook, by=house.admin, at=LATER)
    actions.switch(hook, on=True, by=house.admin, at=LATER)

    hook.refresh_from_db()
    assert hook.is_active
    assert deeds(hook) == ["hook switched off", "hook switched on"]


def test_who_sees_or_renews_the_secret_is_written_down_but_not_the_secret(house):
    hook = a_hook(house.office)

    shown = actions.show_secret(hook, by=house.admin, at=LATER)
    renewed = actions.renew_secret(hook, by=house.admin, at=LATER)

    hook.refresh_from_db()
    assert (shown, renewed) == ("bi-mat-cua-kenh", hook.secret)
    assert renewed != shown
    assert deeds(hook) == ["hook secret shown", "hook given another secret"]
    assert not any(line.detail for line in journal.lines_about(hook))


def test_a_test_message_is_queued_each_time_it_is_asked_for(house):
    hook = a_hook(house.office)

    first = actions.test(hook, by=house.admin, at=LATER)
    actions.test(hook, by=house.admin, at=LATER)

    assert Delivery.objects.filter(hook=hook, state="waiting").count() == 2
    assert json.loads(first.text)["to"] == house.admin.username
    assert deeds(hook) == ["hook tested", "hook tested"]


def test_a_channel_is_deleted_with_its_log_and_the_journal_remembers(house):
    hook = a_hook(house.office)
    a_delivery(house.office, channel="hook", hook=hook)
    pk = hook.pk

    actions.delete(hook, by=house.admin, at=LATER)

    assert not Hook.objects.filter(pk=pk).exists()
    assert not Delivery.objects.exists()
    hook.pk = pk
    assert deeds(hook) == ["hook deleted"]
