"""Small judgements about running text that the readers of every format share."""

import re
from collections.abc import Iterable
from dataclasses import replace

from vinhdanh.common.vietnamese import squeeze
from vinhdanh.documents.rules.content import Paragraph, Table

# Bullets as fonts and keyboards make them, private-use ones of Symbol and Wingdings included. Those
# of the first kind are bullets only before a blank: they also stand inside words and names.
_SPACED_BULLETS = "-–—‒−‑·∙*+o"
_PLAIN_BULLETS = "•◦▪▫●○■□◆◇➢➤►▶✓✔❖♦\uf02d\uf0b7\uf0a7\uf0d8\uf0fc\uf076\uf0a8\uf06f\uf071"
_LEADING_BULLET = re.compile(rf"^(?:[{re.escape(_SPACED_BULLETS)}](?:\s+|$)|[{_PLAIN_BULLETS}]\s*)")
_INVISIBLE = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\x00-\x08\x0e-\x1b\x7f]"
)
_NUMBER = re.compile(
    # "1/ Nội dung" is numbered, "19/CT-UBND" is the number of another paper.
    r"^(?:(?:\d{1,3}|[IVXLC]{1,6})(?:\.\d{1,3})*(?:[.)]|/(?![A-ZĐ][A-Za-zĐđ]*-))(?!\d)\s*\S"
    r"|\d{1,3}(?:\.\d{1,3})+\s"
    r"|[A-Za-zĐđ][.)]\s"
    r"|(?:Điều|Chương|Mục|Phần|Phụ lục|PHỤ LỤC|PHẦN|CHƯƠNG|MỤC)\s+(?:\d|[IVXLC]+\b|thứ|THỨ))"
)
_ENDINGS = (".", ";", ":", "!", "?", "./.", ".”", '."')
LONGEST = 20_000  # letters of a paragraph; nothing is joined to a longer one
_WRAP_LEAST = 40  # letters; a shorter line is a heading, not the first half of a broken paragraph


def clean(text: str) -> str:
    """The text composed, with single blanks, without invisible signs; any bullet at its start is
    "-" ("+" stays), and an ellipsis is three stops."""
    tidy = squeeze(_INVISIBLE.sub("", text.replace("…", "...")))
    bullet = _LEADING_BULLET.match(tidy)
    if bullet is None:
        return tidy
    sign = "+" if tidy[0] == "+" else "-"
    return f"{sign} {tidy[bullet.end() :]}".strip()


def starts_item(text: str) -> bool:
    """Whether the line opens a list item or a numbered heading: "- ", "1. ", "a) ", "II. "."""
    return bool(_LEADING_BULLET.match(text) or _NUMBER.match(text))


def ends_sentence(text: str) -> bool:
    return text.endswith(_ENDINGS)


def goes_on(before: str, after: str) -> bool:
    """Whether `after` is the rest of the sentence that `before` leaves open.

    True only where a reader has no doubt: a long line without a final stop, then a small letter.
    """
    return (
        _WRAP_LEAST <= len(before) <= LONGEST
        and not ends_sentence(before)
        and after[:1].islower()
        and not starts_item(after)
    )


def join_broken(blocks: Iterable[Paragraph | Table]) -> list[Paragraph | Table]:
    """The blocks with paragraphs that a page or a line cut in two made whole again."""
    whole: list[Paragraph | Table] = []
    for block in blocks:
        before = whole[-1] if whole else None
        if (
            isinstance(block, Paragraph)
            and isinstance(before, Paragraph)
            and not block.label
            and goes_on(before.text, block.text)
        ):
            whole[-1] = replace(before, text=f"{before.text} {block.text}")
        else:
            whole.append(block)
    return whole
