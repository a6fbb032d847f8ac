"""Vietnamese typed in the fonts of the time before Unicode (TCVN3/ABC, VNI)."""

import unicodedata

from vinhdanh.common.refusal import Refused
from vinhdanh.common.vietnamese import gettext_noop
from vinhdanh.documents.rules.content import Content, Paragraph

OLD_FONTS = gettext_noop(
    "Văn bản dùng bảng mã cũ (TCVN3/ABC hoặc VNI); hãy chuyển sang Unicode bằng công cụ chuyển mã "
    "rồi tải lên lại."
)

_MOST_JUDGED = 200_000  # characters
_LEAST_JUDGED = 40
_OLD_SHARE = 0.06
_PROPER_SHARE = 0.03
_LATIN_OF_VIETNAMESE = set("àáâãèéêìíòóôõùúýÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝ")
_PROPER = set("ăđơưĂĐƠƯ")


def is_old(text: str) -> bool:
    """Whether the letters are those of an old font: many Latin-1 signs inside words that
    Vietnamese does not have, and hardly any letter that only Vietnamese has."""
    proper = odd = plain = 0
    for character in unicodedata.normalize("NFC", text[:_MOST_JUDGED]):
        if character in _PROPER or "\u1ea0" <= character <= "\u1ef9":
            proper += 1
        elif "\u00a1" <= character <= "\u00ff" and character not in _LATIN_OF_VIETNAMESE:
            odd += 1
        elif character.isalpha():
            plain += 1
    count = proper + odd + plain
    if count < _LEAST_JUDGED:
        return False
    return odd / count > _OLD_SHARE and proper / count < _PROPER_SHARE


def checked(content: Content) -> Content:
    """The content itself. Refused when it is written for an old font."""
    if is_old(_text(content)):
        raise Refused(OLD_FONTS)
    return content


def _text(content: Content) -> str:
    pieces, length = [], 0
    for block in content.blocks:
        if isinstance(block, Paragraph):
            piece = block.text
        else:
            piece = " ".join(cell.text for row in block.rows for cell in row)
        pieces.append(piece)
        length += len(piece)
        if length > _MOST_JUDGED:
            break
    return " ".join(pieces)
