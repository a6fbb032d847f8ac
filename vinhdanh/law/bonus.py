"""Bonuses (tiền thưởng): how much an award brings, and which of several are paid.

An amount is the award's coefficient for the recipient times the base salary of the decision's day,
rounded up. Source: NĐ 152/2025/NĐ-CP Điều 49–55.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal
from typing import Literal

from vinhdanh.common.refusal import Refused
from vinhdanh.law import words
from vinhdanh.law.awards import Bonus, held
from vinhdanh.law.book import Book, Rule, Salary
from vinhdanh.law.criteria import Recipient

_OPEN = "hãy để người có thẩm quyền xác định mức tiền thưởng."


@dataclass(frozen=True)
class Amount:
    """A bonus in dong; `amount` is `coefficient` times `salary`, rounded up.

    `source` names the texts of coefficient, rounding and salary, and of a text that is later than
    the decision what was taken from it. `is_ceiling`: not more than that.
    """

    code: str
    amount: int
    coefficient: Decimal
    salary: int
    source: str
    is_ceiling: bool = False


def bonus(code: str, recipient: Recipient, *, on: date, book: Book) -> Amount:
    """What the award brings to a recipient when the decision is of day `on`.

    Refused for an unknown award, one that is not for the recipient or brings no money, and for a
    day whose law is not known.
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
    if entry is None:
        raise Refused(f"{day}: chưa có quy định về tiền thưởng {award.name}; {_OPEN}")
    if salary is None or rounding is None:
        raise Refused(f"{day}: chưa biết mức lương cơ sở; {_OPEN}")
    coefficient: Decimal | None = getattr(entry, recipient)
    if coefficient is None:
        raise Refused(f"Văn bản không nêu tiền thưởng {award.name} cho {whom}; {_OPEN}")
    if entry.grade != "A":
        raise Refused(f"Mức tiền thưởng {award.name} chưa đối chiếu được với văn bản; {_OPEN}")
    return Amount(
        code,
        _rounded(coefficient * salary.amount, up_to=int(str(rounding.values["up_to"]))),
        coefficient,
        salary.amount,
        _sources(entry, rounding, salary, on, book),
        entry.is_ceiling,
    )


def _sources(entry: Bonus, rounding: Rule, salary: Salary, on: date, book: Book) -> str:
    """The texts of an amount. No rule on rounding was read in the law before that of `rounding`,
    and a salary may be known only through the decree that followed."""
    coefficient, rounded = entry.source, rounding.source
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


def _rounded(exact: Decimal, *, up_to: int) -> int:
    return int((exact / up_to).to_integral_value(rounding=ROUND_CEILING)) * up_to


@dataclass(frozen=True)
class Granted:
    """A bonus that one recipient was granted: for what was done in `period`, both days included.

    `achievement` tells apart what was honoured: the same text, the same achievement.
    """

    amount: Amount
    period: tuple[date, date]
    achievement: str = ""


@dataclass(frozen=True)
class Payment:
    """Whether a granted bonus is paid, and why; judge: the decree leaves it to a person."""

    granted: Granted
    verdict: Literal["paid", "not paid", "judge"]
    because: str
    source: str


def payable(granted: Sequence[Granted], *, on: date, book: Book) -> tuple[Payment, ...]:
    """Which of the bonuses of one recipient are paid, in the order given.

    Titles of the same period: the highest only; of different periods: each. Commendations of
    different time and achievement: each. A title and a commendation: both.
    Source: NĐ 152/2025/NĐ-CP Điều 49 khoản 5–7. Refused for a day on which no such rule is known.
    """
    titles = [g for g in granted if book.awards[g.amount.code].kind == "title"]
    forms = [g for g in granted if book.awards[g.amount.code].kind == "commendation"]
    found = [*_of_titles(titles, on, book), *_of_commendations(forms, on, book)]
    if titles and forms:
        both = _source("TH_05", on, book)
        found = [
            Payment(p.granted, p.verdict, p.because, f"{p.source}; {both}")
            if p.verdict == "paid"
            else p
            for p in found
        ]
    return tuple(next(p for p in found if p.granted is g) for g in granted)


def _of_titles(titles: list[Granted], on: date, book: Book) -> Iterator[Payment]:
    for title in titles:
        same = [other for other in titles if other.period == title.period]
        source = _source("TH_03", on, book)
        if len(same) == 1:
            because = "Danh hiệu duy nhất của khoảng thời gian tính thành tích này."
            yield Payment(title, "paid", because, source)
        elif title is _highest(same):
            because = "Mức cao nhất trong các danh hiệu của cùng khoảng thời gian."
            yield Payment(title, "paid", because, source)
        else:
            because = "Cùng khoảng thời gian đã nhận mức cao hơn của một danh hiệu khác."
            yield Payment(title, "not paid", because, source)


def _of_commendations(forms: list[Granted], on: date, book: Book) -> Iterator[Payment]:
    for form in forms:
        near = [f for f in forms if f.period == form.period or f.achievement == form.achievement]
        source = _source("TH_04", on, book)
        if len(near) == 1:
            because = "Thời gian và thành tích khác với các hình thức khen thưởng còn lại."
            yield Payment(form, "paid", because, source)
        elif form is _highest(near):
            because = "Mức cao nhất trong các hình thức cùng thời gian hoặc cùng thành tích."
            yield Payment(form, "paid", because, source)
        else:
            because = (
                "Cùng thời gian hoặc cùng thành tích với một hình thức khác: nghị định chỉ nêu nhận"
                " từng mức khi cả hai đều khác, nên để người có thẩm quyền quyết định."
            )
            yield Payment(form, "judge", because, source)


def _highest(granted: list[Granted]) -> Granted:
    return max(granted, key=lambda each: each.amount.amount)


def _source(code: str, on: date, book: Book) -> str:
    rule = book.rule(code, on)
    if rule is None:
        day = f"{on:%d/%m/%Y}"
        raise Refused(f"Chưa có quy định về việc nhận nhiều mức tiền thưởng vào ngày {day}.")
    return rule.source
