"""What a style says, its parents included."""

from dataclasses import dataclass
from typing import TypeVar

from lxml import etree

from vinhdanh.documents.rules.word.names import W, number, switch, value

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Style:
    """The properties that matter here; None where neither the style nor a parent says."""

    bold: bool | None = None
    hidden: bool | None = None
    alignment: str | None = None
    list_id: int | None = None
    list_level: int | None = None


class Styles:
    """The styles of one document, resolved once each."""

    def __init__(self, sheet: etree._Element | None) -> None:
        self._elements: dict[str, etree._Element] = {}
        self._resolved: dict[str, Style] = {}
        self.default_paragraph: str | None = None
        for element in [] if sheet is None else sheet.findall(W + "style"):
            name = element.get(W + "styleId", "")
            self._elements[name] = element
            if element.get(W + "type") == "paragraph" and element.get(W + "default") == "1":
                self.default_paragraph = name

    def of(self, name: str | None) -> Style:
        """The style of that id, an empty one when there is none."""
        if name is None:
            return Style()
        if name not in self._resolved:
            self._resolved[name] = self._resolve(name)
        return self._resolved[name]

    def _resolve(self, name: str) -> Style:
        chain, seen = [], set()
        current: str | None = name
        while current is not None and current in self._elements and current not in seen:
            seen.add(current)
            chain.append(self._elements[current])
            current = value(self._elements[current], "basedOn")
        style = Style()
        for element in chain:
            style = _over(style, _own(element))
        return style


def _own(element: etree._Element) -> Style:
    of_runs, of_paragraph = element.find(W + "rPr"), element.find(W + "pPr")
    numbering = None if of_paragraph is None else of_paragraph.find(W + "numPr")
    return Style(
        bold=switch(of_runs, "b"),
        hidden=switch(of_runs, "vanish"),
        alignment=value(of_paragraph, "jc"),
        list_id=number(numbering, "numId"),
        list_level=number(numbering, "ilvl"),
    )


def _over(child: Style, parent: Style) -> Style:
    return Style(
        bold=_either(child.bold, parent.bold),
        hidden=_either(child.hidden, parent.hidden),
        alignment=_either(child.alignment, parent.alignment),
        list_id=_either(child.list_id, parent.list_id),
        list_level=_either(child.list_level, parent.list_level),
    )


def _either(mine: T | None, theirs: T | None) -> T | None:
    return theirs if mine is None else mine
