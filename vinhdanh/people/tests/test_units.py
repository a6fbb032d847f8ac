from datetime import date

import pytest

from vinhdanh.accounts.tests.make import a_user
from vinhdanh.common.refusal import Refused
from vinhdanh.journal import queries as journal
from vinhdanh.people import actions, queries
from vinhdanh.people.models import Unit, UnitGroup
from vinhdanh.people.tests.make import (
    a_group,
    a_unit,
)

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 1)


def deeds(thing):
    return [line.deed for line in journal.lines_about(thing)]


def test_a_unit_is_made_in_its_place_and_journalled():
    office, user = a_unit(), a_user()

    unit = actions.create_unit(
        parent=office,
        name=" Phòng  Tổ chức ",
        short_name="P. TC",
        other_names=["Tổ chức", "TỔ CHỨC", "P. TC"],
        kind=Unit.Kind.OFFICE,
        by=user,
    )

    assert unit.path == f"{office.path}{unit.pk}/"
    assert unit.name == "Phòng Tổ chức"
    assert [str(name) for name in unit.other_names.all()] == ["Tổ chức"]
    assert unit.folded == "phong to chuc | p. tc | to chuc"
    assert deeds(unit) == ["unit created"]


def test_what_is_below_an_outside_unit_is_outside():
    ministry = a_unit(outside=True, kind=Unit.Kind.MINISTRY)

    assert actions.create_unit(parent=ministry, name="Vụ", kind="office", by=None).outside


def test_siblings_do_not_share_a_name_at_the_same_time():
    office = a_unit()
    a_unit(office, name="Phòng Nghệ thuật", valid_until=date(2025, 6, 30))

    with pytest.raises(Refused, match="tên này"):
        actions.create_unit(parent=office, name="Phòng nghệ thuật", kind="office", by=None)

    later = actions.create_unit(
        parent=office,
        name="Phòng Nghệ thuật",
        kind="office",
        valid_from=date(2025, 7, 1),
        by=None,
    )
    assert later.pk


def test_an_edit_tells_what_changed():
    unit = a_unit(a_unit(), name="Phòng A", other_names=("PA",))

    actions.edit_unit(unit, name="Phòng B", other_names=["Ban B"], by=a_user())

    unit.refresh_from_db()
    assert (unit.name, unit.folded) == ("Phòng B", "phong b | ban b")
    assert journal.lines_about(unit)[0].detail == {
        "before": {"name": "Phòng A", "other_names": ["PA"]},
        "after": {"name": "Phòng B", "other_names": ["Ban B"]},
    }


def test_an_edit_that_changes_nothing_is_not_journalled():
    unit = a_unit(name="Sở Thử")

    actions.edit_unit(unit, name="Sở Thử", by=a_user())

    assert deeds(unit) == []


def test_days_in_the_wrong_order_are_refused():
    unit = a_unit(valid_from=DAY)

    with pytest.raises(Refused, match="trước ngày bắt đầu"):
        actions.edit_unit(unit, valid_until=date(2026, 2, 1), by=None)


def test_a_unit_moves_with_all_below_it():
    office = a_unit()
    first, second = a_unit(office), a_unit(office)
    child = a_unit(first)
    grandchild = a_unit(child)

    actions.move_unit(child, parent=second, by=a_user())

    child.refresh_from_db()
    grandchild.refresh_from_db()
    assert child.parent == second
    assert child.path == f"{second.path}{child.pk}/"
    assert grandchild.path == f"{second.path}{child.pk}/{grandchild.pk}/"
    assert deeds(child) == ["unit moved"]


def test_a_unit_does_not_move_below_itself():
    unit = a_unit(a_unit())
    child = a_unit(unit)

    for parent in (unit, child):
        with pytest.raises(Refused, match="cấp dưới của nó"):
            actions.move_unit(unit, parent=parent, by=None)


def test_a_unit_does_not_move_where_it_is_or_out_of_the_office():
    office = a_unit()
    unit = a_unit(office)

    with pytest.raises(Refused, match="đã thuộc"):
        actions.move_unit(unit, parent=office, by=None)
    with pytest.raises(Refused, match="ngoài cơ quan"):
        actions.move_unit(unit, parent=a_unit(outside=True), by=None)


def test_a_group_is_made_changed_and_deleted():
    office, user = a_unit(), a_user()
    member = a_unit(office)

    group = actions.create_group(office=office, name="Nhóm thử", members=[member], by=user)
    actions.edit_group(group, name="Nhóm", other_names="A\n\nA\nB", members=[member], by=user)

    assert group.other_names == "A\nB"
    assert deeds(group) == ["group edited", "group created"]
    actions.delete_group(group, by=user)
    assert not UnitGroup.objects.exists()


def test_a_group_needs_a_name_of_its_own_and_units():
    office = a_unit()
    a_group(office, name="Các đơn vị")

    with pytest.raises(Refused, match="tên này"):
        actions.create_group(office=office, name="các đơn vị", members=[office], by=None)
    with pytest.raises(Refused, match="chưa gồm"):
        actions.create_group(office=office, name="Khác", by=None)
    with pytest.raises(Refused, match="cả đơn vị cấp trên"):
        actions.create_group(office=office, name="Khác", kinds=["office"], by=None)


def test_the_tree_shows_the_way_to_what_is_found():
    office = a_unit(name="Sở")
    theatre = a_unit(office, name="Nhà hát")
    stage = a_unit(theatre, name="Đội Sân khấu")
    a_unit(office, name="Văn phòng")

    found = queries.found_units(Unit.objects.all(), "doi san")
    (top,) = queries.tree(found, within=Unit.objects.all())

    assert (top.unit, top.only_a_way) == (office, True)
    assert [branch.unit for branch in top.below] == [theatre]
    assert [(b.unit, b.only_a_way) for b in top.below[0].below] == [(stage, False)]


def test_the_groups_with_a_unit():
    office = a_unit()
    unit = a_unit(office)
    below = a_unit(unit)
    everyone = a_group(office)
    chosen = a_group(office, below)
    deep = a_group(office, name="Tất cả", whole_subtree=True)

    def groups(unit):
        return set(queries.groups_with(unit, UnitGroup.objects.all(), on=DAY))

    assert groups(unit) == {everyone, deep}
    assert groups(below) == {chosen, deep}
    assert groups(office) == set()
