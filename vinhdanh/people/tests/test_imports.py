"""Taking in spreadsheets: the dry run, the deed, and doing it again."""

import io
import re
from datetime import UTC, date, datetime

import pytest
from click.testing import CliRunner
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from vinhdanh.accounts.models import User
from vinhdanh.accounts.tests.make import a_user
from vinhdanh.common.refusal import Refused
from vinhdanh.journal import queries as journal
from vinhdanh.people import actions, queries
from vinhdanh.people.commands import account, people
from vinhdanh.people.models import Import, Person, RoleHolding, Unit
from vinhdanh.people.rules import person_lines, unit_lines
from vinhdanh.people.rules.spreadsheet import read_rows
from vinhdanh.people.tests.make import (
    a_person,
    a_position,
    a_unit,
    a_user_with,
)
from vinhdanh.people.tests.test_sheets import a_sheet

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 1)
NOW = datetime(2026, 3, 1, 2, tzinfo=UTC)
Role = RoleHolding.Role
UNIT_HEADS = ["Tên đơn vị", "Tên viết tắt", "Tên khác", "Loại", "Thuộc đơn vị", "Ngoài cơ quan"]
PERSON_HEADS = [
    "Họ và tên", "Mã cán bộ", "Ngày sinh", "Thư điện tử", "Đơn vị", "Chức vụ", "Vai trò",
    "Tên đăng nhập",
]  # fmt: skip


def handed_in(office, user, heads, *rows) -> Import:
    kind = Import.Kind.UNITS if heads is UNIT_HEADS else Import.Kind.PERSONS
    return actions.hand_in(
        kind=kind, office=office, name="a.xlsx", content=a_sheet(heads, *rows), by=user, at=NOW
    )


def verdicts(sheet, user) -> list:
    return [
        (outcome.line.number, outcome.verdict, [problem.column for problem in outcome.problems])
        for outcome in sorted(
            queries.outcomes(sheet, by=user, on=DAY), key=lambda outcome: outcome.line.number
        )
    ]


def take_in(sheet, user, **how):
    return actions.take_in(sheet, by=user, on=DAY, at=NOW, **how)


@pytest.fixture
def office() -> Unit:
    return a_unit(name="Sở Thử", short_name="Sở T")


@pytest.fixture
def admin(office) -> User:
    return a_user_with(Role.ADMINISTRATOR, office)


def begun(sheet, user, *, only_good=False) -> Import:
    actions.begin_taking_in(sheet, only_good=only_good, by=user)
    return sheet


def carried_on(sheet) -> Import:
    """The import after its job has run."""
    actions.carry_on(sheet, by=sheet.handed_in_by, on=DAY, at=NOW)
    sheet.refresh_from_db()
    return sheet


UNIT_ROWS = [
    ["Đội Kịch", None, None, "Tập thể nhỏ", "Nhà hát Thử"],
    ["Nhà hát Thử", "NHT", "Nhà hát; Rạp", "Đơn vị trực thuộc"],
    ["Văn phòng", "VP", None, "office", "Sở T"],
    ["Bộ Thử", None, None, "Bộ, ngành trung ương", None, "có"],
]


def test_units_are_taken_in_with_their_parents(office, admin):
    sheet = handed_in(office, admin, UNIT_HEADS, *UNIT_ROWS)
    assert verdicts(sheet, admin) == [(n, "new", []) for n in range(2, 6)]

    done = take_in(sheet, admin)

    assert (done.created, done.changed, done.left_out) == (4, 0, 0)
    theatre = Unit.objects.get(name="Nhà hát Thử")
    assert Unit.objects.get(name="Đội Kịch").parent == theatre
    assert theatre.parent == Unit.objects.get(name="Văn phòng").parent == office
    assert [str(name) for name in theatre.other_names.all()] == ["Nhà hát", "Rạp"]
    outside = Unit.objects.get(name="Bộ Thử")
    assert (outside.parent, outside.outside) == (None, True)
    assert not Import.objects.exists()
    assert journal.lines_about(office)[0].deed == "units imported"


def test_units_are_not_doubled_by_doing_it_again(office, admin):
    take_in(handed_in(office, admin, UNIT_HEADS, *UNIT_ROWS), admin)
    again = [["Đội kịch", "ĐK", None, "Tập thể nhỏ", "NHT"], *UNIT_ROWS[1:]]

    sheet = handed_in(office, admin, UNIT_HEADS, *again)

    assert [verdict for _, verdict, _ in verdicts(sheet, admin)] == ["change", *["same"] * 3]
    take_in(sheet, admin)
    assert Unit.objects.count() == 5
    assert Unit.objects.get(short_name="ĐK").name == "Đội kịch"


