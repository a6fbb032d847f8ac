"""Everybody in a unit against every award, and the chains that the year would break."""

import io
from dataclasses import dataclass
from typing import BinaryIO

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from vinhdanh.accounts.models import User
from vinhdanh.common.refusal import Refused
from vinhdanh.common.vietnamese import fold
from vinhdanh.documents.models import Export
from vinhdanh.documents.responses import in_background, spreadsheet
from vinhdanh.documents.rules.exports import Sheet, Shown, Told
from vinhdanh.honours.actions import exports
from vinhdanh.honours.forms.screening import ScopeForm, ScreeningForm
from vinhdanh.honours.queries import screening as queries
from vinhdanh.honours.queries.eligibility import ORDER, counted, summary
from vinhdanh.honours.queries.screening import Candidate, Row, Rows, Screening
from vinhdanh.honours.queries.screening_sheet import write_chains, write_screening
from vinhdanh.honours.queries.sight import Sight
from vinhdanh.honours.rules.chains import Chain
from vinhdanh.honours.rules.deeds import SCREENING
from vinhdanh.honours.views.asked import (
    Asked,
    asked,
    conditions_in_words,
    named,
    scope_of,
    scopes_of,
    without_page,
)
from vinhdanh.honours.views.page import PER_PAGE, entitlement, still_entitled, user_of
from vinhdanh.law import store
from vinhdanh.people.models import Unit

# Lines that a person may be asked to wait for: their reasons take under a second.
AT_ONCE = 150


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
        "quota": queries.quota(found, about.scope) if found.kind == "person" else None,
        "query": without_page(request),
        "in_background": rows is not None and len(rows) > AT_ONCE,
    }
    return render(request, "honours/screening.html", shown)


def export(request: HttpRequest) -> HttpResponse:
    """The rows as a spreadsheet with their reasons: a few at once, many in the background."""
    user, today = user_of(request), timezone.localdate()
    about = question(request.GET, user)
    rows = about.rows
    if len(rows) > AT_ONCE:
        wanted = Export(
            kind=SCREENING,
            about=about.scope.pk,
            query=without_page(request),
            on=today,
            held=entitlement(user, on=today),
            line_count=len(rows),
            asked_by=user,
        )
        return in_background(request, wanted, at=timezone.now())
    stream = io.BytesIO()
    write_screening(stream, rows, about.conditions)
    exports.note_screening(about.scope, count=len(rows), by=user)
    return spreadsheet(stream.getvalue(), f"xet-dieu-kien-{about.asked.year}-{today:%Y%m%d}.xlsx")


def _write(export: Export, stream: BinaryIO, told: Told) -> tuple[str, int]:
    """Write a screening that was asked for; Refused to who may no longer ask about the unit."""
    try:
        about = question(QueryDict(export.query), export.asked_by)
    except Http404:
        raise Refused(_("Bạn không còn được xét điều kiện trong đơn vị này.")) from None
    rows = about.rows
    told.of(len(rows))
    count = write_screening(stream, rows, about.conditions, told=told)
    return f"xet-dieu-kien-{about.asked.year}-{export.on:%Y%m%d}.xlsx", count


def _is_seen(export: Export) -> bool:
    scopes = Sight(export.asked_by, timezone.localdate()).scopes()
    return scopes.filter(pk=export.about).exists() and still_entitled(export)


def _shown(export: Export) -> Shown:
    scope = Unit.objects.get(pk=export.about)
    return Shown(reverse("honours:screening"), _("Xét điều kiện"), ((_("Phạm vi"), scope.name),))


def _hand_out(export: Export) -> None:
    scope = Unit.objects.get(pk=export.about)
    exports.note_screening(scope, count=export.line_count or 0, by=export.asked_by)


SCREENING_SHEET = Sheet(write=_write, is_seen=_is_seen, shown=_shown, hand_out=_hand_out)


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
    exports.note_screening(scope, count=len(listed), by=user_of(request))
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
