"""Units that end in one or several others, who goes on where, and taking back an end."""

import threading
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from vinhdanh.accounts.tests.make import a_user
from vinhdanh.common.refusal import Refused
from vinhdanh.journal import queries as journal
from vinhdanh.journal.models import Line
from vinhdanh.people import actions, queries
from vinhdanh.people.models import Position, RoleHolding, Succession, Unit
from vinhdanh.people.tests.make import a_holding, a_person, a_position, a_unit, a_user_with
from vinhdanh.people.tests.test_units import deeds

pytestmark = pytest.mark.django_db
Role = RoleHolding.Role
DAY = date(2026, 3, 1)
LAST = date(2026, 2, 28)


def end(unit, *successors, ending=Unit.Ending.SPLIT, by=None, **how) -> None:
    actions.end_unit(
        unit, **{"last_day": LAST, "on": DAY} | how, ending=ending, successors=successors, by=by
    )


def posts(model, unit) -> list:
    """Who holds what at the unit from when until when."""
    holder, what = ("person", "title") if model is Position else ("user", "role")
    rows = model.objects.filter(unit=unit).order_by(what)
    return [(getattr(row, holder), getattr(row, what), row.from_on, row.until_on) for row in rows]


class House:
    """An office with a unit that is to end, and two that may go on for it."""

    def __init__(self) -> None:
        self.office = a_unit()
        self.unit = a_unit(self.office, name="Phòng Văn hóa - Thể thao")
        self.first = a_unit(self.office, name="Phòng Thể thao", position=2)
        self.second = a_unit(self.office, name="Phòng Văn hóa", position=1)
        self.admin = a_user_with(Role.ADMINISTRATOR, self.office)
        self.standing = a_user_with(Role.OFFICE, self.office)


@pytest.fixture
def house() -> House:
    return House()


def test_a_split_unit_ends_in_several(house):
    end(house.unit, house.first, house.second, by=house.standing)

    house.unit.refresh_from_db()
    assert (house.unit.valid_until, house.unit.ending) == (LAST, Unit.Ending.SPLIT)
    assert list(house.unit.successors.all()) == [house.second, house.first]
    assert list(queries.predecessors(house.first)) == [house.unit]
    assert journal.lines_about(house.unit)[0].detail == {
        "last_day": "2026-02-28",
        "ending": "Chia, tách",
        "successor": "Phòng Văn hóa; Phòng Thể thao",
        "carried_over": 0,
    }


@pytest.mark.parametrize(
    ("ending", "count", "told"),
    [
        ("split", 0, "Xin chọn đơn vị kế thừa."),
        ("split", 1, "Đơn vị chia, tách thì có từ hai đơn vị kế thừa trở lên"),
        ("merged", 0, "Xin chọn đơn vị kế thừa."),
        ("merged", 2, "Đơn vị sáp nhập hoặc đổi tên thì chỉ có một đơn vị kế thừa."),
        ("renamed", 2, "Đơn vị sáp nhập hoặc đổi tên thì chỉ có một đơn vị kế thừa."),
        ("dissolved", 1, "Đơn vị giải thể thì không có đơn vị kế thừa."),
        ("dissolved", 2, "Đơn vị giải thể thì không có đơn vị kế thừa."),
    ],
)
def test_how_many_go_on_depends_on_how_the_unit_ends(house, ending, count, told):
    heirs = [house.first, house.second][:count]

    with pytest.raises(Refused, match=told):
        end(house.unit, *heirs, ending=ending)

    house.unit.refresh_from_db()
    assert (house.unit.valid_until, house.unit.successors.count()) == (None, 0)


def test_one_unit_named_twice_is_one(house):
    with pytest.raises(Refused, match="từ hai đơn vị"):
        end(house.unit, house.first, house.first)


def test_an_end_on_record_is_not_recorded_again(house):
    end(house.unit, house.first, ending=Unit.Ending.MERGED)

    with pytest.raises(Refused, match="đã được ghi kết thúc"):
        end(house.unit, house.second, ending=Unit.Ending.RENAMED)

    assert list(house.unit.successors.all()) == [house.first]


