"""What `board` measures, once the database runs and Django is set up."""

import contextlib
import http.client
import io
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from benchmarks import data
from vinhdanh.accounts.models import User
from vinhdanh.documents import tasks

ROOT = Path(__file__).resolve().parent.parent
USERS = 8
REQUESTS_EACH = 12
PORT = 8391
_TARGET = 300


def measure() -> None:
    """Print, for each page: queries, size, processor time of one request in this process, and how
    long eight readers at once wait for it."""
    offices = data.at_hand()
    print(f"{data.size()}; {USERS} readers at once, {REQUESTS_EACH} requests each\n")
    print(
        f"{'page':<34}{'reader':<10}{'queries':>8}{'kB':>7}{'CPU ms':>8}{'p50 ms':>9}{'p95 ms':>9}"
    )
    slowest = 0.0
    with _server():
        for name, reader, address in _pages(offices):
            queries, size, processor = _look(reader, address)
            times = _under_load(_session(reader), address)
            p50, p95 = statistics.median(times), statistics.quantiles(times, n=20)[-1]
            slowest = max(slowest, p95)
            print(
                f"{name:<34}{reader.username.partition('-')[0]:<10}"
                f"{queries:>8}{size / 1000:>7.0f}{processor:>8.0f}{p50:>9.0f}{p95:>9.0f}"
            )
    print(f"\nslowest p95: {slowest:.0f} ms (wanted: under {_TARGET} ms)\n")
    _beside_a_spreadsheet(offices)


def _pages(offices: data.Offices) -> list[tuple[str, User, str]]:

    plan = offices.plans[0]
    pk = [plan.pk]
    task = plan.tasks.all()[0]
    table = reverse("plans:table", args=pk)
    mine = reverse("plans:my_work")
    return [
        ("board", offices.officer, reverse("plans:board", args=pk)),
        ("board, own unit", offices.clerk, reverse("plans:board", args=pk)),
        ("table, 50 of 30,000 lines", offices.officer, table),
        ("table, late", offices.officer, f"{table}?state=late"),
        ("table, words", offices.officer, f"{table}?q=khen+thuong+chuyen+de"),
        ("table, sorted by standing", offices.officer, f"{table}?sort=standing"),
        ("table, sorted by unit", offices.officer, f"{table}?sort=unit"),
        ("year, 50 of 500 tasks", offices.officer, reverse("plans:plan", args=pk)),
        ("calendar", offices.officer, reverse("plans:calendar", args=pk)),
        ("task, 60 units", offices.officer, reverse("plans:task", args=[task.pk])),
        ("my work, 5 plans to run", offices.officer, mine),
        ("my work, one unit", offices.clerk, mine),
        ("my work, 5 plans overseen", offices.director, mine),
    ]


def _session(reader: User) -> str:
    """The cookie of a reader who has logged in."""

    client = Client()
    client.force_login(reader)
    return client.cookies["sessionid"].value


def _look(reader: User, address: str) -> tuple[int, int, float]:
    """How many queries a page makes, how many bytes of HTML it is, and how many milliseconds of
    the processor a warm request takes at best, the database's own work left out."""
    client = Client(headers={"host": "localhost"})
    client.force_login(reader)
    with CaptureQueriesContext(connection) as captured:
        page = client.get(address)
        queries = len(captured)
    assert page.status_code == 200, (address, page.status_code)
    times = []
    for _ in range(5):
        started = time.process_time()
        client.get(address)
        times.append((time.process_time() - started) * 1000)
    return queries, len(page.content), min(times)


@contextlib.contextmanager
def _server() -> Iterator[None]:
    """The web server as a department runs it: a process for each of four cores."""
    code = f"from config.serve import web; web(bind='127.0.0.1', port={PORT})"
    environment = {"VINHDANH_WEB_PROCESSES": "4", **os.environ, "PYTHONPATH": str(ROOT)}
    server = subprocess.Popen([sys.executable, "-c", code], env=environment, cwd=ROOT)
    try:
        _await(lambda: _get(_connect(), "/healthz", "") == 200)
        yield
    finally:
        server.terminate()
        server.wait(timeout=30)


def _await(ready: Callable[[], bool]) -> None:
    for _ in range(300):
        with contextlib.suppress(OSError, http.client.HTTPException):
            if ready():
                return
        time.sleep(0.1)
    raise RuntimeError("the web server did not answer within half a minute")


def _connect() -> http.client.HTTPConnection:
    return http.client.HTTPConnection("127.0.0.1", PORT, timeout=30)


def _get(connection: http.client.HTTPConnection, address: str, session: str) -> int:
    connection.request("GET", address, headers={"Cookie": f"sessionid={session}"})
    answer = connection.getresponse()
    answer.read()
    return answer.status


def _under_load(session: str, address: str) -> list[float]:
    """Milliseconds of each request, made by USERS readers at the same time; the first of each
    reader, which warms a process, is left out."""

    def read(_reader: int) -> list[float]:
        connection = _connect()
        times = []
        for _ in range(REQUESTS_EACH + 1):
            started = time.perf_counter()
            status = _get(connection, address, session)
            times.append((time.perf_counter() - started) * 1000)
            assert status == 200, (address, status)
        connection.close()
        return times[1:]

    with ThreadPoolExecutor(USERS) as readers:
        return [each for times in readers.map(read, range(USERS)) for each in times]


def _beside_a_spreadsheet(offices: data.Offices) -> None:

    client = Client(headers={"host": "localhost"})
    client.force_login(offices.officer)
    plan = offices.plans[0]
    asked = client.post(reverse("plans:table_export", args=[plan.pk]))
    waited = time.perf_counter()
    tasks.write_export(asked["Location"].rstrip("/").rpartition("/")[2])
    written = time.perf_counter() - waited
    file = client.get(f"{asked['Location']}tep/")
    exported = b"".join(file)
    file.close()

    def in_the_sheet() -> int:
        book = CalamineWorkbook.from_filelike(io.BytesIO(exported))
        rows = book.get_sheet_by_index(0).to_python()[4:]
        return sum(row[6] == "Quá hạn" for row in rows)

    late_address = f"{reverse('plans:table', args=[plan.pk])}?state=late"
    in_system = _timed(lambda: client.get(late_address))
    in_sheet = _timed(in_the_sheet)
    size = f"{len(exported) / 1e6:.1f} MB"
    print(f"export of all 30,000 lines to XLSX, in the background: {written:.1f} s, {size}")
    print(f"what is late, by opening and filtering that XLSX: {in_sheet * 1000:.0f} ms")
    print(f"what is late, by the table, one reader:           {in_system * 1000:.0f} ms")
    print(f"ratio: {in_sheet / in_system:.1f}")


def _timed(work: Callable[[], object], runs: int = 5) -> float:
    times = []
    for _ in range(runs):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return statistics.median(times)
