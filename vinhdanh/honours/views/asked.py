"""What the pages on eligibility are asked in the address, and what all of them show of it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest

from vinhdanh.honours.forms.screening import KINDS, QuestionForm, ScopeForm
from vinhdanh.honours.queries.eligibility import LawRead, law_read
from vinhdanh.honours.queries.sight import Sight
from vinhdanh.law.book import Book
from vinhdanh.people.models import Unit


@dataclass(frozen=True)
class Chosen:
    """A form of the address, as the pieces of lists want a filter."""

    form: QuestionForm


@dataclass(frozen=True)
class Asked:
    """The year that is appraised, the day of receipt, the law of that day."""

    form: QuestionForm
    year: int
    day: date
    law: LawRead

    def shown(self, request: HttpRequest) -> dict[str, Any]:
        """What templates show; `kept`: year and day as in the address, for links to other pages."""
        kept = request.GET.copy()
        for name in set(kept) - {"year", "day"}:
            del kept[name]
        until = request.GET.copy()
        until.pop("page", None)
        if self.law.read_until:
            until["day"] = self.law.read_until.isoformat()
        return {
            "filter": Chosen(self.form),
            "year": self.year,
            "day": self.day,
            "law": self.law,
            "kept": kept.urlencode(),
            "until_query": until.urlencode(),
        }


def asked(form: QuestionForm, book: Book) -> Asked:
    year, day = form.asked()
    return Asked(form, year, day, law_read(book, day))


def scopes_of(sight: Sight) -> list[Unit]:
    """The units the user may ask about, the widest first; 404 to whoever has none."""
    scopes = list(sight.scopes())
    if not scopes:
        raise Http404
    return scopes


def scope_of(request: HttpRequest, scopes: list[Unit]) -> Unit:
    """The unit of the address, else the widest; 404 for one that the user may not ask about."""
    key = request.GET.get("unit")
    scope = next((each for each in scopes if not key or str(each.pk) == key), None)
    if scope is None:
        raise Http404
    return scope


def named(scopes: list[Unit]) -> list[tuple[str, str]]:
    return [(str(each.pk), each.name) for each in scopes]


def without_page(request: HttpRequest) -> str:
    """The conditions in the address, without the page."""
    query = request.GET.copy()
    query.pop("page", None)
    return query.urlencode()


def conditions_in_words(form: ScopeForm, scope: Unit, asked: Asked) -> list[str]:
    """What a list was asked for, a line each for the spreadsheet."""
    kinds = {code: str(name) for code, name in KINDS}
    said = [
        f"{form.fields['unit'].label}: {scope.name}",
        f"{form.fields['kind'].label}: {kinds[form.kind_asked()]}",
        f"{form.fields['year'].label}: {asked.year}",
        f"{form.fields['day'].label}: {asked.day:%d/%m/%Y}",
    ]
    for name in ("award", "verdict", "by", "q"):
        if value := form.cleaned_data.get(name):
            choices = {key: str(text) for key, text in getattr(form.fields[name], "choices", ())}
            said.append(f"{form.fields[name].label}: {choices.get(value, value)}")
    return said
