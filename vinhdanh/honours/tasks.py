"""What the register does in the background."""

from django.http import Http404, QueryDict
from django.utils import timezone, translation
from procrastinate.contrib.django import app

from vinhdanh.accounts.models import User
from vinhdanh.honours.actions import exports, imports
from vinhdanh.honours.models import HistoryImport, ScreeningExport
from vinhdanh.honours.views.screening import question


@app.task(name="vinhdanh.honours.tasks.carry_on_import", retry=3)
def carry_on_import(import_id: str, by_id: str) -> None:
    """Read, match or store a list of past facts; nothing to do when it is gone."""
    found = HistoryImport.objects.select_related("office", "file").filter(pk=import_id).first()
    if found:
        imports.carry_on(found, by=User.objects.get(pk=by_id), now=timezone.now)


@app.task(name="vinhdanh.honours.tasks.write_screening", retry=3)
def write_screening(export_id: str) -> None:
    """Write a screening that was asked for; nothing to do when it is gone, or when whoever asked
    may no longer ask."""
    export = ScreeningExport.objects.select_related("asked_by").filter(pk=export_id).first()
    if export is None:
        return
    with translation.override(export.language):
        try:
            about = question(QueryDict(export.query), export.asked_by)
        except Http404:
            return
        exports.write(export, about.rows, about.conditions, at=timezone.now())


@app.periodic(cron="23 * * * *")
@app.task(name="vinhdanh.honours.tasks.sweep_screenings", queueing_lock="sweep screenings")
def sweep_screenings(timestamp: int) -> None:
    """Every hour: remove the screenings that were asked for more than a day ago."""
    exports.sweep(at=timezone.now())
