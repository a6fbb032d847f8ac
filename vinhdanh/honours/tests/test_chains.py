"""Chains that the year under appraisal would break."""

from datetime import date

from vinhdanh.honours.rules.chains import Chain, chains_about_to_break
from vinhdanh.honours.rules.facts import Facts, HeldAward, KnownDiscipline
from vinhdanh.honours.rules.records import Records
from vinhdanh.law.store import book

ON = date(2025, 12, 1)
YEAR = 2025
FIGHTERS = (HeldAward("DH_CSTD_CS", 2023), HeldAward("DH_CSTD_CS", 2024))


def test_a_chain_of_titles_without_the_year_is_about_to_break():
    found = _chains(Facts("person", YEAR, awards=FIGHTERS), kind="award")

    assert found == [
        Chain(
            row=0,
            kind="award",
            text="02 lần liên tục đạt Chiến sĩ thi đua cơ sở, từ năm 2023",
            length=2,
            since=2023,
            needed="Đạt Chiến sĩ thi đua cơ sở",
            awards=("HT_BK_TINH_CN", "DH_CSTD_TINH"),
        )
    ]


def test_a_chain_of_ratings_says_which_awards_count_it():
    (chain,) = [
        chain
        for chain in _chains(_rated("good", 2018, 2024))
        if chain.text == "07 năm liên tục hoàn thành tốt nhiệm vụ trở lên, từ năm 2018"
    ]

    assert (chain.length, chain.since) == (7, 2018)
    assert chain.needed == "Xếp loại hoàn thành tốt nhiệm vụ trở lên"
    assert "HT_BK_TTG_CN" in chain.awards
    assert "HT_BK_TTG_TT" not in chain.awards


def test_what_the_year_has_kept_is_left_out():
    kept = Facts("person", YEAR, awards=(*FIGHTERS, HeldAward("DH_CSTD_CS", 2025)))

    assert _chains(kept, kind="award") == []
    assert _chains(_rated("good", 2018, 2025)) == []


def test_what_the_year_has_broken_is_left_out():
    broken = Facts("person", YEAR, ratings={2025: "completed"}, awards=FIGHTERS)

    assert _chains(broken) == []


def test_one_time_is_no_chain():
    assert _chains(Facts("person", YEAR, awards=FIGHTERS[1:]), kind="award") == []


def test_a_gap_begins_the_chain_anew():
    facts = Facts("person", YEAR, ratings={2019: "good", 2020: "good", 2022: "good", 2023: "good"})
    later = Facts("person", YEAR, ratings={**facts.ratings, 2024: "excellent"})

    assert _chains(facts) == []
    assert {chain.since for chain in _chains(later)} == {2022}


def test_a_title_every_three_years_breaks_only_when_the_three_years_run_out():
    due, not_yet = (
        Facts("person", YEAR, awards=tuple(HeldAward("DH_CSTD_TINH", year) for year in years))
        for years in ((2019, 2022), (2020, 2023))
    )

    assert [chain.since for chain in _chains(due, kind="award")] == [2019]
    assert _chains(not_yet, kind="award") == []


def test_a_chain_from_before_a_discipline_is_broken_already():
    facts = Facts(
        "person",
        YEAR,
        awards=FIGHTERS,
        disciplines=(KnownDiscipline(date(2023, 3, 1), date(2024, 3, 1)),),
    )

    assert _chains(facts, kind="award") == []


def test_the_longest_chain_comes_first_whoever_has_it():
    records = Records.of([_rated("good", 2022, 2024), _rated("good", 2018, 2024)])

    found = chains_about_to_break(records, book=book(), on=ON)

    assert (found[0].row, found[0].length) == (1, 7)
    assert [chain.length for chain in found] == sorted(
        (chain.length for chain in found), reverse=True
    )


def test_chains_of_collectives_are_of_their_own_awards():
    facts = Facts("collective", YEAR, ratings={2023: "excellent", 2024: "excellent"})

    found = chains_about_to_break(Records.of([facts]), book=book(), on=ON)

    assert {code for chain in found for code in chain.awards} >= {"HT_BK_TINH_TT"}
    assert all("_CN" not in code for chain in found for code in chain.awards)


def test_a_later_law_that_was_not_read_leaves_the_chains():
    records = Records.of([Facts("person", YEAR, awards=FIGHTERS)])

    assert chains_about_to_break(records, book=book(), on=date(2026, 11, 22)) == (
        chains_about_to_break(records, book=book(), on=ON)
    )


def _rated(level: str, first: int, last: int) -> Facts:
    return Facts("person", YEAR, ratings=dict.fromkeys(range(first, last + 1), level))


def _chains(facts: Facts, kind: str = "") -> list[Chain]:
    found = chains_about_to_break(Records.of([facts]), book=book(), on=ON)
    return [chain for chain in found if not kind or chain.kind == kind]
