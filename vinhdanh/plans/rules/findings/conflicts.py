"""The same duty with two due dates: between rows, between annex and body, within the body."""

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from vinhdanh.common.vietnamese import fold, gettext_noop, long_day, squeeze, words
from vinhdanh.plans.rules.due import Due
from vinhdanh.plans.rules.findings.blocs import named_blocs
from vinhdanh.plans.rules.findings.places import numbers, place_of, short
from vinhdanh.plans.rules.findings.repeats import repeats
from vinhdanh.plans.rules.plan import Finding, Plan, Task
from vinhdanh.plans.rules.reading.owners import begins_with_head

_HELPERS = (
    "chủ trì", "phối hợp", "tham mưu", "tổ chức", "triển khai", "tiến hành", "thực hiện",
    "hoàn thành", "chuẩn bị", "hướng dẫn", "đôn đốc", "gửi", "trình", "nộp", "tiếp tục",
    "mở lớp", "mở các lớp", "mở hội nghị", "mở đợt", "mở cuộc",
)  # fmt: skip
# Deeds that are one and the same duty under either word; told with their accents, for "mô hình"
# opens nothing and "trào" confers nothing.
_DEEDS = {
    "đăng ký": "đăng ký", "đăng kí": "đăng ký", "xây dựng": "lập", "lập": "lập",
    "ban hành": "lập", "sơ kết": "sơ kết", "tổng kết": "tổng kết", "bình xét": "xét", "xét": "xét",
    "họp xét": "xét", "đề nghị": "đề nghị", "đề xuất": "đề nghị", "báo cáo": "báo cáo",
    "ký kết": "ký", "kí kết": "ký", "ký": "ký", "kí": "ký", "kiểm tra": "kiểm tra",
    "kiện toàn": "kiện toàn", "rà soát": "rà soát", "phát động": "phát động",
    "tập huấn": "tập huấn", "tham dự": "tham dự", "công nhận": "công nhận",
    "thẩm định": "thẩm định", "đánh giá": "đánh giá", "tổng hợp": "tổng hợp",
    "giới thiệu": "giới thiệu", "chấm điểm": "chấm", "chấm": "chấm", "công bố": "công bố",
    "trao": "trao", "khảo sát": "khảo sát", "suy tôn": "suy tôn", "phân loại": "phân loại",
    "tuyên truyền": "tuyên truyền", "mở": "mở", "thành lập": "thành lập", "sửa đổi": "sửa đổi",
    "bổ sung": "bổ sung", "nghiệm thu": "nghiệm thu", "họp": "họp", "đăng tải": "đăng tải",
    "quyết toán": "quyết toán", "lựa chọn": "chọn", "chọn": "chọn",
}  # fmt: skip
# After these a second deed is what they are about: a "báo cáo sơ kết" is no "sơ kết".
_ABOUT_A_DEED = {"tổng hợp", "báo cáo", "thẩm định", "kiểm tra", "đánh giá", "công bố"}
# What a movement or a contest is named after is no deed of the task.
_NAMED_AFTER = re.compile(
    r"(?:phong trào|cuộc vận động|cuộc thi|hội thi|chuyên đề|chương trình)"
    r"(?:\s+[^\s,;]+){0,3}\s*[“\"]?$"
)
# To guide others in a deed is not to do it, and what is handed in goes further up later.
_MANNERS = {
    "hướng dẫn": "guide", "đôn đốc": "guide", "gửi": "send", "nộp": "send", "trình": "submit",
}  # fmt: skip
_DEED_WORDS = "|".join(sorted((*_DEEDS, *_HELPERS), key=len, reverse=True))
_OPENS = re.compile(rf"\b(?:{_DEED_WORDS})\b")
_PARTS = re.compile(
    rf"[;.:]\s+|,\s*(?=(?:{_DEED_WORDS})\b)|\s+-\s+(?=(?:{_DEED_WORDS})\b)"
    rf"|\s+và\s+(?=(?:{_DEED_WORDS})\b)|\s+(?=(?:gửi|trình|nộp)\b)"
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
    "tđkt": "thi đua khen thưởng",
    "đhtt": "điển hình tiên tiến",
    "ntvt": "người tốt việc tốt",
    "skkn": "sáng kiến kinh nghiệm",
}
_SHORT = re.compile(r"\b(?:" + "|".join(_SHORT_FORMS) + r")\b")
# To whom something is sent is no part of what it is.
_TO = re.compile(r"\s(?:gửi\s+)?(?:về|cho|tới|đến)\s+(?:các\s+)?(?=(?P<whom>\S.*))")
_MOST_IN_BUCKET = 12
_ENOUGH_ALIKE = 0.8
_TEMPLATE = gettext_noop(
    "Cùng một việc “{duty}” nhưng hai thời hạn khác nhau: {one} ghi “{first}” ({first_day}), "
    "{other} ghi “{second}” ({second_day})."
)


