"""A list on its way from the file into the register: matched, settled, stored, once."""

from datetime import date

import pytest

from vinhdanh.common.refusal import Refused
from vinhdanh.honours.actions import import_settle, imports
from vinhdanh.honours.models import ColumnMapping, Conferral, HistoryImport, YearRating
from vinhdanh.honours.queries import imports as queries
from vinhdanh.honours.tests.make import AT, the_keeper
from vinhdanh.honours.tests.make_imports import (
    LATER,
    House,
    a_decision,
    a_list,
    a_sheet,
    line,
    states,
)
from vinhdanh.people.models import Person

pytestmark = pytest.mark.django_db


def facts() -> list[tuple]:
    rows = Conferral.objects.order_by("sort_key", "achieved_from")
    return [(fact.name_written, fact.award, fact.year) for fact in rows]


def test_a_sheet_goes_into_the_register_with_its_line_as_origin():
    house = House()
    an = house.person("Nguyễn Văn An")
    given = house.matched(a_list(("Nguyễn Văn An", "Phòng Nghệ thuật", "LĐTT", 2023)))

    done = house.stored(given)

    fact = Conferral.objects.select_related("origin").get()
    assert (done.state, states(done), done.stored_at) == ("done", ["stored"], AT)
    assert (fact.person, fact.award, fact.achieved_from, fact.achieved_until) == (
        an,
        "DH_LDTT",
        date(2023, 1, 1),
        date(2023, 12, 31),
    )
    assert (fact.origin.how, fact.origin.file, fact.origin.line) == (
        "sheet",
        given.file,
        given.lines.get(),
    )
    assert (fact.name_written, fact.unit_written) == ("Nguyễn Văn An", "Phòng Nghệ thuật")


def test_the_same_list_again_doubles_nothing():
    house = House()
    house.person("Nguyễn Văn An")
    content = a_list(("Nguyễn Văn An", "Phòng Nghệ thuật", "LĐTT", 2023))
    house.stored(house.matched(content))

    again = house.matched(content)
    done = house.stored(again)

    assert (states(again), states(done), done.state) == (["known"], ["known"], "done")
    assert facts() == [("Nguyễn Văn An", "DH_LDTT", 2023)]


def test_a_line_that_stands_twice_in_one_list_is_stored_once():
    house = House()
    house.person("Nguyễn Văn An")
    row = ("Nguyễn Văn An", "Phòng Nghệ thuật", "LĐTT", 2023)

    done = house.stored(house.matched(a_list(row, row)))

    assert states(done) == ["stored", "known"]
    assert facts() == [("Nguyễn Văn An", "DH_LDTT", 2023)]


def test_what_is_certain_can_be_stored_first_and_the_rest_afterwards():
    house = House()
    house.person("Nguyễn Văn An")
    given = house.matched(
        a_list(
            ("Nguyễn Văn An", "Phòng Nghệ thuật", "LĐTT", 2021),
            ("Vũ Hoàng Yến", "Phòng Nghệ thuật", "LĐTT", 2021),
        )
    )

    half = house.stored(given)
    assert (half.state, states(half)) == ("settling", ["stored", "unknown"])
    with pytest.raises(Refused, match="đã ghi một phần"):
        imports.discard(half, by=house.keeper, at=AT)
    import_settle.skip(line(half, 3), also_alike=False, by=house.keeper, at=AT)
    done = house.stored(half)

    assert (done.state, states(done)) == ("done", ["stored", "skipped"])


def test_ratings_may_stand_in_a_column_for_each_year_and_gaps_are_shown():
    house = House()
    an = house.person("Nguyễn Văn An")
    content = a_sheet(
        ("Họ và tên", "Đơn vị", "Năm 2020", "Năm 2021", "Năm 2022", "Năm 2023"),
        ("Nguyễn Văn An", "Phòng Nghệ thuật", "HTTNV", "HTXSNV", None, "Hoàn thành nhiệm vụ"),
    )

    done = house.stored(house.matched(content, kind="ratings"))

    rated = YearRating.objects.order_by("year").values_list("year", "level")
    assert list(rated) == [(2020, "good"), (2021, "excellent"), (2023, "completed")]
    assert [(gap.person, gap.years) for gap in queries.gaps(done)] == [(an, (2022,))]


