"""The same duty with two due dates: between rows, between annex and body, within the body."""

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from vinhdanh.common.vietnamese import fold, gettext_noop, long_day
from vinhdanh.plans.rules.due import Due
from vinhdanh.plans.rules.findings.places import numbers, place_of, short
from vinhdanh.plans.rules.plan import Finding, Plan, Task

_HELPERS = (
    "chu tri", "phoi hop", "tham muu", "to chuc", "trien khai", "tien hanh", "thuc hien",
    "hoan thanh", "chuan bi", "huong dan", "don doc", "gui", "trinh", "nop", "tiep tuc",
)  # fmt: skip
# Deeds that are one and the same duty under either word.
_DEEDS = {
    "dang ky": "dang ky", "xay dung": "lap", "lap": "lap", "ban hanh": "lap", "so ket": "so ket",
    "tong ket": "tong ket", "binh xet": "xet", "xet": "xet", "hop xet": "xet", "de nghi": "de nghi",
    "de xuat": "de nghi", "bao cao": "bao cao", "ky ket": "ky", "ky": "ky", "kiem tra": "kiem tra",
    "kien toan": "kien toan", "ra soat": "ra soat", "phat dong": "phat dong",
    "tap huan": "tap huan",
    "tham du": "tham du", "cong nhan": "cong nhan", "tham dinh": "tham dinh",
    "danh gia": "danh gia",
    "tong hop": "tong hop", "gioi thieu": "gioi thieu", "cham diem": "cham", "cham": "cham",
    "cong bo": "cong bo", "trao": "trao", "khao sat": "khao sat", "suy ton": "suy ton",
    "phan loai": "phan loai", "tuyen truyen": "tuyen truyen", "mo": "mo", "thanh lap": "thanh lap",
    "sua doi": "sua doi", "bo sung": "bo sung", "nghiem thu": "nghiem thu", "hop": "hop",
    "dang tai": "dang tai", "quyet toan": "quyet toan", "lua chon": "chon", "chon": "chon",
}  # fmt: skip
_DEED_WORDS = "|".join(sorted((*_DEEDS, *_HELPERS), key=len, reverse=True))
_OPENS = re.compile(rf"(?:{_DEED_WORDS})\b")
_PARTS = re.compile(
    rf"[;.:]\s+|,\s*(?=(?:{_DEED_WORDS})\b)|\s+-\s+(?=(?:{_DEED_WORDS})\b)"
    rf"|\s+va\s+(?=(?:{_DEED_WORDS})\b)|\s+(?=(?:gui|trinh|nop)\b)"
)
_IDLE = {
    "ban", "bao", "cac", "cho", "co", "cong", "cua", "dam", "day", "de", "den", "dinh", "do",
    "don", "du", "dung", "duoc", "duoi", "gui", "hang", "hinh", "hoan", "hoi", "ket", "kip", "la",
    "mot", "nam", "nganh", "ngay", "nghi", "nhung", "noi", "o", "phong", "qua", "quan", "quy",
    "sau", "so", "tac", "tai", "tham", "thang", "theo", "thoi", "thuoc", "tinh", "toan", "toi",
    "tren", "trong", "truc", "truoc", "tu", "va", "van", "ve", "vi", "viec", "voi",
}  # fmt: skip
_QUALIFIER = re.compile(
    r"\b(?:dot|so|lan|quy|khoi|cum|phu luc|bieu|mau|ky|dien|hang) (?:thu )?0*(\d+|i{1,3}v?|iv|v"
    r"|nhat|hai|ba)\b"
    r"|\b(\d+) thang\b|\b(20\d{2})\b|\bdau (?:nam|ky)\b|\b\d{1,2}/\d{1,2}\b"
    r"|\bcap (?:nha nuoc|bo|tinh"
    r"|thanh pho|so|co so|truong|huyen)"
)
# Short forms that every office of the field uses for the long ones.
_SHORT_FORMS = {
    "tdkt": "thi dua khen thuong",
    "dhtt": "dien hinh tien tien",
    "ntvt": "nguoi tot viec tot",
    "skkn": "sang kien kinh nghiem",
}
_SHORT = re.compile(r"\b(?:" + "|".join(_SHORT_FORMS) + r")\b")
# To whom something is sent is no part of what it is.
_RECIPIENT = re.compile(
    r" (?:gui )?ve (?:van phong|so|phong|bo|bo phan|ban|thuong truc|ubnd|hoi dong|khoi|cum)\b.*"
)
_MOST_IN_BUCKET = 12
_ENOUGH_ALIKE = 0.8
_TEMPLATE = gettext_noop(
    "Cùng một việc “{duty}” nhưng hai thời hạn khác nhau: {one} ghi “{first}” ({first_day}), "
    "{other} ghi “{second}” ({second_day})."
)


