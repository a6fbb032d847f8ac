from datetime import date

import pytest
from django.urls import reverse

from vinhdanh.plans.tests.browse import HTMX, an_officer, page
from vinhdanh.plans.tests.make import (
    AT,
    a_plan,
    a_task,
)

pytestmark = pytest.mark.django_db


def row_fields(**fields: object) -> dict[str, object]:
    return {"content": "Tổng kết", "due_kind": "by", "due_on": "2026-12-20", "seen": ""} | fields


def test_a_row_is_edited_on_a_page_of_its_own():
    plan = a_plan()
    task = a_task(plan)
    client = an_officer(plan.office)
    address = reverse("plans:row_edit", args=[task.pk])

    form = client.get(address).content.decode()
    response = client.post(address, row_fields(lead="Văn phòng Sở\nPhòng Lạ"))

    task.refresh_from_db()
    assert task.quote.split(" | ")[0] in form
    assert response.headers["Location"].endswith(f"?dong={task.pk}#dong-{task.pk}")
    assert (task.content, task.due_on) == ("Tổng kết", date(2026, 12, 20))
    assert [owner.name for owner in task.owners.all()] == ["Văn phòng Sở", "Phòng Lạ"]


def test_a_row_is_edited_in_its_place():
    plan = a_plan()
    task = a_task(plan)
    client = an_officer(plan.office)
    address = reverse("plans:row_edit", args=[task.pk])

    form = client.get(address, headers=HTMX).content.decode()
    saved = client.post(address, row_fields(), headers=HTMX).content.decode()

    assert "<html" not in form
    assert "<html" not in saved
    assert "Tổng kết</h3>" in saved
    assert "Đã lưu lúc" in saved


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"content": ""}, "Xin nhập hoặc chọn mục này"),
        ({"due_on": ""}, "Cách định hạn này cần một ngày."),
        ({"due_on": "31/06/2026"}, "Ngày chưa đúng"),
        ({"due_kind": "period", "due_from": ""}, "cần ngày bắt đầu"),
        ({"due_kind": "period", "due_from": "2026-12-21"}, "phải trước ngày kết thúc"),
        ({"due_kind": "recurring"}, "cần có chu kỳ"),
        ({"due_kind": "recurring", "every": "month", "day": "32"}, "không quá 31"),
        ({"more_days": "ba mươi"}, "Ngày chưa đúng"),
    ],
)
def test_wrong_input_stays_in_the_form_with_its_sentence(fields: dict, sentence: str):
    plan = a_plan()
    task = a_task(plan)

    response = an_officer(plan.office).post(
        reverse("plans:row_edit", args=[task.pk]), row_fields(group="Nhóm đã gõ") | fields
    )

    text = response.content.decode()
    assert sentence in text
    assert "Nhóm đã gõ" in text
    task.refresh_from_db()
    assert task.edited_at is None


def test_a_row_edited_meanwhile_by_another_keeps_what_was_typed():
    plan = a_plan()
    task = a_task(plan, edited_at=AT)

    response = an_officer(plan.office).post(
        reverse("plans:row_edit", args=[task.pk]), row_fields(content="Câu đã gõ")
    )

    text = response.content.decode()
    assert "vừa được người khác sửa" in text
    assert "Câu đã gõ" in text


def test_what_does_not_belong_to_the_way_of_fixing_the_time_is_dropped():
    plan = a_plan()
    task = a_task(plan)

    an_officer(plan.office).post(
        reverse("plans:row_edit", args=[task.pk]), row_fields(due_kind="continuous", every="month")
    )

    task.refresh_from_db()
    assert (task.due_kind, task.due_on, task.every) == ("continuous", None, "")


def test_rows_are_added_struck_out_and_taken_back():
    plan = a_plan()
    task = a_task(plan, number="7")
    client = an_officer(plan.office)
    add = reverse("plans:row_new", args=[plan.pk])

    form = client.get(f"{add}?thuoc={task.pk}").content.decode()
    client.post(f"{add}?thuoc={task.pk}", row_fields(number="7.1"))
    client.post(reverse("plans:row_strike_out", args=[task.pk]))
    struck_out = plan.tasks.filter(removed=True).count()
    client.post(reverse("plans:row_take_back", args=[task.pk]))

    assert 'value="7.1"' in form
    assert plan.tasks.get(number="7.1").parent == task
    assert struck_out == 2
    assert plan.tasks.filter(removed=True).count() == 0


@pytest.mark.parametrize("named", ["khong-phai", "01920000-0000-7000-8000-000000000000"])
def test_a_row_after_one_that_is_not_there_is_not_found(named: str):
    plan = a_plan()
    address = reverse("plans:row_new", args=[plan.pk])

    assert an_officer(plan.office).get(f"{address}?sau={named}").status_code == 404


def test_the_facts_of_a_plan_are_edited():
    plan = a_plan()
    client = an_officer(plan.office)
    fields = {"title": "Kế hoạch mới", "year": 2026, "first_month": 1, "number": "9/KH"}

    wrong = client.post(reverse("plans:facts", args=[plan.pk]), fields | {"year": 1026})
    client.post(reverse("plans:facts", args=[plan.pk]), fields)

    plan.refresh_from_db()
    assert "Năm phải từ 2000 đến 2100." in wrong.content.decode()
    assert (plan.title, plan.number) == ("Kế hoạch mới", "9/KH")


def test_facts_edited_meanwhile_by_another_keep_what_was_typed():
    plan = a_plan(facts_edited_at=AT)
    client = an_officer(plan.office)
    address = reverse("plans:facts", args=[plan.pk])
    fields = {"title": "Tên đã gõ", "year": 2026, "first_month": 1}

    response = client.post(address, fields | {"seen": ""})
    opened = client.get(address).content.decode()
    client.post(address, fields | {"seen": AT.isoformat()})

    text = response.content.decode()
    assert response.status_code == 422
    assert "vừa được người khác sửa" in text
    assert "Tên đã gõ" in text
    assert f'value="{AT.isoformat()}"' in opened
    plan.refresh_from_db()
    assert plan.title == "Tên đã gõ"


def test_facts_of_what_is_no_draft_any_more_keep_what_was_typed():
    plan = a_plan(state="in_force", in_force_at=AT)
    fields = {"title": "Tên đã gõ", "year": 2026, "first_month": 1}

    response = an_officer(plan.office).post(reverse("plans:facts", args=[plan.pk]), fields)

    assert response.status_code == 422
    assert "Tên đã gõ" in response.content.decode()


@pytest.mark.parametrize("seen", ["2026-13-45T00:00:00", "hôm qua"])
def test_a_mark_that_is_no_time_is_taken_for_another_editing(seen: str):
    plan = a_plan(facts_edited_at=AT)
    task = a_task(plan, edited_at=AT)
    client = an_officer(plan.office)
    fields = {"title": "Tên đã gõ", "year": 2026, "first_month": 1, "seen": seen}

    facts = client.post(reverse("plans:facts", args=[plan.pk]), fields)
    row = client.post(reverse("plans:row_edit", args=[task.pk]), row_fields(seen=seen))

    for response in (facts, row):
        assert "vừa được người khác sửa" in response.content.decode()


def test_the_history_names_what_was_done_to_the_draft_and_its_rows():
    plan = a_plan()
    task = a_task(plan)
    client = an_officer(plan.office)
    client.post(reverse("plans:row_edit", args=[task.pk]), row_fields())

    text = page(client, "review", plan.pk)

    assert "Sửa một nhiệm vụ" in text
