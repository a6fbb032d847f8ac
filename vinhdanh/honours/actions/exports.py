"""What the register handed out as spreadsheets, as the journal keeps it."""

from vinhdanh.accounts.models import User
from vinhdanh.journal import actions as journal
from vinhdanh.people.models import Unit


def note_register(office: Unit, *, count: int, by: User) -> None:
    """Write down that `by` was handed out so many lines of the register."""
    journal.record("register exported", office, by=by, detail={"count": count})


def note_screening(scope: Unit, *, count: int, by: User) -> None:
    """Write down that `by` was handed out so many lines about who may be honoured."""
    journal.record("screening exported", scope, by=by, detail={"count": count})


def note_bonuses(office: Unit, *, count: int, by: User) -> None:
    """Write down that `by` was handed out so many lines about bonuses."""
    journal.record("bonuses exported", office, by=by, detail={"count": count})
