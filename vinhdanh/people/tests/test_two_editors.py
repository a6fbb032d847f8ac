"""What two people edit at the same time is lost by neither without their knowing."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from vinhdanh.accounts.tests.make import a_user
from vinhdanh.people.models import RoleHolding
from vinhdanh.people.tests.make import a_group, a_person, a_position, a_unit, a_user_with

pytestmark = pytest.mark.django_db


def a_unit_to_edit(office: Any) -> tuple[Model, str, dict[str, Any]]:
    unit = a_unit(office, name="Phòng Một")
    return unit, "people:unit_edit", {"name": "Phòng Một", "kind": "office", "position": 0}


def a_person_to_edit(office: Any) -> tuple[Model, str, dict[str, Any]]:
    person = a_person(full_name="Lê Văn Một")
    a_position(person, office)
    return person, "people:person_edit", {"full_name": "Lê Văn Một"}


def a_position_to_edit(office: Any) -> tuple[Model, str, dict[str, Any]]:
    position = a_position(a_person(), office, title="Chuyên viên")
    return position, "people:position_edit", {"title": "Chuyên viên", "unit": office.pk}


def a_group_to_edit(office: Any) -> tuple[Model, str, dict[str, Any]]:
    group = a_group(office, a_unit(office), name="Nhóm Một")
    members = [member.pk for member in group.members.all()]
    return group, "people:group_edit", {"name": "Nhóm Một", "members": members}


Thing = Callable[[Any], tuple[Model, str, dict[str, Any]]]


@pytest.mark.parametrize(
    ("thing", "field", "label"),
    [
        (a_unit_to_edit, "name", "Tên đầy đủ"),
        (a_person_to_edit, "full_name", "Họ và tên"),
        (a_position_to_edit, "title", "Chức vụ, chức danh"),
        (a_group_to_edit, "name", "Tên nhóm"),
    ],
)
def test_the_second_to_save_is_told_what_the_first_changed(thing: Thing, field: str, label: str):
    office = a_unit()
    client = Client()
    client.force_login(a_user_with(RoleHolding.Role.OFFICE, office))
    found, name, fields = thing(office)
    address = reverse(name, args=[found.pk])
    seen = seen_on(client.get(address))
    client.post(address, {**fields, field: "Của người thứ nhất", "seen": seen})

    second = client.post(address, {**fields, field: "Của người thứ hai", "seen": seen})
    found.refresh_from_db()
    kept = getattr(found, field)
    again = client.post(address, {**fields, field: "Của người thứ hai", "seen": seen_on(second)})
    found.refresh_from_db()

    assert (second.status_code, kept) == (422, "Của người thứ nhất")
    assert f"Người khác vừa sửa mục này ({label})" in second.content.decode()
    assert "Của người thứ hai" in second.content.decode()
    assert (again.status_code, getattr(found, field)) == (302, "Của người thứ hai")


def test_an_account_without_second_factors_has_none_to_lose():
    office = a_unit()
    client = Client()
    client.force_login(a_user_with(RoleHolding.Role.ADMINISTRATOR, office))
    person = a_person(user=a_user())
    a_position(person, office)

    answer = client.post(reverse("people:account_unlock", args=[person.pk]), follow=True)

    assert "không bật xác thực hai lớp" in answer.content.decode()


def seen_on(answer: Any) -> str:
    found = re.search(r'name="seen" value="([^"]+)"', answer.content.decode())
    assert found
    return found[1]
