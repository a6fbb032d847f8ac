"""Moving a due date, and the steps counted back from one."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.forms import BaseFormSet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from vinhdanh.common.ids import is_key
from vinhdanh.common.refusal import Refused
from vinhdanh.plans import access
from vinhdanh.plans.actions import dates as actions
from vinhdanh.plans.actions.dates import GivenStep
from vinhdanh.plans.forms.dates import DaysForms, ExtendForm, StepForm, StepForms
from vinhdanh.plans.models import BackPlan, Occurrence, Plan
from vinhdanh.plans.queries import dates
from vinhdanh.plans.queries.dates import BackPlanShown
from vinhdanh.plans.views.work import user_of
from vinhdanh.plans.views.work_steps import MOST_AT_ONCE
from vinhdanh.plans.views.work_table import chosen_lines
from vinhdanh.secretariat.queries.calendar import special_days


def extend(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The office gives another last day and says why."""
    occurrence = _run(request, pk)
    form = ExtendForm(_typed(request), special=special_days())
    if form.is_bound and form.is_valid():
        try:
            actions.extend(occurrence, **form.cleaned_data, by=user_of(request), at=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã gia hạn; lý do được ghi ở trang công việc."))
            return redirect(occurrence)
    shown = {
        "form": form,
        "occurrence": occurrence,
        "task": occurrence.task,
        "plan": occurrence.plan,
    }
    return render(request, "plans/extend.html", shown, status=422 if form.errors else 200)


def extend_several(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The office gives several duties one day for one reason: those it marks among what the
    table shows for the address and somebody still owes."""
    user, today = user_of(request), timezone.localdate()
    run = access.plans_to_run(user, on=today).select_related("office")
    plan: Plan = get_object_or_404(run, pk=pk, state=Plan.State.IN_FORCE)
    lines, conditions = chosen_lines(request.GET, plan, on=today)
    found = list(dates.owed_of(lines)[: MOST_AT_ONCE + 1])
    table = f"{reverse('plans:table', args=[plan.pk])}?{request.GET.urlencode()}"
    form = ExtendForm(_typed(request), special=special_days())
    marked = set(request.POST.getlist("occurrence"))
    chosen = [each for each in found if str(each.pk) in marked]
    if form.is_bound and not chosen:
        form.add_error(None, _("Chưa chọn việc nào để gia hạn."))
    if form.is_bound and form.is_valid():
        refused = actions.extend_all(chosen, **form.cleaned_data, by=user, at=timezone.now())
        reasons = [f"{occurrence}: {reason}" for occurrence, reason in refused]
        if count := len(chosen) - len(refused):
            sentence = ngettext("Đã gia hạn %(count)d việc.", "Đã gia hạn %(count)d việc.", count)
            messages.success(request, sentence % {"count": count})
            for reason in reasons:
                messages.error(request, reason)
            return redirect(table)
        form.add_error(None, reasons)
    shown = {
        "form": form,
        "plan": plan,
        "today": today,
        "found": found[:MOST_AT_ONCE],
        "too_many": len(found) > MOST_AT_ONCE,
        "conditions": conditions,
        "marked": marked,
        "table": table,
    }
    return render(request, "plans/extend_several.html", shown, status=422 if form.errors else 200)


def _typed(request: HttpRequest) -> QueryDict | None:
    """What is posted of an extension, with the working day that a button puts in its place."""
    if request.method != "POST":
        return None
    typed = request.POST.copy()
    if instead := typed.get("instead"):
        typed["due_on"] = instead
    return typed


def back_plan(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The steps that lead to a due date, counted back: whoever runs the plan edits them, whoever
    sees the task reads them."""
    user, today = user_of(request), timezone.localdate()
    occurrence = _seen(request, pk)
    runs = access.may_run(user, occurrence.plan, on=today)
    edits = runs and occurrence.plan.state == occurrence.plan.State.IN_FORCE
    if request.method == "POST":
        occurrence = _run(request, pk)
    found = dates.back_plan_of(occurrence, special=special_days(), on=today)
    known = dates.charged(occurrence.plan, on=today) if edits else {}
    forms = _forms(request, found, known) if edits and found else None
    if request.method == "POST" and found and forms is not None and forms.is_valid():
        try:
            _keep(request, found, forms)
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Đã lưu các bước và tính lại ngày."))
            return redirect("plans:back_plan", occurrence.pk)
    bound = forms is not None and forms.is_bound
    shown = {
        "occurrence": occurrence,
        "task": occurrence.task,
        "plan": occurrence.plan,
        "today": today,
        "runs": edits,
        "found": found,
        "forms": forms,
        "known": known,
        "rows": _rows(found, forms) if found else [],
        "past": found.past(today) if found else [],
    }
    return render(request, "plans/back_plan.html", shown, status=422 if bound else 200)


@require_POST
def begin_back_plan(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The office begins to count back from a due date."""
    occurrence = _run(request, pk)
    try:
        actions.begin_back_plan(occurrence, by=user_of(request), at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("plans:back_plan", occurrence.pk)


@require_POST
def confirm_back_plan(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The office makes the proposed days count."""
    occurrence = _run(request, pk)
    found = get_object_or_404(BackPlan, occurrence=occurrence)
    days = [_day(text) for text in request.POST.getlist("day")]
    try:
        count = actions.confirm_back_plan(
            found,
            days=[day for day in days if day],
            by=user_of(request),
            at=timezone.now(),
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("plans:back_plan", occurrence.pk)
    sentence = ngettext(
        "Đã xác nhận lịch lùi: %(count)d bước được ghi vào lịch.",
        "Đã xác nhận lịch lùi: %(count)d bước được ghi vào lịch.",
        count,
    )
    messages.success(request, sentence % {"count": count})
    return redirect("plans:back_plan", occurrence.pk)


def take_back_plan_away(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The office removes a back-plan on whose steps nobody has reported."""
    occurrence = _run(request, pk)
    found = get_object_or_404(BackPlan, occurrence=occurrence)
    if request.method != "POST":
        shown = {"occurrence": occurrence, "task": occurrence.task, "plan": occurrence.plan}
        return render(request, "plans/back_plan_away.html", shown | {"back_plan": found})
    try:
        actions.take_back_plan_away(found, by=user_of(request), at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("plans:back_plan", occurrence.pk)
    messages.success(request, _("Đã bỏ lịch lùi cùng các bước của nó."))
    return redirect(occurrence)


def _run(request: HttpRequest, pk: UUID) -> Occurrence:
    """An occurrence of a running or closed plan that the user runs; 404 to everybody else."""
    run = access.plans_to_run(user_of(request), on=timezone.localdate())
    found: Occurrence = get_object_or_404(_occurrences(), pk=pk, plan__in=run)
    return found


def _seen(request: HttpRequest, pk: UUID) -> Occurrence:
    tasks = access.visible_tasks(user_of(request), on=timezone.localdate())
    found: Occurrence = get_object_or_404(_occurrences(), pk=pk, task__in=tasks)
    return found


def _occurrences() -> QuerySet[Occurrence]:
    return Occurrence.objects.select_related("plan__office", "task", "back_plan__confirmed_by")


def _forms(request: HttpRequest, found: BackPlanShown, known: dict[str, Any]) -> BaseFormSet:
    """A form for each step; of a confirmed back-plan only the number of days may change."""
    kwargs = {} if found.is_confirmed else {"known": known}
    forms = DaysForms if found.is_confirmed else StepForms
    if request.method == "POST":
        return forms(request.POST, form_kwargs=kwargs)
    steps = [each.step for each in found.steps]
    initial = [StepForm.initial_of(step, known) for step in steps]
    return forms(initial=initial, form_kwargs=kwargs)


def _keep(request: HttpRequest, found: BackPlanShown, forms: BaseFormSet) -> None:
    by, at = user_of(request), timezone.now()
    if found.is_confirmed:
        days = [form.cleaned_data["working_days"] for form in forms]
        actions.keep_working_days(found.back_plan, days, by=by, at=at)
        return
    seen = [UUID(text) for text in request.POST.getlist("seen") if is_key(text)]
    given = [GivenStep(**form.cleaned_data) if form.cleaned_data else None for form in forms]
    steps = _moved(given, request.POST.get("move", ""))
    actions.keep_steps(found.back_plan, steps, seen=seen, by=by, at=at)


def _moved(given: list[GivenStep | None], move: str) -> list[GivenStep]:
    """The steps after what a button asks: "up-2", "down-2" or "drop-2", counted from 0; a form
    left empty is no step."""
    deed, _dash, place_text = move.partition("-")
    place = int(place_text) if place_text.isdecimal() else -1
    if 0 <= place < len(given):
        other = place + {"up": -1, "down": 1}.get(deed, 0)
        if deed == "drop":
            given[place] = None
        elif 0 <= other < len(given):
            given[place], given[other] = given[other], given[place]
    return [step for step in given if step is not None]


def _rows(found: BackPlanShown, forms: BaseFormSet | None) -> list[tuple[Any, Any]]:
    """Each step with its form; the form for another step stands without one."""
    shown: list[Any] = list(found.steps)
    if forms is None:
        return [(each, None) for each in shown]
    places = max(len(shown), len(forms))
    shown += [None] * (places - len(shown))
    made = [*forms, *[None] * (places - len(forms))]
    return list(zip(shown, made, strict=True))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
