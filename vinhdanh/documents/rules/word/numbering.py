"""The numbers and bullets that Word adds by itself."""

from dataclasses import dataclass, field

from lxml import etree

from vinhdanh.documents.rules.word.names import W, number, value, whole
from vinhdanh.documents.rules.word.styles import Styles

_LEVELS = 9
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Level:
    start: int = 1
    form: str = "decimal"
    text: str = ""
    legal: bool = False  # every number in the label is shown in digits
    restart: int | None = None  # 0: never; n: only after a paragraph of level n (from 1)
    style: str | None = None


@dataclass(slots=True)
class _List:
    """An abstract list: its levels and how far each has counted."""

    levels: dict[int, Level]
    counts: dict[int, int] = field(default_factory=dict)


@dataclass(slots=True)
class _Instance:
    """A list as used: may replace levels and begin anew, but goes on counting its list."""

    of: _List
    levels: dict[int, Level]
    starts: dict[int, int]
    begun: set[int] = field(default_factory=set)


class Numbering:
    """Labels for the paragraphs of one document; ask for them in the order of the document."""

    def __init__(self, part: etree._Element | None, styles: Styles) -> None:
        self._instances: dict[int, _Instance] = {}
        if part is not None:
            self._read(part, styles)

    def level_of_style(self, list_id: int, style: str) -> int:
        """The level that the list ties to the style, 0 when it ties none."""
        instance = self._instances.get(list_id)
        if instance is not None:
            for place, level in instance.levels.items():
                if level.style == style:
                    return place
        return 0

    def label(self, list_id: int, place: int) -> str:
        """The label of the next paragraph at that level ("1.", "a)", "II.3", "-"); "" if none."""
        instance = self._instances.get(list_id)
        if instance is None:
            return ""
        level = instance.levels.get(place)
        if level is None:
            return ""
        self._count(instance, place, level)
        if level.form == "none":
            return ""
        if level.form == "bullet":
            return "+" if level.text.strip() == "+" else "-"
        return _written(instance, place, level)

    def _count(self, instance: _Instance, place: int, level: Level) -> None:
        counts = instance.of.counts
        if place in instance.starts and place not in instance.begun:
            counts[place] = instance.starts[place]
        elif place in counts:
            counts[place] += 1
        else:
            counts[place] = level.start
        instance.begun.add(place)
        for deeper in [other for other in counts if other > place]:
            restart = instance.levels.get(deeper, Level()).restart
            if restart is None or (restart > 0 and place < restart):
                del counts[deeper]

    def _read(self, part: etree._Element, styles: Styles) -> None:
        lists: dict[int, _List] = {}
        linked: dict[int, str] = {}
        for element in part.findall(W + "abstractNum"):
            key = whole(element.get(W + "abstractNumId"))
            if key is None:
                continue
            lists[key] = _List(_levels(element.findall(W + "lvl")))
            link = value(element, "numStyleLink")
            if link is not None:
                linked[key] = link
        uses = {
            key: use
            for use in part.findall(W + "num")
            if (key := whole(use.get(W + "numId"))) is not None
        }
        for key, link in linked.items():
            target = uses.get(styles.of(link).list_id or 0)
            found = None if target is None else lists.get(number(target, "abstractNumId") or 0)
            if found is not None:
                lists[key] = found
        for key, use in uses.items():
            base = lists.get(-1 if (n := number(use, "abstractNumId")) is None else n)
            if base is not None:
                self._instances[key] = _instance(use, base)


def _instance(use: etree._Element, base: _List) -> _Instance:
    levels, starts = dict(base.levels), {}
    for override in use.findall(W + "lvlOverride"):
        place = whole(override.get(W + "ilvl"))
        if place is None:
            continue
        levels.update(_levels(override.findall(W + "lvl")))
        start = number(override, "startOverride")
        if start is not None:
            starts[place] = start
    return _Instance(base, levels, starts)


def _levels(elements: list[etree._Element]) -> dict[int, Level]:
    levels = {}
    for element in elements:
        place = whole(element.get(W + "ilvl"))
        if place is None or not 0 <= place < _LEVELS:
            continue
        start = number(element, "start")
        levels[place] = Level(
            start=1 if start is None else start,
            form=value(element, "numFmt") or "decimal",
            text=value(element, "lvlText") or "",
            legal=element.find(W + "isLgl") is not None,
            restart=number(element, "lvlRestart"),
            style=value(element, "pStyle"),
        )
    return levels


def _written(instance: _Instance, place: int, level: Level) -> str:
    label = level.text
    for other in range(place + 1):
        sign = f"%{other + 1}"
        if sign in label:
            shown = instance.levels.get(other, Level())
            count = instance.of.counts.setdefault(other, shown.start)
            label = label.replace(sign, _in_form(count, "decimal" if level.legal else shown.form))
    return " ".join(label.split())


def _in_form(count: int, form: str) -> str:
    if form in ("lowerLetter", "upperLetter") and count > 0:
        # Word goes a … z, aa, bb, …
        letter = chr(ord("a") + (count - 1) % 26) * min((count - 1) // 26 + 1, 4)
        return letter.upper() if form == "upperLetter" else letter
    if form in ("lowerRoman", "upperRoman") and 0 < count < 4000:
        roman = _roman(count)
        return roman if form == "upperRoman" else roman.lower()
    if form == "decimalZero":
        return f"{count:02d}"
    return str(count)


def _roman(count: int) -> str:
    written = ""
    for worth, sign in _ROMAN:
        written += sign * (count // worth)
        count %= worth
    return written
