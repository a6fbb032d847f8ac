"""The pages on bonuses: whom each is for, what it says, what it costs."""

import io
from datetime import UTC, date, datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from vinhdanh.documents import actions as documents
from vinhdanh.documents.models import Export
from vinhdanh.honours.actions import register
from vinhdanh.honours.tests.make import a_conferral, a_household, a_recognition
from vinhdanh.honours.tests.test_pages_register import House, browser, cost, page
from vinhdanh.journal.models import Line
from vinhdanh.people.models import RoleHolding
from vinhdanh.people.tests.make import a_person, a_position

pytestmark = pytest.mark.django_db
AT = datetime(2026, 8, 3, 2, 0, tzinfo=UTC)
AUGUST = date(2025, 8, 1)
YEAR_2025 = {"achieved_from": date(2025, 1, 1), "achieved_until": date(2025, 12, 31)}


@pytest.fixture
def house() -> House:
    """With one award of 2024, decided on 15 January 2025: 710.000 đồng."""
    return House()


def names(answer) -> list[str]:
    return [row.record.row.name_written for row in answer.context["table"].rows]


def sheet(answer) -> list:
    content = b"".join(answer) if answer.streaming else answer.content
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def test_the_list_shows_each_what_is_theirs_and_sums_no_more(house):
    a_conferral(house.other, house.office, award="DH_TTLDTT")

    for user in (house.keeper, house.director, house.auditor):
        answer = page(user, "bonuses")
        assert sorted(names(answer)) == ["Nguyễn Thị Ánh", "Phòng Tài chính"]
        assert answer.context["whole"].certain == 710_000 + 1_880_000
    for user in (house.clerk, house.head, house.worker):
        answer = page(user, "bonuses")
        assert names(answer) == ["Nguyễn Thị Ánh"]
        assert answer.context["whole"].certain == 710_000
        assert "710.000 đồng" in answer.content.decode()
        assert "Phòng Tài chính" not in answer.content.decode()
    assert names(page(house.colleague, "bonuses")) == ["Phòng Tài chính"]
    for user in (house.admin, house.elsewhere, house.stranger):
        answer = page(user, "bonuses")
        assert (names(answer), answer.context["whole"].count) == ([], 0)
        assert "Không có dòng nào khớp" in answer.content.decode()
    for name in ("bonuses", "bonuses_export"):
        assert page(None, name).status_code == 302


def test_the_year_is_that_of_the_decision_the_latest_unless_asked(house):
    keeper, office = house.keeper, house.office
    late = a_conferral(a_person(full_name="Trần Văn Bình"), office, decided_on=date(2026, 2, 2))
    a_conferral(a_person(full_name="Lê Thị Chi"), office, decided_on=None)

    assert names(page(keeper, "bonuses")) == [late.name_written]
    assert names(page(keeper, "bonuses", year="2025")) == ["Nguyễn Thị Ánh"]
    assert names(page(keeper, "bonuses", year="undated")) == ["Lê Thị Chi"]
    assert len(names(page(keeper, "bonuses", year=""))) == 3


def test_the_list_is_narrowed_and_sorted_and_sums_stay_of_every_verdict(house):
    keeper, office = house.keeper, house.office
    both = {"decided_on": AUGUST, "unit_written": "Phòng Di sản"}
    a_conferral(house.person, office, award="DH_CSTD_CS", **YEAR_2025, **both)
    a_conferral(house.person, office, award="DH_LDTT", **YEAR_2025, **both)
    binh = a_person(full_name="Trần Văn Bình")
    a_position(binh, house.other)
    theme = {"award": "HT_GK_SO", "kind": "theme", "decision_number": "9/QĐ-X"}
    a_conferral(binh, office, decided_on=AUGUST, **theme)
    a_conferral(a_household(office), office, award="HT_GK_SO", decided_on=AUGUST)

    def awards(**query):
        answer = page(keeper, "bonuses", year="2025", **query)
        return [row.record.row.award for row in answer.context["table"].rows]

    assert len(awards()) == 5
    assert awards(q="binh") == awards(kind="theme") == awards(q="9/QĐ-X") == ["HT_GK_SO"]
    assert awards(unit=house.unit.pk, sort="-amount") == ["DH_CSTD_CS", "DH_LDTT", "DH_LDTT"]
    assert awards(award="DH_CSTD_CS") == ["DH_CSTD_CS"]
    assert awards(recipient="household") == ["HT_GK_SO"]
    assert awards(verdict="not paid") == ["DH_LDTT"]
    found = page(keeper, "bonuses", year="2025", verdict="not paid").context
    assert (found["whole"].count, found["whole"].not_paid) == (5, 1)


def test_a_reason_names_its_source_and_opens_the_other_award(house):
    day = {"decided_on": AUGUST, **YEAR_2025}
    higher = a_conferral(house.person, house.office, award="DH_CSTD_CS", **day)
    a_conferral(house.person, house.office, award="DH_LDTT", **day)

    text = page(house.clerk, "bonuses", verdict="not paid").content.decode()

    assert "là mức của Chiến sĩ thi đua cơ sở" in text
    assert "NĐ 152/2025/NĐ-CP Điều 49 khoản 5" in text
    assert reverse("honours:conferral", args=[higher.pk]) in text


