"""Tables and annexes as JSON, for rooms that keep them, and back."""

from collections.abc import Callable
from typing import Any

from vinhdanh.papers.rules.tree import Annex, Basis, Column, Heading, Paragraph, Part, Row, Table

Json = dict[str, Any]


def table_to_json(table: Table) -> Json:
    """{"caption", "columns": [{"title", "width", "align"}], "rows": […]}.

    A row is the list of its cells; the heading row of a group is {"group": text}.
    """
    return {
        "caption": table.caption,
        "columns": [
            {"title": column.title, "width": column.width, "align": column.align}
            for column in table.columns
        ],
        "rows": [
            {"group": row.cells[0]} if row.is_group else list(row.cells) for row in table.rows
        ],
    }


def table_from_json(kept: Json) -> Table:
    """The table of `table_to_json`; another shape raises KeyError or TypeError."""
    return Table(
        columns=tuple(Column(**column) for column in kept["columns"]),
        rows=tuple(
            Row((row["group"],), is_group=True) if isinstance(row, dict) else Row(tuple(row))
            for row in kept["rows"]
        ),
        caption=kept["caption"],
    )


def annex_to_json(annex: Annex) -> Json:
    """{"label", "name", "note", "landscape", "parts": [{"is": …, …}]}."""
    return {
        "label": annex.label,
        "name": annex.name,
        "note": annex.note,
        "landscape": annex.landscape,
        "parts": [_part_to_json(part) for part in annex.parts],
    }


def annex_from_json(kept: Json) -> Annex:
    """The annex of `annex_to_json`; another shape raises KeyError or TypeError."""
    parts = tuple(_part_from_json(part) for part in kept["parts"])
    return Annex(kept["label"], kept["name"], kept["note"], parts, kept["landscape"])


def _part_to_json(part: Part) -> Json:
    if isinstance(part, Table):
        return {"is": "table", **table_to_json(part)}
    return {"is": type(part).__name__.lower(), **vars(part)}


_MAKERS: dict[str, Callable[..., Part]] = {
    "basis": Basis,
    "heading": Heading,
    "paragraph": Paragraph,
}


def _part_from_json(kept: Json) -> Part:
    fields = {name: value for name, value in kept.items() if name != "is"}
    if kept["is"] == "table":
        return table_from_json(fields)
    return _MAKERS[kept["is"]](**fields)
