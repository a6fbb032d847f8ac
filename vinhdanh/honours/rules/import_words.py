"""The words of past lists: names of awards and their abbreviations, ratings, names of persons."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache

from vinhdanh.common.vietnamese import fold, gettext_noop, squeeze, words
from vinhdanh.law.awards import Award

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_HONORIFIC = re.compile(
    r"(?:ông|bà|anh|chị|đồng chí|đ/c|nsnd|nsưt|nnnd|nnưt|gs|pgs|ts|ths|bs|cn|ks|thạc sĩ|tiến sĩ"
    r"|nghệ sĩ nhân dân|nghệ sĩ ưu tú)(?:\.\s*|\s+)",
    re.IGNORECASE,
)
_COLLECTIVES = (
    "tập thể", "phòng", "ban", "sở", "văn phòng", "trung tâm", "nhà hát", "bảo tàng", "chi cục",
    "cục", "thanh tra", "thư viện", "đội", "tổ", "khối", "cụm", "trường", "công ty", "doanh nghiệp",
    "chi bộ", "đảng bộ", "công đoàn", "đoàn", "hội", "viện", "ủy ban", "ubnd", "phường", "xã",
    "thôn", "câu lạc bộ", "rạp", "khu di tích", "liên đoàn",
)  # fmt: skip
_HOUSEHOLDS = ("hộ gia đình", "gia đình", "hộ")
# Without accents also family names: Trương, Tô, Đoàn, Phương, Xa, Viên, Hồ.
_MAY_BE_NAMES = {"truong", "to", "doan", "phuong", "xa", "vien", "ho"}
# The one that is a family name with its accents as well; a person has capitals throughout.
_DOAN = "đoàn"
# What stands between several awards in one cell.
_AND = re.compile(r"\s*[,;+/&]\s*|\s+(?:và|\-|–)\s+")
# A unit named in the post of its head: "Trưởng phòng Nghệ thuật", "Chánh Văn phòng Sở".
_HEAD_OF = re.compile(
    r"(?:quyền |phó )?(?:trưởng|chánh) (?P<kind>phòng|ban|văn phòng|thanh tra)(?P<name>\s\S.*)",
    re.IGNORECASE,
)
_UNIT_INSIDE = re.compile(
    r"(?<=\S\s)(?:Phòng|Ban|Trung tâm|Nhà hát|Bảo tàng|Văn phòng|Sở|Thư viện|Chi cục|Thanh tra"
    r"|Trường|Câu lạc bộ|Liên đoàn|Khu di tích|Rạp)\s.*"
)
# What stands between a post and a unit; the dash of a unit's own name looks the same.
_BETWEEN = re.compile(r"\s*[,;]\s*|\s+[-–]\s+")
_CLASS = {"i": "nhat", "ii": "nhi", "iii": "ba", "1": "nhat", "2": "nhi", "3": "ba"}

SORTS: Mapping[str, str] = {
    "ca nhan": "person", "person": "person", "cn": "person",
    "tap the": "collective", "collective": "collective", "tt": "collective",
    "ho gia dinh": "household", "ho": "household", "household": "household",
    "gia dinh": "household",
}  # fmt: skip
LEVELS: Mapping[str, str] = {
    **dict.fromkeys(
        ("excellent", "htxsnv", "htxs", "xuat sac", "hoan thanh xuat sac", "xs",
         "hoan thanh xuat sac nhiem vu", "loai a xuat sac"),
        "excellent",
    ),
    **dict.fromkeys(
        ("good", "httnv", "htt", "httot", "tot", "hoan thanh tot", "hoan thanh tot nhiem vu"),
        "good",
    ),
    **dict.fromkeys(("completed", "htnv", "ht", "hoan thanh", "hoan thanh nhiem vu"), "completed"),
    **dict.fromkeys(
        ("failed", "khtnv", "kht", "khong hoan thanh", "khong hoan thanh nhiem vu", "khnv"),
        "failed",
    ),
}  # fmt: skip
CLASSES: Mapping[str, str] = {
    **dict.fromkeys(("merit", "cong trang", "theo cong trang", "cong trang va thanh tich",
                     "theo cong trang va thanh tich", "thuong xuyen"), "merit"),
    **dict.fromkeys(("movement", "phong trao", "phong trao thi dua"), "movement"),
    **dict.fromkeys(("theme", "chuyen de", "theo chuyen de", "thi dua theo chuyen de"), "theme"),
    **dict.fromkeys(("ad_hoc", "dot xuat"), "ad_hoc"),
    **dict.fromkeys(("service", "cong hien", "qua trinh cong hien", "co qua trinh cong hien"),
                    "service"),
    **dict.fromkeys(("seniority", "nien han"), "seniority"),
    **dict.fromkeys(("foreign", "doi ngoai"), "foreign"),
}  # fmt: skip
REACHES: Mapping[str, str] = {
    **dict.fromkeys(("grassroots", "co so", "cap co so"), "grassroots"),
    **dict.fromkeys(
        ("province", "bo", "tinh", "thanh pho", "cap bo", "cap tinh", "cap thanh pho",
         "bo tinh thanh pho", "bo nganh tinh", "tp", "cap tp"),
        "province",
    ),
    **dict.fromkeys(("nation", "toan quoc", "quoc gia", "cap quoc gia", "nha nuoc"), "nation"),
}  # fmt: skip
FORMS: Mapping[str, str] = {
    "reprimand": "reprimand", "khien trach": "reprimand",
    "warning": "warning", "canh cao": "warning",
    "salary": "salary", "ha bac luong": "salary",
    "demotion": "demotion", "giang chuc": "demotion",
    "removal": "removal", "cach chuc": "removal",
    "dismissal": "dismissal", "buoc thoi viec": "dismissal",
}  # fmt: skip
# How the meanings above are written out, to choose from.
SHOWN: Mapping[str, str] = {
    "excellent": gettext_noop("Hoàn thành xuất sắc nhiệm vụ"),
    "good": gettext_noop("Hoàn thành tốt nhiệm vụ"),
    "completed": gettext_noop("Hoàn thành nhiệm vụ"),
    "failed": gettext_noop("Không hoàn thành nhiệm vụ"),
    "merit": gettext_noop("Công trạng"),
    "movement": gettext_noop("Phong trào thi đua"),
    "theme": gettext_noop("Chuyên đề"),
    "ad_hoc": gettext_noop("Đột xuất"),
    "service": gettext_noop("Quá trình cống hiến"),
    "seniority": gettext_noop("Niên hạn"),
    "foreign": gettext_noop("Đối ngoại"),
    "grassroots": gettext_noop("Cơ sở"),
    "province": gettext_noop("Bộ, tỉnh, Thành phố"),
    "nation": gettext_noop("Toàn quốc"),
    "reprimand": gettext_noop("Khiển trách"),
    "warning": gettext_noop("Cảnh cáo"),
    "salary": gettext_noop("Hạ bậc lương"),
    "demotion": gettext_noop("Giáng chức"),
    "removal": gettext_noop("Cách chức"),
    "dismissal": gettext_noop("Buộc thôi việc"),
}
# Ways of writing that the names in the law do not give, by code of the award.
_ALSO: Mapping[str, tuple[str, ...]] = {
    "DH_LDTT": ("LĐTT",),
    "DH_CSTD_CS": ("CSTĐCS", "CSTĐ cơ sở", "CSTĐ CS", "Chiến sĩ thi đua cấp cơ sở"),
    "DH_CSTD_TINH": (
        "CSTĐTP", "CSTĐ TP", "CSTĐ Thành phố", "CSTĐ cấp tỉnh", "CSTĐ cấp bộ", "CSTĐ tỉnh",
        "Chiến sĩ thi đua Thành phố", "Chiến sĩ thi đua cấp Thành phố", "Chiến sĩ thi đua cấp Bộ",
        "Chiến sĩ thi đua cấp tỉnh", "Chiến sĩ thi đua bộ, ban, ngành, tỉnh",
    ),
    "DH_CSTD_TQ": ("CSTĐTQ", "CSTĐ toàn quốc", "CSTĐ TQ"),
    "DH_TTLDTT": ("TTLĐTT", "TT LĐTT", "Tập thể LĐTT", "Đơn vị tiên tiến"),
    "DH_TTLDXS": ("TTLĐXS", "TT LĐXS", "Tập thể LĐXS", "LĐXS", "Lao động xuất sắc"),
    "DH_CO_TINH": ("Cờ thi đua Thành phố", "Cờ thi đua của UBND Thành phố", "Cờ TP",
                   "Cờ thi đua cấp tỉnh", "Cờ thi đua của Ủy ban nhân dân Thành phố"),
    "DH_CO_BO": ("Cờ thi đua của Bộ", "Cờ thi đua Bộ VHTTDL"),
    "DH_CO_CP": ("Cờ Chính phủ", "Cờ thi đua Chính phủ", "Cờ CP"),
    "HT_GK_SO": ("Giấy khen Sở", "GK Sở", "GK", "Giấy khen", "GK Giám đốc Sở"),
    "HT_GK_XA": ("Giấy khen xã", "Giấy khen phường", "Giấy khen", "GK",
                 "Giấy khen của Chủ tịch UBND phường", "Giấy khen của Chủ tịch UBND xã"),
    **dict.fromkeys(
        ("HT_BK_TINH_CN", "HT_BK_TINH_TT", "HT_BK_TINH_HGD"),
        ("Bằng khen", "BK", "BK TP", "BK Thành phố", "Bằng khen Thành phố", "BK UBND TP",
         "Bằng khen của Chủ tịch UBND Thành phố", "Bằng khen của UBND Thành phố", "BK UBTP",
         "Bằng khen của Ủy ban nhân dân Thành phố", "Bằng khen UBND Thành phố",
         "Bằng khen của Chủ tịch Ủy ban nhân dân Thành phố", "Bằng khen cấp tỉnh"),
    ),
    "HT_BK_BO": ("Bằng khen Bộ", "BK Bộ", "Bằng khen của Bộ", "Bằng khen của Bộ trưởng",
                 "Bằng khen", "BK", "Bằng khen Bộ VHTTDL", "BK Bộ VHTTDL"),
    **dict.fromkeys(
        ("HT_BK_TTG_CN", "HT_BK_TTG_TT", "HT_BK_TTG_HGD"),
        ("Bằng khen Thủ tướng", "BK TTg", "BK TTCP", "Bằng khen của Thủ tướng", "BK Thủ tướng",
         "Bằng khen Thủ tướng Chính phủ", "Bằng khen của Thủ tướng Chính phủ", "Bằng khen", "BK"),
    ),
    **{
        f"HT_HCLD_{place}_{who}": (f"HCLĐ hạng {word}", f"Huân chương Lao động hạng {word}")
        for place, word in (("1", "Nhất"), ("2", "Nhì"), ("3", "Ba"))
        for who in ("CN", "TT", "CH", "VHTT")
    },
    "HT_KNC": ("Kỷ niệm chương", "KNC"),
    "HT_NSND": ("NSND",),
    "HT_NSUT": ("NSƯT",),
    "HT_NNND": ("NNND",),
    "HT_NNUT": ("NNƯT",),
    "HT_AHLD": ("AHLĐ",),
    "HN_NTVT": ("Người tốt, việc tốt", "NTVT"),
}  # fmt: skip
# Of several awards written alike, which the body or the signer of the decision tells.
_BY_BODY = (
    (re.compile(r"\bthu tuong\b|\bchinh phu\b"), ("HT_BK_TTG",)),
    (re.compile(r"\bbo truong\b|^bo\b"), ("HT_BK_BO",)),
    (re.compile(r"\b(?:phuong|xa|dac khu)\b"), ("HT_GK_XA",)),
    (re.compile(r"\b(?:thanh pho|tinh|tp)\b"), ("HT_BK_TINH",)),
    (re.compile(r"\b(?:so|giam doc)\b"), ("HT_GK_SO",)),
)


def name_key(text: str) -> str:
    """A person's name for comparison with its accents; where the tone mark is set in a word
    ("Hoà", "Hòa"), capitals and titles before the name ("Ông", "ThS.") make no difference."""
    return " ".join(_word_key(word) for word in bare_name(text).lower().split())


@cache
def _word_key(word: str) -> str:
    parts = unicodedata.normalize("NFD", word)
    tone = "".join(sign for sign in parts if sign in _TONES)
    return unicodedata.normalize("NFC", "".join(s for s in parts if s not in _TONES)) + tone


def bare_name(text: str) -> str:
    """The name without what politeness or rank puts before it."""
    text = squeeze(text)
    while (
        shorter := _HONORIFIC.sub("", text, count=1) if _HONORIFIC.match(text) else text
    ) != text:
        text = shorter
    return text.strip(" .,;:-")


def person_name(text: str) -> str:
    """The name as it is entered: bare, and not in capitals throughout."""
    name = bare_name(text)
    return name.title() if name.isupper() else name


def bare_collective(text: str) -> str:
    """The name of a unit without "Tập thể" or "Cán bộ, công chức" before it."""
    return re.sub(
        r"^(?:tập thể|cán bộ,? (?:công chức|viên chức)(?:,? [^,]{1,20})?)\s+",
        "",
        squeeze(text),
        flags=re.IGNORECASE,
    )


def looks_collective(text: str) -> bool:
    """Whether it begins as the name of a unit does; "Trương", "Tô" and the like begin a person's,
    and so does "Đoàn" before capitals alone."""
    if _begins(text, (_DOAN,)):
        return any(word[:1].islower() for word in squeeze(text).split()[1:])
    return _begins(text, _COLLECTIVES)


def looks_household(text: str) -> bool:
    """Whether it begins as a household is written; "Hồ" begins a person's name."""
    return _begins(text, _HOUSEHOLDS)


