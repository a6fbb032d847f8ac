"""The record of a person, a unit or a household year by year."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date

from vinhdanh.honours import access
from vinhdanh.honours.actions import looks
from vinhdanh.honours.models import Conferral
from vinhdanh.honours.queries import bonuses
from vinhdanh.honours.queries import timeline as queries
from vinhdanh.honours.queries.register import end_of
from vinhdanh.honours.queries.traits import declared_of
from vinhdanh.honours.views.page import user_of
from vinhdanh.law import store
from vinhdanh.people.models import Person


def mine(request: HttpRequest) -> HttpResponse:
    """The own record; whoever is nobody in the list of persons is told so."""
    found = Person.objects.filter(user_id=user_of(request).pk).first()
    if found is None:
        return render(request, "honours/nobody.html")
    return redirect("honours:person", found.pk)


def person(request: HttpRequest, pk: UUID) -> HttpResponse:
    user, today = user_of(request), timezone.localdate()
    found = get_object_or_404(access.visible_persons(user, on=today), pk=pk)
    day = _asked_day(request)
    line = queries.of_person(
        found, seen_by=user, book=store.book(), on=today, as_of=end_of(day) if day else None
    )
    if line.shows_confidential:
        looks.note_confidential(found, by=user)
    shown = {
        "person": found,
        "own": found.user_id == user.pk,
        "posts": queries.posts_on(found, on=today),
        "chosen": f"person={found.pk}",
    }
    return _page(request, "honours/person.html", shown, line, day, on=today)


def unit(request: HttpRequest, pk: UUID) -> HttpResponse:
    user, today = user_of(request), timezone.localdate()
    visible = access.visible_units(user, on=today)
    found = get_object_or_404(visible.select_related("parent"), pk=pk)
    day = _asked_day(request)
    line = queries.of_unit(
        found, seen_by=user, book=store.book(), on=today, as_of=end_of(day) if day else None
    )
    if line.shows_confidential:
        looks.note_confidential(found, by=user)
    shown: dict[str, Any] = {
        "unit": found,
        "successors": found.successors.all(),
        # One of the heirs may be another's.
        "opened": set(visible.filter(predecessors=found).values_list("pk", flat=True)),
        "chosen": f"unit={found.pk}",
    }
    if day is None:
        shown["traits"] = declared_of(found, book=store.book())
        shown["declares"] = access.declares_of(user, found, on=today)
    return _page(request, "honours/unit.html", shown, line, day, on=today)


def household(request: HttpRequest, pk: UUID) -> HttpResponse:
    user, today = user_of(request), timezone.localdate()
    visible = access.visible_households(user, on=today).select_related("office")
    found = get_object_or_404(visible, pk=pk)
    day = _asked_day(request)
    line = queries.of_household(found, book=store.book(), as_of=end_of(day) if day else None)
    shown = {"household": found, "chosen": f"household={found.pk}"}
    return _page(request, "honours/household.html", shown, line, day, on=today)


def _page(
    request: HttpRequest,
    template: str,
    shown: dict[str, Any],
    line: queries.Timeline,
    day: date | None,
    *,
    on: date,
) -> HttpResponse:
    facts = [event.fact for year in line.years for event in year.events]
    conferred = [fact for fact in facts if isinstance(fact, Conferral)]
    shown |= {
        "timeline": line,
        "bonuses": bonuses.of_record(conferred, book=store.book()),
        "as_of": day,
        "today": on,
        "keeps": access.offices_kept(user_of(request), on=on).exists(),
    }
    return render(request, template, shown)


def _asked_day(request: HttpRequest) -> date | None:
    """The day as of which the register is read; 404 for what is no day."""
    asked = request.GET.get("as_of", "")
    if not asked:
        return None
    try:
        day = parse_date(asked)
    except ValueError:
        day = None
    if day is None:
        raise Http404
    return day
