"""Finding awards by name, unit, award and decision, accents or not, within what one may see."""

import random

import pytest
from django.db import connection

from vinhdanh.common.vietnamese import words
from vinhdanh.honours.models import Conferral
from vinhdanh.honours.queries import search
from vinhdanh.honours.queries.search import MOST, CappedPaginator, Sought, found, sought
from vinhdanh.honours.tests.make import DAY, a_conferral, the_keeper
from vinhdanh.law import store
from vinhdanh.people.models import RoleHolding
from vinhdanh.people.tests.make import a_person, a_position, a_unit, a_user_with


def names(text, **asked) -> list[str]:
    """Whom the text finds, by the indexes and one by one alike."""
    ways = [
        found(Conferral.objects.all(), text, book=store.book(), few=few, **asked)
        for few in (False, True)
    ]
    by_index, one_by_one = (
        sorted(each.rows.values_list("name_written", flat=True)) for each in ways
    )
    assert by_index == one_by_one
    assert {each.count for each in ways} <= {None, len(by_index)}
    return by_index


@pytest.fixture
def office():
    office = a_unit()
    for name, unit in (
        ("Nguyễn Văn An", "Phòng Di sản"),
        ("Nguyễn Thị Ánh", "Nhà hát Kịch"),
        ("Lê Nguyễn Đức", "Phòng Di sản"),
    ):
        person = a_person(full_name=name)
        number = f"{len(name)}5/QĐ-UBND"
        a_conferral(person, office, unit_written=unit, decision_number=number)
    return office


@pytest.mark.django_db
@pytest.mark.usefixtures("office")
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("nguyen", ["Nguyễn Thị Ánh", "Nguyễn Văn An"]),
        ("NGUYỄN VĂN A", ["Nguyễn Văn An"]),
        ("nguyen van an phong di", ["Nguyễn Văn An"]),
        ("an nguyen", ["Nguyễn Văn An"]),
        ("đức", ["Lê Nguyễn Đức"]),
        ("di san", ["Lê Nguyễn Đức", "Nguyễn Văn An"]),
        ("phòng di s", ["Lê Nguyễn Đức", "Nguyễn Văn An"]),
        ("13", ["Lê Nguyễn Đức", "Nguyễn Văn An"]),
        ("135/QĐ-UBND", ["Lê Nguyễn Đức", "Nguyễn Văn An"]),
        ("135 qd", ["Lê Nguyễn Đức", "Nguyễn Văn An"]),
        ("an 135/qđ", ["Nguyễn Văn An"]),
        ("lao động tiên tiến nguyễn thị", ["Nguyễn Thị Ánh"]),
        ("nguyễn thị lao dong tien tien", ["Nguyễn Thị Ánh"]),
        ("chiến sĩ thi đua", []),
        ("không có ai", []),
        ("", ["Lê Nguyễn Đức", "Nguyễn Thị Ánh", "Nguyễn Văn An"]),
        ("'); --", ["Lê Nguyễn Đức", "Nguyễn Thị Ánh", "Nguyễn Văn An"]),
        ("! & | :*", ["Lê Nguyễn Đức", "Nguyễn Thị Ánh", "Nguyễn Văn An"]),
    ],
)
def test_words_find_what_they_mean(text, expected):
    assert names(text) == expected


@pytest.mark.django_db
@pytest.mark.usefixtures("office")
def test_words_are_sought_anywhere_when_one_asks_for_it():
    assert names("nguyen", anywhere=True) == ["Lê Nguyễn Đức", "Nguyễn Thị Ánh", "Nguyễn Văn An"]


@pytest.mark.django_db
@pytest.mark.usefixtures("office")
def test_a_number_means_a_decision_before_a_unit():
    office, person = a_unit(), a_person(full_name="Trần Văn Bình")
    a_conferral(person, office, unit_written="Đội 145", decision_number="7/QĐ")

    assert names("145") == ["Nguyễn Thị Ánh"]
    assert names("145", anywhere=True) == ["Nguyễn Thị Ánh", "Trần Văn Bình"]
    assert names("đội 14") == ["Trần Văn Bình"]


def test_an_award_is_told_from_the_rest_of_the_words():
    book = store.book()
    fighters = {code for code in book.awards if code.startswith("DH_CSTD")}

    assert sought("Chiến sĩ thi đua cơ sở năm", book=book) == Sought(
        frozenset({"DH_CSTD_CS"}), ("nam",)
    )
    assert sought("an chien si thi dua", book=book) == Sought(frozenset(fighters), ("an",))
    assert sought("lao dong", book=book) == Sought(frozenset(), ("lao", "dong"))


