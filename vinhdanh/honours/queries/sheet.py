"""The register as a spreadsheet."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any, BinaryIO

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from vinhdanh.common import spreadsheets
from vinhdanh.honours.models import Conferral
from vinhdanh.law.book import Book


def write_register(
    stream: BinaryIO,
    facts: QuerySet[Conferral],
    conditions: Sequence[str],
    *,
    book: Book,
    on: date,
    told: Callable[[int], object] = lambda _count: None,
) -> int:
    """Write an XLSX file of the awards in their order, below the conditions and the day; how many.

    Rows are written out as they come: memory does not grow with them. `told` hears how many are
    written, every thousand.
    """
    return spreadsheets.write(
        stream,
        name=_("Sổ khen thưởng"),
        title=_("Sổ khen thưởng"),
        above=[
            _("Điều kiện lọc: %(chosen)s") % {"chosen": "; ".join(conditions) or _("không")},
            _("Lập ngày %(day)s") % {"day": f"{on:%d/%m/%Y}"},
        ],
        columns=[
            (_("Năm"), 7),
            (_("Được khen thưởng"), 30),
            (_("Đơn vị khi đó"), 36),
            (_("Danh hiệu, hình thức"), 36),
            (_("Loại hình"), 20),
            (_("Thành tích từ ngày"), 12),
            (_("Thành tích đến ngày"), 12),
            (_("Số quyết định"), 18),
            (_("Ngày quyết định"), 13),
            (_("Cơ quan quyết định"), 28),
            (_("Người ký"), 24),
            (_("Số vào sổ, số bằng"), 16),
        ],
        rows=_rows(facts, book),
        told=told,
    )


def _rows(facts: QuerySet[Conferral], book: Book) -> Iterator[list[spreadsheets.Cell]]:
    names: dict[Any, str] = {code: award.name for code, award in book.awards.items()}
    classes: dict[Any, str] = {value: str(label) for value, label in Conferral.Class.choices}
    found = facts.values_list(
        "year",
        "name_written",
        "unit_written",
        "award",
        "kind",
        "achieved_from",
        "achieved_until",
        "decision_number",
        "decided_on",
        "body",
        "signer",
        "certificate_number",
    )
    cells: list[Any]
    for cells in map(list, found.iterator(chunk_size=2_000)):
        cells[3] = names.get(cells[3], cells[3])
        cells[4] = classes.get(cells[4], "")
        yield cells
