"""Which law applies: the day on which to read the law for a matter, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, TypeVar

from vinhdanh.common.refusal import Refused
from vinhdanh.law.awards import Dossier, Vote
from vinhdanh.law.book import Book, Transition

D = TypeVar("D", Dossier, Vote)
Aspect = Literal["criteria", "dossier", "vote", "bonus", "decider", "duty"]
_WANTED = {
    "received": "ngày tiếp nhận hồ sơ",
    "decided": "ngày ban hành quyết định",
    "achieved": "thời gian lập thành tích",
}


@dataclass(frozen=True)
class Applied:
    """The law to read: as it stands on `day`, `because` of the rule, its text and source.

    `beside`: another day whose law a person must look at too: an earlier law that may still be
    used, or a later one that applies where it is more favourable; None where there is none.
    """

    day: date
    because: str
    grade: Literal["A", "B", "C"]
    beside: date | None = None


def applicable(
    aspect: Aspect,
    *,
    book: Book,
    received: date | None = None,
    decided: date | None = None,
    achieved: date | None = None,
) -> Applied:
    """The day on which the law of this aspect is read.

    Criteria, papers and votes go by the day of receipt for appraisal, bonuses by the day of the
    decision, what counts as achieved by the period of achievement. Refused without the day that
    decides, and for a day before the first rule. Source: each rule of `data/transitions.yaml`.
    """
    days = {"received": received, "decided": decided, "achieved": achieved}
    rules = [rule for rule in book.transitions if aspect in rule.aspects]
    axes = list(dict.fromkeys(rule.axis for rule in rules))
    axis, day = next(((a, day) for a in axes if (day := days[a])), (None, None))
    if day is None:
        wanted = " hoặc ".join(_WANTED[axis] for axis in axes)
        raise Refused(f"Chưa chọn được phiên bản pháp luật: hãy cho biết {wanted}.")
    ordered = sorted((rule for rule in rules if rule.axis == axis), key=lambda rule: rule.day)
    begun = [rule for rule in ordered if rule.day <= day]
    if not begun:
        raise Refused(f"Chưa có dữ liệu pháp luật cho {_WANTED[ordered[0].axis]} {day:%d/%m/%Y}.")
    rule = begun[-1]
    if rule.until and day <= rule.until:
        earlier = rule.day - timedelta(days=1)
        return Applied(day, _because(rule), rule.grade, beside=earlier)
    later = next(
        (r for r in ordered if r.more_favourable and day < r.day <= (decided or day)), None
    )
    if later:
        return Applied(day, _because(later), later.grade, beside=later.day)
    return Applied(day, _because(rule), rule.grade)


def still_used(
    entries: Sequence[D], aspect: Literal["dossier", "vote"], *, on: date, book: Book
) -> tuple[str, tuple[D, ...]]:
    """Entries of an earlier law that hold on until the City has set what is delegated to it.

    With the rule that says so; ("", ()) where nothing is delegated on the day, or nothing known.
    Source: NĐ 152/2025/NĐ-CP Điều 60 khoản 2.
    """
    if not any(entry.status == "delegated" for entry in entries if entry.holds(on)):
        return "", ()
    applied = applicable(aspect, book=book, received=on)
    earlier = tuple(e for e in entries if applied.beside and e.holds(applied.beside))
    return (applied.because, earlier) if earlier else ("", ())


def _because(rule: Transition) -> str:
    return f"{rule.text} ({rule.source})"
