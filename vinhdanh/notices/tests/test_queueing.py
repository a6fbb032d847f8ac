"""Queueing mail, and the digest: one per person and day, when there is something to say."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from vinhdanh.notices import actions, queries
from vinhdanh.notices.models import Delivery
from vinhdanh.notices.tests.make import (
    AT,
    a_delivery,
    a_mail,
    a_message,
    a_preference,
    a_user,
)

pytestmark = pytest.mark.django_db

HERE = ZoneInfo("Asia/Ho_Chi_Minh")
LATE = [("Việc quá hạn", [("Nộp báo cáo quý", "/ke-hoach/cong-viec/1/"), ("Gửi danh sách", "")])]


def _here(*hour: int, day: int = 11) -> datetime:
    return datetime(2026, 3, day, *hour, tzinfo=HERE)


def test_the_same_key_is_queued_once():
    mail = a_mail()

    assert actions.queue([mail, mail], at=AT) == 1
    assert actions.queue([mail, a_mail()], at=AT) == 1
    assert Delivery.objects.count() == 2
    assert ProcrastinateJob.objects.filter(args={"channel": "mail"}).count() == 2


def test_many_are_queued_in_a_few_statements(django_assert_max_num_queries):
    with django_assert_max_num_queries(16):
        assert actions.queue([a_mail() for _number in range(3000)], at=AT) == 3000


def test_what_is_queued_in_quiet_hours_waits_for_their_end():
    user = a_user()
    by_default = a_mail(user_id=user.pk)
    actions.queue([by_default, a_mail(key="outside")], at=_here(21))
    actions.queue([a_mail(key="now", user_id=user.pk, not_before=_here(21))], at=_here(21))
    a_preference(user, quiet_from=time(0), quiet_until=time(0))
    actions.queue([a_mail(key="chosen", user_id=user.pk)], at=_here(21))

    assert dict(Delivery.objects.values_list("key", "not_before")) == {
        by_default.key: _here(6, 30, day=12),
        "outside": _here(21),
        "now": _here(21),
        "chosen": _here(21),
    }


def test_a_digest_says_in_its_subject_how_much_there_is():
    user = a_user(name="Lê Thị Hoa", email="hoa@example.vn")
    a_message(user, title="Báo cáo quý I được trả lại", url="/ke-hoach/")

    actions.queue_digest(
        user, points=[*LATE, ("Việc đến hạn trong 7 ngày", [("Họp", "/a/")])], at=AT
    )

    digest = Delivery.objects.get()
    assert digest.subject == (
        "Vinh Danh: 2 việc quá hạn, 1 việc đến hạn trong 7 ngày, 1 thông báo chưa đọc"
    )
    assert digest.key == f"digest:{user.pk}:2026-03-11"
    assert digest.text.splitlines() == [
        "Kính gửi Lê Thị Hoa,",
        "",
        "Việc quá hạn (2)",
        "- Nộp báo cáo quý",
        "  http://localhost:8000/ke-hoach/cong-viec/1/",
        "- Gửi danh sách",
        "",
        "Việc đến hạn trong 7 ngày (1)",
        "- Họp",
        "  http://localhost:8000/a/",
        "",
        "Thông báo chưa đọc (1)",
        "- Báo cáo quý I được trả lại",
        "  http://localhost:8000/ke-hoach/",
        "",
        "Xem tất cả thông báo: http://localhost:8000/thong-bao/",
        "Đổi cách nhận thư này: http://localhost:8000/thong-bao/cach-nhan/",
    ]
    assert '<a href="http://localhost:8000/ke-hoach/cong-viec/1/">Nộp báo cáo quý</a>' in (
        digest.html
    )


def test_what_is_written_in_a_digest_is_text_not_markup():
    user = a_user(name="<b>Hoa</b>")

    actions.queue_digest(user, points=[("Việc", [("<script>", 'javascript:"x')])], at=AT)

    html = Delivery.objects.get().html
    assert "<script>" not in html
    assert "<b>Hoa" not in html


def test_one_digest_a_day_and_none_without_anything_to_say():
    user = a_user()

    actions.queue_digest(user, points=[("Việc quá hạn", [])], at=AT)
    actions.queue_digest(a_user(email=""), points=LATE, at=AT)
    assert Delivery.objects.count() == 0

    actions.queue_digest(user, points=LATE, at=AT)
    actions.queue_digest(user, points=LATE, at=AT + timedelta(hours=2))
    assert Delivery.objects.count() == 1

    actions.queue_digest(user, points=LATE, at=AT + timedelta(days=1))
    assert Delivery.objects.count() == 2


def test_a_digest_tells_of_an_unread_message_once_and_leaves_reminders_to_the_caller():
    user = a_user()
    a_message(user, created_at=AT - timedelta(hours=1))
    a_message(user, kind="reminder", created_at=AT - timedelta(hours=1))
    a_message(user, read_at=AT, created_at=AT - timedelta(hours=1))
    a_message(a_user())

    actions.queue_digest(user, points=[], at=AT)
    assert Delivery.objects.get().subject == "Vinh Danh: 1 thông báo chưa đọc"

    actions.queue_digest(user, points=[], at=AT + timedelta(days=1))
    assert Delivery.objects.count() == 1


def test_digests_are_due_from_the_hour_chosen_on_the_days_chosen():
    early, plain, daily = a_user(), a_user(), a_user()
    a_preference(early, digest_at=time(6, 45))
    a_preference(daily, only_working_days=False)
    a_preference(a_user(), digest=False)
    a_user(email="")
    a_user(is_active=False)

    def due(at: datetime, *, is_working_day: bool = True):
        return queries.digests_due(at=at, is_working_day=is_working_day)

    assert due(_here(6, 44)) == set()
    assert due(_here(7, 0)) == {early.pk}
    assert due(_here(7, 30)) == {early.pk, plain.pk, daily.pk}
    assert due(_here(7, 30), is_working_day=False) == {daily.pk}
    assert due(_here(20, 0)) == set()


def test_whoever_has_the_digest_of_the_day_is_not_due_again(django_assert_num_queries):
    user, other = a_user(), a_user()
    actions.queue_digest(user, points=LATE, at=_here(8))
    a_delivery(key=f"digest:{other.pk}:2026-03-10")

    with django_assert_num_queries(3):
        assert queries.digests_due(at=_here(9), is_working_day=True) == {other.pk}


def test_a_digest_speaks_the_language_asked_for_and_leaves_alone_what_was_typed():
    user = a_user(name="Lê Thị Hoa")
    a_message(user, title="Báo cáo quý I được trả lại")

    actions.queue_digest(user, points=[("Late work", [("Họp", "/a/")])], at=AT, language="en")

    digest = Delivery.objects.get()
    assert digest.subject == "Vinh Danh: 1 late work, 1 unread messages"
    assert digest.text.startswith("Dear Lê Thị Hoa,")
    assert "- Báo cáo quý I được trả lại" in digest.text
    assert '<html lang="en">' in digest.html
    assert "Dear Lê Thị Hoa," in digest.html
