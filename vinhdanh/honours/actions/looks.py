"""What the journal keeps of who looked, and of what was handed out."""

from vinhdanh.accounts.models import User
from vinhdanh.journal import actions as journal
from vinhdanh.people.models import Person, Unit


def note_confidential(about: Person | Unit, *, by: User) -> None:
    """Write down that `by` saw disciplines or open matters of another person or of a unit; nothing
    for the own."""
    if isinstance(about, Person) and about.user_id == by.pk:
        return
    journal.record_look("confidential record looked at", about, by=by)


def note_export(office: Unit, *, count: int, by: User) -> None:
    """Write down that `by` was handed out so many lines of the register."""
    journal.record("register exported", office, by=by, detail={"count": count})
