"""What the journal keeps of who looked."""

from vinhdanh.accounts.models import User
from vinhdanh.journal import actions as journal
from vinhdanh.people.models import Person, Unit


def note_confidential(about: Person | Unit, *, by: User) -> None:
    """Write down that `by` saw disciplines or open matters of another person or of a unit; nothing
    for the own."""
    if isinstance(about, Person) and about.user_id == by.pk:
        return
    journal.record_look("confidential record looked at", about, by=by)
