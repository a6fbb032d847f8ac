"""Long lists written as a spreadsheet in the background, and taken away a day later."""

import io
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from procrastinate.contrib.django import app

from vinhdanh.accounts.models import User
from vinhdanh.documents import actions as documents
from vinhdanh.plans.models import Assignment, Export, Plan
from vinhdanh.plans.queries.work_sheet import write_sheet

EXPORT_JOB = "vinhdanh.plans.tasks.write_export"
# Lines that a person may be asked to wait for.
AT_ONCE = 3_000
KEPT = timedelta(days=1)


@transaction.atomic
def ask_export(
    plan: Plan, *, query: str, line_count: int, language: str, on: date, by: User, at: datetime
) -> Export:
    """Have the lines that the table shows for `query` written in the background.

    Whoever asks again for what is still being written is given the same.
    """
    same = {"plan": plan, "query": query, "language": language, "on": on, "asked_by": by}
    waiting = Export.objects.filter(**same, file=None).first()
    if waiting is not None:
        return waiting
    asked = Export.objects.create(**same, line_count=line_count, asked_at=at)
    app.configure_task(EXPORT_JOB).defer(export_id=str(asked.pk))
    return asked


def write_export(
    export: Export, lines: QuerySet[Assignment], conditions: list[str], *, at: datetime
) -> None:
    """Write the spreadsheet that was asked for and keep it; how far that is can be seen meanwhile.

    May be called again after a breakdown. Does nothing to one that is ready, and keeps nothing
    when the plan was taken back meanwhile.
    """
    if export.file_id:
        return
    asked = Export.objects.filter(pk=export.pk, file=None)
    stream = io.BytesIO()
    write_sheet(
        stream,
        export.plan,
        lines,
        conditions,
        on=export.on,
        told=lambda count: asked.update(written_count=count),
    )
    name = f"bang-theo-doi-{export.plan.year}-{export.on:%Y%m%d}.xlsx"
    documents.keep_written(asked, name, stream.getvalue(), at=at)


def sweep_exports(*, at: datetime) -> int:
    """Remove what was asked for more than a day ago, with its files; how many there were."""
    return documents.remove_written(Export.objects.filter(asked_at__lt=at - KEPT))
