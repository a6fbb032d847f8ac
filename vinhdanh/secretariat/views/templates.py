"""The wordings of an office: edited in the browser, previewed, every version kept."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from vinhdanh.common.refusal import Refused
from vinhdanh.journal.queries import lines_about
from vinhdanh.secretariat import access
from vinhdanh.secretariat.actions import templates as actions
from vinhdanh.secretariat.forms.templates import NewTemplateForm, WordsForm
from vinhdanh.secretariat.models import Template, TemplateVersion
from vinhdanh.secretariat.queries import samples
from vinhdanh.secretariat.queries import templates as queries
from vinhdanh.secretariat.queries.papers import kind_choices
from vinhdanh.secretariat.rules import wording
from vinhdanh.secretariat.views import previews
from vinhdanh.secretariat.views.offices import tabs, user_of


@require_safe
def templates(request: HttpRequest) -> HttpResponse:
    """The templates of the offices that the user reads, by kind."""
    user, today = user_of(request), timezone.localdate()
    rows = queries.with_current(access.visible_templates(user, on=today))
    having = {(template.office_id, template.kind) for template, _version in rows}
    run = access.offices_run(user, on=today).values_list("pk", flat=True)
    shown = {
        **tabs(request, "templates"),
        "rows": rows,
        "kinds": dict(kind_choices()),
        "may_start": any((pk, kind) not in having for pk in run for kind in wording.BUILT_IN),
        "several": len({template.office_id for template, _version in rows}) > 1,
    }
    return render(request, "secretariat/templates.html", shown)


@require_POST
def start(request: HttpRequest) -> HttpResponse:
    """Copy the built-in wordings that are missing in the offices that the user runs."""
    user, at = user_of(request), timezone.now()
    offices = access.offices_run(user, on=timezone.localdate())
    get_object_or_404(offices[:1])
    copied = sum(actions.start(office, by=user, at=at) for office in offices)
    messages.success(request, _("Đã lấy %(count)d mẫu có sẵn.") % {"count": copied})
    return redirect("secretariat:templates")


def new(request: HttpRequest) -> HttpResponse:
    """A further template."""
    offices = access.offices_run(user_of(request), on=timezone.localdate())
    get_object_or_404(offices[:1])
    form = NewTemplateForm(request.POST or None, offices=offices)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = actions.add(
                given["office"],
                given["kind"],
                name=given["name"],
                words=form.words(),
                by=user_of(request),
                at=timezone.now(),
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã thêm mẫu “%(template)s”.") % {"template": made})
            return redirect("secretariat:template", made.pk)
    status = 422 if form.errors else 200
    return render(request, "secretariat/template_new.html", {"form": form}, status=status)


def template(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A template: its words to edit, the fields they may name, a look at it with samples."""
    found, runs = _seen(request, pk)
    version = queries.current(found)
    form = WordsForm(request.POST or None, version=version)
    if request.method == "POST" and not runs:
        raise Http404
    words = actions.words_of(version)
    newer = None
    if request.method == "POST" and form.is_valid():
        words = form.words()
        if "look" not in request.POST and _saved(request, found, form):
            return redirect("secretariat:template", found.pk)
        if form.errors and form.cleaned_data["seen"] != version.number:
            newer = version.number
            seen = {"seen": str(version.number)}
            form.data = {name: form.data.get(name) for name in form.data} | seen
    shown = {
        "template": found,
        "version": version,
        "form": form,
        "runs": runs,
        "newer": newer,
        "preview": _preview(request, found, words),
        "fields": wording.fields(found.kind),
        "tables": wording.tables(found.kind),
        "kind_name": dict(kind_choices())[found.kind],
        "history": lines_about(found),
    }
    status = 422 if form.errors else 200
    return render(request, "secretariat/template.html", shown, status=status)


@require_POST
def preview(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The pictures of what is being typed in a template, with samples, not saved (htmx)."""
    found, runs = _seen(request, pk)
    if not runs:
        raise Http404
    form = WordsForm(request.POST, version=queries.current(found))
    if form.is_valid():
        shown = _preview(request, found, form.words())
    else:
        shown = previews.Preview(refusal=_("Hãy ghi trích yếu và nội dung để xem trước."))
    return render(request, "secretariat/_preview.html", {"preview": shown})


@require_POST
def switch(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Use a template for papers, or no more."""
    found, runs = _seen(request, pk)
    if not runs:
        raise Http404
    is_active = request.POST.get("active") == "1"
    actions.switch(found, is_active=is_active, by=user_of(request), at=timezone.now())
    said = _("Mẫu “%(template)s” được dùng.") if is_active else _("Mẫu “%(template)s” thôi dùng.")
    messages.success(request, said % {"template": found})
    return redirect("secretariat:template", found.pk)


@require_safe
def versions(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The versions of a template, and two of them side by side (`truoc`, `sau`)."""
    found, runs = _seen(request, pk)
    kept = list(found.versions.select_related("saved_by"))
    after = _chosen(request, "sau", kept) or kept[0]
    older = [version for version in kept if version.number < after.number]
    before = _chosen(request, "truoc", kept) or (older[0] if older else None)
    labels = {name: TemplateVersion._meta.get_field(name) for name in queries.PARTS}
    compared = []
    if before:
        compared = [
            (labels[part].verbose_name, pairs)  # type: ignore[union-attr]
            for part, pairs in queries.differences(before, after).items()
            if pairs
        ]
    shown = {
        "template": found,
        "runs": runs,
        "versions": kept,
        "before": before,
        "after": after,
        "compared": compared,
    }
    return render(request, "secretariat/template_versions.html", shown)


@require_POST
def restore(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """Use an older version again."""
    found, runs = _seen(request, pk)
    if not runs:
        raise Http404
    version = get_object_or_404(found.versions.select_related("template__office"), number=number)
    try:
        actions.restore(version, by=user_of(request), at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Đã dùng lại phiên bản %(number)d.") % {"number": number})
    return redirect("secretariat:template", found.pk)


def _seen(request: HttpRequest, pk: UUID) -> tuple[Template, bool]:
    """A template that the user may read, and whether they run its office; 404 to a stranger."""
    user, today = user_of(request), timezone.localdate()
    seen = access.visible_templates(user, on=today).select_related("office__parent")
    found = get_object_or_404(seen, pk=pk)
    return found, access.runs(user, found.office, on=today)


def _saved(request: HttpRequest, found: Template, form: WordsForm) -> bool:
    """Whether a version was saved; a refusal stands on the form."""
    given = form.cleaned_data
    try:
        version = actions.save(
            found,
            form.words(),
            note=given["note"],
            seen=given["seen"],
            by=user_of(request),
            at=timezone.now(),
        )
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    saved = {"number": version.number}
    messages.success(request, _("Đã lưu phiên bản %(number)d.") % saved)
    return True


def _preview(request: HttpRequest, found: Template, words: actions.Words) -> previews.Preview:
    try:
        words = actions.checked(found.kind, words)
        return previews.made(request, samples.tree_of(found, words))
    except Refused as refusal:
        return previews.Preview(refusal=_(str(refusal)))


def _chosen(request: HttpRequest, name: str, kept: list[TemplateVersion]) -> TemplateVersion | None:
    """The version whose number the address gives; 404 when there is no such one."""
    asked = request.GET.get(name)
    if not asked:
        return None
    for version in kept:
        if str(version.number) == asked:
            return version
    raise Http404