def test_a_unit_with_a_last_day_alone_can_still_be_ended(house):
    actions.edit_unit(house.unit, valid_until=LAST, by=None)

    end(house.unit, house.first, house.second)

    assert house.unit.successors.count() == 2


def test_a_succession_does_not_come_back_by_any_way(house):
    end(house.unit, house.first, house.second)
    last = a_unit(house.office)
    end(house.second, last, ending=Unit.Ending.RENAMED, last_day=DAY)
    Unit.objects.filter(pk=house.unit.pk).update(valid_until=None, ending="")
    house.unit.refresh_from_db()

    with pytest.raises(Refused, match="quay vòng"):
        end(last, house.unit, ending=Unit.Ending.MERGED, last_day=DAY)


def test_the_database_keeps_a_unit_from_following_itself_or_the_same_one_twice(house):
    Succession.objects.create(unit=house.unit, successor=house.first)

    for heir in (house.unit, house.first):
        with pytest.raises(IntegrityError), transaction.atomic():
            Succession.objects.create(unit=house.unit, successor=heir)


def test_of_several_successors_nobody_is_carried_over_unasked(house):
    with pytest.raises(Refused, match="nơi đến của từng người"):
        end(house.unit, house.first, house.second, carry_over=True)


def test_each_goes_on_at_the_successor_chosen_and_who_is_not_chosen_waits(house):
    head, other, leaver, waiting = (a_person() for _ in range(4))
    clerk = a_user()
    posts_of = [a_position(each, house.unit) for each in (other, leaver, waiting)]
    led = a_position(head, house.unit, title="Trưởng phòng", is_head=True)
    role = a_holding(clerk, Role.CLERK, house.unit)
    end(house.unit, house.first, house.second)

    actions.hand_over(
        house.unit,
        places={
            led: house.first, role: house.first, posts_of[0]: house.second, posts_of[1]: None
        },
        by=house.standing,
        on=DAY,
    )  # fmt: skip

    assert posts(Position, house.first) == [(head, "Trưởng phòng", DAY, None)]
    assert not Position.objects.get(unit=house.first).is_head
    assert posts(RoleHolding, house.first) == [(clerk, Role.CLERK, DAY, None)]
    assert posts(Position, house.second) == [(other, "Chuyên viên", DAY, None)]
    assert [list(held) for held in queries.left_over(house.unit)] == [[posts_of[2]], []]
    assert Position.objects.filter(unit=house.unit, until_on=LAST).count() == 3
    line = journal.lines_about(house.unit)[0]
    assert (line.deed, line.detail) == (
        "people handed over",
        {"successor": "Phòng Thể thao: 2; Phòng Văn hóa: 1", "carried_over": 3, "let_go": 1},
    )


def test_what_begins_later_moves_as_it_is_and_does_not_just_end(house):
    later = a_position(a_person(), house.unit, from_on=date(2026, 6, 1))
    end(house.unit, house.first, house.second)

    with pytest.raises(Refused, match="bắt đầu sau ngày đơn vị kết thúc"):
        actions.hand_over(house.unit, places={later: None}, by=None, on=DAY)
    actions.hand_over(house.unit, places={later: house.first}, by=None, on=DAY)

    assert posts(Position, house.unit) == []
    assert posts(Position, house.first) == [(later.person, "Chuyên viên", date(2026, 6, 1), None)]


def test_what_is_held_at_the_successor_already_is_not_held_twice(house):
    person, user = a_person(), a_user()
    a_position(person, house.first, title="chuyên viên")
    a_holding(user, Role.CLERK, house.first)
    held = [a_position(person, house.unit), a_holding(user, Role.CLERK, house.unit)]
    end(house.unit, house.first, house.second)

    actions.hand_over(house.unit, places=dict.fromkeys(held, house.first), by=None, on=DAY)

    assert posts(Position, house.first) == [(person, "chuyên viên", None, None)]
    assert posts(RoleHolding, house.first) == [(user, Role.CLERK, None, None)]


