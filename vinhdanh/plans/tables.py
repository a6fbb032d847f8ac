"""The running year as a list."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import django_tables2 as tables
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django_tables2.data import TableQuerysetData

from vinhdanh.common.templatetags.ui import distance
from vinhdanh.plans.models import Assignment
from vinhdanh.plans.queries import work_table
from vinhdanh.plans.rules.progress import Standing, standing

_NEAR = {Standing.LATE, Standing.SOON}


@dataclass(frozen=True, slots=True)
class Row:
    """A line as the table shows it; "" where there is none. `distance` says how far the due day is
    where that matters: for what is late or soon."""

    address: str
    due: str
    distance: str
    task: str
    label: str
    unit: str
    part: str
    standing: Standing
    returned: bool
    extended: bool


class _Lines(TableQuerysetData):
    """Lines of which only those of a page are fetched in full."""

    def __getitem__(self, key: Any) -> Any:
        return work_table.in_full(self.data[key]) if isinstance(key, slice) else self.data[key]


class LineTable(tables.Table):
    """Lines of units, as they stand on `on`.

    Its own template draws the rows: fifty rows cell by cell would take most of the page's time.
    """

    due = tables.Column(_("Hạn"), accessor="occurrence__due_on")
    task = tables.Column(_("Nhiệm vụ"), accessor="occurrence__task__position")
    unit = tables.Column(_("Đơn vị"), accessor="unit__name")
    part = tables.Column(_("Vai trò"))
    standing = tables.Column(_("Tình trạng"), accessor="state")

    class Meta:
        model = Assignment
        fields: tuple[str, ...] = ()
        template_name = "plans/_lines.html"

    def __init__(self, lines: QuerySet[Assignment], *, on: date, **kwargs: Any) -> None:
        self.on = on
        super().__init__(_Lines(lines), **kwargs)

    def shown(self) -> Iterator[Row]:
        """The rows of the page."""
        parts = {value: str(label) for value, label in Assignment.Part.choices}
        for line in self.page.object_list.data:
            due_on = line.occurrence.due_on
            stands = standing(line.state, due_on, on=self.on)
            yield Row(
                address=line.occurrence.get_absolute_url(),
                due=f"{due_on:%d/%m/%Y}" if due_on else "",
                distance=distance(due_on, self.on) if stands in _NEAR else "",
                task=str(line.occurrence.task),
                label=line.occurrence.label,
                unit=line.unit.name,
                part=parts[line.part],
                standing=stands,
                returned=line.state == Assignment.State.RETURNED,
                extended=line.is_extended,
            )

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
