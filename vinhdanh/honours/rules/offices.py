"""What offices set where the law leaves it to them, as the engine takes it.

Only choices between two readings of the law bear on what is measured. Texts go with the findings
that a person judges by them; shares and days are told beside.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from vinhdanh.honours.rules.records import Ints

# Contents of the law data's `delegated` that bear on a measure, and what they may be set to.
CHAINS, BOTH_CHAINS, ONE_CHAIN = (
    "chains_may_share_years",
    "được tính vào cả hai chuỗi",
    "chỉ tính vào một chuỗi",
)
INITIATIVES, ONCE, OFTEN = "initiative_single_use", "chỉ dùng một lần", "được dùng nhiều lần"
# Those that say in words what an award asks for, and how ratings are recognised.
DETAILS = ("commendation_criteria", "criteria_detail", "commemorative_medal_criteria")
RATINGS = "rating_recognition"


@dataclass(frozen=True)
class LocalRule:
    """A value that holds: of which content, for which award ("" for all), from which text and day.

    `value` as kept: a share as 0..1 or a fraction, see `local.parse`.
    """

    code: str
    award: str
    value: str
    source: str
    since: date


# What holds for one office on a day, by content and award; what is not in it was not set.
Local = Mapping[tuple[str, str], LocalRule]


def detail_of(local: Local, award: str) -> LocalRule | None:
    """What was set in words about who may be given the award."""
    found = (local.get((code, award)) for code in DETAILS)
    return next((rule for rule in found if rule), None)


@dataclass(frozen=True, eq=False)
class Offices:
    """What holds for many recipients: `local` of each office, `of` the place of whose, by row."""

    local: tuple[Local, ...]
    of: Ints

    @classmethod
    def one(cls, local: Local) -> "Offices":
        """For one recipient."""
        return cls((local,), np.zeros(1, dtype=np.int32))

    def choosing(self, code: str, award: str, choice: str) -> Ints:
        """bool[count]: for whom the content is set to the choice."""
        rules = (local.get((code, award)) for local in self.local)
        chosen: Ints = np.array([rule is not None and rule.value == choice for rule in rules])
        of_each: Ints = chosen[self.of]
        return of_each
