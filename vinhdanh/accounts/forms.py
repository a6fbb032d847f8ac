"""The forms of logging in, in Vietnamese; what they do is allauth's."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.contrib.auth.password_validation import MinimumLengthValidator
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class LongEnough(MinimumLengthValidator):
    """Django's own check, whose refusal is not translated to Vietnamese there."""

    def get_error_message(self) -> str:
        return gettext("Mật khẩu quá ngắn; cần ít nhất %(least)d ký tự.") % {
            "least": self.min_length
        }


def _say(form: forms.BaseForm, name: str, label: str | Promise, hint: str | Promise = "") -> None:
    """Label a field; the label above it makes a placeholder needless."""
    field = form.fields[name]
    field.label = label  # type: ignore[assignment]
    field.help_text = hint  # type: ignore[assignment]
    field.widget.attrs.pop("placeholder", None)


class _Twice:
    """A new password is typed twice."""

    errors: Any
    error_class: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(
            self,  # type: ignore[arg-type]
            "password1",
            _("Mật khẩu mới"),
            _("Ít nhất 10 ký tự, không phải mật khẩu hay gặp và không giống tên của bạn."),
        )
        _say(self, "password2", _("Nhập lại mật khẩu mới"))  # type: ignore[arg-type]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()  # type: ignore[misc]
        if cleaned.get("password1") and "password2" in self.errors:
            self.errors["password2"] = self.error_class(
                [gettext("Hai lần nhập mật khẩu mới chưa giống nhau.")]
            )
        return cleaned


class LoginForm(account.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "login", _("Tên đăng nhập hoặc thư điện tử"))
        _say(self, "password", _("Mật khẩu"))
        self.fields["login"].widget.attrs |= {"autocomplete": "username", "autofocus": True}


class ChangePasswordForm(_Twice, account.ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "oldpassword", _("Mật khẩu hiện tại"))

    def clean(self) -> dict[str, Any]:
        """A one-time password, known to whoever gave it, must not become the lasting one."""
        cleaned = super().clean()
        if cleaned.get("password1") and cleaned["password1"] == cleaned.get("oldpassword"):
            self.add_error("password1", gettext("Mật khẩu mới phải khác mật khẩu đang dùng."))
        return cleaned


class ResetPasswordForm(account.ResetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "email", _("Địa chỉ thư điện tử của tài khoản"))


class ResetPasswordKeyForm(_Twice, account.ResetPasswordKeyForm):
    pass


class ReauthenticateForm(account.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "password", _("Mật khẩu"))


def _ask_code(form: forms.BaseForm, hint: str | Promise) -> None:
    _say(form, "code", _("Mã xác thực"), hint)
    form.fields["code"].widget.attrs |= {"autofocus": True, "autocapitalize": "none"}


class AuthenticateForm(mfa.AuthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_code(self, _("Mã 6 chữ số trên ứng dụng xác thực, hoặc một mã dự phòng."))


class ReauthenticateCodeForm(mfa.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_code(self, _("Mã 6 chữ số trên ứng dụng xác thực, hoặc một mã dự phòng."))


class ActivateCodeForm(ActivateTOTPForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_code(self, _("Mã 6 chữ số mà ứng dụng vừa hiện ra."))


class AddPasskeyForm(webauthn.AddWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "name", _("Tên khóa"), _("Ví dụ: Điện thoại của tôi, Máy ở cơ quan."))
        _say(
            self,
            "passwordless",
            _("Đăng nhập chỉ bằng khóa này, không cần mật khẩu"),
            _("Khóa sẽ hỏi vân tay, khuôn mặt hoặc mã PIN của thiết bị."),
        )
        self.fields["passwordless"].initial = True


class RenamePasskeyForm(webauthn.EditWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "name", _("Tên khóa"))