@dataclass(frozen=True, slots=True)
class Duty:
    """One deed of a task: its kind, the words of its object, and what sets it apart from like
    ones (years, batches, numbers of bodies, levels). `has_subject`: the words themselves say who
    does it ("Các đơn vị xây dựng …")."""

    task: Task
    deed: str
    words: frozenset[str]
    apart: frozenset[str]
    has_subject: bool


def conflicting_dues(plan: Plan) -> list[Finding]:
    """Pairs of places that set different dates for what reads as the same duty."""
    duties = [
        duty
        for task in (*plan.tasks, *plan.duties)
        if not task.is_heading and task.due and _last(task.due)
        for duty in duties_of(task, plan.year)
    ]
    found: list[Finding] = []
    seen: set[tuple[int, int]] = set()
    for one, other in _candidates(duties):
        pair = (id(one.task), id(other.task))
        if pair in seen or not _same_duty(one, other) or not _differ(one.task, other.task):
            continue
        seen.add(pair)
        found.append(_finding(one, other))
    return found


def duties_of(task: Task, year: int) -> list[Duty]:
    """What a task's content orders, deed by deed."""
    content = task.content
    if task.part == "body" and task.printed_due:
        content = content.replace(task.printed_due, " ")
    found = []
    plain = _SHORT.sub(lambda match: _SHORT_FORMS[match[0]], fold(content))
    for part in _PARTS.split(plain):
        duty = _duty(task, part.strip(), year)
        if duty:
            found.append(duty)
    return found


def _duty(task: Task, part: str, year: int) -> Duty | None:
    start = _OPENS.search(part)
    if start is None:
        return None
    text = part[start.start() :]
    while (helper := _OPENS.match(text)) and helper[0] in _HELPERS:
        following = _OPENS.search(text, helper.end())
        if following is None:
            break
        text = text[following.start() :]
    opening = _OPENS.match(text)
    while opening and (further := _OPENS.match(text[opening.end() :].lstrip())):
        # "Xét công nhận" is recognising, as "xét, công nhận" is.
        text = text[opening.end() :].lstrip()
        opening = further
    deed = _DEEDS.get(opening[0]) if opening else None
    if deed is None or opening is None:
        return None
    return _with_object(task, deed, start.start() > 0, text[opening.end() :], year)


def _with_object(task: Task, deed: str, has_subject: bool, rest: str, year: int) -> Duty | None:
    rest = _RECIPIENT.sub("", rest)
    apart = {match[0] for match in _QUALIFIER.finditer(rest)}
    years = {part for part in apart if re.fullmatch(r"20\d{2}", part)}
    apart |= set() if years else {str(year)}
    words = frozenset(
        word
        for word in re.findall(r"[a-z]+", _QUALIFIER.sub(" ", rest))
        if word not in _IDLE and len(word) > 1
    )
    if len(words) < 2:
        return None
    return Duty(task, deed, words, frozenset(_bare(part) for part in apart), has_subject)


