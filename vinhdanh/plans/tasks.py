"""What is done in the background: reading large documents, laying out large plans."""

from datetime import date

from django.utils import timezone
from procrastinate.contrib.django import app

from vinhdanh.accounts.models import User
from vinhdanh.plans import actions
from vinhdanh.plans.actions import reminders
from vinhdanh.plans.models import Plan, Reading


@app.task(name="vinhdanh.plans.tasks.read_document", retry=3)
def read_document(reading_id: str) -> None:
    """Read a document that was handed in; nothing to do when it has been read or is gone."""
    reading = Reading.objects.filter(pk=reading_id).first()
    if reading:
        actions.read_document(reading, at=timezone.now())


@app.task(name="vinhdanh.plans.tasks.carry_on_force", retry=3)
def carry_on_force(plan_id: str, by_id: str, on: str) -> None:
    """Lay out what is not yet laid out of a plan that was started."""
    plan = Plan.objects.get(pk=plan_id)
    by = User.objects.get(pk=by_id)
    actions.carry_on_force(plan, by=by, on=date.fromisoformat(on), at=timezone.now())


@app.periodic(cron="*/15 * * * *")
@app.task(name="vinhdanh.plans.tasks.remind", queueing_lock="remind")
def remind(timestamp: int) -> None:
    """Every quarter of an hour: tell people what the day asks of them, and queue their digests."""
    now = timezone.now()
    reminders.remind(on=timezone.localdate(now), at=now)
