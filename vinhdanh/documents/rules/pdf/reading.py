"""Reading a PDF: letters and rules of each page into paragraphs and tables."""

import io
import signal
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import repeat
from multiprocessing import get_context

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdftypes import resolve1
from pdfplumber.utils.exceptions import PdfminerException

from vinhdanh.common.refusal import Refused
from vinhdanh.documents.rules.cleaning import join_broken
from vinhdanh.documents.rules.content import Content, Paragraph, Table
from vinhdanh.documents.rules.pdf.aligned import parted
from vinhdanh.documents.rules.pdf.cells import table_of
from vinhdanh.documents.rules.pdf.columns import blocks_of, is_head
from vinhdanh.documents.rules.pdf.furniture import above_address, without_furniture
from vinhdanh.documents.rules.pdf.grids import grids_of
from vinhdanh.documents.rules.pdf.marks import Line, Marks, lines_of, marks_of
from vinhdanh.documents.rules.pdf.paragraphs import Measure, measure, paragraphs, short_lines
from vinhdanh.documents.rules.pdf.refusals import (
    BROKEN,
    NO_LETTERS,
    PASSWORD,
    SCAN,
    TOO_MANY_PAGES,
)

MOST_PAGES = 3_000

_LEAST_LETTERS = 5  # a page; less in a whole file means that its text is a picture
_SHARED_FROM = 40  # pages; a shorter file is read sooner by one process
_SHARE = 10  # pages handed out at a time

_shared: list[pdfplumber.PDF] = []  # in a process that helps: the file it was started with


@dataclass(frozen=True, slots=True)
class _Placed:
    """A table and where it stands, in points."""

    table: Table
    top: float
    left: float
    right: float


@dataclass(slots=True)
class _PageRead:
    """A page: its height, the lines outside tables, and its tables."""

    number: int
    height: float
    lines: list[Line]
    tables: list[_Placed]
    letters: int
    unmapped: int


def read_pdf(stored: bytes, *, hands: int = 1, page_seconds: float | None = None) -> Content:
    """The content of a PDF with a text layer; tables are those drawn with rules, and those
    that have numbered rows in plain columns.

    `hands`: how many processes share the pages of a long file. `page_seconds`: a page, or the
    opening, that takes longer ends the process that called, by SIGPROF; None sets no limit.
    Refused when the file is encrypted, broken, too long or a scan.
    """
    _allow(page_seconds)
    with _foreign():
        pdf = pdfplumber.open(io.BytesIO(stored))
        count = _page_count(pdf)
    _allow(page_seconds and 0.0)
    if count > MOST_PAGES:
        raise Refused(TOO_MANY_PAGES.format(pages=count, most=MOST_PAGES))
    with pdf:
        pages = _read_pages(pdf, count, hands, page_seconds)
    _check(pages)
    return Content("pdf", tuple(join_broken(_blocks(pages))))


@contextmanager
def _foreign() -> Iterator[None]:
    """Around calls of the PDF library, which answers a broken file with errors of any kind."""
    try:
        yield
    except (Refused, MemoryError):
        raise
    except PdfminerException as error:
        if error.args and isinstance(error.args[0], PDFPasswordIncorrect):
            raise Refused(PASSWORD) from None
        raise Refused(BROKEN) from error
    except Exception as error:
        raise Refused(BROKEN) from error


def _read_pages(
    pdf: pdfplumber.PDF, count: int, hands: int, page_seconds: float | None
) -> list[_PageRead]:
    if hands == 1 or count < _SHARED_FROM:
        return _read_range(pdf, range(count), page_seconds)
    ranges = [range(at, min(at + _SHARE, count)) for at in range(0, count, _SHARE)]
    with ProcessPoolExecutor(
        hands, get_context("fork"), initializer=_shared.append, initargs=(pdf,)
    ) as pool:
        parts = pool.map(_read_shared, ranges, repeat(page_seconds))
        return [page for part in parts for page in part]


def _page_count(pdf: pdfplumber.PDF) -> int:
    """How many pages the file says it has where that is too many, else how many there are."""
    declared = resolve1(resolve1(pdf.doc.catalog["Pages"]).get("Count"))
    if isinstance(declared, int) and declared > MOST_PAGES:
        return declared
    return len(pdf.pages)


def _read_shared(places: range, page_seconds: float | None) -> list[_PageRead]:
    return _read_range(_shared[0], places, page_seconds)


def _read_range(pdf: pdfplumber.PDF, places: range, page_seconds: float | None) -> list[_PageRead]:
    pages = []
    for page in pdf.pages[places.start : places.stop]:
        _allow(page_seconds)
        with _foreign():
            marks = marks_of(page)
            page.close()
        pages.append(_page(marks))
    _allow(page_seconds and 0.0)
    return pages


def _allow(seconds: float | None) -> None:
    """End this process unless asked again before it has worked so long; 0 sets no limit."""
    if seconds is not None:
        signal.setitimer(signal.ITIMER_PROF, seconds)


def _page(marks: Marks) -> _PageRead:
    letters, tables = marks.letters, []
    for grid in grids_of(marks.rules):
        inside, outside = grid.sorted_into(letters)
        table = table_of(grid, inside, marks.number)
        if table is not None:
            tables.append(_Placed(table, grid.top, grid.across[0], grid.across[-1]))
            letters = outside
    lines = lines_of(letters, marks.number)
    if marks.number == 1:
        lines = above_address(lines, marks.rules, marks.height)
    return _PageRead(
        marks.number,
        marks.height,
        lines,
        tables,
        len(marks.letters),
        marks.unmapped,
    )


def _check(pages: list[_PageRead]) -> None:
    if not pages:
        raise Refused(BROKEN)
    letters, unmapped = sum(page.letters for page in pages), sum(page.unmapped for page in pages)
    if unmapped > letters:
        raise Refused(NO_LETTERS)
    if letters < _LEAST_LETTERS * len(pages):
        raise Refused(SCAN.format(pages=len(pages)))


def _blocks(pages: list[_PageRead]) -> Iterator[Paragraph | Table]:
    """Paragraphs and tables in reading order; text runs on over the ends of pages."""
    kept = without_furniture([(page.height, page.lines) for page in pages])
    running: list[Line] = []
    known: set[str] = set()
    measures: dict[int, Measure] = {}
    for page, lines in zip(pages, kept, strict=True):
        edges = [edge for placed in page.tables for edge in (placed.left, placed.right)]
        measures[page.number] = measure(lines, edges)
        for piece in _pieces(lines, page.tables, known):
            if isinstance(piece, list) and len(piece) == 1:
                running.extend(piece[0])
                continue
            yield from paragraphs(running, measures)
            running = []
            if isinstance(piece, Table):
                yield piece
                continue
            for column in piece:
                yield from short_lines(column, is_head=is_head(piece))
    yield from paragraphs(running, measures)


def _pieces(
    lines: list[Line], tables: list[_Placed], known: set[str]
) -> Iterator[Table | list[list[Line]]]:
    """The page from top to bottom: tables, and runs of lines in one or two columns.

    `known`: the headings so far of tables without rules.
    """
    rest = lines
    for placed in tables:
        above = [line for line in rest if line.top < placed.top]
        yield from _undrawn(above, known)
        yield placed.table
        rest = rest[len(above) :]
    yield from _undrawn(rest, known)


def _undrawn(lines: list[Line], known: set[str]) -> Iterator[Table | list[list[Line]]]:
    for part in parted(lines, known):
        if isinstance(part, Table):
            yield part
        else:
            yield from blocks_of(part)
