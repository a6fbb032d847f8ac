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
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO
from uuid import UUID

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.files.base import File as Stream
from django.core.files.storage import FileSystemStorage, default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from vinhdanh.common.refusal import Refused
from vinhdanh.documents.models import Export, File
from vinhdanh.documents.rules.accepted import kind_of_stream, safe_name
from vinhdanh.documents.rules.exports import SHEETS
from vinhdanh.documents.rules.scanning import NoAnswerError, is_infected

# How long bytes without a row are left alone: longer than any transaction that may be storing them.
UNCLAIMED = timedelta(days=1)
INCOMING = "incoming"
EXPORT_JOB = "vinhdanh.documents.tasks.write_export"
EXPORTS_KEPT = timedelta(days=1)
# So many lists are written at a time for one person.
MOST_WAITING = 3
_CHUNK = 1024 * 1024
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
        return _kept(received, name, kind, by=by.pk, at=at)


@transaction.atomic
def discard(file: File) -> None:
    """Remove a file that nothing refers to; on commit its bytes go with the last row that has them.

    The database refuses while something still refers to the row.
    """
    digest = file.sha256
    file.delete()
    transaction.on_commit(lambda: _remove_unclaimed(digest))


@transaction.atomic
def ask_export(
    kind: str,
    *,
    about: UUID,
    query: str,
    language: str,
    on: date,
    by: AbstractBaseUser,
    at: datetime,
    held: Sequence[str] = (),
    line_count: int | None = None,
) -> Export:
    """Have a list written in the background as it stands on a day (documents.rules.exports).

    `about` is the key of what the list is of, `query` its conditions as in the address, `held` see
    `Export`. Whoever asks again for what is still being written is given the same. Raises Refused
    while MOST_WAITING others are being written for them.
    """
    # Two clicks at once ask one after the other.
    get_user_model().objects.select_for_update(no_key=True).get(pk=by.pk)
    waiting = Export.objects.filter(asked_by_id=by.pk, file=None, refusal="")
    same = {"kind": kind, "about": about, "query": query, "language": language, "on": on}
    asked = waiting.filter(**same).first()
    if asked is not None:
        return asked
    if waiting.count() >= MOST_WAITING:
        raise Refused(
            _("Đang viết %(most)d bảng tính cho bạn; hãy chờ một bảng viết xong rồi xuất tiếp.")
            % {"most": MOST_WAITING}
        )
    asked = Export.objects.create(
        **same, held=list(held), line_count=line_count, asked_at=at, asked_by_id=by.pk
    )
    app.configure_task(EXPORT_JOB).defer(export_id=str(asked.pk))
    return asked


def write_export(export: Export, *, now: Callable[[], datetime]) -> None:
    """Write what was asked for and keep it; how far that is can be seen meanwhile.

    May be called again after a breakdown: it begins anew and keeps one file. Does nothing to what
    is ready, refused or gone. Memory does not grow with the rows.
    """
    asked = Export.objects.filter(pk=export.pk, file=None, refusal="")
    if not asked.exists():
        return
    try:
        with _room(), tempfile.TemporaryFile() as stream:
            name, count = SHEETS[export.kind].write(export, stream, _Progress(asked))
            stream.seek(0)
            chunks = iter(partial(stream.read, _CHUNK), b"")
            with _spool(chunks, None) as received:
                _keep_written(asked, received, name, count, at=now())
    except Refused as refusal:
        asked.update(refusal=str(refusal)[:400])


@dataclass(frozen=True, slots=True)
class _Progress:
    asked: QuerySet[Export]

    def __call__(self, count: int) -> None:
        self.asked.update(written_count=count)

    def of(self, count: int) -> None:
        self.asked.update(line_count=count, written_count=0)


@transaction.atomic
def _keep_written(
    asked: QuerySet[Export], received: _Received, name: str, count: int, *, at: datetime
) -> None:
    """Give the export its file, unless it has one or is gone meanwhile."""
    held = asked.select_for_update(of=("self",)).first()
    if held is not None:
        held.file = _kept(received, name, "xlsx", by=held.asked_by_id, at=at)
        held.line_count = held.written_count = count
        held.save(update_fields=["file", "line_count", "written_count"])


def sweep_exports(*, at: datetime) -> int:
    """Remove what was asked for more than a day ago, with its files; how many there were."""
    return remove_exports(Export.objects.filter(asked_at__lt=at - EXPORTS_KEPT))


def remove_exports(exports: QuerySet[Export]) -> int:
    """Remove what was asked for, with its files; how many there were."""
    count = 0
    for export in exports.select_related("file"):
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


def _kept(received: _Received, name: str, kind: str, *, by: Any, at: datetime) -> File:
    """Store what was received, within the caller's transaction; `by` is the key of a user."""
    file = File(
        name=safe_name(name, kind),
        kind=kind,
        size=received.size,
        sha256=received.sha256,
        uploaded_at=at,
        uploaded_by_id=by,
    )
    _lock(file.sha256, shared=True)
    _store(received, file)
    file.save()
    return file


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
def _spool(chunks: Iterable[bytes], limit: int | None) -> Iterator[_Received]:
    digest = hashlib.sha256()
    size = 0
    descriptor, path = tempfile.mkstemp(dir=_incoming())
    try:
        with os.fdopen(descriptor, "w+b") as stream:
            for chunk in chunks:
                size += len(chunk)
                if limit is not None and size > limit:
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
