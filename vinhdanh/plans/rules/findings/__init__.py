"""What a careful clerk would ask about a plan before it is put into force."""

from vinhdanh.plans.rules.plan import Finding, Plan


def findings(plan: Plan) -> list[Finding]:
    """All findings of the plan."""
    return []
