from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vinhdanh.people.forms.fields import UnitField
from vinhdanh.people.models import Import, Unit
from vinhdanh.people.rules.spreadsheet import MOST_BYTES, TOO_LARGE


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

    def clean_file(self) -> UploadedFile:
        """The file, unless reading it into memory would already be too much."""
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(gettext(TOO_LARGE))
        return file

    def __init__(self, *args: Any, offices: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["office"].queryset = offices
