"""Closing a year, opening it again, and taking back a plan that was put into force by mistake."""

from datetime import date

import pytest

from vinhdanh.common.refusal import Refused
from vinhdanh.journal.queries import lines_about
from vinhdanh.people.tests.make import a_unit, a_user_with
from vinhdanh.plans import actions, queries
from vinhdanh.plans.actions import work
from vinhdanh.plans.models import Assignment, Occurrence, Plan
from vinhdanh.plans.rules import life
from vinhdanh.plans.tests.make import a_plan, a_running_plan
from vinhdanh.plans.tests.make_work import (
    AT,
    Role,
    a_clerk,
    a_line,
    a_waiting_report,
    a_year,
    an_accepted_report,
    an_occurrence,
    an_officer,
    an_undated_line,
)

pytestmark = pytest.mark.django_db


def _told(plan: Plan, deed: str) -> dict:
    return lines_about(plan).get(deed=deed).detail


def _state(plan: Plan) -> str:
    return Plan.objects.get(pk=plan.pk).state


def test_every_step_leads_to_a_state_of_a_plan():
    states = set(Plan.State.values)

    assert set(life.STEPS) == set(life.WHY_NOT)
    assert all(before | {after} <= states for before, after in life.STEPS.values())


def test_a_year_is_closed_and_the_journal_says_what_was_not_done():
    plan = a_year()
    a_line(an_occurrence(plan))
    a_waiting_report(a_line(an_occurrence(plan)))
    an_accepted_report(a_line(an_occurrence(plan)))

    actions.close_plan(plan, by=an_officer(plan), at=AT)

    assert _state(plan) == "closed"
    assert _told(plan, "plan close") == {"not_done": 2, "reported": 1}


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.AUDITOR, Role.HEAD, Role.CLERK])
def test_only_the_office_closes_a_year(role):
    plan = a_year()

    with pytest.raises(Refused, match="Chỉ Thường trực"):
        actions.close_plan(plan, by=a_user_with(role, plan.office), at=AT)

    assert _state(plan) == "in_force"


@pytest.mark.parametrize("state", ["draft", "starting", "closed"])
def test_a_year_that_does_not_run_is_not_closed(state):
    plan = a_year(state=state)

    with pytest.raises(Refused, match="không đang thực hiện"):
        actions.close_plan(plan, by=an_officer(plan), at=AT)

    assert _state(plan) == state


def test_after_closing_nothing_is_reported_answered_or_dated():
    plan = a_year()
    officer = an_officer(plan)
    owed, undated = a_line(an_occurrence(plan)), an_undated_line(plan)
    waiting, done = (
        a_waiting_report(a_line(an_occurrence(plan))),
        an_accepted_report(a_line(an_occurrence(plan))),
    )
    clerk = a_clerk(waiting.assignment.unit)
    deeds = [
        lambda: work.report_done(owed, note="Xong.", files=[], by=a_clerk(owed.unit), at=AT),
        lambda: work.record_done(undated, note="Xong.", files=[], by=officer, at=AT),
        lambda: work.withdraw(waiting, by=clerk, at=AT),
        lambda: work.accept(waiting, by=officer, at=AT),
        lambda: work.send_back(waiting, reason="Thiếu.", by=officer, at=AT),
        lambda: work.reopen(done, reason="Nhầm.", by=officer, at=AT),
        lambda: work.set_due(
            undated.occurrence, due_on=date(2026, 5, 1), reason="Công văn.", by=officer, at=AT
        ),
    ]

    actions.close_plan(plan, by=officer, at=AT)

    for deed in deeds:
        with pytest.raises(Refused, match="không ở trạng thái đang thực hiện"):
            deed()
    assert sorted(Assignment.objects.values_list("state", flat=True)) == [
        "accepted",
        "open",
        "open",
        "reported",
    ]


def test_a_closed_year_is_opened_again_with_a_reason():
    plan = a_year(state=Plan.State.CLOSED)
    line = a_line(an_occurrence(plan))

    actions.reopen_plan(plan, reason=" Còn báo cáo nộp bù. ", by=an_officer(plan), at=AT)

    assert _state(plan) == "in_force"
    assert _told(plan, "plan reopen") == {"reason": "Còn báo cáo nộp bù."}
    assert a_waiting_report(line).answer == ""


