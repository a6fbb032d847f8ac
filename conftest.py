"""The tests' own embedded database: started once, shared by all workers, stopped at the end."""

import contextlib
import os
from typing import Any

import pytest

_open = contextlib.ExitStack()


def pytest_configure(config: pytest.Config) -> None:
    if hasattr(config, "workerinput") or os.environ.get("DATABASE_URL"):
        return
    from config import database
    from config.settings_test import VAR

    url = _open.enter_context(database.embedded(VAR))
    database.forget_safety(url)


def pytest_unconfigure(config: pytest.Config) -> None:
    _open.close()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Tests that really commit empty the tables afterwards, which the journal refuses elsewhere."""
    from django.db import connection

    with django_db_blocker.unblock(), connection.cursor() as cursor:
        for table in ("journal_line", "journal_link"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER journal_protect_whole")
