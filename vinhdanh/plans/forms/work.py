"""What a unit writes when it reports, and the office when it answers."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

_MOST_FILES = 10


class _SeveralFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class _SeveralFilesField(forms.FileField):
    """Any number of files; cleans to a list, empty when none is chosen."""

    widget = _SeveralFilesInput

    def clean(self, value: Any, initial: Any = None) -> list[UploadedFile]:
        chosen = value if isinstance(value, list | tuple) else [value]
        files = [super(_SeveralFilesField, self).clean(each, initial) for each in chosen if each]
        if len(files) > _MOST_FILES:
            raise forms.ValidationError(
                _("Chỉ đính kèm được tối đa %(most)d tệp mỗi lần báo cáo.") % {"most": _MOST_FILES}
            )
        return files


class ReportForm(forms.Form):
    note = forms.CharField(
        label=_("Kết quả thực hiện"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Đã làm gì, kết quả thế nào, văn bản nào ghi nhận."),
    )
    evidence = _SeveralFilesField(
        label=_("Tài liệu minh chứng"),
        required=False,
        help_text=_("Có thể chọn nhiều tệp: Word, Excel, PDF, ảnh."),
    )


class ReasonForm(forms.Form):
    """Why the office sends a report back, or takes its confirmation back."""

    reason = forms.CharField(
        label=_("Lý do"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class DueForm(forms.Form):
    due_on = forms.DateField(
        label=_("Ngày cuối cùng còn đúng hạn"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    reason = forms.CharField(
        label=_("Căn cứ"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Ví dụ: Công văn số 12/BTĐKT ngày 05/10/2026 của Ban Thi đua - Khen thưởng."),
    )
