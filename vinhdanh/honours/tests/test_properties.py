"""What must hold of the engine whatever the facts: asked of the law in force."""

from dataclasses import replace
from datetime import date

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from vinhdanh.honours.rules.eligibility import VERDICTS, answers
from vinhdanh.honours.rules.facts import (
    CLASSES,
    Facts,
    HeldAward,
    HeldPosition,
    KnownDiscipline,
    KnownInitiative,
    Members,
)
from vinhdanh.honours.rules.offices import (
    BOTH_CHAINS,
    CHAINS,
    INITIATIVES,
    OFTEN,
    ONCE,
    ONE_CHAIN,
    LocalRule,
    Offices,
)
from vinhdanh.honours.rules.records import OCCUPATIONS, RATINGS, REACHES, Records
from vinhdanh.honours.rules.screening import screen
from vinhdanh.law.book import read_book

YEAR = 2025
BOOK = read_book()
DAYS = st.sampled_from(
    [date(2023, 6, 1), date(2025, 6, 30), date(2025, 7, 1), date(2025, 12, 1), date(2026, 10, 1)]
)
CODES = st.sampled_from(
    [
        "DH_LDTT",
        "DH_CSTD_CS",
        "DH_CSTD_TINH",
        "HT_BK_TINH_CN",
        "HT_BK_TTG_CN",
        "HT_HCLD_3_CN",
        "HT_HCLD_2_CN",
        "DH_TTLDXS",
        "DH_CO_TINH",
        "HT_BK_TINH_TT",
        "HT_BK_TTG_TT",
        "HT_HCLD_3_TT",
    ]
)
YEARS = st.integers(2012, YEAR)


@st.composite
def spans(draw, earliest=date(2000, 1, 1)):
    since = draw(st.dates(earliest, date(2025, 12, 31)))
    until = draw(st.none() | st.dates(since, date(2026, 6, 30)))
    return since, until


@st.composite
def awards(draw):
    year = draw(YEARS)
    first = draw(st.integers(year - 5, year))
    return HeldAward(
        draw(CODES),
        year,
        decided_on=draw(st.none() | st.dates(date(year, 6, 1), date(year + 1, 12, 31))),
        of_class=draw(st.sampled_from(CLASSES)),
        period=draw(st.sampled_from([None, (first, year)])),
        certain=draw(st.booleans()),
    )


initiatives = st.builds(KnownInitiative, YEARS, st.sampled_from(REACHES))
disciplines = spans(date(2012, 1, 1)).map(lambda span: KnownDiscipline(*span))
positions = st.tuples(
    st.sampled_from(["department_director", "department_deputy_director", "other"]), spans()
).map(lambda drawn: HeldPosition(drawn[0], *drawn[1]))
counts = st.none() | st.integers(0, 30)


@st.composite
def some_facts(draw, recipient=None):
    """Facts with years missing, of a person or a collective."""
    recipient = recipient or draw(st.sampled_from(["person", "collective"]))
    known = draw(
        st.lists(st.sampled_from([*RATINGS, "good", "excellent", None]), min_size=14, max_size=14)
    )
    return Facts(
        recipient=recipient,
        year=YEAR,
        sex=draw(st.sampled_from(["", "male", "female"])),
        ratings={2012 + place: rating for place, rating in enumerate(known) if rating},
        awards=tuple(draw(st.lists(awards(), max_size=8))),
        initiatives=tuple(draw(st.lists(initiatives, max_size=3))),
        disciplines=tuple(draw(st.lists(disciplines, max_size=2))),
        positions=tuple(draw(st.lists(positions, max_size=3))),
        retires_on=draw(st.none() | st.dates(date(2025, 1, 1), date(2026, 1, 1))),
        open_matters=draw(st.sampled_from([(), (), ("petition",)])),
        members=draw(st.none() | st.builds(Members, counts, counts, counts, counts, counts)),
        founded_on=draw(st.none() | st.dates(date(1980, 1, 1), date(2025, 1, 1))),
        occupation=draw(st.sampled_from(["", *OCCUPATIONS])),
        sorts=draw(st.sampled_from([(), ("enterprise",), ("foreign",), ("no_flags",)])),
        later_retirement=draw(st.booleans()),
    )


@given(
    st.sampled_from(["person", "collective"]).flatmap(
        lambda kind: st.lists(some_facts(kind), min_size=1, max_size=4)
    ),
    DAYS,
)
def test_screening_many_says_what_each_is_answered(many, day):
    screened = screen(Records.of(many), book=BOOK, on=day)

    one_by_one = [answers(facts, book=BOOK, on=day) for facts in many]
    for row, answered in enumerate(one_by_one):
        assert {
            code: (VERDICTS[verdicts[row]], VERDICTS[screened.as_read[code][row]])
            for code, verdicts in screened.verdicts.items()
        } == {answer.award: (answer.verdict, answer.as_read) for answer in answered}
        assert {code: best[row] for code, best in screened.merit.items() if best[row] >= 0} == {
            answer.award: _best_by_merit(answer) for answer in answered if _by_merit(answer)
        }


