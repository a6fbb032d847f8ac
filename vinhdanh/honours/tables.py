"""The register as a list."""

from typing import Any

import django_tables2 as tables
from django.db.models import QuerySet
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from vinhdanh.honours.models import Conferral
from vinhdanh.law.book import Book


class RegisterTable(tables.Table):
    """Awards conferred; a row opens the award."""

    year = tables.Column(_("Năm"), order_by=("year", "sort_key", "pk"))
    name = tables.Column(
        _("Được khen thưởng"),
        accessor="name_written",
        order_by=("sort_key", "-year", "pk"),
        linkify=("honours:conferral", [tables.A("pk")]),
        attrs={"td": {"class": "card-head"}},
    )
    award = tables.Column(_("Danh hiệu, hình thức"), orderable=False)
    kind = tables.Column(_("Loại hình"), orderable=False, default="")
    decision = tables.Column(_("Quyết định"), accessor="decision_number", orderable=False)
    unit = tables.Column(_("Đơn vị khi đó"), accessor="unit_written", orderable=False, default="")

    class Meta:
        model = Conferral
        fields: tuple[str, ...] = ()

    def __init__(self, facts: QuerySet[Conferral], *, book: Book, **kwargs: Any) -> None:
        self.names = {code: award.name for code, award in book.awards.items()}
        super().__init__(facts, **kwargs)

    def render_award(self, value: str) -> str:
        return self.names.get(value, value)

    def render_decision(self, record: Conferral) -> SafeString:
        day = f"{record.decided_on:%d/%m/%Y}" if record.decided_on else ""
        return format_html(
            '<div class="unbroken">{}<div class="muted">{}</div></div>', record.decision_number, day
        )
