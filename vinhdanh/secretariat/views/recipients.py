"""Who gets a mailing: choosing them, leaving some out, looking at a copy; and writing one."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from vinhdanh.common.ids import is_key
from vinhdanh.common.refusal import Refused
from vinhdanh.people import access as people
from vinhdanh.people.models import Person, Unit, UnitGroup
from vinhdanh.people.queries import (
    CountedGroup,
    counted_groups,
    found_persons,
    found_units,
    with_posts,
)
from vinhdanh.secretariat import access
from vinhdanh.secretariat.actions import mailings as actions
from vinhdanh.secretariat.forms.mailings import NewMailingForm, RecipientsForm
from vinhdanh.secretariat.models import Mailing, Paper
from vinhdanh.secretariat.queries import mailings as queries
from vinhdanh.secretariat.rules.mailings import Addressee
from vinhdanh.secretariat.views.mailings import (
    chosen_office,
    done,
    no_longer_waiting,
    run_mailing,
    visible_mailing,
)
from vinhdanh.secretariat.views.offices import user_of

_MOST_PERSONS = 50
_MOST_NAMED = 10
# The kinds of papers that are sent as something else than guidance.
_KINDS = {"invitation": Mailing.Kind.INVITATION, "letter": Mailing.Kind.URGING}


def mailing_new(request: HttpRequest) -> HttpResponse:
    """Write a mailing, by itself or around an issued paper (`?van-ban`)."""
    user, today = user_of(request), timezone.localdate()
    office, offices = chosen_office(request)
    paper = _paper(request, on=today)
    if paper is not None:
        office, offices = paper.office, [paper.office]
    form = NewMailingForm(
        request.POST or None,
        request.FILES or None,
        groups=_groups(request, office, on=today),
        units=queries.choosable_units(office, on=today),
        initial=_first_words(paper, office),
    )

    def write(given: dict[str, Any]) -> Mailing:
        addressees, unmanned = _addressees(given, on=today)
        made = actions.put_in_outbox(
            office,
            given["kind"],
            subject=given["subject"],
            text=given["text"],
            addressees=addressees,
            files=[paper.pdf] if paper and paper.pdf else [],
            uploads=given["uploads"],
            starts_at=given["starts_at"],
            ends_at=given["ends_at"],
            place=given["place"],
            about=(_label(paper), paper.get_absolute_url()) if paper else ("", ""),
            by=user,
            at=timezone.now(),
        )
        _warn_of(request, unmanned)
        return made

    made = done(request, form, write)
    if made:
        messages.success(request, _("Đã lập thư trong hộp thư đi."))
        return redirect(made)
    shown = {"form": form, "office": office, "offices": offices, "paper": paper}
    return render(
        request, "secretariat/mailing_new.html", shown, status=422 if form.errors else 200
    )


def mailing_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Add recipients; with `?q`, among the units and persons found."""
    user, today, found = user_of(request), timezone.localdate(), run_mailing(request, pk)
    if request.method == "GET" and found.state != Mailing.State.WAITING:
        return no_longer_waiting(request, found)
    words = request.GET.get("q", "").strip()
    units = queries.choosable_units(found.office, on=today)
    persons = queries.choosable_persons(found.office, by=user, on=today)
    form = RecipientsForm(
        request.POST or None,
        groups=_groups(request, found.office, on=today),
        units=found_units(units, words) if words and not request.POST else units,
        persons=persons,
    )

    def add(given: dict[str, Any]) -> int:
        addressees, unmanned = _addressees(given, on=today)
        count = actions.add(found, addressees, by=user, at=timezone.now())
        _warn_of(request, unmanned)
        return count

    count = done(request, form, add)
    if count:
        said = ngettext("Đã thêm %(count)d người nhận.", "Đã thêm %(count)d người nhận.", count)
        messages.success(request, said % {"count": count})
        return redirect(found)
    shown = {
        "form": form,
        "mailing": found,
        "words": words,
        "persons": _persons_shown(persons, form, words, on=today),
    }
    return render(
        request, "secretariat/mailing_add.html", shown, status=422 if form.errors else 200
    )


