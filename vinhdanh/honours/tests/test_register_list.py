"""The register as a list: its pages in every order, and whom the filter by unit shows."""

from datetime import date

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django_tables2 import RequestConfig

from vinhdanh.honours import filters
from vinhdanh.honours.filters import RegisterFilter
from vinhdanh.honours.models import Conferral
from vinhdanh.honours.queries.search import CappedPaginator
from vinhdanh.honours.tables import RegisterTable
from vinhdanh.honours.tests.make import DAY, a_conferral
from vinhdanh.law import store
from vinhdanh.people.models import Unit
from vinhdanh.people.tests.make import a_person, a_position, a_unit

pytestmark = pytest.mark.django_db


def shown(**asked) -> list[str]:
    """Whose awards a page of two rows shows."""
    facts = Conferral.objects.order_by("-year", "sort_key", "pk")
    table = RegisterTable(facts, book=store.book())
    paginate = {"per_page": 2, "silent": True, "paginator_class": CappedPaginator}
    RequestConfig(RequestFactory().get("/", asked), paginate=paginate).configure(table)
    return [f"{row.record.name_written} {row.record.year}" for row in table.paginated_rows]


def test_a_later_page_follows_the_one_before_in_every_order():
    office = a_unit()
    for name, year in (("Lê An", 2024), ("Lê Bình", 2024), ("Lê Chi", 2023), ("Lê An", 2022)):
        period = {"achieved_from": date(year, 1, 1), "achieved_until": date(year, 12, 31)}
        a_conferral(a_person(full_name=name), office, decided_on=None, **period)
    latest = ["Lê An 2024", "Lê Bình 2024", "Lê Chi 2023", "Lê An 2022"]
    by_name = ["Lê An 2024", "Lê An 2022", "Lê Bình 2024", "Lê Chi 2023"]

    for order, expected in (
        ("", latest),
        ("-year", latest),
        ("year", latest[::-1]),
        ("name", by_name),
        ("-name", by_name[::-1]),
    ):
        assert shown(sort=order) + shown(sort=order, page=2) == expected


def test_a_page_asks_one_query_for_what_its_rows_show():
    office = a_unit()
    for _ in range(3):
        a_conferral(a_person(), office)
    facts = Conferral.objects.order_by("-year", "sort_key", "pk")
    table = RegisterTable(facts, book=store.book())
    table.paginate(per_page=2)

    with CaptureQueriesContext(connection) as queries:
        rows = [list(row) for row in table.paginated_rows]

    assert (len(rows), len(queries)) == (2, 1)


@pytest.mark.parametrize("few", [0, 1_000])
def test_a_unit_means_itself_those_below_and_who_serves_there(monkeypatch, few):
    monkeypatch.setattr(filters, "_FEW", few)
    office = a_unit()
    unit, other = a_unit(office), a_unit(office)
    below = a_unit(unit)
    serves, served, elsewhere = (a_person(full_name=f"Lê {name}") for name in ("An", "Tú", "Vũ"))
    a_position(serves, below)
    a_position(served, unit, until_on=DAY.replace(day=1))
    a_position(elsewhere, other)
    for person in (serves, served, elsewhere):
        a_conferral(person, office)
    for each in (unit, below, other):
        a_conferral(each, office, award="DH_TTLDTT")

    chosen = RegisterFilter(
        {"unit": str(unit.pk)},
        queryset=Conferral.objects.all(),
        on=DAY,
        book=store.book(),
        units=Unit.objects.all(),
    )

    assert {fact.person or fact.unit for fact in chosen.qs} == {serves, unit, below}
