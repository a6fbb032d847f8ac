"""Text set side by side without a drawn table: the head of a letter, its signatures."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from math import inf

from vinhdanh.common.vietnamese import fold
from vinhdanh.documents.rules.cleaning import starts_item
from vinhdanh.documents.rules.pdf.marks import Line, Word

_GAP = 1.5  # of the size; wider than any blank in justified Vietnamese
_NARROW_GAP = 0.6  # before words that open the right half of the head of a document
_OPENINGS = ("cong hoa xa hoi chu nghia", "doc lap - tu do", "dang cong san viet nam")
_NEAR_LINES = 6.0  # of the size; a block ends at a wider space between its lines
_OVERLAP = 0.15  # of the size; lines that share less of their height are one above the other
_LIKE = 0.35  # of the size
_OFF_CENTRE = 0.2  # of the width of a column


def parts_of(line: Line) -> list[Line]:
    """The line cut where a wide space parts it into columns; a number and its text stay one."""
    groups: list[list[Word]] = [line.words[:1]]
    for before, word, rest in _triples(line.words):
        gap = word.x0 - before.x1
        marker = (
            starts_item(f"{' '.join(one.text for one in groups[-1])} x") and len(groups[-1]) == 1
        )
        opens = gap > _NARROW_GAP * line.size and fold(rest).startswith(_OPENINGS)
        if (gap > _GAP * line.size and not marker) or opens:
            groups.append([word])
        else:
            groups[-1].append(word)
    return [line.part(group) for group in groups]


def _triples(words: list[Word]) -> Iterator[tuple[Word, Word, str]]:
    """Each word with the one before it and the text of the few words from it on."""
    for place in range(1, len(words)):
        ahead = " ".join(word.text for word in words[place : place + 6])
        yield words[place - 1], words[place], ahead


def blocks_of(lines: list[Line]) -> Iterator[list[list[Line]]]:
    """Runs of lines in columns: [[whole lines]] or [[left lines], [right lines]].

    Lines come from one page, top to bottom. A line that stands wholly on one side of the gutter
    belongs to the block that it follows closely; two lines at nearly one height that stand side
    by side begin a block.
    """
    whole: list[Line] = []
    halves = _Halves()
    for place, line in enumerate(lines):
        parts = halves.cut(line)
        opens = len(parts) == 2 or (
            not halves.takes(line)
            and any(_is_beside(line, one) for one in lines[place + 1 : place + 2])
        )
        if halves and not halves.fit(parts):
            yield halves.lines
            halves = _Halves()
        if opens and whole:
            yield [whole]
            whole = []
        if halves or opens:
            halves.add(parts, following=lines[place + 1 : place + 2])
        else:
            whole.append(line)
    if halves:
        yield halves.lines
    if whole:
        yield [whole]


def is_head(columns: list[list[Line]]) -> bool:
    """Whether the columns are the head of a document: one opens with the name of the State."""
    return any(fold(line.text).startswith(_OPENINGS) for column in columns for line in column)


@dataclass(slots=True)
class _Halves:
    """Two columns side by side, so far; false while there is none."""

    left: list[Line] = field(default_factory=list)
    right: list[Line] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.left or self.right)

    @property
    def lines(self) -> list[list[Line]]:
        return [column for column in (self.left, self.right) if column]

    def cut(self, line: Line) -> list[Line]:
        """The line in its two parts, where it has them; a narrow gap is enough at the gutter."""
        parts = parts_of(line)
        if len(parts) > 1 or not (self.left and self.right):
            return parts
        for place in range(1, len(line.words)):
            before, word = line.words[place - 1], line.words[place]
            is_gap = word.x0 - before.x1 > _NARROW_GAP * line.size
            if is_gap and before.x1 < self._beyond and word.x0 > self._before:
                return [line.part(line.words[:place]), line.part(line.words[place:])]
        return parts

    def fit(self, parts: list[Line]) -> bool:
        """Whether the parts of a line go on with these columns."""
        if len(parts) == 2:
            return parts[0].x1 < self._beyond and parts[1].x0 > self._before
        return len(parts) == 1 and self.takes(parts[0])

    def takes(self, line: Line) -> bool:
        return self._side(line) is not None

    def add(self, parts: list[Line], following: list[Line]) -> None:
        """Put the parts where they belong; a first line alone, by the line that follows."""
        if len(parts) == 2:
            self.left.append(parts[0])
            self.right.append(parts[1])
            return
        side = self._side(parts[0])
        if side is None:
            is_left = any(parts[0].x1 < other.x0 for other in following)
            side = self.left if is_left else self.right
        side.append(parts[0])

    @property
    def _before(self) -> float:
        """Where the left column ends."""
        return max((line.x1 for line in self.left), default=-inf)

    @property
    def _beyond(self) -> float:
        """Where the right column begins."""
        return min((line.x0 for line in self.right), default=inf)

    def _side(self, line: Line) -> list[Line] | None:
        """The column that the line belongs to, None when it belongs to none."""
        if not self:
            return None
        above = max(column[-1].bottom for column in self.lines)
        if line.top - above > _NEAR_LINES * line.size:
            return None
        if line.x1 < self._beyond and _is_in(line, self.left, beside=self.right):
            return self.left
        if line.x0 > self._before and _is_in(line, self.right, beside=self.left):
            return self.right
        return None


def _is_in(line: Line, column: list[Line], *, beside: list[Line]) -> bool:
    """Whether the line is set as the lines of the column are: within it, from its edge, or about
    its middle. The first line of a column stands beside one of the other."""
    if not column:
        return any(_is_beside(line, other) for other in beside)
    x0, x1 = min(one.x0 for one in column), max(one.x1 for one in column)
    inside = line.x0 > x0 - line.size and line.x1 < x1 + line.size
    off = abs((line.x0 + line.x1) - (x0 + x1)) / 2
    return inside or abs(line.x0 - x0) < line.size or off < _OFF_CENTRE * (x1 - x0)


def _is_beside(line: Line, other: Line) -> bool:
    """Whether the two lines of like size stand side by side, at about one height."""
    upper, lower = sorted((line, other), key=lambda one: one.top)
    gap = max(line.x0, other.x0) - min(line.x1, other.x1)
    return (
        lower.top < upper.bottom - _OVERLAP * upper.size
        and gap > _NARROW_GAP * line.size
        and abs(line.size - other.size) < _LIKE * line.size
    )
