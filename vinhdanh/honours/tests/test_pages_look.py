"""What pages of the register say of themselves: days, counts, where one stands."""

from datetime import date

import pytest
from django.urls import reverse

from vinhdanh.accounts.tests.make import a_user
from vinhdanh.honours.queries import search
from vinhdanh.honours.tests.make import a_conferral, the_keeper
from vinhdanh.people.tests.make import a_person, a_position, a_unit

pytestmark = pytest.mark.django_db


def test_a_day_among_the_conditions_of_a_list_is_said_as_people_say_it(client):
    client.force_login(the_keeper(a_unit()))

    page = client.get(reverse("honours:register"), {"as_of": "2026-03-02", "anywhere": "true"})

    text = page.content.decode()
    assert ("Sổ tại ngày: 02/03/2026" in text, "Tìm cả ở giữa: Có" in text) == (True, True)


def test_a_day_that_is_none_stays_as_typed(client):
    client.force_login(the_keeper(a_unit()))

    page = client.get(reverse("honours:register"), {"as_of": "2026-13-45"})

    assert "Sổ tại ngày: 2026-13-45" in page.content.decode()


def test_a_list_cut_short_says_that_there_are_more(client, monkeypatch):
    office = a_unit()
    person = a_person()
    a_position(person, office)
    for year in range(1990, 2018):
        a_conferral(
            person,
            office,
            achieved_from=date(year, 1, 1),
            achieved_until=date(year, 12, 31),
            decided_on=None,
        )
    monkeypatch.setattr(search, "MOST", 26)
    client.force_login(the_keeper(office))

    page = client.get(reverse("honours:register"))

    assert "1–25 trong hơn 26" in page.content.decode()


def test_an_empty_register_offers_the_first_step_and_an_empty_search_another(client):
    client.force_login(the_keeper(a_unit()))

    empty = client.get(reverse("honours:register")).content.decode()
    searched = client.get(reverse("honours:register"), {"q": "khong co"}).content.decode()

    assert ("Sổ chưa ghi gì" in empty, "Không có dòng nào khớp" in empty) == (True, False)
    assert ("Sổ chưa ghi gì" in searched, "Không có dòng nào khớp" in searched) == (False, True)


def test_a_worker_stands_in_the_own_record_not_in_the_register(client):

    office = a_unit()
    worker = a_user(username="anh.nt")
    person = a_person(user=worker)
    a_position(person, office)
    fact = a_conferral(person, office)
    client.force_login(worker)

    for page in ("honours:person", "honours:conferral"):
        key = person.pk if page == "honours:person" else fact.pk
        text = client.get(reverse(page, args=[key])).content.decode()
        here = text.partition('aria-current="page"')[0].rpartition("<a ")[2]
        crumbs = text.partition('class="breadcrumb"')[2].partition("</ol>")[0]
        assert reverse("honours:mine") in here
        assert (reverse("honours:register") in crumbs, "Thành tích của tôi" in crumbs) == (
            False,
            True,
        )
