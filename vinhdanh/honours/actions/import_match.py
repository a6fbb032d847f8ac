"""Matching the lines of a list: whom each means, and whether the register has it already."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from vinhdanh.common.clock import day_of
from vinhdanh.common.refusal import Refused
from vinhdanh.common.vietnamese import fold
from vinhdanh.honours.actions.checks import check
from vinhdanh.honours.models import (
    Conferral,
    Discipline,
    Fact,
    HistoryImport,
    Household,
    ImportLine,
    Origin,
    Recognition,
    YearRating,
)
from vinhdanh.honours.queries import imports as queries
from vinhdanh.honours.queries.register import doubles
from vinhdanh.honours.rules import import_columns, import_words
from vinhdanh.honours.rules.import_lines import Draft, read_line
from vinhdanh.honours.rules.import_matching import Persons
from vinhdanh.law.store import book
from vinhdanh.people import queries as people
from vinhdanh.people.queries import Match

State = ImportLine.State
BATCH = 1_000
MODELS: dict[str, type[Fact]] = {
    HistoryImport.Kind.CONFERRALS: Conferral,
    HistoryImport.Kind.RATINGS: YearRating,
    HistoryImport.Kind.RECOGNITIONS: Recognition,
    HistoryImport.Kind.DISCIPLINES: Discipline,
}
_SAVE = """
    UPDATE honours_importline AS line SET state = one.state, problem = one.problem,
        person_id = one.person, unit_id = one.unit, candidates = one.candidates::jsonb,
        enter_new = one.enter_new
    FROM unnest(%s::uuid[], %s::text[], %s::text[], %s::uuid[], %s::uuid[], %s::text[], %s::bool[])
        AS one(id, state, problem, person, unit, candidates, enter_new)
    WHERE line.id = one.id
