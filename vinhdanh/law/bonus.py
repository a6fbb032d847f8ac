"""Bonuses (tiền thưởng): how much an award brings, and which of several are paid.

An amount is the award's coefficient for the recipient times the base salary of the decision's day,
rounded up. Source: NĐ 152/2025/NĐ-CP Điều 49–55. What the City or the office set where the decree
leaves it to them is given as a `Local`; nothing here knows where it is kept.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_CEILING, Decimal
from typing import Literal

from vinhdanh.common.refusal import Refused
from vinhdanh.law import words
from vinhdanh.law.awards import Award, Bonus, held
from vinhdanh.law.book import Book, Rule, Salary
from vinhdanh.law.criteria import Condition, Group, Held, Rated, Recipient

# What an office may set, by the codes of `data/delegated.yaml`.
FACTORS = ("commemorative_medal_factor", "local_bonus_factor")
ROUNDING = "rounding_of_collective_bonus"
# Its choice by which a person's bonus, already rounded, is multiplied.
OF_THE_ROUNDED = "nhân số tiền đã làm tròn của cá nhân"

_OPEN = "hãy để người có thẩm quyền xác định mức tiền thưởng."


@dataclass(frozen=True)
class Local:
    """What the City or the office set about the bonus of an award, each with the text it is in.

    `factor`: times the base salary, None: not set. `rounding`: the chosen way of rounding for
    collectives and households, "" for none.
    """

    factor: Decimal | None = None
    factor_source: str = ""
    rounding: str = ""
    rounding_source: str = ""


UNSET = Local()


@dataclass(frozen=True)
class Amount:
    """A bonus in dong; `amount` is `coefficient` times `salary`, rounded up.

    With `times` it is so many times the bonus of a person, which was rounded up before. `source`
    names the texts of coefficient, rounding and salary, and of a text that is later than the
    decision what was taken from it. `is_ceiling`: not more than that. `doubt` says why a person
    has to say how much it is; "" where it is certain.
    """

    code: str
    amount: int
    coefficient: Decimal
    salary: int
    source: str
    is_ceiling: bool = False
    doubt: str = ""
    times: Decimal | None = None

    @property
    def reckoned(self) -> str:
        """How it is reckoned: "1,5 × 2.530.000 đồng"."""
        salary = words.money(self.salary)
        if self.times is None:
            return f"{words.number(self.coefficient)} × {salary}"
        of_person = f"{words.number(self.coefficient / self.times)} × {salary}, làm tròn lên"
        return f"{words.number(self.times)} × ({of_person})"


@dataclass(frozen=True)
class Unknown:
    """A bonus of which the law does not say how much it is; `because` is the refusal's sentence."""

    code: str
    because: str


def bonus(code: str, recipient: Recipient, *, on: date, book: Book, local: Local = UNSET) -> Amount:
    """What the award brings to a recipient when the decision is of day `on`.

    A factor of `local` stands where the decree names none or only a ceiling; its way of rounding
    decides for collectives and households. Refused for an unknown award, one that is not for the
    recipient or brings no money, a day whose law is not known, and a factor over the ceiling.
    """
    award = book.awards.get(code)
    if award is None:
        raise Refused(f"Không có danh hiệu, hình thức khen thưởng nào mã {code}.")
    whom = words.RECIPIENTS[recipient]
    if recipient not in award.recipients:
        raise Refused(f"{award.name} không tặng cho {whom}.")
    entry, salary = held(award.bonuses, on), held(book.salaries, on)
    rounding = book.rule("TH_02", on) or next(iter(book.rules.get("TH_02", ())), None)
    day = f"Quyết định ngày {on:%d/%m/%Y}"
    if entry is None and local.factor is None:
        raise Refused(f"{day}: chưa có quy định về tiền thưởng {award.name}; {_OPEN}")
    if salary is None or rounding is None:
        raise Refused(f"{day}: chưa biết mức lương cơ sở; {_OPEN}")
    written: Decimal | None = getattr(entry, recipient, None)
    is_fixed = entry is not None and written is not None and entry.grade == "A"
    day_of = _Day(on, book, salary, rounding)
    if local.factor is not None and not (is_fixed and entry and not entry.is_ceiling):
        return _set_locally(award, local, entry if is_fixed else None, written, day_of)
    if written is None or entry is None:
        raise Refused(f"Văn bản không nêu tiền thưởng {award.name} cho {whom}; {_OPEN}")
    if entry.grade != "A":
        raise Refused(f"Mức tiền thưởng {award.name} chưa đối chiếu được với văn bản; {_OPEN}")
    found = day_of.amount(code, written, entry.source)
    if entry.is_ceiling:
        doubt = f"Nghị định chỉ đặt mức tối đa của {award.name}; {_OPEN}"
        return replace(found, is_ceiling=True, doubt=doubt)
    return _of_many(found, award, recipient, local, day_of)


