"""What comes before a page: choosing a password, and logging in again without being misled."""

from collections.abc import Callable
from urllib.parse import parse_qs, urlencode, urlsplit

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

_STILL_OPEN = ("account_change_password", "account_logout", "set_language")


def choose_password_first(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Lead a user who must choose a password there from every page: a one-time password is good
    for nothing else."""

    def answer(request: HttpRequest) -> HttpResponse:
        must = request.user.is_authenticated and request.user.must_change_password
        if must and request.path not in {reverse(name) for name in _STILL_OPEN}:
            return redirect("account_change_password")
        return get_response(request)

    return answer


def log_in_and_come_back(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Say that what was sent after the session had ended is not done, and lead back to the page
    that it was sent from; a piece of a page (htmx) is not replaced by the log-in page."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        in_piece = request.headers.get("HX-Request") == "true"
        if request.user.is_authenticated or not _is_sent_to_log_in(request, response):
            return response
        if request.method in {"GET", "HEAD"} and not in_piece:
            return response
        if request.method == "POST":
            messages.warning(
                request,
                _("Phiên đăng nhập đã hết nên nội dung vừa gửi chưa được lưu; xin đăng nhập lại."),
            )
        came_from = request.headers.get("HX-Current-URL") or request.headers.get("Referer", "")
        address = (
            f"{reverse('account_login')}?{urlencode({'next': _page_here(request, came_from)})}"
        )
        return HttpResponseClientRedirect(address) if in_piece else redirect(address)

    return answer


def _is_sent_to_log_in(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether the answer is to log in first, and to come back to what was asked for."""
    if response.status_code != 302:
        return False
    parts = urlsplit(response["Location"])
    back = parse_qs(parts.query).get("next")
    return parts.path == reverse("account_login") and back == [request.get_full_path()]


def _page_here(request: HttpRequest, address: str) -> str:
    """The path of an address of this site; "/" for any other."""
    if not url_has_allowed_host_and_scheme(address, {request.get_host()}):
        return "/"
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}".removesuffix("?") or "/"
