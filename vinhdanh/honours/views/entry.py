"""Entering facts by hand, correcting and withdrawing them."""

import hashlib
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from vinhdanh.common.ids import is_key
from vinhdanh.common.refusal import Refused
from vinhdanh.common.vietnamese import fold
from vinhdanh.honours import access
from vinhdanh.honours.actions import register as actions
from vinhdanh.honours.forms.register import (
    NAMES,
    TYPED,
    CorrectionForm,
    EntryForm,
    HouseholdForm,
    WithdrawalForm,
)
from vinhdanh.honours.models import Fact, Household
from vinhdanh.honours.queries import timeline
from vinhdanh.honours.queries.effects import Affected, sentences
from vinhdanh.honours.queries.register import KINDS, address, versions
from vinhdanh.honours.views.page import user_of
from vinhdanh.honours.views.register import differences, said, visible_fact
from vinhdanh.law import store
from vinhdanh.people import access as people
from vinhdanh.people import queries as people_queries
from vinhdanh.people.models import Person, Unit

MOST_FOUND = 15
# So many changed conclusions are said in a message; all of them stand in the history.
MOST_SAID = 3
# Which kinds of fact there are of which recipient.
KINDS_OF = {
    "person": ("khen-thuong", "xep-loai", "sang-kien", "ky-luat", "vu-viec"),
    "unit": ("khen-thuong", "xep-loai", "vu-viec"),
    "household": ("khen-thuong", "vu-viec"),
}
Recipient = Person | Unit | Household


def enter(request: HttpRequest) -> HttpResponse:
    """Choose whom a fact is about, then what it is; or the right recipient for a correction."""
    user, today = user_of(request), timezone.localdate()
    get_object_or_404(access.offices_kept(user, on=today)[:1])
    words = request.GET.get("q", "").strip()
    kind, key = request.GET.get("kind", ""), request.GET.get("fact", "")
    corrects = kind in KINDS and is_key(key)
    chosen = _recipient(request)
    shown: dict[str, Any] = {"words": words, "recipient": chosen}
    if corrects:
        shown |= {"corrected": visible_fact(request, kind, UUID(key)), "kind": kind}
    if chosen is not None:
        name = _name(chosen)
        shown |= {"kinds": KINDS_OF[name], "chosen": f"{name}={chosen.pk}"}
    elif words:
        persons = people_queries.found_persons(access.visible_persons(user, on=today), words)
        units = people.visible_units(user, on=today).select_related("parent")
        households = Household.objects.filter(office__in=access.offices_kept(user, on=today))
        for word in fold(words).split():
            households = households.filter(folded__contains=word)
        shown |= {
            "persons": people_queries.with_posts(persons, on=today)[:MOST_FOUND],
            "units": people_queries.found_units(units, words)[:MOST_FOUND],
            "households": households[:MOST_FOUND],
        }
    return render(request, "honours/enter.html", shown)


def enter_fact(request: HttpRequest, kind: str) -> HttpResponse:
    """Enter one fact about the recipient in the address."""
    user, now = user_of(request), timezone.now()
    today = timezone.localdate()
    offices = list(access.offices_kept(user, on=today).order_by("path"))
    chosen = _recipient(request)
    if not offices or chosen is None or kind not in KINDS_OF[_name(chosen)]:
        raise Http404
    form = EntryForm(
        request.POST or None,
        request.FILES or None,
        model=KINDS[kind],
        recipient=_name(chosen),
        book=store.book(),
        offices=_likeliest_first(offices, chosen),
        initial=_first_values(chosen, request),
    )
    if request.method == "POST" and form.is_valid():
        typed = {name: form.cleaned_data[name] for name in (*NAMES, *TYPED[KINDS[kind]])}
        try:
            entered = actions.enter(
                KINDS[kind](office=form.office, **{_name(chosen): chosen}, **typed),
                note=form.cleaned_data["note"],
                upload=form.cleaned_data["file"],
                by=user,
                at=now,
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã ghi vào sổ."))
            return redirect(address(entered))
    shown = {"form": form, "kind": kind, "recipient": chosen}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "honours/enter_fact.html", shown, status=status)


def enter_household(request: HttpRequest) -> HttpResponse:
    """Enter a household that the office may honour."""
    user, now = user_of(request), timezone.now()
    office = access.offices_kept(user, on=timezone.localdate()).order_by("path").first()
    if office is None:
        raise Http404
    form = HouseholdForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            entered = actions.enter_household(office, **form.cleaned_data, by=user, at=now)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã thêm hộ gia đình."))
            return redirect(f"{reverse('honours:enter')}?household={entered.pk}")
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "honours/household_form.html", {"form": form}, status=status)


def correct(request: HttpRequest, kind: str, pk: UUID) -> HttpResponse:
    """Correct a fact: first what would change and which conclusions by it, then the deed."""
    user, now = user_of(request), timezone.now()
    found = _kept(request, kind, pk)
    if found.withdrawn_at is not None:
        return _gone(request, found)
    now_of = found.person or found.unit or found.household
    chosen = _recipient(request) or now_of
    assert chosen is not None
    form = CorrectionForm(
        request.POST or None,
        model=type(found),
        recipient=_name(chosen),
        book=store.book(),
        initial={name: getattr(found, name) for name in (*NAMES, *TYPED[type(found)])},
    )
    shown: dict[str, Any] = {"fact": found, "kind": kind, "form": form, "recipient": chosen}
    if chosen != now_of:
        shown["instead_of"] = now_of
    if request.method == "POST" and form.is_valid():
        typed = dict(form.cleaned_data)
        because = typed.pop("because")
        changes = {**typed, _name(chosen): chosen}

        def deed(told: actions.Told) -> Fact:
            return actions.correct(found, changes, because=because, by=user, at=now, told=told)

        try:
            if _is_confirmed(request):
                affected: list[Affected] = []
                entered = deed(affected.extend)
                _say(request, _("Đã đính chính."), affected)
                return redirect(address(entered))
            shown |= {"preview": True, "affected": actions.foreseen(deed), "mark": _mark(request)}
            wanted = type(found)(**{**_kept_values(found), **typed, _name(chosen): chosen})
            shown["changes"] = differences(found, wanted)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return _answer(request, "honours/correct.html", shown, form)


