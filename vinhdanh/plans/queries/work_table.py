"""The year as a table: one row for each unit's line."""

from datetime import date

from django.db.models import Case, F, IntegerField, QuerySet, Value, When

from vinhdanh.plans.models import Assignment, Plan
from vinhdanh.plans.queries.dates import is_extended
from vinhdanh.plans.queries.work_lines import IN_TIME_ORDER, standing_is
from vinhdanh.plans.rules.progress import Standing


def lines(plan: Plan) -> QuerySet[Assignment]:
    """Every line of the plan, the earliest due first; `in_full` adds what hangs on it."""
    return Assignment.objects.filter(occurrence__plan=plan).order_by(*IN_TIME_ORDER)


def in_full(page: QuerySet[Assignment]) -> list[Assignment]:
    """The lines of a page, in its order, with occurrence, task and unit at hand; `is_extended`
    says whether the due date was ever moved.

    Two queries: sorting 30,000 lines in full to show 50 of them costs three times as much as
    sorting them by their keys alone.
    """
    keys = list(page.values_list("pk", flat=True))
    found = (
        Assignment.objects.select_related("occurrence__task", "unit")
        .annotate(is_extended=is_extended("occurrence"))
        .defer("occurrence__task__quote", "occurrence__due_reason", "unit__folded")
        .in_bulk(keys)
    )
    return [found[key] for key in keys]


def by_standing(
    found: QuerySet[Assignment], *, on: date, descending: bool = False
) -> QuerySet[Assignment]:
    """Lines in the order of `Standing`, late first, then in the order of time."""
    whens = [
        When(standing_is(standing, on=on), then=Value(place))
        for place, standing in enumerate(Standing)
    ]
    place = Case(*whens, default=Value(len(whens)), output_field=IntegerField())
    first = place.desc() if descending else place.asc()
    return found.order_by(first, *IN_TIME_ORDER)


def by_due(found: QuerySet[Assignment], *, descending: bool = False) -> QuerySet[Assignment]:
    """Lines by due date, those that wait for a date last either way."""
    due = F("occurrence__due_on")
    first = due.desc(nulls_last=True) if descending else due.asc(nulls_last=True)
    return found.order_by(first, *IN_TIME_ORDER[1:])


def by_unit(found: QuerySet[Assignment], *, descending: bool = False) -> QuerySet[Assignment]:
    """Lines by the unit's place in the tree and its name, each unit's in the order of time."""
    sign = "-" if descending else ""
    return found.order_by(
        f"{sign}unit__position", f"{sign}unit__sort_key", "unit_id", *IN_TIME_ORDER
    )
