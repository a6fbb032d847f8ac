"""What must hold for any plan: every form says the same, and each slip is found alone."""

import random
from dataclasses import replace
from datetime import date

import pytest

from vinhdanh.documents.rules.reading import read
from vinhdanh.plans.rules.reading import read_plan
from vinhdanh.plans.tests.make_plans import (
    Known,
    a_layout,
    a_working_day,
    as_text,
    as_word,
    due_before,
    some_rows,
)

SEEDS = range(40)
FORMS = {"txt": as_text, "docx": as_word}


def a_plan(rows, layout, form="txt", body=()):
    return read_plan(read(FORMS[form](rows, layout, body=body), name=f"plan.{form}"))


def known(plan):
    """What was read, in the shape of what is known."""
    return [
        Known(
            task["number"],
            task["content"],
            tuple(task["lead"]),
            tuple(task["support"]),
            task["product"],
            {key: value for key, value in task["due"].items() if key != "text"}
            if task["due"]
            else None,
            task["due"]["text"] if task["due"] else "",
            task["parent"],
            task["group"] and task["group"].partition(" ")[2].capitalize(),
        )
        for task in plan.as_json()["tasks"]
    ]


def found(plan):
    return [(finding.kind, finding.tasks, finding.dates) for finding in plan.findings]


def a_dated_row(rows, chance):
    return chance.choice([place for place, row in enumerate(rows) if row.due and not row.parent])


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("seed", SEEDS)
def test_a_plan_reads_as_it_was_meant_in_every_layout(seed, form):
    rows = some_rows(seed)

    plan = a_plan(rows, a_layout(seed, rows), form)

    assert known(plan) == rows
    assert found(plan) == []


@pytest.mark.parametrize("seed", SEEDS[:10])
def test_another_date_changes_that_due_alone(seed):
    chance = random.Random(seed)
    rows = some_rows(seed)
    place = a_dated_row(rows, chance)
    rows[place] = due_before(rows[place], a_working_day(chance))

    assert known(a_plan(rows, a_layout(seed, rows))) == rows


@pytest.mark.parametrize("day", [date(2026, 9, 2), date(2026, 4, 30), date(2026, 8, 8)])
@pytest.mark.parametrize("seed", SEEDS[:5])
def test_a_day_off_is_the_only_finding(seed, day):
    rows = some_rows(seed)
    place = a_dated_row(rows, random.Random(seed))
    rows[place] = due_before(rows[place], day)

    assert found(a_plan(rows, a_layout(seed, rows))) == [("day-off", (rows[place].number,), (day,))]


@pytest.mark.parametrize("seed", SEEDS[:10])
def test_a_row_again_with_another_date_is_the_only_finding(seed):
    rows = some_rows(seed)
    place = a_dated_row(rows, random.Random(seed))
    first, second = date(2026, 5, 12), date(2026, 10, 14)
    rows[place] = due_before(rows[place], first)
    number = str(int([row.number for row in rows if not row.parent][-1]) + 1)
    again = replace(due_before(rows[place], second), number=number, group=rows[-1].group)

    assert found(a_plan([*rows, again], a_layout(seed, rows))) == [
        ("conflicting-due", (rows[place].number, number), (first, second))
    ]


@pytest.mark.parametrize("seed", SEEDS[:10])
def test_a_row_in_the_body_with_another_date_is_the_only_finding(seed):
    rows = some_rows(seed)
    place = a_dated_row(rows, random.Random(seed))
    rows[place] = due_before(rows[place], date(2026, 5, 12))
    sentence = f"2. {rows[place].content} trước ngày 14/10/2026."

    assert found(a_plan(rows, a_layout(seed, rows), body=(sentence,))) == [
        ("conflicting-due", (rows[place].number,), (date(2026, 5, 12), date(2026, 10, 14)))
    ]


@pytest.mark.parametrize("seed", SEEDS[:10])
def test_a_skipped_number_an_absent_owner_or_time_is_the_only_finding(seed):
    rows = some_rows(seed)
    layout = a_layout(seed, rows)
    place = a_dated_row(rows[:-1], random.Random(seed))
    number = rows[place].number

    without_owner = [*rows[:place], replace(rows[place], lead=(), support=()), *rows[place + 1 :]]
    without_time = [*rows[:place], replace(rows[place], due=None, time=""), *rows[place + 1 :]]
    skipped = [row for row in rows if row.number != "2"]

    assert found(a_plan(without_owner, layout)) == [("missing", (number,), ())]
    assert found(a_plan(without_time, layout)) == [("missing", (number,), ())]
    assert found(a_plan(skipped, layout)) == [("numbering", ("1", "3"), ())]
