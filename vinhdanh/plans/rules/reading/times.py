"""The words of a sentence that say by when something is to be done."""

import re
from datetime import date
from itertools import pairwise

from vinhdanh.common.vietnamese import fold
from vinhdanh.plans.rules.spans import Span, spans

_DOCUMENT = re.compile(
    r"(?:so )?\d{1,5}/(?:\d{4}/)?[a-z]+[a-z0-9]*(?:[-/][a-z0-9]+)*"
    r"(?:,? ngay \d{1,2}(?: ?[/.-] ?\d{1,2} ?[/.-] ?\d{4}| thang \d{1,2} nam \d{4}))?"
)
_CUE = re.compile(
    r"(?:\b(?:hoan thanh|xong|bao cao|gui)(?: xong)? )?"
    r"\b(?:truoc|cham nhat|muon nhat|tre nhat|khong qua|den|het|trong|vao|du kien|cuoi|dau|giua|tu)"
    r"(?: (?:va trong|la|vao|het|ngay|thang|quy|cuoi|dau|giua|trong|thoi gian|dip"
    r"|\d{1,2} ?(?:gio|h)\d{0,2}))*[ :]*$"
)
_NOT_A_DUE = re.compile(
    r"(?:hieu luc|ky niem|chao mung|ban hanh|thanh lap|truyen thong|ngay sinh|giai doan|nhiem ky)"
    r"(?: ke)?(?: tu)?(?: ngay)?[ (]*$"
    r"|\b(?:thanh tich|ket qua|so lieu|thoi gian|thoi diem) (?:duoc )?(?:tinh|xet)\b[a-z ]{0,20}"
    r":?(?: ke)?(?: tu)?(?: ngay)? ?$"
)
# What follows or precedes a day that only tells which things are meant: "các quyết định ban hành
# trước ngày … giữ nguyên hiệu lực", "… trước ngày … đã tổng kết".
_SAYS_MORE = re.compile(
    r" *(?:da|van|thi|giu nguyen|khong (?:duoc|xet|tinh|con|thuoc)"
    r"|duoc (?:tinh|xet|coi|xem|huong|chuyen|giai quyet|thuc hien theo)"
    r"|con hieu luc|het hieu luc|tiep tuc co|se duoc)\b"
)
# "Đã đăng ký", not "đa dạng".
_DONE = re.compile(r"\bda(?! dang\b(?! k[yi]\b)) [^,;:]{0,80}$")
_GOES_ON = re.compile(r" (?:thuc hien|tiep tuc|phai|can|thi|khong)\b")
_FEAST = re.compile(r"\b(?:chao mung|ky niem|huong toi|tien toi|dai hoi)\b")
_TOGETHER = re.compile(r"[ ,]*(?:-|den|toi|va|,|hoac)(?: (?:het|ngay|cuoi|dau|giua))*[ :]*")
_LEADING = re.compile(r"^(?:, |\s*và )")
_RHYTHM = re.compile(
    r"(?:\b(?:truoc|vao|cham nhat)(?: vao| la)? )?\bngay \d{1,2} (?:cua )?(?:hang|moi) (?:thang"
    r"|quy)"
    r"|\bngay \d{1,2} (?:cua )?thang (?:dau|cuoi) quy(?: sau)?"
    r"|\bdinh ky(?: (?:hang|moi))? (?:thang|quy|0?6 thang|nam)(?:(?:,| va) (?:hang )?(?:thang"
    r"|quy|0?6 thang|nam))*"
    r"|^(?:hang|moi) (?:thang|quy|0?6 thang|nam)(?:(?:,| va) (?:hang )?(?:quy|0?6 thang|nam))*"
    r"|\b(?:hang|moi) (?:thang|quy|0?6 thang)(?:(?:,| va) (?:hang )?(?:quy|0?6 thang"
    r"|nam))*(?=[.;,)]|$)"
)


