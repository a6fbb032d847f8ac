"""Telling people what the day asks of them, the office's answers, and the office's policy."""

import threading
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.urls import reverse

from vinhdanh.accounts.tests.make import a_user
from vinhdanh.common.refusal import Refused
from vinhdanh.journal.models import Line
from vinhdanh.notices.models import Delivery, Message
from vinhdanh.people.tests.make import a_unit, a_user_with
from vinhdanh.plans.actions import reminders as actions
from vinhdanh.plans.actions import work
from vinhdanh.plans.models import Occurrence, ReminderPolicy
from vinhdanh.plans.queries import reminders
from vinhdanh.plans.rules.reminders import DEFAULTS, Duty, Step, Whom
from vinhdanh.plans.tests.make import a_task
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
)

# Friday, nine o'clock in Viet Nam.
FRIDAY = date(2026, 3, 13)
AT_NINE = datetime(2026, 3, 13, 2, 0, tzinfo=UTC)
CLERK, OFFICE = frozenset({Whom.CLERK}), frozenset({Whom.OFFICE})


def _a_clerk_with_work(**fields):
    task = a_task(a_year(), number="7", content="Tổ chức hội nghị")
    line = a_line(an_occurrence(task=task, due_on=FRIDAY))
    return a_user_with(Role.CLERK, line.unit, **fields), line


