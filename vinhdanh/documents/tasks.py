"""What the store does by itself, and the lists that it writes in the background."""

from django.utils import timezone, translation
from procrastinate.contrib.django import app

from vinhdanh.documents import actions
from vinhdanh.documents.models import Export


@app.periodic(cron="20 3 * * *")
@app.task(queueing_lock="sweep documents")
def sweep(timestamp: int) -> None:
    """Every night: remove stored bytes that no row refers to."""
    actions.sweep(at=timezone.now())


@app.task(name="vinhdanh.documents.tasks.write_export", retry=3)
def write_export(export_id: str) -> None:
    """Write a list that was asked for; nothing to do when it is gone."""
    export = Export.objects.select_related("asked_by").filter(pk=export_id).first()
    if export is not None:
        with translation.override(export.language):
            actions.write_export(export, now=timezone.now)


@app.periodic(cron="47 * * * *")
@app.task(queueing_lock="sweep exports")
def sweep_exports(timestamp: int) -> None:
    """Every hour: remove the lists that were asked for more than a day ago."""
    actions.sweep_exports(at=timezone.now())
