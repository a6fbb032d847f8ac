import logging
import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from vinhdanh.accounts import actions
from vinhdanh.accounts.models import User
from vinhdanh.accounts.tests.make import PASSWORD, a_user

pytestmark = pytest.mark.django_db
OTHER = "mot-mat-khau-khac-2026"
SECURITY = reverse("accounts:security")


def log_in(client, login, password=PASSWORD, **fields):
    return client.post(reverse("account_login"), {"login": login, "password": password, **fields})


def log_in_and_confirm(client, login):
    """Logged in, and the password typed once more as the pages of second factors ask."""
    log_in(client, login)
    return client.post(reverse("account_reauthenticate"), {"password": PASSWORD})


def who_is_in(client) -> str | None:
    pk = client.session.get("_auth_user_id")
    return User.objects.get(pk=pk).username if pk else None


def text_of(response) -> str:
    return response.content.decode()


def code_now(secret: str, *, offset: int = 0) -> str:
    counter = next(iter(yield_hotp_counters_from_time())) + offset
    return format_hotp_value(hotp_value(secret, counter))


def test_a_user_logs_in_by_user_name_or_address_and_out_again(client):
    user = a_user(username="thuy", email="thuy@example.vn")

    for login in ("thuy", "THUY", "Thuy@example.vn"):
        assert log_in(client, login).status_code == 302
        assert who_is_in(client) == user.username
        client.post(reverse("account_logout"))
        assert who_is_in(client) is None


def test_the_log_in_page_asks_in_vietnamese_and_offers_no_signing_up(client):
    page = text_of(client.get(reverse("account_login")))

    assert "Tên đăng nhập hoặc thư điện tử" in page
    assert "Mật khẩu" in page
    assert "Quên mật khẩu?" in page
    assert reverse("account_signup") not in page
    assert "Sign" not in page


def test_the_log_names_nobody_who_logs_in_out_or_fails(client, caplog):
    caplog.set_level(logging.INFO, "vinhdanh.accounts")
    user = a_user(username="thuy")

    log_in(client, "thuy", "sai")
    log_in(client, "thuy")
    client.post(reverse("account_logout"))

    lines = [record for record in caplog.records if record.name == "vinhdanh.accounts"]
    assert [line.message for line in lines] == ["log-in failed", "logged in", "logged out"]
    assert [line.__dict__.get("user") for line in lines] == [None, str(user.pk), str(user.pk)]
    assert not any("thuy" in str(line.__dict__) for line in lines)


def test_logging_in_leads_back_to_the_page_that_was_asked_for(client):
    a_user(username="thuy")
    asked = client.get(SECURITY)
    assert asked["Location"] == f"{reverse('account_login')}?next={SECURITY}"

    page = text_of(client.get(asked["Location"]))
    assert f'name="next" value="{SECURITY}"' in page

    assert log_in(client, "thuy", next=SECURITY)["Location"] == SECURITY
    client.post(reverse("account_logout"))
    assert log_in(client, "thuy", next="https://elsewhere.example/")["Location"] == "/"


@pytest.mark.parametrize("login", ["thuy", "khong-co-ai", "khong@example.vn"])
def test_a_wrong_password_and_an_unknown_name_are_answered_alike(client, login):
    a_user(username="thuy")

    page = text_of(log_in(client, login, "sai"))

    assert "Tên đăng nhập hoặc mật khẩu chưa đúng." in page
    assert who_is_in(client) is None


def test_after_five_wrong_passwords_even_the_right_one_waits(client):
    a_user(username="thuy")
    a_user(username="khac")
    for _attempt in range(5):
        assert "chưa đúng" in text_of(log_in(client, "thuy", "sai"))

    page = text_of(log_in(client, "thuy"))

    assert "Đã nhập sai nhiều lần; hãy chờ 5 phút" in page
    assert who_is_in(client) is None
    log_in(Client(), "khac")
    log_in(client, "khac")
    assert who_is_in(client) == "khac"


