"""What I am reminded of, what the office decides about that, and what is said in the next weeks."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vinhdanh.common.refusal import Refused
from vinhdanh.common.templatetags.ui import filter_chips
from vinhdanh.documents.responses import spreadsheet
from vinhdanh.people import access as people
from vinhdanh.people.models import Unit
from vinhdanh.plans.actions import reminders as actions
from vinhdanh.plans.forms.reminders import ActiveForm, PreviewForm, steps_form
from vinhdanh.plans.queries import reminder_preview, reminders
from vinhdanh.plans.rules import reminders as rules
from vinhdanh.plans.rules.reminders import Duty
from vinhdanh.plans.views.work import user_of

PER_PAGE = 50
ROWS = 30
NAMED = 4
AHEAD = timedelta(days=7)
AHEAD_NAMED = 5
# Things said that one spreadsheet holds; more than that takes too long to wait for.
MOST_IN_A_SHEET = 5_000


def my_reminders(request: HttpRequest) -> HttpResponse:
    """What I am reminded of today, as it stands now, and what is to come in the next days."""
    user, today = user_of(request), timezone.localdate()
    found = reminders.reminders_of(user, on=today, until=today + AHEAD)
    now = [each for each in found if each.moment.day == today]
    places = {urgency: place for place, urgency in enumerate(rules.Urgency)}
    now.sort(key=lambda each: places[each.urgency(on=today)])
    page = Paginator(now, PER_PAGE).get_page(request.GET.get("page"))
    ahead: dict[date, list[reminders.Reminder]] = {}
    for each in found:
        if each.moment.day > today:
            ahead.setdefault(each.moment.day, []).append(each)
    told = [*page, *(each for mine in ahead.values() for each in mine[:AHEAD_NAMED])]
    lines = iter(reminders.in_words(told))
    shown = {
        "today": today,
        "tab": "mine",
        "page": page,
        "groups": [
            (_(rules.URGENCIES[urgency]), group)
            for urgency, group in reminders.grouped([next(lines) for _each in page], on=today)
        ],
        "ahead": [
            (day, [next(lines) for _each in mine[:AHEAD_NAMED]], len(mine) - AHEAD_NAMED)
            for day, mine in ahead.items()
        ],
        "office": _offices(request).first(),
        "is_working_day": reminders.is_working_day(today),
    }
    return render(request, "plans/reminders.html", shown)


def policies(request: HttpRequest, pk: UUID | None = None) -> HttpResponse:
    """When an office reminds whom of each kind of duty."""
    office = _office(request, pk)
    found = reminders.policies([office.pk])[office.pk]
    shown = {**_around(request, office, "policies"), "policies": map(_policy, found.values())}
    return render(request, "plans/reminder_policies.html", shown)


def policy(request: HttpRequest, pk: UUID, duty: str) -> HttpResponse:
    """Edit when an office reminds of one kind of duty."""
    office, kind = _office(request, pk), _duty(duty)
    current = reminders.policies([office.pk])[office.pk][kind]
    posted = request.POST if request.method == "POST" else None
    active = ActiveForm(posted, initial={"active": current.active})
    rows = steps_form(kind, current.steps, posted)
    refused = ""
    if posted is not None and active.is_valid() and rows.is_valid():
        try:
            actions.edit_policy(
                office,
                kind,
                steps=rows.steps(),
                active=active.cleaned_data["active"],
                by=user_of(request),
                at=timezone.now(),
            )
        except Refused as refusal:
            refused = str(refusal)
        else:
            messages.success(request, _("Đã lưu chính sách nhắc việc."))
            return redirect("plans:reminder_policies", office.pk)
    shown = {
        **_around(request, office, "policies"),
        **_policy(current),
        "active": active,
        "rows": rows,
        "refused": refused,
    }
    return render(request, "plans/reminder_policy.html", shown)


@require_POST
def reset(request: HttpRequest, pk: UUID, duty: str) -> HttpResponse:
    """Let the default hold again for one kind of duty."""
    office, kind = _office(request, pk), _duty(duty)
    actions.reset_policy(office, kind, by=user_of(request), at=timezone.now())
    messages.success(request, _("Đã đưa về mặc định."))
    return redirect("plans:reminder_policies", office.pk)


@dataclass(frozen=True)
class _Chosen:
    """A form that chooses what a list shows, as the piece of filters takes it."""

    form: forms.Form


def preview(request: HttpRequest, pk: UUID | None = None) -> HttpResponse:
    """Who gets what on which day of the next thirty, if everything stays as it is now."""
    office, today = _office(request, pk), timezone.localdate()
    chosen, rows = _previewed(request, office, on=today)
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    named = None if page.paginator.count == 1 else NAMED
    lines = iter(reminders.in_words([each for row in page for each in row.reminders[:named]]))
    shown = {
        **_around(request, office, "preview"),
        "today": today,
        "until": today + timedelta(days=reminder_preview.DAYS - 1),
        "filter": chosen,
        "page": page,
        "rows": [
            (
                row,
                [next(lines) for _each in row.reminders[:named]],
                len(row.reminders) - NAMED if named else 0,
            )
            for row in page
        ],
        "counts": reminder_preview.counts(rows),
        "query": _without_page(request),
    }
    return render(request, "plans/reminder_preview.html", shown)


def preview_export(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What the preview shows, all its pages, as a spreadsheet."""
    office, today = _office(request, pk), timezone.localdate()
    chosen, rows = _previewed(request, office, on=today)
    count = reminder_preview.counts(rows).reminders
    if count > MOST_IN_A_SHEET:
        sentence = _(
            "Có %(count)d lời nhắc, quá nhiều cho một bảng tính; hãy lọc bớt rồi xuất lại."
        )
        messages.error(request, sentence % {"count": count})
        return redirect(f"{request.path.removesuffix('xlsx/')}?{_without_page(request)}")
    chips = filter_chips({"request": request}, chosen)  # type: ignore[arg-type]
    conditions = [f"{each.label}: {each.text}" for each in chips]
    content = reminder_preview.sheet(rows, office, conditions, on=today)
    return spreadsheet(content, f"nhac-viec-{today:%Y%m%d}.xlsx")


