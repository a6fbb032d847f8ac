"""The file that a backup is: a tar of members that are written and read as a stream.

Encrypted, it is a tar of two: `key.age`, a key of this archive alone, locked with the passphrase,
and `backup.tar.age`, the tar itself, locked with that key. Both are files of the age format
(age-encryption.org/v1), so that the tool `age` opens them without this program:

    tar -xf FILE && age -d -i key.age backup.tar.age > backup.tar
"""

import contextlib
import io
import os
import tarfile
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, BinaryIO

import pyrage

KEY, SEALED = "key.age", "backup.tar.age"


class DamagedError(Exception):
    """The file is no backup, or not whole."""


class WrongPassphraseError(Exception):
    """The file is encrypted, and not with this passphrase."""


@contextlib.contextmanager
def written(path: Path, passphrase: str | None) -> Iterator[tarfile.TarFile]:
    """A tar to add members to, encrypted where there is a passphrase.

    It comes to be at `path`, readable by its owner alone, when the block ends well; until then, and
    when it does not, nothing of it is there.
    """
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    unfinished = Path(name)
    try:
        with os.fdopen(descriptor, "w+b") as file:
            if passphrase is None:
                with _tar(file) as tar:
                    yield tar
            else:
                with _sealed(file, passphrase) as stream, _tar(stream) as tar:
                    yield tar
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


@contextlib.contextmanager
def read(path: Path, ask: Callable[[], str]) -> Iterator[Iterator[tuple[str, IO[bytes]]]]:
    """The members of an archive in their order: name and stream, each to be read before the next.

    `ask` gives the passphrase, and is called only for an encrypted archive. Raises DamagedError and
    WrongPassphraseError; that an archive was cut off between two members is for the caller to see.
    """
    try:
        with path.open("rb") as file, contextlib.ExitStack() as open_things:
            stream: IO[bytes] = file
            if _first(file) == KEY:
                stream = open_things.enter_context(_unsealed(file, ask))
            with tarfile.open(fileobj=stream, mode="r|") as tar:
                yield _members(tar)
    except (tarfile.TarError, EOFError, pyrage.DecryptError) as error:
        raise DamagedError from error


def add(tar: tarfile.TarFile, name: str, size: int, stream: IO[bytes], *, at: float) -> None:
    """Add a member of `size` bytes; OSError when the stream ends before."""
    member = tarfile.TarInfo(name)
    member.size, member.mtime, member.mode = size, int(at), 0o600
    tar.addfile(member, stream)


def _tar(stream: IO[bytes]) -> tarfile.TarFile:
    return tarfile.open(fileobj=stream, mode="w|", format=tarfile.GNU_FORMAT)


def _members(tar: tarfile.TarFile) -> Iterator[tuple[str, IO[bytes]]]:
    for member in tar:
        stream = tar.extractfile(member) if member.isfile() else None
        if stream is None:
            raise DamagedError
        yield member.name, stream


def _first(file: BinaryIO) -> str:
    """The name of the first member."""
    try:
        with tarfile.open(fileobj=file, mode="r:") as tar:
            member = tar.next()
    finally:
        file.seek(0)
    if member is None:
        raise DamagedError
    return member.name


@contextlib.contextmanager
def _sealed(file: BinaryIO, passphrase: str) -> Iterator[BinaryIO]:
    """A stream whose bytes stand encrypted in `file`, as an archive of key and sealed tar.

    How long the sealed tar is, is known only at its end: its head is written again then.
    """
    identity = pyrage.x25519.Identity.generate()
    key = pyrage.passphrase.encrypt(f"{identity}\n".encode(), passphrase)
    file.write(_head(KEY, len(key)) + key + _padding(len(key)))
    begins = file.tell()
    file.write(_head(SEALED, 0))
    with _through(lambda source: pyrage.encrypt_io(source, file, [identity.to_public()])) as sink:
        yield sink
    size = file.seek(0, os.SEEK_END) - begins - tarfile.BLOCKSIZE
    file.write(_padding(size) + bytes(2 * tarfile.BLOCKSIZE))
    file.seek(begins)
    file.write(_head(SEALED, size))


@contextlib.contextmanager
def _unsealed(file: BinaryIO, ask: Callable[[], str]) -> Iterator[IO[bytes]]:
    outer = tarfile.open(fileobj=file, mode="r:")  # noqa: SIM115 (it lives as long as its members)
    key, sealed = _member(outer, KEY), _member(outer, SEALED)
    locked = key.read()
    try:
        opened = pyrage.passphrase.decrypt(locked, ask())
    except pyrage.DecryptError as error:
        raise WrongPassphraseError from error
    identity = pyrage.x25519.Identity.from_str(opened.decode().strip())

    def unseal(sink: BinaryIO) -> None:
        try:
            pyrage.decrypt_io(sealed, sink, [identity])
        except (OSError, tarfile.TarError, pyrage.DecryptError) as error:
            raise DamagedError from error

    with _out_of(unseal) as stream:
        yield stream


def _member(tar: tarfile.TarFile, name: str) -> IO[bytes]:
    member = tar.next()
    stream = tar.extractfile(member) if member and member.name == name else None
    if stream is None:
        raise DamagedError
    return stream


@contextlib.contextmanager
def _through(work: Callable[[BinaryIO], None]) -> Iterator[BinaryIO]:
    """A stream that a thread works on while it is written; what the thread raises is raised."""
    source, sink = os.pipe()
    with _running(work, os.fdopen(source, "rb")), os.fdopen(sink, "wb") as stream:
        yield stream


@contextlib.contextmanager
def _out_of(work: Callable[[BinaryIO], None]) -> Iterator[BinaryIO]:
    """A stream that a thread fills while it is read; what the thread raises is raised."""
    source, sink = os.pipe()
    with _running(work, os.fdopen(sink, "wb")), os.fdopen(source, "rb") as stream:
        yield stream
        # The last seal is looked at only when all has been read.
        while stream.read(io.DEFAULT_BUFFER_SIZE):
            pass


@contextlib.contextmanager
def _running(work: Callable[[BinaryIO], None], end: BinaryIO) -> Iterator[None]:
    raised: list[BaseException] = []

    def run() -> None:
        try:
            with end:
                work(end)
        except BaseException as error:  # raised again where it is waited for
            raised.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield
    except BrokenPipeError:
        thread.join()
        if not raised:
            raise
    finally:
        thread.join()
    if raised:
        raise raised[0]


def _head(name: str, size: int) -> bytes:
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o600
    return member.tobuf(tarfile.GNU_FORMAT)


def _padding(size: int) -> bytes:
    return bytes(-size % tarfile.BLOCKSIZE)
