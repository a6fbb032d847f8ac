"""A person's dates for their own calendar program, under a private address."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta

from django.contrib.auth.decorators import login_not_required
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from vinhdanh.accounts import actions as accounts
from vinhdanh.accounts import queries
from vinhdanh.accounts.models import User
from vinhdanh.common.clock import day_of
from vinhdanh.notices.rules.icalendar import Event, calendar
from vinhdanh.plans.models import Occurrence
from vinhdanh.plans.queries import work_lines
from vinhdanh.secretariat.queries import mailings

# A calendar program reminds by itself; the digest tells the rest.
ALARM_DAYS = (7, 1)
# Beyond this a calendar is of no use to a person; the earliest due come first.
_MOST = 1_000
# Meetings of the year past stay to be looked up.
_MEETINGS_KEPT = timedelta(days=366)


@require_safe
@login_not_required
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The dates of whoever was given the address, as an iCalendar file; 404 for any other address.

    Knows no cookie. A program that has the same already is told so (304).
    """
    known = queries.feed_behind(token)
    if known is None:
        raise Http404
    accounts.note_feed_read(known, at=timezone.now())
    content = calendar(
        events(known.user, at=timezone.now(), address=request.build_absolute_uri),
        name=_("Việc của tôi – Vinh Danh"),
    )
    etag = f'"{hashlib.sha256(content).hexdigest()}"'
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    response["X-Robots-Tag"] = "noindex"
    response["Content-Disposition"] = 'inline; filename="vinh-danh.ics"'
    return get_conditional_response(request, etag=etag, response=response) or response


def events(user: User, *, at: datetime, address: Callable[[str], str]) -> Iterable[Event]:
    """What the user's rooms know of dates that concern them; `address` makes an address whole."""
    return [
        *_due_dates(user, on=day_of(at), address=address),
        *_meetings(user, at=at, address=address),
    ]


def _meetings(user: User, *, at: datetime, address: Callable[[str], str]) -> list[Event]:
    """The meetings to which the user was invited, as they stand."""
    found = []
    for got, meeting in mailings.meetings_of(user, since=at - _MEETINGS_KEPT):
        event = mailings.event_of(meeting)
        assert event
        whole = address(reverse("secretariat:received", args=[got.pk]))
        found.append(replace(event, text=whole, url=whole))
    return found


def _due_dates(user: User, *, on: date, address: Callable[[str], str]) -> list[Event]:
    """What the user's units still owe, and what is still owed in the plans that the user runs:
    each due date once."""
    own: dict[Occurrence, list[str]] = {}
    for line in work_lines.lines_owed(user, on=on).filter(occurrence__due_on__isnull=False)[:_MOST]:
        own.setdefault(line.occurrence, []).append(str(line.unit))
    run = work_lines.owing(work_lines.plans_run(user, on=on), Q(due_on__isnull=False))
    found = {**dict.fromkeys(run[:_MOST], None), **own}
    return [_event(occurrence, units, address) for occurrence, units in found.items()]


def _event(occurrence: Occurrence, units: list[str] | None, address: Callable[[str], str]) -> Event:
    assert occurrence.due_on
    whole = address(occurrence.get_absolute_url())
    if units is None:
        text = _("Theo dõi các đơn vị thực hiện.")
    else:
        text = _("Đơn vị thực hiện: %(units)s.") % {"units": "; ".join(units)}
    return Event(
        uid=f"viec-{occurrence.pk}@vinhdanh",
        title=_("Hạn: %(task)s") % {"task": occurrence},
        starts=occurrence.due_on,
        text=f"{text}\n{whole}",
        url=whole,
        alarm_days=ALARM_DAYS,
    )
