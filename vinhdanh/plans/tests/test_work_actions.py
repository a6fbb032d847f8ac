from datetime import date, timedelta

import pytest

from vinhdanh.accounts.tests.make import a_user
from vinhdanh.common.refusal import Refused
from vinhdanh.journal.queries import lines_about
from vinhdanh.people import access as people
from vinhdanh.people.models import Unit
from vinhdanh.people.tests.make import a_holding, a_unit, a_user_with
from vinhdanh.plans import access
from vinhdanh.plans.actions import work
from vinhdanh.plans.models import Assignment, Plan, Report
from vinhdanh.plans.queries import work_task
from vinhdanh.plans.tests.make_work import (
    AT,
    ON,
    Role,
    a_clerk,
    a_line,
    a_waiting_report,
    a_year,
    an_accepted_report,
    an_occurrence,
    an_officer,
    an_undated_line,
    evidence,
)

pytestmark = pytest.mark.django_db


def _state(line: Assignment) -> str:
    return Assignment.objects.get(pk=line.pk).state


def test_a_clerk_reports_with_files_and_the_journal_tells():
    line = a_line()

    report = work.report_done(
        line, note=" Đã xong. ", files=[evidence()], by=a_clerk(line.unit), at=AT
    )

    line.refresh_from_db()
    assert (line.state, line.reported_on, line.accepted_on) == ("reported", ON, None)
    assert (report.note, report.answer, report.on_behalf) == ("Đã xong.", "", False)
    assert [file.name for file in report.files.all()] == ["bao-cao.txt"]
    told = lines_about(line.occurrence.task).get()
    assert (told.deed, told.detail) == ("work reported", {"unit": line.unit.name, "file_count": 1})


@pytest.mark.parametrize("role", [Role.HEAD, Role.CLERK])
def test_whoever_acts_for_the_unit_above_reports_too(role):
    line = a_line()

    work.report_done(
        line, note="Xong.", files=[], by=a_user_with(role, line.occurrence.plan.office), at=AT
    )

    assert _state(line) == "reported"


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.AUDITOR, Role.OFFICE, Role.COUNCIL_MEMBER])
def test_only_clerks_and_heads_report(role):
    line = a_line()

    with pytest.raises(Refused, match="thủ trưởng"):
        work.report_done(line, note="Xong.", files=[], by=a_user_with(role, line.unit), at=AT)

    assert _state(line) == "open"


def test_a_clerk_of_another_unit_does_not_report():
    line = a_line()
    elsewhere = a_unit(line.occurrence.plan.office)

    with pytest.raises(Refused, match="thủ trưởng"):
        work.report_done(line, note="Xong.", files=[], by=a_clerk(elsewhere), at=AT)


def test_a_report_without_a_note_is_refused():
    line = a_line()

    with pytest.raises(Refused, match="kết quả"):
        work.report_done(line, note="  ", files=[], by=a_clerk(line.unit), at=AT)

    assert _state(line) == "open"


def test_a_file_that_cannot_be_taken_refuses_the_whole_report():
    line = a_line()

    with pytest.raises(Refused):
        work.report_done(
            line,
            note="Xong.",
            files=[evidence(), evidence("rong.txt", "")],
            by=a_clerk(line.unit),
            at=AT,
        )

    assert _state(line) == "open"
    assert not Report.objects.exists()


def test_reporting_twice_is_refused():
    report = a_waiting_report()

    with pytest.raises(Refused, match="đang chờ xác nhận"):
        a_waiting_report(report.assignment)


def test_nothing_is_reported_in_a_closed_plan():
    line = a_line(an_occurrence(a_year(state=Plan.State.CLOSED)))

    with pytest.raises(Refused, match="đang thực hiện"):
        a_waiting_report(line)


def test_a_waiting_report_is_withdrawn_and_kept():
    report = a_waiting_report()
    line = report.assignment

    work.withdraw(report, by=a_clerk(line.unit), at=AT)

    line.refresh_from_db()
    assert (line.state, line.reported_on) == ("open", None)
    assert report.answer == "withdrawn"


