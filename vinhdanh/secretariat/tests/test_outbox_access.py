"""Whom the pages of the outbox are for, and what nobody else learns."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from vinhdanh.documents.tests.make_files import a_picture
from vinhdanh.journal import queries as journal
from vinhdanh.notices.models import Delivery, Message
from vinhdanh.people.models import RoleHolding
from vinhdanh.people.tests.make import a_holding, a_unit, a_user_with
from vinhdanh.secretariat.actions import mailings as actions
from vinhdanh.secretariat.tests.browse_outbox import Shown, as_user, page, send, text
from vinhdanh.secretariat.tests.make_mailings import AT, a_delivery, a_file

pytestmark = pytest.mark.django_db

Role = RoleHolding.Role
LATER = AT + timedelta(minutes=5)


@pytest.fixture
def house() -> Shown:
    return Shown()


READ = ["outbox", "mailing", "mailing_copy", "mailing_file", "mailing_look", "deliveries"]
RUN = ["mailing_new", "mailings_release", "mailings_discard", "mailing_edit", "mailing_add"]
KEPT = ["hooks", "hook_new", "hook", "hook_edit", "hook_delete", "hook_renew"]


def opened(house, user, name):
    waiting = house.waiting
    arguments = {
        "mailing_copy": [waiting.pk, waiting.recipients.order_by("name").first().pk],
        **{name: [waiting.pk, house.file.pk] for name in ("mailing_file", "mailing_look")},
        **{name: [waiting.pk] for name in ("mailing", "mailing_edit", "mailing_add")},
        **{name: [house.hook.pk] for name in KEPT if name not in {"hooks", "hook_new"}},
    }
    chosen = {"chon": str(waiting.pk)} if name.startswith("mailings_") else {}
    answer = page(user, name, *arguments.get(name, []), **chosen)
    if answer.streaming:  # read to its end, the file is closed
        b"".join(answer.streaming_content)
    return answer


@pytest.mark.parametrize("name", [*READ, *RUN, *KEPT])
def test_who_runs_the_office_opens_every_page(house, name):
    assert opened(house, house.officer, name).status_code == 200


@pytest.mark.parametrize("name", [*READ, *RUN, *KEPT])
def test_nobody_else_opens_what_is_not_theirs(house, name):
    expected = {
        house.director: 200 if name in READ else 404,
        house.admin: 200 if name in KEPT else 404,
        house.clerk: 404,
        house.stranger: 404,
    }
    if name in {"outbox", "deliveries", "mailing_new", "hooks", "hook_new"}:
        expected[house.stranger] = 200  # their own office's
    if name.startswith("mailings_"):
        expected[house.stranger] = 302  # none of those ticked is theirs

    assert {user: opened(house, user, name).status_code for user in expected} == expected


@pytest.mark.parametrize("name", [*READ, *RUN, *KEPT, "received"])
def test_who_has_not_logged_in_is_sent_to_do_so(house, name):
    answer = (
        page(None, name, house.released.pk) if name == "received" else opened(house, None, name)
    )

    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_login"))


def test_another_office_sees_nothing_in_its_own_lists(house):
    for name in ("outbox", "deliveries", "hooks"):
        shown = text(page(house.stranger, name))
        assert "Đôn đốc báo cáo" not in shown
        assert "Mời họp" not in shown
        assert "anh@so.vn" not in shown
        assert "Nhóm nhắn tin" not in shown
    assert page(house.stranger, "deliveries", thu=house.released.pk).status_code == 404
    assert page(house.stranger, "deliveries", kenh=house.hook.pk).status_code == 404
    assert page(house.stranger, "deliveries", kenh="khong-phai-khoa").status_code == 404


def test_nobody_else_changes_anything(house):
    recipient, delivery = house.waiting.recipients.first(), Delivery.objects.first()
    for user in (house.director, house.clerk, house.stranger):
        pk = house.waiting.pk
        answers = [
            send(user, "recipients_set", pk, nguoi=recipient.pk),
            send(user, "mailing_edit", pk, subject="x", text="y"),
            send(user, "mailing_add", pk, outside="bao@bao.vn"),
            send(user, "mailing_attach", pk),
            send(user, "mailing_detach", pk, house.file.pk),
            *(
                send(user, name, house.hook.pk)
                for name in (
                    "hook_switch", "hook_secret", "hook_renew", "hook_test", "hook_delete",
                )
            ),
        ]  # fmt: skip
        assert {answer.status_code for answer in answers} == {404}
        send(user, "mailings_release", chon=pk)
        send(user, "mailings_discard", chon=pk)
        send(user, "deliveries_decide", viec="huy", luot=delivery.pk)

    house.waiting.refresh_from_db()
    house.hook.refresh_from_db()
    delivery.refresh_from_db()
    assert (house.waiting.state, house.hook.is_active, delivery.state) == (
        "waiting",
        True,
        "waiting",
    )
    assert house.waiting.recipients.filter(left_out=True).count() == 0


def test_addresses_are_for_whoever_runs_the_office(house):
    a_delivery(house.office, address="anh@so.vn")

    for name, arguments in (("mailing", [house.waiting.pk]), ("deliveries", [])):
        assert "anh@so.vn" in text(page(house.officer, name, *arguments))
        shown = text(page(house.director, name, *arguments))
        assert "Đỗ Thị Ánh" in shown
        assert "@so.vn" not in shown
    assert "Ánh" not in re.sub(
        "<input.*?>", "", text(page(house.director, "deliveries", q="so.vn"))
    )


def test_an_address_is_not_found_in_a_log_that_one_only_reads(house):
    own = a_unit(house.office, name="Chi cục Văn hóa")
    a_delivery(house.office, name="Đỗ Thị Ánh", address="anh@so.vn")
    both = a_user_with(Role.AUDITOR, house.office)
    a_holding(both, Role.OFFICE, own)

    found = text(page(both, "deliveries", q="Ánh"))
    by_address = text(page(both, "deliveries", q="anh@so.vn"))

    assert "Đỗ Thị Ánh" in found
    assert "Đỗ Thị Ánh" not in by_address


def test_before_release_a_recipient_sees_nothing(house):
    assert page(house.clerk, "received", house.waiting.pk).status_code == 404
    assert page(house.clerk, "received_file", house.waiting.pk, house.file.pk).status_code == 404
    assert not Message.objects.filter(key=f"mailing:{house.waiting.pk}").exists()


def test_a_recipient_reads_their_own_copy_and_its_files(house):
    shown = text(page(house.clerk, "received", house.released.pk))
    file = page(house.clerk, "received_file", house.released.pk, house.file.pk)
    calendar = page(house.clerk, "received_calendar", house.released.pk)

    assert "Kính gửi Đỗ Thị Ánh, Phòng Nghệ thuật:" in shown
    assert "08:00, thứ Hai, 16/03/2026" in shown
    assert "Ngô Cường" not in shown
    assert b"".join(file.streaming_content).startswith(b"%PDF")
    assert (calendar.status_code, calendar["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    line = journal.lines_about(house.released)[0]
    assert (line.deed, line.actor_name, line.detail) == (
        "mailing file downloaded",
        "Đỗ Thị Ánh",
        {"file": "huong-dan.pdf"},
    )


def test_a_recipient_looks_at_a_picture_in_the_page(house):
    file = a_file(house.officer, "so-do.png", a_picture())
    mailing = house.mailing(files=[file])
    actions.release(mailing, by=house.officer, at=AT)
    picture = reverse("secretariat:received_picture", args=[mailing.pk, file.pk, 1])

    assert picture in text(page(house.clerk, "received_look", mailing.pk, file.pk))
    answer = as_user(house.clerk).get(picture)
    assert b"".join(answer.streaming_content) == a_picture()


def test_who_was_left_out_and_who_is_a_stranger_read_nothing(house):
    mailing = house.mailing(files=[house.file])
    left_out = mailing.recipients.get(user=house.colleague)
    actions.leave_out(mailing, [left_out.pk], by=house.officer, at=AT)
    actions.release(mailing, by=house.officer, at=AT)

    for user in (house.colleague, house.stranger, house.admin):
        assert page(user, "received", mailing.pk).status_code == 404
        for name in ("received_file", "received_look", "received_picture"):
            number = [1] if name == "received_picture" else []
            assert page(user, name, mailing.pk, house.file.pk, *number).status_code == 404
        assert page(user, "received_calendar", house.waiting.pk).status_code == 404


def test_a_reader_of_the_office_is_led_to_the_mailing(house):
    answer = page(house.director, "received", house.released.pk)

    assert answer["Location"] == house.released.get_absolute_url()
    assert page(house.director, "received", house.waiting.pk).status_code == 404


@pytest.mark.parametrize("deed", ["edit", "leave_out", "attach"])
def test_what_somebody_changes_meanwhile_is_not_released_unseen(house, deed):
    asked = page(house.officer, "mailings_release", chon=house.waiting.pk)
    chosen = {"chon": house.waiting.pk, "seen": asked.context["mark"]}
    change = {
        "edit": {"subject": "Tiêu đề khác", "text": "Nội dung khác"},
        "leave_out": {"chosen": [house.waiting.recipients.first().pk]},
        "attach": {"uploads": [SimpleUploadedFile("anh.png", a_picture())]},
    }
    getattr(actions, deed)(house.waiting, **change[deed], by=house.officer, at=LATER)

    shown = send(house.officer, "mailings_release", **chosen)
    chosen["seen"] = shown.context["mark"]
    again = send(house.officer, "mailings_release", **chosen)

    assert "vừa thay đổi" in text(shown)
    assert again["Location"] == house.waiting.get_absolute_url()
    house.waiting.refresh_from_db()
    assert house.waiting.state == "released"
