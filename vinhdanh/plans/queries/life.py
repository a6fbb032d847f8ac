"""What is at stake when a plan as a whole is closed or taken back."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from vinhdanh.plans.models import Assignment, Occurrence, Plan, Report, Task


@dataclass(frozen=True)
class Figures:
    """How many lines of a plan are not done, those reported among them, and how many there are;
    how many dates of others the office has entered; whether any unit has ever reported."""

    not_done: int
    reported: int
    lines: int
    dates: int
    has_reports: bool


def figures(plan: Plan) -> Figures:
    """The figures of a plan in force or closed; three queries."""
    states = Assignment.State
    counted = Assignment.objects.filter(occurrence__plan=plan).aggregate(
        not_done=Count("pk", filter=~Q(state=states.ACCEPTED)),
        reported=Count("pk", filter=Q(state=states.REPORTED)),
        lines=Count("pk"),
    )
    entered = Occurrence.objects.filter(
        plan=plan, task__due_kind=Task.Due.EXTERNAL, due_on__isnull=False
    )
    return Figures(**counted, dates=entered.count(), has_reports=reports_of(plan).exists())


def reports_of(plan: Plan) -> QuerySet[Report]:
    """Every report by which a unit has answered the plan, withdrawn ones too."""
    return Report.objects.filter(assignment__occurrence__plan=plan)
