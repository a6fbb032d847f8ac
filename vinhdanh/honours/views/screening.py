"""Everybody in a unit against every award, and the chains that the year would break."""

import io
from dataclasses import dataclass
from uuid import UUID

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language

from vinhdanh.accounts.models import User
from vinhdanh.common.vietnamese import fold
from vinhdanh.documents.responses import download, spreadsheet
from vinhdanh.honours.actions import exports
from vinhdanh.honours.forms.screening import ScopeForm, ScreeningForm
from vinhdanh.honours.models import ScreeningExport
from vinhdanh.honours.queries import screening as queries
from vinhdanh.honours.queries.eligibility import ORDER, counted, summary
from vinhdanh.honours.queries.screening import Candidate, Row, Rows, Screening
from vinhdanh.honours.queries.screening_sheet import write_chains, write_screening
from vinhdanh.honours.queries.sight import Sight
from vinhdanh.honours.rules.chains import Chain
from vinhdanh.honours.views.asked import (
    Asked,
    asked,
    conditions_in_words,
    named,
    scope_of,
    scopes_of,
    without_page,
)
from vinhdanh.honours.views.page import PER_PAGE, user_of
from vinhdanh.law import store
from vinhdanh.people.models import Unit


@dataclass(frozen=True)
class Question:
    """A screening as an address asks for it."""

    form: ScreeningForm
    scope: Unit
    asked: Asked
    found: Screening

    @property
    def rows(self) -> Rows:
        wanted = self.form.wanted()
        return self.found.rows(
            award=wanted.get("award", ""),
            verdict=wanted.get("verdict", ""),
            by="merit" if "by" in wanted else "as_read",
            name=wanted.get("q", ""),
        )

    @property
    def conditions(self) -> list[str]:
        return conditions_in_words(self.form, self.scope, self.asked)


def question(query: QueryDict, user: User) -> Question:
    """What the address asks, as the user may see it today; 404 to strangers."""
    request = HttpRequest()
    request.GET = query  # type: ignore[assignment]
    today, book = timezone.localdate(), store.book()
    sight = Sight(user, today)
    scopes = scopes_of(sight)
    scope = scope_of(request, scopes)
    form = ScreeningForm(query, on=today, scopes=named(scopes), book=book)
    about = asked(form, book)
    found = queries.screening(
        scope, form.kind_asked(), year=about.year, book=book, on=about.day, sight=sight
    )
    return Question(form, scope, about, found)


def screening(request: HttpRequest) -> HttpResponse:
    """How many may be honoured with what; the rows of an award, a verdict or a name, with reasons.

    Rows are shown when something narrows them: everybody against every award is no list to read.
    """
    about = question(request.GET, user_of(request))
    wanted = about.form.wanted()
    found = about.found
    rows = about.rows if wanted else None
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page")) if rows else None
    shown = {
        **about.asked.shown(request),
        "today": timezone.localdate(),
        "scope": about.scope,
        "kind": found.kind,
        "candidates": len(found.candidates),
        "is_rated": found.is_rated,
        "wanted": wanted,
        "counts": _counts(found, request),
        "tabs": _tabs(found, request, wanted),
        "page": page,
        "rows": _told(found, list(page.object_list)) if page else [],
        "has_merit": any(row.merit for row in page.object_list) if page else False,
        "query": without_page(request),
        "in_background": rows is not None and len(rows) > exports.AT_ONCE,
    }
    return render(request, "honours/screening.html", shown)


def export(request: HttpRequest) -> HttpResponse:
    """The rows as a spreadsheet with their reasons: a few at once, many in the background."""
    user, today = user_of(request), timezone.localdate()
    about = question(request.GET, user)
    rows = about.rows
    if len(rows) > exports.AT_ONCE:
        return _in_background(request, about, len(rows))
    stream = io.BytesIO()
    write_screening(stream, rows, about.conditions)
    exports.note(about.scope, count=len(rows), by=user)
    return spreadsheet(stream.getvalue(), f"xet-dieu-kien-{about.asked.year}-{today:%Y%m%d}.xlsx")


def _in_background(request: HttpRequest, about: Question, count: int) -> HttpResponse:
    query = without_page(request)
    if request.method != "POST":
        shown = {"count": count, "query": query}
        return render(request, "honours/screening_ask.html", shown)
    made = exports.ask(
        about.scope,
        query=query,
        line_count=count,
        language=get_language() or "vi",
        on=timezone.localdate(),
        by=user_of(request),
        at=timezone.now(),
    )
    return redirect(made)


