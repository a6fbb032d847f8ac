"""What people type while a paper is drafted, issued, made void."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from vinhdanh.people.models import Unit
from vinhdanh.secretariat.actions.papers import Draft
from vinhdanh.secretariat.models import Paper, Signer
from vinhdanh.secretariat.rules.wording import Field

NEVER = datetime.min.replace(tzinfo=UTC)


class SeenField(forms.CharField):
    """When what the form shows was last edited as the form was opened."""

    widget = forms.HiddenInput

    def __init__(self) -> None:
        super().__init__(required=False)

    def prepare_value(self, value: Any) -> Any:
        return value.isoformat() if isinstance(value, datetime) else value

    def clean(self, value: Any) -> datetime:
        try:
            return parse_datetime(super().clean(value)) or NEVER
        except ValueError:
            return NEVER


class DraftForm(forms.Form):
    """The words of a draft."""

    seen = SeenField()
    subject = forms.CharField(
        label=_("Trích yếu"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    addressees = forms.CharField(
        label=_("Kính gửi"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Mỗi dòng một nơi; để trống nếu loại văn bản không có."),
    )
    text = forms.CharField(
        label=_("Nội dung"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 18}),
        help_text=_(
            "Mỗi dòng một đoạn. Gõ như trên giấy: “Căn cứ …;”, “I.”, “1.”, “a)”, “-”; hệ thống tự "
            "trình bày theo thể thức."
        ),
    )
    recipients = forms.CharField(
        label=_("Nơi nhận"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Mỗi dòng một nơi."),
    )
    signer = forms.ModelChoiceField(
        Signer.objects.none(), label=_("Người ký"), required=False, empty_label=_("Chưa chọn")
    )
    secretary = forms.CharField(
        label=_("Thư ký"),
        max_length=150,
        required=False,
        help_text=_("Người ghi biên bản, cùng ký với chủ trì."),
    )
    urgency = forms.ChoiceField(label=_("Độ khẩn"), required=False, choices=Paper.Urgency.choices)

    def __init__(self, *args: Any, paper: Paper, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "seen": paper.edited_at,
            "subject": paper.subject,
            "addressees": paper.addressees,
            "text": paper.text,
            "recipients": paper.recipients,
            "signer": paper.signer_id,
            "secretary": paper.secretary,
            "urgency": paper.urgency,
        }
        super().__init__(*args, **kwargs)
        signers = Signer.objects.filter(office=paper.office_id, is_active=True)
        if paper.signer_id:
            signers |= Signer.objects.filter(pk=paper.signer_id)
        self.fields["signer"].queryset = signers
        if paper.kind != "minutes":
            del self.fields["secretary"]

    def typed(self) -> Draft:
        given = {name: value for name, value in self.cleaned_data.items() if name != "seen"}
        for name in ("subject", "addressees", "text", "recipients"):
            given[name] = "\n".join(given[name].strip().splitlines())
        return Draft(**given)


class NewPaperForm(forms.Form):
    """A new draft: the office, and a value for each field that the chosen wording names.

    Without a wording only the subject is asked for. A field may stay empty: it is then filled in
    the draft.
    """

    office = forms.ModelChoiceField(Unit.objects.none(), label=_("Cơ quan"))

    def __init__(
        self,
        *args: Any,
        offices: QuerySet[Unit],
        asked: Sequence[Field] | None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["office"]
        choice.queryset = offices
        if len(offices) == 1:
            choice.initial = offices[0]
            choice.widget = forms.HiddenInput()
        self.asked = asked
        if asked is None:
            self.fields["subject"] = forms.CharField(
                label=_("Trích yếu"),
                max_length=500,
                widget=forms.Textarea(attrs={"rows": 2}),
                error_messages={"required": _("Hãy ghi trích yếu.")},
            )
        for place, field in enumerate(asked or ()):
            widget = forms.Textarea(attrs={"rows": 3}) if field.is_long else forms.TextInput()
            self.fields[f"field-{place}"] = forms.CharField(
                label=field.name[:1].upper() + field.name[1:],
                required=False,
                widget=widget,
                help_text=_("Ví dụ: %(sample)s") % {"sample": field.sample} if field.sample else "",
            )

    def values(self) -> dict[str, str]:
        """What was typed, by name of the field; those left empty are not there."""
        typed = {
            field.name: self.cleaned_data[f"field-{place}"].strip()
            for place, field in enumerate(self.asked or ())
        }
        return {name: value for name, value in typed.items() if value}


class IssueForm(forms.Form):
    """The day on which the paper was signed; `confirmed` once a warning about it was read, `seen`
    when the draft was last edited as this was opened."""

    seen = SeenField()
    confirmed = forms.DateField(widget=forms.HiddenInput, required=False)
    signed_on = forms.DateField(
        label=_("Ngày ký"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Ngày ghi trên văn bản; năm của ngày này quyết định sổ của số."),
        error_messages={"required": _("Hãy chọn ngày ký.")},
    )

    def __init__(self, *args: Any, today: date, paper: Paper, **kwargs: Any) -> None:
        kwargs["initial"] = {"signed_on": today, "seen": paper.edited_at}
        super().__init__(*args, **kwargs)
        self.fields["signed_on"].widget.attrs["max"] = today.isoformat()


class VoidForm(forms.Form):
    """Why a paper is made void."""

    reason = forms.CharField(
        label=_("Lý do hủy bỏ"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Hãy ghi lý do hủy bỏ.")},
    )
