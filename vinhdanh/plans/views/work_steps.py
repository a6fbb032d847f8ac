"""The steps that are taken on a task's page: a page for each that asks for something."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from vinhdanh.common.ids import is_key
from vinhdanh.common.refusal import Refused
from vinhdanh.plans import access
from vinhdanh.plans.actions import work as actions
from vinhdanh.plans.forms.work import DueForm, ReasonForm, ReportForm
from vinhdanh.plans.models import Assignment, Occurrence, Report
from vinhdanh.plans.views.work import user_of

MOST_AT_ONCE = 200


def report(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A unit reports its line done."""
    user = user_of(request)
    lines = Assignment.objects.filter(unit__in=access.own_units(user, on=timezone.localdate()))
    line = get_object_or_404(_lines_seen(request, lines), pk=pk)
    form = ReportForm(request.POST or None, request.FILES or None)
    done = _done(
        request,
        form,
        lambda given: actions.report_done(
            line, note=given["note"], files=given["evidence"], by=user, at=timezone.now()
        ),
        _("Đã gửi báo cáo. Thường trực sẽ xác nhận hoặc trả lại."),
    )
    if done:
        return redirect(line.occurrence)
    heading, submit = _("Báo cáo hoàn thành"), _("Gửi báo cáo")
    return _page(request, form, line.occurrence, heading, submit, line=line)


