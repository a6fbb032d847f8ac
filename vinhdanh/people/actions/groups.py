from collections.abc import Sequence

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from vinhdanh.accounts.models import User
from vinhdanh.common.refusal import Refused
from vinhdanh.common.vietnamese import fold, squeeze
from vinhdanh.journal import actions as journal
from vinhdanh.people.models import Unit, UnitGroup


@transaction.atomic
def create_group(
    *,
    office: Unit,
    name: str,
    by: User | None,
    other_names: str = "",
    anchor: Unit | None = None,
    kinds: Sequence[str] = (),
    whole_subtree: bool = False,
    members: Sequence[Unit] = (),
) -> UnitGroup:
    """Make a name of the office that means several units; see UnitGroup for which.

    Raises Refused for a name the office's other group bears, and when it would mean nothing.
    """
    group = UnitGroup(office=office)
    _write(
        group,
        name=name,
        other_names=other_names,
        anchor=anchor,
        kinds=kinds,
        whole_subtree=whole_subtree,
        members=members,
    )
    journal.record("group created", group, by=by, detail={"after": _snapshot(group)})
    return group


@transaction.atomic
def edit_group(
    group: UnitGroup,
    *,
    name: str,
    by: User | None,
    other_names: str = "",
    anchor: Unit | None = None,
    kinds: Sequence[str] = (),
    whole_subtree: bool = False,
    members: Sequence[Unit] = (),
) -> None:
    """Change what the group is called and means; raises Refused as `create_group` does."""
    stored = UnitGroup.objects.select_for_update().get(pk=group.pk)
    before = _snapshot(stored)
    _write(
        group,
        name=name,
        other_names=other_names,
        anchor=anchor,
        kinds=kinds,
        whole_subtree=whole_subtree,
        members=members,
    )
    after = _snapshot(group)
    if after != before:
        journal.record("group edited", group, by=by, detail={"before": before, "after": after})


@transaction.atomic
def delete_group(group: UnitGroup, *, by: User | None) -> None:
    """Delete a group that nothing refers to; raises Refused while a plan does."""
    journal.record("group deleted", group, by=by, detail={"before": _snapshot(group)})
    try:
        group.delete()
    except ProtectedError as error:
        raise Refused(_("Nhóm đang được dùng trong kế hoạch nên không xóa được.")) from error


def _write(
    group: UnitGroup,
    *,
    name: str,
    other_names: str,
    anchor: Unit | None,
    kinds: Sequence[str],
    whole_subtree: bool,
    members: Sequence[Unit],
) -> None:
    group.name = squeeze(name)
    lines = dict.fromkeys(squeeze(line) for line in other_names.splitlines())
    group.other_names = "\n".join(line for line in lines if line)
    group.anchor, group.kinds, group.whole_subtree = anchor, sorted(kinds), whole_subtree
    if bool(anchor) != bool(kinds):
        raise Refused(_("Xin chọn cả đơn vị cấp trên và các loại đơn vị, hoặc bỏ cả hai."))
    if not anchor and not members:
        raise Refused(_("Nhóm chưa gồm đơn vị nào."))
    named = UnitGroup.objects.filter(office=group.office).exclude(pk=group.pk)
    if any(fold(other) == fold(group.name) for other in named.values_list("name", flat=True)):
        raise Refused(_("Cơ quan đã có nhóm tên này."))
    group.save()
    group.members.set(members)


def _snapshot(group: UnitGroup) -> dict[str, object]:
    return {
        "name": group.name,
        "other_names": group.other_names.splitlines(),
        "anchor": str(group.anchor or ""),
        "kinds": [str(Unit.Kind(kind).label) for kind in group.kinds],
        "whole_subtree": group.whole_subtree,
        "members": sorted(group.members.values_list("name", flat=True)),
    }
