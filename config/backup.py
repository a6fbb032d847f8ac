"""Taking a backup: database and stored files as they were at one moment, in one archive.

The archive (config/archive.py) holds, in this order: `database/NNNNNN`, which put together are what
pg_dump wrote in its custom form; `media/XX/SHA-256`, the stored files; `manifest.json`, which says
what there should be. Everything is told in one transaction that sees one moment, whoever writes
meanwhile; nothing is held up, and no file or dump is ever whole in memory or on disk beside it.
"""

import contextlib
import hashlib
import io
import json
import os
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import IO, Any

import psycopg
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connections
from psycopg import sql
from psycopg.conninfo import make_conninfo

from config import archive, database
from vinhdanh.common.refusal import Refused
from vinhdanh.common.sealing import mark_of
from vinhdanh.documents.actions import BACKUP_LOCK
from vinhdanh.documents.models import File

FORMAT = 1
PARTS, MEDIA, MANIFEST = "database/", "media/", "manifest.json"
_PART = 16 * 1024 * 1024
_FILES_AT_ONCE = 500


@dataclass(frozen=True)
class Manifest:
    """What an archive should hold.

    `counts` are the rows of each table, `journal` is number and digest of its last link, `parts`
    the SHA-256 of each part of the dump by name, `lacking` the SHA-256 of files that the store had
    lost, or no longer had as they were handed in, when the backup was taken. `key` is the mark of
    the key that seals secrets in the database; "" in a backup from before they were sealed.
    """

    at: str
    server: int
    counts: dict[str, int]
    journal: tuple[int, str]
    files: int
    parts: dict[str, str] = field(default_factory=dict)
    lacking: list[str] = field(default_factory=list)
    key: str = ""
    format: int = FORMAT


def write(path: Path, *, passphrase: str | None, at: datetime) -> Manifest:
    """Write a backup to `path`, in the place of what was there; encrypted with a passphrase.

    Raises Refused, and leaves nothing, when another backup is being taken, when no pg_dump fits the
    server, and when the folder is not there or full.
    """
    try:
        with _moment() as seen, archive.written(path, passphrase) as tar:
            manifest = _manifest(seen, at)
            _add_dump(tar, seen, manifest)
            _add_files(tar, seen, manifest)
            content = json.dumps(asdict(manifest), ensure_ascii=False, indent=1).encode()
            archive.add(tar, MANIFEST, len(content), io.BytesIO(content), at=at.timestamp())
    except OSError as error:
        raise Refused(
            f"Không ghi được bản sao lưu vào {path}: {error.strerror or error}."
        ) from None
    except psycopg.errors.UndefinedTable:
        raise Refused("Cơ sở dữ liệu chưa có gì để sao lưu: chạy vinhdanh migrate.") from None
    except psycopg.OperationalError as error:
        raise Refused(f"Mất kết nối với cơ sở dữ liệu khi sao lưu: {error}") from None
    return manifest


@contextlib.contextmanager
def _moment() -> Iterator[psycopg.Connection]:
    """A connection that sees the database at one moment, after which no stored file is removed
    while the block runs."""
    with _connection() as holding, _connection() as seen:
        holding.execute("SET lock_timeout = '5s'")
        try:
            holding.execute("SELECT pg_advisory_xact_lock(%s)", [BACKUP_LOCK])
        except psycopg.errors.LockNotAvailable:
            raise Refused("Một lần sao lưu khác đang chạy; hãy đợi nó xong.") from None
        seen.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        seen.read_only = True
        yield seen
        seen.rollback()


def _connection() -> psycopg.Connection:
    connection = psycopg.connect(**_parameters(), autocommit=True)
    connection.execute("SET idle_in_transaction_session_timeout = 0")
    connection.autocommit = False
    return connection


def _parameters() -> dict[str, Any]:
    known = connections["default"].get_connection_params()
    left_out = {"context", "cursor_factory", "prepare_threshold"}
    return {name: value for name, value in known.items() if name not in left_out}


def _manifest(seen: psycopg.Connection, at: datetime) -> Manifest:
    link = seen.execute(
        "SELECT number, encode(digest, 'hex') FROM journal_link ORDER BY number DESC LIMIT 1"
    ).fetchone()
    (files,) = _row(seen, "SELECT count(DISTINCT sha256) FROM documents_file")
    return Manifest(
        at=at.isoformat(),
        server=seen.info.server_version,
        counts=counts(seen),
        journal=link or (0, ""),
        files=files,
        key=mark_of(settings.SECRET_KEY),
    )


