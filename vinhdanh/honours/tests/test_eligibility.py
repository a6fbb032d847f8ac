from datetime import date

from vinhdanh.honours.rules.eligibility import BranchAnswer, Finding, answers
from vinhdanh.honours.rules.facts import HeldAward
from vinhdanh.honours.tests.make_book import (
    DAY,
    a_book,
    a_leaf,
    an_after,
    an_award,
    held,
    the_answer,
    the_facts,
)

GOOD = dict.fromkeys(range(2010, 2026), "good")
RATED = a_leaf("rating", at_least="good")
EXCELLENT = a_leaf("rating", at_least="excellent")
JUDGED = a_leaf("judgement", about="conduct", text="Gương mẫu")


def test_a_finding_says_what_was_measured_by_which_law_on_which_evidence():
    facts = the_facts(ratings={2025: "good"}, ratings_refs={2025: "rating:7"})
    rated = RATED | {"source": "Luật 06/2022/QH15 Điều 24 khoản 1; NĐ 152/2025/NĐ-CP Điều 4"}

    assert the_answer(facts, rated).findings == (
        Finding(
            criterion="Xếp loại hoàn thành tốt nhiệm vụ trở lên trong năm xét",
            verdict="met",
            as_read="met",
            measure="2025: hoàn thành tốt nhiệm vụ",
            needed="hoàn thành tốt nhiệm vụ trở lên",
            sources=("Luật 06/2022/QH15 Điều 24 khoản 1", "NĐ 152/2025/NĐ-CP Điều 4"),
            evidence=("rating:7",),
            kind="rating",
            branch="",
            years=(2025,),
        ),
    )


def test_all_and_any_combine_what_their_parts_say():
    met, unmet, judged = RATED, EXCELLENT, JUDGED
    facts = the_facts(ratings=GOOD)

    assert {
        (kind, names): the_answer(facts, {kind: parts}).verdict
        for kind in ("all", "any")
        for names, parts in {
            "met met": [met, met],
            "met judged": [met, judged],
            "met unmet": [met, unmet],
            "judged unmet": [judged, unmet],
            "unmet unmet": [unmet, unmet],
        }.items()
    } == {
        ("all", "met met"): "met",
        ("all", "met judged"): "judge",
        ("all", "met unmet"): "unmet",
        ("all", "judged unmet"): "unmet",
        ("all", "unmet unmet"): "unmet",
        ("any", "met met"): "met",
        ("any", "met judged"): "met",
        ("any", "met unmet"): "met",
        ("any", "judged unmet"): "judge",
        ("any", "unmet unmet"): "unmet",
    }


def test_each_branch_answers_for_itself():
    answer = the_answer(
        the_facts(ratings=GOOD),
        {
            "any": [
                {"branch": "1.a", "name": "Công trạng", "of_class": "merit", "all": [RATED]},
                {"branch": "1.b", "all": [EXCELLENT, JUDGED]},
            ]
        },
    )

    assert (answer.verdict, answer.branches) == (
        "met",
        (
            BranchAnswer("1.a", "Công trạng", "merit", "met", "met"),
            BranchAnswer("1.b", "", "", "unmet", "unmet"),
        ),
    )
    assert [finding.branch for finding in answer.findings] == ["1.a", "1.b", "1.b"]


def test_awards_open_to_the_recipient_come_by_rank_and_name():
    book = a_book(
        an_award("HT_HIGH", RATED, rank=90),
        an_award("HT_LOW_2", RATED, rank=1, name="Bằng"),
        an_award("HT_LOW_1", RATED, rank=1, name="Cờ"),
        an_award("HT_OTHERS", RATED, recipients=["collective"]),
    )
    found = answers(the_facts(), book=book, on=DAY)

    assert [answer.award for answer in found] == [
        "HT_LOW_2",
        "HT_LOW_1",
        "DH_BASE",
        "HT_BASE",
        "HT_HIGH",
    ]


def test_a_branch_for_others_is_left_out():
    persons = a_leaf("recipient", one_of=["person"])
    collectives = a_leaf("recipient", one_of=["collective"])
    branches = {
        "any": [
            {"branch": "1.a", "all": [persons, RATED]},
            {"branch": "1.b", "all": [collectives, RATED]},
        ]
    }
    answer = the_answer(the_facts(ratings=GOOD), branches)

    assert (answer.verdict, [branch.branch for branch in answer.branches]) == ("met", ["1.a"])
    assert [finding.branch for finding in answer.findings] == ["1.a", "1.a"]