def test_nobody_is_handed_to_a_unit_that_does_not_follow_or_from_one_that_goes_on(house):
    held = a_position(a_person(), house.unit)
    with pytest.raises(Refused, match="chưa kết thúc"):
        actions.hand_over(house.unit, places={held: house.first}, by=None, on=DAY)
    end(house.unit, house.first, house.second)

    with pytest.raises(Refused, match="không phải là đơn vị kế thừa"):
        actions.hand_over(house.unit, places={held: house.office}, by=None, on=DAY)

    assert Position.objects.get().until_on is None


def test_who_was_handed_over_meanwhile_is_not_handed_over_again(house):
    held = a_position(a_person(), house.unit)
    end(house.unit, house.first, house.second)
    actions.hand_over(house.unit, places={held: house.first}, by=None, on=DAY)

    with pytest.raises(Refused, match="Người khác vừa chuyển"):
        actions.hand_over(house.unit, places={held: house.second}, by=None, on=DAY)

    assert not Position.objects.filter(unit=house.second).exists()


def test_the_office_hands_no_administration_over_and_nobody_to_a_unit_of_others(house):
    local = a_holding(a_user(), Role.ADMINISTRATOR, house.unit)
    held = a_position(a_person(), house.unit)
    end(house.unit, house.first, house.second)
    own = a_user_with(Role.ADMINISTRATOR, house.unit)
    a_holding(own, Role.OFFICE, house.second)

    with pytest.raises(Refused, match="không được giao"):
        actions.hand_over(house.unit, places={local: house.first}, by=house.standing, on=DAY)
    with pytest.raises(Refused, match="không được giao"):
        actions.hand_over(house.unit, places={held: house.first}, by=own, on=DAY)
    actions.hand_over(house.unit, places={held: house.second}, by=own, on=DAY)
    actions.hand_over(house.unit, places={local: house.first}, by=house.admin, on=DAY)

    assert posts(RoleHolding, house.first) == [(local.user, Role.ADMINISTRATOR, DAY, None)]


def test_handing_over_costs_the_same_queries_for_one_and_for_twenty(house):
    end(house.unit, house.first, house.second)

    def cost(count: int) -> int:
        held = [a_position(a_person(), house.unit) for _ in range(count)]
        held += [a_holding(a_user(), Role.CLERK, house.unit) for _ in range(count)]
        with CaptureQueriesContext(connection) as counted:
            actions.hand_over(
                house.unit, places=dict.fromkeys(held, house.first), by=house.standing, on=DAY
            )
        return len(counted)

    assert cost(1) == cost(20)


def test_an_end_recorded_by_mistake_is_taken_back_with_who_was_carried_over(house):
    person, clerk = a_person(), a_user()
    a_position(person, house.unit, title="Trưởng phòng", is_head=True)
    leaves_on = date(2026, 12, 31)
    a_holding(clerk, Role.CLERK, house.unit, until_on=leaves_on)
    end(house.unit, house.first, ending=Unit.Ending.MERGED, carry_over=True)
    stays = a_position(a_person(), house.first, from_on=DAY)

    actions.resume_unit(house.unit, by=house.standing, on=DAY)

    house.unit.refresh_from_db()
    assert (house.unit.valid_until, house.unit.ending) == (None, "")
    assert not Succession.objects.exists()
    assert posts(Position, house.unit) == [(person, "Trưởng phòng", None, None)]
    assert Position.objects.get(unit=house.unit).is_head
    assert posts(RoleHolding, house.unit) == [(clerk, Role.CLERK, None, leaves_on)]
    assert list(Position.objects.filter(unit=house.first)) == [stays]
    assert not RoleHolding.objects.filter(unit=house.first).exists()
    line = journal.lines_about(house.unit)[0]
    assert (line.deed, line.detail) == (
        "unit resumed",
        {
            "last_day": "2026-02-28",
            "ending": "Hợp nhất, sáp nhập",
            "successor": "Phòng Thể thao",
            "taken_back": 2,
        },
    )
    (change,) = [each for each in queries.unit_changes(house.unit) if each.deleted]
    assert change.what == "đơn vị kế thừa: Phòng Văn hóa - Thể thao → Phòng Thể thao"


