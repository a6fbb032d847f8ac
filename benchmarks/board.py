"""The pages of the running year under load: 20 plans of 500 tasks and 60 units, 8 readers at once.

Beside them, in the same run: the way it is done without the system, one plan's 30,000 lines kept in
a spreadsheet that each reader opens and filters. The invented offices are made once, below
`var/bench` (VINHDANH_VAR for another place, DATABASE_URL for another server).
"""

from importlib import import_module

from benchmarks.running import running


def main() -> None:
    """Measure on a database that is up to date."""
    with running("bench"):
        import_module("benchmarks.pages").measure()


if __name__ == "__main__":
    main()
