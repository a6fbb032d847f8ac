"""What people do with units, groups, persons, accounts and roles."""

from vinhdanh.people.actions.accounts import (
    close_account,
    create_administrator,
    forget_second_factors,
    grant_role,
    open_account,
    reopen_account,
    reset_password,
    revoke_role,
    set_address,
)
from vinhdanh.people.actions.endings import end_unit, hand_over, resume_unit
from vinhdanh.people.actions.groups import create_group, delete_group, edit_group
from vinhdanh.people.actions.imports import (
    Imported,
    begin_taking_in,
    carry_on,
    give_up,
    hand_in,
    show_passwords,
    take_in,
)
from vinhdanh.people.actions.persons import (
    begin_position,
    create_person,
    edit_person,
    edit_position,
    end_position,
    note_export,
    note_look,
)
from vinhdanh.people.actions.units import create_unit, edit_unit, move_unit

__all__ = [
    "Imported",
    "begin_position",
    "begin_taking_in",
    "carry_on",
    "close_account",
    "create_administrator",
    "create_group",
    "create_person",
    "create_unit",
    "delete_group",
    "edit_group",
    "edit_person",
    "edit_position",
    "edit_unit",
    "end_position",
    "end_unit",
    "forget_second_factors",
    "give_up",
    "grant_role",
    "hand_in",
    "hand_over",
    "move_unit",
    "note_export",
    "note_look",
    "open_account",
    "reopen_account",
    "reset_password",
    "resume_unit",
    "revoke_role",
    "set_address",
    "show_passwords",
    "take_in",
]
