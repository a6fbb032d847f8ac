"""Small pieces that every template may use."""

from functools import cache
from pathlib import Path

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.simple_tag
def icon(name: str) -> SafeString:
    """A Bootstrap icon as inline SVG, hidden from screen readers: words always stand beside it."""
    return _svg(name)


@cache
def _svg(name: str) -> SafeString:
    drawing = (Path(settings.ICONS) / f"{name}.svg").read_text()
    return mark_safe(drawing.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1))  # noqa: S308 (a file of a pinned package)
