from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vinhdanh.common.refusal import Refused
from vinhdanh.honours.rules import local
from vinhdanh.law.book import Book, Delegated


def _day_field(label: Any, *, required: bool, help_text: Any = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, help_text=help_text, widget=widget)


class LocalValueForm(forms.Form):
    """A value of one `delegated` content, as typed; for some of its awards where it has any."""

    awards = forms.MultipleChoiceField(
        label=gettext_lazy("Áp dụng cho"), widget=forms.CheckboxSelectMultiple
    )
    value = forms.CharField(label=gettext_lazy("Giá trị"))
    source = forms.CharField(
        label=gettext_lazy("Văn bản quy định"),
        max_length=300,
        help_text=gettext_lazy("Ghi số hiệu, ngày ban hành, điều khoản; xin ghi đúng như văn bản."),
    )
    from_on = _day_field(gettext_lazy("Áp dụng từ ngày"), required=True)
    until_on = _day_field(
        gettext_lazy("Đến hết ngày"),
        required=False,
        help_text=gettext_lazy("Để trống nếu chưa biết; giá trị sau sẽ nối tiếp từ ngày của nó."),
    )

    def __init__(self, *args: Any, delegated: Delegated, book: Book, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.delegated = delegated
        if delegated.awards:
            self.fields["awards"].choices = [
                (code, book.awards[code].name) for code in delegated.awards if code in book.awards
            ]
        else:
            del self.fields["awards"]
        self.fields["value"] = _value_field(delegated)

    def clean_value(self) -> str:
        given: str = self.cleaned_data["value"]
        try:
            local.parse(given, self.delegated)
        except Refused as refusal:
            raise forms.ValidationError(_(str(refusal))) from refusal
        return given

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        first: date | None = given.get("from_on")
        last: date | None = given.get("until_on")
        if first and last and last < first:
            self.add_error("until_on", _("Ngày cuối cùng áp dụng đứng trước ngày bắt đầu."))
        return given


def _value_field(delegated: Delegated) -> forms.Field:
    label = gettext_lazy("Giá trị")
    if delegated.kind == "choice":
        choices = [(choice, choice) for choice in delegated.choices]
        return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect)
    if delegated.kind == "text":
        widget = forms.Textarea(attrs={"rows": 5})
        return forms.CharField(label=gettext_lazy("Nội dung quy định"), widget=widget)
    labels = {
        "share": gettext_lazy("Tỷ lệ (%)"),
        "days": gettext_lazy("Số ngày"),
        "count": gettext_lazy("Số lượng"),
        "factor": gettext_lazy("Hệ số (lần mức lương cơ sở)"),
    }
    hints = {
        "share": gettext_lazy("Từ 0 đến 100, như 80 hoặc 66,7; cũng nhận phân số như 2/3."),
        "factor": gettext_lazy("Dấu phẩy là dấu thập phân, như 0,6."),
    }
    return forms.CharField(
        label=labels[delegated.kind],
        max_length=20,
        help_text=hints.get(delegated.kind, ""),
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )


class WithdrawForm(forms.Form):
    because = forms.CharField(label=gettext_lazy("Lý do rút lại"), max_length=300)
