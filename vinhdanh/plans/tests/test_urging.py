"""Urging units that are late, and drafting the report of how the year stands."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from vinhdanh.accounts.tests.make import a_user
from vinhdanh.common.refusal import Refused
from vinhdanh.journal.models import Line
from vinhdanh.papers.rules.stored import table_from_json
from vinhdanh.people.tests.make import a_unit, a_user_with
from vinhdanh.plans.actions import urging as actions
from vinhdanh.plans.models import Plan
from vinhdanh.plans.queries import urging
from vinhdanh.plans.tests.browse import as_user
from vinhdanh.plans.tests.make import a_task
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
)
from vinhdanh.secretariat.models import Mailing, Paper

pytestmark = pytest.mark.django_db

# Late by ten days on Monday 02/03/2026, and due in four.
LATE, SOON = date(2026, 2, 20), date(2026, 3, 6)


def _a_line(plan, due_on, content, unit=None):
    task = a_task(plan, number="7", content=content)
    return a_line(an_occurrence(task=task, due_on=due_on), unit)


def _urge(plan, *units, **fields):
    ordinary = {
        "units": [unit.pk for unit in units],
        "with_soon": False,
        "finish_by": date(2026, 3, 10),
        "letter": True,
        "mailing": True,
        "by": fields.get("by") or an_officer(plan),
        "at": AT,
    }
    return actions.urge(plan, **ordinary | fields)


def test_units_are_listed_with_what_they_owe_the_most_late_first():
    plan = a_year()
    first = _a_line(plan, SOON, "Việc sắp tới")
    second = _a_line(plan, LATE, "Việc đã trễ")
    a_waiting_report(_a_line(plan, LATE, "Đã báo cáo", second.unit))
    an_undated_line(plan)

    late = urging.debtors(plan, on=ON)
    both = urging.debtors(plan, on=ON, with_soon=True)

    assert [(each.unit, [debt.text for debt in each.debts]) for each in late] == [
        (second.unit, ["7. Việc đã trễ"])
    ]
    assert late[0].debts[0].days == 10
    assert [each.unit for each in both] == [second.unit, first.unit]
    assert both[1].late == []


def test_one_step_makes_the_letter_and_the_mailing():
    plan = a_year(number="12/KH-STĐ")
    mine, other = _a_line(plan, LATE, "Tổ chức hội nghị"), _a_line(plan, LATE, "Nộp báo cáo")
    clerk, colleague = a_clerk(mine.unit), a_clerk(other.unit)

    made = _urge(plan, mine.unit, other.unit)

    assert made.paper is not None
    assert made.paper.kind == "letter"
    assert made.paper.state == Paper.State.DRAFT
    assert set(made.paper.addressees.replace(";", "").splitlines()) == {
        mine.unit.name,
        other.unit.name,
    }
    named = "Kế hoạch công tác thi đua, khen thưởng năm 2026 (số 12/KH-STĐ)"
    assert made.paper.subject == f"đôn đốc thực hiện {named}"
    assert "còn 2 phần việc" in made.paper.text
    assert "10/03/2026" in made.paper.text
    table = table_from_json(made.paper.tables["việc quá hạn"])
    assert {row.cells for row in table.rows} == {
        (mine.unit.name,),
        ("1", "7. Tổ chức hội nghị", "20/02/2026", "10"),
        (other.unit.name,),
        ("1", "7. Nộp báo cáo", "20/02/2026", "10"),
    }
    assert made.mailing is not None
    assert made.mailing.state == Mailing.State.WAITING
    assert dict(made.mailing.recipients.values_list("user", "concern")) == {
        clerk.pk: "- 7. Tổ chức hội nghị: hạn 20/02/2026, quá hạn 10 ngày",
        colleague.pk: "- 7. Nộp báo cáo: hạn 20/02/2026, quá hạn 10 ngày",
    }
    assert Line.objects.get(deed="work urged").detail == {"units": 2, "lines": 2}


def test_only_the_chosen_units_are_urged_and_soon_only_in_the_mailing():
    plan = a_year()
    line = _a_line(plan, LATE, "Việc đã trễ")
    _a_line(plan, SOON, "Việc sắp tới", line.unit)
    _a_line(plan, LATE, "Việc nơi khác")
    a_clerk(line.unit)

    made = _urge(plan, line.unit, with_soon=True)

    assert made.paper is not None
    assert made.mailing is not None
    assert made.mailing.recipients.get().concern.splitlines() == [
        "- 7. Việc đã trễ: hạn 20/02/2026, quá hạn 10 ngày",
        "- 7. Việc sắp tới: hạn 06/03/2026",
    ]
    assert len(made.paper.tables["việc quá hạn"]["rows"]) == 2


def test_a_very_long_debt_is_cut_short_in_the_copy():
    debts = [urging.Debt(f"Việc {number}", a_unit().pk, LATE, 10) for number in range(60)]

    said = urging.concern(debts).splitlines()

    assert len(said) == 51
    assert said[-1] == "- và 10 việc khác, xem trên hệ thống"


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"letter": False, "mailing": False}, "công văn, lập thư nhắc, hoặc cả hai"),
        ({"finish_by": ON}, "sau hôm nay"),
        ({"units": []}, "ít nhất một đơn vị"),
        ({"letter": False}, "chưa có ai phụ trách"),
    ],
)
def test_urging_is_refused_with_a_reason_and_leaves_nothing(fields, sentence):
    plan = a_year()
    line = _a_line(plan, LATE, "Việc đã trễ")

    with pytest.raises(Refused, match=sentence):
        _urge(plan, line.unit, **fields)

    assert (Paper.objects.count(), Mailing.objects.count()) == (0, 0)


def test_a_letter_without_late_work_is_refused():
    plan = a_year()
    line = _a_line(plan, SOON, "Việc sắp tới")
    a_clerk(line.unit)

    with pytest.raises(Refused, match="không có việc quá hạn"):
        _urge(plan, line.unit, with_soon=True)

    assert _urge(plan, line.unit, with_soon=True, letter=False).mailing is not None


def test_only_who_runs_a_plan_in_force_urges():
    plan = a_year()
    line = _a_line(plan, LATE, "Việc đã trễ")
    a_clerk(line.unit)

    for user in (a_user(), a_clerk(line.unit), a_user_with(Role.DIRECTOR, plan.office)):
        with pytest.raises(Refused, match="Chỉ Thường trực"):
            _urge(plan, line.unit, by=user)
        with pytest.raises(Refused, match="Chỉ Thường trực"):
            actions.draft_progress(plan, by=user, at=AT)
    officer = an_officer(plan)
    Plan.objects.update(state=Plan.State.CLOSED)
    with pytest.raises(Refused, match="không ở trạng thái đang thực hiện"):
        _urge(plan, line.unit, by=officer)


def test_the_progress_report_counts_as_of_the_day():
    plan = a_year()
    late = _a_line(plan, LATE, "Việc đã trễ")
    a_line(late.occurrence)
    an_accepted_report(_a_line(plan, LATE, "Việc đã xong", late.unit))
    a_waiting_report(_a_line(plan, SOON, "Việc đã báo cáo", late.unit))

    paper = actions.draft_progress(plan, by=an_officer(plan), at=AT)

    assert paper.kind == "report"
    assert "Tổng số phần việc đã giao: 4. Trong đó: đã hoàn thành 1;" in paper.text
    assert "chờ xác nhận 1; quá hạn 2." in paper.text
    assert "02/03/2026" in paper.subject
    units = table_from_json(paper.tables["tiến độ"])
    assert (late.unit.name, "3", "1", "1", "1", "33%") in {row.cells[1:] for row in units.rows}
    assert units.rows[-1].cells == ("", "Tổng số", "4", "1", "1", "2", "25%")
    (row,) = table_from_json(paper.tables["việc quá hạn"]).rows
    assert row.cells[:4] == ("1", "7. Việc đã trễ", "20/02/2026", "10")
    assert late.unit.name in row.cells[4]


def test_a_report_without_late_work_says_so():
    plan = a_year()
    _a_line(plan, SOON, "Việc sắp tới")

    paper = actions.draft_progress(plan, by=an_officer(plan), at=AT)

    assert paper.tables["việc quá hạn"]["rows"] == [{"group": "Không có việc quá hạn."}]


@pytest.mark.parametrize(
    ("title", "named"),
    [
        ("KẾ HOẠCH Công tác thi đua", "Kế hoạch công tác thi đua"),
        ("KẾ HOẠCH CÔNG TÁC THI ĐUA", "KẾ HOẠCH CÔNG TÁC THI ĐUA"),
        ("Chương trình thi đua", "Chương trình thi đua"),
    ],
)
def test_the_plan_is_named_as_within_a_sentence(title, named):
    assert urging.plan_in_words(Plan(title=title)) == named


class TestPages:
    def _plan(self):
        plan = a_year(year=timezone.localdate().year)
        yesterday = timezone.localdate() - timedelta(days=1)
        line = _a_line(plan, yesterday, "Việc đã trễ")
        return plan, line, a_clerk(line.unit)

    def _posted(self, line, **fields):
        day = timezone.localdate() + timedelta(days=7)
        ordinary = {"unit": [str(line.unit_id)], "finish_by": day.isoformat(), "mailing": "on"}
        return ordinary | fields

    def test_from_the_board_to_the_outbox(self):
        plan, line, clerk = self._plan()
        client = as_user(an_officer(plan))
        address = reverse("plans:urge", args=[plan.pk])

        assert address in client.get(reverse("plans:board", args=[plan.pk])).content.decode()
        shown = client.get(address).content.decode()
        answer = client.post(address, self._posted(line, letter="on"))

        assert "7. Việc đã trễ" in shown
        assert str(clerk) in shown
        mailing, paper = Mailing.objects.get(), Paper.objects.get()
        made = client.get(answer["Location"])
        assert (made.context["paper"], made.context["mailing"]) == (paper, mailing)
        assert mailing.get_absolute_url() in made.content.decode()
        for user in (clerk, an_officer(a_year())):
            assert as_user(user).get(answer["Location"]).status_code == 404
        assert client.get(reverse("plans:urged", args=[plan.pk])).status_code == 404

    def test_a_mailing_alone_leads_to_the_outbox(self):
        plan, line, _clerk = self._plan()

        answer = as_user(an_officer(plan)).post(
            reverse("plans:urge", args=[plan.pk]), self._posted(line)
        )

        assert answer["Location"] == Mailing.objects.get().get_absolute_url()

    def test_a_letter_alone_leads_to_its_draft(self):
        plan, line, _clerk = self._plan()

        answer = as_user(an_officer(plan)).post(
            reverse("plans:urge", args=[plan.pk]), self._posted(line, mailing="", letter="on")
        )

        assert answer["Location"] == Paper.objects.get().get_absolute_url()

    def test_what_was_typed_survives_a_refusal(self):
        plan, line, _clerk = self._plan()
        _a_line(plan, timezone.localdate() - timedelta(days=2), "Việc khác")
        day = timezone.localdate().isoformat()

        page = as_user(an_officer(plan)).post(
            reverse("plans:urge", args=[plan.pk]), self._posted(line, finish_by=day)
        )

        shown = page.content.decode()
        assert "Ngày đề nghị hoàn thành phải sau hôm nay." in shown
        assert f'value="{day}"' in shown
        marked = [debtor.unit for debtor, chosen, *_rest in page.context["rows"] if chosen]
        assert marked == [line.unit]
        assert not Mailing.objects.exists()

    def test_rubbish_is_answered_with_a_sentence(self):
        plan, line, _clerk = self._plan()

        page = as_user(an_officer(plan)).post(
            reverse("plans:urge", args=[plan.pk]), {"unit": ["rubbish"], "finish_by": "rubbish"}
        )

        assert page.status_code == 200
        assert page.context["form"].errors.keys() == {"unit", "finish_by"}
        assert line.unit.name in page.content.decode()

    def test_the_progress_report_is_drafted_from_the_board(self):
        plan, _line, _clerk = self._plan()
        client = as_user(an_officer(plan))
        address = reverse("plans:progress_report", args=[plan.pk])

        assert client.get(address).context["counts"].late == 1
        answer = client.post(address)

        assert answer["Location"] == Paper.objects.get(kind="report").get_absolute_url()

    @pytest.mark.parametrize("name", ["urge", "progress_report"])
    def test_whoever_does_not_run_the_plan_gets_404(self, name):
        plan, line, clerk = self._plan()
        address = reverse(f"plans:{name}", args=[plan.pk])

        for user in (clerk, a_user(), a_user_with(Role.DIRECTOR, plan.office), a_clerk(a_unit())):
            assert as_user(user).get(address).status_code == 404
            assert as_user(user).post(address, self._posted(line)).status_code == 404
        assert Client().get(address)["Location"].startswith(reverse("account_login"))
        board = as_user(clerk).get(reverse("plans:board", args=[plan.pk])).content.decode()
        assert "Đôn đốc…" not in board

    def test_the_page_costs_the_same_queries_for_one_and_for_many_units(
        self, django_assert_max_num_queries
    ):
        plan, _line, _clerk = self._plan()
        client = as_user(an_officer(plan))
        address = reverse("plans:urge", args=[plan.pk])
        with django_assert_max_num_queries(40) as one:
            client.get(address)
        for number in range(5):
            more = _a_line(plan, timezone.localdate() - timedelta(days=3), f"Việc {number}")
            a_clerk(more.unit)

        with django_assert_max_num_queries(len(one.captured_queries)):
            assert client.get(address).status_code == 200
