"""Killed in the midst of work: no number and no mail is lost or doubled, and all can be verified.

An office issues papers and releases mailings through its pages, several people at once, while web,
worker and database are killed again and again. FAULT_SEED repeats the order in which they were.
"""

import contextlib
import os
import random
import re
import resource
import signal
import socket
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import psutil
import pytest
import requests
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.faults import Browser, System, ended, free_port, lives, vinhdanh
from vinhdanh.documents.models import File
from vinhdanh.documents.tests.stores import on_disk
from vinhdanh.notices.tests.servers import Sink, mail_server
from vinhdanh.secretariat.models import Paper, RegisterYear
from vinhdanh.secretariat.tests.browse import as_user
from vinhdanh.secretariat.tests.make import a_draft, an_office, an_officer
from vinhdanh.secretariat.tests.make_mailings import House

pytestmark = [
    pytest.mark.xdist_group("run"),
    pytest.mark.skipif("DATABASE_URL" in os.environ, reason="this is about the embedded server"),
]
PARTS = ("web", "worker", "database")
BUSY = {"drafts": 90, "mailings": 2, "recipients": 200}
NUMBER = re.compile(r"Số, ký hiệu</dt><dd><a [^>]*>([^<]+)</a>")
RELEASED = re.compile(r"<dt>Cho gửi</dt><dd>")

AN_OFFICE = """
from django.utils import timezone
from vinhdanh.people.models import RoleHolding
from vinhdanh.people.tests.make import a_user_with
from vinhdanh.secretariat.rules.mailings import Addressee
from vinhdanh.secretariat.rules.papers import MOST_LINES_AT_ONCE
from vinhdanh.secretariat.tests.make import a_draft, a_table, an_office
from vinhdanh.secretariat.tests.make_mailings import a_file, a_mailing

at, office = timezone.now(), an_office()
by = a_user_with(RoleHolding.Role.OFFICE, office, username=f"van-thu-{office.pk}", email="")
long = {"text": "{bảng dài}", "tables": {"dài": a_table(MOST_LINES_AT_ONCE + 1)}}
outside = lambda mailing: [
    Addressee(f"Đơn vị {number}", f"{mailing}-{number}-{office.pk}@example.vn")
    for number in range(%(recipients)d)
]
print(json.dumps({
    "office": str(office.pk),
    "username": by.username,
    "drafts": [str(a_draft(office, by=by).pk) for _ in range(%(drafts)d)],
    "long": str(a_draft(office, by=by, **long).pk),
    "mailings": [
        str(a_mailing(office, by=by, addressees=outside(number), files=[a_file(by)]).pk)
        for number in range(%(mailings)d)
    ],
}))
"""
# What the next minutes bring, without waiting for them: what broke off is found.
ELEVEN_MINUTES_LATER = """
from datetime import timedelta
from django.utils import timezone
from vinhdanh.notices import actions
print(actions.hand_over(at=timezone.now() + timedelta(minutes=11), channels=["mail"]))
"""
ISSUED = """
import re, zipfile
import pypdfium2
from vinhdanh.documents.queries import open_file
from vinhdanh.journal.models import Line
from vinhdanh.secretariat.models import Paper, RegisterYear

def words(paper):
    with open_file(paper.pdf) as stream:
        in_pdf = pypdfium2.PdfDocument(stream.read())[0].get_textpage().get_text_range()
    with open_file(paper.docx) as stream, zipfile.ZipFile(stream) as docx:
        in_docx = re.sub("<[^>]+>", "", docx.read("word/document.xml").decode())
    return in_pdf, in_docx

papers = Paper.objects.filter(office="%(office)s", state="issued").select_related("number")
print(json.dumps({
    "papers": {str(paper.pk): paper.number.text for paper in papers},
    "numbers": sorted(paper.number.number for paper in papers),
    "lasts": list(RegisterYear.objects.filter(register__office="%(office)s")
                  .values_list("last_number", flat=True)),
    "unlike": [str(paper.pk) for paper in papers
               if not all(paper.number.text in text for text in words(paper))],
    "lines": Line.objects.filter(deed="paper issued", thing_id__in=papers).count(),
}))
"""


@pytest.fixture
def sink() -> Iterator[tuple[Sink, dict[str, str]]]:
    """A mail server, and what leads a system to it."""
    settings = SimpleNamespace()
    with mail_server(settings, seconds_each=0.005) as server:
        leading = {"EMAIL_HOST": settings.EMAIL_HOST, "EMAIL_PORT": str(settings.EMAIL_PORT)}
        yield server, leading


@pytest.fixture
def server(sink: tuple[Sink, dict[str, str]]) -> Sink:
    return sink[0]


@pytest.fixture
def system(system_folder: Path, sink: tuple[Sink, dict[str, str]]) -> Iterator[System]:
    running = System(system_folder, free_port(), **sink[1])
    try:
        running.until_answering()
        yield running
    finally:
        running.process.send_signal(signal.SIGTERM)
        running.process.wait(60)