def _previewed(
    request: HttpRequest, office: Unit, *, on: date
) -> tuple[_Chosen, list[reminder_preview.Row]]:
    found = reminders.preview(office, on=on, days=reminder_preview.DAYS)
    told = reminder_preview.persons(found)
    form = PreviewForm(request.GET, units=reminder_preview.units(found), persons=told)
    given: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    rows = reminder_preview.rows(
        found,
        told,
        unit=UUID(given["unit"]) if given.get("unit") else None,
        person=UUID(given["person"]) if given.get("person") else None,
        duty=Duty(given["duty"]) if given.get("duty") else None,
        day=given.get("day"),
        by_person=given.get("order") == "person",
    )
    return _Chosen(form), rows


def _offices(request: HttpRequest) -> Any:
    """The offices whose reminders the user decides about."""
    return people.offices_run(user_of(request), on=timezone.localdate())


def _office(request: HttpRequest, pk: UUID | None) -> Unit:
    """The office asked for, or the first one that the user runs; 404 to whoever runs none."""
    offices = _offices(request)
    office = offices.first() if pk is None else get_object_or_404(offices, pk=pk)
    if office is None:
        raise Http404
    return office


def _around(request: HttpRequest, office: Unit, tab: str) -> dict[str, Any]:
    return {"office": office, "offices": list(_offices(request)), "tab": tab}


def _duty(code: str) -> Duty:
    if code not in set(Duty):
        raise Http404
    return Duty(code)


def _policy(found: reminders.Policy) -> dict[str, Any]:
    """A policy in words."""
    steps = []
    for step in found.steps:
        sentence, values = rules.why(found.duty, step)
        whom = [_(name) for each, name in rules.WHOM_NAMES.items() if each in step.to]
        steps.append((_(sentence) % values, ", ".join(whom)))
    return {
        "policy": found,
        "duty": found.duty,
        "name": _(rules.NAMES[found.duty]),
        "meaning": _(rules.MEANINGS[found.duty]),
        "steps": steps,
    }


def _without_page(request: HttpRequest) -> str:
    query = request.GET.copy()
    query.pop("page", None)
    return query.urlencode()
