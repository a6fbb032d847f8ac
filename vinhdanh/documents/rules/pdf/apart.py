"""Reading a PDF in a process of its own, so that a malicious or broken one harms nobody.

A few bytes of a PDF can unfold to gigabytes or make its parser run forever. The process has limits
on memory and time and may be killed; the file is then refused.
"""

import json
import os
import resource
import sys
from concurrent.futures.process import BrokenProcessPool
from typing import Any

from vinhdanh.common.refusal import Refused
from vinhdanh.documents.rules.content import Cell, Content, Paragraph, Table
from vinhdanh.documents.rules.pdf.child import run_apart
from vinhdanh.documents.rules.pdf.refusals import TOO_HARD

MOST_SECONDS = 300  # for a whole file; a file of 3,000 pages takes about a third of it
MOST_PAGE_SECONDS = 8.0  # of work, not of the clock: a busy machine refuses nothing
MOST_MEMORY = 2_000_000_000  # bytes, of each process
MOST_HANDS = 4


def read_pdf_apart(stored: bytes) -> Content:
    """As `read_pdf`, in another process. Refused also when that takes too much time or memory."""
    answer = run_apart(
        __name__, str(MOST_PAGE_SECONDS), stored=stored, seconds=MOST_SECONDS, refusal=TOO_HARD
    )
    return _content(json.loads(answer))


def _content(answer: dict[str, Any]) -> Content:
    if "refused" in answer:
        raise Refused(answer["refused"])
    return Content("pdf", tuple(_block(block) for block in answer["blocks"]))


def _block(written: list[Any]) -> Paragraph | Table:
    if len(written) > 2:
        return Paragraph(*written)
    rows, page = written
    return Table(
        tuple(tuple(Cell(tuple(lines), *rest) for lines, *rest in row) for row in rows), page
    )


def _written(block: Paragraph | Table) -> list[Any]:
    if isinstance(block, Paragraph):
        return [block.text, block.label, block.bold, block.centred, block.page]
    rows = [[[cell.lines, cell.columns, cell.continues] for cell in row] for row in block.rows]
    return [rows, block.page]


def main() -> None:
    """Read a PDF from standard input, write its content or the refusal as JSON.

    The one argument: the most seconds for a page.
    """
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    from vinhdanh.documents.rules.pdf.reading import read_pdf  # noqa: PLC0415 (only in the child)

    hands = min(MOST_HANDS, len(os.sched_getaffinity(0)))
    answer: dict[str, Any]
    try:
        content = read_pdf(sys.stdin.buffer.read(), hands=hands, page_seconds=float(sys.argv[1]))
        answer = {"blocks": [_written(block) for block in content.blocks]}
    except Refused as refusal:
        answer = {"refused": str(refusal)}
    except (MemoryError, BrokenProcessPool):  # the latter when a helping process was killed
        answer = {"refused": TOO_HARD}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
