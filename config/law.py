"""From which folder the law is read."""

import os
from pathlib import Path

from vinhdanh.law import store


def read_from_its_folder(var: Path) -> None:
    """Read the law from VINHDANH_LAW, or as packaged; what read well is kept under `var`."""
    named = os.environ.get("VINHDANH_LAW")
    store.use(Path(named) if named else None, var / "law")
