"""The law book as its pages show it: awards found, conditions as a tree, who cites which text."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from vinhdanh.common.refusal import Refused
from vinhdanh.common.vietnamese import sort_key, words
from vinhdanh.law import bonus as bonuses
from vinhdanh.law import words as told
from vinhdanh.law.awards import Award, Bonus, Dated, Decider, Dossier, Duty, Version, Vote
from vinhdanh.law.book import Book, LegalText, Rule
from vinhdanh.law.changes import ASPECTS, Change, changes
from vinhdanh.law.criteria import After, Group, Held, Meets, Rated, Sourced

Part = Decider | Dossier | Vote | Bonus | Duty
When = Literal["past", "now", "still", "to_come"]


# What the topics of the rules of procedure are called, in the order of the work.
TOPICS = {
    "principles": "Nguyên tắc, căn cứ, việc chưa xét",
    "authority": "Thẩm quyền quyết định",
    "ratings": "Xếp loại mức độ hoàn thành nhiệm vụ",
    "movements": "Phong trào thi đua",
    "initiatives": "Sáng kiến",
    "service": "Quá trình cống hiến",
    "dossiers": "Hồ sơ, nơi đề nghị, thủ tục đơn giản",
    "deadlines": "Hạn gửi, thời hạn giải quyết",
    "publication": "Công khai, lấy ý kiến nhân dân",
    "voting": "Bỏ phiếu và họp Hội đồng",
    "conferment": "Công bố, trao tặng",
    "bonuses": "Tiền thưởng",
    "fund": "Quỹ thi đua, khen thưởng",
    "revocation": "Hủy bỏ, tước và phục hồi",
    "complaints": "Khiếu nại",
    "denunciations": "Tố cáo",
    "reception": "Tiếp công dân",
    "personal_data": "Dữ liệu cá nhân",
    "papers": "Văn bản hành chính",
    "statistics": "Biểu thống kê ngành",
    "technology": "Công nghệ thông tin",
}


@dataclass(frozen=True)
class Found:
    """An award in a list, with the version that holds, and why it was found: lines of its law."""

    award: Award
    version: Version | None
    because: tuple[str, ...]


@dataclass(frozen=True)
class Node:
    """A condition in words. A leaf has `sourced` and the other awards it refers to; a group has
    `children`, of which all or one must be met, and `after`, from which its years count."""

    text: str
    note: str
    sourced: Sourced | None = None
    after: Sourced | None = None
    after_text: str = ""
    refers_to: tuple[Award, ...] = ()
    children: tuple["Node", ...] = ()
    is_any: bool = False


@dataclass(frozen=True)
class Entry:
    """A dated entry of an award in words: a vote, a dossier, a bonus, a duty, who decides."""

    text: str
    sourced: Part
    when: When
    period: str


@dataclass(frozen=True)
class Money:
    """The bonus of a recipient on the day; `refusal` where the law is not known."""

    recipient: str
    amount: str = ""
    reckoned: str = ""
    source: str = ""
    is_ceiling: bool = False
    refusal: str = ""


@dataclass(frozen=True)
class Citing:
    """Where a text is cited: awards by name, rules of procedure, contents left to the office."""

    awards: tuple[Award, ...]
    rules: tuple[Rule, ...]
    delegated: tuple[str, ...]


def found_awards(
    book: Book,
    *,
    on: date,
    text: str = "",
    recipient: str = "",
    level: str = "",
    kind: str = "",
    local: str = "",
) -> list[Found]:
    """The awards that hold every word of the text in name, code, source or condition, accents or
    not; the highest first. `local`: "yes" set by the City, "no" by the State."""
    asked = words(text)
    found = []
    for award in book.awards.values():
        if recipient and recipient not in award.recipients:
            continue
        if (level and level != award.level) or (kind and kind != award.kind):
            continue
        if local and award.local != (local == "yes"):
            continue
        because = _because(award, asked, book, on)
        if because is not None:
            found.append(Found(award, award.version(on), because))
    return sorted(found, key=lambda each: (-each.award.rank, sort_key(each.award.name)))


def _because(award: Award, asked: Sequence[str], book: Book, on: date) -> tuple[str, ...] | None:
    """The lines of its law in which an award was found; () by its name, None when not found."""
    if _has(f"{award.name} {award.code} {award.code.replace('_', ' ')}", asked):
        return ()
    lines = tuple(line for line in _lines(award, book, on) if _has(line, asked))
    if lines:
        return lines[:2]
    everything = " ".join([award.name, *_lines(award, book, on)])
    return () if _has(everything, asked) else None


def _has(text: str, asked: Sequence[str]) -> bool:
    spaced = f" {' '.join(words(text))}"
    return all(f" {word}" in spaced for word in asked)


def _lines(award: Award, book: Book, on: date) -> Iterator[str]:
    version = award.version(on)
    if version is not None:
        yield from _lines_of(tree(version.criteria, book))
    parts: tuple[Part, ...] = (*award.deciders, *award.duties)
    for entry in parts:
        if entry.holds(on):
            yield f"{_worded(entry, book)} ({entry.source})"


def _lines_of(node: Node) -> Iterator[str]:
    if node.sourced is not None:
        yield f"{node.text} ({node.sourced.source})"
    else:
        yield node.text
    if node.after is not None:
        yield f"{node.after_text} ({node.after.source})"
    for child in node.children:
        yield from _lines_of(child)


def tree(condition: Sourced | Group, book: Book) -> Node:
    """The condition and all within it in words."""
    if not isinstance(condition, Group):
        line = told.criterion(condition, book)
        refers_to = tuple(book.awards[code] for code in _codes(condition) if code in book.awards)
        return Node(line, condition.note, sourced=condition, refers_to=refers_to)
    return Node(
        told.group(condition),
        condition.note,
        after=condition.after,
        after_text=told.after(condition.after, book) if condition.after else "",
        refers_to=tuple(
            book.awards[code] for code in _codes(condition.after) if code in book.awards
        ),
        children=tuple(tree(child, book) for child in condition.all or condition.any),
        is_any=bool(condition.any),
    )


def _codes(condition: Sourced | None) -> tuple[str, ...]:
    """The awards that a condition names."""
    match condition:
        case Held() | After():
            return condition.codes
        case Rated():
            return condition.or_award
        case Meets():
            return (condition.award,)
    return ()


def entries(
    dated: Iterable[Part], book: Book, *, on: date, still: Collection[Part] = ()
) -> list[Entry]:
    """The entries in words: those that hold, then those to come, then the past ones.

    `still`: past ones that may be used yet; they stand after those that hold.
    """
    order: dict[When, int] = {"now": 0, "still": 1, "to_come": 2, "past": 3}
    listed = [
        Entry(
            _worded(each, book),
            each,
            "still" if each in still else when(each, on),
            told.period(each),
        )
        for each in dated
    ]
    return sorted(listed, key=lambda entry: order[entry.when])


def _worded(entry: Part, book: Book) -> str:
    match entry:
        case Decider():
            return told.decider(entry)
        case Dossier():
            return told.dossier(entry, book)
        case Vote():
            return told.vote(entry)
        case Bonus():
            return told.bonus(entry)
        case Duty():
            return told.duty(entry)


def when(dated: Dated, day: date) -> When:
    """Whether an entry holds on the day, is over, or is to come."""
    if dated.holds(day):
        return "now"
    return "to_come" if dated.since is not None and dated.since > day else "past"


def money(award: Award, book: Book, *, on: date) -> list[Money]:
    """What each recipient of the award gets when it is decided on the day."""
    listed = []
    for recipient in award.recipients:
        try:
            found = bonuses.bonus(award.code, recipient, on=on, book=book)
        except Refused as refusal:
            listed.append(Money(told.RECIPIENTS[recipient], refusal=str(refusal)))
            continue
        listed.append(
            Money(
                told.RECIPIENTS[recipient],
                told.money(found.amount),
                f"{told.number(found.coefficient)} × {told.money(found.salary)}",
                found.source,
                found.is_ceiling,
            )
        )
    return listed


def rules_by_topic(
    book: Book, *, on: date, text: str = "", topic: str = ""
) -> list[tuple[str, list[Rule]]]:
    """The rules of procedure that hold on the day and hold every word of the text, by topic."""
    asked = words(text)
    found: dict[str, list[Rule]] = {}
    for versions in book.rules.values():
        for rule in versions:
            if not rule.holds(on) or (topic and rule.topic != topic):
                continue
            if _has(f"{rule.code} {rule.text} {rule.source} {rule.note}", asked):
                found.setdefault(rule.topic, []).append(rule)
    return sorted(found.items(), key=lambda pair: _place(pair[0]))


@dataclass(frozen=True)
class Changed:
    """What changes on one day in one way, for several awards at once (none: for all)."""

    change: Change
    awards: tuple[Award, ...]


def days_of_change(book: Book, *, award: str = "") -> dict[date, list[Changed]]:
    """What changes, by day, the latest first, in the order of the aspects of the law; for one
    award where it is given."""
    order = list(ASPECTS)
    found: dict[date, dict[tuple[str, str, str], list[Change]]] = {}
    for change in changes(book):
        if not award or change.award == award:
            alike = (change.aspect, change.text, change.source)
            found.setdefault(change.day, {}).setdefault(alike, []).append(change)
    return {
        day: [
            Changed(group[0], tuple(book.awards[each.award] for each in group if each.award))
            for group in sorted(found[day].values(), key=lambda group: order.index(group[0].aspect))
        ]
        for day in sorted(found, reverse=True)
    }


def topic_name(topic: str) -> str:
    """The Vietnamese words for a topic of the rules; the topic itself where it has none."""
    return TOPICS.get(topic, topic)


def topics(book: Book) -> list[str]:
    """The topics of the rules, in the order of the work."""
    return sorted({rule.topic for versions in book.rules.values() for rule in versions}, key=_place)


def _place(topic: str) -> tuple[int, str]:
    """Where a topic stands among the others; those without a name come last."""
    known = list(TOPICS)
    return (known.index(topic) if topic in TOPICS else len(known), topic)


def cited(source: str, book: Book) -> list[tuple[str, LegalText | None]]:
    """The parts of a source, each with the text that it names; None where the data know it not."""
    return [(part.strip(), _text_of(part.strip(), book)) for part in source.split(";")]


def _text_of(part: str, book: Book) -> LegalText | None:
    named = [text for name, text in book.texts.items() if part.startswith(name)]
    return max(named, key=lambda text: len(text.name), default=None)


def slug(text: LegalText) -> str:
    """The text in an address: "Luật 06/2022/QH15" is "luat-06-2022-qh15"."""
    return "-".join(words(text.name))


def text_by_slug(asked: str, book: Book) -> LegalText | None:
    return next((text for text in book.texts.values() if slug(text) == asked), None)


def found_texts(book: Book, text: str = "") -> list[tuple[LegalText, int]]:
    """The texts that hold every word, the latest in force first, and how much cites each."""
    counts = _citing_counts(book)
    found = [
        (each, counts.get(each.name, 0))
        for each in book.texts.values()
        if _has(f"{each.name} {each.title} {each.note}", words(text))
    ]
    return sorted(found, key=lambda pair: (pair[0].since or date.min, pair[1]), reverse=True)


def citing(text: LegalText, book: Book) -> Citing:
    """Everything in the book that cites the text."""
    return Citing(
        tuple(each for each in book.awards.values() if text.name in _names(_sources(each), book)),
        tuple(
            rule
            for versions in book.rules.values()
            for rule in versions
            if text.name in _names([rule.source], book)
        ),
        tuple(
            each.name
            for each in book.delegated.values()
            if text.name in _names([each.source], book)
        ),
    )


def _citing_counts(book: Book) -> dict[str, int]:
    """How many awards, rules and delegated contents cite each text, by name."""
    counts: dict[str, int] = {}
    rules = (rule for versions in book.rules.values() for rule in versions)
    for sources in (
        *map(_sources, book.awards.values()),
        *([rule.source] for rule in rules),
        *([each.source] for each in book.delegated.values()),
    ):
        for name in _names(sources, book):
            counts[name] = counts.get(name, 0) + 1
    return counts


def _names(sources: Iterable[str], book: Book) -> set[str]:
    parts = {part for source in sources for part in source.split(";")}
    return {text.name for part in parts if (text := _text_of(part.strip(), book))}


def _sources(award: Award) -> list[str]:
    parts: tuple[Sourced, ...] = (
        *award.deciders,
        *award.dossiers,
        *award.votes,
        *award.bonuses,
        *award.duties,
        *award.reviews,
    )
    sources = [part.source for part in parts]
    for version in award.versions:
        sources += [version.text, *_sources_in(version.criteria)]
    return sources


def _sources_in(condition: Sourced | Group) -> Iterator[str]:
    if not isinstance(condition, Group):
        yield condition.source
        return
    if condition.after:
        yield condition.after.source
    for child in condition.all or condition.any:
        yield from _sources_in(child)
