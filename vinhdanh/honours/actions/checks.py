"""What every fact must satisfy before the register takes it."""

from datetime import date

from django.utils.translation import gettext as _

from vinhdanh.common.refusal import Refused
from vinhdanh.honours.models import (
    Conferral,
    Discipline,
    Fact,
    OpenMatter,
    Recognition,
    YearRating,
)
from vinhdanh.law import store

# Commendations of the State begin with the Decree on orders of 1946.
EARLIEST = date(1945, 1, 1)


def check(fact: Fact, *, on: date) -> None:
    """Refused where the fact contradicts itself, lies in the future, or lacks what it must say."""
    if sum(key is not None for key in (fact.person_id, fact.unit_id, fact.household_id)) != 1:
        raise Refused(_("Hãy chọn một người, một tập thể hoặc một hộ gia đình."))
    if not fact.name_written.strip():
        raise Refused(_("Hãy ghi tên như trong quyết định hoặc danh sách."))
    if isinstance(fact, Conferral):
        _check_conferral(fact, on)
    elif isinstance(fact, YearRating | Recognition):
        _check_year(fact.year, on)
    elif isinstance(fact, Discipline):
        _check_span(fact.from_on, fact.until_on, on)
    elif isinstance(fact, OpenMatter):
        _check_span(fact.opened_on, fact.closed_on, on)
    if isinstance(fact, YearRating) and fact.household_id is not None:
        raise Refused(_("Hộ gia đình không có xếp loại hằng năm."))
    if isinstance(fact, Discipline) and fact.person_id is None:
        raise Refused(_("Kỷ luật chỉ ghi cho cá nhân."))
    if isinstance(fact, Recognition):
        if not fact.title.strip():
            raise Refused(_("Hãy ghi tên sáng kiến, đề tài."))
        _check_decided(fact.decided_on, on)


def _check_conferral(fact: Conferral, on: date) -> None:
    award = store.book().awards.get(fact.award)
    if award is None:
        raise Refused(_("Hãy chọn danh hiệu, hình thức khen thưởng có trong danh mục."))
    kind = "person" if fact.person_id else "collective" if fact.unit_id else "household"
    if kind not in award.recipients:
        raise Refused(
            _("%(award)s không tặng cho đối tượng này; hãy xem lại danh hiệu hoặc người nhận.")
            % {"award": award.name}
        )
    if fact.achieved_until < fact.achieved_from:
        raise Refused(_("Thời gian thành tích kết thúc trước khi bắt đầu; hãy xem lại hai ngày."))
    if fact.achieved_from < EARLIEST:
        raise Refused(_("Thời gian thành tích bắt đầu trước năm 1945; hãy xem lại năm."))
    _check_decided(fact.decided_on, on)
    if fact.decided_on and fact.decided_on < fact.achieved_from:
        raise Refused(_("Ngày quyết định sớm hơn ngày bắt đầu thành tích; hãy xem lại các ngày."))
    if fact.achieved_from > on:
        raise Refused(_("Thành tích chưa bắt đầu; hãy xem lại năm."))


def _check_decided(day: date | None, on: date) -> None:
    if day is not None and day > on:
        raise Refused(_("Ngày quyết định không được sau hôm nay."))


def _check_year(year: int, on: date) -> None:
    if not EARLIEST.year <= year <= on.year:
        raise Refused(
            _("Năm phải từ %(first)s đến %(last)s.") % {"first": EARLIEST.year, "last": on.year}
        )


def _check_span(first: date, last: date | None, on: date) -> None:
    if first > on:
        raise Refused(_("Ngày bắt đầu không được sau hôm nay."))
    if last is not None and last < first:
        raise Refused(_("Ngày kết thúc sớm hơn ngày bắt đầu; hãy xem lại hai ngày."))
