"""Whom the lines of a list mean: what is certain, what is asked, what is entered anew."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from vinhdanh.common.refusal import Refused
from vinhdanh.honours.actions import import_decide, import_settle, imports
from vinhdanh.honours.actions.import_match import save_judged
from vinhdanh.honours.models import Conferral, ImportLine
from vinhdanh.honours.tests.make import AT, a_household, a_rating
from vinhdanh.honours.tests.make_imports import (
    House,
    a_list,
    a_sheet,
    line,
    states,
)
from vinhdanh.journal.models import Line
from vinhdanh.people.models import Person, Unit
from vinhdanh.people.tests.make import a_unit

pytestmark = pytest.mark.django_db


def facts() -> list[tuple]:
    rows = Conferral.objects.order_by("sort_key", "achieved_from")
    return [(fact.name_written, fact.award, fact.year) for fact in rows]


def test_persons_are_certain_near_unknown_by_what_is_written():
    house = House()
    house.person("Nguyễn Văn An")
    house.person("Lê Thị Hoà", code="CB7")
    house.person("Trần Văn Bình", born_on=date(1980, 5, 1))
    house.person("Trần Văn Bình", born_on=date(1990, 5, 1))
    elsewhere = a_unit(house.office, name="Phòng Kế hoạch")
    house.person("Phạm Thị Lan", unit=elsewhere)
    rows = [
        ("Nguyễn Văn An", "Phòng Nghệ thuật", None, None),
        ("LÊ THỊ HÒA", None, None, "CB7"),
        ("Trần Văn Bình", "Phòng Nghệ thuật", date(1980, 5, 1), None),
        ("Trần Văn Bình", "Phòng Nghệ thuật", None, None),
        ("Phạm Thị Lan", "Phòng Nghệ thuật", None, None),
        ("Nguyen Van An", "Phòng Nghệ thuật", None, None),
        ("Nguyễn Văn Ân", "Phòng Nghệ thuật", None, None),
        ("Vũ Hoàng Yến", "Phòng Nghệ thuật", None, None),
        ("Nguyễn Văn An", "Phòng Nghệ thuật", date(1970, 1, 1), None),
        ("Nguyễn Văn An", None, None, None),
    ]
    content = a_sheet(
        ("Họ và tên", "Đơn vị", "Ngày sinh", "Mã cán bộ", "Danh hiệu", "Năm"),
        *((*row, "Lao động tiên tiến", 2015 + place) for place, row in enumerate(rows)),
    )

    given = house.matched(content)

    assert states(given) == [
        "certain", "certain", "certain", "near", "near", "near", "near", "unknown", "certain",
        "near",
    ]  # fmt: skip
    assert [len(each.candidates) for each in given.lines.order_by("number")] == [
        0, 0, 0, 2, 1, 1, 1, 0, 0, 1,
    ]  # fmt: skip


def test_a_person_of_another_office_is_never_matched():
    house = House()
    stranger = House().person("Nguyễn Văn An", code="CB1")
    content = a_sheet(
        ("Họ và tên", "Mã cán bộ", "Danh hiệu", "Năm"), ("Nguyễn Văn An", "CB1", "LĐTT", 2023)
    )

    given = house.matched(content)

    assert states(given) == ["unknown"]
    with pytest.raises(Refused, match="của cơ quan"):
        import_settle.choose(
            line(given, 2),
            chosen=f"person:{stranger.pk}",
            also_alike=False,
            by=house.keeper,
            at=AT,
        )


def test_a_unit_is_meant_as_it_was_called_then_and_its_heir_counts_for_its_people():
    house = House()
    heir = a_unit(house.office, name="Phòng Quản lý Văn hóa", valid_from=date(2021, 1, 1))
    old = a_unit(
        house.office,
        name="Phòng Nghiệp vụ Văn hóa",
        valid_until=date(2020, 12, 31),
        successors=(heir,),
    )
    house.person("Nguyễn Văn An", unit=heir)
    content = a_list(
        ("Nguyễn Văn An", "Phòng Nghiệp vụ Văn hóa", "LĐTT", 2018),
        ("Phòng Nghiệp vụ Văn hóa", None, "Tập thể lao động tiên tiến", 2018),
        ("Phòng Nghiệp vụ Văn hóa", None, "Tập thể lao động tiên tiến", 2023),
    )

    given = house.matched(content)

    assert states(given) == ["certain", "certain", "near"]
    assert line(given, 3).unit == old
    assert [one["unit"] for one in line(given, 4).candidates] == [str(heir.pk)]


def test_the_people_of_each_unit_into_which_one_was_split_are_meant_by_its_name():
    house = House()
    heirs = [
        a_unit(house.office, name=name, valid_from=date(2021, 1, 1))
        for name in ("Bảo tàng", "Ban Di tích")
    ]
    a_unit(
        house.office,
        name="Bảo tàng và Di tích",
        valid_until=date(2020, 12, 31),
        successors=tuple(heirs),
    )
    for name, unit in zip(("Nguyễn Văn An", "Trần Thị Bình"), heirs, strict=True):
        house.person(name, unit=unit)
    content = a_list(
        ("Nguyễn Văn An", "Bảo tàng và Di tích", "LĐTT", 2018),
        ("Trần Thị Bình", "Bảo tàng và Di tích", "LĐTT", 2018),
        ("Bảo tàng và Di tích", None, "Tập thể lao động tiên tiến", 2023),
    )

    given = house.matched(content)

    assert states(given) == ["certain", "certain", "near"]
    offered = {one["unit"] for one in line(given, 4).candidates}
    assert offered == {str(heir.pk) for heir in heirs}


def test_what_is_wrong_is_said_and_can_be_corrected_in_place():
    house = House()
    house.person("Nguyễn Văn An")
    given = house.matched(a_list(("Nguyễn Văn An", "Phòng Nghệ thuật", "Danh hiệu lạ", "năm nay")))
    faulty = line(given, 2)
    assert (faulty.state, faulty.problem) == (
        "faulty",
        "Danh hiệu, hình thức khen thưởng: “Danh hiệu lạ” không phải tên danh hiệu, hình thức "
        "khen thưởng nào trong luật. Năm: Thiếu năm hoặc thời gian đạt thành tích.",
    )

    import_settle.edit(
        faulty, cells={"award": "DH_CSTD_CS", "year": "2022"}, by=house.keeper, at=AT
    )

    mended = line(given, 2)
    assert (mended.state, mended.problem) == ("certain", "")
    assert mended.cells == {
        "0": "1", "1": "Nguyễn Văn An", "2": "Phòng Nghệ thuật", "3": "Danh hiệu lạ",
        "4": "năm nay", "award": "DH_CSTD_CS", "year": "2022",
    }  # fmt: skip
    house.stored(given)
    assert facts() == [("Nguyễn Văn An", "DH_CSTD_CS", 2022)]


def test_a_choice_holds_for_all_lines_written_alike():
    house = House()
    chosen = house.person("Trần Văn Bình", born_on=date(1980, 5, 1))
    house.person("Trần Văn Bình", born_on=date(1990, 5, 1))
    rows = [("Trần Văn Bình", "Phòng Nghệ thuật", "LĐTT", year) for year in (2021, 2022, 2023)]
    given = house.matched(a_list(*rows, ("Trần Văn Bình", "Phòng Kế hoạch", "LĐTT", 2020)))

    count = import_settle.choose(
        line(given, 2), chosen=f"person:{chosen.pk}", also_alike=True, by=house.keeper, at=AT
    )

    assert (count, states(given)) == (3, ["certain", "certain", "certain", "near"])
    assert {each.person for each in given.lines.filter(state="certain")} == {chosen}


def test_somebody_unknown_is_entered_once_for_all_their_lines():
    house = House()
    rows = [("Vũ Hoàng Yến", "Phòng Nghệ thuật", "LĐTT", year) for year in (2015, 2016, 2017)]
    given = house.matched(a_list(*rows))
    assert states(given) == ["unknown"] * 3

    import_settle.enter_anew(line(given, 2), also_alike=True, by=house.keeper, at=AT)
    house.stored(given)

    person = Person.objects.get(full_name="Vũ Hoàng Yến")
    position = person.positions.get()
    assert (position.unit, position.from_on, position.until_on) == (
        house.unit,
        date(2015, 1, 1),
        date(2017, 12, 31),
    )
    assert {fact.person for fact in Conferral.objects.all()} == {person}
    assert [year for _name, _award, year in facts()] == [2015, 2016, 2017]


def test_a_household_is_found_or_entered():
    house = House()
    known = a_household(house.office, head_name="Trần Văn Hộ", address="Phường Hoàn Kiếm")
    content = a_list(
        ("Hộ gia đình ông Trần Văn Hộ", "Phường Hoàn Kiếm", "Gia đình văn hóa", 2023),
        ("Hộ gia đình bà Lý Thị Mới", "Phường Cửa Nam", "Gia đình văn hóa", 2023),
    )
    given = house.matched(content)
    assert states(given) == ["certain", "unknown"]

    house.settled(given, "anew")
    house.stored(given)

    found = {fact.household.head_name: fact.household for fact in Conferral.objects.all()}
    assert sorted(found) == ["Lý Thị Mới", "Trần Văn Hộ"]
    assert found["Trần Văn Hộ"] == known


def test_a_collective_is_not_entered_from_a_list():
    house = House()
    given = house.matched(a_list(("Phòng Chưa Có", None, "Tập thể lao động tiên tiến", 2023)))

    with pytest.raises(Refused, match="mục Đơn vị"):
        import_settle.enter_anew(line(given, 2), also_alike=False, by=house.keeper, at=AT)

    assert states(given) == ["unknown"]
    assert not Unit.objects.filter(name="Phòng Chưa Có").exists()


def test_settling_many_at_once_takes_only_the_sole_person_of_the_very_name():
    house = House()
    house.person("Nguyễn Văn An")
    house.person("Trần Văn Bình", born_on=date(1980, 5, 1))
    house.person("Trần Văn Bình", born_on=date(1990, 5, 1))
    given = house.matched(
        a_list(
            ("Nguyễn Văn An", None, "LĐTT", 2021),
            ("Trần Văn Bình", None, "LĐTT", 2021),
            ("Nguyen Van An", None, "LĐTT", 2022),
        )
    )
    assert states(given) == ["near"] * 3

    settled = house.settled(given, "best")

    assert (settled.state, settled.settled_count) == ("settling", 1)
    assert states(given) == ["certain", "near", "near"]
    (said,) = Line.objects.filter(deed="history lines settled")
    assert (said.actor_id, said.detail) == (
        house.keeper.pk,
        {"count": 1, "how": "Chọn người cùng họ tên"},
    )


def test_settling_many_goes_on_where_a_killed_job_ended(monkeypatch):
    house = House()
    rows = [(f"Vũ Hoàng Yến {name}", "Phòng Nghệ thuật", "LĐTT", 2015) for name in "ABCDE"]
    given = house.matched(a_list(*rows))
    monkeypatch.setattr(import_decide, "BATCH", 2)
    saved: list[int] = []

    def killed_later(lines):
        save_judged(lines)
        saved.append(len(lines))
        if len(saved) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(import_decide, "save_judged", killed_later)
    with pytest.raises(KeyboardInterrupt):
        house.settled(given, "anew")
    given.refresh_from_db()
    assert (given.state, given.done_count, given.settled_count) == ("deciding", 2, 2)
    assert states(given) == ["certain", "certain", "unknown", "unknown", "unknown"]

    done = house.carried_on(given)
    house.carried_on(given)

    assert saved == [2, 2, 2, 1]
    assert (done.state, done.done_count, done.settled_count) == ("settling", 5, 5)
    assert states(given) == ["certain"] * 5
    assert Line.objects.filter(deed="history lines settled").count() == 1


def test_while_many_are_settled_nothing_else_is_done_to_the_list():
    house = House()
    given = house.matched(a_list(("Vũ Hoàng Yến", "Phòng Nghệ thuật", "LĐTT", 2023)))
    told = {"by": house.keeper, "at": AT}
    import_settle.settle_all(given, how="anew", **told)

    deeds = [
        lambda: import_settle.settle_all(given, how="skip", **told),
        lambda: import_settle.skip(line(given, 2), also_alike=False, **told),
        lambda: imports.store(given, **told),
        lambda: imports.discard(given, **told),
    ]
    for deed in deeds:
        with pytest.raises(Refused, match="bước khác"):
            deed()

    assert states(house.carried_on(given)) == ["certain"]


def test_who_lost_the_role_before_the_job_ran_settles_nothing():
    house = House()
    given = house.matched(a_list(("Vũ Hoàng Yến", "Phòng Nghệ thuật", "LĐTT", 2023)))
    import_settle.settle_all(given, how="skip", by=house.keeper, at=AT)
    house.keeper.holdings.all().delete()

    back = house.carried_on(given)

    assert (back.state, back.settled_count, states(back)) == ("settling", 0, ["unknown"])
    assert "Chỉ Văn phòng" in back.problem


def test_a_rating_that_contradicts_the_register_is_not_stored():
    house = House()
    an = house.person("Nguyễn Văn An")
    a_rating(an, house.office, year=2023, level="good")
    content = a_sheet(
        ("Họ và tên", "Đơn vị", "Năm", "Xếp loại"),
        ("Nguyễn Văn An", "Phòng Nghệ thuật", 2023, "HTXSNV"),
    )

    given = house.matched(content, kind="ratings")

    assert line(given, 2).problem == (
        "Sổ đang ghi khác: 2023: Hoàn thành tốt nhiệm vụ; nếu sổ sai, hãy đính chính trong sổ, "
        "nếu không, bỏ qua dòng này."
    )
    assert states(given) == ["faulty"]


def test_matching_costs_the_same_queries_for_one_line_and_for_many():
    house = House()
    for number in range(30):
        house.person(f"Nguyễn Văn An{'abcdefghijklmnopqrstuvwxyzáàảã'[number]}")
    names = [person.full_name for person in Person.objects.all()]
    one, many = (
        house.handed_in(
            a_list(*[(name, "Phòng Nghệ thuật", "LĐTT", 2023) for name in names[:count]])
        )
        for count in (1, 30)
    )
    counted = []
    for given in (one, many):
        imports.choose_columns(given, mapping=given.mapping, common={}, by=house.keeper, at=AT)
        with CaptureQueriesContext(connection) as context:
            house.carried_on(given)
        counted.append(len(context))
        assert set(states(given)) == {ImportLine.State.CERTAIN}

    assert counted[0] == counted[1]
