"""The register as a spreadsheet: short ones at once, long ones in the background."""

import io
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from vinhdanh.documents import actions as documents
from vinhdanh.documents.models import Export
from vinhdanh.honours.actions import register
from vinhdanh.honours.tests.make import AT, a_conferral
from vinhdanh.honours.tests.test_pages_register import House, browser
from vinhdanh.journal.models import Line
from vinhdanh.people.models import RoleHolding
from vinhdanh.people.tests.make import a_person, a_position

pytestmark = pytest.mark.django_db
ADDRESS = "/khen-thuong/so/xuat/"


@pytest.fixture(autouse=True)
def _one_line_is_short(monkeypatch):
    monkeypatch.setattr("vinhdanh.honours.views.register.AT_ONCE", 1)


@pytest.fixture
def house() -> House:
    house = House()
    binh = a_person(full_name="Trần Văn Bình")
    a_position(binh, house.other)
    a_conferral(
        binh, house.office, achieved_from=date(2020, 1, 1), achieved_until=date(2020, 12, 31)
    )
    a_conferral(house.person, house.office, award="DH_CSTD_CS")
    return house


def asked(client: Client, query: str = "") -> Export:
    answer = client.post(ADDRESS + query)
    export = Export.objects.select_related("asked_by").latest("pk")
    assert answer["Location"] == export.get_absolute_url()
    return export


def written(export: Export) -> Export:
    documents.write_export(export, now=lambda: AT)
    export.refresh_from_db()
    return export


def names(answer) -> list[str]:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return [row[1] for row in book.get_sheet_by_index(0).to_python()[4:]]


def taken(client: Client, export: Export):
    return client.get(reverse("documents:export_file", args=[export.pk]))


def test_a_long_list_is_asked_for_written_and_taken_as_it_was_shown(house):
    client = browser(house.keeper)

    asks = client.get(f"{ADDRESS}?sort=year").content.decode()
    export = asked(client, "?sort=year&page=2")
    waiting = client.get(export.get_absolute_url()).content.decode()
    written(export)
    ready = client.get(export.get_absolute_url()).content.decode()
    answer = taken(client, export)

    assert "Danh sách dài nên được viết ở phía sau" in asks
    assert export.query == "sort=year"
    assert "Đang chờ đến lượt và đếm số dòng." in waiting
    assert "3 dòng, tệp" in ready
    assert names(answer) == ["Trần Văn Bình", "Nguyễn Thị Ánh", "Nguyễn Thị Ánh"]
    assert answer["Content-Disposition"].startswith('attachment; filename="so-khen-thuong-')
    (line,) = Line.objects.filter(deed="register exported")
    assert (line.actor_id, line.thing_id, line.detail) == (
        house.keeper.pk,
        house.office.pk,
        {"count": 3},
    )


def test_a_short_list_is_given_at_once_also_when_posted(house):
    client = browser(house.keeper)

    answers = [client.get(f"{ADDRESS}?year=2020"), client.post(f"{ADDRESS}?year=2020")]

    assert [names(answer) for answer in answers] == [["Trần Văn Bình"]] * 2
    assert not Export.objects.exists()


def test_both_ways_write_the_same(house, monkeypatch):
    client = browser(house.director)
    export = written(asked(client, "?q=nguyen"))
    monkeypatch.setattr("vinhdanh.honours.views.register.AT_ONCE", 2)

    at_once = client.get(f"{ADDRESS}?q=nguyen")

    assert names(taken(client, export)) == names(at_once) == ["Nguyễn Thị Ánh"] * 2


def test_everybody_gets_what_they_see_and_nobody_what_another_asked_for(house):
    keepers, clerks = (asked(browser(each)) for each in (house.keeper, house.clerk))
    for export in (keepers, clerks):
        written(export)

    assert names(taken(browser(house.clerk), clerks)) == ["Nguyễn Thị Ánh"] * 2
    assert Line.objects.get(deed="register exported").thing_id == house.unit.pk
    for user in (house.clerk, house.director, house.elsewhere, house.stranger):
        assert browser(user).get(keepers.get_absolute_url()).status_code == 404
        assert taken(browser(user), keepers).status_code == 404
    assert taken(Client(), keepers)["Location"].startswith(reverse("account_login"))
    for user in (house.colleague, house.elsewhere, house.stranger):
        assert "Nguyễn Thị Ánh" not in names(browser(user).get(ADDRESS))


def test_who_lost_a_role_gets_neither_the_page_nor_the_file(house):
    client = browser(house.keeper)
    export = written(asked(client))
    later = asked(client, "?recipient=person")
    RoleHolding.objects.filter(user=house.keeper).update(role=RoleHolding.Role.CLERK)

    written(later)

    assert (later.file, later.refusal) == (
        None,
        "Vai trò của bạn đã thay đổi; hãy xuất lại danh sách.",
    )
    for each in (export, later):
        assert client.get(each.get_absolute_url()).status_code == 404
        assert taken(client, each).status_code == 404


def test_what_is_withdrawn_meanwhile_is_not_written(house):
    client = browser(house.keeper)
    export = asked(client)
    register.withdraw(house.fact, because="Ghi nhầm", by=house.keeper, at=AT)

    written(export)

    assert (export.line_count, export.written_count) == (2, 2)
    assert names(taken(client, export)) == ["Nguyễn Thị Ánh", "Trần Văn Bình"]


def test_the_list_asks_for_a_long_one_by_a_button(house, monkeypatch):
    link, button = f'href="{ADDRESS}"', f'<form method="post" action="{ADDRESS}">'
    listed = reverse("honours:register")
    assert link in browser(house.keeper).get(listed).content.decode()
    monkeypatch.setattr("vinhdanh.honours.queries.search.MOST", 2)

    page = browser(house.keeper).get(listed).content.decode()

    assert button in page
    assert link not in page
