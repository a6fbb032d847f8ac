"""Tables that are drawn with rules: which boxes the rules form, and how they span."""

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass
from statistics import median
from typing import Any

from pdfplumber.table import (
    cells_to_tables,
    edges_to_intersections,
    intersections_to_cells,
    merge_edges,
)

from vinhdanh.documents.rules.pdf.marks import Letter, Rule

_NEAR = 3.0  # points; rules closer than this are one
_LEAST_ENDS = 3
_MOST_RULES = 1_500  # of one page; more is a drawing
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

    def sorted_into(self, letters: list[Letter]) -> tuple[dict[int, list[Letter]], list[Letter]]:
        """The letters by the place of their cell in `slots`, and those that are in no cell."""
        owner = {
            (row, column): place
            for place, slot in enumerate(self.slots)
            for row in slot.rows
            for column in slot.columns
        }
        found: dict[int, list[Letter]] = defaultdict(list)
        outside = []
        for letter in letters:
            column = bisect_right(self.across, (letter.x0 + letter.x1) / 2) - 1
            row = bisect_right(self.down, letter.middle) - 1
            place = owner.get((row, column))
            if place is None:
                outside.append(letter)
            else:
                found[place].append(letter)
        return found, outside


def grids_of(rules: list[Rule]) -> list[Grid]:
    """The drawn tables of one page, top to bottom.

    A frame around text (one cell) and a stack of frames (one column) are no tables.
    """
    if len(rules) < 4:
        return []
    edges = merge_edges([_edge(rule) for rule in rules], _NEAR, _NEAR, _NEAR, _NEAR)
    if len(edges) > _MOST_RULES:
        return []
    edges += _closing(edges, "v")
    edges += _closing(edges, "h")
    crossings = edges_to_intersections(edges, _NEAR, _NEAR)
    if not 4 <= len(crossings) <= _MOST_CROSSINGS:
        return []
    found = [_grid(cells) for cells in cells_to_tables(intersections_to_cells(crossings))]
    return sorted((grid for grid in found if len(grid.across) > 2), key=lambda grid: grid.top)


def _closing(edges: list[dict[str, Any]], orientation: str) -> list[dict[str, Any]]:
    """Borders that are not drawn: where a page cuts a row ("v"), the sides of an open table ("h").

    At least three rules of that orientation that end at one place, with nothing beyond, are taken
    to end at a border.
    """
    first, last, across = ("top", "bottom", "x0") if orientation == "v" else ("x0", "x1", "top")
    lines = [edge for edge in edges if edge["orientation"] == orientation]
    others = [edge for edge in edges if edge["orientation"] != orientation]
    closing = []
    for end, sign in ((first, -1), (last, 1)):
        for group in _grouped(lines, end):
            places = [one[across] for one in group]
            at, low, high = median(one[end] for one in group), min(places), max(places)
            is_last = all(
                sign * (other[first] - at) <= _NEAR
                for other in others
                if other[across] <= high and other[_far(across)] >= low
            )
            if len(group) >= _LEAST_ENDS and high - low > _NEAR and is_last:
                rule = Rule(low, high, at, at) if orientation == "v" else Rule(at, at, low, high)
                closing.append(_edge(rule))
    return closing


def _far(across: str) -> str:
    return {"x0": "x1", "top": "bottom"}[across]


def _grouped(lines: list[dict[str, Any]], end: str) -> list[list[dict[str, Any]]]:
    """The lines in groups that end at one place."""
    groups: list[list[dict[str, Any]]] = []
    for line in sorted(lines, key=lambda one: float(one[end])):
        if groups and line[end] - groups[-1][0][end] <= _NEAR:
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _edge(rule: Rule) -> dict[str, Any]:
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