class Work:
    """An office at work: what its people were told was done, by key, and odd answers they got."""

    def __init__(self, system: System) -> None:
        self.system = system
        self.office = system.do(AN_OFFICE % BUSY)
        self.officer = Browser(system, self.office["username"])
        self.issued: dict[str, str] = {}
        self.released: set[str] = set()
        self.odd: list[str] = []
        self.over = threading.Event()

    def begin(self) -> list[threading.Thread]:
        """Three who issue a third of the drafts each, and two who release the same mailings."""
        drafts = self.office["drafts"]
        threads = [
            threading.Thread(target=self._issue, args=[self.officer.twin(), drafts[part::3]])
            for part in range(3)
        ]
        threads += [
            threading.Thread(target=self._release, args=[self.officer.twin()])
            for _twice in range(2)
        ]
        for thread in threads:
            thread.start()
        return threads

    def send_long_paper(self) -> None:
        browser = self.officer.twin()
        sent = browser.send(_issuing(self.office["long"]), _today())
        assert sent.status_code == 200, sent.text

    def _issue(self, browser: Browser, drafts: list[str]) -> None:
        for draft in drafts:
            page = self._until_done(
                lambda draft=draft: browser.send(_issuing(draft), _today()), NUMBER.search
            )
            if page is None:
                return
            self.issued[draft] = NUMBER.search(page)[1]  # type: ignore[index]

    def _release(self, browser: Browser) -> None:
        for mailing in self.office["mailings"]:
            page = self._until_done(
                lambda mailing=mailing: browser.send(
                    f"/van-thu/hop-thu-di/gui/?chon={mailing}", {"chon": mailing}
                )
            ) and self._until_done(
                lambda mailing=mailing: browser.open(f"/van-thu/hop-thu-di/{mailing}/"),
                RELEASED.search,
            )
            if page is None:
                return
            self.released.add(mailing)

    def _until_done(
        self,
        deed: Callable[[], requests.Response],
        is_done: Callable[[str], Any] = bool,
    ) -> str | None:
        """The page that says so, trying again as long as the system does not; None: it is over."""
        while not self.over.is_set():
            with contextlib.suppress(requests.RequestException):
                answer = deed()
                if answer.status_code == 200 and is_done(answer.text):
                    return answer.text
                if answer.status_code < 500:
                    self.odd.append(f"{answer.status_code} {answer.url}\n{answer.text}")
            self.over.wait(0.1)
        return None


def test_nothing_is_lost_or_doubled_whatever_is_killed_while_an_office_works(
    system: System, server: Sink, tmp_path: Path
):
    chance = random.Random(_seed())
    work = Work(system)
    people = work.begin()
    try:
        _kill_while_a_long_paper_is_laid_out(work)
        broken_off = _backup(system, tmp_path / "dut.tar")
        for part in chance.sample(PARTS * 2, 6):
            _after(chance.randint(1, 4), work)
            _kill(system, part, chance)
        whole = _backup(system, tmp_path / "sao-luu.tar")
        while whole.poll() is None:
            _after(1, work)
            _kill(system, chance.choice(["web", "worker"]), chance)
        people[-1].join(60)
    finally:
        work.over.set()
        for person in people:
            person.join()

    system.until_answering()
    assert work.odd == []
    assert (ended(broken_off)[0], (tmp_path / "dut.tar").exists()) in [(0, True), (1, False)]
    assert ended(whole) == (0, "")
    _all_ended(system)
    _papers_are_whole(work)
    _mails_are_whole(work, server)
    verifying = [
        vinhdanh("journal", "verify", var=system.var),
        vinhdanh("documents", "verify", var=system.var),
        vinhdanh(
            "restore", str(tmp_path / "sao-luu.tar"), "--into", str(tmp_path / "moi"), var=tmp_path
        ),
    ]
    assert [ended(each) for each in verifying] == [(0, "")] * 3
    system.process.send_signal(signal.SIGTERM)
    assert system.process.wait(60) == 0
    assert system.processes() == []


def test_an_upload_that_breaks_off_leaves_nothing(system: System):
    office = system.do(AN_OFFICE % {"drafts": 0, "mailings": 1, "recipients": 1})
    browser = Browser(system, office["username"])
    page = f"/van-thu/hop-thu-di/{office['mailings'][0]}/"
    known = _stored(system)
    begun = browser.begin_upload(
        page, f"{page}dinh-kem/", "uploads", "Báo cáo.\n".encode() * 400_000
    )

    for part in (begun[: len(begun) // 2], begun[:-200]):
        with browser.sending(part):
            pass
        with browser.sending(part) as connection:
            connection.shutdown(socket.SHUT_WR)
            assert connection.recv(12) == b"HTTP/1.1 422"
    assert browser.open(page).status_code == 200

    system.process.send_signal(signal.SIGTERM)
    assert system.process.wait(60) == 0
    assert _stored(system) == known


@pytest.fixture
def full_disk(tmp_path: Path, settings: Any) -> Iterator[Path]:
    """A store in which this process can write no more than a few lines."""
    folder = tmp_path / "media"
    settings.STORAGES = {**settings.STORAGES, "default": on_disk(folder)}
    known = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, known[1]))
    try:
        yield folder
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, known)


