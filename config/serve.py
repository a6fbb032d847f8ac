"""The web server and the worker, each a process that a service manager or `run` looks after."""

import logging.config
import os
import signal
import sys
import threading
import time
from pathlib import Path
from typing import Any

from config import database
from config.run import CHILD_OF

_GRACE_SECONDS = 10
# No notice comes when a job that waited for another with the same lock may begin.
_POLLING_SECONDS = 1


def web(*, bind: str, port: int) -> None:
    """Serve the pages until SIGTERM; requests under way are finished first."""
    settings = _begin()
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    server = Granian(
        "config.wsgi:application",
        address=bind,
        port=port,
        interface=Interfaces.WSGI,
        workers=int(os.environ.get("VINHDANH_WEB_PROCESSES", "1")),
        blocking_threads=int(os.environ.get("VINHDANH_WEB_THREADS", "8")),
        log_level=LogLevels.warning,
        log_dictconfig=_server_logging(settings.LOGGING),
        respawn_failed_workers=True,
        workers_kill_timeout=_GRACE_SECONDS,
    )
    with database.running(os.environ.get("DATABASE_URL"), Path(settings.VAR)):
        server.serve()


def worker() -> None:
    """Do the queue's jobs until SIGTERM; jobs under way are finished first, within the grace."""
    settings = _begin()
    with database.running(os.environ.get("DATABASE_URL"), Path(settings.VAR)):
        import django

        django.setup()
        from procrastinate.contrib.django import app

        from config.tasks import resume_soon

        resume_soon()
        connector: Any = app.connector
        with app.replace_connector(connector.get_worker_connector()) as working:
            working.run_worker(
                concurrency=int(os.environ.get("VINHDANH_WORKER_JOBS", "4")),
                fetch_job_polling_interval=_POLLING_SECONDS,
                shutdown_graceful_timeout=_GRACE_SECONDS,
            )


def _begin() -> Any:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from config import settings

    logging.config.dictConfig(settings.LOGGING)
    # Until the server or the queue listens itself: what is held must be let go.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    if CHILD_OF in os.environ:
        var = None if "DATABASE_URL" in os.environ else Path(settings.VAR)
        threading.Thread(target=_leave_with_parent, args=[var], daemon=True).start()
    return settings


def _leave_with_parent(var: Path | None) -> None:
    """Stop when the supervisor is gone: it holds the other end of standard input, silent.

    Who does not manage in time is killed, but stops the embedded server under `var` first:
    nobody else would.
    """
    while os.read(0, 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(_GRACE_SECONDS + 2)
    if var is not None:
        database.give_up(var)
    os.killpg(0, signal.SIGKILL)


def _server_logging(common: dict[str, Any]) -> dict[str, Any]:
    """The server's own loggers in the common form."""
    own = {"handlers": ["out"], "level": "WARNING", "propagate": False}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": common["formatters"],
        "handlers": common["handlers"],
        "loggers": {"_granian": dict(own), "granian.access": dict(own)},
    }
