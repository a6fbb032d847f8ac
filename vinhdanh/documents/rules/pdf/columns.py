"""Text set side by side without a drawn table: the head of a letter, its signatures."""

from collections.abc import Iterator

from vinhdanh.common.vietnamese import fold
from vinhdanh.documents.rules.cleaning import starts_item
from vinhdanh.documents.rules.pdf.marks import Line, Word

_GAP = 1.5  # of the size; wider than any blank in justified Vietnamese
_NARROW_GAP = 0.6  # before words that open the right half of the head of a document
_OPENINGS = ("cong hoa xa hoi chu nghia", "doc lap - tu do", "dang cong san viet nam")
_NEAR_LINES = 6.0  # of the size; a block ends at a wider space between its lines


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
    belongs to the block that it follows closely.
    """
    whole: list[Line] = []
    left: list[Line] = []
    right: list[Line] = []
    for line in lines:
        parts = parts_of(line)
        if len(parts) == 2:
            if left and not _fits(left, right, parts):
                yield [left, right]
                left, right = [], []
            if whole:
                yield [whole]
                whole = []
            left.append(parts[0])
            right.append(parts[1])
            continue
        side = _side(line, left, right)
        if side is not None:
            side.append(line)
            continue
        if left:
            yield [left, right]
            left, right = [], []
        whole.append(line)
    if left:
        yield [left, right]
    if whole:
        yield [whole]


def _fits(left: list[Line], right: list[Line], parts: list[Line]) -> bool:
    return parts[0].x1 < min(line.x0 for line in right) and parts[1].x0 > max(
        line.x1 for line in left
    )


def _side(line: Line, left: list[Line], right: list[Line]) -> list[Line] | None:
    """The column that the line belongs to, None when it belongs to none."""
    if not left:
        return None
    above = max(left[-1].bottom, right[-1].bottom)
    if line.top - above > _NEAR_LINES * line.size:
        return None
    if line.x1 < min(one.x0 for one in right):
        return left
    if line.x0 > max(one.x1 for one in left):
        return right
    return None