def _by_merit(answer):
    return [branch for branch in answer.branches if branch.of_class == "merit"]


def _best_by_merit(answer):
    return max(VERDICTS.index(branch.as_read) for branch in _by_merit(answer))


# What an office may have chosen of the readings that the law leaves to it.
choices = st.fixed_dictionaries(
    {},
    optional={
        (CHAINS, "DH_CSTD_TINH"): st.sampled_from([BOTH_CHAINS, ONE_CHAIN]),
        (INITIATIVES, ""): st.sampled_from([ONCE, OFTEN]),
    },
).map(
    lambda chosen: {
        (code, award): LocalRule(code, award, value, "QĐ 1/QĐ-SVHTT", date(2025, 7, 1))
        for (code, award), value in chosen.items()
    }
)


@given(
    st.lists(st.tuples(some_facts("person"), choices), min_size=1, max_size=4),
    DAYS,
)
def test_screening_for_offices_says_what_each_is_answered(many, day):
    offices = Offices(tuple(local for _facts, local in many), np.arange(len(many)))
    records = Records.of([facts for facts, _local in many])
    screened = screen(records, book=BOOK, on=day, offices=offices)

    for row, (facts, local) in enumerate(many):
        answered = answers(facts, book=BOOK, on=day, local=local)
        assert {
            code: (VERDICTS[verdicts[row]], VERDICTS[screened.as_read[code][row]])
            for code, verdicts in screened.verdicts.items()
        } == {answer.award: (answer.verdict, answer.as_read) for answer in answered}


@given(some_facts("person"), choices, DAYS)
def test_what_an_office_chooses_settles_only_what_was_left_to_it(facts, local, day):
    alone = _findings(answers(facts, book=BOOK, on=day))
    left = _findings(answers(facts, book=BOOK, on=day, local={}))
    chosen = _findings(answers(facts, book=BOOK, on=day, local=local))

    settled = {place: verdict for place, verdict in left.items() if verdict != "judge"}
    assert {place: chosen[place] for place in settled} == settled
    assert {place: alone[place] for place in settled} == settled


def _findings(answered):
    """The verdicts on conditions, in their order; what stands beside them left out."""
    beside = {"double", "open_matter", "review", "version"}
    return {
        (answer.award, place): finding.as_read
        for answer in answered
        for place, finding in enumerate(each for each in answer.findings if each.kind not in beside)
    }


@st.composite
def more_merit(draw):
    """Facts, and the same with a little more merit."""
    facts = draw(some_facts())
    kinds = ["rating", "award", "initiative", "discipline", "position"]
    kind = draw(st.sampled_from(kinds))
    if kind == "rating" and facts.ratings:
        year = draw(st.sampled_from(sorted(facts.ratings)))
        level = draw(st.integers(RATINGS.index(facts.ratings[year]), 3))
        return facts, replace(facts, ratings={**facts.ratings, year: RATINGS[level]})
    if kind == "award":
        return facts, replace(facts, awards=(*facts.awards, draw(awards())))
    if kind == "initiative":
        return facts, replace(facts, initiatives=(*facts.initiatives, draw(initiatives)))
    if kind == "discipline":
        return facts, replace(facts, disciplines=facts.disciplines[1:])
    if kind == "position" and facts.positions:
        first, *others = facts.positions
        longer = replace(first, since=date(first.since.year - draw(st.integers(0, 9)), 1, 1))
        return facts, replace(facts, positions=(longer, *others))
    return facts, facts


@given(more_merit(), DAYS)
def test_more_merit_never_makes_anything_unmet(facts_with_more, day):
    before, after = (_verdicts(answers(facts, book=BOOK, on=day)) for facts in facts_with_more)

    lost = {
        place: (verdict, after[place])
        for place, verdict in before.items()
        if verdict != "unmet" and after[place] == "unmet"
    }
    assert lost == {}


def _verdicts(answered):
    """Of each award and each of its branches."""
    return {(answer.award, ""): answer.as_read for answer in answered} | {
        (answer.award, branch.branch): branch.as_read
        for answer in answered
        for branch in answer.branches
    }


@given(some_facts(), st.lists(st.sampled_from(RATINGS), min_size=16, max_size=16), DAYS)
def test_filling_a_missing_year_gives_what_a_person_was_left_to_judge(facts, levels, day):
    filled = {2010 + place: level for place, level in enumerate(levels)} | dict(facts.ratings)
    unknown = _verdicts(answers(facts, book=BOOK, on=day))
    known = _verdicts(answers(replace(facts, ratings=filled), book=BOOK, on=day))

    settled = {place: verdict for place, verdict in unknown.items() if verdict in {"met", "unmet"}}
    assert {place: known[place] for place in settled} == settled
