"""The pages on eligibility: whom each is for, and what it hides from whom."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from vinhdanh.accounts.models import User
from vinhdanh.honours.tests.browse_eligibility import House, get, page, rows
from vinhdanh.honours.tests.make import (
    a_conferral,
    a_discipline,
    a_household,
    an_open_matter,
    the_keeper,
)
from vinhdanh.journal.models import Line
from vinhdanh.people.models import Person
from vinhdanh.people.tests.make import a_person, a_position, a_unit

pytestmark = pytest.mark.django_db
LISTS = ["screening", "screening_export", "chains", "chains_export"]


@pytest.fixture
def house() -> House:
    return House()


@pytest.mark.parametrize("name", LISTS)
def test_a_clerk_screens_the_own_unit_and_no_other(house, name):
    a_position(a_person(full_name="Trần Văn Bình"), house.other)
    query = {"award": "DH_LDTT"} if name.startswith("screening") else {"year": "2026"}

    answer = get(house.clerk, name, **query)

    if not name.endswith("export"):
        assert "Nguyễn Thị Ánh" in answer.content.decode()
        assert "Trần Văn Bình" not in answer.content.decode()
    else:
        cells = {cell for row in rows(answer) for cell in row}
        assert "Nguyễn Thị Ánh" in cells
        assert "Trần Văn Bình" not in cells
    assert get(house.clerk, name, unit=str(house.other.pk), **query).status_code == 404
    assert get(house.clerk, name, unit=str(house.office.pk), **query).status_code == 404


@pytest.mark.parametrize("name", LISTS)
def test_who_oversees_nothing_screens_nobody(house, name):
    for user in (house.admin, house.stranger, house.worker):
        assert get(user, name).status_code == 404
    unknown = get(None, name)
    assert unknown.status_code == 302
    assert unknown["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("name", ["person_eligibility", "person_path"])
def test_a_person_is_appraised_before_the_office_the_own_unit_and_oneself(house, name):
    for user in (house.keeper, house.auditor, house.clerk, house.head, house.worker):
        assert "Nguyễn Thị Ánh" in page(user, name, house.person.pk)
    for user in (house.colleague, house.admin, house.elsewhere, house.stranger):
        assert get(user, name, house.person.pk).status_code == 404
    assert get(None, name, house.person.pk).status_code == 302


@pytest.mark.parametrize("name", ["unit_eligibility", "unit_path"])
def test_a_unit_is_appraised_before_the_office_and_its_own_clerk(house, name):
    for user in (house.keeper, house.auditor, house.clerk, house.head):
        assert "Phòng Di sản" in page(user, name, house.unit.pk)
    for user in (house.colleague, house.admin, house.elsewhere, house.stranger, house.worker):
        assert get(user, name, house.unit.pk).status_code == 404


def test_a_household_is_appraised_before_its_office(house):
    household = a_household(house.office, head_name="Lê Thị Hộ")

    assert "Lê Thị Hộ" in page(house.keeper, "household_eligibility", household.pk)
    for user in (house.clerk, house.elsewhere, house.stranger):
        assert get(user, "household_eligibility", household.pk).status_code == 404


def test_disciplines_are_for_the_office_and_oneself_only(house):
    a_discipline(house.person, house.office, from_on=date(2023, 5, 1), until_on=date(2024, 5, 1))
    told = "sau khi chấp hành xong kỷ luật"

    assert told in page(house.keeper, "person_eligibility", house.person.pk)
    assert told in page(house.worker, "person_eligibility", house.person.pk)
    for user in (house.clerk, house.head):
        for name in ("person_eligibility", "person_path"):
            shown = page(user, name, house.person.pk)
            assert told not in shown
            assert "chưa tính kỷ luật" in shown
        for name in LISTS:
            answer = get(user, name, award="HT_BK_TINH_CN")
            content = rows(answer) if "export" in name else answer.content.decode()
            assert told not in str(content)


def test_what_a_unit_does_not_see_changes_no_count(house):
    before = get(house.clerk, "screening").context["counts"]
    a_discipline(house.person, house.office, from_on=date(2024, 1, 1), until_on=date(2025, 12, 31))

    assert get(house.clerk, "screening").context["counts"] == before
    assert get(house.keeper, "screening").context["counts"] != before


def test_conditions_on_disciplines_are_left_to_the_office(house):
    house.person.sex = Person.Sex.MALE
    house.person.save()
    a_position(
        house.person, house.office, title="Giám đốc", from_on=date(2008, 1, 1),
        until_on=date(2019, 1, 1),
    )  # fmt: skip
    a_discipline(house.person, house.office, from_on=date(2010, 5, 1), until_on=date(2011, 5, 1))

    (row, _said), *_others = get(house.clerk, "screening", award="HT_HCLD_2_CH").context["rows"]
    shown = page(house.clerk, "person_eligibility", house.person.pk)

    assert row.as_read != "met"
    assert "01/05/2010" not in shown
    assert "Kết quả đo:</span> không bị kỷ luật" not in shown
    assert "01/05/2010" in page(house.keeper, "person_eligibility", house.person.pk)


def test_an_open_matter_stops_it_for_the_unit_without_its_kind_and_is_no_news_to_oneself(house):
    an_open_matter(house.person, house.office)

    def counts(user: User) -> dict[str, int]:
        return dict(get(user, "person_eligibility", house.person.pk).context["counts"])

    assert counts(house.keeper)["suspended"] > 0
    assert "tố cáo" in page(house.keeper, "person_eligibility", house.person.pk)
    assert counts(house.clerk)["suspended"] > 0
    shown = page(house.clerk, "person_eligibility", house.person.pk)
    assert "hỏi Văn phòng" in shown
    assert "tố cáo" not in shown
    assert counts(house.worker)["suspended"] == 0
    assert "hỏi Văn phòng" not in page(house.worker, "person_eligibility", house.person.pk)
    said = get(house.clerk, "screening", award="DH_LDTT").context["rows"][0][1]
    assert said == "Có vụ việc đang xem xét"


def test_a_clerk_learns_nothing_of_an_own_open_matter_from_lists(house):
    clerk = a_person(full_name="Lê Văn Cường", user=house.clerk)
    a_position(clerk, house.unit)
    an_open_matter(clerk, house.office)

    found = get(house.clerk, "screening", award="DH_LDTT").context["rows"]

    assert {row.candidate.name: row.as_read for row, _said in found} == {
        "Nguyễn Thị Ánh": "judge",
        "Lê Văn Cường": "judge",
    }


def test_a_unit_does_not_see_how_many_members_are_disciplined(house):
    a_discipline(
        house.person, house.office, form="warning", from_on=date(2025, 5, 1),
        until_on=date(2026, 5, 1),
    )  # fmt: skip

    assert "1 người bị kỷ luật" in page(house.keeper, "unit_eligibility", house.unit.pk)
    shown = page(house.clerk, "unit_eligibility", house.unit.pk)
    assert "người bị kỷ luật" not in shown.replace("chưa tính kỷ luật", "")
    assert "chưa tính kỷ luật của thành viên" in shown


def test_a_look_at_disciplines_is_written_down_but_not_at_the_own(house):
    a_discipline(house.person, house.office)

    page(house.worker, "person_eligibility", house.person.pk)
    page(house.clerk, "person_eligibility", house.person.pk)
    page(house.keeper, "person_eligibility", house.person.pk)

    looks = Line.objects.filter(deed="confidential record looked at")
    assert [line.actor_id for line in looks] == [house.keeper.pk]


def test_who_serves_elsewhere_now_is_appraised_there(house):
    yesterday = timezone.localdate() - timedelta(days=1)
    house.person.positions.update(until_on=yesterday)
    away = a_unit(name="Sở Đến")
    a_position(house.person, away, from_on=timezone.localdate())
    a_conferral(house.person, away, award="HT_BK_TTG_CN", decision_number="999/QĐ-TTg")

    for name in ("person_eligibility", "person_path"):
        shown = page(house.keeper, name, house.person.pk)
        assert "Cơ quan khác xét điều kiện" in shown
        assert "Thủ tướng" not in shown
        assert get(house.clerk, name, house.person.pk).status_code == 404
        assert "Cơ quan khác" not in page(the_keeper(away), name, house.person.pk)
    assert get(house.keeper, "screening", award="DH_LDTT").context["rows"] == []
