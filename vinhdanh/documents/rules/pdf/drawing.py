"""One page of a PDF as a picture and as words, drawn in a process of its own (see `apart`)."""

import io
import json
import math
import resource
import sys
import unicodedata
from dataclasses import dataclass

from vinhdanh.common.refusal import Refused
from vinhdanh.common.vietnamese import gettext_noop
from vinhdanh.documents.rules import limits
from vinhdanh.documents.rules.pdf.child import run_apart

CANNOT_DRAW = gettext_noop("Không xem trước được tệp này; hãy tải về để xem.")
LOCKED = gettext_noop("Tệp PDF được đặt mật khẩu nên không xem trước được; hãy tải về để xem.")
NO_SUCH_PAGE = gettext_noop("Tệp không có trang này.")
_SPARE_SECONDS = 30  # of the clock: a busy machine may take longer than the work does


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a PDF: its number from 1, of how many, and its words, one line of print a line."""

    number: int
    count: int
    text: str


def page_words(stored: bytes, number: int) -> Page:
    """A page's words. Refused when there is no such page, or the file cannot be opened."""
    said, _picture = _apart(stored, "words", number)
    return Page(number, said["count"], said["text"])


def page_picture(stored: bytes, number: int) -> bytes:
    """A page as PNG, `limits.PICTURE_WIDTH` points wide; refused as `page_words`."""
    return _apart(stored, "picture", number)[1]


def _apart(stored: bytes, what: str, number: int) -> tuple[dict, bytes]:
    written = run_apart(
        __name__,
        what,
        str(number),
        stored=stored,
        seconds=limits.PICTURE_SECONDS + _SPARE_SECONDS,
        refusal=CANNOT_DRAW,
    )
    head, _line, picture = written.partition(b"\n")
    said = json.loads(head)
    if "refused" in said:
        raise Refused(said["refused"])
    return said, picture


def main() -> None:
    """Read a PDF from standard input; write one line of JSON, then the picture if that was asked.

    Arguments: "words" or "picture", and the number of the page.
    """
    resource.setrlimit(resource.RLIMIT_AS, (limits.PICTURE_MEMORY, limits.PICTURE_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.PICTURE_SECONDS, limits.PICTURE_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    picture = b""
    try:
        said, picture = _drawn(sys.stdin.buffer.read(), sys.argv[1], int(sys.argv[2]))
    except Refused as refusal:
        said = {"refused": str(refusal)}
    except MemoryError:
        said = {"refused": CANNOT_DRAW}
    sys.stdout.buffer.write(json.dumps(said).encode() + b"\n" + picture)


def _drawn(stored: bytes, what: str, number: int) -> tuple[dict, bytes]:
    from pypdfium2 import PdfDocument, PdfiumError  # noqa: PLC0415 (only in the child)

    try:
        document = PdfDocument(stored)
        count = len(document)
        if not 1 <= number <= count:
            raise Refused(NO_SUCH_PAGE)
        page = document[number - 1]
        if what == "words":
            return {"count": count, "text": _words(page)}, b""
        picture = io.BytesIO()
        page.render(scale=_scale(*page.get_size())).to_pil().save(picture, "PNG")
    except PdfiumError as error:
        raise Refused(LOCKED if "password" in str(error).lower() else CANNOT_DRAW) from None
    return {}, picture.getvalue()


def _words(page) -> str:  # type: ignore[no-untyped-def]  # the library's own
    text = page.get_textpage().get_text_bounded(errors="ignore")
    lines = (line.rstrip() for line in unicodedata.normalize("NFC", text).splitlines())
    return "\n".join(filter(None, lines))[: limits.MOST_PAGE_LETTERS]


def _scale(width: float, height: float) -> float:
    """Points of the screen for a point of paper: a page of any size makes a picture to be borne."""
    if width <= 0 or height <= 0:
        raise Refused(CANNOT_DRAW)
    most = math.sqrt(limits.MOST_PICTURE_POINTS / (width * height))
    return min(limits.PICTURE_WIDTH / width, most)


if __name__ == "__main__":
    main()