def test_an_answered_report_is_not_withdrawn():
    report = an_accepted_report()

    with pytest.raises(Refused, match="không rút lại được"):
        work.withdraw(report, by=a_clerk(report.assignment.unit), at=AT)


def test_a_stranger_does_not_withdraw():
    report = a_waiting_report()

    with pytest.raises(Refused, match="thủ trưởng"):
        work.withdraw(report, by=an_officer(report.assignment.occurrence.plan), at=AT)


def test_the_office_accepts():
    report = a_waiting_report()
    officer = an_officer(report.assignment.occurrence.plan)

    work.accept(report, by=officer, at=AT)

    line = Assignment.objects.get(pk=report.assignment_id)
    assert (line.state, line.reported_on, line.accepted_on) == ("accepted", ON, ON)
    assert (report.answer, report.answered_by, report.answered_at) == ("accepted", officer, AT)


@pytest.mark.parametrize(
    "step",
    [
        lambda report, by: work.accept(report, by=by, at=AT),
        lambda report, by: work.send_back(report, reason="Thiếu.", by=by, at=AT),
        lambda report, by: work.reopen(report, reason="Nhầm.", by=by, at=AT),
    ],
)
@pytest.mark.parametrize("role", [Role.CLERK, Role.HEAD, Role.DIRECTOR, Role.AUDITOR])
def test_only_the_office_answers(step, role):
    report = a_waiting_report()
    somebody = a_user_with(role, report.assignment.occurrence.plan.office)

    with pytest.raises(Refused, match="Thường trực"):
        step(report, somebody)

    assert _state(report.assignment) == "reported"


def test_the_office_sends_back_with_a_reason_and_the_unit_reports_again():
    report = a_waiting_report()
    line = report.assignment

    work.send_back(report, reason="Thiếu biên bản.", by=an_officer(line.occurrence.plan), at=AT)
    assert _state(line) == "returned"
    again = a_waiting_report(line)

    assert _state(line) == "reported"
    assert (report.answer, report.reason) == ("returned", "Thiếu biên bản.")
    assert again.answer == ""


def test_sending_back_needs_a_reason():
    report = a_waiting_report()

    with pytest.raises(Refused, match="lý do"):
        work.send_back(report, reason=" ", by=an_officer(report.assignment.occurrence.plan), at=AT)


def test_a_report_overtaken_by_another_is_not_answered():
    first = a_waiting_report()
    line = first.assignment
    work.withdraw(first, by=a_clerk(line.unit), at=AT)
    a_waiting_report(line)

    with pytest.raises(Refused, match="báo cáo khác"):
        work.accept(first, by=an_officer(line.occurrence.plan), at=AT)

    assert _state(line) == "reported"


def test_bulk_acceptance_says_which_were_refused():
    plan = a_year()
    officer = an_officer(plan)
    waiting, done = (a_waiting_report(a_line(an_occurrence(plan))) for _ in range(2))
    work.accept(done, by=officer, at=AT)

    refused = work.accept_all([waiting, done], by=officer, at=AT)

    assert refused == [(done, "Báo cáo này đã được xác nhận.")]
    assert _state(waiting.assignment) == "accepted"


def test_an_acceptance_is_taken_back_with_a_reason():
    report = an_accepted_report()
    line = report.assignment

    work.reopen(report, reason="Xác nhận nhầm.", by=an_officer(line.occurrence.plan), at=AT)

    line.refresh_from_db()
    assert (line.state, line.accepted_on) == ("returned", None)
    assert (report.answer, report.reason) == ("returned", "Xác nhận nhầm.")


def test_what_is_not_done_is_not_reopened():
    report = a_waiting_report()

    with pytest.raises(Refused, match="không có gì để mở lại"):
        work.reopen(report, reason="Nhầm.", by=an_officer(report.assignment.occurrence.plan), at=AT)


