from datetime import date

import pytest
from django.urls import reverse

from vinhdanh.people.models import RoleHolding
from vinhdanh.people.tests.make import a_unit, a_user_with
from vinhdanh.plans import actions
from vinhdanh.plans.models import Plan, Task
from vinhdanh.plans.tests.browse import HTMX, an_officer, as_user, page
from vinhdanh.plans.tests.make import (
    AT,
    a_finding,
    a_plan,
    a_task,
    an_owner,
)

pytestmark = pytest.mark.django_db
Role = RoleHolding.Role


def test_what_stands_in_the_way_is_listed_with_its_places():
    plan = a_plan()
    an_owner(a_task(plan, due_kind=""))
    a_finding(plan)
    client = an_officer(plan.office)

    text = page(client, "force", plan.pk)
    refused = client.post(reverse("plans:force", args=[plan.pk]), follow=True).content.decode()

    for sentence in ("Còn 1 điểm chưa xử lý.", "Còn 1 tên đơn vị chưa khớp.", "chưa rõ thời hạn"):
        assert sentence in text
    assert reverse("plans:names", args=[plan.pk]) in text
    assert "Chưa đưa kế hoạch vào thực hiện được." in refused


def test_the_year_is_started_after_saying_what_will_be():
    plan = a_plan()
    an_owner(a_task(plan, due_kind="recurring", every="month"), a_unit(plan.office))
    client = an_officer(plan.office)

    asked = page(client, "force", plan.pk)
    response = client.post(reverse("plans:force", args=[plan.pk]))

    plan.refresh_from_db()
    assert "<dt>Lần đến hạn</dt><dd>12</dd>" in asked
    assert plan.state == Plan.State.IN_FORCE
    assert response.headers["Location"] == reverse("plans:plan", args=[plan.pk])
    assert client.get(reverse("plans:review", args=[plan.pk])).status_code == 302


def test_a_large_plan_shows_how_far_it_is_and_then_leads_to_the_year(monkeypatch):
    monkeypatch.setattr("vinhdanh.plans.actions.force.AT_ONCE", 5)
    plan = a_plan()
    user = a_user_with(Role.OFFICE, plan.office)
    an_owner(a_task(plan, due_kind="recurring", every="month"), a_unit(plan.office))
    client = as_user(user)
    address = reverse("plans:force", args=[plan.pk])

    client.post(address)
    plan.refresh_from_db()
    waiting = page(client, "force", plan.pk)
    review = page(client, "review", plan.pk)
    actions.carry_on_force(plan, by=user, on=date(2026, 1, 5), at=AT)
    done = client.get(address, headers=HTMX)

    assert "Xong 0 trong 1 nhiệm vụ" in waiting
    assert "không sửa được nữa" in review
    assert reverse("plans:row_edit", args=[plan.tasks.get().pk]) not in review
    assert done.headers["HX-Redirect"] == reverse("plans:plan", args=[plan.pk])
    assert Task.objects.get().occurrences.count() == 12