def test_a_closed_account_is_told_so_and_its_sessions_end(client, rf):
    user = a_user(username="thuy")
    log_in(client, "thuy")
    actions.close_account(user, by=None, at=user.date_joined)

    assert client.get(SECURITY)["Location"].startswith(reverse("account_login"))
    fresh = Client()
    response = log_in(fresh, "thuy")
    assert response["Location"] == reverse("account_inactive")
    assert "đang bị khóa" in text_of(fresh.get(response["Location"]))
    assert who_is_in(fresh) is None


def test_nobody_signs_up(client):
    page = client.get(reverse("account_signup"))
    client.post(
        reverse("account_signup"), {"username": "la", "password1": OTHER, "password2": OTHER}
    )

    assert "quản trị hệ thống của cơ quan cấp" in text_of(page)
    assert not User.objects.exists()


def test_a_one_time_password_is_good_only_for_choosing_another(client):
    user, password = actions.open_account(
        username="thuy", name="Thúy", email="", by=None, at=a_user().date_joined
    )
    change = reverse("account_change_password")
    log_in(client, "thuy", password)
    assert client.get(SECURITY)["Location"] == change
    assert "mật khẩu dùng một lần" in text_of(client.get(change))

    answer = client.post(change, {"oldpassword": password, "password1": OTHER, "password2": OTHER})

    assert answer["Location"] == SECURITY
    assert client.get(SECURITY).status_code == 200
    user.refresh_from_db()
    assert user.check_password(OTHER)
    assert not user.must_change_password


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"oldpassword": "sai"}, "Mật khẩu hiện tại chưa đúng."),
        ({"password2": "khac-nhau-2026"}, "Hai lần nhập mật khẩu mới chưa giống nhau."),
        ({"password1": "ngan", "password2": "ngan"}, "Mật khẩu quá ngắn"),
    ],
)
def test_a_password_is_not_changed_when_something_is_wrong(client, fields, sentence):
    user = a_user()
    client.force_login(user)
    right = {"oldpassword": PASSWORD, "password1": OTHER, "password2": OTHER}

    page = text_of(client.post(reverse("account_change_password"), {**right, **fields}))

    assert sentence in page
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_changing_the_password_ends_the_other_sessions(client):
    user = a_user(username="thuy")
    elsewhere = Client()
    log_in(client, "thuy")
    log_in(elsewhere, "thuy")

    client.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": OTHER, "password2": OTHER},
    )

    assert client.get(SECURITY).status_code == 200
    assert elsewhere.get(SECURITY).status_code == 302
    assert user.pk


def test_signing_out_elsewhere_keeps_this_session_and_ends_the_others(client):
    a_user(username="thuy")
    elsewhere = Client()
    log_in(client, "thuy")
    log_in(elsewhere, "thuy")

    client.post(reverse("accounts:sign_out_elsewhere"))

    assert "Đã đăng xuất khỏi mọi thiết bị khác." in text_of(client.get(SECURITY))
    assert elsewhere.get(SECURITY).status_code == 302


def test_a_forgotten_password_is_set_anew_by_a_link_that_works_once(client):
    user = a_user(username="thuy", email="thuy@example.vn", must_change_password=True)
    done = client.post(reverse("account_reset_password"), {"email": "thuy@example.vn"}, follow=True)
    assert "đang được gửi tới" in text_of(done)
    [letter] = mail.outbox
    assert letter.subject == "Đặt lại mật khẩu Vinh Danh"
    assert "Tên đăng nhập của bạn: thuy" in letter.body
    link = re.search(r"http://testserver(\S+)", letter.body)[1]

    form_address = client.get(link)["Location"]
    assert "Nhập lại mật khẩu mới" in text_of(client.get(form_address))
    answer = client.post(form_address, {"password1": OTHER, "password2": OTHER}, follow=True)

    assert "Mật khẩu mới đã có hiệu lực" in text_of(answer)
    user.refresh_from_db()
    assert user.check_password(OTHER)
    assert not user.must_change_password
    assert "không còn dùng được" in text_of(Client().get(link))


def test_asking_for_an_unknown_address_says_the_same_and_sends_nothing(client):
    done = client.post(reverse("account_reset_password"), {"email": "la@example.vn"}, follow=True)

    assert "đang được gửi tới" in text_of(done)
    assert mail.outbox == []


