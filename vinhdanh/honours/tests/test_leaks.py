"""What one may not see comes out by no other way: corrections, refusals, lists, histories."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from vinhdanh.accounts.models import User
from vinhdanh.accounts.tests.make import a_user
from vinhdanh.common.refusal import Refused
from vinhdanh.honours.actions import register
from vinhdanh.honours.models import ImportLine, YearRating
from vinhdanh.honours.tests import make_imports
from vinhdanh.honours.tests.make import (
    AT,
    DAY,
    a_conferral,
    a_discipline,
    a_rating,
    an_open_matter,
)
from vinhdanh.journal.models import Line
from vinhdanh.people.models import RoleHolding
from vinhdanh.people.tests.make import a_person, a_position, a_unit, a_user_with

pytestmark = pytest.mark.django_db
Role = RoleHolding.Role


class House(make_imports.House):
    """An office with a clerk; somebody who serves there, and somebody who left for another."""

    def __init__(self) -> None:
        super().__init__()
        self.clerk = a_user_with(Role.CLERK, self.unit)
        self.admin = a_user_with(Role.ADMINISTRATOR, self.office)
        self.worker = a_user(username="an.nv")
        self.known = a_person(full_name="Nguyễn Văn An", user=self.worker)
        a_position(self.known, self.unit)
        self.left = self.person(
            "Lê Thị Chuyển",
            born_on=date(1980, 5, 17),
            code="CB0099",
            until_on=DAY - timedelta(days=1),
        )
        self.away = a_unit(name="Sở Đến")
        a_position(self.left, self.away, title="Phó Giám đốc")


@pytest.fixture
def house() -> House:
    return House()


def page(user: User, name: str, *args: object, **query: str) -> str:
    client = Client()
    client.force_login(user)
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_whom_a_corrected_fact_was_about_is_told_to_who_sees_that_person(house):
    other = a_person(full_name="Phạm Văn Khác")
    a_position(other, a_unit(house.office))
    wrong = a_conferral(other, house.office)
    given = {"by": house.keeper, "at": AT}
    whose = {"person": house.known, "name_written": house.known.full_name}
    right = register.correct(wrong, whose, because="Trùng tên", **given)
    right = register.correct(right, {"award": "DH_CSTD_CS"}, because="Nhầm danh hiệu", **given)

    assert "Phạm Văn Khác" in page(house.keeper, "honours:conferral", right.pk)
    for user in (house.clerk, house.worker):
        shown = page(user, "honours:conferral", right.pk)
        assert "Nhầm danh hiệu" in shown
        assert "Phạm Văn Khác" not in shown


def test_the_history_of_a_person_does_not_tell_that_there_is_a_matter(house):
    an_open_matter(house.known, house.office)
    page(house.keeper, "honours:person", house.known.pk)
    assert Line.objects.filter(deed="confidential record looked at").exists()

    for user in (house.worker, house.admin, house.keeper):
        assert "Xem kỷ luật, vụ việc" not in page(user, "people:person", house.known.pk)


def test_a_former_office_is_not_told_what_follows_in_the_present_one(house):
    fact = a_rating(house.left, house.office, year=2025, level="excellent")
    a_discipline(house.left, house.away, from_on=date(2025, 5, 1), until_on=None)
    client = Client()
    client.force_login(house.keeper)
    address = reverse("honours:withdraw", args=["xep-loai", fact.pk])

    preview = client.post(address, {"because": "Ghi nhầm"})

    assert [each.changed for each in preview.context["affected"]] == [()]
    assert "Lê Thị Chuyển do cơ quan khác xét" in preview.content.decode()
    mark = preview.context["mark"]
    done = client.post(address, {"because": "Ghi nhầm", "confirm": mark}, follow=True)
    assert "Lê Thị Chuyển do cơ quan khác xét" in done.content.decode()
    assert Line.objects.get(deed="fact withdrawn").detail == {"reason": "Ghi nhầm"}


def test_a_refusal_does_not_tell_what_another_office_recorded(house):
    a_rating(house.left, house.away, year=2025, level="excellent")

    with pytest.raises(Refused) as refusal:
        a_rating(house.left, house.office, year=2025, level="good", by=house.keeper)

    assert str(refusal.value) == (
        "Sổ của Sở Đến đã ghi điều này về Lê Thị Chuyển; nếu ghi sai, hãy đề nghị cơ quan ấy đính "
        "chính."
    )


def test_a_list_is_not_told_what_another_office_recorded(house):
    a_rating(house.left, house.away, year=2024, level="completed")
    headings = ("Họ và tên", "Đơn vị", "Xếp loại", "Năm")
    rows = ["Lê Thị Chuyển", "Phòng Nghệ thuật", "Hoàn thành tốt nhiệm vụ", 2024]

    given = house.matched(make_imports.a_sheet(headings, rows), kind="ratings")

    (line,) = given.lines.all()
    assert line.state == ImportLine.State.FAULTY
    assert "Sổ của cơ quan khác đang ghi mức xếp loại khác" in line.problem
    assert str(YearRating.Level.COMPLETED.label) not in line.problem


def test_candidates_of_a_list_who_left_are_told_by_their_posts_in_the_office(house):
    given = house.matched(
        make_imports.a_list(["Lê Thị Chuyến", "Phòng Nghệ thuật", "Lao động tiên tiến", 2021])
    )
    line = given.lines.get()

    near = page(house.keeper, "honours:import_line", given.pk, line.pk)
    found = page(house.keeper, "honours:import_line", given.pk, line.pk, q="le thi chuyen")

    for shown in (near, found):
        assert "Lê Thị Chuyển" in shown
        assert "Chuyên viên, Phòng Nghệ thuật" in shown
        for hidden in ("Phó Giám đốc", "Sở Đến", "17/05/1980", "CB0099"):
            assert hidden not in shown


def test_the_day_of_retirement_is_for_who_sees_the_whole_record(house):
    house.known.retires_on = date(2027, 7, 1)
    house.known.save()

    def shown(user: User) -> str:
        return page(user, "honours:person_eligibility", house.known.pk, day="2026-03-02")

    assert "nghỉ hưu từ 01/07/2027" in shown(house.keeper)
    assert "nghỉ hưu từ 01/07/2027" in shown(house.worker)
    assert "01/07/2027" not in shown(house.clerk)