def test_wrong_rows_of_units_are_told_and_left_out_by_choice(office, admin):
    elsewhere = a_unit(outside=True, name="Bộ Hai")
    sheet = handed_in(
        office,
        admin,
        UNIT_HEADS,
        ["Phòng A", None, None, "office", "Không có"],
        ["Đội của A", None, None, "office", "Phòng A"],
        ["Phòng B", None, None, "office"],
        ["Phòng C", None, None, "office", "Bộ Hai"],
    )
    clerk = a_user_with(Role.OFFICE, office)
    assert verdicts(sheet, clerk) == [
        (2, "wrong", ["parent"]),
        (3, "wrong", ["parent"]),
        (4, "new", []),
        (5, "wrong", ["parent"]),
    ]

    with pytest.raises(Refused, match="Còn dòng có lỗi"):
        take_in(sheet, clerk)
    assert take_in(sheet, clerk, only_good=True).left_out == 3

    assert list(Unit.objects.exclude(pk__in=[office.pk, elsewhere.pk])) == [
        Unit.objects.get(name="Phòng B")
    ]
    with pytest.raises(Refused, match="đã được nhập"):
        take_in(sheet, clerk)


PERSON_ROWS = [
    ["Lê Thị Thử", "1", "02/03/1990", "thu@example.vn", "Phòng A", "Trưởng phòng",
     "Thủ trưởng đơn vị", "thu.le"],
    ["Lê Thị Thử", "1", None, None, "Phòng A", "Bí thư Chi bộ"],
    ["Trần Văn Hai", None, "1985-01-02", None, "PA", "Chuyên viên"],
]  # fmt: skip


def test_persons_are_taken_in_with_positions_account_and_role(office, admin):
    unit = a_unit(office, name="Phòng A", short_name="PA")
    sheet = handed_in(office, admin, PERSON_HEADS, *PERSON_ROWS)
    assert [verdict for _, verdict, _ in verdicts(sheet, admin)] == ["new", "change", "new"]

    done = take_in(sheet, admin)

    assert (done.created, done.left_out) == (2, 0)
    thu = Person.objects.get(code="1")
    assert {position.title for position in thu.positions.all()} == {"Trưởng phòng", "Bí thư Chi bộ"}
    ((person, username, password),) = done.passwords
    assert (person, username) == (thu, "thu.le")
    assert thu.user is not None
    assert thu.user.check_password(password)
    assert thu.user.holdings.get().unit == unit
    assert [str(found) for found in queries.found_persons(Person.objects.all(), "hai tran")] == [
        "Trần Văn Hai"
    ]
    assert {line.deed for line in journal.lines_about(thu)} == {
        "person entered", "position begun", "account given", "role granted",
    }  # fmt: skip


def test_persons_are_not_doubled_by_doing_it_again(office, admin):
    a_unit(office, name="Phòng A", short_name="PA")
    take_in(handed_in(office, admin, PERSON_HEADS, *PERSON_ROWS), admin)

    sheet = handed_in(office, admin, PERSON_HEADS, *PERSON_ROWS)

    assert [verdict for _, verdict, _ in verdicts(sheet, admin)] == ["same"] * 3
    take_in(sheet, admin)
    assert Person.objects.count() == 2
    changed = handed_in(
        office, admin, PERSON_HEADS, ["Lê Thị Thử", "1", "03/03/1990", None, "PA", "Trưởng phòng"]
    )
    take_in(changed, admin)
    assert Person.objects.get(code="1").born_on == date(1990, 3, 3)


def test_sex_and_retirement_come_in_with_a_person_and_are_told_when_they_change(office, admin):
    a_unit(office, name="Phòng A")
    heads = ["Họ và tên", "Mã cán bộ", "Đơn vị", "Chức vụ", "Giới tính", "Nghỉ hưu từ ngày"]
    row = ["Lê Thị Thử", "1", "Phòng A", "Họa sĩ"]
    take_in(handed_in(office, admin, heads, [*row, "Nam", "01/07/2030"]), admin)
    thu = Person.objects.get(code="1")
    assert (thu.sex, thu.retires_on) == ("male", date(2030, 7, 1))

    again = handed_in(office, admin, heads, [*row, "nữ", "01/08/2030"])

    (outcome,) = queries.person_outcomes(again, by=admin, on=DAY)
    assert outcome.notes == [
        "Giới tính: Nam → Nữ", "Nghỉ hưu từ ngày: 01/07/2030 → 01/08/2030"
    ]  # fmt: skip
    take_in(again, admin)
    thu.refresh_from_db()
    assert (thu.sex, thu.retires_on) == ("female", date(2030, 8, 1))


