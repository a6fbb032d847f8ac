"""A paper as PDF, laid out by Typst: tagged, with title and language, its text searchable."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from functools import lru_cache
from itertools import zip_longest
from pathlib import Path
from typing import Any

import typst

from vinhdanh.papers.rules import fonts, words
from vinhdanh.papers.rules.fitting import (
    HANG,
    addressee_indent,
    column_widths,
    greeting_indent,
    is_long,
    rule,
    rules,
)
from vinhdanh.papers.rules.house import CELL_GAP, CELL_SIDE, CONTACT_GAP, CONTACT_INSET, Look, look
from vinhdanh.papers.rules.tree import Annex, Basis, Heading, Paper, Part, Table

_LAYOUT = Path(__file__).with_name("paper.typ")

Json = dict[str, Any]


def pdf(paper: Paper) -> bytes:
    """The paper as PDF/UA. A letter that no type has is shown as a box, and only then is the file
    tagged but not by the standard."""
    given = json.dumps(_paper(paper), ensure_ascii=False)
    try:
        return _compiled(given, pdf_standards="ua-1")
    except typst.TypstError:
        return _compiled(given)


def _compiled(given: str, **options: Any) -> bytes:
    compiler = typst.Compiler(
        _LAYOUT.read_bytes(),
        root=_LAYOUT.parent,
        font_paths=_types(),
        ignore_system_fonts=True,
        sys_inputs={"paper": given},
    )
    made = compiler.compile(format="pdf", **options)
    assert isinstance(made, bytes)
    return made


@lru_cache(maxsize=1)
def _types() -> typst.Fonts:
    """Tinos, and for signs that it lacks what Typst brings along; nothing of the machine."""
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=True,
        font_paths=[str(folder) for folder in fonts.files()],
    )


def _paper(paper: Paper) -> Json:
    measures, said = look(paper.signed_on), words.of(paper)
    made: Json = {
        "language": paper.language,
        "look": {
            **asdict(measures),
            "text_width": measures.text_width,
            "issuer_column": measures.issuer_column,
            "hang": HANG,
            "cell": {"x": CELL_SIDE, "y": CELL_GAP},
            "contact": {"gap": CONTACT_GAP, "inset": CONTACT_INSET},
            "greeting_indent": greeting_indent(measures),
            "addressee_indent": addressee_indent(said, measures),
        },
        "words": {
            **asdict(said),
            "national_title": words.NATIONAL_TITLE,
            "motto": words.MOTTO,
            "recipients_word": words.RECIPIENTS,
        },
        "rules": rules(said, measures),
        "parts": _parts(paper.parts, 1 if said.kind else 0, measures, measures.text_width),
        "annexes": [_annex(annex, measures) for annex in paper.annexes],
        "signature": paper.signature and asdict(words.signature(paper.signature)),
        "secretary": paper.secretary and asdict(words.signature(paper.secretary)),
        "date": None,
    }
    if day := paper.signed_on:
        made["date"] = {"year": day.year, "month": day.month, "day": day.day}
    return made


def _annex(annex: Annex, measures: Look) -> Json:
    room = measures.room(landscape=annex.landscape)
    note = words.one_line(annex.note)
    return {
        "label": words.annex_label(annex.label),
        "name": words.one_line(annex.name).upper(),
        "note": note,
        "rule": rule("annex_note", note, room, measures),
        "landscape": annex.landscape,
        "parts": _parts(annex.parts, 1, measures, room),
    }


def _parts(parts: Iterable[Part], above: int, measures: Look, room: float) -> list[Json]:
    """`above` is the level of the heading before them. A reader's software wants the levels of
    headings without gaps, whatever the numbers printed: `tag`."""
    made = []
    for part in parts:
        if isinstance(part, Table):
            made.append(_table(part, measures, room))
        elif isinstance(part, Heading):
            above = min(part.level + 1, above + 1)
            made.append(
                {"is": "heading", "level": part.level, "tag": above, "text": words.heading(part)}
            )
        elif isinstance(part, Basis):
            made.append({"is": "basis", "text": words.plain(part.text)})
        else:
            text, lead = words.plain(part.text), words.one_line(part.lead)
            made.append({"is": "paragraph", **asdict(part), "text": text, "lead": lead})
    return made


def _table(table: Table, measures: Look, room: float) -> Json:
    widths = column_widths(table, room, measures)
    return {
        "is": "table",
        "caption": words.one_line(table.caption),
        "columns": [
            {"title": words.plain(column.title), "width": width, "align": column.align}
            for column, width in zip(table.columns, widths, strict=True)
        ],
        "rows": [
            {
                "group": row.is_group,
                "heads": row.is_group and follows is not None and not follows.is_group,
                "long": is_long(row),
                "cells": [words.plain(cell) for cell in row.cells],
            }
            for row, follows in zip_longest(table.rows, table.rows[1:])
        ],
    }
