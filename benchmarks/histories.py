"""Invented histories of many persons for the measurements of eligibility, as plain columns."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from vinhdanh.honours.rules import records as rules
from vinhdanh.honours.rules.facts import CLASSES
from vinhdanh.honours.rules.records import Awards, Initiatives, Records, Spans

YEARS = 10
# The year under appraisal, the last of the ten, and a day on which the law read is in force.
YEAR = 2025

Table = npt.NDArray[np.int8]


@dataclass(frozen=True)
class Histories:
    """Each table is persons × years, the oldest year first; titles and initiatives are counts.

    `ratings` run from 0 (failed) to 3 (excellent); -1 where a year has none.
    """

    ratings: Table
    advanced: Table
    fighter: Table
    certificate: Table
    initiatives: Table
    province_initiatives: Table

    def __len__(self) -> int:
        return len(self.ratings)

    @property
    def awards(self) -> dict[str, Table]:
        """The tables of what was conferred, by the code of the award."""
        return {
            "DH_LDTT": self.advanced,
            "DH_CSTD_CS": self.fighter,
            "HT_BK_TINH_CN": self.certificate,
        }

    def first(self, count: int) -> "Histories":
        """The same of the first so many persons."""
        return Histories(**{name: table[:count] for name, table in vars(self).items()})


def invented(count: int, *, gaps: bool = False, seed: int = 2025) -> Histories:
    """Histories of so many persons, most of them good; the same ones at every call.

    `gaps`: one year in fifty has no rating, as old paper files have it.
    """
    chance = np.random.default_rng(seed)
    able = chance.random((count, 1))
    each = chance.random((count, YEARS))
    ratings = np.select(
        [each < 0.02, each < 0.10, each < 1 - 0.5 * able], [0, 1, 2], default=3
    ).astype(np.int8)
    advanced = (ratings >= 2).astype(np.int8)
    initiatives = (chance.random((count, YEARS)) < 0.35 * able).astype(np.int8)
    province = initiatives * (chance.random((count, YEARS)) < 0.1)
    fighter = ((ratings == 3) & (chance.random((count, YEARS)) < 0.6)).astype(np.int8)
    certificate = (fighter * (chance.random((count, YEARS)) < 0.25)).astype(np.int8)
    if gaps:
        ratings[chance.random((count, YEARS)) < 0.02] = -1
    return Histories(
        ratings=ratings,
        advanced=advanced,
        fighter=fighter,
        certificate=certificate,
        initiatives=initiatives,
        province_initiatives=province.astype(np.int8),
    )


def records(known: Histories, codes: Collection[str] | None = None) -> Records:
    """The same as the engine wants them; what the histories do not know is not known.

    `codes`: only these awards; None: all.
    """
    awards = {code: held for code, held in known.awards.items() if codes is None or code in codes}
    count, first = len(known), YEAR - rules.YEARS + 1
    ratings = np.full((count, rules.YEARS), -1, dtype=np.int8, order="F")
    ratings[:, -YEARS:] = known.ratings
    rows, years, places = [], [], []
    for place, table in enumerate(awards.values()):
        row, column = np.nonzero(table)
        rows.append(row)
        years.append(column + YEAR - YEARS + 1)
        places.append(np.full(len(row), place))
    row, year = np.concatenate(rows).astype(np.int32), np.concatenate(years).astype(np.int32)
    found, found_in = np.nonzero(known.initiatives)
    nobody, no_day = np.full(count, -1, dtype=np.int8), np.full(count, "NaT", "datetime64[D]")
    nothing, never = np.zeros(0, dtype=np.int32), np.zeros(0, dtype="datetime64[D]")
    return Records(
        recipient="person",
        count=count,
        first_year=first,
        year=YEAR,
        ratings=ratings,
        awards=Awards(
            codes=tuple(awards),
            row=row,
            code=np.concatenate(places).astype(np.int32),
            of_class=np.full(len(row), CLASSES.index("merit"), dtype=np.int32),
            year=year,
            counts_from=year + 1,
            may_count_from=year + 1,
            period_from=year,
            period_to=year,
            certain=np.ones(len(row), dtype=bool),
        ),
        initiatives=Initiatives(
            row=found.astype(np.int32),
            year=(found_in + YEAR - YEARS + 1).astype(np.int32),
            reach=known.province_initiatives[found, found_in].astype(np.int32),
        ),
        disciplines=Spans(nothing, never, never, nothing),
        positions=Spans(nothing, never, never, nothing),
        women=nobody,
        retires_on=no_day,
        open_matters=np.zeros(count, dtype=np.int16),
        members=np.full((count, 5), -1, dtype=np.int32),
        founded_on=no_day,
        occupation=nobody,
        sorts={},
        declared=nobody >= 0,
        later_retirement=nobody >= 0,
    )
