"""Who asks, and which offices they run or read."""

from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone

from vinhdanh.accounts.models import User
from vinhdanh.people.models import Unit
from vinhdanh.secretariat import access
from vinhdanh.secretariat.models import Paper


def user_of(request: HttpRequest) -> User:
    """Who asks; log-in is required by middleware."""
    assert isinstance(request.user, User)
    return request.user


def office_run(request: HttpRequest, pk: UUID) -> Unit:
    """An office that the user runs; 404 to everybody else."""
    offices = access.offices_run(user_of(request), on=timezone.localdate())
    return get_object_or_404(offices.select_related("parent"), pk=pk)


def seen_paper(request: HttpRequest, pk: UUID) -> tuple[Paper, bool]:
    """A paper that the user may see, and whether they run its office; 404 to a stranger."""
    user, today = user_of(request), timezone.localdate()
    seen = access.visible_papers(user, on=today).select_related(
        "office__parent", "number__register", "signer", "pdf", "docx", "created_by", "issued_by"
    )
    paper = get_object_or_404(seen, pk=pk)
    return paper, access.runs(user, paper.office, on=today)


def tabs(request: HttpRequest, tab: str) -> dict[str, object]:
    """What the strip of tabs needs: which is open, and whether the user runs any office; 404 to
    whoever reads none."""
    user, today = user_of(request), timezone.localdate()
    may_write = access.offices_run(user, on=today).exists()
    if not may_write:
        get_object_or_404(access.offices_read(user, on=today)[:1])
    return {"tab": tab, "may_write": may_write}
