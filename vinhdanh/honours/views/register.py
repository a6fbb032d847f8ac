"""The register as a list, and one fact of it."""

import io
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, BinaryIO
from uuid import UUID

from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tables2 import RequestConfig

from vinhdanh.accounts.models import User
from vinhdanh.documents.models import Export
from vinhdanh.documents.responses import download, in_background, spreadsheet
from vinhdanh.documents.rules.exports import Sheet, Shown, Told
from vinhdanh.honours import access
from vinhdanh.honours.actions import exports, looks
from vinhdanh.honours.filters import RegisterFilter
from vinhdanh.honours.forms.register import NAMES, TYPED
from vinhdanh.honours.models import Conferral, Fact
from vinhdanh.honours.queries.bonuses import of_conferral
from vinhdanh.honours.queries.register import KINDS, address, versions
from vinhdanh.honours.queries.search import MOST, CappedPaginator
from vinhdanh.honours.queries.sheet import write_register
from vinhdanh.honours.rules.deeds import REGISTER
from vinhdanh.honours.tables import RegisterTable
from vinhdanh.honours.views.asked import without_page
from vinhdanh.honours.views.page import (
    PER_PAGE,
    entitlement,
    must_be_entitled,
    noted_at,
    still_entitled,
    user_of,
    whole,
)
from vinhdanh.journal import queries as journal
from vinhdanh.law import store
from vinhdanh.people import access as people
from vinhdanh.people.models import Unit
from vinhdanh.people.queries import valid_on

# Lines that a person may be asked to wait for.
AT_ONCE = 3_000


def register(request: HttpRequest) -> HttpResponse:
    """The awards that one may see, the latest first."""
    user, today = user_of(request), timezone.localdate()
    chosen, table = _chosen(request.GET, user, on=today)
    pages = partial(CappedPaginator, known=chosen.known)
    RequestConfig(
        request, paginate={"per_page": PER_PAGE, "silent": True, "paginator_class": pages}
    ).configure(table)
    query = request.GET.copy()
    query.pop("page", None)
    wide = query.copy()
    wide["anywhere"] = "true"
    shown = {
        "filter": chosen,
        "table": table,
        "query": query.urlencode(),
        "wide": wide.urlencode() if query.get("q") and not query.get("anywhere") else "",
        "most": MOST,
        "more": table.paginator.more,
        "today": today,
        "keeps": access.offices_kept(user, on=today).exists(),
    }
    return render(request, "honours/register.html", shown)


def export(request: HttpRequest) -> HttpResponse:
    """What the list shows as a spreadsheet, all its pages: a short one at once, a long one in the
    background."""
    user, today = user_of(request), timezone.localdate()
    facts, conditions = _listed(request.GET, user, on=today)
    count = len(facts.order_by().values_list("pk")[: AT_ONCE + 1])
    office = noted_at(user, on=today)
    if count > AT_ONCE and office is not None:
        wanted = Export(
            kind=REGISTER,
            about=office.pk,
            query=without_page(request),
            on=today,
            held=entitlement(user, on=today),
            asked_by=user,
        )
        return in_background(request, wanted, at=timezone.now())
    stream = io.BytesIO()
    write_register(stream, facts, conditions, book=store.book(), on=today)
    if office is not None:
        exports.note_register(office, count=count, by=user)
    return spreadsheet(stream.getvalue(), f"so-khen-thuong-{today:%Y%m%d}.xlsx")


def _write(export: Export, stream: BinaryIO, told: Told) -> tuple[str, int]:
    """Write the list that was asked for, as whoever asked sees it; Refused to who lost a role."""
    must_be_entitled(export)
    facts, conditions = _listed(QueryDict(export.query), export.asked_by, on=export.on)
    told.of(facts.order_by().count())
    count = write_register(stream, facts, conditions, book=store.book(), on=export.on, told=told)
    return f"so-khen-thuong-{export.on:%Y%m%d}.xlsx", count


def _hand_out(export: Export) -> None:
    office = Unit.objects.get(pk=export.about)
    exports.note_register(office, count=export.line_count or 0, by=export.asked_by)


REGISTER_SHEET = Sheet(
    write=_write,
    is_seen=still_entitled,
    shown=lambda _export: Shown(reverse("honours:register"), _("Sổ khen thưởng")),
    hand_out=_hand_out,
)


def _listed(query: QueryDict, user: User, *, on: date) -> tuple[QuerySet[Conferral], list[str]]:
    """The awards that the list shows for an address, all its pages, and its conditions in words."""
    chosen, table = _chosen(query, user, on=on, most=None)
    conditions = whole(table, chosen, query)
    return table.data.data, conditions


def conferral(request: HttpRequest, pk: UUID) -> HttpResponse:
    return fact(request, "khen-thuong", pk)


