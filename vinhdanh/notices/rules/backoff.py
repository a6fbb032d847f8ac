"""When a delivery that failed is tried again."""

from datetime import timedelta

_MINUTES = (1, 5, 15, 60, 240)


def delay(attempts: int) -> timedelta | None:
    """How long to wait after so many attempts (1 or more) have failed; None: give up."""
    return timedelta(minutes=_MINUTES[attempts - 1]) if attempts <= len(_MINUTES) else None
