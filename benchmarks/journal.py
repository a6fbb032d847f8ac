"""Journal lines a second from 8 writers, beside the same inserts without a chain; then verifying.

Every writer is a process with a connection of its own and puts each line into a transaction of its
own, as a page does. "Without a chain" is the same code writing the same rows into a table with the
same indexes and no triggers. Verifying is measured over LINES lines (200,000 unless told). The
database below `var/bench-journal` (VINHDANH_VAR for another place) keeps what it is given.
"""

import multiprocessing
import os
import time
from multiprocessing.synchronize import Barrier as Gate
from typing import Any

import django

from benchmarks.running import running

WRITERS = 8
SECONDS = 10.0
ROUNDS = 3  # of each way, by turns, so that whatever else the machine does falls on both
LINES = int(os.environ.get("LINES", "200000"))
_AT_ONCE = 20_000


def main() -> None:
    """Measure on a database that is up to date."""
    with running("bench-journal"):
        _writing()
        _verifying()


def _writing() -> None:
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute("CREATE SCHEMA IF NOT EXISTS plain")
        cursor.execute(
            "CREATE TABLE IF NOT EXISTS plain.journal_line"
            " (LIKE public.journal_line INCLUDING DEFAULTS INCLUDING INDEXES)"
        )
    connection.close()
    rates: dict[str, list[float]] = {"public": [], "plain": []}
    for _round in range(ROUNDS):
        for schema, found in rates.items():
            found.append(_rate(schema))
    chained, plain = (sorted(found)[ROUNDS // 2] for found in rates.values())
    print(f"{WRITERS} writers, {SECONDS:.0f} s each way, {ROUNDS} rounds by turns, medians:")
    print(f"  journal, chained        {chained:8,.0f} lines/s")
    print(f"  the same, no chain      {plain:8,.0f} lines/s")
    print(f"  chained to unchained    {chained / plain:8.0%}")


def _rate(schema: str) -> float:
    context = multiprocessing.get_context("spawn")
    gate, counts = context.Barrier(WRITERS), context.Queue()
    hands = [context.Process(target=_write, args=(schema, gate, counts)) for _ in range(WRITERS)]
    for hand in hands:
        hand.start()
    total = sum(counts.get() for _ in hands)
    for hand in hands:
        hand.join()
    return total / SECONDS


def _write(schema: str, gate: Gate, counts: Any) -> None:
    django.setup()
    from django.db import connection, transaction  # noqa: PLC0415

    from vinhdanh.accounts.models import User  # noqa: PLC0415
    from vinhdanh.journal import actions  # noqa: PLC0415

    writer = User(username="bench", name="Nguyễn Văn Thử")
    with connection.cursor() as cursor:
        cursor.execute(f"SET search_path TO {schema}, public")
    gate.wait()
    count, end = 0, time.monotonic() + SECONDS
    while time.monotonic() < end:
        with transaction.atomic():
            actions.record("report accepted", writer, by=writer, detail={"label": f"Kỳ {count}"})
        count += 1
    counts.put(count)


def _verifying() -> None:
    from django.db import connection  # noqa: PLC0415

    from vinhdanh.journal import queries  # noqa: PLC0415
    from vinhdanh.journal.models import Link  # noqa: PLC0415

    while (missing := LINES - Link.objects.count()) > 0:
        with connection.cursor() as cursor:
            cursor.execute(
                """
                INSERT INTO journal_line (id, at, actor_id, actor_name, whence, deed, thing_kind,
                                          thing_id, thing_name, detail)
                SELECT gen_random_uuid(), now(), gen_random_uuid(), 'Nguyễn Văn Thử', '10.0.0.7',
                       'report accepted', 'plans.Report', gen_random_uuid(), 'Phòng Nghiệp vụ',
                       jsonb_build_object('label', 'Kỳ ' || number)
                FROM generate_series(1, %s) AS number
                """,
                [min(missing, _AT_ONCE)],
            )
    begin = time.monotonic()
    verdict = queries.verify()
    took = time.monotonic() - begin
    assert verdict.fault is None, verdict
    print(f"verifying {verdict.count:,} lines: {took:.1f} s, {verdict.count / took:,.0f} lines/s")


if __name__ == "__main__":
    main()
