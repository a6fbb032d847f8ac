"""The bell, one's own messages, and how one wants to be told."""

from datetime import time

import pytest
from django.test import Client
from django.urls import reverse

from vinhdanh.notices import queries
from vinhdanh.notices.models import Message, Preference
from vinhdanh.notices.tests.make import AT, a_message, a_preference, a_user

pytestmark = pytest.mark.django_db

CHOSEN = {
    "digest": "on",
    "digest_at": "08:15",
    "only_working_days": "on",
    "quiet_from": "22:00",
    "quiet_until": "05:30",
}


def _client(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def _titles(page) -> list[str]:
    return [message.title for message in page.context["page"]]


@pytest.mark.parametrize("name", ["inbox", "preferences"])
def test_an_unknown_is_sent_to_log_in(name):
    answer = Client().get(reverse(f"notices:{name}"))

    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_login"))


def test_each_sees_their_own_messages_the_latest_first():
    user = a_user()
    a_message(user, title="Báo cáo quý I được trả lại")
    a_message(user, title="Báo cáo quý II được trả lại", read_at=AT)
    a_message(a_user(), title="Của người khác")

    page = _client(user).get(reverse("notices:inbox"))

    assert _titles(page) == ["Báo cáo quý II được trả lại", "Báo cáo quý I được trả lại"]
    text = page.content.decode()
    assert "Của người khác" not in text
    assert 'aria-label="Thông báo: 1 chưa đọc"' in text
    assert text.count("Chưa đọc</span>") == 1


def test_messages_can_be_narrowed_to_unread_ones_and_to_a_kind():
    user = a_user()
    a_message(user, title="A", read_at=AT)
    a_message(user, title="B")
    a_message(user, title="C", kind="reminder")
    client = _client(user)

    assert _titles(client.get(reverse("notices:inbox"), {"read": "no"})) == ["C", "B"]
    assert _titles(client.get(reverse("notices:inbox"), {"kind": "answer"})) == ["B", "A"]
    nothing = client.get(reverse("notices:inbox"), {"kind": "system"})
    assert "Không có thông báo nào như vậy" in nothing.content.decode()


def test_an_empty_list_says_what_will_stand_there():
    page = _client(a_user()).get(reverse("notices:inbox"))

    assert "Chưa có thông báo nào" in page.content.decode()


def test_opening_a_message_reads_it_and_leads_to_what_it_is_about():
    user = a_user()
    message = a_message(user, url="/ke-hoach/")

    answer = _client(user).get(reverse("notices:open", args=[message.pk]))

    assert (answer.status_code, answer["Location"]) == (302, "/ke-hoach/")
    assert queries.unread_count(user) == 0


@pytest.mark.parametrize("url", ["", "https://example.com/", "//example.com/", "javascript:1"])
def test_a_message_that_leads_nowhere_within_is_shown_itself(url):
    user = a_user()
    message = a_message(user, url=url, title="Nghỉ lễ", text="Cơ quan nghỉ.\nTrân trọng.")

    page = _client(user).get(reverse("notices:open", args=[message.pk]))

    assert page.status_code == 200
    assert "Cơ quan nghỉ.<br>Trân trọng." in page.content.decode()


def test_nobody_opens_anothers_message():
    message = a_message(a_user(), url="/ke-hoach/")

    assert _client(a_user()).get(reverse("notices:open", args=[message.pk])).status_code == 404
    assert Client().get(reverse("notices:open", args=[message.pk])).status_code == 302
    message.refresh_from_db()
    assert message.read_at is None


def test_all_can_be_marked_read_at_once_ones_own_alone():
    user, other = a_user(), a_user()
    for reader in (user, user, other):
        a_message(reader)

    page = _client(user).post(reverse("notices:read_all"), follow=True)

    assert "Đã đánh dấu 2 thông báo là đã đọc." in page.content.decode()
    assert (queries.unread_count(user), queries.unread_count(other)) == (0, 1)
    assert _client(user).get(reverse("notices:read_all")).status_code == 405


def test_the_list_costs_the_same_queries_for_one_and_for_500(django_assert_max_num_queries):
    user = a_user()
    a_message(user)
    client = _client(user)
    with django_assert_max_num_queries(25) as one:
        client.get(reverse("notices:inbox"))

    for _number in range(499):
        a_message(user)

    with django_assert_max_num_queries(len(one.captured_queries)):
        page = client.get(reverse("notices:inbox"), {"page": 2})
    assert len(_titles(page)) == 25
    assert "99+" in page.content.decode()


def test_a_person_chooses_how_to_be_told():
    user = a_user()
    client = _client(user)
    page = client.get(reverse("notices:preferences"))
    assert user.email in page.content.decode()
    assert 'value="07:30"' in page.content.decode()

    saved = client.post(reverse("notices:preferences"), CHOSEN, follow=True)
    client.post(reverse("notices:preferences"), {**CHOSEN, "digest": ""})

    assert "Đã lưu cách nhận thông báo." in saved.content.decode()
    chosen = Preference.objects.get()
    assert chosen.user_id == user.pk
    assert (chosen.digest, chosen.digest_at, chosen.only_working_days) == (False, time(8, 15), True)
    assert (chosen.quiet_from, chosen.quiet_until) == (time(22), time(5, 30))


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"digest_at": "23:00"}, "Giờ này nằm trong khoảng không gửi thư"),
        ({"digest_at": "25:00"}, "Giờ gửi thư tóm tắt</a>:"),
        ({"quiet_from": ""}, "Không gửi thư từ</a>:"),
    ],
)
def test_what_was_typed_survives_a_mistake(given, sentence):
    user = a_user()
    a_preference(user, digest_at=time(9))

    page = _client(user).post(reverse("notices:preferences"), {**CHOSEN, **given})

    assert page.status_code == 422
    assert sentence in page.content.decode()
    assert 'value="05:30"' in page.content.decode()
    assert Preference.objects.get().digest_at == time(9)


def test_whoever_has_no_address_is_told_that_no_mail_can_come():
    page = _client(a_user(email="")).get(reverse("notices:preferences"))

    assert "Tài khoản chưa có địa chỉ thư điện tử" in page.content.decode()


def test_a_message_says_what_it_says_as_text():
    user = a_user()
    a_message(user, title="<script>alert(1)</script>", text="<b>đậm</b>")

    text = _client(user).get(reverse("notices:inbox")).content.decode()

    assert "<script>alert(1)" not in text
    assert "<b>đậm" not in text
    assert Message.objects.count() == 1
