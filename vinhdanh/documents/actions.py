"""Taking files into the store and out of it.

The bytes of a file lie in the store under their hash, once whoever sends them. They are written
before the row that refers to them; what a transaction that failed leaves behind is swept later.
Whoever keeps holds a shared lock on the hash until the transaction ends and whoever removes
needs the lock alone, so bytes are never taken from under a row that is about to be committed.
"""

import errno
import hashlib
import logging
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.files.base import File as Stream
from django.core.files.storage import FileSystemStorage, default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from vinhdanh.common.refusal import Refused
from vinhdanh.documents.models import File
from vinhdanh.documents.rules.accepted import kind_of_stream, safe_name
from vinhdanh.documents.rules.scanning import NoAnswerError, is_infected

# How long bytes without a row are left alone: longer than any transaction that may be storing them.
UNCLAIMED = timedelta(days=1)
INCOMING = "incoming"
# Held by whoever takes a backup: bytes whose row it has seen stay until a later sweep.
BACKUP_LOCK = 7_202_602
# A full disk, a used up quota, a file larger than this process may write.
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_log = logging.getLogger(__name__)


class _Spooled(Stream):
    """Received bytes in a file of their own, which a store on disk renames instead of copying."""

    def temporary_file_path(self) -> str:
        return str(self.name)


@dataclass(frozen=True, slots=True)
class _Received:
    stream: BinaryIO
    path: str
    sha256: str
    size: int


@transaction.atomic
def keep(
    upload: UploadedFile | tuple[str, bytes],
    *,
    by: AbstractBaseUser,
    at: datetime,
    limit: int | None = None,
) -> File:
    """Store a file as handed in and say where it is; the caller journals it.

    `upload` is what a form received, or a name with the bytes. `limit` is in bytes,
    `settings.UPLOAD_LIMIT` when None. Raises Refused when the file is empty, larger than the
    limit, not of an accepted kind or made to harm (documents.rules.accepted), infected, or cannot
    be searched for viruses although it must, and when there is no room for it; nothing is left
    behind then.
    """
    name, chunks = _opened(upload)
    with _room(), _spool(chunks, limit or settings.UPLOAD_LIMIT) as received:
        try:
            kind = kind_of_stream(received.stream)
        except Refused as refusal:
            raise Refused(_(str(refusal))) from None
        _search_for_viruses(received.stream)
        file = File(
            name=safe_name(name, kind),
            kind=kind,
            size=received.size,
            sha256=received.sha256,
            uploaded_at=at,
            uploaded_by_id=by.pk,
        )
        _lock(file.sha256, shared=True)
        _store(received, file)
        file.save()
    return file


@transaction.atomic
def discard(file: File) -> None:
    """Remove a file that nothing refers to; on commit its bytes go with the last row that has them.

    The database refuses while something still refers to the row.
    """
    digest = file.sha256
    file.delete()
    transaction.on_commit(lambda: _remove_unclaimed(digest))


def keep_written(asked: QuerySet[Any], name: str, content: bytes, *, at: datetime) -> None:
    """Keep what was written in the background for the one row of `asked`, whose `file` it becomes.

    The row has `asked_by`, `line_count`, `written_count`. Keeps nothing when it is gone meanwhile.
    """
    with transaction.atomic():
        held = asked.select_for_update(of=("self",)).select_related("asked_by").first()
        if held is not None:
            held.file = keep((name, content), by=held.asked_by, at=at)
            held.written_count = held.line_count
            held.save(update_fields=["file", "written_count"])


def remove_written(exports: Iterable[Any]) -> int:
    """Remove rows that were asked for, with their `file`s; how many there were."""
    count = 0
    for export in exports:
        with transaction.atomic():
            file = export.file
            export.delete()
            if file is not None:
                discard(file)
        count += 1
    return count


