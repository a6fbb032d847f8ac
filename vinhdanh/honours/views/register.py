"""The register as a list, and one fact of it."""

import io
from collections.abc import Collection
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tables2 import RequestConfig

from vinhdanh.common.templatetags.ui import filter_chips
from vinhdanh.documents.responses import download, spreadsheet
from vinhdanh.honours import access
from vinhdanh.honours.actions import looks
from vinhdanh.honours.filters import RegisterFilter
from vinhdanh.honours.forms.register import NAMES, TYPED
from vinhdanh.honours.models import Conferral, Fact
from vinhdanh.honours.queries.register import KINDS, address, versions
from vinhdanh.honours.queries.search import MOST, CappedPaginator
from vinhdanh.honours.queries.sheet import write_register
from vinhdanh.honours.tables import RegisterTable
from vinhdanh.honours.views.page import PER_PAGE, user_of
from vinhdanh.journal import queries as journal
from vinhdanh.law import store
from vinhdanh.people import access as people
from vinhdanh.people.queries import valid_on

# So many lines are written while one waits; whoever wants more narrows the list.
MOST_EXPORTED = 20_000


def register(request: HttpRequest) -> HttpResponse:
    """The awards that one may see, the latest first."""
    user, today = user_of(request), timezone.localdate()
    chosen, table = _chosen(request)
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
    """What the list shows as a spreadsheet, all its pages."""
    user, today = user_of(request), timezone.localdate()
    chosen, table = _chosen(request, most=None)
    RequestConfig(request, paginate=False).configure(table)
    facts: QuerySet[Conferral] = table.data.data
    count = len(facts.order_by().values_list("pk")[: MOST_EXPORTED + 1])
    if count > MOST_EXPORTED:
        shown = {"most": MOST_EXPORTED, "query": request.GET.urlencode()}
        return render(request, "honours/export_too_long.html", shown, status=422)
    chips = filter_chips({"request": request}, chosen)  # type: ignore[arg-type]
    stream = io.BytesIO()
    conditions = [f"{each.label}: {each.text}" for each in chips]
    write_register(stream, facts, conditions, book=store.book(), on=today)
    office = access.offices_overseen(user, on=today).first()
    office = office or people.acted_for(user, on=today).first()
    if office is not None:
        looks.note_export(office, count=count, by=user)
    return spreadsheet(stream.getvalue(), f"so-khen-thuong-{today:%Y%m%d}.xlsx")


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
    request: HttpRequest, *, most: int | None = MOST + 1
) -> tuple[RegisterFilter, RegisterTable]:
    user, today = user_of(request), timezone.localdate()
    book = store.book()
    covered = people.covered(user, (*people.OVERSEES, *access.ACTS), on=today)
    scope = access.scope(user, on=today)
    chosen = RegisterFilter(
        request.GET,
        queryset=scope.conferrals,
        on=today,
        book=book,
        units=covered.filter(valid_on(today)),
        few=scope.few,
        most=most,
    )
    facts = chosen.qs.order_by("-year", "sort_key", "pk")
    return chosen, RegisterTable(facts, book=book)
