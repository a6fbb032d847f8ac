"""Who sees which page about reminders, what is typed there, and how many queries it costs."""

import io
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from vinhdanh.accounts.tests.make import a_user
from vinhdanh.notices.models import Message
from vinhdanh.people.tests.make import a_person, a_position, a_unit, a_user_with
from vinhdanh.plans import tasks
from vinhdanh.plans.actions.work import report_done
from vinhdanh.plans.models import Assignment, Occurrence
from vinhdanh.plans.queries import reminders
from vinhdanh.plans.rules.reminders import Duty, Step, Whom
from vinhdanh.plans.tests.browse import as_user
from vinhdanh.plans.tests.make import a_task
from vinhdanh.plans.tests.make_work import (
    Role,
    a_clerk,
    a_line,
    a_year,
    an_occurrence,
    an_officer,
    an_undated_line,
)

pytestmark = pytest.mark.django_db

OFFICE_PAGES = ["reminder_policies", "reminder_preview", "reminder_preview_export"]


def _get(user, name, *args, **query):
    return as_user(user).get(reverse(f"plans:{name}", args=args), query)


def _due_dates_of_the_next_weeks(plan, unit=None):
    """A line due on each of the next 20 days: on any working day something is recalled."""
    today = timezone.localdate()
    first = a_line(an_occurrence(plan, due_on=today), unit)
    for days in range(1, 20):
        a_line(an_occurrence(plan, due_on=today + timedelta(days=days)), first.unit)
    return first.unit


def test_i_see_what_i_am_reminded_of_and_nobody_elses():
    plan = a_year(year=timezone.localdate().year)
    unit = _due_dates_of_the_next_weeks(plan)
    other = a_line(
        an_occurrence(task=a_task(plan, content="Việc của đơn vị kia"), due_on=timezone.localdate())
    )

    page = _get(a_clerk(unit), "my_reminders")

    shown = page.content.decode()
    assert page.status_code == 200
    assert "Sẽ nhắc trong 7 ngày tới" in shown
    assert "Nhiệm vụ thử" in shown
    assert "Việc của đơn vị kia" not in shown
    assert "Chính sách nhắc" not in shown
    assert "Việc của đơn vị kia" not in _get(a_user(), "my_reminders").content.decode()
    assert other.unit.name not in shown


def test_the_list_follows_a_report_at_once():
    plan = a_year(year=timezone.localdate().year)
    unit = _due_dates_of_the_next_weeks(plan)
    clerk = a_clerk(unit)
    for line in Assignment.objects.all():
        report_done(line, note="Xong.", files=[], by=clerk, at=timezone.now())

    page = _get(clerk, "my_reminders")

    assert list(page.context["page"]) == []
    assert page.context["ahead"] == []