@pytest.mark.django_db
def test_a_full_disk_is_said_and_takes_no_number(full_disk: Path):
    office = an_office()
    by = an_officer(office)
    draft = a_draft(office, by=by)

    answer = as_user(by).post(_issuing(str(draft.pk)), _today())

    draft.refresh_from_db()
    assert (answer.status_code, "Máy chủ hết chỗ chứa" in answer.content.decode()) == (422, True)
    assert (draft.state, draft.signed_on) == (Paper.State.DRAFT, None)
    assert not RegisterYear.objects.filter(last_number__gt=0).exists()
    assert not File.objects.exists()
    assert [path for path in full_disk.rglob("*") if path.is_file()] == []


@pytest.mark.django_db
def test_a_full_disk_is_said_and_leaves_nothing_of_an_upload(full_disk: Path):
    house = House()
    mailing = house.mailing()
    upload = SimpleUploadedFile("bao-cao.txt", "Báo cáo.\n".encode() * 1_000)

    answer = as_user(house.officer).post(
        f"{mailing.get_absolute_url()}dinh-kem/", {"uploads": upload}
    )

    assert (answer.status_code, "Máy chủ hết chỗ chứa" in answer.content.decode()) == (422, True)
    assert not File.objects.exists()
    assert [path for path in full_disk.rglob("*") if path.is_file()] == []


def _stored(system: System) -> list[str]:
    """All that lies in the store and among what is being received."""
    folders = [system.var / "media", system.received]
    return sorted(str(path) for folder in folders for path in folder.rglob("*") if path.is_file())


def _kill_while_a_long_paper_is_laid_out(work: Work) -> None:
    system = work.system
    work.send_long_paper()
    doing = "SELECT count(*) FROM procrastinate_jobs WHERE status = 'doing' AND task_name LIKE %s"
    system.until(lambda: system.ask(doing, "%issue_paper") == [(1,)])
    os.kill(system.pid("worker"), signal.SIGKILL)


def _after(count: int, work: Work) -> None:
    """Wait until so many more papers were issued, or all are."""
    wanted = min(len(work.issued) + count, BUSY["drafts"])
    work.system.until(lambda: len(work.issued) >= wanted)


def _kill(system: System, part: str, chance: random.Random) -> None:
    """Kill the process of a part, or one that it has started."""
    system.until(lambda: lives(system.pid(part)))
    first = psutil.Process(system.pid(part))
    dying = chance.choice([first, *first.children()])
    dying.kill()


def _backup(system: System, path: Path) -> Any:
    return vinhdanh("backup", "--to", str(path), var=system.var, port=system.port)


def _all_ended(system: System) -> None:
    """The system ends by itself what it had begun; nothing is held any more."""
    waiting = (
        "SELECT count(*) FROM secretariat_paper WHERE state = 'issuing' UNION ALL "
        "SELECT count(*) FROM notices_delivery WHERE state = 'waiting'"
    )
    system.until(lambda: system.ask(waiting) == [(0,), (0,)])
    held = "SELECT query FROM pg_stat_activity WHERE xact_start < now() - interval '5 seconds'"
    assert system.ask(held) == []
    assert system.ask("SELECT gid FROM pg_prepared_xacts") == []
    for table in ("secretariat_registeryear", "secretariat_paper", "secretariat_mailing"):
        system.ask(f"SELECT id FROM {table} FOR UPDATE NOWAIT")


def _papers_are_whole(work: Work) -> None:
    found = work.system.do(ISSUED % work.office)

    count = len(found["papers"])
    assert found["numbers"] == list(range(1, count + 1))
    assert found["lasts"] == [count]
    assert found["lines"] == count
    assert found["unlike"] == []
    assert work.issued.items() <= found["papers"].items()
    assert work.office["long"] in found["papers"]


def _mails_are_whole(work: Work, server: Sink) -> None:
    system, office = work.system, work.office
    system.do(ELEVEN_MINUTES_LATER)

    letters = system.ask(
        "SELECT batch_id::text, address, state FROM notices_delivery WHERE office_id = %s",
        office["office"],
    )
    arrived = Counter(server.addresses)
    unsure = {address for _batch, address, state in letters if state == "unsure"}
    assert work.released == set(office["mailings"])
    assert Counter(batch for batch, _address, _state in letters) == dict.fromkeys(
        office["mailings"], BUSY["recipients"]
    )
    assert {state for _batch, _address, state in letters} <= {"sent", "unsure"}
    assert set(arrived.values()) == {1}
    assert {address for _batch, address, _state in letters} - set(arrived) <= unsure


def _issuing(paper: str) -> str:
    return f"/van-thu/van-ban/{paper}/phat-hanh/"


def _today() -> dict[str, str]:
    return {"signed_on": date.today().isoformat()}


def _seed() -> int:
    seed = int(os.environ.get("FAULT_SEED") or random.SystemRandom().randrange(10**6))
    print(f"FAULT_SEED={seed}")  # noqa: T201 (shown when the test fails)
    return seed
