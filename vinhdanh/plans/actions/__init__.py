"""What people do with a plan: hand it in, correct and settle the draft, start it, do the work."""

from vinhdanh.plans.actions.draft import (
    Facts,
    Row,
    add_row,
    edit_facts,
    edit_row,
    strike_out,
    take_back,
    throw_away,
)
from vinhdanh.plans.actions.force import carry_on_force, put_into_force, set_going, start_force
from vinhdanh.plans.actions.life import close_plan, reopen_plan, take_back_from_force
from vinhdanh.plans.actions.reading import hand_in, read_document, store
from vinhdanh.plans.actions.settle import (
    accept_finding,
    accept_findings,
    check_again,
    correct_finding,
    match_name,
    match_name_again,
    reopen_finding,
)

__all__ = [
    "Facts",
    "Row",
    "accept_finding",
    "accept_findings",
    "add_row",
    "carry_on_force",
    "check_again",
    "close_plan",
    "correct_finding",
    "edit_facts",
    "edit_row",
    "hand_in",
    "match_name",
    "match_name_again",
    "put_into_force",
    "read_document",
    "reopen_finding",
    "reopen_plan",
    "set_going",
    "start_force",
    "store",
    "strike_out",
    "take_back",
    "take_back_from_force",
    "throw_away",
]
