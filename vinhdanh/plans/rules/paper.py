"""A plan as an official paper: its words as text, its rows as the table of an annex.

What stands on a paper: Nghị định 30/2020/NĐ-CP, Điều 8.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from vinhdanh.common.vietnamese import fold, gettext_noop, squeeze
from vinhdanh.papers.rules.kinds import KINDS
from vinhdanh.papers.rules.tree import Annex, Column, Row, Table
from vinhdanh.plans.rules.due import Due, read_due
from vinhdanh.plans.rules.plan import Plan, Task

# What the journal calls these deeds.
DEEDS = {
    "plan paper downloaded": gettext_noop("Tải kế hoạch trình bày thành văn bản"),
    "plan paper drafted": gettext_noop("Lập dự thảo văn bản từ kế hoạch"),
}
DETAILS = {"paper": gettext_noop("Văn bản")}

_KIND = KINDS["plan"]
_NUMBER = re.compile(r"(?P<number>\d+)\s*/\s*(?P<sign>.+)")
_BLANK_NUMBER = re.compile(r"Số\s*:[\s.…_]*/\s*(?P<sign>[^\s,]+)", re.IGNORECASE)
_PLACE = re.compile(r"(?P<place>[^,]{2,60}),\s*ngày\b")
_ANNEX = re.compile(r"phu luc\b")
_ENCLOSED = re.compile(r"\(?(?:ban hanh )?kem theo\b")
COLUMNS = (
    Column("STT", 0.5, "center"),
    Column("Nội dung nhiệm vụ", 4),
    Column("Đơn vị chủ trì", 2),
    Column("Đơn vị phối hợp", 2.2),
    Column("Sản phẩm", 1.6),
    Column("Thời gian thực hiện", 1.6),
)
_PRODUCT = 4
_EVERY = {
    "month": "Hằng tháng",
    "quarter": "Hằng quý",
    "half-year": "6 tháng một lần",
    "year": "Hằng năm",
}


def subject(plan: Plan) -> str:
    """The title without the name of the kind: "Công tác thi đua, khen thưởng năm 2026"."""
    title = squeeze(plan.title)
    return title[len(_KIND.heading) :].lstrip(" :-–") if title.startswith(_KIND.heading) else title


def numbering(plan: Plan, *, otherwise: str) -> tuple[int | None, str]:
    """The number, None where it is left blank, and the sign after it ("KH-SVHTT"): as printed,
    else `otherwise`."""
    if plan.number and (found := _NUMBER.fullmatch(squeeze(plan.number))):
        return int(found["number"]), found["sign"]
    blank = next(filter(None, map(_BLANK_NUMBER.search, plan.lines)), None)
    return None, blank["sign"] if blank else otherwise


def place(plan: Plan, *, otherwise: str) -> str:
    """The place before the day of issue, as printed, else `otherwise`."""
    found = (_PLACE.match(line) for line in plan.lines)
    return next((match["place"] for match in found if match), otherwise)


def text(plan: Plan) -> str:
    """The body, one paragraph a line, each with the mark it was printed with."""
    if plan.items:
        return "\n".join(squeeze(item.line) for item in plan.items)
    return "\n".join(_numbered(section.number, section.text) for section in plan.sections)


def annexes(plan: Plan, *, note: str) -> tuple[Annex, ...]:
    """An annex for each table of tasks; none when the tasks stand in the body."""
    tables = _tables(plan)
    names = _annex_names(plan.lines)
    made = []
    for index, rows in enumerate(tables):
        label, name = names[index] if index < len(names) else ("", "")
        if not label:
            label = "PHỤ LỤC" if len(tables) == 1 else f"PHỤ LỤC {_roman(index + 1)}"
        name = name or f"Các nhiệm vụ {subject(plan)}"
        made.append(Annex(label, name, note, (_table(rows, plan),), landscape=True))
    return tuple(made)


def due_words(task: Task, *, year: int, first_month: int) -> str:
    """The time of a row as printed; where it was corrected, as it now is."""
    if task.due is None:
        return task.printed_due
    due = task.due
    read = read_due(due.text, year=year, first_month=first_month) if due.text else None
    as_printed = read == due and (due.day is None or _excludes(due.text) == due.excludes_day)
    return due.text if as_printed else _words(due) or due.text


def _excludes(words: str) -> bool:
    return "truoc" in fold(words).split()


def _tables(plan: Plan) -> list[list[Task]]:
    """The rows of each table; those added while the draft was reviewed stand in the last."""
    rows = [task for task in plan.tasks if task.is_row]
    last = max((task.table for task in rows), default=0)
    placed = sorted(rows, key=lambda task: task.table or last)
    return [list(group) for _table, group in groupby(placed, key=lambda task: task.table or last)]


def _table(rows: list[Task], plan: Plan) -> Table:
    with_product = any(task.product for task in rows)
    shown = [place for place in range(len(COLUMNS)) if with_product or place != _PRODUCT]
    return Table(tuple(COLUMNS[place] for place in shown), tuple(_rows(rows, plan, shown)))


def _rows(rows: list[Task], plan: Plan, shown: list[int]) -> Iterator[Row]:
    group = None
    for task in rows:
        if task.group != group:
            group = task.group
            if group:
                yield Row((group,), is_group=True)
        cells = (
            task.number or "",
            task.content,
            _listed(task.lead),
            _listed(task.support),
            task.product or "",
            due_words(task, year=plan.year, first_month=plan.first_month),
        )
        yield Row(tuple(cells[place] for place in shown))


def _listed(names: Iterable[str]) -> str:
    """One name as it is; several one a line, each with a dash."""
    names = list(names)
    return names[0] if len(names) == 1 else "\n".join(f"- {name};" for name in names)


def _annex_names(lines: Iterable[str]) -> list[tuple[str, str]]:
    """The labels and names of the printed annexes, in their order."""
    found: list[tuple[str, list[str]]] = []
    for line in lines:
        plain = fold(line)
        if _ANNEX.match(plain):
            found.append((squeeze(line).upper(), []))
        elif found and not _ENCLOSED.match(plain):
            found[-1][1].append(squeeze(line))
    return [(label, " ".join(name)) for label, name in found]


def _words(due: Due) -> str:
    """A time in the words that are read as it; "" while it is not known."""
    if due.kind in {"before", "by"}:
        days = [day for day in (due.day_on, *due.more) if day]
        first = "Trước ngày" if due.kind == "before" else "Chậm nhất ngày"
        return f"{first} {', '.join(f'{day:%d/%m/%Y}' for day in days)}" if days else ""
    if due.kind == "period" and due.from_on and due.to_on:
        return f"Từ ngày {due.from_on:%d/%m/%Y} đến ngày {due.to_on:%d/%m/%Y}"
    if due.kind == "recurring" and due.every:
        return _rhythm(due, _EVERY[due.every])
    return {"continuous": "Thường xuyên", "external": "Theo lịch của nơi khác"}.get(due.kind, "")


def _rhythm(due: Due, every: str) -> str:
    if due.day is None:
        return every
    before = "trước ngày" if due.excludes_day else "ngày"
    after = " của kỳ sau" if due.next_period else ""
    return f"{every}, {before} {due.day:02d}{after}"


def _numbered(number: str, words: str) -> str:
    own = number.rsplit(".", 1)[-1]
    return f"{own}. {words}" if own else words


def _roman(number: int) -> str:
    return ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")[min(number, 10) - 1]
