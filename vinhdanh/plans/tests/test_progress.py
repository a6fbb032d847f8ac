from datetime import date

import pytest

from vinhdanh.plans.rules import progress
from vinhdanh.plans.rules.progress import Progress, Standing

STATES = ["open", "reported", "returned", "accepted"]


@pytest.mark.parametrize("step", progress.STEPS)
@pytest.mark.parametrize("state", STATES)
def test_every_step_is_taken_or_refused_with_a_sentence(step, state):
    if progress.may_step(step, state):
        assert progress.STEPS[step][1] in STATES
    else:
        assert progress.why_not(step, state).endswith(".")


@pytest.mark.parametrize(
    ("state", "due_on", "expected"),
    [
        ("open", date(2026, 2, 27), Standing.LATE),
        ("open", date(2026, 2, 28), Standing.SOON),
        ("open", date(2026, 3, 7), Standing.SOON),
        ("open", date(2026, 3, 8), Standing.AHEAD),
        ("open", None, Standing.UNDATED),
        ("returned", date(2026, 2, 27), Standing.LATE),
        ("reported", date(2026, 2, 27), Standing.REPORTED),
        ("accepted", None, Standing.DONE),
    ],
)
def test_a_line_stands_by_its_state_and_its_last_day(state, due_on, expected):
    assert progress.standing(state, due_on, on=date(2026, 2, 28)) == expected


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (Progress(total=2, reported=0, done=2), Standing.DONE),
        (Progress(total=2, reported=1, done=1), Standing.REPORTED),
        (Progress(total=2, reported=1, done=0), Standing.LATE),
        (Progress(total=0, reported=0, done=0), Standing.LATE),
    ],
)
def test_an_occurrence_is_done_when_all_its_lines_are(lines, expected):
    stands = progress.standing_of_all(lines, date(2026, 2, 27), on=date(2026, 2, 28))

    assert stands == expected
