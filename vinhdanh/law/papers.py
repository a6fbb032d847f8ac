"""How administrative papers must look, as law data: `data/papers.yaml`.

Lengths in mm, sizes of type and gaps in pt; a range is (least, most). Every part names its source
in the text of the version and its grade of certainty (A: read in the text itself).
"""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from pydantic import Field

from vinhdanh.law.book import DATA
from vinhdanh.law.criteria import Grade, Strict
from vinhdanh.law.files import read

Range = tuple[float, float]


class Page(Strict):
    width: float
    height: float
    top: Range
    bottom: Range
    left: Range
    right: Range
    font: str
    source: str
    grade: Grade


class Paragraph(Strict):
    """`indents` are the lengths to choose from for the first line; `line_spacing` in lines."""

    indents: tuple[float, ...]
    gap_at_least: float
    line_spacing: Range
    letter_subject_gap: float
    source: str
    grade: Grade


class Style(Strict):
    """`case` upper | plain; `weight` bold | regular; `slant` italic | upright."""

    size: Range
    case: str
    weight: str
    slant: str
    source: str
    grade: Grade


class Rule(Strict):
    """A line under words, as a share of their length."""

    share: Range
    source: str
    grade: Grade


class Stamp(Strict):
    """The frame of a mark of urgency: width and height."""

    frame: tuple[float, float]
    source: str
    grade: Grade


class Numbering(Strict):
    """Numbers begin at `first` every year; below the given bounds a 0 is written in front."""

    first: int
    numbers_padded_below: int
    days_padded_below: int
    months_padded_up_to: int
    source: str
    grade: Grade


class Kind(Strict):
    """A kind of paper (tên loại) and its abbreviation in the sign, "" when it has none."""

    name: str
    abbreviation: str
    source: str
    grade: Grade


class Layout(Strict):
    """What holds from the day `since` on, by `text`."""

    since: date = Field(alias="from")
    text: str
    page: Page
    paragraph: Paragraph
    styles: Mapping[str, Style]
    rules: Mapping[str, Rule]
    stamps: Mapping[str, Stamp]
    numbering: Numbering
    kinds: tuple[Kind, ...]


@lru_cache(maxsize=1)
def versions() -> tuple[Layout, ...]:
    """All versions, oldest first."""
    layouts = read(DATA / "papers.yaml", tuple[Layout, ...])
    return tuple(sorted(layouts, key=lambda layout: layout.since))


def layout(on: date | None) -> Layout:
    """What holds on the day; for a paper without a day yet (None), the latest.

    A paper from before the first version is laid out by the first.
    """
    held = [version for version in versions() if on is None or version.since <= on]
    return held[-1] if held else versions()[0]
