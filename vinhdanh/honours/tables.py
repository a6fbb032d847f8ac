"""The register as a list."""

from typing import Any

import django_tables2 as tables
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import QuerySet
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django_tables2.data import TableQuerysetData

from vinhdanh.common.ids import any_of
from vinhdanh.honours.models import Conferral
from vinhdanh.law.book import Book

# What a row shows.
_SHOWN = (
    "year",
    "name_written",
    "award",
    "kind",
    "decision_number",
    "decided_on",
    "unit_written",
)


class _RegisterRows(TableQuerysetData):
    """Rows of which a page is found by its keys: an index alone may lead to a late one, while the
    rows before it lie scattered over millions."""

    def __getitem__(self, key: Any) -> Any:
        if not isinstance(key, slice):
            return super().__getitem__(key)
        keys = ArraySubquery(self.data.values("pk")[key])
        page = Conferral.objects.filter(any_of("pk", keys)).order_by(*self.data.query.order_by)
        return page.only(*_SHOWN)


class RegisterTable(tables.Table):
    """Awards conferred; a row opens the award."""

    # The one order is the other from its end, so that one index serves both.
    year = tables.Column(_("Năm"), order_by=("year", "-sort_key", "-pk"))
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
        super().__init__(_RegisterRows(facts), **kwargs)

    def render_award(self, value: str) -> str:
        return self.names.get(value, value)

    def render_decision(self, record: Conferral) -> SafeString:
        day = f"{record.decided_on:%d/%m/%Y}" if record.decided_on else ""
        return format_html(
            '<div class="unbroken">{}<div class="muted">{}</div></div>', record.decision_number, day
        )


class BonusTable(tables.Table):
    """Bonuses of awards; a row opens the award."""

    name = tables.TemplateColumn(
        template_name="honours/_bonus_name.html",
        verbose_name=_("Được khen thưởng"),
        order_by=("row__sort_key",),
        attrs={"td": {"class": "card-head"}},
    )
    award = tables.TemplateColumn(
        template_name="honours/_bonus_award.html",
        verbose_name=_("Danh hiệu, hình thức"),
        order_by=("award", "row__sort_key"),
    )
    amount = tables.TemplateColumn(
        template_name="honours/_bonus_amount.html",
        verbose_name=_("Tiền thưởng"),
        order_by=("sum", "row__sort_key"),
        attrs={"th": {"class": "number"}, "td": {"class": "number"}},
    )
    verdict = tables.TemplateColumn(
        template_name="honours/_bonus_verdict.html",
        verbose_name=_("Kết luận"),
        order_by=("verdict", "row__sort_key"),
    )
