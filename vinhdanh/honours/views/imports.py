"""Taking in the past: the lists, and each on its way from the file into the register."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from vinhdanh.common.ids import is_key
from vinhdanh.common.refusal import Refused
from vinhdanh.documents.responses import download
from vinhdanh.honours import access
from vinhdanh.honours.actions import import_settle, imports
from vinhdanh.honours.forms.imports import ColumnsForm, HandInForm, LineForm
from vinhdanh.honours.models import HistoryImport, ImportLine
from vinhdanh.honours.queries import imports as queries
from vinhdanh.honours.rules import import_columns
from vinhdanh.honours.views import import_template
from vinhdanh.honours.views.page import user_of
from vinhdanh.law.store import book
from vinhdanh.people.models import Unit

State = HistoryImport.State
Line = ImportLine.State
PER_PAGE = 25
LINES_SHOWN = 50
_SAMPLE_SHOWN = 5
_WORKING = (State.READING, State.MATCHING, State.DECIDING, State.STORING)


def listing(request: HttpRequest) -> HttpResponse:
    """The lists handed in so far, and the form that hands in another."""
    offices = _offices(request)
    get_object_or_404(offices[:1])
    form = HandInForm(request.POST or None, request.FILES or None, offices=offices)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            handed_in = imports.hand_in(
                given["file"],
                kind=given["kind"],
                office=given["office"],
                by=user_of(request),
                at=timezone.now(),
            )
        except Refused as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("honours:import", handed_in.pk)
    known = queries.kept_imports(user_of(request), on=timezone.localdate())
    page = Paginator(known, PER_PAGE).get_page(request.GET.get("page"))
    shown = {"form": form, "page": page, "kinds": HistoryImport.Kind.choices}
    return render(request, "honours/import_list.html", shown, status=422 if form.errors else 200)


def template(request: HttpRequest, kind: str) -> HttpResponse:
    """The spreadsheet to fill in."""
    if kind not in HistoryImport.Kind.values:
        raise Http404
    get_object_or_404(_offices(request)[:1])
    return import_template.template(kind)


def one(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Where a list stands: at work, at its columns, to be settled, or done."""
    found = _found(request, pk)
    if found.state in (*_WORKING, State.FAILED):
        return render(request, "honours/import_progress.html", _progress(found))
    if found.state == State.MAPPING:
        return redirect("honours:import_columns", pk)
    if found.state == State.DONE:
        return _done(request, found)
    return _settling(request, found)


