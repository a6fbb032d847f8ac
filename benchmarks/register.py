"""Search in a register of 2 million awards: by name, unit, decision and combined, office and clerk.

Beside it, in the same run: what one has otherwise, the same rows in one sheet read from top to
bottom, and the same table asked with LIKE '%…%' without an index. The invented register is made
once, below `var/bench-register` (VINHDANH_VAR for another place; ROWS for another size).
"""

import os
from importlib import import_module
from pathlib import Path

import django

from config import database

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    """Start the database, bring it up to date, measure."""
    place = Path(os.environ.setdefault("VINHDANH_VAR", str(ROOT / "var/bench-register")))
    os.environ.setdefault("VINHDANH_LOG", "ERROR")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    with database.running(os.environ.get("DATABASE_URL"), place):
        django.setup()
        import_module("config.prepare").prepare(with_demo=False)
        import_module("benchmarks.searching").measure(place / "register.csv")


if __name__ == "__main__":
    main()
