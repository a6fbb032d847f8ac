"""The pages that close a year, open it again, or take a plan back."""

import pytest
from django.urls import reverse

from vinhdanh.people.tests.make import a_unit, a_user_with
from vinhdanh.plans.models import Plan
from vinhdanh.plans.tests.browse import an_officer, as_user, page
from vinhdanh.plans.tests.make import a_running_plan
from vinhdanh.plans.tests.make_work import (
    Role,
    a_clerk,
    a_line,
    a_waiting_report,
    a_year,
    an_occurrence,
    an_undated_line,
)

pytestmark = pytest.mark.django_db

STEPS = ["close_plan", "reopen_plan", "take_back_from_force"]


@pytest.mark.parametrize("name", ["plan", "calendar", "table", "board", "document"])
def test_the_menu_of_the_office_offers_what_the_state_allows(name):
    plan = a_year()
    line = a_line(an_occurrence(plan))
    close, reopen, take_back = (reverse(f"plans:{step}", args=[plan.pk]) for step in STEPS)
    client = an_officer(plan.office)

    running = page(client, name, plan.pk)
    others = page(as_user(a_clerk(line.unit)), name, plan.pk)
    Plan.objects.update(state=Plan.State.CLOSED)
    closed = page(client, name, plan.pk)

    assert close in running
    assert take_back in running
    assert reopen not in running
    assert close not in others
    assert reopen in closed
    assert close not in closed
    assert "Năm này đã khép lại" in closed


def test_closing_says_what_is_open_and_then_closes():
    plan = a_year()
    a_line(an_occurrence(plan))
    a_waiting_report(a_line(an_occurrence(plan)))
    client = an_officer(plan.office)

    asked = page(client, "close_plan", plan.pk)
    done = client.post(reverse("plans:close_plan", args=[plan.pk]), follow=True).content.decode()

    assert "Còn 2 phần việc chưa hoàn thành" in asked
    assert "1 báo cáo đang chờ xác nhận" in asked
    assert "Đã khép lại năm 2026" in done
    assert "Khép lại năm của kế hoạch" in page(client, "document", plan.pk)


def test_opening_again_asks_for_a_reason():
    plan = a_year(state=Plan.State.CLOSED)
    client = an_officer(plan.office)
    address = reverse("plans:reopen_plan", args=[plan.pk])

    empty = client.post(address, {"reason": ""})
    done = client.post(address, {"reason": "Nộp bù."}, follow=True).content.decode()

    assert empty.context["form"].errors["reason"]
    assert "Đã mở lại năm 2026" in done
    assert "Nộp bù." in page(client, "document", plan.pk)


def test_a_refusal_to_open_again_stands_on_the_form():
    plan = a_year(state=Plan.State.CLOSED)
    a_year(office=plan.office)
    address = reverse("plans:reopen_plan", args=[plan.pk])

    shown = an_officer(plan.office).post(address, {"reason": "Nộp bù."}).content.decode()

    assert "Năm 2026 đã có kế hoạch đang thực hiện" in shown


def test_taking_back_leads_to_the_review():
    plan = a_running_plan()
    an_undated_line(plan)
    client = an_officer(plan.office)

    asked = page(client, "take_back_from_force", plan.pk)
    done = client.post(reverse("plans:take_back_from_force", args=[plan.pk]))

    assert "2 phần việc đã giao" in asked
    assert done["Location"] == reverse("plans:review", args=[plan.pk])


def test_taking_back_with_a_report_says_why_not():
    plan = a_year()
    a_waiting_report(a_line(an_occurrence(plan)))
    client = an_officer(plan.office)

    asked = page(client, "take_back_from_force", plan.pk)
    address = reverse("plans:take_back_from_force", args=[plan.pk])
    refused = client.post(address, follow=True).content.decode()

    assert "<form method" not in asked[asked.index("<main") :]
    assert "Đã có đơn vị báo cáo kết quả" in refused


@pytest.mark.parametrize("name", STEPS)
def test_only_the_office_reaches_the_steps(name):
    plan = a_year(state=Plan.State.CLOSED if name == "reopen_plan" else Plan.State.IN_FORCE)
    line = a_line(an_occurrence(plan))
    address = reverse(f"plans:{name}", args=[plan.pk])

    for user in (
        a_clerk(line.unit),
        a_user_with(Role.DIRECTOR, plan.office),
        a_user_with(Role.OFFICE, a_unit()),
    ):
        assert as_user(user).get(address).status_code == 404
        assert as_user(user).post(address).status_code == 404


@pytest.mark.parametrize(
    ("name", "state"),
    [("close_plan", "closed"), ("reopen_plan", "in_force"), ("take_back_from_force", "closed")],
)
def test_a_step_that_may_not_be_taken_leads_back_to_the_plan(name, state):
    plan = a_year(state=state)

    answer = an_officer(plan.office).get(reverse(f"plans:{name}", args=[plan.pk]))

    assert answer["Location"] == plan.get_absolute_url()
