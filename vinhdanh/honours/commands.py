"""Eligibility on the command line, from a file of facts: without database and without Django."""

import json
import shutil
import textwrap
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from vinhdanh.law.commands import Day, law_in_force, today

if TYPE_CHECKING:
    from vinhdanh.honours.rules.eligibility import Answer, Finding
    from vinhdanh.law.book import Book

_WIDEST = 110
_VERDICTS = {
    "met": "đủ điều kiện",
    "unmet": "chưa đủ điều kiện",
    "judge": "để người xét",
    "suspended": "tạm dừng xét",
}
_MARKS = {"met": "✓", "unmet": "✗", "judge": "?"}


@click.command()
@click.argument("file", metavar="TỆP", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--on",
    metavar="NGÀY",
    type=Day(),
    default=today,
    help="Ngày nhận hồ sơ, theo đó chọn luật; mặc định hôm nay.",
)
@click.option("--award", "codes", metavar="MÃ", multiple=True, help="Chỉ xét mã này; lặp lại được.")
@click.option("--json", "as_json", is_flag=True, help="In ra JSON cho máy đọc.")
def eligibility(file: Path, on: date, codes: tuple[str, ...], *, as_json: bool) -> None:
    """Xét dữ kiện trong TỆP (YAML) với mọi danh hiệu, hình thức mở cho đối tượng đó.

    Mỗi điều kiện cho biết đạt, chưa đạt hay để người xét, số đo được và nguồn trong luật.
    """
    from vinhdanh.honours.rules import facts
    from vinhdanh.honours.rules.eligibility import answers
    from vinhdanh.law.show import award_of

    book = law_in_force()
    asked = {award_of(code, book).code for code in codes}
    known = facts.read(file, book=book)
    found = answers(known, book=book, on=on, codes=asked or None)
    if as_json:
        click.echo(json.dumps([_plain(answer) for answer in found], ensure_ascii=False, indent=2))
        return
    for line in _page(found, book):
        click.echo(line)


def _plain(answer: "Answer") -> dict[str, Any]:
    return {
        "award": answer.award,
        "version": answer.version,
        "verdict": answer.verdict,
        "findings": [
            {
                "criterion": finding.criterion,
                "verdict": finding.verdict,
                "measure": finding.measure,
                "needed": finding.needed,
                "sources": list(finding.sources),
            }
            for finding in answer.findings
        ],
    }


def _page(found: "list[Answer]", book: "Book") -> Iterator[str]:
    """The answers as a person reads them."""
    for answer in found:
        since = answer.version and date.fromisoformat(answer.version)
        read = f" (bản luật từ {since:%d/%m/%Y})" if since else ""
        yield f"\n{book.awards[answer.award].name} [{answer.award}]"
        yield f"  {_VERDICTS[answer.verdict].capitalize()}{read}"
        branch = ""
        for finding in answer.findings:
            if finding.branch != branch:
                branch = finding.branch
                yield f"  {_clause(branch)}:" if branch else "  Chung:"
            yield from _condition(finding)


def _clause(branch: str) -> str:
    from vinhdanh.law import words

    return words.clause(branch)


def _condition(finding: "Finding") -> Iterator[str]:
    width = min(shutil.get_terminal_size().columns, _WIDEST)
    lines = [f"{_MARKS[finding.verdict]} {finding.criterion}"]
    if finding.measure:
        asked = f" (cần: {finding.needed})" if finding.needed else ""
        lines.append(f"  {finding.measure}{asked}")
    if finding.sources:
        lines.append(f"  {'; '.join(finding.sources)}")
    for line in lines:
        indent = " " * (4 + len(line) - len(line.lstrip()))
        yield from textwrap.wrap(
            line.lstrip(), width, initial_indent=indent, subsequent_indent=indent + "  "
        )


groups = [eligibility]
