"""The outbox of an office, and the page of one mailing."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from vinhdanh.accounts.models import User
from vinhdanh.common.ids import is_key
from vinhdanh.common.refusal import Refused
from vinhdanh.journal import queries as journal
from vinhdanh.people.models import Unit
from vinhdanh.secretariat import access
from vinhdanh.secretariat.actions import mailings as actions
from vinhdanh.secretariat.filters.mailings import MailingFilter
from vinhdanh.secretariat.forms.mailings import DiscardForm, EditMailingForm, FilesForm
from vinhdanh.secretariat.models import Mailing
from vinhdanh.secretariat.queries import mailings as queries
from vinhdanh.secretariat.rules import mailings as rules
from vinhdanh.secretariat.views.offices import user_of

PER_PAGE = 25
RECIPIENTS_PER_PAGE = 50
MOST_AT_ONCE = 50


def done(request: HttpRequest, form: Form, act: Callable[[dict[str, Any]], object]) -> Any:
    """What doing the deed with a valid form gave, True when that is nothing; None when there is
    nothing to do yet, or the form or the deed says no: then the form says why."""
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        result = act(form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None
    return True if result is None else result


def act(request: HttpRequest, deed: Callable[[], object], said: str) -> bool:
    """Do a deed that asks for nothing more, and say what came of it; whether it was done."""
    try:
        deed()
    except Refused as refusal:
        messages.error(request, str(refusal))
        return False
    messages.success(request, said)
    return True


def outbox(request: HttpRequest) -> HttpResponse:
    """The mailings of the offices one reads: those that wait first."""
    user, today = user_of(request), timezone.localdate()
    if not access.offices_read(user, on=today).exists():
        raise Http404
    filtered = MailingFilter(request.GET, queryset=access.visible_mailings(user, on=today))
    page = Paginator(queries.outbox(filtered.qs), PER_PAGE).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    run = set(
        access.mailings_run(user, on=today)
        .filter(pk__in=[mailing.pk for mailing in shown])
        .values_list("pk", flat=True)
    )
    sent = queries.sent(shown)
    context = {
        "filter": filtered,
        "page": page,
        "rows": [(mailing, sent.get(mailing.pk), mailing.pk in run) for mailing in shown],
        "several": len({mailing.office_id for mailing in shown}) > 1,
        "may_write": access.offices_run(user, on=today).exists(),
        "tab": "outbox",
        "keeps_hooks": access.hooked_offices(user, on=today).exists(),
    }
    return render(request, "secretariat/outbox.html", context)


def mailing(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What the mailing says, who gets what, and what became of it."""
    user, today = user_of(request), timezone.localdate()
    found = visible_mailing(request, pk)
    return render(request, "secretariat/mailing.html", mailing_shown(request, found, user, today))


def mailing_shown(
    request: HttpRequest, found: Mailing, user: User, today: Any, **more: Any
) -> dict[str, Any]:
    """What the page of a mailing shows."""
    everybody = queries.recipients(found)
    words = request.GET.get("q", "")
    listed = queries.recipients_named(everybody, words) if words.strip() else everybody
    page = Paginator(listed, RECIPIENTS_PER_PAGE).get_page(request.GET.get("page"))
    first = queries.reached(found).first()
    runs = access.runs(user, found.office, on=today)
    waits = found.state == Mailing.State.WAITING
    reach = queries.reaches([found])[found.pk]
    stands = queries.standing([found]).get(found.pk) if found.starts_at and not waits else None
    return {
        "mailing": found,
        "runs": runs,
        "waits": waits,
        "may_change": runs and waits,
        "reach": reach,
        "lacks_concern": _lacking([found], {found.pk: reach}),
        "sent": queries.sent([found]).get(found.pk),
        "files": list(found.files.order_by("name")),
        "first": first,
        "copy": queries.copy_of(found, first) if first else found.text,
        "page": page,
        "words": words,
        "files_form": FilesForm(),
        "lines": journal.lines_about(found),
        "stands": stands,
        "may_open": True,
        "change": queries.waiting_change(found.changes or found) if stands else None,
        "may_move": runs and stands is not None and _is_to_come(stands),
        **more,
    }


