"""How findings name the places of a plan."""

from datetime import date

from vinhdanh.common.vietnamese import squeeze
from vinhdanh.plans.rules.plan import Finding, Task

_LONGEST = 90


def short(text: str) -> str:
    """The text cut at a word, for use inside a sentence."""
    text = squeeze(text)
    if len(text) <= _LONGEST:
        return text
    return f"{text[:_LONGEST].rsplit(' ', 1)[0].rstrip(' ,;.')}…"


def place_of(task: Task) -> str:
    """Where a task stands: its number in the table, its section in the body, else its words."""
    if task.is_row:
        return f"nhiệm vụ {task.number}" if task.number else f"nhiệm vụ “{short(task.content)}”"
    return section(task.section) if task.section else f"phần lời, “{short(task.content)}”"


def section(path: str) -> str:
    """A section as one speaks of it: "mục II.3", "Điều 3.1"."""
    return path if path[:1].isalpha() and len(path.split()) > 1 else f"mục {path}"


def numbers(*tasks: Task) -> tuple[str, ...]:
    """The numbers of the tasks that have one, each once."""
    return tuple(dict.fromkeys(task.number for task in tasks if task.number))


def about(
    kind: str, template: str, task: Task, *, dates: tuple[date, ...] = (), **values: str
) -> Finding:
    """A finding about one task; `place` is filled in for its sentence."""
    return Finding(
        kind=kind,
        template=template,
        values={"place": _capital(place_of(task)), **values},
        dates=dates,
        tasks=numbers(task),
        quotes=(task.quote,),
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
