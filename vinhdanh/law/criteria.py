"""The small vocabulary in which conditions for an award are written: `data/awards/*.yaml`.

A condition is a criterion (a leaf) or a group of conditions (`all`, `any`). Every criterion names
its source and its grade: A read in the text itself, B remembered, C uncertain. Only A decides;
what rests on B or C is for a person to judge.

Years are calendar years; the year under appraisal is "the year". A span says which years count:
ending: so many in a row, the last being the year; count: so many of the window's years, in any
order; whole: every year of the window, and at least so many; run: so many in a row anywhere in the
window, every other year of it at least `others`; ever: any year up to the year. The window is set
by the group's `after`; without one it is the years up to the year.
"""

from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag, model_validator

Grade = Literal["A", "B", "C"]
Recipient = Literal["person", "collective", "household"]
Rating = Literal["failed", "completed", "good", "excellent"]
Reach = Literal["grassroots", "province", "nation"]
# Loại hình: công trạng, phong trào, chuyên đề, đột xuất, cống hiến, niên hạn, đối ngoại.
Class = Literal["merit", "movement", "theme", "ad_hoc", "service", "seniority", "foreign"]
Code = Annotated[str, Field(pattern=r"^[A-Z]{2}(_[A-Z0-9]+)+$")]
Text = Annotated[str, Field(min_length=1)]


class Strict(BaseModel):
    """Data as written: no unknown key, nothing converted, nothing changed later."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Sourced(Strict):
    """What the law says, where, and how certain that is."""

    source: Text
    grade: Grade
    note: str = ""


class Rated(Sourced):
    """Yearly ratings (xếp loại mức độ hoàn thành nhiệm vụ) of at least a level, `years` of them.

    A year in which one of `or_award` was won counts as one of the level.
    """

    criterion: Literal["rating"]
    at_least: Rating
    years: int = Field(default=1, ge=1)
    span: Literal["ending", "count", "whole", "run"] = "ending"
    others: Rating | None = None
    or_award: tuple[Code, ...] = ()

    @model_validator(mode="after")
    def _others_go_with_run(self) -> Self:
        if (self.others is not None) != (self.span == "run"):
            raise ValueError("khóa others đi cùng span: run, và chỉ với span đó")
        return self


class Held(Sourced):
    """Awards held before: `at_least` of `codes`, each counted in the year of its achievement.

    With the span `ending`, they follow each other: not more than `spacing` years lie between two,
    nor between the last and the year. `certain_spacing` false: a wider gap is for a person.
    """

    criterion: Literal["award"]
    codes: tuple[Code, ...] = Field(min_length=1)
    at_least: int = Field(default=1, ge=1)
    span: Literal["ending", "count", "ever"] = "count"
    spacing: int = Field(default=1, ge=1)
    certain_spacing: bool = True


class Initiative(Sourced):
    """Recognised initiatives (sáng kiến, đề tài …) of this reach or a wider one.

    `within`: the last so many years for certain (an older one is for a person to judge); without
    it, the window of the group.
    """

    criterion: Literal["initiative"]
    reach: Reach
    at_least: int = Field(default=1, ge=1)
    within: int | None = Field(default=None, ge=1)


class Share(Sourced):
    """The share of a collective's members who are `of`: 0..1 of all its members."""

    criterion: Literal["share"]
    of: Literal["completed", "advanced"]
    at_least: Decimal = Field(gt=0, le=1)


class Members(Sourced):
    """How many members of a collective are `who` (disciplined: from a warning upwards)."""

    criterion: Literal["members"]
    who: Literal["grassroots_fighters", "disciplined"]
    at_least: int | None = Field(default=None, ge=1)
    at_most: int | None = Field(default=None, ge=0)


class TimeInPosition(Strict):
    """Years in a position: from `at_least` to less than `below`."""

    title: Text
    at_least: int = Field(ge=1)
    below: int | None = None


class Tenure(Sourced):
    """Years in one of the positions, or in it and the next higher ones together.

    `positions` may leave out those that do not count for the award; the order of rank stands in
    `data/positions.yaml`. `women`: the factor for women in leading positions.
    """

    criterion: Literal["tenure"]
    positions: tuple[TimeInPosition, ...] = Field(min_length=1)
    women: Fraction | None = None


