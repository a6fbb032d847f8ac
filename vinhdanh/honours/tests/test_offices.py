"""What the City or the office set, in the answers of the engine."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from vinhdanh.honours.rules.eligibility import VERDICTS, answers
from vinhdanh.honours.rules.facts import KnownInitiative
from vinhdanh.honours.rules.offices import (
    BOTH_CHAINS,
    CHAINS,
    DETAILS,
    INITIATIVES,
    OFTEN,
    ONCE,
    ONE_CHAIN,
    LocalRule,
    Offices,
)
from vinhdanh.honours.rules.plan import plan
from vinhdanh.honours.rules.records import Records
from vinhdanh.honours.rules.screening import screen
from vinhdanh.honours.tests.make_book import a_book, a_leaf, an_award, held, the_facts
from vinhdanh.law.book import read_book

DAY = date(2025, 12, 1)
BOOK = read_book()
SOURCE = "QĐ 12/2025/QĐ-SVHTT Điều 3"
CHAIN = "Có 03 lần liên tục đạt Chiến sĩ thi đua cơ sở"
DETAIL = "Có ít nhất một giải pháp được đơn vị áp dụng trong năm."


def a_rule(code, value, award="", **fields) -> dict:
    """What the office set, as the engine takes it."""
    rule = LocalRule(code, award, value, SOURCE, date(2025, 8, 1))
    return {(code, award): replace(rule, **fields)}


def the_finding(facts, award, criterion, local, on=DAY):
    (answer,) = answers(facts, book=BOOK, on=on, codes={award}, local=local)
    (found,) = {finding for finding in answer.findings if finding.criterion.startswith(criterion)}
    return found


def told(finding):
    return finding.verdict, finding.measure, [rule.value for rule in finding.local], finding.open


# One year in two chains

# The title of the City in 2023 stood on 2021 to 2023; five years in a row up to 2025.
FIVE_YEARS = the_facts(
    awards=(*held("DH_CSTD_CS", 2021, 2022, 2023, 2024, 2025), *held("DH_CSTD_TINH", 2023)),
    initiatives=(KnownInitiative(2025, "province"),),
)
SHARED = (
    "2023 đã tính cho Chiến sĩ thi đua bộ, ban, ngành, tỉnh (Chiến sĩ thi đua Thành phố) trước đó"
)


def test_a_year_of_an_earlier_chain_is_for_a_person_until_the_office_has_chosen():
    finding = the_finding(FIVE_YEARS, "DH_CSTD_TINH", CHAIN, {})

    assert told(finding) == (
        "judge",
        "2 trong 3 lần liên tục: Chiến sĩ thi đua cơ sở 2021, 2022, 2023, 2024, 2025; "
        f"{SHARED}, có tính lần nữa hay không thì cơ quan chưa chọn",
        [],
        CHAINS,
    )


def test_who_lets_years_stand_in_both_chains_is_not_asked_again():
    local = a_rule(CHAINS, BOTH_CHAINS, "DH_CSTD_TINH")
    (answer,) = answers(FIVE_YEARS, book=BOOK, on=DAY, codes={"DH_CSTD_TINH"}, local=local)

    finding = answer.findings[0]
    assert told(finding) == (
        "met",
        "5 lần liên tục: Chiến sĩ thi đua cơ sở 2021, 2022, 2023, 2024, 2025; "
        f"{SHARED}, được tính lần nữa",
        [BOTH_CHAINS],
        "",
    )
    assert finding.sources == ("Luật 06/2022/QH15 Điều 22 khoản 1 điểm a", SOURCE)
    assert "double" not in {each.kind for each in answer.findings}


def test_the_title_of_the_same_year_stays_in_doubt_though_chains_may_share_years():
    facts = replace(FIVE_YEARS, awards=(*FIVE_YEARS.awards, *held("DH_CSTD_TINH", 2025)))
    local = a_rule(CHAINS, BOTH_CHAINS, "DH_CSTD_TINH")
    (answer,) = answers(facts, book=BOOK, on=DAY, codes={"DH_CSTD_TINH"}, local=local)

    (double,) = (each for each in answer.findings if each.kind == "double")
    assert (double.verdict, double.years) == ("judge", (2025,))


def test_who_lets_a_year_stand_in_one_chain_only_begins_after_the_last():
    local = a_rule(CHAINS, ONE_CHAIN, "DH_CSTD_TINH")
    finding = the_finding(FIVE_YEARS, "DH_CSTD_TINH", CHAIN, local)

    assert told(finding) == (
        "unmet",
        f"2 trong 3 lần liên tục: Chiến sĩ thi đua cơ sở 2024, 2025; {SHARED}, không tính lần nữa",
        [ONE_CHAIN],
        "",
    )
    assert finding.sources[-1] == SOURCE


def test_an_earlier_title_that_may_not_count_leaves_one_chain_in_doubt():
    earlier = held("DH_CSTD_TINH", 2023, certain=False)
    facts = replace(FIVE_YEARS, awards=(*FIVE_YEARS.awards[:-1], *earlier))
    local = a_rule(CHAINS, ONE_CHAIN, "DH_CSTD_TINH")

    assert the_finding(facts, "DH_CSTD_TINH", CHAIN, local).verdict == "judge"


@pytest.mark.parametrize("local", [{}, a_rule(CHAINS, ONE_CHAIN, "DH_CSTD_TINH")])
def test_a_chain_since_the_last_title_asks_nobody(local):
    since_2020 = held("DH_CSTD_CS", 2020, 2021, 2022, 2023, 2024, 2025)
    facts = replace(FIVE_YEARS, awards=(*since_2020, *held("DH_CSTD_TINH", 2022)))

    finding = the_finding(facts, "DH_CSTD_TINH", CHAIN, local)

    assert (finding.verdict, finding.local, finding.open) == ("met", (), "")


def test_a_chain_with_gaps_shares_awards_too():
    facts = the_facts(awards=(*held("DH_CSTD_TINH", 2020, 2023, 2025), *held("DH_CSTD_TQ", 2023)))
    chain = "Có 02 lần liên tục"

    def verdict(local):
        return the_finding(facts, "DH_CSTD_TQ", chain, local).verdict

    assert verdict(None) == "met"
    assert verdict({}) == "judge"
    assert verdict(a_rule(CHAINS, BOTH_CHAINS, "DH_CSTD_TQ")) == "met"
    assert verdict(a_rule(CHAINS, ONE_CHAIN, "DH_CSTD_TQ")) == "unmet"
    assert verdict(a_rule(CHAINS, ONE_CHAIN, "DH_CSTD_TINH")) == "judge"


# One initiative for several awards

CERTIFICATE = "Có 02 sáng kiến"
TWO_INITIATIVES = the_facts(
    ratings={2024: "excellent", 2025: "excellent"},
    awards=held("DH_CSTD_CS", 2024),
    initiatives=(KnownInitiative(2024, "grassroots"), KnownInitiative(2025, "grassroots")),
)
USED = "1 trong 2 sáng kiến: 2024, 2025; sáng kiến 2024 có thể đã dùng cho lần khen trước"


@pytest.mark.parametrize(
    ("local", "found"),
    [
        (None, ("met", "2 sáng kiến: 2024, 2025", [], "")),
        (
            {},
            (
                "judge",
                f"{USED}, có dùng lại được hay không thì cơ quan chưa chọn",
                [],
                INITIATIVES,
            ),
        ),
        (
            a_rule(INITIATIVES, ONCE),
            ("judge", f"{USED}, chỉ dùng một lần nên để người xét", [ONCE], ""),
        ),
        (
            a_rule(INITIATIVES, OFTEN),
            (
                "met",
                "2 sáng kiến: 2024, 2025; sáng kiến 2024 có thể đã dùng cho lần khen trước, được "
                "dùng nhiều lần",
                [OFTEN],
                "",
            ),
        ),
    ],
)
def test_an_initiative_that_may_have_been_used_is_found_as_the_office_reads_it(local, found):
    (answer,) = answers(TWO_INITIATIVES, book=BOOK, on=DAY, codes={"HT_BK_TINH_CN"}, local=local)

    first = next(each for each in answer.findings if each.criterion.startswith(CERTIFICATE))
    assert told(first) == found


def test_an_initiative_no_award_can_have_stood_on_is_certain():
    not_asking = replace(TWO_INITIATIVES, awards=held("DH_LDTT", 2024))
    of_later = replace(TWO_INITIATIVES, awards=held("DH_CSTD_CS", 2023))
    too_narrow = replace(TWO_INITIATIVES, awards=held("DH_CSTD_TINH", 2024))

    for facts in (not_asking, of_later, too_narrow):
        (answer,) = answers(facts, book=BOOK, on=DAY, codes={"HT_BK_TINH_CN"}, local={})
        first = next(each for each in answer.findings if each.criterion.startswith(CERTIFICATE))
        assert told(first) == ("met", "2 sáng kiến: 2024, 2025", [], "")


def test_a_title_may_stand_on_what_another_title_stood_on():
    facts = replace(FIVE_YEARS, awards=held("DH_CSTD_CS", 2023, 2024, 2025))
    after_a_certificate = replace(
        facts, awards=(*facts.awards, *held("HT_BK_TINH_CN", 2025)),
    )  # fmt: skip
    initiative = "Có 01 sáng kiến"

    assert the_finding(facts, "DH_CSTD_TINH", initiative, {}).verdict == "met"
    assert the_finding(after_a_certificate, "DH_CSTD_TINH", initiative, {}).verdict == "judge"


def test_an_award_used_the_initiatives_of_all_the_years_it_asks_for():
    asking = a_leaf("initiative", reach="province", within=3)
    book = a_book(an_award("HT_FIRST", asking), an_award("HT_TEST", asking))

    def verdict(year):
        facts = the_facts(
            awards=held("HT_FIRST", 2025), initiatives=(KnownInitiative(year, "province"),)
        )
        (answer,) = answers(facts, book=book, on=DAY, codes={"HT_TEST"}, local={})
        return answer.verdict

    assert [verdict(year) for year in (2023, 2024, 2025)] == ["judge"] * 3


# What is said in words


def test_what_the_city_wrote_is_told_where_the_law_leaves_the_condition_to_it():
    local = a_rule("commendation_criteria", DETAIL, "HT_GK_SO")
    (answer,) = answers(the_facts(), book=BOOK, on=DAY, codes={"HT_GK_SO"}, local=local)

    (finding,) = answer.findings
    assert (answer.verdict, finding.verdict) == ("judge", "judge")
    assert finding.local == tuple(local.values())
    assert finding.sources == ("Luật 06/2022/QH15 Điều 75 khoản 2", SOURCE)


def test_where_the_city_has_written_nothing_the_content_is_named():
    def opened(award):
        (answer,) = answers(the_facts(), book=BOOK, on=DAY, codes={award}, local={})
        return {finding.open for finding in answer.findings}

    assert opened("HT_GK_SO") == {"commendation_criteria"}
    assert opened("HT_KNC") == {"commemorative_medal_criteria"}
    assert opened("HT_BK_BO") == {""}


def test_what_one_office_wrote_is_not_told_to_the_next():
    local = a_rule("commendation_criteria", DETAIL, "HT_GK_SO")
    for given in (local, {}, None):
        (answer,) = answers(the_facts(), book=BOOK, on=DAY, codes={"HT_GK_SO"}, local=given)
        assert answer.findings[0].local == tuple((given or {}).values())


def test_detail_beside_conditions_that_are_counted_stands_by_itself():
    local = a_rule("criteria_detail", DETAIL, "DH_LDTT")
    facts = the_facts(ratings={2025: "good"})
    (plain,) = answers(facts, book=BOOK, on=DAY, codes={"DH_LDTT"}, local={})
    (answer,) = answers(facts, book=BOOK, on=DAY, codes={"DH_LDTT"}, local=local)

    (detail,) = (finding for finding in answer.findings if finding.kind == "local")
    assert (detail.criterion, detail.verdict, detail.local, detail.sources[-1]) == (
        "Quy định chi tiết tiêu chuẩn",
        "judge",
        tuple(local.values()),
        SOURCE,
    )
    assert [each for each in answer.findings if each != detail] == list(plain.findings)
    assert (answer.verdict, answer.branches) == (plain.verdict, plain.branches)


def test_how_the_city_recognises_ratings_is_told_where_one_is_missing():
    local = a_rule("rating_recognition", "Thủ trưởng đơn vị công nhận trước ngày 15/12.")

    missing = the_finding(the_facts(), "DH_LDTT", "Xếp loại", local)
    known = the_finding(the_facts(ratings={2025: "good"}), "DH_LDTT", "Xếp loại", local)

    assert (missing.verdict, missing.local) == ("judge", tuple(local.values()))
    assert (known.verdict, known.local) == ("met", ())


def test_nothing_is_left_to_the_office_after_the_last_day_of_what_leaves_it():
    (answer,) = answers(
        FIVE_YEARS, book=BOOK, on=date(2023, 12, 31), codes={"DH_CSTD_TINH"}, local={}
    )
    assert [finding.open for finding in answer.findings] == [""]


# The law data and the engine agree


def test_the_choices_are_those_of_the_law_data():
    assert BOOK.delegated[CHAINS].choices == (BOTH_CHAINS, ONE_CHAIN)
    assert BOOK.delegated[INITIATIVES].choices == (ONCE, OFTEN)


def test_every_award_of_which_the_detail_is_left_asks_for_a_persons_judgement():
    law = plan(BOOK, DAY).awards
    for code in DETAILS:
        for award in BOOK.delegated[code].awards:
            nodes = [*law[award].branches.values()] or [law[award].root]
            assert {node.is_judged for node in nodes if node} == {True}, award


# Many at once


def test_everybody_is_found_as_the_own_office_reads_the_law():
    many = [FIVE_YEARS, TWO_INITIATIVES] * 4
    offices = (
        {},
        a_rule(CHAINS, ONE_CHAIN, "DH_CSTD_TINH") | a_rule(INITIATIVES, OFTEN),
        a_rule(CHAINS, BOTH_CHAINS, "DH_CSTD_TINH"),
        a_rule(INITIATIVES, ONCE),
    )
    of = [0, 0, 1, 1, 2, 2, 3, 3]
    screened = screen(
        Records.of(many), book=BOOK, on=DAY, offices=Offices(offices, np.array(of, dtype=np.int32))
    )

    for row, (facts, place) in enumerate(zip(many, of, strict=True)):
        one = answers(facts, book=BOOK, on=DAY, local=offices[place])
        assert {code: VERDICTS[verdicts[row]] for code, verdicts in screened.verdicts.items()} == {
            answer.award: answer.verdict for answer in one
        }
    found = [VERDICTS[each] for each in screened.verdicts["DH_CSTD_TINH"][::2]]
    assert found == ["judge", "unmet", "judge", "judge"]
