"""The lines of a plan as a spreadsheet."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, BinaryIO

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from vinhdanh.common import spreadsheets
from vinhdanh.plans.models import Assignment, Plan
from vinhdanh.plans.rules.progress import WORDS, standing


def write_sheet(
    stream: BinaryIO,
    plan: Plan,
    lines: QuerySet[Assignment],
    conditions: list[str],
    *,
    on: date,
    told: Callable[[int], object] = lambda _count: None,
) -> int:
    """Write an XLSX file of the lines, in their order, below a title, the conditions and the day;
    how many.

    Rows are written out as they come: memory does not grow with them. `told` hears how many are
    written, every thousand.
    """
    return spreadsheets.write(
        stream,
        name=_("Bảng theo dõi"),
        title=plan.title,
        above=[
            _("Điều kiện lọc: %(chosen)s") % {"chosen": "; ".join(conditions) or _("không")},
            _("Tình trạng ngày %(day)s") % {"day": f"{on:%d/%m/%Y}"},
        ],
        columns=_headings(),
        rows=_rows(lines, on=on),
        told=told,
    )


def _headings() -> list[tuple[str, int]]:
    """The headings and widths of the columns."""
    return [
        (_("Số"), 6),
        (_("Nhiệm vụ"), 60),
        (_("Kỳ"), 10),
        (_("Hạn"), 12),
        (_("Đơn vị"), 36),
        (_("Vai trò"), 10),
        (_("Tình trạng"), 15),
        (_("Ngày báo cáo"), 13),
        (_("Ngày xác nhận"), 14),
    ]


def _rows(lines: QuerySet[Assignment], *, on: date) -> Iterator[list[Any]]:
    parts = {str(value): str(label) for value, label in Assignment.Part.choices}
    words = {stands: _(word) for stands, word in WORDS.items()}
    found = lines.values_list(
        "occurrence__task__number",
        "occurrence__task__content",
        "occurrence__label",
        "occurrence__due_on",
        "unit__name",
        "part",
        "state",
        "reported_on",
        "accepted_on",
    )
    for number, content, label, due_on, unit, part, state, reported, accepted in found.iterator(
        chunk_size=2000
    ):
        stands = words[standing(state, due_on, on=on)]
        yield [number, content, label, due_on, unit, parts[part], stands, reported, accepted]
