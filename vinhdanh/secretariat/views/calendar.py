"""The calendar of working days: seen by everybody, entered by whoever runs an office."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from vinhdanh.common.calendar import FIRST_YEAR, LAST_YEAR
from vinhdanh.common.refusal import Refused
from vinhdanh.documents.responses import spreadsheet
from vinhdanh.secretariat import access
from vinhdanh.secretariat.actions import calendar as actions
from vinhdanh.secretariat.forms.calendar import SpecialDaysForm
from vinhdanh.secretariat.models import SpecialDay
from vinhdanh.secretariat.queries import calendar as queries
from vinhdanh.secretariat.views.offices import user_of

_MOST_LINES = 20


def calendar(request: HttpRequest) -> HttpResponse:
    """The twelve months of a year, and its days off and days worked in exchange with reasons."""
    today, number = timezone.localdate(), _year(request)
    edits = access.edits_the_calendar(user_of(request), on=today)
    shown = {
        "shown": queries.year(number),
        "today": today,
        "weekdays": _weekdays(),
        "before": number - 1 if number > FIRST_YEAR else None,
        "after": number + 1 if number < LAST_YEAR else None,
        "edits": edits,
        "history": queries.lines()[:_MOST_LINES] if edits else [],
    }
    return render(request, "secretariat/calendar.html", shown)


def calendar_file(request: HttpRequest) -> HttpResponse:
    """The year as an iCalendar file."""
    number = _year(request)
    content = queries.as_calendar_file(queries.year(number))
    return _download(content, "text/calendar; charset=utf-8", f"lich-lam-viec-{number}.ics")


def calendar_sheet(request: HttpRequest) -> HttpResponse:
    """The year as a spreadsheet."""
    number = _year(request)
    content = queries.as_spreadsheet(queries.year(number))
    return spreadsheet(content, f"lich-lam-viec-{number}.xlsx")


def calendar_new(request: HttpRequest) -> HttpResponse:
    """Enter days off or working days."""
    _only_editors(request)
    form = SpecialDaysForm(request.POST or None)
    done = _done(
        request,
        form,
        lambda given: actions.announce(**given, by=user_of(request), at=timezone.now()),
        _("Đã nhập vào lịch làm việc."),
    )
    return done or _page(request, form, _("Nhập ngày nghỉ, ngày làm bù"), _("Nhập vào lịch"))


def calendar_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change days that were entered, or why."""
    run = _run(request, pk)
    initial = {
        "kind": run.kind,
        "first_on": run.first,
        "last_on": run.last,
        "name": run.name,
        "source": run.source,
    }
    form = SpecialDaysForm(request.POST or None, initial=initial)
    done = _done(
        request,
        form,
        lambda given: actions.change(run.days, **given, by=user_of(request), at=timezone.now()),
        _("Đã sửa lịch làm việc."),
    )
    return done or _page(request, form, _("Sửa ngày nghỉ, ngày làm bù"), _("Lưu"), run.first.year)


def calendar_remove(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take back days that were entered, after asking."""
    run = _run(request, pk)
    address = _address(run.first.year)
    if request.method == "POST":
        try:
            actions.remove(run.days, by=user_of(request), at=timezone.now())
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Đã xóa khỏi lịch làm việc."))
        return redirect(address)
    return render(request, "secretariat/calendar_remove.html", {"run": run, "cancel_url": address})


def _weekdays() -> list[tuple[str, str]]:
    """The days of the week from Monday on, in full and short."""
    return [
        (_("thứ Hai"), "T2"),
        (_("thứ Ba"), "T3"),
        (_("thứ Tư"), "T4"),
        (_("thứ Năm"), "T5"),
        (_("thứ Sáu"), "T6"),
        (_("thứ Bảy"), "T7"),
        (_("Chủ nhật"), "CN"),
    ]


def _year(request: HttpRequest) -> int:
    """The year in the address; this year when there is none that the calendar has."""
    asked = request.GET.get("nam", "")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else 0
    return number if FIRST_YEAR <= number <= LAST_YEAR else timezone.localdate().year


def _only_editors(request: HttpRequest) -> None:
    if not access.edits_the_calendar(user_of(request), on=timezone.localdate()):
        raise Http404


def _run(request: HttpRequest, pk: UUID) -> queries.Run:
    _only_editors(request)
    return queries.run_of(get_object_or_404(SpecialDay, pk=pk))


def _address(year: int) -> str:
    return f"{reverse('secretariat:calendar')}?nam={year}"


def _done(
    request: HttpRequest,
    form: SpecialDaysForm,
    act: Callable[[dict[str, Any]], list[SpecialDay]],
    sentence: str,
) -> HttpResponse | None:
    """On to the year of what was entered; None when there is nothing to do, or it was refused."""
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        entered = act(form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None
    messages.success(request, sentence)
    return redirect(_address(entered[0].day.year))


def _page(
    request: HttpRequest, form: SpecialDaysForm, heading: str, submit: str, year: int | None = None
) -> HttpResponse:
    shown = {
        "form": form,
        "heading": heading,
        "submit": submit,
        "cancel_url": _address(year or _year(request)),
    }
    status = 422 if form.errors else 200
    return render(request, "secretariat/calendar_form.html", shown, status=status)


def _download(content: bytes, media_type: str, name: str) -> HttpResponse:
    return HttpResponse(
        content,
        content_type=media_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
