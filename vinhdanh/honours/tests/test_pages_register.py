"""The pages of the register: whom each is for, what it says, what it costs."""

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from vinhdanh.accounts.tests.make import a_user
from vinhdanh.honours.actions import register
from vinhdanh.honours.models import Conferral, Household, YearRating
from vinhdanh.honours.tests.make import (
    a_conferral,
    a_discipline,
    a_household,
    a_rating,
    a_recognition,
    an_open_matter,
    the_keeper,
)
from vinhdanh.journal.models import Line
from vinhdanh.people.models import RoleHolding
from vinhdanh.people.tests.make import a_person, a_position, a_unit, a_user_with

pytestmark = pytest.mark.django_db
Role = RoleHolding.Role


class House:
    """An office with two units, a person in the first with an account, and roles."""

    def __init__(self) -> None:
        self.office = a_unit(name="Sở Văn hóa Thí điểm")
        self.unit = a_unit(self.office, name="Phòng Di sản")
        self.other = a_unit(self.office, name="Phòng Tài chính")
        self.keeper = the_keeper(self.office)
        self.director = a_user_with(Role.DIRECTOR, self.office)
        self.auditor = a_user_with(Role.AUDITOR, self.office)
        self.clerk = a_user_with(Role.CLERK, self.unit)
        self.head = a_user_with(Role.HEAD, self.unit)
        self.colleague = a_user_with(Role.CLERK, self.other)
        self.admin = a_user_with(Role.ADMINISTRATOR, self.office)
        self.elsewhere = the_keeper(a_unit(name="Sở Khác"))
        self.stranger = a_user(username="nguoi.la")
        self.worker = a_user(username="anh.nt")
        self.person = a_person(full_name="Nguyễn Thị Ánh", user=self.worker)
        a_position(self.person, self.unit)
        self.fact = a_conferral(self.person, self.office, decision_number="12/QĐ-SVHTT")
        self.sees = (self.keeper, self.director, self.auditor, self.clerk, self.head, self.worker)
        self.blind = (self.colleague, self.admin, self.elsewhere, self.stranger)


@pytest.fixture
def house() -> House:
    return House()


def browser(user) -> Client:
    client = Client()
    if user is not None:
        client.force_login(user)
    return client


def page(user, name, /, *args, **query):
    return browser(user).get(reverse(f"honours:{name}", args=args), query)


def cost(user, address) -> int:
    client = browser(user)
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_the_list_shows_each_what_is_theirs_and_no_more(house):
    for user in house.sees:
        assert "12/QĐ-SVHTT" in page(user, "register").content.decode()
    for user in house.blind:
        answer = page(user, "register")
        assert answer.status_code == 200
        assert "12/QĐ-SVHTT" not in answer.content.decode()
        nothing = "Sổ chưa ghi gì" if answer.context["keeps"] else "Không có dòng nào khớp"
        assert nothing in answer.content.decode()
    assert page(None, "register").status_code == 302


def test_one_award_opens_for_whoever_may_see_it(house):
    for user in house.sees:
        assert "Lao động tiên tiến" in page(user, "conferral", house.fact.pk).content.decode()
    for user in house.blind:
        assert page(user, "conferral", house.fact.pk).status_code == 404
    assert page(None, "conferral", house.fact.pk).status_code == 302


def test_the_record_of_a_person_opens_for_whoever_may_see_it(house):
    a_rating(house.person, house.office)
    for user in house.sees:
        text = page(user, "person", house.person.pk).content.decode()
        assert "Hoàn thành tốt nhiệm vụ" in text
        assert "Lao động tiên tiến" in text
    for user in house.blind:
        assert page(user, "person", house.person.pk).status_code == 404
    assert page(None, "person", house.person.pk).status_code == 302


def test_disciplines_and_matters_are_for_few(house):
    discipline = a_discipline(house.person, house.office)
    matter = an_open_matter(house.person, house.office)

    for user in (house.keeper, house.director, house.auditor):
        text = page(user, "person", house.person.pk).content.decode()
        assert ("Khiển trách" in text, "Có đơn khiếu nại" in text) == (True, True)
    for user in (house.clerk, house.head):
        text = page(user, "person", house.person.pk).content.decode()
        assert ("Khiển trách" in text, "Có đơn khiếu nại" in text) == (False, False)
        assert page(user, "fact", "ky-luat", discipline.pk).status_code == 404
        assert page(user, "fact", "vu-viec", matter.pk).status_code == 404
    text = page(house.worker, "person", house.person.pk).content.decode()
    assert ("Khiển trách" in text, "Có đơn khiếu nại" in text) == (True, False)
    assert page(house.worker, "fact", "ky-luat", discipline.pk).status_code == 200
    assert page(house.worker, "fact", "vu-viec", matter.pk).status_code == 404


