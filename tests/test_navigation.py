"""What the frame offers: to each role what it can use and nothing else, and what waits for it."""

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from vinhdanh.accounts.models import User
from vinhdanh.accounts.tests.make import a_user
from vinhdanh.people.models import RoleHolding
from vinhdanh.people.tests.make import a_holding, a_unit, a_user_with
from vinhdanh.plans.models import Plan
from vinhdanh.plans.tests.make_work import (
    a_clerk,
    a_line,
    a_waiting_report,
    a_year,
    an_occurrence,
    an_officer,
    an_undated_line,
)

pytestmark = pytest.mark.django_db
Role = RoleHolding.Role

EVERYBODY = [
    "Việc của tôi",
    "Kế hoạch",
    "Lịch làm việc",
    "Thành tích của tôi",
    "Luật khen thưởng",
    "Đơn vị",
]
PAGES = {
    "Việc của tôi": "plans:my_work",
    "Kế hoạch": "plans:list",
    "Văn bản": "secretariat:papers",
    "Hộp thư đi": "secretariat:outbox",
    "Lịch làm việc": "secretariat:calendar",
    "Sổ khen thưởng": "honours:register",
    "Xét điều kiện": "honours:screening",
    "Thành tích của tôi": "honours:mine",
    "Luật khen thưởng": "honours:law",
    "Đơn vị": "people:units",
    "Nhóm đơn vị": "people:groups",
    "Cán bộ": "people:persons",
    "Vai trò": "people:roles",
    "Nhập từ bảng tính": "people:import",
}
_PAPERS = ["Văn bản", "Hộp thư đi"]
_REGISTER = ["Sổ khen thưởng", "Xét điều kiện"]
_OVERSEER = [
    *EVERYBODY[:2], *_PAPERS, EVERYBODY[2], *_REGISTER, *EVERYBODY[3:], "Nhóm đơn vị", "Cán bộ",
    "Vai trò",
]  # fmt: skip
_ACTING = [*EVERYBODY, "Cán bộ"]
_OF_A_UNIT = [*EVERYBODY[:3], *_REGISTER, *EVERYBODY[3:], "Cán bộ"]
OFFERED = {
    Role.OFFICE: [*_OVERSEER, "Nhập từ bảng tính"],
    Role.ADMINISTRATOR: [*EVERYBODY, "Nhóm đơn vị", "Cán bộ", "Vai trò", "Nhập từ bảng tính"],
    Role.DIRECTOR: _OVERSEER,
    Role.AUDITOR: _OVERSEER,
    Role.COUNCIL_CHAIR: _OVERSEER,
    Role.COUNCIL_SECRETARY: _OVERSEER,
    Role.CLERK: _OF_A_UNIT,
    Role.HEAD: _OF_A_UNIT,
    Role.BLOC_HEAD: _ACTING,
    Role.BLOC_DEPUTY: _ACTING,
    Role.COUNCIL_MEMBER: EVERYBODY,
    Role.INSPECTOR: EVERYBODY,
    Role.JUDGE: EVERYBODY,
}


def _get(user: User, name: str = "plans:my_work", *args: object) -> HttpResponse:
    client = Client()
    client.force_login(user)
    return client.get(reverse(name, args=args))


def _count(user: User) -> str:
    return _get(user).context["frame_items"][0].count


def test_every_role_is_thought_of():
    assert set(OFFERED) == set(Role)


@pytest.mark.parametrize("role", list(Role))
def test_each_role_is_offered_what_it_can_use_and_nothing_else(role):
    user = a_user_with(role, a_unit())

    items = _get(user).context["frame_items"]

    assert [item.name for item in items] == OFFERED[role]
    assert [item.url for item in items] == [reverse(PAGES[item.name]) for item in items]
    for item in items:
        assert _get(user, PAGES[item.name]).status_code == 200


def test_somebody_without_a_role_or_with_an_ended_one_sees_what_is_everybodys():
    ended = a_user()
    a_holding(ended, Role.OFFICE, a_unit(), until_on="2020-12-31")

    for user in (a_user(), ended):
        assert [item.name for item in _get(user).context["frame_items"]] == EVERYBODY


def test_the_page_one_is_on_is_marked():
    user = a_user_with(Role.OFFICE, a_unit())

    items = _get(user, "people:persons").context["frame_items"]

    assert [item.name for item in items if item.current] == ["Cán bộ"]


def test_what_waits_is_counted_beside_my_work():
    plan = a_year(year=timezone.localdate().year)
    late = a_line(an_occurrence(plan, due_on=timezone.localdate()))
    a_waiting_report(a_line(an_occurrence(plan)), at=timezone.now())
    an_undated_line(plan)

    assert _count(a_clerk(late.unit)) == "1"
    assert _count(an_officer(plan)) == "2"
    assert _count(a_user()) == ""
    assert '<b class="count"' in _get(an_officer(plan)).content.decode()


def test_more_than_ninety_nine_are_not_counted_on(monkeypatch):
    monkeypatch.setattr("config.navigation._MOST_COUNTED", 1)
    plan = a_year()
    for _number in range(3):
        an_undated_line(plan)

    assert _count(an_officer(plan)) == "1+"


def test_nothing_waits_in_a_closed_year():
    plan = a_year(state=Plan.State.CLOSED)
    line = an_undated_line(plan)

    assert _count(a_clerk(line.unit)) == ""
    assert _count(an_officer(plan)) == ""


def test_the_years_at_hand_are_those_the_user_sees_without_drafts():
    plan = a_year()
    line = a_line(an_occurrence(plan))
    a_year(office=plan.office, year=2025, state=Plan.State.DRAFT)

    assert list(_get(a_clerk(line.unit)).context["frame_years"]) == [plan]
    assert list(_get(a_clerk(a_unit())).context["frame_years"]) == []


@pytest.mark.parametrize("role", [Role.OFFICE, Role.HEAD, Role.DIRECTOR])
def test_the_frame_costs_the_same_queries_however_much_waits(role, django_assert_max_num_queries):
    plan = a_year()
    user = a_user_with(role, plan.office)

    def more() -> None:
        a_waiting_report(a_line(an_occurrence(plan)))
        an_undated_line(plan)
        a_line(an_occurrence(plan, due_on=timezone.localdate()))

    more()
    with django_assert_max_num_queries(25) as one:
        _get(user, "help")
    more()
    more()
    a_year(office=plan.office, year=2025)

    with django_assert_max_num_queries(len(one.captured_queries)):
        assert _get(user, "help").status_code == 200


def test_the_place_in_the_navigation_is_the_nearest_around_the_page(client: Client):
    plan = a_year()
    client.force_login(an_officer(plan))

    def places(address: str) -> list[str]:
        shown = client.get(address).context["frame_items"]
        return [item.name for item in shown if item.current]

    assert places(reverse("plans:board", args=[plan.pk])) == ["Kế hoạch"]
    assert places(reverse("plans:my_work")) == ["Việc của tôi"]
    assert places(reverse("people:unit", args=[plan.office.pk])) == ["Đơn vị"]
    assert places(reverse("help")) == []
