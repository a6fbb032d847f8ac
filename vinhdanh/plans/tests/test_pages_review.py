import pytest
from django.urls import reverse

from vinhdanh.people.tests.make import a_group, a_unit
from vinhdanh.plans import queries
from vinhdanh.plans.models import TaskOwner
from vinhdanh.plans.tests.browse import an_officer, page
from vinhdanh.plans.tests.make import (
    AT,
    a_finding,
    a_plan,
    a_section,
    a_task,
    an_owner,
)

pytestmark = pytest.mark.django_db


def test_a_row_stands_beside_its_printed_words_with_its_findings_and_names():
    plan = a_plan()
    task = a_task(plan, quote="Ký giao ước | Văn phòng | Trước 15/3")
    owner = an_owner(task, name="Phòng Lạ")
    a_finding(plan, task)

    text = page(an_officer(plan.office), "review", plan.pk)

    assert '<p class="quote">Ký giao ước</p>' in text
    assert "Phòng Lạ" in text
    assert "Ngày 15/02/2026 là Chủ nhật." in text
    assert f"?chu={owner.pk}" in text
    assert "1 điểm cần xem" in text
    assert "1 tên đơn vị chưa khớp" in text


def test_the_review_is_narrowed_to_what_is_to_be_seen_to():
    plan = a_plan()
    a_task(plan, content="Việc ổn")
    found = a_task(plan, content="Việc có điểm")
    a_finding(plan, found)
    an_owner(a_task(plan, content="Việc lạ tên"))
    a_task(plan, content="Việc mờ hạn", due_kind="")
    a_task(plan, content="Việc đã bỏ", removed=True)
    client = an_officer(plan.office)

    def shown(query: str) -> list[str]:
        text = page(client, "review", plan.pk, query=query)
        names = ("Việc ổn", "Việc có điểm", "Việc lạ tên", "Việc mờ hạn", "Việc đã bỏ")
        return [name for name in names if f"{name}</h3>" in text]

    assert shown("") == ["Việc ổn", "Việc có điểm", "Việc lạ tên", "Việc mờ hạn"]
    assert shown("?xem=can-xem") == ["Việc có điểm", "Việc lạ tên", "Việc mờ hạn"]
    assert shown("?xem=don-vi") == ["Việc lạ tên"]
    assert shown("?xem=thoi-han") == ["Việc mờ hạn"]
    assert shown("?xem=da-bo") == ["Việc đã bỏ"]
    assert shown("?loai=day-off") == ["Việc có điểm"]
    assert shown("?loai=blank") == []


def test_the_review_of_many_rows_is_paged_and_opens_at_the_row_sought():
    plan = a_plan()
    tasks = [a_task(plan, content=f"Việc số {number:03d}") for number in range(45)]
    client = an_officer(plan.office)

    first = page(client, "review", plan.pk)
    sought = page(client, "review", plan.pk, query=f"?dong={tasks[44].pk}")

    assert "Việc số 014" in first
    assert "Việc số 015" not in first
    assert "Việc số 044" in sought


@pytest.mark.parametrize("name", ["review", "names", "printed"])
def test_the_review_costs_the_same_queries_for_one_and_three_rows(
    name: str, django_assert_max_num_queries
):
    counts = []
    for rows in (1, 3):
        plan = a_plan()
        unit, group = a_unit(plan.office), a_group(plan.office)
        for _number in range(rows):
            task = a_task(plan)
            an_owner(task, unit)
            an_owner(task, group)
            an_owner(task, name=f"Phòng Lạ {task.number}")
            a_finding(plan, task)
            a_section(plan)
        client = an_officer(plan.office)
        with django_assert_max_num_queries(45) as counted:
            page(client, name, plan.pk)
        counts.append(len(counted))

    assert counts[0] == counts[1]


def test_a_finding_is_accepted_with_a_reason_and_taken_back():
    plan = a_plan()
    finding = a_finding(plan)
    client = an_officer(plan.office)
    address = reverse("plans:finding_settle", args=[finding.pk])

    without = client.post(address, follow=True).content.decode()
    client.post(address, {"reason": "Đã hỏi Thành phố"})
    settled = page(client, "review", plan.pk)
    client.post(reverse("plans:finding_reopen", args=[finding.pk]))

    assert "Phải ghi lý do chấp nhận." in without
    assert "Đã hỏi Thành phố" in settled
    finding.refresh_from_db()
    assert finding.state == "open"