def test_a_year_is_not_opened_again_without_a_reason():
    plan = a_year(state=Plan.State.CLOSED)

    with pytest.raises(Refused, match="lý do"):
        actions.reopen_plan(plan, reason="  ", by=an_officer(plan), at=AT)

    assert _state(plan) == "closed"


def test_only_the_office_opens_a_year_again():
    plan = a_year(state=Plan.State.CLOSED)

    with pytest.raises(Refused, match="Chỉ Thường trực"):
        actions.reopen_plan(plan, reason="Nhầm.", by=a_user_with(Role.DIRECTOR, plan.office), at=AT)


@pytest.mark.parametrize("state", ["draft", "starting", "in_force"])
def test_what_is_not_closed_is_not_opened_again(state):
    plan = a_year(state=state)

    with pytest.raises(Refused, match="chưa khép lại"):
        actions.reopen_plan(plan, reason="Nhầm.", by=an_officer(plan), at=AT)

    assert _state(plan) == state


def test_a_year_is_not_opened_again_beside_another_plan_of_that_year():
    plan = a_year(state=Plan.State.CLOSED)
    a_year(office=plan.office)

    with pytest.raises(Refused, match="Năm 2026 đã có kế hoạch đang thực hiện"):
        actions.reopen_plan(plan, reason="Nhầm.", by=an_officer(plan), at=AT)

    assert _state(plan) == "closed"


def test_a_plan_taken_back_is_a_draft_and_can_be_put_into_force_again():
    plan = a_running_plan()
    others = a_running_plan()
    officer = an_officer(plan)

    actions.take_back_from_force(plan, by=officer, at=AT)

    plan.refresh_from_db()
    assert (plan.state, plan.in_force_at, plan.edited_at) == ("draft", None, AT)
    assert list(plan.units.all()) == []
    assert [one.plan for one in Occurrence.objects.all()] == [others]
    assert _told(plan, "plan take back") == {"occurrences": 1, "lines": 1}
    actions.put_into_force(plan, by=officer, on=date(2026, 3, 2), at=AT)
    assert Assignment.objects.filter(occurrence__plan=plan).count() == 1


def test_a_plan_with_a_report_is_not_taken_back_even_if_it_was_withdrawn():
    plan = a_running_plan()
    line = Assignment.objects.get()
    report = a_waiting_report(line)
    work.withdraw(report, by=a_clerk(line.unit), at=AT)

    with pytest.raises(Refused, match="Đã có đơn vị báo cáo"):
        actions.take_back_from_force(plan, by=an_officer(plan), at=AT)

    assert _state(plan) == "in_force"
    assert Assignment.objects.count() == 1


def test_only_the_office_takes_a_plan_back():
    plan = a_running_plan()

    with pytest.raises(Refused, match="Chỉ Thường trực"):
        actions.take_back_from_force(plan, by=a_user_with(Role.DIRECTOR, plan.office), at=AT)


@pytest.mark.parametrize("state", ["draft", "starting", "closed"])
def test_what_is_not_in_force_is_not_taken_back(state):
    plan = a_plan(state=state)

    with pytest.raises(Refused, match="Chỉ đưa về rà soát được"):
        actions.take_back_from_force(plan, by=an_officer(plan), at=AT)

    assert _state(plan) == state


def test_the_figures_of_a_year():
    plan = a_year()
    a_line(an_occurrence(plan))
    undated = an_undated_line(plan)
    officer = an_officer(plan)
    work.set_due(undated.occurrence, due_on=date(2026, 5, 1), reason="Công văn.", by=officer, at=AT)
    assert not queries.figures(plan).has_reports
    an_accepted_report(a_line(an_occurrence(plan), a_unit(plan.office)))

    found = queries.figures(plan)

    assert (found.lines, found.not_done, found.reported) == (3, 2, 0)
    assert (found.dates, found.has_reports) == (1, True)
