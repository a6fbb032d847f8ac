"""Papers per second: a PDF and a Word document, of 1 page and of 500, beside others' ways.

Beside ours, in the same run: LibreOffice turning our Word document into a PDF, and WeasyPrint
making one from HTML of the same words. Each way runs in a process of its own, so that memory is its
alone; the first run of a way is left out of the count. PAPERS_ROWS (5500) sets the length of the
long paper, PAPERS_TIMES (20) how often the short one is made, PAPERS_WITHOUT (names, by commas)
leaves ways out.
"""

import html
import io
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pypdfium2

from vinhdanh.papers.rules import fonts, words
from vinhdanh.papers.rules.docx import docx
from vinhdanh.papers.rules.pdf import pdf
from vinhdanh.papers.rules.tree import Heading, Paper, Table
from vinhdanh.papers.tests.make import a_paper, a_table, an_annex

ROWS = int(os.environ.get("PAPERS_ROWS", "5500"))
TIMES = int(os.environ.get("PAPERS_TIMES", "20"))
WITHOUT = os.environ.get("PAPERS_WITHOUT", "").split(",")

# The decree's look as a style sheet, as far as it has one.
LOOK = """
@page { size: A4; margin: 20mm 15mm 20mm 30mm; @top-center { content: counter(page); } }
@page :first { @top-center { content: none; } }
@page lying { size: A4 landscape; }
body { font: 14pt/1.26 Tinos; text-align: justify; }
p { margin: 6pt 0 0; text-indent: 12.7mm; }
h1, h2 { font-size: 14pt; text-align: center; margin: 6pt 0; }
.head { width: 100%; text-align: center; font-size: 12pt; }
.annex { page: lying; break-before: page; }
.annex table { width: 100%; border-collapse: collapse; table-layout: fixed; }
.annex table { font-size: 13pt; line-height: 1.15; }
.annex td, .annex th { border: 0.5pt solid; padding: 1mm 1.5mm; vertical-align: top; }
tr { break-inside: avoid; }
"""


def short() -> Paper:
    return a_paper(drafter_mark="TĐKT (Q)")


def long() -> Paper:
    return a_paper(annexes=(an_annex(parts=(a_table(ROWS),)),))


PAPERS = {"short": short, "long": long}


