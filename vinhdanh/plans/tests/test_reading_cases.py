"""Plans of many offices and styles: `cases/<name>.txt` is the plan, `<name>.expected` what a
clerk reads in it. Each is read as text and as a Word file of the same paragraphs and tables."""

import io
from pathlib import Path

import pytest
from docx import Document

from vinhdanh.documents.rules.content import Content, Table
from vinhdanh.documents.rules.reading import read
from vinhdanh.plans.rules.plan import Plan, Task
from vinhdanh.plans.rules.reading import read_plan

CASES = Path(__file__).parent / "cases"
NAMES = sorted(path.stem for path in CASES.glob("*.txt"))


def _due(task: Task) -> str:
    shown = task.due.as_json() if task.due else {"kind": "none"}
    return " ".join(str(value) for key, value in shown.items() if key != "text")


def _task(task: Task) -> str:
    number = f"{task.number or '-'} (of {task.parent})" if task.parent else task.number or "-"
    lines = [
        f"task {number}: {task.content}",
        f"    by {'; '.join(task.lead) or '-'} with {'; '.join(task.support) or '-'}",
        f"    due {_due(task)} in {task.part}",
    ]
    if task.group:
        lines.append(f"    group {task.group}")
    if task.product:
        lines.append(f"    product {task.product}")
    return "\n".join(lines)


def shown(plan: Plan) -> str:
    """The plan in lines that a clerk can check."""
    return "\n".join(
        [
            f"title {plan.title}",
            f"issuer {plan.issuer}",
            f"number {plan.number}, year {plan.year}, issued {plan.issued_on}",
            f"sections {' '.join(section.number for section in plan.sections)}",
            *map(_task, plan.tasks),
            *(
                f"finding {f.kind}: tasks {', '.join(f.tasks) or '-'}; "
                f"dates {', '.join(map(str, f.dates)) or '-'}"
                for f in plan.findings
            ),
            "",
        ]
    )


def as_word(content: Content) -> bytes:
    """The same paragraphs and tables as a Word file."""
    document = Document()
    for block in content.blocks:
        if not isinstance(block, Table):
            document.add_paragraph(block.line)
            continue
        width = max(sum(cell.columns for cell in row) for row in block.rows)
        table = document.add_table(rows=0, cols=width)
        for row in block.rows:
            cells = table.add_row().cells
            for cell, written in zip(row, cells, strict=False):
                written.text = "\n".join(cell.lines)
    stored = io.BytesIO()
    document.save(stored)
    return stored.getvalue()


@pytest.mark.parametrize("name", NAMES)
def test_a_plan_is_read_as_a_clerk_reads_it(name):
    content = read((CASES / f"{name}.txt").read_bytes(), name=name)

    assert shown(read_plan(content)) == (CASES / f"{name}.expected").read_text()


@pytest.mark.parametrize("name", NAMES)
def test_the_same_plan_in_word_reads_the_same(name):
    content = read((CASES / f"{name}.txt").read_bytes(), name=name)

    word = read(as_word(content), name=f"{name}.docx")

    assert shown(read_plan(word)) == (CASES / f"{name}.expected").read_text()