@pytest.mark.parametrize("name", OFFICE_PAGES)
def test_only_who_runs_the_office_decides_and_looks_ahead(name):
    plan = a_year()
    line = a_line(an_occurrence(plan))

    assert _get(an_officer(plan), name, plan.office.pk).status_code == 200
    for user in (
        a_user(),
        a_clerk(line.unit),
        a_user_with(Role.DIRECTOR, plan.office),
        a_user_with(Role.OFFICE, a_unit()),
    ):
        assert _get(user, name, plan.office.pk).status_code == 404
    unknown = Client().get(reverse(f"plans:{name}", args=[plan.office.pk]))
    assert unknown["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("name", ["reminder_policies", "reminder_preview"])
def test_without_an_office_in_the_address_the_first_one_is_shown(name):
    plan = a_year()

    assert _get(an_officer(plan), name).context["office"] == plan.office
    assert _get(a_user(), name).status_code == 404


def _posted(*rows, active=True):
    data = {"step-TOTAL_FORMS": len(rows), "step-INITIAL_FORMS": rows[0].get("initial", 0)}
    for place, row in enumerate(rows):
        data |= {f"step-{place}-{name}": value for name, value in row.items() if name != "initial"}
    return data | ({"active": "on"} if active else {})


def _policy(office, duty):
    return reminders.policies([office.pk])[office.pk][duty]


def test_the_office_edits_a_policy_row_by_row():
    plan = a_year()
    client = as_user(an_officer(plan))
    address = reverse("plans:reminder_policy", args=[plan.office.pk, "lead"])
    rows = _posted(
        {"when": "before", "days": "10", "to": ["clerk"]},
        {"when": "on", "to": ["clerk", "head"]},
        {"when": "after", "days": "2", "every": "5", "to": ["office"]},
        {"when": "after"},
    )

    answer = client.post(address, rows)

    assert answer["Location"] == reverse("plans:reminder_policies", args=[plan.office.pk])
    assert _policy(plan.office, Duty.LEAD).steps == (
        Step(-10, 0, frozenset({Whom.CLERK})),
        Step(0, 0, frozenset({Whom.CLERK, Whom.HEAD})),
        Step(2, 5, frozenset({Whom.OFFICE})),
    )
    shown = client.get(address).content.decode()
    assert 'value="10"' in shown
    assert "Đưa về mặc định" in shown


def test_a_step_is_taken_away_by_marking_it():
    plan = a_year()
    client = as_user(an_officer(plan))
    kept = {"when": "before", "days": "7", "to": ["clerk"], "initial": 2}
    gone = {"when": "on", "to": ["clerk"], "DELETE": "on"}

    client.post(
        reverse("plans:reminder_policy", args=[plan.office.pk, "support"]), _posted(kept, gone)
    )

    assert _policy(plan.office, Duty.SUPPORT).steps == (Step(-7, 0, frozenset({Whom.CLERK})),)


@pytest.mark.parametrize(
    ("duty", "row", "step"),
    [
        ("confirm", {"days": "5", "every": "2"}, Step(5, 2, frozenset({Whom.OFFICE}))),
        ("undated", {"weeks": "2"}, Step(0, 14, frozenset({Whom.OFFICE}))),
    ],
)
def test_the_offices_own_duties_ask_only_for_days(duty, row, step):
    plan = a_year()

    as_user(an_officer(plan)).post(
        reverse("plans:reminder_policy", args=[plan.office.pk, duty]), _posted(row)
    )

    assert _policy(plan.office, Duty(duty)).steps == (step,)


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([{"when": "after", "to": ["clerk"]}], "Hãy ghi số ngày."),
        ([{"when": "before", "days": "7", "every": "3", "to": ["clerk"]}], "Chỉ mốc sau hạn"),
        ([{"when": "before", "days": "7"}], "Hãy chọn người được nhắc"),
        ([{"when": "before", "days": "9999", "to": ["clerk"]}], "9999"),
        ([{"when": "after"}], "ít nhất một mốc"),
    ],
)
def test_a_refused_policy_keeps_what_was_typed(rows, sentence):
    plan = a_year()

    page = as_user(an_officer(plan)).post(
        reverse("plans:reminder_policy", args=[plan.office.pk, "lead"]), _posted(*rows)
    )

    shown = page.content.decode()
    assert page.status_code == 200
    assert sentence in shown
    for row in rows:
        if "days" in row:
            assert f'value="{row["days"]}"' in shown
    assert _policy(plan.office, Duty.LEAD).own is None


def test_a_policy_takes_no_more_rows_than_it_may_have():
    plan = a_year()
    many = _posted({"when": "after"}) | {"step-TOTAL_FORMS": "100000"}

    page = as_user(an_officer(plan)).post(
        reverse("plans:reminder_policy", args=[plan.office.pk, "lead"]), many
    )

    offered = page.content.decode().count('-when"')
    assert offered < 100


def test_a_duty_is_switched_off_and_set_back_on_the_page():
    plan = a_year()
    client = as_user(an_officer(plan))
    args = [plan.office.pk, "confirm"]

    client.post(reverse("plans:reminder_policy", args=args), _posted({"days": "3"}, active=False))
    assert (
        "Không ai được nhắc về loại việc này."
        in client.get(reverse("plans:reminder_policies", args=[plan.office.pk])).content.decode()
    )
    client.post(reverse("plans:reminder_policy_reset", args=args))

    assert _policy(plan.office, Duty.CONFIRM).own is None


def test_an_unknown_duty_is_404():
    plan = a_year()

    assert _get(an_officer(plan), "reminder_policy", plan.office.pk, "rest").status_code == 404


