"""Criteria on years: what is met, what is not, and what is for a person."""

from dataclasses import replace
from datetime import date

import pytest

from vinhdanh.honours.rules.facts import (
    HeldAward,
    KnownDiscipline,
    KnownInitiative,
)
from vinhdanh.honours.tests.make_book import (
    BEFORE_THE_DECREE,
    a_leaf,
    an_after,
    held,
    the_answer,
    the_facts,
    the_measure,
)

GOOD = dict.fromkeys(range(2010, 2026), "good")


def _judged(answer):
    return [(finding.kind, finding.verdict, finding.measure) for finding in answer.findings]


@pytest.mark.parametrize(
    ("ratings", "verdict", "measure"),
    [
        (GOOD, "met", "3 năm liên tục: 2023, 2024, 2025"),
        (
            GOOD | {2024: "completed"},
            "unmet",
            "1 trong 3 năm liên tục: 2025; 2024: hoàn thành nhiệm vụ",
        ),
        (
            {2023: "good", 2024: "good"},
            "judge",
            "2 trong 3 năm liên tục: 2023, 2024; 2025 chưa có xếp loại",
        ),
        (
            {2023: "good", 2025: "good"},
            "judge",
            "2 trong 3 năm liên tục: 2023, 2025; 2024 chưa có xếp loại",
        ),
        ({}, "judge", "0 trong 3 năm liên tục; 2023, 2024, 2025 chưa có xếp loại"),
    ],
)
def test_ratings_in_a_row_end_in_the_year(ratings, verdict, measure):
    leaf = a_leaf("rating", at_least="good", years=3)

    assert the_measure(the_facts(ratings=ratings), leaf) == (verdict, measure)


def test_the_rating_of_the_year_alone_is_named():
    leaf = a_leaf("rating", at_least="good")

    assert [
        the_measure(the_facts(ratings=ratings), leaf)
        for ratings in ({2025: "excellent"}, {2025: "failed"}, {2024: "excellent"})
    ] == [
        ("met", "2025: hoàn thành xuất sắc nhiệm vụ"),
        ("unmet", "2025: không hoàn thành nhiệm vụ"),
        ("judge", "2025 chưa có xếp loại"),
    ]


def test_an_award_may_stand_for_the_rating_of_its_year():
    leaf = a_leaf("rating", at_least="excellent", years=2, or_award=["DH_BASE"])
    facts = the_facts(ratings=GOOD | {2025: "excellent"}, awards=held("DH_BASE", 2024))

    assert the_measure(facts, leaf) == ("met", "2 năm liên tục: 2024, 2025")


def test_ratings_are_counted_in_any_order():
    leaf = a_leaf("rating", at_least="excellent", years=2, span="count")
    group = {"all": [leaf], "after": an_after("HT_BASE")}
    facts = the_facts(awards=held("HT_BASE", 2018))

    assert [
        _judged(the_answer(replace(facts, ratings=GOOD | ratings), group))[1][1:]
        for ratings in (
            {2020: "excellent", 2024: "excellent"},
            {2017: "excellent", 2024: "excellent"},
        )
    ] == [("met", "2 năm: 2020, 2024"), ("unmet", "1 trong 2 năm: 2024")]


def test_without_a_window_the_years_before_the_first_one_known_may_have_been_good():
    leaf = a_leaf("rating", at_least="excellent", years=2, span="count")

    assert the_measure(the_facts(ratings=GOOD), leaf)[0] == "judge"


WHOLE = a_leaf("rating", at_least="good", years=5, span="whole")


