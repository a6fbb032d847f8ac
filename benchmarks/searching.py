"""A register of millions of invented awards, and what finding in it costs."""

import csv
import functools
import os
import random
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from django.db import connection
from django.http import HttpRequest, QueryDict
from django_tables2 import RequestConfig

from vinhdanh.accounts.models import User
from vinhdanh.common.ids import new_id
from vinhdanh.common.vietnamese import fold, given_name_key, words
from vinhdanh.honours import access
from vinhdanh.honours.filters import RegisterFilter
from vinhdanh.honours.models import Conferral, Origin
from vinhdanh.honours.queries.search import CappedPaginator
from vinhdanh.honours.tables import RegisterTable
from vinhdanh.law import store
from vinhdanh.people.models import Person, Position, RoleHolding, Unit, refresh_search

ROWS = int(os.environ.get("ROWS", "2000000"))
ON = date(2026, 3, 2)
AWARDS_EACH = 20
UNITS = 1_000
ASKED = 100
LISTED = 20
# So often the slow ways are asked.
SLOW = 5
_FAMILIES = "Nguyễn Nguyễn Nguyễn Nguyễn Trần Trần Lê Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ"
_MIDDLES = "Văn Thị Văn Thị Hữu Đức Thanh Minh Ngọc Quang Thu Xuân Hoài Kim Bảo Anh Phương Khánh"
_GIVEN = (
    "An Anh Ánh Bình Chi Cường Dũng Dung Đạt Đức Giang Hà Hải Hạnh Hiền Hiếu Hòa Hoa Hồng Hùng Huy "
    "Hương Khánh Khôi Kiên Lan Lâm Liên Linh Loan Long Mai Mạnh Minh My Nam Nga Ngân Nghĩa Ngọc "
    "Nhung Oanh Phong Phúc Phương Quang Quân Quỳnh Sơn Tâm Tân Thảo Thắng Thành Thịnh Thu Thủy "
    "Tiến Toàn Trang Trung Tú Tuấn Tùng Uyên Vân Việt Vinh Vũ Xuân Yến"
)


def fill() -> bool:
    """Make a city with UNITS units and ROWS awards of their persons; False where it is there."""
    if Conferral.objects.exists():
        return False
    chance = random.Random(2026)
    city = _unit("Thành phố Thí điểm", Unit.Kind.CITY, None)
    units = [
        _unit(f"Trung tâm Nghiệp vụ {number} (giả định)", Unit.Kind.AFFILIATED, city)
        for number in range(UNITS)
    ]
    Unit.objects.bulk_create([city, *units])
    users = {}
    for role, unit in (("office", city), ("clerk", units[0])):
        users[role] = User.objects.create(username=f"{role}-0", name=f"Giả Định {role}")
        RoleHolding.objects.create(user=users[role], role=role, unit=unit)
    origin = Origin.objects.create(how=Origin.How.SHEET, note="register.csv")
    persons = _persons(chance, units)
    with connection.cursor() as cursor, connection.schema_editor() as editor:
        # Made at one go: keys are true as they are made, indexes are built afterwards.
        cursor.execute("SET session_replication_role = replica")
        for index in Conferral._meta.indexes:
            editor.remove_index(Conferral, index)
        _copy(cursor, _conferrals(chance, persons, city, users["office"], origin))
        for index in Conferral._meta.indexes:
            editor.add_index(Conferral, index)
        cursor.execute("SET session_replication_role = origin")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return True


def _unit(name: str, kind: str, parent: Any) -> Any:
    unit = Unit(name=name, kind=kind, parent=parent)
    unit.path = f"{parent.path if parent else ''}{unit.pk}/"
    refresh_search(unit, [])
    return unit