def withdraw(request: HttpRequest, kind: str, pk: UUID) -> HttpResponse:
    """Take a fact out of the register: first which conclusions change by it, then the deed."""
    user, now = user_of(request), timezone.now()
    found = _kept(request, kind, pk)
    if found.withdrawn_at is not None:
        return _gone(request, found)
    form = WithdrawalForm(request.POST or None)
    shown: dict[str, Any] = {"fact": found, "kind": kind, "form": form, "says": said(found)}
    shown["recipient"] = found.person or found.unit or found.household
    if request.method == "POST" and form.is_valid():

        def deed(told: actions.Told) -> None:
            actions.withdraw(found, **form.cleaned_data, by=user, at=now, told=told)

        try:
            if _is_confirmed(request):
                affected: list[Affected] = []
                deed(affected.extend)
                _say(request, _("Đã gỡ khỏi sổ."), affected)
                return redirect(address(found))
            shown |= {"preview": True, "affected": actions.foreseen(deed), "mark": _mark(request)}
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return _answer(request, "honours/withdraw.html", shown, form)


def _kept(request: HttpRequest, kind: str, pk: UUID) -> Fact:
    """A fact of a register that the user keeps; 404 to everybody else."""
    found = visible_fact(request, kind, pk)
    if not access.keeps_register(user_of(request), found.office, on=timezone.localdate()):
        raise Http404
    return found


def _gone(request: HttpRequest, found: Fact) -> HttpResponse:
    messages.info(request, _("Mục này đã được đính chính hoặc gỡ khỏi sổ."))
    return redirect(address(versions(found)[0]))


def _answer(request: HttpRequest, template: str, shown: dict[str, Any], form: Form) -> HttpResponse:
    status = 422 if form.is_bound and form.errors else 200
    return render(request, template, shown, status=status)


def _mark(request: HttpRequest) -> str:
    """A mark of what was typed: only what was previewed is confirmed."""
    typed = sorted(
        (name, value)
        for name, value in request.POST.items()
        if name not in {"csrfmiddlewaretoken", "confirm"}
    )
    return hashlib.sha256(repr(typed).encode()).hexdigest()[:16]


def _is_confirmed(request: HttpRequest) -> bool:
    return request.POST.get("confirm") == _mark(request)


def _say(request: HttpRequest, done: str, affected: list[Affected]) -> None:
    """Say what was done, and which conclusions changed by it."""
    lines = sentences(affected, book=store.book())
    if not lines:
        messages.success(request, _("%(done)s Không kết luận nào thay đổi.") % {"done": done})
        return
    said_lines = "; ".join(lines[:MOST_SAID])
    more = len(lines) - MOST_SAID
    if more > 0:
        said_lines = _("%(lines)s; và %(count)d kết luận khác") % {
            "lines": said_lines,
            "count": more,
        }
    text = _("%(done)s Kết luận thay đổi: %(lines)s.") % {"done": done, "lines": said_lines}
    messages.warning(request, text)


def _recipient(request: HttpRequest) -> Recipient | None:
    """The recipient named in the address; None where there is none, 404 where it is not seen."""
    user, today = user_of(request), timezone.localdate()
    for name in KINDS_OF:
        key = request.GET.get(name, "")
        if not key:
            continue
        if not is_key(key):
            raise Http404
        if name == "person":
            return get_object_or_404(access.visible_persons(user, on=today), pk=key)
        if name == "unit":
            units = people.visible_units(user, on=today) | access.visible_units(user, on=today)
            return get_object_or_404(units.select_related("parent").distinct(), pk=key)
        kept = Household.objects.filter(office__in=access.offices_kept(user, on=today))
        return get_object_or_404(kept, pk=key)
    return None


def _name(chosen: Recipient) -> str:
    """By which field a fact names such a recipient."""
    names = {Person: "person", Unit: "unit", Household: "household"}
    return names[type(chosen)]


def _first_values(chosen: Recipient, request: HttpRequest) -> dict[str, Any]:
    """What stands in the form to begin with: the names as they are now."""
    values = {"name_written": str(chosen)}
    if isinstance(chosen, Person):
        posts = timeline.posts_on(chosen, on=timezone.localdate())
        if posts:
            values["unit_written"] = posts[0].unit.placed_name
    year = request.GET.get("year", "")
    return values | ({"year": year} if year.isdecimal() else {})


def _likeliest_first(offices: list[Unit], chosen: Recipient) -> list[Unit]:
    """The offices, the one first to which the recipient belongs."""
    if isinstance(chosen, Person):
        posts = timeline.posts_on(chosen, on=timezone.localdate())
        path = posts[0].unit.path if posts else ""
    else:
        path = (chosen if isinstance(chosen, Unit) else chosen.office).path
    return sorted(offices, key=lambda office: -len(office.path) * path.startswith(office.path))


def _kept_values(found: Fact) -> dict[str, Any]:
    return {"office": found.office}