def test_initiatives_and_disciplines_are_lists_too():
    house = House()
    house.person("Nguyễn Văn An")
    initiatives = a_sheet(
        ("Tác giả", "Đơn vị", "Tên sáng kiến", "Phạm vi", "Năm", "Số quyết định"),
        ("Nguyễn Văn An", "Phòng Nghệ thuật", "Số hóa di tích", "Cơ sở", 2022, "5/QĐ"),
    )
    disciplines = a_sheet(
        ("Họ tên", "Đơn vị", "Hình thức kỷ luật", "Từ ngày", "Đến ngày"),
        ("Nguyễn Văn An", "Phòng Nghệ thuật", "Khiển trách", date(2020, 3, 1), date(2021, 3, 1)),
    )

    done = [
        house.stored(house.matched(initiatives, kind="recognitions")),
        house.stored(house.matched(disciplines, kind="disciplines")),
    ]

    assert [states(each) for each in done] == [["stored"], ["stored"]]


def test_a_decision_in_word_brings_its_number_day_signer_and_lists():
    house = House()
    house.person("Nguyễn Văn An")
    given = house.matched(a_decision(), "quyet-dinh.docx")
    assert given.common == {
        "decision_number": "123/QĐ-SVHTT",
        "decided_on": "15/01/2024",
        "body": "Sở Thí điểm Một",
        "signer": "Trần Văn Ký",
        "year": "2023",
    }
    assert states(given) == ["certain", "unknown", "unknown", "unknown", "certain"]

    house.settled(given, "anew")
    done = house.stored(given)

    assert done.state == "done"
    assert sorted(facts()) == [
        ("Bà Phạm Thị Dung", "DH_LDTT", 2023),
        ("Nguyễn Văn An", "DH_CSTD_CS", 2023),
        ("Phòng Nghệ thuật", "DH_TTLDTT", 2023),
        ("Trần Thị Bình", "DH_CSTD_CS", 2023),
        ("Ông Lê Văn Cường", "DH_LDTT", 2023),
    ]
    assert Person.objects.filter(full_name="Phạm Thị Dung").exists()
    first = Conferral.objects.select_related("origin").get(name_written="Nguyễn Văn An")
    assert (first.decision_number, first.decided_on, first.signer, first.origin.how) == (
        "123/QĐ-SVHTT",
        date(2024, 1, 15),
        "Trần Văn Ký",
        "decision",
    )


def test_the_columns_of_an_office_are_remembered_by_their_headings():
    house = House()
    content = a_sheet(("Ai", "Được gì", "Bao giờ"), ("Nguyễn Văn An", "LĐTT", 2023))
    given = house.handed_in(content)
    imports.choose_columns(
        given, mapping={"recipient": 0, "award": 1, "year": 2}, common={}, by=house.keeper, at=AT
    )

    again, elsewhere = house.handed_in(content), House().handed_in(content)

    assert again.mapping == {"recipient": 0, "award": 1, "year": 2}
    assert elsewhere.mapping == {"award": 1, "year": 2, "recipient": 0}
    assert ColumnMapping.objects.count() == 1


