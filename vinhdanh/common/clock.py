"""Instants and the days on which they fall here."""

from datetime import date, datetime

from django.utils import timezone


def day_of(at: datetime) -> date:
    """The day of an instant, in Viet Nam."""
    return timezone.localtime(at).date()
