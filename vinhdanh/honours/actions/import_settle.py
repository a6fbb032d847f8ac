"""Settling the lines of a list: who is meant, who is entered anew, what is corrected or skipped."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from vinhdanh.accounts.models import User
from vinhdanh.common.clock import day_of
from vinhdanh.common.refusal import Refused
from vinhdanh.common.vietnamese import squeeze
from vinhdanh.honours.actions.import_decide import bring_anew
from vinhdanh.honours.actions.import_match import Matcher, save_judged
from vinhdanh.honours.actions.imports import begin, held_import
from vinhdanh.honours.models import HistoryImport, ImportLine
from vinhdanh.honours.queries import imports as queries
from vinhdanh.honours.rules import import_columns
from vinhdanh.honours.rules.import_lines import Draft
from vinhdanh.journal import actions as journal

State = ImportLine.State
_LONGEST = 1_000


@transaction.atomic
def choose(line: ImportLine, *, chosen: str, also_alike: bool, by: User, at: datetime) -> int:
    """Say whom the line means: "person:…", "unit:…" or "household:…" with the key; how many lines.

    With `also_alike` the same holds for all lines waiting that write the recipient the same way.
    Raises Refused for a recipient of another office.
    """
    held = _settling(line.history_import, by=by, at=at)
    sort, _colon, key = chosen.partition(":")
    if not queries.known_recipients(held.office, sort, key):
        raise Refused(_("Hãy chọn một người, tập thể hoặc hộ gia đình của cơ quan."))
    lines = _lines(line, held, also_alike)
    matcher = Matcher(held, on=day_of(at), few=())
    _must_be_readable(matcher.draft(line))
    for one in lines:
        one.state, one.problem, one.enter_new = State.CERTAIN, "", False
        one.person_id = UUID(key) if sort == "person" else None
        one.unit_id = UUID(key) if sort == "unit" else None
        if sort == "household":
            one.candidates = [{"household": key, "score": 100}]
    matcher.compare(lines)
    save_judged(lines)
    journal.record("history line settled", held, by=by, detail=_told(line, lines))
    return len(lines)


@transaction.atomic
def enter_anew(line: ImportLine, *, also_alike: bool, by: User, at: datetime) -> int:
    """Let the person or household of the line be entered when it is stored; how many lines.

    Raises Refused for a collective: units are entered among the units.
    """
    held = _settling(line.history_import, by=by, at=at)
    lines = _lines(line, held, also_alike)
    matcher = Matcher(held, on=day_of(at), few=())
    draft = matcher.draft(line)
    _must_be_readable(draft)
    if draft.who.sort == "collective":
        raise Refused(
            _("Tập thể phải có trong mục Đơn vị trước; hãy thêm đơn vị rồi đối chiếu lại.")
        )
    for one in lines:
        bring_anew(one)
    save_judged(lines)
    journal.record("history line settled", held, by=by, detail=_told(line, lines))
    return len(lines)


@transaction.atomic
def skip(line: ImportLine, *, also_alike: bool, by: User, at: datetime) -> int:
    """Leave the line out; it is kept as skipped and can be taken back. How many lines."""
    held = _settling(line.history_import, by=by, at=at)
    lines = _lines(line, held, also_alike)
    for one in lines:
        one.state = State.SKIPPED
    save_judged(lines)
    journal.record("history line skipped", held, by=by, detail=_told(line, lines))
    return len(lines)


@transaction.atomic
def edit(line: ImportLine, *, cells: Mapping[str, str], by: User, at: datetime) -> None:
    """Correct what the line says, by code of column, and match it anew; "" goes back to the list.

    What the list itself says is kept beside it. Also takes back a skipped line.
    """
    held = _settling(line.history_import, by=by, at=at)
    (one,) = _lines(line, held, also_alike=False)
    known = {column.code for column in import_columns.COLUMNS[held.kind]}
    known |= {code for code in held.mapping if code.startswith(import_columns.LEVEL_OF)}
    printed = {code: text for code, text in one.cells.items() if code.isdecimal()}
    listed = import_columns.effective(printed, held.mapping, held.common)
    typed = {code: text for code, text in one.cells.items() if not code.isdecimal()}
    for code, given in cells.items():
        text = squeeze(given)[:_LONGEST]
        if code not in known:
            continue
        if text and text != listed.get(code, ""):
            typed[code] = text
        else:
            typed.pop(code, None)
    one.cells = {**printed, **typed}
    one.save(update_fields=["cells"])
    Matcher(held, on=day_of(at), few=[one]).judge([one])
    save_judged([one])
    journal.record("history line edited", held, by=by, detail=_told(line, [one]))


@transaction.atomic
def settle_all(history_import: HistoryImport, *, how: str, by: User, at: datetime) -> None:
    """Have many lines settled at once, by a job (`import_decide`); `how` is a HistoryImport.How."""
    held = _settling(history_import, by=by, at=at)
    held.state, held.how = HistoryImport.State.DECIDING, how
    held.problem, held.done_count, held.settled_count = "", 0, 0
    held.save(update_fields=["state", "how", "problem", "done_count", "settled_count"])
    begin(held, by=by)


def _settling(history_import: HistoryImport, *, by: User, at: datetime) -> HistoryImport:
    return held_import(history_import, HistoryImport.State.SETTLING, by=by, at=at)


def _lines(line: ImportLine, held: HistoryImport, also_alike: bool) -> list[ImportLine]:
    """The line, and those alike, held; Refused when it is stored already."""
    wanted = ImportLine.objects.filter(pk=line.pk)
    if also_alike:
        line.history_import = held
        wanted = ImportLine.objects.filter(pk__in=queries.alike(line, held.mapping).values("pk"))
    lines = list(wanted.exclude(state=State.STORED).select_for_update().order_by("number"))
    if not any(one.pk == line.pk for one in lines):
        raise Refused(_("Dòng này đã được ghi vào sổ; nếu sai, hãy đính chính trong sổ."))
    return lines


def _must_be_readable(draft: Draft) -> None:
    if draft.problems:
        raise Refused(_("Dòng này còn ô sai; hãy sửa các ô trước."))


def _told(line: ImportLine, lines: Sequence[ImportLine]) -> dict[str, int]:
    return {"line": line.number, "count": len(lines)}
