"""The pages of a PDF that this house has laid out, as pictures."""

import io
import threading

import pypdfium2

# PDFium is not safe to use from two threads at once.
_LOCK = threading.Lock()
# Pixels per point: an A4 page becomes 1,000 pixels wide, legible on a fine screen.
_SCALE = 1.68


def page_count(pdf: bytes) -> int:
    """How many pages the PDF has."""
    with _LOCK:
        document = pypdfium2.PdfDocument(pdf)
        try:
            return len(document)
        finally:
            document.close()


def picture(pdf: bytes, number: int) -> bytes | None:
    """Page `number` (from 1) as PNG; None when there is no such page."""
    with _LOCK:
        document = pypdfium2.PdfDocument(pdf)
        try:
            if not 1 <= number <= len(document):
                return None
            page = document[number - 1]
            drawn = page.render(scale=_SCALE).to_pil().convert("L")
            page.close()
        finally:
            document.close()
    stream = io.BytesIO()
    drawn.save(stream, "PNG", optimize=False)
    return stream.getvalue()
