"""What one line of a list of past facts says: about whom, which facts, what is wrong with it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from vinhdanh.common.vietnamese import fold, gettext_noop, squeeze
from vinhdanh.honours.rules import import_words
from vinhdanh.honours.rules.import_columns import LEVEL_OF, reading
from vinhdanh.honours.rules.import_words import AwardNames
from vinhdanh.people.rules.cells import MISSING, WRONG_ORDER, Cells
from vinhdanh.people.rules.spreadsheet import Problem

_EARLIEST = 1945
_YEARS = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_YEAR_ONLY = re.compile(r"(?:19|20)\d\d")
_MONTH_AND_YEAR = re.compile(r"(?:0?[1-9]|1[0-2])\s*[/.-]\s*((?:19|20)\d\d)")

NO_AWARD = gettext_noop(
    "“%(text)s” không phải tên danh hiệu, hình thức khen thưởng nào trong luật."
)
SEVERAL_AWARDS = gettext_noop("“%(text)s” có thể là: %(names)s; hãy chọn đúng một.")
TOGETHER = gettext_noop(
    "“%(text)s” nêu nhiều danh hiệu, hình thức; hãy ghi mỗi danh hiệu, hình thức một dòng."
)
NOT_FOR_THEM = gettext_noop("“%(text)s” không dành cho %(sort)s.")
NO_PERIOD = gettext_noop("Thiếu năm hoặc thời gian đạt thành tích.")
NO_YEAR = gettext_noop("Thiếu năm, hoặc năm không rõ; hãy ghi như 2023.")
FUTURE = gettext_noop("Ngày hoặc năm này chưa đến.")
NOT_A_WORD = gettext_noop("“%(text)s” không rõ; hãy ghi một trong: %(choices)s.")
NO_RATING = gettext_noop("Dòng không có mức xếp loại nào.")
NOT_FOR_COLLECTIVES = gettext_noop("Kỷ luật chỉ ghi cho cá nhân.")

SORT_NAMES = {
    "person": gettext_noop("cá nhân"),
    "collective": gettext_noop("tập thể"),
    "household": gettext_noop("hộ gia đình"),
}


@dataclass(frozen=True)
class Who:
    """Whom a line means, as it is written: `sort` is person, collective or household.

    `born_year` where only the year of birth is written. `unit` is the address of a household.
    """

    sort: str
    name: str
    code: str = ""
    born_on: date | None = None
    born_year: int | None = None
    unit: str = ""
    title: str = ""

    @property
    def identity(self) -> tuple[str, ...]:
        """The same for lines that mean the same recipient beyond doubt of the list itself."""
        if self.sort != "person":
            return (self.sort, fold(import_words.bare_collective(self.name)), fold(self.unit))
        born = str(self.born_on or self.born_year or "")
        name = import_words.name_key(self.name)
        return (self.sort, self.code, name, born, "" if self.code else fold(self.unit))


@dataclass(frozen=True)
class Draft:
    """A line as read; each of `facts` holds the values of one fact of the register by field.

    `on` is the day by which a unit's name is understood: of the decision, or the end of the year.
    """

    number: int
    who: Who
    on: date
    facts: tuple[Mapping[str, Any], ...] = ()
    problems: tuple[Problem, ...] = field(default=())


def read_line(
    kind: str, number: int, cells: Mapping[str, str], *, names: AwardNames, today: date
) -> Draft:
    """The line with these cells by code of column; `kind` as in `HistoryImport.Kind`."""
    taken = reading(number, cells)
    who = _who(taken, cells, names if kind == "conferrals" else None, today)
    facts = _READERS[kind](taken, cells, who, names, today)
    days = [value for fact in facts for value in fact.values() if isinstance(value, date)]
    decided = next((fact["decided_on"] for fact in facts if fact.get("decided_on")), None)
    last = max(days, default=None) or (
        date(max(fact["year"] for fact in facts), 12, 31) if facts and "year" in facts[0] else today
    )
    return Draft(number, who, min(decided or last, today), tuple(facts), tuple(taken.problems))


def _who(taken: Cells, cells: Mapping[str, str], names: AwardNames | None, today: date) -> Who:
    name = taken.text("recipient", limit=200, required=True)
    unit, title = taken.text("unit", limit=300), taken.text("title", limit=150)
    sort = _sort(taken, name, title, cells, names)
    if sort == "person" and not unit:
        unit = import_words.post_and_unit(title)[1]
    born_on, born_year = None, None
    born = cells.get("born_on", "")
    if _YEAR_ONLY.fullmatch(born):
        born_year = int(born)
    elif month := _MONTH_AND_YEAR.fullmatch(born):
        born_year = int(month[1])
    elif born:
        born_on = taken.day("born_on")
        if born_on and born_on > today:
            taken.problems.append(Problem("born_on", FUTURE))
    code = taken.text("code", limit=40)
    return Who(sort, squeeze(name), code, born_on, born_year, unit, title)


def _sort(
    taken: Cells, name: str, title: str, cells: Mapping[str, str], names: AwardNames | None
) -> str:
    written = cells.get("sort", "")
    if written:
        sort = import_words.meaning(written, import_words.SORTS)
        if sort:
            return sort
        choices = ", ".join(SORT_NAMES.values())
        taken.problems.append(Problem("sort", NOT_A_WORD, {"text": written, "choices": choices}))
    if import_words.looks_household(name):
        return "household"
    if cells.get("code") or cells.get("born_on") or title:
        return "person"
    if import_words.looks_collective(name):
        return "collective"
    if names is not None and cells.get("award"):
        only = names.only_recipient(cells["award"])
        if only:
            return only
    return "person"


def _conferral(
    taken: Cells, cells: Mapping[str, str], who: Who, names: AwardNames, today: date
) -> list[Mapping[str, Any]]:
    kind = _word(taken, "kind", import_words.CLASSES)
    awards = _awards(taken, cells, who, names)
    period = _period(taken, today)
    decided_on = _past(taken, "decided_on", today)
    fact = {
        "kind": kind,
        "decision_number": taken.text("decision_number", limit=60),
        "decided_on": decided_on,
        "signer": taken.text("signer", limit=150),
        "body": taken.text("body", limit=200),
        "certificate_number": taken.text("certificate_number", limit=60),
    }
    if not period:
        return []
    fact |= {"achieved_from": period[0], "achieved_until": period[1]}
    return [{"award": award, **fact} for award in awards]


def _awards(taken: Cells, cells: Mapping[str, str], who: Who, names: AwardNames) -> list[str]:
    """The codes of all awards that the line names; none where one of them is not clear."""
    text = taken.text("award", limit=300, required=True)
    if not text:
        return []
    parts = names.apart(text)
    if len(parts) == 1 and names.mentions_several(text):
        taken.problems.append(Problem("award", TOGETHER, {"text": text}))
        return []
    codes = [_award(part, taken, cells, who, names) for part in parts]
    return list(dict.fromkeys(codes)) if all(codes) else []


def _award(text: str, taken: Cells, cells: Mapping[str, str], who: Who, names: AwardNames) -> str:
    body = cells.get("body", "") or cells.get("decision_number", "")
    codes = names.named(text, recipient=who.sort, body=body)
    if kind := import_words.meaning(cells.get("kind", ""), import_words.CLASSES):
        codes = names.of_class(codes, kind)
    if not codes:
        taken.problems.append(Problem("award", NO_AWARD, {"text": text}))
    elif len(codes) > 1:
        known = "; ".join(names.name(code) for code in codes)
        taken.problems.append(Problem("award", SEVERAL_AWARDS, {"text": text, "names": known}))
    elif who.sort not in names.recipients(codes[0]):
        values = {"text": names.name(codes[0]), "sort": SORT_NAMES[who.sort]}
        taken.problems.append(Problem("award", NOT_FOR_THEM, values))
    else:
        return codes[0]
    return ""


def _period(taken: Cells, today: date) -> tuple[date, date] | None:
    """The first and last day of the achievement: of the year, the years, or as written."""
    first, last = _bound(taken, "achieved_from", 1, 1), _bound(taken, "achieved_until", 12, 31)
    written = taken.row.cells.get("year", "")
    years = [int(year) for year in _YEARS.findall(written)]
    if not (first and last) and years:
        first = first or date(min(years), 1, 1)
        last = last or date(max(years), 12, 31)
    if not (first and last):
        if not taken.problems or taken.problems[-1].column not in {
            "achieved_from",
            "achieved_until",
        }:
            taken.problems.append(Problem("year", NO_PERIOD))
        return None
    if last < first:
        taken.problems.append(Problem("achieved_until", WRONG_ORDER))
        return None
    if first.year < _EARLIEST or last.year > today.year:
        taken.problems.append(Problem("year", FUTURE if last.year > today.year else NO_YEAR))
        return None
    return first, last


def _bound(taken: Cells, code: str, month: int, day: int) -> date | None:
    text = taken.row.cells.get(code, "")
    if _YEAR_ONLY.fullmatch(text):
        return date(int(text), month, day)
    return taken.day(code)


def _rating(
    taken: Cells, cells: Mapping[str, str], who: Who, names: AwardNames, today: date
) -> list[Mapping[str, Any]]:
    by_year = {
        int(code.removeprefix(LEVEL_OF)): code for code in cells if code.startswith(LEVEL_OF)
    }
    facts: list[Mapping[str, Any]] = []
    for year, code in sorted(by_year.items()):
        level = _word(taken, code, import_words.LEVELS)
        if level and _fits(taken, code, year, today):
            facts.append({"year": year, "level": level})
    if "level" in cells:
        level = _word(taken, "level", import_words.LEVELS)
        read = _year(taken, today)
        if level and read:
            facts.append({"year": read, "level": level})
    elif not by_year:
        taken.problems.append(Problem("level", NO_RATING))
    return facts


def _recognition(
    taken: Cells, cells: Mapping[str, str], who: Who, names: AwardNames, today: date
) -> list[Mapping[str, Any]]:
    name = taken.text("name", limit=500, required=True)
    reach = _word(taken, "reach", import_words.REACHES, required=True)
    year = _year(taken, today)
    fact = {
        "title": name,
        "reach": reach,
        "year": year,
        "decision_number": taken.text("decision_number", limit=60),
        "decided_on": _past(taken, "decided_on", today),
        "body": taken.text("body", limit=200),
    }
    return [fact] if name and reach and year else []


def _discipline(
    taken: Cells, cells: Mapping[str, str], who: Who, names: AwardNames, today: date
) -> list[Mapping[str, Any]]:
    form = _word(taken, "form", import_words.FORMS, required=True)
    from_on, until_on = taken.days("from_on", "until_on")
    if "from_on" not in cells:
        taken.problems.append(Problem("from_on", MISSING))
    if who.sort != "person":
        taken.problems.append(Problem("sort", NOT_FOR_COLLECTIVES))
    fact = {
        "form": form,
        "from_on": from_on,
        "until_on": until_on,
        "decision_number": taken.text("decision_number", limit=60),
        "decided_on": _past(taken, "decided_on", today),
    }
    return [fact] if form and from_on else []


_READERS = {
    "conferrals": _conferral,
    "ratings": _rating,
    "recognitions": _recognition,
    "disciplines": _discipline,
}


def _word(taken: Cells, code: str, table: Mapping[str, str], *, required: bool = False) -> str:
    text = taken.text(code, limit=200, required=required)
    if not text:
        return ""
    meant = import_words.meaning(text, table)
    if not meant:
        choices = ", ".join(_shown(table))
        taken.problems.append(Problem(code, NOT_A_WORD, {"text": text, "choices": choices}))
    return meant


def _shown(table: Mapping[str, str]) -> list[str]:
    return [import_words.SHOWN[code] for code in dict.fromkeys(table.values())]


def _year(taken: Cells, today: date) -> int | None:
    years = _YEARS.findall(taken.row.cells.get("year", ""))
    if not years:
        taken.problems.append(Problem("year", NO_YEAR))
        return None
    year = int(years[-1])
    return year if _fits(taken, "year", year, today) else None


def _fits(taken: Cells, code: str, year: int, today: date) -> bool:
    if year > today.year:
        taken.problems.append(Problem(code, FUTURE))
    elif year < _EARLIEST:
        taken.problems.append(Problem(code, NO_YEAR))
    return _EARLIEST <= year <= today.year


def _past(taken: Cells, code: str, today: date) -> date | None:
    day = taken.day(code)
    if day and day > today:
        taken.problems.append(Problem(code, FUTURE))
    return day
