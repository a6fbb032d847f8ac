"""How large a picture is, told from its head without drawing it."""

import struct
from typing import BinaryIO

from vinhdanh.common.refusal import Refused
from vinhdanh.common.vietnamese import gettext_noop
from vinhdanh.documents.rules import limits

TOO_LARGE = gettext_noop(
    "Ảnh có kích thước quá lớn nên không nhận; hãy thu nhỏ ảnh (không quá 100 triệu điểm ảnh) rồi "
    "tải lên lại."
)
# Segments of a JPEG that say its size, and those that have no length.
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_WITHOUT_LENGTH = {0x01, *range(0xD0, 0xD9)}
_START_OF_SCAN = 0xDA
_MOST_SEGMENTS = 1_000


def check_picture(stream: BinaryIO, kind: str) -> None:
    """Refused for a "png" or "jpg" of more points than any camera or scanner makes.

    A picture that does not say its size is not refused: nothing can draw it.
    """
    size = _png_size(stream) if kind == "png" else _jpg_size(stream)
    if size and (size[0] * size[1] > limits.MOST_POINTS or max(size) > limits.LONGEST_SIDE):
        raise Refused(TOO_LARGE)


def _png_size(stream: BinaryIO) -> tuple[int, int] | None:
    stream.seek(12)
    head = stream.read(12)
    if len(head) < 12 or not head.startswith(b"IHDR"):
        return None
    width, height = struct.unpack(">II", head[4:])
    return width, height


def _jpg_size(stream: BinaryIO) -> tuple[int, int] | None:
    stream.seek(2)
    for _segment in range(_MOST_SEGMENTS):
        mark = _next_mark(stream)
        if mark is None or mark == _START_OF_SCAN:
            return None
        if mark in _WITHOUT_LENGTH:
            continue
        head = stream.read(7)
        if len(head) < 7:
            return None
        length, _depth, height, width = struct.unpack(">HBHH", head)
        if mark in _FRAMES:
            return width, height
        stream.seek(max(length, 2) - 7, 1)
    return None


def _next_mark(stream: BinaryIO) -> int | None:
    sign = stream.read(1)
    while sign and sign != b"\xff":
        sign = stream.read(1)
    while sign == b"\xff":
        sign = stream.read(1)
    return sign[0] if sign else None
