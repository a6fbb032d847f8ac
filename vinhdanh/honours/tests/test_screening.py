from datetime import date

import numpy as np
import pytest

from vinhdanh.honours.rules.eligibility import VERDICTS
from vinhdanh.honours.rules.records import Records
from vinhdanh.honours.rules.screening import NO_BRANCH, screen
from vinhdanh.honours.tests.make_book import DAY, a_book, a_leaf, an_award, the_facts

RATED = a_leaf("rating", at_least="good")
EXCELLENT = a_leaf("rating", at_least="excellent")
PEOPLE = [
    the_facts(ratings={2025: "excellent"}),
    the_facts(ratings={2025: "good"}),
    the_facts(ratings={2025: "failed"}),
    the_facts(),
    the_facts(ratings={2025: "excellent"}, open_matters=("petition",)),
]


def _words(verdicts):
    return [VERDICTS[verdict] for verdict in verdicts]


def test_everybody_is_asked_at_once():
    branches = {
        "any": [
            {"branch": "1.a", "of_class": "merit", "all": [EXCELLENT]},
            {"branch": "1.b", "of_class": "movement", "all": [RATED]},
        ]
    }
    book = a_book(an_award("HT_TEST", criteria=branches), an_award("HT_PLAIN", RATED))
    screened = screen(Records.of(PEOPLE), book=book, on=DAY, codes={"HT_TEST", "HT_PLAIN"})

    assert {code: _words(verdicts) for code, verdicts in screened.verdicts.items()} == {
        "HT_TEST": ["met", "met", "unmet", "judge", "suspended"],
        "HT_PLAIN": ["met", "met", "unmet", "judge", "suspended"],
    }
    assert _words(screened.merit["HT_TEST"]) == ["met", "unmet", "unmet", "judge", "met"]
    assert set(screened.merit["HT_PLAIN"]) == {NO_BRANCH}


def test_what_was_read_is_kept_where_later_law_was_not():
    review = {
        "from": date(2025, 10, 1),
        "text": "Luật 06/2026/QH16",
        "source": "Luật 06/2026/QH16 Điều 1",
        "grade": "B",
    }
    book = a_book(an_award("HT_TEST", RATED, reviews=[review]))
    screened = screen(Records.of(PEOPLE), book=book, on=DAY, codes={"HT_TEST"})

    assert _words(screened.verdicts["HT_TEST"]) == ["judge"] * 4 + ["suspended"]
    assert _words(screened.as_read["HT_TEST"]) == ["met", "met", "unmet", "judge", "suspended"]


def test_only_awards_open_to_the_recipients_are_asked():
    book = a_book(an_award("HT_OTHERS", RATED, recipients=["household"]))

    assert set(screen(Records.of(PEOPLE), book=book, on=DAY).verdicts) == {"DH_BASE", "HT_BASE"}


def test_records_are_of_one_kind_and_one_year():
    with pytest.raises(ValueError, match="one kind of recipient and of one year"):
        Records.of([the_facts(), the_facts(year=2024)])


def test_a_hundred_thousand_are_asked_without_looking_at_each():
    one = Records.of([the_facts(ratings={2025: "good"})])
    many = Records.of([the_facts(ratings={2025: "good"})] * 1000)
    book = a_book(an_award("HT_TEST", RATED))

    assert np.array_equal(
        np.repeat(screen(one, book=book, on=DAY).verdicts["HT_TEST"], 1000),
        screen(many, book=book, on=DAY).verdicts["HT_TEST"],
    )
