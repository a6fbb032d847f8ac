"""What changes in the law on which day, as a list."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from vinhdanh.law import words
from vinhdanh.law.awards import Award, Dated
from vinhdanh.law.book import Book

Aspect = Literal[
    "text",
    "criteria",
    "decider",
    "dossier",
    "vote",
    "bonus",
    "duty",
    "review",
    "salary",
    "rule",
    "transition",
]
_Entry = tuple[Dated, str, str]
ASPECTS = {
    "text": "Văn bản",
    "criteria": "Tiêu chuẩn",
    "decider": "Thẩm quyền",
    "dossier": "Hồ sơ",
    "vote": "Bỏ phiếu",
    "bonus": "Tiền thưởng",
    "duty": "Nghĩa vụ khác",
    "review": "Luật chưa đọc",
    "salary": "Lương cơ sở",
    "rule": "Quy tắc thủ tục",
    "transition": "Chuyển tiếp",
}


@dataclass(frozen=True)
class Change:
    """What begins or ends on a day: `award` is its code, "" for what is not of one award."""

    day: date
    award: str
    aspect: Aspect
    text: str
    source: str


def changes(book: Book) -> tuple[Change, ...]:
    """Every change, by day, general ones before those of an award.

    What follows another entry of its kind on its day is a beginning; an end is told only where
    nothing follows.
    """
    found = {*_general(book), *(one for award in book.awards.values() for one in _of(award, book))}
    order = list(ASPECTS)
    return tuple(sorted(found, key=lambda c: (c.day, c.award, order.index(c.aspect), c.text)))


def _general(book: Book) -> Iterator[Change]:
    for text in book.texts.values():
        if text.since:
            yield Change(text.since, "", "text", f"{text.name} có hiệu lực", text.name)
        if text.until:
            day = text.until + timedelta(days=1)
            yield Change(day, "", "text", f"{text.name} hết hiệu lực", text.name)
    salaries = [
        (s, f"Mức lương cơ sở {words.money(s.amount)} một tháng", s.source) for s in book.salaries
    ]
    yield from _dated("", "salary", salaries)
    for rules in book.rules.values():
        yield from _dated("", "rule", [(rule, rule.text, rule.source) for rule in rules])
    for rule in book.transitions:
        yield Change(rule.day, "", "transition", rule.text, rule.source)


def _of(award: Award, book: Book) -> Iterator[Change]:
    parts: tuple[tuple[Aspect, Sequence[_Entry]], ...] = (
        ("criteria", [(v, f"Tiêu chuẩn theo {v.text}", v.text) for v in award.versions]),
        ("decider", [(d, words.decider(d), d.source) for d in award.deciders]),
        ("dossier", [(d, words.dossier(d, book), d.source) for d in award.dossiers]),
        ("vote", [(v, words.vote(v), v.source) for v in award.votes]),
        ("bonus", [(b, words.bonus(b), b.source) for b in award.bonuses]),
        ("duty", [(d, words.duty(d), d.source) for d in award.duties]),
    )
    for aspect, entries in parts:
        yield from _dated(award.code, aspect, entries)
    for review in award.reviews:
        yield Change(review.since, award.code, "review", review.text, review.source)


def _dated(award: str, aspect: Aspect, entries: Sequence[_Entry]) -> Iterator[Change]:
    begins = {entry.since for entry, _, _ in entries}
    for entry, text, source in entries:
        if entry.since:
            yield Change(entry.since, award, aspect, text, source)
        if entry.until and (day := entry.until + timedelta(days=1)) not in begins:
            yield Change(day, award, aspect, f"Hết hiệu lực: {text}", source)