def _is_to_come(meeting: Mailing) -> bool:
    begins = meeting.starts_at
    return not meeting.calls_off and begins is not None and begins > timezone.now()


def visible_mailing(request: HttpRequest, pk: UUID) -> Mailing:
    """A mailing of an office that the user reads; 404 to others."""
    seen = access.visible_mailings(user_of(request), on=timezone.localdate())
    found: Mailing = get_object_or_404(
        seen.select_related("office", "created_by", "settled_by", "changes"), pk=pk
    )
    return found


def run_mailing(request: HttpRequest, pk: UUID) -> Mailing:
    """A mailing of an office that the user runs; 404 to others."""
    run = access.mailings_run(user_of(request), on=timezone.localdate())
    found: Mailing = get_object_or_404(run.select_related("office"), pk=pk)
    return found


def mailing_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change what a waiting mailing says; two editors do not overwrite each other unawares."""
    user, found = user_of(request), run_mailing(request, pk)
    if request.method == "GET" and found.state != Mailing.State.WAITING:
        return no_longer_waiting(request, found)
    form = EditMailingForm(request.POST or None, mailing=found)
    if done(
        request,
        form,
        lambda given: actions.edit(found, **given, by=user, at=timezone.now()),
    ):
        messages.success(request, _("Đã lưu thư. Thư vẫn chờ trong hộp thư đi."))
        return redirect(found)
    if form.non_field_errors():  # whoever has read why it was refused and sends again means it
        again: Any = form.data
        form.data = {name: again[name] for name in again} | {"seen": form.initial["seen"]}
    shown = {
        "form": form,
        "mailing": found,
        "heading": _("Sửa thư"),
        "submit": _("Lưu"),
        "cancel_url": found.get_absolute_url(),
    }
    return render(
        request, "secretariat/mailing_form.html", shown, status=422 if form.errors else 200
    )


def no_longer_waiting(request: HttpRequest, found: Mailing) -> HttpResponse:
    """Lead whoever would change a settled mailing to its page, which says how it stands."""
    messages.warning(request, _("Thư không còn chờ gửi nên không sửa được nữa."))
    return redirect(found)


def mailings_release(request: HttpRequest) -> HttpResponse:
    """Ask once more, saying how many get the chosen mailings, then send them."""
    user, chosen = user_of(request), _chosen(request)
    if not chosen:
        messages.warning(request, _("Chưa chọn thư nào đang chờ gửi."))
        return redirect("secretariat:outbox")
    asked = _asked(chosen)
    seen = request.POST.get("seen", asked["mark"])
    if request.method == "POST" and seen != asked["mark"]:
        said = _("Thư hoặc danh sách nhận vừa thay đổi; hãy xem lại rồi cho gửi.")
        messages.warning(request, said)
    elif request.method == "POST":
        refused = actions.release_all(chosen, by=user, at=timezone.now())
        count = len(chosen) - len(refused)
        said = ngettext("Đã cho gửi %(count)d thư.", "Đã cho gửi %(count)d thư.", count)
        return _settled(request, chosen, refused, said % {"count": count})
    return render(request, "secretariat/mailing_release.html", asked)


def mailings_discard(request: HttpRequest) -> HttpResponse:
    """Ask once more and for a reason, then give the chosen mailings up."""
    user, chosen = user_of(request), _chosen(request)
    if not chosen:
        messages.warning(request, _("Chưa chọn thư nào đang chờ gửi."))
        return redirect("secretariat:outbox")
    form = DiscardForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        refused = actions.discard_all(chosen, **form.cleaned_data, by=user, at=timezone.now())
        count = len(chosen) - len(refused)
        said = ngettext(
            "Đã bỏ %(count)d thư; không ai nhận được.",
            "Đã bỏ %(count)d thư; không ai nhận được.",
            count,
        )
        return _settled(request, chosen, refused, said % {"count": count})
    return render(
        request,
        "secretariat/mailing_discard.html",
        {**_asked(chosen), "form": form},
        status=422 if form.errors else 200,
    )


@require_POST
def mailing_attach(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let more files go along."""
    user, found = user_of(request), run_mailing(request, pk)
    form = FilesForm(request.POST, request.FILES)
    if done(
        request,
        form,
        lambda given: actions.attach(found, given["uploads"], by=user, at=timezone.now()),
    ):
        messages.success(request, _("Đã đính kèm tệp."))
        return redirect(found)
    shown = mailing_shown(request, found, user, timezone.localdate(), files_form=form)
    return render(request, "secretariat/mailing.html", shown, status=422)


