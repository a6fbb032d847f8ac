"""What `reminders` measures, once the database runs and Django is set up."""

import io
import resource
import statistics
import time
import tracemalloc
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from python_calamine import CalamineWorkbook

from benchmarks import data
from vinhdanh.accounts.models import User
from vinhdanh.common.calendar import next_working_day
from vinhdanh.people.models import RoleHolding, Unit
from vinhdanh.plans.models import Assignment, Occurrence, Plan
from vinhdanh.plans.queries import reminder_preview, reminders, work_table
from vinhdanh.plans.queries.work_sheet import write_sheet
from vinhdanh.plans.rules import reminders as rules
from vinhdanh.plans.rules.reminders import Days

RUNS = 3
_TARGET = 5.0


def measure() -> None:
    """Print how long a day and a preview take, how much memory, and what the others take."""
    offices = data.at_hand()
    _clerks_and_heads()
    day = next_working_day(timezone.localdate())
    print(data.size())
    found, seconds = _timed(lambda: reminders.for_everybody(on=day))
    said = [each for mine in found.values() for each in mine]
    _lines, words = _timed(lambda: reminders.in_words(said))
    print(f"\none day for everybody: {seconds:.2f} s (wanted: under {_TARGET:.0f} s)")
    print(f"  {len(found):,} persons, {len(said):,} reminders; in words {words:.2f} s more")
    print(f"  peak of what it holds: {_peak(lambda: reminders.for_everybody(on=day)):.0f} MB")
    office = offices.plans[0].office
    ahead, seconds = _timed(lambda: reminders.preview(office, on=day))
    rows = reminder_preview.rows(ahead, reminder_preview.persons(ahead))
    print(f"\n30 days of one office with 5 plans (150,000 lines): {seconds:.2f} s")
    print(f"  {reminder_preview.counts(rows)}")
    print(f"  peak of what it holds: {_peak(lambda: reminders.preview(office, on=day)):.0f} MB")
    print(f"\nlargest size of this process: {_largest():.0f} MB")
    _beside_the_others(offices.plans[0], day)


def _clerks_and_heads() -> None:
    """Somebody to remind at every unit; nothing to do when an earlier run gave them."""
    role = RoleHolding.Role
    units = Unit.objects.filter(kind=Unit.Kind.AFFILIATED)
    manned = RoleHolding.objects.filter(role=role.HEAD).values("unit")
    with transaction.atomic():
        for unit in units.exclude(pk__in=manned):
            for held in (role.CLERK, role.HEAD):
                user = User.objects.create(username=f"{held}-{unit.pk}", name="Trần Giả Định")
                RoleHolding.objects.create(user=user, role=held, unit=unit)


def _timed(work: Callable[[], Any]) -> tuple[Any, float]:
    """What the work gives, and the median of its seconds."""
    times = []
    for _run in range(RUNS):
        started = time.perf_counter()
        given = work()
        times.append(time.perf_counter() - started)
    return given, statistics.median(times)


def _peak(work: Callable[[], object]) -> float:
    """The most that the work holds at once, in MB; measuring it takes time of its own."""
    tracemalloc.start()
    work()
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak / 1e6


def _largest() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def _beside_the_others(plan: Plan, day: date) -> None:
    """The same question, which lines of one plan are recalled today, asked in three ways."""
    stream = io.BytesIO()
    write_sheet(stream, plan, work_table.lines(plan), [], on=day)
    days = Days(day, day)
    only = Plan.objects.filter(pk=plan.pk)
    ours, seconds = _timed(lambda: _computed(only, days, day))
    walked, slowly = _timed(lambda: _line_by_line(plan, days))
    read, filtered = _timed(lambda: _in_the_sheet(stream.getvalue(), days))
    assert ours == walked == read, (ours, walked, read)
    print(f"\none plan, 30,000 lines, {ours} recalled today:")
    print(f"  computed from groups of due days:  {seconds * 1000:>7.0f} ms")
    for name, other in [
        ("line by line, a query for a task:", slowly),
        ("opening and filtering the XLSX:", filtered),
    ]:
        print(f"  {name:<34} {other * 1000:>7.0f} ms, {other / seconds:.1f} times as long")


def _computed(plans: QuerySet[Plan], days: Days, day: date) -> int:
    found = reminders.computed(plans, days, on=day)
    mine = {
        (each.duty, each.occurrence, unit)
        for user in found.values()
        for each in user
        for unit in each.units
        if each.duty in rules.OF_UNITS
    }
    return len(mine)


def _steps(part: str) -> tuple[rules.Duty, tuple[rules.Step, ...]]:
    duty = rules.duty_of(part, recurring=False)
    return duty, rules.DEFAULTS[duty]


def _line_by_line(plan: Plan, days: Days) -> int:
    """As a program would that asks each line whether today is one of its days."""
    count = 0
    for occurrence in Occurrence.objects.filter(plan=plan, due_on__isnull=False):
        for line in occurrence.assignments.select_related("unit"):
            if line.state in {Assignment.State.OPEN, Assignment.State.RETURNED}:
                duty, steps = _steps(line.part)
                count += bool(days.moments(duty, steps, occurrence.due_on))
    return count


def _in_the_sheet(exported: bytes, days: Days) -> int:
    """As a clerk would with the exported list: open it, look at state and due day of each row."""
    parts = {str(label): value for value, label in Assignment.Part.choices}
    book = CalamineWorkbook.from_filelike(io.BytesIO(exported))
    count = 0
    for row in book.get_sheet_by_index(0).to_python()[4:]:
        due_on, part, state = row[3], row[5], row[6]
        if isinstance(due_on, date) and state not in {"Hoàn thành", "Chờ xác nhận"}:
            day = due_on.date() if isinstance(due_on, datetime) else due_on
            duty, steps = _steps(parts[part])
            count += bool(days.moments(duty, steps, day))
    return count
