import uuid
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Max, Q, Value
from django.db.models.functions import Concat, Length, Substr
from django.utils.translation import gettext as _

from vinhdanh.accounts.models import User
from vinhdanh.common.refusal import Refused
from vinhdanh.common.vietnamese import fold, squeeze
from vinhdanh.journal import actions as journal
from vinhdanh.people import access, queries
from vinhdanh.people.models import Position, RoleHolding, Unit, UnitName, refresh_search

# Whoever changes the tree takes this lock first, so that no path is written from a stale one.
_TREE_LOCK = 7_304_216
_LONGEST_PATH = 400


@transaction.atomic
def create_unit(
    *,
    parent: Unit | None,
    name: str,
    kind: str,
    by: User | None,
    short_name: str = "",
    other_names: Sequence[str] = (),
    outside: bool = False,
    valid_from: date | None = None,
    valid_until: date | None = None,
    position: int = 0,
) -> Unit:
    """Make a unit below `parent` (None: the top of its own tree); below an outside unit all are
    outside.

    Raises Refused for a name that a sibling bears at the same time, days in the wrong order, or a
    place too deep in the tree.
    """
    lock_tree()
    if parent is not None:
        parent.refresh_from_db(fields=["path", "outside"])
        outside = outside or parent.outside
    unit = Unit(
        parent=parent,
        name=squeeze(name),
        short_name=squeeze(short_name),
        kind=kind,
        outside=outside,
        valid_from=valid_from,
        valid_until=valid_until,
        position=position,
    )
    unit.path = f"{parent.path if parent else ''}{unit.pk}/"
    if len(unit.path) > _LONGEST_PATH:
        raise Refused(_("Cây đơn vị đã quá nhiều cấp; xin đặt đơn vị ở cấp cao hơn."))
    _check(unit)
    others = _other_names(unit, other_names)
    refresh_search(unit, others)
    unit.save(force_insert=True)
    UnitName.objects.bulk_create(
        [UnitName(unit=unit, name=other, folded=fold(other)) for other in others]
    )
    journal.record("unit created", unit, by=by, detail={"after": _snapshot(unit, others)})
    return unit


@transaction.atomic
def edit_unit(
    unit: Unit, *, by: User | None, other_names: Sequence[str] | None = None, **changes: Any
) -> None:
    """Change names, kind, validity, `outside` or `position`; `other_names` None leaves them as
    they are. The parent changes by `move_unit`; a unit without last day has no successor.

    Raises Refused as `create_unit` does. Says nothing in the journal when nothing changed.
    """
    lock_tree()
    unit.refresh_from_db()
    known = list(unit.other_names.values_list("name", flat=True))
    before = _snapshot(unit, known)
    for field, value in changes.items():
        setattr(unit, field, squeeze(value) if field in {"name", "short_name"} else value)
    if unit.valid_until is None:
        unit.successor, unit.ending = None, ""
    _check(unit)
    others = known if other_names is None else _other_names(unit, other_names)
    refresh_search(unit, others)
    after = _snapshot(unit, others)
    if after == before:
        return
    unit.save()
    if others != known:
        unit.other_names.all().delete()
        UnitName.objects.bulk_create(
            [UnitName(unit=unit, name=other, folded=fold(other)) for other in others]
        )
    journal.record("unit edited", unit, by=by, detail=_difference(before, after))


