"""Reading the journal, proving that it is whole, and telling what rows were before."""

from vinhdanh.journal.queries.lines import Verdict, lines_about, verify
from vinhdanh.journal.queries.rows import Change, Part, row_changes

__all__ = ["Change", "Part", "Verdict", "lines_about", "row_changes", "verify"]
