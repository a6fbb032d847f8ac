"""The dry run of a spreadsheet that was handed in."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from vinhdanh.accounts.models import User
from vinhdanh.people.models import Import, Person, RoleHolding, Unit
from vinhdanh.people.queries import import_persons, import_units
from vinhdanh.people.queries.import_persons import PersonOutcome
from vinhdanh.people.queries.import_units import UnitOutcome
from vinhdanh.people.rules.person_lines import read_persons
from vinhdanh.people.rules.spreadsheet import Row
from vinhdanh.people.rules.unit_lines import read_units


def unit_outcomes(handed_in: Import, *, by: User, on: date) -> list[UnitOutcome]:
    """What each line of a sheet of units would do, parents first."""
    lines = read_units(_rows(handed_in), kinds=_words(Unit.Kind.choices))
    return import_units.judged(lines, office=handed_in.office, by=by, on=on)


def person_outcomes(handed_in: Import, *, by: User, on: date) -> list[PersonOutcome]:
    """What each line of a sheet of persons would do."""
    roles = _words(RoleHolding.Role.choices)
    sexes = _words(Person.Sex.choices)
    lines = read_persons(_rows(handed_in), roles=roles, sexes=sexes, latest_birth=on)
    return import_persons.judged(lines, office=handed_in.office, by=by, on=on)


def outcomes(handed_in: Import, *, by: User, on: date) -> list[UnitOutcome] | list[PersonOutcome]:
    """What each line would do, whichever sort of sheet it is."""
    if handed_in.kind == Import.Kind.UNITS:
        return unit_outcomes(handed_in, by=by, on=on)
    return person_outcomes(handed_in, by=by, on=on)


def waiting_imports(user: User) -> list[Import]:
    """What the user handed in and has neither given up nor seen the end of: to be confirmed, being
    taken in, or done with passwords yet to be shown."""
    over = Q(state=Import.State.DONE, seed="")
    waiting = Import.objects.filter(~over, handed_in_by=user).select_related("office")
    return list(waiting.defer("rows"))


def _words(choices: Iterable[tuple[str, object]]) -> dict[str, str]:
    return {code: str(word) for code, word in choices}


def _rows(handed_in: Import) -> list[Row]:
    return [Row(row["number"], row["cells"]) for row in handed_in.rows]
