"""Putting a backup back into a fresh place, and proving that it is what was taken."""

import contextlib
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import psycopg
from psycopg.conninfo import conninfo_to_dict

from config import archive, database
from config.backup import (
    FORMAT,
    MANIFEST,
    MEDIA,
    PARTS,
    Manifest,
    address,
    counts,
    last_line,
    program,
)
from vinhdanh.common.refusal import Refused
from vinhdanh.common.sealing import mark_of

_CHUNK = 1024 * 1024
_STORED = re.compile(MEDIA + r"[0-9a-f]{2}/[0-9a-f]{64}")
_DAMAGED = "Bản sao lưu bị hỏng hoặc không đầy đủ"
_ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Restored:
    """What was put back and found as it should be: what the backup says, and how many files.

    `has_key`: the key that opens the secrets of the database was given; it is in no backup.
    """

    manifest: Manifest
    files: int
    has_key: bool


def restore(path: Path, into: Path, *, ask: Callable[[], str], url: str | None = None) -> Restored:
    """Put the backup at `path` back: its files into the folder `into`, which is not there or empty,
    its database into an embedded server there, or into the empty database at `url`; then prove
    journal, files and numbers of rows.

    `ask` gives the passphrase of an encrypted one. Raises Refused, and leaves nothing, when the
    place is not empty, the passphrase is wrong, or anything is not as the backup says.
    """
    if not path.is_file():
        raise Refused(f"Không có tệp {path}.")
    if into.exists() and (not into.is_dir() or any(into.iterdir())):
        raise Refused(f"{into} phải là thư mục trống hoặc chưa có.")
    if url and _has_tables(url):
        raise Refused("Cơ sở dữ liệu ở địa chỉ đã cho phải trống.")
    was_there = into.exists()
    try:
        with archive.read(path, ask) as members:
            into.mkdir(parents=True, exist_ok=True)
            with database.running(url, into):
                return _restore(members, into, url)
    except BaseException as error:
        _remove(into, itself=not was_there)
        if url:
            _empty(url)
        if isinstance(error, archive.WrongPassphraseError):
            raise Refused("Mật khẩu của bản sao lưu không đúng.") from None
        if isinstance(error, archive.DamagedError):
            raise Refused(f"{_DAMAGED}, hoặc không phải bản sao lưu.") from None
        if isinstance(error, OSError):
            raise Refused(f"Không khôi phục được vào {into}: {error.strerror or error}.") from None
        raise


def _restore(members: Iterator[tuple[str, IO[bytes]]], into: Path, url: str | None) -> Restored:
    where = url or database.address(into)
    manifest, found = None, _Found()
    with _Loading(where, database.programs(into), own=url is None) as loading:
        for name, stream in members:
            if name == MANIFEST:
                manifest = _manifest(stream)
            elif name.startswith(PARTS):
                found.parts[name] = loading.take(stream)
            else:
                found.keep(name, stream, into)
        if manifest is None or manifest.parts != found.parts:
            raise archive.DamagedError
    _compare(manifest, found, where)
    _prove(manifest, into, url)
    return Restored(manifest, found.kept, has_key=_has_key(manifest))


def _has_key(manifest: Manifest) -> bool:
    named = ("VINHDANH_SECRET_KEY", "VINHDANH_SECRET_KEY_BEFORE")
    keys = ",".join(os.environ.get(name, "") for name in named).split(",")
    return not manifest.key or manifest.key in {mark_of(key.strip()) for key in keys}


class _Found:
    """What the archive held: the SHA-256 of each part of the dump, how many files, and those that
    are not what their name says."""

    def __init__(self) -> None:
        self.parts: dict[str, str] = {}
        self.kept = 0
        self.altered: set[str] = set()

    def keep(self, name: str, stream: IO[bytes], into: Path) -> None:
        """Put a stored file into its place."""
        if not _STORED.fullmatch(name):
            raise archive.DamagedError
        place = into / name
        place.parent.mkdir(parents=True, exist_ok=True)
        with place.open("xb") as kept:
            digest = _copy(stream, kept)
        self.kept += 1
        if digest != place.name:
            self.altered.add(place.name)


