"""Entering the days off and working days that are announced for a year."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from vinhdanh.accounts.models import User
from vinhdanh.common.calendar import FIRST_YEAR, LAST_YEAR, is_day_off
from vinhdanh.common.refusal import Refused
from vinhdanh.common.vietnamese import squeeze
from vinhdanh.journal import actions as journal
from vinhdanh.secretariat import access
from vinhdanh.secretariat.models import SpecialDay
from vinhdanh.secretariat.rules.calendar import LONGEST

OFF, WORKING = SpecialDay.Kind.OFF, SpecialDay.Kind.WORKING


@transaction.atomic
def announce(
    kind: str, *, first_on: date, last_on: date, name: str, source: str, by: User, at: datetime
) -> list[SpecialDay]:
    """Enter the days from `first_on` to `last_on`, both included, as off or as worked (làm bù).

    Of days off only those are kept that are not days off anyhow. Refused without a reason and a
    source, for days entered before, for more than 31 days, when a day to be worked is an ordinary
    working day, when nothing is left that is not off anyhow, and to whoever does not edit the
    calendar.
    """
    _allow(by, at)
    days = _enter(kind, first_on, last_on, name, source, by=by, at=at)
    journal.record("days announced", days[0], by=by, detail=_told(days))
    return days


@transaction.atomic
def change(
    days: Collection[SpecialDay],
    kind: str,
    *,
    first_on: date,
    last_on: date,
    name: str,
    source: str,
    by: User,
    at: datetime,
) -> list[SpecialDay]:
    """Put other days, or another reason, in the place of days entered before; refused as
    `announce`, and when somebody else has changed or removed them meanwhile."""
    _allow(by, at)
    before = _held(days)
    SpecialDay.objects.filter(pk__in=[day.pk for day in before]).delete()
    after = _enter(kind, first_on, last_on, name, source, by=by, at=at)
    detail = {"before": _told(before), "after": _told(after)}
    journal.record("announced days changed", after[0], by=by, detail=detail)
    return after


@transaction.atomic
def remove(days: Collection[SpecialDay], *, by: User, at: datetime) -> None:
    """Take back days entered before: they are again what the calendar knows of them."""
    _allow(by, at)
    held = _held(days)
    journal.record("announced days removed", held[0], by=by, detail=_told(held))
    SpecialDay.objects.filter(pk__in=[day.pk for day in held]).delete()


def _enter(
    kind: str, first_on: date, last_on: date, name: str, source: str, *, by: User, at: datetime
) -> list[SpecialDay]:
    name, source = squeeze(name), squeeze(source)
    if not name or not source:
        raise Refused(_("Hãy ghi lý do và căn cứ (số, ngày của văn bản thông báo)."))
    kept = [
        SpecialDay(day=day, kind=kind, name=name, source=source, entered_at=at, entered_by=by)
        for day in _days(kind, first_on, last_on)
    ]
    known = SpecialDay.objects.filter(day__gte=first_on, day__lte=last_on).first()
    if known is not None:
        raise Refused(
            _("Ngày %(day)s đã được nhập (%(name)s); hãy sửa dòng đó thay vì nhập thêm.")
            % {"day": f"{known.day:%d/%m/%Y}", "name": known.name}
        )
    try:
        with transaction.atomic():
            return SpecialDay.objects.bulk_create(kept)
    except IntegrityError:
        raise Refused(_("Người khác vừa nhập các ngày này; hãy xem lại lịch.")) from None


def _days(kind: str, first_on: date, last_on: date) -> list[date]:
    """The days of the span that are to be kept."""
    count = (last_on - first_on).days + 1
    if count < 1:
        raise Refused(_("Ngày cuối phải từ ngày đầu trở đi."))
    if count > LONGEST:
        raise Refused(_("Mỗi lần nhập nhiều nhất %(most)d ngày liền nhau.") % {"most": LONGEST})
    if not FIRST_YEAR <= first_on.year <= last_on.year <= LAST_YEAR:
        years = {"first": FIRST_YEAR, "last": LAST_YEAR}
        raise Refused(_("Lịch chỉ có các năm từ %(first)d đến %(last)d.") % years)
    span = [first_on + timedelta(days=n) for n in range(count)]
    if kind == OFF:
        worked = [day for day in span if not is_day_off(day)]
        if not worked:
            raise Refused(_("Các ngày này vốn là ngày nghỉ, không cần nhập."))
        return worked
    for day in span:
        if not is_day_off(day):
            raise Refused(
                _("Ngày %(day)s vốn là ngày làm việc, không cần nhập làm bù.")
                % {"day": f"{day:%d/%m/%Y}"}
            )
    return span


def _held(days: Collection[SpecialDay]) -> list[SpecialDay]:
    """The days as they now stand, held until the transaction ends."""
    held = list(SpecialDay.objects.select_for_update().filter(pk__in=[day.pk for day in days]))
    if not held or len(held) != len(days):
        raise Refused(_("Người khác vừa sửa hoặc xóa các ngày này; hãy xem lại lịch."))
    return held


def _told(days: list[SpecialDay]) -> dict[str, Any]:
    first, last = days[0], days[-1]
    with translation.override("vi"):
        kind = str(SpecialDay.Kind(first.kind).label)
    return {
        "kind": kind,
        "first_on": first.day.isoformat(),
        "last_on": last.day.isoformat(),
        "name": first.name,
        "source": first.source,
    }


def _allow(by: User, at: datetime) -> None:
    if not access.edits_the_calendar(by, on=timezone.localdate(at)):
        raise Refused(_("Chỉ thường trực hoặc quản trị của cơ quan được nhập lịch làm việc."))