def sweep(*, at: datetime) -> int:
    """Remove bytes that no row refers to and that have lain for a day; the number of files removed.

    They come from transactions that failed after the bytes were stored, and from uploads that
    broke off.
    """
    removed = 0
    try:
        folders, _files = default_storage.listdir("")
    except FileNotFoundError:  # nothing was ever kept
        return 0
    for folder in sorted(folders):
        if folder != INCOMING and len(folder) != 2:
            continue
        names = default_storage.listdir(folder)[1]
        claimed = set(
            File.objects.filter(sha256__startswith=folder).values_list("sha256", flat=True)
        )
        for name in names:
            place = f"{folder}/{name}"
            if name in claimed or default_storage.get_modified_time(place) > at - UNCLAIMED:
                continue
            if folder == INCOMING:
                default_storage.delete(place)
            else:
                _remove_unclaimed(name)
            removed += 1
    return removed


def _opened(upload: UploadedFile | tuple[str, bytes]) -> tuple[str, Iterable[bytes]]:
    if isinstance(upload, tuple):
        return upload[0], [upload[1]]
    return upload.name or "", upload.chunks()


@contextmanager
def _room() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno not in _FULL:
            raise
        _log.error("There is no room for files: %s", error)
        raise Refused(
            _("Máy chủ hết chỗ chứa nên tệp chưa được lưu; hãy báo người quản trị rồi làm lại.")
        ) from None


@contextmanager
def _spool(chunks: Iterable[bytes], limit: int) -> Iterator[_Received]:
    digest = hashlib.sha256()
    size = 0
    descriptor, path = tempfile.mkstemp(dir=_incoming())
    try:
        with os.fdopen(descriptor, "w+b") as stream:
            for chunk in chunks:
                size += len(chunk)
                if size > limit:
                    raise Refused(
                        _("Tệp lớn quá %(most)d MB; hãy giảm dung lượng hoặc chia nhỏ tệp.")
                        % {"most": limit // 1024 // 1024 or 1}
                    )
                digest.update(chunk)
                stream.write(chunk)
            stream.flush()
            os.fsync(stream.fileno())
            yield _Received(stream, path, digest.hexdigest(), size)
    finally:
        Path(path).unlink(missing_ok=True)


def _search_for_viruses(stream: BinaryIO) -> None:
    if not settings.CLAMD:
        return
    try:
        infected = is_infected(stream, address=settings.CLAMD, seconds=settings.CLAMD_SECONDS)
    except NoAnswerError as problem:
        _log.error("The virus scanner did not answer: %s", problem)
        if settings.CLAMD_REQUIRED:
            raise Refused(
                _("Chưa kiểm tra được vi-rút nên tệp chưa được nhận; hãy thử lại sau ít phút.")
            ) from None
        return
    if infected:
        raise Refused(
            _("Tệp có mã độc nên không được nhận; hãy quét vi-rút máy tính rồi chọn tệp khác.")
        )


def _incoming() -> str | None:
    """A folder beside the stored files, so that storing is one rename; None for a remote store."""
    if not isinstance(default_storage, FileSystemStorage):
        return None
    folder = Path(default_storage.path(INCOMING))
    folder.mkdir(parents=True, exist_ok=True)
    return str(folder)


def _store(received: _Received, file: File) -> None:
    if default_storage.exists(file.place):
        if default_storage.size(file.place) == file.size:
            return
        default_storage.delete(file.place)
    received.stream.seek(0)
    stored = default_storage.save(file.place, _Spooled(received.stream, received.path))
    if stored != file.place:  # the same bytes came from elsewhere at the same moment
        default_storage.delete(stored)


def _remove_unclaimed(digest: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock_shared(%s)", [BACKUP_LOCK])
        if not cursor.fetchone()[0]:
            return
        _lock(digest, shared=False)
        if not File.objects.filter(sha256=digest).exists():
            default_storage.delete(File(sha256=digest).place)


def _lock(digest: str, *, shared: bool) -> None:
    key = int.from_bytes(bytes.fromhex(digest[:16]), signed=True)
    function = "pg_advisory_xact_lock_shared" if shared else "pg_advisory_xact_lock"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s)", [key])
