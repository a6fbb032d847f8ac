"""Search everywhere: units, persons, tasks and plans that the user may see; accents not needed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from vinhdanh.accounts.models import User
from vinhdanh.common.vietnamese import fold
from vinhdanh.people import access as people
from vinhdanh.plans import access as plans

# More than these of one kind help nobody; the lists themselves filter further.
SHOWN = 20


def page(request: HttpRequest) -> HttpResponse:
    """What is found for `q` (at least two letters), by kind."""
    assert isinstance(request.user, User)
    sought = request.GET.get("q", "").strip()
    today = timezone.localdate()
    wanted = fold(sought)
    found = {}
    if len(wanted) >= 2:
        tasks = plans.visible_tasks(request.user, on=today).filter(folded__contains=wanted)
        units = people.visible_units(request.user, on=today).filter(folded__contains=wanted)
        persons = people.visible_persons(request.user, on=today).filter(folded__contains=wanted)
        found = {
            "tasks": tasks.select_related("plan").order_by("-plan__year", "position")[:SHOWN],
            "units": units[:SHOWN],
            "persons": persons[:SHOWN],
        }
    return render(
        request, "config/search.html", {"search_words": sought, "found": found, "shown": SHOWN}
    )
