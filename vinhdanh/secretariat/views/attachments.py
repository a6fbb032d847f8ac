"""The files that go along with a mailing: for whoever reads the outbox, and for its recipients."""

from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from vinhdanh.documents.models import File
from vinhdanh.documents.responses import download, page_picture, preview
from vinhdanh.secretariat import access
from vinhdanh.secretariat.actions import mailings as actions
from vinhdanh.secretariat.models import Mailing
from vinhdanh.secretariat.views.mailings import visible_mailing
from vinhdanh.secretariat.views.offices import user_of


def _found(request: HttpRequest, pk: UUID, file_pk: UUID, side: str) -> tuple[Mailing, File]:
    """The mailing and the file as the office sees it, or as its recipients do; 404 to others."""
    if side == "received":
        found = get_object_or_404(access.received_mailings(user_of(request)), pk=pk)
    else:
        found = visible_mailing(request, pk)
    return found, get_object_or_404(found.files, pk=file_pk)


@require_safe
def fetched(request: HttpRequest, pk: UUID, file_pk: UUID, side: str) -> FileResponse:
    """The file itself; the journal tells."""
    found, file = _found(request, pk, file_pk, side)
    actions.note_download(found, file, by=user_of(request))
    return download(file)


@require_safe
def looked_at(request: HttpRequest, pk: UUID, file_pk: UUID, side: str) -> HttpResponse:
    """A page of the file, in the page."""
    found, file = _found(request, pk, file_pk, side)
    seen = preview(file, request.GET.get("trang"))
    shown = {
        "mailing": found,
        "file": file,
        "seen": seen,
        "back": reverse(f"secretariat:{side}", args=[pk]),
        "download_url": reverse(f"secretariat:{side}_file", args=[pk, file_pk]),
        "picture_url": reverse(f"secretariat:{side}_picture", args=[pk, file_pk, seen.number]),
    }
    return render(request, "secretariat/mailing_file.html", shown)


@require_safe
def picture(
    request: HttpRequest, pk: UUID, file_pk: UUID, number: int, side: str
) -> HttpResponseBase:
    """A page of the file as a picture."""
    _mailing, file = _found(request, pk, file_pk, side)
    return page_picture(request, file, number)
