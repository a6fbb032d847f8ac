"""Printed lines into paragraphs, as a reader would: by room left, indent, space and numbering."""

import itertools
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from vinhdanh.documents.rules.cleaning import clean, ends_sentence, starts_item
from vinhdanh.documents.rules.content import Paragraph
from vinhdanh.documents.rules.names import names_body
from vinhdanh.documents.rules.pdf.joining import glued
from vinhdanh.documents.rules.pdf.marks import Line

_SLACK = 6.0  # points
_INDENT = 8.0  # points
_UNEVEN = 0.04  # of the width; more is not centred
_MOST_LINES = 300  # of one paragraph
_MOST_CENTRED = 4  # lines of a centred title
_OPEN_DATE = re.compile(r"\b(?:ngày|tháng|năm)$")
_REST = 0.5  # of the line above; a longer line in capitals is not the rest of a name
_STEPS = 30  # in which the distance of lines is told apart, of the size of their type
_AIR = 1.22  # of the usual distance of lines; more is a space between paragraphs


@dataclass(frozen=True, slots=True)
class Measure:
    """Where the text of a page stands: its left and right edge, and the distance of its lines in
    sizes of their type."""

    left: float
    right: float
    leading: float

    @property
    def width(self) -> float:
        return self.right - self.left


def measure(lines: list[Line], edges: list[float]) -> Measure:
    """The measure of the running text among these lines; edges in points. `edges` are the left
    and right edges of the tables beside it."""
    if not lines:
        return Measure(0, 0, 0)
    steps = Counter(
        round((after.top - before.top) / before.size * _STEPS) / _STEPS
        for before, after in itertools.pairwise(lines)
        if before.page == after.page and 0 < after.top - before.top < 3 * before.size
    )
    common = [step for step, count in steps.items() if count >= max(steps.values()) * 0.3]
    rights = sorted(line.x1 for line in lines)
    return Measure(
        left=min([line.x0 for line in lines] + edges),
        right=max([rights[-1 - len(rights) // 50], *edges]),
        leading=min(common, default=0.0),
    )


def paragraphs(lines: list[Line], measures: dict[int, Measure]) -> Iterator[Paragraph]:
    """The paragraphs of lines that follow one another, over the ends of pages, too.

    `measures` by page.
    """
    waiting: list[Line] = []
    for line in lines:
        if waiting and not _goes_on(waiting, line, measures):
            yield _paragraph(waiting, measures)
            waiting = []
        waiting.append(line)
    if waiting:
        yield _paragraph(waiting, measures)


def short_lines(lines: list[Line], *, is_head: bool) -> Iterator[Paragraph]:
    """The paragraphs of a narrow column, such as half the head of a letter: each line is one
    unless it starts small or, in a head, was plainly too long for the column."""
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    column = {line.page: Measure(left, right, 0.0) for line in lines}
    waiting: list[Line] = []
    for line in lines:
        goes_on = line.text[:1].islower() or (
            is_head and bool(waiting) and _is_wrapped(waiting[-1], line, right - left)
        )
        if waiting and not goes_on:
            yield _paragraph(waiting, column)
            waiting = []
        waiting.append(line)
    yield _paragraph(waiting, column)


def _is_wrapped(before: Line, line: Line, width: float) -> bool:
    """Whether both lines are one name in capitals that was too long for its column, or one
    date."""
    if _OPEN_DATE.search(before.text):
        return line.text[:1].isdigit()
    if not (before.text.isupper() and line.text.isupper()):
        return False
    first = line.words[0]
    is_full = before.x1 - before.x0 + first.x1 - first.x0 > width
    is_rest = line.x1 - line.x0 < _REST * (before.x1 - before.x0)
    is_own = len(line.words) > 1 and (
        names_body(line.text) or names_body(line.text.capitalize()) or first.text.startswith("SỐ")
    )
    return is_full and is_rest and not is_own


def _paragraph(lines: list[Line], measures: dict[int, Measure]) -> Paragraph:
    text = lines[0].text
    for line in lines[1:]:
        text = glued(text, line.text)
    text = clean(text)
    return Paragraph(
        text,
        bold=all(line.bold for line in lines),
        centred=(
            all(_is_even(line, measures[line.page]) for line in lines)
            and _is_centred(lines[-1], measures[lines[-1].page])
            and len(lines) <= _MOST_CENTRED
            and not starts_item(text)
        ),
        page=lines[0].page,
    )


def _is_even(line: Line, page: Measure) -> bool:
    """Whether the line leaves as much room at its left as at its right."""
    return abs((line.x0 - page.left) - (page.right - line.x1)) < _UNEVEN * page.width


def _is_centred(line: Line, page: Measure) -> bool:
    return line.x0 - page.left > _INDENT and _is_even(line, page)


def _goes_on(above: list[Line], line: Line, measures: dict[int, Measure]) -> bool:
    before, page = above[-1], measures[line.page]
    same_page = before.page == line.page
    spaced = same_page and line.top - before.top > _AIR * max(page.leading, 1) * before.size
    if len(above) >= _MOST_LINES or spaced or abs(before.size - line.size) > 0.2 * line.size:
        return False
    if not _is_full(before, line, measures[before.page]):
        return False
    text, shift = clean(line.text), line.x0 - above[-1].x0
    if starts_item(text):
        return _is_no_item(before, text, shift, same_page=same_page)
    if before.bold != line.bold and (ends_sentence(before.text) or before.bold):
        return not line.bold and text[:1].islower()
    if text[:1].islower():
        return True
    hangs = len(above) == 1 and starts_item(clean(before.text))
    return hangs or shift < _INDENT or _is_centred(line, page)


def _is_no_item(before: Line, text: str, shift: float, *, same_page: bool) -> bool:
    """Whether what looks like a bullet or number is a dash or number inside a sentence that is
    still open: "(06/01/1946" then "- 06/01/2026)", "phát triển kinh tế" then "- xã hội"."""
    if ends_sentence(before.text) or before.text.endswith(",") or shift >= _INDENT:
        return False
    rest = text.lstrip("-+ ")
    is_open = before.text.count("(") > before.text.count(")")
    is_amid = rest[:1].isdigit() or (rest[:1].islower() and not starts_item(clean(before.text)))
    return is_open or (same_page and text.startswith("- ") and is_amid)


def _is_full(before: Line, after: Line, page: Measure) -> bool:
    """Whether the first word of the line below would not have fitted above."""
    first = after.words[0]
    needed = first.x1 - first.x0 + 0.25 * before.size
    if _is_centred(before, page):
        return before.x1 - before.x0 + needed > page.width - _SLACK
    return before.x1 + needed > page.right - _SLACK
