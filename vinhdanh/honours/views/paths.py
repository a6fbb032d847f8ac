"""The way of a person or a unit to each award, the years to come played through."""

from itertools import groupby
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from vinhdanh.honours import access
from vinhdanh.honours.rules import paths as rules
from vinhdanh.honours.views.eligibility import elsewhere, is_appraised, known
from vinhdanh.honours.views.page import user_of
from vinhdanh.law import store
from vinhdanh.people.models import Person, Unit

HORIZON = 15


def person(request: HttpRequest, pk: UUID) -> HttpResponse:
    visible = access.visible_persons(user_of(request), on=timezone.localdate())
    return _page(request, get_object_or_404(visible, pk=pk))


def unit(request: HttpRequest, pk: UUID) -> HttpResponse:
    visible = access.visible_units(user_of(request), on=timezone.localdate())
    return _page(request, get_object_or_404(visible, pk=pk))


def _page(request: HttpRequest, recipient: Person | Unit) -> HttpResponse:
    """The awards by the earliest year each can be proposed; then those out of reach of the years
    looked at, and those that nothing counted leads to."""
    if not is_appraised(request, recipient):
        return elsewhere(request, recipient)
    about, seen, shown = known(request, recipient)
    found = rules.paths(seen.facts, book=store.book(), on=about.day, horizon=HORIZON)
    reached = sorted((path for path in found if path.year is not None), key=_year)
    shown |= {
        "tab": "path",
        "years": [(year, list(several)) for year, several in groupby(reached, key=_year)],
        "last": about.year + HORIZON,
        "unreached": [path for path in found if path.year is None and not path.by_judgement],
        "by_judgement": [path for path in found if path.by_judgement],
        "assumptions": _assumptions(recipient),
    }
    return render(request, "honours/paths.html", shown)


def _assumptions(recipient: Person | Unit) -> list[str]:
    if isinstance(recipient, Unit):
        return [*rules.ALWAYS, rules.ALWAYS_OF_COLLECTIVES]
    return [*rules.ALWAYS]


def _year(path: rules.Path) -> int:
    assert path.year is not None
    return path.year
