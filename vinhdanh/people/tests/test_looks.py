"""Who sees personal details leaves a line; what was before is for whoever sees the details."""

from datetime import date

import pytest
from django.urls import reverse

from vinhdanh.journal.models import Line
from vinhdanh.people import actions, queries
from vinhdanh.people.models import Position, RoleHolding, Unit
from vinhdanh.people.tests.make import a_holding, a_position, a_unit, a_user_with
from vinhdanh.people.tests.test_pages import House, cost, exported, page, send, text

pytestmark = pytest.mark.django_db
Role = RoleHolding.Role


@pytest.fixture
def house() -> House:
    return House()


def looks() -> list[tuple[str, str]]:
    """Who looked at whose details, in order."""
    lines = Line.objects.filter(deed=queries.LOOKED_AT).order_by("id")
    return list(lines.values_list("actor_name", "thing_name"))


def test_seeing_the_details_of_a_person_leaves_one_line_however_often_within_a_minute(house):
    for _ in range(3):
        page(house.admin, "person", house.person.pk)
    page(house.standing, "person_edit", house.person.pk)

    assert looks() == [
        (house.admin.name, "Đỗ Thị Ánh"),
        (house.standing.name, "Đỗ Thị Ánh"),
    ]


def test_seeing_oneself_or_only_a_name_leaves_nothing(house):
    page(house.person.user, "person", house.person.pk)
    for user in (house.auditor, house.clerk, house.colleague, house.stranger, None):
        page(user, "person", house.person.pk)
    page(house.admin, "persons")

    assert looks() == []


def test_a_person_and_the_readers_see_who_looked_and_nobody_else(house):
    page(house.admin, "person", house.person.pk)
    line = f"{house.admin.name} · <time"

    for user in (house.person.user, house.auditor, house.standing):
        assert line in text(page(user, "person", house.person.pk))
    assert "Ai đã xem" not in text(page(house.clerk, "person", house.person.pk))


def test_nobody_yet_having_looked_is_said(house):
    assert "Chưa có ai khác xem." in text(page(house.person.user, "person", house.person.pk))


def test_a_list_taken_out_of_the_system_leaves_a_line_at_the_office(house):
    exported(house.admin)
    exported(house.admin, q="khong ai")

    lines = Line.objects.filter(deed="persons exported")
    assert [(line.thing_id, line.actor_id, line.detail) for line in lines] == [
        (house.office.pk, house.admin.pk, {"count": 1})
    ]
    assert "Tải danh sách cán bộ" in text(page(house.auditor, "unit", house.office.pk))


def test_the_page_of_a_person_tells_what_was_before_to_whoever_sees_the_details(house):
    send(
        house.admin,
        "person_edit",
        house.person.pk,
        full_name="Đỗ Thị Ánh",
        code="CB-007",
        phone="0988000222",
        email="anh@example.vn",
        born_on="04/03/1988",
    )

    for user in (house.admin, house.standing, house.person.user):
        shown = text(page(user, "person", house.person.pk))
        assert "<del>0912000111</del> → <ins" in shown
    for user in (house.auditor, house.clerk):
        assert "0912000111" not in text(page(user, "person", house.person.pk))


def test_changes_of_positions_are_told_with_the_person(house):
    a_position(house.person, house.other)
    actions.edit_position(house.position, by=house.admin, title="Họa sĩ chính")
    Position.objects.filter(pk=house.position.pk).delete()

    shown = text(page(house.admin, "person", house.person.pk))

    assert "Sửa chức vụ: Họa sĩ, Phòng Nghệ thuật" in shown
    assert "<del>Họa sĩ</del> → <ins" in shown
    assert "Xóa chức vụ: Họa sĩ chính, Phòng Nghệ thuật" in shown


def test_a_role_in_a_tree_that_one_does_not_read_stays_hidden(house):
    elsewhere = a_unit(name="Sở Khác hẳn")
    for unit in (house.unit, elsewhere):
        a_holding(house.person.user, Role.CLERK, unit).delete()

    shown = text(page(house.admin, "person", house.person.pk))

    assert "Phòng Nghệ thuật" in shown
    assert "Xóa vai trò" in shown
    assert "Sở Khác hẳn" not in shown


def test_the_page_of_a_unit_tells_what_was_before_to_its_readers(house):
    Unit.objects.filter(pk=house.unit.pk).update(short_name="PNT", parent=house.other)

    shown = text(page(house.auditor, "unit", house.unit.pk))

    assert "<del>P. NT</del> → <ins" in shown
    assert "<del>Sở Văn hóa Thí điểm</del> → <ins" in shown
    assert "P. NT" not in text(page(house.clerk, "unit", house.unit.pk)).split("Lịch sử")[-1]
    assert "<del>" not in text(page(house.clerk, "unit", house.unit.pk))


def test_histories_cost_the_same_queries_for_one_and_for_many_changes(house):
    people_page = reverse("people:person", args=[house.person.pk])
    unit_page = reverse("people:unit", args=[house.unit.pk])

    def change(times: int) -> None:
        for number in range(times):
            Unit.objects.filter(pk=house.unit.pk).update(short_name=f"P{number}{times}")
            position = a_position(house.person, house.unit)
            Position.objects.filter(pk=position.pk).update(title=f"Việc {number}")
            holding = a_holding(house.person.user, Role.CLERK, house.unit)
            RoleHolding.objects.filter(pk=holding.pk).update(role=Role.HEAD)
            holding.delete()
            house.person.phone = f"{number}{times}"
            house.person.save()
            page(a_user_with(Role.OFFICE, house.office), "person", house.person.pk)

    change(1)
    before = [cost(house.admin, address) for address in (people_page, unit_page)]
    change(4)

    assert [cost(house.admin, address) for address in (people_page, unit_page)] == before


def test_sex_and_retirement_are_edited_and_shown_with_the_day_of_birth(house):
    send(
        house.admin, "person_edit", house.person.pk,
        full_name="Đỗ Thị Ánh", born_on="1988-03-04", sex="male", retires_on="2050-06-01",
    )  # fmt: skip
    house.person.refresh_from_db()
    assert (house.person.sex, house.person.retires_on) == ("male", date(2050, 6, 1))

    for user in (house.admin, house.person.user):
        shown = text(page(user, "person", house.person.pk))
        assert "<dt>Giới tính</dt><dd>Nam</dd>" in shown
        assert "<dt>Nghỉ hưu từ ngày</dt><dd>01/06/2050</dd>" in shown

    refused = send(
        house.admin, "person_edit", house.person.pk,
        full_name="Đỗ Thị Ánh", born_on="1988-03-04", retires_on="1987-06-01",
    )  # fmt: skip
    assert refused.status_code == 422
    assert "Ngày nghỉ hưu phải sau ngày sinh." in refused.content.decode()
    assert 'value="1987-06-01"' in refused.content.decode()
    house.person.refresh_from_db()
    assert house.person.retires_on == date(2050, 6, 1)
