"""What is wrong with a request before any page is asked: said on a page, in plain words."""

from collections.abc import Callable

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.defaults import bad_request

Answer = Callable[[HttpRequest], HttpResponse]


def refuse_null_signs(get_response: Answer) -> Answer:
    """Answer an address with a null sign as a bad request: no text that is kept can hold one."""

    def answer(request: HttpRequest) -> HttpResponse:
        if "%00" in request.META.get("QUERY_STRING", ""):
            return bad_request(request, SuspiciousOperation("null sign"))
        return get_response(request)

    return answer


def explain_not_allowed(get_response: Answer) -> Answer:
    """Give the empty answer to a wrong method, such as opening the address of a button, a page."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code != 405 or response.streaming or response.content:
            return response
        page = render(request, "405.html", status=405)
        page["Allow"] = response["Allow"]
        return page

    return answer