def by_libreoffice(content: bytes) -> bytes:
    """One start of the program for each paper, as a server without a resident one does."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "paper.docx")
        source.write_bytes(content)
        subprocess.run(
            [
                "soffice",
                f"-env:UserInstallation={(Path(tempfile.gettempdir()) / 'bench-office').as_uri()}",
                "--headless",
                "--convert-to",
                "pdf",
                str(source),
            ],
            cwd=folder,
            check=True,
            capture_output=True,
        )
        return source.with_suffix(".pdf").read_bytes()


def by_weasyprint(page: str) -> bytes:
    # Here, so that its memory is counted with its own way only.
    from weasyprint import CSS, HTML  # noqa: PLC0415
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415

    faces = "".join(
        f"@font-face {{ font-family: Tinos; font-weight: {weight}; font-style: {slant};"
        f" src: url({next(folder.glob('*.ttf')).as_uri()}); }}"
        for folder, (weight, slant) in zip(
            fonts.files(),
            ((400, "normal"), (700, "normal"), (400, "italic"), (700, "italic")),
            strict=True,
        )
    )
    known = FontConfiguration()
    style = CSS(string=faces + LOOK, font_config=known)
    made = HTML(string=page).write_pdf(stylesheets=[style], font_config=known)
    assert isinstance(made, bytes)
    return made


def as_html(paper: Paper) -> str:
    """The words of the paper for WeasyPrint."""
    said, text = words.of(paper), html.escape
    head = (
        f"<table class=head><tr><td>{text(said.upper)}<br><b>{text(said.issuer)}</b></td>"
        f"<td><b>{words.NATIONAL_TITLE}<br>{words.MOTTO}</b></td></tr>"
        f"<tr><td>{text(said.number)}</td><td><i>{text(said.place_and_date)}</i></td></tr></table>"
    )
    body = "".join(
        f"<p><b>{text(words.heading(part))}</b></p>"
        if isinstance(part, Heading)
        else f"<p>{text(part.text)}</p>"
        for part in paper.parts
        if not isinstance(part, Table)
    )
    tables = "".join(
        f"<div class=annex><h2>{text(annex.name)}</h2>{_table(part)}</div>"
        for annex in paper.annexes
        for part in annex.parts
        if isinstance(part, Table)
    )
    listed = "".join(f"<div>{text(name)}</div>" for name in said.recipients)
    foot = f"<b>{text(paper.signature.title if paper.signature else '')}</b>"
    return f"<body>{head}<h1>{text(said.title)}</h1>{body}{listed}{foot}{tables}</body>"


def _table(table: Table) -> str:
    head = "".join(f"<th>{html.escape(column.title)}</th>" for column in table.columns)
    rows = "".join(
        f"<tr><td colspan={len(table.columns)}><b>{html.escape(row.cells[0])}</b></td></tr>"
        if row.is_group
        else f"<tr>{''.join(f'<td>{html.escape(cell)}</td>' for cell in row.cells)}</tr>"
        for row in table.rows
    )
    shares = sum(column.width for column in table.columns)
    widths = "".join(
        f"<col style='width: {column.width / shares:.1%}'>" for column in table.columns
    )
    return f"<table>{widths}<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _from_word(paper: Paper) -> Callable[[], bytes]:
    content = docx(paper)
    return lambda: by_libreoffice(content)


def _from_html(paper: Paper) -> Callable[[], bytes]:
    page = as_html(paper)
    return lambda: by_weasyprint(page)


# What is made beforehand is not measured: the others get their document ready.
WAYS: dict[str, Callable[[Paper], Callable[[], bytes]]] = {
    "PDF": lambda paper: lambda: pdf(paper),
    "DOCX": lambda paper: lambda: docx(paper),
    "LibreOffice": _from_word,
    "WeasyPrint": _from_html,
}


def measure(way: str, size: str) -> dict[str, float]:
    """Run in a process of its own."""
    make = WAYS[way](PAPERS[size]())
    times = TIMES if size == "short" else 1
    if way == "LibreOffice":
        times = min(times, 3)
    content = make() if size == "short" else b""
    started = time.perf_counter()
    for _ in range(times):
        content = make()
    seconds = (time.perf_counter() - started) / times
    pages = len(pypdfium2.PdfDocument(io.BytesIO(content))) if way != "DOCX" else 0
    # A program that was started counts by itself: memory of the larger of the two.
    used = max(
        resource.getrusage(who).ru_maxrss
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return {"seconds": seconds, "megabytes": used / 1024, "pages": pages, "kB": len(content) / 1024}


def main() -> None:
    if len(sys.argv) == 3:
        print(json.dumps(measure(*sys.argv[1:])))
        return
    titles = f"{'pages':>6}{'s':>9}{'papers/s':>10}{'MB':>6}{'kB':>7}{'PDF ×':>8}"
    print(f"{'paper':<12}{'way':<14}{titles}")
    for size in PAPERS:
        ours = 0.0
        for way in WAYS:
            if way in WITHOUT or (way == "LibreOffice" and not shutil.which("soffice")):
                continue
            done = subprocess.run(
                [sys.executable, "-m", "benchmarks.papers", way, size],
                stdout=subprocess.PIPE,
                check=True,
            )
            found: dict[str, float] = json.loads(done.stdout)
            ours = ours or found["seconds"]
            print(
                f"{size:<12}{way:<14}{found['pages'] or '':>6}{found['seconds']:>9.3f}"
                f"{1 / found['seconds']:>10.2f}{found['megabytes']:>6.0f}{found['kB']:>7.0f}"
                f"{found['seconds'] / ours:>8.1f}",
                flush=True,
            )


if __name__ == "__main__":
    main()
