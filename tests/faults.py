"""The whole system as processes, to be used and killed: start it, watch it, ask within it."""

import contextlib
import copy
import http.client
import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

import psutil
import psycopg
import requests

from config import database
from vinhdanh.accounts.tests.make import PASSWORD

ROOT = Path(__file__).resolve().parents[1]


class System:
    """`vinhdanh run` with a data folder and a port of its own; `also` is added to its environment.

    What it says goes to the file `log` in the folder; what it receives lies in `received` first.
    """

    def __init__(self, var: Path, port: int, **also: str) -> None:
        self.var = var
        self.port = port
        self.also = also
        self.log = var / "log"
        self.received = var / "received"
        self.received.mkdir(exist_ok=True, parents=True)
        also = {"TMPDIR": str(self.received)} | also
        with self.log.open("w") as log:
            self.process = vinhdanh("run", var=var, port=port, stderr=log, **also)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def pid(self, part: str) -> int:
        """The process that was started last for a part ("web", "worker"), or of the database."""
        if part == "database":
            return int((self.var / "postgres/postmaster.pid").read_text().splitlines()[0])
        started = [line for line in self.lines() if line.get("part") == part and "pid" in line]
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
        self.until(self.answers)

    def until(self, is_so: Callable[[], bool], *, seconds: float = 180) -> None:
        """Wait for another process, of which nothing else tells."""
        give_up = time.monotonic() + seconds
        while not is_so():
            assert time.monotonic() < give_up, f"{self.processes()}\n{self.log.read_text()}"
            time.sleep(0.05)

    def processes(self) -> list[psutil.Process]:
        """Every process of this system that lives."""
        return [process for process in psutil.process_iter() if str(self.var) in _words(process)]

    def lines(self) -> list[dict[str, Any]]:
        """What it has said so far."""
        lines = self.log.read_text().splitlines()
        return [json.loads(line) for line in lines if line.startswith("{")]

    def ask(self, question: str, *values: Any) -> list[tuple[Any, ...]]:
        """The rows that its database answers with; what the question changes is kept."""
        with psycopg.connect(database.address(self.var)) as connection:
            cursor = connection.execute(question, values)
            return cursor.fetchall() if cursor.description else []

    def do(self, script: str) -> Any:
        """What a script says as JSON in its last line, run with the system's database and files."""
        settings = {"DJANGO_SETTINGS_MODULE": "config.settings"}
        begin = f"import django, json; django.setup()\n{script}"
        done = subprocess.run(
            [sys.executable, "-c", begin],
            cwd=ROOT,
            env=environment(self.var, self.port) | settings | self.also,
            capture_output=True,
            check=False,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout.splitlines()[-1])


class Browser:
    """Somebody at the pages of a system, whose every form is asked for before it is sent."""

    def __init__(self, system: System, username: str) -> None:
        self.url = system.url
        self.session = requests.Session()
        told = {"login": username, "password": PASSWORD}
        landed = self.send("/tai-khoan/dang-nhap/", told)
        assert "/tai-khoan/" not in landed.url, landed.text

    def twin(self) -> Self:
        """The same person in another window."""
        other = copy.copy(self)
        other.session = requests.Session()
        other.session.cookies.update(self.session.cookies)
        return other

    def open(self, path: str) -> requests.Response:
        return self.session.get(f"{self.url}{path}", timeout=30)

    def send(self, path: str, typed: dict[str, Any], **also: Any) -> requests.Response:
        """Open the form at `path` and send it; the page that is led to."""
        form = self.open(path)
        if form.status_code != 200 or not form.url.startswith(f"{self.url}{path}"):
            return form
        typed = typed | {"csrfmiddlewaretoken": _token(form)}
        return self.session.post(form.url, data=typed, timeout=30, **also)

    def begin_upload(self, page: str, path: str, name: str, content: bytes) -> bytes:
        """A whole request that sends a file to `path` with the form on `page`, as bytes."""
        token = _token(self.open(page))
        files = {name: ("tep.txt", content, "text/plain")}
        typed = {"csrfmiddlewaretoken": token}
        request = requests.Request("POST", f"{self.url}{path}", data=typed, files=files)
        ready = self.session.prepare_request(request)
        told = {"Host": urlsplit(self.url).netloc} | dict(ready.headers)
        head = "".join(f"{key}: {value}\r\n" for key, value in told.items())
        assert isinstance(ready.body, bytes)
        return f"POST {path} HTTP/1.1\r\n{head}\r\n".encode() + ready.body

    def sending(self, part: bytes) -> socket.socket:
        """A connection over which these bytes were sent, to close."""
        connection = socket.create_connection(("127.0.0.1", urlsplit(self.url).port), timeout=30)
        connection.sendall(part)
        return connection


def _token(form: requests.Response) -> str:
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', form.text)
    assert token, form.text
    return token[1]


def vinhdanh(
    *words: str, var: Path, port: int = 0, stderr: Any = subprocess.PIPE, **also: str
) -> subprocess.Popen[bytes]:
    """A command of `vinhdanh`, begun."""
    return subprocess.Popen(
        [sys.executable, "-m", "config.cli", *words],
        cwd=ROOT,
        env=environment(var, port) | also,
        stdout=subprocess.DEVNULL,
        stderr=stderr,
    )


def ended(process: subprocess.Popen[bytes]) -> tuple[int | None, str]:
    """How a command ended, and what it complained of."""
    complaint = process.communicate()[1].decode()
    return process.returncode, complaint


def environment(var: Path, port: int) -> dict[str, str]:
    """That of a system in the folder, without what is set for the tests."""
    known = {name: value for name, value in os.environ.items() if name[:7] != "DJANGO_"}
    return known | {"VINHDANH_VAR": str(var), "VINHDANH_PORT": str(port), "VINHDANH_LOG": "INFO"}


def lives(pid: int) -> bool:
    return psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


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
