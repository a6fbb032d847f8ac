"""The plans that there are, handing one in, and what its document says."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django_htmx.http import HttpResponseClientRedirect

from vinhdanh.accounts.models import User
from vinhdanh.common.refusal import Refused
from vinhdanh.documents.responses import download
from vinhdanh.people import access as people
from vinhdanh.plans import access, actions, queries
from vinhdanh.plans.actions import looks
from vinhdanh.plans.forms.draft import PlanFilter, UploadForm
from vinhdanh.plans.models import Plan, Reading

PER_PAGE = 10


def user_of(request: HttpRequest) -> User:
    return cast(User, request.user)


def seen_plan(request: HttpRequest, pk: UUID) -> Plan:
    """A plan that the user may see; 404 to a stranger."""
    plans = access.visible_plans(user_of(request), on=timezone.localdate())
    plan: Plan = get_object_or_404(plans.select_related("office", "file", "created_by"), pk=pk)
    return plan


def reviewed_plan(request: HttpRequest, pk: UUID) -> Plan:
    """A plan of which the user sees what its review found; 404 to everybody else."""
    plans = access.plans_reviewed(user_of(request), on=timezone.localdate())
    plan: Plan = get_object_or_404(plans.select_related("office", "file", "created_by"), pk=pk)
    return plan


def edited_plan(request: HttpRequest, pk: UUID) -> Plan:
    """A plan of an office that the user runs; 404 to everybody else."""
    plans = access.plans_to_run(user_of(request), on=timezone.localdate())
    plan: Plan = get_object_or_404(plans.select_related("office", "file", "created_by"), pk=pk)
    return plan


@require_safe
def plans(request: HttpRequest) -> HttpResponse:
    """All plans that the user may see, newest year first."""
    today, user = timezone.localdate(), user_of(request)
    seen = queries.plans_listed(access.visible_plans(user, on=today))
    chosen = PlanFilter(request.GET, queryset=seen)
    page = Paginator(chosen.qs, PER_PAGE).get_page(request.GET.get("page"))
    progress = queries.progress(page.object_list, on=today)
    return render(
        request,
        "plans/list.html",
        {
            "filter": chosen,
            "page": page,
            "rows": [(plan, progress.get(plan.pk)) for plan in page],
            "may_upload": people.offices_run(user, on=today).exists(),
        },
    )


def upload(request: HttpRequest) -> HttpResponse:
    """Hand in a plan document; 404 to whoever runs no office."""
    offices = people.offices_run(user_of(request), on=timezone.localdate())
    get_object_or_404(offices[:1])
    form = UploadForm(request.POST or None, request.FILES or None, offices=offices)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data["file"] or form.cleaned_data["text"]
        try:
            reading = actions.hand_in(
                given, office=form.cleaned_data["office"], by=user_of(request), at=timezone.now()
            )
        except Refused as refusal:
            form.add_error("file" if form.cleaned_data["file"] else "text", str(refusal))
        else:
            if reading.plan:
                return redirect("plans:review", reading.plan.pk)
            return redirect("plans:reading", reading.pk)
    status = 422 if form.errors else 200
    return render(request, "plans/upload.html", {"form": form}, status=status)


@require_safe
def reading(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How far the reading of a document is; on to the draft when it is done."""
    reading = get_object_or_404(Reading, pk=pk, started_by=user_of(request))
    if reading.plan:
        if request.htmx:  # type: ignore[attr-defined]
            return HttpResponseClientRedirect(reading.plan.get_absolute_url())
        return redirect(reading.plan)
    waited = (timezone.now() - reading.started_at).seconds
    part = "plans/_reading.html" if request.htmx else "plans/reading.html"  # type: ignore[attr-defined]
    return render(request, part, {"reading": reading, "waited": waited})


@require_safe
def original(request: HttpRequest, pk: UUID) -> FileResponse:
    """The file as handed in."""
    plan = seen_plan(request, pk)
    looks.hand_out_document(plan, by=user_of(request))
    return download(plan.file, in_page="xem" in request.GET)


@require_safe
def export(request: HttpRequest, pk: UUID) -> JsonResponse:
    """The plan as it was read and corrected, in the exchange format."""
    plan = reviewed_plan(request, pk)
    response = JsonResponse(queries.export(plan), json_dumps_params={"ensure_ascii": False})
    response["Content-Disposition"] = f'attachment; filename="ke-hoach-{plan.year}.json"'
    return response


def throw_away(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Delete a draft, after asking."""
    plan = edited_plan(request, pk)
    if request.method == "POST":
        try:
            actions.throw_away(plan, by=user_of(request))
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect(plan)
        messages.success(request, _("Đã bỏ bản đang rà soát của “%(plan)s”.") % {"plan": plan})
        return redirect("plans:list")
    if not plan.is_draft:
        return redirect(plan)
    return render(request, "plans/throw_away.html", {"plan": plan})
