"""The whole system as processes: what is killed comes back, and nothing acknowledged is lost."""

import contextlib
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import psycopg
import pytest

from config import database

ROOT = Path(__file__).resolve().parents[1]
pytestmark = [
    pytest.mark.xdist_group("run"),
    pytest.mark.skipif("DATABASE_URL" in os.environ, reason="this is about the embedded server"),
]


class System:
    """`vinhdanh run` with a data folder and a port of its own."""

    def __init__(self, var: Path, port: int) -> None:
        self.var = var
        self.port = port
        self.log = var / "log"
        var.mkdir(exist_ok=True)
        with self.log.open("w") as log:
            self.process = _vinhdanh("run", var=var, port=port, stderr=log)

    def pid(self, part: str) -> int:
        """The process that was started last for a part."""
        started = [line for line in self._lines() if line.get("part") == part and "pid" in line]
        return int(started[-1]["pid"])

    def answers(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        with (
            contextlib.suppress(OSError, http.client.HTTPException),
            contextlib.closing(connection),
        ):
            connection.request("GET", "/healthz")
            answer = connection.getresponse()
            return answer.status == 200 and json.loads(answer.read())["workers"] > 0
        return False

    def until_answering(self) -> None:
        _until(self.answers, self.log)

    def postmaster(self) -> int:
        return int((self.var / "postgres/postmaster.pid").read_text().splitlines()[0])

    def processes(self) -> list[psutil.Process]:
        """Every process of this system that lives."""
        return [process for process in psutil.process_iter() if str(self.var) in _words(process)]

    def _lines(self) -> list[dict[str, Any]]:
        lines = self.log.read_text().splitlines()
        return [json.loads(line) for line in lines if line.startswith("{")]


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("run") / "var"


@pytest.fixture
def system(var: Path) -> Iterator[System]:
    running = System(var, _free_port())
    try:
        running.until_answering()
        yield running
    finally:
        running.process.send_signal(signal.SIGTERM)
        running.process.wait(60)


def test_what_is_killed_comes_back_and_keeps_what_it_acknowledged(system: System):
    for part in ("web", "worker", "database"):
        acknowledged = _acknowledge(system, part)
        dying = system.postmaster() if part == "database" else system.pid(part)

        os.kill(dying, signal.SIGKILL)

        _until(lambda dying=dying: not _lives(dying), system.log)
        if part != "database":
            _until(lambda part=part, dying=dying: system.pid(part) != dying, system.log)
        system.until_answering()
        assert acknowledged in _acknowledged(system)


def test_a_term_signal_stops_everything_in_order(system: System):
    parts = [system.pid("web"), system.pid("worker"), system.postmaster()]

    system.process.send_signal(signal.SIGTERM)

    assert system.process.wait(30) == 0
    assert [pid for pid in parts if _lives(pid)] == []
    assert system.processes() == []
    stopped = [line["part"] for line in system._lines() if line["message"] == "stopped"]
    assert stopped == ["web", "worker"]


def test_a_killed_supervisor_leaves_no_orphan_and_loses_nothing(system: System):
    acknowledged = _acknowledge(system, "supervisor")

    system.process.kill()
    system.process.wait()

    _until(lambda: system.processes() == [], system.log)
    again = System(system.var, system.port)
    again.until_answering()
    assert acknowledged in _acknowledged(again)
    again.process.send_signal(signal.SIGINT)
    assert again.process.wait(30) == 0


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
    assert again.process.wait(30) == 0


def test_a_second_start_and_a_taken_port_are_refused_in_a_sentence(system: System, tmp_path: Path):
    second = _vinhdanh("run", var=system.var, port=_free_port(), stderr=subprocess.PIPE)
    taken = _vinhdanh("run", var=tmp_path, port=system.port, stderr=subprocess.PIPE)

    assert "đang chạy từ thư mục" in second.communicate(timeout=30)[1].decode()
    assert second.returncode == 1
    assert f"Không mở được cổng {system.port}" in taken.communicate(timeout=30)[1].decode()
    assert taken.returncode == 1


def _vinhdanh(command: str, *, var: Path, port: int, stderr: Any) -> subprocess.Popen[bytes]:
    environment = {name: value for name, value in os.environ.items() if name[:7] != "DJANGO_"}
    environment |= {"VINHDANH_VAR": str(var), "VINHDANH_PORT": str(port), "VINHDANH_LOG": "INFO"}
    return subprocess.Popen(
        [sys.executable, "-m", "config.cli", command], cwd=ROOT, env=environment, stderr=stderr
    )


def _acknowledge(system: System, key: str) -> str:
    with psycopg.connect(database.address(system.var)) as connection:
        connection.execute(
            "INSERT INTO django_session VALUES (%s, '', now() + interval '1 day') "
            "ON CONFLICT DO NOTHING",
            [key],
        )
    return key


def _acknowledged(system: System) -> set[str]:
    with psycopg.connect(database.address(system.var)) as connection:
        return {key for (key,) in connection.execute("SELECT session_key FROM django_session")}


def _until(is_so: Callable[[], bool], log: Path, *, seconds: float = 60) -> None:
    """Wait for another process, of which nothing else tells."""
    give_up = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < give_up, log.read_text()
        time.sleep(0.05)


def _lives(pid: int) -> bool:
    return psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE


def _words(process: psutil.Process) -> str:
    try:
        if process.status() == psutil.STATUS_ZOMBIE or process.pid == os.getpid():
            return ""
        said = " ".join(process.cmdline())
        if "config.cli" in said:
            said += f" {process.environ().get('VINHDANH_VAR')}"
    except psutil.Error:
        return ""
    return said


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
