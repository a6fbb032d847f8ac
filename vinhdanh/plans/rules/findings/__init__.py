"""What a careful clerk would ask about a plan before it is put into force."""

from vinhdanh.plans.rules.findings.conflicts import conflicting_dues
from vinhdanh.plans.rules.findings.days import days_off, odd_dates
from vinhdanh.plans.rules.findings.gaps import blanks, missing
from vinhdanh.plans.rules.findings.names import near_names
from vinhdanh.plans.rules.findings.numbering import numbering
from vinhdanh.plans.rules.findings.offices import doubled_offices
from vinhdanh.plans.rules.plan import Finding, Plan

_CHECKS = (
    conflicting_dues,
    days_off,
    numbering,
    near_names,
    doubled_offices,
    blanks,
    odd_dates,
    missing,
)


def findings(plan: Plan) -> list[Finding]:
    """All findings of the plan, in the order of their kinds; each check costs time in
    proportion to the length of the plan."""
    return [finding for check in _CHECKS for finding in check(plan)]
