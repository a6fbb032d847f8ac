"""Which files are taken into the store, told from their content; never from their name."""

import unicodedata
import zipfile
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO

from vinhdanh.common.refusal import Refused
from vinhdanh.common.vietnamese import gettext_noop, squeeze
from vinhdanh.documents.rules.archives import check_archive
from vinhdanh.documents.rules.pictures import check_picture

EMPTY_FILE = gettext_noop("Tệp không có nội dung; hãy chọn lại tệp.")
OLD_OFFICE = gettext_noop(
    "Tệp được đặt mật khẩu hoặc lưu theo định dạng Office cũ; hãy mở ra và lưu lại thành .docx, "
    ".xlsx, .pptx hoặc .pdf không có mật khẩu."
)
NOT_ACCEPTED = gettext_noop(
    "Chỉ nhận tệp PDF, Word (.docx), Excel (.xlsx), PowerPoint (.pptx), ảnh (.jpg, .png) và "
    "văn bản thuần (.txt, .csv)."
)
UNNAMED = gettext_noop("Tệp không tên")
LONGEST_NAME = 200
_HEAD = 65_536
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TEXT_MARKS = (b"\xff\xfe", b"\xfe\xff")
_FOREIGN_TO_TEXT = set(range(32)) - {9, 10, 12, 13, 27}


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: its code as kept, media type, and the endings its name may have.

    `in_page` says that a browser may show it inside its own window without harm.
    """

    code: str
    media_type: str
    endings: tuple[str, ...]
    in_page: bool = False


_OFFICE = "application/vnd.openxmlformats-officedocument."
KINDS = {
    kind.code: kind
    for kind in (
        Kind("pdf", "application/pdf", (".pdf",), in_page=True),
        Kind("docx", f"{_OFFICE}wordprocessingml.document", (".docx",)),
        Kind("xlsx", f"{_OFFICE}spreadsheetml.sheet", (".xlsx",)),
        Kind("pptx", f"{_OFFICE}presentationml.presentation", (".pptx",)),
        Kind("jpg", "image/jpeg", (".jpg", ".jpeg"), in_page=True),
        Kind("png", "image/png", (".png",), in_page=True),
        Kind("txt", "text/plain", (".txt", ".csv")),
    )
}
PICTURES = ("jpg", "png")
# The main part of an Office file as its list of content types names it; macros are other types.
_MAIN_PARTS = {
    b"wordprocessingml.document.main+xml": "docx",
    b"spreadsheetml.sheet.main+xml": "xlsx",
    b"presentationml.presentation.main+xml": "pptx",
}


def kind_of_stream(stream: BinaryIO) -> str:
    """The code in `KINDS` of a seekable file; the position is left anywhere.

    Refused when the file is empty, of a kind that is not accepted, or made to harm whoever opens
    it (documents.rules.limits).
    """
    kind = _kind_of_head(stream)
    if kind in _MAIN_PARTS.values():
        check_archive(stream)
    elif kind in PICTURES:
        check_picture(stream, kind)
    return kind


def _kind_of_head(stream: BinaryIO) -> str:
    stream.seek(0)
    head = stream.read(_HEAD)
    if not head:
        raise Refused(EMPTY_FILE)
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if head.startswith(b"PK"):
        return _kind_of_archive(stream)
    if head.startswith(_OLE):
        raise Refused(OLD_OFFICE)
    if _is_text(head):
        return "txt"
    raise Refused(NOT_ACCEPTED)


def safe_name(name: str, kind: str) -> str:
    """A name to show and to save under: no path, no control signs, at most 200 characters.

    Vietnamese letters stay. The ending is one of the kind's; another is kept and followed by it.
    """
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    plain = "".join(
        c for c in unicodedata.normalize("NFC", last) if unicodedata.category(c)[0] != "C"
    )
    plain = squeeze("".join(" " if c in '<>:"|?*' else c for c in plain)).strip(". ")
    endings = KINDS[kind].endings
    ending = PurePosixPath(plain).suffix
    if ending.lower() not in endings:
        ending = endings[0]
        stem = plain
    else:
        stem = plain[: -len(ending)]
    return f"{stem[: LONGEST_NAME - len(ending)].rstrip() or UNNAMED}{ending}"


def _is_text(head: bytes) -> bool:
    return head.startswith(_TEXT_MARKS) or not _FOREIGN_TO_TEXT & set(head)


def _kind_of_archive(stream: BinaryIO) -> str:
    try:
        with zipfile.ZipFile(stream) as archive, archive.open("[Content_Types].xml") as member:
            types = member.read(200_000)
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, KeyError, EOFError):
        raise Refused(NOT_ACCEPTED) from None
    for part, kind in _MAIN_PARTS.items():
        if part in types:
            return kind
    raise Refused(NOT_ACCEPTED)
