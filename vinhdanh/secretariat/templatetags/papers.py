"""Small pieces for the pages of papers."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import template

register = template.Library()


@register.filter
def named(names: Mapping[str, str], code: str) -> str:
    """The name of a code."""
    return names[code]


@register.filter
def field_mark(name: str) -> str:
    """How a field stands in a text: {name}."""
    return f"{{{name}}}"


@register.filter
def table_mark(name: str) -> str:
    """How the place of a table stands in a text: {bảng name}."""
    return f"{{bảng {name}}}"


@register.filter
def sentence(text: str) -> str:
    """The text with its first letter as a capital."""
    return text[:1].upper() + text[1:]


@register.filter
def cells(table: Mapping[str, Any], row: list[str]) -> Iterator[tuple[Any, str]]:
    """The cells of a kept row, each with its column."""
    return zip(table["columns"], row, strict=True)
