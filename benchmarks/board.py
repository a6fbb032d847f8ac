"""The pages of the running year under load: 20 plans of 500 tasks and 60 units, 8 readers at once.

Beside them, in the same run: the way it is done without the system, one plan's 30,000 lines kept in
a spreadsheet that each reader opens and filters. The invented offices are made once, below
`var/bench` (VINHDANH_VAR for another place, DATABASE_URL for another server).
"""

import os
from importlib import import_module
from pathlib import Path

import django

from config import database

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    """Start the database, bring it up to date, measure."""
    place = os.environ.setdefault("VINHDANH_VAR", str(ROOT / "var/bench"))
    os.environ.setdefault("VINHDANH_LOG", "ERROR")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    with database.running(os.environ.get("DATABASE_URL"), Path(place)):
        django.setup()
        import_module("config.prepare").prepare(with_demo=False)
        import_module("benchmarks.pages").measure()


if __name__ == "__main__":
    main()
