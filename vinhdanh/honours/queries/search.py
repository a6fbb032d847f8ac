"""Finding awards by name, unit, award and decision, accents or not, in millions of rows.

First by how the decision, the name or the unit begins, by an index; where nothing begins so, by
words anywhere, by an index of words. Counts stop at MOST: nobody pages further, and counting all
would cost more than finding.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache, reduce
from operator import and_, or_
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchQuery, SearchVector
from django.core.paginator import Paginator
from django.db import connection
from django.db.models import Case, Count, Q, QuerySet, TextField, UUIDField, Value, When
from django.db.models.functions import Cast, StrIndex
from django.db.models.lookups import Exact

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
_SPARSE = 10_000
# A word that this share of the rows holds narrows little: "trung tâm".
_MOSTLY = 0.3
# In this share of the rows MOST of them are soon met.
_OFTEN = 0.03
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
    names = {code: _words_of_name(award.name) for code, award in book.awards.items()}
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


@lru_cache(maxsize=1_000)
def _words_of_name(name: str) -> list[str]:
    return words(name)


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
    if few:
        return _looked_through(conferrals, asked.rest, anywhere=anywhere)
    if not anywhere:
        for way in _beginnings(" ".join(asked.rest), few=False):
            begun = conferrals.filter(way)
            count = _counted(begun, most=_SPARSE)
            if count:
                rows = _gathered(begun) if count <= _SPARSE else begun
                return Found(rows, min(count, MOST + 1))
    *whole, last = asked.rest
    held = _holding(conferrals, asked.rest, begun="", most=most)
    return held if held.count else _holding(conferrals, whole, begun=last, most=most)


def _counted(conferrals: QuerySet[Conferral], *, most: int = MOST) -> int:
    """How many there are, up to one more than `most`."""
    return conferrals.order_by()[: most + 1].count()


def _gathered(conferrals: QuerySet[Conferral]) -> QuerySet[Conferral]:
    """The same rows, found before they are put in order: else the database may go through millions
    in that order until it has met a page of them."""
    keys = ArraySubquery(conferrals.order_by().values("pk"))
    return conferrals.model._default_manager.filter(any_of("pk", keys))


def _beginnings(text: str, *, few: bool) -> Iterator[Q]:
    """Whose decision begins with the text, for a text that begins with a number; whose name does;
    whose unit does."""
    number, _blank, others = text.partition(" ")
    if number.isdigit():
        # What follows the number ends it; hardly a decision is written otherwise.
        ends = ("/", "-") if others else ("",)
        written = [Q(decision_number__startswith=f"{number}{end}") for end in ends]
        yield reduce(or_, written) & Q(folded__contains=f" {text}")
    for field in ("folded", "unit_folded"):
        # As a place it is not asked of an index.
        yield Q(Exact(StrIndex(field, Value(text)), 1) if few else (f"{field}__startswith", text))


def _looked_through(
    conferrals: QuerySet[Conferral], asked: Sequence[str], *, anywhere: bool
) -> Found:
    """The rows found in the first way that finds any; all ways are tried in one pass."""
    *whole, last = asked
    ways = [] if anywhere else list(_beginnings(" ".join(asked), few=True))
    ways += [_written(asked), _written(whole, begun=last)]
    first = Case(*(When(way, then=Value(place)) for place, way in enumerate(ways)))
    by_way = conferrals.order_by().annotate(way=first).values_list("way")
    # Rows that are found in no way come last.
    place, count = by_way.annotate(count=Count("pk")).order_by("way").first() or (None, 0)
    if place is None:
        return Found(conferrals.none(), 0)
    return Found(conferrals.filter(ways[place]), min(count, MOST + 1))


def _written(whole: Iterable[str], *, begun: str = "") -> Q:
    """Which rows hold the whole words, and one that begins with `begun`."""
    ends = dict.fromkeys(whole, r"\M") | ({begun: ""} if begun else {})
    # Whether the letters stand there at all is told much quicker.
    return reduce(
        and_,
        (
            Q(folded__contains=word) & Q(folded__regex=rf"\m{word}{end}")
            for word, end in sorted(ends.items())
        ),
    )


def _holding(
    conferrals: QuerySet[Conferral], whole: Sequence[str], *, begun: str, most: int | None
) -> Found:
    """The rows that hold the whole words, and one that begins with `begun`.

    The index is asked for words with a digit alone where there are any: hardly two decisions have
    the same number, while every row holds "qd" and "phong"; the others, and words that most rows
    hold, are looked for in the rows found so. Where many rows hold all the words, MOST of them are
    met sooner in the order of the list than the index has gathered them all; else the keys are
    asked for without an order, or the database would go through all rows in it.
    """
    asked = {*whole, begun} - {""}
    numbered = {word for word in asked if any(sign.isdigit() for sign in word)}
    shares = {} if numbered else _shares(asked - {begun})
    indexed = numbered or {word for word in asked if shares.get(word, 0) < _MOSTLY} or asked
    wanted = " & ".join(f"{word}:*" if word == begun else word for word in sorted(indexed))
    vector = SearchVector("folded", config="simple")
    query = SearchQuery(wanted, config="simple", search_type="raw")
    held: QuerySet[Conferral] = conferrals.alias(words=vector).filter(words=query)
    others = asked - indexed
    if others:
        held = held.filter(_written(others, begun=begun if begun in others else ""))
    if most is None:
        return Found(held, _counted(held))
    held = held.order_by()
    # At least this share of the rows holds them all, however the words go together.
    if asked == shares.keys() and sum(shares.values()) - len(shares) + 1 > _OFTEN:
        met = conferrals.filter(_written(whole, begun=begun))
        held = met.order_by("-year", "sort_key", "pk")
    keys = Cast(ArrayAgg("pk"), TextField())
    known = held[:most].aggregate(count=Count("pk"), keys=keys)
    if not known["count"]:
        return Found(conferrals.none(), 0)
    # As one text a thousand keys come and go as quickly as one.
    listed = Cast(Value(known["keys"]), ArrayField(UUIDField()))
    return Found(conferrals.model._default_manager.filter(any_of("pk", listed)), known["count"])


def _shares(asked: Collection[str]) -> dict[str, float]:
    """In which share of all rows a word stands, 0..1, as the database has it from a sample; only
    of words that stand in many."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT word, share FROM pg_stats, "
            "unnest(most_common_elems::text::text[], most_common_elem_freqs) AS each (word, share) "
            "WHERE schemaname = current_schema() AND tablename = 'conferral_words' "
            "AND word = ANY(%s)",
            [list(asked)],
        )
        return dict(cursor.fetchall())


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
