"""Settling what was pointed out in a draft: findings, and the names of units."""

from collections import Counter
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from vinhdanh.accounts.models import User
from vinhdanh.common.refusal import Refused
from vinhdanh.journal import actions as journal
from vinhdanh.people import queries as people
from vinhdanh.people.models import Unit, UnitGroup
from vinhdanh.plans import queries
from vinhdanh.plans.actions.held import held_draft, touch
from vinhdanh.plans.actions.reading import store_findings
from vinhdanh.plans.models import Finding, Plan, Task, TaskOwner
from vinhdanh.plans.rules.findings import findings as what_a_clerk_would_ask
from vinhdanh.secretariat.queries.calendar import special_days

State = Finding.State
Match = TaskOwner.Match


@transaction.atomic
def accept_finding(finding: Finding, *, reason: str, by: User, at: datetime) -> None:
    """Let what was pointed out stand as it is, for a reason (chấp nhận).

    Refused without a reason, when it is settled already, or when the plan is no draft.
    """
    if not reason.strip():
        raise Refused(_("Phải ghi lý do chấp nhận."))
    _settle(finding, State.ACCEPTED, reason=reason.strip(), by=by, at=at)


@transaction.atomic
def accept_findings(plan: Plan, kind: str, *, reason: str, by: User, at: datetime) -> int:
    """Accept all open findings of one kind for one reason; how many.

    Refused as `accept_finding`, and when none is open.
    """
    findings = list(plan.findings.filter(kind=kind, state=State.OPEN))
    if not findings:
        raise Refused(_("Điểm này đã được xử lý."))
    for finding in findings:
        accept_finding(finding, reason=reason, by=by, at=at)
    return len(findings)


@transaction.atomic
def correct_finding(finding: Finding, *, by: User, at: datetime) -> None:
    """Say that what was pointed out has been corrected (đã sửa).

    Refused while none of the rows that it names, or for a finding about the plan as a whole none
    of the plan's facts, has been edited; and as `accept_finding`.
    """
    if not queries.may_be_corrected(finding):
        raise Refused(_("Chưa có dòng nào được sửa; hãy sửa trước, hoặc chấp nhận kèm lý do."))
    _settle(finding, State.CORRECTED, reason="", by=by, at=at)


@transaction.atomic
def reopen_finding(finding: Finding, *, by: User, at: datetime) -> None:
    """Take back how a finding was settled."""
    plan = held_draft(finding.plan_id)
    moved = Finding.objects.filter(
        pk=finding.pk, state__in=[State.ACCEPTED, State.CORRECTED]
    ).update(state=State.OPEN, reason="", settled_at=None, settled_by=None)
    if not moved:
        raise Refused(_("Điểm này chưa được xử lý, không có gì để làm lại."))
    touch(plan, at=at)
    journal.record("plan finding reopened", plan, by=by, detail={"finding": str(finding)})


@transaction.atomic
def check_again(plan: Plan, *, by: User, at: datetime) -> Counter[str]:
    """Check the draft as it now stands (kiểm tra lại); how many are "added" and "corrected".

    What is no longer found counts as corrected, by itself (`settled_by` None); what comes back
    after that is opened again. What a person has settled stays settled.
    """
    held_draft(plan.pk)
    known: dict[tuple[str, ...], list[Finding]] = {}
    for finding in plan.findings.all():
        known.setdefault(_same(finding), []).append(finding)
    added = []
    for one in what_a_clerk_would_ask(queries.as_read(plan), special_days()):
        before = known.get(_same(one))
        if before:
            _come_back(before.pop())
        elif one.kind != Finding.Kind.NUMBERING:
            # A gap that striking out leaves in the numbers is no fault of the plan.
            added.append(one)
    gone = [one for rest in known.values() for one in rest if one.state == State.OPEN]
    for finding in gone:
        finding.state, finding.settled_at = State.CORRECTED, at
    Finding.objects.bulk_update(gone, ["state", "settled_at"])
    store_findings(plan, added, queries.kept_rows(plan))
    counted = Counter(added=len(added), corrected=len(gone))
    if counted.total():
        journal.record("plan checked again", plan, by=by, detail=dict(counted))
    return counted


@transaction.atomic
def match_name(
    plan: Plan,
    name: str,
    *,
    by: User,
    at: datetime,
    unit: Unit | None = None,
    group: UnitGroup | None = None,
    reason: str = "",
    row: Task | None = None,
) -> int:
    """Say whom a printed name means, in every row that has it or in `row` only; how many places.

    With neither unit nor group the name is left out of the system (không giao trên hệ thống),
    which asks for a reason. Refused when the plan is no draft or names nobody so.
    """
    held_draft(plan.pk)
    left_out = unit is None and group is None
    if left_out and not reason.strip():
        raise Refused(_("Phải ghi lý do không giao trên hệ thống."))
    places = _places(plan, name, row).update(
        match=Match.IGNORED if left_out else Match.CHOSEN,
        unit=unit,
        unit_group=group,
        reason=reason.strip() if left_out else "",
    )
    if not places:
        raise Refused(_("Kế hoạch không còn ghi tên này."))
    touch(plan, at=at)
    detail = {"name": name, "meant": str(unit or group or ""), "reason": reason, "places": places}
    journal.record("plan name matched", plan, by=by, detail=detail)
    return places


@transaction.atomic
def match_name_again(plan: Plan, name: str, *, by: User, on: date, at: datetime) -> None:
    """Take back what a printed name was said to mean; it is looked up again as of day `on`."""
    held_draft(plan.pk)
    found = people.match_names([name], office=plan.office, on=on)[name]
    places = _places(plan, name, None).update(
        match=found.kind, unit=found.unit, unit_group=found.group, reason=""
    )
    if not places:
        raise Refused(_("Kế hoạch không còn ghi tên này."))
    touch(plan, at=at)
    journal.record("plan name looked up again", plan, by=by, detail={"name": name})


def _settle(finding: Finding, state: str, *, reason: str, by: User, at: datetime) -> None:
    plan = held_draft(finding.plan_id)
    moved = Finding.objects.filter(pk=finding.pk, state=State.OPEN).update(
        state=state, reason=reason, settled_at=at, settled_by=by
    )
    if not moved:  # somebody else settled it first
        raise Refused(_("Điểm này đã được xử lý."))
    touch(plan, at=at)
    detail = {"finding": str(finding), "reason": reason}
    journal.record(f"plan finding {state}", plan, by=by, detail=detail)


def _come_back(finding: Finding) -> None:
    if finding.state == State.CORRECTED and finding.settled_by_id is None:
        finding.state, finding.settled_at = State.OPEN, None
        finding.save(update_fields=["state", "settled_at"])


def _same(finding: object) -> tuple[str, ...]:
    """What tells findings apart however often the draft is checked."""
    values = finding.values  # type: ignore[attr-defined]
    kind, template = finding.kind, finding.template  # type: ignore[attr-defined]
    return (kind, template, *(f"{key}={values[key]}" for key in sorted(values)))


def _places(plan: Plan, name: str, row: Task | None):  # type: ignore[no-untyped-def]
    places = TaskOwner.objects.filter(task__plan=plan, name=name)
    return places.filter(task=row) if row else places
