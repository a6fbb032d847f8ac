"""The pages of lists that are written in the background: how far, and the file."""

from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from vinhdanh.documents.models import Export
from vinhdanh.documents.responses import download
from vinhdanh.documents.rules.exports import SHEETS


def export(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How far a spreadsheet is that is written in the background; its file when it is ready."""
    asked = _asked(request, pk)
    shown = {
        "export": asked,
        "shown": SHEETS[asked.kind].shown(asked),
        "waited": (timezone.now() - asked.asked_at).total_seconds(),
    }
    is_part = request.htmx  # type: ignore[attr-defined]
    return render(request, f"documents/{'_' if is_part else ''}export.html", shown)


def export_file(request: HttpRequest, pk: UUID) -> FileResponse:
    """The spreadsheet that was written in the background."""
    asked = _asked(request, pk)
    if asked.file is None:
        raise Http404
    SHEETS[asked.kind].hand_out(asked)
    return download(asked.file)


def _asked(request: HttpRequest, pk: UUID) -> Export:
    """What the user asked for, while they still may have it; 404 to everybody else."""
    own = Export.objects.filter(asked_by_id=request.user.pk, kind__in=SHEETS)
    asked = get_object_or_404(own.select_related("file", "asked_by"), pk=pk)
    if not SHEETS[asked.kind].is_seen(asked):
        raise Http404
    return asked