@pytest.mark.django_db
class TestTelling:
    def test_a_person_gets_one_message_a_day_and_one_digest(self):
        clerk, line = _a_clerk_with_work(email="can.bo@thu.vn", name="Lê Thị Thử")

        assert actions.remind(on=FRIDAY, at=AT_NINE) == 1
        actions.remind(on=FRIDAY, at=AT_NINE)

        message = Message.objects.get()
        assert (message.user, message.title, message.url, message.points) == (
            clerk,
            "Nhắc việc ngày 13/03/2026: 1 việc đến hạn hôm nay",
            reverse("plans:my_reminders"),
            [f"lead:{line.occurrence_id}"],
        )
        mail = Delivery.objects.get()
        assert (mail.address, mail.subject) == (
            "can.bo@thu.vn",
            "Vinh Danh: 1 việc đến hạn hôm nay",
        )
        assert f"- 7. Tổ chức hội nghị – {line.unit} – hạn 13/03/2026\n" in mail.text

    def test_each_digest_speaks_the_language_of_its_reader(self):
        clerk, line = _a_clerk_with_work(email="can.bo@thu.vn")
        other = a_user_with(Role.CLERK, line.unit, email="other@thu.vn", language="en")

        actions.remind(on=FRIDAY, at=AT_NINE)

        vietnamese = Delivery.objects.get(user=clerk)
        english = Delivery.objects.get(user=other)
        assert vietnamese.subject == "Vinh Danh: 1 việc đến hạn hôm nay"
        assert "việc" not in english.subject
        assert english.text.startswith("Dear ")
        assert "Tổ chức hội nghị" in english.text

    def test_a_digest_says_how_late_a_thing_is(self):
        task = a_task(a_year(), number="7", content="Tổ chức hội nghị")
        line = a_line(an_occurrence(task=task, due_on=date(2026, 3, 6)))
        a_user_with(Role.CLERK, line.unit, email="can.bo@thu.vn")

        actions.remind(on=FRIDAY, at=AT_NINE)

        said = f"7. Tổ chức hội nghị – {line.unit} – hạn 06/03/2026, quá hạn 7 ngày"
        assert said in Delivery.objects.get().text

    def test_what_comes_up_during_the_day_makes_the_message_unread_again(self):
        clerk, line = _a_clerk_with_work()
        actions.remind(on=FRIDAY, at=AT_NINE)
        Message.objects.update(read_at=AT_NINE)
        actions.remind(on=FRIDAY, at=AT_NINE)
        assert Message.objects.get().read_at == AT_NINE

        a_line(an_occurrence(line.occurrence.plan, due_on=date(2026, 3, 20)), line.unit)
        actions.remind(on=FRIDAY, at=AT_NINE)

        message = Message.objects.get(user=clerk)
        assert message.read_at is None
        assert "1 việc đến hạn trong 7 ngày" in message.title

    def test_nobody_is_told_on_a_day_off(self):
        _a_clerk_with_work()

        assert actions.remind(on=date(2026, 3, 14), at=AT_NINE) == 0
        assert not Message.objects.exists()

    def test_a_long_digest_names_the_first_hundred(self):
        clerk, line = _a_clerk_with_work(email="can.bo@thu.vn")
        task = line.occurrence.task
        for number in range(100):
            a_line(an_occurrence(task=task, label=f"Kỳ {number}", due_on=FRIDAY), line.unit)

        actions.remind(on=FRIDAY, at=AT_NINE)

        subject = "Vinh Danh: 100 trong số 101 việc đến hạn hôm nay"
        assert Delivery.objects.get(user=clerk).subject == subject

    def test_the_queries_do_not_grow_with_persons_who_get_no_digest(
        self, django_assert_max_num_queries
    ):
        _a_clerk_with_work(email="")
        with django_assert_max_num_queries(40) as one:
            actions.remind(on=FRIDAY, at=AT_NINE)
        _a_clerk_with_work(email="")
        _a_clerk_with_work(email="")

        with django_assert_max_num_queries(len(one.captured_queries)):
            actions.remind(on=FRIDAY, at=AT_NINE)

    @pytest.mark.parametrize(
        ("step", "title", "text"),
        [
            ("accept", "Đã xác nhận hoàn thành: ", ""),
            ("send_back", "Báo cáo bị trả lại: ", "Thiếu danh sách."),
        ],
    )
    def test_whoever_reported_is_told_the_answer(self, step, title, text):
        report = a_waiting_report()
        officer = an_officer(report.assignment.occurrence.plan)

        given = {"reason": text} if text else {}
        getattr(work, step)(report, by=officer, at=AT, **given)

        message = Message.objects.get()
        assert (message.user, message.kind, message.title, message.text, message.url) == (
            report.reported_by,
            "answer",
            f"{title}{report.assignment.occurrence}",
            text,
            report.assignment.occurrence.get_absolute_url(),
        )

    def test_whoever_reported_is_told_that_it_was_opened_again(self):
        report = an_accepted_report()
        officer = an_officer(report.assignment.occurrence.plan)

        work.reopen(report, reason="Sai số liệu.", by=officer, at=AT)

        titles = Message.objects.filter(user=report.reported_by).values_list("title", flat=True)
        assert sorted(title.partition(":")[0] for title in titles) == [
            "Việc đã xác nhận được mở lại",
            "Đã xác nhận hoàn thành",
        ]

    def test_the_office_does_not_tell_itself(self):
        line = a_line()
        officer = an_officer(line.occurrence.plan)

        report = work.record_done(line, note="Đã xong.", files=[], by=officer, at=AT)
        work.reopen(report, reason="Ghi nhầm.", by=officer, at=AT)

        assert not Message.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_tell_everybody_once():
    _a_clerk_with_work(email="mot@thu.vn")
    _a_clerk_with_work(email="hai@thu.vn")
    together = threading.Barrier(4)

    def run():
        together.wait()
        actions.remind(on=FRIDAY, at=AT_NINE)
        connection.close()

    workers = [threading.Thread(target=run) for _each in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert (Message.objects.count(), Delivery.objects.count()) == (2, 2)


@pytest.mark.django_db
class TestPolicy:
    def test_the_office_puts_its_own_steps_in_place_of_the_default(self):
        office = a_unit()
        officer = a_user_with(Role.OFFICE, office)
        steps = [Step(2, 3, CLERK), Step(-5, 0, CLERK)]

        actions.edit_policy(office, Duty.LEAD, steps=steps, active=True, by=officer, at=AT)

        policy = reminders.policies([office.pk])[office.pk][Duty.LEAD]
        assert (policy.steps, policy.active) == ((steps[1], steps[0]), True)
        line = Line.objects.get(deed="reminders edited")
        assert line.detail["duty"] == "Việc chủ trì"
        assert line.detail["after"]["steps"] == (
            "Nhắc trước hạn 5 ngày (Cán bộ phụ trách). "
            "Nhắc sau hạn 2 ngày, rồi 3 ngày một lần (Cán bộ phụ trách)."
        )

    def test_a_duty_is_switched_off_and_set_back(self):
        office = a_unit()
        officer = a_user_with(Role.OFFICE, office)

        actions.edit_policy(office, Duty.CONFIRM, steps=[], active=False, by=officer, at=AT)
        assert not reminders.policies([office.pk])[office.pk][Duty.CONFIRM].active
        actions.reset_policy(office, Duty.CONFIRM, by=officer, at=AT)
        actions.reset_policy(office, Duty.CONFIRM, by=officer, at=AT)

        policy = reminders.policies([office.pk])[office.pk][Duty.CONFIRM]
        assert (policy.steps, policy.active, policy.own) == (DEFAULTS[Duty.CONFIRM], True, None)
        assert Line.objects.filter(deed="reminders reset").count() == 1

    def test_steps_that_make_no_sense_are_refused(self):
        office = a_unit()
        officer = a_user_with(Role.OFFICE, office)

        with pytest.raises(Refused, match="ít nhất một mốc"):
            actions.edit_policy(office, Duty.LEAD, steps=[], active=True, by=officer, at=AT)

        assert not ReminderPolicy.objects.exists()

    def test_nobody_but_the_office_decides(self):
        office = a_unit()
        steps = DEFAULTS[Duty.LEAD]

        for user in (a_user(), a_clerk(office), a_user_with(Role.DIRECTOR, office)):
            with pytest.raises(Refused, match="Chỉ Thường trực"):
                actions.edit_policy(office, Duty.LEAD, steps=steps, active=True, by=user, at=AT)
            with pytest.raises(Refused, match="Chỉ Thường trực"):
                actions.reset_policy(office, Duty.LEAD, by=user, at=AT)


@pytest.mark.django_db
def test_a_moved_due_day_moves_what_is_told():
    _clerk, line = _a_clerk_with_work()

    Occurrence.objects.filter(pk=line.occurrence_id).update(due_on=date(2026, 3, 18))
    actions.remind(on=FRIDAY, at=AT_NINE)

    assert not Message.objects.exists()
