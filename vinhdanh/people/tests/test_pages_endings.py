"""The pages on which a unit ends, its people are handed over, and an end is taken back."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from vinhdanh.people.models import Position, RoleHolding, Succession, Unit
from vinhdanh.people.tests.make import a_holding, a_person, a_position, a_unit, a_user_with
from vinhdanh.people.tests.test_pages import House, cost, page, send, text

pytestmark = pytest.mark.django_db
Role = RoleHolding.Role
LAST = timezone.localdate() - timedelta(days=1)
NEXT = LAST + timedelta(days=1)


@pytest.fixture
def house() -> House:
    house = House()
    house.third = a_unit(house.office, name="Phòng Di sản")
    return house


def split(house) -> Unit:
    """The unit ended yesterday in two others; its people are where they were."""
    Unit.objects.filter(pk=house.unit.pk).update(valid_until=LAST, ending=Unit.Ending.SPLIT)
    for heir in (house.other, house.third):
        Succession.objects.create(unit=house.unit, successor=heir)
    return house.unit


def field(held) -> str:
    return f"held-{held.pk}"


def test_a_unit_is_split_and_the_page_goes_on_to_its_people(house):
    answer = send(
        house.standing,
        "unit_end",
        house.unit.pk,
        ending="split",
        last_day=LAST,
        successors=[house.other.pk, house.third.pk],
        carry_over="on",
    )

    assert answer.status_code == 302
    assert answer["Location"] == reverse("people:unit_hand_over", args=[house.unit.pk])
    assert set(house.unit.successors.all()) == {house.other, house.third}
    shown = text(page(house.standing, "unit_hand_over", house.unit.pk))
    assert "Đỗ Thị Ánh" in shown
    assert "Nơi đến của Đỗ Thị Ánh: Họa sĩ" in shown


def test_a_refusal_keeps_what_was_chosen(house):
    answer = send(
        house.standing,
        "unit_end",
        house.unit.pk,
        ending="split",
        last_day=LAST,
        successors=[house.third.pk],
    )

    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "từ hai đơn vị kế thừa trở lên" in shown
    assert f'<option value="{house.third.pk}" selected>' in shown


def test_both_pages_of_a_split_unit_name_all_that_followed(house):
    split(house)

    shown = text(page(house.colleague, "unit", house.unit.pk))

    assert "Phòng Tài chính</a><br>" in shown or "Phòng Di sản</a><br>" in shown
    for heir in (house.other, house.third):
        assert "Kế thừa từ" in text(page(house.colleague, "unit", heir.pk))


def test_each_person_is_handed_to_the_unit_chosen_and_the_rest_together(house):
    split(house)
    clerk = RoleHolding.objects.get(user=house.clerk)
    more = [a_position(a_person(), house.unit) for _ in range(2)]
    left = text(page(house.admin, "unit", house.unit.pk))
    assert "Còn 5 chức vụ, vai trò kéo dài" in left

    answer = send(
        house.admin,
        "unit_hand_over",
        house.unit.pk,
        **{field(house.position): house.other.pk, field(clerk): house.other.pk},
        **{field(more[0]): "end", "rest": house.third.pk},
    )

    assert answer["Location"] == house.unit.get_absolute_url()
    at_other = Position.objects.get(unit=house.other)
    assert (at_other.person, at_other.from_on) == (house.person, NEXT)
    assert Position.objects.get(unit=house.third).person == more[1].person
    assert set(RoleHolding.objects.filter(from_on=NEXT).values_list("user", "unit")) == {
        (house.clerk.pk, house.other.pk),
        (house.person.user.pk, house.third.pk),
    }
    assert "kéo dài" not in text(page(house.admin, "unit", house.unit.pk))
    assert "Không còn ai" in text(page(house.admin, "unit_hand_over", house.unit.pk))


def test_who_is_left_open_waits_and_choosing_nobody_is_said(house):
    split(house)

    nothing = send(house.admin, "unit_hand_over", house.unit.pk)
    some = send(
        house.admin,
        "unit_hand_over",
        house.unit.pk,
        **{field(house.position): house.other.pk},
    )

    assert nothing.status_code == 422
    assert "Xin chọn nơi đến của ít nhất một người." in nothing.content.decode()
    assert some["Location"] == reverse("people:unit_hand_over", args=[house.unit.pk])
    waiting = text(page(house.admin, "unit_hand_over", house.unit.pk))
    assert (field(house.position) in waiting, field(house.holding) in waiting) == (False, True)


def test_the_office_is_offered_no_place_for_an_administrator(house):
    split(house)
    local = a_holding(house.colleague, Role.ADMINISTRATOR, house.unit)

    refused = send(
        house.standing, "unit_hand_over", house.unit.pk, **{field(local): house.other.pk}
    )
    send(house.standing, "unit_hand_over", house.unit.pk, rest=house.other.pk)

    assert refused.status_code == 422
    local.refresh_from_db()
    assert (local.unit, local.until_on) == (house.unit, None)
    assert not RoleHolding.objects.filter(unit=house.other, role=Role.ADMINISTRATOR).exists()


def test_more_than_a_page_can_hold_comes_in_turns(house, monkeypatch):
    monkeypatch.setattr("vinhdanh.people.views.units.AT_ONCE", 2)
    split(house)

    shown = text(page(house.admin, "unit_hand_over", house.unit.pk))

    assert "Còn 1 dòng nữa" in shown
    send(house.admin, "unit_hand_over", house.unit.pk, rest=house.other.pk)
    assert "dòng nữa" not in text(page(house.admin, "unit_hand_over", house.unit.pk))


def test_an_end_is_taken_back_on_its_own_page(house):
    split(house)
    assert "Bỏ ghi kết thúc" in text(page(house.standing, "unit", house.unit.pk))

    asked = text(page(house.standing, "unit_resume", house.unit.pk))
    answer = send(house.standing, "unit_resume", house.unit.pk)

    assert "Bỏ ghi kết thúc của Phòng Nghệ thuật?" in asked
    assert answer["Location"] == house.unit.get_absolute_url()
    house.unit.refresh_from_db()
    assert (house.unit.ending, house.unit.successors.count()) == ("", 0)
    again = text(page(house.standing, "unit", house.unit.pk))
    assert "Bỏ ghi kết thúc đơn vị" in again  # the journal
    assert "Kết thúc đơn vị" in again


@pytest.mark.parametrize("name", ["unit_hand_over", "unit_resume"])
def test_only_who_edits_the_unit_opens_its_end(house, name):
    split(house)

    for user in (house.auditor, house.clerk, house.colleague, house.stranger):
        assert page(user, name, house.unit.pk).status_code == 404
        assert send(user, name, house.unit.pk, rest=house.other.pk).status_code == 404
    assert page(None, name, house.unit.pk).status_code == 302
    assert Position.objects.get(pk=house.position.pk).until_on is None


def test_nobody_is_handed_over_from_a_unit_that_goes_on(house):
    assert page(house.admin, "unit_hand_over", house.unit.pk).status_code == 404


def test_the_pages_cost_the_same_queries_for_one_and_for_many(house):
    split(house)
    addresses = [
        reverse(f"people:{name}", args=[house.unit.pk]) for name in ("unit", "unit_hand_over")
    ]
    few = [cost(house.admin, address) for address in addresses]

    for number in range(5):
        heir = a_unit(house.office, valid_from=date(2020, 1, 1))
        Succession.objects.create(unit=house.unit, successor=heir)
        a_position(a_person(), house.unit)
        a_user_with(Role.CLERK, house.unit, username=f"clerk{number}")

    assert [cost(house.admin, address) for address in addresses] == few
