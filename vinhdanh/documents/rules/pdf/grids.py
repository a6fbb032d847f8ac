"""Tables that are drawn with rules: which boxes the rules form, and how they span."""

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass
from statistics import median

from pdfplumber.table import (
    cells_to_tables,
    edges_to_intersections,
    intersections_to_cells,
    merge_edges,
)

from vinhdanh.documents.rules.pdf.marks import Letter, Rule

_NEAR = 3.0  # points; rules closer than this are one
_MOST_CROSSINGS = 6_000

Box = tuple[float, float, float, float]  # x0, top, x1, bottom


@dataclass(frozen=True, slots=True)
class Slot:
    """A cell as drawn: its box, and the columns and rows it covers (from 0, end excluded)."""

    box: Box
    columns: range
    rows: range


@dataclass(slots=True)
class Grid:
    """A drawn table: the places of its vertical and horizontal borders and its cells."""

    across: list[float]
    down: list[float]
    slots: list[Slot]

    @property
    def top(self) -> float:
        return self.down[0]

    def holds(self, letter: Letter) -> bool:
        middle = (letter.x0 + letter.x1) / 2
        return (
            self.across[0] <= middle <= self.across[-1]
            and self.down[0] <= letter.middle <= self.down[-1]
        )

    def sorted_into(self, letters: list[Letter]) -> dict[int, list[Letter]]:
        """The letters by the place of their cell in `slots`; those in no cell are left out."""
        owner = {
            (row, column): place
            for place, slot in enumerate(self.slots)
            for row in slot.rows
            for column in slot.columns
        }
        found: dict[int, list[Letter]] = defaultdict(list)
        for letter in letters:
            column = bisect_right(self.across, (letter.x0 + letter.x1) / 2) - 1
            row = bisect_right(self.down, letter.middle) - 1
            place = owner.get((row, column))
            if place is not None:
                found[place].append(letter)
        return found


def grids_of(rules: list[Rule]) -> list[Grid]:
    """The drawn tables of one page, top to bottom.

    A frame around text (one cell) and a stack of frames (one column) are no tables.
    """
    if len(rules) < 4:
        return []
    edges = merge_edges([_edge(rule) for rule in rules], _NEAR, _NEAR, _NEAR, _NEAR)
    crossings = edges_to_intersections(edges, _NEAR, _NEAR)
    if not 4 <= len(crossings) <= _MOST_CROSSINGS:
        return []
    found = [_grid(cells) for cells in cells_to_tables(intersections_to_cells(crossings))]
    return sorted((grid for grid in found if len(grid.across) > 2), key=lambda grid: grid.top)


def _edge(rule: Rule) -> dict[str, object]:
    return {
        "object_type": "line",
        "orientation": "h" if rule.top == rule.bottom else "v",
        "x0": rule.x0,
        "x1": rule.x1,
        "top": rule.top,
        "bottom": rule.bottom,
        "width": rule.x1 - rule.x0,
        "height": rule.bottom - rule.top,
    }


def _grid(cells: list[Box]) -> Grid:
    across = _places([place for cell in cells for place in (cell[0], cell[2])])
    down = _places([place for cell in cells for place in (cell[1], cell[3])])
    slots = [
        Slot(
            cell,
            range(_nearest(across, cell[0]), _nearest(across, cell[2])),
            range(_nearest(down, cell[1]), _nearest(down, cell[3])),
        )
        for cell in cells
    ]
    slots.sort(key=lambda slot: (slot.rows.start, slot.columns.start))
    return Grid(across, down, slots)


def _places(values: list[float]) -> list[float]:
    """The distinct places among nearly equal ones."""
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - groups[-1][-1] <= _NEAR:
            groups[-1].append(value)
        else:
            groups.append([value])
    return [median(group) for group in groups]


def _nearest(places: list[float], value: float) -> int:
    return min(range(len(places)), key=lambda place: abs(places[place] - value))