def test_who_looks_at_the_disciplines_of_another_is_written_down_once(house):
    discipline = a_discipline(house.person, house.office)
    looks = Line.objects.filter(deed="confidential record looked at")

    page(house.worker, "person", house.person.pk)
    page(house.clerk, "person", house.person.pk)
    assert not looks.exists()
    page(house.auditor, "person", house.person.pk)
    page(house.auditor, "fact", "ky-luat", discipline.pk)

    assert [(line.actor_id, line.thing_id) for line in looks] == [
        (house.auditor.pk, house.person.pk)
    ]


def test_everybody_finds_the_own_record(house):
    answer = page(house.worker, "mine")
    assert answer["Location"] == reverse("honours:person", args=[house.person.pk])
    assert "chưa gắn với cán bộ nào" in page(house.stranger, "mine").content.decode()


def test_the_list_is_searched_and_filtered(house):
    a_conferral(a_person(full_name="Trần Văn Bình"), house.office, award="DH_CSTD_CS")
    a_conferral(house.unit, house.office, award="DH_TTLDTT", name_written="Phòng Di sản cũ")

    def names(**query):
        rows = page(house.keeper, "register", **query).context["table"].paginated_rows
        return {row.record.name_written for row in rows}

    assert names(q="nguyen thi") == {"Nguyễn Thị Ánh"}
    assert names(q="ánh") == {"Nguyễn Thị Ánh"}
    assert names(q="12/QĐ-SVHTT") == {"Nguyễn Thị Ánh"}
    assert names(q="chiến sĩ thi đua cơ sở") == {"Trần Văn Bình"}
    assert names(award="DH_TTLDTT") == {"Phòng Di sản cũ"}
    assert names(recipient="unit") == {"Phòng Di sản cũ"}
    assert names(unit=str(house.unit.pk)) == {"Nguyễn Thị Ánh", "Phòng Di sản cũ"}
    assert names(year="2023") == set()
    assert names(kind="ad_hoc") == set()
    assert names(as_of="2020-01-01") == set()
    assert len(names(as_of=f"{timezone.localdate():%Y-%m-%d}")) == 3


def test_a_search_finds_nothing_that_the_list_would_not_show(house):
    for words in ("nguyen thi anh", "12/QĐ-SVHTT", "lao dong tien tien"):
        found = page(house.colleague, "register", q=words)
        assert "Nguyễn Thị Ánh" not in found.content.decode()


def test_the_list_and_the_records_cost_the_same_for_one_and_many(house):
    record = reverse("honours:person", args=[house.person.pk])
    addresses = [
        (user, address)
        for user in (house.keeper, house.clerk)
        for address in (reverse("honours:register"), record)
    ]
    before = [cost(user, address) for user, address in addresses]

    for number in range(12):
        person = a_person()
        a_position(person, house.unit)
        a_conferral(person, house.office)
        a_conferral(house.person, house.office, decision_number=f"{number}/QĐ-UBND")
        a_rating(house.person, house.office, year=2000 + number)
        a_recognition(house.person, house.office)

    assert [cost(user, address) for user, address in addresses] == before
    assert max(before) <= 30


def test_the_list_is_exported_as_it_is_filtered(house):
    a_conferral(a_person(full_name="Trần Văn Bình"), house.office, award="DH_CSTD_CS")

    answer = page(house.keeper, "register_export", q="nguyen")

    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    rows = book.get_sheet_by_index(0).to_python()
    assert [row[1] for row in rows[4:]] == ["Nguyễn Thị Ánh"]
    assert rows[1][0] == "Điều kiện lọc: Tìm trong sổ: nguyen"
    assert Line.objects.get(deed="register exported").detail == {"count": 1}
    empty = page(house.stranger, "register_export")
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(empty.content)).get_sheet_by_index(0)
    assert len(sheet.to_python()) == 4


def enter(user, kind, about, /, **fields):
    client = browser(user)
    return client.post(f"{reverse('honours:enter_fact', args=[kind])}?{about}", fields)


