"""Housekeeping that no room owns: what the worker does by the clock."""

import contextlib

from django.core.management import call_command
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued, UniqueViolation
from procrastinate.jobs import Status

_KEPT_HOURS = 24 * 30
# A worker of which nothing is heard for so long is dead.
_SILENT_SECONDS = 30


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="resume_interrupted_jobs")
async def resume_interrupted_jobs(timestamp: int) -> None:
    """Put back what a worker had begun when it was killed: an acknowledged job is not lost.

    Where the same waits already it does both. Not removed, the interrupted one would stand in its
    way for good: jobs with one lock are done one after the other.
    """
    for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=_SILENT_SECONDS):
        try:
            await app.job_manager.retry_job(job)
        except UniqueViolation:
            await app.job_manager.finish_job(job, status=Status.ABORTED, delete_job=True)


def resume_soon() -> None:
    """Have that done as soon as it can be told that a worker before this one is dead."""
    soon = resume_interrupted_jobs.configure(schedule_in={"seconds": _SILENT_SECONDS + 1})
    with contextlib.suppress(AlreadyEnqueued):
        soon.defer(timestamp=0)


@app.periodic(cron="17 2 * * *")
@app.task(queueing_lock="remove_finished_jobs")
async def remove_finished_jobs(timestamp: int) -> None:
    """Forget jobs that succeeded more than thirty days ago; failed ones stay to be looked at."""
    await app.job_manager.delete_old_jobs(nb_hours=_KEPT_HOURS)


@app.periodic(cron="37 2 * * *")
@app.task(queueing_lock="remove_expired_sessions")
def remove_expired_sessions(timestamp: int) -> None:
    """Forget log-ins that have run out."""
    call_command("clearsessions")