@require_POST
def mailing_detach(request: HttpRequest, pk: UUID, file_pk: UUID) -> HttpResponse:
    """Let a file no longer go along."""
    user, found = user_of(request), run_mailing(request, pk)
    file = get_object_or_404(found.files, pk=file_pk)
    act(
        request,
        lambda: actions.detach(found, file, by=user, at=timezone.now()),
        _("Đã gỡ tệp khỏi thư."),
    )
    return redirect(found)


def _chosen(request: HttpRequest) -> Sequence[Mailing]:
    """The mailings that are ticked, of offices that the user runs: to ask about, those that wait;
    404 to whoever runs none."""
    user, today = user_of(request), timezone.localdate()
    if not access.offices_run(user, on=today).exists():
        raise Http404
    marked = request.POST if request.method == "POST" else request.GET
    keys = [key for key in marked.getlist("chon") if is_key(key)][:MOST_AT_ONCE]
    waiting: QuerySet[Mailing] = access.mailings_run(user, on=today).filter(pk__in=keys)
    if request.method == "GET":
        waiting = waiting.filter(state=Mailing.State.WAITING)
    return list(waiting.select_related("office"))


def _asked(chosen: Sequence[Mailing]) -> dict[str, Any]:
    reaches = queries.reaches(chosen)
    return {
        "rows": [(mailing, reaches[mailing.pk]) for mailing in chosen],
        "mark": queries.mark(chosen, reaches),
        "people": sum(reach.people for reach in reaches.values()),
        "letters": sum(reach.letters for reach in reaches.values()),
        "inside": sum(reach.inside for reach in reaches.values()),
        "lacks_concern": _lacking(chosen, reaches),
        "cancel_url": chosen[0].get_absolute_url()
        if len(chosen) == 1
        else reverse("secretariat:outbox"),
    }


def _lacking(mailings: Sequence[Mailing], reaches: dict[UUID, queries.Headcount]) -> int:
    """How many copies have nothing where their text says {việc}."""
    return sum(
        reaches[mailing.pk].unconcerned
        for mailing in mailings
        if rules.has_field(mailing.text, rules.CONCERN)
    )


def _settled(
    request: HttpRequest,
    chosen: Sequence[Mailing],
    refused: list[tuple[Mailing, str]],
    said: str,
) -> HttpResponse:
    if len(refused) < len(chosen):
        messages.success(request, said)
    for found, reason in refused:
        messages.error(request, f"{found.subject}: {reason}")
    return redirect(chosen[0] if len(chosen) == 1 else "secretariat:outbox")


def chosen_office(request: HttpRequest) -> tuple[Unit, list[Unit]]:
    """The office to write for, by `?co-quan`, and all that the user runs; 404 without one."""
    offices = list(access.offices_run(user_of(request), on=timezone.localdate()).order_by("path"))
    wanted = request.GET.get("co-quan", "")
    found = [office for office in offices if not wanted or str(office.pk) == wanted]
    if not found:
        raise Http404
    return found[0], offices
