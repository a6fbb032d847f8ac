"""The law of an award as a person reads it, line by line, for a terminal."""

import difflib
import textwrap
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import TypeVar

from vinhdanh.common.refusal import Refused
from vinhdanh.common.vietnamese import fold
from vinhdanh.law import words
from vinhdanh.law.awards import Award, Decider, Dossier, Duty, T, Version, Vote
from vinhdanh.law.bonus import Amount, bonus
from vinhdanh.law.book import Book, Delegated
from vinhdanh.law.changes import ASPECTS, Change
from vinhdanh.law.criteria import Condition, Group, Sourced
from vinhdanh.law.transitions import still_used

_STEP = "   "


def award_of(code: str, book: Book) -> Award:
    """The award; Refused, with the codes most like it, where there is none."""
    if found := book.awards.get(code.upper()):
        return found
    names = {fold(award.name): award.code for award in book.awards.values()}
    near = difflib.get_close_matches(code.upper(), book.awards, n=3, cutoff=0.5)
    near += [names[name] for name in difflib.get_close_matches(fold(code), names, n=3, cutoff=0.5)]
    said = f"Không có danh hiệu, hình thức khen thưởng nào mã {code}"
    if not near:
        raise Refused(f"{said}; chạy vinhdanh law list để xem các mã.")
    raise Refused(f"{said}; có thể là {', '.join(dict.fromkeys(near))}.")


def law_of(award: Award, *, on: date, book: Book, width: int = 100) -> str:
    """All that the book says of the award on a day, wrapped to `width` columns."""
    return "\n".join(_wrapped(depth, text, width) for depth, text in _lines(award, on, book))


def list_of(awards: Sequence[Award]) -> str:
    """The awards by code, one a line, titles before commendations."""
    ordered = sorted(awards, key=lambda award: (award.kind != "title", award.rank, award.code))
    return "\n".join(f"{award.code:<18} {award.name}" for award in ordered)


def changes_of(changes: Sequence[Change], width: int = 100) -> str:
    """The changes under their days."""
    lines: list[str] = []
    for number, change in enumerate(changes):
        if not number or changes[number - 1].day != change.day:
            lines += ["", f"{change.day:%d/%m/%Y}"] if lines else [f"{change.day:%d/%m/%Y}"]
        of = f"{change.award} – " if change.award else ""
        text = f"{of}{ASPECTS[change.aspect]}: {change.text}"
        lines.append(_wrapped(1, _sourced(text, change.source), width))
    return "\n".join(lines)


def bonus_of(amount: Amount) -> str:
    """A bonus, how it is reckoned and by which texts."""
    most = "không quá " if amount.is_ceiling else ""
    reckoned = f"{words.number(amount.coefficient)} × {words.money(amount.salary)}, làm tròn lên"
    return _sourced(f"{most}{words.money(amount.amount)} ({reckoned})", amount.source)


_Line = tuple[int, str]
E = TypeVar("E", Decider, Dossier, Vote, Duty)


def _lines(award: Award, on: date, book: Book) -> Iterator[_Line]:
    yield 0, f"{award.name} ({award.code})"
    recipients = ", ".join(words.RECIPIENTS[recipient] for recipient in award.recipients)
    local = ", do địa phương đặt ra" if award.local else ""
    yield 0, f"{words.KINDS[award.kind].capitalize()}, {words.LEVELS[award.level]}{local}"
    yield 0, f"Đối tượng: {recipients}"
    if award.classes:
        yield 0, f"Loại hình: {', '.join(words.CLASSES[name] for name in award.classes)}"
    version = award.version(on)
    yield 0, f"Ngày xem luật: {on:%d/%m/%Y}. {_which(version)}"
    if review := award.review(on):
        text = f"Chú ý: từ {review.since:%d/%m/%Y} có luật chưa đọc: {review.text}; mọi điều dưới "
        yield 0, text + f"đây để người xét. [{review.source}]"
    if award.note:
        yield 0, f"Ghi chú: {award.note}"
    yield from _conditions(version, book)
    yield from _list("Thẩm quyền", award.deciders, on, words.decider)
    papers = still_used(award.dossiers, "dossier", on=on, book=book)
    yield from _list("Hồ sơ", award.dossiers, on, lambda each: words.dossier(each, book), papers)
    votes = still_used(award.votes, "vote", on=on, book=book)
    yield from _list("Bỏ phiếu", award.votes, on, words.vote, votes)
    yield from _bonuses(award, on, book)
    yield from _list("Yêu cầu khác", award.duties, on, words.duty)
    yield from _left_open(award, on, book)


