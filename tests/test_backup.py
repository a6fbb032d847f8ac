"""Backups: what is taken at one moment comes back whole, or not at all."""

import contextlib
import io
import json
import os
import tarfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Thread
from typing import Any

import psycopg
import pyrage
import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection
from django.test import override_settings

from config import archive, backup, check, database, restore
from vinhdanh.accounts.models import User
from vinhdanh.accounts.tests.make import a_user
from vinhdanh.common.refusal import Refused
from vinhdanh.documents import actions as documents
from vinhdanh.documents.models import File
from vinhdanh.documents.tests import stores
from vinhdanh.journal import actions as journal
from vinhdanh.journal import queries as verifying
from vinhdanh.people.tests.make import a_unit

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("run"),
    pytest.mark.skipif("DATABASE_URL" in os.environ, reason="this is about the embedded server"),
]
AT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
SECRET = "mật khẩu của bản sao lưu"


@pytest.fixture(autouse=True)
def store(tmp_path: Path) -> Iterator[Path]:
    """A store of files of the test's own."""
    folder = tmp_path / "store"
    backend = "django.core.files.storage.FileSystemStorage"
    kept = {"BACKEND": backend, "OPTIONS": {"location": folder}}
    with override_settings(STORAGES={"default": kept, "staticfiles": kept}):
        yield folder


