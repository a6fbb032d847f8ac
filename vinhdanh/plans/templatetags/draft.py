"""Showing the rows of a draft."""

from django import template
from django.utils.translation import gettext as _

from vinhdanh.plans.models import Finding, Task, TaskOwner

register = template.Library()

_TONES = {
    TaskOwner.Match.EXACT: ("good", "check2"),
    TaskOwner.Match.ABBREVIATION: ("good", "check2"),
    TaskOwner.Match.CHOSEN: ("good", "person-check"),
    TaskOwner.Match.NEAR: ("attention", "question-circle"),
    TaskOwner.Match.NONE: ("wrong", "exclamation-circle"),
    TaskOwner.Match.IGNORED: ("muted", "slash-circle"),
}


@register.filter
def due_words(task: Task) -> str:
    """How the time of a row was understood; "" while it is not clear."""
    day, start = _day(task.due_on), _day(task.due_from)
    if task.due_kind == Task.Due.BEFORE and day:
        return _("Trước ngày %(day)s, không tính chính ngày đó") % {"day": day}
    if task.due_kind == Task.Due.BY and day:
        return _("Chậm nhất ngày %(day)s, tính cả ngày đó") % {"day": day}
    if task.due_kind == Task.Due.PERIOD and day and start:
        return _("Từ %(start)s đến hết %(day)s") % {"start": start, "day": day}
    if task.due_kind == Task.Due.RECURRING and task.every:
        return _rhythm(task)
    if task.due_kind in {Task.Due.CONTINUOUS, Task.Due.EXTERNAL}:
        return str(task.get_due_kind_display())
    return ""


@register.filter
def due_is_clear(task: Task) -> bool:
    """Whether the year can be laid out from the row's time."""
    return bool(due_words(task))


@register.filter
def quoted_parts(task: Task) -> list[str]:
    """The printed words of a row, cell by cell."""
    return [part.strip() for part in task.quote.split(" | ") if part.strip()]


@register.filter
def open_ones(task: Task) -> list[Finding]:
    """The findings about a row that are still to be settled."""
    return [finding for finding in task.findings.all() if finding.state == Finding.State.OPEN]


@register.filter
def leading(task: Task) -> list[TaskOwner]:
    return [owner for owner in task.owners.all() if owner.part == TaskOwner.Part.LEAD]


@register.filter
def supporting(task: Task) -> list[TaskOwner]:
    return [owner for owner in task.owners.all() if owner.part == TaskOwner.Part.SUPPORT]


@register.filter
def match_tone(match: str) -> str:
    return _TONES[TaskOwner.Match(match)][0]


@register.filter
def match_icon(match: str) -> str:
    return _TONES[TaskOwner.Match(match)][1]


@register.filter
def match_label(match: str) -> str:
    return str(TaskOwner.Match(match).label)


def _day(day: object) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


def _rhythm(task: Task) -> str:
    every = str(task.get_every_display())
    if task.day is None:
        return every
    if task.next_period:
        place = _("ngày %(day)02d của kỳ sau") % {"day": task.day}
    elif task.excludes_day:
        place = _("trước ngày %(day)02d") % {"day": task.day}
    else:
        place = _("ngày %(day)02d") % {"day": task.day}
    return f"{every}, {place}"