@dataclass(frozen=True, slots=True)
class Duty:
    """One deed of a task: its kind, the words of its object, and what sets it apart from like
    ones (years, batches, numbers of bodies, levels). `manner` is "guide", "send" or "submit" where
    the deed is not simply done. `to` are the words for whom it is sent to.
    `has_subject`: the words themselves say who does it ("Các đơn vị xây dựng …"). `blocs` are
    those that the task names anywhere, each by number and by whose it is."""

    task: Task
    deed: str
    words: frozenset[str]
    apart: frozenset[str]
    manner: str
    to: frozenset[str]
    has_subject: bool
    blocs: frozenset[tuple[str, str]]


def conflicting_dues(plan: Plan) -> list[Finding]:
    """Pairs of places that set different dates for what reads as the same duty."""
    dated = [
        task
        for task in (*plan.tasks, *plan.duties)
        if not task.is_heading and task.due and _last(task.due)
    ]
    duties = [duty for task in dated for duty in duties_of(task, plan.year)]
    same = [(one.task, other.task) for one, other in _candidates(duties) if _same_duty(one, other)]
    same += [(one, other) for one, other in repeats(dated) if _may_be_same(one, other)]
    found: list[Finding] = []
    seen: set[tuple[int, int]] = set()
    for first, second in same:
        pair = (id(first), id(second))
        if pair in seen or not _differ(first, second):
            continue
        seen.add(pair)
        found.append(_finding(first, second))
    return found


def duties_of(task: Task, year: int) -> list[Duty]:
    """What a task's content orders, deed by deed."""
    content = task.content
    if task.part == "body" and task.printed_due:
        content = content.replace(task.printed_due, " ")
    found = []
    said = _SHORT.sub(lambda match: _SHORT_FORMS[match[0]], squeeze(content).lower())
    blocs = named_blocs(content)
    for part in _PARTS.split(said):
        duty = _duty(task, part.strip(), year, blocs)
        if duty:
            found.append(duty)
    return found


def _duty(task: Task, part: str, year: int, blocs: frozenset[tuple[str, str]]) -> Duty | None:
    start = _OPENS.search(part)
    if start is None or _NAMED_AFTER.search(part[: start.start()].rstrip()):
        return None
    text, manner = _without_helpers(part[start.start() :])
    deed, about_deed, text = _deed_of(text)
    if deed is None:
        return None
    rest, to = _without_recipient(text)
    plain = fold(rest)
    apart = {_bare(match[0]) for match in _QUALIFIER.finditer(plain)}
    if not any(re.fullmatch(r"20\d{2}", each) for each in apart):
        apart.add(str(year))
    if about_deed:
        apart.add(about_deed)
    about = _object_words(_QUALIFIER.sub(" ", plain))
    if len(about) < 2:
        return None
    return Duty(task, deed, about, frozenset(apart), manner, to, start.start() > 0, blocs)


def _without_helpers(text: str) -> tuple[str, str]:
    """The text from its real deed on ("chủ trì tổ chức" says none), and the manner of doing it."""
    manner = ""
    while (helper := _OPENS.match(text)) and helper[0] in _HELPERS:
        following = _OPENS.search(text, helper.end())
        if following is None:
            break
        manner = manner or _MANNERS.get(helper[0], "")
        text = text[following.start() :]
    return text, manner


