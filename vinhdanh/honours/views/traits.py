"""What only the office can declare of a collective (thuộc tính)."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from vinhdanh.common.refusal import Refused
from vinhdanh.honours import access
from vinhdanh.honours.actions import traits as actions
from vinhdanh.honours.forms.traits import TraitForm, TraitWithdrawalForm
from vinhdanh.honours.queries import traits as queries
from vinhdanh.honours.rules.traits import traits as asked_traits
from vinhdanh.honours.views.page import user_of
from vinhdanh.law import store
from vinhdanh.people.models import Unit


def traits(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What is declared of the collective; declare more."""
    user, today, book = user_of(request), timezone.localdate(), store.book()
    unit = _kept(request, pk)
    declared = queries.declared_of(unit, book=book)
    known = {each.trait.trait for each in declared}
    still_open = [each for each in asked_traits(book).values() if each.word not in known]
    form = TraitForm(request.POST or None, traits=still_open)
    if request.method == "POST" and form.is_valid():
        try:
            actions.declare(unit, **form.cleaned_data, book=book, by=user, on=today)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã khai thuộc tính."))
            return redirect("honours:unit_traits", unit.pk)
    shown = {
        "unit": unit,
        "form": form,
        "declared": declared,
        "still_open": still_open,
        "lines": queries.deeds(unit),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "honours/unit_traits.html", shown, status=status)


def withdraw(request: HttpRequest, pk: UUID, trait: UUID) -> HttpResponse:
    """Take back what was declared, with a reason."""
    user, today, book = user_of(request), timezone.localdate(), store.book()
    unit = _kept(request, pk)
    found = next(
        (each for each in queries.declared_of(unit, book=book) if each.trait.pk == trait), None
    )
    if found is None:
        raise Http404
    form = TraitWithdrawalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.withdraw(found.trait, **form.cleaned_data, book=book, by=user, on=today)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã gỡ thuộc tính."))
            return redirect("honours:unit_traits", unit.pk)
    shown = {"unit": unit, "form": form, "declared": found}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "honours/unit_trait_withdraw.html", shown, status=status)


def _kept(request: HttpRequest, pk: UUID) -> Unit:
    """A collective the user sees and may declare of, or 404."""
    user, today = user_of(request), timezone.localdate()
    unit = get_object_or_404(access.visible_units(user, on=today), pk=pk)
    if not access.declares_of(user, unit, on=today):
        raise Http404
    return unit
