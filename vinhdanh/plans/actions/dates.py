"""Dates that move: the extension of a due date, and the steps counted back from one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from vinhdanh.accounts.models import User
from vinhdanh.common.clock import day_of
from vinhdanh.common.refusal import Refused, given
from vinhdanh.common.vietnamese import fold
from vinhdanh.journal import actions as journal
from vinhdanh.people.models import Unit, UnitGroup
from vinhdanh.plans.actions.held import hold_in_force, must_run
from vinhdanh.plans.models import (
    Assignment,
    BackPlan,
    BackStep,
    Extension,
    Occurrence,
    Task,
    TaskOwner,
)
from vinhdanh.plans.queries import dates
from vinhdanh.plans.queries.dates import StepShown
from vinhdanh.plans.rules import back_planning
from vinhdanh.plans.rules.back_planning import DEFAULTS, MOST_STEPS
from vinhdanh.secretariat.queries.calendar import special_days


@transaction.atomic
def extend(
    occurrence: Occurrence, *, due_on: date, reason: str, by: User, at: datetime
) -> Extension:
    """The office gives another last day (gia hạn), later or earlier, and says why; both stay on
    the task for ever. Reminders and boards follow by themselves.

    Raises Refused to whoever does not run the plan, when it is not in force, without a reason,
    while there is no date to move, for the same day, and for one before the work begins or far
    from the plan's year.
    """
    plan = occurrence.plan
    must_run(plan, by=by, on=day_of(at))
    hold_in_force(plan.pk)
    reason = given(reason, _("Hãy nêu lý do gia hạn."))
    if abs(due_on.year - plan.year) > 1:
        raise Refused(
            _("Ngày đến hạn phải trong năm %(year)d hoặc năm liền kề.") % {"year": plan.year}
        )
    current = Occurrence.objects.select_for_update().get(pk=occurrence.pk)
    if current.due_on is None:
        raise Refused(_("Việc này chưa có ngày đến hạn; hãy nhập ngày đến hạn trước."))
    if due_on == current.due_on:
        raise Refused(_("Ngày mới trùng với hạn hiện nay; hãy chọn ngày khác."))
    if current.starts_on and due_on < current.starts_on:
        raise Refused(_("Ngày đến hạn không được trước ngày bắt đầu."))
    why = back_planning.extended(current.due_on, due_on, reason)
    extension = _move(current, due_on, reason=reason, why=why, by=by, at=at)
    occurrence.due_on, occurrence.due_reason = due_on, why
    return extension


def extend_all(
    occurrences: Iterable[Occurrence], *, due_on: date, reason: str, by: User, at: datetime
) -> list[tuple[Occurrence, str]]:
    """Extend each by itself to one day for one reason; give back those refused, with the why."""
    refused = []
    for occurrence in occurrences:
        try:
            extend(occurrence, due_on=due_on, reason=reason, by=by, at=at)
        except Refused as refusal:
            refused.append((occurrence, str(refusal)))
    return refused


@dataclass(frozen=True)
class GivenStep:
    """A step as the office writes it; `whom` is None while nobody is chosen."""

    name: str
    working_days: int
    whom: Unit | UnitGroup | None


@transaction.atomic
def begin_back_plan(occurrence: Occurrence, *, by: User, at: datetime) -> BackPlan:
    """Count back from the occurrence's due date (lập lịch lùi), with the steps that the house
    proposes; the one that there is already stays as it is.

    Raises Refused to whoever does not run the plan, when it is not in force, while there is no
    due date, and for a step of another back-plan.
    """
    _must_plan(occurrence, by=by, at=at)
    current = Occurrence.objects.select_for_update(of=("self",)).select_related("task")
    occurrence = current.get(pk=occurrence.pk)
    if occurrence.due_on is None:
        raise Refused(_("Việc này chưa có ngày đến hạn để tính lùi; hãy nhập ngày đến hạn trước."))
    if occurrence.task.part == Task.Part.BACK:
        raise Refused(_("Đây đã là một bước của lịch lùi; hãy lập lịch lùi ở việc chính."))
    back_plan, begun = BackPlan.objects.get_or_create(occurrence=occurrence)
    if begun:
        steps = [GivenStep(step.name, step.working_days, None) for step in DEFAULTS]
        _write_steps(back_plan, steps)
        detail = {"wanted_on": occurrence.due_on.isoformat()}
        journal.record("back-plan begun", occurrence.task, by=by, detail=detail)
    return back_plan


@transaction.atomic
def keep_steps(
    back_plan: BackPlan,
    steps: Sequence[GivenStep],
    *,
    seen: Sequence[UUID],
    by: User,
    at: datetime,
) -> None:
    """Write the steps of a back-plan that nobody has confirmed, the last before the day first.

    `seen` are the steps that they replace. Raises Refused to whoever does not run the plan, when
    it is not in force, without any step, for too many, for a step without a name, once confirmed,
    and when somebody else has changed the steps meanwhile.
    """
    held = _held(back_plan, by=by, at=at)
    if held.confirmed_at:
        raise Refused(
            _("Lịch lùi đã xác nhận: chỉ còn sửa được số ngày; muốn đổi các bước thì bỏ lịch lùi.")
        )
    if not steps:
        raise Refused(_("Lịch lùi phải có ít nhất một bước."))
    if len(steps) > MOST_STEPS:
        raise Refused(_("Lịch lùi có tối đa %(most)d bước.") % {"most": MOST_STEPS})
    if not all(step.name.strip() for step in steps):
        raise Refused(_("Bước nào cũng phải có tên."))
    if list(held.steps.values_list("pk", flat=True)) != list(seen):
        raise Refused(
            _("Có người vừa sửa lịch lùi này. Bấm lưu lần nữa nếu vẫn muốn thay bằng các bước này.")
        )
    held.steps.all().delete()
    _write_steps(held, steps)
    detail = {"steps": [f"{step.name}: {step.working_days}" for step in steps]}
    journal.record("back-plan edited", held.occurrence.task, by=by, detail=detail)


@transaction.atomic
def keep_working_days(
    back_plan: BackPlan, working_days: Sequence[int], *, by: User, at: datetime
) -> None:
    """Change how many working days the steps of a confirmed back-plan take, in their order; the
    new days are suggestions until they are confirmed.

    Raises Refused to whoever does not run the plan, when it is not in force, and when the steps
    are not those that were seen.
    """
    held = _held(back_plan, by=by, at=at)
    steps = list(held.steps.all())
    if not held.confirmed_at or len(steps) != len(working_days):
        raise Refused(_("Các bước của lịch lùi vừa thay đổi; hãy mở lại trang."))
    for step, count in zip(steps, working_days, strict=True):
        step.working_days = count
    BackStep.objects.bulk_update(steps, ["working_days"])
    detail = {"steps": [f"{step.name}: {step.working_days}" for step in steps]}
    journal.record("back-plan edited", held.occurrence.task, by=by, detail=detail)


@transaction.atomic
def confirm_back_plan(back_plan: BackPlan, *, days: Sequence[date], by: User, at: datetime) -> int:
    """Make the proposed days count (xác nhận lịch lùi): each step becomes a task below the one it
    leads to; one laid out before is moved unless it is done. How many were laid out or moved.

    `days` are the suggestions that were seen. Raises Refused to whoever does not run the plan, when
    it is not in force, while a step is nobody's, and when the days are not those seen any more.
    """
    held = _held(back_plan, by=by, at=at)
    shown = dates.back_plan_of(held.occurrence, special=special_days(), on=day_of(at))
    if shown is None or [each.suggestion.due_on for each in shown.steps] != list(days):
        raise Refused(_("Các ngày đề xuất vừa thay đổi; hãy xem lại rồi xác nhận."))
    if shown.unassigned:
        names = ", ".join(f"“{step.name}”" for step in shown.unassigned)
        raise Refused(_("Hãy chọn đơn vị thực hiện cho bước %(steps)s.") % {"steps": names})
    changed = [each for each in shown.steps if each.differs]
    for each in changed:
        if each.work is not None:
            _follow(each, each.work.occurrence, by=by, at=at)
    # In the order of time, as they will stand below the task.
    _lay_out([each for each in reversed(shown.steps) if each.work is None], held, on=day_of(at))
    held.wanted_on, held.confirmed_at, held.confirmed_by = shown.wanted_on, at, by
    held.save(update_fields=["wanted_on", "confirmed_at", "confirmed_by"])
    steps = [f"{each.step.name}: {each.suggestion.due_on:%d/%m/%Y}" for each in changed]
    detail = {"wanted_on": shown.wanted_on.isoformat(), "steps": steps}
    journal.record("back-plan confirmed", held.occurrence.task, by=by, detail=detail)
    return len(changed)


@transaction.atomic
def take_back_plan_away(back_plan: BackPlan, *, by: User, at: datetime) -> None:
    """Remove a back-plan with the tasks that came of it (bỏ lịch lùi).

    Raises Refused to whoever does not run the plan, when it is not in force, and once any unit
    has reported on one of its steps.
    """
    held = _held(back_plan, by=by, at=at)
    if dates.reports_of_steps(held).exists():
        raise Refused(_("Đã có đơn vị báo cáo một bước của lịch lùi này nên không bỏ được nữa."))
    task, plan = held.occurrence.task, held.occurrence.plan
    results = Occurrence.objects.filter(back_step__back_plan=held)
    tasks = list(results.values_list("task", flat=True))
    occurrences = list(results.values_list("pk", flat=True))
    lines = Assignment.objects.filter(occurrence__in=occurrences)
    units = set(lines.values_list("unit", flat=True))
    held.delete()
    Extension.objects.filter(occurrence__in=occurrences).delete()
    lines.delete()
    Occurrence.objects.filter(pk__in=occurrences).delete()
    Task.objects.filter(pk__in=tasks).delete()
    idle = dates.units_without_work(plan, units)
    plan.units.remove(*Unit.objects.filter(pk__in=idle))
    journal.record("back-plan taken away", task, by=by)


def _must_plan(occurrence: Occurrence, *, by: User, at: datetime) -> None:
    must_run(occurrence.plan, by=by, on=day_of(at))
    hold_in_force(occurrence.plan_id)


def _held(back_plan: BackPlan, *, by: User, at: datetime) -> BackPlan:
    """The back-plan, locked with the occurrence it leads to until the transaction ends."""
    _must_plan(back_plan.occurrence, by=by, at=at)
    found = BackPlan.objects.select_for_update(of=("self", "occurrence"))
    held = found.select_related("occurrence__task", "occurrence__plan__office")
    current = held.filter(pk=back_plan.pk).first()
    if current is None:
        raise Refused(_("Lịch lùi này không còn nữa; hãy mở lại trang của việc."))
    return current


def _write_steps(back_plan: BackPlan, steps: Sequence[GivenStep]) -> None:
    BackStep.objects.bulk_create(
        BackStep(
            back_plan=back_plan,
            position=position,
            name=step.name.strip(),
            working_days=step.working_days,
            unit=step.whom if isinstance(step.whom, Unit) else None,
            unit_group=step.whom if isinstance(step.whom, UnitGroup) else None,
        )
        for position, step in enumerate(steps, start=1)
    )


def _follow(shown: StepShown, work: Occurrence, *, by: User, at: datetime) -> None:
    """Move the work of a confirmed step to the day that is proposed now."""
    current = Occurrence.objects.select_for_update().get(pk=work.pk)
    reason = back_planning.followed(shown.suggestion)
    _move(current, shown.suggestion.due_on, reason=reason, why=reason, by=by, at=at)
    Task.objects.filter(pk=work.task_id).update(due_on=shown.suggestion.due_on)


def _lay_out(steps: Sequence[StepShown], back_plan: BackPlan, *, on: date) -> None:
    """Make a task, its occurrence and the lines of its units for each step, in their order."""
    above, plan = back_plan.occurrence.task, back_plan.occurrence.plan
    below = list(above.parts.order_by("position"))
    place = (below[-1] if below else above).position
    plan.tasks.filter(position__gt=place).update(position=F("position") + len(steps))
    for count, each in enumerate(steps, start=1):
        whom = each.step.unit_group or each.step.unit
        assert whom is not None
        number = f"{above.number}.{len(below) + count}" if above.number else ""
        task = Task.objects.create(
            plan=plan,
            parent=above,
            position=place + count,
            number=number if len(number) <= 20 else "",
            content=each.step.name,
            group=above.group,
            due_kind=Task.Due.BY,
            due_on=each.suggestion.due_on,
            part=Task.Part.BACK,
            table=above.table,
            section=above.section,
            folded=fold(f"{each.step.name} {whom}"),
        )
        TaskOwner.objects.create(
            task=task,
            part=TaskOwner.Part.LEAD,
            position=0,
            name=str(whom),
            match=TaskOwner.Match.CHOSEN,
            unit=each.step.unit,
            unit_group=each.step.unit_group,
        )
        occurrence = Occurrence.objects.create(
            plan=plan, task=task, due_on=each.suggestion.due_on, due_reason=each.suggestion.reason
        )
        BackStep.objects.filter(pk=each.step.pk).update(result=occurrence)
        units = dates.units_meant(whom, on=on)
        Assignment.objects.bulk_create(
            Assignment(
                occurrence=occurrence,
                unit=unit,
                part=Assignment.Part.LEAD,
                through=whom.name if isinstance(whom, UnitGroup) else "",
            )
            for unit in units
        )
        plan.units.add(*units)


def _move(
    current: Occurrence, due_on: date, *, reason: str, why: str, by: User, at: datetime
) -> Extension:
    """Give a locked occurrence another date, and keep and journal what it was."""
    detail = {
        **({"label": current.label} if current.label else {}),
        "before": {"due": current.due_on.isoformat() if current.due_on else None},
        "after": {"due": due_on.isoformat()},
        "reason": reason,
    }
    extension = Extension.objects.create(
        occurrence=current,
        before=current.due_on,
        after=due_on,
        reason=reason,
        extended_at=at,
        extended_by=by,
    )
    current.due_on, current.due_reason = due_on, why
    current.save(update_fields=["due_on", "due_reason"])
    journal.record("due date extended", current.task, by=by, detail=detail)
    return extension
