"""What people type in a register of numbers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vinhdanh.secretariat.models import Register
from vinhdanh.secretariat.queries.papers import kind_choices


class RegisterForm(forms.Form):
    """The name of a register and the kinds of papers that get their numbers in it."""

    name = forms.CharField(
        label=_("Tên sổ"), max_length=150, error_messages={"required": _("Hãy ghi tên sổ.")}
    )
    kinds = forms.MultipleChoiceField(
        label=_("Loại văn bản lấy số trong sổ này"),
        choices=kind_choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Hãy chọn ít nhất một loại văn bản cho sổ.")},
    )

    def __init__(self, *args: Any, register: Register, **kwargs: Any) -> None:
        kwargs["initial"] = {"name": register.name, "kinds": register.kinds}
        super().__init__(*args, **kwargs)


class ExplainForm(forms.Form):
    """Numbers that were given outside of the system, up to one, and why."""

    through = forms.IntegerField(
        label=_("Đến số"),
        min_value=1,
        max_value=999_999,
        help_text=_("Một số thì để nguyên; nhiều số liên tiếp thì ghi số cuối."),
    )
    reason = forms.CharField(
        label=_("Vì sao không có văn bản trong hệ thống"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Ví dụ: đã cấp trên sổ giấy từ đầu năm, trước khi dùng hệ thống."),
        error_messages={"required": _("Hãy ghi vì sao số này không có văn bản trong hệ thống.")},
    )