def test_the_authenticator_app_is_switched_on_asked_for_and_switched_off(client):
    user = a_user(username="thuy")
    log_in_and_confirm(client, "thuy")
    page = text_of(client.get(reverse("mfa_activate_totp")))
    assert "data:image/svg+xml;base64," in page
    secret = re.search(r"<code[^>]*>(\w+)</code>", page)[1]

    wrong = client.post(reverse("mfa_activate_totp"), {"code": "000000"})
    assert "Mã chưa đúng" in text_of(wrong)
    right = client.post(reverse("mfa_activate_totp"), {"code": code_now(secret)})
    assert right["Location"] == reverse("mfa_view_recovery_codes")
    assert "Xác thực hai lớp đang bật" in text_of(client.get(SECURITY))

    client.post(reverse("account_logout"))
    assert log_in(client, "thuy")["Location"] == reverse("mfa_authenticate")
    assert client.get(SECURITY).status_code == 302
    assert "Mã xác thực" in text_of(client.get(reverse("mfa_authenticate")))
    page = text_of(client.post(reverse("mfa_authenticate"), {"code": "000000"}))
    assert "Mã chưa đúng" in page
    client.post(reverse("account_logout"))
    assert client.get(reverse("mfa_authenticate"))["Location"] == reverse("account_login")
    log_in(client, "thuy")
    client.post(reverse("mfa_authenticate"), {"code": code_now(secret, offset=1)})
    assert who_is_in(client) == "thuy"

    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert "kém an toàn" in text_of(client.get(reverse("mfa_deactivate_totp")))
    client.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.filter(user=user, type="totp").exists()


def test_a_recovery_code_opens_once(client):
    user = a_user(username="thuy")
    log_in_and_confirm(client, "thuy")
    secret = re.search(
        r"<code[^>]*>(\w+)</code>", text_of(client.get(reverse("mfa_activate_totp")))
    )[1]
    client.post(reverse("mfa_activate_totp"), {"code": code_now(secret)})
    shown = re.findall(
        r"<code[^>]*>(\w+)</code>", text_of(client.get(reverse("mfa_view_recovery_codes")))
    )
    assert len(shown) == 10
    file = client.get(reverse("mfa_download_recovery_codes"))
    assert shown[0] in text_of(file)

    for expected in ("thuy", None):
        client.post(reverse("account_logout"))
        log_in(client, "thuy")
        client.post(reverse("mfa_authenticate"), {"code": shown[0]})
        assert who_is_in(client) == expected

    client.force_login(user)
    assert "Còn 9 mã" in text_of(client.get(SECURITY))


def test_a_dangerous_page_asks_for_the_password_again(client):
    a_user(username="thuy")
    log_in(client, "thuy")

    asked = client.get(reverse("mfa_add_webauthn"))
    assert asked["Location"].startswith(reverse("account_reauthenticate"))
    assert "xin nhập lại mật khẩu" in text_of(client.get(asked["Location"]))
    assert "Mật khẩu chưa đúng." in text_of(client.post(asked["Location"], {"password": "sai"}))
    client.post(asked["Location"], {"password": PASSWORD})

    assert client.get(reverse("mfa_add_webauthn")).status_code == 200


