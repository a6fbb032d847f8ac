"""What the register of honours keeps."""

from vinhdanh.honours.models.facts import (
    Conferral,
    Discipline,
    Fact,
    Household,
    OpenMatter,
    Origin,
    Recognition,
    YearRating,
)
from vinhdanh.honours.models.imports import ColumnMapping, HistoryImport, ImportLine
from vinhdanh.honours.models.local import LocalValue, UnitTrait

__all__ = [
    "ColumnMapping",
    "Conferral",
    "Discipline",
    "Fact",
    "HistoryImport",
    "Household",
    "ImportLine",
    "LocalValue",
    "OpenMatter",
    "Origin",
    "Recognition",
    "UnitTrait",
    "YearRating",
]