@dataclass(frozen=True)
class _Day:
    """What an amount is reckoned by when the decision is of day `on`."""

    on: date
    book: Book
    salary: Salary
    rounding: Rule

    def amount(self, code: str, coefficient: Decimal, source: str) -> Amount:
        amount = self.rounded(coefficient * self.salary.amount)
        sources = _sources(source, self.rounding, self.salary, self.on, self.book)
        return Amount(code, amount, coefficient, self.salary.amount, sources)

    def rounded(self, exact: Decimal) -> int:
        up_to = int(str(self.rounding.values["up_to"]))
        return int((exact / up_to).to_integral_value(rounding=ROUND_CEILING)) * up_to


def _set_locally(
    award: Award, local: Local, entry: Bonus | None, ceiling: Decimal | None, day: _Day
) -> Amount:
    """The bonus by the factor of the City or the office; `ceiling` of the decree's `entry`: the
    highest it may be."""
    factor = local.factor
    assert factor is not None
    source = f"{local.factor_source} (hệ số do địa phương quy định)"
    if entry is None or ceiling is None:
        return day.amount(award.code, factor, source)
    if factor > ceiling:
        raise Refused(
            f"Hệ số {words.number(factor)} của {award.name} ({local.factor_source}) vượt mức tối đa"
            f" {words.number(ceiling)} lần mức lương cơ sở; {_OPEN}"
        )
    found = day.amount(award.code, factor, f"{source}; {entry.source}")
    highest = int(ceiling * found.salary)
    if found.amount <= highest:
        return found
    doubt = f"Làm tròn lên thì vượt mức tối đa {words.money(highest)} của nghị định; {_OPEN}"
    return replace(found, doubt=doubt)


def _of_many(found: Amount, award: Award, recipient: Recipient, local: Local, day: _Day) -> Amount:
    """The bonus of a collective or household where the decree may be read in two ways: as chosen;
    in doubt where nothing is chosen and the two ways lead to different sums.

    Source: NĐ 152/2025/NĐ-CP Điều 49 khoản 2, Điều 54 khoản 2.
    """
    rule = day.book.rule("TH_12", day.on)
    if rule is None or recipient == "person":
        return found
    if not award.name.startswith(tuple(str(rule.values["of"]).split(", "))):
        return found
    times = Decimal(str(rule.values[recipient]))
    other = day.rounded(times * day.rounded(found.coefficient / times * found.salary))
    if local.rounding:
        source = f"{found.source}; {local.rounding_source} (cách làm tròn)"
        if local.rounding != OF_THE_ROUNDED:
            return replace(found, source=source)
        return replace(found, amount=other, source=f"{source}; {rule.source}", times=times)
    if other == found.amount:
        return found
    doubt = (
        f"Nghị định đọc được theo hai cách: {words.money(found.amount)} nếu nhân hệ số rồi làm"
        f" tròn, {words.money(other)} nếu nhân số tiền đã làm tròn của cá nhân; cơ quan chưa chọn."
    )
    return replace(found, doubt=doubt)


