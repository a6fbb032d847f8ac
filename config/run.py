"""One command that runs database, web and worker, keeps them running, and stops them together.

Web and worker are children, each in a process group of its own. One that dies is started again; the
embedded server likewise. When this process itself is killed, the children notice the end of the
pipe between them, stop by themselves, and the last one stops the server.
"""

import contextlib
import fcntl
import http.client
import logging
import logging.config
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from config import database, prepared
from vinhdanh.common.refusal import Refused

logger = logging.getLogger(__name__)

# Names the data folder to the children, and finds children left behind by a killed supervisor.
CHILD_OF = "VINHDANH_CHILD_OF"
_TICK = 0.2
_FIRST_DELAY, _LONGEST_DELAY = 0.2, 10.0
_STEADY_SECONDS = 30.0
_GRACE_SECONDS = 15.0
# The pages answer sooner when the worker does not load at the same time.
_HEAD_START_SECONDS = 1.5


@dataclass
class Child:
    """A part of the system as a process: started, watched, started again with growing delays."""

    name: str
    command: list[str]
    environment: dict[str, str]
    folder: Path
    process: subprocess.Popen[bytes] | None = None
    born: float = 0.0
    delay: float = _FIRST_DELAY
    due: float = 0.0

    def start(self) -> None:
        self.born = time.monotonic()
        self.process = subprocess.Popen(  # noqa: S603 (our own program)
            self.command,
            env=self.environment,
            cwd=self.folder,
            stdin=subprocess.PIPE,
            start_new_session=True,
        )
        logger.info("started", extra={"part": self.name, "pid": self.process.pid})

    def look_after(self) -> None:
        """Start it when it is due; note its death and when to try again."""
        now = time.monotonic()
        if self.process is None:
            if now >= self.due:
                self.start()
            return
        code = self.process.poll()
        if code is None:
            return
        self._end_group()
        if now - self.born > _STEADY_SECONDS:
            self.delay = _FIRST_DELAY
        logger.error(
            "died", extra={"part": self.name, "code": code, "again_in_seconds": self.delay}
        )
        self.due = now + self.delay
        self.delay = min(self.delay * 2, _LONGEST_DELAY)
        self._forget()

    def stop(self) -> None:
        """Ask it to finish what it does; end it when that takes too long."""
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(_GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            logger.warning("did not stop by itself", extra={"part": self.name})
        self._end_group()
        self.process.wait()
        logger.info("stopped", extra={"part": self.name})
        self._forget()

    def _end_group(self) -> None:
        # What the process had started in its group would otherwise go on without it.
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)  # type: ignore[union-attr]

    def _forget(self) -> None:
        if self.process and self.process.stdin:
            self.process.stdin.close()
        self.process = None


def supervise(
    *,
    bind: str,
    port: int,
    with_demo: bool = False,
    announce: Callable[[], None] = lambda: None,
) -> None:
    """Run everything until SIGINT or SIGTERM; `announce` is called once, when pages answer.

    Raises Refused when it already runs from the same data folder or the port is taken.
    """
    stop = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, lambda *_: stop.set())
    settings = _settings()
    var, url = Path(settings.VAR).resolve(), os.environ.get("DATABASE_URL")
    with _alone(var):
        _end_leftovers(var)
        _port_is_free(bind, port)
        with database.running(url, var):
            _prepare(settings.ROOT, var, url, port=port, with_demo=with_demo)
            children = _children(settings.ROOT, var, bind=bind, port=port)
            try:
                _watch(
                    children, stop, var, url=url, announce=_announcement(settings, port, announce)
                )
            finally:
                for child in children:
                    child.stop()
    logger.info("all stopped")


