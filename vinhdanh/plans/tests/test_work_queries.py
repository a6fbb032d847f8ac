from datetime import date

import pytest

from vinhdanh.accounts.tests.make import a_user
from vinhdanh.plans.queries import work_board, work_lines, work_year
from vinhdanh.plans.tests.make import a_task
from vinhdanh.plans.tests.make_work import (
    ON,
    a_clerk,
    a_line,
    a_waiting_report,
    a_year,
    an_occurrence,
    an_officer,
    an_undated_line,
)

pytestmark = pytest.mark.django_db


def test_what_waits_for_a_clerk_is_what_is_late_soon_or_sent_back():
    plan = a_year()
    late = a_line(an_occurrence(plan, due_on=date(2026, 3, 1)))
    a_line(an_occurrence(plan, due_on=date(2026, 3, 9)), late.unit)
    a_line(an_occurrence(plan, due_on=date(2026, 3, 10)), late.unit)
    a_line(an_occurrence(plan, due_on=date(2026, 12, 1)), late.unit, state="returned")

    assert work_lines.waiting_count(a_clerk(late.unit), on=ON, most=9) == 3


def test_what_waits_for_the_office_is_reports_and_dates():
    plan = a_year()
    a_waiting_report(a_line(an_occurrence(plan)))
    an_undated_line(plan)
    a_line(an_occurrence(plan, due_on=date(2026, 3, 1)))

    assert work_lines.waiting_count(an_officer(plan), on=ON, most=9) == 2


def test_what_waits_is_counted_no_further_than_asked():
    plan = a_year()
    officer = an_officer(plan)
    for _number in range(3):
        a_waiting_report(a_line(an_occurrence(plan)))

    assert work_lines.waiting_count(officer, on=ON, most=2) == 2


def test_nothing_waits_for_somebody_without_a_role():
    a_waiting_report()

    assert work_lines.waiting_count(a_user(), on=ON, most=9) == 0


def test_a_school_year_runs_from_its_first_month_into_the_next_year():
    plan = a_year(first_month=8)
    days = [date(2026, 7, 31), date(2026, 8, 1), date(2027, 7, 31), date(2027, 8, 1)]
    tasks = [a_task(plan) for _ in days]
    for task, day in zip(tasks, days, strict=True):
        an_occurrence(task=task, due_on=day)

    year = work_year.year(plan, tasks, on=date(2026, 9, 1))

    assert [month.column.place for month in year.months] == [0, 1, 12, 13]
    assert [column.first for column in year.columns if column.current] == [date(2026, 9, 1)]


def test_the_totals_of_plans_leave_out_what_is_done_in_years_past():
    this, before = a_year(), a_year(year=2025)
    for plan in (this, before):
        a_line(an_occurrence(plan, due_on=date(2026, 3, 1)))
        a_line(an_occurrence(plan, due_on=date(2026, 3, 5)))
        a_waiting_report(a_line(an_occurrence(plan)))
        a_line(an_occurrence(plan), state="accepted")
    empty = a_year(year=2024)

    found = work_board.totals([this, before, empty], on=ON)

    assert found == [
        (this, work_board.Totals(late=1, soon=1, reported=1, done=1)),
        (before, work_board.Totals(late=1, soon=1, reported=1, done=None)),
        (empty, work_board.Totals(late=0, soon=0, reported=0, done=None)),
    ]


def test_what_is_done_is_counted_in_a_school_year_that_runs_on():
    plan = a_year(year=2025, first_month=8)
    a_line(an_occurrence(plan), state="accepted")

    assert work_board.totals([plan], on=ON)[0][1].done == 1
