"""Ordinary valid facts of the register for tests."""

import itertools
from datetime import UTC, date, datetime
from typing import Any

from vinhdanh.accounts.models import User
from vinhdanh.honours.actions import register
from vinhdanh.honours.models import (
    Conferral,
    Discipline,
    Fact,
    Household,
    OpenMatter,
    Origin,
    Recognition,
    YearRating,
)
from vinhdanh.people.models import Person, RoleHolding, Unit
from vinhdanh.people.tests.make import a_user_with

DAY = date(2026, 3, 2)
AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
_numbers = itertools.count(1)


def the_keeper(office: Unit, **fields: Any) -> User:
    """A user who keeps the register of the office."""
    return a_user_with(RoleHolding.Role.OFFICE, office, **fields)


def an_origin(**fields: Any) -> Origin:
    """An origin, not yet saved: typed in by hand."""
    return Origin(**{"how": Origin.How.ENTRY, "note": "Sổ giấy năm 2024"} | fields)


def a_conferral(about: Person | Unit | Household, office: Unit, **fields: Any) -> Conferral:
    """Lao động tiên tiến of 2024, or what `fields` say; recorded."""
    number = next(_numbers)
    given = {
        "award": "DH_LDTT",
        "achieved_from": date(2024, 1, 1),
        "achieved_until": date(2024, 12, 31),
        "kind": Conferral.Class.MERIT,
        "decision_number": f"{number}/QĐ-SVHTT",
        "decided_on": date(2025, 1, 15),
    }
    return _recorded(Conferral, about, office, given | fields)


def a_rating(about: Person | Unit, office: Unit, **fields: Any) -> YearRating:
    """Hoàn thành tốt nhiệm vụ in 2024; recorded."""
    given = {"year": 2024, "level": YearRating.Level.GOOD}
    return _recorded(YearRating, about, office, given | fields)


def a_recognition(about: Person, office: Unit, **fields: Any) -> Recognition:
    """An initiative recognised at the office in 2024; recorded."""
    given = {
        "title": f"Số hóa hồ sơ di tích {next(_numbers)}",
        "reach": Recognition.Reach.GRASSROOTS,
        "year": 2024,
    }
    return _recorded(Recognition, about, office, given | fields)


def a_discipline(about: Person, office: Unit, **fields: Any) -> Discipline:
    """A reprimand of March 2022, over a year later; recorded."""
    given = {
        "form": Discipline.Form.REPRIMAND,
        "from_on": date(2022, 3, 1),
        "until_on": date(2023, 3, 1),
    }
    return _recorded(Discipline, about, office, given | fields)


def an_open_matter(about: Person | Unit, office: Unit, **fields: Any) -> OpenMatter:
    """A petition of January 2026, not settled; recorded."""
    given = {"kind": OpenMatter.Kind.PETITION, "opened_on": date(2026, 1, 5)}
    return _recorded(OpenMatter, about, office, given | fields)


def a_household(office: Unit, **fields: Any) -> Household:
    """A household, without going through the action."""
    given = {"office": office, "head_name": f"Trần Văn Hộ {next(_numbers)}"}
    return Household.objects.create(**given | fields)


def unsaved(model: type[Fact], about: Person | Unit | Household, office: Unit, **says: Any) -> Any:
    """A fact as forms and imports hand it in."""
    names = {Person: "person", Unit: "unit", Household: "household"}
    given = {
        "office": office,
        names[type(about)]: about,
        "name_written": str(about),
        "origin": an_origin(),
    }
    return model(**given | says)


def _recorded(
    model: type[Any], about: Person | Unit | Household, office: Unit, fields: dict[str, Any]
) -> Any:
    by, at = fields.pop("by", None) or the_keeper(office), fields.pop("at", AT)
    (fact,) = register.record([unsaved(model, about, office, **fields)], by=by, at=at)
    return fact
