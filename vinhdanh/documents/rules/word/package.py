"""Opening a .docx safely: nothing is handed to the library before its size and shape are known."""

import io
import zipfile
import zlib

from docx import Document
from docx.document import Document as WordDocument
from lxml import etree

from vinhdanh.common.refusal import Refused
from vinhdanh.common.vietnamese import gettext_noop
from vinhdanh.documents.rules import limits
from vinhdanh.documents.rules.kinds import BROKEN_WORD, ENCRYPTED_OFFICE

BOMB = gettext_noop(
    "Tệp Word phình ra quá lớn khi mở ({size} MB); hãy bỏ bớt hình ảnh hoặc chia thành tệp nhỏ hơn."
)
DOCUMENT_TYPE = gettext_noop(
    "Tệp Word có khai báo không an toàn; hãy mở bằng Word và lưu lại thành tệp .docx mới."
)

# What zipfile, lxml and python-docx raise on parts that are cut off, missing or of the wrong shape.
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    etree.LxmlError,
    OSError,
    EOFError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    NotImplementedError,
    AssertionError,
)


def open_word(stored: bytes) -> WordDocument:
    """The document of a .docx.

    Refused when it is encrypted, unfolds beyond the limits, declares XML entities (Word never
    does), or is broken.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(stored)) as archive:
            _check_members(archive)
        return Document(io.BytesIO(stored))
    except _BROKEN as error:
        raise Refused(BROKEN_WORD) from error
    except RuntimeError:  # zipfile's word for a member behind a password
        raise Refused(ENCRYPTED_OFFICE) from None


def _check_members(archive: zipfile.ZipFile) -> None:
    members = archive.infolist()
    size = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members) or 1
    text = sum(member.file_size for member in members if _is_text(member.filename))
    if (
        size > limits.MOST_WORD_UNPACKED
        or text > limits.MOST_WORD_TEXT
        or len(members) > limits.MOST_WORD_MEMBERS
        or (size > limits.RATIO_ASKED_FROM and size / packed > limits.MOST_RATIO)
    ):
        raise Refused(BOMB.format(size=size // 1_000_000))
    for member in members:
        if _is_text(member.filename):
            # The declared size is all that zipfile will unpack, so this cannot run away.
            start = archive.read(member).replace(b"\x00", b"")
            if b"<!DOCTYPE" in start or b"<!ENTITY" in start:
                raise Refused(DOCUMENT_TYPE)


def _is_text(name: str) -> bool:
    return name.lower().endswith((".xml", ".rels"))
