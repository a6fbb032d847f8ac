from datetime import date

import pytest

from vinhdanh.accounts.tests.make import a_user
from vinhdanh.common.refusal import Refused
from vinhdanh.journal import queries as journal
from vinhdanh.people.tests.make import a_group, a_unit
from vinhdanh.plans import actions, queries
from vinhdanh.plans.actions import Facts
from vinhdanh.plans.models import Finding, TaskOwner
from vinhdanh.plans.tests.make import AT, ON, a_finding, a_plan, a_task, an_owner

pytestmark = pytest.mark.django_db
Match = TaskOwner.Match


def test_accepting_a_finding_keeps_who_when_and_why():
    plan, by = a_plan(), a_user()
    finding = a_finding(plan, a_task(plan))

    actions.accept_finding(finding, reason="Đã thống nhất với Thành phố", by=by, at=AT)

    finding.refresh_from_db()
    assert (finding.state, finding.reason) == ("accepted", "Đã thống nhất với Thành phố")
    assert (finding.settled_by, finding.settled_at) == (by, AT)
    assert journal.lines_about(plan).get().deed == "plan finding accepted"


def test_accepting_without_a_reason_is_refused():
    finding = a_finding(a_plan())

    with pytest.raises(Refused, match="lý do"):
        actions.accept_finding(finding, reason="  ", by=a_user(), at=AT)


def test_settling_twice_is_refused():
    finding = a_finding(a_plan())
    actions.accept_finding(finding, reason="Được", by=a_user(), at=AT)

    with pytest.raises(Refused, match="đã được xử lý"):
        actions.accept_finding(finding, reason="Được", by=a_user(), at=AT)


def test_corrected_is_refused_while_nothing_was_edited():
    plan = a_plan()
    finding = a_finding(plan, a_task(plan))

    with pytest.raises(Refused, match="Chưa có dòng nào được sửa"):
        actions.correct_finding(finding, by=a_user(), at=AT)


def test_a_finding_about_an_edited_row_can_be_called_corrected():
    plan = a_plan()
    finding = a_finding(plan, a_task(plan, edited_at=AT))

    actions.correct_finding(finding, by=a_user(), at=AT)

    finding.refresh_from_db()
    assert finding.state == Finding.State.CORRECTED


def test_a_finding_about_the_whole_plan_can_be_corrected_once_its_facts_are_edited():
    plan = a_plan()
    finding = a_finding(plan)
    facts = Facts(title="Khác", year=2026)
    assert not queries.may_be_corrected(finding)

    actions.edit_facts(plan, facts, by=plan.created_by, at=AT, seen=None)

    finding.plan.refresh_from_db()
    assert queries.may_be_corrected(finding)


def test_how_a_finding_was_settled_can_be_taken_back():
    finding = a_finding(a_plan())
    actions.accept_finding(finding, reason="Được", by=a_user(), at=AT)

    actions.reopen_finding(finding, by=a_user(), at=AT)

    finding.refresh_from_db()
    assert (finding.state, finding.reason, finding.settled_by) == ("open", "", None)


def test_reopening_an_open_finding_is_refused():
    with pytest.raises(Refused, match="chưa được xử lý"):
        actions.reopen_finding(a_finding(a_plan()), by=a_user(), at=AT)


def test_checking_again_corrects_what_is_gone_and_keeps_what_was_accepted():
    plan = a_plan()
    gone, accepted = a_finding(plan), a_finding(plan, values={"day": "a", "name": "b"})
    actions.accept_finding(accepted, reason="Được", by=plan.created_by, at=AT)

    counted = actions.check_again(plan, by=plan.created_by, at=AT)

    gone.refresh_from_db()
    accepted.refresh_from_db()
    assert counted["corrected"] == 1
    assert (gone.state, gone.settled_by) == ("corrected", None)
    assert (accepted.state, accepted.reason) == ("accepted", "Được")


def test_a_date_moved_off_a_holiday_settles_its_finding_and_back_again_reopens_it():
    plan = a_plan()
    task = a_task(
        plan,
        due_kind="by",
        due_text="Chậm nhất 02/9/2026",
        due_on=date(2026, 9, 2),
        day_printed=True,
    )
    an_owner(task, a_unit(plan.office))
    actions.check_again(plan, by=plan.created_by, at=AT)
    finding = plan.findings.get(kind="day-off")

    task.due_on, task.due_text = date(2026, 9, 4), "Chậm nhất 04/9/2026"
    task.save()
    actions.check_again(plan, by=plan.created_by, at=AT)
    finding.refresh_from_db()
    assert finding.state == Finding.State.CORRECTED

    task.due_on, task.due_text = date(2026, 9, 2), "Chậm nhất 02/9/2026"
    task.save()
    actions.check_again(plan, by=plan.created_by, at=AT)
    finding.refresh_from_db()
    assert finding.state == Finding.State.OPEN
    assert plan.findings.filter(kind="day-off").count() == 1


