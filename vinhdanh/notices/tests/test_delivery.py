"""Handing over: to a real mail server, to a real channel, by two workers, and what goes wrong."""

import json
import threading
from datetime import time, timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connections

from vinhdanh.common.refusal import Refused
from vinhdanh.notices import actions, queries, tasks
from vinhdanh.notices.models import Delivery
from vinhdanh.notices.rules import signing
from vinhdanh.notices.tests.make import AT, a_delivery, a_hook, a_preference, a_user
from vinhdanh.notices.tests.servers import channel, free_port, mail_server

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def _stand(delivery: Delivery) -> tuple[str, int]:
    delivery.refresh_from_db()
    return delivery.state, delivery.attempts


def test_a_mail_arrives_as_text_and_html_with_a_lasting_number(settings):
    settings.DEFAULT_FROM_EMAIL = "Thi đua Sở <thidua@so.example.vn>"
    delivery = a_delivery(
        name='Phòng "Nghiệp vụ", Sở',
        subject="Đôn đốc báo cáo",
        text="Đề nghị báo cáo <gấp>.\n\nhttps://example.vn/viec/",
    )

    with mail_server(settings) as server:
        assert actions.hand_over(at=AT) == 1
        assert actions.hand_over(at=AT) == 0

    [mail] = server.mails
    assert _stand(delivery) == ("sent", 1)
    assert (delivery.sent_at, delivery.last_error) == (AT, "")
    assert mail["Subject"] == "Đôn đốc báo cáo"
    assert mail["To"].addresses[0].display_name == 'Phòng "Nghiệp vụ", Sở'
    assert mail["To"].addresses[0].addr_spec == delivery.address
    assert mail["Message-ID"] == f"<{delivery.pk}@so.example.vn>"
    assert mail["Auto-Submitted"] == "auto-generated"
    text, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert text.get_content().splitlines() == delivery.text.splitlines()
    assert "Đề nghị báo cáo &lt;gấp&gt;." in html.get_content()
    assert 'href="https://example.vn/viec/"' in html.get_content()


