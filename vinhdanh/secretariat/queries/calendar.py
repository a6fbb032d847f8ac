"""The announced days off and working days."""

from vinhdanh.common.calendar import SpecialDays
from vinhdanh.secretariat.models import SpecialDay


def special_days() -> SpecialDays:
    """Every announced day, to be passed to `common.calendar`; one query."""
    rows = list(SpecialDay.objects.values_list("day", "kind", "name"))
    kinds = SpecialDay.Kind
    return SpecialDays(
        off=frozenset(day for day, kind, _name in rows if kind == kinds.OFF),
        working=frozenset(day for day, kind, _name in rows if kind == kinds.WORKING),
        names={day: name for day, _kind, name in rows},
    )
