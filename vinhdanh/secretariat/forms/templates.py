"""What people type while a wording is edited."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from vinhdanh.people.models import Unit
from vinhdanh.secretariat.actions.templates import Words
from vinhdanh.secretariat.models import TemplateVersion
from vinhdanh.secretariat.queries.papers import kind_choices
from vinhdanh.secretariat.queries.templates import PARTS


class WordsForm(forms.Form):
    """A wording. `seen` is the number of the version that it was made from."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    subject = forms.CharField(
        label=_("Trích yếu"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    addressees = forms.CharField(
        label=_("Kính gửi"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    text = forms.CharField(
        label=_("Nội dung"), strip=False, widget=forms.Textarea(attrs={"rows": 18})
    )
    recipients = forms.CharField(
        label=_("Nơi nhận"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    note = forms.CharField(
        label=_("Sửa gì, vì sao"),
        max_length=300,
        required=False,
        help_text=_("Ghi ngắn để sau này tra lại các phiên bản."),
    )

    def __init__(self, *args: Any, version: TemplateVersion, **kwargs: Any) -> None:
        kept = {name: getattr(version, name) for name in PARTS}
        kwargs["initial"] = {**kept, "seen": version.number}
        super().__init__(*args, **kwargs)

    def words(self) -> Words:
        lines = {name: self.cleaned_data[name].strip().splitlines() for name in PARTS}
        return Words(**{name: "\n".join(written) for name, written in lines.items()})


class NewTemplateForm(forms.Form):
    """A further wording: its kind and name; the words are edited on its page."""

    office = forms.ModelChoiceField(Unit.objects.none(), label=_("Cơ quan"))
    kind = forms.ChoiceField(label=_("Loại văn bản"), choices=kind_choices)
    name = forms.CharField(
        label=_("Tên mẫu"), max_length=150, error_messages={"required": _("Hãy ghi tên mẫu.")}
    )
    subject = forms.CharField(
        label=_("Trích yếu"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    text = forms.CharField(
        label=_("Nội dung"), strip=False, widget=forms.Textarea(attrs={"rows": 12})
    )

    def __init__(self, *args: Any, offices: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["office"]
        choice.queryset = offices
        if len(offices) == 1:
            choice.initial = offices[0]
            choice.widget = forms.HiddenInput()

    def words(self) -> Words:
        return Words(
            subject=self.cleaned_data["subject"],
            text="\n".join(self.cleaned_data["text"].strip().splitlines()),
        )
