"""Who keeps the register, and who sees what of it."""

from datetime import date, timedelta

import pytest

from vinhdanh.accounts.tests.make import a_user
from vinhdanh.honours import access
from vinhdanh.honours.models import (
    Conferral,
    Discipline,
    OpenMatter,
    Recognition,
    YearRating,
)
from vinhdanh.honours.tests.make import (
    DAY,
    a_conferral,
    a_discipline,
    a_household,
    a_rating,
    a_recognition,
    an_open_matter,
    the_keeper,
)
from vinhdanh.people.models import RoleHolding, Succession, Unit
from vinhdanh.people.tests.make import a_person, a_position, a_unit, a_user_with

pytestmark = pytest.mark.django_db
Role = RoleHolding.Role
ALL = (Conferral, YearRating, Recognition, Discipline, OpenMatter)


class House:
    """A person of an office's unit with one fact of each kind; the unit with an award."""

    def __init__(self) -> None:
        self.office = a_unit()
        self.unit, self.other = a_unit(self.office), a_unit(self.office)
        self.person = a_person(user=a_user())
        a_position(self.person, self.unit)
        self.facts = [
            a_conferral(self.person, self.office),
            a_rating(self.person, self.office),
            a_recognition(self.person, self.office),
            a_discipline(self.person, self.office),
            an_open_matter(self.person, self.office),
        ]
        self.of_unit = a_conferral(self.unit, self.office, award="DH_TTLDTT")

    def seen_by(self, user) -> list[type]:
        """The kinds of fact about the person that the user may open."""
        return [
            model
            for model in ALL
            if access.visible_facts(model, user, on=DAY).filter(person=self.person).exists()
        ]


@pytest.fixture
def house() -> House:
    return House()


@pytest.mark.parametrize("role", ["office", "director", "auditor", "council_chair"])
def test_who_oversees_an_office_sees_its_register_whole(house, role):
    user = a_user_with(role, house.office)

    assert house.seen_by(user) == list(ALL)
    assert set(access.scope(user, on=DAY).conferrals) == {house.facts[0], house.of_unit}
    assert house.person in access.visible_persons(user, on=DAY)
    assert house.unit in access.visible_units(user, on=DAY)
    assert access.sees_disciplines(user, house.person, on=DAY)
    assert access.sees_disciplines(user, house.office, on=DAY)


@pytest.mark.parametrize("role", ["clerk", "head"])
def test_who_acts_for_a_unit_sees_its_merits_and_no_disciplines(house, role):
    user = a_user_with(role, house.unit)

    assert house.seen_by(user) == [Conferral, YearRating, Recognition]
    assert set(access.scope(user, on=DAY).conferrals) == {house.facts[0], house.of_unit}
    assert house.person in access.visible_persons(user, on=DAY)
    assert house.unit in access.visible_units(user, on=DAY)
    assert house.other not in access.visible_units(user, on=DAY)
    assert not access.sees_disciplines(user, house.person, on=DAY)
    assert not access.sees_disciplines(user, house.office, on=DAY)


def test_a_person_sees_the_own_record_but_for_open_matters(house):
    user = house.person.user

    assert house.seen_by(user) == [Conferral, YearRating, Recognition, Discipline]
    assert list(access.scope(user, on=DAY).conferrals) == [house.facts[0]]
    assert access.sees_disciplines(user, house.person, on=DAY)
    assert house.unit not in access.visible_units(user, on=DAY)


@pytest.mark.parametrize("where", ["administrator", "judge", "other clerk", "elsewhere", "nobody"])
def test_everybody_else_sees_nothing(house, where):
    user = {
        "administrator": lambda: a_user_with(Role.ADMINISTRATOR, house.office),
        "judge": lambda: a_user_with(Role.JUDGE, house.office),
        "other clerk": lambda: a_user_with(Role.CLERK, house.other),
        "elsewhere": lambda: the_keeper(a_unit()),
        "nobody": a_user,
    }[where]()

    assert house.seen_by(user) == []
    assert not access.scope(user, on=DAY).conferrals.exists()
    assert house.person not in access.visible_persons(user, on=DAY)
    assert house.unit not in access.visible_units(user, on=DAY)
    assert not access.sees_disciplines(user, house.person, on=DAY)


def test_a_role_that_is_over_shows_nothing(house):
    user = the_keeper(house.office)
    RoleHolding.objects.filter(user=user).update(until_on=DAY - timedelta(days=1))

    assert house.seen_by(user) == []
    assert not access.keeps_register(user, house.office, on=DAY)