def record_done(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The office records a line done for a unit that cannot report by itself."""
    user = user_of(request)
    run = access.plans_to_run(user, on=timezone.localdate())
    lines = Assignment.objects.filter(occurrence__plan__in=run)
    line = get_object_or_404(_lines_seen(request, lines), pk=pk)
    form = ReportForm(request.POST or None, request.FILES or None)
    done = _done(
        request,
        form,
        lambda given: actions.record_done(
            line, note=given["note"], files=given["evidence"], by=user, at=timezone.now()
        ),
        _("Đã ghi nhận %(unit)s hoàn thành.") % {"unit": line.unit},
    )
    if done:
        return redirect(line.occurrence)
    heading, submit = _("Ghi nhận hoàn thành thay đơn vị"), _("Ghi nhận hoàn thành")
    return _page(request, form, line.occurrence, heading, submit, line=line)


@require_POST
def withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The unit takes its waiting report back."""
    found = _own_report(request, pk)
    try:
        actions.withdraw(found, by=user_of(request), at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Đã rút báo cáo; đơn vị có thể báo cáo lại."))
    return redirect(found.assignment.occurrence)


@require_POST
def accept(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The office confirms a report."""
    found = _answered_report(request, pk)
    try:
        actions.accept(found, by=user_of(request), at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        unit = {"unit": found.assignment.unit}
        messages.success(request, _("Đã xác nhận %(unit)s hoàn thành.") % unit)
    return redirect(found.assignment.occurrence)


@require_POST
def accept_all(request: HttpRequest) -> HttpResponse:
    """The office confirms the reports it has marked, here or on my work."""
    marked = [pk for pk in request.POST.getlist("report") if is_key(pk)][:MOST_AT_ONCE]
    reports = list(_reports_answered(request).filter(pk__in=marked))
    refused = actions.accept_all(reports, by=user_of(request), at=timezone.now())
    accepted = len(reports) - len(refused)
    if accepted:
        sentence = ngettext(
            "Đã xác nhận %(count)d báo cáo.", "Đã xác nhận %(count)d báo cáo.", accepted
        )
        messages.success(request, sentence % {"count": accepted})
    for found, reason in refused:
        messages.error(request, f"{found.assignment.unit}: {reason}")
    if not reports:
        messages.warning(request, _("Chưa chọn báo cáo nào."))
    if reports and request.POST.get("stay"):
        return redirect(reports[0].assignment.occurrence)
    return redirect("plans:my_work")


def send_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The office returns a report, saying why."""
    found = _answered_report(request, pk)
    form = ReasonForm(request.POST or None)
    done = _done(
        request,
        form,
        lambda given: actions.send_back(found, **given, by=user_of(request), at=timezone.now()),
        _("Đã trả lại báo cáo của %(unit)s.") % {"unit": found.assignment.unit},
    )
    if done:
        return redirect(found.assignment.occurrence)
    return _answer_page(request, form, found, _("Trả lại báo cáo"), _("Trả lại"))


def reopen(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The office takes its confirmation back, saying why."""
    found = _answered_report(request, pk)
    form = ReasonForm(request.POST or None)
    done = _done(
        request,
        form,
        lambda given: actions.reopen(found, **given, by=user_of(request), at=timezone.now()),
        _("Đã mở lại; %(unit)s phải báo cáo lại việc này.") % {"unit": found.assignment.unit},
    )
    if done:
        return redirect(found.assignment.occurrence)
    return _answer_page(request, form, found, _("Mở lại việc đã xác nhận"), _("Mở lại"))


def set_due(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The office enters or corrects a date that somebody else sets."""
    run = access.plans_to_run(user_of(request), on=timezone.localdate())
    occurrences = Occurrence.objects.filter(plan__in=run).select_related("plan__office", "task")
    occurrence = get_object_or_404(occurrences, pk=pk)
    form = DueForm(request.POST or None, initial={"due_on": occurrence.due_on})
    done = _done(
        request,
        form,
        lambda given: actions.set_due(occurrence, **given, by=user_of(request), at=timezone.now()),
        _("Đã ghi ngày đến hạn."),
    )
    if done:
        return redirect(occurrence)
    heading, submit = _("Nhập ngày đến hạn"), _("Lưu ngày đến hạn")
    return _page(request, form, occurrence, heading, submit)


def _done(
    request: HttpRequest, form: Form, act: Callable[[dict[str, Any]], object], sentence: str
) -> bool:
    """Whether what the form gives was done; a refusal stands on the form."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        act(form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, sentence)
    return True


def _answer_page(
    request: HttpRequest, form: Form, found: Report, heading: str, submit: str
) -> HttpResponse:
    line = found.assignment
    return _page(request, form, line.occurrence, heading, submit, line=line, report=found)


def _page(
    request: HttpRequest,
    form: Form,
    occurrence: Occurrence,
    heading: str,
    submit: str,
    **shown: Any,
) -> HttpResponse:
    shown |= {
        "form": form,
        "plan": occurrence.plan,
        "task": occurrence.task,
        "occurrence": occurrence,
        "heading": heading,
        "submit": submit,
        "cancel_url": occurrence.get_absolute_url(),
        "today": timezone.localdate(),
    }
    return render(request, "plans/step.html", shown, status=422 if form.errors else 200)


def _lines_seen(request: HttpRequest, lines: Any) -> Any:
    tasks = access.visible_tasks(user_of(request), on=timezone.localdate())
    return lines.filter(occurrence__task__in=tasks).select_related(
        "occurrence__plan__office", "occurrence__task", "unit"
    )


def _reports_seen(request: HttpRequest) -> Any:
    return access.readable_reports(user_of(request), on=timezone.localdate()).select_related(
        "assignment__occurrence__plan__office", "assignment__occurrence__task", "assignment__unit"
    )


def _reports_answered(request: HttpRequest) -> Any:
    """The reports that are the user's to answer: those in the plans that the user runs."""
    run = access.plans_to_run(user_of(request), on=timezone.localdate())
    return _reports_seen(request).filter(assignment__occurrence__plan__in=run)


def _answered_report(request: HttpRequest, pk: UUID) -> Report:
    found: Report = get_object_or_404(_reports_answered(request), pk=pk)
    return found


def _own_report(request: HttpRequest, pk: UUID) -> Report:
    """A report of a unit for which the user reports."""
    own = access.own_units(user_of(request), on=timezone.localdate())
    found: Report = get_object_or_404(
        _reports_seen(request).filter(assignment__unit__in=own), pk=pk
    )
    return found
