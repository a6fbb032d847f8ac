"""The pages on eligibility: whom each is for, what it says, what it hides, what it costs."""

import io
from datetime import date, timedelta

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from vinhdanh.accounts.models import User
from vinhdanh.accounts.tests.make import a_user
from vinhdanh.honours import tasks
from vinhdanh.honours.actions import exports
from vinhdanh.honours.models import Recognition, ScreeningExport, YearRating
from vinhdanh.honours.tests.make import (
    AT,
    a_conferral,
    a_discipline,
    a_household,
    a_rating,
    a_recognition,
    an_open_matter,
    the_keeper,
)
from vinhdanh.journal.models import Line
from vinhdanh.people.models import Person, RoleHolding, Unit
from vinhdanh.people.tests.make import a_person, a_position, a_unit, a_user_with

pytestmark = pytest.mark.django_db
Role = RoleHolding.Role
ASKED = {"year": "2025", "day": "2026-03-02"}
LISTS = ["screening", "screening_export", "chains", "chains_export"]


class House:
    """An office with two units; in the first a person with an account and a history."""

    def __init__(self) -> None:
        self.office = a_unit(name="Sở Văn hóa Thí điểm")
        self.unit = a_unit(self.office, name="Phòng Di sản")
        self.other = a_unit(self.office, name="Phòng Tài chính")
        self.keeper = the_keeper(self.office)
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
        a_history(self.person, self.office)


def a_history(person: Person, office: Unit) -> None:
    """Excellent and the grassroots title in three years, an initiative recognised by the province."""
    for year in (2023, 2024, 2025):
        a_rating(person, office, year=year, level=YearRating.Level.EXCELLENT)
        a_conferral(
            person,
            office,
            award="DH_CSTD_CS",
            achieved_from=date(year, 1, 1),
            achieved_until=date(year, 12, 31),
            decided_on=date(year, 12, 20),
        )
    a_recognition(person, office, year=2025, reach=Recognition.Reach.PROVINCE)


@pytest.fixture
def house() -> House:
    return House()


def _get(user: User | None, name: str, *args: object, **query: str) -> HttpResponse:
    client = Client()
    if user is not None:
        client.force_login(user)
    return client.get(reverse(f"honours:{name}", args=args), {**ASKED, **query})


def _page(user: User, name: str, *args: object, **query: str) -> str:
    answer = _get(user, name, *args, **query)
    assert answer.status_code == 200
    return answer.content.decode()


def _rows(answer: HttpResponse) -> list[list]:
    content = b"".join(answer) if answer.streaming else answer.content
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def _queries(user: User, name: str, *args: object, **query: str) -> int:
    client = Client()
    client.force_login(user)
    client.get(reverse(f"honours:{name}", args=args), {**ASKED, **query})
    with CaptureQueriesContext(
        connection,
    ) as made:
        client.get(reverse(f"honours:{name}", args=args), {**ASKED, **query})
    return len(made)


def test_a_screening_begins_with_how_many_may_get_what(house):
    a_position(a_person(full_name="Trần Văn Bình"), house.other)

    answer = _get(house.keeper, "screening")

    known, _others = answer.context["counts"]
    (counts,) = [counts for code, counts in known if code == "DH_CSTD_TINH"]
    assert [(each.verdict, each.count) for each in counts[:4]] == [
        ("met", 0), ("judge", 1), ("suspended", 0), ("unmet", 1),
    ]  # fmt: skip
    assert "award=DH_CSTD_TINH&amp;verdict=judge" in answer.content.decode()
    assert answer.context["rows"] == []


def test_rows_of_an_award_say_what_each_lacks(house):
    a_position(a_person(full_name="Trần Văn Bình"), house.other)

    answer = _get(house.keeper, "screening", award="DH_CSTD_TINH")

    assert [(row.candidate.name, row.as_read, said) for row, said in answer.context["rows"]] == [
        (
            "Nguyễn Thị Ánh",
            "judge",
            "Có thành tích xuất sắc tiêu biểu, được lựa chọn trong số những người có 03 lần liên "
            "tục được tặng danh hiệu Chiến sĩ thi đua cơ sở",
        ),
        (
            "Trần Văn Bình",
            "unmet",
            "Có 03 lần liên tục đạt Chiến sĩ thi đua cơ sở: 0 trong 3 lần liên tục; và 1 điều kiện "
            "khác",
        ),
    ]


