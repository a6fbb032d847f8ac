"""What people look at: units, groups, persons, roles, and what a written name means."""

from vinhdanh.people.queries.imports import (
    outcomes,
    person_outcomes,
    unit_outcomes,
    waiting_imports,
)
from vinhdanh.people.queries.matching import Candidate, Match, match_name, match_names
from vinhdanh.people.queries.persons import (
    Exported,
    exported,
    found_persons,
    positions_in,
    positions_of,
    roles_of,
    serving_in,
    with_posts,
)
from vinhdanh.people.queries.units import (
    Branch,
    above,
    found_units,
    groups_with,
    heads,
    held_on,
    predecessors,
    subtree,
    tree,
    units_named,
    units_of,
    valid_on,
)

__all__ = [
    "Branch",
    "Candidate",
    "Exported",
    "Match",
    "above",
    "exported",
    "found_persons",
    "found_units",
    "groups_with",
    "heads",
    "held_on",
    "match_name",
    "match_names",
    "outcomes",
    "person_outcomes",
    "positions_in",
    "positions_of",
    "predecessors",
    "roles_of",
    "serving_in",
    "subtree",
    "tree",
    "unit_outcomes",
    "units_named",
    "units_of",
    "valid_on",
    "waiting_imports",
    "with_posts",
]
