"""The whole law as one book, read from a folder and checked as a whole.

Files of the folder: `awards/*.yaml` (one award each), `rules/*.yaml` (procedure by topic),
`texts.yaml`, `documents.yaml`, `positions.yaml`, `salaries.yaml`, `transitions.yaml`,
`delegated.yaml`. A folder with one mistake is refused as a whole, with every mistake found.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, JsonValue

from vinhdanh.law import checks
from vinhdanh.law.awards import Award, Dated
from vinhdanh.law.criteria import Code, Sourced, Strict, Text
from vinhdanh.law.files import Lines, MalformedError, read_with_lines

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


class Delegated(Dated, Sourced):
    """What the City or the office may set itself; kept by each office as a value with source.

    It is left to them from `since` to `until`. `awards` empty: it is one value for all.
    `suggested` is shown, never applied.
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


_LISTS: dict[str, Any] = {
    "texts.yaml": tuple[LegalText, ...],
    "documents.yaml": tuple[Document, ...],
    "positions.yaml": tuple[Position, ...],
    "salaries.yaml": tuple[Salary, ...],
    "transitions.yaml": tuple[Transition, ...],
    "delegated.yaml": tuple[Delegated, ...],
}


def files_of(folder: Path) -> list[Path]:
    """The files of a law book in a folder, in the order in which they are read."""
    parts = (sorted((folder / part).glob("*.yaml")) for part in ("awards", "rules"))
    return [*(folder / name for name in _LISTS), *(path for part in parts for path in part)]


def read_book(folder: Path = DATA) -> Book:
    """The law as the files of the folder say it.

    Raises MalformedError with every fault of every file; what lies between files is looked at
    only when each can be read.
    """
    files: dict[Path, tuple[Any, Lines]] = {}
    faults = [*_misplaced(folder)]
    digest = hashlib.sha256()
    for path in files_of(folder):
        try:
            files[path] = read_with_lines(path, _kind(path, folder))
            digest.update(f"{path.relative_to(folder).as_posix()}\0".encode() + path.read_bytes())
        except MalformedError as malformed:
            faults += malformed.faults
    if not faults:
        book = _bound([made for made, _ in files.values()], digest.hexdigest())
        faults += checks.faults(book, files)
    if faults:
        raise MalformedError(tuple(faults))
    return book


def _misplaced(folder: Path) -> Iterator[str]:
    """Files that look like law data but would not be read, and a folder without any award."""
    known = {*files_of(folder), folder / "papers.yaml"}
    for path in sorted({*folder.rglob("*.yaml"), *folder.rglob("*.yml")} - known):
        yield f"{path}:1: tệp lạ, không được đọc; hãy bỏ đi hoặc đặt đúng tên, đúng chỗ"
    if not any((folder / "awards").glob("*.yaml")):
        yield f"{folder / 'awards'}:1: không có danh hiệu, hình thức nào"


def _kind(path: Path, folder: Path) -> Any:
    if path.parent == folder:
        return _LISTS[path.name]
    return Award if path.parent.name == "awards" else tuple[Rule, ...]


def _bound(parts: list[Any], digest: str) -> Book:
    items = [item for part in parts for item in (part if isinstance(part, tuple) else (part,))]

    def all_of(kind: type) -> Iterable[Any]:
        return (item for item in items if isinstance(item, kind))

    rules: dict[str, tuple[Rule, ...]] = {}
    for rule in all_of(Rule):
        rules[rule.code] = (*rules.get(rule.code, ()), rule)
    return Book(
        awards={award.code: award for award in all_of(Award)},
        rules=rules,
        texts={text.name: text for text in all_of(LegalText)},
        documents={document.code: document for document in all_of(Document)},
        positions={position.code: position for position in all_of(Position)},
        salaries=tuple(all_of(Salary)),
        transitions=tuple(all_of(Transition)),
        delegated={value.code: value for value in all_of(Delegated)},
        digest=digest,
    )
