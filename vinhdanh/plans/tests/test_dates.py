"""Moving a due date, and laying out and moving the steps that lead to one."""

from datetime import UTC, date, datetime

import pytest

from vinhdanh.common.calendar import SpecialDays
from vinhdanh.common.refusal import Refused
from vinhdanh.journal.queries import lines_about
from vinhdanh.people.models import Unit, UnitGroup
from vinhdanh.people.tests.make import a_unit
from vinhdanh.plans.actions import dates as actions
from vinhdanh.plans.actions import life, work
from vinhdanh.plans.actions.dates import GivenStep
from vinhdanh.plans.models import (
    Assignment,
    BackPlan,
    BackStep,
    Extension,
    Occurrence,
    Plan,
    Task,
)
from vinhdanh.plans.queries import as_read, dates
from vinhdanh.plans.tests.make import a_task
from vinhdanh.plans.tests.make_work import (
    a_clerk,
    a_line,
    a_waiting_report,
    a_year,
    an_occurrence,
    an_officer,
    an_undated_line,
)

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
ON = date(2026, 3, 2)
LATER = date(2026, 3, 31)


def _extend(occurrence: Occurrence, **given: object) -> Extension:
    ordinary = {
        "due_on": LATER,
        "reason": "Chờ hướng dẫn.",
        "by": an_officer(occurrence.plan),
        "at": AT,
    }
    return actions.extend(occurrence, **ordinary | given)


def _kept(occurrence: Occurrence) -> list[tuple[date | None, date, str]]:
    return list(occurrence.extensions.values_list("before", "after", "reason"))


def test_an_extension_moves_the_date_and_stays_with_its_reason():
    occurrence = an_occurrence(due_on=date(2026, 3, 14))
    officer = an_officer(occurrence.plan)

    _extend(occurrence, by=officer)

    occurrence.refresh_from_db()
    assert occurrence.due_on == LATER
    assert occurrence.due_reason == "Gia hạn từ 14/03/2026 đến 31/03/2026: Chờ hướng dẫn."
    assert _kept(occurrence) == [(date(2026, 3, 14), LATER, "Chờ hướng dẫn.")]
    told = lines_about(occurrence.task).get()
    assert (told.deed, told.actor_id) == ("due date extended", officer.pk)
    assert told.detail == {
        "before": {"due": "2026-03-14"},
        "after": {"due": "2026-03-31"},
        "reason": "Chờ hướng dẫn.",
    }


def test_a_date_may_move_twice_and_to_an_earlier_day():
    occurrence = an_occurrence(due_on=date(2026, 3, 14))

    _extend(occurrence)
    _extend(occurrence, due_on=date(2026, 3, 10), reason="Hội đồng họp sớm.")

    assert _kept(occurrence) == [
        (LATER, date(2026, 3, 10), "Hội đồng họp sớm."),
        (date(2026, 3, 14), LATER, "Chờ hướng dẫn."),
    ]


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"reason": "  "}, "nêu lý do"),
        ({"due_on": date(2026, 3, 14)}, "trùng với hạn hiện nay"),
        ({"due_on": date(2028, 1, 1)}, "năm 2026 hoặc năm liền kề"),
        ({"due_on": date(2026, 2, 1)}, "trước ngày bắt đầu"),
    ],
)
def test_an_extension_is_refused_without_reason_or_to_a_wrong_day(given, sentence):
    occurrence = an_occurrence(starts_on=date(2026, 3, 1), due_on=date(2026, 3, 14))

    with pytest.raises(Refused, match=sentence):
        _extend(occurrence, **given)

    occurrence.refresh_from_db()
    assert (occurrence.due_on, _kept(occurrence)) == (date(2026, 3, 14), [])


def test_only_who_runs_the_plan_extends_and_only_in_force():
    occurrence = an_occurrence()
    unit = a_unit(occurrence.plan.office)
    officer = an_officer(occurrence.plan)

    with pytest.raises(Refused, match="Thường trực"):
        _extend(occurrence, by=a_clerk(unit))
    Plan.objects.update(state=Plan.State.CLOSED)
    with pytest.raises(Refused, match="đang thực hiện"):
        _extend(occurrence, by=officer)

    assert _kept(occurrence) == []


def test_what_has_no_date_cannot_be_extended():
    occurrence = an_undated_line().occurrence

    with pytest.raises(Refused, match="chưa có ngày đến hạn"):
        _extend(occurrence)


