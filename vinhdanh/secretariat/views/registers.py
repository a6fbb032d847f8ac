"""The registers of numbers: what was given, to which paper, and whether any number is missing."""

import io
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from vinhdanh.common.refusal import Refused
from vinhdanh.documents.responses import spreadsheet
from vinhdanh.journal.queries import lines_about
from vinhdanh.secretariat import access
from vinhdanh.secretariat.actions import registers as actions
from vinhdanh.secretariat.forms.registers import ExplainForm, RegisterForm
from vinhdanh.secretariat.models import Register
from vinhdanh.secretariat.queries import registers as queries
from vinhdanh.secretariat.queries.papers import kind_choices
from vinhdanh.secretariat.queries.register_sheet import write_sheet
from vinhdanh.secretariat.rules.papers import spans
from vinhdanh.secretariat.views.offices import tabs, user_of

PER_PAGE = 100


@require_safe
def registers(request: HttpRequest) -> HttpResponse:
    """The registers of the offices that the user reads, as they stand this year."""
    today = timezone.localdate()
    seen = access.visible_registers(user_of(request), on=today)
    names = dict(kind_choices())
    found = list(queries.with_counts(seen, year=today.year).order_by("office", "name"))
    broken = queries.broken(seen, year=today.year)
    rows = [(one, [names[kind] for kind in one.kinds], one.pk in broken) for one in found]
    shown = {**tabs(request, "registers"), "rows": rows, "year": today.year}
    shown["several"] = len({one.office_id for one in found}) > 1
    return render(request, "secretariat/registers.html", shown)


@require_POST
def open_all(request: HttpRequest) -> HttpResponse:
    """Open the registers that are missing in the offices that the user runs."""
    at = timezone.now()
    offices = access.offices_run(user_of(request), on=timezone.localdate())
    get_object_or_404(offices[:1])
    opened = sum(actions.open_all(office, by=user_of(request), at=at) for office in offices)
    messages.success(request, _("Đã lập %(count)d sổ đăng ký.") % {"count": opened})
    return redirect("secretariat:registers")


@require_safe
def register(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A register in a year (`nam`): its numbers in order, and whether any is missing."""
    found, runs = _seen(request, pk)
    year = _year(request)
    taken = queries.numbers(found, year=year)
    page = Paginator(taken, PER_PAGE).get_page(request.GET.get("page"))
    names = dict(kind_choices())
    shown = {
        **tabs(request, "registers"),
        "register": found,
        "runs": runs,
        "kinds": [names[kind] for kind in found.kinds],
        "year": year,
        "years": queries.years(found, current=timezone.localdate().year),
        "page": page,
        "missing": spans(queries.unexplained(found, year=year)),
        "next": queries.next_of(found, year=year),
        "history": lines_about(found),
        "today": timezone.localdate(),
    }
    return render(request, "secretariat/register.html", shown)


def edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Name a register and choose the kinds that get their numbers in it."""
    found = _run(request, pk)
    form = RegisterForm(request.POST or None, register=found)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change(found, **form.cleaned_data, by=user_of(request), at=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã lưu sổ đăng ký."))
            return redirect("secretariat:register", found.pk)
    shown = {"register": found, "form": form}
    status = 422 if form.errors else 200
    return render(request, "secretariat/register_edit.html", shown, status=status)


def explain(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Record numbers of a year (`nam`) that were given outside of the system."""
    found, year = _run(request, pk), _year(request)
    first = queries.next_of(found, year=year)
    form = ExplainForm(request.POST or None, initial={"through": first})
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.explain(
                found, year=year, **form.cleaned_data, by=user_of(request), at=timezone.now()
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã ghi %(count)d số vào sổ.") % {"count": len(made)})
            return redirect(f"{_address(found)}?nam={year}")
    shown = {
        "register": found,
        "form": form,
        "year": year,
        "first": first,
        "back": f"{_address(found)}?nam={year}",
    }
    status = 422 if form.errors else 200
    return render(request, "secretariat/register_explain.html", shown, status=status)


@require_safe
def export(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A register of a year (`nam`) as a spreadsheet."""
    found, _runs = _seen(request, pk)
    year, stream = _year(request), io.BytesIO()
    write_sheet(stream, found, year=year, on=timezone.localdate())
    return spreadsheet(stream.getvalue(), f"so-dang-ky-{year}.xlsx")


def _seen(request: HttpRequest, pk: UUID) -> tuple[Register, bool]:
    """A register that the user may read, and whether they run its office; 404 to a stranger."""
    user, today = user_of(request), timezone.localdate()
    seen = access.visible_registers(user, on=today).select_related("office")
    found = get_object_or_404(seen, pk=pk)
    return found, access.runs(user, found.office, on=today)


def _run(request: HttpRequest, pk: UUID) -> Register:
    found, runs = _seen(request, pk)
    if not runs:
        raise Http404
    return found


def _year(request: HttpRequest) -> int:
    """The year that the address asks for (`nam`), the current one without."""
    asked = request.GET.get("nam", "")
    if not asked:
        return timezone.localdate().year
    if not (asked.isdecimal() and len(asked) == 4 and 2000 <= int(asked) <= 2100):
        raise Http404
    return int(asked)


def _address(register: Register) -> str:
    return reverse("secretariat:register", args=[register.pk])