TYPED = {
    "award": "DH_CSTD_CS",
    "kind": "merit",
    "achieved_from": "2023-01-01",
    "achieved_until": "2023-12-31",
    "name_written": "Nguyễn Thị Ánh",
    "unit_written": "Phòng Di sản",
    "decision_number": "77/QĐ-SVHTT",
    "note": "Sổ giấy 2023",
}


def test_a_recipient_is_found_and_a_fact_entered_without_script(house):
    found = page(house.keeper, "enter", q="anh nguyen")
    assert f"?person={house.person.pk}" in found.content.decode()
    kinds = page(house.keeper, "enter", person=house.person.pk).content.decode()
    assert reverse("honours:enter_fact", args=["sang-kien"]) in kinds

    answer = enter(house.keeper, "khen-thuong", f"person={house.person.pk}", **TYPED)

    fact = Conferral.objects.get(award="DH_CSTD_CS")
    assert answer["Location"] == reverse("honours:conferral", args=[fact.pk])
    assert (fact.office, fact.person, fact.origin.note, fact.recorded_by) == (
        house.office,
        house.person,
        "Sổ giấy 2023",
        house.keeper,
    )


def test_the_paper_is_kept_with_the_fact_and_opens_for_who_oversees(house):
    paper = SimpleUploadedFile("qd.pdf", b"%PDF-1.4\n%%EOF\n")

    enter(house.keeper, "khen-thuong", f"person={house.person.pk}", **TYPED, file=paper)

    fact = Conferral.objects.get(award="DH_CSTD_CS")
    address = ("origin_file", "khen-thuong", fact.pk)
    opened = page(house.keeper, *address)
    assert b"".join(opened.streaming_content).startswith(b"%PDF")
    for user in (house.clerk, house.worker, house.colleague, house.stranger):
        assert page(user, *address).status_code == 404


def test_what_was_typed_survives_a_refusal(house):
    enter(house.keeper, "khen-thuong", f"person={house.person.pk}", **TYPED)

    again = enter(house.keeper, "khen-thuong", f"person={house.person.pk}", **TYPED)

    text = again.content.decode()
    assert (again.status_code, "Sổ đã ghi điều này về" in text) == (422, True)
    assert 'value="77/QĐ-SVHTT"' in text
    assert Conferral.objects.filter(award="DH_CSTD_CS").count() == 1


def test_each_kind_of_fact_is_entered(house):
    about = f"person={house.person.pk}"
    names = {"name_written": "Nguyễn Thị Ánh", "note": "Hồ sơ cán bộ"}
    enter(house.keeper, "xep-loai", about, **names, year="2024", level="good")
    enter(house.keeper, "sang-kien", about, **names, title="Số hóa", reach="grassroots", year=2024)
    enter(house.keeper, "ky-luat", about, **names, form="reprimand", from_on="2022-03-01")
    enter(house.keeper, "vu-viec", about, **names, kind="petition", opened_on="2026-01-05")

    sets = ("yearrating_set", "recognition_set", "discipline_set", "openmatter_set")
    assert [getattr(house.person, name).count() for name in sets] == [1, 1, 1, 1]


def test_a_household_is_entered_and_honoured(house):
    answer = browser(house.keeper).post(
        reverse("honours:enter_household"), {"head_name": "Trần Văn Hộ", "address": "Hải Châu"}
    )
    household = Household.objects.get()
    assert answer["Location"] == f"{reverse('honours:enter')}?household={household.pk}"
    assert "Trần Văn Hộ" in page(house.keeper, "enter", q="tran ho").content.decode()
    for user in (house.keeper, house.director):
        assert page(user, "household", household.pk).status_code == 200
    for user in (house.clerk, house.colleague, house.elsewhere, house.stranger):
        assert page(user, "household", household.pk).status_code == 404


def test_only_the_keeper_enters_corrects_and_withdraws(house):
    kept = ["khen-thuong", house.fact.pk]
    others = {house.director, house.auditor, house.clerk, house.worker, *house.blind}
    for user in others - {house.elsewhere}:
        assert page(user, "enter").status_code == 404
        answer = enter(user, "khen-thuong", f"person={house.person.pk}", **TYPED)
        assert answer.status_code == 404
    for user in others:
        assert page(user, "correct", *kept).status_code == 404
        assert page(user, "withdraw", *kept).status_code == 404
    assert (
        enter(house.elsewhere, "khen-thuong", f"person={house.person.pk}", **TYPED).status_code
        == 404
    )
    assert Conferral.objects.count() == 1


