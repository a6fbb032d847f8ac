"""The tests' own embedded database: started once, shared by all workers, stopped at the end."""

import contextlib
import os

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
