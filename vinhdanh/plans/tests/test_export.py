"""Long lists as spreadsheets: written in the background, for whoever asked, for a day."""

import io
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from vinhdanh.accounts.models import User
from vinhdanh.documents import actions as documents
from vinhdanh.documents.models import Export, File
from vinhdanh.people.models import RoleHolding
from vinhdanh.plans import actions
from vinhdanh.plans.models import Plan
from vinhdanh.plans.rules.looks import LINES
from vinhdanh.plans.tests.browse import HTMX, as_user, page
from vinhdanh.plans.tests.make import a_task
from vinhdanh.plans.tests.make_work import (
    AT,
    ON,
    a_clerk,
    a_line,
    a_year,
    an_occurrence,
    an_officer,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _two_lines_are_short(monkeypatch):
    monkeypatch.setattr("vinhdanh.plans.views.work_table.AT_ONCE", 2)


def _a_long_year() -> Plan:
    plan = a_year()
    for number, due_on in [("1", date(2026, 3, 14)), ("2", date(2026, 4, 1)), ("3", None)]:
        task = a_task(plan, number=number, content=f"Việc {number}")
        a_line(an_occurrence(task=task, due_on=due_on))
    return plan


def _asked(plan: Plan, by: User, **fields: object) -> Export:
    ordinary = {"query": "", "line_count": 3, "language": "vi", "on": ON, "at": AT}
    return documents.ask_export(LINES, about=plan.pk, by=by, **ordinary | fields)


def _write(export: Export) -> None:
    documents.write_export(export, now=lambda: AT)


def _look(client: Client, export: Export) -> str:
    answer = client.get(export.get_absolute_url())
    assert answer.status_code == 200
    return answer.content.decode()


def _file(client: Client, export: Export):
    return client.get(reverse("documents:export_file", args=[export.pk]))


def _rows(response) -> list[list]:
    content = b"".join(response) if response.streaming else response.content
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def _post(client: Client, plan: Plan, query: str = ""):
    return client.post(reverse("plans:table_export", args=[plan.pk]) + query)


def test_a_long_list_is_asked_for_shown_and_downloaded_when_ready():
    plan = _a_long_year()
    client = as_user(an_officer(plan))

    answer = _post(client, plan, "?sort=-due&page=1")
    export = Export.objects.get()
    waiting = _look(client, export)
    too_early = _file(client, export)
    _write(export)
    ready = _look(client, export)
    file = _file(client, export)

    assert answer["Location"] == export.get_absolute_url()
    assert export.query == "sort=-due"
    assert "Đã viết 0 trong 3 dòng" in waiting
    assert '<noscript><meta http-equiv="refresh"' in waiting
    assert too_early.status_code == 404
    assert "Tải bảng tính" in ready
    assert "http-equiv" not in ready
    assert [row[1] for row in _rows(file)[4:]] == ["Việc 2", "Việc 1", "Việc 3"]
    assert "xlsx" in file["Content-Disposition"]


def test_the_part_that_asks_again_by_itself_is_no_whole_page():
    export = _asked(plan := _a_long_year(), an_officer(plan))

    answer = as_user(export.asked_by).get(export.get_absolute_url(), headers=HTMX)

    assert answer.content.decode().lstrip().startswith('<div class="panel" id="export"')


def test_both_ways_write_the_same(monkeypatch):
    plan = _a_long_year()
    client = as_user(an_officer(plan))
    _post(client, plan, "?q=viec&sort=unit")
    export = Export.objects.get()
    _write(export)
    monkeypatch.setattr("vinhdanh.plans.views.work_table.AT_ONCE", 3)

    at_once = client.get(reverse("plans:table_export", args=[plan.pk]) + "?q=viec&sort=unit")

    in_background = _file(client, export)
    assert _rows(in_background) == _rows(at_once)
    assert len(_rows(at_once)) == 7


def test_a_link_to_a_long_list_asks_first_and_a_short_one_is_given_at_once():
    plan = _a_long_year()
    client = as_user(an_officer(plan))

    long = page(client, "table_export", plan.pk)
    short = client.get(reverse("plans:table_export", args=[plan.pk]) + "?month=3")

    assert "Bảng có 3 dòng" in long
    assert Export.objects.count() == 0
    assert len(_rows(short)) == 5


def test_the_table_asks_for_a_long_list_by_a_button():
    plan = _a_long_year()
    client = as_user(an_officer(plan))
    address = reverse("plans:table_export", args=[plan.pk])

    assert f'action="{address}"' in page(client, "table", plan.pk)
    assert f'href="{address}?month=3"' in page(client, "table", plan.pk, query="?month=3")


def test_only_whoever_asked_sees_and_fetches_it():
    plan = _a_long_year()
    officer = an_officer(plan)
    export = _asked(plan, officer)
    _write(export)
    addresses = [export.get_absolute_url(), reverse("documents:export_file", args=[export.pk])]

    for user in (an_officer(plan), a_clerk(plan.office)):
        assert [as_user(user).get(each).status_code for each in addresses] == [404, 404]
    assert "Tải bảng tính" in _look(as_user(officer), export)
    assert len(_rows(as_user(officer).get(addresses[1]))) == 7
    assert Client().get(addresses[1])["Location"].startswith(reverse("account_login"))


def test_whoever_no_longer_sees_the_plan_no_longer_fetches_it():
    plan = _a_long_year()
    officer = an_officer(plan)
    export = _asked(plan, officer)
    _write(export)
    RoleHolding.objects.filter(user=officer).delete()

    answer = _file(as_user(officer), export)

    assert answer.status_code == 404


def test_a_plan_taken_back_leaves_no_spreadsheet():
    plan = _a_long_year()
    officer = an_officer(plan)
    _write(_asked(plan, officer))

    actions.take_back_from_force(plan, by=officer, at=AT)

    assert not Export.objects.exists()
    assert not File.objects.filter(kind="xlsx").exists()
