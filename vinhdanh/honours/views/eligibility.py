"""What one person, unit or household may be honoured with, and why."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from vinhdanh.honours.actions import looks
from vinhdanh.honours.forms.screening import QuestionForm
from vinhdanh.honours.models import Household
from vinhdanh.honours.queries.eligibility import ORDER, evidence_names, told
from vinhdanh.honours.queries.facts import facts_of
from vinhdanh.honours.queries.sight import Seen, Sight
from vinhdanh.honours.views.asked import Asked, asked
from vinhdanh.honours.views.page import user_of
from vinhdanh.law import store
from vinhdanh.people.models import Person, Unit


def person(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(_sight(request).persons(), pk=pk)
    return _page(request, found)


def unit(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(_sight(request).units(), pk=pk)
    return _page(request, found)


def household(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(_sight(request).households(), pk=pk)
    return _page(request, found)


def _page(request: HttpRequest, recipient: Person | Unit | Household) -> HttpResponse:
    """The answers, those that may be proposed first; of one verdict when the address says so."""
    about, seen, shown = known(request, recipient)
    book = store.book()
    answers = seen.answers(book=book, on=about.day)
    names = {code: award.name for code, award in book.awards.items()}
    listed = [told(answer, evidence_names(seen.facts, names)) for answer in answers]
    groups = {verdict: [each for each in listed if each.verdict == verdict] for verdict in ORDER}
    asked_for = request.GET.get("verdict", "")
    chosen = asked_for if asked_for in ORDER else ""
    shown |= {
        "tab": "eligibility",
        "chosen": chosen,
        "count": len(listed),
        "counts": [(verdict, len(groups[verdict])) for verdict in ORDER],
        "groups": [
            (verdict, groups[verdict])
            for verdict in ORDER
            if groups[verdict] and chosen in ("", verdict)
        ],
        "is_rated": about.year in seen.facts.ratings or isinstance(recipient, Household),
    }
    return render(request, "honours/eligibility.html", shown)


def known(
    request: HttpRequest, recipient: Person | Unit | Household
) -> tuple[Asked, Seen, dict[str, Any]]:
    """What is asked about a recipient, what the user may use of what is known, and what every page
    about the recipient shows. A look at what is confidential is written down."""
    user, today = user_of(request), timezone.localdate()
    about = asked(QuestionForm(request.GET, on=today), store.book())
    facts = facts_of(
        [recipient] if isinstance(recipient, Person) else [],
        [recipient] if isinstance(recipient, Unit) else [],
        [recipient] if isinstance(recipient, Household) else [],
        year=about.year,
        on=about.day,
    )
    (seen,) = Sight(user, today).facts([recipient.pk], facts)
    is_confidential = bool(seen.facts.disciplines or seen.facts.open_matters)
    if seen.disciplines and is_confidential and not isinstance(recipient, Household):
        looks.note_confidential(recipient, by=user)
    shown = {
        **about.shown(request),
        "recipient": recipient,
        "kind": seen.facts.recipient,
        "is_own": isinstance(recipient, Person) and recipient.user_id == user.pk,
        "sees_disciplines": seen.disciplines,
    }
    return about, seen, shown


def _sight(request: HttpRequest) -> Sight:
    return Sight(user_of(request), timezone.localdate())
