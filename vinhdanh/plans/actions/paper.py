"""What people do with a plan as an official paper."""

from datetime import datetime

from django.db import transaction

from vinhdanh.accounts.models import User
from vinhdanh.common.clock import day_of
from vinhdanh.journal import actions as journal
from vinhdanh.papers.rules.stored import annex_to_json
from vinhdanh.plans.actions.held import must_run
from vinhdanh.plans.models import Plan
from vinhdanh.plans.queries import paper as queries
from vinhdanh.secretariat.actions import papers
from vinhdanh.secretariat.models import Paper


@transaction.atomic
def draft_paper(plan: Plan, *, by: User, at: datetime) -> Paper:
    """Begin a paper of the office from the plan's words (lập dự thảo văn bản): it is edited, signed
    and numbered as every paper is.

    Raises Refused to whoever does not run the plan.
    """
    must_run(plan, by=by, on=day_of(at))
    words = queries.words(plan)
    paper = papers.draft(
        plan.office,
        queries.KIND,
        subject=words.subject,
        text=words.text,
        annexes=[annex_to_json(annex) for annex in words.annexes],
        about=(plan.title, plan.get_absolute_url()),
        by=by,
        at=at,
    )
    journal.record("plan paper drafted", plan, by=by, detail={"paper": paper.subject})
    return paper


@transaction.atomic
def hand_out(plan: Plan, *, name: str, by: User) -> None:
    """Note in the journal that the plan is being downloaded as a paper."""
    journal.record("plan paper downloaded", plan, by=by, detail={"file": name})
