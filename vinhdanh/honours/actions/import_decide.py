"""Settling many lines of a list at once: a batch a transaction, with how far it is."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from vinhdanh.accounts.models import User
from vinhdanh.common.clock import day_of
from vinhdanh.honours import access
from vinhdanh.honours.actions.import_match import BATCH, Matcher, held_for_work, save_judged
from vinhdanh.honours.models import HistoryImport, ImportLine
from vinhdanh.honours.queries import imports as queries
from vinhdanh.journal import actions as journal

State = ImportLine.State
How = HistoryImport.How
# A candidate of the very name, with its accents; see rules.import_matching.
SAME_NAME = 92


def decide_lines(history_import: HistoryImport, *, by: User, now: Callable[[], datetime]) -> None:
    """Settle what `history_import.how` says: "best", where only one of the very name is known,
    that one; "anew", whoever is not known is entered; "skip", what is open is left out.

    Lines are gone through in their order: after a kill it goes on where the last whole batch ended.
    Where the keeper lost that role meanwhile, the rest is left as it is and the import says so.
    """
    matcher = Matcher(history_import, on=day_of(now()), few=())
    while _decide_batch(history_import, matcher, by=by):
        pass


@transaction.atomic
def _decide_batch(history_import: HistoryImport, matcher: Matcher, *, by: User) -> bool:
    held = held_for_work(history_import, HistoryImport.State.DECIDING)
    if held is None:
        return False
    may = access.keeps_register(by, held.office, on=matcher.on)
    rest = held.lines.select_related("person", "unit").order_by("number")[held.done_count :]
    lines = list(rest[:BATCH]) if may else []
    decided = [line for line in lines if _decide(line, held.how, matcher)]
    if held.how == How.BEST:
        matcher.compare(decided)
    save_judged(decided)
    held.done_count += len(lines)
    held.settled_count += len(decided)
    goes_on = len(lines) == BATCH
    if not goes_on:
        held.state = HistoryImport.State.SETTLING
        detail = {"count": held.settled_count, "how": held.get_how_display()}
        journal.record("history lines settled", held, by=by, detail=detail)
    if not may:
        held.problem = _("Chỉ Văn phòng (Thường trực thi đua, khen thưởng) được nhập lịch sử.")
    held.save(update_fields=["state", "problem", "done_count", "settled_count"])
    return goes_on


def _decide(line: ImportLine, how: str, matcher: Matcher) -> bool:
    """Settle the line, not saved; whether it is one that can be settled so."""
    if how == How.SKIP and line.state in queries.OPEN:
        line.state = State.SKIPPED
        return True
    if how == How.ANEW and line.state == State.UNKNOWN:
        if matcher.draft(line).who.sort == "collective":
            return False
        bring_anew(line)
        return True
    if how == How.BEST and line.state == State.NEAR:
        same = [one for one in line.candidates if one.get("score", 0) >= SAME_NAME]
        if len(same) != 1 or "person" not in line.candidates[0]:
            return False
        line.state, line.person_id = State.CERTAIN, UUID(line.candidates[0]["person"])
        return True
    return False


def bring_anew(line: ImportLine) -> None:
    """Say that the person or household of the line is entered when it is stored; not saved."""
    line.state, line.problem, line.enter_new = State.CERTAIN, "", True
    line.person_id = line.unit_id = None
    line.candidates = []
