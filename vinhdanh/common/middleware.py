"""What holds for every answer: its language, who may keep it, and plain words when it is none."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.views.defaults import bad_request

Answer = Callable[[HttpRequest], HttpResponse]


def speak_the_chosen_language(get_response: Answer) -> Answer:
    """Answer in Vietnamese, or in the language chosen on the page.

    What the browser asks for does not count: many office machines ask for English.
    """
    offered = dict(settings.LANGUAGES)

    def answer(request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in offered else settings.LANGUAGE_CODE
        request.LANGUAGE_CODE = language
        with translation.override(language):
            response = get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response

    return answer


def keep_no_page(get_response: Answer) -> Answer:
    """Let no machine show a page again after log-out: machines are shared.

    Until then a page may be gone back to, so that what was typed in it is not lost.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        logged_in = request.user.is_authenticated
        response = get_response(request)
        if logged_in and "Cache-Control" not in response:
            patch_cache_control(response, private=True, no_cache=True)
        if logged_in and not request.user.is_authenticated:
            response["Clear-Site-Data"] = '"cache"'
        return response

    return answer


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
