"""The way to each award, by the packaged law as read on a day before the law that was not."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from vinhdanh.honours.rules.eligibility import answers
from vinhdanh.honours.rules.facts import (
    Facts,
    HeldAward,
    HeldPosition,
    KnownDiscipline,
    KnownInitiative,
    Members,
)
from vinhdanh.honours.rules.paths import EFFORTS, Path, Step, paths
from vinhdanh.law.book import Book, read_book

ON = date(2025, 12, 1)
YEAR = 2025
GOOD = "Mỗi năm hoàn thành tốt nhiệm vụ."
WITH_INITIATIVE = "Mỗi năm hoàn thành tốt nhiệm vụ và có sáng kiến được công nhận ở cơ sở."


@pytest.fixture(scope="module")
def book() -> Book:
    return read_book()


def test_what_the_year_fulfils_is_reached_this_year(book):
    path = _paths(a_worker(), book)["DH_LDTT"]

    assert (path.year, path.branch, path.assumed) == (YEAR, "24.1", GOOD)
    assert (path.missing, path.steps) == ((), ())


def test_what_the_year_lacks_is_supposed_of_the_next(book):
    path = _paths(a_worker(), book)["DH_CSTD_CS"]

    assert (path.year, path.assumed) == (YEAR + 1, WITH_INITIATIVE)
    assert len(path.missing) == 1
    assert path.missing[0].endswith("trong năm xét: 0 trong 1 sáng kiến")


def test_a_year_without_a_rating_yet_is_supposed_itself(book):
    path = _paths(a_worker(ratings={YEAR - 1: "good"}), book)["DH_CSTD_CS"]

    assert path.year == YEAR


def test_the_ladder_is_climbed_step_by_step(book):
    ladder = _paths(a_fighter(), book, horizon=20)

    assert ladder["HT_BK_TINH_CN"].year == YEAR
    assert ladder["HT_BK_TINH_CN"].steps == (
        Step("DH_CSTD_CS", (2024, 2025), refs=("conferral:2024", "conferral:2025")),
    )
    assert ladder["HT_BK_TTG_CN"].year == YEAR + 5
    assert ladder["HT_BK_TTG_CN"].steps == (
        Step("HT_BK_TINH_CN", (2025,)),
        Step("DH_CSTD_CS", (2028, 2029, 2030)),
    )
    assert ladder["HT_HCLD_3_CN"].year == YEAR + 10
    assert ladder["HT_HCLD_3_CN"].steps == (
        Step("HT_BK_TINH_CN", (2025,)),
        Step("HT_BK_TTG_CN", (2030,)),
        Step("DH_CSTD_CS", (2033, 2034, 2035)),
    )


def test_a_path_supposes_no_more_than_its_award_asks_for(book):
    ladder = _paths(a_fighter(), book)

    assert [ladder[code].assumed for code in ("DH_LDTT", "HT_BK_TTG_CN", "DH_CSTD_TINH")] == [
        GOOD,
        WITH_INITIATIVE,
        EFFORTS[3].text,
    ]


def test_what_would_break_a_chain_is_said(book):
    path = _paths(a_fighter(), book)["DH_CSTD_TINH"]

    assert path.breaks == (
        "Có năm không đạt Chiến sĩ thi đua cơ sở thì chuỗi phải tính lại từ đầu.",
        "Bị kỷ luật thì thành tích tính lại từ sau ngày chấp hành xong.",
    )
    assert path.judged == (
        "Có thành tích xuất sắc tiêu biểu, được lựa chọn trong số những người có 03 lần liên tục "
        "được tặng danh hiệu Chiến sĩ thi đua cơ sở",
    )


def test_a_gap_in_the_records_makes_no_path_shorter(book):
    whole = a_fighter()
    gap = replace(whole, ratings={**whole.ratings, 2023: "failed"})
    unknown = replace(
        whole, ratings={year: level for year, level in whole.ratings.items() if year != 2023}
    )

    for worse in (gap, unknown):
        found = _paths(worse, book)
        assert all(_year(found[code]) >= _year(path) for code, path in _paths(whole, book).items())


def test_more_merit_makes_no_path_longer(book):
    before = _paths(a_worker(), book)
    merits = (
        replace(a_worker(), awards=(HeldAward("DH_CSTD_CS", YEAR),)),
        replace(a_worker(), initiatives=(KnownInitiative(YEAR, "province"),)),
        a_worker(ratings=dict.fromkeys(range(2018, 2026), "excellent")),
    )

    for better in merits:
        after = _paths(better, book)
        longer = {code for code in before if _year(after[code]) > _year(before[code])}
        assert longer == set()


def test_when_a_path_ends_the_engine_finds_nothing_unmet(book):
    """The years of a path, written down as facts, are a dossier in which nothing is lacking."""
    path = _paths(a_fighter(), book)["DH_CSTD_TINH"]
    facts = a_fighter()
    years = range(YEAR + 1, _year(path) + 1)
    then = replace(
        facts,
        year=path.year,
        ratings={**facts.ratings, **dict.fromkeys(years, "excellent")},
        awards=(*facts.awards, *(HeldAward("DH_CSTD_CS", year) for year in years)),
        initiatives=tuple(KnownInitiative(year, "province") for year in years),
    )

    (answer,) = answers(then, book=book, on=ON, codes=["DH_CSTD_TINH"])

    assert {finding.verdict for finding in answer.findings} == {"met", "judge"}
    assert {each.kind for each in answer.findings if each.verdict == "judge"} == {"judgement"}


def test_nothing_is_reached_after_retirement(book):
    ladder = _paths(replace(a_fighter(), retires_on=date(2027, 7, 1)), book)

    assert (ladder["DH_CSTD_TINH"].year, ladder["HT_BK_TTG_CN"].year) == (2026, None)


def test_time_in_a_position_goes_on(book):
    director = replace(
        a_worker(),
        positions=(HeldPosition("department_director", date(2019, 1, 1)),),
        retires_on=date(2029, 6, 1),
        sex="male",
    )

    assert _paths(director, book)["HT_HCLD_2_CH"].year == 2028


def test_a_discipline_that_still_runs_leaves_only_what_needs_no_years(book):
    disciplined = replace(a_fighter(), disciplines=(KnownDiscipline(date(2025, 3, 1), None),))

    assert _paths(disciplined, book)["DH_CSTD_TINH"].year is None


def test_years_before_a_discipline_do_not_count(book):
    until = KnownDiscipline(date(2024, 11, 1), date(2025, 11, 1))

    found = _paths(replace(a_fighter(), disciplines=(until,)), book)

    assert found["DH_CSTD_TINH"].year == 2028


def test_an_award_that_only_a_person_judges_has_no_year(book):
    assert _paths(a_worker(), book)["HT_HC_DC"] == Path("HT_HC_DC", None, by_judgement=True)


def test_a_household_is_judged_by_persons(book):
    found = _paths(Facts("household", YEAR), book)

    assert found
    assert all(path.by_judgement and path.year is None for path in found.values())


def test_a_collective_climbs_too(book):
    room = Facts(
        "collective",
        YEAR,
        ratings=dict.fromkeys(range(2020, 2025), "excellent"),
        members=Members(total=12),
    )

    found = _paths(room, book)

    assert {code: found[code].year for code in ("DH_TTLDTT", "DH_TTLDXS", "HT_BK_TINH_TT")} == {
        "DH_TTLDTT": 2025,
        "DH_TTLDXS": 2025,
        "HT_BK_TINH_TT": 2025,
    }
    assert found["HT_BK_TTG_TT"].year == 2030


def test_a_later_law_that_was_not_read_does_not_end_planning(book):
    then = _paths(a_fighter(), book)
    after = {path.award: path for path in paths(a_fighter(), book=book, on=date(2026, 11, 22))}

    assert {code: after[code].year for code in then} == {
        code: path.year for code, path in then.items()
    }


def a_worker(ratings: Mapping[int, str] | None = None) -> Facts:
    """Good for eight years, without a title."""
    return Facts("person", YEAR, ratings=ratings or dict.fromkeys(range(2018, 2026), "good"))


def a_fighter() -> Facts:
    """Good for eight years, with the title of the last two."""
    titles = tuple(HeldAward("DH_CSTD_CS", year, ref=f"conferral:{year}") for year in (2024, 2025))
    return replace(a_worker(), awards=titles)


def _paths(facts: Facts, book: Book, *, horizon: int = 15) -> dict[str, Path]:
    return {path.award: path for path in paths(facts, book=book, on=ON, horizon=horizon)}


def _year(path: Path) -> int:
    return path.year or 9999
