"""What the office decides about log-in, and how it is said; the rest is allauth's."""

import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vinhdanh.accounts import actions, queries
from vinhdanh.accounts.models import User
from vinhdanh.accounts.rules import CHOSEN_LANGUAGE
from vinhdanh.common.sealing import LostKeyError, seal, unseal

log = logging.getLogger("vinhdanh.accounts")

_WRONG = _("Tên đăng nhập hoặc mật khẩu chưa đúng.")


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("Tài khoản này đang bị khóa."),
        "email_password_mismatch": _WRONG,
        "username_password_mismatch": _WRONG,
        "invalid_login": _WRONG,
        "enter_current_password": _("Mật khẩu hiện tại chưa đúng."),
        "incorrect_password": _("Mật khẩu chưa đúng."),
        "incorrect_code": _("Mã chưa đúng hoặc đã hết hạn; hãy nhập mã đang hiện."),
        "invalid_password_reset": _("Liên kết đặt lại mật khẩu không còn dùng được."),
        "too_many_login_attempts": _(
            "Đã nhập sai nhiều lần; hãy chờ 5 phút rồi thử lại, hoặc nhờ quản trị hệ thống cấp lại "
            "mật khẩu."
        ),
        "rate_limited": _("Thao tác quá nhanh; hãy chờ vài phút rồi thử lại."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def set_password(self, user: User, password: str) -> None:
        actions.choose_password(user, password)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("accounts:security")

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        said = {
            "reauthenticate": _("Dùng mật khẩu"),
            "mfa_reauthenticate": _("Dùng mã xác thực"),
            "mfa_reauthenticate:webauthn": _("Dùng khóa truy cập"),
        }
        methods = super().get_reauthentication_methods(user)
        return [{**method, "description": said[method["id"]]} for method in methods]

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """Speak the language of the account, whatever this machine spoke before: one chosen just
        now on the log-in page, else the one kept."""
        log.info("logged in", extra={"user": str(user.pk)})
        answer = super().post_login(request, user, **kwargs)
        chosen = request.session.pop(CHOSEN_LANGUAGE, "")
        if chosen:
            actions.choose_language(user, chosen)
        _speak(answer, user.mail_language)
        return answer

    def send_password_reset_mail(self, user: User, email: str, context: dict[str, Any]) -> None:
        with translation.override(user.mail_language):
            super().send_password_reset_mail(user, email, context)

    def logout(self, request: HttpRequest) -> None:
        if request.user.is_authenticated:
            log.info("logged out", extra={"user": str(request.user.pk)})
        super().logout(request)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        log.warning("log-in failed")


def _speak(answer: HttpResponse, language: str) -> None:
    answer.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        path=settings.LANGUAGE_COOKIE_PATH,
        domain=settings.LANGUAGE_COOKIE_DOMAIN,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite=settings.LANGUAGE_COOKIE_SAMESITE,
    )


class MFAAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
        "cannot_generate_recovery_codes": _(
            "Hãy bật ứng dụng xác thực hoặc thêm khóa truy cập trước khi lập mã dự phòng."
        ),
    }

    def encrypt(self, text: str) -> str:
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        try:
            return unseal(encrypted_text)
        except LostKeyError:
            log.error("second factor cannot be opened: its key is not here")
            raise ValidationError(
                gettext(
                    "Hệ thống không đọc được yếu tố xác thực của anh/chị; xin báo quản trị để "
                    "thiết lập lại."
                )
            ) from None

    def get_totp_label(self, user: User) -> str:
        return user.username

    def generate_authenticator_name(self, user: User, type: str) -> str:  # noqa: A002 (allauth's)
        return str(_("Khóa %(number)d")) % {"number": len(queries.second_factors(user).keys) + 1}


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """Log-in at the office's own OpenID Connect server: for accounts that exist here, no others."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Tie a first log-in to the account with the same e-mail address, which the server must
        have verified; a stranger is shown a page that says whom to ask."""
        if sociallogin.is_existing:
            return
        user = queries.account_with_email(
            address.email for address in sociallogin.email_addresses if address.verified
        )
        if user is None:
            log.warning("log-in of a stranger refused")
            raise ImmediateHttpResponse(render(request, "accounts/stranger.html", status=403))
        sociallogin.connect(request, user)
        log.info("office log-in connected", extra={"user": str(user.pk)})
