"""Papers too long to be laid out while a person waits."""

import pytest
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from vinhdanh.common.refusal import Refused
from vinhdanh.secretariat import tasks
from vinhdanh.secretariat.actions import papers
from vinhdanh.secretariat.models import Letterhead, Number, Paper
from vinhdanh.secretariat.queries import papers as queries
from vinhdanh.secretariat.rules.papers import MOST_LINES_AT_ONCE
from vinhdanh.secretariat.tests.browse import as_user, page
from vinhdanh.secretariat.tests.make import AT, ON, a_draft, a_table, an_office, an_officer

pytestmark = pytest.mark.django_db


def a_long_draft(office, by):
    table = {"bảng dài": a_table(MOST_LINES_AT_ONCE + 1)}
    return a_draft(office, by=by, tables=table, text="Như sau:\n{bảng bảng dài}")


def test_a_long_paper_is_issued_by_a_job_and_only_once():
    office = an_office()
    by = an_officer(office)

    sent = papers.issue(a_long_draft(office, by), signed_on=ON, by=by, at=AT)
    job = ProcrastinateJob.objects.get(task_name=papers.ISSUE_JOB)
    assert (sent.state, Number.objects.count()) == (Paper.State.ISSUING, 0)
    assert job.args == {"paper_id": str(sent.pk)}
    papers.carry_on_issuing(sent, at=AT)
    papers.carry_on_issuing(sent, at=AT)

    sent.refresh_from_db()
    assert (sent.state, sent.number.number, sent.issued_by) == (Paper.State.ISSUED, 1, by)
    assert Number.objects.count() == 1


def test_a_long_paper_that_something_keeps_back_is_a_draft_again():
    office = an_office()
    by = an_officer(office)
    sent = papers.issue(a_long_draft(office, by), signed_on=ON, by=by, at=AT)

    Letterhead.objects.all().delete()
    papers.carry_on_issuing(sent, at=AT)

    sent.refresh_from_db()
    assert (sent.state, sent.signed_on, Number.objects.count()) == (Paper.State.DRAFT, None, 0)
    line = queries.history(sent).first()
    assert (line.deed, line.actor_id) == ("paper not issued", None)
    assert "Chưa nhập thông tin" in line.detail["reason"]


def test_issuing_that_does_not_end_is_stopped():
    office = an_office()
    by = an_officer(office)
    sent = papers.issue(a_long_draft(office, by), signed_on=ON, by=by, at=AT)

    papers.stop_issuing(sent, by=by, at=AT)
    with pytest.raises(Refused, match="không còn ở bước"):
        papers.stop_issuing(sent, by=by, at=AT)
    papers.carry_on_issuing(sent, at=AT)

    sent.refresh_from_db()
    assert (sent.state, Number.objects.count()) == (Paper.State.DRAFT, 0)


def test_the_job_issues_the_paper_and_does_nothing_when_it_is_gone():
    office = an_office()
    by = an_officer(office)
    sent = papers.issue(a_long_draft(office, by), signed_on=ON, by=by, at=AT)

    tasks.issue_paper(str(sent.pk))
    tasks.issue_paper(str(office.pk))

    sent.refresh_from_db()
    assert (sent.state, sent.number.number) == (Paper.State.ISSUED, 1)


def test_a_worker_that_is_killed_leaves_nothing_and_the_next_one_issues():
    office = an_office()
    by = an_officer(office)
    sent = papers.issue(a_long_draft(office, by), signed_on=ON, by=by, at=AT)

    with transaction.atomic():
        papers.carry_on_issuing(sent, at=AT)
        transaction.set_rollback(True)
    left = (Paper.objects.get().state, Number.objects.count())
    papers.carry_on_issuing(sent, at=AT)

    assert left == (Paper.State.ISSUING, 0)
    assert [number.number for number in Number.objects.all()] == [1]


def test_the_look_at_a_long_draft_shows_the_first_rows_and_says_so():
    office = an_office()
    by = an_officer(office)

    shown = page(as_user(by), "paper", a_long_draft(office, by).pk)

    assert "Phần lời và bảng dài chỉ hiện 80 dòng đầu" in shown


def test_running_text_counts_as_rows_do():
    lines = "\n".join(f"Đoạn {number}." for number in range(MOST_LINES_AT_ONCE))

    assert not queries.is_long(a_draft(text=lines))
    assert queries.is_long(a_draft(text=f"{lines}\nĐoạn cuối."))
