"""What one person, unit or household may be honoured with, and why."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from vinhdanh.honours import access
from vinhdanh.honours.actions import looks
from vinhdanh.honours.forms.screening import QuestionForm
from vinhdanh.honours.models import Household
from vinhdanh.honours.queries.eligibility import ORDER, counted, evidence_names, told, verdict_of
from vinhdanh.honours.queries.facts import facts_of
from vinhdanh.honours.queries.local import next_of_award, offices_of, rules_at
from vinhdanh.honours.queries.screening import place_of
from vinhdanh.honours.queries.sight import Seen, Sight
from vinhdanh.honours.views.asked import Asked, asked
from vinhdanh.honours.views.page import user_of
from vinhdanh.law import store
from vinhdanh.people.models import Person, Unit


def person(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(
        access.visible_persons(user_of(request), on=timezone.localdate()), pk=pk
    )
    return _page(request, found) if is_appraised(request, found) else elsewhere(request, found)


def unit(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(
        access.visible_units(user_of(request), on=timezone.localdate()), pk=pk
    )
    return _page(request, found) if is_appraised(request, found) else elsewhere(request, found)


def household(request: HttpRequest, pk: UUID) -> HttpResponse:
    visible = access.visible_households(user_of(request), on=timezone.localdate())
    return _page(request, get_object_or_404(visible, pk=pk))


def is_appraised(request: HttpRequest, recipient: Person | Unit) -> bool:
    """Whether the user sees all that is asked: not of those whom another office appraises."""
    sight = Sight(user_of(request), timezone.localdate())
    seen = sight.persons() if isinstance(recipient, Person) else sight.units()
    return seen.filter(pk=recipient.pk).exists()


def elsewhere(request: HttpRequest, recipient: Person | Unit) -> HttpResponse:
    """Says who appraises a recipient of whom the user's register knows a part only."""
    kind = "person" if isinstance(recipient, Person) else "collective"
    shown = {"recipient": recipient, "kind": kind}
    return render(request, "honours/eligibility_elsewhere.html", shown)


def _page(request: HttpRequest, recipient: Person | Unit | Household) -> HttpResponse:
    """The answers, those that may be proposed first; of one verdict when the address says so."""
    about, seen, shown = known(request, recipient)
    book = store.book()
    answers = seen.answers(book=book, on=about.day)
    names = {code: award.name for code, award in book.awards.items()}
    evidence = evidence_names(seen.facts, names)
    listed = [
        told(
            answer,
            evidence,
            next_of_award(answer.award, seen.local or {}, book=book, on=about.day)
            if verdict_of(answer) != "unmet"
            else (),
        )
        for answer in answers
    ]
    by_register = counted(book, about.day)
    groups = {verdict: [each for each in listed if each.verdict == verdict] for verdict in ORDER}
    asked_for, opened = request.GET.get("verdict", ""), request.GET.get("award", "")
    chosen = asked_for if asked_for in ORDER else ""
    shown |= {
        "tab": "eligibility",
        "chosen": chosen,
        "opened": opened,
        "others_codes": {each.answer.award for each in listed} - by_register,
        "count": len(listed),
        "counts": [(verdict, len(groups[verdict])) for verdict in ORDER],
        "groups": [
            (
                verdict,
                [each for each in groups[verdict] if each.answer.award in by_register],
                [each for each in groups[verdict] if each.answer.award not in by_register],
            )
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
    place = place_of(recipient, year=about.year, on=about.day)
    rules = rules_at([place], book=store.book(), on=about.day)
    (seen,) = Sight(user, today).facts([recipient.pk], facts)
    seen = replace(seen, local=rules[place])
    near = (office for office in offices_of(user, on=today) if place.startswith(office.path))
    office = next(near, None)
    is_confidential = bool(seen.facts.disciplines or seen.facts.open_matters)
    if seen.disciplines and is_confidential and not isinstance(recipient, Household):
        looks.note_confidential(recipient, by=user)
    shown = {
        **about.shown(request),
        "today": today,
        "recipient": recipient,
        "kind": seen.facts.recipient,
        "office": office,
        "keeps": office is not None and access.keeps_register(user, office, on=today),
        "is_own": isinstance(recipient, Person) and recipient.user_id == user.pk,
        "sees_disciplines": seen.disciplines,
    }
    return about, seen, shown
