"""What the City or the office set where the law leaves it to them (phân cấp)."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from vinhdanh.common.refusal import Refused
from vinhdanh.honours import access
from vinhdanh.honours.actions import local as actions
from vinhdanh.honours.forms.local import LocalValueForm, WithdrawForm
from vinhdanh.honours.models import LocalValue
from vinhdanh.honours.queries import local as queries
from vinhdanh.honours.views.law import law_page
from vinhdanh.honours.views.page import user_of
from vinhdanh.law import store
from vinhdanh.law.book import Delegated
from vinhdanh.people.models import Unit


def contents(request: HttpRequest) -> HttpResponse:
    """Everything that the law leaves to the City or the office, with what holds for one office."""
    today = timezone.localdate()
    offices = queries.offices_of(user_of(request), on=today)
    asked = request.GET.get("office", "")
    office = next((unit for unit in offices if str(unit.pk) == asked), None)
    if asked and office is None:
        raise Http404
    office = office or next(iter(offices), None)
    shown: dict[str, Any] = {"office": office, "offices": offices, "keeps": False}
    if office is not None:
        listed = queries.contents(office, book=store.book(), on=today)
        shown |= {
            "contents": listed,
            "set_count": sum(bool(each.holding) for each in listed),
            "keeps": access.keeps_register(user_of(request), office, on=today),
            "lines": queries.deeds(office),
        }
    return law_page(request, "honours/local.html", "local", shown)


def content(request: HttpRequest, pk: UUID, code: str) -> HttpResponse:
    """One content: what the law says of it, what holds, what was and what is to come."""
    today = timezone.localdate()
    office, delegated = _asked(request, pk, code)
    (found,) = queries.contents(office, book=store.book(), on=today, codes=[code])
    shown = {
        "office": office,
        "content": found,
        "delegated": delegated,
        "keeps": access.keeps_register(user_of(request), office, on=today),
        "today": today,
    }
    return law_page(request, "honours/local_content.html", "local", shown)


def new(request: HttpRequest, pk: UUID, code: str) -> HttpResponse:
    """Write down a value from a day on."""
    user, today = user_of(request), timezone.localdate()
    office, delegated = _asked(request, pk, code)
    if not access.keeps_register(user, office, on=today):
        raise Http404
    back = reverse("honours:local_content", args=[office.pk, code])
    book = store.book()
    form = LocalValueForm(
        request.POST or None,
        delegated=delegated,
        book=book,
        initial={"awards": request.GET.getlist("award")},
    )
    if _done(
        request,
        form,
        lambda given: actions.set_value(
            office, code, **given, book=book, by=user, on=today, at=timezone.now()
        ),
        _("Đã ghi quy định."),
    ):
        return redirect(back)
    shown = {"form": form, "office": office, "delegated": delegated, "cancel_url": back}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "honours/local_new.html", shown, status=status)


def withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take back a value written by mistake, with a reason."""
    user, today = user_of(request), timezone.localdate()
    kept = LocalValue.objects.filter(office__in=access.offices_kept(user, on=today))
    value = get_object_or_404(kept.select_related("office"), pk=pk)
    book = store.book()
    back = reverse("honours:local_content", args=[value.office_id, value.code])
    form = WithdrawForm(request.POST or None)
    if _done(
        request,
        form,
        lambda given: actions.withdraw(value, **given, book=book, by=user, on=today),
        _("Đã rút lại quy định."),
    ):
        return redirect(back if value.code in book.delegated else "honours:local")
    (found,) = queries.contents(value.office, book=book, on=today, codes=[value.code])
    (told,) = (each for each in found.values if each.value.pk == value.pk)
    shown = {"form": form, "kept": told, "delegated": found.delegated, "cancel_url": back}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "honours/local_withdraw.html", shown, status=status)


def _asked(request: HttpRequest, pk: UUID, code: str) -> tuple[Unit, Delegated]:
    """An office of the user and a content of the law in force, or 404."""
    offices = queries.offices_of(user_of(request), on=timezone.localdate())
    office = next((unit for unit in offices if unit.pk == pk), None)
    delegated = store.book().delegated.get(code)
    if office is None or delegated is None:
        raise Http404
    return office, delegated


def _done(
    request: HttpRequest, form: Form, deed: Callable[[dict[str, Any]], object], said: str
) -> bool:
    """Do the deed with what a valid form was given, and say so; otherwise the form says why."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        deed(form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, _(str(refusal)))
        return False
    messages.success(request, said)
    return True
