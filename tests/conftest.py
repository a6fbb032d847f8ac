"""What the tests of the whole system share."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def system_folder() -> Iterator[Path]:
    """The data folder of a system; its database takes long to make the first time.

    It lies outside of pytest's own folder: whenever pytest starts it closes that to all others, and
    with it to the user under whom the embedded server runs on a machine's root account.
    """
    with tempfile.TemporaryDirectory(prefix="vinhdanh-") as folder:
        yield Path(folder) / "var"
