"""Keeping what the City or the office set where the law leaves it to them (phân cấp)."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from vinhdanh.accounts.models import User
from vinhdanh.common.refusal import Refused, given
from vinhdanh.honours import access
from vinhdanh.honours.models import LocalValue
from vinhdanh.honours.rules import local
from vinhdanh.journal import actions as journal
from vinhdanh.law.book import Book, Delegated
from vinhdanh.law.words import period
from vinhdanh.people.models import Unit


@transaction.atomic
def set_value(
    office: Unit,
    code: str,
    *,
    awards: Sequence[str] = (),
    value: str,
    source: str,
    from_on: date,
    until_on: date | None = None,
    book: Book,
    by: User,
    on: date,
    at: datetime,
) -> list[LocalValue]:
    """Write down a value as typed ("80%") from a day on, for each of the awards given.

    What was written before stays: a later value follows it from its own day. Raises Refused to
    whoever does not keep the office's register, without source or awards where these are asked,
    for a value of the wrong kind or above the law's ceiling, days in the wrong order, a day on
    which the law does not leave it to them, and where a value from that same day is known.
    """
    _check_keeper(office, by=by, on=on)
    delegated = book.delegated[code]
    kept = local.parse(value, delegated)
    source = given(source, _("Xin ghi số hiệu, ngày của văn bản quy định giá trị này."))
    if until_on is not None and until_on < from_on:
        raise Refused(_("Ngày cuối cùng áp dụng đứng trước ngày bắt đầu."))
    if not delegated.holds(from_on):
        raise Refused(
            _("Luật chỉ để tự quy định nội dung này %(period)s; xin xem lại ngày bắt đầu áp dụng.")
            % {"period": period(delegated)}
        )
    Unit.objects.select_for_update().get(pk=office.pk)  # so that the same day is written once
    made = [
        LocalValue(
            office=office,
            code=code,
            award=award,
            value=kept,
            source=source,
            from_on=from_on,
            until_on=until_on,
            entered_at=at,
            entered_by=by,
        )
        for award in _checked_awards(awards, delegated)
    ]
    for each in made:
        _check_ceiling(each, delegated, book=book)
        _check_day_is_free(each, book=book)
    LocalValue.objects.bulk_create(made)
    journal.record("local value set", office, by=by, detail=_detail(made, delegated, book=book))
    return made


@transaction.atomic
def withdraw(value: LocalValue, *, because: str, book: Book, by: User, on: date) -> None:
    """Take back a value that was written by mistake; the journal keeps what it said.

    The value before it holds again. Raises Refused to whoever does not keep the office's register,
    without a reason, and when it is withdrawn already.
    """
    _check_keeper(value.office, by=by, on=on)
    because = given(because, _("Xin ghi lý do rút lại."))
    found = LocalValue.objects.select_for_update().filter(pk=value.pk).first()
    if found is None:
        raise Refused(_("Giá trị này đã được rút lại."))
    delegated = book.delegated.get(found.code)
    detail = {**_detail([found], delegated, book=book), "reason": because}
    found.delete()
    journal.record("local value withdrawn", value.office, by=by, detail=detail)


def _check_keeper(office: Unit, *, by: User, on: date) -> None:
    if not access.keeps_register(by, office, on=on):
        raise Refused(_("Chỉ thường trực thi đua, khen thưởng của cơ quan mới ghi giá trị này."))


def _checked_awards(awards: Sequence[str], delegated: Delegated) -> list[str]:
    if not delegated.awards:
        return [""]
    chosen = [award for award in delegated.awards if award in awards]
    if not chosen:
        raise Refused(_("Xin chọn ít nhất một danh hiệu, hình thức mà quy định này áp dụng."))
    return chosen


def _check_ceiling(value: LocalValue, delegated: Delegated, *, book: Book) -> None:
    if delegated.kind != "factor":
        return
    most = local.over_ceiling(value.value, value.award, value.from_on, book=book)
    if most is not None:
        raise Refused(
            _("Luật không cho đặt quá %(most)s với %(award)s; xin xem lại hệ số.")
            % {"most": local.shown(str(most), "factor"), "award": _name(value.award, book)}
        )


def _check_day_is_free(value: LocalValue, *, book: Book) -> None:
    same = LocalValue.objects.filter(
        office=value.office, code=value.code, award=value.award, from_on=value.from_on
    )
    if same.exists():
        raise Refused(
            _(
                "Đã có giá trị từ ngày %(day)s (%(award)s); nếu ghi nhầm thì rút lại giá trị ấy "
                "rồi ghi lại."
            )
            % {
                "day": date_format(value.from_on, "d/m/Y"),
                "award": _name(value.award, book) or _("chung cho cơ quan"),
            }
        )


def _detail(
    values: Sequence[LocalValue], delegated: Delegated | None, *, book: Book
) -> dict[str, str]:
    first = values[0]
    told = {
        "content": delegated.name if delegated else first.code,
        "awards": "; ".join(_name(value.award, book) for value in values),
        "value": local.shown(first.value, delegated.kind if delegated else "text"),
        "source": first.source,
        "from_on": first.from_on.isoformat(),
        "until_on": first.until_on.isoformat() if first.until_on else "",
    }
    return {name: text for name, text in told.items() if text}


def _name(award: str, book: Book) -> str:
    return book.awards[award].name if award in book.awards else award
