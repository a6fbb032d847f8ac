"""How units end, and where those who served there go on."""

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from vinhdanh.accounts.models import User
from vinhdanh.common.refusal import Refused
from vinhdanh.common.vietnamese import fold
from vinhdanh.journal import actions as journal
from vinhdanh.people import access, queries
from vinhdanh.people.actions.units import check, lock_tree
from vinhdanh.people.models import Position, RoleHolding, Succession, Unit

Held = Position | RoleHolding
_RENAMED = Unit.Ending.RENAMED


@transaction.atomic
def end_unit(
    unit: Unit,
    *,
    last_day: date,
    ending: str,
    successors: Collection[Unit],
    by: User | None,
    on: date,
    carry_over: bool = False,
) -> None:
    """End the unit with `last_day`: merged or renamed into one successor, split into several, or
    dissolved.

    With `carry_over`, the positions held there, and the roles that `by` may give at the one
    successor, go on there from the next day; of several, `hand_over` is told who goes where.
    Raises Refused for a unit whose end is on record, while units below it still exist after that
    day, for too few or too many successors, for one that is the unit itself, below it, or not there
    the day after, and for a succession that comes back to the unit.
    """
    lock_tree()
    unit.refresh_from_db()
    heirs = sorted(set(successors), key=lambda heir: (heir.position, heir.sort_key))
    if last_day == date.max:
        raise Refused(_("Ngày cuối cùng quá xa."))
    next_day = last_day + timedelta(days=1)
    if unit.ending:
        raise Refused(
            _(
                "Đơn vị đã được ghi kết thúc; nếu ghi nhầm, xin chọn “Bỏ ghi kết thúc” ở trang của "
                "đơn vị rồi ghi lại."
            )
        )
    if unit.valid_from and last_day < unit.valid_from:
        raise Refused(_("Ngày kết thúc trước ngày đơn vị bắt đầu có."))
    _check_number(ending, len(heirs))
    if carry_over and len(heirs) > 1:
        raise Refused(
            _("Có nhiều đơn vị kế thừa thì xin chọn nơi đến của từng người sau khi kết thúc.")
        )
    if _living_below(unit, next_day):
        raise Refused(
            _("Còn đơn vị cấp dưới chưa kết thúc; xin chuyển hoặc kết thúc các đơn vị đó trước.")
        )
    _check_successors(unit, heirs, next_day)
    unit.valid_until, unit.ending = last_day, ending
    unit.save(update_fields=["valid_until", "ending"])
    Succession.objects.bulk_create(Succession(unit=unit, successor=heir) for heir in heirs)
    carried = _carry_over(unit, heirs[0], by=by, on=on) if carry_over and heirs else 0
    journal.record(
        "unit ended",
        unit,
        by=by,
        detail={
            "last_day": last_day.isoformat(),
            "ending": unit.get_ending_display(),
            "successor": "; ".join(heir.name for heir in heirs),
            "carried_over": carried,
        },
    )


@transaction.atomic
def hand_over(unit: Unit, *, places: Mapping[Held, Unit | None], by: User | None, on: date) -> None:
    """Let positions and roles that outlast a unit that ended go on, from the day after it, each at
    its successor; where that is None it ends with the unit.

    Raises Refused while the unit has no last day, when one of them has been settled meanwhile, for
    a place that is no successor or where `by` may not give it, and for the end of what begins
    later.
    """
    lock_tree()
    unit.refresh_from_db()
    if unit.valid_until is None:
        raise Refused(_("Đơn vị chưa kết thúc."))
    left = {held.pk for kind in queries.left_over(unit) for held in kind}
    if not all(held.pk in left for held in places):
        raise Refused(_("Người khác vừa chuyển một số người trong danh sách; xin xem lại."))
    heirs = set(unit.successors.all())
    open_to = access.places_of(by, places, heirs, on=on) if by is not None else {}
    for held, place in places.items():
        if place is None:
            if held.from_on and held.from_on > unit.valid_until:
                raise Refused(
                    _(
                        "“%(held)s” bắt đầu sau ngày đơn vị kết thúc; xin chọn đơn vị kế thừa cho "
                        "chức vụ, vai trò ấy."
                    )
                    % {"held": held}
                )
        elif place not in heirs:
            raise Refused(
                _("“%(place)s” không phải là đơn vị kế thừa của đơn vị này.") % {"place": place}
            )
        elif by is not None and place not in open_to[held.pk]:
            raise Refused(
                _("Anh/chị không được giao “%(held)s” tại “%(place)s”.")
                % {"held": held, "place": place}
            )
    _settle(unit, places)
    counted = Counter(place.name for place in places.values() if place is not None)
    journal.record(
        "people handed over",
        unit,
        by=by,
        detail={
            "successor": "; ".join(f"{name}: {count}" for name, count in sorted(counted.items())),
            "carried_over": counted.total(),
            "let_go": len(places) - counted.total(),
        },
    )


@transaction.atomic
def resume_unit(unit: Unit, *, by: User | None, on: date) -> None:
    """Take back an end that was recorded by mistake: the unit goes on, and nothing succeeds it.

    Positions and roles that went on at a successor the day after come back, as far as `by` may give
    them at both; what was only ended stays so.
    Raises Refused while no end is on record, or when a sibling has come to bear the name.
    """
    lock_tree()
    unit.refresh_from_db()
    if not unit.ending or unit.valid_until is None:
        raise Refused(_("Đơn vị chưa được ghi kết thúc."))
    heirs = list(unit.successors.all())
    detail = {
        "last_day": unit.valid_until.isoformat(),
        "ending": unit.get_ending_display(),
        "successor": "; ".join(heir.name for heir in heirs),
        "taken_back": _take_back(unit, heirs, by=by, on=on),
    }
    unit.valid_until, unit.ending = None, ""
    check(unit)
    unit.save(update_fields=["valid_until", "ending"])
    unit.successions.all().delete()
    journal.record("unit resumed", unit, by=by, detail=detail)


