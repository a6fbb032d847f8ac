"""The database keeps every fact as it was recorded, whatever asks it to change one."""

import pytest
from django.db import ProgrammingError, transaction
from django.db.models import QuerySet

from vinhdanh.honours.actions import register
from vinhdanh.honours.models import (
    Conferral,
    Discipline,
    Fact,
    OpenMatter,
    Origin,
    Recognition,
    YearRating,
)
from vinhdanh.honours.tests.make import (
    AT,
    DAY,
    a_conferral,
    a_discipline,
    a_rating,
    a_recognition,
    an_open_matter,
    the_keeper,
)
from vinhdanh.people.tests.make import a_person, a_unit

pytestmark = pytest.mark.django_db
MAKERS = {
    Conferral: a_conferral,
    YearRating: a_rating,
    Recognition: a_recognition,
    Discipline: a_discipline,
    OpenMatter: an_open_matter,
}
# One thing of each kind that somebody could wish to be otherwise.
OTHERWISE = {
    Conferral: {"award": "DH_CSTD_CS"},
    YearRating: {"level": "excellent"},
    Recognition: {"reach": "nation"},
    Discipline: {"until_on": DAY},
    OpenMatter: {"closed_on": DAY},
}


def is_refused(facts: QuerySet[Fact] | QuerySet[Origin], **fields: object) -> bool:
    """Whether the database refuses to change the rows so; to delete them, without `fields`."""
    try:
        with transaction.atomic():
            facts.update(**fields) if fields else facts._raw_delete(facts.db)
    except ProgrammingError:
        return True
    return False


@pytest.mark.parametrize("model", MAKERS)
def test_what_a_fact_says_is_never_changed_and_no_fact_is_deleted(model):
    office, other = a_unit(), a_person()
    fact = MAKERS[model](a_person(), office)
    facts = model.objects.filter(pk=fact.pk)

    assert is_refused(facts, **OTHERWISE[model])
    assert is_refused(facts, person=other)
    assert is_refused(facts, office=a_unit())
    assert is_refused(facts, name_written="Người Khác")
    assert is_refused(facts, recorded_at=AT.replace(year=2020))
    assert is_refused(facts, recorded_by=the_keeper(office))
    assert is_refused(facts)
    assert model.objects.get() == fact


@pytest.mark.parametrize("model", MAKERS)
def test_a_fact_is_withdrawn_once_and_never_brought_back(model):
    office = a_unit()
    keeper = the_keeper(office)
    fact = MAKERS[model](a_person(), office)
    register.withdraw(fact, because="Ghi nhầm", by=keeper, at=AT)
    facts = model.objects.filter(pk=fact.pk)

    assert is_refused(facts, withdrawn_at=None, withdrawn_by=None, withdrawn_because="")
    assert is_refused(facts, withdrawn_because="Lý do khác")
    assert is_refused(facts)
    assert model.objects.get().withdrawn_because == "Ghi nhầm"


def test_where_a_fact_comes_from_is_never_changed():
    fact = a_conferral(a_person(), a_unit())
    origins = Origin.objects.filter(pk=fact.origin_id)

    assert is_refused(origins, note="Nguồn khác")
    assert is_refused(origins)


def test_what_an_award_is_found_by_may_be_made_anew():
    fact = a_conferral(a_person(), a_unit())

    assert not is_refused(Conferral.objects.filter(pk=fact.pk), folded="nguyen van thu")
