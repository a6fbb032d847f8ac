"""Taking in the past: a list is handed in, read, its columns chosen, matched, settled, stored.

Whatever takes long is done by one job that carries on from the state of the import, batch by batch:
begun again after a kill, it goes on where the last whole batch ended.
"""

from collections.abc import Callable, Mapping
from datetime import datetime

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
from vinhdanh.documents.rules.reading import read
from vinhdanh.honours import access
from vinhdanh.honours.actions.import_decide import decide_lines
from vinhdanh.honours.actions.import_match import held_for_work, match_lines
from vinhdanh.honours.actions.import_store import store_lines
from vinhdanh.honours.models import ColumnMapping, HistoryImport, ImportLine
from vinhdanh.honours.rules import import_columns, import_words
from vinhdanh.honours.rules.import_decisions import Listed, read_decision
from vinhdanh.honours.rules.import_sheets import read_sheet
from vinhdanh.journal import actions as journal
from vinhdanh.law.store import book
from vinhdanh.people.models import Unit

State = HistoryImport.State
JOB = "vinhdanh.honours.tasks.carry_on_import"
SHEETS = ("xlsx", "csv", "txt")
TAKEN = (*SHEETS, "docx", "pdf")
_BATCH = 2_000
# While nothing is stored and no job is at work on it.
_AT_REST = (State.MAPPING, State.SETTLING, State.FAILED)


@transaction.atomic
def hand_in(
    upload: UploadedFile, *, kind: str, office: Unit, by: User, at: datetime
) -> HistoryImport:
    """Take in a list of past facts for the register of an office; it is read by a job.

    Raises Refused to whoever does not keep the register, and for a file that is not accepted.
    """
    if not access.keeps_register(by, office, on=day_of(at)):
        raise Refused(_("Chỉ Văn phòng (Thường trực thi đua, khen thưởng) được nhập lịch sử."))
    file = documents.keep(upload, by=by, at=at)
    if file.kind not in TAKEN:
        raise Refused(
            _("Không nhập được loại tệp này; hãy dùng .xlsx, .csv, .docx hoặc PDF có chữ.")
        )
    history_import = HistoryImport.objects.create(
        office=office, kind=kind, file=file, handed_in_at=at, handed_in_by=by
    )
    journal.record("history handed in", history_import, by=by, detail={"file": file.name})
    begin(history_import, by=by)
    return history_import


def carry_on(history_import: HistoryImport, *, by: User, now: Callable[[], datetime]) -> None:
    """Do what the import waits for: read, match, settle or store; nothing when it waits for a
    person.

    `by` is who asked for it, `now` tells the time of a batch. Done again after a kill it goes on
    with what is not yet done.
    """
    if history_import.state == State.READING:
        _read(history_import)
    elif history_import.state == State.MATCHING:
        match_lines(history_import, now=now)
    elif history_import.state == State.DECIDING:
        decide_lines(history_import, by=by, now=now)
    elif history_import.state == State.STORING:
        store_lines(history_import, by=by, now=now)


@transaction.atomic
def choose_columns(
    history_import: HistoryImport,
    *,
    mapping: Mapping[str, int],
    common: Mapping[str, str],
    by: User,
    at: datetime,
) -> None:
    """Say which column means what and what holds for all lines, and have them matched.

    Remembered for the next list of the office with the same headings. What was settled before is
    matched anew; what is stored stays. Raises Refused where a column that must be there is neither
    chosen nor given for all.
    """
    held = held_import(history_import, State.MAPPING, State.SETTLING, by=by, at=at)
    chosen = {code: place for code, place in mapping.items() if place < len(held.headings)}
    given = {code: text.strip() for code, text in common.items() if text.strip()}
    lacking = import_columns.missing(held.kind, chosen, given)
    if lacking:
        names = ", ".join(import_columns.heading_of(held.kind, code) for code in lacking)
        raise Refused(_("Hãy chọn cột cho: %(names)s.") % {"names": names})
    held.mapping, held.common = chosen, given
    held.state = State.MATCHING
    held.lines.exclude(state=ImportLine.State.STORED).update(state=ImportLine.State.READ)
    held.done_count = held.lines.filter(state=ImportLine.State.STORED).count()
    held.save(update_fields=["mapping", "common", "state", "done_count"])
    headings = _remembered_as(held.headings)
    if headings:
        ColumnMapping.objects.update_or_create(
            office=held.office, kind=held.kind, headings=headings, defaults={"mapping": chosen}
        )
    journal.record("history columns chosen", held, by=by)
    begin(held, by=by)


@transaction.atomic
def store(history_import: HistoryImport, *, by: User, at: datetime) -> None:
    """Have every line that is certain by now written into the register; the rest stays to settle.

    Raises Refused when it is not waiting for that.
    """
    held = held_import(history_import, State.SETTLING, by=by, at=at)
    held.state = State.STORING
    held.problem = ""
    held.save(update_fields=["state", "problem"])
    journal.record("history store begun", held, by=by)
    begin(held, by=by)