"""
_SAME_UNIT = 100


def match_lines(history_import: HistoryImport, *, now: Callable[[], datetime]) -> None:
    """Match every line that is not yet, a batch a transaction; then it waits to be settled.

    Queries do not grow with the lines of a batch. Ends early when the import is no longer matching.
    """
    matcher = Matcher(history_import, on=day_of(now()))
    while _match_batch(history_import, matcher):
        pass


@transaction.atomic
def _match_batch(history_import: HistoryImport, matcher: "Matcher") -> bool:
    held = held_for_work(history_import, HistoryImport.State.MATCHING)
    if held is None:
        return False
    lines = list(held.lines.filter(state=State.READ).order_by("number")[:BATCH])
    if not lines:
        held.state = HistoryImport.State.SETTLING
        held.save(update_fields=["state"])
        return False
    matcher.judge(lines)
    save_judged(lines)
    held.done_count += len(lines)
    held.save(update_fields=["done_count"])
    return True


def save_judged(lines: Sequence[ImportLine]) -> None:
    """Save what was judged of the lines, all in one statement: bulk_update takes minutes of a long
    list to write its own."""
    columns: list[Any] = [
        [line.pk for line in lines],
        [str(line.state) for line in lines],
        [line.problem for line in lines],
        [line.person_id for line in lines],
        [line.unit_id for line in lines],
        [json.dumps(line.candidates) for line in lines],
        [line.enter_new for line in lines],
    ]
    with connection.cursor() as cursor:
        cursor.execute(_SAVE, columns)


def held_for_work(history_import: HistoryImport, state: str) -> HistoryImport | None:
    """The import, held until the transaction ends; None when it has gone on or is gone."""
    rows = HistoryImport.objects.select_for_update(of=("self",), no_key=True)
    found = rows.select_related("office", "file", "handed_in_by").filter(
        pk=history_import.pk, state=state
    )
    return found.first()


@dataclass
class Matcher:
    """Judges lines of one import; what it has looked up it keeps. `few`: only such persons are
    looked up as these lines name, for one or some lines."""

    history_import: HistoryImport
    on: date
    few: Sequence[ImportLine] | None = None
    names: import_words.AwardNames = field(init=False)
    _places: queries.Places = field(init=False)
    _persons: Persons = field(init=False)
    _households: list[Household] = field(init=False)
    _units: dict[tuple[str, date], Match] = field(default_factory=dict)

    def __post_init__(self) -> None:
        office = self.history_import.office
        self.names = import_words.AwardNames(book().awards)
        self._places = queries.places_of(office)
        whom = [self.draft(line).who for line in self.few] if self.few is not None else None
        self._persons = queries.persons_of(
            office,
            self._places,
            names=None if whom is None else [import_words.bare_name(who.name) for who in whom],
            codes=[who.code for who in whom or ()],
        )
        self._households = queries.households_of(office)

    def draft(self, line: ImportLine) -> Draft:
        """What the line says, by the columns chosen and what holds for all."""
        chosen = self.history_import
        cells = import_columns.effective(line.cells, chosen.mapping, chosen.common)
        return read_line(chosen.kind, line.number, cells, names=self.names, today=self.on)

    def judge(self, lines: Sequence[ImportLine]) -> None:
        """Set state, recipient, candidates and problem of each line; nothing is saved."""
        drafts = [self.draft(line) for line in lines]
        self._look_up_units(drafts)
        for line, draft in zip(lines, drafts, strict=True):
            line.person = line.unit = None
            line.candidates, line.enter_new, line.problem = [], False, ""
            if draft.problems:
                line.state = State.FAULTY
                line.problem = self._sentences(draft)
            else:
                self._find(line, draft)
        self.compare(lines, drafts)

    def compare(
        self, lines: Sequence[ImportLine], drafts: Sequence[Draft] | None = None
    ) -> list[Fact]:
        """Mark those of the certain lines that the register has already or cannot take; the facts
        of the others, not yet saved. A line that brings somebody anew is not compared."""
        drafts = drafts or [self.draft(line) for line in lines]
        made: list[tuple[ImportLine, Fact]] = []
        for line, draft in zip(lines, drafts, strict=True):
            if line.state != State.CERTAIN or not _recipient(line):
                continue
            facts = self._facts(line, draft)
            problem = _refusal(facts, self.on)
            if problem:
                line.state, line.problem = State.FAULTY, problem[:400]
            made += [(line, fact) for fact in facts if not problem]
        known = doubles([fact for _line, fact in made])
        rest = {line.pk for place, (line, _fact) in enumerate(made) if place not in known}
        for place, recorded in known.items():
            line, fact = made[place]
            if _contradicts(fact, recorded):
                line.state = State.FAULTY
                line.problem = _contradiction(recorded, self.history_import.office_id)[:400]
            elif line.pk not in rest and line.state == State.CERTAIN:
                line.state, line.problem = State.KNOWN, _twice(recorded)
        return [
            fact
            for place, (line, fact) in enumerate(made)
            if place not in known and line.state == State.CERTAIN
        ]

    def _facts(self, line: ImportLine, draft: Draft) -> list[Fact]:
        chosen, who = self.history_import, draft.who
        origin = Origin(how=how_of(chosen), file=chosen.file, line=line)
        return [
            MODELS[chosen.kind](
                office=chosen.office,
                **_recipient(line),
                name_written=who.name,
                unit_written=who.unit,
                origin=origin,
                **values,
            )
            for values in draft.facts
        ]

    def unit_of(self, draft: Draft) -> UUID | None:
        """The unit in which the line says that the person serves, where that is certain."""
        asked = (draft.who.unit, draft.on)
        if not draft.who.unit:
            return None
        if asked not in self._units:
            self._look_up_units([draft])
        return _certain_unit(self._units[asked])

    def _look_up_units(self, drafts: Sequence[Draft]) -> None:
        asked = set()
        for draft in drafts:
            who = draft.who
            if who.sort == "collective":
                name = import_words.bare_collective(who.name)
                asked |= {(name, draft.on), (name, self.on)}
            elif who.sort == "person" and who.unit:
                asked.add((who.unit, draft.on))
        asked -= self._units.keys()
        if asked:
            self._units |= people.match_names_by_day(asked, office=self.history_import.office)

    def _find(self, line: ImportLine, draft: Draft) -> None:
        if draft.who.sort == "collective":
            self._find_unit(line, draft)
        elif draft.who.sort == "household":
            self._find_household(line, draft)
        else:
            self._find_person(line, draft)

    def _find_person(self, line: ImportLine, draft: Draft) -> None:
        unit = self.unit_of(draft)
        units = self._places.heirs(unit) if unit else frozenset[UUID]()
        meant = self._persons.meant(draft.who, units=units, on=draft.on)
        line.state = _STATES[meant.verdict]
        line.person_id = meant.key
        line.candidates = [{"person": str(key), "score": score} for key, score in meant.candidates]

    def _find_unit(self, line: ImportLine, draft: Draft) -> None:
        name = import_words.bare_collective(draft.who.name)
        then, today = self._units[name, draft.on], self._units[name, self.on]
        line.unit_id = _certain_unit(then)
        if line.unit_id:
            line.state = State.CERTAIN
            return
        likely: dict[UUID, int] = {}
        for match in (today, then):
            likely |= {one.unit.pk: one.score for one in match.candidates if one.unit}
            if match.unit:
                likely[match.unit.pk] = match.score
        line.state = State.NEAR if likely else State.UNKNOWN
        line.candidates = [
            {"unit": str(key), "score": score}
            for key, score in sorted(likely.items(), key=lambda one: -one[1])
        ]

    def _find_household(self, line: ImportLine, draft: Draft) -> None:
        name, address = head_of(draft.who.name), fold(draft.who.unit)
        same = [
            one
            for one in self._households
            if import_words.name_key(one.head_name) == import_words.name_key(name)
        ]
        there = [one for one in same if fold(one.address) == address]
        chosen = there if len(there) == 1 else same
        line.state = State.NEAR if same else State.UNKNOWN
        if len(there) == 1:
            line.state = State.CERTAIN
        line.candidates = [{"household": str(one.pk), "score": 90} for one in chosen]

    def _sentences(self, draft: Draft) -> str:
        return " ".join(
            _("%(column)s: %(problem)s")
            % {
                "column": import_columns.heading_of(self.history_import.kind, problem.column),
                "problem": _(problem.sentence) % problem.values,
            }
            for problem in draft.problems
        )[:400]


def _recipient(line: ImportLine) -> dict[str, Any]:
    """The recipient of a line as the key of a fact; nothing where there is none yet."""
    if line.person_id:
        return {"person_id": line.person_id}
    if line.unit_id:
        return {"unit_id": line.unit_id}
    return next(
        ({"household_id": UUID(one["household"])} for one in line.candidates if "household" in one),
        {},
    )


_STATES = {"certain": State.CERTAIN, "near": State.NEAR, "unknown": State.UNKNOWN}


def how_of(history_import: HistoryImport) -> str:
    is_sheet = history_import.file.kind in {"xlsx", "csv", "txt"}
    return Origin.How.SHEET if is_sheet else Origin.How.DECISION


def head_of(name: str) -> str:
    """The head of a household written as "Hộ gia đình ông …"."""
    plain = name
    for start in ("hộ gia đình", "gia đình", "hộ"):
        if plain.lower().startswith(f"{start} "):
            plain = plain[len(start) :].strip()
            break
    return import_words.bare_name(plain)


def _certain_unit(match: Match) -> UUID | None:
    """The unit that the name means; also the only one so called that existed on the day."""
    if match.unit is not None:
        return match.unit.pk
    same = [one.unit for one in match.candidates if one.unit and one.score == _SAME_UNIT]
    return same[0].pk if len(same) == 1 else None


def _refusal(facts: Sequence[Fact], on: date) -> str:
    """Why the register would not take one of the facts; "" when it would."""
    try:
        for fact in facts:
            check(fact, on=on)
    except Refused as refusal:
        return str(refusal)
    return ""


def _contradicts(fact: Fact, recorded: Fact) -> bool:
    return (
        isinstance(fact, YearRating)
        and isinstance(recorded, YearRating)
        and fact.level != recorded.level
    )


def _contradiction(recorded: Fact, office: UUID) -> str:
    if recorded._state.adding:
        return _("Danh sách ghi hai mức xếp loại khác nhau cho cùng một năm; hãy sửa một dòng.")
    if recorded.office_id != office:  # what it says may not be theirs to see
        return _(
            "Sổ của cơ quan khác đang ghi mức xếp loại khác cho năm này; hãy bỏ qua dòng này, hoặc "
            "đề nghị cơ quan ấy đính chính."
        )
    return _(
        "Sổ đang ghi khác: %(recorded)s; nếu sổ sai, hãy đính chính trong sổ, nếu không, bỏ qua "
        "dòng này."
    ) % {"recorded": recorded}


def _twice(recorded: Fact) -> str:
    if recorded._state.adding:
        return _("Trùng với một dòng ở trên.")
    return ""
