"""Who sees which page of the running year, and how many queries it costs."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from vinhdanh.accounts.models import User
from vinhdanh.accounts.tests.make import a_user
from vinhdanh.people.tests.make import a_person, a_position, a_unit, a_user_with
from vinhdanh.plans.models import Plan, Task
from vinhdanh.plans.tests.make import a_plan, a_section, a_task
from vinhdanh.plans.tests.make_work import (
    Role,
    a_clerk,
    a_line,
    a_waiting_report,
    a_year,
    an_occurrence,
    an_officer,
    an_undated_line,
)

pytestmark = pytest.mark.django_db

PLAN_PAGES = ["plan", "calendar", "table", "board", "document"]


def _page(user: User | None, name: str, *args: object, **query: str):
    client = Client()
    if user is not None:
        client.force_login(user)
    return client.get(reverse(f"plans:{name}", args=args), query)


def _today() -> date:
    return timezone.localdate()


def _this_year() -> Plan:
    return a_year(year=_today().year)


def _a_line_due(plan: Plan, days: int, content: str = "Tổ chức hội nghị"):
    return a_line(
        an_occurrence(task=a_task(plan, content=content), due_on=_today() + timedelta(days=days))
    )


@pytest.mark.parametrize("name", PLAN_PAGES)
def test_whoever_works_in_the_office_sees_the_plan(name):
    plan = a_year()
    a_section(plan, text="Đẩy mạnh tuyên truyền gương điển hình.")
    line = a_line(an_occurrence(plan))

    for user in (an_officer(plan), a_clerk(line.unit), a_user_with(Role.AUDITOR, plan.office)):
        page = _page(user, name, plan.pk)
        assert page.status_code == 200
        assert plan.title in page.content.decode()


@pytest.mark.parametrize("name", [*PLAN_PAGES, "table_export", "document_file"])
def test_a_stranger_gets_404_and_an_unknown_is_sent_to_log_in(name):
    plan = a_year()
    a_line(an_occurrence(plan))

    assert _page(a_clerk(a_unit()), name, plan.pk).status_code == 404
    assert _page(a_user(), name, plan.pk).status_code == 404
    unknown = _page(None, name, plan.pk)
    assert unknown.status_code == 302
    assert unknown["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("name", [*PLAN_PAGES[1:], "table_export"])
def test_a_draft_has_no_running_pages(name):
    plan = a_plan()

    assert _page(an_officer(plan), name, plan.pk).status_code == 404


def test_a_draft_is_shown_where_it_is_reviewed():
    plan = a_plan()

    page = _page(an_officer(plan), "plan", plan.pk)

    assert (page.status_code, page["Location"]) == (302, plan.get_absolute_url())


def test_the_year_places_tasks_in_months_with_their_state_in_words():
    plan = a_year()
    a_line(an_occurrence(task=a_task(plan, content="Ký giao ước thi đua")))
    an_undated_line(plan)

    page = _page(an_officer(plan), "plan", plan.pk).content.decode()

    assert "Ký giao ước thi đua" in page
    assert "Tháng 3/2026" in page
    assert "14/03" in page
    assert "Chờ ngày" in page


def test_the_year_of_one_unit_shows_its_tasks_only():
    plan = a_year()
    mine = a_line(an_occurrence(task=a_task(plan, content="Việc của đơn vị này")))
    a_line(an_occurrence(task=a_task(plan, content="Việc của đơn vị khác")))

    page = _page(a_clerk(mine.unit), "plan", plan.pk, unit=str(mine.unit_id)).content.decode()

    assert "Việc của đơn vị này" in page
    assert "Việc của đơn vị khác" not in page


def test_the_calendar_names_days_off_and_keeps_the_month_in_the_address():
    plan = a_year()
    a_line(an_occurrence(task=a_task(plan, content="Tổng kết"), due_on=date(2026, 4, 28)))

    page = _page(an_officer(plan), "calendar", plan.pk, thang="2026-04", ngay="2026-04-28")

    shown = page.content.decode()
    assert "Tháng 4/2026" in shown
    assert "Tổng kết" in shown
    assert "Chiến thắng" in shown or "Giải phóng" in shown or "30/4" in shown


@pytest.mark.parametrize("month", ["", "2026-13", "chua-biet", "0001-01", "9999-12"])
def test_the_calendar_takes_any_month(month):
    plan = a_year()

    assert _page(an_officer(plan), "calendar", plan.pk, thang=month).status_code == 200


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, {"Hội nghị điển hình", "Kiểm tra các đơn vị"}),
        ({"q": "hoi nghi"}, {"Hội nghị điển hình"}),
        ({"state": "late"}, {"Hội nghị điển hình"}),
        ({"state": "soon"}, {"Kiểm tra các đơn vị"}),
        ({"state": "done"}, set()),
        ({"part": "support"}, set()),
        ({"kind": "before", "sort": "-standing"}, {"Hội nghị điển hình", "Kiểm tra các đơn vị"}),
        ({"sort": "unit"}, {"Hội nghị điển hình", "Kiểm tra các đơn vị"}),
        ({"sort": "-due"}, {"Hội nghị điển hình", "Kiểm tra các đơn vị"}),
    ],
)
def test_the_table_is_searched_filtered_and_sorted(query, found):
    plan = _this_year()
    contents = {"Hội nghị điển hình": -1, "Kiểm tra các đơn vị": 3}
    for content, days in contents.items():
        _a_line_due(plan, days, content)

    page = _page(an_officer(plan), "table", plan.pk, **query)

    shown = page.content.decode()
    assert {content for content in contents if f"{content}</a>" in shown} == found


def test_the_table_of_a_month_and_a_unit():
    plan = a_year()
    march = a_line(an_occurrence(task=a_task(plan, content="Việc tháng ba")))
    a_line(
        an_occurrence(task=a_task(plan, content="Việc tháng tư"), due_on=date(2026, 4, 1)),
        march.unit,
    )

    page = _page(an_officer(plan), "table", plan.pk, month="3", unit=str(march.unit_id))

    shown = page.content.decode()
    assert "Việc tháng ba" in shown
    assert "Việc tháng tư" not in shown


def test_the_table_of_what_lies_outside_of_the_year():
    plan = a_year()
    a_line(an_occurrence(task=a_task(plan, content="Việc trong năm")))
    a_line(an_occurrence(task=a_task(plan, content="Việc năm sau"), due_on=date(2027, 1, 5)))

    shown = _page(an_officer(plan), "table", plan.pk, month="outside").content.decode()

    assert "Việc năm sau" in shown
    assert "Việc trong năm" not in shown


def test_the_board_counts_what_its_links_show():
    plan = _this_year()
    officer = an_officer(plan)
    late = _a_line_due(plan, -2)
    _a_line_due(plan, 5)
    a_waiting_report(_a_line_due(plan, 1), at=timezone.now())
    an_undated_line(plan)
    a_position(a_person(full_name="Trần Thị Đầu"), late.unit, is_head=True)

    page = _page(officer, "board", plan.pk)

    counts = page.context["board"].counts
    assert (counts.late, counts.soon, counts.month, counts.undated) == (1, 1, 1, 1)
    assert (counts.reported, counts.done, counts.total) == (1, 0, 4)
    assert page.context["board"].units[0].unit == late.unit
    assert "Trần Thị Đầu" in page.content.decode()
    for state in ("late", "soon", "month", "undated", "reported", "done"):
        table = _page(officer, "table", plan.pk, state=state)
        assert table.context["table"].paginator.count == getattr(counts, state)


def test_heads_of_units_see_only_their_rows_of_the_board():
    plan = _this_year()
    mine, other = _a_line_due(plan, -2), _a_line_due(plan, -2)
    a_waiting_report(other, note="Điều chỉ đơn vị kia biết", at=timezone.now())

    page = _page(a_user_with(Role.HEAD, mine.unit), "board", plan.pk)

    assert [row.unit for row in page.context["board"].units] == [mine.unit]
    assert "Điều chỉ đơn vị kia biết" not in page.content.decode()


def test_my_work_of_a_clerk_lists_what_the_unit_owes_the_earliest_first():
    plan = _this_year()
    soon = _a_line_due(plan, 2, "Việc sắp tới")
    late = a_line(
        an_occurrence(task=a_task(plan, content="Việc đã trễ"), due_on=_today() - timedelta(3)),
        soon.unit,
    )
    _a_line_due(plan, -9, "Việc của người khác")

    page = _page(a_clerk(soon.unit), "my_work")

    shown = page.content.decode()
    assert [line.pk for line, _standing in page.context["lines"]] == [late.pk, soon.pk]
    assert "Quá hạn 3 ngày" in shown
    assert "Còn 2 ngày" in shown
    assert reverse("plans:report", args=[late.pk]) in shown
    assert "Việc của người khác" not in shown


def test_my_work_of_the_office_lists_reports_dates_and_late_work():
    plan = _this_year()
    report = a_waiting_report(_a_line_due(plan, 1), note="Đã mở lớp tập huấn", at=timezone.now())
    undated = an_undated_line(plan)
    late = _a_line_due(plan, -1, "Nộp báo cáo sơ kết")

    shown = _page(an_officer(plan), "my_work").content.decode()

    assert "Đã mở lớp tập huấn" in shown
    assert str(report.pk) in shown
    assert reverse("plans:set_due", args=[undated.occurrence_id]) in shown
    assert str(late.occurrence.task) in shown


def test_my_work_of_a_head_groups_by_unit_the_most_late_first():
    plan = _this_year()
    _a_line_due(plan, 20)
    late = _a_line_due(plan, -1)

    page = _page(a_user_with(Role.HEAD, plan.office), "my_work")

    assert page.context["debts"][0].unit == late.unit
    assert late.unit.name in page.content.decode()


def test_my_work_of_a_director_sums_up():
    plan = _this_year()
    _a_line_due(plan, -1)

    page = _page(a_user_with(Role.DIRECTOR, plan.office), "my_work")

    assert [(seen, counts.late) for seen, counts in page.context["overseen"]] == [(plan, 1)]
    assert plan.title in page.content.decode()


def test_my_work_of_somebody_without_a_role_says_so():
    assert "Chưa có kế hoạch nào" in _page(a_user(), "my_work").content.decode()


def _more_work(plan: Plan, rows: int, unit, officer_note: str = "Xong.") -> None:
    for row in range(rows):
        task = a_task(plan, group=f"Nhóm {row}")
        # Today always lies in the month that the calendar opens; the day before may not.
        a_line(an_occurrence(plan, due_on=_today()), unit)
        line = a_line(an_occurrence(task=task, due_on=_today() - timedelta(days=row + 1)), unit)
        other = a_line(line.occurrence)
        a_position(a_person(), other.unit, is_head=True)
        a_waiting_report(other, at=timezone.now())
        an_undated_line(plan)
        a_section(plan)


@pytest.mark.parametrize("name", [*PLAN_PAGES, "my_work"])
@pytest.mark.parametrize("role", [Role.OFFICE, Role.HEAD, Role.DIRECTOR])
def test_pages_cost_the_same_queries_for_one_and_for_three_rows(
    name, role, django_assert_max_num_queries
):
    plan = _this_year()
    user = a_user_with(role, plan.office)
    unit = a_unit(plan.office)
    args = [] if name == "my_work" else [plan.pk]
    _more_work(plan, 1, unit)
    with django_assert_max_num_queries(40) as one:
        _page(user, name, *args)
    _more_work(plan, 2, unit)

    with django_assert_max_num_queries(len(one.captured_queries)):
        assert _page(user, name, *args).status_code == 200


def test_a_task_with_parts_leads_to_them():
    plan = a_year()
    whole = a_task(plan, due_kind="", content="Một số nhiệm vụ thường xuyên")
    part = a_task(plan, parent=whole, number="22.1", content="Họp Hội đồng")

    shown = _page(an_officer(plan), "task", whole.pk).content.decode()

    assert reverse("plans:task", args=[part.pk]) in shown


def test_a_closed_plan_is_still_read():
    plan = a_year(state=Plan.State.CLOSED)
    line = a_line(an_occurrence(plan))

    page = _page(a_clerk(line.unit), "task", line.occurrence.task_id)

    assert page.status_code == 200
    assert reverse("plans:report", args=[line.pk]) not in page.content.decode()
    assert (
        Task.objects.get().get_absolute_url()
        in _page(a_clerk(line.unit), "plan", plan.pk).content.decode()
    )
