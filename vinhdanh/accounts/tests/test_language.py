"""The language of an account: of its screens, and of what the system writes to it."""

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from vinhdanh.accounts.tests.make import PASSWORD, a_user
from vinhdanh.journal.models import Line

pytestmark = pytest.mark.django_db
SECURITY = reverse("accounts:security")


def log_in(client, login):
    return client.post(reverse("account_login"), {"login": login, "password": PASSWORD})


def test_the_language_chosen_is_kept_with_the_account_and_spoken_at_the_next_log_in(client):
    user = a_user(username="mai")
    chosen = {"language": "en", "next": "/"}
    log_in(client, "mai")

    client.post(reverse("set_language"), chosen)
    client.post(reverse("set_language"), chosen)
    client.post(reverse("set_language"), chosen | {"language": "fr"})
    user.refresh_from_db()
    elsewhere = Client()
    log_in(elsewhere, "mai")

    assert user.language == "en"
    assert [line.detail for line in Line.objects.filter(deed="language chosen")] == [
        {"language": "en"}
    ]
    assert elsewhere.cookies["django_language"].value == "en"
    assert elsewhere.get(SECURITY).headers["Content-Language"] == "en"


def test_the_language_of_a_shared_machine_is_nobodys_choice(client):
    a_user(username="mai", language="en")
    other = a_user(username="lan")
    log_in(client, "mai")
    client.post(reverse("account_logout"))

    log_in(client, "lan")

    other.refresh_from_db()
    assert other.language == ""
    assert client.get(SECURITY).headers["Content-Language"] == "vi"


def test_the_language_chosen_on_the_log_in_page_is_kept_with_who_logs_in(client):
    user = a_user(username="mai")
    client.post(reverse("set_language"), {"language": "en", "next": reverse("account_login")})

    log_in(client, "mai")
    client.post(reverse("account_logout"))
    log_in(client, "mai")

    user.refresh_from_db()
    assert user.language == "en"
    assert client.get(SECURITY).headers["Content-Language"] == "en"


def test_the_letter_about_a_password_speaks_the_language_of_the_account(client):
    a_user(username="mai", email="mai@example.vn", language="en")
    a_user(username="lan", email="lan@example.vn")
    client.post(reverse("set_language"), {"language": "en", "next": "/"})

    for email in ("mai@example.vn", "lan@example.vn"):
        client.post(reverse("account_reset_password"), {"email": email})

    english, vietnamese = mail.outbox
    assert "Đặt lại mật khẩu" not in english.subject
    assert "Đặt lại mật khẩu" in vietnamese.subject
