"""The system that a measurement runs against: its database, and Django set up."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

import django

from config import database

_ROOT = Path(__file__).resolve().parent.parent


@contextmanager
def running(name: str) -> Iterator[Path]:
    """The system's data folder, its database up to date until the end; without the demonstration.

    The folder is `var/<name>`; VINHDANH_VAR names another, DATABASE_URL another server.
    """
    place = Path(os.environ.setdefault("VINHDANH_VAR", str(_ROOT / "var" / name)))
    os.environ.setdefault("VINHDANH_LOG", "ERROR")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    with database.running(os.environ.get("DATABASE_URL"), place):
        django.setup()
        import_module("config.prepare").prepare(with_demo=False)
        yield place
