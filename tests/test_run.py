"""The whole system as processes: what is killed comes back, and nothing acknowledged is lost."""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from config import database
from tests.faults import ROOT, System, free_port, lives, vinhdanh

pytestmark = [
    pytest.mark.xdist_group("run"),
    pytest.mark.skipif("DATABASE_URL" in os.environ, reason="this is about the embedded server"),
]

# Seconds for what a busy machine takes long for.
_PATIENCE = 120
_STUCK = """
import signal, sys, threading, time
from pathlib import Path
from config import database, serve

serve._GRACE_SECONDS = 0
signal.signal(signal.SIGTERM, signal.SIG_IGN)
var = Path(sys.argv[1])
with database.embedded(var):
    threading.Thread(target=serve._leave_with_parent, args=[var]).start()
    print("holds", flush=True)
    time.sleep(600)
"""


@pytest.fixture
def system(system_folder: Path) -> Iterator[System]:
    running = System(system_folder, free_port())
    try:
        running.until_answering()
        yield running
    finally:
        running.process.send_signal(signal.SIGTERM)
        running.process.wait(_PATIENCE)


def test_what_is_killed_comes_back_and_keeps_what_it_acknowledged(system: System):
    for part in ("web", "worker", "database"):
        acknowledged = _acknowledge(system, part)
        dying = system.pid(part)

        os.kill(dying, signal.SIGKILL)

        system.until(lambda dying=dying: not lives(dying))
        if part != "database":
            system.until(lambda part=part, dying=dying: system.pid(part) != dying)
        system.until_answering()
        assert acknowledged in _acknowledged(system)


def test_a_term_signal_stops_everything_in_order(system: System):
    parts = [system.pid("web"), system.pid("worker"), system.pid("database")]

    system.process.send_signal(signal.SIGTERM)

    assert system.process.wait(_PATIENCE) == 0
    assert [pid for pid in parts if lives(pid)] == []
    assert system.processes() == []
    stopped = [line["part"] for line in system.lines() if line["message"] == "stopped"]
    assert stopped == ["web", "worker"]


def test_a_killed_supervisor_leaves_no_orphan_and_loses_nothing(system: System):
    acknowledged = _acknowledge(system, "supervisor")

    system.process.kill()
    system.process.wait()

    system.until(lambda: system.processes() == [])
    again = System(system.var, system.port)
    again.until_answering()
    assert acknowledged in _acknowledged(again)
    again.process.send_signal(signal.SIGINT)
    assert again.process.wait(_PATIENCE) == 0


def test_a_part_that_does_not_stop_by_itself_stops_the_server_before_it_is_killed(tmp_path: Path):
    with subprocess.Popen(
        [sys.executable, "-c", _STUCK, str(tmp_path)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,
    ) as stuck:
        assert stuck.stdout
        assert stuck.stdin
        assert stuck.stdout.readline() == b"holds\n"
        assert database.is_alive(tmp_path)

        stuck.stdin.close()

        assert stuck.wait(_PATIENCE) == -signal.SIGKILL
    assert not database.is_alive(tmp_path)


def test_when_all_are_killed_at_once_the_next_start_recovers(system: System):
    acknowledged = _acknowledge(system, "all")

    for process in [psutil.Process(system.process.pid), *system.processes()]:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()

    system.process.wait()
    again = System(system.var, system.port)
    again.until_answering()
    assert acknowledged in _acknowledged(again)
    again.process.send_signal(signal.SIGTERM)
    assert again.process.wait(_PATIENCE) == 0


def test_a_second_start_and_a_taken_port_are_refused_in_a_sentence(system: System, tmp_path: Path):
    second = vinhdanh("run", var=system.var, port=free_port())
    taken = vinhdanh("run", var=tmp_path, port=system.port)

    assert "đang chạy từ thư mục" in second.communicate(timeout=_PATIENCE)[1].decode()
    assert second.returncode == 1
    assert f"Không mở được cổng {system.port}" in taken.communicate(timeout=_PATIENCE)[1].decode()
    assert taken.returncode == 1


def _acknowledge(system: System, key: str) -> str:
    system.ask(
        "INSERT INTO django_session VALUES (%s, '', now() + interval '1 day') "
        "ON CONFLICT DO NOTHING",
        key,
    )
    return key


def _acknowledged(system: System) -> set[str]:
    return {key for (key,) in system.ask("SELECT session_key FROM django_session")}
