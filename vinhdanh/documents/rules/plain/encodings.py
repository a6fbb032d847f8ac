"""From bytes to text, for text files of unknown encoding."""

import codecs
import unicodedata

from vinhdanh.common.refusal import Refused
from vinhdanh.common.vietnamese import gettext_noop
from vinhdanh.documents.rules.kinds import UNKNOWN
from vinhdanh.documents.rules.legacy import OLD_FONTS, is_old

UNREADABLE = gettext_noop(
    "Không đọc được bảng mã của tệp văn bản; hãy mở tệp, lưu lại với mã UTF-8 rồi tải lên."
)

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = {chr(code) for code in range(32)} - set("\t\n\r\f\v\x1a\x1c\x1d\x1e\x1f")
_MOST_CONTROLS = 0.005
_WIDE_ZEROS = 0.3  # share of zero bytes on one side of a text in UTF-16 without a mark
_JUDGED = 100_000
_COMMON_WORDS = """
    và của các cho năm ngày thực hiện tổ chức đơn vị công việc kế hoạch được trong với theo là có
    không những một này để tại khi người thi đua khen thưởng
"""
_COMMON = frozenset(_COMMON_WORDS.split())
_COMMON_SHARE = 0.1


def decode(stored: bytes) -> str:
    """The text of a file in UTF-8, UTF-16 (marked or not) or Windows-1258.

    Refused when it is no text at all, or in an encoding that cannot be told.
    """
    text = _unicode(stored)
    if text is None:
        text = _of_windows(stored)
    if sum(character in _CONTROLS for character in text) > _MOST_CONTROLS * len(text):
        raise Refused(UNKNOWN)
    return text


def _unicode(stored: bytes) -> str | None:
    for mark, encoding in _MARKS:
        if stored.startswith(mark):
            try:
                return stored.decode(encoding)
            except UnicodeDecodeError:
                raise Refused(UNREADABLE) from None
    try:
        text = stored.decode("utf-8")
    except UnicodeDecodeError:
        text = None
    if text is not None and "\x00" not in text:
        return text
    for encoding, side in (("utf-16-le", 1), ("utf-16-be", 0)):
        half = stored[side:_JUDGED:2]
        if half.count(0) > _WIDE_ZEROS * len(half):
            try:
                return stored.decode(encoding)
            except UnicodeDecodeError:
                raise Refused(UNKNOWN) from None
    return text


def _of_windows(stored: bytes) -> str:
    if any(stored[:_JUDGED].count(code) for code in range(9)):
        raise Refused(UNKNOWN)
    text = unicodedata.normalize("NFC", stored.decode("cp1258", errors="replace"))
    words = text[:_JUDGED].lower().split()
    common = sum(word.strip(".,;:()") in _COMMON for word in words)
    if "\ufffd" not in text and common > _COMMON_SHARE * len(words):
        return text
    if is_old(stored.decode("cp1252", errors="replace")):
        raise Refused(OLD_FONTS)
    raise Refused(UNREADABLE)
