"""The worker is killed while it reads, matches and stores a list: no line is lost or doubled."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.faults import System, free_port, lives

pytestmark = [
    pytest.mark.xdist_group("run"),
    pytest.mark.skipif("DATABASE_URL" in os.environ, reason="this is about the embedded server"),
]
LINES = 5_400
HANDED_IN = """
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from vinhdanh.honours.actions import imports
from vinhdanh.honours.tests.make_imports import House, a_list
from vinhdanh.people.models import Person, Position

house = House()
people = [
    Person(full_name=f"Nguyễn Văn Thử {n}", code=f"CB{n}", folded=f"nguyen van thu {n}")
    for n in range(%(lines)d // 9)
]
Person.objects.bulk_create(people)
Position.objects.bulk_create(
    Position(person=person, unit=house.unit, title="Chuyên viên") for person in people
)
rows = [(person.full_name, "Phòng Nghệ thuật", "LĐTT", year)
        for year in range(2015, 2024) for person in people]
given = imports.hand_in(
    SimpleUploadedFile("lich-su.xlsx", a_list(*rows)),
    kind="conferrals", office=house.office, by=house.keeper, at=timezone.now(),
)
print(json.dumps({"pk": str(given.pk)}))
"""
STEP = """
from django.utils import timezone
from vinhdanh.honours.actions import imports
from vinhdanh.honours.models import HistoryImport

given = HistoryImport.objects.select_related("handed_in_by").get(pk="%(pk)s")
told = {"by": given.handed_in_by, "at": timezone.now()}
if "%(step)s" == "match":
    imports.choose_columns(given, mapping=given.mapping, common=given.common, **told)
else:
    imports.store(given, **told)
print(json.dumps({}))
"""
HOW_FAR = "SELECT state, done_count FROM honours_historyimport WHERE id = %s"


@pytest.fixture
def system(system_folder: Path) -> Iterator[System]:
    running = System(system_folder, free_port())
    try:
        running.until_answering()
        yield running
    finally:
        running.process.send_signal(signal.SIGTERM)
        running.process.wait(60)


def test_a_killed_import_resumes_without_losing_or_doubling_a_line(system: System):
    given = _waiting(system, HANDED_IN % {"lines": LINES})

    _kill_within(system, given["pk"], "reading")
    _until(system, given["pk"], "mapping")
    _waiting(system, STEP % (given | {"step": "match"}))
    _kill_within(system, given["pk"], "matching")
    _until(system, given["pk"], "settling")
    _waiting(system, STEP % (given | {"step": "store"}))
    _kill_within(system, given["pk"], "storing")
    _until(system, given["pk"], "done")

    lines = "SELECT state, count(*) FROM honours_importline GROUP BY state"
    facts = """
        SELECT count(*), count(DISTINCT (person_id, year)), count(DISTINCT origin.line_id)
        FROM honours_conferral JOIN honours_origin AS origin ON origin.id = origin_id
    """
    assert system.ask(lines) == [("stored", LINES)]
    assert system.ask(facts) == [(LINES, LINES, LINES)]
    assert system.ask("SELECT count(*) FROM honours_origin") == [(LINES,)]


def _waiting(system: System, code: str) -> dict[str, Any]:
    """Do it while the worker stands still: a slow machine does not tell too late of its work."""
    system.until(lambda: lives(system.pid("worker")))
    worker = system.pid("worker")
    os.kill(worker, signal.SIGSTOP)
    try:
        return system.do(code)
    finally:
        os.kill(worker, signal.SIGCONT)


def _kill_within(system: System, pk: str, state: str) -> None:
    """Kill the worker once a part of the lines is done in that state, before the rest is."""
    stored = "SELECT count(*) FROM honours_importline WHERE state = 'stored'"

    def is_begun() -> bool:
        now, done = system.ask(HOW_FAR, pk)[0]
        begun = system.ask(stored)[0][0] if state == "storing" else done
        assert now == state, f"{now}: it was over before it could be killed"
        return bool(0 < begun < LINES)

    system.until(lambda: lives(system.pid("worker")))
    system.until(is_begun)
    os.kill(system.pid("worker"), signal.SIGKILL)


def _until(system: System, pk: str, state: str) -> None:
    system.until(lambda: system.ask(HOW_FAR, pk)[0][0] == state)
