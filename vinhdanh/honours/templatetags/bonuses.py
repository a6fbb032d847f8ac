"""Small pieces for the pages on bonuses."""

from collections.abc import Mapping
from uuid import UUID

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from vinhdanh.common.templatetags.ui import chip
from vinhdanh.common.vietnamese import gettext_noop
from vinhdanh.honours.models import Fact
from vinhdanh.honours.queries.bonuses import Line, Verdict
from vinhdanh.law import words

register = template.Library()

VERDICTS: dict[Verdict, str] = {
    "paid": gettext_noop("Được nhận"),
    "judge": gettext_noop("Cần người xem xét"),
    "not paid": gettext_noop("Không nhận"),
}
_LOOKS = {
    "paid": ("good", "check-circle"),
    "judge": ("attention", "person-check"),
    "not paid": ("muted", "dash-circle"),
}


@register.filter
def dong(amount: int) -> str:
    """A sum of money: "1.520.000 đồng"."""
    return words.money(amount)


@register.filter
def amount_of(line: Line) -> str:
    """The amount of a bonus in words, "không quá" where the law names a ceiling; "" where the law
    does not say it."""
    if line.amount is None:
        return ""
    money = words.money(line.amount.amount)
    return _("không quá %(money)s") % {"money": money} if line.amount.is_ceiling else money


@register.simple_tag
def bonus_chip(line: Line) -> SafeString:
    """Whether a bonus is paid, as a chip."""
    tone, icon = _LOOKS[line.verdict]
    return chip(tone, _(VERDICTS[line.verdict]), icon)


@register.filter
def bonus_word(line: Line) -> str:
    """Whether a bonus is paid, in words within a sentence."""
    return _(VERDICTS[line.verdict]).lower()


@register.filter
def bonus_of(lines: Mapping[UUID, Line] | None, fact: Fact | None) -> Line | None:
    """The bonus of a conferral among others by its key; None for other facts."""
    return lines.get(fact.pk) if lines and fact is not None else None
