"""Showing journal lines on the page of the thing they are about."""

from dataclasses import dataclass

from django import template
from django.db.models import QuerySet
from django.template.context import Context
from django.utils.translation import gettext

from vinhdanh.journal import rules
from vinhdanh.journal.models import Line

register = template.Library()

NEWEST = 20
MOST = 500


@dataclass(frozen=True, slots=True)
class Stretch:
    """The lines to show, newest first, and whether older ones are left out."""

    lines: list[Line]
    more: bool


@register.simple_tag(takes_context=True)
def stretch(context: Context, lines: QuerySet[Line]) -> Stretch:
    """The newest lines; the whole history (its newest 500 lines) when the address asks for it."""
    request = context.get("request")
    most = MOST if request is not None and "lich_su" in request.GET else NEWEST
    found = list(lines[: most + 1])
    return Stretch(found[:most], len(found) > most and most == NEWEST)


@register.filter
def deed(line: Line) -> str:
    """What was done, as a sentence in the reader's language."""
    return gettext(rules.deed_name(line.deed))


@register.filter
def changes(line: Line) -> list[tuple[str, str | None, str]]:
    """Rows of label, before (None when nothing was replaced) and after."""
    room = line.thing_kind.partition(".")[0]
    return rules.changes(line.detail, named=lambda key: gettext(rules.detail_name(key, room=room)))
