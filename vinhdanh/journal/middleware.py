"""Who asks and from where, for what the journal keeps while a request is answered."""

from collections.abc import Callable
from contextvars import ContextVar

import pghistory
from django.conf import settings
from django.http import HttpRequest, HttpResponse

# As much as a line keeps; what a proxy forwards may be anything.
_LONGEST = 100
_whence: ContextVar[str] = ContextVar("whence", default="")


def whence(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[..., HttpResponse]:
    """Remember the caller's address, for lines, and with it who asks, for what rows were before
    (`journal.models.tracked`), for the length of the request."""

    def answer(request: HttpRequest) -> HttpResponse:
        address = _address(request)[:_LONGEST]
        token = _whence.set(address)
        try:
            with pghistory.context(**_asker(request), whence=address):
                return get_response(request)
        finally:
            _whence.reset(token)

    return answer


def current() -> str:
    """The address of the request being answered; "" outside of one (a command, a task)."""
    return _whence.get()


def _asker(request: HttpRequest) -> dict[str, str]:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    return {"user": str(user.pk), "name": str(user)}


def _address(request: HttpRequest) -> str:
    forwarded = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",")]
    trusted: int = settings.TRUSTED_PROXIES
    if trusted and len(forwarded) >= trusted and forwarded[-trusted]:
        return forwarded[-trusted]
    return str(request.META.get("REMOTE_ADDR", ""))
