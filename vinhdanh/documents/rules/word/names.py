"""Names in WordprocessingML, and reading its attributes without trusting them."""

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"

_OFF = {"0", "false", "off", "none"}
_HIGHEST = 100_000


def value(parent: etree._Element | None, name: str) -> str | None:
    """The w:val of the child `name`; None when there is no such child or no value."""
    child = None if parent is None else parent.find(W + name)
    return None if child is None else child.get(W + "val")


def number(parent: etree._Element | None, name: str) -> int | None:
    """The w:val of the child `name` as a whole number; None when absent or not one."""
    return whole(value(parent, name))


def whole(text: str | None) -> int | None:
    """The text as a whole number of at most six digits, else None."""
    try:
        found = int(text or "")
    except ValueError:
        return None
    return found if abs(found) <= _HIGHEST else None


def switch(parent: etree._Element | None, name: str) -> bool | None:
    """An on/off property such as w:b; None when it is not said."""
    child = None if parent is None else parent.find(W + name)
    if child is None:
        return None
    return child.get(W + "val", "1").lower() not in _OFF