def test_a_correction_is_shown_with_its_effects_before_it_is_done(house):
    now = timezone.localtime()
    rating = a_rating(house.person, house.office, year=now.year - 1, at=now)
    address = reverse("honours:correct", args=["xep-loai", rating.pk])
    client = browser(house.keeper)
    typed = {
        "year": rating.year,
        "level": "failed",
        "name_written": rating.name_written,
        "because": "Chép nhầm",
    }

    preview = client.post(address, typed)

    text = preview.content.decode()
    assert "Kết luận nào thay đổi" in text
    assert "Lao động tiên tiến" in text
    assert "<del>Hoàn thành tốt nhiệm vụ</del>" in text
    assert YearRating.objects.count() == 1
    mark = preview.context["mark"]
    changed = client.post(address, typed | {"level": "completed", "confirm": mark})
    assert (changed.status_code, YearRating.objects.count()) == (200, 1)

    done = client.post(address, typed | {"confirm": mark}, follow=True)

    assert "Đã đính chính. Kết luận thay đổi:" in done.content.decode()
    right = YearRating.objects.get(withdrawn_at=None)
    assert (right.level, right.replaces) == ("failed", rating)
    old = client.get(reverse("honours:fact", args=["xep-loai", rating.pk])).content.decode()
    assert "không còn đứng trong sổ" in old
    assert reverse("honours:fact", args=["xep-loai", right.pk]) in old
    assert client.get(address)["Location"].endswith(f"{right.pk}/")


def test_a_correction_may_choose_another_recipient(house):
    other = a_person(full_name="Nguyễn Thị Anh")
    a_position(other, house.unit)
    client = browser(house.keeper)
    found = page(house.keeper, "enter", q="nguyen thi anh", kind="khen-thuong", fact=house.fact.pk)
    address = f"{reverse('honours:correct', args=['khen-thuong', house.fact.pk])}?person={other.pk}"
    assert address in found.content.decode()
    typed = {
        **TYPED,
        "award": "DH_LDTT",
        "achieved_from": "2024-01-01",
        "achieved_until": "2024-12-31",
        "because": "Trùng tên",
    }

    preview = client.post(address, typed)
    client.post(address, typed | {"confirm": preview.context["mark"]})

    right = Conferral.objects.get(withdrawn_at=None)
    assert right.person == other
    # Whose it was by mistake sees neither the other's award nor that it is theirs.
    own = page(house.worker, "conferral", house.fact.pk).content.decode()
    assert reverse("honours:conferral", args=[right.pk]) not in own
    assert page(house.worker, "conferral", right.pk).status_code == 404


def test_a_fact_is_withdrawn_after_its_effects_were_shown(house):
    address = reverse("honours:withdraw", args=["khen-thuong", house.fact.pk])
    client = browser(house.keeper)
    assert client.post(address, {"because": ""}).status_code == 422

    preview = client.post(address, {"because": "Ghi nhầm"})
    assert Conferral.objects.get().withdrawn_at is None
    client.post(address, {"because": "Ghi nhầm", "confirm": preview.context["mark"]})

    assert Conferral.objects.get().withdrawn_because == "Ghi nhầm"
    assert "12/QĐ-SVHTT" not in page(house.keeper, "register").content.decode()


def test_the_list_and_a_record_are_shown_as_the_register_stood(house):
    yesterday = timezone.now() - timedelta(days=1)
    register.withdraw(house.fact, because="Nhầm", by=house.keeper, at=timezone.now())
    day = f"{timezone.localtime(yesterday):%Y-%m-%d}"

    record = reverse("honours:person", args=[house.person.pk])
    client = browser(house.keeper)

    assert "12/QĐ-SVHTT" in client.get(record, {"as_of": day}).content.decode()
    assert "12/QĐ-SVHTT" not in client.get(record).content.decode()
    listed = client.get(reverse("honours:register"), {"as_of": day}).content.decode()
    assert "12/QĐ-SVHTT" in listed
    assert client.get(record, {"as_of": "2026-13-99"}).status_code == 404


def test_unknown_addresses_are_not_found(house):
    assert page(house.keeper, "fact", "khac", house.fact.pk).status_code == 404
    assert page(house.keeper, "fact", "xep-loai", house.fact.pk).status_code == 404
    assert page(house.keeper, "enter_fact", "khac", person=house.person.pk).status_code == 404
    assert page(house.keeper, "enter_fact", "xep-loai").status_code == 404
    assert page(house.keeper, "enter", person="x").status_code == 404
    assert page(house.keeper, "household", a_household(a_unit()).pk).status_code == 404
