"""Correcting a draft: the plan's facts, its rows, and throwing it away."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from vinhdanh.accounts.models import User
from vinhdanh.common.clock import day_of
from vinhdanh.common.refusal import Refused
from vinhdanh.common.vietnamese import fold, squeeze
from vinhdanh.documents import actions as documents
from vinhdanh.journal import actions as journal
from vinhdanh.plans.actions.held import held_draft, touch
from vinhdanh.plans.actions.reading import meanings, owners
from vinhdanh.plans.actions.settle import check_again
from vinhdanh.plans.models import Plan, Reading, Task, TaskOwner


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What stands at the head of a plan; "" and None where it is blank."""

    title: str
    year: int
    first_month: int = 1
    issuer: str = ""
    number: str = ""
    issued_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Row:
    """What a row says: the fields of `Task`, and its owners by name as printed, in order."""

    content: str
    number: str = ""
    group: str = ""
    product: str = ""
    due_kind: str = ""
    due_text: str = ""
    due_on: date | None = None
    due_from: date | None = None
    every: str = ""
    day: int | None = None
    excludes_day: bool = False
    next_period: bool = False
    more_days: Sequence[date] = ()
    lead: Sequence[str] = ()
    support: Sequence[str] = ()


@transaction.atomic
def edit_facts(plan: Plan, facts: Facts, *, by: User, at: datetime, seen: datetime | None) -> None:
    """Correct the head of a draft, and check the draft again.

    `seen` is `plan.facts_edited_at` as it was when the person began: Refused when somebody has
    edited the facts since, or when the plan is no draft.
    """
    held = held_draft(plan.pk)
    if held.facts_edited_at != seen:
        raise Refused(_("Thông tin này vừa được người khác sửa; hãy mở lại trang rồi sửa tiếp."))
    changed = _changes(held, {field.name: getattr(facts, field.name) for field in fields(facts)})
    if not changed:
        return
    held.facts_edited_at = held.edited_at = at
    held.save()
    journal.record("plan facts edited", held, by=by, detail=changed)
    check_again(held, by=by, at=at)


@transaction.atomic
def edit_row(task: Task, row: Row, *, by: User, at: datetime, seen: datetime | None) -> None:
    """Correct a row of a draft, and check the draft again.

    `seen` is `task.edited_at` as it was when the person began: Refused when somebody has edited
    the row since, or when the plan is no draft. A name that the plan has elsewhere keeps the unit
    it was matched to.
    """
    plan = held_draft(task.plan_id)
    task = Task.objects.select_related("plan", "parent").get(pk=task.pk)
    if task.edited_at != seen:
        raise Refused(_("Dòng này vừa được người khác sửa; hãy xem lại rồi sửa tiếp."))
    changed = _changes(task, _kept(row))
    task.day_printed = task.day_printed or "due_on" in changed
    changed |= _rename_owners(plan, task, row, at=at)
    if not changed:
        return
    task.folded = _folded(row)
    task.edited_at = at
    task.save()
    touch(plan, at=at)
    journal.record("plan row edited", task, by=by, detail=changed)
    check_again(plan, by=by, at=at)


@transaction.atomic
def add_row(
    plan: Plan,
    row: Row,
    *,
    by: User,
    at: datetime,
    after: Task | None = None,
    parent: Task | None = None,
) -> Task:
    """Add a row to a draft: as the last part of `parent`, right after `after`, or at the end.

    Refused when the plan is no draft, or `parent` is itself a part of a row.
    """
    plan = held_draft(plan.pk)
    if parent and parent.parent_id:
        raise Refused(_("Chỉ tách được nhiệm vụ thành một cấp nhiệm vụ con."))
    before = parent or after
    final = plan.tasks.order_by("position").last()
    if before:
        last = before.parts.order_by("position").last() or before
        position = last.position + 1
        plan.tasks.filter(position__gte=position).update(position=F("position") + 1)
    else:
        position = final.position + 1 if final else 0
    task = Task.objects.create(
        plan=plan,
        position=position,
        parent=parent,
        part=Task.Part.ADDED,
        table=beside.table if (beside := before or final) else 1,
        edited_at=at,
        day_printed=row.due_on is not None,
        folded=_folded(row),
        **_kept(row),
    )
    _rename_owners(plan, task, row, at=at)
    touch(plan, at=at)
    journal.record("plan row added", task, by=by)
    check_again(plan, by=by, at=at)
    return task


