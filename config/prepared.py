"""Whether an installation was already brought up to date, told without loading Django.

A start then need not ask, which saves a third of it. The note is believed only while both sides
are as they were: the code's migrations and static files, and what the database says it has had.
"""

import hashlib
from pathlib import Path

from config import database

_SOURCES = (
    "config/settings.py",
    "config/static.py",
    "package-lock.json",
    "requirements/base.txt",
    "vinhdanh/*/migrations/*.py",
    "vinhdanh/*/static/**/*.*",
)


def is_noted(var: Path, root: Path, *, with_demo: bool) -> bool:
    """Whether the note of the last preparation still holds, with the demonstration if asked."""
    note = _note(var)
    if not note.exists() or not (var / "static/collected").exists():
        return False
    return note.read_text() in {_state(var, root, demo=True), _state(var, root, demo=with_demo)}


def take_note(var: Path, root: Path, *, with_demo: bool) -> None:
    """Note that the database now stands as the code wants it."""
    _note(var).write_text(_state(var, root, demo=with_demo))


def _note(var: Path) -> Path:
    return var / "prepared"


def _state(var: Path, root: Path, *, demo: bool) -> str:
    code = hashlib.sha256()
    for source in _SOURCES:
        for path in sorted(root.glob(source)):
            code.update(path.read_bytes())
    return f"{code.hexdigest()} {_had(var)} {demo}"


def _had(var: Path) -> str:
    """A sum over the migrations that the database has had; "" while it has had none."""
    import psycopg

    with psycopg.connect(database.address(var)) as connection:
        known = connection.execute("SELECT to_regclass('django_migrations')").fetchone()
        if not known or known[0] is None:
            return ""
        row = connection.execute(
            "SELECT md5(string_agg(app || name || applied, ',' ORDER BY id)) FROM django_migrations"
        ).fetchone()
    return str(row[0]) if row else ""
