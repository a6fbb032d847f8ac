"""Bonuses as a spreadsheet."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from vinhdanh.common import spreadsheets
from vinhdanh.honours.models import Conferral
from vinhdanh.honours.queries.bonuses import Line
from vinhdanh.law import words


def write_bonuses(
    stream: BinaryIO,
    lines: Sequence[Line],
    above: Sequence[str],
    *,
    verdicts: Mapping[Any, str],
    told: Callable[[int], object] = lambda _count: None,
) -> int:
    """Write an XLSX file of the bonuses with reasons and sources, below the lines `above`.

    Gives their number. Sums are in dong; nothing where the law does not say how much. `verdicts`
    are their words. `told` hears how many are written, every thousand.
    """
    return spreadsheets.write(
        stream,
        name=_("Tiền thưởng"),
        title=_("Tiền thưởng"),
        above=above,
        columns=[
            (_("Được khen thưởng"), 30),
            (_("Đơn vị khi đó"), 36),
            (_("Danh hiệu, hình thức"), 36),
            (_("Loại hình"), 20),
            (_("Thành tích từ ngày"), 12),
            (_("Thành tích đến ngày"), 12),
            (_("Số quyết định"), 18),
            (_("Ngày quyết định"), 13),
            (_("Cách tính"), 30),
            (_("Mức tiền thưởng (đồng)"), 16),
            (_("Kết luận"), 18),
            (_("Được nhận (đồng)"), 16),
            (_("Vì sao"), 60),
            (_("Căn cứ"), 60),
        ],
        rows=_rows(lines, verdicts),
        told=told,
    )


def _rows(lines: Sequence[Line], verdicts: Mapping[Any, str]) -> Iterator[list[spreadsheets.Cell]]:
    classes: dict[Any, str] = {value: str(label) for value, label in Conferral.Class.choices}
    for line in lines:
        row, amount = line.row, line.amount
        reckoned = amount.reckoned if amount else ""
        if amount and amount.is_ceiling:
            reckoned = _("không quá %(money)s") % {"money": reckoned}
        yield [
            row.name_written,
            row.unit_written,
            line.award,
            classes.get(row.kind, ""),
            row.achieved_from,
            row.achieved_until,
            row.decision_number,
            row.decided_on,
            reckoned,
            amount.amount if amount else None,
            _(verdicts[line.verdict]),
            line.certain if line.verdict == "paid" else None,
            "\n".join(line.reasons),
            line.source,
        ]


def summed(count: int, certain: int, judge: int) -> str:
    """What is above a list: how many, what is certain, how many a person has to look at."""
    return _("%(count)s dòng; chắc chắn được nhận %(sum)s; cần người xem xét %(judge)s dòng") % {
        "count": count,
        "sum": words.money(certain),
        "judge": judge,
    }
