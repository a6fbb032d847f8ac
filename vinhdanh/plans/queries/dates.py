"""Due dates that were moved, and the steps that lead to a day, counted back."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from vinhdanh.common.calendar import SpecialDays
from vinhdanh.people import queries as people
from vinhdanh.people.models import Unit, UnitGroup
from vinhdanh.plans.models import (
    Assignment,
    BackPlan,
    BackStep,
    Extension,
    Occurrence,
    Plan,
    Report,
    Task,
)
from vinhdanh.plans.queries.draft import known_units
from vinhdanh.plans.queries.work_lines import OWED, Standings, stand
from vinhdanh.plans.rules import back_planning
from vinhdanh.plans.rules.back_planning import Step, Suggestion
from vinhdanh.plans.rules.progress import Standing


def extensions(task: Task) -> QuerySet[Extension]:
    """Every time a due date of the task was moved, the newest first."""
    found = Extension.objects.filter(occurrence__task=task)
    return found.select_related("occurrence", "extended_by")


def is_extended(occurrence: str = "pk") -> Exists:
    """Whether a row's occurrence was ever given another date; `occurrence` names its key."""
    return Exists(Extension.objects.filter(occurrence=OuterRef(occurrence)))


def owed_of(lines: QuerySet[Assignment]) -> QuerySet[Occurrence]:
    """The occurrences with a date of which one of these lines is still owed, earliest first."""
    owed = lines.filter(OWED).order_by().values("occurrence")
    found = Occurrence.objects.filter(pk__in=owed, due_on__isnull=False).select_related("task")
    return found.order_by("due_on", "task__position")


@dataclass(frozen=True)
class StepShown:
    """A step, the day that is proposed for it, and how its confirmed work stands."""

    step: BackStep
    suggestion: Suggestion
    work: Standings | None

    @property
    def is_done(self) -> bool:
        """Whether nothing is owed of it any more, so that it is not moved."""
        return self.work is not None and self.work.standing in {Standing.DONE, Standing.REPORTED}

    @property
    def differs(self) -> bool:
        """Whether confirming would lay the step out, or move it."""
        if self.work is None:
            return True
        return not self.is_done and self.work.occurrence.due_on != self.suggestion.due_on


@dataclass(frozen=True)
class BackPlanShown:
    """A back-plan as it stands: its steps, the last before the wanted day first."""

    back_plan: BackPlan
    wanted_on: date
    steps: list[StepShown]

    @property
    def is_confirmed(self) -> bool:
        return self.back_plan.confirmed_at is not None

    @property
    def differs(self) -> bool:
        """Whether something proposed is still to be confirmed."""
        return any(each.differs for each in self.steps)

    def past(self, on: date) -> list[StepShown]:
        """The steps that would be confirmed for a day that is over."""
        return [each for each in self.steps if each.differs and each.suggestion.due_on < on]

    @property
    def unassigned(self) -> list[BackStep]:
        """The steps for which nobody is chosen."""
        steps = [each.step for each in self.steps]
        return [step for step in steps if not step.unit_id and not step.unit_group_id]


def back_plan_of(occurrence: Occurrence, *, special: SpecialDays, on: date) -> BackPlanShown | None:
    """The back-plan of an occurrence as it stands on a day; None without one, or while nobody
    knows the day it leads to. Two queries when the occurrence has its `back_plan` at hand."""
    found: BackPlan | None = getattr(occurrence, "back_plan", None)
    if found is None or occurrence.due_on is None:
        return None
    steps = list(found.steps.select_related("unit", "unit_group", "result__task"))
    proposed = back_planning.suggestions(
        occurrence.due_on,
        [Step(step.name, step.working_days) for step in steps],
        special=special,
    )
    results = [step.result for step in steps if step.result]
    works = {each.occurrence.pk: each for each in stand(results, on=on)} if results else {}
    shown = [
        StepShown(step, suggestion, works.get(step.result_id) if step.result_id else None)
        for step, suggestion in zip(steps, proposed, strict=True)
    ]
    return BackPlanShown(found, occurrence.due_on, shown)


def leads_to(task: Task) -> Occurrence | None:
    """What a step of a back-plan is a step to; None for any other task."""
    if task.part != Task.Part.BACK:
        return None
    steps = BackStep.objects.filter(result__task=task).select_related("back_plan__occurrence__task")
    step = steps.first()
    return step.back_plan.occurrence if step else None


def reports_of_steps(back_plan: BackPlan) -> QuerySet[Report]:
    """What units ever reported on its confirmed steps."""
    return Report.objects.filter(assignment__occurrence__back_step__back_plan=back_plan)


def charged(plan: Plan, *, on: date) -> dict[str, Unit | UnitGroup]:
    """Whom a step may be given to, each under a name of its own."""
    return dict(known_units(plan, on=on))


def units_meant(whom: Unit | UnitGroup, *, on: date) -> list[Unit]:
    """The unit itself, or the units that the group means on a day."""
    return list(people.units_of(whom, on=on)) if isinstance(whom, UnitGroup) else [whom]


def units_without_work(plan: Plan, units: Collection[UUID]) -> set[UUID]:
    """Those of the units that have no line in the plan."""
    with_work = plan.occurrences.filter(assignments__unit__in=units)
    return set(units) - set(with_work.values_list("assignments__unit", flat=True))
