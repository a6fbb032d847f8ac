"""Handing a stored file to a browser. The views of other rooms may import this; they decide who
may read the file before they call it."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from vinhdanh.common.refusal import Refused
from vinhdanh.documents import actions, queries
from vinhdanh.documents.models import Export, File
from vinhdanh.documents.rules.accepted import KINDS, PICTURES
from vinhdanh.documents.rules.exports import SHEETS
from vinhdanh.documents.rules.pdf import drawing

_PRIVATE = "private, max-age=0, must-revalidate"


@dataclass(frozen=True, slots=True)
class Preview:
    """What `documents/_preview.html` shows: page `number` of `count` and its words.

    A picture is one page without words. `refusal` says why there is nothing to show, "" otherwise.
    """

    number: int = 1
    count: int = 1
    text: str = ""
    refusal: str = ""


def download(file: File, *, in_page: bool = False) -> FileResponse:
    """The file as a download under its own name, Vietnamese letters included.

    With `in_page`, PDF files and images are shown in the browser's window instead. A browser is
    told not to guess another type and to run nothing that may be in the file.
    """
    kind = KINDS[file.kind]
    response = FileResponse(
        queries.open_file(file),
        as_attachment=not (in_page and kind.in_page),
        filename=file.name,
        content_type=kind.media_type,
    )
    response["Content-Length"] = str(file.size)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = _PRIVATE
    return response


def spreadsheet(content: bytes, name: str) -> HttpResponse:
    """An XLSX file made for this answer alone; `name` in plain letters."""
    response = HttpResponse(content, content_type=KINDS["xlsx"].media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response


def in_background(request: HttpRequest, export: Export, *, at: datetime) -> HttpResponse:
    """Ask whether a list that takes long shall be written in the background; posted, have it be
    and go to where its progress is seen.

    `export` says which list, not saved (see `actions.ask_export`). A refusal is told in the list.
    """
    shown = SHEETS[export.kind].shown(export)
    back = f"{shown.address}?{export.query}" if export.query else shown.address
    if request.method != "POST":
        asking = {"export": export, "shown": shown, "back": back}
        return render(request, "documents/export_ask.html", asking)
    try:
        asked = actions.ask_export(
            export.kind,
            about=export.about,
            query=export.query,
            language=get_language() or "vi",
            on=export.on,
            by=export.asked_by,
            at=at,
            held=export.held,
            line_count=export.line_count,
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(back)
    return redirect(asked)


def preview(file: File, asked: str | None) -> Preview:
    """The page of the file that an address asks for ("3"; the first when None or no number).

    404 for a page that the file has not, or a kind that cannot be looked at.
    """
    if not file.has_preview:
        raise Http404
    number = int(asked) if asked and asked.isascii() and asked.isdigit() and len(asked) < 7 else 1
    if file.kind in PICTURES:
        return Preview()
    try:
        page = drawing.page_words(_bytes(file), number)
    except Refused as refusal:
        if str(refusal) == drawing.NO_SUCH_PAGE:
            raise Http404 from None
        return Preview(refusal=_(str(refusal)))
    return Preview(page.number, page.count, page.text)


def page_picture(request: HttpRequest, file: File, number: int) -> HttpResponseBase:
    """Page `number` of a PDF as PNG, or the picture itself; 404 when there is none.

    A browser that has it asks whether it may still show it, and it is not drawn again.
    """
    if file.kind in PICTURES and number == 1:
        return download(file, in_page=True)
    if file.kind != "pdf":
        raise Http404
    mark = f'"{file.sha256}-{number}"'
    response: HttpResponseBase = get_conditional_response(request, etag=mark) or _drawn(
        file, number
    )
    response["ETag"] = mark
    response["Cache-Control"] = _PRIVATE
    return response


def _drawn(file: File, number: int) -> HttpResponse:
    try:
        picture = drawing.page_picture(_bytes(file), number)
    except Refused:
        raise Http404 from None
    response = HttpResponse(picture, content_type="image/png")
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _bytes(file: File) -> bytes:
    with queries.open_file(file) as stream:
        return stream.read()
