"""What the City or the office set where the law leaves it to them: its values, and their words."""

import re
from datetime import date
from decimal import Decimal
from fractions import Fraction

from vinhdanh.common.refusal import Refused
from vinhdanh.common.vietnamese import gettext_noop, squeeze
from vinhdanh.honours.rules.offices import INITIATIVES, RATINGS
from vinhdanh.honours.rules.plan import Leaf, plan
from vinhdanh.law.awards import held
from vinhdanh.law.book import Book, Delegated

# What the journal's lines about an office say of them.
DETAILS = {
    "content": gettext_noop("Nội dung"),
    "awards": gettext_noop("Danh hiệu, hình thức"),
    "value": gettext_noop("Giá trị"),
    "source": gettext_noop("Văn bản quy định"),
}

NOT_A_SHARE = gettext_noop("Xin ghi tỷ lệ từ 0 đến 100%, như 80, 66,7 hoặc 2/3.")
NOT_DAYS = gettext_noop("Xin ghi số ngày là số nguyên từ 1 trở lên, như 7.")
NOT_A_COUNT = gettext_noop("Xin ghi số lượng là số nguyên từ 0 trở lên, như 3.")
NOT_A_FACTOR = gettext_noop("Xin ghi hệ số là số lớn hơn 0, như 0,6.")
NOT_A_CHOICE = gettext_noop("Xin chọn một trong các cách mà quy định nêu.")
NOTHING = gettext_noop("Xin ghi nội dung quy định.")

_NUMBER = re.compile(r"(\d{1,6}(?:\.\d{1,6})?) ?(%?)")
_FRACTION = re.compile(r"(\d{1,4})/([1-9]\d{0,3})")
_WHOLE = re.compile(r"\d{1,5}")


def parse(given: str, delegated: Delegated) -> str:
    """The value as kept, of what was typed for it.

    A share in percent ("80", "66,7%") is kept as 0..1 ("0.8"), a share written as a fraction as it
    is ("2/3"); a comma is the decimal sign. Raises Refused with what would be right.
    """
    text = given.strip() if delegated.kind == "text" else squeeze(given)
    if delegated.kind == "text":
        return _or_refused(text, NOTHING)
    if delegated.kind == "choice":
        return _or_refused(text if text in delegated.choices else "", NOT_A_CHOICE)
    if delegated.kind == "share":
        return _or_refused(_share(text.replace(",", ".")), NOT_A_SHARE)
    if delegated.kind == "factor":
        found = _NUMBER.fullmatch(text.replace(",", "."))
        is_one = found and not found[2] and Decimal(found[1]) > 0
        return _or_refused(_plain(Decimal(found[1])) if found and is_one else "", NOT_A_FACTOR)
    least, refusal = (1, NOT_DAYS) if delegated.kind == "days" else (0, NOT_A_COUNT)
    is_whole = _WHOLE.fullmatch(text) and int(text) >= least
    return _or_refused(str(int(text)) if is_whole else "", refusal)


def number(value: str) -> Fraction:
    """A kept share (0..1), count, number of days or factor as a number."""
    return Fraction(value)


def shown(value: str, kind: str) -> str:
    """A kept value as the screen writes it: "80%", "2/3", "0,6"."""
    if kind == "share" and "/" not in value:
        value = f"{_plain(Decimal(value) * 100)}%"
    return value.replace(".", ",") if kind in {"share", "factor"} else value


def over_ceiling(value: str, award: str, day: date, *, book: Book) -> Decimal | None:
    """The highest factor the law lets be set for the award on a day, where the value is more.

    Source: the bonuses of the law data that are ceilings, as NĐ 152/2025/NĐ-CP Điều 54 sets one.
    """
    entry = held(book.awards[award].bonuses, day) if award in book.awards else None
    if entry is None or not entry.is_ceiling or entry.grade != "A":
        return None
    factors = [each for each in (entry.person, entry.collective, entry.household) if each]
    return max(factors) if factors and Decimal(value) > max(factors) else None


# What comes after the conditions: the papers, the vote, the days.
NEXT = (
    "dossier_documents",
    "dossier_copies",
    "vote_share",
    "ballot",
    "council_quorum",
    "council_members",
    "posting_days",
    "time_limit_days",
)
_OF_A_VOTE = {"ballot", "council_quorum", "council_members"}
_OF_A_KIND = {INITIATIVES: "initiative", RATINGS: "rating"}


def bears_on(award: str, delegated: Delegated, day: date, *, book: Book) -> bool:
    """Whether the law of the day leaves the content to the City or the office for the award.

    What names no award bears on those that ask for it: a vote whose share the law leaves open,
    an initiative, a rating.
    """
    if not delegated.holds(day):
        return False
    if delegated.awards:
        return award in delegated.awards
    if delegated.code in _OF_A_VOTE:
        vote = held(book.awards[award].votes, day)
        return vote is not None and vote.status == "delegated"
    kind = _OF_A_KIND.get(delegated.code)
    return any(
        isinstance(step, Leaf) and step.kind == kind for step in plan(book, day).awards[award].order
    )


def _share(text: str) -> str:
    if found := _FRACTION.fullmatch(text):
        return text if int(found[1]) <= int(found[2]) else ""
    found = _NUMBER.fullmatch(text)
    share = Decimal(found[1]) / 100 if found else None
    return _plain(share) if share is not None and share <= 1 else ""


def _plain(value: Decimal) -> str:
    """The number without needless zeros and without an exponent."""
    return f"{value.normalize():f}"


def _or_refused(value: str, refusal: str) -> str:
    if not value:
        raise Refused(refusal)
    return value