@require_POST
def recipients_set(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Leave the ticked recipients out, or take them back."""
    user, found = user_of(request), run_mailing(request, pk)
    chosen = [UUID(key) for key in request.POST.getlist("nguoi") if is_key(key)]
    deed = actions.take_back if request.POST.get("viec") == "lay-lai" else actions.leave_out
    try:
        count = deed(found, chosen, by=user, at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        said = ngettext("Đã đổi %(count)d người nhận.", "Đã đổi %(count)d người nhận.", count)
        messages.success(request, said % {"count": count})
    query = request.GET.urlencode()
    return redirect(f"{found.get_absolute_url()}{'?' + query if query else ''}#nguoi-nhan")


def mailing_copy(request: HttpRequest, pk: UUID, recipient_pk: UUID) -> HttpResponse:
    """Exactly what one recipient gets."""
    found = visible_mailing(request, pk)
    everybody = queries.recipients(found)
    recipient = get_object_or_404(everybody, pk=recipient_pk)
    order = list(everybody.values_list("pk", flat=True))
    place = order.index(recipient.pk)
    shown = {
        "mailing": found,
        "recipient": recipient,
        "runs": access.runs(user_of(request), found.office, on=timezone.localdate()),
        "copy": queries.copy_of(found, recipient),
        "files": list(found.files.order_by("name")),
        "place": place + 1,
        "count": len(order),
        "before": order[place - 1] if place else None,
        "after": order[place + 1] if place + 1 < len(order) else None,
    }
    return render(request, "secretariat/mailing_copy.html", shown)


def _addressees(given: dict[str, Any], *, on: date) -> tuple[list[Addressee], list[Unit]]:
    """The addressees that were chosen, and the units among them where nobody can be written to."""
    units = queries.units_meant(given["units"], given["groups"], on=on)
    found = queries.people_of(units, on=on)
    addressees = [each for unit in units for each in found[unit.pk]]
    addressees += queries.addressees_of(list(given.get("persons", [])), on=on)
    return [*addressees, *given["outside"]], [unit for unit in units if not found[unit.pk]]


def _warn_of(request: HttpRequest, unmanned: list[Unit]) -> None:
    if unmanned:
        names = "; ".join(str(unit) for unit in unmanned[:_MOST_NAMED])
        more = len(unmanned) - _MOST_NAMED
        if more > 0:
            names += ngettext("; và %(count)d đơn vị khác", "; và %(count)d đơn vị khác", more) % {
                "count": more
            }
        said = _("Chưa có cán bộ phụ trách hoặc thủ trưởng trên hệ thống: %(units)s.")
        messages.warning(request, said % {"units": names})


def _groups(request: HttpRequest, office: Unit, *, on: date) -> list[CountedGroup]:
    """The groups of the office's tree, each with how many units it means."""
    groups: QuerySet[UnitGroup] = people.visible_groups(user_of(request), on=on)
    return counted_groups(groups.filter(office__path__startswith=office.top_id), on=on)


def _persons_shown(
    persons: QuerySet[Person], form: RecipientsForm, words: str, *, on: date
) -> Iterable[Person]:
    """The persons found, and those who are ticked, with their posts."""
    if form.is_bound:
        ticked = [key for key in form.chosen_persons if is_key(key)]
        return with_posts(persons.filter(pk__in=ticked), on=on) if ticked else []
    if words:
        return with_posts(found_persons(persons, words), on=on)[:_MOST_PERSONS]
    return []


def _paper(request: HttpRequest, *, on: date) -> Paper | None:
    """The issued paper that is to be sent, of an office that the user runs; 404 for another."""
    key = request.GET.get("van-ban", "")
    if not key:
        return None
    run = access.offices_run(user_of(request), on=on)
    issued = Paper.objects.filter(office__in=run, state=Paper.State.ISSUED)
    issued = issued.filter(pk=key) if is_key(key) else issued.none()
    paper: Paper = get_object_or_404(issued.select_related("office", "number", "pdf"))
    return paper


def _label(paper: Paper) -> str:
    return f"{paper.number}: {paper.subject}"


def _first_words(paper: Paper | None, office: Unit) -> dict[str, Any]:
    """What stands in the form to begin with: Vietnamese in every language of the screens."""
    if paper is None or paper.signed_on is None:
        return {"kind": Mailing.Kind.GUIDANCE, "text": "Kính gửi {người nhận}, {đơn vị}:\n\n"}
    text = (
        "Kính gửi {người nhận}, {đơn vị}:\n\n%(office)s gửi văn bản số %(number)s ngày "
        "%(day)s “%(subject)s”.\n\nVăn bản ở tệp đính kèm."
    )
    words = {
        "office": office.name,
        "number": paper.number,
        "day": f"{paper.signed_on:%d/%m/%Y}",
        "subject": paper.subject,
    }
    kind = _KINDS.get(paper.kind, Mailing.Kind.GUIDANCE)
    return {"kind": kind, "subject": _label(paper)[:300], "text": text % words}
