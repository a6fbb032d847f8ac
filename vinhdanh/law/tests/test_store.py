"""The law in force stays in force while a later one has faults, also after a restart."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from vinhdanh.law import store
from vinhdanh.law.book import DATA, read_book
from vinhdanh.law.files import MalformedError
from vinhdanh.law.store import InForce, Store
from vinhdanh.law.tests.make import a_law

LDTT = "awards/dh_ldtt.yaml"
HIGHER, BROKEN = {LDTT: ("rank: 10", "rank: 11")}, {LDTT: ("rank: 10", "rank: ten")}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return a_law(tmp_path / "law")


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    (tmp_path / "var").mkdir()
    return tmp_path / "var/law"


def test_the_law_of_the_folder_is_in_force(folder: Path):
    assert Store(folder).in_force() == InForce(read_book(folder))


def test_a_changed_file_is_read_again_and_an_unchanged_one_is_not(folder: Path):
    held = Store(folder, look_every=0)
    before = held.in_force()

    assert held.in_force() is before
    a_law(folder, HIGHER)
    assert held.in_force().book.awards["DH_LDTT"].rank == 11


def test_the_files_are_not_looked_at_more_often_than_said(folder: Path):
    held = Store(folder, look_every=3600)
    before = held.in_force()

    a_law(folder, HIGHER)

    assert held.in_force() is before


def test_a_folder_with_a_fault_is_refused_while_the_law_in_force_stays(folder: Path):
    held = Store(folder, look_every=0)
    before = held.in_force()
    a_law(folder, BROKEN)
    changed = datetime.fromtimestamp((folder / LDTT).stat().st_mtime, UTC)

    refused = held.in_force()

    assert refused.book is before.book
    said = "giá trị không hợp lệ ở “rank”: phải là số nguyên"
    assert refused.faults == (f"{folder}/{LDTT}:6: {said}",)
    assert refused.refused_at is not None
    assert abs((refused.refused_at - changed).total_seconds()) < 1


def test_a_file_that_goes_missing_is_a_fault_too(folder: Path):
    held = Store(folder, look_every=0)
    before = held.in_force()

    (folder / LDTT).unlink()

    assert held.in_force().book is before.book
    said = "không có danh hiệu, hình thức nào mã DH_LDTT"
    assert held.in_force().faults == (f"{folder}/awards/dh_cstd_cs.yaml:12: {said}",)


def test_a_mended_folder_is_in_force_again(folder: Path):
    held = Store(folder, look_every=0)
    held.in_force()
    a_law(folder, BROKEN)
    held.in_force()

    a_law(folder, HIGHER)

    assert held.in_force() == InForce(read_book(folder))
    assert held.in_force().book.awards["DH_LDTT"].rank == 11


def test_after_a_restart_the_last_good_law_is_in_force(folder: Path, kept: Path):
    Store(folder, kept, look_every=0).in_force()
    a_law(folder, HIGHER)
    good = Store(folder, kept).in_force().book
    a_law(folder, BROKEN)

    restarted = Store(folder, kept).in_force()

    assert restarted.book == good
    assert restarted.book.awards["DH_LDTT"].rank == 11
    assert len(restarted.faults) == 1


def test_a_law_put_back_is_the_last_good_one_again(folder: Path, kept: Path):
    for changed in (None, HIGHER, None):
        a_law(folder, changed)
        Store(folder, kept).in_force()
    a_law(folder, BROKEN)

    assert Store(folder, kept).in_force().book.awards["DH_LDTT"].rank == 10


def test_without_a_good_copy_the_packaged_law_is_in_force(folder: Path, kept: Path):
    a_law(folder, BROKEN)

    held = Store(folder, kept).in_force()

    assert held.book.digest == read_book(DATA).digest
    assert len(held.faults) == 1


def test_a_spoilt_copy_is_passed_over(folder: Path, kept: Path):
    Store(folder, kept).in_force()
    a_law(folder, HIGHER)
    digest = Store(folder, kept).in_force().book.digest
    (kept / digest / LDTT).write_text("spoilt")
    a_law(folder, BROKEN)

    assert Store(folder, kept).in_force().book.awards["DH_LDTT"].rank == 10


def test_only_the_newest_copies_are_kept(folder: Path, kept: Path):
    for rank in range(11, 17):
        a_law(folder, {LDTT: ("rank: 10", f"rank: {rank}")})
        digest = Store(folder, kept).in_force().book.digest

    assert len(list(kept.iterdir())) == 3
    assert (kept / digest / LDTT).read_bytes() == (folder / LDTT).read_bytes()


def test_where_nothing_is_installed_nothing_is_kept(folder: Path, tmp_path: Path):
    Store(folder, tmp_path / "none/law").in_force()

    assert not (tmp_path / "none").exists()


def test_the_packaged_law_broken_and_no_copy_is_a_loud_failure(folder: Path, monkeypatch):
    a_law(folder, BROKEN)
    monkeypatch.setattr(store, "DATA", folder)

    with pytest.raises(MalformedError, match="rank"):
        Store(folder).in_force()


def test_many_threads_get_one_law(folder: Path, kept: Path):
    held = Store(folder, kept)

    with ThreadPoolExecutor(8) as threads:
        books = {id(book.book) for book in threads.map(lambda _: held.in_force(), range(64))}

    assert len(books) == 1


def test_two_processes_keep_the_same_law_and_refuse_the_same_fault(folder: Path, kept: Path):
    says = (
        "import sys; from pathlib import Path; from vinhdanh.law.store import Store\n"
        "held = Store(Path(sys.argv[1]), Path(sys.argv[2])).in_force()\n"
        "print(held.book.awards['DH_LDTT'].rank, len(held.faults))"
    )

    def both() -> list[str]:
        command = [sys.executable, "-c", says, str(folder), str(kept)]
        running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
        return [process.communicate()[0].strip() for process in running]

    assert both() == ["10 0", "10 0"]
    assert [path.name for path in kept.iterdir()] == [read_book(folder).digest]
    a_law(folder, BROKEN)
    assert both() == ["10 1", "10 1"]