def test_the_office_records_for_a_unit_without_an_account():
    line = a_line()

    report = work.record_done(
        line, note="Theo công văn.", files=[], by=an_officer(line.occurrence.plan), at=AT
    )

    assert _state(line) == "accepted"
    assert (report.answer, report.on_behalf) == ("accepted", True)


def test_the_office_does_not_record_for_a_unit_that_can_report():
    line = a_line()
    a_clerk(line.unit)

    with pytest.raises(Refused, match="tự báo cáo"):
        work.record_done(line, note="Xong.", files=[], by=an_officer(line.occurrence.plan), at=AT)


@pytest.mark.parametrize("role", people.ACTS_FOR)
@pytest.mark.parametrize("kind", [Unit.Kind.OFFICE, Unit.Kind.BLOC, Unit.Kind.COUNCIL])
def test_a_unit_reports_itself_where_somebody_there_acts_for_it(kind: str, role: str):
    line = a_line(unit=a_unit(a_year().office, kind=kind))
    holder = a_user_with(role, line.unit)
    officer = an_officer(line.occurrence.plan)
    acts = people.acted_for(holder, on=ON).filter(pk=line.unit_id).exists()

    [shown] = work_task.lines(line.occurrence, officer, on=ON)

    assert access.can_report_itself(line.unit, on=ON) == acts
    assert shown.may_record != acts


def test_a_closed_account_or_a_role_that_is_over_leaves_a_unit_without_reporter():
    line = a_line()
    a_user_with(Role.CLERK, line.unit, is_active=False)
    a_holding(a_user(), Role.HEAD, line.unit, until_on=ON - timedelta(days=1))

    assert not access.can_report_itself(line.unit, on=ON)


def test_a_clerk_does_not_record_for_others():
    line = a_line()

    with pytest.raises(Refused, match="Thường trực"):
        work.record_done(
            line, note="Xong.", files=[], by=a_clerk(a_unit(line.occurrence.plan.office)), at=AT
        )


def test_a_date_set_elsewhere_is_entered_and_corrected():
    occurrence = an_undated_line().occurrence
    officer = an_officer(occurrence.plan)

    for due_on in (date(2026, 12, 20), date(2027, 1, 10)):
        work.set_due(occurrence, due_on=due_on, reason="Công văn số 12/TĐKT.", by=officer, at=AT)

    occurrence.refresh_from_db()
    assert (occurrence.due_on, occurrence.due_reason) == (
        date(2027, 1, 10),
        "Công văn số 12/TĐKT.",
    )
    before = [line.detail["before"]["due"] for line in lines_about(occurrence.task)]
    assert before == ["2026-12-20", None]


@pytest.mark.parametrize(
    ("due_on", "reason", "sentence"),
    [
        (date(2026, 12, 20), " ", "căn cứ"),
        (date(2028, 1, 1), "Công văn.", "năm liền kề"),
    ],
)
def test_a_date_without_a_reason_or_far_away_is_refused(due_on, reason, sentence):
    occurrence = an_undated_line().occurrence

    with pytest.raises(Refused, match=sentence):
        work.set_due(
            occurrence, due_on=due_on, reason=reason, by=an_officer(occurrence.plan), at=AT
        )


def test_a_date_of_the_plan_is_not_moved():
    occurrence = an_occurrence()

    with pytest.raises(Refused, match="do kế hoạch ấn định"):
        work.set_due(
            occurrence,
            due_on=date(2026, 4, 1),
            reason="Xin lùi.",
            by=an_officer(occurrence.plan),
            at=AT,
        )


def test_a_unit_does_not_enter_dates():
    line = an_undated_line()

    with pytest.raises(Refused, match="Thường trực"):
        work.set_due(
            line.occurrence,
            due_on=date(2026, 4, 1),
            reason="Xin lùi.",
            by=a_clerk(line.unit),
            at=AT,
        )
