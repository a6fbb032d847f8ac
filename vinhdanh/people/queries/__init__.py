"""What people look at: units, groups, persons, roles, and what a written name means."""

from vinhdanh.people.queries.matching import Candidate, Match, match_name, match_names
from vinhdanh.people.queries.units import units_of, valid_on

__all__ = ["Candidate", "Match", "match_name", "match_names", "units_of", "valid_on"]