def _which(version: Version | None) -> str:
    if version is None:
        return "Không có bản nào của tiêu chuẩn có hiệu lực vào ngày này trong dữ liệu."
    period = words.period(version)
    return f"Tiêu chuẩn theo {version.text}" + (f", {period}." if period else ".")


def _conditions(version: Version | None, book: Book) -> Iterator[_Line]:
    if version is None:
        return
    yield 0, ""
    yield 0, "Tiêu chuẩn"
    yield from _tree(version.criteria, 1, book)
    if version.detail_by:
        yield 1, f"Quy định chi tiết: {version.detail_by}"
    if version.note:
        yield 1, f"Ghi chú: {version.note}"


def _tree(condition: Condition, depth: int, book: Book) -> Iterator[_Line]:
    if not isinstance(condition, Group):
        yield depth, f"– {_with_source(words.criterion(condition, book), condition)}"
        return
    yield depth, f"• {words.group(condition)}"
    if condition.after:
        after = condition.after
        yield depth + 1, f"– {_with_source(words.after(after, book), after)}"
    for inner in (*condition.all, *condition.any):
        yield from _tree(inner, depth + 1, book)


def _list(
    title: str,
    entries: Sequence[E],
    day: date,
    say: Callable[[E], str],
    still: tuple[str, Sequence[E]] = ("", ()),
) -> Iterator[_Line]:
    """What holds on the day; where only other days are known, that nothing is.

    `still`: why earlier entries may still be used, and these.
    """
    if not entries:
        return
    yield 0, ""
    yield 0, title
    held = _on(entries, day)
    for entry in held:
        yield 1, f"– {_with_source(say(entry), entry)}"
    if not held:
        yield 1, "– Dữ liệu chưa có quy định của ngày này."
    because, earlier = still
    if because:
        yield 1, f"– Chuyển tiếp: {because}"
    for entry in earlier:
        yield 2, f"– {_with_source(say(entry), entry)}"


def _bonuses(award: Award, on: date, book: Book) -> Iterator[_Line]:
    yield 0, ""
    yield 0, f"Tiền thưởng theo quyết định ngày {on:%d/%m/%Y}"
    told: set[str] = set()
    for recipient in award.recipients:
        try:
            amount = bonus(award.code, recipient, on=on, book=book)
        except Refused as refusal:
            if str(refusal) not in told:
                yield 1, f"– {refusal}"
            told.add(str(refusal))
            continue
        yield 1, f"– {words.RECIPIENTS[recipient].capitalize()}: {bonus_of(amount)}"


def _left_open(award: Award, on: date, book: Book) -> Iterator[_Line]:
    every: list[Delegated] = [*book.delegated.values()]
    of = [value for value in _on(every, on) if award.code in value.awards]
    if not of:
        return
    yield 0, ""
    yield 0, "Thành phố, cơ quan được quy định"
    for value in of:
        suggested = f" Gợi ý, chưa có căn cứ: {value.suggested}." if value.suggested else ""
        text = f"{value.name}: {value.text} Nơi quy định: {value.by}.{suggested}"
        yield 1, f"– {_with_source(text, value)}"


def _on(entries: Sequence[T], day: date) -> list[T]:
    return [entry for entry in entries if entry.holds(day)]


def _with_source(text: str, of: Sourced) -> str:
    weak = f"; hạng {of.grade}: {words.GRADES[of.grade]}" if of.grade != "A" else ""
    return f"{text} [{of.source}{weak}]" + (f" – {of.note}" if of.note else "")


def _sourced(text: str, source: str) -> str:
    return f"{text} [{source}]"


def _wrapped(depth: int, text: str, width: int) -> str:
    indent = _STEP * depth
    hang = indent + ("  " if text[:2] in ("– ", "• ") else "")
    return textwrap.fill(
        text,
        max(width, 40),
        initial_indent=indent,
        subsequent_indent=hang,
        break_on_hyphens=False,
    )
