"""What people look at in a plan: the draft under review, what stands in its way, the work."""

from vinhdanh.plans.queries.force import (
    force_progress,
    leaves,
    obstacles,
    outcome,
    outcome_of,
    rival_of,
    unsettled_owners,
    work,
)

__all__ = [
    "force_progress",
    "leaves",
    "obstacles",
    "outcome",
    "outcome_of",
    "rival_of",
    "unsettled_owners",
    "work",
]
