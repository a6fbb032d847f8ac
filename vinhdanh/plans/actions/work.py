"""The running year: units report what is done, the office confirms it or sends it back."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from vinhdanh.accounts.models import User
from vinhdanh.common.clock import day_of
from vinhdanh.common.refusal import Refused, given
from vinhdanh.common.vietnamese import gettext_noop
from vinhdanh.documents import actions as documents
from vinhdanh.documents.models import File
from vinhdanh.journal import actions as journal
from vinhdanh.notices import actions as notices
from vinhdanh.notices.rules.telling import Telling
from vinhdanh.plans import access
from vinhdanh.plans.actions.held import hold_in_force, must_run
from vinhdanh.plans.models import Assignment, Extension, Occurrence, Report, Task
from vinhdanh.plans.rules import progress


@transaction.atomic
def report_done(
    line: Assignment, *, note: str, files: Iterable[UploadedFile], by: User, at: datetime
) -> Report:
    """The unit says that its part is done (báo cáo hoàn thành), with a note and files as evidence.

    Raises Refused to whoever does not act for the unit, without a note, for a file that cannot be
    taken, when a report is already waiting or accepted, and when the plan is not in force.
    """
    if not access.may_report(by, line, on=day_of(at)):
        raise Refused(_("Chỉ cán bộ phụ trách hoặc thủ trưởng của đơn vị được báo cáo việc này."))
    line = _move(line, "report", reported_on=day_of(at))
    report = _write_report(line, note=note, files=files, by=by, at=at)
    _journal("work reported", line, by=by, file_count=report.files.count())
    return report


@transaction.atomic
def record_done(
    line: Assignment, *, note: str, files: Iterable[UploadedFile], by: User, at: datetime
) -> Report:
    """The office records a line done for an outside unit, or for one where nobody can report.

    Raises Refused to whoever does not run the plan, while the unit can report by itself, without
    a note, and when a report is already waiting or accepted.
    """
    must_run(line.occurrence.plan, by=by, on=day_of(at))
    if access.can_report_itself(line.unit, on=day_of(at)):
        raise Refused(_("Đơn vị này có người phụ trách trên hệ thống; đề nghị đơn vị tự báo cáo."))
    line = _move(line, "record done", reported_on=day_of(at), accepted_on=day_of(at))
    answer = {"answer": Report.Answer.ACCEPTED, "answered_at": at, "answered_by": by}
    report = _write_report(line, note=note, files=files, by=by, at=at, on_behalf=True, **answer)
    _journal("work recorded done", line, by=by, file_count=report.files.count())
    return report


@transaction.atomic
def withdraw(report: Report, *, by: User, at: datetime) -> None:
    """The unit takes back a report that waits for the office (rút báo cáo).

    Raises Refused to whoever does not act for the unit, and once the office has answered.
    """
    if not access.may_report(by, report.assignment, on=day_of(at)):
        raise Refused(_("Chỉ cán bộ phụ trách hoặc thủ trưởng của đơn vị được rút báo cáo này."))
    line = _move(report.assignment, "withdraw", reported_on=None)
    _answer(report, Report.Answer.WITHDRAWN, by=by, at=at)
    _journal("report withdrawn", line, by=by)


@transaction.atomic
def accept(report: Report, *, by: User, at: datetime) -> None:
    """The office confirms that the unit's part is done (xác nhận hoàn thành).

    Raises Refused to whoever does not run the plan, and when the report is not waiting any more.
    """
    must_run(report.assignment.occurrence.plan, by=by, on=day_of(at))
    line = _move(report.assignment, "accept", accepted_on=day_of(at))
    _answer(report, Report.Answer.ACCEPTED, by=by, at=at)
    _tell(report, line, gettext_noop("Đã xác nhận hoàn thành: %(work)s"), by=by, at=at)
    _journal("report accepted", line, by=by)


def accept_all(reports: Iterable[Report], *, by: User, at: datetime) -> list[tuple[Report, str]]:
    """Accept each report by itself; give back those that could not be, with the reason."""
    refused = []
    for report in reports:
        try:
            accept(report, by=by, at=at)
        except Refused as refusal:
            refused.append((report, str(refusal)))
    return refused


@transaction.atomic
def send_back(report: Report, *, reason: str, by: User, at: datetime) -> None:
    """The office returns a waiting report to the unit (trả lại), which then owes it again.

    Raises Refused to whoever does not run the plan, without a reason, and when the report is not
    waiting any more.
    """
    must_run(report.assignment.occurrence.plan, by=by, on=day_of(at))
    reason = given(reason, _("Hãy nêu lý do trả lại để đơn vị biết phải bổ sung gì."))
    line = _move(report.assignment, "send back", reported_on=None)
    _answer(report, Report.Answer.RETURNED, by=by, at=at, reason=reason)
    _tell(report, line, gettext_noop("Báo cáo bị trả lại: %(work)s"), by=by, at=at)
    _journal("report sent back", line, by=by)


@transaction.atomic
def reopen(report: Report, *, reason: str, by: User, at: datetime) -> None:
    """The office takes its confirmation back (mở lại); the unit owes the line again.

    Raises Refused to whoever does not run the plan, without a reason, and when this report is not
    the one by which the line is done.
    """
    must_run(report.assignment.occurrence.plan, by=by, on=day_of(at))
    reason = given(reason, _("Hãy nêu lý do mở lại."))
    line = _move(report.assignment, "reopen", reported_on=None, accepted_on=None)
    _answer(
        report,
        Report.Answer.RETURNED,
        by=by,
        at=at,
        reason=reason,
        answered=Report.Answer.ACCEPTED,
    )
    _tell(report, line, gettext_noop("Việc đã xác nhận được mở lại: %(work)s"), by=by, at=at)
    _journal("work reopened", line, by=by)


@transaction.atomic
def set_due(occurrence: Occurrence, *, due_on: date, reason: str, by: User, at: datetime) -> None:
    """Enter or correct the date of a duty whose time somebody else sets (nhập ngày đến hạn).

    `due_on` is the last day on which it is in time; `reason` says where the date comes from, such
    as the number of the letter that sets it. A date that was there before stays on the task as an
    extension. Raises Refused to whoever does not run the plan,
    without a reason, when the plan itself sets the date, and for a date far from the plan's year.
    """
    plan = occurrence.plan
    must_run(plan, by=by, on=day_of(at))
    hold_in_force(plan.pk)
    if occurrence.task.due_kind != Task.Due.EXTERNAL:
        raise Refused(
            _("Hạn của việc này do kế hoạch ấn định; muốn đổi thì phải điều chỉnh kế hoạch.")
        )
    reason = given(reason, _("Hãy ghi căn cứ của ngày này, ví dụ số và ngày của văn bản."))
    if abs(due_on.year - plan.year) > 1:
        raise Refused(
            _("Ngày đến hạn phải trong năm %(year)d hoặc năm liền kề.") % {"year": plan.year}
        )
    current = Occurrence.objects.select_for_update().get(pk=occurrence.pk)
    if current.starts_on and due_on < current.starts_on:
        raise Refused(_("Ngày đến hạn không được trước ngày bắt đầu."))
    if current.due_on not in {None, due_on}:
        Extension.objects.create(
            occurrence=current,
            before=current.due_on,
            after=due_on,
            reason=reason,
            extended_at=at,
            extended_by=by,
        )
    Occurrence.objects.filter(pk=current.pk).update(due_on=due_on, due_reason=reason)
    journal.record(
        "due date entered",
        occurrence.task,
        by=by,
        detail={
            "before": {"due": current.due_on.isoformat() if current.due_on else None},
            "after": {"due": due_on.isoformat()},
            "reason": reason,
        },
    )
    occurrence.due_on, occurrence.due_reason = due_on, reason


@transaction.atomic
def hand_out(report: Report, file: File, *, by: User) -> None:
    """Note in the journal that a file of a report is being downloaded.

    The line is about the report, not the task: whoever may not read the report does not learn the
    file's name either.
    """
    journal.record("evidence downloaded", report, by=by, detail={"file": file.name})


def _move(line: Assignment, step: str, **days: date | None) -> Assignment:
    """The line, locked and moved one step; its occurrence, task, plan and unit are at hand."""
    hold_in_force(line.occurrence.plan_id)
    line = (
        Assignment.objects.select_for_update(of=("self",))
        .select_related("occurrence__task", "occurrence__plan__office", "unit")
        .get(pk=line.pk)
    )
    if not progress.may_step(step, line.state):
        raise Refused(_(progress.why_not(step, line.state)))
    line.state = progress.STEPS[step][1]
    for name, day in days.items():
        setattr(line, name, day)
    line.save(update_fields=["state", *days])
    return line


def _write_report(
    line: Assignment,
    *,
    note: str,
    files: Iterable[UploadedFile],
    by: User,
    at: datetime,
    **fields: Any,
) -> Report:
    note = given(note, _("Hãy ghi kết quả thực hiện."))
    kept = [documents.keep(file, by=by, at=at) for file in files]
    report = Report.objects.create(
        assignment=line, note=note, reported_at=at, reported_by=by, **fields
    )
    if kept:
        report.files.set(kept)
    return report


def _answer(
    report: Report,
    answer: str,
    *,
    by: User,
    at: datetime,
    reason: str = "",
    answered: str = Report.Answer.WAITING,
) -> None:
    """Write the answer to a report that was `answered` so before; refused when it was not."""
    written = Report.objects.filter(pk=report.pk, answer=answered).update(
        answer=answer, reason=reason, answered_at=at, answered_by=by
    )
    if not written:
        raise Refused(_("Đơn vị đã có báo cáo khác; hãy mở lại trang để xem báo cáo mới nhất."))
    report.refresh_from_db()


def _tell(report: Report, line: Assignment, title: str, *, by: User, at: datetime) -> None:
    """Let whoever reported know what the office answered; not the office itself."""
    if report.reported_by_id == by.pk:
        return
    with translation.override(settings.LANGUAGE_CODE):
        telling = Telling(
            user_id=report.reported_by_id,
            kind="answer",
            key=f"report:{report.pk}:{report.answer}",
            title=_(title) % {"work": line.occurrence},
            text=report.reason,
            url=line.occurrence.get_absolute_url(),
            office_id=UUID(line.occurrence.plan.office.path.partition("/")[0]),
        )
    notices.tell([telling], at=at)


def _journal(deed: str, line: Assignment, *, by: User, **detail: Any) -> None:
    occurrence = line.occurrence
    named = {"unit": line.unit.name}
    if occurrence.label:
        named["label"] = occurrence.label
    journal.record(deed, occurrence.task, by=by, detail={**named, **detail})
