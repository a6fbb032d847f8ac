"""Search everywhere: pages by their names, and what the user may see of tasks, plans, papers,
awards, units, persons."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from config.navigation import pages_named
from vinhdanh.accounts.models import User
from vinhdanh.common.vietnamese import fold
from vinhdanh.honours.queries.search import found_conferrals
from vinhdanh.people import access as people
from vinhdanh.people.queries.persons import found_persons
from vinhdanh.people.queries.units import found_units
from vinhdanh.plans import access as plans
from vinhdanh.secretariat import access as secretariat

# More than these of one kind help nobody; the lists themselves filter further.
SHOWN = 20
SHORTEST = 2
LONGEST = 200


def page(request: HttpRequest) -> HttpResponse:
    """What holds every word of `q` (at least two letters), by kind."""
    assert isinstance(request.user, User)
    sought = request.GET.get("q", "").strip()[:LONGEST]
    is_enough = len(fold(sought)) >= SHORTEST
    shown = {
        "search_words": sought,
        "is_enough": is_enough,
        "found": _found(request.user, sought) if is_enough else {},
        "shown": SHOWN,
    }
    return render(request, "config/search.html", shown)


def _found(user: User, sought: str) -> dict[str, Any]:
    """The first of each kind: the newest tasks, plans and papers; units and persons in order."""
    today = timezone.localdate()
    named = Q()
    for word in fold(sought).split():
        named &= Q(folded__contains=word)
    tasks = plans.visible_tasks(user, on=today).filter(named).select_related("plan")
    papers = secretariat.visible_papers(user, on=today).filter(named)
    seen = plans.visible_plans(user, on=today).filter(named).select_related("office")
    return {
        "pages": pages_named(user, sought, on=today),
        "tasks": tasks.order_by("-plan__year", "plan", "position")[:SHOWN],
        "plans": seen.order_by("-year", "-pk")[:SHOWN],
        "conferrals": found_conferrals(user, sought, on=today, limit=SHOWN),
        "papers": papers.select_related("number").order_by("-pk")[:SHOWN],
        "units": found_units(people.visible_units(user, on=today), sought)[:SHOWN],
        "persons": found_persons(people.visible_persons(user, on=today), sought)[:SHOWN],
    }
