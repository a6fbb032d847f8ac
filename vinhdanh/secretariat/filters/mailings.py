from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from vinhdanh.notices.models import Delivery
from vinhdanh.secretariat.models import Mailing
from vinhdanh.secretariat.queries.mailings import folded, holding_words


class MailingFilter(django_filters.FilterSet):
    """The mailings of the outbox: by words, state, kind."""

    q = django_filters.CharFilter(label=_("Tìm trong tiêu đề, nội dung"), method="by_words")
    state = django_filters.ChoiceFilter(
        label=_("Tình trạng"), choices=Mailing.State.choices, empty_label=_("Mọi tình trạng")
    )
    kind = django_filters.ChoiceFilter(
        label=_("Loại"), choices=Mailing.Kind.choices, empty_label=_("Mọi loại")
    )

    def by_words(self, mailings: QuerySet[Mailing], _name: str, text: str) -> QuerySet[Mailing]:
        plain = mailings.alias(plain_subject=folded("subject"), plain_text=folded("text"))
        return plain.filter(holding_words(text, "plain_subject", "plain_text"))


class DeliveryFilter(django_filters.FilterSet):
    """What was sent: by words, state, channel, and of which mailing."""

    q = django_filters.CharFilter(label=_("Tìm theo người nhận, tiêu đề"), method="by_words")
    state = django_filters.ChoiceFilter(
        label=_("Tình trạng"), choices=Delivery.State.choices, empty_label=_("Mọi tình trạng")
    )
    channel = django_filters.ChoiceFilter(
        label=_("Cách gửi"), choices=Delivery.Channel.choices, empty_label=_("Mọi cách")
    )
    thu = django_filters.ChoiceFilter(
        label=_("Thư"), field_name="batch_id", widget=forms.HiddenInput
    )
    kenh = django_filters.ChoiceFilter(
        label=_("Kênh"), field_name="hook_id", widget=forms.HiddenInput
    )

    def __init__(
        self,
        *args: Any,
        mailing: tuple[str, str] | None,
        hook: tuple[str, str] | None,
        addressed: QuerySet[Delivery],
        **kwargs: Any,
    ) -> None:
        """`mailing` and `hook` are the key and the name of the one that the address asks for and
        the reader may see; `addressed` are those whose addresses are shown, and found by."""
        super().__init__(*args, **kwargs)
        self.filters["thu"].extra["choices"] = [mailing] if mailing else []
        self.filters["kenh"].extra["choices"] = [hook] if hook else []
        self.addressed = addressed

    def by_words(self, sent: QuerySet[Delivery], _name: str, text: str) -> QuerySet[Delivery]:
        plain = sent.alias(
            plain_name=folded("name"),
            plain_subject=folded("subject"),
            plain_address=folded("address"),
        )
        fields = ("plain_name", "plain_subject")
        by_address = holding_words(text, *fields, "plain_address")
        return plain.filter(
            holding_words(text, *fields)
            | (by_address & Q(pk__in=self.addressed.order_by().values("pk")))
        )