def test_the_version_of_the_day_is_asked():
    versions = [
        {
            "from": date(2024, 1, 1),
            "until": date(2025, 6, 30),
            "text": "Luật 06/2022/QH15",
            "criteria": {"all": [RATED]},
        },
        {
            "from": date(2025, 7, 1),
            "text": "NĐ 152/2025/NĐ-CP",
            "criteria": {"all": [EXCELLENT]},
        },
    ]
    facts = the_facts(ratings=GOOD)

    found = [
        the_answer(facts, on=day, versions=versions)
        for day in (date(2023, 12, 31), date(2024, 1, 1), date(2025, 6, 30), date(2025, 7, 1))
    ]
    assert [(answer.version, answer.verdict) for answer in found] == [
        ("", "judge"),
        ("2024-01-01", "met"),
        ("2024-01-01", "met"),
        ("2025-07-01", "unmet"),
    ]
    assert [(finding.kind, finding.verdict) for finding in found[0].findings] == [
        ("version", "judge")
    ]


REVIEW = {
    "from": date(2026, 10, 1),
    "text": "Luật 06/2026/QH16",
    "source": "Luật 06/2026/QH16 Điều 1",
    "grade": "B",
}


def test_law_that_was_not_read_leaves_everything_to_a_person():
    facts = the_facts(ratings=GOOD)
    before, after = (
        the_answer(facts, RATED, EXCELLENT, reviews=[REVIEW], on=day)
        for day in (date(2026, 9, 30), date(2026, 10, 1))
    )

    assert (before.verdict, before.as_read) == ("unmet", "unmet")
    assert (after.verdict, after.as_read) == ("judge", "unmet")
    assert [
        (finding.kind, finding.verdict, finding.as_read, finding.measure)
        for finding in after.findings
    ] == [
        ("rating", "judge", "met", "theo bản luật đã đọc: đạt; 2025: hoàn thành tốt nhiệm vụ"),
        ("rating", "judge", "unmet",
         "theo bản luật đã đọc: chưa đạt; 2025: hoàn thành tốt nhiệm vụ"),
        ("review", "judge", "met", "có hiệu lực từ 01/10/2026, chưa đọc được"),
    ]  # fmt: skip


def test_an_open_matter_suspends_what_is_not_unmet():
    facts = the_facts(ratings=GOOD, open_matters=("petition",))

    assert {
        (name, day.isoformat()): the_answer(facts, leaf, on=day).verdict
        for name, leaf in {"met": RATED, "judged": JUDGED, "unmet": EXCELLENT}.items()
        for day in (date(2025, 6, 30), date(2025, 7, 1))
    } == {
        ("met", "2025-06-30"): "judge",
        ("met", "2025-07-01"): "suspended",
        ("judged", "2025-06-30"): "judge",
        ("judged", "2025-07-01"): "suspended",
        ("unmet", "2025-06-30"): "unmet",
        ("unmet", "2025-07-01"): "unmet",
    }
    assert the_answer(facts, RATED).findings[-1] == Finding(
        criterion="Không có vụ việc đang xem xét",
        verdict="judge",
        as_read="judge",
        measure="có đơn khiếu nại, tố cáo",
        needed="đã có kết luận không sai phạm",
        sources=("NĐ 152/2025/NĐ-CP Điều 4 khoản 4",),
        kind="open_matter",
    )


def test_an_open_matter_suspends_also_under_law_not_read():
    facts = the_facts(ratings=GOOD, open_matters=("petition",))
    answer = the_answer(facts, EXCELLENT, reviews=[REVIEW], on=date(2026, 10, 1))

    assert (answer.verdict, answer.as_read) == ("suspended", "unmet")