def test_one_choice_settles_a_name_in_every_row():
    plan = a_plan()
    unit = a_unit(plan.office)
    first = an_owner(a_task(plan), name="Phòng Lạ")
    second = an_owner(a_task(plan), name="Phòng Lạ")
    other = an_owner(a_task(plan), name="Phòng Khác")

    places = actions.match_name(plan, "Phòng Lạ", unit=unit, by=plan.created_by, at=AT)

    for owner in (first, second, other):
        owner.refresh_from_db()
    assert places == 2
    assert (first.match, first.unit) == (second.match, second.unit) == (Match.CHOSEN, unit)
    assert other.match == Match.NONE


def test_a_name_can_mean_a_group_in_one_row_only():
    plan = a_plan()
    group = a_group(plan.office)
    task = a_task(plan)
    owner, elsewhere = an_owner(task, name="Các phòng"), an_owner(a_task(plan), name="Các phòng")

    actions.match_name(plan, "Các phòng", group=group, row=task, by=plan.created_by, at=AT)

    owner.refresh_from_db()
    elsewhere.refresh_from_db()
    assert (owner.match, owner.unit_group) == (Match.CHOSEN, group)
    assert elsewhere.match == Match.NONE


def test_leaving_a_name_out_asks_for_a_reason():
    plan = a_plan()
    owner = an_owner(a_task(plan), name="Cá nhân")

    with pytest.raises(Refused, match="lý do không giao"):
        actions.match_name(plan, "Cá nhân", by=plan.created_by, at=AT)
    actions.match_name(plan, "Cá nhân", reason="Không phải đơn vị", by=plan.created_by, at=AT)

    owner.refresh_from_db()
    assert (owner.match, owner.reason) == (Match.IGNORED, "Không phải đơn vị")


def test_a_name_that_the_plan_does_not_print_is_refused():
    plan = a_plan()

    with pytest.raises(Refused, match="không còn ghi tên này"):
        actions.match_name(plan, "Phòng Lạ", reason="x", by=plan.created_by, at=AT)


def test_a_choice_taken_back_is_looked_up_again():
    plan = a_plan()
    unit = a_unit(plan.office, name="Phòng Di sản")
    owner = an_owner(a_task(plan), name="Phòng Di sản")
    actions.match_name(plan, "Phòng Di sản", reason="x", by=plan.created_by, at=AT)

    actions.match_name_again(plan, "Phòng Di sản", by=plan.created_by, on=ON, at=AT)

    owner.refresh_from_db()
    assert (owner.match, owner.unit, owner.reason) == (Match.EXACT, unit, "")


def test_near_names_come_first_with_their_candidates():
    plan = a_plan()
    unit = a_unit(plan.office, name="Trung tâm Văn hóa Thành phố")
    task = a_task(plan)
    an_owner(task, unit)
    an_owner(task, name="Trung tâm Văn hoá Thành phố Hà", match=Match.NEAR)

    first, second = queries.printed_names(plan, on=ON)

    assert (first.name, first.is_settled) == ("Trung tâm Văn hoá Thành phố Hà", False)
    assert [candidate.unit for candidate in first.candidates] == [unit]
    assert (second.name, second.is_settled) == ("Trung tâm Văn hóa Thành phố", True)


def test_all_findings_of_a_kind_are_accepted_for_one_reason():
    plan = a_plan()
    first, second = a_finding(plan), a_finding(plan)
    other = a_finding(plan, kind=Finding.Kind.NAME)

    count = actions.accept_findings(
        plan, "day-off", reason="Vẫn giữ ngày", by=plan.created_by, at=AT
    )

    for finding in (first, second, other):
        finding.refresh_from_db()
    assert count == 2
    assert (first.reason, second.reason, other.state) == ("Vẫn giữ ngày", "Vẫn giữ ngày", "open")


def test_a_kind_without_open_findings_is_refused():
    plan = a_plan()

    with pytest.raises(Refused, match="đã được xử lý"):
        actions.accept_findings(plan, "day-off", reason="Giữ", by=plan.created_by, at=AT)
