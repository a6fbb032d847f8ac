"""What the journal keeps of bonuses that were handed out as a list."""

from vinhdanh.accounts.models import User
from vinhdanh.journal import actions as journal
from vinhdanh.people.models import Unit


def note_export(office: Unit, *, count: int, by: User) -> None:
    """Write down that `by` was handed out so many lines about bonuses."""
    journal.record("bonuses exported", office, by=by, detail={"count": count})
