"""What is typed about mailings and their recipients."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vinhdanh.people.models import Person, Unit, UnitGroup
from vinhdanh.people.queries import CountedGroup
from vinhdanh.secretariat.models import Mailing
from vinhdanh.secretariat.rules.mailings import Addressee, outside_addressees

_MOST_FILES = 10
_MOST_OUTSIDE = 200


class _SeveralFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files; cleans to a list, empty when none is chosen."""

    widget = _SeveralFilesInput

    def clean(self, value: Any, initial: Any = None) -> list[UploadedFile]:
        chosen = [each for each in (value if isinstance(value, list | tuple) else [value]) if each]
        if self.required and not chosen:
            raise forms.ValidationError(gettext("Chưa chọn tệp nào."))
        if len(chosen) > _MOST_FILES:
            raise forms.ValidationError(
                gettext("Chỉ đính kèm được tối đa %(most)d tệp mỗi lần.") % {"most": _MOST_FILES}
            )
        return [super(FilesField, self).clean(each, initial) for each in chosen]


def _time_field(label: Any, help_text: Any = "") -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, required=False, help_text=help_text, widget=widget)


class TextForm(forms.Form):
    """What a mailing says; when and where, for an invitation."""

    subject = forms.CharField(label=_("Tiêu đề"), max_length=300)
    text = forms.CharField(
        label=_("Nội dung"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_(
            "Có thể dùng {người nhận}, {đơn vị}: mỗi người nhận thấy tên, đơn vị của chính mình; "
            "{việc} có trong thư đôn đốc do hệ thống lập."
        ),
    )
    starts_at = _time_field(_("Bắt đầu lúc"), _("Chỉ dùng cho giấy mời."))
    ends_at = _time_field(_("Kết thúc lúc"))
    place = forms.CharField(label=_("Địa điểm"), max_length=300, required=False)


class EditMailingForm(TextForm):
    """A waiting mailing; `seen` tells when it had last been changed as this editor saw it."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, given: Any, *, mailing: Mailing) -> None:
        first = {name: getattr(mailing, name) for name in TextForm.base_fields}
        first["seen"] = mailing.edited_at.isoformat()
        super().__init__(given, initial=first)
        if mailing.kind != Mailing.Kind.INVITATION or mailing.calls_off:
            for name in ("starts_at", "ends_at", "place"):
                del self.fields[name]

    def clean_seen(self) -> datetime | None:
        """When the mailing had last been changed as it was shown; None when that is not told."""
        try:
            return datetime.fromisoformat(self.cleaned_data["seen"])
        except ValueError:
            return None


class RecipientsForm(forms.Form):
    """Who gets a mailing: the clerks and heads of groups and units, and addresses outside."""

    groups = forms.ModelMultipleChoiceField(
        UnitGroup.objects.none(), required=False, label=_("Theo nhóm đơn vị")
    )
    units = forms.ModelMultipleChoiceField(
        Unit.objects.none(), required=False, label=_("Theo đơn vị")
    )
    persons = forms.ModelMultipleChoiceField(
        Person.objects.none(), required=False, label=_("Theo người")
    )
    outside = forms.CharField(
        label=_("Nơi nhận ngoài hệ thống"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Mỗi dòng một nơi: tên nơi nhận, rồi địa chỉ thư điện tử."),
    )

    def __init__(
        self,
        *args: Any,
        groups: Sequence[CountedGroup],
        units: QuerySet[Unit],
        persons: QuerySet[Person] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.counted_groups, self.offered_units = groups, units
        pks = [counted.group.pk for counted in groups]
        self.fields["groups"].queryset = UnitGroup.objects.filter(pk__in=pks)
        self.fields["units"].queryset = units
        if persons is None:
            del self.fields["persons"]
        else:
            self.fields["persons"].queryset = persons

    def clean_outside(self) -> list[Addressee]:
        """The addresses outside; each line must hold one."""
        read, unread = outside_addressees(self.cleaned_data["outside"])
        if unread:
            raise forms.ValidationError(
                gettext("Dòng này chưa có địa chỉ thư điện tử: %(lines)s")
                % {"lines": "; ".join(unread[:5])}
            )
        if len(read) > _MOST_OUTSIDE:
            raise forms.ValidationError(
                gettext("Mỗi lần thêm được tối đa %(most)d nơi nhận.") % {"most": _MOST_OUTSIDE}
            )
        return read

    def chosen(self, name: str) -> set[str]:
        """The keys that are ticked, as typed, to tick them again."""
        return set(self.data.getlist(name)) if self.is_bound else set()

    @property
    def chosen_groups(self) -> set[str]:
        return self.chosen("groups")

    @property
    def chosen_units(self) -> set[str]:
        return self.chosen("units")

    @property
    def chosen_persons(self) -> set[str]:
        return self.chosen("persons")


class NewMailingForm(TextForm, RecipientsForm):
    """A mailing that is to wait in the outbox."""

    kind = forms.ChoiceField(label=_("Loại"), choices=Mailing.Kind.choices)
    uploads = FilesField(
        label=_("Tệp đính kèm"),
        required=False,
        help_text=_("Có thể chọn nhiều tệp: Word, Excel, PDF, ảnh."),
    )
    field_order = ("kind", "subject", "text", "starts_at", "ends_at", "place", "uploads")

    @property
    def words(self) -> list[forms.BoundField]:
        """The fields about the mailing itself; those about its recipients have their own place."""
        return [self[name] for name in self.field_order]


class FilesForm(forms.Form):
    """More files to go along."""

    uploads = FilesField(
        label=_("Đính kèm thêm tệp"),
        help_text=_("Có thể chọn nhiều tệp: Word, Excel, PDF, ảnh."),
    )


class DiscardForm(forms.Form):
    reason = forms.CharField(
        label=_("Lý do"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Không bắt buộc; được ghi vào lịch sử của thư."),
    )
