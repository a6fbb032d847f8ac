"""What the tests of the whole system share."""

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def system_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a system; its database takes long to make the first time."""
    return tmp_path_factory.mktemp("run") / "var"
