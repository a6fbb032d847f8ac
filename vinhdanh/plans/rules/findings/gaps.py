"""Blanks to be filled before issue, and tasks without an owner or a time."""

import re

from vinhdanh.common.vietnamese import gettext_noop
from vinhdanh.plans.rules.findings.places import about, numbers, place_of
from vinhdanh.plans.rules.plan import Finding, Plan, Task

_NO_NUMBER = re.compile(r"\b[Ss]ố\s*[:.]?\s*(?:[.…_\s]*|\[[^\]]*\]\s*)/\s*(?=[A-ZĐ]{2})")
# A form's hint of what belongs here: "ngày [ngày] tháng [tháng]".
_HINT = re.compile(r"\bngày\s*\[[^\]]*\]", re.IGNORECASE)
_DAY = re.compile(
    r"\bngày(?P<d>[\s.…_\d]*?)\s*tháng(?P<m>[\s.…_\d]*?)\s*năm(?P<y>[\s.…_\d]*)", re.IGNORECASE
)
_SLASHED_DAY = re.compile(r"\bngày\s*[.…_\s]*/[.…_\s]*/\s*(?:\d{4}|[.…_]+)", re.IGNORECASE)
_DOTS = re.compile(r"(?:\.{5,}|…{2,}|_{4,}|(?:\.{2,}|…|_{2,})\s*/)")
_KINDS = (
    ("annex number", gettext_noop("Số của kế hoạch còn để trống ở đầu phụ lục: “{printed}”.")),
    ("number", gettext_noop("Số văn bản còn để trống: “{printed}”.")),
    ("annex date", gettext_noop("Ngày của kế hoạch còn để trống ở đầu phụ lục: “{printed}”.")),
    ("date", gettext_noop("Ngày ban hành còn để trống hoặc chưa đủ: “{printed}”.")),
    ("dots", gettext_noop("Còn chỗ để trống cần điền: “{printed}”.")),
)
_TEMPLATES = dict(_KINDS)


def blanks(plan: Plan) -> list[Finding]:
    """Places left blank: number and day of the plan, of its annexes, dotted gaps in the text."""
    found: list[Finding] = []
    for line in plan.lines:
        in_annex = bool(re.search(r"kèm theo|ban hành theo|phụ lục", line, re.IGNORECASE))
        prefix = "annex " if in_annex else ""
        if _NO_NUMBER.search(line):
            found.append(_blank(f"{prefix}number", line))
        day = _DAY.search(line)
        if (day and not _is_full(day)) or _SLASHED_DAY.search(line) or _HINT.search(line):
            found.append(_blank(f"{prefix}date", line))
    for item in plan.items:
        if _DOTS.search(item.line):
            found.append(_blank("dots", item.line))
    for task in plan.tasks:
        if task.is_row and _DOTS.search(task.quote):
            found.append(
                Finding(
                    "blank",
                    _TEMPLATES["dots"],
                    {"printed": task.quote},
                    tasks=numbers(task),
                    quotes=(task.quote,),
                )
            )
    return found


def _is_full(day: re.Match[str]) -> bool:
    return all(re.search(r"\d", day[part]) for part in ("d", "m")) and bool(
        re.search(r"\d{4}", day["y"])
    )


def _blank(which: str, line: str) -> Finding:
    return Finding("blank", _TEMPLATES[which], {"printed": line}, quotes=(line,))


def missing(plan: Plan) -> list[Finding]:
    """Tasks that name nobody or no time, unless the row that they stand under does."""
    parents = {(task.table, task.group, task.number): task for task in plan.tasks if task.number}
    found: list[Finding] = []
    undated: list[Task] = []
    for task in plan.tasks:
        if task.is_heading:
            continue
        above = parents.get((task.table, task.group, task.parent)) if task.parent else None
        # A row that names only who helps leaves open who leads; a sentence may mean its reader.
        named = task.lead or (task.support and not task.is_row)
        no_owner = not named and not (above and above.lead)
        no_time = task.due is None and not (above and above.due)
        if no_time and task.printed_due:
            if not _DOTS.search(task.printed_due):
                found.append(_unclear(task))
            no_time = False
        if no_time and not no_owner and not task.is_row:
            undated.append(task)
        elif no_time or no_owner:
            no_lead = no_owner and bool(task.support)
            found.append(about("missing", _what(no_owner, no_time, no_lead), task))
    return found + ([_without_time(undated)] if undated else [])


def _what(no_owner: bool, no_time: bool, no_lead: bool) -> str:
    if no_lead and no_time:
        return gettext_noop("{place}: không ghi đơn vị chủ trì và thời hạn.")
    if no_lead:
        return gettext_noop("{place}: không ghi đơn vị chủ trì.")
    if no_owner and no_time:
        return gettext_noop("{place}: không ghi đơn vị thực hiện và thời hạn.")
    if no_owner:
        return gettext_noop("{place}: không ghi đơn vị thực hiện.")
    return gettext_noop("{place}: không ghi thời hạn.")


def _unclear(task: Task) -> Finding:
    return about(
        "missing",
        gettext_noop("{place}: thời hạn in “{printed}” không cho biết khi nào phải xong."),
        task,
        printed=task.printed_due,
    )


def _without_time(tasks: list[Task]) -> Finding:
    """One finding for all duties of the running text that name no time."""
    return Finding(
        "missing",
        gettext_noop("Có {count} nhiệm vụ trong phần lời không ghi thời hạn, như {place}."),
        {"count": str(len(tasks)), "place": place_of(tasks[0])},
        tasks=numbers(*tasks),
        quotes=tuple(task.quote for task in tasks),
    )
