"""What came of a mailing at whoever got it."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from vinhdanh.notices.rules import icalendar
from vinhdanh.secretariat import access
from vinhdanh.secretariat.models import Mailing
from vinhdanh.secretariat.queries import mailings as queries
from vinhdanh.secretariat.views.offices import user_of


def received(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The recipient's own copy; whoever reads the office's outbox is led to the mailing there."""
    user = user_of(request)
    found = access.received_mailings(user).filter(pk=pk).select_related("office").first()
    if found is None:
        seen = access.visible_mailings(user, on=timezone.localdate())
        released = seen.filter(state=Mailing.State.RELEASED)
        return redirect(get_object_or_404(released, pk=pk))
    recipient = queries.recipients(found).get(user=user)
    stands = queries.standing([found])[found.pk]
    shown = {
        "mailing": found,
        "copy": queries.copy_of(found, recipient),
        "recipient": recipient,
        "stands": stands,
        "may_open": access.received_mailings(user).filter(pk=stands.pk).exists(),
        "files": list(found.files.order_by("name")),
    }
    return render(request, "secretariat/received.html", shown)


def received_calendar(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What an invitation puts into a calendar, for its recipients and for the office."""
    user = user_of(request)
    found = access.received_mailings(user).filter(pk=pk).first()
    if found is None:
        seen = access.visible_mailings(user, on=timezone.localdate())
        found = get_object_or_404(seen, pk=pk)
    event = queries.event_of(queries.standing([found]).get(found.pk, found))
    if event is None:
        raise Http404
    answer = HttpResponse(
        icalendar.calendar([event], name=found.subject),
        content_type="text/calendar; charset=utf-8",
    )
    answer["Content-Disposition"] = 'attachment; filename="giay-moi.ics"'
    return answer
