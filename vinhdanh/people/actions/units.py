from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.db.models import Max, Q, Value
from django.db.models.functions import Concat, Length, Substr
from django.utils.translation import gettext as _

from vinhdanh.accounts.models import User
from vinhdanh.common.refusal import Refused
from vinhdanh.common.vietnamese import fold, squeeze
from vinhdanh.journal import actions as journal
from vinhdanh.people import queries
from vinhdanh.people.models import Unit, UnitName, refresh_search

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
    check(unit)
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
    they are. The parent changes by `move_unit`; `resume_unit` undoes an end on record.

    Raises Refused as `create_unit` does, and for taking the last day from a unit whose end is on
    record. Says nothing in the journal when nothing changed.
    """
    lock_tree()
    unit.refresh_from_db()
    known = list(unit.other_names.values_list("name", flat=True))
    before = _snapshot(unit, known)
    for field, value in changes.items():
        setattr(unit, field, squeeze(value) if field in {"name", "short_name"} else value)
    if unit.ending and unit.valid_until is None:
        raise Refused(
            _(
                "Đơn vị đã được ghi kết thúc; nếu ghi nhầm, xin chọn “Bỏ ghi kết thúc” ở trang của "
                "đơn vị."
            )
        )
    check(unit)
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
    check(unit)
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


def lock_tree() -> None:
    """Let one change of the tree happen at a time; held until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_TREE_LOCK])


def check(unit: Unit) -> None:
    """Refuse a unit without a name, with days in the wrong order, or with the name of a sibling."""
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