def _sources(coefficient: str, rounding: Rule, salary: Salary, on: date, book: Book) -> str:
    """The texts of an amount. No rule on rounding was read in the law before that of `rounding`,
    and a salary may be known only through the decree that followed."""
    rounded = rounding.source
    if not rounding.holds(on):
        coefficient += " (hệ số)"
        rounded += " (làm tròn như quy định này"
        rounded += f", có từ {rounding.since:%d/%m/%Y})" if rounding.since else ")"
    parts = [part.strip() for part in salary.source.split(";")]
    later = [part for part in parts if _is_later(part, on, book)]
    own = "; ".join(part for part in parts if part not in later)
    if own and later:
        own += f" (mức lương cơ sở, đọc qua {', '.join(later)})"
    return "; ".join(dict.fromkeys((coefficient, rounded, own or salary.source)))


def _is_later(source: str, on: date, book: Book) -> bool:
    named = (text for text in book.texts.values() if source.startswith(text.name))
    return any(text.since is not None and text.since > on for text in named)


@dataclass(frozen=True)
class Granted:
    """A bonus that one recipient was granted: for what was done in `period`, both days included.

    `achievement` tells apart what was honoured: the same text, the same achievement; "": not known.
    """

    amount: Amount | Unknown
    period: tuple[date, date]
    achievement: str = ""


@dataclass(frozen=True)
class Payment:
    """Whether a granted bonus is paid, and why; judge: the decree leaves it to a person.

    `beside` is the other bonus for which it is not paid or to be judged; None where there is none.
    """

    granted: Granted
    verdict: Literal["paid", "not paid", "judge"]
    because: str
    source: str
    beside: Granted | None = None


def payable(granted: Sequence[Granted], *, on: date, book: Book) -> tuple[Payment, ...]:
    """Which of the bonuses of one recipient are paid, in the order given.

    Titles of the same period: the highest only; of different periods: each. Commendations of
    different time and achievement: each. A title and a commendation: both. One alone is paid, and
    one that is not known is for a person. Source: NĐ 152/2025/NĐ-CP Điều 49 khoản 5–7. Refused for
    several on a day on which no such rule is known.
    """
    if len(granted) == 1:
        return (_alone(granted[0], on, book),)
    titles = [g for g in granted if book.awards[g.amount.code].kind == "title"]
    forms = [g for g in granted if book.awards[g.amount.code].kind == "commendation"]
    found = [*_of_titles(titles, on, book), *_of_commendations(forms, on, book)]
    if titles and forms:
        both = _source("TH_05", on, book)
        found = [
            replace(p, source=f"{p.source}; {both}") if p.verdict == "paid" else p for p in found
        ]
    return tuple(next(p for p in found if p.granted is g) for g in granted)


def _alone(one: Granted, on: date, book: Book) -> Payment:
    if isinstance(one.amount, Unknown):
        return Payment(one, "judge", one.amount.because, "")
    is_title = book.awards[one.amount.code].kind == "title"
    rule = book.rule("TH_03" if is_title else "TH_04", on)
    return Payment(one, "paid", _ALONE if is_title else _ONLY, rule.source if rule else "")


_ALONE = "Danh hiệu duy nhất của khoảng thời gian tính thành tích này."
_ONLY = "Hình thức khen thưởng duy nhất của khoảng thời gian này."
_APART = "Thời gian và thành tích khác với các hình thức khen thưởng còn lại."


