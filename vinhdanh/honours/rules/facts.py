"""What is known of one recipient, and the file in which it is written for the command line.

Years are calendar years; days include the day named. What is not known is left out, never guessed:
the engine says what is missing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import AliasChoices, Field, model_validator

from vinhdanh.common.refusal import Refused
from vinhdanh.law import files
from vinhdanh.law.book import Book
from vinhdanh.law.criteria import Rating, Reach, Recipient, Strict

# Loại hình khen thưởng: how the register codes it, and the same in Vietnamese codes.
CLASSES = ("", "merit", "movement", "theme", "ad_hoc", "service", "seniority", "foreign")
_CLASS_CODES = {
    **{code: code for code in CLASSES},
    "cong_trang": "merit",
    "phong_trao": "movement",
    "chuyen_de": "theme",
    "thematic": "theme",
    "dot_xuat": "ad_hoc",
    "cong_hien": "service",
    "nien_han": "seniority",
    "doi_ngoai": "foreign",
}

# Words of the criterion `sort` that stand beside what a recipient is: never declared is not denied.
# All other words name kinds that exclude each other: who declared one is of no other.
BESIDE = frozenset({"no_flags"})

EARLIEST, LATEST = 1930, 2100
Year = Annotated[int, Field(ge=EARLIEST, le=LATEST)]


@dataclass(frozen=True)
class HeldAward:
    """An award conferred: `year` is the last of its achievement, `period` its first and last year.

    `of_class` is the class of commendation (loại hình), "" when not known. Not `certain`: whether
    it counts for the recipient is for a person to judge, as with that of a unit merged into it.
    `ref` is opaque text that comes back as evidence.
    """

    code: str
    year: int
    decided_on: date | None = None
    of_class: str = ""
    period: tuple[int, int] | None = None
    ref: str = ""
    certain: bool = True


@dataclass(frozen=True)
class KnownInitiative:
    """A recognised initiative (sáng kiến) and how far it reaches."""

    year: int
    reach: Reach
    title: str = ""
    ref: str = ""


@dataclass(frozen=True)
class KnownDiscipline:
    """A disciplinary measure from a day to the day it has run out; None: it still runs."""

    since: date
    until: date | None
    form: str = ""
    ref: str = ""


@dataclass(frozen=True)
class HeldPosition:
    """A leading position by its code in the law data, from a day to a day.

    `since` None: the first day is not known; `until` None: still held.
    """

    title: str
    since: date | None
    until: date | None = None


@dataclass(frozen=True)
class Members:
    """How many members a collective has, and how many of them did what; None: not known."""

    total: int | None = None
    completed: int | None = None
    advanced: int | None = None
    grassroots_fighters: int | None = None
    disciplined: int | None = None


@dataclass(frozen=True)
class Facts:
    """What is known of a recipient up to the end of `year`, the year under appraisal.

    `sex` "male", "female" or "" when not known; `occupation` as in the criteria; `sorts` and
    `traits` are words of the criterion `sort`, empty when nothing was declared.
    `later_retirement`: a woman who retires at a higher age, without the reduction for women.
    """

    recipient: Recipient
    year: int
    sex: str = ""
    ratings: Mapping[int, Rating] = field(default_factory=dict)
    awards: tuple[HeldAward, ...] = ()
    initiatives: tuple[KnownInitiative, ...] = ()
    disciplines: tuple[KnownDiscipline, ...] = ()
    positions: tuple[HeldPosition, ...] = ()
    retires_on: date | None = None
    open_matters: tuple[str, ...] = ()
    members: Members | None = None
    founded_on: date | None = None
    occupation: str = ""
    sorts: tuple[str, ...] = ()
    traits: tuple[str, ...] = ()
    later_retirement: bool = False
    ratings_refs: Mapping[int, str] = field(default_factory=dict)


class _Award(Strict):
    code: str
    year: Year
    decided_on: date | None = None
    of_class: Literal[tuple(_CLASS_CODES)] = Field(  # type: ignore[valid-type]
        default="", validation_alias=AliasChoices("class")
    )
    period: tuple[Year | date, Year | date] | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.period and _year(self.period[0]) > _year(self.period[1]):
            raise ValueError("năm cuối của thành tích phải từ năm đầu trở đi")
        return self


class _Initiative(Strict):
    year: Year
    reach: Reach


class _Span(Strict):
    since: date = Field(alias="from")
    until: date | None = Field(default=None, alias="to")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.until and self.until < self.since:
            raise ValueError("ngày cuối phải từ ngày đầu trở đi")
        return self


class _Position(_Span):
    title: Annotated[str, Field(min_length=1)]


class _Members(Strict):
    total: int | None = Field(default=None, ge=0)
    completed: int | None = Field(default=None, ge=0)
    advanced: int | None = Field(default=None, ge=0)
    grassroots_fighters: int | None = Field(default=None, ge=0)
    disciplined: int | None = Field(default=None, ge=0)

    @model_validator(mode="after")
    def _within_the_total(self) -> Self:
        counts = (self.completed, self.advanced, self.grassroots_fighters, self.disciplined)
        if self.total is not None and any(count and count > self.total for count in counts):
            raise ValueError("không thể nhiều hơn tổng số thành viên")
        return self


class FactsFile(Strict):
    """The file as a person writes it; see `Facts` for what it means."""

    recipient: Recipient
    year: Year
    sex: Literal["male", "female", ""] = ""
    ratings: Mapping[Year, Rating] = Field(default_factory=dict)
    awards: tuple[_Award, ...] = ()
    initiatives: tuple[_Initiative, ...] = ()
    disciplines: tuple[_Span, ...] = ()
    positions: tuple[_Position, ...] = ()
    retires_on: date | None = None
    open_matters: tuple[Literal["petition", "investigation", "inspection", "discipline"], ...] = ()
    members: _Members | None = None
    founded_on: date | None = None
    occupation: Literal[
        "official", "worker", "farmer", "labourer", "entrepreneur", "intellectual", ""
    ] = ""
    sorts: tuple[str, ...] = ()
    traits: tuple[str, ...] = ()
    later_retirement: bool = False

    def facts(self) -> Facts:
        """The same for the engine."""
        return Facts(
            recipient=self.recipient,
            year=self.year,
            sex=self.sex,
            ratings=dict(self.ratings),
            awards=tuple(_held(award) for award in self.awards),
            initiatives=tuple(KnownInitiative(each.year, each.reach) for each in self.initiatives),
            disciplines=tuple(KnownDiscipline(each.since, each.until) for each in self.disciplines),
            positions=tuple(
                HeldPosition(each.title, each.since, each.until) for each in self.positions
            ),
            retires_on=self.retires_on,
            open_matters=self.open_matters,
            members=Members(**self.members.model_dump()) if self.members else None,
            founded_on=self.founded_on,
            occupation=self.occupation,
            sorts=self.sorts,
            traits=self.traits,
            later_retirement=self.later_retirement,
        )


def _held(award: _Award) -> HeldAward:
    period = award.period and (_year(award.period[0]), _year(award.period[1]))
    return HeldAward(
        award.code, award.year, award.decided_on, _CLASS_CODES[award.of_class], period or None
    )


def _year(moment: int | date) -> int:
    return moment if isinstance(moment, int) else moment.year


def read(path: Path, *, book: Book) -> Facts:
    """The facts of a YAML file with the keys of `FactsFile`.

    Refused, with file and line, for what cannot be read, an unknown key, a value that is none, and
    an award that the book does not know.
    """
    try:
        file, lines = files.read_with_lines(path, FactsFile)
    except files.MalformedError as wrong:
        raise Refused(wrong.faults[0]) from None
    for place, award in enumerate(file.awards):
        if award.code not in book.awards:
            line = lines.of("awards", place, "code")
            raise Refused(f"{path}:{line}: không có danh hiệu, hình thức “{award.code}”")
    return file.facts()
