"""How a plan speaks of blocs: "khối thi đua" and "cụm thi đua", each where it belongs."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from vinhdanh.common.vietnamese import fold, gettext_noop
from vinhdanh.plans.rules.findings.places import numbers, place_of, short
from vinhdanh.plans.rules.plan import Finding, Item, Plan, Task

_BLOC = re.compile(
    r"\b(?P<head>khoi|cum) thi dua"
    r"(?P<middle>(?:,? (?:so )?0*(?P<number>\d{1,2})\b,?)?(?:, cac [a-z]+(?: [a-z]+)?)*"
    r"(?: va cac [a-z]+(?: [a-z]+)?)?)"
    r"(?: ?(?:thuoc|cua|truc thuoc))*(?: (?P<above>so|bo|thanh pho|tp|tinh|nganh|truong|huyen"
    r"|quan|tong cuc"
    r"|tong cong ty)\b(?! \d))?"
)
_STRANGER = re.compile(
    r"(?<![\w])(?P<word>[A-ZĐÀ-Ỹ]?[^\W\d_]+) thi đua số\s*0*(?P<number>\d{1,2})", re.IGNORECASE
)
_OFFICE = re.compile(r"\b(?P<head>khoi|cum) (?:truong|pho)\b")
_ABOVE = {"tp": "thanh pho"}
_SPOKEN = {"khoi": "Khối", "cum": "Cụm"}
_WRITTEN = {"khối", "cụm"}
_NOT_BLOCS = {"trao", "de", "dot", "bang", "bieu", "mau", "dung", "chi", "tac", "uoc", "luat", "va"}
_BOTH = re.compile(r"\b(?:cum|khoi)(?:,| va| hoac|/) ?(?:cac )?(?:cum|khoi) (?:thi dua|truong)")


@dataclass(frozen=True, slots=True)
class Mention:
    """A bloc spoken of: under which word, with which number, of whom, and where."""

    head: str
    number: str
    above: str
    printed: str
    place: Task | Item


def named_blocs(text: str) -> frozenset[tuple[str, str]]:
    """The blocs that a text names: the number of each and whose it is, "" where not said."""
    return frozenset(
        (match["number"] or "", _ABOVE.get(match["above"] or "", match["above"] or ""))
        for match in _BLOC.finditer(fold(text))
    )


def blocs(plan: Plan) -> list[Finding]:
    """Blocs under a wrong word: one unknown, or the other one of "khối" and "cụm"."""
    places = _places(plan)
    mentions = [mention for place, text in places for mention in _mentions(place, text)]
    mixed = [] if any(_BOTH.search(fold(text)) for _, text in places) else _mixed(mentions)
    return [*_strangers(places, mentions), *mixed, *_wrong_offices(plan)]


def _places(plan: Plan) -> list[tuple[Task | Item, str]]:
    tasks = [(task, _words_of(task)) for task in plan.tasks if task.is_row]
    return [*tasks, *((item, item.line) for item in plan.items)]


def _words_of(task: Task) -> str:
    return " | ".join((task.content, *task.lead, *task.support))


def _mentions(place: Task | Item, text: str) -> Iterable[Mention]:
    plain = fold(text)
    printed = text if len(plain) == len(text) else plain
    for match in _BLOC.finditer(plain):
        above = match["above"] or ""
        yield Mention(
            match["head"],
            match["number"] or "",
            _ABOVE.get(above, above),
            printed[match.start() : match.end()].strip(" ,"),
            place,
        )


def _strangers(places: list[tuple[Task | Item, str]], mentions: list[Mention]) -> Iterable[Finding]:
    """ "Cạnh thi đua số 1" where the plan knows "Cụm thi đua số 1"."""
    known = Counter((mention.head, mention.number) for mention in mentions)
    for place, text in places:
        found = [
            match
            for match in _STRANGER.finditer(text)
            if match["word"].lower() not in _WRITTEN and fold(match["word"]) not in _NOT_BLOCS
        ]
        if not found:
            continue
        number = found[0]["number"].lstrip("0")
        heads = sorted(_SPOKEN, key=lambda head: -known[head, number])
        if known[heads[0], number] <= sum(fold(match["word"]) in _SPOKEN for match in found):
            continue
        yield _name_finding(
            place, found[0][0].strip(), f"{_SPOKEN[heads[0]]} thi đua số {found[0]['number']}"
        )


def _mixed(mentions: list[Mention]) -> Iterable[Finding]:
    """One body's blocs called "khối" in most places and "cụm" in a few, or the reverse."""
    counts: Counter[tuple[str, str, str]] = Counter()
    for mention in mentions:
        if mention.above or mention.number:
            counts[mention.above, mention.number, mention.head] += 1
    for mention in mentions:
        other = "khoi" if mention.head == "cum" else "cum"
        if mention.number:
            own, rival = _numbered(counts, mention, mention.head, other)
        elif mention.above:
            own = counts[mention.above, "", mention.head]
            rival = counts[mention.above, "", other]
        else:
            continue
        if own and rival >= 2 * own:
            meant = re.sub(r"^\S+", _as_cased(mention.printed, _SPOKEN[other]), mention.printed)
            yield _name_finding(mention.place, mention.printed, meant)


def _numbered(
    counts: Counter[tuple[str, str, str]], mention: Mention, head: str, other: str
) -> tuple[int, int]:
    """How often a bloc of that number is called by each word. A mention that names no body is
    held against all of that number, unless two bodies each have their own."""
    number = mention.number
    if mention.above:
        return counts[mention.above, number, head], counts[mention.above, number, other]
    bodies = {above for above, of, _ in counts if of == number and above}
    if len(bodies) > 1:
        return 0, 0
    own, rival = (
        sum(counts[above, number, word] for above in ("", *bodies)) for word in (head, other)
    )
    return own, rival


def _wrong_offices(plan: Plan) -> Iterable[Finding]:
    """A "cụm trưởng" named for a khối, or the reverse, in one row."""
    for task in plan.tasks:
        if not task.is_row:
            continue
        heads = {match["head"] for match in _BLOC.finditer(fold(task.content))}
        if len(heads) != 1 or _BOTH.search(fold(task.content)):
            continue
        head = heads.pop()
        for name in (*task.lead, *task.support):
            office = _OFFICE.search(fold(name))
            if office and office["head"] != head:
                yield _name_finding(task, name, _under(_SPOKEN[head], name))


def _under(word: str, name: str) -> str:
    """The name with "khối" or "cụm" in it replaced by the word."""
    return re.sub(r"\b[Cc]ụm\b|\b[Kk]hối\b", lambda match: _as_cased(match[0], word), name)


def _as_cased(printed: str, word: str) -> str:
    return word if printed[:1].isupper() else word.lower()


def _name_finding(place: Task | Item, printed: str, meant: str) -> Finding:
    """A name close to a known one; a row's quote is the row, a paragraph's the paragraph."""
    if isinstance(place, Task):
        where, tasks, quote = place_of(place), numbers(place), place.quote
    else:
        where = f"mục {'.'.join(place.path)}" if place.path else f"đoạn “{short(place.text)}”"
        tasks, quote = (), place.line
    return Finding(
        "name",
        gettext_noop("Ở {where} in “{printed}”; có phải là “{meant}”?"),
        {"where": where, "printed": printed, "meant": meant},
        tasks=tasks,
        quotes=(quote,),
    )