@pytest.mark.parametrize(
    ("base", "ratings", "verdict", "measure"),
    [
        (HeldAward("HT_BASE", 2020), {}, "met", "5 năm liên tục: 2021–2025"),
        (HeldAward("HT_BASE", 2021), {}, "unmet", "4 trong 5 năm liên tục: 2022, 2023, 2024, 2025"),
        (HeldAward("HT_BASE", 2018), {2023: "failed"}, "unmet",
         "2 trong 5 năm liên tục: 2024, 2025; 2023: không hoàn thành nhiệm vụ"),
        (HeldAward("HT_BASE", 2018), {2022: None}, "judge",
         "6 năm: 2019, 2020, 2021, 2023, 2024, 2025; 2022 chưa có xếp loại"),
        (HeldAward("HT_BASE", 2019, date(2020, 5, 1)), {}, "met",
         "5 năm liên tục: 2021–2025; 2020 để người xét"),
        (HeldAward("HT_BASE", 2019, date(2021, 5, 1)), {}, "judge",
         "4 trong 5 năm liên tục: 2022, 2023, 2024, 2025; 2021 để người xét"),
        (HeldAward("HT_BASE", 2019, date(2021, 5, 1), period=(2018, 2019)), {}, "met",
         "6 năm liên tục: 2020–2025"),
    ],
)  # fmt: skip
def test_years_count_after_the_achievement_of_the_award_before(base, ratings, verdict, measure):
    known = {year: rating for year, rating in (GOOD | ratings).items() if rating}
    answer = the_answer(
        the_facts(ratings=known, awards=(base,)), {"all": [WHOLE], "after": an_after("HT_BASE")}
    )

    assert (answer.verdict, _judged(answer)[1]) == (verdict, ("rating", verdict, measure))


def test_of_several_awards_before_the_earliest_unbroken_one_serves():
    facts = the_facts(ratings=GOOD | {2016: "failed"}, awards=held("HT_BASE", 2014, 2018, 2023))
    answer = the_answer(facts, {"all": [WHOLE], "after": an_after("HT_BASE")})

    assert _judged(answer) == [
        ("after", "met", "Danh hiệu HT_BASE 2014, 2018, 2023; tính từ năm 2019"),
        ("rating", "met", "7 năm liên tục: 2019–2025"),
    ]


def test_without_the_award_before_the_group_is_unmet_and_the_rest_still_shown():
    answer = the_answer(the_facts(ratings=GOOD), {"all": [WHOLE], "after": an_after("HT_BASE")})

    assert answer.verdict == "unmet"
    assert [(kind, verdict) for kind, verdict, _ in _judged(answer)] == [
        ("after", "unmet"),
        ("rating", "met"),
    ]


@pytest.mark.parametrize(
    ("ratings", "verdict"),
    [
        ({2022: "excellent"}, "met"),
        ({}, "unmet"),
        ({2022: "excellent", 2024: "completed"}, "unmet"),
    ],
)
def test_a_run_stands_anywhere_while_the_other_years_hold(ratings, verdict):
    run = a_leaf("rating", at_least="excellent", years=5, span="run", others="good")
    best = dict.fromkeys(range(2018, 2022), "excellent")
    facts = the_facts(ratings=GOOD | best | ratings, awards=held("HT_BASE", 2015))

    assert the_answer(facts, {"all": [run], "after": an_after("HT_BASE")}).verdict == verdict


@pytest.mark.parametrize(
    ("years", "spacing", "verdict"),
    [
        ([2024, 2025], {}, "met"),
        ([2023, 2024], {}, "judge"),
        ([2023, 2025], {}, "unmet"),
        ([2025], {}, "unmet"),
        ([], {}, "unmet"),
        ([2021, 2024], {"spacing": 3}, "met"),
        ([2020, 2023], {"spacing": 3}, "judge"),
        ([2020, 2024], {"spacing": 3}, "unmet"),
        ([2020, 2024], {"spacing": 3, "certain_spacing": False}, "judge"),
    ],
)
def test_awards_in_a_row_end_in_the_year(years, spacing, verdict):
    leaf = a_leaf("award", codes=["DH_BASE"], at_least=2, span="ending", **spacing)

    assert the_measure(the_facts(awards=held("DH_BASE", *years)), leaf)[0] == verdict


