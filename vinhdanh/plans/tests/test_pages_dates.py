"""The pages of moved dates and back-plans: who sees what, what is typed stays."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from vinhdanh.accounts.models import User
from vinhdanh.accounts.tests.make import a_user
from vinhdanh.people.models import Unit
from vinhdanh.people.tests.make import a_unit, a_user_with
from vinhdanh.plans.actions import dates as actions
from vinhdanh.plans.actions.dates import GivenStep
from vinhdanh.plans.models import BackPlan, Extension, Occurrence, Plan
from vinhdanh.plans.tests.make import a_task
from vinhdanh.plans.tests.make_work import (
    AT,
    Role,
    a_clerk,
    a_line,
    a_year,
    an_occurrence,
    an_officer,
    an_undated_line,
)

pytestmark = pytest.mark.django_db


def _client(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def _get(user: User, name: str, occurrence: Occurrence) -> str:
    page = _client(user).get(reverse(f"plans:{name}", args=[occurrence.pk]))
    assert page.status_code == 200
    return page.content.decode()


def _post(user: User, name: str, occurrence: Occurrence, **given: object):
    address = reverse(f"plans:{name}", args=[occurrence.pk])
    return _client(user).post(address, given, follow=True)


def _task_page(user: User, occurrence: Occurrence) -> str:
    return _client(user).get(occurrence.get_absolute_url()).content.decode()


def _extended(occurrence: Occurrence, day: date = date(2026, 3, 31)) -> None:
    officer = an_officer(occurrence.plan)
    actions.extend(occurrence, due_on=day, reason="Chờ hướng dẫn.", by=officer, at=AT)


def _confirmed(occurrence: Occurrence, unit: Unit) -> BackPlan:
    officer = an_officer(occurrence.plan)
    back_plan = actions.begin_back_plan(occurrence, by=officer, at=AT)
    steps = [GivenStep("Họp Hội đồng", 5, unit), GivenStep("Thẩm định", 10, unit)]
    seen = [step.pk for step in back_plan.steps.all()]
    actions.keep_steps(back_plan, steps, seen=seen, by=officer, at=AT)
    days = [date(2026, 3, 30), date(2026, 3, 16)]
    actions.confirm_back_plan(back_plan, days=days, by=officer, at=AT)
    return back_plan


def _in_april() -> Occurrence:
    return an_occurrence(a_task(a_year(), number="3").plan, due_on=date(2026, 4, 6))


def _typed(back_plan: BackPlan, *steps: tuple[str, object, str], **more: object) -> dict:
    """What the form of the steps sends, the empty one for another step left out."""
    typed: dict[str, object] = {
        "form-TOTAL_FORMS": len(steps),
        "form-INITIAL_FORMS": 0,
        "seen": [str(step.pk) for step in back_plan.steps.all()],
    }
    for place, (name, days, whom) in enumerate(steps):
        typed |= {
            f"form-{place}-name": name,
            f"form-{place}-working_days": days,
            f"form-{place}-whom": whom,
        }
    return typed | more


@pytest.mark.parametrize("name", ["extend", "back_plan", "take_back_plan_away"])
def test_a_stranger_gets_404_and_an_unknown_is_sent_to_log_in(name):
    occurrence = an_occurrence()
    address = reverse(f"plans:{name}", args=[occurrence.pk])

    assert _client(a_clerk(a_unit())).get(address).status_code == 404
    assert _client(a_user()).get(address).status_code == 404
    unknown = Client().get(address)
    assert unknown.status_code == 302
    assert unknown["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize(
    "name", ["extend", "back_plan", "begin_back_plan", "confirm_back_plan", "take_back_plan_away"]
)
def test_whoever_only_reads_changes_nothing(name):
    occurrence = a_line(_in_april()).occurrence
    _confirmed(occurrence, a_unit(occurrence.plan.office))
    before = _extended_days()

    for reader in (
        a_clerk(a_unit(occurrence.plan.office)),
        a_user_with(Role.AUDITOR, occurrence.plan.office),
    ):
        answer = _post(reader, name, occurrence, due_on="2026-05-05", reason="Thử.")
        assert answer.status_code == 404

    assert _extended_days() == before
    assert BackPlan.objects.count() == 1


def _extended_days() -> list[date]:
    return list(Extension.objects.values_list("after", flat=True))


def test_the_office_extends_and_everybody_reads_why_ever_after():
    occurrence = a_line().occurrence
    officer, colleague = an_officer(occurrence.plan), a_clerk(a_unit(occurrence.plan.office))
    extend = reverse("plans:extend", args=[occurrence.pk])
    assert extend in _task_page(officer, occurrence)

    done = _post(officer, "extend", occurrence, due_on="2026-03-31", reason="Chờ hướng dẫn.")

    assert "Đã gia hạn; lý do được ghi ở trang công việc." in done.content.decode()
    Plan.objects.update(state=Plan.State.CLOSED)
    for reader in (officer, colleague):
        shown = _task_page(reader, occurrence)
        assert "14/03/2026 → 31/03/2026" in shown
        assert "Chờ hướng dẫn." in shown
        assert extend not in shown


def test_a_day_off_is_asked_about_and_may_be_taken_or_left():
    occurrence = an_occurrence()
    officer = an_officer(occurrence.plan)
    typed = {"due_on": "2026-04-04", "reason": "Chờ hướng dẫn."}

    asked = _post(officer, "extend", occurrence, **typed)
    shown = asked.content.decode()

    assert asked.status_code == 422
    assert "04/04/2026 là ngày nghỉ: thứ Bảy." in shown
    assert "Lấy ngày làm việc trước đó: thứ Sáu, 03/04/2026" in shown
    assert "Chờ hướng dẫn." in shown
    assert not Extension.objects.exists()

    _post(officer, "extend", occurrence, **typed, anyway="2026-04-04", instead="2026-04-03")
    _post(officer, "extend", occurrence, **typed, anyway="2026-04-04")

    assert _extended_days() == [date(2026, 4, 4), date(2026, 4, 3)]


def test_a_refused_extension_keeps_what_was_typed():
    occurrence = an_occurrence(due_on=date(2026, 3, 31))

    page = _post(
        an_officer(occurrence.plan), "extend", occurrence, due_on="2026-03-31", reason="Lý do dài."
    )

    assert page.status_code == 422
    assert "trùng với hạn hiện nay" in page.content.decode()
    assert "Lý do dài." in page.content.decode()


def test_several_duties_of_the_filtered_table_are_extended_at_once():
    plan = a_year()
    mine, late, other = (
        a_line(an_occurrence(plan)),
        a_line(an_occurrence(plan)),
        a_unit(plan.office),
    )
    foreign = a_line(an_occurrence(plan), other)
    a_line(an_occurrence(plan), other, state="accepted")
    officer = an_officer(plan)
    address = reverse("plans:extend_several", args=[plan.pk])
    client = _client(officer)

    narrowed = client.get(f"{address}?unit={other.pk}").content.decode()
    assert narrowed.count('name="occurrence"') == 1
    typed = {"due_on": "2026-04-15", "reason": "Nghỉ tránh bão."}
    nothing = client.post(address, typed)
    keys = [str(line.occurrence.pk) for line in (mine, late)]
    done = client.post(address, typed | {"occurrence": keys}, follow=True)

    assert nothing.status_code == 422
    assert "Nghỉ tránh bão." in nothing.content.decode()
    assert "Đã gia hạn 2 việc." in done.content.decode()
    assert Extension.objects.count() == 2
    assert Occurrence.objects.get(pk=foreign.occurrence_id).due_on == date(2026, 3, 14)
    for user in (a_clerk(other), a_user(), a_clerk(a_unit())):
        assert _client(user).post(address, typed | {"occurrence": keys}).status_code == 404


def test_what_was_typed_stays_when_none_of_several_duties_is_extended():
    plan = a_year()
    line = a_line(an_occurrence(plan))
    address = reverse("plans:extend_several", args=[plan.pk])
    typed = {"due_on": "2036-04-15", "reason": "Lý do dài.", "occurrence": str(line.occurrence.pk)}

    page = _client(an_officer(plan)).post(address, typed)

    shown = page.content.decode()
    assert page.status_code == 422
    assert "phải trong năm 2026 hoặc năm liền kề" in shown
    assert "Lý do dài." in shown
    assert Extension.objects.count() == 0


def test_a_duty_of_somebody_elses_date_keeps_its_own_way_to_change_it():
    occurrence = an_undated_line().occurrence

    shown = _task_page(an_officer(occurrence.plan), occurrence)

    assert reverse("plans:set_due", args=[occurrence.pk]) in shown
    assert reverse("plans:extend", args=[occurrence.pk]) not in shown
    assert reverse("plans:back_plan", args=[occurrence.pk]) not in shown


def test_table_and_calendar_mark_a_moved_date():
    line = a_line()
    plan, officer = line.occurrence.plan, an_officer(line.occurrence.plan)
    addresses = [
        reverse("plans:table", args=[plan.pk]),
        reverse("plans:calendar", args=[plan.pk]) + "?thang=2026-03",
        reverse("plans:plan", args=[plan.pk]),
    ]
    for address in addresses:
        assert "Đã gia hạn" not in _client(officer).get(address).content.decode()

    _extended(line.occurrence, date(2026, 3, 20))

    for address in addresses:
        assert "Đã gia hạn" in _client(officer).get(address).content.decode()


def test_the_office_begins_a_back_plan_writes_its_steps_and_confirms():
    occurrence = _in_april()
    plan, officer = occurrence.plan, an_officer(occurrence.plan)
    a_unit(plan.office, name="Hội đồng Sở")
    a_unit(plan.office, name="Văn phòng Sở")
    assert "Chưa có lịch lùi" in _get(officer, "back_plan", occurrence)

    _post(officer, "begin_back_plan", occurrence)
    back_plan = BackPlan.objects.get()
    assert "Đơn vị bình xét, gửi hồ sơ" in _get(officer, "back_plan", occurrence)
    steps = [("Họp xét", 5, "hoi dong so"), ("Thẩm định", 10, "Văn phòng Sở"), ("", "", "")]
    saved = _post(officer, "back_plan", occurrence, **_typed(back_plan, *steps))
    shown = saved.content.decode()
    assert "Đã lưu các bước và tính lại ngày." in shown
    assert "thứ Hai, 30/03/2026" in shown
    assert "10 ngày làm việc trước bước “Họp xét” (thứ Hai, 30/03/2026)." in shown

    done = _post(officer, "confirm_back_plan", occurrence, day=["2026-03-30", "2026-03-16"])

    assert "Đã xác nhận lịch lùi: 2 bước được ghi vào lịch." in done.content.decode()
    calendar = reverse("plans:calendar", args=[plan.pk]) + "?thang=2026-03"
    assert "Họp xét" in _client(officer).get(calendar).content.decode()


def test_steps_are_moved_and_dropped_by_buttons():
    occurrence = _in_april()
    officer = an_officer(occurrence.plan)
    back_plan = actions.begin_back_plan(occurrence, by=officer, at=AT)
    steps = [("Một", 1, ""), ("Hai", 2, ""), ("Ba", 3, ""), ("", "", "")]

    def after(move: str) -> list[str]:
        _post(officer, "back_plan", occurrence, **_typed(back_plan, *steps, move=move))
        return list(back_plan.steps.values_list("name", flat=True))

    assert after("up-1") == ["Hai", "Một", "Ba"]
    assert after("down-1") == ["Một", "Ba", "Hai"]
    assert after("drop-0") == ["Hai", "Ba"]
    assert after("up-0") == ["Một", "Hai", "Ba"]
    assert after("sideways-9") == ["Một", "Hai", "Ba"]


def test_wrong_steps_keep_what_was_typed():
    occurrence = _in_april()
    officer = an_officer(occurrence.plan)
    back_plan = actions.begin_back_plan(occurrence, by=officer, at=AT)

    wrong = _post(
        officer, "back_plan", occurrence, **_typed(back_plan, ("Họp kín", 900, "Đơn vị lạ"))
    )
    late = _post(
        officer, "back_plan", occurrence, **_typed(back_plan, ("Họp muộn", 3, ""), seen=["x"])
    )

    assert wrong.status_code == late.status_code == 422
    assert "Họp kín" in wrong.content.decode()
    assert "Không có đơn vị hoặc nhóm nào tên như vậy" in wrong.content.decode()
    assert "Họp muộn" in late.content.decode()
    assert "vừa sửa lịch lùi" in late.content.decode()
    assert back_plan.steps.count() == 4


def test_days_that_have_passed_are_said_so():
    occurrence = an_occurrence(a_year(), due_on=date(2026, 1, 20))
    officer = an_officer(occurrence.plan)
    actions.begin_back_plan(occurrence, by=officer, at=AT)

    shown = _get(officer, "back_plan", occurrence)

    assert "4 bước có ngày đề xuất đã qua" in shown
    assert shown.count("Ngày đã qua") == 4


def test_a_moved_day_stands_beside_the_confirmed_one_until_it_is_confirmed():
    occurrence = _in_april()
    unit = a_unit(occurrence.plan.office)
    back_plan = _confirmed(occurrence, unit)
    officer, reader = an_officer(occurrence.plan), a_clerk(unit)
    assert "Đề xuất mới" not in _task_page(officer, occurrence)

    _extended(occurrence, date(2026, 4, 13))

    for user in (officer, reader):
        assert "Đề xuất mới: thứ Hai, 06/04/2026" in _task_page(user, occurrence)
        shown = _get(user, "back_plan", occurrence)
        assert "Ngày đích đã dời từ thứ Hai, 06/04/2026 sang thứ Hai, 13/04/2026." in shown
        assert ("Xác nhận lịch lùi" in shown) == (user == officer)
    typed = {
        "form-TOTAL_FORMS": 2,
        "form-INITIAL_FORMS": 2,
        "form-0-working_days": 3,
        "form-1-working_days": 10,
    }
    assert "tính lại ngày" in _post(officer, "back_plan", occurrence, **typed).content.decode()
    _post(officer, "confirm_back_plan", occurrence, day=["2026-04-08", "2026-03-25"])

    assert [step.result.due_on for step in back_plan.steps.all()] == [
        date(2026, 4, 8),
        date(2026, 3, 25),
    ]


def test_a_step_leads_back_to_what_it_is_a_step_to():
    occurrence = _in_april()
    unit = a_unit(occurrence.plan.office)
    step = _confirmed(occurrence, unit).steps.get(position=1).result

    shown = _task_page(a_clerk(unit), step)

    assert "Bước của lịch lùi cho" in shown
    assert reverse("plans:back_plan", args=[occurrence.pk]) in shown
    assert "Lời của kế hoạch" not in shown


def test_the_document_shows_no_step_of_a_back_plan():
    occurrence = _in_april()
    _confirmed(occurrence, a_unit(occurrence.plan.office))
    officer = an_officer(occurrence.plan)

    page = _client(officer).get(reverse("plans:document", args=[occurrence.plan_id]))

    assert "Họp Hội đồng" not in page.content.decode().partition("Lịch sử")[0]


def test_a_back_plan_is_taken_away_after_a_question():
    occurrence = _in_april()
    _confirmed(occurrence, a_unit(occurrence.plan.office))
    officer = an_officer(occurrence.plan)
    assert "Bỏ lịch lùi" in _get(officer, "take_back_plan_away", occurrence)

    done = _post(officer, "take_back_plan_away", occurrence)

    assert "Đã bỏ lịch lùi cùng các bước của nó." in done.content.decode()
    assert not BackPlan.objects.exists()


def test_pages_cost_the_same_queries_for_few_and_for_many():
    occurrence = _in_april()
    unit = a_unit(occurrence.plan.office)
    officer = an_officer(occurrence.plan)
    _confirmed(occurrence, unit)
    _extended(occurrence, date(2026, 4, 13))
    back_plan_page = reverse("plans:back_plan", args=[occurrence.pk])
    task_page = occurrence.get_absolute_url()
    client = _client(officer)
    few = [_queries(client, page) for page in (back_plan_page, task_page)]

    for _place in range(3):
        step = occurrence.back_plan.steps.create(
            position=occurrence.back_plan.steps.count() + 1,
            name="Bước",
            working_days=1,
            unit=unit,
            result=an_occurrence(occurrence.plan, due_on=date(2026, 2, 3)),
        )
        a_line(step.result, unit)
        _extended(occurrence, date(2026, 4, 14) if _place % 2 == 0 else date(2026, 4, 13))

    assert [_queries(client, page) for page in (back_plan_page, task_page)] == few


def _queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)
