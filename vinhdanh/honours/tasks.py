"""What the register does in the background."""

from django.utils import timezone
from procrastinate.contrib.django import app

from vinhdanh.accounts.models import User
from vinhdanh.honours.actions import imports
from vinhdanh.honours.models import HistoryImport


@app.task(name="vinhdanh.honours.tasks.carry_on_import", retry=3)
def carry_on_import(import_id: str, by_id: str) -> None:
    """Read, match or store a list of past facts; nothing to do when it is gone."""
    found = HistoryImport.objects.select_related("office", "file").filter(pk=import_id).first()
    if found:
        imports.carry_on(found, by=User.objects.get(pk=by_id), now=timezone.now)
