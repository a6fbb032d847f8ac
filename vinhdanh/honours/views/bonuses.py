"""The bonuses of the awards in the register: how much, which are paid, what a person must judge."""

import io
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tables2 import RequestConfig

from vinhdanh.accounts.models import User
from vinhdanh.documents.models import Export
from vinhdanh.documents.responses import in_background, spreadsheet
from vinhdanh.documents.rules.exports import Sheet, Shown, Told
from vinhdanh.honours import access
from vinhdanh.honours.actions import exports
from vinhdanh.honours.filters import BonusFilter
from vinhdanh.honours.queries import bonuses as queries
from vinhdanh.honours.queries.bonus_sheet import summed, write_bonuses
from vinhdanh.honours.rules.deeds import BONUSES
from vinhdanh.honours.tables import BonusTable
from vinhdanh.honours.templatetags.bonuses import VERDICTS
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
from vinhdanh.law import store
from vinhdanh.people import access as people
from vinhdanh.people.models import Unit
from vinhdanh.people.queries import valid_on

# So many awards are reckoned while one waits, a second's work; whoever wants more narrows the list.
MOST = 10_000
# Lines written as a spreadsheet while one waits.
AT_ONCE = 2_000
# Lines on one page for printing.
PRINTED = 1_000


@dataclass(frozen=True)
class Listed:
    """The bonuses that an address asks for: `lines` of every verdict in the table's order, those of
    the verdict asked for in `table`; none of them where there are more than MOST."""

    filter: BonusFilter
    table: BonusTable
    lines: list[queries.Line]
    is_cut: bool

    @property
    def chosen(self) -> list[queries.Line]:
        """The lines of the table in its order, all its pages."""
        return [row.record for row in self.table.rows]


def bonuses(request: HttpRequest) -> HttpResponse:
    """The bonuses of the awards that one may see, decided in a year; the latest unless asked."""
    user, today = user_of(request), timezone.localdate()
    listed = _listed(request.GET, user, on=today)
    is_whole = "all" in request.GET and len(listed.table.data) <= PRINTED
    paginate = {"per_page": PRINTED if is_whole else PER_PAGE, "silent": True}
    RequestConfig(request, paginate=paginate).configure(listed.table)
    sums, by_award, by_unit = queries.totals(listed.lines)
    book = store.book()
    shown = {
        "filter": listed.filter,
        "table": listed.table,
        "is_cut": listed.is_cut,
        "most": MOST,
        "is_whole": is_whole,
        "may_be_whole": PER_PAGE < len(listed.table.data) <= PRINTED,
        "is_long": len(listed.table.data) > AT_ONCE,
        "whole": sums,
        "totals": [(_("Danh hiệu, hình thức"), by_award), (_("Đơn vị khi đó"), by_unit)],
        "query": without_page(request),
        "rules": [rule for code in ("TH_07", "TH_11") if (rule := book.rule(code, today))],
        "today": today,
    }
    return render(request, "honours/bonuses.html", shown)


def export(request: HttpRequest) -> HttpResponse:
    """What the list shows as a spreadsheet, all its pages: a short one at once, a long one in the
    background."""
    user, today = user_of(request), timezone.localdate()
    listed = _listed(request.GET, user, on=today)
    office = noted_at(user, on=today)
    if listed.is_cut:
        return bonuses(request)
    if len(listed.table.data) > AT_ONCE and office is not None:
        wanted = Export(
            kind=BONUSES,
            about=office.pk,
            query=without_page(request),
            on=today,
            held=entitlement(user, on=today),
            line_count=len(listed.table.data),
            asked_by=user,
        )
        return in_background(request, wanted, at=timezone.now())
    stream = io.BytesIO()
    count = _write_list(stream, listed, request.GET, on=today)
    if office is not None:
        exports.note_bonuses(office, count=count, by=user)
    return spreadsheet(stream.getvalue(), f"tien-thuong-{today:%Y%m%d}.xlsx")


def _write(asked: Export, stream: BinaryIO, told: Told) -> tuple[str, int]:
    """Write the list that was asked for, as whoever asked sees it; Refused to who lost a role."""
    must_be_entitled(asked)
    query = QueryDict(asked.query)
    listed = _listed(query, asked.asked_by, on=asked.on)
    told.of(len(listed.table.data))
    count = _write_list(stream, listed, query, on=asked.on, told=told)
    return f"tien-thuong-{asked.on:%Y%m%d}.xlsx", count


def _hand_out(asked: Export) -> None:
    office = Unit.objects.get(pk=asked.about)
    exports.note_bonuses(office, count=asked.line_count or 0, by=asked.asked_by)


BONUS_SHEET = Sheet(
    write=_write,
    is_seen=still_entitled,
    shown=lambda _export: Shown(reverse("honours:bonuses"), _("Tiền thưởng")),
    hand_out=_hand_out,
)


def _write_list(
    stream: BinaryIO,
    listed: Listed,
    query: QueryDict,
    *,
    on: date,
    told: Told | None = None,
) -> int:
    conditions = whole(listed.table, listed.filter, query)
    lines = listed.chosen
    sums = queries.totals(lines)[0]
    above = [
        _("Điều kiện lọc: %(chosen)s") % {"chosen": "; ".join(conditions) or _("không")},
        _("Lập ngày %(day)s") % {"day": f"{on:%d/%m/%Y}"},
        summed(sums.count, sums.certain, sums.judge),
    ]
    return write_bonuses(stream, lines, above, verdicts=VERDICTS, told=told or _untold)


def _untold(_count: int) -> None:
    """Nobody waits for how far it is."""


def _listed(query: QueryDict, user: User, *, on: date) -> Listed:
    book = store.book()
    scope = access.scope(user, on=on)
    asked = query.copy()
    if "year" not in asked:
        asked["year"] = str(queries.latest_year(scope.conferrals) or on.year)
    covered = people.covered(user, (*people.OVERSEES, *access.ACTS), on=on)
    chosen = BonusFilter(
        asked,
        queryset=scope.conferrals,
        on=on,
        book=book,
        units=covered.filter(valid_on(on)),
        few=scope.few,
        most=None,
    )
    wanted = queries.rows(chosen.qs.order_by("sort_key", "-year", "pk"), most=MOST + 1)
    is_cut = len(wanted) > MOST
    lines = [] if is_cut else queries.lines(wanted, seen_by=user, book=book, on=on)
    verdict = chosen.form.cleaned_data.get("verdict")
    shown = [line for line in lines if not verdict or line.verdict == verdict]
    return Listed(chosen, BonusTable(shown), lines, is_cut)
