"""What belongs to the page and not to the text: page numbers, running heads and feet."""

import re
from collections import Counter
from statistics import median

from vinhdanh.common.vietnamese import fold
from vinhdanh.documents.rules.pdf.marks import Line, Rule

_PAGE_NUMBER = re.compile(
    r"^(?:trang\s*)?[-–—]?\s*\d{1,4}\s*[-–—]?(?:\s*(?:/|tren)\s*\d{1,4})?(?:\s+du thao)?$"
)
_EDGE = 2  # lines at the top and at the bottom of a page that may be furniture
_BAND = 0.12  # of the height of the page
_HEADING = 2  # lines, or sizes, by which a heading may begin above the line with "STT"
_FIRST = ("STT", "TT", "Stt")
_LEAST_REPEATS = 3
_REPEAT_SHARE = 0.5
_FOOT_BAND = 0.2  # of the height of the page
_MOST_FOOT = 6  # lines
_SMALLER = 0.95  # of the size of the text
_EDGE_DRIFT = 6.0  # points


def without_furniture(pages: list[tuple[float, list[Line]]]) -> list[list[Line]]:
    """The lines of each page without its furniture. `pages` are (height, lines top to bottom).

    A running head stands at the edge of at least half the pages, whatever its numbers.
    """
    seen = Counter(
        key for height, lines in pages for key in {_key(line) for line in _edges(height, lines)}
    )
    least = max(_LEAST_REPEATS, _REPEAT_SHARE * len(pages))
    kept = []
    for height, lines in pages:
        dropped = {
            id(line)
            for line in _edges(height, lines)
            if _PAGE_NUMBER.match(fold(line.text)) or seen[_key(line)] >= least
        }
        kept.append([line for line in lines if id(line) not in dropped])
    return kept


def above_address(lines: list[Line], rules: list[Rule], height: float) -> list[Line]:
    """The lines of a first page without where the issuing body is reached: a few lines of smaller
    type at its foot, below a line drawn from edge to edge of the text.

    Source: Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, Mục III, khoản 4.
    """
    if not lines:
        return lines
    left = min(line.x0 for line in lines) + _EDGE_DRIFT
    right = max(line.x1 for line in lines) - _EDGE_DRIFT
    for rule in sorted(rules, key=lambda one: one.top):
        if rule.top < (1 - _FOOT_BAND) * height or rule.x0 > left or rule.x1 < right:
            continue
        text = [line for line in lines if line.top < rule.top]
        foot = lines[len(text) :]
        if text and 0 < len(foot) <= _MOST_FOOT:
            size = _SMALLER * median(line.size for line in text)
            return text if all(line.size < size for line in foot) else lines
    return lines


def _edges(height: float, lines: list[Line]) -> list[Line]:
    near = [line for line in lines[: min(_EDGE, _table_top(lines))] if line.bottom < _BAND * height]
    return near + [line for line in lines[-_EDGE:] if line.top > (1 - _BAND) * height]


def _table_top(lines: list[Line]) -> int:
    """The first line of the heading of a table at the top of the page, which repeats on every
    page as a running head does; as many as there are lines for none."""
    places = range(min(_EDGE + _HEADING, len(lines)))
    top = next((place for place in places if lines[place].words[0].text in _FIRST), len(lines))
    while 0 < top < len(lines) and (
        lines[top].top - lines[top - 1].top < _HEADING * lines[top].size
    ):
        top -= 1
    return top


def _key(line: Line) -> str:
    return re.sub(r"\d+", "0", fold(line.text))