def _of_titles(titles: list[Granted], on: date, book: Book) -> Iterator[Payment]:
    for title in titles:
        source = _source("TH_03", on, book)
        if isinstance(title.amount, Unknown):
            yield Payment(title, "judge", title.amount.because, "")
            continue
        same = [other for other in titles if other.period == title.period]
        highest = _highest(same)
        if len(same) == 1:
            yield Payment(title, "paid", _ALONE, source)
            continue
        years = _years(title, on, book)
        above = _highest([other for other in same if _years(other, on, book) == years])
        unknown = next((other for other in same if isinstance(other.amount, Unknown)), None)
        if above is not title:
            because = (
                f"Cùng khoảng thời gian chỉ nhận mức cao nhất, là mức của {_name(above, book)}."
            )
            yield Payment(title, "not paid", because, source, above)
        elif highest is not title:
            because = (
                f"Sổ ghi cùng khoảng thời gian với {_name(highest, book)}, nhưng hai danh hiệu xét"
                " trên số năm khác nhau: khoảng thời gian khác nhau thì nhận từng mức, nên để người"
                " có thẩm quyền quyết định."
            )
            yield Payment(title, "judge", because, source, highest)
        elif unknown is not None:
            because = f"Cùng khoảng thời gian còn {_name(unknown, book)} chưa rõ mức tiền thưởng."
            yield Payment(title, "judge", because, source, unknown)
        else:
            because = "Mức cao nhất trong các danh hiệu của cùng khoảng thời gian."
            yield Payment(title, "paid", because, source)


def _of_commendations(forms: list[Granted], on: date, book: Book) -> Iterator[Payment]:
    for form in forms:
        source = _source("TH_04", on, book)
        if isinstance(form.amount, Unknown):
            yield Payment(form, "judge", form.amount.because, "")
            continue
        near = [other for other in forms if other is form or _near(other, form)]
        highest = _highest(near)
        unknown = next((other for other in near if isinstance(other.amount, Unknown)), None)
        if len(near) == 1:
            yield Payment(form, "paid", _APART if len(forms) > 1 else _ONLY, source)
        elif highest is form and unknown is None:
            because = "Mức cao nhất trong các hình thức cùng thời gian hoặc cùng thành tích."
            yield Payment(form, "paid", because, source)
        else:
            other = unknown if highest is form and unknown is not None else highest
            because = (
                f"Cùng thời gian hoặc cùng thành tích với {_name(other, book)}: nghị định chỉ nêu"
                " nhận từng mức khi cả hai đều khác, nên để người có thẩm quyền quyết định."
            )
            yield Payment(form, "judge", because, source, other)


def _near(one: Granted, other: Granted) -> bool:
    """Whether time and achievement are not certainly both different."""
    if one.achievement and one.achievement == other.achievement:
        return True
    if one.period == other.period:
        return True
    told_apart = one.achievement and other.achievement
    return not told_apart and overlap(one.period, other.period)


def overlap(one: tuple[date, date], other: tuple[date, date]) -> bool:
    """Whether two periods, first and last day included, have a day in common."""
    return one[0] <= other[1] and other[0] <= one[1]


def _highest(granted: list[Granted]) -> Granted:
    """The first of those that bring most; what is not known brings nothing here."""
    return max(granted, key=lambda g: g.amount.amount if isinstance(g.amount, Amount) else -1)


def _years(granted: Granted, on: date, book: Book) -> int:
    """On how many years at least the title is judged."""
    version = book.awards[granted.amount.code].version(on)
    return max(_spans(version.criteria)) if version else 1


def _spans(condition: Condition) -> Iterable[int]:
    yield 1
    if isinstance(condition, Group):
        for part in (*condition.all, *condition.any):
            yield from _spans(part)
    elif isinstance(condition, Rated):
        yield condition.years
    elif isinstance(condition, Held) and condition.span != "ever":
        yield condition.at_least


def _name(granted: Granted, book: Book) -> str:
    return book.awards[granted.amount.code].name


def _source(code: str, on: date, book: Book) -> str:
    rule = book.rule(code, on)
    if rule is None:
        day = f"{on:%d/%m/%Y}"
        raise Refused(f"Chưa có quy định về việc nhận nhiều mức tiền thưởng vào ngày {day}.")
    return rule.source