def demonstrate(*, bind: str, port: int) -> None:
    """Run everything with the demonstration office, and print where and how to log in."""
    from config.demo.log_ins import LOG_INS, PASSWORD

    def announce() -> None:
        lines = ["", f"  Vinh Danh đang chạy tại  http://localhost:{port}/", ""]
        lines += [f"  {name:<12}{who}" for name, who in LOG_INS]
        lines += ["", f"  Mật khẩu của mọi tài khoản: {PASSWORD}"]
        lines += ["", "  Ctrl-C để dừng.", ""]
        print("\n".join(lines), flush=True)  # noqa: T201 (the demonstration speaks to a person)

    supervise(bind=bind, port=port, with_demo=True, announce=announce)


def answers(settings: Any, port: int) -> bool:
    """Whether /healthz on this machine says that all is well."""
    host = next((host for host in settings.ALLOWED_HOSTS if host != "*"), "localhost")
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=3)
    try:
        connection.request("GET", "/healthz", headers={"Host": host.lstrip(".")})
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _settings() -> Any:
    from config import settings

    logging.config.dictConfig(settings.LOGGING)
    return settings


def _prepare(root: Path, var: Path, url: str | None, *, port: int, with_demo: bool) -> None:
    """Bring database and static files up to date, in a process of its own that is gone after."""
    if url is None and prepared.is_noted(var, root, with_demo=with_demo):
        return
    command = [sys.executable, "-m", "config.cli", "migrate", *(["--with-demo"] * with_demo)]
    done = subprocess.run(  # noqa: S603 (our own program)
        command, cwd=root, env=_environment(var, port), check=False
    )
    if done.returncode:
        raise Refused("Không chuẩn bị được cơ sở dữ liệu; xem thông báo lỗi ở trên.")
    if url is None:
        prepared.take_note(var, root, with_demo=with_demo)


def _environment(var: Path, port: int) -> dict[str, str]:
    return {**os.environ, "VINHDANH_VAR": str(var), "VINHDANH_PORT": str(port)}


def _children(root: Path, var: Path, *, bind: str, port: int) -> list[Child]:
    """In the order in which they are stopped."""
    environment = {**_environment(var, port), CHILD_OF: str(var)}
    vinhdanh = [sys.executable, "-m", "config.cli"]
    return [
        Child("web", [*vinhdanh, "web", "--bind", bind, "--port", str(port)], environment, root),
        Child(
            "worker",
            [*vinhdanh, "worker"],
            environment,
            root,
            due=time.monotonic() + _HEAD_START_SECONDS,
        ),
    ]


def _watch(
    children: list[Child],
    stop: threading.Event,
    var: Path,
    *,
    url: str | None,
    announce: Callable[[], bool],
) -> None:
    announced = False
    while not stop.is_set():
        if url is None and not database.is_alive(var):
            logger.error("died", extra={"part": "database"})
            database.revive(var)
            logger.info("started", extra={"part": "database"})
        for child in children:
            child.look_after()
        announced = announced or announce()
        stop.wait(_TICK)


def _announcement(settings: Any, port: int, announce: Callable[[], None]) -> Callable[[], bool]:
    """Announces as soon as pages answer; says whether it has."""

    def attempt() -> bool:
        if not answers(settings, port):
            return False
        logger.info("answering", extra={"port": port})
        announce()
        return True

    return attempt


@contextlib.contextmanager
def _alone(var: Path) -> Iterator[None]:
    var.mkdir(parents=True, exist_ok=True)
    with (var / "run.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Refused(f"Hệ thống đang chạy từ thư mục {var} rồi.") from None
        yield


def _end_leftovers(var: Path) -> None:
    """End children of a supervisor that was killed together with its children's watch."""
    import psutil

    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error, OSError):
            is_ours = process.environ().get(CHILD_OF) == str(var)
            if is_ours and not process.name().startswith("postgres"):
                logger.warning("ended a leftover", extra={"pid": process.pid})
                process.kill()
                process.wait(5)


def _port_is_free(bind: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in bind else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((bind, port))
        except OSError as error:
            raise Refused(
                f"Không mở được cổng {port} tại {bind} ({error.strerror}). Hãy tắt chương trình "
                f"đang dùng cổng này, hoặc đặt VINHDANH_PORT={port + 1} để dùng cổng khác."
            ) from None
