"""What the worker does with notices."""

from django.utils import timezone
from procrastinate.contrib.django import app

from vinhdanh.notices import actions


@app.task(name="vinhdanh.notices.tasks.hand_over")
def hand_over(timestamp: int = 0, channel: str = "") -> None:
    """Hand over all that is due of a channel, as soon as it is queued and every minute.

    One job at a time for a channel, so that a slow server does not take up every worker.
    """
    while actions.hand_over(at=timezone.now(), channels=[channel]):
        pass


for _channel in ("mail", "hook"):
    _every_minute = app.periodic(
        cron="* * * * *",
        periodic_id=_channel,
        task_kwargs={"channel": _channel},
        lock=f"hand over {_channel}",
        queueing_lock=f"hand over {_channel}",
    )
    _every_minute(hand_over)


@app.periodic(cron="57 2 * * *")
@app.task(name="vinhdanh.notices.tasks.forget_old", queueing_lock="forget old notices")
def forget_old(timestamp: int) -> None:
    """Every night: forget what was read or sent long ago."""
    actions.forget_old(at=timezone.now())
