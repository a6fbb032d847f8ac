"""Whom the office urges, about what, and how."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

_SCOPES = [
    ("late", _("Việc quá hạn")),
    ("soon", _("Việc quá hạn và việc đến hạn trong 7 ngày")),
]


class ScopeForm(forms.Form):
    """Which work is looked at; kept in the address."""

    scope = forms.ChoiceField(label=_("Đôn đốc về"), required=False, choices=_SCOPES)


class _UnitsField(forms.TypedMultipleChoiceField):
    """Keys of units; what a unit owes by now is for the deed to say."""

    def valid_value(self, value: Any) -> bool:
        return True


class UrgeForm(forms.Form):
    """How the chosen units are urged; they are the boxes of the list beside this form."""

    finish_by = forms.DateField(
        label=_("Đề nghị hoàn thành trước ngày"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    letter = forms.BooleanField(
        label=_("Dự thảo công văn đôn đốc"),
        required=False,
        help_text=_("Về việc quá hạn; sửa, trình ký rồi mới phát hành."),
    )
    mailing = forms.BooleanField(
        label=_("Thư nhắc trong hộp thư đi"),
        required=False,
        help_text=_("Mỗi người nhận phần việc của đơn vị mình; xem lại rồi mới cho gửi."),
    )
    unit = _UnitsField(label=_("Đơn vị"), coerce=UUID, required=False)