@transaction.atomic
def move_unit(unit: Unit, *, parent: Unit, by: User | None) -> None:
    """Put the unit, with all below it, below another one.

    Raises Refused when that is the unit itself or below it, where it is already, in a tree of the
    other sort (outside or not), or where a sibling bears its name.
    """
    lock_tree()
    unit.refresh_from_db()
    parent.refresh_from_db()
    if parent.path.startswith(unit.path):
        raise Refused(_("Không thể chuyển đơn vị vào chính nó hoặc vào cấp dưới của nó."))
    if unit.parent_id == parent.pk:
        raise Refused(_("Đơn vị đã thuộc đơn vị này."))
    if unit.outside != parent.outside:
        raise Refused(_("Không thể chuyển giữa đơn vị trong và ngoài cơ quan."))
    deepest = queries.subtree(unit).aggregate(deepest=Max(Length("path")))["deepest"]
    old, former = unit.path, unit.parent
    path = f"{parent.path}{unit.pk}/"
    if len(path) - len(old) + deepest > _LONGEST_PATH:
        raise Refused(_("Cây đơn vị đã quá nhiều cấp; xin đặt đơn vị ở cấp cao hơn."))
    unit.parent, unit.path = parent, path
    _check(unit)
    Unit.objects.filter(path__startswith=old).update(
        path=Concat(Value(path), Substr("path", len(old) + 1))
    )
    Unit.objects.filter(pk=unit.pk).update(parent=parent)
    journal.record(
        "unit moved",
        unit,
        by=by,
        detail={"before": {"parent": str(former or "")}, "after": {"parent": str(parent)}},
    )


@transaction.atomic
def end_unit(
    unit: Unit,
    *,
    last_day: date,
    ending: str,
    successor: Unit | None,
    by: User | None,
    on: date,
    carry_over: bool = False,
) -> None:
    """End the unit with `last_day`: merged, renamed or split into `successor`, or dissolved.

    With `carry_over`, the positions held there, and the roles that `by` may give at the successor,
    go on there from the next day.
    Raises Refused while units below it still exist after that day, for a successor that is itself,
    below it, or not there the day after, and for a succession that comes back to the unit.
    """
    lock_tree()
    unit.refresh_from_db()
    if last_day == date.max:
        raise Refused(_("Ngày cuối cùng quá xa."))
    next_day = last_day + timedelta(days=1)
    if unit.valid_from and last_day < unit.valid_from:
        raise Refused(_("Ngày kết thúc trước ngày đơn vị bắt đầu có."))
    if ending == Unit.Ending.DISSOLVED and successor is not None:
        raise Refused(_("Đơn vị giải thể thì không có đơn vị kế thừa."))
    if ending != Unit.Ending.DISSOLVED and successor is None:
        raise Refused(_("Xin chọn đơn vị kế thừa."))
    if _living_below(unit, next_day):
        raise Refused(
            _("Còn đơn vị cấp dưới chưa kết thúc; xin chuyển hoặc kết thúc các đơn vị đó trước.")
        )
    if successor is not None:
        _check_successor(unit, successor, next_day)
    unit.valid_until, unit.successor, unit.ending = last_day, successor, ending
    unit.save(update_fields=["valid_until", "successor", "ending"])
    carried = (
        _carry_over(unit, successor, last_day, by=by, on=on) if carry_over and successor else 0
    )
    journal.record(
        "unit ended",
        unit,
        by=by,
        detail={
            "last_day": last_day.isoformat(),
            "ending": unit.get_ending_display(),
            "successor": str(successor or ""),
            "carried_over": carried,
        },
    )


