"""Taking in a spreadsheet: hand in, look at what it would do, confirm or give up."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from vinhdanh.common.refusal import Refused
from vinhdanh.people import access, actions, queries
from vinhdanh.people.forms import ImportForm
from vinhdanh.people.models import Import, Unit
from vinhdanh.people.rules import person_lines, unit_lines
from vinhdanh.people.views import sheets
from vinhdanh.people.views.page import done, user_of

LINES_SHOWN = 100
_VERDICTS = ("wrong", "new", "change", "same")


def import_(request: HttpRequest) -> HttpResponse:
    """Hand a spreadsheet in; nothing is taken before the next page is confirmed."""
    user, offices = user_of(request), _offices(request)
    get_object_or_404(offices[:1])
    form = ImportForm(
        request.POST or None,
        request.FILES or None,
        offices=offices,
        initial={
            "office": offices.filter(kind=Unit.Kind.DEPARTMENT).first(),
            "kind": request.GET.get("kind", Import.Kind.UNITS),
        },
    )
    handed_in = done(
        request,
        form,
        lambda given: actions.hand_in(
            kind=given["kind"],
            office=given["office"],
            name=given["file"].name,
            content=given["file"].read(),
            by=user,
            at=timezone.now(),
        ),
        "",
    )
    if isinstance(handed_in, Import):
        return redirect("people:dry_run", handed_in.pk)
    shown = {"form": form, "waiting": queries.waiting_imports(user)}
    return render(request, "people/import.html", shown, status=422 if form.errors else 200)


def dry_run(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What each row would do, and all that is wrong with it; how far it is, or what came of it,
    once it was confirmed."""
    user, handed_in = user_of(request), _handed_in(request, pk)
    if handed_in.state == Import.State.TAKING:
        return render(request, "people/import_progress.html", {"handed_in": handed_in})
    if handed_in.state == Import.State.DONE:
        return render(request, "people/imported.html", _done(handed_in))
    outcomes: list[Any] = list(queries.outcomes(handed_in, by=user, on=timezone.localdate()))
    outcomes.sort(key=lambda outcome: outcome.line.number)
    counts = {
        verdict: sum(outcome.verdict == verdict for outcome in outcomes) for verdict in _VERDICTS
    }
    chosen = request.GET.get("verdict", "")
    if chosen in _VERDICTS:
        outcomes = [outcome for outcome in outcomes if outcome.verdict == chosen]
    page = Paginator(outcomes, LINES_SHOWN).get_page(request.GET.get("page"))
    shown = {
        "handed_in": handed_in,
        "rows": [_shown(outcome, handed_in) for outcome in page],
        "page": page,
        "counts": counts,
        "to_do": counts["new"] + counts["change"],
        "verdict": chosen,
        "is_units": handed_in.kind == Import.Kind.UNITS,
    }
    return render(request, "people/dry_run.html", shown)


def progress(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The part of the page that says how far it is; once it is done, the page loads again."""
    handed_in = _handed_in(request, pk)
    answer = render(request, "people/_import_progress.html", {"handed_in": handed_in})
    if handed_in.state != Import.State.TAKING:
        answer["HX-Refresh"] = "true"
    return answer


@require_POST
def take_in(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Have done what the dry run showed, in the background."""
    handed_in = _handed_in(request, pk)
    try:
        actions.begin_taking_in(
            handed_in, only_good="only_good" in request.POST, by=user_of(request)
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("people:dry_run", pk)


@never_cache
@require_POST
def passwords(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The one-time passwords of the accounts that were opened, shown once, on the answer itself."""
    handed_in = _handed_in(request, pk)
    try:
        told = actions.show_passwords(handed_in, by=user_of(request), on=timezone.localdate())
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("people:dry_run", pk)
    return render(request, "people/imported.html", _done(handed_in) | {"passwords": told})


@require_POST
def give_up(request: HttpRequest, pk: UUID) -> HttpResponse:
    handed_in = _handed_in(request, pk)
    try:
        actions.give_up(handed_in)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("people:dry_run", pk)
    messages.success(request, _("Đã bỏ bảng tính; không có gì được nhập."))
    return redirect("people:import")


def _done(handed_in: Import) -> dict[str, Any]:
    return {"imported": handed_in, "is_units": handed_in.kind == Import.Kind.UNITS}


def template(request: HttpRequest, kind: str) -> HttpResponse:
    """The spreadsheet to fill in."""
    if kind not in Import.Kind.values:
        raise Http404
    get_object_or_404(_offices(request)[:1])
    return sheets.template(kind)


def _shown(outcome: Any, handed_in: Import) -> dict[str, Any]:
    """A row of the dry run: its texts, verdict, what it would do, each problem with its column."""
    is_units = handed_in.kind == Import.Kind.UNITS
    line = outcome.line
    columns = unit_lines.COLUMNS if is_units else person_lines.COLUMNS
    headings = {column.code: column.headings[0] for column in columns}
    return {
        "number": line.number,
        "name": line.name if is_units else line.full_name,
        "place": line.parent if is_units else line.unit,
        "post": "" if is_units else line.title,
        "verdict": outcome.verdict,
        "notes": outcome.notes,
        "problems": [
            (headings[problem.column], _(problem.sentence) % problem.values)
            for problem in outcome.problems
        ],
    }


def _offices(request: HttpRequest) -> QuerySet[Unit]:
    """The units into which one may take something in."""
    today = timezone.localdate()
    covered = access.covered(user_of(request), access.EDITS, on=today)
    return covered.filter(queries.valid_on(today))


def _handed_in(request: HttpRequest, pk: UUID) -> Import:
    """What the user handed in, as long as they still edit that office."""
    mine = Import.objects.filter(handed_in_by=user_of(request), office__in=_offices(request))
    found: Import = get_object_or_404(mine.select_related("office"), pk=pk)
    return found