def test_the_office_takes_no_administration_back_to_a_unit(house):
    local = a_holding(a_user(), Role.ADMINISTRATOR, house.unit)
    end(house.unit, house.first, ending=Unit.Ending.MERGED, carry_over=True)

    actions.resume_unit(house.unit, by=house.standing, on=DAY)

    assert posts(RoleHolding, house.unit) == [(local.user, Role.ADMINISTRATOR, None, LAST)]
    assert posts(RoleHolding, house.first) == [(local.user, Role.ADMINISTRATOR, DAY, None)]


def test_only_an_end_on_record_is_taken_back_and_only_so(house):
    with pytest.raises(Refused, match="chưa được ghi kết thúc"):
        actions.resume_unit(house.unit, by=None, on=DAY)
    end(house.unit, house.first, house.second)

    with pytest.raises(Refused, match="Bỏ ghi kết thúc"):
        actions.edit_unit(house.unit, valid_until=None, by=None)

    assert house.unit.successors.count() == 2


def test_a_unit_does_not_resume_beside_one_that_bears_its_name_now(house):
    end(house.unit, house.first, ending=Unit.Ending.MERGED)
    a_unit(house.office, name=house.unit.name, valid_from=DAY)

    with pytest.raises(Refused, match="tên này"):
        actions.resume_unit(house.unit, by=None, on=DAY)

    house.unit.refresh_from_db()
    assert (house.unit.valid_until, house.unit.successors.get()) == (LAST, house.first)


def test_a_merged_unit_hands_its_people_on():
    office, person, user = a_unit(), a_person(), a_user()
    old, new = a_unit(office), a_unit(office)
    a_position(person, old, is_head=True)
    a_holding(user, RoleHolding.Role.CLERK, old)

    actions.end_unit(
        old,
        last_day=date(2026, 2, 28),
        ending=Unit.Ending.MERGED,
        successors=[new],
        carry_over=True,
        by=a_user(),
        on=DAY,
    )

    old.refresh_from_db()
    assert (old.successors.get(), old.is_valid_on(date(2026, 2, 28)), old.is_valid_on(DAY)) == (
        new,
        True,
        False,
    )
    assert Position.objects.get(unit=old).until_on == date(2026, 2, 28)
    continued = Position.objects.get(unit=new)
    assert (continued.person, continued.from_on, continued.is_head) == (person, DAY, False)
    assert RoleHolding.objects.get(unit=new).user == user
    assert deeds(old) == ["unit ended"]


@pytest.mark.parametrize("successor", ["itself", "below", "ended", "circle", None])
def test_a_successor_must_outlive_the_unit(successor):
    office = a_unit()
    unit = a_unit(office)
    successors = {
        "itself": unit,
        "below": a_unit(unit, valid_until=date(2026, 1, 1)),
        "ended": a_unit(office, valid_until=date(2026, 1, 1)),
        "circle": a_unit(office, successors=(unit,)),
        None: None,
    }

    with pytest.raises(Refused, match="kế thừa"):
        actions.end_unit(
            unit,
            last_day=date(2026, 2, 28),
            ending=Unit.Ending.MERGED,
            successors=[heir] if (heir := successors[successor]) else [],
            by=None,
            on=DAY,
        )


def test_a_unit_with_living_units_below_does_not_end():
    unit = a_unit(a_unit())
    a_unit(unit)

    with pytest.raises(Refused, match="cấp dưới"):
        actions.end_unit(unit, last_day=DAY, ending="dissolved", successors=[], by=None, on=DAY)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_end_a_unit_at_once_one_does():
    house = House()
    a_position(a_person(), house.unit)
    gate, told = threading.Barrier(2), []

    def do(heir: Unit) -> None:
        gate.wait(60)
        try:
            unit = Unit.objects.get(pk=house.unit.pk)
            end(unit, heir, ending=Unit.Ending.MERGED, carry_over=True)
        except Refused as refusal:
            told.append(str(refusal))
        finally:
            connection.close()

    threads = [threading.Thread(target=do, args=(heir,)) for heir in (house.first, house.second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)

    assert len(told) == 1
    assert "đã được ghi kết thúc" in told[0]
    assert Succession.objects.count() == 1
    assert Position.objects.filter(until_on=None).count() == 1
    assert Line.objects.filter(deed="unit ended").count() == 1
