"""Finding awards by name, unit, award and decision, accents or not, in millions of rows.

First by how the decision, the name or the unit begins, by an index; where nothing begins so, by
words anywhere, by an index of words. Counts stop at MOST: nobody pages further, and counting all
would cost more than finding.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, reduce
from operator import or_
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.search import SearchQuery, SearchVector
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet, Value
from django.db.models.functions import StrIndex

from vinhdanh.accounts.models import User
from vinhdanh.common.ids import any_of
from vinhdanh.common.vietnamese import words
from vinhdanh.honours import access
from vinhdanh.honours.models import Conferral
from vinhdanh.honours.queries.register import standing
from vinhdanh.law import store
from vinhdanh.law.book import Book

MOST = 1_000
# So many rows are quicker found all and put in order than met in the order of the list.
_SPARSE = 5_000
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


@dataclass(frozen=True)
class Found:
    """Awards that a text means; how many, up to one more than MOST, None where nobody counted."""

    rows: QuerySet[Conferral]
    count: int | None


def found(
    conferrals: QuerySet[Conferral],
    text: str,
    *,
    book: Book,
    few: bool = False,
    anywhere: bool = False,
    most: int | None = MOST + 1,
) -> Found:
    """Those of the conferrals that the text means: whose decision, name or unit begins so, or,
    where there are none or with `anywhere`, that hold all its words; where none does, all of them,
    the last one begun.

    Of those found by words at most `most` (None: all). With `few` the conferrals are looked through
    one by one; an index over everybody's would find what others hold, too.
    """
    asked = sought(text, book=book)
    if asked.awards:
        conferrals = conferrals.filter(award__in=asked.awards)
    if not asked.rest:
        return Found(conferrals, None)
    if not anywhere:
        for begun in _begun(conferrals, " ".join(asked.rest), few=few):
            count = _counted(begun, most=_SPARSE)
            if count:
                gathers = not few and count <= _SPARSE
                return Found(_gathered(begun) if gathers else begun, min(count, MOST + 1))
    *whole, last = asked.rest
    held = _holding(conferrals, asked.rest, begun="", few=few, most=most)
    return held if held.count else _holding(conferrals, whole, begun=last, few=few, most=most)


def _counted(conferrals: QuerySet[Conferral], *, most: int = MOST) -> int:
    """How many there are, up to one more than `most`."""
    return conferrals.order_by()[: most + 1].count()


def _gathered(conferrals: QuerySet[Conferral]) -> QuerySet[Conferral]:
    """The same rows, found before they are put in order: else the database may go through millions
    in that order until it has met a page of them."""
    keys = ArraySubquery(conferrals.order_by().values("pk"))
    return conferrals.model._default_manager.filter(any_of("pk", keys))


def _begun(
    conferrals: QuerySet[Conferral], text: str, *, few: bool
) -> Iterator[QuerySet[Conferral]]:
    """The rows whose decision begins with the text, for a text that begins with a number; those
    whose name does; those whose unit does."""
    number, _blank, others = text.partition(" ")
    if number.isdigit():
        # What follows the number ends it; hardly a decision is written otherwise.
        ends = ("/", "-") if others else ("",)
        written = [Q(decision_number__startswith=f"{number}{end}") for end in ends]
        yield conferrals.filter(reduce(or_, written), folded__contains=f" {text}")
    for field in ("folded", "unit_folded"):
        if few:
            yield conferrals.alias(place=StrIndex(field, Value(text))).filter(place=1)
        else:
            yield conferrals.filter(**{f"{field}__startswith": text})


def _holding(
    conferrals: QuerySet[Conferral],
    whole: Sequence[str],
    *,
    begun: str,
    few: bool,
    most: int | None,
) -> Found:
    """The rows that hold the whole words, and one that begins with `begun`.

    The index is asked for words with a digit alone where there are any: hardly two decisions have
    the same number, while every row holds "qd" and "phong"; the others are looked for in the few
    rows then. Keys are asked for at once: together with an order the database would go through all
    rows in that order instead of asking the index.
    """
    asked = {*whole, begun} - {""}
    numbered = {word for word in asked if any(sign.isdigit() for sign in word)}
    indexed = set() if few else numbered or asked
    held = conferrals
    if indexed:
        wanted = " & ".join(f"{word}:*" if word == begun else word for word in sorted(indexed))
        held = held.alias(words=SearchVector("folded", config="simple")).filter(
            words=SearchQuery(wanted, config="simple", search_type="raw")
        )
    for word in sorted(asked - indexed):
        end = "" if word == begun else r"\M"
        held = held.filter(folded__regex=rf"\m{word}{end}")
    if few or most is None:
        return Found(held, _counted(held))
    keys = list(held.order_by().values_list("pk", flat=True)[:most])
    return Found(conferrals.model._default_manager.filter(any_of("pk", keys)), len(keys))


def found_conferrals(user: User, text: str, *, on: date, limit: int) -> list[Conferral]:
    """The first standing awards that the user may see and the text means; [] for no words."""
    if not words(text):
        return []
    scope = access.scope(user, on=on)
    seen = standing(scope.conferrals)
    return list(found(seen, text, book=store.book(), few=scope.few).rows[:limit])


class CappedPaginator(Paginator):
    """Pages of at most the first MOST rows; `more` tells that there are others."""

    def __init__(self, *args: Any, known: int | None = None, **kwargs: Any) -> None:
        """`known` is how many rows there are, up to one more than MOST; None: to be counted."""
        super().__init__(*args, **kwargs)
        self._known = known

    @cached_property
    def count(self) -> int:
        return min(self._all, MOST)

    @property
    def more(self) -> bool:
        return self._all > MOST

    @cached_property
    def _all(self) -> int:
        if self._known is not None:
            return self._known
        rows: Any = self.object_list
        return _counted(getattr(getattr(rows, "data", None), "data", rows))  # a table's, or a query
