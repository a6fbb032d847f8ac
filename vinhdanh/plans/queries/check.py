"""A draft as its reader would have read it, so that it can be checked and exported."""

from datetime import date
from typing import Any

from django.db.models import Prefetch

from vinhdanh.plans.models import Finding, Plan, PlanText, Task, TaskOwner
from vinhdanh.plans.rules import keeping
from vinhdanh.plans.rules.due import Due
from vinhdanh.plans.rules.plan import Finding as ReadFinding
from vinhdanh.plans.rules.plan import Plan as ReadPlan
from vinhdanh.plans.rules.plan import Section as ReadSection
from vinhdanh.plans.rules.plan import Task as ReadTask


def as_read(plan: Plan) -> ReadPlan:
    """The plan as it now stands, rows struck out left aside, in the reader's own shape.

    An edited row is quoted by its own fields instead of the printed words. Four queries.
    """
    rows = kept_rows(plan)
    parents = {row.parent_id for row in rows}
    numbers = {row.pk: row.number for row in rows}
    read = ReadPlan(
        title=plan.title,
        issuer=plan.issuer or None,
        year=plan.year,
        number=plan.number or None,
        issued_on=plan.issued_on,
        sections=tuple(
            ReadSection(section.number, section.text) for section in plan.sections.all()
        ),
        tasks=tuple(
            _task(
                row,
                parent=numbers.get(row.parent_id) if row.parent_id else None,
                is_heading=row.pk in parents,
            )
            for row in rows
        ),
        first_month=plan.first_month,
    )
    text = PlanText.objects.filter(plan=plan).first()
    return keeping.with_kept(read, text.kept) if text else read


def export(plan: Plan) -> dict[str, Any]:
    """The plan as it now stands, in the agreed plain values, with the findings still open."""
    kept = (Finding.State.OPEN, Finding.State.ACCEPTED)
    read = as_read(plan).with_findings(
        [_finding(one) for one in plan.findings.prefetch_related("tasks") if one.state in kept]
    )
    return read.as_json()


def kept_rows(plan: Plan) -> list[Task]:
    """The rows of the plan itself that are not struck out, in order, with their owners: steps of a
    back-plan are no words of the plan. Two queries."""
    owners = Prefetch("owners", TaskOwner.objects.order_by("part", "position"))
    rows = plan.tasks.filter(removed=False).exclude(part=Task.Part.BACK)
    return list(rows.prefetch_related(owners))


def due_of(task: Task) -> Due | None:
    """The time of a row in the reader's shape; None when it has none."""
    if not task.due_kind:
        return None
    limit = task.due_kind in {Task.Due.BEFORE, Task.Due.BY}
    return Due(
        kind=task.due_kind,
        text=task.due_text,
        day_on=task.due_on if limit else None,
        from_on=task.due_from,
        to_on=None if limit else task.due_on,
        every=task.every or None,
        day=task.day,
        next_period=task.next_period,
        is_day_printed=task.day_printed,
        excludes_day=task.excludes_day,
        more=tuple(date.fromisoformat(day) for day in task.more_days),
    )


def _task(row: Task, *, parent: str | None, is_heading: bool) -> ReadTask:
    lead = tuple(owner.name for owner in row.owners.all() if owner.part == TaskOwner.Part.LEAD)
    support = tuple(owner.name for owner in row.owners.all() if owner.part != TaskOwner.Part.LEAD)
    quote = row.quote
    if row.edited_at:
        quote = " | ".join(
            part for part in (row.content, "; ".join([*lead, *support]), row.due_text) if part
        )
    return ReadTask(
        number=row.number or None,
        content=row.content,
        parent=parent or None,
        group=row.group or None,
        lead=lead,
        support=support,
        product=row.product or None,
        due=due_of(row),
        part="body" if row.part == Task.Part.BODY else "annex",
        quote=quote,
        printed_due=row.due_text,
        is_heading=is_heading,
        table=row.table,
        section=row.section,
    )


def _finding(one: Finding) -> ReadFinding:
    return ReadFinding(
        kind=one.kind,
        template=one.template,
        values=one.values,
        dates=tuple(date.fromisoformat(day) for day in one.dates),
        tasks=tuple(task.number for task in one.tasks.all() if task.number),
        quotes=tuple(one.quotes),
    )
