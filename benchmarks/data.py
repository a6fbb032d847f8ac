"""Years of invented offices, large enough to measure the pages that count them."""

import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.db import connection, transaction
from django.utils import timezone

from vinhdanh.accounts.models import User
from vinhdanh.common.vietnamese import fold
from vinhdanh.documents.models import File
from vinhdanh.people.models import Person, Position, RoleHolding, Unit, refresh_search
from vinhdanh.plans.models import Assignment, Occurrence, Plan, Report, Task

BATCH = 5_000
READERS = ("officer", "director", "clerk")
_SUBJECTS = ("Văn hóa cơ sở", "Di sản văn hóa", "Nghệ thuật", "Thể dục, thể thao", "Gia đình")
_DUTIES = (
    "Xây dựng kế hoạch và đăng ký chuyên đề thi đua",
    "Tổ chức sơ kết phong trào thi đua và bình xét khen thưởng",
    "Rà soát, giới thiệu gương điển hình tiên tiến để tuyên truyền, biểu dương và nhân rộng",
    "Xét, đề nghị khen thưởng theo chuyên đề, khen đột xuất, khen thành tích công trạng",
    "Kiểm tra việc thực hiện công tác thi đua, khen thưởng của các đơn vị trực thuộc",
)


@dataclass(frozen=True)
class Offices:
    """What was made: the plans, the first of them newest, and who looks at them."""

    plans: list[Plan]
    officer: User
    director: User
    clerk: User


@transaction.atomic
def fill(
    *,
    on: date,
    offices: int = 4,
    years: int = 5,
    tasks: int = 500,
    units: int = 60,
    seed: int = 2026,
) -> Offices:
    """Make `offices` departments with `units` units each, and for each a plan in force in each of
    `years` years ending with the year of `on`; every task is every unit's, due once.

    20 plans of 500 tasks and 60 units are 600,000 lines, about two minutes and 400 MB. What was
    due long before `on` is mostly done.
    """
    chance = random.Random(seed)
    plans: list[Plan] = []
    watchers: dict[str, User] = {}
    for number in range(offices):
        department, below = _department(number, units)
        people = _people(number, department, below)
        watchers = watchers or people
        for year in range(on.year, on.year - years, -1):
            plan = _plan(department, year, by=people["officer"])
            plan.units.set(below)
            plans.append(plan)
            _work(plan, below, tasks, on=on, chance=chance, by=people["clerk"])
    return Offices(plans, watchers["officer"], watchers["director"], watchers["clerk"])


def at_hand() -> Offices:
    """The offices made by an earlier run, or made now, which is said."""
    if not Plan.objects.exists():
        started = time.perf_counter()
        fill(on=timezone.localdate())
        settle()
        print(f"made in {time.perf_counter() - started:.0f} s")
    readers = {name: User.objects.get(username=f"{name}-0") for name in READERS}
    plans = list(Plan.objects.filter(created_by=readers["officer"]).order_by("-year"))
    return Offices(plans, **readers)


def size() -> str:
    """How much there is to measure with."""
    counts = Plan.objects.count(), Task.objects.count(), Assignment.objects.count()
    return "{:,} plans, {:,} tasks, {:,} lines".format(*counts)


