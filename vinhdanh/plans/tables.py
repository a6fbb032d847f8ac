"""The running year as a list."""

from datetime import date
from typing import Any

import django_tables2 as tables
from django.db.models import QuerySet
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from vinhdanh.common.templatetags.ui import chip, distance
from vinhdanh.plans.models import Assignment
from vinhdanh.plans.queries import work_table
from vinhdanh.plans.rules.progress import Standing, standing
from vinhdanh.plans.templatetags.work import standing_chip

_UNBROKEN = {"td": {"class": "text-nowrap"}}


def address(line: Assignment) -> str:
    """The page on which the line is looked after."""
    return line.occurrence.get_absolute_url()


class LineTable(tables.Table):
    """Lines of units, as they stand on `on`."""

    due = tables.Column(_("Hạn"), accessor="occurrence__due_on", empty_values=(), attrs=_UNBROKEN)
    task = tables.Column(_("Nhiệm vụ"), accessor="occurrence__task__position")
    unit = tables.Column(_("Đơn vị"), accessor="unit__name")
    part = tables.Column(_("Vai trò"), attrs=_UNBROKEN)
    standing = tables.Column(_("Tình trạng"), accessor="state")

    class Meta:
        model = Assignment
        fields: tuple[str, ...] = ()
        row_attrs = {"data-href": address}

    def __init__(self, lines: QuerySet[Assignment], *, on: date, **kwargs: Any) -> None:
        self.on = on
        super().__init__(lines, **kwargs)

    def render_due(self, record: Assignment) -> SafeString:
        due_on = record.occurrence.due_on
        if due_on is None:
            return format_html('<span class="muted">{}</span>', _("Chờ ngày"))
        if standing(record.state, due_on, on=self.on) not in {Standing.LATE, Standing.SOON}:
            return format_html("{}", f"{due_on:%d/%m/%Y}")
        return format_html(
            '{}<br><small class="muted">{}</small>', f"{due_on:%d/%m/%Y}", distance(due_on, self.on)
        )

    def render_task(self, record: Assignment) -> SafeString:
        occurrence = record.occurrence
        label = format_html(' <span class="muted">({})</span>', occurrence.label)
        return format_html(
            '<a href="{}">{}</a>{}',
            address(record),
            str(occurrence.task),
            label if occurrence.label else "",
        )

    def render_part(self, record: Assignment) -> str:
        return str(record.get_part_display())

    def render_standing(self, record: Assignment) -> SafeString:
        shown = standing_chip(standing(record.state, record.occurrence.due_on, on=self.on))
        if record.state != Assignment.State.RETURNED:
            return shown
        returned = chip("attention", str(_("Bị trả lại")), "arrow-return-left")
        return format_html("{} {}", shown, returned)

    def order_due(
        self, lines: QuerySet[Assignment], is_descending: bool
    ) -> tuple[QuerySet[Assignment], bool]:
        return work_table.by_due(lines, descending=is_descending), True

    def order_unit(
        self, lines: QuerySet[Assignment], is_descending: bool
    ) -> tuple[QuerySet[Assignment], bool]:
        return work_table.by_unit(lines, descending=is_descending), True

    def order_standing(
        self, lines: QuerySet[Assignment], is_descending: bool
    ) -> tuple[QuerySet[Assignment], bool]:
        return work_table.by_standing(lines, on=self.on, descending=is_descending), True