def _begins(text: str, beginnings: tuple[str, ...]) -> bool:
    """Whether the text begins with one of these; compared with accents, and without
    where it has none."""
    said = _keyed(text)
    if said == tuple(words(text)):
        plain = {tuple(words(each)) for each in beginnings if fold(each) not in _MAY_BE_NAMES}
    else:
        plain = {_keyed(each) for each in beginnings}
    return any(said[:count] in plain for count in (1, 2, 3))


def _keyed(text: str) -> tuple[str, ...]:
    composed = unicodedata.normalize("NFC", text.lower())
    return tuple(_word_key(word) for word in re.findall(r"\w+", composed))


def post_and_unit(text: str) -> tuple[str, str]:
    """A post and a unit written together: "Chuyên viên, Phòng Nghệ thuật"; either may be "".

    The unit keeps its own signs: "Phòng Tổ chức - Pháp chế".
    """
    text = squeeze(text).strip(" .;")
    gaps = [match.span() for match in _BETWEEN.finditer(text)]
    starts, ends = [0, *(end for _, end in gaps)], [*(start for start, _ in gaps), len(text)]
    for start, end in zip(starts, ends, strict=True):
        part, after = text[start:end], text[end:]
        if looks_collective(part):
            return _post(text[:start]), part + after
        if head := _HEAD_OF.fullmatch(part):
            unit = head["kind"][:1].upper() + head["kind"][1:] + head["name"]
            return _post(text[: start + head.start("name")]), unit + after
        if inside := _UNIT_INSIDE.search(part):
            at = start + inside.start()
            return _post(text[:at]), text[at:]
    return _post(text), ""


