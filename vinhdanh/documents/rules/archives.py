"""Office files are archives: told to be bombs or not before anything in them is unpacked."""

import io
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import BinaryIO

from vinhdanh.common.refusal import Refused
from vinhdanh.common.vietnamese import gettext_noop
from vinhdanh.documents.rules import limits

UNFOLDS = gettext_noop(
    "Tệp phình ra quá lớn khi mở nên không nhận; hãy bỏ bớt hình ảnh hoặc chia thành tệp nhỏ hơn."
)
NESTED = gettext_noop(
    "Trong tệp có tệp nén khác nên không nhận; hãy giải nén và gửi riêng những tệp cần thiết."
)
UNREADABLE = gettext_noop(
    "Tệp bị hỏng hoặc có phần được đặt mật khẩu; hãy mở ra, lưu lại không mật khẩu rồi tải lên."
)
_OFFICE = (".docx", ".xlsx", ".pptx")
_ARCHIVES = (
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"Rar!\x1a\x07",
    b"7z\xbc\xaf\x27\x1c",
    b"\xfd7zXZ",
    b"BZh",
)
_GZIP = b"\x1f\x8b"
# Drawings of old Office versions are packed one by one.
_PACKED_DRAWINGS = (".emz", ".wmz", ".svgz")
_LONGEST_MARK = 6
# What zipfile raises on members that are cut off, packed in ways Office never uses, or locked.
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError)


def check_archive(stream: BinaryIO, *, depth: int = 0) -> None:
    """Refused when an Office file has too many parts, unfolds too far, or hides other archives.

    A part that is itself an Office file (a table inside a presentation) is looked into as well,
    `limits.MOST_DEPTH` deep. Raises zipfile.BadZipFile for what is no archive.
    """
    with zipfile.ZipFile(stream) as archive:
        members = archive.infolist()
        _check_extent(members, _size(stream))
        for member in members:
            if not member.is_dir():
                _check_member(archive, member, depth)


def _check_extent(members: list[zipfile.ZipInfo], stored: int) -> None:
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members) or 1
    if (
        len(members) > limits.MOST_MEMBERS
        or unpacked > limits.MOST_UNPACKED
        or packed > stored  # members that lie over one another
        or (unpacked > limits.RATIO_ASKED_FROM and unpacked / packed > limits.MOST_RATIO)
    ):
        raise Refused(UNFOLDS)


def _check_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, depth: int) -> None:
    ending = PurePosixPath(member.filename).suffix.lower()
    try:
        with archive.open(member) as part:
            mark = part.read(_LONGEST_MARK)
            if mark.startswith(_GZIP) and ending not in _PACKED_DRAWINGS:
                raise Refused(NESTED)
            if not mark.startswith(_ARCHIVES):
                return
            if (
                ending not in _OFFICE
                or depth >= limits.MOST_DEPTH
                or member.file_size > limits.MOST_EMBEDDED
            ):
                raise Refused(NESTED)
            embedded = mark + part.read(limits.MOST_EMBEDDED)
        check_archive(io.BytesIO(embedded), depth=depth + 1)
    except _BROKEN:
        raise Refused(UNREADABLE) from None


def _size(stream: BinaryIO) -> int:
    return stream.seek(0, io.SEEK_END)
