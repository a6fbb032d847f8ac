"""Days announced as off or worked are heeded where a plan asks whether a day is worked."""

from datetime import date

import pytest
from django.test import Client

from vinhdanh.common.calendar import SpecialDays
from vinhdanh.documents.rules.reading import read_text
from vinhdanh.people.tests.make import a_unit
from vinhdanh.plans import actions
from vinhdanh.plans.queries import work_year
from vinhdanh.plans.rules.reading import read_plan
from vinhdanh.plans.tests.make import AT, a_plan, a_task, an_owner
from vinhdanh.plans.tests.make_work import an_occurrence, an_officer
from vinhdanh.secretariat.actions.calendar import announce

FRIDAY, SATURDAY = date(2026, 7, 10), date(2026, 7, 18)
PLAN = (
    "Số: 5/KH-SNV\nTỉnh A, ngày 05 tháng 01 năm 2026\nKẾ HOẠCH\n"
    "Công tác thi đua, khen thưởng năm 2026\nI. NỘI DUNG\n1. Thực hiện theo phụ lục.\nPHỤ LỤC\n"
    "TT\tNội dung\tĐơn vị chủ trì\tThời gian\n1\tTập huấn\tVăn phòng\tTrước ngày 11/7/2026\n"
    "2\tKiểm tra\tVăn phòng\tChậm nhất 10/7/2026\n3\tBáo cáo\tVăn phòng\tChậm nhất 18/7/2026\n"
)


def announced(by) -> None:
    for kind, day, name in (("off", FRIDAY, "Nghỉ tránh bão"), ("working", SATURDAY, "Làm bù")):
        announce(kind, first_on=day, last_on=day, name=name, source="Công điện 1", by=by, at=AT)


def test_a_plan_that_is_read_is_held_against_the_announced_days():
    special = SpecialDays(frozenset({FRIDAY}), frozenset({SATURDAY}), {FRIDAY: "Nghỉ tránh bão"})

    def days_off(plan):
        return [(one.tasks, one.dates) for one in plan.findings if one.kind == "day-off"]

    plain, heeded = (
        read_plan(read_text(PLAN)),
        read_plan(read_text(PLAN), special),
    )
    assert days_off(plain) == [(("1",), (date(2026, 7, 11),)), (("3",), (SATURDAY,))]
    assert days_off(heeded) == [(("1",), (date(2026, 7, 11),)), (("2",), (FRIDAY,))]
    (said,) = [one.message for one in heeded.findings if one.tasks == ("2",)]
    assert "(Nghỉ tránh bão)" in said
    assert "ngày làm việc cuối cùng trước đó là thứ Năm, 09/07/2026" in said


@pytest.mark.django_db
def test_a_draft_that_is_checked_again_is_held_against_them():
    plan = a_plan()
    task = a_task(plan, due_kind="by", due_text="10/7/2026", due_on=FRIDAY, day_printed=True)
    an_owner(task, a_unit(plan.office))
    actions.check_again(plan, by=plan.created_by, at=AT)
    assert not plan.findings.filter(kind="day-off").exists()

    announced(an_officer(plan))
    actions.check_again(plan, by=plan.created_by, at=AT)

    assert plan.findings.filter(kind="day-off").count() == 1


@pytest.mark.django_db
def test_the_calendar_and_the_task_of_a_running_plan_name_them():
    occurrence = an_occurrence(due_on=FRIDAY)
    office = an_officer(occurrence.plan)
    announced(office)

    weeks = work_year.month(occurrence.plan, date(2026, 7, 1), on=AT.date())
    off = {day.day: day.off for week in weeks for day in week}
    client = Client()
    client.force_login(office)

    assert (off[FRIDAY], off[SATURDAY]) == ("Nghỉ tránh bão", "")
    page = client.get(occurrence.get_absolute_url()).content.decode()
    assert "Ngày nghỉ: Nghỉ tránh bão" in page
