"""Searching for viruses, against a real ClamAV daemon with one signature of our own."""

import hashlib
import io
import os
import shutil
import socket
import subprocess
import time
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model

from vinhdanh.common.refusal import Refused
from vinhdanh.documents import actions
from vinhdanh.documents.models import File
from vinhdanh.documents.rules.scanning import NoAnswerError, is_infected, version
from vinhdanh.documents.tests.stores import NOW, on_disk, stored_files

CLAMD = shutil.which("clamd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
# The harmless file that every scanner takes for a virus, put together so that none finds it here.
EICAR = (
    "X5O!P%@AP[4"
    + chr(92)
    + "PZX54(P^)7CC)7}$"
    + "EICAR"
    + "-STANDARD-ANTIVIRUS-"
    + "TEST-FILE!$H+H*"
).encode()
CLEAN = "Đã hoàn thành.".encode()
_PATIENCE = 60


def a_free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


@pytest.fixture(scope="module")
def clamd(tmp_path_factory):
    """The daemon's addresses: host and port, and socket."""
    if CLAMD is None:
        pytest.skip("the ClamAV daemon (clamd) is not installed on this machine")
    folder = Path(tmp_path_factory.mktemp("clamd"))
    signatures, port = folder / "signatures", a_free_port()
    signatures.mkdir()
    (signatures / "own.hdb").write_text(
        f"{hashlib.md5(EICAR).hexdigest()}:{len(EICAR)}:Own.Eicar\n"
    )
    local = folder / "clamd.sock"
    settings = folder / "clamd.conf"
    settings.write_text(
        f"DatabaseDirectory {signatures}\nTCPSocket {port}\nTCPAddr 127.0.0.1\n"
        f"LocalSocket {local}\nForeground yes\nStreamMaxLength 1M\nTemporaryDirectory {folder}\n"
    )
    log = folder / "log"
    with log.open("wb") as said:
        daemon = subprocess.Popen(
            [CLAMD, "--config-file", str(settings)], stdout=said, stderr=subprocess.STDOUT
        )
    address = f"127.0.0.1:{port}"
    give_up = time.monotonic() + _PATIENCE
    try:
        while not answers(address):
            if daemon.poll() is not None or time.monotonic() > give_up:
                pytest.fail(log.read_text())
        yield address, str(local)
    finally:
        daemon.terminate()
        daemon.wait(_PATIENCE)


def answers(address: str) -> bool:
    try:
        return version(address=address, seconds=1).startswith("ClamAV")
    except NoAnswerError:
        return False


@pytest.fixture(autouse=True)
def _a_store_of_its_own(tmp_path, settings):
    settings.STORAGES = {**settings.STORAGES, "default": on_disk(tmp_path)}


def a_sender():
    return get_user_model().objects.create_user(username="sender")


@pytest.mark.parametrize("way", [0, 1])
def test_the_daemon_tells_an_infected_file_from_a_clean_one(clamd, way):
    assert is_infected(io.BytesIO(EICAR), address=clamd[way], seconds=10)
    assert not is_infected(io.BytesIO(CLEAN), address=clamd[way], seconds=10)


def test_a_file_longer_than_the_daemon_looks_at_is_not_called_clean(clamd):
    with pytest.raises(NoAnswerError):
        is_infected(io.BytesIO(b"a" * 3_000_000), address=clamd[0], seconds=10)


@pytest.mark.django_db
def test_an_infected_file_is_refused_and_leaves_nothing(clamd, settings):
    settings.CLAMD = clamd[1]

    with pytest.raises(Refused) as refusal:
        actions.keep(("Báo cáo mật.txt", EICAR), by=a_sender(), at=NOW)

    assert str(refusal.value) == (
        "Tệp có mã độc nên không được nhận; hãy quét vi-rút máy tính rồi chọn tệp khác."
    )
    assert not File.objects.exists()
    assert stored_files() == []


@pytest.mark.django_db
def test_a_clean_file_is_kept_whole(clamd, settings):
    settings.CLAMD = clamd[0]

    file = actions.keep(("a.txt", CLEAN), by=a_sender(), at=NOW)

    assert stored_files() == [file.place]
    assert file.sha256 == hashlib.sha256(CLEAN).hexdigest()


@pytest.mark.django_db
def test_while_the_daemon_does_not_answer_files_are_refused_and_leave_nothing(settings):
    settings.CLAMD = f"127.0.0.1:{a_free_port()}"

    with pytest.raises(Refused, match="Chưa kiểm tra được vi-rút"):
        actions.keep(("a.txt", CLEAN), by=a_sender(), at=NOW)

    assert not File.objects.exists()
    assert stored_files() == []


@pytest.mark.django_db
def test_where_it_is_not_required_files_are_kept_while_the_daemon_does_not_answer(settings):
    settings.CLAMD, settings.CLAMD_REQUIRED = "/nowhere/clamd.sock", False

    file = actions.keep(("a.txt", CLEAN), by=a_sender(), at=NOW)

    assert stored_files() == [file.place]


def test_another_service_at_the_address_is_no_scanner():
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(NoAnswerError):
            version(address=f"127.0.0.1:{port}", seconds=0.2)
