"""Who does a task: the units and persons named in a cell, one name each."""

import re

from vinhdanh.common.vietnamese import fold, squeeze

# The words with which the name of a unit, a group of units or an office begins.
HEADS = (
    "văn phòng", "phòng(?!,? chống| ngừa| bệnh| cháy)", "ban(?! hành| đầu| giao| bố)", "sở(?! hữu)",
    "bộ(?! máy| tiêu chí| quy| hồ sơ| chỉ số)", "hội đồng", "khối(?! lượng)", "cụm(?! từ)", "các",
    "đơn vị", "cá nhân", "thường trực", "trung tâm", "bảo tàng", "thư viện", "nhà hát",
    "đoàn(?! kết)", "công đoàn", "chi cục", "cục(?! bộ)", "tổng cục", "vụ(?! việc)",
    "viện(?! dẫn)", "trường(?! hợp)", "ubnd", "uỷ ban", "ủy ban", "hđnd", "mặt trận", "ubmttq",
    "tổ(?! chức)", "bộ phận", "tập thể", "lãnh đạo(?!,)", "giám đốc", "phó giám đốc", "chủ tịch",
    "phó chủ tịch", "hiệu trưởng", "phó hiệu trưởng", "hiệu phó", "giáo viên", "gvcn", "gv",
    "tổng phụ trách", "bí thư", "phó bí thư", "đảng ủy", "đảng uỷ", "chi bộ", "đảng bộ", "chi đoàn",
    "thanh tra", "thành viên", "thủ trưởng", "trưởng phòng", "trưởng ban", "trưởng các", "toàn thể",
    "tất cả", "cán bộ", "công chức", "viên chức", "cơ quan", "doanh nghiệp", "bệnh viện",
    "học viện", "khoa(?! học)", "liên đoàn", "liên minh", "lđlđ", "kho bạc", "bảo hiểm",
    "hội(?! nghị| thi| thao| thảo| diễn| giảng| chợ| trại| xuân| họp| khoẻ| khỏe| nhập)", "công an",
    "tòa án", "toà án", "đài", "báo(?! cáo)", "tạp chí", "ông", "bà(?! con)", "đồng chí", "đ/c",
    "chuyên viên", "kế toán", "văn thư", "bch", "nhóm", "mỗi", "từng", "tổng công ty", "công ty",
    "tập đoàn", "xã(?! hội)", "phường", "thị trấn", "huyện", "quận", "thành phố", "tỉnh", "thị xã",
    "thành ủy", "tỉnh ủy", "huyện ủy", "quận ủy", "cha mẹ", "học sinh", "hđtđkt", "hđ tđkt",
    "trạm", "phân hiệu", "nhà văn hóa", "nhà văn hoá", "nhà xuất bản", "nhà trường", "kiểm toán",
    "ngân hàng", "vp", "pgd", "bgd", "bgh", "bgđ", "ban giám", "đại học", "đại diện", "thư ký",
    "trưởng khoa", "bộ môn", "tổ trưởng", "đội", "clb", "câu lạc bộ", "phân xưởng", "xí nghiệp",
    "nhà máy", "chi nhánh", "thôn", "người", "vnpt", "quỹ", "nghệ sĩ", "lực lượng", "hợp tác xã",
)  # fmt: skip
_HEAD = re.compile(
    r"(?:" + "|".join(sorted(HEADS, key=len, reverse=True)) + r")(?!\w)", re.IGNORECASE
)
# Units whose names are commonly two nouns with a dash: "Phòng Tổ chức - Pháp chế".
_DASHED = re.compile(
    r"(?:phòng|ban|vụ|hội đồng|sở|cục|chi cục|trung tâm|bộ phận|tổ|khoa|văn phòng|công chức)\b",
    re.IGNORECASE,
)
_BULLET = re.compile(r"^[-–—+*•▪●‣]\s*|^\d{1,2}[.)]\s+|^[a-zđ]\)\s+")
_ENDS_OPEN = re.compile(
    r"(?:\b(?:của|(?<!trực )thuộc|và|với|các|cấp|cho|về|tại|ở|trực)|[-–,(/&])$", re.IGNORECASE
)
# A line that ends in the kind of a unit alone, and what "trực thuộc" may be followed by.
_ENDS_IN_KIND = re.compile(
    r"(?:^|;\s*)(?:phòng|tổ|khoa|ban|vụ|cục|chi cục|hội|đội)$", re.IGNORECASE
)
_ABOVE_UNITS = re.compile(r"(?:sở|bộ|ngành|cục|tỉnh|thành phố|huyện|trường)\b\W*$", re.IGNORECASE)
# "Các phòng, đơn vị⏎Phối hợp: …" names units before the label; "Đơn vị phối hợp: …" is one.
_OF_WHOM = (
    r"(?:(?:(?<![^\n;.])[-+* \t]*(?:cơ quan|đơn vị|bộ phận|phòng|người)"
    r"|(?-i:Cơ quan|Đơn vị|Bộ phận|Phòng|Người))\s+)?"
)
_ROLE_LABEL = re.compile(
    rf"(?P<lead>{_OF_WHOM}(?:chủ\s+trì|đầu\s+mối|thực\s+hiện"
    r"|chịu\s+trách\s+nhiệm(?:\s+chính)?|tham\s+mưu|phụ\s+trách)(?:\s+thực\s+hiện)?)\s*:"
    rf"|(?P<support>{_OF_WHOM}phối\s+hợp(?:\s+(?:thực\s+hiện|với))?)\s*:",
    re.IGNORECASE,
)
# Between two names in one line that each have their office in brackets.
_NEXT = re.compile(
    r"\s*[;\n]\s*|(?:(?<=trưởng\))|(?<=phó\))|(?<=trì\))|(?<=hợp\))|(?<=viên\)))\s+(?=[A-ZĐÀ-Ỹ])"
)
_IS_LEAD = re.compile(r"\s*[(\[]?\bchủ trì\b[)\]]?\s*$", re.IGNORECASE)
_IS_SUPPORT = re.compile(r"\s*[(\[]?\bphối hợp\b(?: thực hiện)?[)\]]?\s*$", re.IGNORECASE)
_WITH = re.compile(
    r",?\s*(?:chủ trì,?\s*)?phối hợp\s+(?:(?:với|cùng)\s+|(?=" + _HEAD.pattern + "))",
    re.IGNORECASE,
)
# Points alone are a blank to be filled, no sign of repetition.
_SAME_ABOVE = re.compile(r'(?!\.*$)[-"\'“”/\s.]*(?:nhu tren|nt)?[-"\'“”/\s.]*')
# One more kind of unit in a list of kinds: "Các Cục, Vụ" before "Viện thuộc Bộ".
_KIND = re.compile(
    r"(?:cuc|vu|vien|ban|phong|khoa|to|so|truong|trung tam|chi cuc|don vi|nganh|phuong|thi tran"
    r"|khoi|cum)"
    r"(?:$| (?:truc )?thuoc\b| lien quan\b| chuyen mon\b| nghiep vu$| thi dua$)"
)
_GROUP_OF_KINDS = re.compile(r"(?:.* )?cac [a-z]+(?: [a-z]+)?(?:, [a-z]+(?: [a-z]+)?)*")


