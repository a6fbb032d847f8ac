"""How a person wants to be told."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vinhdanh.notices.models import Preference
from vinhdanh.notices.rules.quiet import is_quiet


class _Hour(forms.TimeField):
    widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})


class PreferenceForm(forms.ModelForm):
    """The digest and the quiet hours; saved by the action, not here."""

    digest_at = _Hour(label=_("Giờ gửi thư tóm tắt"))
    quiet_from = _Hour(
        label=_("Không gửi thư từ"),
        help_text=_("Thư gửi trong khoảng này được giữ lại đến khi khoảng ấy kết thúc."),
    )
    quiet_until = _Hour(
        label=_("Không gửi thư đến"),
        help_text=_("Có thể sang ngày hôm sau. Ghi hai giờ như nhau nếu lúc nào cũng nhận."),
    )

    class Meta:
        model = Preference
        fields = ["digest", "digest_at", "only_working_days", "quiet_from", "quiet_until"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        digest_at = cleaned.get("digest_at")
        quiet_from, quiet_until = cleaned.get("quiet_from"), cleaned.get("quiet_until")
        if not (cleaned.get("digest") and digest_at and quiet_from and quiet_until):
            return cleaned
        if is_quiet(digest_at, quiet_from=quiet_from, quiet_until=quiet_until):
            self.add_error(
                "digest_at",
                gettext(
                    "Giờ này nằm trong khoảng không gửi thư; xin chọn giờ khác hoặc đổi khoảng ấy."
                ),
            )
        return cleaned