def test_several_are_extended_at_once_and_the_refused_come_back():
    plan = a_year()
    early, same = an_occurrence(plan), an_occurrence(plan, due_on=LATER)

    refused = actions.extend_all(
        [early, same], due_on=LATER, reason="Nghỉ bão.", by=an_officer(plan), at=AT
    )

    assert refused == [(same, "Ngày mới trùng với hạn hiện nay; hãy chọn ngày khác.")]
    assert Extension.objects.get().occurrence == early


def test_correcting_an_entered_date_keeps_what_it_was():
    occurrence = an_undated_line().occurrence
    officer = an_officer(occurrence.plan)
    for day in (date(2026, 5, 5), date(2026, 5, 5), date(2026, 5, 12)):
        work.set_due(occurrence, due_on=day, reason="Công văn số 5.", by=officer, at=AT)

    assert _kept(occurrence) == [(date(2026, 5, 5), date(2026, 5, 12), "Công văn số 5.")]


def _begun(occurrence: Occurrence | None = None) -> BackPlan:
    occurrence = occurrence or an_occurrence(due_on=date(2026, 12, 25))
    return actions.begin_back_plan(occurrence, by=an_officer(occurrence.plan), at=AT)


def _with_steps(occurrence: Occurrence, *steps: GivenStep) -> BackPlan:
    back_plan = _begun(occurrence)
    _keep(back_plan, *steps)
    return back_plan


def _keep(back_plan: BackPlan, *steps: GivenStep, **given: object) -> None:
    ordinary = {
        "seen": [step.pk for step in back_plan.steps.all()],
        "by": an_officer(back_plan.occurrence.plan),
        "at": AT,
    }
    actions.keep_steps(back_plan, steps, **ordinary | given)


def _confirm(back_plan: BackPlan, **given: object) -> int:
    occurrence = Occurrence.objects.get(pk=back_plan.occurrence_id)
    shown = dates.back_plan_of(occurrence, special=SpecialDays(), on=ON)
    assert shown
    ordinary = {
        "days": [each.suggestion.due_on for each in shown.steps],
        "by": an_officer(back_plan.occurrence.plan),
        "at": AT,
    }
    return actions.confirm_back_plan(back_plan, **ordinary | given)


def _two_steps(plan: Plan, number: str = "3") -> tuple[Occurrence, Unit, Unit, BackPlan]:
    """A council's session 5 working days before 06/04/2026, and an appraisal 10 before that."""
    task = a_task(plan, number=number, content="Xét khen thưởng", group="Khen thưởng")
    occurrence = an_occurrence(task=task, due_on=date(2026, 4, 6))
    council, office = a_unit(plan.office, name="Hội đồng"), a_unit(plan.office, name="Văn phòng")
    steps = [GivenStep("Họp Hội đồng", 5, council), GivenStep("Thẩm định", 10, office)]
    return occurrence, council, office, _with_steps(occurrence, *steps)


def _days(back_plan: BackPlan) -> list[date]:
    return [step.result.due_on for step in back_plan.steps.all() if step.result]


def test_a_back_plan_begins_with_the_steps_of_the_house_once():
    back_plan = _begun()

    assert _begun(back_plan.occurrence) == back_plan
    names = list(back_plan.steps.values_list("position", "name", "working_days"))
    assert names == [
        (1, "Hội đồng Thi đua - Khen thưởng họp xét", 5),
        (2, "Thẩm định hồ sơ, chuẩn bị họp Hội đồng", 10),
        (3, "Khối, cụm thi đua bình xét, suy tôn", 5),
        (4, "Đơn vị bình xét, gửi hồ sơ", 10),
    ]
    assert [line.deed for line in lines_about(back_plan.occurrence.task)] == ["back-plan begun"]


def test_a_back_plan_needs_a_day_and_stands_on_no_step_of_another():
    occurrence, _council, _office, back_plan = _two_steps(a_year())
    _confirm(back_plan)
    step = back_plan.steps.get(position=1).result

    with pytest.raises(Refused, match="chưa có ngày đến hạn để tính lùi"):
        _begun(an_undated_line().occurrence)
    with pytest.raises(Refused, match="đã là một bước"):
        _begun(step)
    with pytest.raises(Refused, match="Thường trực"):
        actions.begin_back_plan(occurrence, by=a_clerk(a_unit(occurrence.plan.office)), at=AT)


