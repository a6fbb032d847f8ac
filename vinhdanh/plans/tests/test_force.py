from datetime import date

import pytest

from vinhdanh.common.refusal import Refused
from vinhdanh.journal import queries as journal
from vinhdanh.people.tests.make import a_group, a_unit
from vinhdanh.plans import actions, queries
from vinhdanh.plans.models import Assignment, Finding, Occurrence, Plan, Task, TaskOwner
from vinhdanh.plans.tests.make import AT, ON, a_finding, a_plan, a_running_plan, a_task, an_owner

pytestmark = pytest.mark.django_db


def put(plan: Plan):
    return actions.put_into_force(plan, by=plan.created_by, on=ON, at=AT)


def lines_of(task: Task) -> list[tuple[str, str, str]]:
    rows = Assignment.objects.filter(occurrence__task=task).order_by("unit__name")
    return [(row.unit.name, row.part, row.through) for row in rows]


def test_a_row_becomes_an_occurrence_with_a_line_for_its_unit():
    plan = a_plan()
    office = a_unit(plan.office, name="Văn phòng Sở")
    task = a_task(plan, due_on=date(2026, 3, 15))
    an_owner(task, office)

    made = put(plan)

    plan.refresh_from_db()
    assert (plan.state, plan.in_force_at) == (Plan.State.IN_FORCE, AT)
    occurrence = Occurrence.objects.get()
    assert (occurrence.task, occurrence.due_on) == (task, date(2026, 3, 14))
    assert "không tính chính ngày đó" in occurrence.due_reason
    assert lines_of(task) == [("Văn phòng Sở", "lead", "")]
    assert (made.tasks, made.occurrences, made.units, made.lines) == (1, 1, 1, 1)


def test_each_unit_of_a_group_has_its_own_line_that_names_the_group():
    plan = a_plan()
    own = a_unit(plan.office, name="Phòng A")
    a_unit(plan.office, name="Phòng B", valid_until=date(2025, 12, 31))
    a_unit(plan.office, name="Phòng C")
    group = a_group(plan.office)
    task = a_task(plan)
    an_owner(task, own)
    an_owner(task, group, part=TaskOwner.Part.SUPPORT)

    put(plan)

    assert lines_of(task) == [
        ("Phòng A", "lead", ""),
        ("Phòng C", "support", "Các phòng, đơn vị thuộc Sở"),
    ]


def test_leading_through_a_group_goes_before_supporting_by_name():
    plan = a_plan()
    unit = a_unit(plan.office, name="Phòng A")
    task = a_task(plan)
    an_owner(task, unit, part=TaskOwner.Part.SUPPORT)
    an_owner(task, a_group(plan.office))

    put(plan)

    assert lines_of(task) == [("Phòng A", "lead", "Các phòng, đơn vị thuộc Sở")]


def test_owners_left_out_of_the_system_have_no_line():
    plan = a_plan()
    task = a_task(plan)
    an_owner(task, a_unit(plan.office, name="Văn phòng Sở"))
    an_owner(task, match=TaskOwner.Match.IGNORED, reason="Cá nhân ngoài ngành")

    put(plan)

    assert lines_of(task) == [("Văn phòng Sở", "lead", "")]


def test_a_monthly_row_has_twelve_occurrences_and_a_heading_row_none():
    plan = a_plan()
    heading = a_task(plan, number="22", due_kind="")
    monthly = a_task(plan, number="22.1", parent=heading, due_kind="recurring", every="month")
    an_owner(monthly, a_unit(plan.office))

    made = put(plan)

    assert list(heading.occurrences.all()) == []
    assert [one.label for one in monthly.occurrences.all()][:2] == ["Tháng 1", "Tháng 2"]
    assert (made.tasks, made.occurrences, made.lines) == (1, 12, 12)


def test_rows_struck_out_are_gone_for_good():
    plan = a_plan()
    kept = a_task(plan)
    an_owner(a_task(plan, removed=True, due_kind=""))

    put(plan)

    assert list(plan.tasks.all()) == [kept]


def test_what_others_set_waits_for_its_date():
    plan = a_plan()
    an_owner(a_task(plan, due_kind="external"), a_unit(plan.office))

    put(plan)

    assert Occurrence.objects.get().due_on is None


def test_putting_into_force_is_in_the_journal_with_its_figures():
    plan = a_running_plan()

    line = journal.lines_about(plan).get(deed="plan put into force")

    assert line.actor_id == plan.created_by_id
    assert line.detail == {"tasks": 1, "occurrences": 1, "units": 1, "lines": 1}


def refused(plan: Plan, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        put(plan)
    assert Occurrence.objects.filter(plan=plan).count() == 0


def test_an_empty_plan_is_refused():
    refused(a_plan(), "chưa có nhiệm vụ")


def test_an_open_finding_is_refused():
    plan = a_plan()
    a_finding(plan, a_task(plan))

    refused(plan, "Còn 1 điểm chưa xử lý")


def test_an_accepted_finding_is_no_obstacle():
    plan = a_plan()
    a_finding(plan, a_task(plan), state=Finding.State.ACCEPTED)

    assert queries.obstacles(plan) == []


@pytest.mark.parametrize("match", ["none", "near", "chosen"])
def test_a_name_without_a_unit_is_refused(match: str):
    plan = a_plan()
    an_owner(a_task(plan), match=match)

    refused(plan, "Còn 1 tên đơn vị chưa khớp")


@pytest.mark.parametrize(
    "fields",
    [
        {"due_kind": ""},
        {"due_kind": "before", "due_on": None},
        {"due_kind": "period", "due_on": date(2026, 1, 1), "due_from": None},
        {"due_kind": "recurring", "every": ""},
    ],
)
def test_a_row_whose_time_is_not_clear_is_refused(fields: dict):
    plan = a_plan()
    a_task(plan, **fields)

    refused(plan, "Còn 1 nhiệm vụ chưa rõ thời hạn")


def test_a_second_plan_for_the_same_year_is_refused():
    running = a_running_plan()
    second = a_plan(office=running.office)
    a_task(second)

    refused(second, "Năm 2026 đã có kế hoạch đang thực hiện")


def test_the_second_click_is_refused():
    plan = a_running_plan()

    with pytest.raises(Refused, match="không còn ở bước rà soát"):
        put(plan)

    assert Occurrence.objects.count() == 1


def test_a_large_plan_is_laid_out_in_steps_that_can_be_taken_up_again():
    plan = a_plan()
    unit = a_unit(plan.office)
    for _number in range(45):
        an_owner(a_task(plan), unit)
    actions.start_force(plan, by=plan.created_by, at=AT)
    done_before = plan.tasks.all()[0]
    Occurrence.objects.create(plan=plan, task=done_before, due_on=date(2026, 3, 14))

    assert queries.force_progress(plan) == (1, 45)
    actions.carry_on_force(plan, by=plan.created_by, on=ON, at=AT)
    actions.carry_on_force(plan, by=plan.created_by, on=ON, at=AT)

    plan.refresh_from_db()
    assert plan.state == Plan.State.IN_FORCE
    assert Occurrence.objects.count() == 45
    assert journal.lines_about(plan).filter(deed="plan put into force").count() == 1


def test_the_queries_do_not_grow_with_the_rows(django_assert_num_queries):
    counts = []
    for rows in (1, 3):
        plan = a_plan()
        unit, group = a_unit(plan.office), a_group(plan.office)
        for _number in range(rows):
            task = a_task(plan)
            an_owner(task, unit)
            an_owner(task, group)
        with django_assert_num_queries(35, exact=False) as counted:
            put(plan)
        counts.append(len(counted))

    assert counts[0] == counts[1]
