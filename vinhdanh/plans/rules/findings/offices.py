"""Two bodies named for the same office."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from vinhdanh.common.vietnamese import fold, gettext_noop, squeeze, words
from vinhdanh.plans.rules.findings.places import numbers, place_of, short
from vinhdanh.plans.rules.plan import Finding, Item, Plan, Task
from vinhdanh.plans.rules.reading.owners import begins_with_head

# Offices that one body alone can hold; deputies and members are several.
_OFFICE = (
    r"(?:[Cc]ụm [Tt]rưởng|[Kk]hối [Tt]rưởng|[Cc]hủ tịch Hội đồng|[Tt]hường trực Hội đồng"
    r"|[Tt]rưởng [Bb]an|[Tt]hư ký Hội đồng)"
)
_BODY = re.compile(r"\b(?P<head>cum|khoi) thi dua (?:so )?0*(?P<number>\d{1,2})\b")
_COUNCIL = re.compile(r"Hội đồng (?:Thi đua|TĐKT|Sáng kiến|xét)[^()|,;.:]*", re.IGNORECASE)
_HOLDER_THEN_OFFICE = re.compile(
    rf"(?P<name>[A-ZĐÀ-Ỹ][^()|;:,]{{2,80}}?)\s*(?:[(\[]\s*(?:là |làm )?|(?:\s[-–]\s)|\s(?:là"
    rf"|làm)\s(?:cơ quan |đơn vị )?)(?P<office>{_OFFICE})"
)
_OFFICE_THEN_HOLDER = re.compile(
    rf"(?P<office>{_OFFICE})(?P<body>[^()|;:.]{{0,60}}?)\s*(?:[(\[:]"
    rf"|\slà\s)\s*(?P<name>[A-ZĐÀ-Ỹ][^()|;:.,]{{2,80}})"
)
_SIGNS_WITH = re.compile(
    r"[Pp]hối hợp (?:với|cùng) (?P<name>[A-ZĐÀ-Ỹ][^,;|]{2,60}?) (?:xây dựng|tổ chức|ký"
    r"|triển khai|chuẩn bị)"
)
_WORTH_A_LOOK = re.compile(rf"{_OFFICE}|giao ước", re.IGNORECASE)
_COMPACT = re.compile(r"\bgiao uoc\b")


@dataclass(frozen=True, slots=True)
class Holding:
    """An office of a body as held by `name`; `is_implied` when the text only suggests it."""

    body: str
    office: str
    name: str
    place: Task | Item
    is_implied: bool = False


def doubled_offices(plan: Plan) -> list[Finding]:
    """Offices of one body that two names hold, or one holds and another seems to."""
    held: dict[tuple[str, str], list[Holding]] = defaultdict(list)
    for place, text in _texts(plan):
        for holding in _holdings(place, text):
            held[holding.body, holding.office].append(holding)
    return [finding for holdings in held.values() for finding in _doubled(holdings)]


def _texts(plan: Plan) -> Iterable[tuple[Task | Item, str]]:
    for task in plan.tasks:
        if task.is_row:
            yield task, " | ".join((task.content, *task.lead, *task.support))
    for item in plan.items:
        yield item, item.line


def _holdings(place: Task | Item, text: str) -> Iterable[Holding]:
    if not _WORTH_A_LOOK.search(text):
        return
    body = _body(text)
    for pattern in (_HOLDER_THEN_OFFICE, _OFFICE_THEN_HOLDER):
        for match in pattern.finditer(text):
            name = squeeze(match["name"].rsplit("|", 1)[-1]).strip(" -–")
            office = fold(match["office"])
            council = _COUNCIL.search(text[match.start("office") :])
            of = fold(council[0]).strip() if council and "hoi dong" in office else body
            if of and begins_with_head(name) and _BODY.search(fold(name)) is None:
                yield Holding(_same_council(of), office, name, place)
    signing = _SIGNS_WITH.search(text)
    if body and signing and _COMPACT.search(fold(text)) and not _is_group(signing["name"]):
        head = _BODY.search(fold(text))
        office = f"{head['head']} truong" if head else ""
        if begins_with_head(signing["name"]):
            yield Holding(body, office, squeeze(signing["name"]), place, is_implied=True)


def _body(text: str) -> str | None:
    """The one bloc that a text is about, None when it names none or several."""
    bodies = {f"{m['head']} {m['number']}" for m in _BODY.finditer(fold(text))}
    return bodies.pop() if len(bodies) == 1 else None


def _same_council(name: str) -> str:
    """A council under its full and its short name: "TĐKT" for "Thi đua - Khen thưởng"."""
    plain = re.sub(r"thi dua,? ?-? ?khen thuong", "tdkt", name)
    return " ".join(words(re.sub(r"\b(?:cua|so|cap)\b", " ", plain)))


def _is_group(name: str) -> bool:
    return bool(re.match(r"(?:cac|don vi|nhung|thanh vien|khoi|cum)\b", fold(name)))


def _doubled(holdings: list[Holding]) -> Iterable[Finding]:
    certain = [holding for holding in holdings if not holding.is_implied]
    first = certain[0] if certain else None
    if first is None:
        return
    named = [first]
    for holding in holdings:
        if all(_is_other(holding.name, known.name) for known in named):
            named.append(holding)
    for other in named[1:]:
        yield _finding(first, other)


def _is_other(one: str, other: str) -> bool:
    """Whether two names are of two bodies: not when one only shortens or lengthens the other."""
    first, second = words(one), words(other)
    if set(first) <= set(second) or set(second) <= set(first):
        return False
    return first[-2:] != second[-2:] or first[0] != second[0]


def _finding(one: Holding, other: Holding) -> Finding:
    template = (
        gettext_noop(
            "{first_place} ghi {first} là {office} {body}, còn {second_place} lại ghi làm việc với "
            "{second}; đề nghị xác nhận {office} là đơn vị nào."
        )
        if other.is_implied
        else gettext_noop(
            "{first_place} ghi {first} là {office} {body}, còn {second_place} ghi {second}; "
            "đề nghị xác nhận ai giữ vai trò này."
        )
    )
    place = _where(one.place)
    return Finding(
        "role",
        template,
        {
            "first_place": place[:1].upper() + place[1:],
            "second_place": _where(other.place),
            "first": one.name,
            "second": other.name,
            "office": _SPOKEN.get(one.office, one.office),
            "body": _spoken_body(one.body),
        },
        tasks=numbers(*(h.place for h in (one, other) if isinstance(h.place, Task))),
        quotes=tuple(
            h.place.quote if isinstance(h.place, Task) else h.place.line for h in (one, other)
        ),
    )


_SPOKEN = {
    "cum truong": "Cụm trưởng",
    "khoi truong": "Khối trưởng",
    "chu tich hoi dong": "Chủ tịch",
    "thuong truc hoi dong": "Thường trực",
    "truong ban": "Trưởng ban",
    "thu ky hoi dong": "Thư ký",
}


def _spoken_body(body: str) -> str:
    head, _, number = body.partition(" ")
    if head in ("cum", "khoi"):
        return f"{'Cụm' if head == 'cum' else 'Khối'} thi đua số {number}"
    return "của Hội đồng"


def _where(place: Task | Item) -> str:
    if isinstance(place, Task):
        return place_of(place)
    return f"mục {'.'.join(place.path)}" if place.path else f"đoạn “{short(place.text)}”"
