"""What is done with units and persons in the background."""

from django.utils import timezone
from procrastinate.contrib.django import app

from vinhdanh.accounts.models import User
from vinhdanh.people import actions
from vinhdanh.people.models import Import


@app.task(name="vinhdanh.people.tasks.take_in", retry=3)
def take_in(import_id: str, by_id: str) -> None:
    """Take in a spreadsheet that was confirmed; nothing to do when it is gone."""
    handed_in = Import.objects.filter(pk=import_id).first()
    if handed_in is not None:
        now = timezone.now()
        by = User.objects.get(pk=by_id)
        actions.carry_on(handed_in, by=by, on=timezone.localdate(now), at=now)