def lock_tree() -> None:
    """Let one change of the tree happen at a time; held until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_TREE_LOCK])


def _check(unit: Unit) -> None:
    if not unit.name:
        raise Refused(_("Đơn vị phải có tên."))
    if unit.valid_from and unit.valid_until and unit.valid_until < unit.valid_from:
        raise Refused(_("Ngày kết thúc trước ngày bắt đầu."))
    siblings = Unit.objects.filter(parent=unit.parent).exclude(pk=unit.pk)
    if unit.valid_until:
        siblings = siblings.filter(Q(valid_from__isnull=True) | Q(valid_from__lte=unit.valid_until))
    if unit.valid_from:
        siblings = siblings.filter(
            Q(valid_until__isnull=True) | Q(valid_until__gte=unit.valid_from)
        )
    name = fold(unit.name)
    likely = siblings.filter(folded__startswith=name).values_list("name", flat=True)
    if any(fold(sibling) == name for sibling in likely):
        raise Refused(_("Cùng cấp đã có đơn vị tên này trong cùng thời gian."))


def _check_successor(unit: Unit, successor: Unit, next_day: date) -> None:
    if successor.path.startswith(unit.path):
        raise Refused(_("Đơn vị kế thừa không thể là chính nó hoặc cấp dưới của nó."))
    if not successor.is_valid_on(next_day):
        raise Refused(_("Đơn vị kế thừa chưa có hoặc đã kết thúc vào ngày kế tiếp."))
    heirs = dict(Unit.objects.filter(successor__isnull=False).values_list("pk", "successor_id"))
    heir: uuid.UUID | None = successor.pk
    seen: set[uuid.UUID] = set()
    while heir is not None and heir not in seen:
        if heir == unit.pk:
            raise Refused(_("Việc kế thừa quay vòng về chính đơn vị này."))
        seen.add(heir)
        heir = heirs.get(heir)


def _living_below(unit: Unit, day: date) -> bool:
    return (
        queries.subtree(unit)
        .exclude(pk=unit.pk)
        .filter(Q(valid_until__isnull=True) | Q(valid_until__gte=day))
        .exists()
    )


def _carry_over(unit: Unit, successor: Unit, last_day: date, *, by: User | None, on: date) -> int:
    """Let what lasts beyond the day go on at the successor; how many positions and roles did.

    A role that `by` may not give there only ends: merging units is no way around giving it.
    """
    next_day = last_day + timedelta(days=1)
    lasting = Q(until_on__isnull=True) | Q(until_on__gt=last_day)
    positions = Position.objects.filter(lasting, unit=unit)
    roles = RoleHolding.objects.filter(lasting, unit=unit)
    carried = positions.filter(from_on__gt=last_day).update(unit=successor)
    given = roles
    if by is not None and not access.covers(by, successor, access.ADMINISTERS, on=on):
        given = roles.exclude(role=RoleHolding.Role.ADMINISTRATOR)
    carried += given.filter(from_on__gt=last_day).update(unit=successor)
    # Of the heads of merged units, only a decision says who heads the whole.
    heads_on = unit.ending == Unit.Ending.RENAMED
    continued = Position.objects.bulk_create(
        Position(
            person_id=held.person_id,
            unit=successor,
            title=held.title,
            is_head=held.is_head and heads_on,
            from_on=next_day,
            until_on=held.until_on,
        )
        for held in list(positions)
    )
    held_on = RoleHolding.objects.bulk_create(
        RoleHolding(
            user_id=held.user_id,
            role=held.role,
            unit=successor,
            from_on=next_day,
            until_on=held.until_on,
        )
        for held in list(given)
    )
    positions.update(until_on=last_day)
    roles.update(until_on=last_day)
    return carried + len(continued) + len(held_on)


def _other_names(unit: Unit, other_names: Sequence[str]) -> list[str]:
    """The other names, each once, without those the unit bears anyhow."""
    borne = {fold(unit.name), fold(unit.short_name)}
    kept: dict[str, str] = {}
    for other in map(squeeze, other_names):
        if other and fold(other) not in borne:
            kept.setdefault(fold(other), other)
    return sorted(kept.values())


def _snapshot(unit: Unit, other_names: Sequence[str]) -> dict[str, Any]:
    return {
        "name": unit.name,
        "short_name": unit.short_name,
        "other_names": list(other_names),
        "kind": unit.get_kind_display(),
        "outside": unit.outside,
        "valid_from": unit.valid_from.isoformat() if unit.valid_from else None,
        "valid_until": unit.valid_until.isoformat() if unit.valid_until else None,
        "position": unit.position,
    }


def _difference(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    changed = [field for field in after if after[field] != before[field]]
    return {
        "before": {field: before[field] for field in changed},
        "after": {field: after[field] for field in changed},
    }
