from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class DayForm(forms.Form):
    """The day whose law is looked at; without one it is today."""

    day = forms.DateField(
        label=_("Luật vào ngày"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class AwardsForm(DayForm):
    """What a list of awards is searched by."""

    q = forms.CharField(
        label=_("Tìm trong tên, điều khoản"),
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    kind = forms.ChoiceField(
        label=_("Loại"),
        required=False,
        choices=[
            ("", _("Mọi loại")),
            ("title", _("Danh hiệu thi đua")),
            ("commendation", _("Hình thức khen thưởng")),
        ],
    )
    recipient = forms.ChoiceField(
        label=_("Tặng cho"),
        required=False,
        choices=[
            ("", _("Mọi đối tượng")),
            ("person", _("Cá nhân")),
            ("collective", _("Tập thể")),
            ("household", _("Hộ gia đình")),
        ],
    )
    level = forms.ChoiceField(
        label=_("Cấp"),
        required=False,
        choices=[
            ("", _("Mọi cấp")),
            ("grassroots", _("Cấp cơ sở")),
            ("province", _("Cấp bộ, tỉnh")),
            ("nation", _("Cấp Nhà nước")),
        ],
    )
    local = forms.ChoiceField(
        label=_("Do ai đặt ra"),
        required=False,
        choices=[("", _("Luật và Thành phố")), ("no", _("Luật")), ("yes", _("Thành phố"))],
    )
    field_order = ["q", "kind", "recipient", "level", "local", "day"]


class RulesForm(DayForm):
    """What the rules of procedure are searched by; `topics` as choices."""

    q = forms.CharField(
        label=_("Tìm trong nội dung, điều khoản"),
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    topic = forms.ChoiceField(label=_("Chủ đề"), required=False)
    field_order = ["q", "topic", "day"]

    def __init__(self, *args: Any, topics: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topic"].choices = [("", _("Mọi chủ đề")), *topics]


class WordsForm(forms.Form):
    q = forms.CharField(
        label=_("Tìm theo số hiệu, tên"),
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )


class ChangesForm(forms.Form):
    """Of which award the changes are asked for; `awards` as choices."""

    award = forms.ChoiceField(label=_("Danh hiệu, hình thức"), required=False)

    def __init__(self, *args: Any, awards: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["award"].choices = [("", _("Mọi loại")), *awards]
