"""Handing in a plan document: it is kept, read, and becomes a draft, or leaves nothing behind."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from vinhdanh.accounts.models import User
from vinhdanh.common.clock import day_of
from vinhdanh.common.refusal import Refused
from vinhdanh.common.vietnamese import fold
from vinhdanh.documents import actions as documents
from vinhdanh.documents import queries as stored
from vinhdanh.documents.models import File
from vinhdanh.documents.rules.reading import read as read_file
from vinhdanh.journal import actions as journal
from vinhdanh.people import queries as people
from vinhdanh.people.models import Unit
from vinhdanh.plans.models import Finding, Plan, PlanText, Reading, Section, Task, TaskOwner
from vinhdanh.plans.rules import keeping
from vinhdanh.plans.rules.due import Due
from vinhdanh.plans.rules.plan import Finding as ReadFinding
from vinhdanh.plans.rules.plan import Plan as ReadPlan
from vinhdanh.plans.rules.plan import Task as ReadTask
from vinhdanh.plans.rules.reading import read_plan
from vinhdanh.secretariat.queries.calendar import special_days

# A file larger than this, and every PDF, is read in the background.
AT_ONCE = 1_000_000
READ_JOB = "vinhdanh.plans.tasks.read_document"


@transaction.atomic
def hand_in(upload: UploadedFile | str, *, office: Unit, by: User, at: datetime) -> Reading:
    """Take in a plan document (an uploaded file, or pasted text) for an office.

    A small Word or text file is read at once and the reading has its `plan`; anything else is
    read by a job that is queued here. Raises Refused, leaving no file and no plan, when the file
    is not accepted or, read at once, is no plan.
    """
    given = (_("Văn bản dán vào") + ".txt", upload.encode()) if isinstance(upload, str) else upload
    file = documents.keep(given, by=by, at=at)
    reading = Reading.objects.create(
        office=office, file=file, name=file.name, started_at=at, started_by=by
    )
    if file.kind == "pdf" or file.size > AT_ONCE:
        app.configure_task(READ_JOB).defer(reading_id=str(reading.pk))
    else:
        _read(reading, at=at)
    return reading


def read_document(reading: Reading, *, at: datetime) -> None:
    """Read a document that waits, into a draft; a refused one leaves only `reading.refusal`.

    Does nothing to a reading that has its plan or its refusal.
    """
    if reading.file is None or reading.plan_id:
        return
    try:
        with transaction.atomic():
            _read(reading, at=at)
    except Refused as refusal:
        file = reading.file
        with transaction.atomic():
            reading.plan = reading.file = None
            reading.refusal = str(refusal)
            reading.save(update_fields=["plan", "file", "refusal"])
            documents.discard(file)


def _read(reading: Reading, *, at: datetime) -> None:
    file = reading.file
    assert file is not None
    with stored.open_file(file) as stream:
        content_bytes = stream.read()
    try:
        read = read_plan(read_file(content_bytes, name=file.name), special_days())
    except Refused as refusal:
        raise Refused(_(str(refusal))) from None
    reading.plan = store(read, office=reading.office, file=file, by=reading.started_by, at=at)
    reading.save(update_fields=["plan"])


@transaction.atomic
def store(read: ReadPlan, *, office: Unit, file: File, by: User, at: datetime) -> Plan:
    """Keep a plan as read as a draft of the office, its names matched to units."""
    plan = Plan.objects.create(
        office=office,
        year=read.year,
        first_month=read.first_month,
        title=read.title[:500],
        issuer=(read.issuer or "")[:300],
        number=(read.number or "")[:60],
        issued_on=read.issued_on,
        file=file,
        created_at=at,
        created_by=by,
        edited_at=at,
    )
    PlanText.objects.create(plan=plan, kept=keeping.to_plain(read))
    Section.objects.bulk_create(
        Section(plan=plan, position=position, number=section.number[:40], text=section.text)
        for position, section in enumerate(read.sections)
    )
    tasks = _store_tasks(plan, read.tasks)
    _store_owners(plan, zip(tasks, read.tasks, strict=True), at=at)
    store_findings(plan, read.findings, list(tasks))
    journal.record("plan handed in", plan, by=by, detail={"file": file.name})
    return plan


def store_findings(plan: Plan, found: Iterable[ReadFinding], tasks: list[Task]) -> None:
    """Add findings after those that the plan has; each is tied to the rows that it names."""
    before = plan.findings.count()
    found = list(found)
    made = Finding.objects.bulk_create(
        Finding(
            plan=plan,
            position=position,
            kind=one.kind,
            template=one.template,
            values=one.values,
            dates=[day.isoformat() for day in one.dates],
            quotes=list(one.quotes),
        )
        for position, one in enumerate(found, start=before)
    )
    through = Finding.tasks.through
    by_number: dict[str, list[Task]] = {}
    by_quote: dict[str, list[Task]] = {}
    for task in tasks:
        by_number.setdefault(task.number, []).append(task)
        by_quote.setdefault(task.quote, []).append(task)
    through.objects.bulk_create(
        through(finding_id=finding.pk, task_id=task.pk)
        for finding, one in zip(made, found, strict=True)
        for task in _rows_of(one, by_number, by_quote)
    )


def due_fields(due: Due | None, printed: str) -> dict[str, Any]:
    """The time of a row as `Task` keeps it; `printed` are its words where they were not read."""
    if due is None:
        return {"due_text": printed[:300]}
    days = tuple(day.isoformat() for day in due.more)
    return {
        "due_kind": due.kind,
        "due_text": due.text[:300],
        "due_on": due.last_on,
        "due_from": due.from_on,
        "every": due.every or "",
        "day": due.day,
        "excludes_day": due.day is not None and "truoc" in fold(due.text).split(),
        "next_period": due.next_period,
        "more_days": list(days),
        "day_printed": due.is_day_printed,
    }


def meanings(names: Iterable[str], *, office: Unit, on: date) -> dict[str, dict[str, Any]]:
    """What each name means in a document of the office, as fields of `TaskOwner`, by name."""
    return {
        name: {"match": match.kind, "unit": match.unit, "unit_group": match.group, "reason": ""}
        for name, match in people.match_names(names, office=office, on=on).items()
    }


def owners(
    task: Task, part: str, names: Iterable[str], meant: dict[str, dict[str, Any]]
) -> list[TaskOwner]:
    """The owners of a row, unsaved, each with what its name means."""
    return [
        TaskOwner(task=task, part=part, position=position, name=name[:300], **meant[name])
        for position, name in enumerate(names)
    ]


def _store_tasks(plan: Plan, rows: tuple[ReadTask, ...]) -> list[Task]:
    tasks: list[Task] = []
    last_numbered: dict[str, Task] = {}
    for position, row in enumerate(rows):
        task = Task(
            plan=plan,
            position=position,
            number=(row.number or "")[:20],
            parent=last_numbered.get(row.parent or ""),
            content=row.content,
            group=(row.group or "")[:300],
            product=(row.product or "")[:500],
            part=row.part,
            table=row.table,
            section=row.section[:100],
            quote=row.quote,
            folded=fold(" ".join([row.content, *row.lead, *row.support])),
            **due_fields(row.due, row.printed_due),
        )
        tasks.append(task)
        if row.number:
            last_numbered[row.number] = task
    return Task.objects.bulk_create(tasks)


def _store_owners(plan: Plan, rows: Iterable[tuple[Task, ReadTask]], *, at: datetime) -> None:
    rows = list(rows)
    names = {name for _task, row in rows for name in (*row.lead, *row.support)}
    meant = meanings(names, office=plan.office, on=day_of(at))
    made: list[TaskOwner] = []
    for task, row in rows:
        made += owners(task, TaskOwner.Part.LEAD, row.lead, meant)
        made += owners(task, TaskOwner.Part.SUPPORT, row.support, meant)
    TaskOwner.objects.bulk_create(made)


def _rows_of(
    found: ReadFinding, by_number: dict[str, list[Task]], by_quote: dict[str, list[Task]]
) -> list[Task]:
    """The rows that a finding names by number (of several with one number those that it quotes),
    and the rows without number that it quotes."""
    rows: dict[Any, Task] = {}
    for number in found.tasks:
        named = by_number.get(number, [])
        quoted = [task for task in named if task.quote in found.quotes]
        rows |= {task.pk: task for task in quoted or named[:1]}
    for quote in found.quotes:
        rows |= {task.pk: task for task in by_quote.get(quote, []) if quote and not task.number}
    return list(rows.values())
