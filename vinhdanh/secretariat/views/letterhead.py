"""What stands on an office's papers: the letterhead, and who signs."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from vinhdanh.common.refusal import Refused
from vinhdanh.journal import queries as journal
from vinhdanh.secretariat import access
from vinhdanh.secretariat.actions import letterhead as actions
from vinhdanh.secretariat.forms.letterhead import LetterheadForm, SignerForm
from vinhdanh.secretariat.models import Signer
from vinhdanh.secretariat.queries import papers as queries
from vinhdanh.secretariat.views.offices import office_run, tabs, user_of


@require_safe
def offices(request: HttpRequest) -> HttpResponse:
    """The offices that the user runs; the one there is at once."""
    found = list(access.offices_run(user_of(request), on=timezone.localdate()))
    if len(found) == 1:
        return redirect("secretariat:letterhead", found[0].pk)
    get_object_or_404(access.offices_run(user_of(request), on=timezone.localdate())[:1])
    shown = {**tabs(request, "letterhead"), "offices": found}
    return render(request, "secretariat/letterheads.html", shown)


def letterhead(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The letterhead of an office to edit, and its signers as they are printed."""
    office = office_run(request, pk)
    kept = queries.letterhead_of(office)
    form = LetterheadForm(request.POST or None, instance=kept)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change(office, form.head(), by=user_of(request), at=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã lưu thông tin trên văn bản."))
            return redirect("secretariat:letterhead", office.pk)
    signers = [
        (signer, queries.signature_of(signer))
        for signer in Signer.objects.filter(office=office).order_by("-is_active", "position")
    ]
    shown = {
        **tabs(request, "letterhead"),
        "office": office,
        "form": form,
        "signers": signers,
        "history": journal.lines_about(kept, *[signer for signer, _printed in signers]),
        "changes": journal.row_changes(
            kept, journal.Part(Signer, {"office_id": office.pk}, _("người ký"))
        ),
    }
    status = 422 if form.errors else 200
    return render(request, "secretariat/letterhead.html", shown, status=status)


def add_signer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let somebody sign the papers of an office."""
    office = office_run(request, pk)
    form = SignerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_signer(office, form.signing(), by=user_of(request), at=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã thêm người ký."))
            return redirect("secretariat:letterhead", office.pk)
    shown = {"office": office, "form": form, "heading": _("Thêm người ký")}
    status = 422 if form.errors else 200
    return render(request, "secretariat/signer.html", shown, status=status)


def edit_signer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change how somebody signs, or that they sign no more."""
    run = access.offices_run(user_of(request), on=timezone.localdate())
    signers = Signer.objects.filter(office__in=run).select_related("office")
    signer = get_object_or_404(signers, pk=pk)
    form = SignerForm(request.POST or None, instance=signer)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_signer(signer, form.signing(), by=user_of(request), at=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã lưu người ký."))
            return redirect("secretariat:letterhead", signer.office_id)
    shown = {"office": signer.office, "form": form, "heading": _("Sửa người ký")}
    status = 422 if form.errors else 200
    return render(request, "secretariat/signer.html", shown, status=status)
