"""The pages on eligibility: what they say and offer, what they cost."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from vinhdanh.documents import actions as documents
from vinhdanh.documents.models import Export
from vinhdanh.honours.rules.deeds import SCREENING
from vinhdanh.honours.tests.browse_eligibility import House, a_history, get, page, queries, rows
from vinhdanh.honours.tests.make import AT, a_conferral, a_household, a_rating
from vinhdanh.journal.models import Line
from vinhdanh.people.models import RoleHolding, Unit
from vinhdanh.people.tests.make import a_person, a_position, a_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    return House()


def test_a_screening_begins_with_how_many_may_get_what(house):
    a_position(a_person(full_name="Trần Văn Bình"), house.other)

    answer = get(house.keeper, "screening")

    known, _others = answer.context["counts"]
    (counts,) = [counts for code, counts in known if code == "DH_CSTD_TINH"]
    assert [(each.verdict, each.count) for each in counts[:4]] == [
        ("met", 0), ("judge", 1), ("suspended", 0), ("unmet", 1),
    ]  # fmt: skip
    assert "award=DH_CSTD_TINH&amp;verdict=judge" in answer.content.decode()
    assert answer.context["rows"] == []


def test_rows_of_an_award_say_what_each_lacks(house):
    a_position(a_person(full_name="Trần Văn Bình"), house.other)

    answer = get(house.keeper, "screening", award="DH_CSTD_TINH")

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
        found = get(house.keeper, "screening", **query).context["rows"]
        return {row.candidate.name for row, _said in found}

    assert names(q="binh tran") == {"Trần Văn Bình"}
    assert names(award="DH_CSTD_TINH", verdict="unmet") == {"Trần Văn Bình"}
    assert names(award="DH_CSTD_TINH", unit=str(house.unit.pk)) == {"Nguyễn Thị Ánh"}
    assert names(q="không có ai") == set()


def test_collectives_and_households_are_screened_too(house):
    a_household(house.office, head_name="Lê Thị Hộ")

    collectives = get(house.keeper, "screening", kind="collective", award="DH_TTLDTT")
    households = get(house.keeper, "screening", kind="household", q="ho")

    assert {row.candidate.name for row, _said in collectives.context["rows"]} == {
        "Sở Văn hóa Thí điểm", "Phòng Di sản", "Phòng Tài chính",
    }  # fmt: skip
    assert {row.candidate.name for row, _said in households.context["rows"]} == {"Lê Thị Hộ"}


def test_a_scope_without_anybody_says_so(house):
    assert "Không có ai để xét" in page(house.keeper, "screening", kind="household")


def test_after_law_that_was_not_read_the_page_says_so_and_offers_the_day_before(house):
    shown = page(house.keeper, "screening", award="DH_CSTD_TINH", day="2026-11-02")

    assert "Luật 06/2026/QH16" in shown
    assert "day=2026-09-30" in shown
    (row, _said), *_others = get(
        house.keeper, "screening", award="DH_CSTD_TINH", day="2026-11-02"
    ).context["rows"]
    assert (row.verdict, row.as_read) == ("judge", "judge")
    assert "Luật 06/2026/QH16" not in page(house.keeper, "screening", day="2026-09-30")


def test_a_day_before_the_law_and_an_impossible_one_do_not_break_the_page(house):
    assert "Chưa có dữ liệu pháp luật" in page(house.keeper, "screening", day="2020-01-01")
    page(house.keeper, "screening", day="2026-02-31", year="mot", kind="khac", award="X")
    page(house.worker, "person_eligibility", house.person.pk, day="x", verdict="y", award="z")


def test_each_finding_opens_its_law_and_its_evidence(house):
    shown = page(house.keeper, "person_eligibility", house.person.pk)

    assert f'href="{reverse("honours:law_award", args=["DH_CSTD_TINH"])}?day=2026-03-02"' in shown
    for fact in house.person.conferral_set.all():
        assert f'href="{reverse("honours:conferral", args=[fact.pk])}"' in shown
    (rating,) = house.person.yearrating_set.filter(year=2025)
    assert f'href="{reverse("honours:fact", args=["xep-loai", rating.pk])}"' in shown
    assert "Xét theo bản điều kiện áp dụng từ" in shown


def test_answers_are_shown_by_verdict_and_the_one_asked_for_is_open(house):
    answer = get(
        house.worker, "person_eligibility", house.person.pk, verdict="unmet", award="DH_CSTD_TQ"
    )

    assert [verdict for verdict, _known, _others in answer.context["groups"]] == ["unmet"]
    assert '<details class="answer" id="DH_CSTD_TQ" open>' in answer.content.decode()


def test_the_path_says_when_what_lacks_what_breaks_it_and_what_is_assumed(house):
    answer = get(house.worker, "person_path", house.person.pk)

    years = {path.award: year for year, paths in answer.context["years"] for path in paths}
    shown = answer.content.decode()
    assert years["DH_CSTD_TINH"] == 2025
    assert years["DH_CSTD_TQ"] > 2025
    assert "Lộ trình này giả định" in shown
    assert "Có năm không đạt Chiến sĩ thi đua cơ sở thì chuỗi phải tính lại từ đầu." in shown
    (fact,) = house.person.conferral_set.filter(year=2024)
    assert f'href="{reverse("honours:conferral", args=[fact.pk])}"' in shown


def test_chains_that_the_year_would_break_are_listed_and_exported(house):
    answer = get(house.keeper, "chains", year="2026", day="2026-03-02")
    sheet = rows(get(house.keeper, "chains_export", year="2026", day="2026-03-02"))

    listed = [(candidate.name, chain.text) for candidate, chain in answer.context["page"]]
    assert ("Nguyễn Thị Ánh", "03 năm liên tục hoàn thành xuất sắc nhiệm vụ, từ năm 2023") in listed
    assert [tuple(row[0:3:2]) for row in sheet[-len(listed) :]] == listed
    assert get(house.keeper, "chains", q="khong ai").context["page"].paginator.count == 0


def test_an_export_gives_every_reason_below_what_was_asked(house):
    sheet = rows(get(house.keeper, "screening_export", award="DH_CSTD_TINH", verdict="judge"))

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
    monkeypatch.setattr("vinhdanh.honours.views.screening.AT_ONCE", 0)
    client = Client()
    client.force_login(house.keeper)
    address = reverse("honours:screening_export")
    query = "?award=DH_CSTD_TINH&year=2025&day=2026-03-02"

    asks = client.get(address + query)
    assert "Bảng có 1 dòng" in asks.content.decode()
    assert Export.objects.count() == 0
    waiting = client.post(address + query)
    export = Export.objects.get()
    assert waiting["Location"] == export.get_absolute_url()
    assert client.post(address + query)["Location"] == export.get_absolute_url()
    assert "Đã viết 0 trong 1 dòng" in client.get(export.get_absolute_url()).content.decode()
    file = reverse("documents:export_file", args=[export.pk])
    assert client.get(file).status_code == 404
    documents.write_export(export, now=lambda: AT)
    documents.write_export(export, now=lambda: AT)

    assert "Tải bảng tính" in client.get(export.get_absolute_url()).content.decode()
    assert rows(client.get(file))[-1][0] == "Nguyễn Thị Ánh"
    for user in (house.auditor, house.clerk, house.stranger):
        other = Client()
        other.force_login(user)
        assert other.get(export.get_absolute_url()).status_code == 404
        assert other.get(file).status_code == 404


def test_nothing_is_written_for_whoever_lost_the_role(house):
    export = documents.ask_export(
        SCREENING, about=house.office.pk, query="award=DH_LDTT", language="vi",
        on=date(2026, 3, 2), by=house.keeper, at=AT,
    )  # fmt: skip
    RoleHolding.objects.filter(user=house.keeper).delete()

    documents.write_export(export, now=lambda: AT)

    export.refresh_from_db()
    assert export.file is None
    assert export.refusal == "Bạn không còn được xét điều kiện trong đơn vị này."


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
        before = queries(user, name, **query)
        for number in range(3):
            person = a_person(full_name=f"Nguyễn Văn {number}")
            a_position(person, a_unit(house.unit, kind=Unit.Kind.COLLECTIVE))
            a_history(person, house.office)
        assert queries(user, name, **query) == before


@pytest.mark.parametrize("name", ["person_eligibility", "person_path"])
def test_a_person_costs_the_same_queries_with_few_and_with_many_facts(house, name):
    before = queries(house.keeper, name, house.person.pk)
    for year in range(2014, 2023):
        a_rating(house.person, house.office, year=year)
        a_conferral(
            house.person,
            house.office,
            achieved_from=date(year, 1, 1),
            achieved_until=date(year, 12, 31),
        )

    assert queries(house.keeper, name, house.person.pk) == before