def test_the_page_of_an_award_says_its_bonus_to_whoever_sees_it(house):
    for user in house.sees:
        text = page(user, "conferral", house.fact.pk).content.decode()
        assert "<strong>710.000 đồng</strong>" in text
        assert "0,3 × 2.340.000 đồng" in text
        assert "NĐ 98/2023/NĐ-CP Điều 54 (hệ số)" in text
    for user in house.blind:
        assert page(user, "conferral", house.fact.pk).status_code == 404
    initiative = a_recognition(house.person, house.office)
    assert (
        "Tiền thưởng" not in page(house.keeper, "fact", "sang-kien", initiative.pk).content.decode()
    )
    register.withdraw(house.fact, because="Ghi nhầm", by=house.keeper, at=AT)
    assert "710.000 đồng" not in page(house.keeper, "conferral", house.fact.pk).content.decode()


def test_the_record_year_by_year_says_each_bonus(house):
    a_conferral(house.unit, house.office, award="DH_TTLDTT")
    home = a_conferral(a_household(house.office), house.office, award="HT_GK_SO", decided_on=None)

    for user in house.sees:
        text = page(user, "person", house.person.pk).content.decode()
        assert "Tiền thưởng: 710.000 đồng" in text
    assert "1.880.000 đồng" in page(house.clerk, "unit", house.unit.pk).content.decode()
    household = page(house.keeper, "household", home.household_id).content.decode()
    assert "Tiền thưởng" not in household
    assert page(house.colleague, "person", house.person.pk).status_code == 404


def test_the_list_is_exported_as_it_is_filtered_and_that_is_written_down(house):
    a_conferral(a_person(full_name="Trần Văn Bình"), house.office, decided_on=None)

    rows = sheet(page(house.keeper, "bonuses_export", year="", q="nguyen"))

    assert rows[1][0] == "Điều kiện lọc: Tìm trong sổ: nguyen"
    assert rows[3][0] == "1 dòng; chắc chắn được nhận 710.000 đồng; cần người xem xét 0 dòng"
    (line,) = rows[5:]
    assert (line[0], line[2], line[8], line[9], line[10], line[11]) == (
        "Nguyễn Thị Ánh",
        "Lao động tiên tiến",
        "0,3 × 2.340.000 đồng",
        710_000,
        "Được nhận",
        710_000,
    )
    note = Line.objects.get(deed="bonuses exported")
    assert (note.actor_id, note.detail) == (house.keeper.pk, {"count": 1})
    undated = sheet(page(house.keeper, "bonuses_export", year="undated"))[-1]
    assert (undated[0], undated[9], undated[11]) == ("Trần Văn Bình", "", "")
    assert len(sheet(page(house.stranger, "bonuses_export"))) == 5


def test_a_long_list_is_written_in_the_background_for_whoever_asked(house, monkeypatch):
    monkeypatch.setattr("vinhdanh.honours.views.bonuses.AT_ONCE", 0)
    client = browser(house.keeper)
    address = reverse("honours:bonuses_export") + "?year=2025"

    assert client.get(address).status_code == 200
    assert Export.objects.count() == 0
    client.post(address)
    export = Export.objects.get()
    documents.write_export(export, now=timezone.now)

    file = reverse("documents:export_file", args=[export.pk])
    assert sheet(client.get(file))[-1][0] == "Nguyễn Thị Ánh"
    assert browser(house.auditor).get(file).status_code == 404
    RoleHolding.objects.filter(user=house.keeper).delete()
    assert client.get(file).status_code == 404


def test_more_than_can_be_reckoned_at_once_asks_to_be_narrowed(house, monkeypatch):
    monkeypatch.setattr("vinhdanh.honours.views.bonuses.MOST", 0)

    for name in ("bonuses", "bonuses_export"):
        text = page(house.keeper, name).content.decode()
        assert "Có hơn 0 khen thưởng khớp" in text
        assert "710.000" not in text
    assert not Line.objects.filter(deed="bonuses exported").exists()


def test_a_page_for_printing_holds_every_line(house):
    for number in range(30):
        a_conferral(a_person(full_name=f"Lê Thị {number}"), house.office)

    assert len(page(house.keeper, "bonuses").context["table"].page) == 25
    assert len(page(house.keeper, "bonuses", all="1").context["table"].page) == 31


def test_pages_cost_the_same_for_one_award_and_for_many(house):
    addresses = [
        (house.keeper, reverse("honours:bonuses")),
        (house.clerk, reverse("honours:bonuses")),
        (house.keeper, reverse("honours:bonuses") + "?year=2025&q=nguyen&verdict=paid"),
        (house.worker, reverse("honours:person", args=[house.person.pk])),
        (house.keeper, reverse("honours:conferral", args=[house.fact.pk])),
    ]
    before = [cost(user, address) for user, address in addresses]

    for number in range(20):
        person = a_person()
        a_position(person, house.unit)
        a_conferral(person, house.office, unit_written="Phòng Di sản")
        a_conferral(house.person, house.office, decision_number=f"{number}/QĐ-UBND")

    assert [cost(user, address) for user, address in addresses] == before
    assert max(before) <= 30
