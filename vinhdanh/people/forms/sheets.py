from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from vinhdanh.people.forms.fields import UnitField
from vinhdanh.people.models import Import, Unit


class ImportForm(forms.Form):
    """A spreadsheet handed in for one of `offices`."""

    kind = forms.ChoiceField(
        label=_("Nhập"), choices=Import.Kind.choices, widget=forms.RadioSelect, initial="units"
    )
    office = UnitField(
        label=_("Cho cơ quan"),
        empty_label=None,
        help_text=_("Đơn vị không ghi cấp trên sẽ thuộc cơ quan này."),
    )
    file = forms.FileField(
        label=_("Bảng tính"),
        help_text=_("Tệp .xlsx hoặc .csv theo mẫu, tối đa 5.000 dòng."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
    )

    def __init__(self, *args: Any, offices: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["office"].queryset = offices
