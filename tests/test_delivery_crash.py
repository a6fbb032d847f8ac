"""Killed while two hundred mails are released: none arrives twice, none is lost unseen."""

import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from django.db import connection

from vinhdanh.notices import actions
from vinhdanh.notices.models import Delivery
from vinhdanh.notices.tests.make import AT, a_delivery
from vinhdanh.notices.tests.servers import Sink, mail_server

ROOT = Path(__file__).resolve().parents[1]
WORKER = f"""
import django; django.setup()
from datetime import datetime
from vinhdanh.notices import actions
while actions.hand_over(at=datetime.fromisoformat("{AT.isoformat()}"), channels=["mail"]):
    pass
"""
MAILS = 200
KILLED_AFTER = (5, 40, 41, 90, 150)

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_worker_killed_again_and_again_sends_nothing_twice_and_loses_nothing_unseen(settings):
    for _number in range(MAILS):
        a_delivery()

    with mail_server(settings, seconds_each=0.02) as server:
        for count in KILLED_AFTER:
            _killed_after(server, count, settings)
        assert _worker(settings).wait(60) == 0
        with_all_done = actions.hand_over(at=AT + timedelta(minutes=11), channels=["mail"])

    stands = dict(Delivery.objects.values_list("address", "state"))
    arrived = Counter(server.addresses)
    unsure = {address for address, state in stands.items() if state == "unsure"}
    assert with_all_done == 0
    assert set(arrived.values()) == {1}
    assert set(stands.values()) <= {"sent", "unsure"}
    assert set(stands) - set(arrived) <= unsure
    assert len(unsure) <= len(KILLED_AFTER)


def _killed_after(server: Sink, count: int, settings: Any) -> None:
    """Let a worker go on until so many mails have arrived in all, then kill it."""
    worker = _worker(settings)
    _until(lambda: len(server.mails) >= count)
    worker.kill()
    worker.wait()


def _worker(settings: Any) -> subprocess.Popen[bytes]:
    """A process that hands over what waits in the tests' database."""
    at = connection.settings_dict
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "VINHDANH_VAR": str(settings.VAR),
        "DATABASE_URL": (
            f"postgresql://{quote(at['USER'])}:{quote(at['PASSWORD'])}@/{quote(at['NAME'])}?"
            + urlencode({"host": at["HOST"], **({"port": at["PORT"]} if at["PORT"] else {})})
        ),
        "EMAIL_HOST": settings.EMAIL_HOST,
        "EMAIL_PORT": str(settings.EMAIL_PORT),
    }
    return subprocess.Popen([sys.executable, "-c", WORKER], cwd=ROOT, env=environment)


def _until(is_so: Callable[[], bool], *, seconds: float = 60) -> None:
    """Wait for another process, of which nothing else tells."""
    give_up = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < give_up
        time.sleep(0.005)