def test_rows_are_found_by_name_without_accents_verdict_and_unit(house):
    a_position(a_person(full_name="Trần Văn Bình"), house.other)

    def names(**query: str) -> set[str]:
        rows = _get(house.keeper, "screening", **query).context["rows"]
        return {row.candidate.name for row, _said in rows}

    assert names(q="binh tran") == {"Trần Văn Bình"}
    assert names(award="DH_CSTD_TINH", verdict="unmet") == {"Trần Văn Bình"}
    assert names(award="DH_CSTD_TINH", unit=str(house.unit.pk)) == {"Nguyễn Thị Ánh"}
    assert names(q="không có ai") == set()


def test_collectives_and_households_are_screened_too(house):
    a_household(house.office, head_name="Lê Thị Hộ")

    collectives = _get(house.keeper, "screening", kind="collective", award="DH_TTLDTT")
    households = _get(house.keeper, "screening", kind="household", q="ho")

    assert {row.candidate.name for row, _said in collectives.context["rows"]} == {
        "Sở Văn hóa Thí điểm", "Phòng Di sản", "Phòng Tài chính",
    }  # fmt: skip
    assert {row.candidate.name for row, _said in households.context["rows"]} == {"Lê Thị Hộ"}


def test_a_scope_without_anybody_says_so(house):
    assert "Không có ai để xét" in _page(house.keeper, "screening", kind="household")


def test_after_law_that_was_not_read_the_page_says_so_and_offers_the_day_before(house):
    page = _page(house.keeper, "screening", award="DH_CSTD_TINH", day="2026-11-02")

    assert "Luật 06/2026/QH16" in page
    assert "day=2026-09-30" in page
    (row, _said), *_others = _get(
        house.keeper, "screening", award="DH_CSTD_TINH", day="2026-11-02"
    ).context["rows"]
    assert (row.verdict, row.as_read) == ("judge", "judge")
    assert "Luật 06/2026/QH16" not in _page(house.keeper, "screening", day="2026-09-30")


def test_a_day_before_the_law_and_an_impossible_one_do_not_break_the_page(house):
    assert "Chưa có dữ liệu pháp luật" in _page(house.keeper, "screening", day="2020-01-01")
    _page(house.keeper, "screening", day="2026-02-31", year="mot", kind="khac", award="X")
    _page(house.worker, "person_eligibility", house.person.pk, day="x", verdict="y", award="z")


@pytest.mark.parametrize("name", LISTS)
def test_a_clerk_screens_the_own_unit_and_no_other(house, name):
    a_position(a_person(full_name="Trần Văn Bình"), house.other)
    query = {"award": "DH_LDTT"} if name.startswith("screening") else {}

    answer = _get(house.clerk, name, **query)

    if not name.endswith("export"):
        assert "Nguyễn Thị Ánh" in answer.content.decode()
        assert "Trần Văn Bình" not in answer.content.decode()
    else:
        cells = {cell for row in _rows(answer) for cell in row}
        assert "Nguyễn Thị Ánh" in cells
        assert "Trần Văn Bình" not in cells
    assert _get(house.clerk, name, unit=str(house.other.pk), **query).status_code == 404
    assert _get(house.clerk, name, unit=str(house.office.pk), **query).status_code == 404