def _persons(chance: random.Random, units: list[Any]) -> list[tuple[Any, Any]]:
    """Persons with the unit in which each serves."""
    parts = _FAMILIES.split(), _MIDDLES.split(), _GIVEN.split()
    made = []
    for _number in range(ROWS // AWARDS_EACH):
        name = " ".join(chance.choice(part) for part in parts)
        person = Person(full_name=name, folded=fold(name), sort_key=given_name_key(name))
        made.append((person, chance.choice(units)))
    Person.objects.bulk_create([person for person, _unit in made], batch_size=5_000)
    posts = [Position(person=person, unit=unit, title="Viên chức") for person, unit in made]
    Position.objects.bulk_create(posts, batch_size=5_000)
    return made


def _conferrals(
    chance: random.Random, persons: list[tuple[Any, Any]], city: Any, user: Any, origin: Any
) -> Iterator[dict[str, Any]]:
    awards = ["DH_LDTT"] * 6 + ["DH_CSTD_CS"] * 3 + ["DH_CSTD_TINH", "HT_BK_TINH_CN", "HT_GK_SO"]
    recorded_at = datetime(2026, 3, 1, tzinfo=UTC)
    for person, unit in persons:
        for place in range(AWARDS_EACH):
            year = 2025 - place
            number = f"{chance.randrange(1, 4000)}/QĐ-UBND"
            said = (person.full_name, unit.name, number)
            yield {
                "id": new_id(),
                "office_id": city.pk,
                "person_id": person.pk,
                "name_written": person.full_name,
                "unit_written": unit.name,
                "origin_id": origin.pk,
                "recorded_at": recorded_at,
                "recorded_by_id": user.pk,
                "withdrawn_because": "",
                "award": chance.choice(awards),
                "achieved_from": date(year, 1, 1),
                "achieved_until": date(year, 12, 31),
                "kind": "merit",
                "decision_number": number,
                "decided_on": date(year + 1, 1, 15),
                "signer": "",
                "body": "Thành phố Thí điểm",
                "certificate_number": "",
                "year": year,
                "folded": " ".join(word for text in said for word in words(text)),
                "unit_folded": " ".join(words(unit.name)),
                "sort_key": person.sort_key,
            }


def _copy(cursor: Any, rows: Iterator[dict[str, Any]]) -> None:
    first = next(rows)
    columns = ", ".join(first)
    with cursor.copy(f"COPY honours_conferral ({columns}) FROM STDIN") as into:
        into.write_row(list(first.values()))
        for row in rows:
            into.write_row(list(row.values()))


def measure(sheet: Path) -> None:
    """Print p50 and p95 of each kind of question, and how many times longer the other ways take."""
    started = time.perf_counter()
    if fill():
        print(f"{ROWS:,} awards made in {time.perf_counter() - started:.0f} s")
    if not sheet.exists():
        _write(sheet)
    chance = random.Random(7)
    total = Conferral.objects.count()
    some = Conferral.objects.order_by("id").values_list(
        "name_written", "unit_written", "decision_number", "year", "award"
    )
    known = [some[chance.randrange(total)] for _ in range(ASKED)]
    print(f"{total:,} awards, {len(known)} questions of each kind, first page with its count")
    questions: dict[str, Callable[[Any], dict[str, str]]] = {
        "whole name": lambda row: {"q": row[0]},
        "two words of a name's beginning": lambda row: {"q": " ".join(row[0].split()[:2])},
        "middle and given name": lambda row: {"q": " ".join(row[0].split()[1:])},
        "given name": lambda row: {"q": row[0].split()[-1]},
        "name in another order": lambda row: {"q": " ".join(reversed(row[0].split()))},
        "unit": lambda row: {"q": row[1].replace(" (giả định)", "")},
        "what all units begin with": lambda row: {"q": row[1][:20]},
        "decision number": lambda row: {"q": row[2]},
        "name and decision": lambda row: {"q": f"{row[0]} {row[2]}"},
        "name, award, year": lambda row: {"q": row[0], "award": row[4], "year": str(row[3])},
        "award and year": lambda row: {"award": row[4], "year": str(row[3])},
        "no condition": lambda _row: {},
    }
    unit = str(Unit.objects.get(name__startswith="Trung tâm Nghiệp vụ 0 ").pk)
    listed = {
        "page 40, the last": {"page": "40"},
        "by year, the oldest first": {"sort": "year"},
        "by name": {"sort": "name"},
        "by name, page 40": {"sort": "name", "page": "40"},
        "an award": {"award": "HT_GK_SO"},
        "a year": {"year": "2019"},
        "a kind nobody has": {"kind": "foreign"},
        "collectives": {"recipient": "unit"},
        "a unit": {"unit": unit},
        "a unit, page 40": {"unit": unit, "page": "40"},
        "as the register stood": {"as_of": "2026-03-01"},
        "as it stood, long ago": {"as_of": "2020-01-01"},
        "many by two words, page 40": {"q": "nguyen van", "page": "40"},
        "many by two words, by name": {"q": "nguyen van", "sort": "name"},
    }
    everything = []
    for role in ("office", "clerk"):
        user = User.objects.get(username=f"{role}-0")
        print(f"\nas {role:<32} p50, ms  p95, ms  longest  CPU p50, ms  CPU p95, ms")
        for name, asked in questions.items():
            spent = [_spent(functools.partial(_ask, user, asked(row))) for row in known]
            everything += spent
            _print(name, spent)
    _print("all alike often", everything)
    print("\nthe list, as office")
    office = User.objects.get(username="office-0")
    for name, given in listed.items():
        _print(name, [_spent(functools.partial(_ask, office, given)) for _ in range(LISTED)])
    trips = [_spent(_round_trip) for _ in range(ASKED)]
    _print("merely asking for 1", trips)
    print("load of the machine:", *(f"{each:.1f}" for each in os.getloadavg()))
    _beside(sheet, known)


def _spent(deed: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds: how long one waits, and how long processors work, ours and the database's."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        # Nanoseconds on a processor come first. Only beside the embedded database is it ours.
        schedule = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")
    own, its = time.process_time(), int(schedule.read_text().split()[0])
    waited = _timed(deed)
    worked = (time.process_time() - own) * 1_000
    return waited, worked + (int(schedule.read_text().split()[0]) - its) / 1_000_000


def _print(name: str, spent: list[tuple[float, float]]) -> None:
    waited, worked = ([each[place] for each in spent] for place in (0, 1))
    wait, work = (statistics.quantiles(each, n=20) for each in (waited, worked))
    print(
        f"  {name:<33} {wait[9]:>7.1f}  {wait[18]:>7.1f}  {max(waited):>7.1f}"
        f"  {work[9]:>11.1f}  {work[18]:>11.1f}"
    )


def _round_trip() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()


def _ask(user: Any, asked: dict[str, str]) -> list[Any]:
    """What the list asks of the database: the rows of a page, and how many there are."""
    request = HttpRequest()
    query = QueryDict(mutable=True)
    query.update(asked)
    request.GET = query  # type: ignore[assignment]
    scope = access.scope(user, on=ON)
    chosen = RegisterFilter(
        query,
        queryset=scope.conferrals,
        on=ON,
        book=store.book(),
        units=Unit.objects.all(),
        few=scope.few,
    )
    table = RegisterTable(chosen.qs.order_by("-year", "sort_key", "pk"), book=store.book())
    pages = functools.partial(CappedPaginator, known=chosen.known)
    paginate = {"per_page": 25, "silent": True, "paginator_class": pages}
    RequestConfig(request, paginate=paginate).configure(table)
    return [row.record for row in table.paginated_rows]


def _timed(deed: Callable[[], object]) -> float:
    """Milliseconds."""
    started = time.perf_counter()
    deed()
    return (time.perf_counter() - started) * 1_000


def _write(sheet: Path) -> None:
    rows = Conferral.objects.values_list("folded", "name_written", "award", "year")
    with sheet.open("w", newline="") as stream:
        csv.writer(stream).writerows(rows.iterator(chunk_size=20_000))


def _beside(sheet: Path, known: list[Any]) -> None:
    """The same whole names in a sheet read through, and by LIKE without an index."""
    names = [fold(row[0]) for row in known[:SLOW]]
    office = User.objects.get(username="office-0")
    ours = statistics.median(
        _timed(functools.partial(_ask, office, {"q": row[0]})) for row in known[:ASKED]
    )

    def scan(name: str) -> int:
        with sheet.open(newline="") as stream:
            return sum(name in row[0] for row in csv.reader(stream))

    def like(name: str) -> object:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT * FROM honours_conferral WHERE folded LIKE %s "
                "ORDER BY year DESC, sort_key LIMIT 25",
                [f"%{name}%"],
            )
            return cursor.fetchall()

    print(f"\nwhole name, median: {ours:.1f} ms")
    for way, deed in (("the sheet read through", scan), ("LIKE '%…%', no index", like)):
        spent = statistics.median(_timed(functools.partial(deed, name)) for name in names)
        print(f"  {way:<24} {spent:>8.0f} ms, {spent / ours:,.0f} times as long")
