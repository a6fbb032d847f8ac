from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from vinhdanh.accounts.models import User
from vinhdanh.common.refusal import Refused
from vinhdanh.common.vietnamese import fold, squeeze
from vinhdanh.journal import actions as journal
from vinhdanh.people import queries
from vinhdanh.people.actions.units import lock_tree
from vinhdanh.people.models import Person, Position, Unit

# What the journal says only that it changed, never from what to what.
_PERSONAL = {"born_on", "sex", "retires_on", "email", "phone"}


@transaction.atomic
def create_person(
    *,
    full_name: str,
    unit: Unit,
    title: str,
    by: User | None,
    code: str = "",
    born_on: date | None = None,
    sex: str = "",
    retires_on: date | None = None,
    email: str = "",
    phone: str = "",
    is_head: bool = False,
    from_on: date | None = None,
    until_on: date | None = None,
) -> Person:
    """Enter a person with a first position.

    Raises Refused for a code that somebody has, for a retirement before the birth, for somebody of
    the same name and day of birth who has served in the unit, and as `begin_position` does.
    """
    lock_tree()  # so that the same person, sent twice, is entered once
    person = Person(
        full_name=squeeze(full_name),
        code=squeeze(code),
        born_on=born_on,
        sex=sex,
        retires_on=retires_on,
        email=email.strip(),
        phone=squeeze(phone),
    )
    _check(person)
    if _same_person(person, unit):
        raise Refused(_("Đơn vị đã có người cùng họ tên và ngày sinh này."))
    person.save(force_insert=True)
    journal.record("person entered", person, by=by, detail={"unit": str(unit)})
    begin_position(
        person, unit=unit, title=title, is_head=is_head, from_on=from_on, until_on=until_on, by=by
    )
    return person


@transaction.atomic
def edit_person(person: Person, *, by: User | None, **changes: Any) -> None:
    """Change the name, the code, the personal details or the ways to reach the person.

    The address an account logs in with stays as it is: whoever could change it could take the
    account over. The account's name follows the person's. Raises Refused for somebody's code and
    for a retirement before the birth.
    """
    stored = Person.objects.select_for_update().get(pk=person.pk)
    changed = {field: value for field, value in changes.items() if getattr(stored, field) != value}
    if not changed:
        return
    before = {field: _shown(stored, field, "…") for field in changed}
    for field, value in changed.items():
        setattr(stored, field, squeeze(value) if isinstance(value, str) else value)
        setattr(person, field, getattr(stored, field))
    _check(stored)
    stored.save()
    if stored.user is not None and "full_name" in changed:
        User.objects.filter(pk=stored.user.pk).update(name=stored.full_name)
    after = {field: _shown(stored, field, _("đã đổi")) for field in changed}
    journal.record("person edited", stored, by=by, detail={"before": before, "after": after})


@transaction.atomic
def begin_position(
    person: Person,
    *,
    unit: Unit,
    title: str,
    by: User | None,
    is_head: bool = False,
    from_on: date | None = None,
    until_on: date | None = None,
) -> Position:
    """Let the person serve in the unit under a title from a day on (None: since ever).

    Raises Refused for days in the wrong order, a unit that has ended before, or the same title
    there at the same time.
    """
    Person.objects.select_for_update().get(pk=person.pk)
    position = Position(
        person=person,
        unit=unit,
        title=squeeze(title),
        is_head=is_head,
        from_on=from_on,
        until_on=until_on,
    )
    _check_position(position)
    position.save(force_insert=True)
    journal.record("position begun", person, by=by, detail={"after": _described(position)})
    return position


@transaction.atomic
def edit_position(position: Position, *, by: User | None, **changes: Any) -> None:
    """Correct a position as it was entered; raises Refused as `begin_position` does."""
    position.refresh_from_db()
    before = _described(position)
    for field, value in changes.items():
        setattr(position, field, squeeze(value) if isinstance(value, str) else value)
    _check_position(position)
    after = _described(position)
    if after != before:
        position.save()
        journal.record(
            "position edited", position.person, by=by, detail={"before": before, "after": after}
        )


@transaction.atomic
def end_position(position: Position, *, last_day: date, by: User | None) -> None:
    """Let the person stop serving there with `last_day`; raises Refused for one before its start
    or when it has ended already."""
    position = Position.objects.select_for_update().get(pk=position.pk)
    if position.until_on is not None and position.until_on <= last_day:
        raise Refused(_("Chức vụ này đã kết thúc."))
    if position.from_on and last_day < position.from_on:
        raise Refused(_("Ngày kết thúc trước ngày bắt đầu."))
    position.until_on = last_day
    position.save(update_fields=["until_on"])
    journal.record("position ended", position.person, by=by, detail={"after": _described(position)})


@transaction.atomic
def note_look(person: Person, *, by: User) -> None:
    """Write that `by` looked at the person's personal details and ways to be reached; looking at
    one's own leaves nothing."""
    if person.user_id != by.pk:
        journal.record_look(queries.LOOKED_AT, person, by=by)


@transaction.atomic
def note_export(office: Unit, *, count: int, by: User) -> None:
    """Write that `by` took a list of `count` persons out of the system."""
    journal.record("persons exported", office, by=by, detail={"count": count})


def _check(person: Person) -> None:
    if not person.full_name:
        raise Refused(_("Xin nhập họ và tên."))
    if person.code and Person.objects.filter(code=person.code).exclude(pk=person.pk).exists():
        raise Refused(_("Mã cán bộ này đã có người khác dùng."))
    if person.born_on and person.retires_on and person.retires_on <= person.born_on:
        raise Refused(_("Ngày nghỉ hưu phải sau ngày sinh."))


def _same_person(person: Person, unit: Unit) -> bool:
    alike = Person.objects.filter(
        folded=fold(person.full_name), born_on=person.born_on, positions__unit=unit
    )
    if person.code:  # two codes are two persons
        alike = alike.filter(code="")
    return alike.exists()


def _check_position(position: Position) -> None:
    first, last = position.from_on, position.until_on
    if not position.title:
        raise Refused(_("Xin nhập chức vụ, chức danh."))
    if first and last and last < first:
        raise Refused(_("Ngày kết thúc trước ngày bắt đầu."))
    ended = position.unit.valid_until
    if ended and (last is None or last > ended):
        raise Refused(_("Đơn vị đã kết thúc; xin ghi ngày thôi chức vụ không sau ngày đó."))
    same = Position.objects.filter(person=position.person, unit=position.unit).exclude(
        pk=position.pk
    )
    if last:
        same = same.filter(Q(from_on__isnull=True) | Q(from_on__lte=last))
    if first:
        same = same.filter(Q(until_on__isnull=True) | Q(until_on__gte=first))
    if any(fold(title) == fold(position.title) for title in same.values_list("title", flat=True)):
        raise Refused(_("Người này đã có chức vụ ấy ở đơn vị trong cùng thời gian."))


def _shown(person: Person, field: str, instead: str) -> str:
    return instead if field in _PERSONAL else str(getattr(person, field))


def _described(position: Position) -> dict[str, Any]:
    return {
        "unit": str(position.unit),
        "title": position.title,
        "is_head": position.is_head,
        "from_on": position.from_on.isoformat() if position.from_on else None,
        "until_on": position.until_on.isoformat() if position.until_on else None,
    }