def test_confirmed_steps_are_work_like_any_other():
    plan = a_year()
    occurrence, council, office, back_plan = _two_steps(plan)
    after = a_task(plan, position=occurrence.task.position + 1, number="4")

    assert _confirm(back_plan) == 2

    below = list(occurrence.task.parts.order_by("position"))
    assert [(str(task), task.part, task.due_on, task.group) for task in below] == [
        ("3.1. Thẩm định", Task.Part.BACK, date(2026, 3, 16), "Khen thưởng"),
        ("3.2. Họp Hội đồng", Task.Part.BACK, date(2026, 3, 30), "Khen thưởng"),
    ]
    after.refresh_from_db()
    assert [each.position for each in below] == [after.position - 2, after.position - 1]
    lines = Assignment.objects.filter(occurrence__task__in=below).order_by("occurrence__due_on")
    assert [(line.unit, line.part, line.state, line.occurrence.due_reason) for line in lines] == [
        (
            office,
            "lead",
            "open",
            "10 ngày làm việc trước bước “Họp Hội đồng” (thứ Hai, 30/03/2026).",
        ),
        (council, "lead", "open", "5 ngày làm việc trước ngày đích (thứ Hai, 06/04/2026)."),
    ]
    assert set(plan.units.all()) == {council, office}
    assert [task.owners.get().name for task in below] == ["Văn phòng", "Hội đồng"]
    back_plan.refresh_from_db()
    assert back_plan.wanted_on == date(2026, 4, 6)


def test_confirming_again_lays_nothing_out_twice():
    occurrence, *_, back_plan = _two_steps(a_year())
    _confirm(back_plan)

    assert _confirm(back_plan) == 0

    assert occurrence.task.parts.count() == 2


def test_a_step_of_a_group_is_a_line_of_each_of_its_units():
    plan = a_year()
    units = [a_unit(plan.office, name=name) for name in ("Bảo tàng", "Thư viện")]
    group = UnitGroup.objects.create(office=plan.office, name="Các đơn vị")
    group.members.set(units)
    occurrence = an_occurrence(plan, due_on=date(2026, 4, 6))

    _confirm(_with_steps(occurrence, GivenStep("Gửi hồ sơ", 5, group)))

    lines = Assignment.objects.filter(occurrence__task__part=Task.Part.BACK)
    assert [(line.unit, line.through) for line in lines] == [(u, "Các đơn vị") for u in units]


def test_the_words_of_the_plan_hold_no_step_of_a_back_plan():
    occurrence, *_, back_plan = _two_steps(a_year())
    _confirm(back_plan)

    read = as_read(occurrence.plan)

    assert [(task.number, task.is_heading) for task in read.tasks] == [("3", False)]


def test_steps_are_refused_without_any_too_many_nameless_or_changed_meanwhile():
    back_plan = _begun()
    step = GivenStep("Thẩm định", 5, None)

    with pytest.raises(Refused, match="ít nhất một bước"):
        _keep(back_plan)
    with pytest.raises(Refused, match="tối đa 12 bước"):
        _keep(back_plan, *[step] * 13)
    with pytest.raises(Refused, match="phải có tên"):
        _keep(back_plan, GivenStep(" ", 5, None))
    with pytest.raises(Refused, match="vừa sửa lịch lùi"):
        _keep(back_plan, step, seen=[])
    with pytest.raises(Refused, match="Thường trực"):
        _keep(back_plan, step, by=a_clerk(a_unit(back_plan.occurrence.plan.office)))

    assert back_plan.steps.count() == 4


def test_days_are_confirmed_as_they_were_seen_and_only_with_a_unit_for_each():
    back_plan = _begun()

    with pytest.raises(Refused, match="Hãy chọn đơn vị thực hiện cho bước “Hội đồng Thi đua"):
        _confirm(back_plan)
    with pytest.raises(Refused, match="vừa thay đổi"):
        _confirm(back_plan, days=[date(2026, 1, 1)])

    assert not Task.objects.filter(part=Task.Part.BACK).exists()


