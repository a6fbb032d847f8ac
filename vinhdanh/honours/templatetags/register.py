"""Small pieces for the pages of the register."""

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from vinhdanh.common.templatetags.ui import chip
from vinhdanh.honours.models import Fact
from vinhdanh.honours.queries import register as queries
from vinhdanh.honours.queries.effects import VERDICTS
from vinhdanh.law import store

register = template.Library()

_LOOKS = {
    "met": ("good", "check-circle"),
    "unmet": ("wrong", "x"),
    "judge": ("attention", "person-check"),
    "suspended": ("muted", "hourglass-split"),
    None: ("muted", "dash-circle"),
}


@register.simple_tag
def verdict_chip(verdict: str | None) -> SafeString:
    """What the engine answers, as a chip; None: the award is not open."""
    tone, icon = _LOOKS[verdict]
    return chip(tone, _(VERDICTS[verdict]), icon)


@register.filter
def award_name(code: str) -> str:
    """The name of an award by its code; the code where the law in force knows none."""
    award = store.book().awards.get(code)
    return award.name if award else code


@register.filter
def fact_url(fact: Fact) -> str:
    """Where a fact is shown."""
    return queries.address(fact)


@register.filter
def fact_kind(fact: Fact) -> str:
    """The kind of a fact as addresses name it."""
    return queries.kind_of(fact)
