"""Looking at files in the page, and the lines that looking and taking away leave."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from vinhdanh.accounts.models import User
from vinhdanh.accounts.tests.make import a_user
from vinhdanh.documents import actions as documents
from vinhdanh.documents.models import File
from vinhdanh.documents.tests.make_files import Text, a_pdf, a_picture
from vinhdanh.journal.models import Line
from vinhdanh.people.tests.make import a_unit, a_user_with
from vinhdanh.plans.models import Occurrence, Plan, Report, Task
from vinhdanh.plans.rules.looks import DEEDS
from vinhdanh.plans.tests.make import AT, a_task
from vinhdanh.plans.tests.make_work import (
    Role,
    a_clerk,
    a_line,
    a_waiting_report,
    a_year,
    an_occurrence,
    an_officer,
    evidence,
)

pytestmark = pytest.mark.django_db

PDF = a_pdf([Text(50, 50, "Biên bản")], [Text(50, 50, "Danh sách")])


def page(user: User | None, name: str, *args: object, **query: str):
    client = Client()
    if user is not None:
        client.force_login(user)
    return client.get(reverse(f"plans:{name}", args=args), query)


def a_report(stored: bytes = PDF, name: str = "Biên bản.pdf") -> tuple[Report, File]:
    report = a_waiting_report(files=[SimpleUploadedFile(name, stored)])
    return report, report.files.get()


def a_year_with_document(stored: bytes = PDF) -> Plan:
    plan = a_year()
    plan.file = documents.keep(("Kế hoạch.pdf", stored), by=a_user(), at=AT)
    plan.save()
    return plan


def looks() -> list[tuple[str, str]]:
    """What was looked at or taken away, by whom, in order."""
    lines = Line.objects.filter(deed__in=[*DEEDS, "evidence downloaded"]).order_by("id")
    return list(lines.values_list("deed", "actor_name"))


def test_who_may_download_evidence_may_look_at_it_and_nobody_else():
    report, file = a_report()
    plan = report.assignment.occurrence.plan
    readers = [
        a_clerk(report.assignment.unit),
        an_officer(plan),
        a_user_with(Role.AUDITOR, plan.office),
    ]
    strangers = [
        a_clerk(a_unit(plan.office)),
        a_user_with(Role.COUNCIL_MEMBER, plan.office),
        a_clerk(a_unit()),
        a_user(),
    ]

    for reader in readers:
        shown = page(reader, "evidence", report.pk, file.pk, trang="2").content.decode()
        assert "Trang 2 trong 2 trang" in shown
        assert "Danh sách" in shown
        assert reverse("plans:evidence_picture", args=[report.pk, file.pk, 2]) in shown
        picture = page(reader, "evidence_picture", report.pk, file.pk, 2)
        assert picture.content.startswith(b"\x89PNG")
    for stranger in strangers:
        assert page(stranger, "evidence", report.pk, file.pk).status_code == 404
        assert page(stranger, "evidence_picture", report.pk, file.pk, 1).status_code == 404
    for name, more in (("evidence", []), ("evidence_picture", [1])):
        unknown = page(None, name, report.pk, file.pk, *more)
        assert unknown["Location"].startswith(reverse("account_login"))
    assert looks() == [("evidence looked at", reader.name) for reader in readers]


def test_the_task_leads_to_the_page_of_a_file_that_can_be_looked_at_only():
    report, file = a_report()
    task = report.assignment.occurrence.task_id
    reader = a_clerk(report.assignment.unit)
    link = reverse("plans:evidence", args=[report.pk, file.pk])
    assert link in page(reader, "task", task).content.decode()

    text = a_waiting_report(files=[evidence()])
    reader, other = a_clerk(text.assignment.unit), text.files.get()
    shown = page(reader, "task", text.assignment.occurrence.task_id).content.decode()

    assert reverse("plans:evidence", args=[text.pk, other.pk]) not in shown
    assert page(reader, "evidence", text.pk, other.pk).status_code == 404


def test_a_picture_is_looked_at_in_the_page():
    report, file = a_report(a_picture(), "anh.png")
    reader = a_clerk(report.assignment.unit)

    shown = page(reader, "evidence", report.pk, file.pk).content.decode()
    picture = page(reader, "evidence_picture", report.pk, file.pk, 1)

    assert "Trang 1 của tệp anh.png" in shown
    assert b"".join(picture.streaming_content) == a_picture()


def test_a_page_that_the_file_has_not_is_not_found():
    report, file = a_report()
    reader = a_clerk(report.assignment.unit)

    assert page(reader, "evidence", report.pk, file.pk, trang="3").status_code == 404
    assert page(reader, "evidence_picture", report.pk, file.pk, 3).status_code == 404


def test_a_file_of_another_report_is_not_shown_under_this_one():
    _report, file = a_report()
    other = a_waiting_report()
    reader = a_clerk(other.assignment.unit)

    assert page(reader, "evidence", other.pk, file.pk).status_code == 404


def test_the_document_of_a_plan_in_force_is_looked_at_by_whoever_sees_the_plan():
    plan = a_year_with_document()
    officer = an_officer(plan)
    assert reverse("plans:document_page", args=[plan.pk]) in (
        page(officer, "document", plan.pk).content.decode()
    )

    shown = page(officer, "document_page", plan.pk).content.decode()
    picture = page(officer, "document_picture", plan.pk, 1)

    assert "Biên bản" in shown
    assert picture.content.startswith(b"\x89PNG")
    for stranger in (a_clerk(a_unit()), a_user()):
        assert page(stranger, "document_page", plan.pk).status_code == 404
        assert page(stranger, "document_picture", plan.pk, 1).status_code == 404
    assert page(None, "document_page", plan.pk).status_code == 302
    assert looks() == [("plan document looked at", officer.name)]


def test_a_document_that_cannot_be_looked_at_is_offered_for_download_only():
    plan = a_year_with_document("Kế hoạch.".encode())
    officer = an_officer(plan)

    shown = page(officer, "document", plan.pk).content.decode()

    assert reverse("plans:document_page", args=[plan.pk]) not in shown
    assert page(officer, "document_page", plan.pk).status_code == 404
    assert page(officer, "document_picture", plan.pk, 1).status_code == 404


def test_taking_the_document_and_the_lines_away_is_journalled_but_kept_out_of_the_plans_history():
    plan = a_year_with_document()
    a_line(an_occurrence(task=a_task(plan)))
    officer = an_officer(plan)

    b"".join(page(officer, "document_file", plan.pk).streaming_content)
    b"".join(page(officer, "original", plan.pk).streaming_content)
    page(officer, "table_export", plan.pk)

    assert looks() == [
        ("plan document downloaded", officer.name),
        ("plan lines exported", officer.name),
    ]
    shown = page(officer, "document", plan.pk).content.decode()
    assert "Tải văn bản kế hoạch" not in shown
    assert "Tải bảng theo dõi" not in shown


def test_a_task_tells_its_office_what_was_before_and_nobody_else():
    line = a_line(an_occurrence(due_reason="Trước ngày 15/03/2026."))
    task = line.occurrence.task
    Task.objects.filter(pk=task.pk).update(content="Nội dung đã sửa")
    Occurrence.objects.filter(pk=line.occurrence_id).update(due_reason="Gia hạn.")

    for user in (an_officer(task.plan), a_user_with(Role.AUDITOR, task.plan.office)):
        shown = page(user, "task", task.pk).content.decode()
        assert f"<del>{task.content}</del> → <ins" in shown
        assert "<del>Trước ngày 15/03/2026.</del> → <ins" in shown
        assert "Sửa lần đến hạn" in shown
    assert "<del>" not in page(a_clerk(line.unit), "task", task.pk).content.decode()