def test_wrong_rows_of_persons_are_told(office, admin):
    unit = a_unit(office, name="Phòng A")
    a_unit(office, name="Phòng Kế hoạch", valid_until=date(2025, 1, 1))
    a_user(username="da.co")
    for code in ("7", "8"):
        a_position(a_person(full_name="Hai Người", code=code), unit)
    other = a_person(full_name="Người Ngoài", code="99")
    a_position(other, a_unit())
    rows = [
        ["A", None, None, None, "Phòng B", "X"],
        ["Hai Người", None, None, None, "Phòng A", "X"],
        ["Người Ngoài", "99", None, None, "Phòng A", "X"],
        ["B", None, None, None, "Phòng A", "X", "Thủ trưởng đơn vị"],
        ["C", None, None, None, "Phòng A", "X", None, "da.co"],
        ["D", None, None, None, "Phòng Kế hoạch", "X"],
    ]
    sheet = handed_in(office, admin, PERSON_HEADS, *rows)

    assert [(number, columns) for number, _, columns in verdicts(sheet, admin)] == [
        (2, ["unit"]),
        (3, ["full_name"]),
        (4, ["code"]),
        (5, ["role"]),
        (6, ["username"]),
        (7, ["unit"]),
    ]
    with pytest.raises(Refused, match="Không có dòng nào đúng"):
        take_in(sheet, admin, only_good=True)


def test_the_office_gives_no_accounts_and_no_administration_by_a_sheet(office, admin):
    unit = a_unit(office, name="Phòng A")
    member = a_person(full_name="Có Rồi", code="5", user=a_user(username="co.roi"))
    a_position(member, unit)
    standing = a_user_with(Role.OFFICE, office)
    sheet = handed_in(
        office,
        standing,
        PERSON_HEADS,
        ["A", None, None, None, "Phòng A", "X", None, "moi.toanh"],
        ["Có Rồi", "5", None, None, "Phòng A", "Chuyên viên", "Quản trị hệ thống"],
        ["Có Rồi", "5", None, None, "Phòng A", "Kế toán", "Thủ trưởng đơn vị"],
    )

    assert [columns for _, _, columns in verdicts(sheet, standing)] == [
        ["username"], ["role"], ["full_name"],
    ]  # fmt: skip


def test_a_long_sheet_costs_a_constant_number_of_queries(office, admin, django_assert_num_queries):
    a_unit(office, name="Phòng A")
    rows = [[f"Người {n}", str(n), None, None, "Phòng A", "Chuyên viên"] for n in range(300)]
    short = handed_in(office, admin, PERSON_HEADS, *rows[:2])
    long = handed_in(office, admin, PERSON_HEADS, *rows)

    with django_assert_num_queries(8):
        queries.outcomes(short, by=admin, on=DAY)
    with django_assert_num_queries(8):
        queries.outcomes(long, by=admin, on=DAY)


def test_what_was_never_confirmed_is_removed_after_a_week(office, admin):
    old = handed_in(office, admin, UNIT_HEADS, *UNIT_ROWS)
    Import.objects.filter(pk=old.pk).update(handed_in_at=datetime(2026, 2, 1, tzinfo=UTC))

    new = handed_in(office, admin, UNIT_HEADS, *UNIT_ROWS)

    assert list(Import.objects.all()) == [new]


def logged_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_the_pages_of_an_import(office, admin):
    client = logged_in(admin)
    content = a_sheet(UNIT_HEADS, *UNIT_ROWS, ["Phòng Sai", None, None, "Xưởng"])
    upload = SimpleUploadedFile("Đơn vị.xlsx", content)

    answer = client.post(
        reverse("people:import"), {"kind": "units", "office": office.pk, "file": upload}
    )
    dry_run = answer["Location"]
    shown = client.get(dry_run).content.decode()

    assert "1 dòng có lỗi" in shown
    assert "“Xưởng” không có trong danh mục" in shown
    assert "Chỉ nhập 4 dòng đúng" in shown
    assert "Nhà hát Thử" not in client.get(f"{dry_run}?verdict=wrong").content.decode()
    stranger = logged_in(a_user_with(Role.ADMINISTRATOR, office))
    assert stranger.get(dry_run).status_code == 404
    client.post(f"{dry_run}nhap/")
    carried_on(Import.objects.get())
    refused = client.get(dry_run).content.decode()
    assert "Chưa nhập được dòng nào. Còn dòng có lỗi" in refused
    waiting = client.post(f"{dry_run}nhap/", {"only_good": "1"}, follow=True).content.decode()
    part = client.get(f"{dry_run}tien-do/")
    carried_on(Import.objects.get())
    done = client.get(dry_run).content.decode()

    assert f'hx-get="{dry_run}tien-do/"' in waiting
    assert '<noscript><meta http-equiv="refresh"' in waiting
    assert ("HX-Refresh" in part, "Đã xong 0%" in part.content.decode()) == (False, True)
    assert client.get(f"{dry_run}tien-do/")["HX-Refresh"] == "true"
    assert "Đã nhập bảng tính" in done
    assert "<dd>4</dd>" in done
    assert "Hiện mật khẩu" not in done
    assert Unit.objects.filter(name="Đội Kịch").exists()
    assert stranger.get(dry_run).status_code == 404
    assert "Đơn vị.xlsx" not in client.get(reverse("people:import")).content.decode()


