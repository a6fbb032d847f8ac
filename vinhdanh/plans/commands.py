"""Plans on the command line; they are read without database and without Django."""

import json
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from vinhdanh.plans.rules.plan import Plan, Task

_LIMIT = 50 * 1024 * 1024
_WIDTH = 96


@click.group()
def plan() -> None:
    """Kế hoạch: đọc văn bản thành nhiệm vụ, đơn vị, thời hạn."""


@plan.command()
@click.argument("file", metavar="TỆP", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="In ra JSON cho máy đọc.")
def read(file: Path, *, as_json: bool) -> None:
    """Đọc một kế hoạch (.docx, .pdf, .txt); in nhiệm vụ và điều cần xem lại. Không lưu gì."""
    from vinhdanh.common.refusal import Refused
    from vinhdanh.documents.rules.reading import read as read_file
    from vinhdanh.plans.rules.reading import read_plan

    if file.stat().st_size > _LIMIT:
        raise Refused(f"Tệp lớn hơn {_LIMIT // 2**20} MB; hãy kiểm tra lại xem có đúng kế hoạch.")
    found = read_plan(read_file(file.read_bytes(), name=file.name))
    if as_json:
        click.echo(json.dumps(found.as_json(), ensure_ascii=False, indent=2))
        return
    for line in _page(found):
        click.echo(line)


def _page(found: "Plan") -> Iterator[str]:
    """The plan as a person reads it."""
    yield from textwrap.wrap(found.title, _WIDTH)
    blank = "(để trống)"
    issued = f"{found.issued_on:%d/%m/%Y}" if found.issued_on else blank
    yield f"{found.issuer or blank} · số {found.number or blank} · ngày {issued} · năm {found.year}"
    yield f"\nNhiệm vụ ({len(found.tasks)}):"
    for task in found.tasks:
        yield from _row(task)
    yield f"\nĐiều cần xem lại ({len(found.findings)}):"
    for finding in found.findings:
        yield from _hung(f"• {finding.message}", "  ", "    ")


def _row(task: "Task") -> Iterator[str]:
    number = f"{task.number or '–':<6}"
    yield from _hung(f"{number}{' '.join(task.content.split())}", "  ", " " * 8)
    owners = "; ".join(task.lead)
    if task.support:
        owners += f" (phối hợp: {'; '.join(task.support)})"
    due = task.due.text if task.due else task.printed_due
    if owners or due:
        yield from _hung(f"→ {' · '.join(filter(None, (owners, due)))}", " " * 8, " " * 10)


def _hung(text: str, first: str, rest: str) -> list[str]:
    return textwrap.wrap(text, _WIDTH, initial_indent=first, subsequent_indent=rest)


@click.group()
def paper() -> None:
    """Văn bản: trình bày kế hoạch theo thể thức."""


@paper.command("plan")
@click.argument("plan", metavar="KẾ_HOẠCH")
@click.option(
    "--to",
    "file",
    metavar="TỆP",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="Tệp .docx hoặc .pdf.",
)
def plan_paper(plan: str, file: Path) -> None:
    """Ghi kế hoạch (mã, năm, hoặc "năm tên-viết-tắt-cơ-quan") thành văn bản DOCX hoặc PDF."""
    from vinhdanh.common.refusal import Refused
    from vinhdanh.papers.rules.docx import docx
    from vinhdanh.papers.rules.pdf import pdf
    from vinhdanh.plans.queries import paper as queries

    write = {".docx": docx, ".pdf": pdf}.get(file.suffix.lower())
    if write is None:
        raise Refused("Chỉ ghi được tệp .docx hoặc .pdf; hãy đổi đuôi tệp.")
    if not file.parent.is_dir():
        raise Refused(f"Không có thư mục “{file.parent}”.")
    found = queries.plan_named(plan)
    is_there = file.exists()
    written = write(queries.tree(found))
    try:
        file.write_bytes(written)
    except OSError as error:
        raise Refused(f"Không ghi được {file}: {error.strerror}.") from None
    click.echo(f"{'Đã ghi đè' if is_there else 'Đã ghi'} {file}: {found.title}.")


groups = [plan, paper]