def test_the_pages_of_passkeys_offer_them_without_inline_script(client):
    user = a_user(username="thuy")
    assert "Đăng nhập bằng khóa truy cập" in text_of(client.get(reverse("account_login")))
    options = client.get(reverse("mfa_login_webauthn"), headers={"accept": "application/json"})
    assert "challenge" in text_of(options)
    log_in_and_confirm(client, "thuy")
    adding = client.get(reverse("mfa_add_webauthn"))
    key = Authenticator.objects.create(
        user=user, type="webauthn", data={"name": "Điện thoại", "credential": {}}
    )

    pages = {
        "mfa_list_webauthn": client.get(reverse("mfa_list_webauthn")),
        "mfa_add_webauthn": adding,
        "mfa_edit_webauthn": client.get(reverse("mfa_edit_webauthn", args=[key.pk])),
        "mfa_remove_webauthn": client.get(reverse("mfa_remove_webauthn", args=[key.pk])),
    }

    assert "Điện thoại" in text_of(pages["mfa_list_webauthn"])
    assert "Tạo khóa" in text_of(pages["mfa_add_webauthn"])
    assert "Điện thoại" in text_of(pages["mfa_edit_webauthn"])
    assert "Khóa “Điện thoại”" in text_of(pages["mfa_remove_webauthn"])
    for page in pages.values():
        scripts = re.findall(r"<script([^>]*)>", text_of(page))
        assert all("src=" in script or "application/json" in script for script in scripts)
    client.post(reverse("mfa_remove_webauthn", args=[key.pk]))
    assert not Authenticator.objects.filter(pk=key.pk).exists()


def test_another_persons_key_is_not_found(client):
    key = Authenticator.objects.create(
        user=a_user(), type="webauthn", data={"name": "Điện thoại", "credential": {}}
    )
    a_user(username="thuy")
    log_in_and_confirm(client, "thuy")

    for name in ("mfa_edit_webauthn", "mfa_remove_webauthn"):
        assert client.get(reverse(name, args=[key.pk])).status_code == 404
        assert client.post(reverse(name, args=[key.pk])).status_code == 404
    assert Authenticator.objects.filter(pk=key.pk).exists()


@pytest.mark.parametrize(
    "name",
    [
        "accounts:security",
        "account_change_password",
        "account_reauthenticate",
        "mfa_activate_totp",
        "mfa_deactivate_totp",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_download_recovery_codes",
        "mfa_list_webauthn",
        "mfa_add_webauthn",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
    ],
)
def test_an_anonymous_visitor_is_sent_to_log_in(client, name):
    answer = client.get(reverse(name))

    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_login"))


def test_the_security_page_costs_the_same_for_one_key_and_for_three(
    client, django_assert_max_num_queries
):
    user = a_user()
    client.force_login(user)
    counts = []
    for number in range(2):
        for extra in range(1 + number):
            Authenticator.objects.create(
                user=user, type="webauthn", data={"name": f"Khóa {number}{extra}", "credential": {}}
            )
        with django_assert_max_num_queries(40) as queries:
            client.get(SECURITY)
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_the_language_may_be_changed_before_logging_in(client):
    answer = client.post(
        reverse("set_language"), {"language": "en", "next": reverse("account_login")}
    )

    assert answer["Location"] == reverse("account_login")
    assert client.cookies["django_language"].value == "en"


def test_an_address_that_sends_too_many_requests_is_told_to_wait(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "2/m/ip"}

    answers = [log_in(client, f"nguoi-{number}") for number in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert "Xin chờ vài phút rồi thử lại." in text_of(answers[2])


def test_the_sessions_of_a_closed_account_do_not_come_back_with_it(client):
    user = a_user(username="tho")
    log_in(client, "tho")

    actions.close_account(user, by=None, at=timezone.now())
    actions.reopen_account(user, by=None, at=timezone.now())

    assert client.get(SECURITY).status_code == 302
    assert log_in(Client(), "tho").status_code == 302


def test_a_one_time_password_does_not_become_the_lasting_one(client):
    user, password = actions.open_account(
        username="moi", name="Người Mới", email="", by=None, at=timezone.now()
    )
    log_in(client, "moi", password)

    answer = client.post(
        reverse("account_change_password"),
        {"oldpassword": password, "password1": password, "password2": password},
    )

    user.refresh_from_db()
    assert "phải khác mật khẩu đang dùng" in text_of(answer)
    assert user.must_change_password


def test_a_password_like_the_name_is_refused(client):
    a_user(username="tho", name="Nguyen Van Quang Tho")
    log_in(client, "tho")

    answer = client.post(
        reverse("account_change_password"),
        {
            "oldpassword": PASSWORD,
            "password1": "nguyenvanquangtho",
            "password2": "nguyenvanquangtho",
        },
    )

    assert "Mật khẩu quá giống" in text_of(answer)