def settle() -> None:
    """Let the database know what it holds, as its own housekeeping would within minutes."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _department(number: int, units: int) -> tuple[Unit, list[Unit]]:
    top = _unit(f"Sở Thí điểm số {number + 1}", Unit.Kind.DEPARTMENT, None, 0)
    below = [
        _unit(
            f"Trung tâm Nghiệp vụ {_SUBJECTS[place % len(_SUBJECTS)]} số {place + 1} (giả định)",
            Unit.Kind.AFFILIATED,
            top,
            place,
        )
        for place in range(units)
    ]
    Unit.objects.bulk_create([top, *below])
    return top, below


def _unit(name: str, kind: str, parent: Unit | None, position: int) -> Unit:
    unit = Unit(name=name, kind=kind, parent=parent, position=position)
    unit.path = f"{parent.path if parent else ''}{unit.pk}/"
    refresh_search(unit, [])
    return unit


def _people(number: int, department: Unit, below: list[Unit]) -> dict[str, User]:
    role = RoleHolding.Role
    users = {}
    for name, held, unit in [
        ("officer", role.OFFICE, department),
        ("director", role.DIRECTOR, department),
        ("clerk", role.CLERK, below[0]),
    ]:
        user = User.objects.create(username=f"{name}-{number}", name=f"Giả Định {name}")
        RoleHolding.objects.create(user=user, role=held, unit=unit)
        users[name] = user
    for unit in below:
        person = Person.objects.create(full_name=f"Nguyễn Giả Định {unit.position + 1}")
        Position.objects.create(person=person, unit=unit, title="Giám đốc", is_head=True)
    return users


def _plan(office: Unit, year: int, *, by: User) -> Plan:
    at = datetime(year, 1, 2, 2, 0, tzinfo=UTC)
    file = File.objects.create(
        name="ke-hoach.docx",
        kind="docx",
        size=1,
        sha256=f"{office.position}{year:063d}",
        uploaded_at=at,
        uploaded_by=by,
    )
    return Plan.objects.create(
        office=office,
        year=year,
        title=f"KẾ HOẠCH Công tác thi đua, khen thưởng năm {year}",
        issuer=office.name,
        state=Plan.State.IN_FORCE,
        file=file,
        created_at=at,
        created_by=by,
        edited_at=at,
        in_force_at=at,
    )


def _work(
    plan: Plan, units: list[Unit], tasks: int, *, on: date, chance: random.Random, by: User
) -> None:
    made = [_task(plan, place, chance) for place in range(tasks)]
    Task.objects.bulk_create(made, batch_size=BATCH)
    occurrences = [
        Occurrence(
            plan=plan,
            task=task,
            due_on=task.due_on - timedelta(days=1) if task.due_on else None,
            due_reason=task.due_text,
        )
        for task in made
    ]
    Occurrence.objects.bulk_create(occurrences, batch_size=BATCH)
    lines = list(_lines(occurrences, units, on=on, chance=chance))
    Assignment.objects.bulk_create(lines, batch_size=BATCH)
    waiting = [line for line in lines if line.state == Assignment.State.REPORTED]
    Report.objects.bulk_create(
        [
            Report(
                assignment=line,
                note="Đơn vị đã tổ chức thực hiện xong, có báo cáo kèm theo.",
                reported_at=datetime(on.year, on.month, on.day, tzinfo=UTC),
                reported_by=by,
            )
            for line in waiting
        ],
        batch_size=BATCH,
    )


def _task(plan: Plan, place: int, chance: random.Random) -> Task:
    subject = _SUBJECTS[place // 100 % len(_SUBJECTS)]
    content = f"{_DUTIES[place % len(_DUTIES)]} trong lĩnh vực {subject.lower()}, lần {place + 1}"
    external = place % 50 == 49
    due_on = date(plan.year, 1, 5) + timedelta(days=chance.randrange(360))
    text = "Theo lịch của Thành phố" if external else f"Trước ngày {due_on:%d/%m/%Y}"
    return Task(
        plan=plan,
        position=place,
        number=str(place + 1),
        content=content,
        group=subject,
        due_kind=Task.Due.EXTERNAL if external else Task.Due.BEFORE,
        due_text=text,
        due_on=None if external else due_on,
        part=Task.Part.ANNEX,
        quote=f"{place + 1} | {content} | Các phòng, đơn vị thuộc Sở | {text}",
        folded=fold(content),
    )


def _lines(
    occurrences: list[Occurrence], units: list[Unit], *, on: date, chance: random.Random
) -> Iterator[Assignment]:
    states = Assignment.State
    for occurrence in occurrences:
        due = occurrence.due_on or date(on.year, 12, 31)
        age = (on - due).days
        done = 0.97 if age > 30 else 0.75 if age > 0 else 0.15 if age > -30 else 0.01
        for place, unit in enumerate(units):
            draw = chance.random()
            state = states.ACCEPTED if draw < done else states.OPEN
            if state == states.OPEN and chance.random() < 0.02:
                state = states.REPORTED
            reported = due if state != states.OPEN else None
            yield Assignment(
                occurrence=occurrence,
                unit=unit,
                part=Assignment.Part.SUPPORT if place else Assignment.Part.LEAD,
                state=state,
                through="Các phòng, đơn vị thuộc Sở" if place else "",
                reported_on=reported,
                accepted_on=reported if state == states.ACCEPTED else None,
            )