def test_a_chain_that_ended_before_the_year_says_so():
    leaf = a_leaf("award", codes=["DH_BASE"], at_least=2, span="ending")

    assert the_measure(the_facts(awards=held("DH_BASE", 2023, 2024)), leaf) == (
        "judge",
        "2 lần liên tục: Danh hiệu DH_BASE 2023, 2024; lần gần nhất năm 2024",
    )


def test_a_chain_that_is_too_short_yet_is_told_as_it_stands():
    leaf = a_leaf("award", codes=["DH_BASE"], at_least=3, span="ending")

    assert the_measure(the_facts(awards=held("DH_BASE", 2023, 2024)), leaf) == (
        "unmet",
        "2 trong 3 lần liên tục: Danh hiệu DH_BASE 2023, 2024",
    )


def test_awards_beside_a_run_of_ratings_certainly_count_only_in_it():
    run = a_leaf("rating", at_least="excellent", years=5, span="run", others="good")
    flags = a_leaf("award", codes=["DH_BASE"], at_least=2)
    best = dict.fromkeys(range(2021, 2026), "excellent")

    def found(*years):
        facts = the_facts(
            ratings=GOOD | best, awards=held("HT_BASE", 2017) + held("DH_BASE", *years)
        )
        group = {"all": [run, {"any": [flags]}], "after": an_after("HT_BASE")}
        return the_answer(facts, group).verdict

    assert [found(2022, 2024), found(2019, 2022), found(2022)] == ["met", "judge", "unmet"]


def test_awards_are_counted_ever_and_in_the_window():
    ever = a_leaf("award", codes=["DH_BASE"], span="ever")
    counted = a_leaf("award", codes=["DH_BASE"], at_least=2)
    facts = the_facts(awards=held("HT_BASE", 2018) + held("DH_BASE", 1990, 2018, 2020))

    answer = the_answer(facts, ever, counted, {"all": [counted], "after": an_after("HT_BASE")})
    assert _judged(answer) == [
        ("award", "met", "3 lần: Danh hiệu DH_BASE 1990, 2018, 2020"),
        ("award", "met", "3 lần: Danh hiệu DH_BASE 1990, 2018, 2020"),
        ("after", "met", "Danh hiệu HT_BASE 2018; tính từ năm 2019"),
        ("award", "unmet", "1 trong 2 lần: Danh hiệu DH_BASE 2020"),
    ]


def test_more_of_a_year_than_anybody_has_still_count():
    leaf = a_leaf("award", codes=["DH_BASE"], at_least=2)

    assert the_measure(the_facts(awards=held("DH_BASE", *[2024] * 200)), leaf)[0] == "met"


def test_an_award_that_is_not_certain_may_count():
    leaf = a_leaf("award", codes=["DH_BASE"])

    assert the_measure(the_facts(awards=held("DH_BASE", 2024, certain=False)), leaf)[0] == "judge"


@pytest.mark.parametrize(
    ("code", "of_class", "on", "verdict"),
    [
        ("HT_BASE", "merit", date(2025, 7, 1), "met"),
        ("HT_BASE", "", date(2025, 7, 1), "met"),
        ("HT_BASE", "movement", date(2025, 7, 1), "judge"),
        ("HT_BASE", "movement", BEFORE_THE_DECREE, "judge"),
        ("HT_BASE", "ad_hoc", date(2025, 7, 1), "unmet"),
        ("HT_BASE", "ad_hoc", BEFORE_THE_DECREE, "judge"),
        ("HT_BASE", "theme", date(2025, 7, 1), "unmet"),
        ("HT_BASE", "theme", BEFORE_THE_DECREE, "judge"),
        ("DH_BASE", "theme", date(2025, 7, 1), "judge"),
        ("DH_BASE", "theme", BEFORE_THE_DECREE, "judge"),
    ],
)
def test_what_was_given_for_a_single_deed_or_a_theme_is_no_ground_for_merit(
    code, of_class, on, verdict
):
    leaf = a_leaf("award", codes=[code])
    facts = the_facts(awards=held(code, 2020, of_class=of_class))

    assert the_answer(facts, {"all": [leaf], "of_class": "merit"}, on=on).verdict == verdict
    assert the_answer(facts, {"all": [leaf], "of_class": "movement"}, on=on).verdict == "met"