def test_an_office_sees_the_whole_record_of_whoever_serves_there_now(house):
    present = a_unit()
    keeper = the_keeper(present)
    assert house.seen_by(keeper) == []

    a_position(house.person, present)

    assert house.seen_by(keeper) == list(ALL)
    # The list of the other office's register stays with that office.
    assert not access.scope(keeper, on=DAY).conferrals.exists()
    assert access.sees_disciplines(keeper, house.person, on=DAY)


def test_a_former_office_keeps_what_it_recorded_and_learns_no_more(house):
    former = the_keeper(house.office)
    house.person.positions.update(until_on=DAY - timedelta(days=1))
    assert access.sees_disciplines(former, house.person, on=DAY)
    present = a_unit()
    a_position(house.person, present)
    later = a_discipline(house.person, present, from_on=date(2025, 3, 1), until_on=None)

    seen = access.visible_facts(Discipline, former, on=DAY)

    assert house.facts[3] in seen
    assert later not in seen
    assert not access.sees_disciplines(former, house.person, on=DAY)


def test_an_office_sees_whom_it_honoured_without_their_other_record(house):
    other = a_unit()
    keeper = the_keeper(other)
    guest = a_conferral(house.person, other, award="HT_GK_SO")

    assert house.person in access.visible_persons(keeper, on=DAY)
    record = access.record_of_person(keeper, house.person, on=DAY)
    assert list(record.facts(Conferral)) == [guest]
    assert list(record.facts(Discipline)) == []


def test_the_clerk_of_a_unit_sees_what_ended_in_it(house):
    heir = a_unit(house.office)
    ended = a_unit(
        house.office,
        valid_until=date(2020, 12, 31),
        successors=(house.other,),
        ending=Unit.Ending.RENAMED,
    )
    Unit.objects.filter(pk=house.other.pk).update(
        ending=Unit.Ending.MERGED, valid_until=date(2022, 12, 31)
    )
    Succession.objects.create(unit=house.other, successor=heir)
    old = a_conferral(ended, house.office, award="DH_TTLDTT")
    clerk = a_user_with(Role.CLERK, heir)

    assert ended in access.visible_units(clerk, on=DAY)
    assert list(access.scope(clerk, on=DAY).conferrals) == [old]
    assert old in access.visible_facts(Conferral, clerk, on=DAY)
    assert house.unit not in access.visible_units(clerk, on=DAY)


def test_the_clerks_of_each_unit_into_which_one_was_split_see_its_record(house):
    ended = a_unit(
        house.office,
        valid_until=date(2020, 12, 31),
        successors=(house.unit, house.other),
        ending=Unit.Ending.SPLIT,
    )
    old = a_conferral(ended, house.office, award="DH_TTLDTT")
    secret = a_discipline(a_person(), house.office)
    of_heir = a_conferral(house.other, house.office, award="DH_TTLDTT")
    clerks = [a_user_with(Role.CLERK, unit) for unit in (house.unit, house.other)]

    for clerk in clerks:
        assert ended in access.visible_units(clerk, on=DAY)
        assert old in access.scope(clerk, on=DAY).conferrals
        assert old in access.visible_facts(Conferral, clerk, on=DAY)
        record = access.record_of_unit(clerk, ended, [], on=DAY)
        assert (list(record.facts(Conferral)), list(record.facts(Discipline))) == ([old], [])
        assert secret not in access.visible_facts(Discipline, clerk, on=DAY)
    # What one heir won since is no matter of the other's.
    assert of_heir not in access.visible_facts(Conferral, clerks[0], on=DAY)
    assert house.other not in access.visible_units(clerks[0], on=DAY)
    outsider = a_user_with(Role.CLERK, a_unit(house.office))
    assert ended not in access.visible_units(outsider, on=DAY)
    assert not list(access.record_of_unit(outsider, ended, [], on=DAY).facts(Conferral))


def test_the_register_is_kept_by_who_runs_the_office(house):
    keeper = the_keeper(house.office)
    above = a_unit(kind=Unit.Kind.CITY)
    below = a_unit(above, kind=Unit.Kind.DEPARTMENT)

    assert list(access.offices_kept(keeper, on=DAY)) == [house.office]
    assert access.keeps_register(keeper, house.office, on=DAY)
    assert not access.keeps_register(keeper, below, on=DAY)
    assert access.keeps_register(the_keeper(above), below, on=DAY)
    for role in (Role.DIRECTOR, Role.AUDITOR, Role.CLERK, Role.ADMINISTRATOR):
        assert not access.keeps_register(a_user_with(role, house.office), house.office, on=DAY)


def test_households_are_for_who_oversees_the_office(house):
    household = a_household(house.office)

    assert list(access.visible_households(the_keeper(house.office), on=DAY)) == [household]
    for user in (a_user_with(Role.CLERK, house.unit), the_keeper(a_unit()), house.person.user):
        assert not access.visible_households(user, on=DAY).exists()