def test_the_preview_is_chosen_from_by_unit_person_kind_and_day():
    plan = a_year(year=timezone.localdate().year)
    unit, other = (_due_dates_of_the_next_weeks(plan) for _each in range(2))
    clerk, another = a_clerk(unit), a_clerk(other)
    officer = an_officer(plan)

    def shown(**query):
        page = _get(officer, "reminder_preview", plan.office.pk, **query)
        assert page.status_code == 200
        return page.context["counts"], [row for row, _lines, _more in page.context["rows"]]

    _counts, rows = shown()
    assert {row.user for row in rows} >= {clerk, another}
    assert [row.day for row in rows] == sorted(row.day for row in rows)
    _counts, rows = shown(unit=str(unit.pk), order="person")
    assert {row.user for row in rows} <= {clerk, officer}
    _counts, rows = shown(person=str(another.pk))
    assert {row.user for row in rows} == {another}
    assert shown(duty="undated")[0].reminders == 0
    day = rows[0].day
    _counts, rows = shown(person=str(another.pk), day=day.isoformat())
    assert [(row.day, row.user) for row in rows] == [(day, another)]
    assert shown(unit="rubbish", day="rubbish", page="99")[0].persons >= 2


def test_the_preview_follows_the_due_dates():
    plan = a_year(year=timezone.localdate().year)
    a_clerk(_due_dates_of_the_next_weeks(plan))
    officer = an_officer(plan)
    before = _get(officer, "reminder_preview", plan.office.pk).context["counts"]

    Occurrence.objects.update(due_on=date(plan.year + 1, 12, 1))

    after = _get(officer, "reminder_preview", plan.office.pk).context["counts"]
    assert before.reminders > 0
    assert after.reminders == 0


def test_the_spreadsheet_holds_what_the_preview_counts():
    plan = a_year(year=timezone.localdate().year)
    unit = _due_dates_of_the_next_weeks(plan)
    a_clerk(unit)
    officer = an_officer(plan)
    counts = _get(officer, "reminder_preview", plan.office.pk).context["counts"]

    exported = _get(officer, "reminder_preview_export", plan.office.pk)

    sheet = CalamineWorkbook.from_filelike(io.BytesIO(exported.content)).get_sheet_by_index(0)
    rows = sheet.to_python(skip_empty_area=False)[4:]
    assert len(rows) == counts.reminders
    assert {row[3] for row in rows} == {unit.name}


def test_a_preview_too_long_for_a_spreadsheet_is_to_be_filtered(monkeypatch):
    monkeypatch.setattr("vinhdanh.plans.views.reminders.MOST_IN_A_SHEET", 1)
    plan = a_year(year=timezone.localdate().year)
    unit = _due_dates_of_the_next_weeks(plan)
    a_clerk(unit)
    client = as_user(an_officer(plan))
    address = reverse("plans:reminder_preview_export", args=[plan.office.pk])

    answer = client.get(address, {"unit": str(unit.pk)}, follow=True)

    assert "hãy lọc bớt rồi xuất lại" in answer.content.decode()
    assert answer.context["filter"].form.cleaned_data["unit"] == str(unit.pk)


def test_whoever_has_not_logged_in_is_sent_to_log_in():
    answer = Client().get(reverse("plans:my_reminders"))

    assert answer["Location"].startswith(reverse("account_login"))


def test_the_periodic_task_tells_what_stands_there_now():
    plan = a_year(year=timezone.localdate().year)
    a_clerk(_due_dates_of_the_next_weeks(plan))

    tasks.remind(timestamp=0)

    told = reminders.for_everybody(on=timezone.localdate())
    assert {message.user_id for message in Message.objects.all()} == set(told)


@pytest.mark.parametrize("name", ["my_reminders", "reminder_policies", "reminder_preview"])
def test_pages_cost_the_same_queries_for_one_and_for_many(name, django_assert_max_num_queries):
    plan = a_year(year=timezone.localdate().year)
    client, address = as_user(an_officer(plan)), reverse(f"plans:{name}")

    def more():
        unit = _due_dates_of_the_next_weeks(plan)
        a_clerk(unit)
        a_position(a_person(), unit, is_head=True)
        an_undated_line(plan)

    more()
    with django_assert_max_num_queries(40) as one:
        client.get(address)
    more()
    more()

    with django_assert_max_num_queries(len(one.captured_queries)):
        assert client.get(address).status_code == 200
