"""Urging units that are late (đôn đốc), and reporting how the year stands: drafts that the office
reads over before anything leaves the house."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from vinhdanh.accounts.models import User
from vinhdanh.common.clock import day_of
from vinhdanh.common.refusal import Refused
from vinhdanh.journal import actions as journal
from vinhdanh.plans.actions.held import hold_in_force, must_run
from vinhdanh.plans.models import Plan
from vinhdanh.plans.queries import urging as queries
from vinhdanh.plans.queries import work_board
from vinhdanh.secretariat.actions.mailings import put_in_outbox
from vinhdanh.secretariat.actions.papers import draft_from_template
from vinhdanh.secretariat.models import Mailing, Paper


@dataclass(frozen=True)
class Urging:
    """What was made: the draft of a letter, and a mailing that waits in the outbox."""

    paper: Paper | None
    mailing: Mailing | None


@transaction.atomic
def urge(
    plan: Plan,
    *,
    units: Collection[UUID],
    with_soon: bool,
    finish_by: date,
    letter: bool,
    mailing: bool,
    by: User,
    at: datetime,
) -> Urging:
    """Urge units about what they owe (đôn đốc): draft the official letter about what is late, put
    a mailing into the outbox that tells each person what their own unit owes, or both.

    `with_soon` has the mailing name what is due within 7 days as well; `finish_by` is the day by
    which the office wants it done. Raises Refused to whoever does not run the plan or when it is
    not in force, when neither is wanted, for a day that has passed, when none of the units owes
    anything any more, for a letter without late work, for a mailing that would reach nobody.
    """
    on = day_of(at)
    must_run(plan, by=by, on=on)
    hold_in_force(plan.pk)
    if not letter and not mailing:
        raise Refused(_("Hãy chọn lập công văn, lập thư nhắc, hoặc cả hai."))
    if finish_by <= on:
        raise Refused(_("Ngày đề nghị hoàn thành phải sau hôm nay."))
    wanted = set(units)
    found = queries.debtors(plan, on=on, with_soon=with_soon)
    found = [debtor for debtor in found if debtor.unit.pk in wanted]
    if not found:
        raise Refused(_("Hãy chọn ít nhất một đơn vị còn việc phải đôn đốc."))
    made = Urging(
        _letter(plan, found, finish_by=finish_by, by=by, at=at) if letter else None,
        _mailing(plan, found, finish_by=finish_by, by=by, at=at) if mailing else None,
    )
    lines = sum(len(debtor.debts) for debtor in found)
    journal.record("work urged", plan, by=by, detail={"units": len(found), "lines": lines})
    return made


def _letter(
    plan: Plan, found: list[queries.Debtor], *, finish_by: date, by: User, at: datetime
) -> Paper:
    late = [debtor for debtor in found if debtor.late]
    if not late:
        raise Refused(_("Các đơn vị đã chọn không có việc quá hạn; hãy chỉ lập thư nhắc."))
    return draft_from_template(
        plan.office,
        "letter",
        values={
            "đơn vị nhận": "\n".join(f"{debtor.unit.name};" for debtor in late).rstrip(";"),
            "hạn": f"{finish_by:%d/%m/%Y}",
            "kế hoạch": queries.plan_in_words(plan),
            "số việc": str(sum(len(debtor.late) for debtor in late)),
        },
        tables={"việc quá hạn": queries.late_by_unit(late)},
        by=by,
        at=at,
        about=_about(plan),
    )


def _mailing(
    plan: Plan, found: list[queries.Debtor], *, finish_by: date, by: User, at: datetime
) -> Mailing:
    addressees = [
        replace(person, concern=queries.concern(debtor.debts))
        for debtor in found
        for person in debtor.people
    ]
    if not addressees:
        raise Refused(
            _("Các đơn vị đã chọn chưa có ai phụ trách trên hệ thống; hãy chỉ lập công văn.")
        )
    # Braces would be taken for the name of a field.
    named = queries.plan_in_words(plan).replace("{", "(").replace("}", ")")
    said = {"plan": named, "day": f"{finish_by:%d/%m/%Y}"}
    subject = f"Đôn đốc thực hiện {named}"
    # What leaves the house is Vietnamese, whatever language the sender's screens speak.
    text = (
        "Kính gửi {người nhận},\n\n"
        "Thực hiện %(plan)s, {đơn vị} còn các việc sau đây chưa báo cáo hoàn thành:\n"
        "{việc}\n\n"
        "Đề nghị đơn vị hoàn thành và báo cáo trên hệ thống trước ngày %(day)s. "
        "Việc có vướng mắc thì nêu rõ lý do và đề xuất thời hạn."
    )
    return put_in_outbox(
        plan.office,
        Mailing.Kind.URGING,
        subject=subject[:300],
        text=text % said,
        addressees=addressees,
        by=by,
        at=at,
        url=reverse("plans:my_work"),
        about=_about(plan),
    )


@transaction.atomic
def draft_progress(plan: Plan, *, by: User, at: datetime) -> Paper:
    """Draft the progress report of the plan as of the day (báo cáo tiến độ), to be read over.

    Raises Refused to whoever does not run the plan.
    """
    on = day_of(at)
    must_run(plan, by=by, on=on)
    board = work_board.board(plan, on=on)
    paper = draft_from_template(
        plan.office,
        "report",
        values={
            "kế hoạch": queries.plan_in_words(plan),
            "ngày": f"{on:%d/%m/%Y}",
            "tổng số việc": str(board.counts.total),
            "đã hoàn thành": str(board.counts.done),
            "quá hạn": str(board.counts.late),
            "chờ xác nhận": str(board.counts.reported),
        },
        tables={
            "tiến độ": queries.progress_by_unit(board),
            "việc quá hạn": queries.late_by_work(queries.debtors(plan, on=on)),
        },
        by=by,
        at=at,
        about=_about(plan),
    )
    journal.record("progress drafted", plan, by=by, detail={"units": len(board.units)})
    return paper


def _about(plan: Plan) -> tuple[str, str]:
    return plan.title, reverse("plans:board", args=[plan.pk])
