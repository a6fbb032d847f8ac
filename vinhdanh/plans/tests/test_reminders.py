"""Who is reminded of what on which day."""

from datetime import date, timedelta

import pytest

from vinhdanh.people.tests.make import a_unit, a_user_with
from vinhdanh.plans.models import Assignment, Occurrence, Plan, ReminderPolicy, Task
from vinhdanh.plans.queries import reminders
from vinhdanh.plans.rules.reminders import DEFAULTS, Days, Duty, Moment, Step, Whom, steps_to_json
from vinhdanh.plans.tests.make import AT, a_task
from vinhdanh.plans.tests.make_work import (
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

CLERK, HEAD, OFFICE = (frozenset({whom}) for whom in Whom)
# Saturday 14/03/2026; the Monday and the Friday around it are worked.
DUE = date(2026, 3, 14)
FRIDAY, MONDAY = date(2026, 3, 13), date(2026, 3, 16)


def _days(day: date, until: date | None = None) -> Days:
    return Days(day, until or day)


def _told(found: reminders.Found) -> dict:
    return {user: {each.key for each in mine} for user, mine in found.items()}


def test_a_step_before_the_due_day_falls_on_its_day():
    step = Step(-7, 0, CLERK)

    found = _days(date(2026, 3, 1), date(2026, 3, 31)).moments(Duty.LEAD, [step], date(2026, 3, 18))

    assert found == [Moment(date(2026, 3, 11), step, CLERK, moved=False)]


def test_what_would_be_said_on_a_day_off_is_said_before_it_while_there_is_time():
    step = Step(0, 0, CLERK)

    assert _days(FRIDAY).moments(Duty.LEAD, [step], DUE) == [
        Moment(FRIDAY, step, CLERK, moved=True)
    ]
    assert _days(DUE).moments(Duty.LEAD, [step], DUE) == []
    assert _days(MONDAY).moments(Duty.LEAD, [step], DUE) == []


def test_what_would_be_said_late_on_a_day_off_is_said_on_the_next_working_day():
    step = Step(1, 0, CLERK)

    assert _days(MONDAY).moments(Duty.LEAD, [step], DUE) == [
        Moment(MONDAY, step, CLERK, moved=True)
    ]
    assert _days(FRIDAY, MONDAY - timedelta(days=1)).moments(Duty.LEAD, [step], DUE) == []


def test_announced_days_off_and_working_days_are_heeded():
    step = Step(0, 0, CLERK)

    worked = Days(DUE, DUE, working={DUE})
    off = Days(FRIDAY, FRIDAY, off={FRIDAY})

    assert worked.moments(Duty.LEAD, [step], DUE) == [Moment(DUE, step, CLERK, moved=False)]
    assert off.moments(Duty.LEAD, [step], FRIDAY) == []


def test_a_late_step_comes_again_as_long_as_it_stands():
    step = Step(7, 7, HEAD)

    found = _days(date(2026, 3, 1), date(2026, 4, 10)).moments(Duty.LEAD, [step], date(2026, 3, 11))

    assert [moment.day for moment in found] == [
        date(2026, 3, 18),
        date(2026, 3, 25),
        date(2026, 4, 1),
        date(2026, 4, 8),
    ]


def test_steps_that_fall_on_one_day_are_one_reminder_for_all_their_persons():
    early, late = Step(-1, 0, CLERK), Step(0, 0, HEAD)

    found = _days(FRIDAY).moments(Duty.LEAD, [late, early], DUE)

    assert found == [Moment(FRIDAY, late, CLERK | HEAD, moved=True)]


def test_work_without_a_date_is_recalled_each_week():
    found = _days(date(2026, 3, 2), date(2026, 3, 17)).moments(
        Duty.UNDATED, DEFAULTS[Duty.UNDATED], reminders.rules.MONDAY
    )

    assert [moment.day for moment in found] == [
        date(2026, 3, 2),
        date(2026, 3, 9),
        date(2026, 3, 16),
    ]


@pytest.mark.parametrize(
    ("duty", "steps", "sentence"),
    [
        (Duty.LEAD, [], "ít nhất một mốc"),
        (Duty.LEAD, [Step(day, 0, CLERK) for day in range(21)], "quá nhiều"),
        (Duty.LEAD, [Step(-366, 0, CLERK)], "quá 365"),
        (Duty.LEAD, [Step(1, 400, CLERK)], "quá 365"),
        (Duty.LEAD, [Step(-1, 7, CLERK)], "sau hạn"),
        (Duty.LEAD, [Step(1, 0, frozenset())], "người được nhắc"),
        (Duty.LEAD, [Step(1, 0, CLERK), Step(1, 7, HEAD)], "trùng ngày"),
        (Duty.CONFIRM, [Step(-1, 0, OFFICE)], "sau ngày đơn vị báo cáo"),
        (Duty.CONFIRM, [Step(1, 0, CLERK)], "Văn phòng"),
        (Duty.UNDATED, [Step(0, 5, OFFICE)], "theo tuần"),
        (Duty.UNDATED, [Step(1, 7, OFFICE)], "theo tuần"),
    ],
)
def test_a_policy_that_makes_no_sense_is_refused(duty, steps, sentence):
    assert sentence in (reminders.rules.fault(duty, steps) or "")


@pytest.mark.parametrize("duty", Duty)
def test_the_defaults_make_sense_and_keep_their_shape(duty):
    steps = DEFAULTS[duty]

    assert reminders.rules.fault(duty, steps) is None
    assert reminders.rules.steps_from_json(steps_to_json(steps)) == steps


@pytest.mark.django_db
class TestWho:
    def test_the_clerk_first_then_the_head_then_the_office(self):
        line = a_line(an_occurrence(due_on=date(2026, 3, 11)))
        clerk, head = a_clerk(line.unit), a_user_with(Role.HEAD, line.unit)
        officer = an_officer(line.occurrence.plan)
        key = {f"lead:{line.occurrence_id}"}

        assert _told(reminders.for_everybody(on=date(2026, 3, 12))) == {clerk.pk: key}
        assert _told(reminders.for_everybody(on=MONDAY)) == {clerk.pk: key, head.pk: key}
        assert _told(reminders.for_everybody(on=date(2026, 3, 18))) == {
            clerk.pk: key,
            head.pk: key,
            officer.pk: key,
        }

    def test_nobody_is_reminded_on_a_day_off(self):
        line = a_line(an_occurrence(due_on=DUE))
        a_clerk(line.unit)

        assert reminders.for_everybody(on=DUE) == {}

    def test_the_head_stands_in_for_a_missing_clerk_and_the_office_for_both(self):
        occurrence = an_occurrence(due_on=FRIDAY)
        headed, empty = a_line(occurrence), a_line(occurrence)
        head, officer = a_user_with(Role.HEAD, headed.unit), an_officer(occurrence.plan)

        found = reminders.for_everybody(on=FRIDAY)

        assert {user: [each.units for each in mine] for user, mine in found.items()} == {
            head.pk: [(headed.unit_id,)],
            officer.pk: [(empty.unit_id,)],
        }

    def test_heads_of_blocs_and_secretaries_of_councils_are_reminded_for_them(self):
        plan = a_year()
        occurrence = an_occurrence(plan, due_on=FRIDAY)
        bloc = a_line(occurrence, a_unit(plan.office, kind="bloc"))
        council = a_line(occurrence, a_unit(plan.office, kind="council"))
        deputy = a_user_with(Role.BLOC_DEPUTY, bloc.unit)
        secretary = a_user_with(Role.COUNCIL_SECRETARY, council.unit)

        assert set(reminders.for_everybody(on=FRIDAY)) == {deputy.pk, secretary.pk}

    def test_closed_accounts_and_past_roles_are_left_out(self):
        line = a_line(an_occurrence(due_on=FRIDAY))
        gone = a_clerk(line.unit)
        gone.is_active = False
        gone.save()
        a_clerk(line.unit).holdings.update(until_on=date(2026, 3, 1))

        assert reminders.for_everybody(on=FRIDAY) == {}

    def test_the_office_is_reminded_of_reports_and_of_missing_dates(self):
        plan = a_year()
        report = a_waiting_report(a_line(an_occurrence(plan)))
        undated = an_undated_line(plan)
        officer = an_officer(plan)
        reported = report.assignment.reported_on

        assert _told(reminders.for_everybody(on=reported + timedelta(days=3))) == {
            officer.pk: {f"confirm:{report.assignment.occurrence_id}"}
        }
        assert _told(reminders.for_everybody(on=date(2026, 3, 9))) == {
            officer.pk: {
                f"confirm:{report.assignment.occurrence_id}",
                f"undated:{undated.occurrence_id}",
            }
        }

    def test_the_office_above_stands_in_where_an_office_has_nobody(self):
        city = a_unit(kind="city")
        plan = a_year(office=a_unit(city, kind="department"))
        a_line(an_occurrence(plan, due_on=FRIDAY))
        above = a_user_with(Role.OFFICE, city)

        assert set(reminders.for_everybody(on=FRIDAY)) == {above.pk}
        assert [each.duty for each in reminders.reminders_of(above, on=FRIDAY)] == [Duty.LEAD]

        nearer = an_officer(plan)
        assert set(reminders.for_everybody(on=FRIDAY)) == {nearer.pk}
        assert reminders.reminders_of(above, on=FRIDAY) == []

    def test_one_person_is_told_what_the_whole_computation_says(self):
        plan = a_year()
        for days in (-9, -3, -1, 0, 1, 7, 30):
            a_line(an_occurrence(plan, due_on=MONDAY + timedelta(days=days)))
        unit = Assignment.objects.all()[0].unit
        users = [an_officer(plan), a_clerk(unit), a_user_with(Role.HEAD, unit)]
        an_undated_line(plan)

        everybody = reminders.for_everybody(on=MONDAY)

        assert {
            user.pk: {each.key for each in reminders.reminders_of(user, on=MONDAY)}
            for user in users
        } == {user.pk: _told(everybody).get(user.pk, set()) for user in users}


@pytest.mark.django_db
class TestFollowing:
    def _line(self, **fields):
        line = a_line(an_occurrence(due_on=FRIDAY, **fields))
        return line, a_clerk(line.unit)

    def test_when_the_due_day_moves_so_does_the_reminder(self):
        line, clerk = self._line()

        Occurrence.objects.filter(pk=line.occurrence_id).update(due_on=date(2026, 3, 20))

        assert reminders.reminders_of(clerk, on=date(2026, 3, 12)) == []
        days = [
            each.moment.day
            for each in reminders.reminders_of(clerk, on=date(2026, 3, 10), until=date(2026, 3, 23))
        ]
        assert days == [FRIDAY, date(2026, 3, 19), date(2026, 3, 20), date(2026, 3, 23)]

    def test_what_is_reported_or_done_is_not_recalled_to_the_unit(self):
        waiting, clerk = self._line()
        a_waiting_report(waiting)
        done, other = self._line()
        an_accepted_report(done)

        assert reminders.reminders_of(clerk, on=FRIDAY) == []
        assert reminders.reminders_of(other, on=FRIDAY) == []

    @pytest.mark.parametrize("state", [Plan.State.CLOSED, Plan.State.DRAFT])
    def test_a_plan_that_is_not_in_force_reminds_nobody(self, state):
        line, _clerk = self._line()

        Plan.objects.filter(pk=line.occurrence.plan_id).update(state=state)

        assert reminders.for_everybody(on=FRIDAY) == {}

    def test_the_preview_follows_too(self):
        line, clerk = self._line()
        office = line.occurrence.plan.office

        def days():
            found = reminders.preview(office, on=date(2026, 3, 2), days=30)
            return [each.moment.day.day for each in found.get(clerk.pk, [])]

        assert days() == [6, 12, 13, 16, 20, 27]
        Occurrence.objects.update(due_on=date(2026, 3, 31))
        assert days() == [24, 30, 31]
        a_waiting_report(line)
        assert days() == []

    def test_the_offices_own_policy_takes_the_place_of_the_default(self):
        line, clerk = self._line()
        policy = ReminderPolicy.objects.create(
            office=line.occurrence.plan.office,
            duty=Duty.LEAD,
            steps=steps_to_json([Step(-2, 0, CLERK)]),
            edited_at=AT,
            edited_by=clerk,
        )

        assert reminders.reminders_of(clerk, on=FRIDAY) == []
        assert len(reminders.reminders_of(clerk, on=date(2026, 3, 11))) == 1
        policy.is_active = False
        policy.save()
        assert reminders.reminders_of(clerk, on=date(2026, 3, 11)) == []

    def test_recurring_and_supporting_work_have_policies_of_their_own(self):
        plan = a_year()
        recurring = an_occurrence(
            task=a_task(plan, due_kind=Task.Due.RECURRING), label="Tháng 3", due_on=FRIDAY
        )
        unit = a_line(recurring).unit
        a_line(an_occurrence(plan, due_on=FRIDAY), unit, part=Assignment.Part.SUPPORT)
        clerk = a_clerk(unit)

        found = reminders.reminders_of(clerk, on=FRIDAY)

        assert {each.duty for each in found} == {Duty.RECURRING, Duty.SUPPORT}


def _some_work(plan: Plan, count: int) -> None:
    for _each in range(count):
        line = a_line(an_occurrence(plan, due_on=FRIDAY))
        a_clerk(line.unit)
        a_waiting_report(a_line(an_occurrence(plan)))
        an_undated_line(plan)


@pytest.mark.django_db
def test_the_queries_are_the_same_for_one_and_for_many(django_assert_max_num_queries):
    an_officer(plan := a_year())
    _some_work(plan, 1)
    with django_assert_max_num_queries(12) as one:
        found = reminders.for_everybody(on=FRIDAY)
        reminders.in_words([each for mine in found.values() for each in mine])
    _some_work(plan, 5)
    _some_work(another := a_year(), 2)
    an_officer(another)

    with django_assert_max_num_queries(len(one.captured_queries)):
        found = reminders.for_everybody(on=FRIDAY)
        reminders.in_words([each for mine in found.values() for each in mine])


@pytest.mark.django_db
def test_a_reminder_in_words_names_the_units_and_the_reason():
    plan = a_year()
    occurrence = an_occurrence(task=a_task(plan, number="7", content="Họp"), due_on=FRIDAY)
    for number in range(5):
        a_line(occurrence, a_unit(plan.office, name=f"Phòng {number}", position=number))
    officer = an_officer(plan)

    (line,) = reminders.in_words(reminders.reminders_of(officer, on=FRIDAY))

    assert (line.text, line.unit_count, line.why) == ("7. Họp", 5, "Nhắc đúng ngày đến hạn.")
    assert line.units.endswith("và 2 đơn vị khác")
    assert line.office == plan.office.name
