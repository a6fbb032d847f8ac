"""The demonstration's year: this year's plan under way, next year's handed in as a draft."""

import zlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from config.demo.document import plan_document
from config.demo.evidence import minutes
from vinhdanh.accounts.models import User
from vinhdanh.people import access
from vinhdanh.people.models import RoleHolding, Unit
from vinhdanh.plans import actions as plans
from vinhdanh.plans.actions import work
from vinhdanh.plans.models import Assignment, Finding, Plan

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_NOTES = (
    "Đã hoàn thành theo kế hoạch, đúng thời hạn.",
    "Đã gửi văn bản và danh sách kèm theo về Văn phòng Sở.",
    "Đã tổ chức tại đơn vị, có biên bản họp và danh sách người dự.",
    "Đơn vị đã thực hiện, kết quả kèm theo báo cáo này.",
)
_WHY_BACK = "Thiếu biên bản họp có chữ ký; đề nghị bổ sung rồi báo cáo lại."
# Of a hundred lines whose time has come, how many are in which state; the rest are late.
_ACCEPTED, _WAITING, _RETURNED = 88, 4, 3
# Some units are ahead of the time.
_EARLY_DAYS, _EARLY_SHARE = 20, 30


def run(department: Unit, *, on: date, at: datetime) -> None:
    """Put the plan of the year of `on` into force, with its work done up to that day but for some;
    hand in the draft for the next year."""
    office = User.objects.get(username="vanphong")
    plan = _hand_in(department, on.year, by=office, at=at, draft=False)
    for finding in plan.findings.filter(state=Finding.State.OPEN):
        reason = "Giữ nguyên theo văn bản đã ký."
        plans.accept_finding(finding, reason=reason, by=office, at=at)
    plans.put_into_force(plan, by=office, on=on, at=at)
    _report(plan, office=office, on=on, at=at)
    _hand_in(department, on.year + 1, by=office, at=at, draft=True)


def _hand_in(department: Unit, year: int, *, by: User, at: datetime, draft: bool) -> Plan:
    name = f"{'Dự thảo kế hoạch' if draft else 'Kế hoạch'} thi đua, khen thưởng {year}.docx"
    upload = SimpleUploadedFile(name, plan_document(year, draft=draft), content_type=_DOCX)
    plan = plans.hand_in(upload, office=department, by=by, at=at).plan
    assert plan is not None
    return plan


def _report(plan: Plan, *, office: User, on: date, at: datetime) -> None:
    reporters = _reporters(on)
    for line, chance in _lines_in_time(plan, on):
        reporter = reporters.get(line.unit_id)
        when = min(_moment(line, chance), at)
        note = _NOTES[chance % len(_NOTES)]
        if reporter is None:
            if chance < _ACCEPTED:
                work.record_done(line, note=note, files=[], by=office, at=when)
            continue
        if chance >= _ACCEPTED + _WAITING + _RETURNED:
            continue
        files = [_minutes(on)] if chance % 7 == 0 else []
        report = work.report_done(line, note=note, files=files, by=reporter, at=when)
        if chance < _ACCEPTED:
            work.accept(report, by=office, at=min(when + timedelta(days=1), at))
        elif chance >= _ACCEPTED + _WAITING:
            work.send_back(
                report, reason=_WHY_BACK, by=office, at=min(when + timedelta(days=1), at)
            )


def _lines_in_time(plan: Plan, on: date) -> Iterator[tuple[Assignment, int]]:
    """The lines whose time has come, and some that are done early, each with its chance (0..99):
    the same in every demonstration."""
    lines = Assignment.objects.filter(
        occurrence__plan=plan, occurrence__due_on__lt=on + timedelta(days=_EARLY_DAYS)
    ).select_related("occurrence__plan", "occurrence__task", "unit")
    for line in lines:
        due = line.occurrence.due_on
        assert due is not None
        seed = f"{line.occurrence.task.number} {line.occurrence.label} {line.unit.name}"
        chance = zlib.crc32(seed.encode()) % 100
        # What was due long ago has been seen to.
        if due < on - timedelta(days=90):
            chance = chance % _ACCEPTED
        if due < on or chance < _EARLY_SHARE:
            yield line, chance


def _reporters(on: date) -> dict[UUID, User]:
    """Who reports for a unit, by unit: the clerk before the head."""
    held = RoleHolding.objects.filter(role__in=access.ACTS_FOR).select_related("user")
    return {
        holding.unit_id: holding.user
        for holding in sorted(held, key=lambda one: one.role == RoleHolding.Role.CLERK)
    }


def _moment(line: Assignment, chance: int) -> datetime:
    due = line.occurrence.due_on
    assert due is not None
    day = due - timedelta(days=chance % 9)
    return timezone.make_aware(datetime.combine(day, time(9 + chance % 7, chance % 60)))


def _minutes(on: date) -> SimpleUploadedFile:
    return SimpleUploadedFile(
        "Biên bản họp.pdf", minutes("Đơn vị (minh họa)", on), content_type="application/pdf"
    )
