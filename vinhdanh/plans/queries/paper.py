"""A plan as an official paper, and the plan that somebody names on the command line."""

from dataclasses import dataclass, replace
from uuid import UUID

from django.utils.translation import gettext as _

from vinhdanh.common.refusal import Refused
from vinhdanh.common.vietnamese import fold
from vinhdanh.papers.rules import enclosing, kinds
from vinhdanh.papers.rules.text import parse
from vinhdanh.papers.rules.tree import Annex, Paper
from vinhdanh.plans.models import Plan
from vinhdanh.plans.queries.check import as_read
from vinhdanh.plans.rules import paper as rules
from vinhdanh.secretariat.models import Signer
from vinhdanh.secretariat.queries.papers import letterhead_of, printed, signature_of
from vinhdanh.secretariat.rules.papers import lines

KIND = "plan"


@dataclass(frozen=True)
class Words:
    """What a plan gives to a paper that is drafted from it; its annexes name no number yet."""

    subject: str
    text: str
    annexes: tuple[Annex, ...]


def words(plan: Plan) -> Words:
    """The plan as it now stands, for a draft. Four queries."""
    read = as_read(plan)
    return Words(rules.subject(read), rules.text(read), rules.annexes(read, note=""))


def tree(plan: Plan) -> Paper:
    """The plan as a paper: its own words, number and day, blank where they are blank; the head,
    the recipients and who signs are those of the office's papers. Six queries."""
    read = as_read(plan)
    head = letterhead_of(plan.office)
    own_sign = kinds.sign(KIND, head.code)
    number, sign = rules.numbering(read, otherwise=own_sign)
    issuer = head.issuer_name
    if plan.issuer and not fold(plan.issuer).startswith(fold(issuer)):
        issuer = plan.issuer.upper()
    note = enclosing.note(KIND, number, sign, plan.issued_on, plan.issuer or issuer)
    signer = Signer.objects.filter(office=plan.office, is_active=True).first()
    return Paper(
        kind=KIND,
        letterhead=replace(
            printed(head), issuer=issuer, place=rules.place(read, otherwise=head.place)
        ),
        sign=sign,
        subject=rules.subject(read),
        parts=parse(rules.text(read), {}),
        signature=signature_of(signer) if signer else None,
        number=number,
        signed_on=plan.issued_on,
        recipients=lines(head.recipients),
        annexes=rules.annexes(read, note=note),
        is_draft=plan.is_draft,
    )


def plan_named(text: str) -> Plan:
    """The plan of an id, of a year ("2026"), or of a year and its office, by any of its names or by
    its code in signs ("2026 SVHTT"): that in force, else the closed one, else the newest draft.

    Raises Refused when there is none, and when the year alone means plans of several offices.
    """
    plans = Plan.objects.select_related("office")
    if key := _key(text):
        found = list(plans.filter(pk=key))
    else:
        year, _blank, office = text.strip().partition(" ")
        found = list(plans.filter(year=int(year))) if year.isdecimal() and len(year) == 4 else []
        if office:
            found = [plan for plan in found if _is_called(plan, office)]
    order = [Plan.State.IN_FORCE, Plan.State.CLOSED, Plan.State.STARTING, Plan.State.DRAFT]
    best: dict[UUID, Plan] = {}
    for plan in sorted(found, key=lambda plan: order.index(Plan.State(plan.state))):
        best.setdefault(plan.office_id, plan)
    if not best:
        raise Refused(
            _("Không có kế hoạch nào là “%(text)s”; hãy ghi năm, hoặc năm và tên viết tắt cơ quan.")
            % {"text": text}
        )
    if len(best) > 1:
        names = "; ".join(f"{plan.year} {_short_name(plan)}" for plan in best.values())
        raise Refused(
            _("Năm %(year)s có kế hoạch của nhiều cơ quan; hãy ghi rõ một trong: %(names)s.")
            % {"year": text.strip(), "names": names}
        )
    return next(iter(best.values()))


def _is_called(plan: Plan, office: str) -> bool:
    code = letterhead_of(plan.office).code
    return fold(office) in {*plan.office.folded.split(" | "), fold(code)}


def _short_name(plan: Plan) -> str:
    return plan.office.short_name or plan.office.name


def _key(text: str) -> UUID | None:
    try:
        return UUID(text.strip())
    except ValueError:
        return None
