"""Reading plain text: paragraphs, hard-wrapped lines, tables."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from vinhdanh.common.refusal import Refused
from vinhdanh.documents.rules.cleaning import (
    LONGEST,
    clean,
    goes_on,
    join_broken,
    starts_item,
)
from vinhdanh.documents.rules.content import Content, Paragraph, Table
from vinhdanh.documents.rules.kinds import EMPTY
from vinhdanh.documents.rules.plain.refusals import TOO_LONG
from vinhdanh.documents.rules.plain.tables import (
    MOST_COLUMNS,
    barred_table,
    is_barred,
    tabbed_table,
)

MOST_CHARACTERS = 4_000_000  # a plan of a thousand pages has about 3 million
MOST_LINES = 60_000
MOST_CELLS = 400_000  # parted by tabs or bars

_LINE_ENDS = re.compile(r"\r\n|[\n\r\f\v\x1c-\x1e\x85\u2028\u2029]")
# Bold marks glued between two words stand where a line break was lost.
_GLUED_MARK = re.compile(r"(?<=\w)\*\*(?=\w)")
_HEADING_MARK = re.compile(r"^#{1,6}\s+")
_WIDEST_WRAP = 140  # letters; longer lines are whole paragraphs
_WRAP_SHARE = 0.5
_ORDINAL = re.compile(r"(?:\d{1,3}(?:\.\d{1,3})*|[IVXLC]{1,6}|[a-zđ])[.)]?$")
_QUOTED_CELL = re.compile(r'(?:^|(?<=[\t\n]))"((?:[^"\t]|"")*\n(?:[^"\t]|"")*)"(?=[\t\n]|$)')


def read_plain(text: str) -> Content:
    """The content of plain text, `kind` "txt". Refused when empty or beyond the limits."""
    if len(text) > MOST_CHARACTERS:
        raise Refused(TOO_LONG)
    text = _LINE_ENDS.sub("\n", text.lstrip("\ufeff"))
    if text.count("\n") > MOST_LINES or text.count("\t") + text.count("|") > MOST_CELLS:
        raise Refused(TOO_LONG)
    text = _QUOTED_CELL.sub(_unquoted, _GLUED_MARK.sub("\n\n", text))
    groups = _groups(text.split("\n"))
    width = _wrap_width(groups)
    blocks = list(_one_table(block for group in groups for block in _blocks(group, width)))
    if not blocks:
        raise Refused(EMPTY)
    return Content("txt", tuple(join_broken(blocks)))


def _unquoted(match: re.Match[str]) -> str:
    """A cell that a spreadsheet quoted because it has line breaks, its breaks as <br>."""
    return match[1].replace('""', '"').replace("\n", "<br>")


def _groups(lines: list[str]) -> list[list[str]]:
    """Runs of lines without a blank line between them."""
    groups: list[list[str]] = [[]]
    for line in lines:
        if line.strip():
            groups[-1].append(line)
        elif groups[-1]:
            groups.append([])
    return [group for group in groups if group]


def _wrap_width(groups: list[list[str]]) -> int | None:
    """The width at which the text was wrapped by hand, None when lines are whole paragraphs.

    Wrapped text betrays itself: at most line ends the next word would not have fitted.
    """
    lines = [line.rstrip() for group in groups for line in group if "\t" not in line]
    if not lines:
        return None
    width = max(map(len, lines))
    if width > _WIDEST_WRAP:
        return None
    pairs = [
        (before.rstrip(), after.strip())
        for group in groups
        for before, after in pairwise(group)
        if "\t" not in before + after and not starts_item(after.strip())
    ]
    full = sum(_is_full(before, after, width) for before, after in pairs)
    return width if full >= max(3, _WRAP_SHARE * len(pairs)) else None


def _is_full(before: str, after: str, width: int) -> bool:
    return len(before) + 1 + len(after.split(" ", 1)[0]) > width - 4


def _blocks(group: list[str], width: int | None) -> Iterator[Paragraph | Table]:
    waiting: list[str] = []
    last = next((at for at in reversed(range(len(group))) if _has_columns(group[at])), -1)
    at = 0
    while at < len(group):
        table, beyond = _table_at(group, at, last)
        if table is None:
            waiting.extend(group[at:beyond])
        else:
            yield from _paragraphs(waiting, width)
            waiting = []
            yield table
        at = beyond
    yield from _paragraphs(waiting, width)


def _table_at(lines: list[str], at: int, last: int) -> tuple[Table | None, int]:
    """The table that begins there, None for none, and the first line beyond it.

    `last` is the place of the last line with columns.
    """
    if is_barred(lines[at]):
        ends = (place for place in range(at, len(lines)) if not is_barred(lines[place]))
        end = next(ends, len(lines))
        table, beyond = barred_table(lines[at:end]), end
    elif _has_columns(lines[at]):
        table, beyond = tabbed_table(lines, at, last)
    else:
        return None, at + 1
    return (table if table.rows else None), beyond


def _has_columns(line: str) -> bool:
    """Whether the line is parted by tabs into columns: not "1.<tab>text" and not an indent."""
    cells = line.split("\t", MOST_COLUMNS)
    if not 2 <= len(cells) <= MOST_COLUMNS:
        return False
    return len(cells) > 2 or not (starts_item(f"{cells[0].strip()} x") or not cells[0].strip())


def _one_table(blocks: Iterable[Paragraph | Table]) -> Iterator[Paragraph | Table]:
    """The blocks, tables put together that only a blank line parts: the second has as many
    columns and begins with a row, not with a heading."""
    parts: list[Table] = []
    for block in blocks:
        if parts and not (isinstance(block, Table) and _is_rest(parts[0], block)):
            yield _joined(parts)
            parts = []
        if isinstance(block, Table):
            parts.append(block)
        else:
            yield block
    if parts:
        yield _joined(parts)


def _joined(parts: list[Table]) -> Table:
    return Table(tuple(row for part in parts for row in part.rows))


def _is_rest(table: Table, after: Table) -> bool:
    first = after.rows[0][0]
    begins_with_row = not first.lines or bool(_ORDINAL.match(first.text))
    return begins_with_row and first.columns == 1 and _width(table) == _width(after)


def _width(table: Table) -> int:
    return sum(cell.columns for cell in table.rows[0])


def _paragraphs(lines: list[str], width: int | None) -> Iterator[Paragraph]:
    texts: list[str] = []
    before = ""
    for line in lines:
        bare = clean(line)
        if texts and _belongs(texts[-1], before, bare, width):
            texts[-1] = f"{texts[-1]} {bare}"
        elif bare:
            texts.append(bare)
        before = line.rstrip()
    for text in texts:
        plain = clean(_HEADING_MARK.sub("", text).replace("**", ""))
        if plain:
            yield Paragraph(plain, bold=text.startswith("**") and text.endswith("**"))


def _belongs(paragraph: str, before: str, after: str, width: int | None) -> bool:
    """Whether the line goes on with the paragraph above it."""
    if starts_item(after) or len(paragraph) > LONGEST:
        return False
    return goes_on(paragraph, after) or (width is not None and _is_full(before, after, width))
