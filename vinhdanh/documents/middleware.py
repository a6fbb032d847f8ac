"""A request larger than any upload is answered before it fills the disk."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

# A form may carry several files, each up to the limit.
FILES_AT_ONCE = 4
# How much of a refused request is still read, so that the browser gets to see the answer.
_READ_ON = 20
_CHUNK = 1024 * 1024


def refuse_enormous(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Answer a request whose stated length is beyond the limit with a page that says so.

    A single file over the limit within a smaller request is refused by `documents.actions.keep`.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        stated = request.META.get("CONTENT_LENGTH") or "0"
        length = int(stated) if stated.isascii() and stated.isdigit() else 0
        if length <= settings.UPLOAD_LIMIT * FILES_AT_ONCE:
            return get_response(request)
        for _chunk in range(min(length, settings.UPLOAD_LIMIT * _READ_ON) // _CHUNK + 1):
            if not request.read(_CHUNK):
                break
        most = {"most": settings.UPLOAD_LIMIT // 1024 // 1024}
        return render(request, "documents/too_large.html", most, status=413)

    return answer