@pytest.mark.django_db
def test_a_user_finds_the_first_of_what_the_user_sees(office):
    keeper, other = the_keeper(office), the_keeper(a_unit())
    unit = a_unit(office)
    clerk = a_user_with(RoleHolding.Role.CLERK, unit)
    person = Conferral.objects.get(name_written="Nguyễn Văn An").person
    a_position(person, unit)

    def of(user, text, limit=10):
        found_ones = search.found_conferrals(user, text, on=DAY, limit=limit)
        return {each.name_written for each in found_ones}

    assert of(keeper, "nguyen") == {"Nguyễn Văn An", "Nguyễn Thị Ánh"}
    assert len(of(keeper, "nguyen", limit=1)) == 1
    assert of(clerk, "nguyen") == {"Nguyễn Văn An"}
    assert of(other, "nguyen") == set()
    assert of(keeper, "  ") == set()


@pytest.mark.django_db
def test_pages_end_where_nobody_pages_further(monkeypatch):
    office, person = a_unit(), a_person()
    for number in range(4):
        a_conferral(person, office, decision_number=f"{number}/QĐ")
    listed = Conferral.objects.order_by("pk")
    assert (CappedPaginator(listed, 3).count, CappedPaginator(listed, 3).more) == (4, False)

    monkeypatch.setattr(search, "MOST", 3)

    pages = CappedPaginator(listed, 2)
    assert (pages.count, pages.num_pages, pages.more) == (3, 2, True)
    assert [len(pages.page(number).object_list) for number in pages.page_range] == [2, 1]
    assert MOST == 1_000


def written_out(text: str) -> list[str]:
    """What `names` finds, told from what the rows say by plain comparison."""
    asked, rows = words(text), list(Conferral.objects.all())
    begun, ways = " ".join(asked), []
    if asked[0].isdigit():
        ends = ("/", "-") if asked[1:] else ("",)
        numbers = tuple(asked[0] + end for end in ends)
        ways.append(
            [
                row
                for row in rows
                if row.decision_number.startswith(numbers) and f" {begun}" in row.folded
            ]
        )
    ways.append([row for row in rows if row.folded.startswith(begun)])
    ways.append([row for row in rows if row.unit_folded.startswith(begun)])
    whole, last = {*asked[:-1]}, asked[-1]
    ways.append([row for row in rows if {*asked} <= {*row.folded.split()}])
    ways.append(
        [
            row
            for row in rows
            if whole - {last} <= {*row.folded.split()}
            and any(word.startswith(last) for word in row.folded.split())
        ]
    )
    return sorted(row.name_written for row in next((way for way in ways if way), []))


def a_register() -> list[str]:
    """Forty awards; all words of them that one may search for."""
    chance, office = random.Random(5), a_unit()
    parts = ("Nguyễn", "Trần"), ("Văn", "Thị", "Minh"), ("An", "Anh", "Ánh", "Minh", "Tâm", "Vũ")
    units = ["Trung tâm Nghiệp vụ 1", "Trung tâm Nghiệp vụ 12", "Phòng Tâm lý"]
    for number in range(40):
        name = " ".join(chance.choice(part) for part in parts)
        a_conferral(
            a_person(full_name=f"{name} {number}"),
            office,
            unit_written=chance.choice(units),
            decision_number=f"{number % 15}{chance.choice('/-')}QĐ-UBND",
        )
    return [word for row in Conferral.objects.all() for word in row.folded.split()]


@pytest.mark.django_db
@pytest.mark.parametrize("is_known", [False, True])
def test_whatever_is_asked_the_indexes_find_what_is_written(is_known):
    chance, known = random.Random(6), a_register()
    if is_known:  # how often each word stands
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE honours_conferral")
    assert bool(search._shares({"tam"})) == is_known

    for _ in range(60):
        asked = [chance.choice(known) for _ in range(chance.randrange(1, 4))]
        if chance.random() < 0.3:
            asked[-1] = asked[-1][:-1] or asked[-1]
        text = " ".join(asked)
        assert names(text) == written_out(text), text


@pytest.mark.django_db
def test_of_what_many_hold_the_first_of_the_list_are_shown():
    a_register()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE honours_conferral")
    held = Conferral.objects.filter(folded__contains="tam").order_by("-year", "sort_key", "pk")

    shown = found(Conferral.objects.all(), "ubnd tam", book=store.book(), most=5)

    assert shown.count == 5
    assert list(shown.rows) == list(held[:5])
