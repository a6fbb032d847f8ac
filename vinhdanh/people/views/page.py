"""What the pages of the room have in common."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from vinhdanh.accounts.models import User
from vinhdanh.common.refusal import Refused

PER_PAGE = 25


def user_of(request: HttpRequest) -> User:
    """The user; log-in is required by middleware."""
    assert isinstance(request.user, User)
    return request.user


def done(
    request: HttpRequest, form: Form, deed: Callable[[dict[str, Any]], object], said: str
) -> object | None:
    """Do the deed with what a valid form was given, and say so; what the deed returned, or True.

    None when there is nothing to do yet, or the form or the deed says no: then the form says why.
    """
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        result = deed(form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None
    if said:
        messages.success(request, said)
    return result if result is not None else True


def form_page(
    request: HttpRequest, form: Form, *, heading: str, submit: str, back: Any, **shown: Any
) -> HttpResponse:
    """A page with one form; `back` is the thing, or the address, that it belongs to."""
    address = back if isinstance(back, str) else back.get_absolute_url()
    context = {"form": form, "heading": heading, "submit": submit, "cancel_url": address}
    named = "" if isinstance(back, str) else str(back)
    status = 422 if form.is_bound and form.errors else 200
    return render(
        request, "people/form.html", {**context, "back_name": named, **shown}, status=status
    )


def act(request: HttpRequest, deed: Callable[[], object], *, said: str, to: Any) -> HttpResponse:
    """Do a deed that asks for nothing more, say what came of it, and go on to `to`."""
    try:
        deed()
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
    return redirect(to)
