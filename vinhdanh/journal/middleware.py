"""Where a request comes from, for the journal lines written while it is answered."""

from collections.abc import Callable
from contextvars import ContextVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse

# As much as a line keeps; what a proxy forwards may be anything.
_LONGEST = 100
_whence: ContextVar[str] = ContextVar("whence", default="")


def whence(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[..., HttpResponse]:
    """Remember the caller's address for the length of the request."""

    def answer(request: HttpRequest) -> HttpResponse:
        token = _whence.set(_address(request)[:_LONGEST])
        try:
            return get_response(request)
        finally:
            _whence.reset(token)

    return answer


def current() -> str:
    """The address of the request being answered; "" outside of one (a command, a task)."""
    return _whence.get()


def _address(request: HttpRequest) -> str:
    forwarded = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",")]
    trusted: int = settings.TRUSTED_PROXIES
    if trusted and len(forwarded) >= trusted and forwarded[-trusted]:
        return forwarded[-trusted]
    return str(request.META.get("REMOTE_ADDR", ""))
