"""A plan as an official paper: looked at, downloaded, drafted anew."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from vinhdanh.common.refusal import Refused
from vinhdanh.documents.rules.accepted import KINDS
from vinhdanh.papers.rules.docx import docx
from vinhdanh.papers.rules.pdf import pdf
from vinhdanh.papers.rules.tree import Paper
from vinhdanh.plans import access
from vinhdanh.plans.actions import paper as actions
from vinhdanh.plans.models import Plan
from vinhdanh.plans.queries import paper as queries
from vinhdanh.plans.views.work import user_of

_WRITTEN: dict[str, Callable[[Paper], bytes]] = {"docx": docx, "pdf": pdf}


@require_safe
def paper(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What the plan looks like as a paper, and what can be done with that."""
    plan = _seen(request, pk)
    tree = queries.tree(plan)
    shown = {
        "plan": plan,
        "paper": tree,
        "row_count": sum(
            not row.is_group
            for annex in tree.annexes
            for table in annex.parts
            for row in table.rows  # type: ignore[union-attr]
        ),
        "runs": access.may_run(user_of(request), plan, on=timezone.localdate()),
    }
    return render(request, "plans/paper.html", shown)


@require_safe
def paper_file(request: HttpRequest, pk: UUID, ending: str) -> HttpResponse:
    """The plan as a Word document or a PDF file."""
    plan = _seen(request, pk)
    if ending not in _WRITTEN:
        raise Http404
    written = _WRITTEN[ending](queries.tree(plan))
    name = f"ke-hoach-{plan.year}.{ending}"
    actions.hand_out(plan, name=name, by=user_of(request))
    response = HttpResponse(written, content_type=KINDS[ending].media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_POST
def draft_paper(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The office begins a paper from the plan."""
    plans = access.plans_to_run(user_of(request), on=timezone.localdate())
    plan = get_object_or_404(plans.select_related("office"), pk=pk)
    try:
        made = actions.draft_paper(plan, by=user_of(request), at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("plans:paper", plan.pk)
    messages.success(request, _("Đã lập dự thảo; hãy sửa, xem trước rồi phát hành."))
    return redirect(made)


def _seen(request: HttpRequest, pk: UUID) -> Plan:
    plans = access.visible_plans(user_of(request), on=timezone.localdate())
    plan: Plan = get_object_or_404(plans.select_related("office"), pk=pk)
    return plan
