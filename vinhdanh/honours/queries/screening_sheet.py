"""Screenings and chains as spreadsheets."""

from collections.abc import Callable, Iterator, Sequence
from typing import BinaryIO

from django.utils.translation import gettext as _

from vinhdanh.common import spreadsheets
from vinhdanh.honours.queries.effects import VERDICTS
from vinhdanh.honours.queries.eligibility import BESIDE, measure_as_read, verdict_of
from vinhdanh.honours.queries.screening import Candidate, Row, Rows
from vinhdanh.honours.rules.chains import Chain
from vinhdanh.honours.rules.eligibility import Answer
from vinhdanh.law.book import Book

# Rows told with one reading of the register.
_BATCH = 400
# Rows written between two words of how far it is.
_TOLD_EVERY = 100


def write_screening(
    stream: BinaryIO,
    rows: Rows,
    conditions: Sequence[str],
    *,
    told: Callable[[int], object] = lambda _count: None,
) -> int:
    """Write an XLSX file of the rows with every reason, below the conditions; how many.

    `told` hears how many are written, every hundred.
    """
    return spreadsheets.write(
        stream,
        name=_("Xét điều kiện"),
        title=_("Xét điều kiện khen thưởng"),
        above=[
            *conditions,
            _("Kết quả theo bản luật đã đọc; để chuẩn bị, không thay việc thẩm định."),
        ],
        columns=[
            (_("Tên"), 28),
            (_("Đơn vị"), 34),
            (_("Danh hiệu, hình thức"), 34),
            (_("Kết quả"), 16),
            (_("Riêng theo công trạng"), 16),
            (_("Bản điều kiện từ"), 14),
            (_("Chưa đạt"), 50),
            (_("Cần người xem xét"), 50),
            (_("Đạt"), 50),
        ],
        rows=_lines(rows, told),
    )


def _lines(rows: Rows, told: Callable[[int], object]) -> Iterator[list[spreadsheets.Cell]]:
    names = {code: award.name for code, award in rows.screening.book.awards.items()}
    for first in range(0, len(rows), _BATCH):
        batch = rows[first : first + _BATCH]
        answers = rows.screening.told(batch)
        for count, row in enumerate(batch, start=first + 1):
            yield _line(row, answers[row.candidate.pk, row.award], names[row.award])
            if count % _TOLD_EVERY == 0:
                told(count)


def _line(row: Row, answer: Answer, award: str) -> list[spreadsheets.Cell]:
    return [
        row.candidate.name,
        row.candidate.unit,
        award,
        _(VERDICTS[verdict_of(answer)]),
        _(VERDICTS[row.merit]) if row.merit else "",
        "/".join(reversed(answer.version.split("-"))),
        *(_reasons(answer, verdict) for verdict in ("unmet", "judge", "met")),
    ]


def _reasons(answer: Answer, verdict: str) -> str:
    branches = {branch.branch: branch.name for branch in answer.branches}
    lines = []
    for finding in answer.findings:
        if finding.as_read != verdict or finding.kind in BESIDE:
            continue
        parts = (branches.get(finding.branch, ""), finding.criterion, measure_as_read(finding))
        lines.append(": ".join(part for part in parts if part))
    return "\n".join(lines)


def write_chains(
    stream: BinaryIO,
    chains: Sequence[tuple[Candidate, Chain]],
    conditions: Sequence[str],
    *,
    book: Book,
) -> None:
    """Write an XLSX file of the chains that the year would break, below the conditions."""
    spreadsheets.write(
        stream,
        name=_("Chuỗi sắp đứt"),
        title=_("Chuỗi sắp đứt"),
        above=conditions,
        columns=[
            (_("Tên"), 28),
            (_("Đơn vị"), 34),
            (_("Chuỗi"), 44),
            (_("Số năm, số lần"), 12),
            (_("Từ năm"), 10),
            (_("Giữ chuỗi bằng cách"), 44),
            (_("Danh hiệu, hình thức cần chuỗi này"), 50),
        ],
        rows=(
            [
                candidate.name,
                candidate.unit,
                chain.text,
                chain.length,
                chain.since,
                chain.needed,
                "\n".join(book.awards[code].name for code in chain.awards),
            ]
            for candidate, chain in chains
        ),
    )
