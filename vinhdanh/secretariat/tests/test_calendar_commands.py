"""The calendar on the command line."""

import json
import os
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from vinhdanh.people.models import RoleHolding
from vinhdanh.people.tests.make import a_unit, a_user_with
from vinhdanh.secretariat.actions.calendar import announce
from vinhdanh.secretariat.commands import calendar

ROOT = Path(__file__).resolve().parents[3]
AT = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)
OFF_2026 = [
    "2026-01-01",
    "2026-01-02",
    *(f"2026-02-{day}" for day in range(16, 21)),
    "2026-04-27",
    "2026-04-30",
    "2026-05-01",
    "2026-08-31",
    "2026-09-01",
    "2026-09-02",
    "2026-11-24",
]


def said(*arguments: str) -> str:
    done = CliRunner().invoke(calendar, arguments)
    assert done.exit_code == 0, done.output
    return done.stdout


def announced(kind: str, day: date, name: str) -> None:
    office = a_user_with(RoleHolding.Role.OFFICE, a_unit())
    announce(kind, first_on=day, last_on=day, name=name, source="TB 1", by=office, at=AT)


@pytest.mark.django_db
def test_the_days_off_of_a_year_leave_weekends_out():
    assert json.loads(said("days-off", "2026", "--json")) == {
        "off": OFF_2026,
        "working": ["2026-01-10", "2026-08-22"],
    }


@pytest.mark.django_db
def test_entered_days_are_among_them():
    announced("off", date(2026, 7, 3), "Ngày hội")
    announced("working", date(2026, 7, 11), "Làm bù ngày hội")

    found = json.loads(said("days-off", "2026", "--json"))
    assert found == {
        "off": sorted([*OFF_2026, "2026-07-03"]),
        "working": ["2026-01-10", "2026-07-11", "2026-08-22"],
    }
    assert said("back", "2026-07-13", "--working-days", "1") == "2026-07-11\n"
    assert "thứ Sáu, 03/07/2026: Ngày hội" in said("days-off", "2026")
    assert "thứ Bảy, 11/07/2026: Làm bù ngày hội" in said("days-off", "2026")


@pytest.mark.django_db
@pytest.mark.parametrize("day", ["2026-03-16", "16/03/2026", "16/3/2026"])
def test_working_days_are_counted_back(day):
    assert said("back", day, "--working-days", "10") == "2026-03-02\n"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["back", "31/02/2026", "--working-days", "1"], "“31/02/2026” không phải là ngày"),
        (["back", "ngày mai", "--working-days", "1"], "không phải là ngày"),
        (["back", "01/01/2300", "--working-days", "1"], "từ 1995 đến 2099"),
        (["back", "2026-03-16", "--working-days", "-1"], "0<=x<=2500"),
        (["back", "2026-03-16"], "--working-days"),
        (["days-off", "26"], "1995<=x<=2099"),
    ],
)
def test_what_is_no_day_or_no_count_is_a_mistake(arguments, sentence):
    done = CliRunner().invoke(calendar, arguments)

    assert done.exit_code == 2
    assert sentence in done.stderr


def test_a_machine_without_a_database_answers(tmp_path: Path):
    left_out = ("DJANGO_", "DATABASE_")
    clean = {name: of for name, of in os.environ.items() if not name.startswith(left_out)}

    done = subprocess.run(
        [sys.executable, "-m", "config.cli", "calendar", "days-off", "2026", "--json"],
        cwd=ROOT,
        env={**clean, "VINHDANH_VAR": str(tmp_path / "var")},
        check=True,
        capture_output=True,
        text=True,
        timeout=300,
    )

    assert json.loads(done.stdout) == {"off": OFF_2026, "working": ["2026-01-10", "2026-08-22"]}
    assert not (tmp_path / "var").exists()
