"""Issuing a paper, and what has become of it since: its pages, its files, making it void."""

from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from vinhdanh.common.refusal import Refused
from vinhdanh.documents.queries import open_file
from vinhdanh.documents.responses import download
from vinhdanh.journal import queries as journal
from vinhdanh.papers.rules import kinds
from vinhdanh.secretariat.actions import papers as actions
from vinhdanh.secretariat.forms.papers import IssueForm, VoidForm
from vinhdanh.secretariat.models import Paper
from vinhdanh.secretariat.queries import papers as queries
from vinhdanh.secretariat.queries import registers
from vinhdanh.secretariat.rules import pictures
from vinhdanh.secretariat.views import previews
from vinhdanh.secretariat.views.offices import seen_paper, user_of

_KEPT = {Paper.State.ISSUED, Paper.State.VOID}


def show(request: HttpRequest, paper: Paper, *, runs: bool) -> HttpResponse:
    """A paper that is not edited: issued, void, on its way, or a draft of an office one reads."""
    kind_name = dict(queries.kind_choices())[paper.kind]
    if paper.state == Paper.State.ISSUING:
        return _progress(request, paper, runs=runs, kind_name=kind_name)
    if request.htmx:  # type: ignore[attr-defined]
        return HttpResponseClientRedirect(paper.get_absolute_url())
    shown = {
        "paper": paper,
        "runs": runs,
        "kind_name": kind_name,
        "history": queries.history(paper),
        "changes": journal.row_changes(paper),
        "pages": (),
    }
    if paper.state in _KEPT:
        count = pictures.page_count(_kept_pdf(paper))
        shown["pages"] = range(1, min(count, previews.MOST_PAGES) + 1)
        shown["page_count"] = count
        shown["signature"] = paper.frozen["signature"]
    else:
        shown["preview"] = previews.of(request, paper)
    return render(request, "secretariat/paper.html", shown)


def issue(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What stands in the way, which number would come, and the deed itself."""
    paper, runs = seen_paper(request, pk)
    if not runs:
        raise Http404
    if paper.state != Paper.State.DRAFT:
        return redirect(paper)
    today = timezone.localdate()
    form = IssueForm(request.POST or None, today=today, paper=paper)
    is_sent = request.method == "POST" and form.is_valid()
    signed_on = form.cleaned_data["signed_on"] if is_sent else today
    year = signed_on.year
    last = registers.last_signed_on(paper.office, paper.kind, year=year)
    is_early = bool(last and signed_on < last)
    if is_sent and is_early and form.cleaned_data["confirmed"] != signed_on:
        form.data = {**request.POST.dict(), "confirmed": signed_on}
    elif is_sent and _issued(request, paper, form):
        return redirect(paper)
    elif is_sent:  # whoever has read why it was refused and sends again means it
        form.data = {**request.POST.dict(), "seen": paper.edited_at.isoformat()}
    number = registers.next_number(paper.office, paper.kind, year=year)
    shown = {
        "paper": paper,
        "form": form,
        "obstacles": queries.obstacles(paper),
        "is_long": queries.is_long(paper),
        "number": kinds.number_text(paper.kind, number, queries.head(paper)["sign"]),
        "year": year,
        "last": last,
        "is_early": is_early,
        "kind_name": dict(queries.kind_choices())[paper.kind],
    }
    status = 422 if form.errors else 200
    return render(request, "secretariat/paper_issue.html", shown, status=status)


@require_POST
def stop(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Make a draft again of a paper whose issuing does not end."""
    paper, runs = seen_paper(request, pk)
    if not runs:
        raise Http404
    try:
        actions.stop_issuing(paper, by=user_of(request), at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Đã dừng phát hành; văn bản lại là dự thảo, chưa lấy số."))
    return redirect(paper)


def void(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Make an issued paper void, saying why."""
    paper, runs = seen_paper(request, pk)
    if not runs:
        raise Http404
    if paper.state != Paper.State.ISSUED:
        return redirect(paper)
    form = VoidForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.void(paper, **form.cleaned_data, by=user_of(request), at=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã hủy bỏ văn bản; số đã cấp vẫn giữ trong sổ."))
            return redirect(paper)
    status = 422 if form.errors else 200
    return render(
        request, "secretariat/paper_void.html", {"paper": paper, "form": form}, status=status
    )


@require_safe
def picture(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """A page of an issued paper as a picture."""
    paper, _runs = seen_paper(request, pk)
    if paper.state not in _KEPT:
        raise Http404
    return previews.answer(pictures.picture(_kept_pdf(paper), number))


@require_safe
def file(request: HttpRequest, pk: UUID, ending: str) -> FileResponse:
    """The PDF or Word file of an issued paper; the journal notes who took it."""
    paper, _runs = seen_paper(request, pk)
    kept = {"pdf": paper.pdf, "docx": paper.docx}.get(ending)
    if kept is None:
        raise Http404
    actions.hand_out(paper, kept, by=user_of(request))
    return download(kept)


def _issued(request: HttpRequest, paper: Paper, form: IssueForm) -> bool:
    """Whether the paper was issued, or sent to be; a refusal stands on the form."""
    try:
        done = actions.issue(
            paper,
            signed_on=form.cleaned_data["signed_on"],
            seen=form.cleaned_data["seen"] if "seen" in request.POST else None,
            by=user_of(request),
            at=timezone.now(),
        )
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    if done.state == Paper.State.ISSUED:
        number = {"number": done.number}
        messages.success(request, _("Đã phát hành văn bản số %(number)s.") % number)
    return True


def _progress(request: HttpRequest, paper: Paper, *, runs: bool, kind_name: str) -> HttpResponse:
    shown = {
        "paper": paper,
        "runs": runs,
        "kind_name": kind_name,
        "line_count": queries.line_count(paper),
        "waited": int((timezone.now() - paper.edited_at).total_seconds()),
    }
    is_part = request.htmx  # type: ignore[attr-defined]
    return render(request, f"secretariat/{'_issuing' if is_part else 'issuing'}.html", shown)


def _kept_pdf(paper: Paper) -> bytes:
    assert paper.pdf is not None
    with open_file(paper.pdf) as stream:
        return stream.read()
