"""The tests' own embedded database: started once, shared by all workers, stopped at the end."""

import contextlib
import os
from typing import Any

import pytest
from _pytest.nodeid import NodeId
from hypothesis import HealthCheck, settings

_open = contextlib.ExitStack()

# A busy machine says nothing about the code: no test fails for being slow.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")


def pytest_configure(config: pytest.Config) -> None:
    if hasattr(config, "workerinput") or os.environ.get("DATABASE_URL"):
        return
    from config import database
    from config.settings_test import VAR

    url = _open.enter_context(database.embedded(VAR))
    database.forget_safety(url)


def pytest_unconfigure(config: pytest.Config) -> None:
    _open.close()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Name the group of a test behind its name, by which one worker gets all of a group.

    xdist 3.8 does so in a place where pytest 9.2 no longer looks.
    """
    if not getattr(config.option, "loadgroup", False):
        return
    for item in items:
        group = item.get_closest_marker("xdist_group")
        if group and "@" not in item.nodeid.rpartition("]")[2]:
            item._id = NodeId.parse(f"{item.nodeid}@{group.args[0]}")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Tests that really commit empty the tables afterwards, which the journal refuses elsewhere."""
    from django.db import connection

    with django_db_blocker.unblock(), connection.cursor() as cursor:
        for table in ("journal_line", "journal_link"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER journal_protect_whole")