def written(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How far a spreadsheet is that is written in the background."""
    made = _export(request, pk)
    waited = (timezone.now() - made.asked_at).seconds
    is_part = request.htmx  # type: ignore[attr-defined]
    part = "honours/_screening_export.html" if is_part else "honours/screening_export.html"
    return render(request, part, {"export": made, "waited": waited})


def written_file(request: HttpRequest, pk: UUID) -> FileResponse:
    made = _export(request, pk)
    if made.file is None:
        raise Http404
    exports.note(made.scope, count=made.line_count, by=user_of(request))
    return download(made.file)


def _export(request: HttpRequest, pk: UUID) -> ScreeningExport:
    """What the user asked for, while they still may ask about the unit; 404 to everybody else."""
    user = user_of(request)
    made = get_object_or_404(
        ScreeningExport.objects.select_related("file", "scope"), pk=pk, asked_by=user
    )
    get_object_or_404(Sight(user, timezone.localdate()).scopes(), pk=made.scope_id)
    return made


def chains(request: HttpRequest) -> HttpResponse:
    """The chains that end unless this year goes on with them, the longest first."""
    form, scope, about, listed = _chains(request)
    page = Paginator(listed, PER_PAGE).get_page(request.GET.get("page"))
    shown = {
        **about.shown(request),
        "today": timezone.localdate(),
        "scope": scope,
        "kind": form.kind_asked(),
        "page": page,
        "query": without_page(request),
    }
    return render(request, "honours/chains.html", shown)


def chains_export(request: HttpRequest) -> HttpResponse:
    form, scope, about, listed = _chains(request)
    stream = io.BytesIO()
    conditions = conditions_in_words(form, scope, about)
    write_chains(stream, listed, conditions, book=store.book())
    exports.note(scope, count=len(listed), by=user_of(request))
    today = timezone.localdate()
    return spreadsheet(stream.getvalue(), f"chuoi-sap-dut-{about.year}-{today:%Y%m%d}.xlsx")


def _chains(request: HttpRequest) -> tuple[ScopeForm, Unit, Asked, list[tuple[Candidate, Chain]]]:
    today, book = timezone.localdate(), store.book()
    sight = Sight(user_of(request), today)
    scopes = scopes_of(sight)
    scope = scope_of(request, scopes)
    form = ScopeForm(request.GET, on=today, scopes=named(scopes))
    about = asked(form, book)
    found = queries.screening(
        scope, form.kind_asked(), year=about.year, book=book, on=about.day, sight=sight
    )
    words = fold(form.cleaned_data.get("q", "")).split()
    listed = [
        (candidate, chain)
        for candidate, chain in found.chains()
        if all(word in candidate.folded for word in words)
    ]
    return form, scope, about, listed


@dataclass(frozen=True)
class Count:
    """How many have a verdict, and the address of the rows."""

    verdict: str
    count: int
    address: str
    is_chosen: bool = False


def _counts(found: Screening, request: HttpRequest) -> list[list[tuple[str, list[Count]]]]:
    """By award the counts of each verdict, then those by merit that are met and to judge: awards
    that the register says something about, then the others."""
    by_verdict, by_merit = found.counts("as_read"), found.counts("merit")
    known = counted(found.book, found.on)
    groups: list[list[tuple[str, list[Count]]]] = [[], []]
    for code in found.awards:
        counts = [
            Count(verdict, by_verdict[code][verdict], _address(request, code, verdict))
            for verdict in ORDER
        ]
        for verdict in ("met", "judge"):
            address = _address(request, code, verdict, by="merit")
            counts.append(Count(verdict, by_merit[code][verdict], address))
        groups[code not in known].append((code, counts))
    return groups


def _tabs(found: Screening, request: HttpRequest, wanted: dict[str, str]) -> list[Count]:
    """The verdicts of the chosen award with their counts."""
    code = wanted.get("award")
    if not code or code not in found.awards:
        return []
    counts = found.counts("merit" if "by" in wanted else "as_read")[code]
    keep = wanted.get("by", "")
    tabs = [Count("", sum(counts.values()), _address(request, code, "", by=keep))]
    tabs += [
        Count(verdict, counts[verdict], _address(request, code, verdict, by=keep))
        for verdict in ORDER
    ]
    chosen = wanted.get("verdict", "")
    return [Count(each.verdict, each.count, each.address, each.verdict == chosen) for each in tabs]


def _address(request: HttpRequest, award: str, verdict: str, *, by: str = "") -> str:
    query = request.GET.copy()
    for name in ("page", "verdict", "by", "q"):
        query.pop(name, None)
    query["award"] = award
    for name, value in (("verdict", verdict), ("by", by)):
        if value:
            query[name] = value
    return "?" + query.urlencode()


def _told(found: Screening, rows: list[Row]) -> list[tuple[Row, str]]:
    """The rows with what each lacks, in a line."""
    told = found.told(rows)
    return [(row, summary(told[row.candidate.pk, row.award])) for row in rows]
