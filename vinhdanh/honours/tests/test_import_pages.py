"""The pages of an import: handed in, columns, settled, stored; who may, and what it costs."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from vinhdanh.accounts.models import User
from vinhdanh.honours.actions import imports
from vinhdanh.honours.models import Conferral, HistoryImport
from vinhdanh.honours.rules.import_columns import COLUMNS
from vinhdanh.honours.tests.make import AT
from vinhdanh.honours.tests.make_imports import House, a_decision, a_list, a_sheet, line, states
from vinhdanh.people.models import RoleHolding
from vinhdanh.people.tests.make import a_user_with

pytestmark = pytest.mark.django_db
ROW = ("Nguyễn Văn An", "Phòng Nghệ thuật", "LĐTT", 2023)


def as_user(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def address(name: str, *args: object) -> str:
    return reverse(f"honours:{name}", args=args)


def others(house: House) -> list[Client]:
    """Everybody who must not: of the office in other roles, of another office, nobody much."""
    roles = RoleHolding.Role
    return [
        as_user(a_user_with(roles.CLERK, house.unit)),
        as_user(a_user_with(roles.HEAD, house.unit)),
        as_user(a_user_with(roles.DIRECTOR, house.office)),
        as_user(a_user_with(roles.AUDITOR, house.office)),
        as_user(a_user_with(roles.ADMINISTRATOR, house.office)),
        as_user(House().keeper),
    ]


def test_a_list_is_handed_in_and_waits_to_be_read():
    house = House()
    upload = SimpleUploadedFile("khen-thuong.xlsx", a_list(ROW))

    answer = as_user(house.keeper).post(
        address("imports"), {"kind": "conferrals", "office": house.office.pk, "file": upload}
    )

    given = HistoryImport.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, address("import", given.pk))
    page = as_user(house.keeper).get(address("import", given.pk)).content.decode()
    assert "Đang đọc tệp" in page
    assert f'hx-get="{address("import_progress", given.pk)}"' in page
    assert "Có thể rời trang này rồi quay lại" in page


def test_what_was_chosen_survives_a_file_that_is_refused():
    house = House()
    upload = SimpleUploadedFile("anh.exe", b"MZ\x90\x00")

    answer = as_user(house.keeper).post(
        address("imports"), {"kind": "ratings", "office": house.office.pk, "file": upload}
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="ratings"' in page
    assert "checked" in page.split('value="ratings"')[1][:120]
    assert not HistoryImport.objects.exists()


def test_progress_loads_the_page_again_once_the_work_is_done():
    house = House()
    upload = SimpleUploadedFile("khen-thuong.xlsx", a_list(ROW))
    given = imports.hand_in(upload, kind="conferrals", office=house.office, by=house.keeper, at=AT)
    client = as_user(house.keeper)
    waiting = client.get(address("import_progress", given.pk))

    house.carried_on(given)

    ready = client.get(address("import_progress", given.pk))
    assert ("HX-Refresh" in waiting, ready["HX-Refresh"]) == (False, "true")
    assert client.get(address("import", given.pk))["Location"] == address(
        "import_columns", given.pk
    )


def test_columns_are_offered_and_matched_as_chosen():
    house = House()
    house.person("Nguyễn Văn An")
    given = house.handed_in(a_list(ROW))
    client = as_user(house.keeper)

    page = client.get(address("import_columns", given.pk)).content.decode()
    without = client.post(address("import_columns", given.pk), {"column-recipient": "1"})
    answer = client.post(
        address("import_columns", given.pk),
        {"column-recipient": "1", "column-unit": "2", "column-award": "3", "common-year": "2022"},
    )

    assert "B · Họ và tên" in page
    assert "Nguyễn Văn An" in page
    assert without.status_code == 422
    assert "Hãy chọn cột cho: Danh hiệu, hình thức khen thưởng." in without.content.decode()
    assert answer["Location"] == address("import", given.pk)
    assert states(house.carried_on(given)) == ["certain"]


def test_what_a_decision_says_of_itself_stands_in_the_fields_for_all():
    house = House()
    given = house.handed_in(a_decision(), "quyet-dinh.docx")

    page = as_user(house.keeper).get(address("import_columns", given.pk)).content.decode()

    for text in ("123/QĐ-SVHTT", "15/01/2024", "Trần Văn Ký", "Sở Thí điểm Một"):
        assert f'value="{text}"' in page


def test_near_matches_are_settled_from_the_list_and_stored():
    house = House()
    an = house.person("Nguyễn Văn An")
    given = house.matched(a_list(("Nguyen Van An", "Phòng Nghệ thuật", "LĐTT", 2023)))
    client = as_user(house.keeper)
    page = client.get(address("import", given.pk)).content.decode()
    assert "Đúng người này" in page
    assert "Nguyen Van An" in page

    answer = client.post(
        address("import_settle", given.pk),
        {"line": line(given, 2).pk, "chosen": f"person:{an.pk}", "alike": "1", "state": "near"},
        follow=True,
    )
    assert "Đã xác nhận 1 dòng." in answer.content.decode()
    assert "Ghi 1 dòng vào sổ" in answer.content.decode()

    client.post(address("import_store", given.pk))
    house.carried_on(given)
    done = client.get(address("import", given.pk)).content.decode()
    assert "Đã ghi vào sổ" in done
    assert Conferral.objects.get().person == an


def test_many_are_settled_in_the_background_with_how_far_it_is():
    house = House()
    given = house.matched(a_list(("Vũ Hoàng Yến", "Phòng Nghệ thuật", "LĐTT", 2023)))
    client = as_user(house.keeper)

    answer = client.post(address("import_settle", given.pk), {"how": "anew"}, follow=True)
    waiting = answer.content.decode()
    house.carried_on(given)
    done = client.get(address("import", given.pk)).content.decode()

    assert "Đang xác nhận nhiều dòng" in waiting
    assert "Đã xong 0 trong 1 dòng." in waiting
    assert f'hx-get="{address("import_progress", given.pk)}"' in waiting
    assert "Lần xác nhận nhiều dòng gần nhất (Nhập mới): 1 dòng." in done
    assert "Ghi 1 dòng vào sổ" in done


def test_a_line_is_looked_at_searched_for_and_corrected():
    house = House()
    known = house.person("Trần Thị Bình")
    given = house.matched(a_list(("Vũ Hoàng Yến", "Phòng Nghệ thuật", "Danh hiệu lạ", 2023)))
    client = as_user(house.keeper)
    place = address("import_line", given.pk, line(given, 2).pk)

    found = client.get(f"{place}?q=tran+thi").content.decode()
    assert "Trần Thị Bình" in found
    assert "Danh hiệu lạ" in found
    refused = client.post(place, {"deed": "choose", "chosen": f"person:{known.pk}"})
    assert (refused.status_code, "hãy sửa các ô trước" in refused.content.decode()) == (422, True)
    client.post(
        place,
        {"deed": "edit", "recipient": "Trần Thị Bình", "unit": "Phòng Nghệ thuật",
         "award": "DH_LDTT", "year": "2023"},
    )  # fmt: skip
    assert (line(given, 2).state, line(given, 2).person) == ("certain", known)
    client.post(place, {"deed": "skip"})
    assert states(given) == ["skipped"]


def test_a_line_of_another_list_is_not_found():
    house, other = House(), House()
    given, theirs = house.matched(a_list(ROW)), other.matched(a_list(ROW))
    client = as_user(house.keeper)

    answers = [
        client.get(address("import_line", given.pk, line(theirs, 2).pk)),
        client.post(
            address("import_settle", given.pk), {"line": line(theirs, 2).pk, "deed": "skip"}
        ),
    ]

    assert [answer.status_code for answer in answers] == [404, 404]


def test_a_list_is_thrown_away_only_after_being_asked():
    house = House()
    given = house.matched(a_list(ROW))
    client = as_user(house.keeper)

    asked = client.get(address("import_discard", given.pk)).content.decode()
    assert "Sổ khen thưởng không thay đổi." in asked
    client.post(address("import_discard", given.pk))

    assert not HistoryImport.objects.exists()


def test_the_list_as_handed_in_can_be_taken_back():
    house = House()
    content = a_list(ROW)
    given = house.handed_in(content)

    answer = as_user(house.keeper).get(address("import_file", given.pk))

    assert b"".join(answer.streaming_content) == content


@pytest.mark.parametrize("kind", ["conferrals", "ratings", "recognitions", "disciplines"])
def test_a_template_is_read_back_with_every_column(kind):
    house = House()
    answer = as_user(house.keeper).get(address("import_template", kind))

    given = house.handed_in(answer.content, kind=kind)

    assert (given.state, given.line_count) == ("mapping", 1)
    assert given.mapping.keys() == {column.code for column in COLUMNS[kind]}


def test_nobody_else_finds_any_page_of_an_import():
    house = House()
    given = house.matched(a_list(("Vũ Hoàng Yến", "Phòng Nghệ thuật", "LĐTT", 2023)))
    own = line(given, 2)
    pages = [
        address("import", given.pk),
        address("import_progress", given.pk),
        address("import_columns", given.pk),
        address("import_line", given.pk, own.pk),
        address("import_discard", given.pk),
        address("import_file", given.pk),
    ]
    deeds = [address("import_store", given.pk), address("import_settle", given.pk)]
    clients = others(house)
    for client in clients:
        assert [client.get(page).status_code for page in pages] == [404] * len(pages)
        assert [client.post(page).status_code for page in deeds] == [404] * len(deeds)
    for client in clients[:-1]:
        assert client.get(address("imports")).status_code == 404
        assert client.get(address("import_template", "ratings")).status_code == 404
    theirs = clients[-1].get(address("imports")).content.decode()
    assert "danh-sach.xlsx" not in theirs
    assert Client().get(pages[0])["Location"].startswith("/tai-khoan/")
    assert states(given) == ["unknown"]


def test_pages_cost_the_same_queries_for_one_line_and_for_many():
    house = House()
    for number in range(12):
        house.person(f"Trần Văn Bình{'abcdefghijkl'[number]}")
    rows = [
        (f"Tran Van Binh{'abcdefghijkl'[number]}", "Phòng Nghệ thuật", "LĐTT", 2023)
        for number in range(12)
    ]
    client = as_user(house.keeper)
    counted = []
    for count in (1, 12):
        given = house.matched(a_list(*rows[:count]))
        assert set(states(given)) == {"near"}
        with CaptureQueriesContext(connection) as context:
            assert client.get(address("import", given.pk)).status_code == 200
        counted.append(len(context))
    with CaptureQueriesContext(connection) as two:
        client.get(address("imports"))
    house.handed_in(a_list(ROW))
    with CaptureQueriesContext(connection) as three:
        client.get(address("imports"))

    assert counted[0] == counted[1]
    assert len(two) == len(three)


def test_the_end_shows_whose_years_are_missing():
    house = House()
    house.person("Nguyễn Văn An")
    content = a_sheet(
        ("Họ và tên", "Đơn vị", "Năm", "Xếp loại"),
        ("Nguyễn Văn An", "Phòng Nghệ thuật", 2013, "HTTNV"),
        ("Nguyễn Văn An", "Phòng Nghệ thuật", 2015, "HTTNV"),
    )
    done = house.stored(house.matched(content, kind="ratings"))

    page = as_user(house.keeper).get(address("import", done.pk)).content.decode()

    assert "Năm còn thiếu xếp loại" in page
    assert '<td data-label="Năm chưa có xếp loại">2014</td>' in page


def test_a_list_is_finished_from_the_page_only_when_nothing_waits():
    house = House()
    given = house.matched(a_list(ROW))
    client = as_user(house.keeper)
    store = f'action="{address("import_store", given.pk)}"'

    waiting = client.get(address("import", given.pk)).content.decode()
    house.settled(given, "skip")
    settled = client.get(address("import", given.pk)).content.decode()

    assert (store in waiting, store in settled) == (False, True)
    assert ("Kết thúc" in waiting, "Kết thúc" in settled) == (False, True)