def test_the_same_award_for_the_same_years_is_for_a_person():
    years = a_leaf("rating", at_least="good", years=3)

    def found(award):
        answer = the_answer(the_facts(ratings=GOOD, awards=(award,)), years)
        doubles = [finding.evidence for finding in answer.findings if finding.kind == "double"]
        return answer.verdict, doubles

    assert [
        found(HeldAward("HT_TEST", 2022, ref="conferral:1")),
        found(HeldAward("HT_TEST", 2023, ref="conferral:1")),
        found(HeldAward("HT_TEST", 2024, period=(2020, 2022), ref="conferral:1")),
        found(HeldAward("HT_TEST", 2025, period=(2022, 2025), ref="conferral:1")),
    ] == [
        ("met", []),
        ("judge", [("conferral:1",)]),
        ("met", []),
        ("judge", [("conferral:1",)]),
    ]


def test_a_double_names_only_the_award_for_those_years():
    every_year = held("HT_TEST", 2023, 2024, 2025)

    answer = the_answer(the_facts(ratings=GOOD, awards=every_year), RATED)

    assert [each.years for each in answer.findings if each.kind == "double"] == [(2025,)]


def test_the_next_time_counts_from_the_last_without_being_a_double():
    group = {
        "all": [a_leaf("rating", at_least="good", years=5, span="whole")],
        "after": an_after("HT_TEST"),
    }

    assert [
        the_answer(the_facts(ratings=GOOD, awards=held("HT_TEST", year)), group).verdict
        for year in (2020, 2021)
    ] == ["met", "unmet"]


def test_a_double_is_for_a_person_only_in_the_branch_of_those_years():
    branches = {
        "any": [
            {"branch": "1.a", "all": [a_leaf("rating", at_least="good", years=3)]},
            {"branch": "1.b", "all": [RATED]},
        ]
    }
    answer = the_answer(the_facts(ratings=GOOD, awards=held("HT_TEST", 2023)), branches)

    assert [(branch.branch, branch.verdict) for branch in answer.branches] == [
        ("1.a", "judge"),
        ("1.b", "met"),
    ]


def test_the_conditions_of_another_award_are_one_finding():
    other = an_award("HT_OTHER", RATED, EXCELLENT, JUDGED)
    book = a_book(other, an_award("HT_TEST", a_leaf("meets", award="HT_OTHER")))

    (answer,) = answers(the_facts(ratings=GOOD), book=book, on=DAY, codes={"HT_TEST"})

    (finding,) = answer.findings
    assert (finding.verdict, finding.measure) == (
        "unmet",
        "đạt 1/3 điều kiện; 1 điều kiện để người xét",
    )


def test_the_best_of_another_awards_branches_is_told():
    branches = {"any": [{"branch": "1.a", "all": [EXCELLENT]}, {"all": [RATED, JUDGED]}]}
    book = a_book(
        an_award("HT_OTHER", criteria=branches),
        an_award("HT_TEST", a_leaf("meets", award="HT_OTHER")),
    )

    (answer,) = answers(the_facts(ratings=GOOD), book=book, on=DAY, codes={"HT_TEST"})

    assert answer.findings[0].measure == "đạt 1/2 điều kiện; 1 điều kiện để người xét"


def test_an_award_may_ask_for_its_own_branches_and_for_those_of_no_version():
    branches = {
        "any": [
            {"branch": "1.a", "all": [RATED]},
            {"branch": "1.b", "all": [EXCELLENT]},
            {"branch": "1.c", "all": [a_leaf("meets", award="HT_TEST", branches=["1.a"]), JUDGED]},
        ]
    }
    later = an_award(
        "HT_LATER",
        versions=[{"from": date(2030, 1, 1), "text": "A", "criteria": {"all": [RATED]}}],
    )
    book = a_book(
        later,
        an_award("HT_TEST", criteria=branches),
        an_award("HT_ASKS", a_leaf("meets", award="HT_LATER")),
    )
    asks, own = answers(the_facts(ratings=GOOD), book=book, on=DAY, codes={"HT_TEST", "HT_ASKS"})

    assert [finding.verdict for finding in own.findings] == ["met", "unmet", "met", "judge"]
    assert [(finding.verdict, finding.measure) for finding in asks.findings] == [
        ("judge", "chưa có điều kiện của ngày này")
    ]


def test_what_lies_after_the_year_is_not_looked_at():
    later = the_facts(ratings={2025: "failed", 2026: "good"}, awards=held("DH_BASE", 2026))
    leaf = a_leaf("award", codes=["DH_BASE"], span="ever")

    answer = the_answer(later, RATED, leaf)
    assert [finding.verdict for finding in answer.findings] == ["unmet", "unmet"]
