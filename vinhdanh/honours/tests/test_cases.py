"""The law by examples that a lawyer can read: `cases/<award>.yaml`."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Literal

import pytest
from pydantic import Field

from vinhdanh.honours.rules.eligibility import Answer, answers
from vinhdanh.honours.rules.facts import FactsFile
from vinhdanh.law import files
from vinhdanh.law.awards import Award
from vinhdanh.law.book import read_book
from vinhdanh.law.criteria import Condition, Group, Strict

FOLDER = Path(__file__).parent / "cases"


class Case(Strict):
    """Facts, the day of receipt, and what the award named by the file answers.

    A key of `findings` is part of a criterion's words or of its source; every finding that it fits
    has the verdict.
    """

    name: str
    day: date
    facts: FactsFile
    verdict: Literal["met", "unmet", "judge", "suspended"]
    version: str | None = None
    findings: dict[str, Literal["met", "unmet", "judge"]] = Field(default_factory=dict)


CASES = [
    (path.stem.upper(), case)
    for path in sorted(FOLDER.glob("*.yaml"))
    for case in files.read(path, tuple[Case, ...])
]


@pytest.fixture(scope="module")
def book():
    return read_book()


@pytest.mark.parametrize(
    ("code", "case"), CASES, ids=[f"{code.lower()}: {case.name}" for code, case in CASES]
)
def test_the_law_says_so(code, case, book):
    (answer,) = answers(case.facts.facts(), book=book, on=case.day, codes={code})

    assert (answer.verdict, _version(answer, case), _findings(answer, case)) == (
        case.verdict,
        case.version,
        {words: {verdict} for words, verdict in case.findings.items()},
    )


def _version(answer: Answer, case: Case) -> str | None:
    return None if case.version is None else answer.version


def _findings(answer: Answer, case: Case) -> dict[str, set[str]]:
    return {
        words: {
            finding.verdict
            for finding in answer.findings
            if words in finding.criterion or any(words in source for source in finding.sources)
        }
        for words in case.findings
    }


def test_every_award_has_examples_and_a_pair_around_each_day_of_change(book):
    days: dict[str, list[date]] = defaultdict(list)
    for code, case in CASES:
        days[code].append(case.day)
    few = {code for code, award in book.awards.items() if _is_firm(award) and len(days[code]) < 5}
    lonely = {
        (code, day)
        for code, award in book.awards.items()
        for day in _changes(award)
        if not {day - timedelta(days=1), day} <= set(days[code])
    }

    assert (few, lonely) == (set(), set())


def _is_firm(award: Award) -> bool:
    """Whether anything in its conditions was read in the text itself."""
    return any(_holds_a_firm_one(version.criteria) for version in award.versions)


def _holds_a_firm_one(condition: Condition) -> bool:
    if isinstance(condition, Group):
        return any(map(_holds_a_firm_one, (*condition.all, *condition.any)))
    return condition.grade == "A"


def _changes(award: Award) -> Iterator[date]:
    for entry in award.versions:
        if entry.since:
            yield entry.since
        if entry.until:
            yield entry.until + timedelta(days=1)
    yield from (review.since for review in award.reviews)
