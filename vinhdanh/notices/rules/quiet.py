"""The hours of the day in which a person wants no mail; they may span midnight."""

from datetime import datetime, time, timedelta


def is_quiet(now: time, *, quiet_from: time, quiet_until: time) -> bool:
    """Whether `now` lies in the quiet hours, which begin at the first and end before the second.

    The same hour twice means none.
    """
    if quiet_from <= quiet_until:
        return quiet_from <= now < quiet_until
    return now >= quiet_from or now < quiet_until


def after_quiet(at: datetime, *, quiet_from: time, quiet_until: time) -> datetime:
    """The instant itself, or the end of the quiet hours in which it lies; `at` in local time."""
    if not is_quiet(at.time(), quiet_from=quiet_from, quiet_until=quiet_until):
        return at
    end = at.replace(
        hour=quiet_until.hour, minute=quiet_until.minute, second=0, microsecond=0, fold=0
    )
    return end if end > at else end + timedelta(days=1)
