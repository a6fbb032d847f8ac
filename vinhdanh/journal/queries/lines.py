"""Reading the journal, and proving that it is whole."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Model, Q, QuerySet

from vinhdanh.journal.models import Line
from vinhdanh.journal.rules import FIRST_DIGEST, Fault, untold

_BATCH = 5_000


@dataclass(frozen=True, slots=True)
class Verdict:
    """What verifying found: how many links are sound from the first on, and the last sound one's
    digest. `fault` is None while the journal is whole; then `line` is None as well. `line` is the
    id of the line at fault where one can be named."""

    count: int
    digest: bytes
    fault: Fault | None = None
    line: UUID | None = None


def lines_about(*things: Model) -> QuerySet[Line]:
    """The lines about any of these things, newest first, but for `rules.untold` deeds.

    Whoever may see the thing may see them.
    """
    wanted = Q(pk__in=[])
    for thing in things:
        wanted |= Q(thing_kind=thing._meta.label, thing_id=thing.pk)
    return Line.objects.filter(wanted).exclude(deed__in=untold())


def verify(*, noted: tuple[int, bytes] | None = None) -> Verdict:
    """Check every link of the chain in order, and that every line has one, up to the first fault.

    `noted` is the number and digest that an earlier verification gave: a journal from which the
    newest lines were cut off is whole in itself, but no longer reaches them. Memory is constant;
    writers are not held up.
    """
    count, digest = 0, FIRST_DIGEST
    for number, line, previous, kept, computed in _links():
        fault = _fault(number - count, previous == digest, kept, computed)
        if fault is None and noted and noted[0] == number and noted[1] != kept:
            fault = Fault.NOT_AS_NOTED
        if fault:
            return Verdict(count, digest, fault, line)
        count, digest = number, kept
    if noted and noted[0] > count:
        return Verdict(count, digest, Fault.CUT_OFF)
    unlinked = Line.objects.filter(link__isnull=True).order_by("id").first()
    if unlinked:
        return Verdict(count, digest, Fault.UNLINKED, unlinked.pk)
    return Verdict(count, digest)


def _fault(step: int, follows: bool, kept: bytes, computed: bytes | None) -> Fault | None:
    if step != 1:
        return Fault.LINK_MISSING
    if computed is None:
        return Fault.LINE_MISSING
    if not follows:
        return Fault.ORDER
    return Fault.ALTERED if kept != computed else None


def _links() -> Iterator[tuple[int, UUID, bytes, bytes, bytes | None]]:
    """Number, line id, previous, digest, and the digest that the line has now (None without it)."""
    last = 0
    while batch := _links_after(last):
        for number, line, previous, kept, computed in batch:
            yield (
                number,
                line,
                bytes(previous),
                bytes(kept),
                None if computed is None else bytes(computed),
            )
        last = batch[-1][0]


def _links_after(number: int) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT link.number, link.line_id, link.previous, link.digest,
                   CASE WHEN line.id IS NOT NULL
                        THEN journal_link_digest(link.previous, link.number, line) END
            FROM journal_link link LEFT JOIN journal_line line ON line.id = link.line_id
            WHERE link.number > %s ORDER BY link.number LIMIT %s
            """,
            [number, _BATCH],
        )
        return cursor.fetchall()