def test_corrected_is_offered_once_a_row_was_edited():
    plan = a_plan()
    untouched, edited = a_finding(plan, a_task(plan)), a_finding(plan, a_task(plan, edited_at=AT))
    client = an_officer(plan.office)

    assert page(client, "review", plan.pk).count('name="corrected"') == 1
    client.post(reverse("plans:finding_settle", args=[edited.pk]), {"corrected": "1"})
    refused = client.post(
        reverse("plans:finding_settle", args=[untouched.pk]), {"corrected": "1"}, follow=True
    )

    edited.refresh_from_db()
    assert edited.state == "corrected"
    assert "Chưa có dòng nào được sửa" in refused.content.decode()


def test_a_near_name_is_asked_with_its_candidates_and_settled_everywhere():
    plan = a_plan()
    unit = a_unit(plan.office, name="Trung tâm Văn hóa Thành phố")
    for _number in range(2):
        an_owner(a_task(plan), name="Trung tâm Văn hoá Thành phố Hà", match="near")
    client = an_officer(plan.office)

    asked = page(client, "names", plan.pk)
    response = client.post(
        reverse("plans:names", args=[plan.pk]),
        {"name": "Trung tâm Văn hoá Thành phố Hà", "meant": str(unit.pk)},
        follow=True,
    )

    assert f'value="{unit.pk}"' in asked
    assert "ở 2 chỗ" in response.content.decode()
    assert {owner.unit for owner in TaskOwner.objects.all()} == {unit}


def test_a_name_typed_from_the_list_may_be_a_group_and_an_unknown_one_stays_typed():
    plan = a_plan()
    group = a_group(plan.office)
    owner = an_owner(a_task(plan), name="Các phòng ban")
    client = an_officer(plan.office)
    address = reverse("plans:names", args=[plan.pk])
    fields = {"name": "Các phòng ban", "meant": "other"}

    wrong = client.post(address, fields | {"typed": "Phòng Bịa"})
    client.post(address, fields | {"typed": "cac phong, don vi thuoc so"})

    owner.refresh_from_db()
    assert "Không có đơn vị hoặc nhóm nào tên như vậy" in wrong.content.decode()
    assert "Phòng Bịa" in wrong.content.decode()
    assert (owner.match, owner.unit_group) == ("chosen", group)


def test_a_name_is_asked_about_from_its_row_and_settled_for_that_row_only():
    plan = a_plan()
    unit = a_unit(plan.office)
    owner = an_owner(a_task(plan), unit)
    elsewhere = an_owner(a_task(plan), unit)
    other = a_unit(plan.office, name="Phòng Khác")
    client = an_officer(plan.office)
    address = f"{reverse('plans:names', args=[plan.pk])}?chu={owner.pk}"

    asked = client.get(address).content.decode()
    client.post(
        address,
        {
            "name": unit.name,
            "meant": "other",
            "typed": other.name,
            "row": owner.task_id,
            "only_row": "on",
        },
    )

    owner.refresh_from_db()
    elsewhere.refresh_from_db()
    assert f'value="{owner.task_id}"' in asked
    assert (owner.unit, elsewhere.unit) == (other, unit)
    assert client.get(address.replace(str(owner.pk), "sai")).status_code == 200


def test_leaving_a_name_out_asks_for_its_reason_on_the_page():
    plan = a_plan()
    owner = an_owner(a_task(plan), name="Cá nhân")
    client = an_officer(plan.office)
    fields = {"name": "Cá nhân", "meant": "left-out"}

    wrong = client.post(reverse("plans:names", args=[plan.pk]), fields)
    client.post(reverse("plans:names", args=[plan.pk]), fields | {"reason": "Không là đơn vị"})
    left_out = TaskOwner.objects.get(pk=owner.pk).match
    client.post(reverse("plans:name_again", args=[plan.pk]), {"name": "Cá nhân"})

    owner.refresh_from_db()
    assert "Phải ghi lý do không giao trên hệ thống." in wrong.content.decode()
    assert (left_out, owner.match) == ("ignored", "none")