@transaction.atomic
def discard(history_import: HistoryImport, *, by: User, at: datetime) -> None:
    """Throw away a list of which nothing is stored, with its file; Refused afterwards."""
    held = held_import(history_import, *_AT_REST, State.READING, State.MATCHING, by=by, at=at)
    if held.lines.filter(state=ImportLine.State.STORED).exists():
        raise Refused(
            _(
                "Danh sách này đã ghi một phần vào sổ nên không bỏ được; hãy bỏ qua các dòng "
                "còn lại."
            )
        )
    journal.record("history thrown away", held, by=by, detail={"file": held.file.name})
    file = held.file
    held.lines.all().delete()
    held.delete()
    documents.discard(file)


def begin(history_import: HistoryImport, *, by: User) -> None:
    """Have a job carry on from the state of the import, once the transaction ends."""
    job = app.configure_task(JOB, lock=f"history import {history_import.pk}")
    job.defer(import_id=str(history_import.pk), by_id=str(by.pk))


def held_import(
    history_import: HistoryImport, *states: str, by: User, at: datetime
) -> HistoryImport:
    """The import, held until the transaction ends, in one of `states`.

    Raises Refused to whoever does not keep its register, and when it has gone on meanwhile.
    """
    rows = HistoryImport.objects.select_for_update(of=("self",), no_key=True)
    held = rows.select_related("office", "file").filter(pk=history_import.pk).first()
    if held is None or held.state not in states:
        raise Refused(_("Danh sách đã chuyển sang bước khác; hãy mở lại trang."))
    if not access.keeps_register(by, held.office, on=day_of(at)):
        raise Refused(_("Chỉ Văn phòng (Thường trực thi đua, khen thưởng) được nhập lịch sử."))
    return held


def _read(history_import: HistoryImport) -> None:
    try:
        listed = _listed(history_import)
    except Refused as refusal:
        _failed(history_import, _(str(refusal)))
        return
    for first in range(0, len(listed.lines), _BATCH):
        if not _keep_lines(history_import, listed, first):
            return
    _guess(history_import, listed)


def _listed(history_import: HistoryImport) -> Listed:
    file = history_import.file
    with stored.open_file(file) as stream:
        content = stream.read()
    names = import_words.AwardNames(book().awards)
    if file.kind in SHEETS:
        name = file.name if file.kind == "xlsx" else f"{file.name}.csv"
        return read_sheet(content, name=name, kind=history_import.kind, names=names)
    return read_decision(read(content, name=file.name), kind=history_import.kind, names=names)


@transaction.atomic
def _keep_lines(history_import: HistoryImport, listed: Listed, first: int) -> bool:
    """Keep a batch of lines unless it is kept; False when the import is gone."""
    held = held_for_work(history_import, State.READING)
    if held is None:
        return False
    if held.done_count > first:
        return True
    batch = listed.lines[first : first + _BATCH]
    ImportLine.objects.bulk_create(
        ImportLine(history_import=held, number=number, cells=dict(cells)) for number, cells in batch
    )
    held.line_count, held.done_count = len(listed.lines), first + len(batch)
    held.save(update_fields=["line_count", "done_count"])
    return True


@transaction.atomic
def _failed(history_import: HistoryImport, problem: str) -> None:
    held = held_for_work(history_import, State.READING)
    if held is not None:
        held.state, held.problem = State.FAILED, problem[:400]
        held.save(update_fields=["state", "problem"])


@transaction.atomic
def _guess(history_import: HistoryImport, listed: Listed) -> None:
    """Offer the columns as the office chose them last for such headings, else as they look."""
    held = held_for_work(history_import, State.READING)
    if held is None:
        return
    names = import_words.AwardNames(book().awards)
    remembered = ColumnMapping.objects.filter(
        office=held.office, kind=held.kind, headings=_remembered_as(listed.headings)
    ).first()
    held.mapping = (
        remembered.mapping
        if remembered
        else import_columns.guess(
            held.kind,
            listed.headings,
            [cells for _number, cells in listed.lines[: import_columns.SAMPLE]],
            is_award=lambda text: bool(names.named(text)),
            is_level=lambda text: bool(import_words.level(text)),
        )
    )
    held.common = dict(listed.common)
    if fold(held.common.get("body", "")) == fold(held.office.name):
        held.common["body"] = held.office.name
    held.headings = list(listed.headings)
    held.state = State.MAPPING
    held.save(update_fields=["mapping", "common", "headings", "state"])


def _remembered_as(headings: object) -> str:
    assert isinstance(headings, list | tuple)
    return "|".join(import_columns.plain_heading(heading) for heading in headings).strip("|")
