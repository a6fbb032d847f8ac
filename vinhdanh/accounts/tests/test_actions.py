import logging
from datetime import UTC, datetime

import pytest
from allauth.mfa.models import Authenticator
from django.db import IntegrityError

from vinhdanh.accounts import actions
from vinhdanh.accounts.models import User
from vinhdanh.accounts.rules import is_username, one_time_password
from vinhdanh.accounts.tests.make import PASSWORD, a_user
from vinhdanh.common.refusal import Refused

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def open_account(**fields):
    ordinary = {"username": "thuy.tt", "name": "Trần Thị Thúy", "email": "", "by": None, "at": NOW}
    return actions.open_account(**{**ordinary, **fields})


def test_an_opened_account_has_a_one_time_password_that_must_be_changed():
    user, password = open_account(
        username=" Thuy.TT ", name="Trần  Thị Thúy", email="Thuy@Example.vn"
    )

    user.refresh_from_db()
    assert (user.username, user.name, user.email) == (
        "thuy.tt",
        "Trần Thị Thúy",
        "thuy@example.vn",
    )
    assert user.check_password(password)
    assert user.must_change_password
    assert user.date_joined == NOW


@pytest.mark.parametrize("username", ["", "t", "trần", "a b", "a@b.vn", "-a", "x" * 101])
def test_an_unfit_user_name_is_refused(username):
    with pytest.raises(Refused, match="chữ thường không dấu"):
        open_account(username=username)

    assert not User.objects.exists()


def test_a_taken_user_name_is_refused_in_any_case():
    a_user(username="Thuy.tt")

    with pytest.raises(Refused, match="đã có người dùng"):
        open_account()


def test_an_address_of_another_account_is_refused():
    other = a_user(email="chung@example.vn")
    user, _password = open_account()

    with pytest.raises(Refused, match="thuộc tài khoản khác"):
        open_account(username="hai", email="CHUNG@example.vn")
    with pytest.raises(Refused, match="thuộc tài khoản khác"):
        actions.edit_account(user, name="Thúy", email="chung@example.vn", by=None, at=NOW)

    actions.edit_account(other, name="Đổi  tên", email="chung@example.vn", by=None, at=NOW)
    other.refresh_from_db()
    assert (other.name, other.email) == ("Đổi tên", "chung@example.vn")


def test_the_database_keeps_user_names_and_addresses_apart_in_any_case():
    a_user(username="mot", email="mot@example.vn")

    with pytest.raises(IntegrityError):
        a_user(username="hai", email="MOT@example.vn")


def test_several_accounts_may_have_no_address():
    a_user(email="")
    a_user(email="")

    assert User.objects.filter(email="").count() == 2


def test_a_closed_account_may_be_reopened_with_its_password():
    user = a_user()

    actions.close_account(user, by=None, at=NOW)
    user.refresh_from_db()
    assert not user.is_active
    actions.reopen_account(user, by=None, at=NOW)

    user.refresh_from_db()
    assert user.is_active
    assert user.check_password(PASSWORD)


def test_closing_twice_reopening_an_open_one_and_closing_ones_own_are_refused():
    user = a_user()

    with pytest.raises(Refused, match="đang hoạt động"):
        actions.reopen_account(user, by=None, at=NOW)
    with pytest.raises(Refused, match="của mình"):
        actions.close_account(user, by=user, at=NOW)
    actions.close_account(user, by=a_user(), at=NOW)
    with pytest.raises(Refused, match="đã bị khóa"):
        actions.close_account(user, by=a_user(), at=NOW)


def test_a_reset_password_is_a_one_time_password():
    user = a_user()

    password = actions.reset_password(user, by=a_user(), at=NOW)

    user.refresh_from_db()
    assert user.check_password(password)
    assert not user.check_password(PASSWORD)
    assert user.must_change_password


def test_the_password_of_a_closed_account_is_not_reset():
    user = a_user(is_active=False)

    with pytest.raises(Refused, match="mở khóa"):
        actions.reset_password(user, by=a_user(), at=NOW)


def test_lost_second_factors_are_forgotten_for_this_user_only():
    user, other = a_user(), a_user()
    for owner in (user, other):
        Authenticator.objects.create(user=owner, type="totp", data={"secret": "x"})

    actions.forget_second_factors(user, by=other, at=NOW)

    assert list(Authenticator.objects.values_list("user", flat=True)) == [other.pk]
    with pytest.raises(Refused, match="không bật"):
        actions.forget_second_factors(user, by=other, at=NOW)


def test_choosing_a_password_settles_the_duty_to_change_it():
    user = a_user(must_change_password=True)

    actions.choose_password(user, "mat-khau-khac-2026")

    user.refresh_from_db()
    assert user.check_password("mat-khau-khac-2026")
    assert not user.must_change_password


def test_sessions_are_void_after_the_password_or_the_round_changes():
    user = a_user()
    first = user.get_session_auth_hash()

    actions.end_sessions(user)
    second = user.get_session_auth_hash()
    actions.choose_password(user, "mat-khau-khac-2026")

    assert len({first, second, user.get_session_auth_hash()}) == 3


def test_a_replaced_secret_still_knows_the_sessions_of_the_former_one(settings):
    user = a_user()
    before = user.get_session_auth_hash()

    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another secret"

    assert user.get_session_auth_hash() != before
    assert list(user.get_session_auth_fallback_hash()) == [before]


def test_the_log_names_nobody(caplog):
    caplog.set_level(logging.INFO, "vinhdanh.accounts")

    user, password = open_account(email="thuy@example.vn")

    [line] = [record for record in caplog.records if record.message == "account opened"]
    assert line.__dict__["user"] == str(user.pk)
    assert not any(
        word in str(line.__dict__) for word in (password, "Thúy", "thuy@example.vn", "thuy.tt")
    )


def test_one_time_passwords_differ_and_read_well():
    made = {one_time_password() for _ in range(100)}

    assert len(made) == 100
    assert all(len(password) == 19 and not set(password) & set("0o1il") for password in made)
    assert is_username("nguoi-dung.1")


def test_a_language_that_is_not_offered_is_refused():
    user = a_user()

    with pytest.raises(Refused, match="không có ngôn ngữ này"):
        actions.choose_language(user, "fr")

    user.refresh_from_db()
    assert user.language == ""
    assert user.mail_language == "vi"
