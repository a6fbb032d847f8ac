"""What is wrong with this installation, and what to do about it."""

import os
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.files.storage import default_storage
from django.core.mail import get_connection
from django.db import DatabaseError, connection
from django.utils import timezone

from config.prepare import pending_migrations
from vinhdanh.common.sealing import LostKeyError, unseal
from vinhdanh.documents.rules import scanning
from vinhdanh.law import store
from vinhdanh.notices.models import Hook

_OLDEST_SERVER = 15
_OLDEST_BACKUP = timedelta(days=2)


class Finding(NamedTuple):
    """One thing looked at; the text is a Vietnamese sentence."""

    good: bool
    text: str


def findings() -> list[Finding]:
    """Everything looked at, in the order in which it is to be mended."""
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        return [Finding(False, f"Không kết nối được cơ sở dữ liệu: {error}".strip())]
    looks: list[Callable[[], Finding]] = [
        _server,
        _migrations,
        _worker,
        _secret,
        _sealed,
        _static,
        _mail,
        _folders,
        _backups,
        _store,
        _scanner,
        _law,
    ]
    return [look() for look in looks]


def _server() -> Finding:
    version = connection.pg_version // 10_000  # type: ignore[attr-defined]
    if version < _OLDEST_SERVER:
        return Finding(False, f"PostgreSQL {version} quá cũ; cần {_OLDEST_SERVER} trở lên.")
    where = "theo DATABASE_URL" if os.environ.get("DATABASE_URL") else "nhúng kèm"
    return Finding(True, f"Cơ sở dữ liệu PostgreSQL {version} ({where}) trả lời.")


def _migrations() -> Finding:
    pending = pending_migrations()
    if pending:
        return Finding(
            False, f"Cơ sở dữ liệu chưa nâng cấp ({len(pending)} bước): chạy vinhdanh migrate."
        )
    return Finding(True, "Cơ sở dữ liệu đúng phiên bản.")


def _worker() -> Finding:
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('procrastinate_workers')")
        if cursor.fetchone()[0] is None:
            return Finding(False, "Chưa có hàng đợi tác vụ nền: chạy vinhdanh migrate.")
        cursor.execute(
            "SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo' "
            "AND coalesce(scheduled_at, now()) < now() - interval '10 minutes'"
        )
        (waiting,) = cursor.fetchone()
    if waiting:
        return Finding(
            False, f"{waiting} tác vụ nền chờ quá 10 phút: kiểm tra dịch vụ vinhdanh worker."
        )
    return Finding(True, "Hàng đợi tác vụ nền không bị ứ.")


def _secret() -> Finding:
    if not settings.PUBLIC:
        return Finding(
            True, "Chạy nội bộ (VINHDANH_PUBLIC chưa bật); khóa ký nằm trong thư mục dữ liệu."
        )
    if len(settings.SECRET_KEY) < 40:
        return Finding(False, "VINHDANH_SECRET_KEY quá ngắn; cần ít nhất 40 ký tự ngẫu nhiên.")
    return Finding(True, "Khóa ký đủ dài.")


def _sealed() -> Finding:
    lost = 0
    for sealed in _sealed_secrets():
        try:
            unseal(sealed)
        except LostKeyError:
            lost += 1
    if lost:
        return Finding(
            False,
            f"{lost} bí mật (ứng dụng xác thực, mã dự phòng, khóa ký của kênh) không mở được: ghi "
            "khóa cũ vào VINHDANH_SECRET_KEY_BEFORE; mất khóa cũ thì thiết lập lại từng cái.",
        )
    return Finding(True, "Các bí mật niêm phong trong cơ sở dữ liệu đều mở được.")


def _sealed_secrets() -> Iterator[str]:
    if pending_migrations():
        return
    yield from Hook.objects.values_list("sealed_secret", flat=True)
    for place in ("secret", "seed"):
        yield from Authenticator.objects.filter(data__has_key=place).values_list(
            f"data__{place}", flat=True
        )


def _static() -> Finding:
    if not (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
        return Finding(False, "Chưa có tệp tĩnh của trang web: chạy vinhdanh migrate.")
    return Finding(True, "Tệp tĩnh của trang web đã sẵn sàng.")


def _mail() -> Finding:
    if not settings.EMAIL_HOST:
        return Finding(
            not settings.PUBLIC,
            f"Chưa đặt EMAIL_HOST: thư được ghi vào {settings.EMAIL_FILE_PATH}, không gửi đi.",
        )
    try:
        with get_connection(timeout=5):
            pass
    except OSError as error:
        return Finding(False, f"Máy chủ thư {settings.EMAIL_HOST} không trả lời: {error}.")
    return Finding(True, f"Máy chủ thư {settings.EMAIL_HOST} trả lời.")


def _folders() -> Finding:
    for folder in (settings.VAR, settings.VAR / "media"):
        try:
            Path(folder).mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=folder):
                pass
        except OSError as error:
            return Finding(False, f"Không ghi được vào thư mục {folder}: {error.strerror}.")
    return Finding(True, f"Thư mục dữ liệu {settings.VAR} ghi được.")


def _store() -> Finding:
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        default_storage.exists("incoming/vinhdanh-check")
    except (OSError, BotoCoreError, ClientError) as error:
        return Finding(False, f"Kho tệp không trả lời: {error}.")
    return Finding(True, "Kho tệp trả lời.")


def _scanner() -> Finding:
    if not settings.CLAMD:
        return Finding(True, "Không quét vi-rút tệp tải lên (CLAMD chưa đặt).")
    try:
        version = scanning.version(address=settings.CLAMD, seconds=5)
    except scanning.NoAnswerError as problem:
        return Finding(False, f"Trình quét vi-rút {settings.CLAMD} không trả lời: {problem}.")
    return Finding(True, f"Trình quét vi-rút trả lời: {version}.")


def _backups() -> Finding:
    named = os.environ.get("VINHDANH_BACKUPS")
    if not named:
        return Finding(True, "Chưa đặt VINHDANH_BACKUPS: tuổi của bản sao lưu không được xem.")
    files = [path.stat().st_mtime for path in Path(named).glob("*.tar")]
    if not files:
        return Finding(False, f"Chưa có bản sao lưu nào trong {named}: chạy vinhdanh backup.")
    last = datetime.fromtimestamp(max(files), UTC)
    if timezone.now() - last > _OLDEST_BACKUP:
        return Finding(
            False,
            f"Bản sao lưu gần nhất đã cũ ({timezone.localtime(last):%d/%m/%Y %H:%M}): kiểm tra "
            "dịch vụ vinhdanh-backup.",
        )
    return Finding(True, f"Bản sao lưu gần nhất lúc {timezone.localtime(last):%d/%m/%Y %H:%M}.")


def _law() -> Finding:
    held = store.in_force()
    if held.faults:
        return Finding(
            False, f"Thư mục pháp luật có {len(held.faults)} lỗi: chạy vinhdanh law check để xem."
        )
    return Finding(True, f"Pháp luật đọc được: {len(held.book.awards)} danh hiệu, hình thức.")
