"""Ordinary valid units, persons and roles for tests."""

import itertools
from typing import Any

from vinhdanh.accounts.models import User
from vinhdanh.accounts.tests.make import a_user
from vinhdanh.common.ids import new_id
from vinhdanh.people.models import (
    Person,
    Position,
    RoleHolding,
    Succession,
    Unit,
    UnitGroup,
    UnitName,
    refresh_search,
)

_numbers = itertools.count(1)


def a_unit(
    parent: Unit | None = None,
    *,
    other_names: tuple[str, ...] = (),
    successors: tuple[Unit, ...] = (),
    **fields: Any,
) -> Unit:
    """A unit below `parent`: an office; without `parent` a department, the top of its own tree."""
    pk = fields.pop("id", None) or new_id()
    number = next(_numbers)
    name = f"Phòng Nghiệp vụ {number}" if parent else f"Sở Thí điểm {number}"
    kind = Unit.Kind.OFFICE if parent else Unit.Kind.DEPARTMENT
    unit = Unit(
        **{"id": pk, "parent": parent, "name": name, "kind": kind}
        | {"path": f"{parent.path if parent else ''}{pk}/"}
        | fields
    )
    refresh_search(unit, list(other_names))
    unit.save()
    for other in other_names:
        UnitName.objects.create(unit=unit, name=other)
    for successor in successors:
        Succession.objects.create(unit=unit, successor=successor)
    return unit


def a_group(office: Unit, *members: Unit, **fields: Any) -> UnitGroup:
    """A group of the office: its offices and affiliated units, or `members` where given."""
    of_kinds = {} if members else {"anchor": office, "kinds": ["office", "affiliated"]}
    name = "Các phòng, đơn vị thuộc Sở" if not members else f"Nhóm {next(_numbers)}"
    group = UnitGroup.objects.create(**{"office": office, "name": name} | of_kinds | fields)
    group.members.set(members)
    return group


def a_person(**fields: Any) -> Person:
    return Person.objects.create(**{"full_name": f"Nguyễn Văn Thử {next(_numbers)}"} | fields)


def a_position(person: Person, unit: Unit, **fields: Any) -> Position:
    return Position.objects.create(
        **{"person": person, "unit": unit, "title": "Chuyên viên"} | fields
    )


def a_holding(user: User, role: str, unit: Unit, **fields: Any) -> RoleHolding:
    return RoleHolding.objects.create(**{"user": user, "role": role, "unit": unit} | fields)


def a_user_with(role: str, unit: Unit, **fields: Any) -> User:
    """A user (with `fields`) who holds the role at the unit, for as long as one likes."""
    user = a_user(**fields)
    a_holding(user, role, unit)
    return user