def test_files_of_the_store_and_calendar_texts_go_with_it(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    place = default_storage.save("giay-moi.pdf", ContentFile(b"%PDF-1.7 giay moi"))
    calendar = "BEGIN:VCALENDAR\r\nSUMMARY:Họp Hội đồng\r\nEND:VCALENDAR\r\n"
    a_delivery(
        attachments=[
            {"name": "Giấy mời.pdf", "type": "application/pdf", "place": place},
            {"name": "hop.ics", "type": "text/calendar; method=REQUEST", "text": calendar},
        ]
    )

    with mail_server(settings) as server:
        actions.hand_over(at=AT)

    pdf, file = server.mails[0].iter_attachments()
    assert (pdf.get_content_type(), pdf.get_filename()) == ("application/pdf", "Giấy mời.pdf")
    assert pdf.get_content() == b"%PDF-1.7 giay moi"
    assert (file.get_content_type(), file.get_filename()) == ("application/ics", "hop.ics")
    assert file.get_content() == calendar.encode()
    [event] = [part for part in server.mails[0].walk() if part.get_content_maintype() == "text"][2:]
    assert event.get_content_type() == "text/calendar"
    assert dict(event["Content-Type"].params) == {"charset": "utf-8", "method": "REQUEST"}
    assert event.get_payload(decode=True).decode() == calendar


def test_without_a_mail_server_mails_are_files(settings, tmp_path):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path
    deliveries = [a_delivery(), a_delivery()]

    actions.hand_over(at=AT)

    written = "".join(path.read_text() for path in tmp_path.iterdir())
    assert [_stand(delivery) for delivery in deliveries] == [("sent", 1), ("sent", 1)]
    assert [delivery.address in written for delivery in deliveries] == [True, True]


def test_what_is_not_due_waits(settings):
    delivery = a_delivery(not_before=AT + MINUTE)

    with mail_server(settings) as server:
        actions.hand_over(at=AT)
        assert server.mails == []
        actions.hand_over(at=AT + MINUTE)

    assert _stand(delivery) == ("sent", 1)


def test_what_was_put_off_into_quiet_hours_waits_for_their_end(settings):
    evening, morning = AT + timedelta(hours=10, minutes=58), AT + timedelta(hours=21.5)
    asleep = a_delivery(user=a_user(), not_before=evening)
    outside = a_delivery(not_before=evening)
    awake = a_delivery(user=a_user(), not_before=evening)
    a_preference(awake.user, quiet_from=time(0), quiet_until=time(0))

    with mail_server(settings, lambda _address: "450 4.2.0 greylisted"):
        assert actions.hand_over(at=evening) == 3
    with mail_server(settings) as server:
        # 20:01 in Viet Nam: the second attempt of all is due.
        assert actions.hand_over(at=evening + 3 * MINUTE) == 2
        assert sorted(server.addresses) == sorted([outside.address, awake.address])
        assert _stand(asleep) == ("waiting", 1)
        assert asleep.not_before == morning
        assert actions.hand_over(at=morning - MINUTE) == 0
        assert actions.hand_over(at=morning) == 1

    assert _stand(asleep) == ("sent", 2)


def test_a_worker_that_stood_still_until_the_night_wakes_nobody(settings):
    deliveries = [a_delivery(user=a_user()) for _each in range(3)]
    night, morning = AT + timedelta(hours=17), AT + timedelta(hours=21.5)

    with mail_server(settings) as server:
        assert actions.hand_over(at=night) == 0
        assert [_stand(each) for each in deliveries] == [("waiting", 0)] * 3
        assert server.mails == []
        assert actions.hand_over(at=morning) == 3


def test_nobody_slips_a_header_in(settings):
    a_delivery(
        subject="Đôn đốc\r\nBcc: ke-gian@example.vn",
        name="Phòng\nBcc: ke-gian@example.vn",
    )
    injected = a_delivery(address="a@example.vn\nBcc: ke-gian@example.vn")

    with mail_server(settings) as server:
        actions.hand_over(at=AT)

    assert [(mail["Bcc"], len(mail["To"].addresses)) for mail in server.mails] == [(None, 1)]
    assert _stand(injected) == ("failed", 1)


@pytest.mark.parametrize("address", ["khong-co-a-cong", "", "a@", "hoa@thi-đua.vn", "a b@c.vn"])
def test_an_unfit_address_fails_and_says_so(settings, address):
    delivery, other = a_delivery(address=address), a_delivery()

    with mail_server(settings):
        actions.hand_over(at=AT)

    assert (_stand(delivery), _stand(other)) == (("failed", 1), ("sent", 1))
    assert delivery.last_error == "Địa chỉ thư không hợp lệ; xin sửa địa chỉ rồi gửi lại."


def test_a_file_that_is_gone_fails_and_says_so(settings):
    gone = [{"name": "a.pdf", "type": "application/pdf", "place": "khong-co.pdf"}]
    delivery = a_delivery(attachments=gone)

    with mail_server(settings):
        actions.hand_over(at=AT)

    assert _stand(delivery) == ("failed", 1)
    assert delivery.last_error == "Không đọc được tệp đính kèm trong kho tệp."


def test_a_recipient_refused_for_good_fails_at_once(settings):
    refused, taken = a_delivery(address="khong-co@example.vn"), a_delivery()

    def answer(address: str) -> str:
        return f"550 5.1.1 <{address}>: no such user" if address.startswith("khong-co") else ""

    with mail_server(settings, answer) as server:
        actions.hand_over(at=AT)

    assert (_stand(refused), _stand(taken)) == (("failed", 1), ("sent", 1))
    assert server.addresses == [taken.address]
    # Whoever reads the log without running the office sees no addresses.
    assert refused.last_error == (
        "Máy chủ thư không nhận địa chỉ người nhận. (550 5.1.1 … no such user)"
    )


def test_a_recipient_refused_for_now_is_tried_again_less_and_less_often_then_fails(settings):
    delivery = a_delivery()
    at, waits = AT, []

    with mail_server(settings, lambda _address: "450 4.2.0 greylisted"):
        while _stand(delivery)[0] == "waiting":
            actions.hand_over(at=at)
            delivery.refresh_from_db()
            waits.append((delivery.not_before - at) / MINUTE)
            assert actions.hand_over(at=at) == 0
            at = delivery.not_before

    assert waits == [1, 5, 15, 60, 240, 0]
    assert _stand(delivery) == ("failed", 6)
    assert delivery.last_error == "Máy chủ thư đang bận. (450 4.2.0 greylisted)"


def test_while_the_mail_server_is_down_everything_waits(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    first, second = a_delivery(), a_delivery(attempts=1)

    assert actions.hand_over(at=AT) == 2
    assert actions.hand_over(at=AT) == 0

    assert (_stand(first), _stand(second)) == (("waiting", 1), ("waiting", 2))
    assert first.last_error == "Không kết nối được với máy chủ thư."
    assert (first.not_before, second.not_before) == (AT + MINUTE, AT + 5 * MINUTE)

    with mail_server(settings) as server:
        actions.hand_over(at=AT + 5 * MINUTE)
    assert sorted(server.addresses) == sorted([first.address, second.address])


def test_a_connection_lost_while_handing_over_leaves_it_unsure_and_the_rest_goes_on(settings):
    lost, other = a_delivery(address="mat@example.vn"), a_delivery(not_before=AT)

    with mail_server(settings, lambda address: "drop" if "mat@" in address else "") as server:
        actions.hand_over(at=AT)
        actions.hand_over(at=AT + timedelta(days=1))

    assert (_stand(lost), _stand(other)) == (("unsure", 1), ("sent", 1))
    assert "không rõ máy chủ thư đã nhận chưa" in lost.last_error
    assert server.addresses.count("mat@example.vn") == 1


def test_what_was_being_handed_over_when_all_stopped_is_unsure_after_a_while(settings):
    mail = a_delivery(state="handing", attempts=1, handed_at=AT)
    posted = a_delivery(
        channel="hook", hook=a_hook(), text="{}", state="handing", attempts=1, handed_at=AT
    )

    with mail_server(settings) as server:
        actions.hand_over(at=AT + 10 * MINUTE, channels=["mail"])
        assert (_stand(mail)[0], _stand(posted)[0]) == ("handing", "handing")
        actions.hand_over(at=AT + 11 * MINUTE, channels=["mail"])

    assert (_stand(mail)[0], _stand(posted)[0]) == ("unsure", "waiting")
    assert "Hệ thống dừng giữa lúc gửi" in mail.last_error
    assert server.mails == []


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_each_mail_once(settings):
    deliveries = [a_delivery() for _number in range(60)]

    def work() -> None:
        try:
            while actions.hand_over(at=AT, channels=["mail"], most=7):
                pass
        finally:
            connections.close_all()

    with mail_server(settings, seconds_each=0.002) as server:
        workers = [threading.Thread(target=work) for _number in range(3)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()

    assert sorted(server.addresses) == sorted(delivery.address for delivery in deliveries)
    assert queries.counts_by_state(Delivery.objects.all())["sent"] == 60


def test_the_task_goes_on_until_nothing_is_left(settings):
    for _number in range(60):
        a_delivery()

    with mail_server(settings) as server:
        tasks.hand_over(channel="mail")

    assert len(server.mails) == 60


def test_a_person_decides_about_what_is_unsure_or_failed(settings):
    with mail_server(settings) as server:
        unsure = a_delivery(state="unsure", attempts=1, handed_at=AT, last_error="Đứt.")
        actions.resend(unsure, at=AT + MINUTE)
        assert (unsure.state, unsure.attempts, unsure.last_error) == ("waiting", 0, "")
        actions.hand_over(at=AT + MINUTE)
    assert [mail["Message-ID"] for mail in server.mails] == [f"<{unsure.pk}@localhost>"]

    arrived = a_delivery(state="unsure", handed_at=AT)
    actions.settle_as_sent(arrived)
    assert (arrived.state, arrived.sent_at) == ("sent", AT)

    for state in ("waiting", "failed", "unsure"):
        unwanted = a_delivery(state=state)
        actions.cancel(unwanted)
        assert unwanted.state == "cancelled"


def test_a_mail_is_sent_again_to_the_address_that_the_account_has_by_now():
    user = a_user(email="dung@example.vn")
    failed = a_delivery(user=user, address="sai@example.vn", state="failed")
    outside = a_delivery(address="ngoai@example.vn", state="failed")

    for delivery in (failed, outside):
        actions.resend(delivery, at=AT)

    assert (failed.state, failed.address) == ("waiting", "dung@example.vn")
    assert (outside.state, outside.address) == ("waiting", "ngoai@example.vn")


@pytest.mark.parametrize(
    ("state", "deed"),
    [
        ("sent", actions.cancel),
        ("handing", actions.cancel),
        ("cancelled", actions.cancel),
        ("failed", actions.settle_as_sent),
        ("waiting", actions.settle_as_sent),
        ("sent", lambda delivery: actions.resend(delivery, at=AT)),
        ("waiting", lambda delivery: actions.resend(delivery, at=AT)),
        ("handing", lambda delivery: actions.resend(delivery, at=AT)),
    ],
)
def test_a_decision_is_refused_in_any_other_state(state, deed):
    delivery = a_delivery(state=state)

    with pytest.raises(Refused, match="tải lại trang"):
        deed(delivery)
    assert _stand(delivery)[0] == state


def test_the_contents_of_what_was_sent_long_ago_are_forgotten_the_log_is_not():
    old = a_delivery(state="sent", sent_at=AT - timedelta(days=401), html="<p>", key="a")
    a_delivery(state="sent", sent_at=AT - timedelta(days=399), key="b")

    actions.forget_old(at=AT)

    old.refresh_from_db()
    assert (old.text, old.html, old.attachments, old.subject) == ("", "", [], "Đôn đốc báo cáo")
    assert Delivery.objects.exclude(text="").get().key == "b"


def test_a_post_is_signed_and_keeps_its_number():
    with channel() as received:
        hook = a_hook(url=received.url)
        delivery = actions.post(hook, key="1", kind="answer", title="Đã trả lại", to="hoa", at=AT)
        received.status = 503
        actions.hand_over(at=AT)
        received.status = 200
        actions.hand_over(at=AT + MINUTE)

    assert _stand(delivery) == ("sent", 2)
    for headers, body in received.posts:
        timestamp = int(headers["X-Vinhdanh-Timestamp"])
        signature = headers["X-Vinhdanh-Signature"]
        assert signing.verify(hook.secret, signature, timestamp=timestamp, body=body, now=timestamp)
        assert headers["X-Vinhdanh-Id"] == str(delivery.pk)
        assert json.loads(body) == {
            "id": str(delivery.pk),
            "kind": "answer",
            "title": "Đã trả lại",
            "text": "",
            "url": "",
            "to": "hoa",
            "at": AT.isoformat(),
        }


@pytest.mark.parametrize(
    ("status", "state", "error"),
    [
        (302, "waiting", "Kênh nhận đang bận hoặc gặp lỗi. (HTTP 302)"),
        (403, "failed", "Kênh nhận từ chối thông báo. (HTTP 403)"),
        (429, "waiting", "Kênh nhận đang bận hoặc gặp lỗi. (HTTP 429)"),
        (500, "waiting", "Kênh nhận đang bận hoặc gặp lỗi. (HTTP 500)"),
    ],
)
def test_a_channel_says_no(status, state, error):
    with channel() as received:
        received.status = status
        hook = a_hook(url=received.url)
        delivery = actions.post(hook, key="1", kind="answer", title="Tin", at=AT)
        actions.hand_over(at=AT)

    assert _stand(delivery) == (state, 1)
    assert delivery.last_error == error
    assert len(received.posts) == 1


def test_a_channel_that_does_not_answer_is_asked_once_for_all_that_waits():
    hook = a_hook(url=f"http://127.0.0.1:{free_port()}/nhan")
    for number in range(3):
        actions.post(hook, key=str(number), kind="answer", title="Tin", at=AT)

    actions.hand_over(at=AT)

    found = set(Delivery.objects.values_list("state", "attempts", "last_error"))
    assert found == {("waiting", 1, "Kênh nhận không trả lời.")}


@pytest.mark.parametrize(
    "url", ["ftp://example.vn/nhan", "https://nhan..vn/", f"https://{'a' * 64}.vn/"]
)
def test_a_channel_switched_off_or_with_an_impossible_address_gets_nothing(url):
    off = a_hook(is_active=False)
    wrong = a_hook(url=url)
    for hook in (off, wrong):
        actions.post(hook, key="1", kind="answer", title="Tin", at=AT)

    actions.hand_over(at=AT)

    assert Delivery.objects.get(hook=off).state == "cancelled"
    failed = Delivery.objects.get(hook=wrong)
    assert (failed.state, failed.last_error) == (
        "failed",
        "Địa chỉ của kênh nhận không hợp lệ.",
    )
