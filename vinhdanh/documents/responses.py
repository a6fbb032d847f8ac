"""Handing a stored file to a browser. The views of other rooms may import this; they decide who
may read the file before they call it."""

from django.http import FileResponse

from vinhdanh.documents import queries
from vinhdanh.documents.models import File
from vinhdanh.documents.rules.accepted import KINDS


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
    response["Cache-Control"] = "private, max-age=0, must-revalidate"
    return response