def counts(connection: psycopg.Connection) -> dict[str, int]:
    """How many rows each table has."""
    tables = connection.execute(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
    ).fetchall()
    return {
        name: connection.execute(
            sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier("public", name))
        ).fetchone()[0]  # type: ignore[index]
        for (name,) in tables
    }


def _add_dump(tar: tarfile.TarFile, seen: psycopg.Connection, manifest: Manifest) -> None:
    (snapshot,) = _row(seen, "SELECT pg_export_snapshot()")
    arguments = ["--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}"]
    command = program(
        "pg_dump",
        seen.info.server_version,
        database.programs(Path(settings.VAR)),
        own=not os.environ.get("DATABASE_URL"),
    )
    where, environment = address(_parameters())
    with (
        tempfile.TemporaryFile() as said,
        subprocess.Popen(  # noqa: S603 (a fixed program)
            [command, *arguments, f"--dbname={where}"],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=said,
        ) as dumping,
    ):
        assert dumping.stdout
        for number, part in enumerate(_parts(dumping.stdout)):
            name = f"{PARTS}{number:06}"
            manifest.parts[name] = hashlib.sha256(part).hexdigest()
            archive.add(tar, name, len(part), io.BytesIO(part), at=_time(manifest))
        if dumping.wait():
            raise Refused(f"pg_dump không đọc được cơ sở dữ liệu: {last_line(said)}")


def _parts(stream: IO[bytes]) -> Iterator[bytes]:
    while part := stream.read(_PART):
        yield part


def _add_files(tar: tarfile.TarFile, seen: psycopg.Connection, manifest: Manifest) -> None:
    with seen.cursor(name="files") as cursor:
        cursor.itersize = _FILES_AT_ONCE
        cursor.execute("SELECT DISTINCT sha256 FROM documents_file ORDER BY sha256")
        for (digest,) in cursor:
            if not _add_file(tar, digest, at=_time(manifest)):
                manifest.lacking.append(digest)


def _add_file(tar: tarfile.TarFile, digest: str, *, at: float) -> bool:
    """Add a stored file; whether it is there as it was handed in."""
    place = File(sha256=digest).place
    try:
        size = default_storage.size(place)
        stream = default_storage.open(place, "rb")
    except FileNotFoundError:
        return False
    with stream:
        hashed = Hashing(stream)
        archive.add(tar, f"{MEDIA}{place}", size, hashed, at=at)  # type: ignore[arg-type]
    return hashed.digest.hexdigest() == digest


class Hashing:
    """A stream whose bytes are summed up while they are read."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.stream = stream
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        content = self.stream.read(size)
        self.digest.update(content)
        return content


def program(name: str, server: int, programs: Path, *, own: bool) -> str:
    """The path of pg_dump or pg_restore, not older than a server of that version.

    Those in the folder `programs` go with the embedded server (`own`). For another server that of
    the machine is taken first: it speaks TLS. Raises Refused when neither fits.
    """
    candidates = [str(programs / name)] if own else [shutil.which(name), str(programs / name)]
    for path in filter(None, candidates):
        if _major(path) >= server // 10_000:
            return path
    raise Refused(
        f"Cần {name} từ phiên bản {server // 10_000} trở lên cho máy chủ cơ sở dữ liệu này; "
        "hãy cài gói postgresql-client cùng phiên bản với máy chủ."
    )


def _major(path: str) -> int:
    """The version of a program of PostgreSQL: "pg_dump (PostgreSQL) 16.14 …" → 16."""
    done = subprocess.run(  # noqa: S603 (a program of PostgreSQL)
        [path, "--version"], capture_output=True, text=True, check=True
    )
    return int(done.stdout.split(")")[1].split(".")[0])


def address(parameters: dict[str, Any]) -> tuple[str, dict[str, str]]:
    """What a program of PostgreSQL is told of a database: its address, and an environment with the
    password, which other users of the machine do not see there."""
    known = dict(parameters)
    password = known.pop("password", None)
    environment = {**os.environ, **({"PGPASSWORD": str(password)} if password else {})}
    return make_conninfo(**known), environment


def last_line(said: IO[bytes]) -> str:
    """The last thing that a program complained of."""
    said.seek(0)
    lines = said.read().decode(errors="replace").strip().splitlines()
    return lines[-1] if lines else "không rõ lý do"


def _row(connection: psycopg.Connection, query: str) -> tuple[Any, ...]:
    row = connection.execute(query).fetchone()
    assert row is not None
    return tuple(row)


def _time(manifest: Manifest) -> float:
    return datetime.fromisoformat(manifest.at).timestamp()