def test_an_import_is_given_up(office, admin):
    sheet = handed_in(office, admin, UNIT_HEADS, *UNIT_ROWS)

    logged_in(admin).post(reverse("people:give_up", args=[sheet.pk]))

    assert not Import.objects.exists()
    assert Unit.objects.count() == 1


def test_a_file_that_is_no_sheet_is_refused_on_the_page(office, admin):
    upload = SimpleUploadedFile("a.xlsx", b"khong phai bang tinh")

    answer = logged_in(admin).post(
        reverse("people:import"), {"kind": "units", "office": office.pk, "file": upload}
    )

    assert answer.status_code == 422
    assert "Không mở được tệp" in answer.content.decode()
    assert not Import.objects.exists()


def test_only_those_who_edit_import(office):
    for role in (Role.AUDITOR, Role.CLERK, Role.HEAD, Role.DIRECTOR):
        client = logged_in(a_user_with(role, office))
        assert client.get(reverse("people:import")).status_code == 404
        assert client.get(reverse("people:import_template", args=["units"])).status_code == 404


@pytest.mark.parametrize(
    ("kind", "columns"), [("units", unit_lines.COLUMNS), ("persons", person_lines.COLUMNS)]
)
def test_the_templates_are_read_as_they_are(admin, kind, columns):
    answer = logged_in(admin).get(reverse("people:import_template", args=[kind]))

    (row,) = read_rows(io.BytesIO(answer.content).getvalue(), name="mau.xlsx", columns=columns)

    assert row.cells == {column.code: column.example for column in columns if column.example}


def test_the_command_line_makes_an_administrator_and_imports(tmp_path):
    made = CliRunner().invoke(
        account, ["create-admin", "--username", "qt", "--name", "Quản Trị", "--unit", "Sở Thử"]
    )
    password = re.search(r"một lần: (\S+)", made.output)
    assert password
    assert User.objects.get(username="qt").check_password(password[1])

    file = tmp_path / "a.xlsx"
    file.write_bytes(a_sheet(UNIT_HEADS, *UNIT_ROWS[:2]))
    call = ["import", str(file), "--kind", "units", "--unit", "Sở Thử", "--by", "qt"]
    tried = CliRunner().invoke(people, [*call, "--dry-run"])
    assert tried.output == "sẽ thêm 2\n"
    assert Unit.objects.count() == 1
    done = CliRunner().invoke(people, call)
    assert "Đã thêm 2" in done.output
    assert isinstance(CliRunner().invoke(people, [*call[:-1], "ai"]).exception, Refused)


def test_a_sheet_with_null_signs_is_taken_without_them(office, admin):
    rows = "".join(f"Trần Văn {number},Sở Thí điểm,Chuyên viên\n" for number in range(200))
    content = f"Họ và tên,Đơn vị,Chức vụ\nLê\x00 Văn Hai,Sở Thí điểm,Chuyên viên\n{rows}"

    sheet = actions.hand_in(
        kind=Import.Kind.PERSONS,
        office=office,
        name="a.csv",
        content=content.encode(),
        by=admin,
        at=NOW,
    )

    assert sheet.rows[0]["cells"]["full_name"] == "Lê Văn Hai"


def test_a_file_that_is_not_text_is_refused_in_the_words_of_sheets(office, admin):
    with pytest.raises(Refused, match=r"\.xlsx hoặc \.csv"):
        actions.hand_in(
            kind=Import.Kind.UNITS,
            office=office,
            name="a.csv",
            content=bytes(range(32)) * 20,
            by=admin,
            at=NOW,
        )