def fact(request: HttpRequest, kind: str, pk: UUID) -> HttpResponse:
    """One fact: what it says, where it comes from, how it was corrected."""
    user, today = user_of(request), timezone.localdate()
    found = visible_fact(request, kind, pk)
    if type(found) in access.CONFIDENTIAL:
        looks.note_confidential(found.person or found.unit or found.office, by=user)
    seen = access.visible_facts(type(found), user, on=today)
    chain = versions(found)
    keys = set(seen.filter(pk__in=[each.pk for each in chain]).values_list("pk", flat=True))
    shown_versions = [_version(each, keys) for each in chain if each.pk in keys]
    keeps = access.keeps_register(user, found.office, on=today)
    shown = {
        "fact": found,
        "kind": kind,
        "says": said(found),
        "versions": shown_versions,
        "standing": next((each for each in chain if each.withdrawn_at is None), None),
        "standing_address": _standing_address(chain, keys),
        "recipient": found.person or found.unit or found.household,
        "keeps": keeps and found.withdrawn_at is None,
        "opens_file": found.origin.file is not None and _opens_file(request, found),
        "lines": journal.lines_about(*chain) if keeps else None,
    }
    if isinstance(found, Conferral):
        shown["bonus"] = of_conferral(found, seen_by=user, book=store.book(), on=today)
    return render(request, "honours/conferral.html", shown)


def origin_file(request: HttpRequest, kind: str, pk: UUID) -> FileResponse:
    """The file a fact was read from; it may tell of many, so only for who sees the whole register
    of the office."""
    found = visible_fact(request, kind, pk)
    if found.origin.file is None or not _opens_file(request, found):
        raise Http404
    return download(found.origin.file, in_page=True)


def visible_fact(request: HttpRequest, kind: str, pk: UUID) -> Fact:
    """The fact of the address, for whoever may see it; 404 to everybody else."""
    if kind not in KINDS:
        raise Http404
    facts = access.visible_facts(KINDS[kind], user_of(request), on=timezone.localdate())
    related = ("person", "unit", "household", "office", "origin__file", "origin__line")
    people_of = ("recorded_by", "withdrawn_by", "replaces")
    found: Fact = get_object_or_404(facts.select_related(*related, *people_of), pk=pk)
    return found


def said(found: Fact) -> list[tuple[str, Any]]:
    """What a fact says, label by label, in the words of the screen; what it leaves open is left
    out."""
    book = store.book()
    rows: list[tuple[str, Any]] = []
    for name in (*NAMES, *TYPED[type(found)]):
        value = getattr(found, name)
        if name == "award" and value in book.awards:
            value = book.awards[value].name
        display = getattr(found, f"get_{name}_display", None)
        shown = display() if display else value
        if shown not in ("", None):
            label = getattr(found._meta.get_field(name), "verbose_name", name)
            rows.append((str(label), shown))
    return rows


@dataclass(frozen=True)
class Version:
    """A fact as recorded once, and in what it differs from the one it replaced: label, before,
    after; nothing where that is not seen, as one that was about somebody else."""

    fact: Fact
    changes: list[tuple[str, Any, Any]]


def _version(found: Any, seen: Collection[UUID]) -> Version:
    before = found.replaces if found.replaces_id in seen else None
    return Version(found, differences(before, found) if before else [])


def differences(before: Fact, after: Fact) -> list[tuple[str, Any, Any]]:
    """In what two facts of one kind differ: label, before, after; "–" for nothing."""
    then, now = dict(said(before)), dict(said(after))
    rows = [
        (label, then.get(label, "–"), now.get(label, "–"))
        for label in dict.fromkeys([*then, *now])
        if then.get(label) != now.get(label)
    ]
    was, is_now = (each.person or each.unit or each.household for each in (before, after))
    if was != is_now:
        rows.insert(0, (_("Của"), was, is_now))
    return rows


def _standing_address(chain: list[Any], keys: set[Any]) -> str:
    """Where what stands instead of a withdrawn fact is shown; "" where nothing does."""
    stands = next((each for each in chain if each.withdrawn_at is None), None)
    return address(stands) if stands is not None and stands.pk in keys else ""


def _opens_file(request: HttpRequest, found: Fact) -> bool:
    return access.sees_disciplines(user_of(request), found.office, on=timezone.localdate())


def _chosen(
    query: QueryDict, user: User, *, on: date, most: int | None = MOST + 1
) -> tuple[RegisterFilter, RegisterTable]:
    book = store.book()
    covered = people.covered(user, (*people.OVERSEES, *access.ACTS), on=on)
    scope = access.scope(user, on=on)
    chosen = RegisterFilter(
        query,
        queryset=scope.conferrals,
        on=on,
        book=book,
        units=covered.filter(valid_on(on)),
        few=scope.few,
        most=most,
    )
    facts = chosen.qs.order_by("-year", "sort_key", "pk")
    return chosen, RegisterTable(facts, book=book)