class _Loading:
    """pg_restore, fed with the parts of a dump as they come; all is loaded, or nothing."""

    def __init__(self, where: str, programs: Path, *, own: bool) -> None:
        known = conninfo_to_dict(where)
        with psycopg.connect(where) as connection:
            version = connection.info.server_version
        to, environment = address(known)
        self.said = tempfile.TemporaryFile()  # noqa: SIM115 (it lives as long as the program)
        self.process = subprocess.Popen(  # noqa: S603 (a program of PostgreSQL)
            [
                program("pg_restore", version, programs, own=own),
                *("--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction"),
                f"--dbname={to}",
            ],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=self.said,
        )

    def __enter__(self) -> "_Loading":
        return self

    def take(self, stream: IO[bytes]) -> str:
        """Load a part; its SHA-256."""
        assert self.process.stdin
        try:
            return _copy(stream, self.process.stdin)
        except BrokenPipeError:
            raise archive.DamagedError from None

    def __exit__(self, kind: object, *_: object) -> None:
        assert self.process.stdin
        with contextlib.suppress(BrokenPipeError):
            self.process.stdin.close()
        failed = self.process.wait()
        with self.said:
            if failed and kind is None:
                raise Refused(f"Không nạp được cơ sở dữ liệu: {last_line(self.said)}.")


def _copy(stream: IO[bytes], to: IO[bytes]) -> str:
    """Copy a stream; its SHA-256."""
    digest = hashlib.sha256()
    while chunk := stream.read(_CHUNK):
        digest.update(chunk)
        to.write(chunk)
    return digest.hexdigest()


def _manifest(stream: IO[bytes]) -> Manifest:
    try:
        known: dict[str, Any] = json.loads(stream.read())
        if known["format"] != FORMAT:
            raise Refused("Bản sao lưu do một phiên bản khác của hệ thống lập; hãy dùng bản đó.")
        return Manifest(**{**known, "journal": tuple(known["journal"])})
    except (ValueError, KeyError, TypeError):
        raise archive.DamagedError from None


def _compare(manifest: Manifest, found: _Found, where: str) -> None:
    """Refuse when rows or files are not those that were taken."""
    with psycopg.connect(where) as connection:
        rows = counts(connection)
    if rows != manifest.counts:
        raise Refused(f"{_DAMAGED}: số dòng trong cơ sở dữ liệu không khớp.")
    lacking = set(manifest.lacking)
    if not found.altered <= lacking or found.kept < manifest.files - len(lacking):
        raise Refused(f"{_DAMAGED}: có tệp thiếu hoặc đã bị sửa.")


def _prove(manifest: Manifest, into: Path, url: str | None) -> None:
    """Bring what was restored to this version of the system, and verify its journal there."""
    number, digest = manifest.journal
    _run(into, url, "migrate", "--only-tables")
    _run(into, url, "journal", "verify", *(["--noted", f"{number}:{digest}"] if number else []))


def _run(into: Path, url: str | None, *command: str) -> None:
    """Run a command of this program on what was restored."""
    apart = ("DOCUMENTS_S3_", "DATABASE_URL", "DJANGO_SETTINGS_MODULE")
    environment = {key: value for key, value in os.environ.items() if not key.startswith(apart)}
    environment |= {"VINHDANH_VAR": str(into.resolve()), **({"DATABASE_URL": url} if url else {})}
    done = subprocess.run(  # noqa: S603 (our own program)
        [sys.executable, "-m", "config.cli", *command],
        cwd=_ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines()
        raise Refused(f"Bản khôi phục không đạt kiểm tra: {said[-1] if said else command[0]}")


def _has_tables(url: str) -> bool:
    try:
        with psycopg.connect(url) as connection:
            return bool(counts(connection))
    except psycopg.OperationalError:
        raise Refused("Không kết nối được cơ sở dữ liệu ở địa chỉ đã cho.") from None


def _empty(url: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")


def _remove(into: Path, *, itself: bool) -> None:
    """Take away what was put into the folder, and the folder where it was not there."""
    if not into.exists():
        return
    for each in into.iterdir():
        if each.is_dir():
            shutil.rmtree(each)
        else:
            each.unlink()
    if itself:
        into.rmdir()
