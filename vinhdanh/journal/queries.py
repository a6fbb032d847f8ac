"""Reading the journal."""

from django.db.models import Model, Q, QuerySet

from vinhdanh.journal.models import Line


def lines_about(*things: Model) -> QuerySet[Line]:
    """The lines about any of these things, newest first. Whoever may see the thing may see them."""
    wanted = Q(pk__in=[])
    for thing in things:
        wanted |= Q(thing_kind=thing._meta.label, thing_id=thing.pk)
    return Line.objects.filter(wanted)
