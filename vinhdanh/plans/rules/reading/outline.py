"""The body of a plan as an outline: numbered headings, paragraphs and bullets, with their paths."""

import re

from vinhdanh.documents.rules.content import Paragraph, Table
from vinhdanh.plans.rules.plan import Item, Section
from vinhdanh.plans.rules.reading.tables import is_annex_heading

_LABELS = (
    ("part", re.compile(r"(?P<n>(?:PHẦN|Phần|CHƯƠNG|Chương)\s+(?:thứ\s+\S+|THỨ\s+\S+|[IVXLC]+"
        r"|\d+))\s*[.:\-–]?\s*(?P<t>.*)")),
    ("article", re.compile(r"(?P<n>(?:Điều|ĐIỀU|Mục|MỤC)\s+(?:\d+"
        r"|[IVXLC]+))\s*[.:\-–]?\s*(?P<t>.*)")),
    ("roman", re.compile(r"(?P<n>[IVXL]{1,6})\s*[.)/\-–]\s*(?P<t>\S.*)")),
    ("roman.1", re.compile(r"(?P<n>[IVXL]{1,6}(?:\.\d{1,2})+)[.)]?\s+(?P<t>\S.*)")),
    ("letter", re.compile(r"(?P<n>[A-HĐ])\s*[.)/]\s+(?P<t>\S.*)")),
    ("1.1", re.compile(r"(?P<n>\d{1,2}(?:\.\d{1,2})+)[.)]?\s+(?P<t>\S.*)")),
    ("1", re.compile(r"(?P<n>\d{1,2})\s*[.)/]\s+(?P<t>\S.*)")),
    ("1", re.compile(r"(?P<n>\d{1,2})\.(?P<t>[^\W\d_].*)")),
    ("a", re.compile(r"(?P<n>[a-zđ])\s*[).]\s+(?P<t>\S.*)")),
    ("bullet", re.compile(r"(?P<n>[-–—•▪●‣*])\s*(?P<t>[^\W\d_\"“(].*|\d.*|[\"“(].*)")),
    ("sub-bullet", re.compile(r"(?P<n>[+o])\s+(?P<t>\S.*)")),
)  # fmt: skip
# What is stamped across a page.
_STAMP = re.compile(r"\W*dự thảo\W*", re.IGNORECASE)
_END = re.compile(r"nơi nhận\s*:?", re.IGNORECASE)
_WRITTEN = {"NHẤT": "nhất", "HAI": "hai", "BA": "ba", "TƯ": "tư", "NĂM": "năm"}
BULLETS = ("bullet", "sub-bullet")


def body_end(blocks: tuple[Paragraph | Table, ...], begin: int) -> int:
    """The block after the body: the recipients, the annex or the end."""
    for place in range(begin, len(blocks)):
        block = blocks[place]
        if isinstance(block, Table):
            if any(_END.match(cell.text) for row in block.rows for cell in row):
                return place
        elif _END.match(block.text) or (place > begin and is_annex_heading(block)):
            return place
    return len(blocks)


def read_items(blocks: tuple[Paragraph | Table, ...]) -> list[Item]:
    """The paragraphs of the body, each with its label and what it stands under.

    A line that goes on in small letters where the one before has not ended is its second half.
    """
    items: list[Item] = []
    stack: list[tuple[str, str, int]] = []  # style, label, place
    for text in _paragraphs(blocks):
        style, label, rest = _labelled(text, stack)
        if style == "":
            under = next((at for kind, _, at in reversed(stack) if kind not in BULLETS), None)
            items.append(Item("", "", _path(stack), text, text, under))
            continue
        _climb(stack, style, label)
        under = stack[-1][2] if stack else None
        stack.append((style, label, len(items)))
        items.append(Item(label, style, _path(stack), rest, text, under))
    return items


def _path(stack: list[tuple[str, str, int]]) -> tuple[str, ...]:
    """The numbers from the top; "2.1" takes the place of the "2" that it stands under."""
    path: list[str] = []
    for kind, name, _ in stack:
        if kind in BULLETS:
            continue
        if path and name.startswith(f"{path[-1]}."):
            path.pop()
        path.append(name)
    return tuple(path)


def sections_of(items: list[Item]) -> list[Section]:
    """The numbered items, each with the bullets and further paragraphs that follow it."""
    gathered: list[tuple[str, list[str]]] = []
    for item in items:
        if item.style and item.style not in BULLETS:
            gathered.append((".".join(item.path), [item.text]))
        elif gathered and item.under is not None:
            gathered[-1][1].append(item.line)
    return [Section(number, "\n".join(texts)) for number, texts in gathered]


def _paragraphs(blocks: tuple[Paragraph | Table, ...]) -> list[str]:
    lines: list[str] = []
    open_line = False
    for block in blocks:
        if isinstance(block, Table):
            open_line = False
            continue
        line = block.line
        if not line or _STAMP.fullmatch(line):
            continue
        if open_line and not block.label and line[0].islower() and not _labelled(line, [])[0]:
            lines[-1] = f"{lines[-1]} {line}"
        else:
            lines.append(line)
        open_line = lines[-1][-1] not in ".:;!?"
    return lines


def _labelled(text: str, stack: list[tuple[str, str, int]]) -> tuple[str, str, str]:
    for style, pattern in _LABELS:
        match = pattern.fullmatch(text)
        if match is None:
            continue
        label = match["n"]
        if style == "roman" and len(label) == 1 and _follows_letter(label, stack):
            return "letter", label, match["t"]
        return style, _part_label(label) if style == "part" else label, match["t"]
    return "", "", text


def _part_label(printed: str) -> str:
    """ "PHẦN THỨ HAI" as "Phần thứ hai", whichever way it is printed."""
    first, *others = printed.replace("THỨ", "thứ").split()
    return " ".join([first.capitalize(), *(_WRITTEN.get(word, word) for word in others)])


def _follows_letter(label: str, stack: list[tuple[str, str, int]]) -> bool:
    """Whether "I" comes after "H" or "C" stands in a list of letters rather than of Romans."""
    before = next((name for kind, name, _ in reversed(stack) if kind == "letter"), None)
    return before is not None and ord(label) - ord(before) == 1


def _climb(stack: list[tuple[str, str, int]], style: str, label: str) -> None:
    """Leave the items that the next one does not stand under."""
    if style in ("1.1", "roman.1"):
        _climb_to_parent(stack, style, label)
        return
    kinds = [kind for kind, _, _ in stack]
    if style in kinds:
        del stack[kinds.index(style) :]
        return
    if style in ("part", "article"):
        keep = 1 if style == "article" and "part" in kinds else 0
        del stack[keep:]
        return
    if style not in BULLETS:
        while stack and stack[-1][0] in BULLETS:
            stack.pop()
    if style in ("roman", "letter"):
        lower = [place for place, kind in enumerate(kinds) if kind in ("1", "1.1", "a")]
        if lower:
            del stack[lower[0] :]
    elif style == "bullet" and "sub-bullet" in kinds:
        del stack[kinds.index("sub-bullet") :]


def _climb_to_parent(stack: list[tuple[str, str, int]], style: str, label: str) -> None:
    """ "2.1.3" stands under "2.1" when that is open, else under "2", else under the heading."""
    while stack:
        kind, name, _ = stack[-1]
        if kind in ("part", "article", "roman", "letter") and not (
            style == "roman.1" and kind == "roman"
        ):
            return
        if label.startswith(f"{name}.") and kind not in BULLETS:
            return
        stack.pop()
