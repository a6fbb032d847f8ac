"""How the running year is shown: standings as chips and as small marks, the names of months."""

from functools import cache

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from vinhdanh.common.templatetags.ui import chip, icon
from vinhdanh.plans.queries.work_year import AFTER, BEFORE, UNDATED, Column
from vinhdanh.plans.rules.progress import WORDS, Standing

register = template.Library()

_LOOKS: dict[str, tuple[str, str]] = {
    Standing.LATE: ("wrong", "exclamation-octagon"),
    Standing.SOON: ("attention", "clock"),
    Standing.AHEAD: ("muted", "calendar3"),
    Standing.UNDATED: ("muted", "hourglass-split"),
    Standing.REPORTED: ("info", "inbox"),
    Standing.DONE: ("good", "check-circle"),
}


@register.filter
def word(standing: Standing) -> str:
    """The word of a standing: "Quá hạn"."""
    return _(WORDS[standing])


@register.simple_tag
def standing_chip(standing: Standing) -> SafeString:
    """A standing in full: word, icon, colour."""
    return _chip(standing, get_language())


@cache
def _chip(standing: Standing, _language: str | None) -> SafeString:
    tone, picture = _LOOKS[standing]
    return chip(tone, word(standing), picture)


@register.simple_tag
def standing_mark(standing: Standing) -> SafeString:
    """The drawing of a standing, small; its word must stand beside it, if only to be heard."""
    return icon(_LOOKS[standing][1])


@register.filter
def tone(standing: Standing) -> str:
    """The colour of a standing, as chips name it."""
    return _LOOKS[standing][0]


@register.simple_tag
def legend() -> list[Standing]:
    """Every standing, in the order of a legend."""
    return list(Standing)


@register.filter
def month_name(column: Column) -> str:
    """The name of a column of the year: "Tháng 3/2026"."""
    if column.first is None:
        outside = {BEFORE: _("Trước năm"), AFTER: _("Sau năm"), UNDATED: _("Chờ ngày")}
        return outside[column.place]
    return _("Tháng %(month)d/%(year)d") % {"month": column.first.month, "year": column.first.year}
