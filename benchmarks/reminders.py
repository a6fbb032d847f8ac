"""Who is reminded of what: 20 plans of 500 tasks and 60 units (600,000 lines), for one day and 30.

Beside it, in the same run and for the same one plan: walking through the work line by line, and
filtering the exported spreadsheet. The invented offices are those of `board`.
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
        import_module("benchmarks.reminding").measure()


if __name__ == "__main__":
    main()