def is_same_as_above(text: str) -> bool:
    """Whether a cell only repeats the one above: "Như trên", "nt", "//"."""
    plain = fold(text)
    return bool(plain) and bool(_SAME_ABOVE.fullmatch(plain)) and plain not in ("-", ".", "/")


def begins_with_head(text: str) -> bool:
    """Whether the text begins as the name of a unit, a group or an office does."""
    return bool(_HEAD.match(squeeze(text)))


def owners(lines: tuple[str, ...] | list[str]) -> tuple[list[str], list[str]]:
    """Who is named to lead and who to support, in a cell that may hold both.

    Without words that tell them apart, the first name leads and the rest support.
    """
    text = "\n".join(lines)
    if _ROLE_LABEL.search(text):
        return _labelled(text)
    first, *rest = _WITH.split(text, maxsplit=1)
    if rest and names(first.splitlines()):
        return names(first.splitlines()), names(rest[0].splitlines())
    found = names(lines)
    leads = [_IS_LEAD.sub("", name) for name in found if _IS_LEAD.search(name)]
    supports = [_IS_SUPPORT.sub("", name) for name in found if _IS_SUPPORT.search(name)]
    if leads or supports:
        marked = [name for name in found if _IS_LEAD.search(name) or _IS_SUPPORT.search(name)]
        other = [name for name in found if name not in marked]
        return (leads, other + supports) if leads else (other, supports)
    return found[:1], found[1:]


def names(lines: tuple[str, ...] | list[str]) -> list[str]:
    """The names in a cell, without bullets and final points, each once."""
    found: list[str] = []
    for entry in _entries(lines):
        found += [name for part in _NEXT.split(entry) for name in _by_comma(part)]
    bare = [squeeze(name).strip(" ;,.+–-") for name in found]
    return list(dict.fromkeys(name for name in bare if name))


