from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vinhdanh.notices.models import Hook, Message
from vinhdanh.people.models import Unit
from vinhdanh.secretariat.rules.hooks import trouble_with


class HookForm(forms.Form):
    """Another channel: where messages are posted, and which."""

    office = forms.ModelChoiceField(Unit.objects.none(), label=_("Của cơ quan"), empty_label=None)
    name = forms.CharField(
        label=_("Tên kênh"), max_length=100, help_text=_("Ví dụ: Nhóm Zalo của Văn phòng.")
    )
    url = forms.CharField(
        label=_("Địa chỉ nhận"),
        max_length=500,
        help_text=_("Bắt đầu bằng https://; trong mạng nội bộ dùng được http://."),
        widget=forms.URLInput(attrs={"autocomplete": "off"}),
    )
    kinds = forms.MultipleChoiceField(
        label=_("Loại thông báo"),
        choices=Message.Kind.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Thông báo thuộc các loại này được gửi qua kênh."),
    )

    def __init__(self, *args: Any, offices: QuerySet[Unit] | None, **kwargs: Any) -> None:
        """`offices` are those for which a channel may be added; None: it has one already."""
        super().__init__(*args, **kwargs)
        if offices is None:
            del self.fields["office"]
        else:
            self.fields["office"].queryset = offices
            self.fields["office"].initial = offices.first()

    @classmethod
    def of(cls, hook: Hook) -> dict[str, Any]:
        """What stands in the form of a channel to begin with."""
        return {"name": hook.name, "url": hook.url, "kinds": hook.kinds}

    def clean_url(self) -> str:
        """The address; one to which nothing may be posted is refused beside the field."""
        url: str = self.cleaned_data["url"].strip()
        trouble = trouble_with(url)
        if trouble:
            raise forms.ValidationError(gettext(trouble))
        return url
