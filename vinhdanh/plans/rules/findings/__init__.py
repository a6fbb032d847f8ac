"""What a careful clerk would ask about a plan before it is put into force."""

from functools import partial

from vinhdanh.common.calendar import SpecialDays
from vinhdanh.plans.rules.findings.conflicts import conflicting_dues
from vinhdanh.plans.rules.findings.days import days_off, odd_dates
from vinhdanh.plans.rules.findings.gaps import blanks, missing
from vinhdanh.plans.rules.findings.names import near_names
from vinhdanh.plans.rules.findings.numbering import numbering
from vinhdanh.plans.rules.findings.offices import doubled_offices
from vinhdanh.plans.rules.plan import Finding, Plan

_NONE = SpecialDays()


def findings(plan: Plan, special: SpecialDays = _NONE) -> list[Finding]:
    """All findings of the plan, in the order of their kinds; each check costs time in
    proportion to the length of the plan. `special` are the days announced as off or worked."""
    checks = (
        conflicting_dues,
        partial(days_off, special=special),
        numbering,
        near_names,
        doubled_offices,
        blanks,
        odd_dates,
        missing,
    )
    return [finding for check in checks for finding in check(plan)]
