import json

import pytest
from django.test import Client
from django.urls import reverse

from vinhdanh.accounts.tests.make import a_user
from vinhdanh.people.models import RoleHolding
from vinhdanh.people.tests.make import a_unit, a_user_with
from vinhdanh.plans.models import Plan
from vinhdanh.plans.tests.browse import an_officer, as_user, page
from vinhdanh.plans.tests.make import (
    PLAN_TEXT,
    a_finding,
    a_plan,
    a_running_plan,
    a_task,
)

pytestmark = pytest.mark.django_db
Role = RoleHolding.Role


DRAFT_PAGES = ["review", "printed", "names", "export"]
OFFICE_PAGES = ["facts", "row_new", "force", "throw_away"]


@pytest.mark.parametrize("name", DRAFT_PAGES + OFFICE_PAGES)
def test_a_draft_is_hidden_from_units_strangers_and_the_public(name: str):
    plan = a_plan()
    address = reverse(f"plans:{name}", args=[plan.pk])
    clerk = as_user(a_user_with(Role.CLERK, a_unit(plan.office)))
    other_office = an_officer(a_unit())

    assert an_officer(plan.office).get(address).status_code == 200
    assert clerk.get(address).status_code == 404
    assert other_office.get(address).status_code == 404
    assert as_user(a_user()).get(address).status_code == 404
    assert Client().get(address).headers["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.AUDITOR, Role.COUNCIL_MEMBER])
def test_overseers_read_a_draft_and_change_nothing(role: str):
    plan = a_plan()
    task, finding = a_task(plan), a_finding(plan)
    reader = as_user(a_user_with(role, plan.office))

    text = page(reader, "review", plan.pk)

    assert task.content in text
    assert reverse("plans:row_edit", args=[task.pk]) not in text
    for name, thing in (("row_edit", task), ("row_strike_out", task), ("finding_settle", finding)):
        assert reader.post(reverse(f"plans:{name}", args=[thing.pk])).status_code == 404
    for name in ("check", "facts", "row_new", "force", "throw_away", "names"):
        assert reader.post(reverse(f"plans:{name}", args=[plan.pk])).status_code == 404


@pytest.mark.parametrize("name", ["printed", "names", "export"])
def test_what_was_reviewed_of_a_plan_in_force_stays_with_its_readers(name: str):
    plan = a_running_plan()
    unit = a_unit(plan.office)
    address = reverse(f"plans:{name}", args=[plan.pk])

    for role in (Role.OFFICE, Role.DIRECTOR, Role.AUDITOR, Role.COUNCIL_MEMBER):
        assert as_user(a_user_with(role, plan.office)).get(address).status_code == 200
    for role, place in ((Role.CLERK, unit), (Role.HEAD, unit), (Role.CLERK, plan.office)):
        colleague = as_user(a_user_with(role, place))
        assert colleague.get(address).status_code == 404
        assert colleague.get(reverse("plans:document", args=[plan.pk])).status_code == 200


def test_the_list_shows_drafts_to_the_office_and_running_plans_to_its_units():
    running = a_running_plan(title="Kế hoạch đang chạy")
    a_plan(office=running.office, year=2027, title="Kế hoạch còn sửa")
    clerk = as_user(a_user_with(Role.CLERK, a_unit(running.office)))

    officer_sees = page(an_officer(running.office), "list")
    clerk_sees = page(clerk, "list")
    stranger_sees = page(an_officer(a_unit()), "list")

    assert "Kế hoạch còn sửa" in officer_sees
    assert "Xong 0 trong 1 phần việc" in officer_sees
    assert "Kế hoạch đang chạy" in clerk_sees
    assert "Kế hoạch còn sửa" not in clerk_sees
    assert "Kế hoạch" in stranger_sees
    assert "Kế hoạch đang chạy" not in stranger_sees


def test_an_outside_unit_that_is_given_work_sees_the_running_plan():
    partner = a_unit(name="Sở Bạn", outside=True)
    office = a_unit()
    a_running_plan(({}, [partner]), office=office, title="Kế hoạch chung")

    assert "Kế hoạch chung" in page(as_user(a_user_with(Role.CLERK, partner)), "list")


def test_the_list_is_searched_without_accents():
    plan = a_plan(title="Kế hoạch khen thưởng đột xuất")
    a_plan(office=plan.office, title="Kế hoạch phong trào")

    text = page(an_officer(plan.office), "list", query="?q=dot+xuat")

    assert "khen thưởng đột xuất" in text
    assert "phong trào" not in text


def test_the_list_costs_the_same_queries_for_one_and_three_plans(django_assert_max_num_queries):
    office = a_unit()
    client = an_officer(office)
    counts = []
    for plans in (1, 2):
        for _plan in range(plans):
            a_plan(office=office)
        with django_assert_max_num_queries(40) as counted:
            page(client, "list")
        counts.append(len(counted))

    assert counts[0] == counts[1]


def test_the_reading_is_downloaded_as_json():
    plan = a_plan()
    a_task(plan, number="1", content="Ký giao ước")

    text = page(an_officer(plan.office), "export", plan.pk)

    [task] = json.loads(text)["tasks"]
    assert (task["content"], task["due"]["date"]) == ("Ký giao ước", "2026-03-15")


def test_the_original_file_is_handed_out_to_readers_only():
    office = a_unit()
    client = an_officer(office)
    client.post(reverse("plans:upload"), {"office": office.pk, "text": PLAN_TEXT})
    address = reverse("plans:original", args=[Plan.objects.get().pk])

    response = client.get(address)

    assert b"".join(response.streaming_content).decode() == PLAN_TEXT.strip()
    assert an_officer(a_unit()).get(address).status_code == 404


def test_a_draft_is_thrown_away_after_asking():
    plan = a_plan()
    client = an_officer(plan.office)

    assert "Không lấy lại được" in page(client, "throw_away", plan.pk)
    client.post(reverse("plans:throw_away", args=[plan.pk]))

    assert not Plan.objects.exists()
