"""Search in a register of 2 million awards: by name, unit, decision and combined, office and clerk.

Beside it, in the same run: what one has otherwise, the same rows in one sheet read from top to
bottom, and the same table asked with LIKE '%…%' without an index. The invented register is made
once, below `var/bench-register` (VINHDANH_VAR for another place; ROWS for another size).
"""

from importlib import import_module

from benchmarks.running import running


def main() -> None:
    """Measure on a database that is up to date."""
    with running("bench-register") as place:
        import_module("benchmarks.searching").measure(place / "register.csv")


if __name__ == "__main__":
    main()