def _labelled(text: str) -> tuple[list[str], list[str]]:
    lead: list[str] = []
    support: list[str] = []
    places = list(_ROLE_LABEL.finditer(text))
    for place, match in enumerate(places):
        end = places[place + 1].start() if place + 1 < len(places) else len(text)
        (lead if match["lead"] else support).extend(names(text[match.end() : end].splitlines()))
    before = names(text[: places[0].start()].splitlines())
    return lead or before, support


def _entries(lines: tuple[str, ...] | list[str]) -> list[str]:
    """The listed lines of a cell put together again: wrapped lines joined, bullets in one line
    parted, and a dashed name that a list has torn in two made whole."""
    entries: list[str] = []
    for line in _bulleted(lines):
        bulleted = bool(_BULLET.match(line))
        bare = _BULLET.sub("", line).strip()
        if not bare:
            continue
        last = entries[-1] if entries else ""
        if bulleted and last and _is_torn(last, bare):
            entries[-1] = f"{last} - {bare}"
        elif last and not bulleted and _goes_on(last, bare):
            entries[-1] = f"{last} {bare}"
        else:
            entries.append(bare)
    return entries


def _bulleted(lines: tuple[str, ...] | list[str]) -> list[str]:
    """Each line, with " - " inside a bulleted line taken as the next bullet."""
    parted: list[str] = []
    for line in lines:
        first, *more = re.split(r"\s+[-–+]\s+(?=\S)", line.strip())
        if more and not _BULLET.match(line) and not all(map(begins_with_head, more)):
            parted.append(line.strip())
        else:
            parted += [first, *(f"- {part}" for part in more)]
    return parted


def _is_torn(last: str, bare: str) -> bool:
    """Whether a listed line is the second half of the dashed name above it."""
    if begins_with_head(bare) or last.endswith((";", ".", ",")) or not bare[:1].isupper():
        return False
    return bool(_DASHED.match(last)) and len(bare.split()) <= 4


def _goes_on(last: str, bare: str) -> bool:
    if _ENDS_OPEN.search(last) or _ENDS_IN_KIND.search(last):
        return True
    if last.lower().endswith("trực thuộc") and _ABOVE_UNITS.match(bare):
        return True
    if last.endswith((";", ".")) or (_is_person(last) and _is_person(bare)):
        return False
    return not begins_with_head(bare) or (bare[:1].islower() and not fold(bare).startswith("cac "))


def _is_person(name: str) -> bool:
    """Whether a name is that of a person: two to five words, each with a capital, no unit's."""
    parts = name.strip(" ,;").split()
    capitals = all(part[:1].isupper() and not part.isupper() for part in parts[:-1])
    return (
        2 <= len(parts) <= 5 and capitals and parts[-1][:1].isupper() and not begins_with_head(name)
    )


def _by_comma(part: str) -> list[str]:
    """Names parted by commas, "và" or slashes: only where the next words begin a name."""
    pieces = re.split(r"(\s*,\s*|\s+và\s+|\s*/\s*|\s+cùng\s+)", part)
    found = [pieces[0]]
    for joint, piece in zip(pieces[1::2], pieces[2::2], strict=True):
        persons = _is_person(found[-1]) and _is_person(piece)
        if persons or (_opens_name(piece, joint) and not _is_open(found[-1], piece)):
            found.append(piece)
        else:
            found[-1] += joint + piece
    return found


def _opens_name(piece: str, joint: str) -> bool:
    plain = fold(piece)
    if joint.strip() == "/" and len(piece.split()) < 2:
        return False
    if plain.startswith(("cac ", "toan the ", "tat ca ", "tung ", "moi ")):
        return True
    return piece[:1].isupper() and begins_with_head(piece)


def _is_open(name: str, following: str) -> bool:
    """Whether a name still lacks its end: "các phòng" before ", ban, đơn vị", a bracket, or
    "Văn phòng HĐND" before "và UBND"."""
    if name.count("(") > name.count(")"):
        return True
    if fold(name).endswith(("hdnd", "hoi dong nhan dan")) and fold(following)[:4] in (
        "ubnd",
        "uy b",
    ):
        return True
    return (
        bool(_GROUP_OF_KINDS.fullmatch(fold(name)) and _KIND.match(fold(following)))
        and " thuộc" not in name
    )
