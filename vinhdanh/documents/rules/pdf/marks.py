"""What stands on a page of a PDF: its letters, set into lines, and the rules drawn on it."""

import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from pdfminer.layout import LTChar, LTComponent, LTCurve, LTFigure, LTLine, LTRect
from pdfplumber.page import Page

from vinhdanh.common.refusal import Refused
from vinhdanh.documents.rules.pdf.refusals import TOO_HARD

_BOLD = re.compile(r"bold|black|heavy|semibold|demi", re.IGNORECASE)
_UNMAPPED = re.compile(r"^\(cid:\d+\)$")
_THIN = 3.0  # points; a filled box no thicker than this is a drawn line
_DOUBLED = 0.15  # of the size; the same letter that close is printed twice to look bold
_WORD_GAP = 0.22  # of the size
_LINE_DRIFT = 0.45  # of the size; letters whose middles differ by less share a line
_NEAR_EDGE = 20.0  # points; letters further outside the page are not seen
_FARTHEST = 100_000.0  # points
_MOST_LETTERS = 40_000  # of one page
_MOST_RULES = 20_000
_MOST_DOTS = 40_000
_DOT_GAP = 5.0  # points between the dots or dashes of one line
_LEAST_DOTS = 6


@dataclass(slots=True)
class Letter:
    """A letter and its box in points from the left and the top of the page."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    bold: bool

    @property
    def size(self) -> float:
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(slots=True)
class Word:
    text: str
    x0: float
    x1: float
    bold: bool


@dataclass(slots=True)
class Line:
    """Words beside one another, left to right, or the part of them that belongs together."""

    words: list[Word]
    top: float
    bottom: float
    page: int

    @property
    def x0(self) -> float:
        return self.words[0].x0

    @property
    def x1(self) -> float:
        return self.words[-1].x1

    @property
    def size(self) -> float:
        return self.bottom - self.top

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def bold(self) -> bool:
        return all(word.bold for word in self.words)

    def part(self, words: list[Word]) -> "Line":
        return Line(words, self.top, self.bottom, self.page)


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line drawn across (top == bottom) or down (x0 == x1) the page, in points."""

    x0: float
    x1: float
    top: float
    bottom: float


@dataclass(slots=True)
class Marks:
    """All that was found on one page; `unmapped` counts glyphs for which the file has no letter."""

    number: int
    width: float
    height: float
    letters: list[Letter] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    unmapped: int = 0


def marks_of(page: Page) -> Marks:
    """The marks of one page; letters in the order in which the file draws them.

    Refused when the page has more letters than any page of text.
    """
    marks = Marks(page.page_number, float(page.width), float(page.height))
    top = float(page.layout.y1)
    dots: list[tuple[float, float]] = []
    for item in _flat(page.layout):
        if not _is_placed(item):
            continue
        if isinstance(item, LTChar):
            _add_letter(marks, item, top)
        elif isinstance(item, LTCurve) and max(item.width, item.height) <= _THIN:
            dots.append(((item.x0 + item.x1) / 2, top - (item.y0 + item.y1) / 2))
        elif isinstance(item, LTCurve) and len(marks.rules) < _MOST_RULES:
            marks.rules.extend(_rules(item, top))
    if len(dots) <= _MOST_DOTS:
        marks.rules.extend(Rule(x0, x1, y, y) for y, x0, x1 in _dotted([(y, x) for x, y in dots]))
        marks.rules.extend(Rule(x, x, y0, y1) for x, y0, y1 in _dotted(dots))
    return marks


def _dotted(dots: list[tuple[float, float]]) -> Iterator[tuple[float, float, float]]:
    """Lines drawn as dots: where each stands, from where and to where. Of a dot, first the place
    that those of one line share, then the other."""
    rows: dict[int, list[tuple[float, float]]] = defaultdict(list)
    for dot in dots:
        rows[round(dot[0])].append(dot)
    for row in rows.values():
        row.sort(key=lambda dot: dot[1])
        run: list[tuple[float, float]] = []
        for dot in [*row, (0.0, math.inf)]:
            if run and dot[1] - run[-1][1] > _DOT_GAP:
                if len(run) >= _LEAST_DOTS:
                    yield run[0][0], run[0][1], run[-1][1]
                run = []
            run.append(dot)


