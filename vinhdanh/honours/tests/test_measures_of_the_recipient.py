"""Criteria on members, careers and what the recipient is."""

from datetime import date

import pytest

from vinhdanh.honours.rules.facts import HeldPosition, KnownDiscipline, Members
from vinhdanh.honours.tests.make_book import a_leaf, held, the_answer, the_facts, the_measure


def _judged(answer):
    return [(finding.kind, finding.verdict, finding.measure) for finding in answer.findings]


# A collective


@pytest.mark.parametrize(
    ("members", "verdict", "measure"),
    [
        (Members(20, 20, 14), "met", "14/20 thành viên, 70,0%"),
        (Members(19, 19, 13), "unmet", "13/19 thành viên, 68,4%"),
        (Members(0, 0, 0), "judge", "chưa có số thành viên"),
        (Members(20), "judge", "chưa có số thành viên"),
        (None, "judge", "chưa có số thành viên"),
    ],
)
def test_a_share_of_the_members_is_exact(members, verdict, measure):
    leaf = a_leaf("share", of="advanced", at_least="0.7")

    assert the_measure(the_facts(members=members), leaf) == (verdict, measure)


def test_members_are_counted_from_below_and_above():
    some = a_leaf("members", who="grassroots_fighters", at_least=1)
    none = a_leaf("members", who="disciplined", at_most=0)

    assert [
        _judged(the_answer(the_facts(members=members), some, none))
        for members in (Members(20, 20, 20, 1, 0), Members(20, 20, 20, 0, 2), Members(20))
    ] == [
        [("members", "met", "1 Chiến sĩ thi đua cơ sở"), ("members", "met", "0 người bị kỷ luật")],
        [
            ("members", "unmet", "0 Chiến sĩ thi đua cơ sở"),
            ("members", "unmet", "2 người bị kỷ luật"),
        ],
        [("members", "judge", "chưa có số thành viên")] * 2,
    ]


def test_a_collective_is_as_old_as_the_day():
    leaf = a_leaf("age", at_least=10)

    assert [
        the_measure(the_facts(founded_on=founded), leaf)[0]
        for founded in (date(2015, 12, 1), date(2015, 12, 2), None)
    ] == ["met", "unmet", "judge"]


# A career

DIRECTOR = ("department_director", date(2010, 7, 1), date(2025, 6, 30))
TENURE = a_leaf(
    "tenure",
    positions=[
        {"title": "department_director", "at_least": 10, "below": 15},
        {"title": "department_deputy_director", "at_least": 15},
    ],
    women="2/3",
)


def _served(*posts, sex="male", **fields):
    return the_facts(sex=sex, positions=tuple(HeldPosition(*post) for post in posts), **fields)


@pytest.mark.parametrize(
    ("since", "until", "verdict"),
    [
        (date(2015, 7, 1), date(2025, 6, 30), "met"),
        (date(2015, 7, 2), date(2025, 6, 30), "unmet"),
        (date(2010, 7, 2), date(2025, 6, 30), "met"),
        (date(2010, 7, 1), date(2025, 6, 30), "judge"),
        (date(2015, 12, 2), None, "met"),
        (date(2015, 12, 3), None, "unmet"),
        (None, date(2025, 6, 30), "judge"),
    ],
)
def test_time_in_a_position_counts_by_anniversaries(since, until, verdict):
    facts = _served(("department_director", since, until))

    assert the_measure(facts, TENURE)[0] == verdict


def test_time_in_the_higher_position_is_added_where_it_lacks():
    four = ("department_director", date(2021, 7, 1), date(2025, 6, 30))
    eleven = ("department_deputy_director", date(2010, 7, 1), date(2021, 6, 30))
    seven = ("department_deputy_director", date(2014, 7, 1), date(2021, 6, 30))

    assert [the_measure(_served(four, lower), TENURE) for lower in (eleven, seven)] == [
        (
            "met",
            "Giám đốc Sở (tương đương Vụ trưởng): 4 năm; "
            "Phó Giám đốc Sở (tương đương Phó Vụ trưởng), cả chức vụ cao hơn: 15 năm",
        ),
        (
            "unmet",
            "Giám đốc Sở (tương đương Vụ trưởng): 4 năm; "
            "Phó Giám đốc Sở (tương đương Phó Vụ trưởng), cả chức vụ cao hơn: 11 năm",
        ),
    ]


def test_more_time_in_the_higher_position_is_for_a_higher_class():
    assert the_measure(_served(DIRECTOR), TENURE) == (
        "judge",
        "Giám đốc Sở (tương đương Vụ trưởng): 15 năm; "
        "Phó Giám đốc Sở (tương đương Phó Vụ trưởng), cả chức vụ cao hơn: 15 năm; "
        "thuộc mức xét hạng cao hơn",
    )


