"""Papers that are not issued, as pictures of their pages, for whoever is looking at them now.

The PDF lies in the cache for a while, under a token that only the same person can use.
"""

import hashlib
from dataclasses import dataclass

from django.core.cache import caches
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from vinhdanh.common.refusal import Refused
from vinhdanh.papers.rules.pdf import pdf
from vinhdanh.papers.rules.tree import Paper as Tree
from vinhdanh.secretariat.models import Paper
from vinhdanh.secretariat.queries.papers import tree
from vinhdanh.secretariat.rules import pictures
from vinhdanh.secretariat.rules.papers import shortened

_KEPT_SECONDS = 15 * 60
# Rows of each table, and pages, that are shown: enough to see how the paper looks.
MOST_ROWS = 80
MOST_PAGES = 12


@dataclass(frozen=True)
class Preview:
    """What the page shows: a token and the numbers of the pages, or why there are none.

    `most_rows` is how many rows are shown of each table where some has more, 0 where none has.
    """

    token: str = ""
    pages: tuple[int, ...] = ()
    page_count: int = 0
    refusal: str = ""
    most_rows: int = 0


def made(request: HttpRequest, paper: Tree) -> Preview:
    """Lay the paper out and keep it for the pictures that the page will ask for."""
    shown = shortened(paper, most=MOST_ROWS)
    token = hashlib.sha256(repr(shown).encode()).hexdigest()
    kept = caches["previews"]
    laid_out = kept.get(_key(request, token))
    if laid_out is None:
        laid_out = pdf(shown)
    kept.set(_key(request, token), laid_out, _KEPT_SECONDS)
    count = pictures.page_count(laid_out)
    pages = tuple(range(1, min(count, MOST_PAGES) + 1))
    return Preview(token, pages, count, most_rows=0 if shown == paper else MOST_ROWS)


def of(request: HttpRequest, paper: Paper) -> Preview:
    """A look at a paper as it stands; or why it cannot be laid out."""
    try:
        return made(request, tree(paper))
    except Refused as refusal:
        return Preview(refusal=_(str(refusal)))


def picture(request: HttpRequest, token: str, number: int) -> HttpResponse:
    """A page of what was laid out for the user a while ago; 404 to everybody else."""
    laid_out = caches["previews"].get(_key(request, token))
    return answer(laid_out and pictures.picture(laid_out, number))


def answer(drawn: bytes | None) -> HttpResponse:
    """A picture for a page of this house; 404 when there is none."""
    if drawn is None:
        raise Http404
    response = HttpResponse(drawn, content_type="image/png")
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, max-age=900"
    return response


def _key(request: HttpRequest, token: str) -> str:
    return f"paper:{request.user.pk}:{token}"
