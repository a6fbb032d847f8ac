"""Small books of law for tests of the engine, and facts to ask them about."""

import itertools
from dataclasses import replace
from datetime import date
from typing import Any

from vinhdanh.honours.rules.eligibility import Answer, answers
from vinhdanh.honours.rules.facts import Facts, HeldAward
from vinhdanh.law.awards import Award
from vinhdanh.law.book import Book, read_book

DAY = date(2025, 12, 1)
BEFORE_THE_DECREE = date(2025, 6, 30)
_numbers = itertools.count(1)
_packaged = read_book()


def a_leaf(criterion: str, **fields: Any) -> dict[str, Any]:
    """A criterion of grade A."""
    return {
        "criterion": criterion,
        "source": "Luật 06/2022/QH15 Điều 1 khoản 1",
        "grade": "A",
    } | fields


def an_after(*codes: str) -> dict[str, Any]:
    """The award from which a group counts."""
    return {"codes": codes, "source": "Luật 06/2022/QH15 Điều 2 khoản 2", "grade": "A"}


def an_award(code: str, *conditions: dict[str, Any], **fields: Any) -> Award:
    """A commendation for persons since 2024, on all of the conditions."""
    group = fields.pop("criteria", {"all": conditions})
    given = {
        "code": code,
        "name": f"Danh hiệu {code}",
        "kind": "commendation",
        "recipients": ["person"],
        "level": "grassroots",
        "rank": 10,
        "versions": [{"from": date(2024, 1, 1), "text": "Luật 06/2022/QH15", "criteria": group}],
        "deciders": [
            {"from": None, "who": "Giám đốc Sở", "source": "Luật 06/2022/QH15 Điều 3", "grade": "A"}
        ],
    }
    return Award.model_validate(given | fields)


def a_book(*awards: Award) -> Book:
    """The rules and positions in force, with these awards alone beside two plain ones.

    DH_BASE is a title and HT_BASE a commendation that ask for nothing but a person's judgement.
    """
    judged = a_leaf("judgement", about="conduct", text="Gương mẫu")
    plain = (an_award("DH_BASE", judged, kind="title"), an_award("HT_BASE", judged))
    return replace(
        _packaged,
        awards={award.code: award for award in (*plain, *awards)},
        digest=f"test {next(_numbers)}",
    )


def the_answer(facts: Facts, *conditions: dict[str, Any], on: date = DAY, **fields: Any) -> Answer:
    """What the award HT_TEST on these conditions says."""
    book = a_book(an_award("HT_TEST", *conditions, **fields))
    (answer,) = answers(facts, book=book, on=on, codes={"HT_TEST"})
    return answer


def the_measure(facts: Facts, leaf: dict[str, Any], on: date = DAY) -> tuple[str, str]:
    """Verdict and measure of one criterion."""
    (finding,) = the_answer(facts, leaf, on=on).findings
    return finding.verdict, finding.measure


def the_facts(**fields: Any) -> Facts:
    """A person in 2025 of whom nothing is known but what `fields` say."""
    return Facts(**{"recipient": "person", "year": 2025} | fields)


def held(code: str, *years: int, **fields: Any) -> tuple[HeldAward, ...]:
    """The award in each of the years."""
    return tuple(HeldAward(code, year, **fields) for year in years)
