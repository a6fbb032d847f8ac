"""Looking at files in the page: what units handed in with a report, and the plan's own document."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from vinhdanh.documents.models import File
from vinhdanh.documents.responses import page_picture, preview
from vinhdanh.plans import access
from vinhdanh.plans.actions import looks
from vinhdanh.plans.models import Report
from vinhdanh.plans.views.work import running_plan, user_of


def evidence_of(request: HttpRequest, pk: UUID, file_pk: UUID) -> tuple[Report, File]:
    """A report that the user may read and a file handed in with it; 404 to everybody else."""
    readable = access.readable_reports(user_of(request), on=timezone.localdate())
    reports = readable.select_related("assignment__unit", "assignment__occurrence__task")
    report = reports.filter(pk=pk).first()
    found = report.files.filter(pk=file_pk).first() if report else None
    if report is None or found is None:
        raise Http404
    return report, found


@require_safe
def evidence(request: HttpRequest, pk: UUID, file_pk: UUID) -> HttpResponse:
    """A page of a file handed in with a report; the journal tells."""
    report, file = evidence_of(request, pk, file_pk)
    seen = preview(file, request.GET.get("trang"))
    looks.look_at_evidence(report, file, by=user_of(request))
    occurrence = report.assignment.occurrence
    return _shown(
        request,
        file,
        seen=seen,
        about=str(report.assignment.unit),
        back=occurrence.get_absolute_url(),
        back_name=str(occurrence.task),
        download_url=reverse("plans:file", args=[pk, file_pk]),
        picture_url=reverse("plans:evidence_picture", args=[pk, file_pk, seen.number]),
    )


@require_safe
def evidence_picture(
    request: HttpRequest, pk: UUID, file_pk: UUID, number: int
) -> HttpResponseBase:
    """A page of a file handed in with a report, as a picture; the journal tells."""
    report, file = evidence_of(request, pk, file_pk)
    looks.look_at_evidence(report, file, by=user_of(request))
    return page_picture(request, file, number)


@require_safe
def document(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A page of the plan's own file, for whoever sees the plan in force; the journal tells."""
    plan = running_plan(request, pk, on=timezone.localdate())
    seen = preview(plan.file, request.GET.get("trang"))
    looks.look_at_document(plan, by=user_of(request))
    return _shown(
        request,
        plan.file,
        seen=seen,
        back=reverse("plans:document", args=[pk]),
        back_name=str(plan),
        download_url=reverse("plans:document_file", args=[pk]),
        picture_url=reverse("plans:document_picture", args=[pk, seen.number]),
    )


@require_safe
def document_picture(request: HttpRequest, pk: UUID, number: int) -> HttpResponseBase:
    """A page of the plan's own file as a picture; the journal tells."""
    plan = running_plan(request, pk, on=timezone.localdate())
    if not plan.file.has_preview:
        raise Http404
    looks.look_at_document(plan, by=user_of(request))
    return page_picture(request, plan.file, number)


def _shown(request: HttpRequest, file: File, **shown: Any) -> HttpResponse:
    return render(request, "plans/file.html", {"file": file, **shown})
