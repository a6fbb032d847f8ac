"""Small pieces that every template may use."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django import forms, template
from django.core.paginator import Paginator
from django.templatetags.static import static
from django.utils.dateparse import parse_date
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from vinhdanh.common import vietnamese
from vinhdanh.common.icons import NAMES

register = template.Library()

SPRITE = "vinhdanh/icons.svg"
TONES = {"good", "attention", "wrong", "info", "muted", "honour"}


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """An icon of `icons.NAMES`, hidden from screen readers: words always stand beside it."""
    if name not in NAMES:
        raise ValueError(f"{name} is not among the icons of pages")
    return format_html(
        '<svg class="bi" aria-hidden="true"><use href="{}#{}"/></svg>', static(SPRITE), name
    )


@register.simple_tag
def chip(tone: str, text: str, icon_name: str = "") -> SafeString:
    """A state: word, icon and colour. `tone` is one of TONES."""
    if tone not in TONES:
        raise ValueError(tone)
    return format_html(
        '<span class="chip chip-{}">{}{}</span>', tone, icon(icon_name) if icon_name else "", text
    )


@register.filter
def long_day(day: date | None) -> str:
    """ "thứ Sáu, 28/02/2025"; in English "Friday, 28/02/2025"."""
    if day is None:
        return ""
    if get_language() == "en":
        return f"{day:%A, %d/%m/%Y}"
    return vietnamese.long_day(day)


@register.filter
def distance(day: date | None, today: date) -> str:
    """How far a due day is: "Còn 6 ngày", "Hôm nay", "Quá hạn 3 ngày"."""
    if day is None:
        return _("Chờ ngày")
    days = (day - today).days
    if days == 0:
        return _("Hôm nay")
    if days > 0:
        return ngettext("Còn %(days)d ngày", "Còn %(days)d ngày", days) % {"days": days}
    return ngettext("Quá hạn %(days)d ngày", "Quá hạn %(days)d ngày", -days) % {"days": -days}


@register.filter
def page_numbers(paginator: Paginator, current: int) -> Iterator[int | None]:
    """The page numbers to offer around the current one; None stands for a gap."""
    for number in paginator.get_elided_page_range(current, on_each_side=2, on_ends=1):
        yield None if number == Paginator.ELLIPSIS else int(number)


@dataclass(frozen=True)
class FilterChip:
    """One condition of a filtered list in words, and the address of the list without it."""

    label: str
    text: str
    address: str


@register.simple_tag(takes_context=True)
def filter_chips(context: template.Context, chosen: Any) -> list[FilterChip]:
    """The conditions set in a django-filter FilterSet, in the order of its fields."""
    chips = []
    for name, field in chosen.form.fields.items():
        values = [value for value in chosen.form.data.getlist(name) if value]
        if not values:
            continue
        named = {str(key): str(text) for key, text in getattr(field, "choices", [])}
        query = context["request"].GET.copy()
        query.pop(name, None)
        query.pop("page", None)
        chips.append(
            FilterChip(
                label=str(field.label or name),
                text=", ".join(named.get(value) or _said(field, value) for value in values),
                address="?" + query.urlencode(),
            )
        )
    return chips


def _said(field: forms.Field, value: str) -> str:
    """A value of the address as people say it: a day as dd/mm/yyyy, a yes."""
    if isinstance(field, forms.BooleanField):
        return _("Có")
    try:
        day = parse_date(value) if isinstance(field, forms.DateField) else None
    except ValueError:
        day = None
    return f"{day:%d/%m/%Y}" if day else value


@register.filter
def filter_is_set(chosen: Any) -> bool:
    """Whether any condition of a FilterSet is set."""
    return any(value for name in chosen.form.fields for value in chosen.form.data.getlist(name))
