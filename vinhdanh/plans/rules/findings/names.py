"""Names that are close to a known one but not it."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable

from vinhdanh.common.vietnamese import fold, gettext_noop
from vinhdanh.plans.rules.findings.blocs import blocs
from vinhdanh.plans.rules.findings.places import numbers, place_of, short
from vinhdanh.plans.rules.plan import Finding, Item, Plan, Task

# Terms of the field in whose second word one wrong tone or mark is a slip, never another word.
_TERMS = (
    "thi đua", "khen thưởng", "hội đồng", "sáng kiến", "tiên tiến", "điển hình", "giao ước",
    "phong trào", "danh hiệu", "tổng kết", "thẩm định", "suy tôn", "bình xét", "thường trực",
    "kiện toàn",
)  # fmt: skip
# Those of which the first word, too, is never another word before the second.
_FIRST_WORDS = ("khen thưởng", "phong trào", "điển hình")
# Words that a slip's second word may open instead: "khen thường xuyên" is right.
_GO_ON = {
    "xuyên", "niên", "đảo", "nghị", "thức", "trúc", "tạo", "ảnh", "thành", "quả", "luận", "hợp",
    "nối", "thời", "chí", "bộ", "kỳ", "hướng", "diện", "thể", "tiếp", "thuộc", "tuyến", "ra", "vào",
    "tin", "đổi", "tặng", "vụ",
}  # fmt: skip
_COMMON_IN_NAMES = {
    "văn", "phòng", "tổ", "chức", "cán", "bộ", "pháp", "chế", "kế", "hoạch", "tài", "chính",
    "hành", "quản", "trị", "tổng", "hợp", "nghiệp", "vụ", "thanh", "tra", "thi", "đua", "khen",
    "thưởng", "hội", "đồng", "sáng", "kiến", "công", "đoàn", "trung", "tâm", "giáo", "dục", "đào",
    "tạo", "nội", "tư", "y", "truyền", "thông", "tin", "nghệ", "khoa", "học", "lao", "động",
    "thường", "trực", "đơn", "vị", "thuộc",
}  # fmt: skip
# Pairs of words that stand in the names of offices everywhere: another tone on one of them is a
# slip. As they are printed inside a name, the second small: "Văn Hòa" is a village.
_PAIRS_IN_NAMES = (
    "Văn phòng", "Thể thao", "Văn hóa", "Du lịch", "Tổ chức", "Pháp chế", "Kế hoạch", "Tài chính",
    "Hành chính", "Quản trị", "Quản lý", "Tổng hợp", "Nghiệp vụ", "Thanh tra", "Thi đua",
    "Khen thưởng", "Hội đồng", "Sáng kiến", "Công đoàn", "Trung tâm", "Giáo dục", "Đào tạo",
    "Nội vụ", "Tư pháp", "Truyền thông", "Thông tin", "Nghệ thuật", "Khoa học", "Công nghệ",
    "Lao động", "Thường trực", "Đơn vị", "Nông nghiệp", "Môi trường", "Giao thông", "Vận tải",
    "Xây dựng", "Công thương", "Dân tộc", "Tôn giáo", "Bảo tàng", "Thư viện", "Nhà hát", "Di sản",
    "Gia đình", "Thanh niên", "Phụ nữ", "Điều dưỡng", "Chi cục", "Bệnh viện", "Tiểu học",
    "Trung học", "Mầm non", "Bảo hiểm", "Xã hội", "Kho bạc", "Kiểm tra", "Kiểm soát",
    "Chính sách", "Pháp luật", "Tuyên giáo", "Hợp tác", "Quốc tế", "Huấn luyện", "Thi đấu",
    "phòng Sở", "tra Sở", "cán bộ", "đơn vị", "trực thuộc", "quản lý", "chuyên môn",
)  # fmt: skip
# Each is spelled either way and is the same word.
_WRITTEN_ALIKE = str.maketrans({"y": "i", "ý": "í", "ỳ": "ì", "ỷ": "ỉ", "ỹ": "ĩ", "ỵ": "ị"})
_WORD = re.compile(r"[^\W\d_]+")


def near_names(plan: Plan) -> list[Finding]:
    """Slips in the names of blocs, of units, and in the terms of the field."""
    return [*blocs(plan), *_units(plan), *_terms(plan)]


def _units(plan: Plan) -> Iterable[Finding]:
    """Units named once that differ by one letter or tone from a unit named often, or by the tone
    of a word that is the same in the names of offices everywhere."""
    counts: Counter[tuple[str, ...]] = Counter()
    first: dict[tuple[str, ...], tuple[str, Task]] = {}
    for task in plan.tasks:
        for name in (*task.lead, *task.support):
            key = tuple(_alike(word) for word in _WORD.findall(name))
            counts[key] += 1
            first.setdefault(key, (name, task))
    alike: dict[tuple[int | str, ...], list[tuple[str, ...]]] = defaultdict(list)
    common: dict[tuple[int | str, ...], list[tuple[str, ...]]] = defaultdict(list)
    for key, count in counts.items():
        for place, word in enumerate(key):
            alike[*_but(key, place), fold(word)].append(key)
            if count > 1 and word in _ALIKE_COMMON:
                common[_but(key, place)].append(key)
    for key, count in counts.items():
        if count > 1 or len(key) < 2:
            continue
        name, task = first[key]
        for place, word in enumerate(key):
            near = [
                first[other][0]
                for other in alike[*_but(key, place), fold(word)]
                if other != key
                and (counts[other] > 1 or _is_slip_in_a_pair(name, first[other][0], place))
            ] or [
                first[other][0]
                for other in common[_but(key, place)]
                if _is_slip(word, other[place])
            ]
            if near:
                yield _finding(task, name, near[0])
                break


def _but(key: tuple[str, ...], place: int) -> tuple[int | str, ...]:
    """The words of a name but the one at that place."""
    return (place, *key[:place], *key[place + 1 :])


def _is_slip_in_a_pair(name: str, other: str, place: int) -> bool:
    """Whether `other` has there a pair known in names, and `name` only lacks its tone."""
    words, meant = _WORD.findall(name), _WORD.findall(other)
    if not _is_tone_slip(words[place].lower(), meant[place].lower()):
        return False
    return _in_a_pair(meant, place) and not _in_a_pair(words, place)


def _in_a_pair(words: list[str], place: int) -> bool:
    """Whether the word makes a known pair with the one before or after it."""
    pairs = (words[place - 1 : place + 1] if place else [], words[place : place + 2])
    return any(tuple(map(_alike_cased, pair)) in _KNOWN_PAIRS for pair in pairs)


def _alike_cased(word: str) -> str:
    return ("+" if word[:1].isupper() else "-") + _alike(word)


def _terms(plan: Plan) -> Iterable[Finding]:
    places: list[tuple[Task | Item, str]] = [
        *((task, task.content) for task in plan.tasks if task.is_row),
        *((item, item.text) for item in plan.items),
    ]
    for place, text in places:
        for match in _BESIDE_FIRST.finditer(text):
            term = _slipped(match[2], _BY_FIRST[match[1].lower()])
            if term and (match[3] or "").lower() not in _GO_ON:
                yield _finding(place, f"{match[1]} {match[2]}", term)
        for match in _BEFORE_SECOND.finditer(text):
            term = _BY_SECOND[match[2].lower()]
            if _is_tone_slip(match[1].lower(), term.split()[0]):
                yield _finding(place, match[0], term)


def _slipped(second: str, terms: list[str]) -> str | None:
    """The term of whose second word the given one is a slip."""
    return next((term for term in terms if _is_tone_slip(second.lower(), term.split()[1])), None)


def _is_tone_slip(word: str, meant: str) -> bool:
    """Same letters, another tone or mark; "đ" for "d" counts. Both spellings alike are no slip."""
    return word != meant and _alike(word) != _alike(meant) and fold(word) == fold(meant)


def _is_slip(word: str, meant: str) -> bool:
    """One letter more, less or other than in a common word."""
    return word != meant and len(meant) >= 4 and _is_one_edit(fold(word), fold(meant))


def _is_one_edit(one: str, other: str) -> bool:
    if abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    rest_one, rest_other = one[start:], other[start:]
    return (
        rest_one[1:] == rest_other[1:] or rest_one[1:] == rest_other or rest_one == rest_other[1:]
    )


def _alike(word: str) -> str:
    """The word with its tone taken out of its place and put last, so that "hoá" and "hóa",
    "kỹ" and "kĩ" are one; capitals are small."""
    letters: list[str] = []
    tones: list[str] = []
    for character in unicodedata.normalize("NFD", word.lower()):
        (tones if character in "\u0300\u0301\u0303\u0309\u0323" else letters).append(character)
    bare = unicodedata.normalize("NFC", "".join(letters)).translate(_WRITTEN_ALIKE)
    return bare + "".join(tones)


_BY_FIRST: dict[str, list[str]] = defaultdict(list)
for _term in _TERMS:
    _BY_FIRST[_term.split()[0]].append(_term)
_BY_SECOND = {term.split()[1]: term for term in _FIRST_WORDS}
_BESIDE_FIRST = re.compile(
    rf"\b({'|'.join(_BY_FIRST)}) (?=([^\W\d_]+)(?: ([^\W\d_]+))?)", re.IGNORECASE
)
_BEFORE_SECOND = re.compile(rf"\b([^\W\d_]+) ({'|'.join(_BY_SECOND)})\b", re.IGNORECASE)
_KNOWN_PAIRS = {tuple(map(_alike_cased, pair.split())) for pair in _PAIRS_IN_NAMES}
_ALIKE_COMMON = {_alike(word) for word in _COMMON_IN_NAMES}


def _finding(place: Task | Item, printed: str, meant: str) -> Finding:
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