def test_moving_the_day_proposes_and_confirming_moves_what_is_not_done():
    occurrence, _council, office, back_plan = _two_steps(a_year())
    _confirm(back_plan)
    appraisal = back_plan.steps.get(position=2).result
    a_waiting_report(appraisal.assignments.get(unit=office))

    _extend(occurrence, due_on=date(2026, 4, 13), reason="Cấp trên lùi ngày.")
    shown = dates.back_plan_of(occurrence, special=SpecialDays(), on=ON)

    assert shown
    assert [(each.suggestion.due_on, each.differs, each.is_done) for each in shown.steps] == [
        (date(2026, 4, 6), True, False),
        (date(2026, 3, 23), False, True),
    ]
    assert _days(back_plan) == [date(2026, 3, 30), date(2026, 3, 16)]

    assert _confirm(back_plan) == 1

    assert _days(back_plan) == [date(2026, 4, 6), date(2026, 3, 16)]
    session = back_plan.steps.get(position=1).result
    why = "Dời theo lịch lùi: 5 ngày làm việc trước ngày đích (thứ Hai, 13/04/2026)."
    assert _kept(session) == [(date(2026, 3, 30), date(2026, 4, 6), why)]
    assert (session.due_reason, session.task.due_on) == (why, date(2026, 4, 6))
    assert _kept(appraisal) == []


def test_fewer_working_days_are_proposed_and_confirmed():
    occurrence, *_, back_plan = _two_steps(a_year())
    officer = an_officer(occurrence.plan)
    with pytest.raises(Refused, match="vừa thay đổi"):
        actions.keep_working_days(back_plan, [3, 10], by=officer, at=AT)
    _confirm(back_plan)

    actions.keep_working_days(back_plan, [3, 10], by=officer, at=AT)
    with pytest.raises(Refused, match="vừa thay đổi"):
        actions.keep_working_days(back_plan, [3], by=officer, at=AT)
    with pytest.raises(Refused, match="chỉ còn sửa được số ngày"):
        _keep(back_plan, GivenStep("Khác", 1, None))
    assert _confirm(back_plan) == 2

    assert _days(back_plan) == [date(2026, 4, 1), date(2026, 3, 18)]


def test_taking_a_back_plan_away_leaves_nothing_of_it():
    plan = a_year()
    occurrence, _council, office, back_plan = _two_steps(plan)
    a_line(occurrence, office)
    _confirm(back_plan)
    _extend(occurrence, due_on=date(2026, 4, 13))
    _confirm(back_plan)

    actions.take_back_plan_away(back_plan, by=an_officer(plan), at=AT)

    assert not BackStep.objects.exists()
    assert list(plan.tasks.all()) == [occurrence.task]
    assert list(plan.occurrences.all()) == [occurrence]
    assert list(plan.units.all()) == [office]
    assert Extension.objects.get().occurrence == occurrence


def test_a_back_plan_stays_once_somebody_reported():
    occurrence, _council, office, back_plan = _two_steps(a_year())
    _confirm(back_plan)
    line = back_plan.steps.get(position=2).result.assignments.get(unit=office)
    work.withdraw(a_waiting_report(line), by=a_clerk(office), at=AT)

    with pytest.raises(Refused, match="Đã có đơn vị báo cáo"):
        actions.take_back_plan_away(back_plan, by=an_officer(occurrence.plan), at=AT)

    assert occurrence.task.parts.count() == 2


def test_a_plan_with_moved_dates_and_a_back_plan_is_a_draft_again():
    occurrence, *_, back_plan = _two_steps(a_year())
    plan = occurrence.plan
    _extend(occurrence, due_on=date(2026, 4, 13))
    _confirm(back_plan)

    life.take_back_from_force(plan, by=an_officer(plan), at=AT)

    assert list(plan.tasks.all()) == [occurrence.task]
    assert not Extension.objects.exists()
    assert not BackPlan.objects.exists()


def test_two_back_plans_of_a_recurring_task_count_on():
    plan = a_year()
    task = a_task(plan, number="7", due_kind=Task.Due.RECURRING, every="quarter")
    unit = a_unit(plan.office)
    for label, day in (("Quý I", date(2026, 3, 31)), ("Quý II", date(2026, 6, 30))):
        occurrence = an_occurrence(task=task, label=label, due_on=day)
        _confirm(_with_steps(occurrence, GivenStep("Họp", 5, unit)))

    assert [part.number for part in task.parts.all()] == ["7.1", "7.2"]