@pytest.mark.parametrize(
    ("initiatives", "verdict", "measure"),
    [
        ([(2025, "grassroots")], "unmet", "0 trong 1 sáng kiến"),
        ([(2023, "nation")], "met", "1 sáng kiến: 2023"),
        ([(2022, "province")], "judge",
         "0 trong 1 sáng kiến: 2022; có sáng kiến của năm trước đó, để người xét"),
        ([(2026, "province")], "unmet", "0 trong 1 sáng kiến"),
    ],
)  # fmt: skip
def test_initiatives_count_by_reach_and_years(initiatives, verdict, measure):
    leaf = a_leaf("initiative", reach="province", within=3)
    facts = the_facts(initiatives=tuple(KnownInitiative(*each) for each in initiatives))

    assert the_measure(facts, leaf) == (verdict, measure)


def test_initiatives_count_in_the_window_of_the_group():
    leaf = a_leaf("initiative", reach="grassroots")
    facts = the_facts(
        awards=held("HT_BASE", 2020), initiatives=(KnownInitiative(2020, "grassroots"),)
    )

    assert the_answer(facts, {"all": [leaf], "after": an_after("HT_BASE")}).verdict == "unmet"
    assert the_answer(facts, leaf).verdict == "met"


@pytest.mark.parametrize(
    ("until", "on", "verdict"),
    [
        (date(2022, 12, 31), date(2025, 12, 1), "met"),
        (date(2023, 1, 1), date(2025, 12, 1), "met"),
        (date(2023, 3, 1), date(2025, 12, 1), "judge"),
        (date(2023, 12, 31), date(2025, 12, 1), "unmet"),
        (date(2024, 3, 1), date(2025, 12, 1), "unmet"),
        (date(2024, 3, 1), BEFORE_THE_DECREE, "judge"),
        (None, date(2025, 12, 1), "unmet"),
    ],
)
def test_achievements_count_anew_after_a_discipline(until, on, verdict):
    leaf = a_leaf("rating", at_least="good", years=3)
    facts = the_facts(ratings=GOOD, disciplines=(KnownDiscipline(date(2021, 3, 1), until),))

    assert the_measure(facts, leaf, on=on)[0] == verdict


def test_the_measure_says_from_when_achievements_count():
    leaf = a_leaf("award", codes=["DH_BASE"], at_least=2, span="ending")
    facts = the_facts(
        awards=held("DH_BASE", 2024, 2025),
        disciplines=(KnownDiscipline(date(2023, 3, 1), date(2024, 3, 1)),),
    )
    running = replace(facts, disciplines=(KnownDiscipline(date(2023, 3, 1), None),))

    assert [the_measure(each, leaf) for each in (facts, running)] == [
        (
            "judge",
            "1 trong 2 lần liên tục: Danh hiệu DH_BASE 2024, 2025;"
            " tính từ 03/2024, sau khi chấp hành xong kỷ luật",
        ),
        (
            "unmet",
            "0 trong 2 lần liên tục; ngoài thời gian xét: Danh hiệu DH_BASE 2024, 2025;"
            " đang chấp hành kỷ luật",
        ),
    ]


def test_a_discipline_never_mends_a_broken_chain():
    facts = the_facts(
        ratings=GOOD | {2015: "failed"},
        awards=held("HT_BASE", 2012),
        disciplines=(KnownDiscipline(date(2015, 3, 1), date(2016, 3, 1)),),
    )
    group = {"all": [WHOLE], "after": an_after("HT_BASE")}

    assert the_answer(facts, group).verdict == "judge"
    assert the_answer(replace(facts, disciplines=()), group).verdict == "unmet"
