"""What is entered of an announced day off or working day."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vinhdanh.secretariat.models import SpecialDay


class SpecialDaysForm(forms.Form):
    """A run of days; the last day is the first where it is left empty."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Loại"),
        choices=SpecialDay.Kind.choices,
        widget=forms.RadioSelect,
        initial=SpecialDay.Kind.OFF,
    )
    first_on = forms.DateField(
        label=gettext_lazy("Từ ngày"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    last_on = forms.DateField(
        label=gettext_lazy("Đến hết ngày"),
        required=False,
        help_text=gettext_lazy("Để trống nếu chỉ một ngày."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    name = forms.CharField(
        label=gettext_lazy("Lý do"),
        max_length=120,
        help_text=gettext_lazy("Ví dụ: nghỉ hoán đổi dịp Tết Dương lịch."),
    )
    source = forms.CharField(
        label=gettext_lazy("Căn cứ"),
        max_length=300,
        help_text=gettext_lazy("Số, ngày, cơ quan ban hành của văn bản thông báo."),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        first, last = given.get("first_on"), given.get("last_on")
        if first and last and last < first:
            self.add_error("last_on", _("Ngày cuối phải từ ngày đầu trở đi."))
        given["last_on"] = last or first
        return given
