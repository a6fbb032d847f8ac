"""Finding awards by name, unit, award and decision, accents or not, within what one may see."""

import pytest

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
