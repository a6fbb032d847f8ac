import json
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from vinhdanh.accounts.models import User
from vinhdanh.accounts.tests.make import a_user
from vinhdanh.people.models import RoleHolding, Unit
from vinhdanh.people.tests.make import a_group, a_unit, a_user_with
from vinhdanh.plans import actions
from vinhdanh.plans.models import Plan, Reading, Task, TaskOwner
from vinhdanh.plans.tests.make import (
    AT,
    PLAN_TEXT,
    a_finding,
    a_plan,
    a_running_plan,
    a_section,
    a_task,
    an_owner,
)

pytestmark = pytest.mark.django_db
Role = RoleHolding.Role
HTMX = {"HX-Request": "true"}


def as_user(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def an_officer(office: Unit) -> Client:
    return as_user(a_user_with(Role.OFFICE, office))


def page(client: Client, name: str, *args: object, query: str = "") -> str:
    response = client.get(reverse(f"plans:{name}", args=args) + query)
    assert response.status_code == 200
    return response.content.decode()


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


def upload(client: Client, **fields: object):
    return client.post(reverse("plans:upload"), fields)


def test_pasted_text_goes_on_to_the_review():
    office = a_unit()
    client = an_officer(office)

    response = upload(client, office=office.pk, text=PLAN_TEXT)

    plan = Plan.objects.get()
    assert response.headers["Location"] == reverse("plans:review", args=[plan.pk])
    text = page(client, "review", plan.pk)
    assert "Xét khen thưởng người tốt, việc tốt" in text
    assert "Hằng tháng, trước ngày 15" in text


def test_a_refused_document_says_why_and_keeps_what_was_typed():
    office = a_unit()

    response = upload(an_officer(office), office=office.pk, text="Kính gửi anh Ba, tôi khỏe.")

    text = response.content.decode()
    assert response.status_code == 422
    assert "Kính gửi anh Ba, tôi khỏe." in text
    assert "invalid-feedback" in text
    assert (Plan.objects.count(), Reading.objects.count()) == (0, 0)


def test_neither_file_nor_text_is_a_form_error():
    office = a_unit()

    response = upload(an_officer(office), office=office.pk)

    assert "Hãy chọn một tệp, hoặc dán nội dung kế hoạch." in response.content.decode()


def test_an_office_that_the_user_does_not_run_is_refused():
    other = a_unit()

    response = upload(an_officer(a_unit()), office=other.pk, text=PLAN_TEXT)

    assert response.status_code == 422
    assert Plan.objects.count() == 0


def test_whoever_runs_no_office_cannot_hand_in():
    clerk = as_user(a_user_with(Role.CLERK, a_unit()))

    assert clerk.get(reverse("plans:upload")).status_code == 404


def test_a_pdf_waits_on_its_own_page_until_it_is_read():
    office = a_unit()
    client = an_officer(office)
    pdf = SimpleUploadedFile("ke-hoach.pdf", b"%PDF-1.4\nbroken")

    response = upload(client, office=office.pk, file=pdf)
    reading = Reading.objects.get()
    waiting = page(client, "reading", reading.pk)
    actions.read_document(reading, at=AT)
    refused = page(client, "reading", reading.pk)

    assert response.headers["Location"] == reverse("plans:reading", args=[reading.pk])
    assert "Đang đọc văn bản" in waiting
    assert '<noscript><meta http-equiv="refresh"' in waiting
    assert "Không đọc được văn bản này." in refused
    assert reading.refusal in refused
    assert an_officer(office).get(reverse("plans:reading", args=[reading.pk])).status_code == 404


def test_a_reading_that_is_done_leads_to_its_draft():
    plan = a_plan()
    user = a_user_with(Role.OFFICE, plan.office)
    reading = Reading.objects.create(
        office=plan.office, name="a.pdf", plan=plan, started_at=AT, started_by=user
    )
    address = reverse("plans:reading", args=[reading.pk])

    plain = as_user(user).get(address)
    polled = as_user(user).get(address, headers=HTMX)

    assert plain.headers["Location"] == plan.get_absolute_url()
    assert polled.headers["HX-Redirect"] == plan.get_absolute_url()


def test_the_same_file_again_points_to_the_earlier_draft():
    office = a_unit()
    client = an_officer(office)
    upload(client, office=office.pk, text=PLAN_TEXT)
    first = Plan.objects.get()

    upload(client, office=office.pk, text=PLAN_TEXT)

    second = Plan.objects.exclude(pk=first.pk).get()
    text = page(client, "review", second.pk)
    assert "Tệp này đã được đưa vào ngày" in text
    assert first.get_absolute_url() in text


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
        ({"content": ""}, "Trường này là bắt buộc"),
        ({"due_on": ""}, "Cách định hạn này cần một ngày."),
        ({"due_on": "31/06/2026"}, "Nhập một ngày hợp lệ"),
        ({"due_kind": "period", "due_from": ""}, "cần ngày bắt đầu"),
        ({"due_kind": "period", "due_from": "2026-12-21"}, "phải trước ngày kết thúc"),
        ({"due_kind": "recurring"}, "cần có chu kỳ"),
        ({"due_kind": "recurring", "every": "month", "day": "32"}, "nhỏ hơn hoặc bằng với 31"),
        ({"more_days": "ba mươi"}, "Nhập một ngày hợp lệ"),
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


def test_the_reading_is_downloaded_as_json():
    plan = a_plan()
    a_task(plan, number="1", content="Ký giao ước")

    text = page(an_officer(plan.office), "export", plan.pk)

    [task] = json.loads(text)["tasks"]
    assert (task["content"], task["due"]["date"]) == ("Ký giao ước", "2026-03-15")


def test_the_original_file_is_handed_out_to_readers_only():
    office = a_unit()
    client = an_officer(office)
    upload(client, office=office.pk, text=PLAN_TEXT)
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
    actions.carry_on_force(plan, by=user, on=date(2026, 1, 5), at=AT)
    done = client.get(address, headers=HTMX)

    assert "Xong 0 trong 1 nhiệm vụ" in waiting
    assert done.headers["HX-Redirect"] == reverse("plans:plan", args=[plan.pk])
    assert Task.objects.get().occurrences.count() == 12


def test_the_history_names_what_was_done_to_the_draft_and_its_rows():
    plan = a_plan()
    task = a_task(plan)
    client = an_officer(plan.office)
    client.post(reverse("plans:row_edit", args=[task.pk]), row_fields())

    text = page(client, "review", plan.pk)

    assert "Sửa một nhiệm vụ" in text


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
