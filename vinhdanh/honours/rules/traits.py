"""What the law book asks of collectives by the criterion `sort`, and how it names each."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from vinhdanh.common.vietnamese import gettext_noop
from vinhdanh.law.book import Book
from vinhdanh.law.criteria import Condition, Group, OfKind, OfSort

# What the journal's lines about a unit say besides `local.DETAILS`.
DETAILS = {"trait": gettext_noop("Thuộc tính")}


@dataclass(frozen=True)
class Trait:
    """A word of the criterion `sort`, as the law names it; `awards`: names of those that ask it."""

    word: str
    text: str
    awards: tuple[str, ...]


def traits(book: Book) -> dict[str, Trait]:
    """What conditions of any day ask of collectives, by word, in the order of the words' texts.

    Of several texts for a word the one used most often of collectives alone is taken. Where one
    condition names as many sorts as its text has parts between commas, each part names one.
    """
    texts: dict[str, Counter[str]] = defaultdict(Counter)
    awards: dict[str, dict[str, None]] = defaultdict(dict)
    for award in book.awards.values():
        for version in award.versions:
            asked = _asked(version.criteria, frozenset(award.recipients))
            for leaf, recipients in asked:
                if "collective" not in recipients:
                    continue
                for word, text in _named(leaf):
                    texts[word][text] += 1_000 if len(recipients) == 1 else 1
                    awards[word][award.name] = None
    found = [
        Trait(word, counted.most_common(1)[0][0], tuple(awards[word]))
        for word, counted in texts.items()
    ]
    return {trait.word: trait for trait in sorted(found, key=lambda each: each.text)}


def _asked(
    condition: Condition, recipients: frozenset[str]
) -> Iterator[tuple[OfSort, frozenset[str]]]:
    """Each `sort` below the condition, with the recipients for which it is asked."""
    if isinstance(condition, OfSort):
        yield condition, recipients
    if not isinstance(condition, Group):
        return
    for part in condition.all:
        if isinstance(part, OfKind):
            recipients &= frozenset(part.one_of)
    for part in (*condition.all, *condition.any):
        yield from _asked(part, recipients)


def _named(leaf: OfSort) -> Iterator[tuple[str, str]]:
    parts = [part.strip() for part in leaf.text.split(",")]
    if len(leaf.one_of) == 1 or len(parts) != len(leaf.one_of):
        parts = [leaf.text] * len(leaf.one_of)
    for word, part in zip(leaf.one_of, parts, strict=True):
        text = part or word
        yield word, text[0].upper() + text[1:]