@contextlib.contextmanager
def an_empty_database() -> Iterator[str]:
    """The address of an empty database on the server of the tests."""
    name = "restored"
    known = connection.get_connection_params()
    left_out = {"context", "cursor_factory", "prepare_threshold", "dbname"}
    rest = {key: value for key, value in known.items() if key not in left_out}
    with psycopg.connect(**rest, dbname="postgres", autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        server.execute(f"CREATE DATABASE {name} TEMPLATE template0")
        yield f"postgresql://{rest['user']}@/{name}?host={rest['host']}"
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def a_kept_file(by: User, text: str) -> File:
    return documents.keep(("bao-cao.txt", text.encode()), by=by, at=AT)


def a_house() -> User:
    """Units, lines of the journal, and two files, one of them handed in twice."""
    user = a_user()
    for number in range(3):
        journal.record("unit created", a_unit(name=f"Sở Thí điểm {number}"), by=user)
    for text in ("Báo cáo quý I", "Báo cáo quý II", "Báo cáo quý I"):
        a_kept_file(user, text)
    return user


def taken(path: Path, passphrase: str | None = None) -> backup.Manifest:
    return backup.write(path, passphrase=passphrase, at=AT)


def put_back(path: Path, into: Path, passphrase: str = "", url: str | None = None) -> Any:
    return restore.restore(path, into, ask=lambda: passphrase, url=url)


def rows(connected: Any) -> dict[str, list[tuple[Any, ...]]]:
    """The rows of the tables that matter, however they are reached."""
    found = {}
    for table in ("journal_line", "journal_link", "documents_file", "people_unit"):
        cursor = connected.cursor()
        cursor.execute(f"SELECT * FROM {table} ORDER BY 1")
        names = [column[0] for column in cursor.description]
        found[table] = [
            tuple(bytes(cell) if isinstance(cell, memoryview) else str(cell) for cell in row)
            for row in cursor.fetchall()
        ] + [tuple(names)]
    return found


def test_a_backup_comes_back_in_a_fresh_place_with_the_journal_whole(tmp_path, store):
    a_house()
    before, verdict = rows(connection), verifying.verify()

    manifest = taken(tmp_path / "sao-luu.tar")
    found = put_back(tmp_path / "sao-luu.tar", tmp_path / "moi")

    assert (found.manifest, found.files) == (manifest, 2)
    assert manifest.journal == (verdict.count, verdict.digest.hex())
    assert manifest.counts["journal_line"] == 3
    with (
        database.embedded(tmp_path / "moi") as address,
        psycopg.connect(address) as restored,
    ):
        restored.execute("SET TIME ZONE 'UTC'")
        assert rows(restored) == before
        with pytest.raises(psycopg.errors.IntegrityConstraintViolation, match="never changed"):
            restored.execute("UPDATE journal_line SET deed = 'x'")
    files = {path.name: path.read_bytes() for path in (tmp_path / "moi/media").glob("*/*")}
    assert files == {path.name: path.read_bytes() for path in store.glob("??/*")}


def test_what_comes_back_says_whether_the_key_of_its_secrets_is_there(tmp_path, monkeypatch):
    a_house()
    manifest = taken(tmp_path / "sao-luu.tar")
    assert settings.SECRET_KEY not in manifest.key

    without = put_back(tmp_path / "sao-luu.tar", tmp_path / "moi")
    monkeypatch.setenv("VINHDANH_SECRET_KEY_BEFORE", f"khác, {settings.SECRET_KEY}")
    given = put_back(tmp_path / "sao-luu.tar", tmp_path / "sau")

    assert (without.has_key, given.has_key) == (False, True)


def test_a_backup_taken_while_others_write_is_of_one_moment(tmp_path):
    user = a_house()
    ended, failed = Event(), []

    def write(number: int) -> None:
        try:
            count = 0
            while not ended.is_set():
                count += 1
                file = a_kept_file(user, f"Tệp {number}-{count}")
                journal.record("unit edited", a_unit(name=f"Sở {number}-{count}"), by=user)
                if count % 2:
                    documents.discard(file)
        except Exception as error:
            failed.append(error)
        finally:
            connection.close()

    writers = [Thread(target=write, args=[number]) for number in range(4)]
    for writer in writers:
        writer.start()
    try:
        manifest = taken(tmp_path / "sao-luu.tar", SECRET)
    finally:
        ended.set()
        for writer in writers:
            writer.join()

    assert failed == []
    assert manifest.lacking == []
    with an_empty_database() as url:
        found = put_back(tmp_path / "sao-luu.tar", tmp_path / "moi", SECRET, url)
        with psycopg.connect(url) as restored:
            known = restored.execute("SELECT count(DISTINCT sha256) FROM documents_file")
            assert known.fetchone() == (found.files,)
    assert found.manifest == manifest


def test_bytes_stay_while_a_backup_is_taken_and_are_swept_later(tmp_path):
    user = a_user()
    file = a_kept_file(user, "Báo cáo")
    place = file.place

    with backup._moment() as seen:
        documents.discard(file)
        assert default_storage.exists(place)
        assert seen.execute("SELECT count(*) FROM documents_file").fetchone() == (0,)

    documents.sweep(at=datetime.now(UTC) + timedelta(days=2))
    assert not default_storage.exists(place)


def test_two_backups_are_not_taken_at_once(tmp_path):
    with backup._moment(), pytest.raises(Refused, match="Một lần sao lưu khác"):
        taken(tmp_path / "sao-luu.tar")

    assert not (tmp_path / "sao-luu.tar").exists()


def test_a_file_that_the_store_has_lost_is_named_and_the_rest_comes_back(tmp_path):
    user = a_house()
    lost, altered = a_kept_file(user, "Sẽ mất"), a_kept_file(user, "Sẽ bị sửa")
    default_storage.delete(lost.place)
    Path(default_storage.path(altered.place)).write_text("Đã sửa")

    manifest = taken(tmp_path / "sao-luu.tar")
    with an_empty_database() as url:
        found = put_back(tmp_path / "sao-luu.tar", tmp_path / "moi", url=url)

    assert sorted(manifest.lacking) == sorted([lost.sha256, altered.sha256])
    assert found.files == 3


def test_files_in_an_s3_compatible_store_are_in_the_backup(tmp_path):
    with stores.an_s3_server() as address:
        bucket = stores.in_bucket(address, stores.a_bucket(address).name)
        with override_settings(STORAGES={"default": bucket, "staticfiles": bucket}):
            file, lost = (a_kept_file(a_user(), text) for text in ("Báo cáo", "Sẽ mất"))
            default_storage.delete(lost.place)
            manifest = taken(tmp_path / "sao-luu.tar")

    assert manifest.lacking == [lost.sha256]
    with tarfile.open(tmp_path / "sao-luu.tar") as tar:
        assert tar.extractfile(f"media/{file.place}").read() == "Báo cáo".encode()


def test_an_encrypted_backup_is_opened_by_any_program_that_knows_age(tmp_path):
    a_house()
    taken(tmp_path / "sao-luu.tar", SECRET)

    with tarfile.open(tmp_path / "sao-luu.tar") as outer:
        members = {member.name: outer.extractfile(member).read() for member in outer}
    assert list(members) == ["key.age", "backup.tar.age"]
    assert all(content.startswith(b"age-encryption.org/v1\n") for content in members.values())
    assert b"Quy I" not in members["backup.tar.age"]
    key = pyrage.passphrase.decrypt(members["key.age"], SECRET).decode().strip()
    opened = pyrage.decrypt(members["backup.tar.age"], [pyrage.x25519.Identity.from_str(key)])
    (tmp_path / "mo.tar").write_bytes(opened)
    with tarfile.open(tmp_path / "mo.tar") as inner:
        assert inner.getnames()[-1] == "manifest.json"


def test_a_wrong_passphrase_is_refused_and_leaves_nothing(tmp_path):
    taken(tmp_path / "sao-luu.tar", SECRET)

    with pytest.raises(Refused, match="Mật khẩu của bản sao lưu không đúng"):
        put_back(tmp_path / "sao-luu.tar", tmp_path / "moi", "đoán mò")

    assert not (tmp_path / "moi").exists()


def test_a_place_that_is_not_empty_is_refused_and_left_alone(tmp_path):
    taken(tmp_path / "sao-luu.tar")
    (tmp_path / "moi").mkdir()
    (tmp_path / "moi/giu-lai.txt").write_text("của người khác")

    with pytest.raises(Refused, match="thư mục trống"):
        put_back(tmp_path / "sao-luu.tar", tmp_path / "moi")

    assert [path.name for path in (tmp_path / "moi").iterdir()] == ["giu-lai.txt"]


def test_a_database_that_is_not_empty_is_refused_and_left_alone(tmp_path):
    taken(tmp_path / "sao-luu.tar")

    with an_empty_database() as url:
        with psycopg.connect(url) as connected:
            connected.execute("CREATE TABLE kept (id int)")
        with pytest.raises(Refused, match="phải trống"):
            put_back(tmp_path / "sao-luu.tar", tmp_path / "moi", url=url)
        with psycopg.connect(url) as connected:
            assert backup.counts(connected) == {"kept": 0}


@pytest.mark.parametrize("passphrase", [None, SECRET])
@pytest.mark.parametrize("harm", ["cut", "cut before the manifest", "flipped", "no backup"])
def test_a_damaged_backup_is_refused_and_leaves_nothing(tmp_path, harm, passphrase):
    a_house()
    whole = tmp_path / "sao-luu.tar"
    taken(whole, passphrase)
    content = bytearray(whole.read_bytes())
    if harm == "cut":
        content = content[: len(content) // 2]
    elif harm == "cut before the manifest":
        content = content[: _begin_of_manifest(whole)] if passphrase is None else content[:-20_000]
    elif harm == "flipped":
        content[_begin_of_files(whole) if passphrase is None else len(content) // 2] ^= 1
    else:
        content = bytearray(b"Kinh gui")
    whole.write_bytes(content)
    (tmp_path / "moi").mkdir()

    with (
        an_empty_database() as url,
        pytest.raises(Refused, match="Bản sao lưu bị hỏng hoặc không đầy đủ"),
    ):
        put_back(whole, tmp_path / "moi", passphrase or "", url)

    assert list((tmp_path / "moi").iterdir()) == []


def test_a_damaged_backup_leaves_an_empty_database_empty(tmp_path):
    a_house()
    whole = tmp_path / "sao-luu.tar"
    taken(whole)
    content = bytearray(whole.read_bytes())
    content[_begin_of_files(whole)] ^= 1
    whole.write_bytes(content)

    with an_empty_database() as url:
        with pytest.raises(Refused, match="có tệp thiếu hoặc đã bị sửa"):
            put_back(whole, tmp_path / "moi", url=url)
        with psycopg.connect(url) as connected:
            assert backup.counts(connected) == {}


@pytest.mark.parametrize("name", ["../ra-ngoai", "/etc/x", "media/../../x", "media/ab/ngan"])
def test_an_archive_cannot_write_outside_of_the_place(tmp_path, name):
    with archive.written(tmp_path / "xau.tar", None) as tar:
        archive.add(tar, name, 0, io.BytesIO(), at=0)

    with an_empty_database() as url, pytest.raises(Refused, match="bị hỏng"):
        put_back(tmp_path / "xau.tar", tmp_path / "moi", url=url)

    assert not (tmp_path / "moi").exists()
    assert not (tmp_path.parent / "ra-ngoai").exists()


def test_a_backup_takes_the_place_of_the_one_before_only_when_it_is_whole(tmp_path):
    path = tmp_path / "sao-luu.tar"
    path.write_text("bản trước")
    with pytest.raises(RuntimeError), archive.written(path, SECRET):
        raise RuntimeError
    assert path.read_text() == "bản trước"

    taken(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in tmp_path.iterdir() if each.is_file()] == ["sao-luu.tar"]


def test_a_folder_that_is_not_there_is_said(tmp_path):
    with pytest.raises(Refused, match="Không ghi được bản sao lưu"):
        taken(tmp_path / "khong-co/sao-luu.tar")


def test_the_installation_says_when_its_last_backup_is_old(tmp_path, monkeypatch):
    def said() -> list[bool]:
        found = [one for one in check.findings() if "sao lưu" in one.text]
        return [one.good for one in found]

    monkeypatch.delenv("VINHDANH_BACKUPS", raising=False)
    assert said() == [True]
    monkeypatch.setenv("VINHDANH_BACKUPS", str(tmp_path))
    assert said() == [False]
    taken(tmp_path / "sao-luu.tar")
    assert said() == [True]
    three_days_ago = (datetime.now(UTC) - timedelta(days=3)).timestamp()
    os.utime(tmp_path / "sao-luu.tar", (three_days_ago, three_days_ago))
    assert said() == [False]


def test_a_server_newer_than_every_program_is_refused():
    programs = database.programs(Path("/khong-co"))

    with pytest.raises(Refused, match="Cần pg_dump từ phiên bản 99"):
        backup.program("pg_dump", 990_000, programs, own=True)


def test_a_file_that_is_not_there_is_said(tmp_path):
    with pytest.raises(Refused, match="Không có tệp"):
        put_back(tmp_path / "khong-co.tar", tmp_path / "moi")


def _begin_of_files(path: Path) -> int:
    """Where the content of the first stored file begins."""
    with tarfile.open(path) as tar:
        return next(each.offset_data for each in tar if each.name.startswith("media/"))


def _begin_of_manifest(path: Path) -> int:
    with tarfile.open(path) as tar:
        manifest = tar.getmember("manifest.json")
        assert json.loads(tar.extractfile(manifest).read())["format"] == 1
        return manifest.offset
