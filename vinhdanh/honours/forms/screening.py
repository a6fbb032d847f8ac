from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vinhdanh.law.book import Book
from vinhdanh.law.criteria import Recipient

_YEARS = 12
KINDS: list[tuple[Recipient, Any]] = [
    ("person", _("Cá nhân")),
    ("collective", _("Tập thể")),
    ("household", _("Hộ gia đình")),
]
VERDICTS = [
    ("", _("Mọi kết quả")),
    ("met", _("Đạt")),
    ("judge", _("Cần người xem xét")),
    ("suspended", _("Tạm dừng xét")),
    ("unmet", _("Chưa đạt")),
]


class QuestionForm(forms.Form):
    """The year that is appraised and the day the dossier is received; without them this year and
    today."""

    year = forms.TypedChoiceField(label=_("Xét cho năm"), required=False, coerce=int)
    day = forms.DateField(
        label=_("Ngày tiếp nhận hồ sơ"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on
        years = range(on.year, on.year - _YEARS, -1)
        self.fields["year"].choices = [(year, str(year)) for year in years]

    def asked(self) -> tuple[int, date]:
        """The year and the day that are asked for."""
        self.is_valid()
        return self.cleaned_data.get("year") or self.on.year, self.cleaned_data.get(
            "day"
        ) or self.on


class ScopeForm(QuestionForm):
    """Whom a list is about: persons, collectives or households in a unit and below it; `scopes`
    are units by key with their names, the first the default."""

    unit = forms.ChoiceField(label=_("Đơn vị, cả cấp dưới"), required=False)
    kind = forms.ChoiceField(label=_("Đối tượng"), required=False, choices=KINDS)
    q = forms.CharField(
        label=_("Tìm tên"), required=False, widget=forms.TextInput(attrs={"type": "search"})
    )
    field_order = ["unit", "kind", "year", "day", "q"]

    def __init__(self, *args: Any, scopes: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = scopes

    def kind_asked(self) -> Recipient:
        """Known before the other fields are, some of which depend on it."""
        return next((kind for kind, _name in KINDS if kind == self.data.get("kind")), "person")


class ScreeningForm(ScopeForm):
    """What a screening is filtered by; `book` names the awards."""

    award = forms.ChoiceField(label=_("Danh hiệu, hình thức"), required=False)
    verdict = forms.ChoiceField(label=_("Kết quả"), required=False, choices=VERDICTS)
    by = forms.ChoiceField(
        label=_("Tính theo"),
        required=False,
        choices=[("", _("Mọi điều kiện")), ("merit", _("Riêng theo công trạng"))],
    )
    field_order = ["unit", "kind", "year", "day", "award", "verdict", "by", "q"]

    def __init__(self, *args: Any, book: Book, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = self.kind_asked()
        open_to = [award for award in book.awards.values() if kind in award.recipients]
        open_to.sort(key=lambda award: (award.kind != "title", award.rank, award.name))
        self.fields["award"].choices = [
            ("", _("Mọi danh hiệu, hình thức")),
            *((award.code, award.name) for award in open_to),
        ]

    def wanted(self) -> dict[str, str]:
        """The conditions on rows that are set and hold."""
        self.is_valid()
        return {
            name: value
            for name in ("award", "verdict", "by", "q")
            if (value := self.cleaned_data.get(name))
        }