def _is_on_page(marks: Marks, item: LTChar) -> bool:
    return (
        -_NEAR_EDGE <= item.x0 <= marks.width + _NEAR_EDGE
        and -_NEAR_EDGE <= item.y0 <= marks.height + _NEAR_EDGE
    )


def _is_placed(item: LTComponent) -> bool:
    """Whether the item has a place that can be reckoned with: broken files put things anywhere."""
    box = (item.x0, item.y0, item.x1, item.y1)
    return all(math.isfinite(place) and abs(place) < _FARTHEST for place in box)


def _flat(items: Iterable[LTComponent]) -> Iterator[LTComponent]:
    for item in items:
        if isinstance(item, LTFigure):
            yield from _flat(item)
        else:
            yield item


def _add_letter(marks: Marks, item: LTChar, top: float) -> None:
    text = item.get_text()
    if _UNMAPPED.match(text):
        marks.unmapped += 1
        return
    if len(marks.letters) >= _MOST_LETTERS:
        raise Refused(TOO_HARD)
    if not item.upright or not _is_on_page(marks, item):
        return
    if marks.letters and text and unicodedata.combining(text[0]):
        marks.letters[-1].text += text
        return
    marks.letters.append(
        Letter(
            text, item.x0, item.x1, top - item.y1, top - item.y0, bool(_BOLD.search(item.fontname))
        )
    )


def _rules(item: LTCurve, top: float) -> Iterator[Rule]:
    x0, x1, upper, lower = item.x0, item.x1, top - item.y1, top - item.y0
    middle_x, middle_y = (x0 + x1) / 2, (upper + lower) / 2
    if lower - upper <= _THIN and x1 - x0 > _THIN:
        yield Rule(x0, x1, middle_y, middle_y)
    elif x1 - x0 <= _THIN and lower - upper > _THIN:
        yield Rule(middle_x, middle_x, upper, lower)
    elif isinstance(item, LTRect) and item.stroke:
        yield Rule(x0, x1, upper, upper)
        yield Rule(x0, x1, lower, lower)
        yield Rule(x0, x0, upper, lower)
        yield Rule(x1, x1, upper, lower)
    elif item.stroke and not isinstance(item, LTLine):
        for (ax, ay), (bx, by) in zip(item.pts, item.pts[1:], strict=False):
            if abs(ay - by) < 0.5 < abs(ax - bx):
                yield Rule(min(ax, bx), max(ax, bx), top - ay, top - ay)
            elif abs(ax - bx) < 0.5 < abs(ay - by):
                yield Rule(ax, ax, top - max(ay, by), top - min(ay, by))


def lines_of(letters: list[Letter], page: int) -> list[Line]:
    """The letters set into lines, top to bottom."""
    lines: list[list[Letter]] = []
    for letter in sorted(letters, key=lambda one: one.middle):
        first = lines[-1][0] if lines else None
        if first is not None and (
            letter.middle - first.middle <= _LINE_DRIFT * max(letter.size, first.size)
        ):
            lines[-1].append(letter)
        elif letter.text.strip():
            lines.append([letter])
    return [line for row in lines if (line := _line(row, page)) is not None]


def _line(letters: list[Letter], page: int) -> Line | None:
    words: list[Word] = []
    before: Letter | None = None
    for letter in sorted(letters, key=lambda one: one.x0):
        if not letter.text.strip():
            before = None
            continue
        if before is not None and _is_doubled(before, letter):
            continue
        if before is None or letter.x0 - before.x1 > _WORD_GAP * letter.size:
            words.append(Word(letter.text, letter.x0, letter.x1, letter.bold))
        else:
            last = words[-1]
            last.text += letter.text
            last.x1 = max(last.x1, letter.x1)
            last.bold = last.bold and letter.bold
        before = letter
    if not words:
        return None
    shown = [letter for letter in letters if letter.text.strip()]
    return Line(words, min(one.top for one in shown), max(one.bottom for one in shown), page)


def _is_doubled(before: Letter, letter: Letter) -> bool:
    return before.text == letter.text and letter.x0 - before.x0 < _DOUBLED * letter.size
