"""A one-time password is good for one thing: choosing another."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

_STILL_OPEN = ("account_change_password", "account_logout", "set_language")


def choose_password_first(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Lead a user who must choose a password there from every page."""

    def answer(request: HttpRequest) -> HttpResponse:
        must = request.user.is_authenticated and request.user.must_change_password
        if must and request.path not in {reverse(name) for name in _STILL_OPEN}:
            return redirect("account_change_password")
        return get_response(request)

    return answer
