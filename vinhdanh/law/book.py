"""The whole law as one book, read from a folder and checked as a whole.

Files of the folder: `awards/*.yaml` (one award each), `rules/*.yaml` (procedure by topic),
`texts.yaml`, `documents.yaml`, `positions.yaml`, `salaries.yaml`, `transitions.yaml`,
`delegated.yaml`. A folder with one mistake is refused as a whole, with every mistake found.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import Field, JsonValue

from vinhdanh.law.awards import Award, Dated
from vinhdanh.law.criteria import Code, Sourced, Strict, Text

DATA = Path(__file__).resolve().parent / "data"


class LegalText(Strict):
    """A text of law: `name` as sources begin with it, its full title, where it was read.

    `since` and `until` are its first and last day in force, None where not known.
    """

    name: Text
    title: Text
    since: date | None = Field(default=None, alias="from")
    until: date | None = None
    read_at: tuple[str, ...] = ()
    note: str = ""


class Document(Strict):
    """A paper of a dossier by its code: "proposal" is "Tờ trình"."""

    code: Text
    name: Text


class Position(Strict):
    """A leading position for which service is honoured; `rank` 1 is the highest.

    `titles` are the words by which it is recognised in a person's post at a department.
    """

    code: Text
    name: Text
    rank: int
    titles: tuple[str, ...] = ()


class Salary(Dated, Sourced):
    """The base salary (lương cơ sở), dong a month."""

    amount: int


class Rule(Dated, Sourced):
    """A rule of procedure; `values` are its numbers, named in English.

    `enforced` false: known for orientation only, never to stop anybody.
    """

    code: Text
    topic: Text
    text: Text
    values: Mapping[str, JsonValue] = Field(default_factory=dict)
    enforced: bool = True


class Transition(Sourced):
    """Which law applies around a day of change, for an aspect of the law.

    `axis`: the day that decides: of receipt for appraisal, of the decision, or the period of
    achievement. `until`: the last day on which the earlier law may still be used.
    """

    code: Text
    aspects: tuple[Literal["criteria", "dossier", "vote", "bonus", "decider", "duty"], ...]
    axis: Literal["received", "decided", "achieved"]
    day: date
    until: date | None = None
    text: Text
    more_favourable: bool = False


class Delegated(Sourced):
    """What the City or the office may set itself; kept by each office as a value with source.

    `awards` empty: it is one value for all. `suggested` is shown, never applied.
    """

    code: Text
    name: Text
    text: Text
    by: Text
    kind: Literal["share", "days", "count", "factor", "text", "choice"]
    choices: tuple[str, ...] = ()
    awards: tuple[Code, ...] = ()
    suggested: str = ""


@dataclass(frozen=True)
class Book:
    """All law data of a folder; `digest` is the SHA-256 of its files, in hexadecimal."""

    awards: Mapping[str, Award]
    rules: Mapping[str, tuple[Rule, ...]]
    texts: Mapping[str, LegalText]
    documents: Mapping[str, Document]
    positions: Mapping[str, Position]
    salaries: tuple[Salary, ...]
    transitions: tuple[Transition, ...]
    delegated: Mapping[str, Delegated]
    digest: str

    def rule(self, code: str, day: date) -> Rule | None:
        """The rule of the code that holds on a day; None where the data know none."""
        return next((rule for rule in self.rules.get(code, ()) if rule.holds(day)), None)
