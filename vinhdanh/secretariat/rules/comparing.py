"""Two wordings side by side: what went, what came, what stayed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

Piece = tuple[str, bool]


@dataclass(frozen=True)
class Pair:
    """A line before and after, in pieces (text, whether it differs); () where there is none.

    `change` is "" | "changed" | "removed" | "added".
    """

    before: tuple[Piece, ...]
    after: tuple[Piece, ...]
    change: str = ""


def compare(before: str, after: str) -> list[Pair]:
    """The lines of both texts beside each other, with the words that differ marked."""
    old, new = before.splitlines(), after.splitlines()
    pairs: list[Pair] = []
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            pairs += [Pair(((line, False),), ((line, False),)) for line in old[i:j]]
        else:
            pairs += _replaced(old[i:j], new[k:m])
    return pairs


def _replaced(old: Sequence[str], new: Sequence[str]) -> list[Pair]:
    both = min(len(old), len(new))
    pairs = [_changed(one, other) for one, other in zip(old, new, strict=False)]
    pairs += [Pair(((line, True),), (), "removed") for line in old[both:]]
    pairs += [Pair((), ((line, True),), "added") for line in new[both:]]
    return pairs


def _changed(old: str, new: str) -> Pair:
    before, after = re.findall(r"\s+|\S+", old), re.findall(r"\s+|\S+", new)
    left: list[Piece] = []
    right: list[Piece] = []
    for kind, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if i < j:
            left.append(("".join(before[i:j]), kind != "equal"))
        if k < m:
            right.append(("".join(after[k:m]), kind != "equal"))
    return Pair(tuple(left), tuple(right), "changed")