class Undisciplined(Sourced):
    """Never disciplined, or not while in the positions that count."""

    criterion: Literal["undisciplined"]
    when: Literal["ever", "in_position"]


class Retiring(Sourced):
    """Notice of retirement has been given."""

    criterion: Literal["retiring"]


class Meets(Sourced):
    """The conditions of another award are met; `branches`: one of these of its branches."""

    criterion: Literal["meets"]
    award: Code
    branches: tuple[str, ...] = ()


class Once(Sourced):
    """The award is conferred once in a life."""

    criterion: Literal["once"]


class Occupied(Sourced):
    """The person is one of these by occupation."""

    criterion: Literal["occupation"]
    one_of: tuple[
        Literal["official", "worker", "farmer", "labourer", "entrepreneur", "intellectual"], ...
    ] = Field(min_length=1)


class OfKind(Sourced):
    """The recipient is a person, collective or household."""

    criterion: Literal["recipient"]
    one_of: tuple[Recipient, ...] = Field(min_length=1)


class OfSort(Sourced):
    """The recipient is of a sort that the records may name: "enterprise", "foreign" …"""

    criterion: Literal["sort"]
    one_of: tuple[Text, ...] = Field(min_length=1)
    text: str = ""


class Aged(Sourced):
    """The collective was founded at least so many years ago."""

    criterion: Literal["age"]
    at_least: int = Field(ge=1)


class Judged(Sourced):
    """What only a person can judge; `years` where the text names a length of time."""

    criterion: Literal["judgement"]
    about: Literal[
        "conduct",
        "merit",
        "movement",
        "group",
        "selection",
        "competition",
        "occasion",
        "service",
        "local",
        "other",
    ]
    text: Text
    years: int | None = None


Criterion = (
    Rated
    | Held
    | Initiative
    | Share
    | Members
    | Tenure
    | Undisciplined
    | Retiring
    | Meets
    | Once
    | Occupied
    | OfKind
    | OfSort
    | Aged
    | Judged
)


class After(Sourced):
    """The window of a group: from the achievement for which one of `codes` was conferred.

    Counting begins with the period of achievement written in that decision, or else with the day
    of the decision (lần khen tiếp theo).
    """

    codes: tuple[Code, ...] = Field(min_length=1)


class Group(Strict):
    """Conditions that must all be met, or of which one must be.

    `branch` is the clause as the law numbers it ("74.1.d"), by which other awards refer to it;
    `of_class` the class of commendation that it makes; `name` its words for the screen.
    """

    all: "tuple[Condition, ...]" = ()
    any: "tuple[Condition, ...]" = ()
    branch: str = ""
    name: str = ""
    of_class: Class | None = None
    after: After | None = None
    note: str = ""

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if bool(self.all) == bool(self.any):
            raise ValueError(
                "nhóm điều kiện phải có đúng một trong hai khóa all và any, và không để trống"
            )
        return self


def _which(condition: object) -> str | None:
    if isinstance(condition, Group):
        return "group"
    if isinstance(condition, Sourced):
        return str(getattr(condition, "criterion", None))
    if not isinstance(condition, dict):
        return None
    return "group" if {"all", "any"} & set(condition) else condition.get("criterion")


Condition = Annotated[
    Annotated[Rated, Tag("rating")]
    | Annotated[Held, Tag("award")]
    | Annotated[Initiative, Tag("initiative")]
    | Annotated[Share, Tag("share")]
    | Annotated[Members, Tag("members")]
    | Annotated[Tenure, Tag("tenure")]
    | Annotated[Undisciplined, Tag("undisciplined")]
    | Annotated[Retiring, Tag("retiring")]
    | Annotated[Meets, Tag("meets")]
    | Annotated[Once, Tag("once")]
    | Annotated[Occupied, Tag("occupation")]
    | Annotated[OfKind, Tag("recipient")]
    | Annotated[OfSort, Tag("sort")]
    | Annotated[Aged, Tag("age")]
    | Annotated[Judged, Tag("judgement")]
    | Annotated[Group, Tag("group")],
    Discriminator(_which),
]
Group.model_rebuild()
