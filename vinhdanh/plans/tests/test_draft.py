from datetime import date

import pytest

from vinhdanh.accounts.tests.make import a_user
from vinhdanh.common.refusal import Refused
from vinhdanh.documents.models import File
from vinhdanh.journal import queries as journal
from vinhdanh.people.tests.make import a_unit
from vinhdanh.plans import actions, queries
from vinhdanh.plans.actions import Facts, Row
from vinhdanh.plans.models import Plan, Task, TaskOwner
from vinhdanh.plans.tests.make import AT, PLAN_TEXT, a_plan, a_running_plan, a_task, an_owner

pytestmark = pytest.mark.django_db


def owners(task: Task) -> list[tuple[str, str, str]]:
    return [
        (owner.part, owner.name, owner.match) for owner in task.owners.order_by("part", "position")
    ]


def a_row(**fields) -> Row:
    return Row(
        **{"content": "Tổng kết năm 2026", "due_kind": "by", "due_on": date(2026, 12, 20)} | fields
    )


def test_editing_the_facts_keeps_before_and_after():
    plan = a_plan(number="", title="KẾ HOẠCH năm 2026")

    actions.edit_facts(
        plan,
        Facts(title="KẾ HOẠCH năm 2026", year=2026, issuer="Sở Thí điểm", number="12/KH-STĐ"),
        by=plan.created_by,
        at=AT,
        seen=None,
    )

    plan.refresh_from_db()
    assert (plan.number, plan.facts_edited_at) == ("12/KH-STĐ", AT)
    line = journal.lines_about(plan).get(deed="plan facts edited")
    assert line.detail == {"number": ["", "12/KH-STĐ"]}


def test_saving_what_is_already_there_changes_nothing():
    plan = a_plan()
    facts = Facts(title=plan.title, year=plan.year, issuer=plan.issuer)

    actions.edit_facts(plan, facts, by=plan.created_by, at=AT, seen=None)

    assert not journal.lines_about(plan).exists()


def test_editing_a_row_changes_its_words_time_and_owners():
    plan = a_plan()
    a_unit(plan.office, name="Văn phòng Sở")
    task = a_task(plan)
    an_owner(task)

    row = a_row(number="7", lead=["Văn phòng Sở"], support=["Phòng Lạ"])
    actions.edit_row(task, row, by=plan.created_by, at=AT, seen=None)

    task.refresh_from_db()
    assert (task.number, task.content, task.due_kind) == ("7", "Tổng kết năm 2026", "by")
    assert (task.due_on, task.edited_at) == (date(2026, 12, 20), AT)
    assert owners(task) == [
        ("lead", "Văn phòng Sở", "exact"),
        ("support", "Phòng Lạ", "none"),
    ]
    assert task.folded == "tong ket nam 2026 van phong so phong la"
    detail = journal.lines_about(task).get(deed="plan row edited").detail
    assert detail["lead"] == ["Phòng Không Có", "Văn phòng Sở"]


def test_a_name_chosen_elsewhere_in_the_plan_keeps_its_meaning():
    plan = a_plan()
    unit = a_unit(plan.office)
    first, second = a_task(plan), a_task(plan)
    an_owner(first, name="Phòng Lạ")
    actions.match_name(plan, "Phòng Lạ", unit=unit, by=plan.created_by, at=AT)

    actions.edit_row(second, a_row(lead=["Phòng Lạ"]), by=plan.created_by, at=AT, seen=None)

    owner = second.owners.get()
    assert (owner.match, owner.unit) == (TaskOwner.Match.CHOSEN, unit)


def test_a_row_that_somebody_else_edited_meanwhile_is_refused():
    plan = a_plan()
    task = a_task(plan)
    actions.edit_row(task, a_row(), by=plan.created_by, at=AT, seen=None)

    with pytest.raises(Refused, match="vừa được người khác sửa"):
        actions.edit_row(task, a_row(content="Khác"), by=plan.created_by, at=AT, seen=None)

    task.refresh_from_db()
    assert task.content == "Tổng kết năm 2026"


def test_a_row_is_added_after_another_and_parts_after_the_last_part():
    plan = a_plan()
    first, last = a_task(plan, position=0, number="1"), a_task(plan, position=1, number="2")

    between = actions.add_row(plan, a_row(), after=first, by=plan.created_by, at=AT)
    part = actions.add_row(plan, a_row(), parent=first, by=plan.created_by, at=AT)
    at_end = actions.add_row(plan, a_row(), by=plan.created_by, at=AT)

    assert list(plan.tasks.all()) == [first, part, between, last, at_end]
    assert part.parent == first
    assert between.part == Task.Part.ADDED


def test_a_part_of_a_part_is_refused():
    plan = a_plan()
    part = a_task(plan, parent=a_task(plan))

    with pytest.raises(Refused, match="một cấp"):
        actions.add_row(plan, a_row(), parent=part, by=plan.created_by, at=AT)


def test_striking_out_a_row_takes_its_parts_and_taking_back_brings_them():
    plan = a_plan()
    heading = a_task(plan)
    a_task(plan, parent=heading)
    kept = a_task(plan)

    actions.strike_out(heading, by=plan.created_by, at=AT)
    assert [task.pk for task in queries.kept_rows(plan)] == [kept.pk]

    actions.take_back(heading, by=plan.created_by, at=AT)
    assert len(queries.kept_rows(plan)) == 3


def test_striking_out_and_adding_make_no_findings_about_numbers():
    reading = actions.hand_in(PLAN_TEXT, office=a_unit(), by=a_user(), at=AT)
    plan, by = reading.plan, reading.started_by
    first, second, _third = plan.tasks.all()

    actions.strike_out(second, by=by, at=AT)
    actions.add_row(plan, a_row(number="1a", lead=["Văn phòng Sở"]), after=first, by=by, at=AT)

    assert not plan.findings.filter(kind="numbering").exists()


def test_striking_out_twice_is_refused():
    task = a_task(a_plan())
    actions.strike_out(task, by=task.plan.created_by, at=AT)

    with pytest.raises(Refused, match="đã được bỏ"):
        actions.strike_out(task, by=task.plan.created_by, at=AT)


def test_throwing_away_a_draft_leaves_its_line_in_the_journal():
    plan = a_plan()
    an_owner(a_task(plan))
    pk, by = plan.pk, plan.created_by

    actions.throw_away(plan, by=by)

    assert not Plan.objects.filter(pk=pk).exists()
    assert not File.objects.exists()
    assert journal.lines_about(Plan(pk=pk)).get().deed == "plan thrown away"


@pytest.mark.parametrize(
    "change",
    [
        lambda plan: actions.edit_facts(
            plan, Facts(title="Khác", year=2026), by=plan.created_by, at=AT, seen=None
        ),
        lambda plan: actions.edit_row(
            plan.tasks.get(), a_row(), by=plan.created_by, at=AT, seen=None
        ),
        lambda plan: actions.add_row(plan, a_row(), by=plan.created_by, at=AT),
        lambda plan: actions.strike_out(plan.tasks.get(), by=plan.created_by, at=AT),
        lambda plan: actions.throw_away(plan, by=plan.created_by),
        lambda plan: actions.check_again(plan, by=plan.created_by, at=AT),
        lambda plan: actions.match_name(plan, "X", reason="Y", by=plan.created_by, at=AT),
    ],
)
def test_a_plan_in_force_is_not_edited(change):
    plan = a_running_plan()

    with pytest.raises(Refused, match="không còn ở bước rà soát"):
        change(plan)

    assert plan.tasks.count() == 1
