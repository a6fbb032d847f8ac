"""The conditions of the list of messages."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, FilterSet

from vinhdanh.notices.models import Message


class MessageFilter(FilterSet):
    """Unread ones, and those of one kind."""

    read = ChoiceFilter(
        label=_("Trạng thái"),
        empty_label=_("Tất cả"),
        choices=[("no", _("Chưa đọc"))],
        method="filter_read",
    )
    kind = ChoiceFilter(label=_("Loại"), empty_label=_("Tất cả"), choices=Message.Kind.choices)

    class Meta:
        model = Message
        fields: list[str] = []

    def filter_read(self, found: Any, _name: str, _value: str) -> Any:
        return found.filter(read_at=None)
