"""Who is reminded of what: 20 plans of 500 tasks and 60 units (600,000 lines), for one day and 30.

Beside it, in the same run and for the same one plan: walking through the work line by line, and
filtering the exported spreadsheet. The invented offices are those of `board`.
"""

from importlib import import_module

from benchmarks.running import running


def main() -> None:
    """Measure on a database that is up to date."""
    with running("bench"):
        import_module("benchmarks.reminding").measure()


if __name__ == "__main__":
    main()
