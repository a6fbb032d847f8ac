"""Numbers that repeat or skip, among the paragraphs of the body and among the rows."""

from collections.abc import Iterable

from vinhdanh.common.vietnamese import gettext_noop
from vinhdanh.plans.rules.findings.places import short
from vinhdanh.plans.rules.plan import Finding, Item, Plan, Task
from vinhdanh.plans.rules.reading.outline import BULLETS
from vinhdanh.plans.rules.reading.rows import roman

_VIETNAMESE = "abcdđeghiklmnopqrstuvxy"
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_WRITTEN = {"nhất": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6}
_REPEATS = gettext_noop("Số {number} được dùng hai lần {where}: “{first}” và “{second}”.")
_SKIPS = gettext_noop("Số thứ tự nhảy từ {before} sang {number} {where}.")
_BEGINS = gettext_noop("Số thứ tự bắt đầu từ {number} {where}.")


def numbering(plan: Plan) -> list[Finding]:
    """Repeats and skips of numbers that stand side by side."""
    return [*_body(plan.items), *_rows(plan.tasks)]


def _body(items: tuple[Item, ...]) -> Iterable[Finding]:
    """Items side by side carry on from each other; numbers may also run on across headings."""
    last: dict[tuple[int | None, str], Item] = {}
    last_of_style: dict[str, Item] = {}
    for item in items:
        if not item.style or item.style in BULLETS:
            continue
        beside = (item.under, _series(item))
        before = last.get(beside)
        earlier = last_of_style.get(item.style)
        last[beside] = last_of_style[item.style] = item
        where = _where(items, item)
        if before is None:
            runs_on = earlier is not None and _follows(earlier.label, item.label)
            if _value(item.label) > 1 and not runs_on and "." not in item.label:
                yield _found(_BEGINS, where, item.line, number=_shown(item.label))
        elif before.label == item.label:
            yield Finding(
                "numbering",
                _REPEATS,
                {
                    "number": _shown(item.label),
                    "where": where,
                    "first": short(before.text),
                    "second": short(item.text),
                },
                quotes=(_first_line(before.line), _first_line(item.line)),
            )
        elif not _follows(before.label, item.label):
            yield _found(
                _SKIPS,
                where,
                before.line,
                item.line,
                before=_shown(before.label),
                number=_shown(item.label),
            )


def _series(item: Item) -> str:
    """Items of one series count on from each other: "2.1" with "2.2", not with "3.1"."""
    return f"{item.style} {item.label.rpartition('.')[0]}"


def _where(items: tuple[Item, ...], item: Item) -> str:
    """In which part: by the heading above, at the top in the plan as a whole."""
    if item.under is None:
        return "trong kế hoạch"
    above = items[item.under]
    return f"trong mục {'.'.join(above.path)}" if above.path else "trong kế hoạch"


def _found(template: str, where: str, *quotes: str, **values: str) -> Finding:
    return Finding(
        "numbering", template, {"where": where, **values}, quotes=tuple(map(_first_line, quotes))
    )


def _first_line(text: str) -> str:
    return text if len(text) <= 300 else f"{text[:300].rsplit(' ', 1)[0]}…"


def _shown(label: str) -> str:
    return label


def _value(label: str) -> int:
    """The place of a label in its series: "IV" is 4, "2.3" is 3, "Phần thứ hai" is 2."""
    last = label.rpartition(".")[2].split()[-1]
    if last.isdigit():
        return int(last)
    if last in _WRITTEN:
        return _WRITTEN[last]
    if last.isupper() and roman(last) and (len(last) > 1 or last in "IVX"):
        return roman(last)
    return _VIETNAMESE.find(last.lower()) + 1


def _follows(before: str, after: str) -> bool:
    if _value(after) == _value(before) + 1:
        return True
    one, other = before.lower(), after.lower()
    if len(one) == len(other) == 1 and one in _LATIN and other in _LATIN:
        return _LATIN.find(other) == _LATIN.find(one) + 1
    return False


def _rows(tasks: tuple[Task, ...]) -> Iterable[Finding]:
    """Rows of one table count on within their group or through all groups."""
    last: dict[tuple[int, str | None], Task] = {}
    for task in tasks:
        if not task.is_row or not task.number:
            continue
        series = (task.table, task.parent)
        before = last.get(series)
        last[series] = task
        value = _value(task.number)
        if before is None or not task.number.rpartition(".")[2].isdigit():
            continue
        counted = _value(before.number or "")
        regrouped = value == 1 and (task.group != before.group or not task.table)
        if value == counted + 1 or regrouped:
            continue
        if value == counted:
            template, values = (
                _REPEATS,
                {
                    "number": task.number,
                    "where": "trong bảng nhiệm vụ",
                    "first": short(before.content),
                    "second": short(task.content),
                },
            )
        else:
            template, values = (
                _SKIPS,
                {
                    "before": before.number or "",
                    "number": task.number,
                    "where": "trong bảng nhiệm vụ",
                },
            )
        yield Finding(
            "numbering",
            template,
            values,
            tasks=tuple(dict.fromkeys((before.number or "", task.number))),
            quotes=(before.quote, task.quote),
        )
