"""Entering facts by hand, correcting and withdrawing them."""

from collections.abc import Iterable, Sequence
from typing import Any, cast

from django import forms
from django.db import models
from django.forms.models import fields_for_model
from django.utils.translation import gettext_lazy as _

from vinhdanh.honours.models import (
    Conferral,
    Discipline,
    Fact,
    OpenMatter,
    Recognition,
    YearRating,
)
from vinhdanh.honours.queries.register import awards_in_order
from vinhdanh.law.book import Book
from vinhdanh.people.models import Unit

NAMES = ("name_written", "unit_written")
# What is typed of each kind of fact, in the order of the form.
TYPED: dict[type[Fact], tuple[str, ...]] = {
    Conferral: (
        "award",
        "kind",
        "achieved_from",
        "achieved_until",
        "decision_number",
        "decided_on",
        "body",
        "signer",
        "certificate_number",
    ),
    YearRating: ("year", "level"),
    Recognition: ("title", "reach", "year", "decision_number", "decided_on", "body"),
    Discipline: ("form", "from_on", "until_on", "decision_number", "decided_on"),
    OpenMatter: ("kind", "opened_on", "closed_on"),
}
# Who receives what: the word of the law for each kind of recipient.
RECIPIENT = {"person": "person", "unit": "collective", "household": "household"}


def _field(field: "models.Field[Any, Any]", **kwargs: Any) -> forms.Field | None:
    if isinstance(field, models.DateField):
        kwargs["widget"] = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    made: forms.Field | None = field.formfield(**kwargs)
    if isinstance(made, forms.TypedChoiceField):
        blank = _("Chọn…") if made.required else _("— để trống —")
        known = cast("Iterable[tuple[str, str]]", made.choices)
        made.choices = [(value, name if value else blank) for value, name in known]
    return made


class FactForm(forms.Form):
    """What is to be said of one recipient ("person", "unit" or "household"): the fields of one
    kind of fact, and the names as written at the time."""

    def __init__(
        self, *args: Any, model: type[Fact], recipient: str, book: Book, **kw: Any
    ) -> None:
        super().__init__(*args, **kw)
        self.model = model
        wanted = [*TYPED[model], *NAMES]
        self.fields |= fields_for_model(model, wanted, formfield_callback=_field)
        if model is Conferral:
            known = awards_in_order(book, [RECIPIENT[recipient]])
            was = self.initial.get("award")
            if was and was not in dict(known):
                known.insert(0, (was, book.awards[was].name if was in book.awards else was))
            self.fields["award"] = forms.ChoiceField(
                label=_("Danh hiệu, hình thức"), choices=[("", _("Chọn…")), *known]
            )
        self.fields["name_written"].help_text = _("Đúng như trong quyết định, danh sách.")


class EntryForm(FactForm):
    """A fact to be entered, with where it comes from."""

    note = forms.CharField(
        label=_("Ghi rõ nguồn"),
        max_length=300,
        help_text=_("Ví dụ: bản sao quyết định trong hồ sơ cán bộ, sổ khen thưởng năm 2012."),
    )
    file = forms.FileField(
        label=_("Tệp quyết định, minh chứng"),
        required=False,
        help_text=_("PDF, ảnh, Word hoặc bảng tính; không bắt buộc."),
    )

    def __init__(self, *args: Any, offices: Sequence[Unit], **kwargs: Any) -> None:
        """`offices` are those whose register may be meant, the likeliest first."""
        super().__init__(*args, **kwargs)
        self.order_fields([name for name in self.fields if name not in {"note", "file"}])
        if len(offices) > 1:
            self.fields["office"] = forms.ChoiceField(
                label=_("Ghi vào sổ của"),
                choices=[(str(office.pk), office.name) for office in offices],
            )
        self.offices = {str(office.pk): office for office in offices}

    @property
    def office(self) -> Unit:
        """The office chosen, or the only one."""
        chosen = self.cleaned_data.get("office")
        return self.offices[chosen] if chosen else next(iter(self.offices.values()))


class CorrectionForm(FactForm):
    """A fact as it should be, and why."""

    because = forms.CharField(
        label=_("Lý do đính chính"),
        max_length=300,
        help_text=_("Người xem sổ đọc được lý do này; điều ghi trước đây vẫn được giữ."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields([name for name in self.fields if name != "because"])


class WithdrawalForm(forms.Form):
    because = forms.CharField(
        label=_("Lý do gỡ khỏi sổ"),
        max_length=300,
        help_text=_("Điều ghi trước đây vẫn được giữ, kèm lý do này."),
    )


class HouseholdForm(forms.Form):
    head_name = forms.CharField(label=_("Họ tên chủ hộ"), max_length=150)
    address = forms.CharField(label=_("Địa chỉ"), max_length=300, required=False)