def timed_parts(sentence: str, *, year: int) -> list[tuple[str, str]]:
    """Each part of a sentence that sets a time, with the words of that time, as printed.

    "… sơ kết trước ngày 10/7, tổng kết trước ngày 10/12" has two parts. Days of documents, of
    history and of feasts are no times: only what follows "trước", "chậm nhất", "trong",
    "từ … đến" and the like, or a rhythm.
    """
    plain = fold(sentence)
    if len(plain) != len(sentence):
        sentence = plain
    searched = _DOCUMENT.sub(lambda match: "#" * len(match[0]), plain)
    if rhythm := _RHYTHM.search(searched):
        return [(sentence, sentence[rhythm.start() : rhythm.end()].strip())]
    times = _times(searched, year)
    cuts = [0]
    for (_, end), (start, _) in pairwise(times):
        joint = max(searched.rfind(", ", end, start), searched.rfind(" va ", end, start))
        cuts.append(joint if joint >= 0 else cuts[-1])
    parts = []
    for place, (start, end) in enumerate(times):
        until = cuts[place + 1] if place + 1 < len(cuts) else len(sentence)
        part = sentence[cuts[place] : until] if until > start else sentence
        parts.append((_LEADING.sub("", part).strip(), sentence[start:end].strip()))
    return parts


def is_only_a_time(text: str, *, year: int) -> bool:
    """Whether a heading names a time and nothing else: "Quý I/2026", "Trong tháng 3"."""
    plain = fold(text).strip(" .:;")
    plain = re.sub(r"^(?:[ivx]{1,5}|\d{1,2})[.)] ", "", plain)
    found = spans(plain, year=year)
    if not found or found[-1].end != len(plain):
        return False
    return plain[: found[0].start].strip() in ("", "trong", "dau", "cuoi", "giua")


def _times(searched: str, year: int) -> list[tuple[int, int]]:
    """Where the times stand that the folded sentence sets; days named together are one time."""
    found = [span for span in spans(searched, year=year) if span.unit != "year"]
    times: list[tuple[int, int]] = []
    passed = 0
    for place, span in enumerate(found):
        if span.start < passed:
            continue
        told = bool(_NOT_A_DUE.search(searched[: span.start]))
        start = None if told else _start(searched, span, year)
        if start is None and not told:
            continue
        passed = span.end
        for following in found[place + 1 :]:
            if not _TOGETHER.fullmatch(searched[passed : following.start]):
                break
            passed = following.end
        if start is not None:
            times.append((start, passed))
    return times


def _start(searched: str, span: Span, year: int) -> int | None:
    """Where the words of the time begin, None when the span is no time set by the sentence."""
    before = searched[: span.start]
    if span.to_on and span.to_on.year < year - 1:
        return None
    if _is_told(searched, span, year):
        return None
    cue = _CUE.search(before)
    if cue:
        alone = cue[0].split()[0] == "tu"
        return None if alone and not span.ranged and not _has_end(searched, span) else cue.start()
    if span.unit == "day":
        ahead = re.search(r"\bngay $", before)
        return ahead.start() if ahead and not before[: ahead.start()].strip(" (,") else None
    is_named = span.unit in ("month", "quarter", "half") and _stands_alone(before)
    return span.start if is_named and not _FEAST.search(before) else None


def _is_told(searched: str, span: Span, year: int) -> bool:
    """Whether the day tells which things are meant, or when something was done, and sets none."""
    if _SAYS_MORE.match(searched, span.end):
        return True
    past = bool(span.to_on and span.to_on < date(year, 1, 1))
    goes_on = bool(_GOES_ON.match(searched, span.end))
    return (past or goes_on) and bool(_DONE.search(searched[: span.start]))


def _has_end(searched: str, span: Span) -> bool:
    return bool(re.match(r"[ ,]*(?:-|den|toi)\b|[ ,]*-", searched[span.end :]))


def _stands_alone(before: str) -> bool:
    """Whether the month or quarter opens the sentence or a bracket: "Quý I: …", "(tháng 3)"."""
    return not before.strip() or before.rstrip()[-1] in "(,;:-"