@pytest.mark.parametrize("name", LISTS)
def test_who_oversees_nothing_screens_nobody(house, name):
    for user in (house.admin, house.stranger, house.worker):
        assert _get(user, name).status_code == 404
    unknown = _get(None, name)
    assert unknown.status_code == 302
    assert unknown["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("name", ["person_eligibility", "person_path"])
def test_a_person_is_appraised_before_the_office_the_own_unit_and_oneself(house, name):
    for user in (house.keeper, house.auditor, house.clerk, house.head, house.worker):
        assert "Nguyễn Thị Ánh" in _page(user, name, house.person.pk)
    for user in (house.colleague, house.admin, house.elsewhere, house.stranger):
        assert _get(user, name, house.person.pk).status_code == 404
    assert _get(None, name, house.person.pk).status_code == 302


@pytest.mark.parametrize("name", ["unit_eligibility", "unit_path"])
def test_a_unit_is_appraised_before_the_office_and_its_own_clerk(house, name):
    for user in (house.keeper, house.auditor, house.clerk, house.head):
        assert "Phòng Di sản" in _page(user, name, house.unit.pk)
    for user in (house.colleague, house.admin, house.elsewhere, house.stranger, house.worker):
        assert _get(user, name, house.unit.pk).status_code == 404


def test_a_household_is_appraised_before_its_office(house):
    household = a_household(house.office, head_name="Lê Thị Hộ")

    assert "Lê Thị Hộ" in _page(house.keeper, "household_eligibility", household.pk)
    for user in (house.clerk, house.elsewhere, house.stranger):
        assert _get(user, "household_eligibility", household.pk).status_code == 404


def test_each_finding_opens_its_law_and_its_evidence(house):
    page = _page(house.keeper, "person_eligibility", house.person.pk)

    assert f'href="{reverse("honours:law_award", args=["DH_CSTD_TINH"])}?day=2026-03-02"' in page
    for fact in house.person.conferral_set.all():
        assert f'href="{reverse("honours:conferral", args=[fact.pk])}"' in page
    (rating,) = house.person.yearrating_set.filter(year=2025)
    assert f'href="{reverse("honours:fact", args=["xep-loai", rating.pk])}"' in page
    assert "Xét theo bản điều kiện áp dụng từ" in page


def test_answers_are_shown_by_verdict_and_the_one_asked_for_is_open(house):
    answer = _get(
        house.worker, "person_eligibility", house.person.pk, verdict="unmet", award="DH_CSTD_TQ"
    )

    assert [verdict for verdict, _known, _others in answer.context["groups"]] == ["unmet"]
    assert '<details class="answer" id="DH_CSTD_TQ" open>' in answer.content.decode()


def test_disciplines_are_for_the_office_and_oneself_only(house):
    a_discipline(house.person, house.office, from_on=date(2023, 5, 1), until_on=date(2024, 5, 1))
    told = "sau khi chấp hành xong kỷ luật"

    assert told in _page(house.keeper, "person_eligibility", house.person.pk)
    assert told in _page(house.worker, "person_eligibility", house.person.pk)
    for user in (house.clerk, house.head):
        for name in ("person_eligibility", "person_path"):
            page = _page(user, name, house.person.pk)
            assert told not in page
            assert "chưa tính kỷ luật" in page
        for name in LISTS:
            answer = _get(user, name, award="HT_BK_TINH_CN")
            content = _rows(answer) if "export" in name else answer.content.decode()
            assert told not in str(content)


def test_what_a_unit_does_not_see_changes_no_count(house):
    before = _get(house.clerk, "screening").context["counts"]
    a_discipline(house.person, house.office, from_on=date(2024, 1, 1), until_on=date(2025, 12, 31))

    assert _get(house.clerk, "screening").context["counts"] == before
    assert _get(house.keeper, "screening").context["counts"] != before


def test_conditions_on_disciplines_are_left_to_the_office(house):
    house.person.sex = Person.Sex.MALE
    house.person.save()
    a_position(
        house.person, house.office, title="Giám đốc", from_on=date(2008, 1, 1),
        until_on=date(2019, 1, 1),
    )  # fmt: skip
    a_discipline(house.person, house.office, from_on=date(2010, 5, 1), until_on=date(2011, 5, 1))

    (row, _said), *_others = _get(house.clerk, "screening", award="HT_HCLD_2_CH").context["rows"]
    page = _page(house.clerk, "person_eligibility", house.person.pk)

    assert row.as_read != "met"
    assert "01/05/2010" not in page
    assert "Kết quả đo:</span> không bị kỷ luật" not in page
    assert "01/05/2010" in _page(house.keeper, "person_eligibility", house.person.pk)


def test_an_open_matter_stops_it_for_the_unit_without_its_kind_and_is_no_news_to_oneself(house):
    an_open_matter(house.person, house.office)

    def counts(user: User) -> dict[str, int]:
        return dict(_get(user, "person_eligibility", house.person.pk).context["counts"])

    assert counts(house.keeper)["suspended"] > 0
    assert "tố cáo" in _page(house.keeper, "person_eligibility", house.person.pk)
    assert counts(house.clerk)["suspended"] > 0
    page = _page(house.clerk, "person_eligibility", house.person.pk)
    assert "hỏi Văn phòng" in page
    assert "tố cáo" not in page
    assert counts(house.worker)["suspended"] == 0
    assert "hỏi Văn phòng" not in _page(house.worker, "person_eligibility", house.person.pk)
    said = _get(house.clerk, "screening", award="DH_LDTT").context["rows"][0][1]
    assert said == "Có vụ việc đang xem xét"


def test_a_clerk_learns_nothing_of_an_own_open_matter_from_lists(house):
    clerk = a_person(full_name="Lê Văn Cường", user=house.clerk)
    a_position(clerk, house.unit)
    an_open_matter(clerk, house.office)

    rows = _get(house.clerk, "screening", award="DH_LDTT").context["rows"]

    assert {row.candidate.name: row.as_read for row, _said in rows} == {
        "Nguyễn Thị Ánh": "judge",
        "Lê Văn Cường": "judge",
    }


def test_a_unit_does_not_see_how_many_members_are_disciplined(house):
    a_discipline(
        house.person, house.office, form="warning", from_on=date(2025, 5, 1),
        until_on=date(2026, 5, 1),
    )  # fmt: skip

    assert "1 người bị kỷ luật" in _page(house.keeper, "unit_eligibility", house.unit.pk)
    page = _page(house.clerk, "unit_eligibility", house.unit.pk)
    assert "người bị kỷ luật" not in page.replace("chưa tính kỷ luật", "")
    assert "chưa tính kỷ luật của thành viên" in page


def test_a_look_at_disciplines_is_written_down_but_not_at_the_own(house):
    a_discipline(house.person, house.office)

    _page(house.worker, "person_eligibility", house.person.pk)
    _page(house.clerk, "person_eligibility", house.person.pk)
    _page(house.keeper, "person_eligibility", house.person.pk)

    looks = Line.objects.filter(deed="confidential record looked at")
    assert [line.actor_id for line in looks] == [house.keeper.pk]


def test_who_serves_elsewhere_now_is_appraised_there(house):
    yesterday = timezone.localdate() - timedelta(days=1)
    house.person.positions.update(until_on=yesterday)
    away = a_unit(name="Sở Đến")
    a_position(house.person, away, from_on=timezone.localdate())
    a_conferral(house.person, away, award="HT_BK_TTG_CN", decision_number="999/QĐ-TTg")

    for name in ("person_eligibility", "person_path"):
        page = _page(house.keeper, name, house.person.pk)
        assert "Cơ quan khác xét điều kiện" in page
        assert "Thủ tướng" not in page
        assert _get(house.clerk, name, house.person.pk).status_code == 404
        assert "Cơ quan khác" not in _page(the_keeper(away), name, house.person.pk)
    assert _get(house.keeper, "screening", award="DH_LDTT").context["rows"] == []


def test_the_path_says_when_what_lacks_what_breaks_it_and_what_is_assumed(house):
    answer = _get(house.worker, "person_path", house.person.pk)

    years = {path.award: year for year, paths in answer.context["years"] for path in paths}
    page = answer.content.decode()
    assert years["DH_CSTD_TINH"] == 2025
    assert years["DH_CSTD_TQ"] > 2025
    assert "Lộ trình này giả định" in page
    assert "Có năm không đạt Chiến sĩ thi đua cơ sở thì chuỗi phải tính lại từ đầu." in page
    (fact,) = house.person.conferral_set.filter(year=2024)
    assert f'href="{reverse("honours:conferral", args=[fact.pk])}"' in page


def test_chains_that_the_year_would_break_are_listed_and_exported(house):
    answer = _get(house.keeper, "chains", year="2026", day="2026-03-02")
    sheet = _rows(_get(house.keeper, "chains_export", year="2026", day="2026-03-02"))

    listed = [(candidate.name, chain.text) for candidate, chain in answer.context["page"]]
    assert ("Nguyễn Thị Ánh", "03 năm liên tục hoàn thành xuất sắc nhiệm vụ, từ năm 2023") in listed
    assert [tuple(row[0:3:2]) for row in sheet[-len(listed) :]] == listed
    assert _get(house.keeper, "chains", q="khong ai").context["page"].paginator.count == 0


def test_an_export_gives_every_reason_below_what_was_asked(house):
    sheet = _rows(_get(house.keeper, "screening_export", award="DH_CSTD_TINH", verdict="judge"))

    assert "Danh hiệu, hình thức: Chiến sĩ thi đua bộ, ban, ngành, tỉnh" in str(sheet)
    name, unit, award, verdict, _merit, since, unmet, judge, met = sheet[-1]
    assert (name, unit, verdict, since, unmet) == (
        "Nguyễn Thị Ánh", "Phòng Di sản", "Cần người xem xét", "01/01/2024", "",
    )  # fmt: skip
    assert award.startswith("Chiến sĩ thi đua bộ")
    assert judge.startswith("Có thành tích xuất sắc tiêu biểu")
    assert "3 lần liên tục: Chiến sĩ thi đua cơ sở 2023, 2024, 2025" in met
    (line,) = Line.objects.filter(deed="screening exported")
    assert (line.actor_id, line.detail) == (house.keeper.pk, {"count": 1})


def test_a_long_export_is_written_in_the_background_for_whoever_asked(house, monkeypatch):
    monkeypatch.setattr(exports, "AT_ONCE", 0)
    client = Client()
    client.force_login(house.keeper)
    address = reverse("honours:screening_export")
    query = "?award=DH_CSTD_TINH&year=2025&day=2026-03-02"

    asks = client.get(address + query)
    assert "Bảng có 1 dòng" in asks.content.decode()
    assert ScreeningExport.objects.count() == 0
    waiting = client.post(address + query)
    export = ScreeningExport.objects.get()
    assert waiting["Location"] == export.get_absolute_url()
    assert client.post(address + query)["Location"] == export.get_absolute_url()
    assert "Đã viết 0 trong 1 dòng" in client.get(export.get_absolute_url()).content.decode()
    file = reverse("honours:screening_file", args=[export.pk])
    assert client.get(file).status_code == 404
    tasks.write_screening(str(export.pk))
    tasks.write_screening(str(export.pk))

    assert "Tải bảng tính" in client.get(export.get_absolute_url()).content.decode()
    assert _rows(client.get(file))[-1][0] == "Nguyễn Thị Ánh"
    for user in (house.auditor, house.clerk, house.stranger):
        assert _get(user, "screening_written", export.pk).status_code == 404
        assert _get(user, "screening_file", export.pk).status_code == 404


def test_nothing_is_written_for_whoever_lost_the_role_and_old_files_are_swept(house):
    export = exports.ask(
        house.office, query="award=DH_LDTT", line_count=1, language="vi", on=date(2026, 3, 2),
        by=house.keeper, at=AT,
    )  # fmt: skip
    RoleHolding.objects.filter(user=house.keeper).delete()

    tasks.write_screening(str(export.pk))

    export.refresh_from_db()
    assert export.file is None
    assert exports.sweep(at=AT + timedelta(hours=23)) == 0
    assert exports.sweep(at=AT + timedelta(days=2)) == 1
    assert not ScreeningExport.objects.exists()
    tasks.write_screening(str(export.pk))


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("screening", {}),
        ("screening", {"award": "DH_CSTD_TINH"}),
        ("screening", {"q": "nguyen"}),
        ("screening", {"kind": "collective", "award": "DH_TTLDTT"}),
        ("chains", {}),
    ],
)
def test_a_list_costs_the_same_queries_for_one_and_for_many(house, name, query):
    for user in (house.keeper, house.clerk):
        before = _queries(user, name, **query)
        for number in range(3):
            person = a_person(full_name=f"Nguyễn Văn {number}")
            a_position(person, a_unit(house.unit, kind=Unit.Kind.COLLECTIVE))
            a_history(person, house.office)
        assert _queries(user, name, **query) == before


@pytest.mark.parametrize("name", ["person_eligibility", "person_path"])
def test_a_person_costs_the_same_queries_with_few_and_with_many_facts(house, name):
    before = _queries(house.keeper, name, house.person.pk)
    for year in range(2014, 2023):
        a_rating(house.person, house.office, year=year)
        a_conferral(
            house.person,
            house.office,
            achieved_from=date(year, 1, 1),
            achieved_until=date(year, 12, 31),
        )

    assert _queries(house.keeper, name, house.person.pk) == before
