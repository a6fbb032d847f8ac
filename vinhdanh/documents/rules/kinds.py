"""What a file is, told from its first bytes; never from its name."""

import io
import zipfile
import zlib

from vinhdanh.common.refusal import Refused
from vinhdanh.common.vietnamese import gettext_noop

MOST_BYTES = 50_000_000

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")
_ARCHIVES = (b"7z\xbc\xaf\x27\x1c", b"Rar!", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
_WEB = (b"<!doctype html", b"<html", b"<head", b"mime-version:")

EMPTY = gettext_noop("Tệp không có nội dung; hãy chọn lại tệp văn bản.")
TOO_LARGE = gettext_noop("Tệp lớn quá {most} MB; hãy bỏ bớt hình ảnh hoặc chia thành tệp nhỏ hơn.")
OLD_WORD = gettext_noop(
    "Đây là tệp Word đời cũ (.doc); hãy mở bằng Word và lưu lại dưới dạng .docx."
)
ENCRYPTED_OFFICE = gettext_noop("Tệp được đặt mật khẩu; hãy bỏ mật khẩu rồi tải lên lại.")
SPREADSHEET = gettext_noop(
    "Đây là bảng tính; hãy tải lên văn bản kế hoạch dưới dạng .docx, .pdf hoặc .txt."
)
SLIDES = gettext_noop(
    "Đây là tệp trình chiếu; hãy tải lên văn bản kế hoạch dưới dạng .docx, .pdf hoặc .txt."
)
MACRO_WORD = gettext_noop(
    "Đây là tệp Word có macro hoặc tệp mẫu; hãy mở bằng Word và lưu lại dưới dạng .docx."
)
OPEN_DOCUMENT = gettext_noop(
    "Đây là tệp OpenDocument; hãy mở bằng chương trình soạn thảo và lưu lại dưới dạng .docx."
)
ARCHIVE = gettext_noop(
    "Đây là tệp nén; hãy giải nén rồi tải lên tệp .docx, .pdf hoặc .txt bên trong."
)
IMAGE = gettext_noop(
    "Đây là hình ảnh, không có chữ để đọc; hãy tải lên tệp gốc dưới dạng .docx, .pdf hoặc .txt."
)
RICH_TEXT = gettext_noop("Đây là tệp RTF; hãy mở bằng Word và lưu lại dưới dạng .docx.")
WEB_PAGE = gettext_noop("Đây là trang web; hãy mở bằng Word và lưu lại dưới dạng .docx.")
BROKEN_WORD = gettext_noop(
    "Tệp Word bị hỏng hoặc thiếu một phần; hãy mở bằng Word, lưu lại thành .docx rồi tải lên lại."
)
UNKNOWN = gettext_noop("Không nhận ra loại tệp; hãy tải lên tệp .docx, .pdf hoặc .txt.")


def kind_of(stored: bytes) -> str:
    """ "docx", "pdf" or "txt" (any text; its encoding is not judged here).

    Refused when the file is empty, larger than `MOST_BYTES`, or plainly of another kind.
    """
    if not stored.strip(b"\x00\t\n\r\f\v "):
        raise Refused(EMPTY)
    if len(stored) > MOST_BYTES:
        raise Refused(TOO_LARGE.format(most=MOST_BYTES // 1_000_000))
    if b"%PDF-" in stored[:1024]:
        return "pdf"
    if stored.startswith(b"PK"):
        return _kind_of_archive(stored)
    refusal = _foreign(stored)
    if refusal:
        raise Refused(refusal)
    return "txt"


def _foreign(stored: bytes) -> str | None:
    """The refusal for a file of a known other kind, None when it may be text."""
    start = stored[:1024].lstrip(b"\xef\xbb\xbf\t\n\r ").lower()
    if stored.startswith(_OLE):
        return _foreign_office(stored)
    found = {
        IMAGE: stored.startswith(_IMAGES) or stored[8:12] == b"WEBP" or stored[4:8] == b"ftyp",
        ARCHIVE: stored.startswith(_ARCHIVES),
        RICH_TEXT: start.startswith(b"{\\rtf"),
        WEB_PAGE: start.startswith(_WEB) or b"<html" in start,
        UNKNOWN: stored.startswith((b"MZ", b"\x7fELF")),
    }
    return next((refusal for refusal, is_it in found.items() if is_it), None)


def _foreign_office(stored: bytes) -> str:
    """The refusal for a compound file: its streams are named in UTF-16."""
    for stream, refusal in (
        ("EncryptedPackage", ENCRYPTED_OFFICE),
        ("WordDocument", OLD_WORD),
        ("Workbook", SPREADSHEET),
        ("PowerPoint Document", SLIDES),
    ):
        if stream.encode("utf-16-le") in stored:
            return refusal
    return UNKNOWN


def _kind_of_archive(stored: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(stored)) as archive:
            names = set(archive.namelist())
            types = b""
            if "[Content_Types].xml" in names:
                with archive.open("[Content_Types].xml") as member:
                    types = member.read(200_000)
    except NotImplementedError:  # a way of packing that Word never uses
        raise Refused(UNKNOWN) from None
    except RuntimeError:  # zipfile's word for a member behind a password
        raise Refused(ENCRYPTED_OFFICE) from None
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, EOFError):
        # A cut-off .docx has lost its directory, which stands at the end.
        raise Refused(BROKEN_WORD if b"word/" in stored else UNKNOWN) from None
    if b"wordprocessingml.document.main+xml" in types:
        return "docx"
    raise Refused(_foreign_archive(names, types))


def _foreign_archive(names: set[str], types: bytes) -> str:
    if b"ms-word" in types or b"wordprocessingml.template" in types:
        return MACRO_WORD
    folders = {name.split("/")[0] for name in names}
    if "xl" in folders:
        return SPREADSHEET
    if "ppt" in folders:
        return SLIDES
    if "word" in folders:
        return BROKEN_WORD
    if {"mimetype", "content.xml"} <= names:
        return OPEN_DOCUMENT
    return ARCHIVE
