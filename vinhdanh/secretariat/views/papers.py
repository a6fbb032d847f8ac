"""The papers there are, beginning one, and the page of a draft."""

from typing import Any, NamedTuple
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from vinhdanh.common.refusal import Refused
from vinhdanh.documents.rules import accepted
from vinhdanh.journal import queries as journal
from vinhdanh.papers.rules.docx import docx
from vinhdanh.papers.rules.kinds import KINDS
from vinhdanh.papers.rules.pdf import pdf
from vinhdanh.people.models import Unit
from vinhdanh.secretariat import access
from vinhdanh.secretariat.actions import papers as actions
from vinhdanh.secretariat.filters.papers import PaperFilter
from vinhdanh.secretariat.forms.papers import DraftForm, NewPaperForm
from vinhdanh.secretariat.models import Paper, Template
from vinhdanh.secretariat.queries import papers as queries
from vinhdanh.secretariat.queries import templates
from vinhdanh.secretariat.rules import wording
from vinhdanh.secretariat.rules.comparing import Pair, compare
from vinhdanh.secretariat.views import issuing, previews
from vinhdanh.secretariat.views.offices import seen_paper, tabs, user_of

PER_PAGE = 25
_WRITTEN = {"docx": docx, "pdf": pdf}


class Compared(NamedTuple):
    """A part of the words, its lines before and after beside each other."""

    label: str
    pairs: list[Pair]


@require_safe
def papers(request: HttpRequest) -> HttpResponse:
    """All papers of the offices that the user reads, the latest first."""
    frame = tabs(request, "papers")
    seen = access.visible_papers(user_of(request), on=timezone.localdate())
    chosen = PaperFilter(request.GET, queryset=queries.listed(seen), years=queries.years(seen))
    page = Paginator(chosen.qs, PER_PAGE).get_page(request.GET.get("page"))
    shown = {**frame, "filter": chosen, "page": page, "kinds": dict(queries.kind_choices())}
    return render(request, "secretariat/papers.html", shown)


@require_safe
def new(request: HttpRequest) -> HttpResponse:
    """Choose what to write: a template of the office, or a kind to write freely."""
    offices = access.offices_run(user_of(request), on=timezone.localdate())
    get_object_or_404(offices[:1])
    own = list(Template.objects.filter(office__in=offices, is_active=True).select_related("office"))
    having = {template.kind for template in own}
    built_in = [words for kind, words in wording.BUILT_IN.items() if kind not in having]
    shown = {
        **tabs(request, "papers"),
        "own": own,
        "built_in": built_in,
        "kinds": dict(queries.kind_choices()),
        "several": len({template.office_id for template in own}) > 1,
    }
    return render(request, "secretariat/paper_new.html", shown)


def new_of_kind(request: HttpRequest, kind: str) -> HttpResponse:
    """Begin a draft: by a template (`mau`), the built-in wording, or freely (`tu-do`)."""
    if kind not in KINDS:
        raise Http404
    offices = access.offices_run(user_of(request), on=timezone.localdate())
    template = _template(request, kind, offices)
    if template:
        offices = offices.filter(pk=template.office_id)
    first = get_object_or_404(offices[:1])
    if template is None and "tu-do" not in request.GET and len(offices) == 1:
        template = templates.active(first, kind)
    is_free = "tu-do" in request.GET or (template is None and kind not in wording.BUILT_IN)
    words: Any = None if is_free else wording.BUILT_IN.get(kind)
    if template:
        words = templates.current(template)
    asked = None if is_free else queries.asked_fields(kind, words)
    form = NewPaperForm(request.POST or None, offices=offices, asked=asked)
    if request.method == "POST" and form.is_valid():
        office, by, at = form.cleaned_data["office"], user_of(request), timezone.now()
        try:
            if is_free:
                subject = form.cleaned_data["subject"]
                begun = actions.draft(office, kind, subject=subject, text="", by=by, at=at)
            else:
                begun = actions.draft_from_template(
                    office, kind, values=form.values(), template=template, by=by, at=at
                )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã tạo dự thảo; xem lại, sửa rồi phát hành."))
            return redirect(begun)
    shown = {
        "form": form,
        "kind_name": dict(queries.kind_choices())[kind],
        "words": words,
        "template": template,
        "is_free": is_free,
    }
    status = 422 if form.errors else 200
    return render(request, "secretariat/paper_new_kind.html", shown, status=status)


