"""Correcting a draft: the plan's facts and its rows."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from vinhdanh.common.refusal import Refused
from vinhdanh.plans import access, actions, queries
from vinhdanh.plans.forms.draft import FactsForm, RowForm
from vinhdanh.plans.models import Plan, Task
from vinhdanh.plans.views.draft import edited_plan, user_of
from vinhdanh.plans.views.review import findings_shown, frame


def facts(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Correct the head of a draft."""
    plan = edited_plan(request, pk)
    form = FactsForm(request.POST or None, instance=plan)
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_facts(
                plan,
                form.facts(),
                by=user_of(request),
                at=timezone.now(),
                seen=form.cleaned_data["seen"],
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã lưu thông tin kế hoạch."))
            return redirect("plans:review", plan.pk)
    status = 422 if form.errors else 200
    return render(request, "plans/facts.html", {"plan": plan, "form": form}, status=status)


def edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Correct a row: on a page of its own, or in its place in the review (htmx)."""
    task = _row(request, pk)
    if request.method != "POST":
        form = RowForm(initial=RowForm.initial_of(task), auto_id=f"row-{task.pk}-%s")
        return _form_page(request, task, form)
    form = RowForm(request.POST, auto_id=f"row-{task.pk}-%s")
    if form.is_valid():
        try:
            actions.edit_row(
                task,
                form.row(),
                by=user_of(request),
                at=timezone.now(),
                seen=form.cleaned_data["seen"],
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _saved(request, task)
    return _form_page(request, task, form)


def add(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Add a row to a draft: at the end, after another (`sau`), or as a part of one (`thuoc`)."""
    plan = edited_plan(request, pk)
    after, parent = _named(plan, request, "sau"), _named(plan, request, "thuoc")
    form = RowForm(request.POST or None, initial={"number": _next_number(parent)})
    if request.method == "POST" and form.is_valid():
        try:
            task = actions.add_row(
                plan,
                form.row(),
                after=after,
                parent=parent,
                by=user_of(request),
                at=timezone.now(),
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã thêm nhiệm vụ “%(task)s”.") % {"task": task})
            return redirect(_place(task))
    shown = {"plan": plan, "form": form, "after": after, "parent": parent}
    return render(request, "plans/row_new.html", shown, status=422 if form.errors else 200)


@require_safe
def show(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A row as it stands, in its place in the review; without htmx the review itself."""
    task = _row(request, pk)
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect(_place(task))
    return render(request, "plans/_row.html", {"row": task, "plan": task.plan, "editable": True})


@require_POST
def strike_out(request: HttpRequest, pk: UUID) -> HttpResponse:
    task = _row(request, pk)
    try:
        actions.strike_out(task, by=user_of(request), at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        sentence = _("Đã bỏ nhiệm vụ “%(task)s”. Có thể lấy lại ở mục Đã bỏ.")
        messages.success(request, sentence % {"task": task})
    return redirect("plans:review", task.plan_id)


@require_POST
def take_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    task = _row(request, pk)
    try:
        actions.take_back(task, by=user_of(request), at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Đã lấy lại nhiệm vụ “%(task)s”.") % {"task": task})
    return redirect(_place(task))


def _named(plan: Plan, request: HttpRequest, word: str) -> Task | None:
    """The row of the plan that the address names under `word`."""
    if word not in request.GET:
        return None
    try:
        pk = UUID(request.GET[word])
    except ValueError:
        raise Http404 from None
    task: Task = get_object_or_404(plan.tasks.filter(removed=False), pk=pk)
    return task


def _row(request: HttpRequest, pk: UUID) -> Task:
    plans = access.plans_to_run(user_of(request), on=timezone.localdate())
    rows = Task.objects.filter(plan__in=plans.filter(state=Plan.State.DRAFT))
    task: Task = get_object_or_404(
        queries.with_all_shown(rows).select_related("plan__office", "parent"), pk=pk
    )
    return task


def _form_page(request: HttpRequest, task: Task, form: RowForm) -> HttpResponse:
    part = "plans/_row_form.html" if request.htmx else "plans/row.html"  # type: ignore[attr-defined]
    return render(request, part, {"row": task, "plan": task.plan, "form": form})


def _saved(request: HttpRequest, task: Task) -> HttpResponse:
    if not request.htmx:  # type: ignore[attr-defined]
        messages.success(request, _("Đã lưu nhiệm vụ “%(task)s”.") % {"task": task.content})
        return redirect(_place(task))
    task = _row(request, task.pk)
    shown = {
        **frame(request, task.plan, "rows"),
        **findings_shown(queries.review_findings(task.plan)),
        "row": task,
        "saved_at": timezone.localtime(),
        "swapped": True,
    }
    return render(request, "plans/_row_saved.html", shown)


def _next_number(parent: Task | None) -> str:
    return f"{parent.number}.{parent.parts.count() + 1}" if parent and parent.number else ""


def _place(task: Task) -> str:
    return f"{reverse('plans:review', args=[task.plan_id])}?dong={task.pk}#dong-{task.pk}"
