"""Finding awards by name, unit, award and decision, accents or not, in millions of rows.

First by how the name begins, by an index; where nothing begins so, by words anywhere, by an index
of words. Counts stop at MOST: nobody pages further, and counting all would cost more than finding.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.core.paginator import Paginator
from django.db.models import QuerySet

from vinhdanh.accounts.models import User
from vinhdanh.common.vietnamese import words
from vinhdanh.honours import access
from vinhdanh.honours.models import Conferral
from vinhdanh.honours.queries.register import standing
from vinhdanh.law import store
from vinhdanh.law.book import Book

MOST = 1_000
# So many words of an award's name in a row mean the award: "chiến sĩ thi đua".
_ENOUGH_OF_A_NAME = 3


@dataclass(frozen=True)
class Sought:
    """What the words of a search mean: awards by code (none: any), and the words that are left."""

    awards: frozenset[str]
    rest: tuple[str, ...]


def sought(text: str, *, book: Book) -> Sought:
    """Tell an award that is named in the text from the rest of it.

    An award is named by its whole name or by three of its words in a row; the longest such run of
    the text counts, and every award whose name holds it.
    """
    given = words(text)
    names = {code: words(award.name) for code, award in book.awards.items()}
    for length in range(len(given), 1, -1):
        for start in range(len(given) - length + 1):
            run = given[start : start + length]
            named = {
                code
                for code, name in names.items()
                if name == run or (length >= _ENOUGH_OF_A_NAME and _holds(name, run))
            }
            if named:
                return Sought(frozenset(named), (*given[:start], *given[start + length :]))
    return Sought(frozenset(), tuple(given))


def _holds(name: Sequence[str], run: Sequence[str]) -> bool:
    places = range(len(name) - len(run) + 1)
    return any(list(name[place : place + len(run)]) == list(run) for place in places)


def found(
    conferrals: QuerySet[Conferral],
    text: str,
    *,
    book: Book,
    anywhere: bool = False,
    most: int | None = MOST + 1,
) -> QuerySet[Conferral]:
    """Those of the conferrals that the text means: whose name begins so, or, where there are none
    or with `anywhere`, that hold all its words; where none does, all of them, the last one begun.

    Of those found by words at most `most` (None: all).
    """
    asked = sought(text, book=book)
    if asked.awards:
        conferrals = conferrals.filter(award__in=asked.awards)
    if not asked.rest:
        return conferrals
    if not anywhere:
        begun = conferrals.filter(folded__startswith=" ".join(asked.rest))
        if begun.exists():
            return begun
    whole = _holding(conferrals, asked.rest, begun="", most=most)
    if whole.exists():
        return whole
    *whole_words, last = asked.rest
    return _holding(conferrals, whole_words, begun=last, most=most)


def _holding(
    conferrals: QuerySet[Conferral], whole: Sequence[str], *, begun: str, most: int | None
) -> QuerySet[Conferral]:
    """The rows that hold the whole words, and one that begins with `begun`.

    The index is asked for words with a digit alone where there are any: hardly two decisions have
    the same number, while every row holds "qd" and "phong"; the others are looked for in the few
    rows then. Keys are asked for at once: together with an order the database would go through all
    rows in that order instead of asking the index.
    """
    numbered = [word for word in (*whole, begun) if any(sign.isdigit() for sign in word)]
    indexed = [
        f"{word}:*" if word == begun else word
        for word in (*whole, begun)
        if word and (word in numbered or not numbered)
    ]
    held = conferrals.annotate(words=SearchVector("folded", config="simple")).filter(
        words=SearchQuery(" & ".join(indexed), config="simple", search_type="raw")
    )
    for word in {*whole, begun} - {"", *numbered} if numbered else ():
        end = "" if word == begun else r"\M"
        held = held.filter(folded__regex=rf"\m{word}{end}")
    if most is None:
        return held
    keys = list(held.order_by().values_list("pk", flat=True)[:most])
    return conferrals.model._default_manager.filter(pk__in=keys)


def found_conferrals(user: User, text: str, *, on: date, limit: int) -> list[Conferral]:
    """The first standing awards that the user may see and the text means; [] for no words."""
    if not words(text):
        return []
    seen = standing(access.visible_conferrals(user, on=on))
    return list(found(seen, text, book=store.book())[:limit])


class CappedPaginator(Paginator):
    """Pages of at most the first MOST rows; `more` tells that there are others."""

    @cached_property
    def count(self) -> int:
        return min(self._counted, MOST)

    @property
    def more(self) -> bool:
        return self._counted > MOST

    @cached_property
    def _counted(self) -> int:
        """How many rows there are, up to one more than MOST."""
        rows: Any = self.object_list
        listed = getattr(getattr(rows, "data", None), "data", rows)  # a table's rows, or a query
        return len(listed.order_by().values_list("pk")[: MOST + 1])
