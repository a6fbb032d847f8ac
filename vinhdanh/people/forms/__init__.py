"""What people type about units, persons, accounts and roles."""

from vinhdanh.people.forms.persons import (
    AccountForm,
    AddressForm,
    EndPositionForm,
    NewPersonForm,
    PersonForm,
    PositionForm,
    RoleForm,
)
from vinhdanh.people.forms.sheets import ImportForm
from vinhdanh.people.forms.units import (
    EndForm,
    GroupForm,
    HandOverForm,
    MoveForm,
    NewUnitForm,
    UnitForm,
)

__all__ = [
    "AccountForm",
    "AddressForm",
    "EndForm",
    "EndPositionForm",
    "GroupForm",
    "HandOverForm",
    "ImportForm",
    "MoveForm",
    "NewPersonForm",
    "NewUnitForm",
    "PersonForm",
    "PositionForm",
    "RoleForm",
    "UnitForm",
]