def paper(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A paper: a draft with its form and pictures, or what has become of it."""
    found, runs = seen_paper(request, pk)
    if found.state != Paper.State.DRAFT or not runs:
        return issuing.show(request, found, runs=runs)
    # As kept, before what was typed is put into the paper for the pictures.
    changes = journal.row_changes(found)
    form = DraftForm(request.POST or None, paper=found)
    theirs: list[Compared] = []
    if request.method == "POST" and form.is_valid():
        if "look" not in request.POST and _saved(request, found, form):
            return redirect(found)
        if form.errors and form.cleaned_data["seen"] != found.edited_at:
            theirs = _theirs(found, form)
            seen = {"seen": found.edited_at.isoformat()}
            form.data = {name: form.data.get(name) for name in form.data} | seen
        _put(found, form)
    shown = {
        "paper": found,
        "form": form,
        "theirs": theirs,
        "preview": previews.of(request, found),
        "obstacles": queries.obstacles(found),
        "is_long": queries.is_long(found),
        "history": queries.history(found),
        "changes": changes,
        "kind_name": dict(queries.kind_choices())[found.kind],
    }
    status = 422 if form.errors else 200
    return render(request, "secretariat/draft.html", shown, status=status)


@require_POST
def preview(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The pictures of what is being typed in a draft, not saved (htmx)."""
    found, runs = seen_paper(request, pk)
    if not runs or found.state != Paper.State.DRAFT:
        raise Http404
    form = DraftForm(request.POST, paper=found)
    form.is_valid()
    _put(found, form)
    shown = {"preview": previews.of(request, found), "obstacles": queries.obstacles(found)}
    return render(request, "secretariat/_draft_side.html", {**shown, "paper": found})


@require_safe
def preview_picture(request: HttpRequest, token: str, number: int) -> HttpResponse:
    """A page of what was laid out for the user a while ago."""
    return previews.picture(request, token, number)


def discard(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Throw a draft away, after asking."""
    found, runs = seen_paper(request, pk)
    if not runs:
        raise Http404
    if request.method == "POST":
        try:
            actions.discard(found, by=user_of(request), at=timezone.now())
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect(found)
        messages.success(request, _("Đã bỏ dự thảo “%(paper)s”.") % {"paper": found})
        return redirect("secretariat:papers")
    if found.state != Paper.State.DRAFT:
        return redirect(found)
    return render(request, "secretariat/paper_discard.html", {"paper": found})


@require_safe
def draft_file(request: HttpRequest, pk: UUID, ending: str) -> HttpResponse:
    """A draft as PDF or Word file, marked as a draft; blanks stand for number and day."""
    found, _runs = seen_paper(request, pk)
    if ending not in _WRITTEN or found.state != Paper.State.DRAFT:
        raise Http404
    try:
        tree = queries.tree(found)
    except Refused as refusal:
        messages.error(request, _(str(refusal)))
        return redirect(found)
    response = HttpResponse(_WRITTEN[ending](tree), content_type=accepted.KINDS[ending].media_type)
    response["Content-Disposition"] = content_disposition_header(
        True, f"{_('Dự thảo')} {found.subject[:100]}.{ending}"
    )
    response["Cache-Control"] = "private, no-store"
    return response


def _template(request: HttpRequest, kind: str, offices: QuerySet[Unit]) -> Template | None:
    """The template that the address asks for (`mau`); 404 when there is no such one."""
    asked = request.GET.get("mau")
    if not asked:
        return None
    try:
        key = UUID(asked)
    except ValueError:
        raise Http404 from None
    return get_object_or_404(Template, pk=key, kind=kind, office__in=offices)


def _saved(request: HttpRequest, found: Paper, form: DraftForm) -> bool:
    """Whether the draft was saved; a refusal stands on the form."""
    seen = form.cleaned_data["seen"]
    try:
        actions.edit(found, form.typed(), seen=seen, by=user_of(request), at=timezone.now())
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, _("Đã lưu dự thảo."))
    return True


def _theirs(found: Paper, form: DraftForm) -> list[Compared]:
    """What stands in the draft by now beside what was typed, part by part, where they differ."""
    typed = form.typed()
    return [
        Compared(str(form.fields[part].label), pairs)
        for part in templates.PARTS
        if any(pairs := compare(getattr(found, part), getattr(typed, part)))
        and any(pair.change for pair in pairs)
    ]


def _put(found: Paper, form: DraftForm) -> None:
    """Show the paper as it was typed; nothing is saved."""
    for name, value in form.cleaned_data.items():
        if name != "seen":
            setattr(found, name, value)