def _deed_of(text: str) -> tuple[str | None, str, str]:
    """The deed that opens the text, the deed that it is about, if any, and the rest."""
    opening = _OPENS.match(text)
    while opening and (further := _OPENS.match(text[opening.end() :].lstrip())):
        if opening[0] in _ABOUT_A_DEED:
            return _DEEDS.get(opening[0]), further[0], text[opening.end() :]
        # "Xét công nhận" is recognising, as "xét, công nhận" is.
        text = text[opening.end() :].lstrip()
        opening = further
    if opening is None:
        return None, "", text
    return _DEEDS.get(opening[0]), "", text[opening.end() :]


def _without_recipient(text: str) -> tuple[str, frozenset[str]]:
    """What is sent, and the words for whom: "báo cáo về Văn phòng Sở"."""
    for match in _TO.finditer(text):
        if begins_with_head(match["whom"]):
            return text[: match.start()], frozenset(words(match["whom"]))
    return text, frozenset()


def _object_words(plain: str) -> frozenset[str]:
    found = re.findall(r"[a-z]+", plain)
    return frozenset(word for word in found if word not in _IDLE and len(word) > 1)


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
    if one.deed == "lập" and one.has_subject != other.has_subject:
        return False  # the office's plan is not the plan that each unit makes
    if not (
        _same_manner({one.manner, other.manner})
        and _may_be_one(one.to, other.to)
        and _same_blocs(one.blocs, other.blocs)
    ):
        return False
    rows = one.task.is_row + other.task.is_row
    if rows == 2 and not _same_group(one.task, other.task):
        return False
    return rows == 1 or _same_hands(one.task, other.task)


def _same_manner(manners: set[str]) -> bool:
    return len(manners) == 1 or ("" in manners and "guide" not in manners)


def _may_be_same(row: Task, other: Task) -> bool:
    """Whether a row and another place that says the very same may be one duty."""
    if other.is_row:
        apart = bool(row.parent and other.parent) and row.parent != other.parent
        return not apart and _same_hands(row, other) and _same_group(row, other)
    is_group = any(fold(name).startswith("cac ") for name in other.lead)
    return is_group or not other.lead or _named_among(other.lead, (*row.lead, *row.support))


def _same_hands(one: Task, other: Task) -> bool:
    """Whether the same people may have it: two units may each have a date of their own. Those
    who lead in one place may support in the other, when that holds for both."""
    if not one.lead or not other.lead:
        return True
    hands_one, hands_other = (*one.lead, *one.support), (*other.lead, *other.support)
    return _named_among(one.lead, other.lead) or (
        _named_among(one.lead, hands_other) and _named_among(other.lead, hands_one)
    )


def _named_among(names: tuple[str, ...], hands: tuple[str, ...]) -> bool:
    return any(_is_one_name(name, hand) for name in names for hand in hands)


def _is_one_name(name: str, other: str) -> bool:
    """Whether one name only shortens the other: "Văn phòng", "Văn phòng Sở"."""
    one, two = ([word for word in words(each) if word != "cac"] for each in (name, other))
    return one[:1] == two[:1] and _may_be_one(frozenset(one), frozenset(two))


def _may_be_one(one: frozenset[str], other: frozenset[str]) -> bool:
    return one <= other or other <= one


def _same_blocs(one: frozenset[tuple[str, str]], other: frozenset[tuple[str, str]]) -> bool:
    """Whether both may speak of one bloc: "Khối 9 Thành phố" is none of "các Khối thuộc Sở"."""
    if not one or not other:
        return True
    return any(
        number == second and (not above or not whose or above == whose)
        for number, above in one
        for second, whose in other
    )


def _same_group(one: Task, other: Task) -> bool:
    if one.group == other.group:
        return True
    groups = fold(f"{one.group} {other.group}")
    return not re.search(
        r"\b(?:thang|quy|dot|khoi|cum|cap|phong(?! trao)|truong|don vi|ky)\b", groups
    )


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


def _finding(first: Task, second: Task) -> Finding:
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