def _bare(part: str) -> str:
    return re.sub(r"\b0+(?=\d)", "", part)


def _candidates(duties: list[Duty]) -> Iterable[tuple[Duty, Duty]]:
    """Pairs worth a look: of one deed, sharing a word that few others have."""
    common: dict[tuple[str, str], int] = defaultdict(int)
    for duty in duties:
        for word in duty.words:
            common[duty.deed, word] += 1
    buckets: dict[Hashable, list[Duty]] = defaultdict(list)
    for duty in duties:
        rare = sorted(duty.words, key=lambda word: (common[duty.deed, word], word))[:3]
        keys: list[Hashable] = [(duty.deed, duty.apart, word) for word in rare]
        keys.append((duty.deed, duty.apart, duty.words))
        met: set[int] = set()
        for key in keys:
            for earlier in buckets[key]:
                if id(earlier) not in met and earlier.task is not duty.task:
                    met.add(id(earlier))
                    yield earlier, duty
            if len(buckets[key]) < _MOST_IN_BUCKET:
                buckets[key].append(duty)


def _same_duty(one: Duty, other: Duty) -> bool:
    shared = len(one.words & other.words)
    if shared / len(one.words | other.words) < _ENOUGH_ALIKE:
        return False
    if one.deed == "lap" and one.has_subject != other.has_subject:
        return False  # the office's plan is not the plan that each unit makes
    if one.task.is_row and other.task.is_row:
        return _same_hands(one.task, other.task) and _same_group(one.task, other.task)
    if not one.task.is_row and not other.task.is_row:
        return _same_hands(one.task, other.task)
    return True


def _same_hands(one: Task, other: Task) -> bool:
    """Whether the same people may be meant: two units may each have a date of their own."""
    first, second = ({fold(name) for name in (*task.lead, *task.support)} for task in (one, other))
    return not first or not second or bool(first & second)


def _same_group(one: Task, other: Task) -> bool:
    if one.group == other.group:
        return True
    groups = fold(f"{one.group} {other.group}")
    return not re.search(r"\b(?:thang|quy|dot|khoi|cum|cap|phong|truong|don vi|ky)\b", groups)


def _last(due: Due) -> date | None:
    return due.last_on


def _differ(one: Task, other: Task) -> bool:
    """Whether the two times cannot both be kept as one."""
    first, second = one.due, other.due
    if first is None or second is None or first.text == second.text:
        return False
    if first.kind != "period" and second.kind != "period":
        return first.day_on != second.day_on
    begin_one, end_one = _range(first)
    begin_two, end_two = _range(second)
    return end_one < begin_two or end_two < begin_one


def _range(due: Due) -> tuple[date, date]:
    if due.kind == "period" and due.from_on and due.to_on:
        return due.from_on, due.to_on
    day = due.day_on or date.min + timedelta(days=1)
    return (day - timedelta(days=1) if due.kind == "before" else day), day


@lru_cache(maxsize=1024)
def _shown(due: Due) -> str:
    if due.kind == "period" and due.from_on and due.to_on:
        return f"{due.from_on:%d/%m/%Y} - {due.to_on:%d/%m/%Y}"
    return long_day(due.day_on) if due.day_on else ""


def _finding(one: Duty, other: Duty) -> Finding:
    first, second = one.task, other.task
    assert first.due
    assert second.due
    days = [day for day in (_last(first.due), _last(second.due)) if day]
    shorter = min((first.content, second.content), key=len)
    return Finding(
        kind="conflicting-due",
        template=_TEMPLATE,
        values={
            "duty": short(shorter),
            "one": place_of(first),
            "first": first.due.text,
            "first_day": _shown(first.due),
            "other": place_of(second),
            "second": second.due.text,
            "second_day": _shown(second.due),
        },
        dates=tuple(dict.fromkeys(days)),
        tasks=numbers(first, second),
        quotes=(first.quote, second.quote),
    )
