"""Writing the journal.

A line is written within the caller's transaction. Its link in the chain is forged by the database
while that transaction commits: until then writers hold no common lock, so they neither wait for
each other nor can they deadlock over it.
"""

from datetime import timedelta
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models
from django.db.models.functions import Now

from vinhdanh.journal import middleware
from vinhdanh.journal.models import Line

# A page loaded again within it was looked at once.
ONE_LOOK = timedelta(minutes=1)


def record(
    deed: str,
    thing: models.Model,
    *,
    by: AbstractBaseUser | None,
    detail: dict[str, Any] | None = None,
) -> Line:
    """Write one line: `by` did `deed` to `thing`, within the caller's transaction.

    `deed` is the code of a sentence that the room has named with `rules.name_deeds`. `by` is None
    for what the system does by itself. `detail` holds plain values (before, after, a reason); it
    is shown to whoever may see the thing, so nothing more personal than the thing goes in.
    """
    return Line.objects.create(
        actor_id=by.pk if by else None,
        actor_name=str(by) if by else "",
        whence=middleware.current(),
        deed=deed,
        thing_kind=thing._meta.label,
        thing_id=thing.pk,
        thing_name=str(thing)[:300],
        detail=detail or {},
    )


def record_look(
    deed: str, thing: models.Model, *, by: AbstractBaseUser, detail: dict[str, Any] | None = None
) -> None:
    """Write one line, as `record`, that `by` looked at something personal; none when a line within
    the last minute says the same (a page loaded again, the pictures of a page)."""
    said = Line.objects.filter(
        thing_kind=thing._meta.label,
        thing_id=thing.pk,
        deed=deed,
        actor_id=by.pk,
        detail=detail or {},
        at__gt=Now() - ONE_LOOK,
    )
    if not said.exists():
        record(deed, thing, by=by, detail=detail)
