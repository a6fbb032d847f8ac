"""A task's page, and the files that units hand in with their reports."""

from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from vinhdanh.common.calendar import day_off_name
from vinhdanh.documents.responses import download
from vinhdanh.journal import queries as journal
from vinhdanh.plans import access
from vinhdanh.plans.actions import work as actions
from vinhdanh.plans.forms.work import ReportForm
from vinhdanh.plans.models import Report, Task
from vinhdanh.plans.queries import dates, work_task
from vinhdanh.plans.rules.progress import may_step
from vinhdanh.plans.views.files import evidence_of
from vinhdanh.plans.views.work import user_of
from vinhdanh.secretariat.queries.calendar import special_days

MOST_HISTORIES = 60


def task(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The words of the plan, the due dates and why, who has done what, the history."""
    user, today = user_of(request), timezone.localdate()
    tasks = access.visible_tasks(user, on=today).select_related("plan__office", "parent")
    seen: Task = get_object_or_404(tasks, pk=pk)
    times = work_task.times(seen, on=today)
    chosen = next(
        (each for each in times if str(each.occurrence.pk) == request.GET.get("lan")), None
    ) or work_task.current(times, user, on=today)
    lines = work_task.lines(chosen.occurrence, user, on=today) if chosen else []
    owed = [each for each in lines if each.may_report and may_step("report", each.line.state)]
    due_on, special = chosen.occurrence.due_on if chosen else None, special_days()
    shown = {
        "task": seen,
        "plan": seen.plan,
        "today": today,
        "parts": seen.parts.exclude(part=Task.Part.BACK),
        "owners": seen.owners.select_related("unit", "unit_group"),
        "times": times,
        "chosen": chosen,
        "day_off": due_on
        and day_off_name(due_on, off=special.off, working=special.working, names=special.names),
        "extensions": dates.extensions(seen),
        "back_plan": chosen and dates.back_plan_of(chosen.occurrence, special=special, on=today),
        "leads_to": dates.leads_to(seen),
        "lines": lines,
        "waiting_count": sum(each.may_answer and each.waiting is not None for each in lines),
        "owed": owed[0] if len(owed) == 1 else None,
        "form": ReportForm(),
        "runs": access.may_run(user, seen.plan, on=today),
        "changes": work_task.changes(seen) if access.oversees(user, seen.plan, on=today) else [],
        "history": journal.lines_about(seen, *_readable(lines)),
    }
    return render(request, "plans/task.html", shown)


def _readable(lines: list[work_task.Line]) -> list[Report]:
    """The reports whose history stands on the page with the task's own."""
    reports = [report for each in lines for report in each.reports]
    return reports[:MOST_HISTORIES]


def file(request: HttpRequest, pk: UUID, file_pk: UUID) -> FileResponse:
    """A file handed in with a report, for whoever may read the report; the journal tells."""
    report, found = evidence_of(request, pk, file_pk)
    actions.hand_out(report, found, by=user_of(request))
    return download(found)