def test_findings_of_a_kind_are_accepted_together_on_the_page():
    plan = a_plan()
    a_finding(plan)
    a_finding(plan, values={"day": "16/02/2026", "name": "x"})
    client = an_officer(plan.office)

    assert "Chấp nhận cả 2 điểm này" in page(client, "review", plan.pk)
    response = client.post(
        reverse("plans:kind_settle", args=[plan.pk, "day-off"]), {"reason": "Giữ"}, follow=True
    )

    assert "Đã chấp nhận 2 điểm." in response.content.decode()
    assert "Không còn điểm nào phải xử lý." in response.content.decode()


def test_a_part_of_the_body_stands_with_the_findings_that_quote_it():
    plan = a_plan()
    a_section(plan, number="I", text="Mục đích, yêu cầu.")
    a_section(plan, number="IV.3", text="Đăng ký trước ngày 15/02/2026.")
    a_finding(plan, quotes=["trước ngày 15/02/2026"])
    a_finding(plan, quotes=["không có ở phần lời"], values={"day": "x", "name": "y"})

    parts = queries.sections_with_findings(plan)
    text = page(an_officer(plan.office), "printed", plan.pk)

    assert [(part.number, len(found)) for part, found in parts] == [("I", 0), ("IV.3", 1)]
    assert text.count("Hạn rơi vào ngày nghỉ") == 1


@pytest.mark.parametrize("together", [False, True])
def test_a_reason_that_cannot_be_taken_stays_beside_its_error(together: bool):
    plan = a_plan()
    finding, other = a_finding(plan), a_finding(plan, values={"day": "16/02/2026", "name": "x"})
    client = an_officer(plan.office)
    address = (
        reverse("plans:kind_settle", args=[plan.pk, finding.kind])
        if together
        else reverse("plans:finding_settle", args=[finding.pk])
    )
    key = finding.kind if together else finding.pk

    response = client.post(address, {"reason": "Đã hỏi Thành phố. " * 60})

    text = response.content.decode()
    assert response.status_code == 422
    assert text.count("Đã hỏi Thành phố.") == 60
    assert f'id="reason-{key}-error"' in text
    assert text.count('aria-invalid="true"') == 1
    assert {finding.state, other.state} == {"open"}
    assert client.get(f"{address}?page=2").headers["Location"] == (
        reverse("plans:review", args=[plan.pk]) + "?page=2"
    )


@pytest.mark.parametrize("together", [False, True])
def test_a_reason_for_what_another_has_settled_stays_on_the_page(together: bool):
    plan = a_plan()
    finding = a_finding(plan, state="accepted", settled_at=AT)
    address = (
        reverse("plans:kind_settle", args=[plan.pk, finding.kind])
        if together
        else reverse("plans:finding_settle", args=[finding.pk])
    )

    response = an_officer(plan.office).post(address, {"reason": "Đã hỏi Thành phố"})

    text = response.content.decode()
    assert response.status_code == 422
    assert "Điểm này đã được xử lý." in text
    assert "Đã hỏi Thành phố" in text


def test_a_finding_of_a_plan_in_force_is_settled_no_more():
    plan = a_plan(state="in_force", in_force_at=AT)
    finding = a_finding(plan)
    address = reverse("plans:finding_settle", args=[finding.pk])

    response = an_officer(plan.office).post(address, {"reason": "Giữ"}, follow=True)

    finding.refresh_from_db()
    assert (response.status_code, finding.state) == (200, "open")
    assert 'class="alert alert-' in response.content.decode()


@pytest.mark.parametrize("name", ["name_again", "names"])
def test_a_name_that_cannot_be_stored_is_refused(name: str):
    plan = a_plan()
    an_owner(a_task(plan), name="Cá nhân")

    response = an_officer(plan.office).post(
        reverse(f"plans:{name}", args=[plan.pk]), {"name": "Cá nhân\0"}, follow=True
    )

    assert response.status_code in {200, 422}
    assert "Cá nhân" in response.content.decode()