def _post(text: str) -> str:
    return text.strip(" ,;-–")


def meaning(text: str, table: Mapping[str, str]) -> str:
    """The code that the word means in one of the tables above; "" when it is none."""
    return table.get(" ".join(words(text)), table.get(text.strip(), ""))


def level(text: str) -> str:
    return meaning(text, LEVELS)


class AwardNames:
    """The awards by the ways in which lists write them."""

    def __init__(self, awards: Mapping[str, Award]) -> None:
        self._awards = awards
        self._codes: dict[str, list[str]] = {}
        for code, award in awards.items():
            for name in {code, *_spellings(award.name), *_ALSO.get(code, ())}:
                self._codes.setdefault(_plain(name), []).append(code)
        by_length = sorted(self._codes, key=len, reverse=True)
        self._mention = (
            re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, by_length)) + r")(?!\w)")
            if by_length
            else None
        )

    def named(self, text: str, *, recipient: str = "", body: str = "") -> tuple[str, ...]:
        """The codes that a cell may mean: none, one, or several that only a person can tell
        apart. `recipient`: person, collective or household, "" where not known."""
        plain = _plain(
            re.sub(r"^danh hiệu\s+", "", squeeze(text), flags=re.IGNORECASE).strip('“”"')
        )
        found = self._codes.get(plain) or self._codes.get(plain.removeprefix("tang "))
        if found is None:
            found = self._mentioned(plain)
        return self._told_apart(found, recipient, body)

    def apart(self, text: str) -> list[str]:
        """The awards of a cell that names several, each in its own words: "LĐTT, CSTĐCS"."""
        parts = [part for part in _AND.split(text) if part]
        if _plain(text) in self._codes or not all(_plain(part) in self._codes for part in parts):
            return [text]
        return parts

    def mentions_several(self, text: str) -> bool:
        """Whether a text names more than one award and is not itself the name of one."""
        plain = _plain(text)
        if self._mention is None or plain in self._codes:
            return False
        found = {frozenset(self._codes[match[0]]) for match in self._mention.finditer(plain)}
        return len(found) > 1

    def name(self, code: str) -> str:
        return self._awards[code].name

    def recipients(self, code: str) -> tuple[str, ...]:
        return self._awards[code].recipients

    def only_recipient(self, text: str) -> str:
        """The one sort of recipient for which all that the text may mean are; "" when several."""
        sorts = {sort for code in self.named(text) for sort in self._awards[code].recipients}
        return sorts.pop() if len(sorts) == 1 else ""

    def spelled(self, text: str) -> str:
        """The award that a sentence names, in its own words; "" for none.

        What follows ("của Giám đốc Sở") is left out unless the name in the law has it.
        """
        match = self._mention.search(_plain(text)) if self._mention else None
        if match is None:
            return ""
        before = len(match.string[: match.start()].split())
        spans = [found.span() for found in re.finditer(r"[^\W_]+", text)]
        parts = [span for span in spans for _word in words(text[slice(*span)])]
        wanted = parts[before : before + len(match[0].split())]
        return text[wanted[0][0] : wanted[-1][1]] if wanted else ""

    def _mentioned(self, plain: str) -> list[str]:
        match = self._mention.search(plain) if self._mention else None
        return self._codes[match[0]] if match else []

    def _told_apart(self, codes: Iterable[str], recipient: str, body: str) -> tuple[str, ...]:
        fit = [
            code for code in codes if not recipient or recipient in self._awards[code].recipients
        ] or list(codes)
        if len(fit) > 1 and body:
            plain = _plain(body)
            for pattern, prefixes in _BY_BODY:
                by_body = [code for code in fit if code.startswith(prefixes)]
                if by_body and pattern.search(plain):
                    fit = by_body
                    break
        return tuple(dict.fromkeys(fit))

    def of_class(self, codes: tuple[str, ...], kind: str) -> tuple[str, ...]:
        """Those of the codes that are conferred for the class: the same order has several."""
        wanted = [code for code in codes if _has_class(self._awards[code], code, kind)]
        return tuple(wanted) or codes


def _has_class(award: Award, code: str, kind: str) -> bool:
    if code.endswith("_CH"):
        return kind == "service"
    return kind in award.classes if award.classes else kind != "service"


def _spellings(name: str) -> list[str]:
    """The name, without its explanations, and what stands in brackets by itself."""
    outside = re.sub(r"\([^)]*\)", "", name)
    outside = re.split(r"\s[–-]\s", outside)[0]
    return [name, outside, *re.findall(r"\(([^)]*)\)", name)]


def _plain(text: str) -> str:
    plain = words(text)
    for place in range(1, len(plain)):
        if plain[place - 1] == "hang":
            plain[place] = _CLASS.get(plain[place], plain[place])
    return " ".join(plain)
