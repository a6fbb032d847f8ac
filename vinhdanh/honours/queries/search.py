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
    conferrals: QuerySet[Conferral], text: str, *, book: Book, anywhere: bool = False
) -> QuerySet[Conferral]:
    """Those of the conferrals that the text means: whose name begins so, or, where there are none
    or with `anywhere`, that hold all words, the last of them begun."""
    asked = sought(text, book=book)
    if asked.awards:
        conferrals = conferrals.filter(award__in=asked.awards)
    if not asked.rest:
        return conferrals
    if not anywhere:
        begun = conferrals.filter(folded__startswith=" ".join(asked.rest))
        if begun.exists():
            return begun
    vector = SearchVector("folded", config="simple")
    query = " & ".join(asked.rest) + ":*"
    return conferrals.annotate(words=vector).filter(
        words=SearchQuery(query, config="simple", search_type="raw")
    )


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
