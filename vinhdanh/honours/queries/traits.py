"""What was declared of collectives (thuộc tính) for the conditions that ask it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from vinhdanh.honours.models import UnitTrait
from vinhdanh.honours.queries.lineage import Lineage, lineage_of
from vinhdanh.honours.rules.traits import traits
from vinhdanh.journal import queries as journal
from vinhdanh.journal.models import Line
from vinhdanh.law.book import Book
from vinhdanh.people.models import Unit


@dataclass(frozen=True)
class Declared:
    """A trait as pages show it: `text` as the law names it, `awards` by name that ask it."""

    trait: UnitTrait
    text: str
    awards: tuple[str, ...]


def words_of(units: Sequence[Unit], lineage: Lineage) -> dict[UUID, tuple[str, ...]]:
    """The words declared of each unit, also under a name it bore before. One query."""
    bearers = {pk: unit.pk for unit in units for pk in lineage.own[unit.pk]}
    found: dict[UUID, dict[str, None]] = defaultdict(dict)
    if units:
        declared = UnitTrait.objects.filter(unit__in=bearers).order_by("trait", "pk")
        for pk, word in declared.values_list("unit", "trait"):
            found[bearers[pk]][word] = None
    return {unit.pk: tuple(found[unit.pk]) for unit in units}


def declared_of(unit: Unit, *, book: Book) -> list[Declared]:
    """What is declared of the unit, also under a name it bore before. Two queries."""
    known = traits(book)
    rows = UnitTrait.objects.filter(unit__in=lineage_of([unit]).own[unit.pk])
    return [
        Declared(row, known[row.trait].text, known[row.trait].awards)
        if row.trait in known
        else Declared(row, row.trait, ())
        for row in rows.select_related("unit").order_by("trait", "pk")
    ]


def deeds(unit: Unit) -> QuerySet[Line]:
    """What the journal tells of the unit's traits, newest first."""
    deeds = ["unit trait declared", "unit trait withdrawn"]
    return journal.lines_about(unit).filter(deed__in=deeds)