def progress(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The part of the page that says how far it is; once it is done, the page loads again."""
    found = _found(request, pk)
    answer = render(request, "honours/_import_progress.html", _progress(found))
    if found.state not in _WORKING:
        answer["HX-Refresh"] = "true"
    return answer


def columns(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Choose which column means what, and what holds for all lines."""
    found = _found(request, pk)
    if found.state not in (State.MAPPING, State.SETTLING):
        return redirect("honours:import", pk)
    form = ColumnsForm(request.POST or None, history_import=found, awards=_awards())
    if request.method == "POST" and form.is_valid():
        try:
            imports.choose_columns(
                found,
                mapping=form.mapping,
                common=form.common,
                by=user_of(request),
                at=timezone.now(),
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("honours:import", pk)
    sample = found.lines.order_by("number")[:_SAMPLE_SHOWN]
    shown = {
        "import": found,
        "form": form,
        "headings": found.headings,
        "rows": [
            (line.number, [line.cells.get(str(place), "") for place in range(len(found.headings))])
            for line in sample
        ],
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "honours/import_columns.html", shown, status=status)


def line(request: HttpRequest, pk: UUID, line_pk: UUID) -> HttpResponse:
    """One line: what it says, whom it may mean; settle it or correct it."""
    found = _found(request, pk)
    if found.state != State.SETTLING:
        return redirect("honours:import", pk)
    own = get_object_or_404(found.lines.select_related("person", "unit"), pk=line_pk)
    own.history_import = found
    cells = import_columns.effective(own.cells, found.mapping, found.common)
    editing = request.method == "POST" and request.POST.get("deed") == "edit"
    form = LineForm(
        request.POST if editing else None, history_import=found, cells=cells, awards=_awards()
    )
    refused = ""
    if request.method == "POST" and (not editing or form.is_valid()):
        try:
            said = _settle(request, own, form)
        except Refused as refusal:
            refused = str(refusal)
        else:
            messages.success(request, said)
            return redirect(_back(request, found))
    words, today = request.GET.get("q", "").strip(), timezone.localdate()
    sort = request.GET.get("sort", "person")
    shown = {
        "import": found,
        "line": own,
        "form": form,
        "refused": refused,
        "printed": [
            (heading, own.cells.get(str(place), ""))
            for place, heading in enumerate(found.headings)
            if own.cells.get(str(place))
        ],
        "candidates": queries.candidates([own], found.office, on=today)[own.pk],
        "words": words,
        "sort": sort,
        "others": queries.found_candidates(found.office, words, sort=sort, on=today),
        "alike": queries.alike(own, found.mapping).exclude(pk=own.pk).count(),
        "name": cells.get("recipient", ""),
        "state": request.GET.get("state", ""),
    }
    return render(request, "honours/import_line.html", shown, status=422 if refused else 200)


@require_POST
def settle(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Have many lines settled at once, in the background; or settle one from the list."""
    found = _found(request, pk)
    by, at = user_of(request), timezone.now()
    how = request.POST.get("how", "")
    try:
        if how in HistoryImport.How.values:
            import_settle.settle_all(found, how=how, by=by, at=at)
            return redirect("honours:import", pk)
        key = request.POST.get("line", "")
        if not is_key(key):
            raise Http404
        own = get_object_or_404(found.lines, pk=key)
        own.history_import = found
        said = _settle(request, own, None)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
    return redirect(_back(request, found))


@require_POST
def store(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = _found(request, pk)
    return _after(request, lambda: imports.store(found, by=user_of(request), at=timezone.now()), pk)


def discard(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask, then throw the list away."""
    found = _found(request, pk)
    if request.method == "POST":
        try:
            imports.discard(found, by=user_of(request), at=timezone.now())
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("honours:import", pk)
        messages.success(request, _("Đã bỏ danh sách; không có gì được ghi vào sổ."))
        return redirect("honours:imports")
    return render(request, "honours/import_discard.html", {"import": found})


def file(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The list as it was handed in."""
    return download(_found(request, pk).file)


def _settling(request: HttpRequest, found: HistoryImport) -> HttpResponse:
    counts = queries.counts(found)
    state = request.GET.get("state", "")
    if state not in Line.values:
        state = next((each for each in queries.OPEN if counts[each]), Line.CERTAIN)
    lines = found.lines.filter(state=state).select_related("person", "unit").order_by("number")
    page = Paginator(lines, LINES_SHOWN).get_page(request.GET.get("page"))
    candidates = queries.candidates(page.object_list, found.office, on=timezone.localdate())
    codes = [
        column.code
        for column in import_columns.COLUMNS[found.kind]
        if column.code in found.mapping or column.code in found.common
    ]
    rows = []
    for own in page.object_list:
        cells = import_columns.effective(own.cells, found.mapping, found.common)
        said = [
            (import_columns.heading_of(found.kind, code), text)
            for code, text in cells.items()
            if code not in {"recipient", "unit", "title"}
        ]
        rows.append((own, cells, said[:5], candidates[own.pk]))
    shown = {
        "import": found,
        "counts": counts,
        "tabs": [(each, Line(each).label, counts[each]) for each in _TABS if counts[each]],
        "state": state,
        "page": page,
        "rows": rows,
        "codes": codes,
        "open": sum(counts[each] for each in queries.OPEN),
    }
    return render(request, "honours/import_settle.html", shown)


_TABS = (
    Line.NEAR,
    Line.UNKNOWN,
    Line.FAULTY,
    Line.CERTAIN,
    Line.KNOWN,
    Line.SKIPPED,
    Line.STORED,
)


def _done(request: HttpRequest, found: HistoryImport) -> HttpResponse:
    gaps = queries.gaps(found)
    shown = {
        "import": found,
        "counts": queries.counts(found),
        "page": Paginator(gaps, PER_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "honours/import_done.html", shown)


def _progress(found: HistoryImport) -> dict[str, Any]:
    shown: dict[str, Any] = {"import": found, "working": found.state in _WORKING}
    shown["total"], shown["done"] = found.line_count, found.done_count
    if found.state == State.STORING:
        counts = queries.counts(found)
        shown["done"] = counts[Line.STORED]
        shown["total"] = counts[Line.STORED] + counts[Line.CERTAIN]
    return shown


def _settle(request: HttpRequest, own: ImportLine, form: LineForm | None) -> str:
    """Do what was asked for with one line; what to say of it."""
    by, at = user_of(request), timezone.now()
    also_alike = "alike" in request.POST
    deed = request.POST.get("deed", "")
    if deed == "edit" and form is not None:
        import_settle.edit(own, cells=form.cleaned_data, by=by, at=at)
        return _("Đã sửa dòng %(number)s và đối chiếu lại.") % {"number": own.number}
    if deed == "anew":
        return _said(import_settle.enter_anew(own, also_alike=also_alike, by=by, at=at))
    if deed == "skip":
        return _said(import_settle.skip(own, also_alike=also_alike, by=by, at=at))
    chosen = request.POST.get("chosen", "")
    count = import_settle.choose(own, chosen=chosen, also_alike=also_alike, by=by, at=at)
    return _said(count)


def _said(count: int) -> str:
    sentence = ngettext("Đã xác nhận %(count)s dòng.", "Đã xác nhận %(count)s dòng.", count)
    return sentence % {"count": count}


def _back(request: HttpRequest, found: HistoryImport) -> str:
    """The list of lines as it was looked at; when none is left of that state, the next."""
    address = reverse("honours:import", args=[found.pk])
    state = request.GET.get("state") or request.POST.get("state", "")
    left = state in Line.values and found.lines.filter(state=state).exists()
    return f"{address}?{urlencode({'state': state})}" if left else address


def _after(request: HttpRequest, deed: Callable[[], object], pk: UUID) -> HttpResponse:
    try:
        deed()
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("honours:import", pk)


def _offices(request: HttpRequest) -> QuerySet[Unit]:
    return access.offices_kept(user_of(request), on=timezone.localdate())


def _found(request: HttpRequest, pk: UUID) -> HistoryImport:
    known = queries.kept_imports(user_of(request), on=timezone.localdate())
    found: HistoryImport = get_object_or_404(known, pk=pk)
    return found


def _awards() -> dict[str, str]:
    """The names of the awards by code, as in the law."""
    return {code: award.name for code, award in book().awards.items()}
