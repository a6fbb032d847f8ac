"""Reading a plan: time and memory for each form, and for a plan fifty times as long.

Beside it, in the same run: what it costs merely to take the words out of the same file
(python-docx, pdfplumber), after which a clerk would still type every row into Excel.
"""

import copy
import io
import json
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

import docx
import pdfplumber
import pypdfium2

from config.demo.document import plan_document
from vinhdanh.documents.rules.reading import read
from vinhdanh.plans.rules.reading import read_plan

SEEDS = Path(__file__).resolve().parent.parent.parent / "shared/seeds"
TIMES = 50
RUNS = 3


def forms() -> dict[str, bytes]:
    """Each form of the founding plan when it is at hand, else the demonstration's own document;
    and each form fifty times as long."""
    found = (
        {path.suffix[1:]: path.read_bytes() for path in sorted(SEEDS.glob("*.*"))}
        if SEEDS.is_dir()
        else {}
    )
    found = {kind: found[kind] for kind in ("txt", "docx", "pdf") if kind in found}
    if not found:
        found = {"docx": plan_document(2026)}
    longer = {f"{kind} ×{TIMES}": _longer(kind, content) for kind, content in found.items()}
    return {**found, **longer}


def _longer(kind: str, content: bytes) -> bytes:
    if kind == "txt":
        return b"\n\n".join([content] * TIMES)
    written = io.BytesIO()
    if kind == "pdf":
        merged = pypdfium2.PdfDocument.new()
        for _ in range(TIMES):
            merged.import_pages(pypdfium2.PdfDocument(content))
        merged.save(written)
        return written.getvalue()
    document = docx.Document(io.BytesIO(content))
    body = document.element.body
    blocks = list(body)[:-1]
    for _ in range(TIMES - 1):
        for block in blocks:
            body.insert(len(body) - 1, copy.deepcopy(block))
    document.save(written)
    return written.getvalue()


def words_only(kind: str, content: bytes) -> int:
    """The words of the file and nothing else, as a clerk would copy them; how many there are."""
    if kind.startswith("txt"):
        return len(content.decode().split())
    if kind.startswith("docx"):
        document = docx.Document(io.BytesIO(content))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        return sum(len(text.split()) for text in [*(p.text for p in document.paragraphs), *cells])
    with pdfplumber.open(io.BytesIO(content)) as document:
        return sum(len((page.extract_text() or "").split()) for page in document.pages)


def measure(kind: str, content: bytes, work: str) -> dict[str, float]:
    """Run in a process of its own, so that memory is this reading's alone."""
    started = time.perf_counter()
    if work == "read":
        plan = read_plan(read(content, name=f"plan.{kind[:4].strip()}"))
        size = len(plan.tasks)
    else:
        size = words_only(kind, content)
    seconds = time.perf_counter() - started
    used = (
        resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        + resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    )
    return {"seconds": seconds, "megabytes": used / 1024, "size": size}


def main() -> None:
    if len(sys.argv) == 3:
        kind, work = sys.argv[1:]
        print(json.dumps(measure(kind, sys.stdin.buffer.read(), work)))
        return
    print(f"{'form':<12}{'tasks':>7}{'read, s':>10}{'MB':>7}{'words only, s':>15}{'ratio':>7}")
    single: dict[str, float] = {}
    for kind, content in forms().items():
        runs = RUNS if "×" not in kind else 1
        reading = [_apart(kind, content, "read") for _ in range(runs)]
        plain = [_apart(kind, content, "words") for _ in range(runs)]
        seconds = statistics.median(run["seconds"] for run in reading)
        other = statistics.median(run["seconds"] for run in plain)
        single.setdefault(kind, seconds)
        growth = ""
        if "×" in kind:
            growth = f"   {seconds / single[kind.split()[0]]:.0f} times the time of one"
        print(
            f"{kind:<12}{reading[0]['size']:>7.0f}{seconds:>10.2f}"
            f"{max(run['megabytes'] for run in reading):>7.0f}"
            f"{other:>15.2f}{seconds / max(other, 1e-6):>7.1f}{growth}"
        )


def _apart(kind: str, content: bytes, work: str) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.reading", kind, work],
        input=content,
        stdout=subprocess.PIPE,
        check=True,
    )
    measured: dict[str, float] = json.loads(done.stdout)
    return measured


if __name__ == "__main__":
    main()
