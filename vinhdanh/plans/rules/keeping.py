"""What of a reading is kept besides the rows, in plain values, so that it can be checked again."""

from dataclasses import asdict, replace
from datetime import date
from typing import Any

from vinhdanh.plans.rules.due import Due
from vinhdanh.plans.rules.plan import Item, Plan, Task


def to_plain(plan: Plan) -> dict[str, Any]:
    """The paragraphs, body duties and surrounding lines of a plan as read, fit for JSON."""
    return {
        "items": [asdict(item) for item in plan.items],
        "duties": [_plain(asdict(duty)) for duty in plan.duties],
        "lines": list(plan.lines),
    }


def with_kept(plan: Plan, kept: dict[str, Any]) -> Plan:
    """The plan with what `to_plain` kept of its reading; unchanged when nothing was kept."""
    return replace(
        plan,
        items=tuple(
            Item(**{**item, "path": tuple(item["path"])}) for item in kept.get("items", [])
        ),
        duties=tuple(_duty(duty) for duty in kept.get("duties", [])),
        lines=tuple(kept.get("lines", [])),
    )


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(part) for part in value]
    return value


def _duty(plain: dict[str, Any]) -> Task:
    due = _due(plain["due"]) if plain["due"] else None
    return Task(
        **{**plain, "lead": tuple(plain["lead"]), "support": tuple(plain["support"]), "due": due}
    )


def _due(plain: dict[str, Any]) -> Due:
    days = {
        name: date.fromisoformat(plain[name]) if plain[name] else None
        for name in ("day_on", "from_on", "to_on")
    }
    more = tuple(date.fromisoformat(day) for day in plain["more"])
    return Due(**{**plain, **days, "more": more})