def test_posts_held_at_once_count_once():
    first = ("department_director", date(2016, 7, 1), date(2021, 6, 30))
    beside = ("department_director", date(2018, 7, 1), date(2025, 6, 30))

    assert the_measure(_served(first, beside), TENURE)[1].startswith(
        "Giám đốc Sở (tương đương Vụ trưởng): 9 năm;"
    )


def test_women_need_two_thirds_unless_they_retire_later():
    seven = ("department_director", date(2018, 7, 1), date(2025, 6, 30))

    assert [
        the_measure(facts, TENURE)[0]
        for facts in (
            _served(seven, sex="female"),
            _served(seven, sex="male"),
            _served(seven, sex=""),
            _served(seven, sex="female", later_retirement=True),
        )
    ] == ["met", "unmet", "judge", "unmet"]


def test_without_a_position_that_counts_nothing_is_served():
    other = ("head_of_division", date(2000, 1, 1), date(2025, 1, 1))

    assert [the_measure(facts, TENURE) for facts in (the_facts(), _served(other))] == [
        ("unmet", "chưa giữ chức vụ này"),
        (
            "unmet",
            "Giám đốc Sở (tương đương Vụ trưởng): 0 năm; "
            "Phó Giám đốc Sở (tương đương Phó Vụ trưởng): 0 năm; không tính: head_of_division",
        ),
    ]


def test_a_discipline_in_a_position_counts_and_ever():
    measures = [
        KnownDiscipline(date(2008, 1, 1), date(2009, 1, 1)),
        KnownDiscipline(date(2010, 1, 1), date(2010, 7, 1)),
    ]
    leaves = a_leaf("undisciplined", when="in_position"), a_leaf("undisciplined", when="ever")

    assert [
        _judged(the_answer(_served(DIRECTOR, disciplines=disciplines), *leaves))
        for disciplines in ((), measures[:1], measures[1:])
    ] == [
        [("undisciplined", "met", "không bị kỷ luật")] * 2,
        [
            ("undisciplined", "met", "không bị kỷ luật"),
            ("undisciplined", "unmet", "1 lần bị kỷ luật, từ 01/01/2008"),
        ],
        [("undisciplined", "unmet", "1 lần bị kỷ luật, từ 01/01/2010")] * 2,
    ]


def test_retirement_is_known_by_its_day():
    leaf = a_leaf("retiring")

    assert [the_measure(the_facts(retires_on=day), leaf) for day in (date(2026, 1, 1), None)] == [
        ("met", "nghỉ hưu từ 01/01/2026"),
        ("unmet", "chưa có thông báo nghỉ hưu"),
    ]


# What the recipient is


@pytest.mark.parametrize(
    ("leaf", "fields", "verdict"),
    [
        (a_leaf("occupation", one_of=["worker"]), {"occupation": "worker"}, "met"),
        (a_leaf("occupation", one_of=["worker"]), {"occupation": "official"}, "unmet"),
        (a_leaf("occupation", one_of=["worker"]), {}, "judge"),
        (a_leaf("recipient", one_of=["person"]), {}, "met"),
        (a_leaf("recipient", one_of=["collective"]), {}, "unmet"),
        (a_leaf("sort", one_of=["foreign"]), {"sorts": ("foreign",)}, "met"),
        (a_leaf("sort", one_of=["foreign"]), {"traits": ("foreign",)}, "met"),
        (a_leaf("sort", one_of=["foreign"]), {"sorts": ("enterprise",)}, "unmet"),
        (a_leaf("sort", one_of=["foreign"]), {}, "judge"),
        (a_leaf("sort", one_of=["foreign"]), {"traits": ("no_flags",)}, "judge"),
        (a_leaf("sort", one_of=["no_flags"]), {"sorts": ("enterprise",)}, "judge"),
        (a_leaf("sort", one_of=["no_flags"]), {"traits": ("no_flags",)}, "met"),
        (a_leaf("sort", one_of=["unrated"]), {}, "judge"),
        (a_leaf("sort", one_of=["unrated"]), {"sorts": ("unrated",)}, "met"),
        (a_leaf("sort", one_of=["unrated"]), {"ratings": {2019: "good"}}, "unmet"),
        (a_leaf("once"), {}, "met"),
        (a_leaf("once"), {"awards": held("HT_TEST", 1999)}, "unmet"),
        (a_leaf("judgement", about="merit", text="Xuất sắc"), {}, "judge"),
    ],
)  # fmt: skip
def test_what_the_recipient_is(leaf, fields, verdict):
    assert the_measure(the_facts(**fields), leaf)[0] == verdict


@pytest.mark.parametrize("grade", ["B", "C"])
def test_what_is_not_read_in_the_text_is_for_a_person(grade):
    leaf = a_leaf("rating", at_least="good", grade=grade)

    assert [
        the_measure(the_facts(ratings=ratings), leaf)
        for ratings in ({2025: "good"}, {2025: "failed"})
    ] == [
        ("judge", "2025: hoàn thành tốt nhiệm vụ"),
        ("judge", "2025: không hoàn thành nhiệm vụ"),
    ]
