"""Writing settled lines into the register: a batch a transaction, each line marked with it."""

from collections.abc import Callable
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from vinhdanh.accounts.models import User
from vinhdanh.common.clock import day_of
from vinhdanh.common.refusal import Refused
from vinhdanh.honours.actions import register
from vinhdanh.honours.actions.import_match import Matcher, head_of, held_for_work, save_judged
from vinhdanh.honours.models import HistoryImport, ImportLine
from vinhdanh.honours.queries import imports as queries
from vinhdanh.honours.rules import import_words
from vinhdanh.honours.rules.import_lines import Draft
from vinhdanh.journal import actions as journal
from vinhdanh.people import actions as people
from vinhdanh.people.models import Person, Unit

State = ImportLine.State
BATCH = 500
# Who was listed last in a year before that is entered as having left.
_STILL_THERE = 1


def store_lines(history_import: HistoryImport, *, by: User, now: Callable[[], datetime]) -> None:
    """Write every certain line into the register; the import is done when none is left to settle.

    A batch is one transaction with its lines marked: a kill neither loses nor doubles any. Where
    the keeper lost that role meanwhile, the import goes back to be settled and says so.
    """
    storing = Storing(history_import, by=by, on=day_of(now()))
    try:
        while storing.batch(at=now()):
            pass
    except Refused as refusal:
        _back(history_import, str(refusal))


class Storing:
    """One run of storing: what was looked up and who was entered for which lines."""

    def __init__(self, history_import: HistoryImport, *, by: User, on: date) -> None:
        self._import = history_import
        self._by = by
        entering = list(
            history_import.lines.filter(enter_new=True).select_related("person").order_by("number")
        )
        self._matcher = Matcher(history_import, on=on, few=())
        drafts = [self._matcher.draft(line) for line in entering]
        self._entered: dict[tuple[str, ...], str] = {}
        self._years: dict[tuple[str, ...], list[int]] = {}
        for line, draft in zip(entering, drafts, strict=True):
            self._years.setdefault(draft.who.identity, []).append(draft.on.year)
            if line.person_id:
                self._entered[draft.who.identity] = f"person:{line.person_id}"
            elif line.candidates:
                self._entered[draft.who.identity] = f"household:{line.candidates[0]['household']}"

    @transaction.atomic
    def batch(self, *, at: datetime) -> bool:
        """Store the next lines; False when none is left or the import is not being stored."""
        held = held_for_work(self._import, HistoryImport.State.STORING)
        if held is None:
            return False
        waiting = held.lines.filter(state=State.CERTAIN).select_related("person", "unit")
        lines = list(waiting.order_by("number")[:BATCH])
        if not lines:
            _finish(held, by=self._by, at=at)
            return False
        drafts = {line.pk: self._matcher.draft(line) for line in lines}
        for line in lines:
            if line.enter_new and not line.person_id and not line.candidates:
                self._enter(line, drafts[line.pk], held, at=at)
        facts = self._matcher.compare(lines, [drafts[line.pk] for line in lines])
        register.record(facts, by=self._by, at=at)
        for line in lines:
            if line.state == State.CERTAIN:
                line.state = State.STORED
        save_judged(lines)
        return True

    def _enter(self, line: ImportLine, draft: Draft, held: HistoryImport, *, at: datetime) -> None:
        """Enter the person or household that a line was said to bring; once for all its lines."""
        key = self._entered.get(draft.who.identity)
        if key is None:
            try:
                key = self._enter_anew(draft, held, at=at)
            except Refused as refusal:
                line.state, line.problem, line.enter_new = State.FAULTY, str(refusal)[:400], False
                return
            self._entered[draft.who.identity] = key
        sort, _colon, pk = key.partition(":")
        if sort == "person":
            line.person = Person.objects.get(pk=pk)
        else:
            line.candidates = [{"household": pk, "score": 100}]

    def _enter_anew(self, draft: Draft, held: HistoryImport, *, at: datetime) -> str:
        who = draft.who
        if who.sort == "household":
            household = register.enter_household(
                held.office,
                head_name=head_of(who.name),
                address=who.unit,
                by=self._by,
                at=at,
            )
            return f"household:{household.pk}"
        years = self._years.get(who.identity, [draft.on.year])
        unit = self._unit(draft, held)
        left = max(years) < day_of(at).year - _STILL_THERE
        until = date(max(years), 12, 31) if left else None
        ended = unit.valid_until
        if ended and (until is None or until > ended):
            until = ended
        since = date(min(years), 1, 1)
        person = people.create_person(
            full_name=import_words.person_name(who.name),
            code=who.code,
            born_on=who.born_on,
            unit=unit,
            title=who.title or _("Chưa rõ chức vụ"),
            from_on=since if until is None or since <= until else until,
            until_on=until,
            by=self._by,
        )
        return f"person:{person.pk}"

    def _unit(self, draft: Draft, held: HistoryImport) -> Unit:
        """Where the person served by the list; the office itself where that is not known."""
        pk = self._matcher.unit_of(draft)
        own = Unit.objects.filter(path__startswith=held.office.path)
        return (own.filter(pk=pk).first() if pk else None) or held.office


def _finish(held: HistoryImport, *, by: User, at: datetime) -> None:
    counts = queries.counts(held)
    left = sum(counts[state] for state in queries.OPEN)
    held.state = HistoryImport.State.SETTLING if left else HistoryImport.State.DONE
    held.stored_at = None if left else at
    held.save(update_fields=["state", "stored_at"])
    detail = {"stored": counts[State.STORED], "known": counts[State.KNOWN], "left": left}
    journal.record("history stored", held, by=by, detail=detail)


@transaction.atomic
def _back(history_import: HistoryImport, problem: str) -> None:
    held = held_for_work(history_import, HistoryImport.State.STORING)
    if held is not None:
        held.state, held.problem = HistoryImport.State.SETTLING, problem[:400]
        held.save(update_fields=["state", "problem"])