def _check_number(ending: str, count: int) -> None:
    if ending == Unit.Ending.DISSOLVED:
        if count:
            raise Refused(_("Đơn vị giải thể thì không có đơn vị kế thừa."))
    elif not count:
        raise Refused(_("Xin chọn đơn vị kế thừa."))
    elif ending == Unit.Ending.SPLIT and count == 1:
        raise Refused(
            _(
                "Đơn vị chia, tách thì có từ hai đơn vị kế thừa trở lên; nếu chỉ có một thì xin "
                "chọn lý do khác."
            )
        )
    elif ending != Unit.Ending.SPLIT and count > 1:
        raise Refused(_("Đơn vị sáp nhập hoặc đổi tên thì chỉ có một đơn vị kế thừa."))


def _check_successors(unit: Unit, successors: Collection[Unit], next_day: date) -> None:
    for successor in successors:
        if successor.path.startswith(unit.path):
            raise Refused(_("Đơn vị kế thừa không thể là chính nó hoặc cấp dưới của nó."))
        if not successor.is_valid_on(next_day):
            raise Refused(_("Đơn vị kế thừa chưa có hoặc đã kết thúc vào ngày kế tiếp."))
    if unit.pk in queries.heirs(successor.pk for successor in successors):
        raise Refused(_("Việc kế thừa quay vòng về chính đơn vị này."))


def _living_below(unit: Unit, day: date) -> bool:
    return (
        queries.subtree(unit)
        .exclude(pk=unit.pk)
        .filter(Q(valid_until__isnull=True) | Q(valid_until__gte=day))
        .exists()
    )


def _carry_over(unit: Unit, successor: Unit, *, by: User | None, on: date) -> int:
    """Let all that lasts beyond the unit go on at the successor; how many positions and roles did.

    A role that `by` may not give there only ends: merging units is no way around giving it.
    """
    gives_all = by is None or access.covers(by, successor, access.ADMINISTERS, on=on)
    positions, roles = queries.left_over(unit)
    places: dict[Held, Unit | None] = dict.fromkeys(positions, successor)
    for role in roles:
        given = gives_all or role.role != RoleHolding.Role.ADMINISTRATOR
        places[role] = successor if given else None
    return _settle(unit, places)


def _settle(unit: Unit, places: Mapping[Held, Unit | None]) -> int:
    """Write down where each goes on from the day after the unit; how many do.

    What begins later moves as it is; what is held at the successor by then is not held twice.
    """
    assert unit.valid_until is not None
    last_day, next_day = unit.valid_until, unit.valid_until + timedelta(days=1)
    for model in (Position, RoleHolding):
        rows: Any = model._default_manager
        moved, ended, continued = [], [], []
        there = Q(unit__in={place for place in places.values() if place}) & queries.held_on(
            next_day
        )
        known = {_sense(held) for held in rows.filter(there)}
        for held, place in places.items():
            if not isinstance(held, model):
                continue
            if held.from_on is None or held.from_on <= last_day:
                ended.append(held.pk)
                if place is not None:
                    after = _continued(held, place, next_day, renamed=unit.ending == _RENAMED)
                    continued += [after] if _sense(after) not in known else []
            elif place is not None:
                held.unit = place
                moved.append(held)
        rows.bulk_update(moved, ["unit"])
        rows.bulk_create(continued)
        rows.filter(pk__in=ended).update(until_on=last_day)
    return sum(place is not None for place in places.values())


def _take_back(unit: Unit, heirs: Collection[Unit], *, by: User | None, on: date) -> int:
    """Let what went on at the heirs the day after go on at the unit instead; how many do."""
    assert unit.valid_until is not None
    next_day = unit.valid_until + timedelta(days=1)
    count = 0
    for model in (Position, RoleHolding):
        rows: Any = model._default_manager
        continued = list(rows.filter(unit__in=heirs, from_on=next_day))
        open_to = access.places_of(by, continued, [unit, *heirs], on=on) if by is not None else {}
        ended = {_sense(held): held for held in rows.filter(unit=unit, until_on=unit.valid_until)}
        back, gone = [], []
        for held in continued:
            before = ended.pop((_sense(held)[0], unit.pk, _sense(held)[2]), None)
            places = open_to.get(held.pk, ())
            if before is None or (by is not None and not {unit, held.unit} <= {*places}):
                continue
            before.until_on = held.until_on
            back.append(before)
            gone.append(held.pk)
        rows.bulk_update(back, ["until_on"])
        rows.filter(pk__in=gone).delete()
        count += len(back)
    return count


def _continued(held: Held, place: Unit, from_on: date, *, renamed: bool) -> Held:
    if isinstance(held, RoleHolding):
        return RoleHolding(
            user_id=held.user_id,
            role=held.role,
            unit=place,
            from_on=from_on,
            until_on=held.until_on,
        )
    return Position(
        person_id=held.person_id,
        unit=place,
        title=held.title,
        # Of the heads of merged and split units, only a decision says who heads what follows.
        is_head=held.is_head and renamed,
        from_on=from_on,
        until_on=held.until_on,
    )


def _sense(held: Held) -> tuple[object, ...]:
    """What is the same when it is held twice at one time."""
    if isinstance(held, RoleHolding):
        return held.user_id, held.unit_id, held.role
    return held.person_id, held.unit_id, fold(held.title)
