"""The user guide inside the system: the same pages as in docs/huong-dan."""

import re
from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from markdown_it import MarkdownIt

_TITLE = re.compile(r"^# (.+)$", re.MULTILINE)
_LINK = re.compile(r'href="([a-z-]+)\.md"')
_PICTURE = re.compile(r'src="hinh/([a-z0-9-]+)\.png"')


def help_page(request: HttpRequest, page: str = "README") -> HttpResponse:
    """One page of the guide; the first one lists the others by role and task."""
    path = _guide() / f"{page}.md"
    if not path.is_file():
        raise Http404
    text = path.read_text()
    title = _TITLE.search(text)
    written = MarkdownIt("commonmark").enable("table").render(_TITLE.sub("", text, count=1))
    # The files name files; on the screen the same links lead to pages.
    written = _LINK.sub(lambda link: f'href="{reverse("help_page", args=[link[1]])}"', written)
    written = _PICTURE.sub(lambda name: f'src="{reverse("help_picture", args=[name[1]])}"', written)
    return render(
        request,
        "common/help.html",
        {
            "title": title.group(1) if title else page,
            "text": mark_safe(written),  # noqa: S308 (pages of this repository)
            "is_index": page == "README",
        },
    )


def help_picture(request: HttpRequest, name: str) -> FileResponse:
    """A picture of the guide."""
    path = _guide() / "hinh" / f"{name}.png"
    if not path.is_file():
        raise Http404
    return FileResponse(path.open("rb"), content_type="image/png")


def _guide() -> Path:
    return Path(settings.ROOT) / "docs/huong-dan"
