"""What the store does by itself."""

from django.utils import timezone
from procrastinate.contrib.django import app

from vinhdanh.documents import actions


@app.periodic(cron="20 3 * * *")
@app.task(queueing_lock="sweep documents")
def sweep(timestamp: int) -> None:
    """Every night: remove stored bytes that no row refers to."""
    actions.sweep(at=timezone.now())