def test_a_list_without_a_column_that_must_be_there_is_not_matched():
    house = House()
    given = house.handed_in(a_sheet(("Họ và tên", "Ghi chú"), ("Nguyễn Văn An", "tốt lắm")))

    with pytest.raises(Refused, match="Hãy chọn cột cho: Danh hiệu, hình thức khen thưởng"):
        imports.choose_columns(given, mapping={"recipient": 0}, common={}, by=house.keeper, at=AT)
    imports.choose_columns(
        given,
        mapping={"recipient": 0},
        common={"award": "DH_LDTT", "year": "2023"},
        by=house.keeper,
        at=AT,
    )

    given.refresh_from_db()
    assert given.state == HistoryImport.State.MATCHING


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("a.xlsx", a_sheet(), "tiêu đề"),
        ("a.xlsx", a_sheet(("Họ và tên", "Danh hiệu")), "không có dòng dữ liệu"),
        ("a.xlsx", a_sheet(("Họ và tên", "Danh hiệu"), *[("A", "B")] * 50_001), "50.000 dòng"),
        ("a.csv", "Họ và tên".encode(), "tiêu đề"),
    ],
)
def test_a_list_that_cannot_be_read_says_why_and_can_be_thrown_away(name, content, problem):
    house = House()
    given = house.handed_in(content, name)
    assert given.state == HistoryImport.State.FAILED
    assert problem in given.problem

    imports.discard(given, by=house.keeper, at=AT)

    assert not HistoryImport.objects.exists()


def test_only_whoever_keeps_the_register_of_the_office_does_anything():
    house, other = House(), House()
    given = house.matched(a_list(("Vũ Hoàng Yến", "Phòng Nghệ thuật", "LĐTT", 2023)))
    one = line(given, 2)
    told = {"by": other.keeper, "at": AT}
    deeds = [
        lambda: imports.choose_columns(given, mapping=given.mapping, common={}, **told),
        lambda: imports.store(given, **told),
        lambda: imports.discard(given, **told),
        lambda: import_settle.skip(one, also_alike=False, **told),
        lambda: import_settle.enter_anew(one, also_alike=False, **told),
        lambda: import_settle.edit(one, cells={"year": "2020"}, **told),
        lambda: import_settle.settle_all(given, how="skip", **told),
    ]
    for deed in deeds:
        with pytest.raises(Refused, match="Chỉ Văn phòng"):
            deed()
    assert (HistoryImport.objects.get().state, states(given)) == ("settling", ["unknown"])


def test_a_keeper_who_lost_the_role_before_the_job_ran_stores_nothing():
    house = House()
    house.person("Nguyễn Văn An")
    given = house.matched(a_list(("Nguyễn Văn An", "Phòng Nghệ thuật", "LĐTT", 2023)))
    imports.store(given, by=house.keeper, at=AT)
    house.keeper.holdings.all().delete()

    back = house.carried_on(given)

    assert (back.state, states(back), facts()) == ("settling", ["certain"], [])
    assert "Chỉ Văn phòng" in back.problem


def test_choosing_other_columns_matches_anew_what_is_not_stored():
    house = House()
    house.person("Nguyễn Văn An")
    given = house.matched(a_list(("Nguyễn Văn An", "Phòng Nghệ thuật", "LĐTT", 2023)))
    imports.choose_columns(
        given,
        mapping={"recipient": 1, "unit": 2, "year": 4},
        common={"award": "DH_CSTD_CS"},
        by=house.keeper,
        at=LATER,
    )

    house.stored(house.carried_on(given))

    assert facts() == [("Nguyễn Văn An", "DH_CSTD_CS", 2023)]


def test_a_list_that_goes_on_meanwhile_is_not_done_twice():
    house = House()
    house.person("Nguyễn Văn An")
    given = house.matched(a_list(("Nguyễn Văn An", "Phòng Nghệ thuật", "LĐTT", 2023)))
    imports.store(given, by=house.keeper, at=AT)

    with pytest.raises(Refused, match="bước khác"):
        imports.store(given, by=house.keeper, at=AT)
    house.carried_on(given)
    house.carried_on(given)

    assert facts() == [("Nguyễn Văn An", "DH_LDTT", 2023)]


def test_a_keeper_of_two_offices_keeps_their_lists_apart():
    house, other = House(), House()
    house.person("Nguyễn Văn An")
    both = the_keeper(house.office)
    given = house.handed_in(a_list(("Nguyễn Văn An", "Phòng Nghệ thuật", "LĐTT", 2023)))

    assert list(queries.kept_imports(both, on=AT.date())) == [given]
    assert list(queries.kept_imports(other.keeper, on=AT.date())) == []
