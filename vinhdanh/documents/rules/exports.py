"""Lists that are written as spreadsheets in the background: what a room says of each of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, BinaryIO, Protocol


class Told(Protocol):
    """Hears how far a list is."""

    def __call__(self, count: int) -> object:
        """So many rows are written."""

    def of(self, count: int) -> object:
        """There are so many rows to write."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page says around an export: the address and the name of the list that it is of, and
    what it was asked for, label by label."""

    address: str
    name: str
    facts: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A list of a room; every function is given the `documents.models.Export` that asks for it.

    `write` writes the spreadsheet and gives the name of the file and the number of its rows; it
    raises Refused when whoever asked may no longer have it. `is_seen` says whether they still may.
    `hand_out` writes into the journal that they take the file.
    """

    write: Callable[[Any, BinaryIO, Told], tuple[str, int]]
    is_seen: Callable[[Any], bool]
    shown: Callable[[Any], Shown]
    hand_out: Callable[[Any], None]


SHEETS: dict[str, Sheet] = {}


def offer(kind: str, sheet: Sheet) -> None:
    """Let a list be asked for under `kind`; done by its room when the system starts."""
    SHEETS[kind] = sheet
