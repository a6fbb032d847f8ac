"""What rows were before each change (`journal.models.tracked`), told as people read it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

import pghistory
from django.db.models import Field, ForeignKey, Model
from django.utils import timezone
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext

from vinhdanh.journal import rules

MOST_CHANGES = 50
_LONGEST_VALUE = 400


@dataclass(frozen=True, slots=True)
class Part:
    """Rows that belong to a thing and are told with it: those of `model` that `wanted` (a filter,
    as {"person": pk}) finds, each called `name`: "Chức vụ"."""

    model: type[Model]
    wanted: dict[str, Any]
    name: str


@dataclass(frozen=True, slots=True)
class Change:
    """One row changed or deleted: when, by whom ("" for the system) and from where.

    `what` names the row when it is a part of the thing asked about, "" otherwise. `rows`: label,
    before and after of each field that changed; all that was there, without after, of a row that
    was `deleted`.
    """

    at: datetime
    who: str
    whence: str
    what: str
    deleted: bool
    rows: list[tuple[str, str, str | None]]


@dataclass(frozen=True, slots=True)
class _Step:
    """A kept row, and the row as it was next; None after a deletion."""

    event: Any
    after: Any
    model: type[Model]
    part: str


def row_changes(thing: Model, *parts: Part, most: int = MOST_CHANGES) -> list[Change]:
    """The newest changes of the thing's row and of the rows of its parts, newest first.

    Whoever may see all details of the thing may see them. One query for each model while nothing
    was changed; with changes one more for each model and for each other model they refer to.
    """
    own = type(thing)
    steps = _steps(own, {"pgh_obj_id": thing.pk}, [thing], "", most)
    for part in parts:
        steps += _steps(part.model, part.wanted, None, part.name, most)
    steps.sort(key=lambda step: (step.event.pgh_created_at, step.event.pgh_id), reverse=True)
    names = _referred(steps[:most])
    told = [_told(step, names) for step in steps[:most]]
    return [change for change in told if change.rows]


@cache
def _kept(model: type[Model]) -> type[Any]:
    """The model of what rows of `model` were before."""
    return next(iter(pghistory.core.event_models(tracks_model=model)))


def _steps(
    model: type[Model],
    wanted: dict[str, Any],
    current: Sequence[Model] | None,
    part: str,
    most: int,
) -> list[_Step]:
    events = list(_kept(model)._default_manager.filter(**wanted).order_by("-pgh_id")[:most])
    if not events:
        return []
    rows = current or model._base_manager.filter(pk__in={event.pgh_obj_id for event in events})
    after: dict[Any, Any] = {row.pk: row for row in rows}
    steps = []
    for event in events:
        deleted = event.pgh_label == "delete"
        steps.append(_Step(event, None if deleted else after.get(event.pgh_obj_id), model, part))
        after[event.pgh_obj_id] = event
    return steps


def _told(step: _Step, names: dict[tuple[type[Model], Any], Model]) -> Change:
    event, context = step.event, step.event.pgh_context or {}
    rows: list[tuple[str, str, str | None]] = []
    for field in _told_fields(step):
        before = _shown(field, getattr(event, field.attname), names)
        if step.after is None:
            if before != "—":
                rows.append((_label(field), before, None))
            continue
        if getattr(event, field.attname) != getattr(step.after, field.attname):
            after = _shown(field, getattr(step.after, field.attname), names)
            rows.append((_label(field), before, after))
    return Change(
        at=event.pgh_created_at,
        who=context.get("name", ""),
        whence=context.get("whence", ""),
        what=_named(step, names),
        deleted=event.pgh_label == "delete",
        rows=rows,
    )


def _kept_fields(step: _Step) -> Iterable[Field]:
    """The fields of the model that its kept rows hold, but for the key."""
    kept = {field.name for field in type(step.event)._meta.concrete_fields}
    return (
        field
        for field in step.model._meta.concrete_fields
        if field.name in kept and not field.primary_key
    )


def _told_fields(step: _Step) -> Iterable[Field]:
    return (field for field in _kept_fields(step) if _has_own_name(field) or _is_named(field))


def _has_own_name(field: Field) -> bool:
    return str(field.verbose_name) != field.name.replace("_", " ")


def _is_named(field: Field) -> bool:
    return rules.is_named(field.name, room=field.model._meta.app_label)


def _label(field: Field) -> str:
    if _has_own_name(field):
        return capfirst(str(field.verbose_name))
    return gettext(rules.detail_name(field.name, room=field.model._meta.app_label))


def _shown(field: Field, value: Any, names: dict[tuple[type[Model], Any], Model]) -> str:
    if isinstance(field, ForeignKey) and value is not None:
        return str(names.get((field.related_model, value), gettext("(không còn)")))
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%d/%m/%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return Truncator(rules.shown(value)).chars(_LONGEST_VALUE)


def _named(step: _Step, names: dict[tuple[type[Model], Any], Model]) -> str:
    """The name of a part and which one it was: "Chức vụ: Chuyên viên, Phòng Nghiệp vụ"."""
    if not step.part:
        return ""
    values = {}
    for field in _kept_fields(step):
        value = getattr(step.event, field.attname)
        if isinstance(field, ForeignKey):
            if value is not None and (field.related_model, value) not in names:
                return step.part
            values[field.name] = names[field.related_model, value] if value is not None else None
        else:
            values[field.name] = value
    return f"{step.part}: {step.model(**values)}"


def _referred(steps: list[_Step]) -> dict[tuple[type[Model], Any], Model]:
    """What the rows refer to, by model and key."""
    wanted: dict[type[Model], set[Any]] = defaultdict(set)
    for step in steps:
        for field in _kept_fields(step):
            if isinstance(field, ForeignKey):
                for row in (step.event, step.after):
                    value = getattr(row, field.attname, None)
                    if value is not None:
                        wanted[field.related_model].add(value)
    return {
        (model, row.pk): row
        for model, pks in wanted.items()
        for row in model._base_manager.filter(pk__in=pks)
    }
