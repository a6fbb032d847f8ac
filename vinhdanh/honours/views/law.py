"""The law in the browser: awards, procedure, texts, what changes when. Law is for everybody."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from vinhdanh.common.vietnamese import sort_key
from vinhdanh.honours import access
from vinhdanh.honours.forms.law import AwardsForm, ChangesForm, DayForm, RulesForm, WordsForm
from vinhdanh.honours.queries import law as queries
from vinhdanh.honours.queries import local
from vinhdanh.honours.views.page import user_of
from vinhdanh.law import store
from vinhdanh.law.transitions import still_used


@dataclass(frozen=True)
class Chosen:
    """A form of the address, as the pieces of lists want a filter."""

    form: Form


def _without_day(request: HttpRequest) -> QueryDict:
    """What the address asks besides the day, which the page tells by itself, not as a condition."""
    asked = request.GET.copy()
    asked.pop("day", None)
    return asked


def _chosen(form: Form, day: date) -> Chosen:
    """The form with the day in its field."""
    form.fields["day"].widget.attrs["value"] = day.isoformat()
    return Chosen(form)


def law_page(request: HttpRequest, template: str, tab: str, shown: dict[str, Any]) -> HttpResponse:
    """A page about the law, with the notice that law files were refused where they were."""
    law = store.in_force()
    return render(
        request,
        template,
        {"tab": tab, "faults": law.faults, "refused_at": law.refused_at, **shown},
    )


def awards(request: HttpRequest) -> HttpResponse:
    """All titles and forms of commendation, searched and filtered, as of a day."""
    day, shown = _on(request)
    form = AwardsForm(_without_day(request))
    form.is_valid()
    asked = {name: form.cleaned_data.get(name, "") for name in _ASKED}
    found = queries.found_awards(store.book(), on=day, text=form.cleaned_data.get("q", ""), **asked)
    shown |= {
        "filter": _chosen(form, day),
        "groups": [
            (kind, [each for each in found if each.award.kind == kind])
            for kind in ("title", "commendation")
        ],
        "count": len(found),
    }
    return law_page(request, "honours/law.html", "awards", shown)


_ASKED = ("kind", "recipient", "level", "local")


def award(request: HttpRequest, code: str) -> HttpResponse:
    """Everything the law data know of one award, as of a day."""
    book = store.book()
    found = book.awards.get(code)
    if found is None:
        raise Http404
    day, shown = _on(request)
    version = found.version(day)
    begun = sorted(found.versions, key=lambda each: each.since or date.min, reverse=True)
    office = next(iter(local.offices_of(user_of(request), on=timezone.localdate())), None)
    why_papers, papers = still_used(found.dossiers, "dossier", on=day, book=book)
    why_votes, votes = still_used(found.votes, "vote", on=day, book=book)
    shown |= {
        "award": found,
        "version": version,
        "tree": queries.tree(version.criteria, book) if version else None,
        "review": found.review(day),
        "reviews_to_come": [each for each in found.reviews if each.since > day],
        "sections": [
            (name, queries.entries(entries, book, on=day, still=(*papers, *votes)))
            # What holds now of the last two stands above: they are told where there is more.
            for name, entries, most in (
                (_("Hồ sơ"), found.dossiers, 0),
                (_("Bỏ phiếu"), found.votes, 0),
                (_("Việc khác luật đòi hỏi"), found.duties, 0),
                (_("Tiền thưởng theo thời gian"), found.bonuses, 1),
                (_("Thẩm quyền theo thời gian"), found.deciders, 1),
            )
            if len(entries) > most
        ],
        "still_used": why_papers or why_votes,
        "deciders": [
            entry for entry in queries.entries(found.deciders, book, on=day) if entry.when == "now"
        ],
        "money": queries.money(found, book, on=day),
        "versions": [(each, queries.when(each, day)) for each in begun],
        "office": office,
        "keeps": office is not None
        and access.keeps_register(user_of(request), office, on=timezone.localdate()),
        "contents": local.contents_of_award(code, office, book=book, on=day) if office else [],
    }
    return law_page(request, "honours/law_award.html", "awards", shown)


def rules(request: HttpRequest) -> HttpResponse:
    """The rules of procedure by topic, as of a day."""
    day, shown = _on(request)
    book = store.book()
    topics = [(topic, queries.topic_name(topic)) for topic in queries.topics(book)]
    form = RulesForm(_without_day(request), topics=topics)
    form.is_valid()
    found = queries.rules_by_topic(
        book,
        on=day,
        text=form.cleaned_data.get("q", ""),
        topic=form.cleaned_data.get("topic", ""),
    )
    shown |= {
        "filter": _chosen(form, day),
        "topics": [(queries.topic_name(topic), listed) for topic, listed in found],
        "count": sum(len(listed) for _topic, listed in found),
    }
    return law_page(request, "honours/law_rules.html", "rules", shown)


def texts(request: HttpRequest) -> HttpResponse:
    """The texts of law, the latest in force first."""
    form = WordsForm(request.GET)
    form.is_valid()
    today = timezone.localdate()
    found = queries.found_texts(store.book(), form.cleaned_data.get("q", ""))
    shown = {"filter": Chosen(form), "texts": found, "today": today}
    return law_page(request, "honours/law_texts.html", "texts", shown)


def text(request: HttpRequest, slug: str) -> HttpResponse:
    """One text: its days in force, where it was read, what stands on it."""
    book = store.book()
    found = queries.text_by_slug(slug, book)
    if found is None:
        raise Http404
    shown = {
        "text": found,
        "citing": queries.citing(found, book),
        "today": timezone.localdate(),
    }
    return law_page(request, "honours/law_text.html", "texts", shown)


def changes(request: HttpRequest) -> HttpResponse:
    """The days on which the law changes, the latest first; what changes on one of them, or on each
    for one award."""
    book, today = store.book(), timezone.localdate()
    named = sorted(
        ((each.code, each.name) for each in book.awards.values()),
        key=lambda pair: sort_key(pair[1]),
    )
    form = ChangesForm(request.GET, awards=named)
    form.is_valid()
    days = queries.days_of_change(book, award=form.cleaned_data.get("award", ""))
    opened = DayForm(request.GET)
    day = opened.cleaned_data["day"] if opened.is_valid() else None
    if day is not None:
        days = {each: listed for each, listed in days.items() if each == day}
    shown = {
        "filter": Chosen(form),
        "days": list(days.items()),
        "opened": day is not None or bool(form.cleaned_data.get("award")),
        "of_day": day,
        "today": today,
    }
    return law_page(request, "honours/law_changes.html", "changes", shown)


def _on(request: HttpRequest) -> tuple[date, dict[str, Any]]:
    """The day asked for in the address, or today, and what pages show of it."""
    today = timezone.localdate()
    form = DayForm(request.GET)
    asked: date | None = form.cleaned_data["day"] if form.is_valid() else None
    day = asked or today
    kept = f"?day={day.isoformat()}" if day != today else ""
    return day, {"day": day, "today": today, "kept_day": kept}
