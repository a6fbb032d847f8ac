"""The law in force: the book of the law folder, kept in force while a later one has faults.

A folder that reads well is copied under the name of its digest, as last good. A folder with a
fault is refused as a whole: the law stays what it was, after a restart that of the last good copy.
Each process reads for itself and looks at the files again at most every two seconds.
"""

import contextlib
import os
import shutil
import tempfile
import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from vinhdanh.law.book import DATA, Book, files_of, read_book
from vinhdanh.law.files import MalformedError

_LOOK_EVERY = 2.0
_KEPT = 3


@dataclass(frozen=True)
class InForce:
    """The law in force.

    `faults` are those of the folder when it was refused, a line "path:line: sentence" each, empty
    when the book is the folder's; `refused_at` is the instant of its last change.
    """

    book: Book
    faults: tuple[str, ...] = ()
    refused_at: datetime | None = None


class Store:
    """The law of a folder; `kept` is where good copies lie, None to keep none.

    The files are looked at again when `look_every` seconds have passed.
    """

    def __init__(
        self, folder: Path = DATA, kept: Path | None = None, *, look_every: float = _LOOK_EVERY
    ) -> None:
        self.folder = folder
        self.kept = kept
        self._look_every = look_every
        self._lock = threading.Lock()
        self._state: tuple[float, tuple[tuple[str, int, int], ...], InForce] | None = None

    def in_force(self) -> InForce:
        """The law in force now; MalformedError where not even the packaged data can be read."""
        state = self._state
        if state and time.monotonic() - state[0] < self._look_every:
            return state[2]
        with self._lock:
            state, stamp = self._state, _stamp(self.folder)
            unchanged = state and state[1] == stamp
            held = state[2] if state and unchanged else self._read(stamp)
            self._state = (time.monotonic(), stamp, held)
            return held

    def _read(self, stamp: tuple[tuple[str, int, int], ...]) -> InForce:
        try:
            book = read_book(self.folder)
        except MalformedError as malformed:
            changed = max((changed for _, changed, _ in stamp), default=0)
            at = datetime.fromtimestamp(changed / 1e9, UTC)
            return InForce(self._last_good(malformed), malformed.faults, at)
        self._keep(book)
        return InForce(book)

    def _last_good(self, malformed: MalformedError) -> Book:
        """What was in force before; the newest readable copy; the packaged data."""
        if self._state:
            return self._state[2].book
        for folder in (*self._copies(), *([DATA] if self.folder != DATA else [])):
            with contextlib.suppress(MalformedError):
                return read_book(folder)
        raise malformed

    def _copies(self) -> list[Path]:
        """The good copies, the one last in force first."""
        if self.kept is None or not self.kept.is_dir():
            return []
        copies = [path for path in self.kept.iterdir() if not path.name.startswith(".")]
        return sorted(copies, key=lambda path: path.stat().st_mtime_ns, reverse=True)

    def _keep(self, book: Book) -> None:
        # A command may be run where nothing of the installation lies yet.
        if self.kept is None or not self.kept.parent.is_dir():
            return
        copy = self.kept / book.digest
        # A command may be run by somebody who may read but not write there.
        with contextlib.suppress(OSError):
            if not copy.exists():
                self.kept.mkdir(parents=True, exist_ok=True)
                made = Path(tempfile.mkdtemp(prefix=".", dir=self.kept))
                try:
                    for path in files_of(self.folder):
                        into = made / path.relative_to(self.folder)
                        into.parent.mkdir(exist_ok=True)
                        shutil.copyfile(path, into)
                    # The files may have changed since they were read.
                    if read_book(made).digest == book.digest:
                        made.rename(copy)
                except MalformedError:
                    return
                finally:
                    shutil.rmtree(made, ignore_errors=True)
            os.utime(copy)
            for old in self._copies()[_KEPT:]:
                shutil.rmtree(old, ignore_errors=True)


def _stamp(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """Name, instant of change in ns and size of each file, and of the folders that hold them."""
    found = []
    for path in (*files_of(folder), folder, folder / "awards", folder / "rules"):
        with contextlib.suppress(OSError):
            status = path.stat()
            found.append((str(path), status.st_mtime_ns, status.st_size))
    return tuple(found)


_store = Store()


def use(folder: Path | None, kept: Path | None) -> None:
    """Read the law from this folder (None: the packaged data); copies of good ones under `kept`."""
    global _store  # noqa: PLW0603 (the one law of the process)
    if (folder or DATA, kept) != (_store.folder, _store.kept):
        _store = Store(folder or DATA, kept)


def folder() -> Path:
    """The folder from which the law is read."""
    return _store.folder


def in_force() -> InForce:
    """The law in force, with the faults of a folder that was refused."""
    return _store.in_force()


def book() -> Book:
    """The law in force; cheap, to be asked for wherever it is needed."""
    return _store.in_force().book