@transaction.atomic
def strike_out(task: Task, *, by: User, at: datetime) -> None:
    """Strike a row and its parts out of a draft; `take_back` undoes it."""
    _strike(task, removed=True, deed="plan row struck out", by=by, at=at)


@transaction.atomic
def take_back(task: Task, *, by: User, at: datetime) -> None:
    """Take a row that was struck out, and its parts, back into the draft."""
    _strike(task, removed=False, deed="plan row taken back", by=by, at=at)


@transaction.atomic
def throw_away(plan: Plan, *, by: User) -> None:
    """Delete a draft with all that was edited in it, and its file. Refused when it is no draft."""
    plan = held_draft(plan.pk)
    journal.record("plan thrown away", plan, by=by)
    file = plan.file
    Reading.objects.filter(plan=plan).delete()
    plan.delete()
    documents.discard(file)


def _strike(task: Task, *, removed: bool, deed: str, by: User, at: datetime) -> None:
    plan = held_draft(task.plan_id)
    rows = plan.tasks.filter(Q(pk=task.pk) | Q(parent=task.pk))
    if not rows.exclude(removed=removed).update(removed=removed):
        raise Refused(_("Dòng này đã được bỏ hoặc lấy lại rồi."))
    if not removed and task.parent_id:
        plan.tasks.filter(pk=task.parent_id).update(removed=False)
    touch(plan, at=at)
    journal.record(deed, task, by=by)
    check_again(plan, by=by, at=at)


def _kept(row: Row) -> dict[str, Any]:
    kept = {field.name: getattr(row, field.name) for field in fields(row)}
    del kept["lead"], kept["support"]
    return kept | {"more_days": [day.isoformat() for day in row.more_days]}


def _folded(row: Row) -> str:
    return fold(" ".join([row.content, *row.lead, *row.support]))


def _changes(thing: Plan | Task, values: dict[str, Any]) -> dict[str, list[str]]:
    """Set the values that differ, and tell them as [before, after] by field."""
    changed = {}
    for name, after in values.items():
        before = getattr(thing, name)
        if before != after:
            changed[name] = [_shown(before), _shown(after)]
            setattr(thing, name, after)
    return changed


def _shown(value: Any) -> str:
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return "" if value is None else str(value)


def _rename_owners(plan: Plan, task: Task, row: Row, *, at: datetime) -> dict[str, list[str]]:
    """Give the row the owners it names, where these have changed; [before, after] by part."""
    wanted = {
        TaskOwner.Part.LEAD: [squeeze(name) for name in row.lead if name.strip()],
        TaskOwner.Part.SUPPORT: [squeeze(name) for name in row.support if name.strip()],
    }
    before: dict[str, list[str]] = {part: [] for part in wanted}
    for owner in task.owners.all():
        before[owner.part].append(owner.name)
    changed = {
        part: ["; ".join(before[part]), "; ".join(names)]
        for part, names in wanted.items()
        if before[part] != names
    }
    if not changed:
        return {}
    meant = _meanings(plan, {name for names in wanted.values() for name in names}, at=at)
    task.owners.all().delete()
    made = []
    for part, names in wanted.items():
        made += owners(task, part, names, meant)
    TaskOwner.objects.bulk_create(made)
    return {str(part.value): values for part, values in changed.items()}


def _meanings(plan: Plan, names: set[str], *, at: datetime) -> dict[str, dict[str, Any]]:
    """What the names mean: as somebody has said in this plan already, else as looked up."""
    said = TaskOwner.objects.filter(
        task__plan=plan, name__in=names, match__in=[TaskOwner.Match.CHOSEN, TaskOwner.Match.IGNORED]
    ).select_related("unit", "unit_group")
    known = {
        owner.name: {
            "match": owner.match,
            "unit": owner.unit,
            "unit_group": owner.unit_group,
            "reason": owner.reason,
        }
        for owner in said
    }
    return meanings(names, office=plan.office, on=day_of(at)) | known
