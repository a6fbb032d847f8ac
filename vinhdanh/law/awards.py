"""Awards as law data, one file each in `data/awards/`: titles and forms of commendation.

What is asked, who decides, which papers, which vote, which money: each is a list of dated entries,
because each changes on days of its own. An entry holds from its day `since` (in the file: `from`;
None where the first day is not known) to its day `until`, both included.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Literal, TypeVar

from pydantic import Field

from vinhdanh.law.criteria import Class, Code, Group, Recipient, Sourced, Strict, Text


class Dated(Strict):
    """What holds from a day to a day, both included."""

    since: date | None = Field(alias="from")
    until: date | None = None

    def holds(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (
            self.until is None or day <= self.until
        )


class Version(Dated):
    """The conditions, by the text they stand in; `detail_by`: who may make them more precise."""

    text: Text
    criteria: Group
    detail_by: str = ""
    note: str = ""


class Decider(Dated, Sourced):
    """Who confers it; `proposed_by` who proposes it to them."""

    who: Text
    proposed_by: str = ""


class Dossier(Dated, Sourced):
    """The papers of a dossier: codes of `data/documents.yaml`.

    fixed: by the law itself; delegated: the province says more. `copies` None: not said.
    """

    status: Literal["fixed", "delegated"]
    documents: tuple[str, ...]
    copies: int | None = None
    original: bool = False
    formats: tuple[Literal["paper", "pdf", "docx"], ...] = ()


class Vote(Dated, Sourced):
    """The vote of the council: the least share (0..1) of all its members, present or not.

    delegated: the law leaves share and ballot to the province; then `share` is None.
    """

    status: Literal["fixed", "delegated", "unknown"]
    share: Decimal | None = Field(default=None, gt=0, le=1)
    ballot: bool | None = None
    council: str = ""
    absent: str = ""


class Bonus(Dated, Sourced):
    """Multiples of the base salary of the decision's day; None: the text names none.

    `is_ceiling`: not more than that.
    """

    person: Decimal | None = None
    collective: Decimal | None = None
    household: Decimal | None = None
    is_ceiling: bool = False


class Duty(Dated, Sourced):
    """What else the law asks: whom to ask, what to post, by when, what the recipient is given."""

    kind: Literal[
        "consult",
        "posting",
        "party_opinion",
        "conclusion",
        "deadline",
        "time_limit",
        "payer",
        "objects",
        "rhythm",
        "proposer",
        "simple_procedure",
        "quota",
        "exception",
        "clock",
        "single_use",
        "scope",
    ]
    text: Text
    who: str = ""
    working_days: int | None = None
    share: Decimal | None = None
    count: int | None = None
    must: bool = True


class Review(Sourced):
    """Law that is known to exist from a day on, but has not been read."""

    since: date = Field(alias="from")
    text: Text


class Award(Strict):
    """A title (danh hiệu thi đua) or a form of commendation (hình thức khen thưởng).

    `level`: whose head decides: the office (cơ sở), the province or ministry, the State. `classes`
    of commendation it may be; empty where the branches say so. `rank`: the higher, the higher in
    a list for conferring.
    """

    code: Code
    name: Text
    kind: Literal["title", "commendation"]
    recipients: tuple[Recipient, ...] = Field(min_length=1)
    level: Literal["grassroots", "province", "nation"]
    local: bool = False
    rank: int = Field(ge=0)
    classes: tuple[Class, ...] = ()
    rhythm: Literal["yearly", "monthly", "any"] = "any"
    versions: tuple[Version, ...] = Field(min_length=1)
    deciders: tuple[Decider, ...] = Field(min_length=1)
    dossiers: tuple[Dossier, ...] = ()
    votes: tuple[Vote, ...] = ()
    bonuses: tuple[Bonus, ...] = ()
    duties: tuple[Duty, ...] = ()
    reviews: tuple[Review, ...] = ()
    note: str = ""

    def version(self, day: date) -> Version | None:
        """The conditions on a day; None where the data know none."""
        return held(self.versions, day)

    def review(self, day: date) -> Review | None:
        """The unread law that holds on a day, the latest."""
        begun = [review for review in self.reviews if review.since <= day]
        return max(begun, key=lambda review: review.since, default=None)


T = TypeVar("T", bound=Dated)


def held(entries: Sequence[T], day: date) -> T | None:
    """The one entry that holds on a day."""
    return next((entry for entry in entries if entry.holds(day)), None)


def first_overlap(entries: Sequence[Dated]) -> date | None:
    """The first day on which two entries hold; None when there is none."""
    least, most = date.min, date.max
    ordered = sorted(entries, key=lambda entry: entry.since or least)
    for before, after in pairwise(ordered):
        if (after.since or least) <= (before.until or most):
            return after.since or least
    return None
