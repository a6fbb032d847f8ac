"""A task's page and the steps taken on it: who sees what, who may do what."""

import io
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from vinhdanh.accounts.models import User
from vinhdanh.accounts.tests.make import a_user
from vinhdanh.journal.queries import lines_about
from vinhdanh.people.tests.make import a_unit, a_user_with
from vinhdanh.plans.models import Assignment, Report
from vinhdanh.plans.tests.make import a_task
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
    evidence,
)

pytestmark = pytest.mark.django_db


def _client(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def _page(user: User, name: str, *args: object):
    return _client(user).get(reverse(f"plans:{name}", args=args))


def _post(user: User, name: str, *args: object, **given: object):
    return _client(user).post(reverse(f"plans:{name}", args=args), given, follow=True)


def _state(line: Assignment) -> str:
    return Assignment.objects.get(pk=line.pk).state


def test_the_unit_and_the_office_read_notes_and_files_colleagues_do_not():
    line = a_line()
    plan = line.occurrence.plan
    report = a_waiting_report(line, note="Điều riêng của đơn vị", files=[evidence()])
    file = report.files.get()
    colleague = a_clerk(a_unit(plan.office))
    readers = [
        a_clerk(line.unit),
        an_officer(plan),
        a_user_with(Role.DIRECTOR, plan.office),
        a_user_with(Role.AUDITOR, plan.office),
    ]

    for reader in readers:
        shown = _page(reader, "task", line.occurrence.task_id).content.decode()
        assert "Điều riêng của đơn vị" in shown
        assert "bao-cao.txt" in shown
        handed = _page(reader, "file", report.pk, file.pk)
        assert b"".join(handed.streaming_content).decode() == "Đã tổ chức hội nghị."
    for other in (colleague, a_user_with(Role.COUNCIL_MEMBER, plan.office)):
        shown = _page(other, "task", line.occurrence.task_id).content.decode()
        assert line.unit.name in shown
        assert "Chờ xác nhận" in shown
        assert "Điều riêng của đơn vị" not in shown
        assert "bao-cao.txt" not in shown
        assert _page(other, "file", report.pk, file.pk).status_code == 404


def test_every_download_of_evidence_is_in_the_journal():
    report = a_waiting_report(files=[evidence()])
    reader = an_officer(report.assignment.occurrence.plan)

    handed = _page(reader, "file", report.pk, report.files.get().pk)

    assert b"".join(handed.streaming_content)
    told = lines_about(report).get()
    assert (told.deed, told.actor_id) == ("evidence downloaded", reader.pk)


def test_a_file_of_another_report_is_not_handed_out_under_this_one():
    report = a_waiting_report(files=[evidence()])
    other = a_waiting_report()

    page = _page(a_clerk(other.assignment.unit), "file", other.pk, report.files.get().pk)

    assert page.status_code == 404


@pytest.mark.parametrize("name", ["task", "report", "send_back", "reopen", "record_done"])
def test_a_stranger_gets_404_and_an_unknown_is_sent_to_log_in(name):
    report = a_waiting_report()
    line = report.assignment
    key = {"task": line.occurrence.task_id, "report": line.pk, "record_done": line.pk}.get(
        name, report.pk
    )

    assert _page(a_clerk(a_unit()), name, key).status_code == 404
    assert _page(a_user(), name, key).status_code == 404
    unknown = Client().get(reverse(f"plans:{name}", args=[key]))
    assert unknown.status_code == 302
    assert unknown["Location"].startswith(reverse("account_login"))


def test_the_reason_of_a_due_date_and_a_day_off_are_shown():
    line = a_line(an_occurrence(due_on=date(2026, 3, 14), due_reason="Trước ngày 15/03/2026."))

    shown = _page(a_clerk(line.unit), "task", line.occurrence.task_id).content.decode()

    assert "Vì sao?" in shown
    assert "Trước ngày 15/03/2026." in shown
    assert "Ngày nghỉ: thứ Bảy" in shown


def test_the_words_of_the_plan_stand_cell_by_cell():
    row = a_task(a_year(), quote="5. | Ký giao ước thi đua | Văn phòng Sở | Trước 15/3")
    added = a_task(row.plan, content="Việc thêm", quote="")
    officer = an_officer(row.plan)

    printed = _page(officer, "task", row.pk).content.decode()
    typed = _page(officer, "task", added.pk).content.decode()

    assert '<p class="quote mb-2">Ký giao ước thi đua</p>' in printed
    assert "5. |" not in printed
    assert '<p class="quote mb-2">Việc thêm</p>' in typed


def test_a_clerk_reports_on_the_task_page_and_the_office_accepts():
    line = a_line()
    plan = line.occurrence.plan
    clerk, officer = a_clerk(line.unit), an_officer(plan)
    assert "Gửi báo cáo" in _page(clerk, "task", line.occurrence.task_id).content.decode()

    sent = _post(clerk, "report", line.pk, note="Đã họp xong.", evidence=[evidence()])
    report = Report.objects.get()
    assert "Đã gửi báo cáo" in sent.content.decode()
    assert _state(line) == "reported"

    accepted = _post(officer, "accept", report.pk)
    assert "Đã xác nhận" in accepted.content.decode()
    assert _state(line) == "accepted"


def test_a_report_without_a_note_keeps_the_form_with_its_error():
    line = a_line()

    page = _post(a_clerk(line.unit), "report", line.pk, note="")

    assert page.status_code == 422
    assert page.context["form"].errors["note"]
    assert _state(line) == "open"


def test_a_refused_file_stands_on_the_form_with_what_was_typed():
    line = a_line()

    page = _post(
        a_clerk(line.unit),
        "report",
        line.pk,
        note="Đã họp xong.",
        evidence=[evidence("lua.exe", "MZ\x00\x01")],
    )

    assert page.context["form"].non_field_errors()
    assert "Đã họp xong." in page.content.decode()
    assert not Report.objects.exists()


def test_a_colleague_cannot_report_for_another_unit():
    line = a_line()
    colleague = a_clerk(a_unit(line.occurrence.plan.office))

    assert _post(colleague, "report", line.pk, note="Xong.").status_code == 404
    assert _state(line) == "open"


def test_the_office_sends_back_with_a_reason_which_the_unit_reads():
    report = a_waiting_report()
    line = report.assignment

    _post(an_officer(line.occurrence.plan), "send_back", report.pk, reason="Thiếu biên bản.")

    assert _state(line) == "returned"
    shown = _page(a_clerk(line.unit), "task", line.occurrence.task_id).content.decode()
    assert "Thiếu biên bản." in shown
    assert "Bị trả lại" in shown


@pytest.mark.parametrize(
    "role", [Role.DIRECTOR, Role.AUDITOR, Role.COUNCIL_CHAIR, Role.COUNCIL_SECRETARY]
)
@pytest.mark.parametrize("name", ["accept", "send_back", "reopen", "withdraw"])
def test_the_steps_are_not_there_for_whoever_only_reads_a_report(name, role):
    report = a_waiting_report()
    reader = a_user_with(role, report.assignment.occurrence.plan.office)

    assert _post(reader, name, report.pk, reason="Thử.").status_code == 404
    if name in {"send_back", "reopen"}:
        assert _page(reader, name, report.pk).status_code == 404
    assert _state(report.assignment) == "reported"


@pytest.mark.parametrize("name", ["accept", "send_back", "reopen"])
def test_the_unit_does_not_answer_its_own_report(name):
    report = a_waiting_report()

    answer = _post(a_clerk(report.assignment.unit), name, report.pk, reason="Thử.")

    assert answer.status_code == 404
    assert _state(report.assignment) == "reported"


def test_marking_what_one_only_reads_accepts_nothing():
    report = a_waiting_report()
    director = a_user_with(Role.DIRECTOR, report.assignment.occurrence.plan.office)

    page = _post(director, "accept_all", report=[str(report.pk)])

    assert "Chưa chọn báo cáo nào." in page.content.decode()
    assert _state(report.assignment) == "reported"


@pytest.mark.parametrize("name", ["accept", "withdraw", "accept_all"])
def test_steps_are_not_taken_by_looking(name):
    report = a_waiting_report()
    args = [] if name == "accept_all" else [report.pk]

    page = _page(an_officer(report.assignment.occurrence.plan), name, *args)

    assert page.status_code == 405


def test_the_unit_withdraws_its_report():
    report = a_waiting_report()

    _post(a_clerk(report.assignment.unit), "withdraw", report.pk)

    assert _state(report.assignment) == "open"


def test_the_office_reopens_what_it_accepted():
    report = an_accepted_report()
    officer = an_officer(report.assignment.occurrence.plan)

    _post(officer, "reopen", report.pk, reason="Xác nhận nhầm.")

    assert _state(report.assignment) == "returned"


def test_the_office_accepts_what_it_marks_and_hears_of_the_rest():
    plan = a_year()
    waiting = [a_waiting_report(a_line(an_occurrence(plan))) for _ in range(2)]
    foreign = a_waiting_report()
    marked = [*(str(report.pk) for report in waiting), str(foreign.pk), "khong-phai-khoa"]

    page = _post(an_officer(plan), "accept_all", report=marked)

    assert "Đã xác nhận 2 báo cáo." in page.content.decode()
    assert [_state(report.assignment) for report in waiting] == ["accepted", "accepted"]
    assert _state(foreign.assignment) == "reported"


def test_marking_nothing_is_said():
    page = _post(an_officer(a_year()), "accept_all")

    assert "Chưa chọn báo cáo nào." in page.content.decode()


def test_the_office_records_for_a_unit_that_cannot():
    line = a_line()
    officer = an_officer(line.occurrence.plan)
    shown = _page(officer, "task", line.occurrence.task_id).content.decode()
    assert reverse("plans:record_done", args=[line.pk]) in shown

    _post(officer, "record_done", line.pk, note="Theo công văn số 5.")

    assert _state(line) == "accepted"


def test_the_office_enters_a_date_and_the_task_tells_why():
    line = an_undated_line()
    officer = an_officer(line.occurrence.plan)

    page = _post(
        officer,
        "set_due",
        line.occurrence_id,
        due_on="2026-12-18",
        reason="Công văn số 12/BTĐKT.",
    )

    shown = page.content.decode()
    assert "18/12/2026" in shown
    assert "Công văn số 12/BTĐKT." in shown
    assert _page(a_clerk(line.unit), "set_due", line.occurrence_id).status_code == 404


def test_a_refused_date_stands_on_the_form():
    occurrence = an_occurrence()

    page = _post(
        an_officer(occurrence.plan), "set_due", occurrence.pk, due_on="2026-12-18", reason="Lùi."
    )

    assert page.status_code == 422
    assert "do kế hoạch ấn định" in page.content.decode()


def test_a_recurring_task_shows_its_times_and_opens_at_the_earliest_owed():
    task = a_task(a_year())
    january = an_occurrence(task=task, label="Tháng 1", due_on=date(2026, 1, 31))
    february = an_occurrence(task=task, label="Tháng 2", due_on=date(2026, 2, 28))
    an_accepted_report(a_line(january))
    line = a_line(february)

    page = _page(an_officer(task.plan), "task", task.pk)

    assert page.context["chosen"].occurrence == february
    assert [each.line for each in page.context["lines"]] == [line]
    assert "Tháng 1" in page.content.decode()


def test_a_clerk_comes_first_to_what_the_own_unit_owes():
    task = a_task(a_year())
    january = an_occurrence(task=task, label="Tháng 1", due_on=date(2026, 1, 31))
    february = an_occurrence(task=task, label="Tháng 2", due_on=date(2026, 2, 28))
    a_line(january)
    mine = a_line(february)

    page = _page(a_clerk(mine.unit), "task", task.pk)

    assert page.context["chosen"].occurrence == february


def test_a_task_costs_the_same_queries_for_one_and_for_three_units(django_assert_max_num_queries):
    occurrence = an_occurrence()
    officer = an_officer(occurrence.plan)
    a_waiting_report(a_line(occurrence), files=[evidence()])
    with django_assert_max_num_queries(48) as one:
        _page(officer, "task", occurrence.task_id)
    for _ in range(2):
        a_waiting_report(a_line(occurrence), files=[evidence()])

    with django_assert_max_num_queries(len(one.captured_queries)):
        assert _page(officer, "task", occurrence.task_id).status_code == 200


def test_the_spreadsheet_holds_exactly_what_the_table_shows():
    plan = a_year()
    line = a_line(an_occurrence(task=a_task(plan, number="7", content="=Ký giao ước thi đua")))
    a_line(an_occurrence(task=a_task(plan, content="Việc khác")))
    address = reverse("plans:table_export", args=[plan.pk])

    page = _client(a_clerk(line.unit)).get(address, {"q": "giao uoc"})

    rows = (
        CalamineWorkbook.from_filelike(io.BytesIO(page.content)).get_sheet_by_index(0).to_python()
    )
    assert rows[0][0] == plan.title
    assert rows[1][0] == "Điều kiện lọc: Nội dung hoặc số: giao uoc"
    assert rows[2][0] == f"Tình trạng ngày {timezone.localdate():%d/%m/%Y}"
    assert rows[3][:5] == ["Số", "Nhiệm vụ", "Kỳ", "Hạn", "Đơn vị"]
    cells = ["7", "=Ký giao ước thi đua", "", date(2026, 3, 14), line.unit.name, "Chủ trì"]
    assert [row[:6] for row in rows[4:]] == [cells]
