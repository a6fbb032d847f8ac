"""Screenings handed out as spreadsheets: at once or written in the background, and taken away a
day later."""

import io
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from procrastinate.contrib.django import app

from vinhdanh.accounts.models import User
from vinhdanh.documents import actions as documents
from vinhdanh.honours.models import ScreeningExport
from vinhdanh.honours.queries.screening import Rows
from vinhdanh.honours.queries.screening_sheet import write_screening
from vinhdanh.journal import actions as journal
from vinhdanh.people.models import Unit

JOB = "vinhdanh.honours.tasks.write_screening"
# Lines that a person may be asked to wait for: their reasons take under a second.
AT_ONCE = 150
KEPT = timedelta(days=1)


@transaction.atomic
def ask(
    scope: Unit, *, query: str, line_count: int, language: str, on: date, by: User, at: datetime
) -> ScreeningExport:
    """Have the rows that the page shows for `query` written in the background.

    Whoever asks again for what is still being written is given the same.
    """
    same = {"scope": scope, "query": query, "language": language, "on": on, "asked_by": by}
    waiting = ScreeningExport.objects.filter(**same, file=None).first()
    if waiting is not None:
        return waiting
    asked = ScreeningExport.objects.create(**same, line_count=line_count, asked_at=at)
    app.configure_task(JOB).defer(export_id=str(asked.pk))
    return asked


def write(export: ScreeningExport, rows: Rows, conditions: Sequence[str], *, at: datetime) -> None:
    """Write the spreadsheet that was asked for and keep it; how far that is can be seen meanwhile.

    May be called again after a breakdown. Does nothing to one that is ready or gone.
    """
    if export.file_id:
        return
    asked = ScreeningExport.objects.filter(pk=export.pk, file=None)
    asked.update(line_count=len(rows))
    stream = io.BytesIO()
    write_screening(stream, rows, conditions, told=lambda count: asked.update(written_count=count))
    name = f"xet-dieu-kien-{export.on:%Y%m%d}.xlsx"
    documents.keep_written(asked, name, stream.getvalue(), at=at)


def sweep(*, at: datetime) -> int:
    """Remove what was asked for more than a day ago, with its files; how many there were."""
    old = ScreeningExport.objects.filter(asked_at__lt=at - KEPT)
    return documents.remove_written(old.select_related("file"))


def note(scope: Unit, *, count: int, by: User) -> None:
    """Write down that `by` was handed out so many lines about who may be honoured."""
    journal.record("screening exported", scope, by=by, detail={"count": count})
