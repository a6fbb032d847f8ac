"""Choosing what a list of the running year shows; kept in the address."""

from datetime import date
from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from vinhdanh.common.vietnamese import fold
from vinhdanh.people.models import Unit
from vinhdanh.plans.models import Assignment, Plan, Task
from vinhdanh.plans.queries import work_year
from vinhdanh.plans.queries.work_lines import standing_is


class QuickSelect(forms.Select):
    """A list to choose from, without a template for each of its sixty units."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        shown = self.get_context(name, value, attrs)["widget"]
        options = (
            (option["value"], " selected" if option["selected"] else "", option["label"])
            for _group, group, _index in shown["optgroups"]
            for option in group
        )
        return format_html(
            '<select name="{}"{}>{}</select>',
            name,
            flatatt(shown["attrs"]),
            format_html_join("", '<option value="{}"{}>{}</option>', options),
        )


STATES = [
    ("late", _("Quá hạn")),
    ("soon", _("Đến hạn trong 7 ngày")),
    ("month", _("Đến hạn trong 30 ngày")),
    ("ahead", _("Chưa đến hạn")),
    ("undated", _("Chờ ngày")),
    ("owed", _("Chưa báo cáo")),
    ("returned", _("Bị trả lại")),
    ("reported", _("Chờ xác nhận")),
    ("done", _("Hoàn thành")),
]
_MONTHS = [(str(month), _("Tháng %(month)d") % {"month": month}) for month in range(1, 13)]
_OUTSIDE = ("outside", _("Ngoài năm của kế hoạch"))


def _holding_words(field: str, text: str) -> Q:
    found = Q()
    for word in fold(text).split():
        found &= Q(**{f"{field}__contains": word})
    return found


class LineFilter(django_filters.FilterSet):
    """The lines of a plan: by words, unit, standing, month, kind of due date, part."""

    q = django_filters.CharFilter(label=_("Nội dung hoặc số"), method="by_words")
    unit = django_filters.ModelChoiceFilter(
        widget=QuickSelect,
        label=_("Đơn vị"),
        queryset=Unit.objects.none(),
        empty_label=_("Mọi đơn vị"),
    )
    state = django_filters.ChoiceFilter(
        widget=QuickSelect,
        label=_("Tình trạng"),
        choices=STATES,
        method="by_state",
        empty_label=_("Mọi tình trạng"),
    )
    month = django_filters.ChoiceFilter(
        widget=QuickSelect,
        label=_("Đến hạn trong"),
        choices=[*_MONTHS, _OUTSIDE],
        method="by_month",
        empty_label=_("Cả năm"),
    )
    kind = django_filters.ChoiceFilter(
        widget=QuickSelect,
        label=_("Cách định hạn"),
        field_name="occurrence__task__due_kind",
        choices=Task.Due.choices,
        empty_label=_("Mọi cách"),
    )
    part = django_filters.ChoiceFilter(
        widget=QuickSelect,
        label=_("Vai trò"),
        choices=Assignment.Part.choices,
        empty_label=_("Mọi vai trò"),
    )

    def __init__(self, *args: Any, plan: Plan, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.plan, self.on = plan, on
        self.filters["unit"].queryset = plan.units.only("name")

    def by_words(self, lines: QuerySet[Assignment], name: str, text: str) -> QuerySet[Assignment]:
        tasks = Task.objects.filter(
            _holding_words("folded", text) | Q(number=text.strip()), plan=self.plan
        )
        return lines.filter(occurrence__task__in=tasks)

    def by_state(self, lines: QuerySet[Assignment], name: str, state: str) -> QuerySet[Assignment]:
        return lines.filter(standing_is(state, on=self.on))

    def by_month(self, lines: QuerySet[Assignment], name: str, month: str) -> QuerySet[Assignment]:
        begins = work_year.begins_on(self.plan)
        due = "occurrence__due_on"
        if month == _OUTSIDE[0]:
            ends = work_year.months_from(begins, 12)
            return lines.filter(Q(**{f"{due}__lt": begins}) | Q(**{f"{due}__gte": ends}))
        first = work_year.months_from(begins, (int(month) - begins.month) % 12)
        after = work_year.months_from(first, 1)
        return lines.filter(**{f"{due}__gte": first, f"{due}__lt": after})


class TaskFilter(django_filters.FilterSet):
    """The tasks of a plan: by words, and by unit that has a part in them."""

    q = django_filters.CharFilter(label=_("Tìm trong nội dung"), method="by_words")
    unit = django_filters.ModelChoiceFilter(
        widget=QuickSelect,
        label=_("Đơn vị"),
        queryset=Unit.objects.none(),
        method="by_unit",
        empty_label=_("Mọi đơn vị"),
    )

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["unit"].queryset = plan.units.only("name")

    @property
    def chosen_unit(self) -> Unit | None:
        """The unit chosen, if any."""
        return self.form.cleaned_data.get("unit") if self.form.is_valid() else None

    def by_words(self, tasks: QuerySet[Task], name: str, text: str) -> QuerySet[Task]:
        return tasks.filter(_holding_words("folded", text))

    def by_unit(self, tasks: QuerySet[Task], name: str, unit: Unit) -> QuerySet[Task]:
        lines = Assignment.objects.filter(occurrence__task=OuterRef("pk"), unit=unit)
        return tasks.filter(Exists(lines))
