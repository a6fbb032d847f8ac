"""What stands before the body: title, year, issuer, number and day of issue."""

import re
from dataclasses import dataclass
from datetime import date

from vinhdanh.common.refusal import Refused
from vinhdanh.common.vietnamese import fold, gettext_noop, squeeze
from vinhdanh.documents.rules.content import Content, Paragraph, Table
from vinhdanh.plans.rules.reading.owners import begins_with_head

_TITLE = re.compile(r"(?:DỰ THẢO\s+)?(?:KẾ HOẠCH|CHƯƠNG TRÌNH(?: CÔNG TÁC)?)\b")
_SPACED_TITLES = ("KẾ HOẠCH", "CHƯƠNG TRÌNH", "CHƯƠNG TRÌNH CÔNG TÁC")
_TITLE_TYPED = re.compile(r"Kế hoạch$|Kế hoạch (?=.*năm (?:học )?\d{4})")
_OTHER_TITLES = {
    "QUYẾT ĐỊNH": "một quyết định", "BÁO CÁO": "một báo cáo", "TỜ TRÌNH": "một tờ trình",
    "THÔNG BÁO": "một thông báo", "HỢP ĐỒNG": "một hợp đồng", "BIÊN BẢN": "một biên bản",
    "GIẤY MỜI": "một giấy mời", "NGHỊ QUYẾT": "một nghị quyết", "HƯỚNG DẪN": "một hướng dẫn",
    "CHỈ THỊ": "một chỉ thị", "CÔNG VĂN": "một công văn", "QUY CHẾ": "một quy chế",
    "NGHỊ ĐỊNH": "một nghị định", "THÔNG TƯ": "một thông tư", "LUẬT": "một văn bản luật",
    "DANH SÁCH": "một danh sách", "GIẤY KHEN": "một giấy khen", "BẰNG KHEN": "một bằng khen",
    "ĐƠN": "một lá đơn", "CÔNG ĐIỆN": "một công điện", "GIẤY GIỚI THIỆU": "một giấy giới thiệu",
}  # fmt: skip
_STATE = re.compile(
    r"CỘNG\s+H[OÒ][AÀ]\s+X[AÃ]\s+HỘI|Độc\s+lập\s*[-–]|ĐẢNG\s+CỘNG\s+SẢN\s+VIỆT", re.IGNORECASE
)
_NUMBER = re.compile(
    r"Số\s*[:.]?\s*(?P<digits>\d*)\s*(?P<mark>[-/])\s*(?P<sign>[\w/-]+)", re.IGNORECASE
)
_DAY = re.compile(
    r"ngày\s*(?P<d>\d{1,2})?\s*[.…_]*\s*tháng\s*(?P<m>\d{1,2})?\s*[.…_]*\s*năm\s*(?P<y>\d{4})?",
    re.IGNORECASE,
)
_SLASHED_DAY = re.compile(
    r"ngày\s*(?P<d>\d{1,2})\s*(?P<sep>[/.-])\s*(?P<m>\d{1,2})\s*(?P=sep)\s*(?P<y>\d{4})(?!\d)",
    re.IGNORECASE,
)
_SPACED = re.compile(r"[^\W\d_](?:\s[^\W\d_]){5,}")
_YEAR = re.compile(
    r"năm\s+(?P<school>học\s+)?(?P<y>20\d{2})(?:\s*[-–]\s*(?P<to>20\d{2}))?", re.IGNORECASE
)
_BARE_YEAR = re.compile(r"\b(20\d{2})\b")
_ISSUED_BY = re.compile(
    r"(?P<name>[^.;:]*?)\s+(?:ban hành|xây dựng|lập)\s+(?:và\s+triển\s+khai\s+)?(?:[Kk]ế hoạch"
    r"|[Cc]hương trình)"
)
_BODY_STARTS = re.compile(
    r"(?:can cu|thuc hien|phat huy|kinh gui|nham|de|theo|tren co so|xet|tiep tuc|thi hanh"
    r"|trien khai thuc hien|phan|muc|dieu|chuong)\b|[ivxlc]{1,5}[.)/ ]|\d{1,2}[.)]|[a-h][.)]\s"
    r"|[-+•]"
)
# Bodies that lead an office and issue in its name, which stands above them.
_LEADING = re.compile(r"ban thuong vu|ban chap hanh|ban giam doc|ban giam hieu|ban lanh dao")
_NAMELESS = re.compile(
    r"(?:uy ban nhan dan|ubnd|hoi dong nhan dan|hdnd|dang uy|ban chap hanh|ban thuong vu|hoi dong"
    r"|cong doan|uy ban mat tran to quoc(?: viet nam)?|truong|phong|so|trung tam)"
)
_LETTER = re.compile(r"(?:kinh gui|v/v|ve viec)\b")
_DECISION = _OTHER_TITLES["QUYẾT ĐỊNH"]
_LOOK = 60
OTHER_PAPER = gettext_noop(
    "Tài liệu này giống {what}, không phải kế hoạch công tác; hãy chọn đúng tệp kế hoạch có tiêu "
    "đề “KẾ HOẠCH”."
)
NO_TITLE = gettext_noop(
    "Không thấy tiêu đề “KẾ HOẠCH” ở đầu tài liệu nên đây không giống một kế hoạch công tác; hãy "
    "kiểm tra lại tệp đã chọn."
)
NO_YEAR = gettext_noop("Kế hoạch không ghi là của năm nào; hãy ghi năm vào tiêu đề rồi thử lại.")


@dataclass(frozen=True, slots=True)
class Head:
    """What the head says, and the block with which the body begins."""

    title: str
    issuer: str | None
    year: int
    first_month: int
    number: str | None
    issued_on: date | None
    body_from: int
    lines: tuple[str, ...]


def read_head(content: Content) -> Head:
    """The head of a plan. Refused when the document is something else, or names no year."""
    place = _title_place(content)
    title, body_from = _title(content, place)
    lines = _lines(content.blocks[:place])
    issued_on, issue_year = _issue(lines)
    year, first_month = _year(title, content, issue_year)
    opening = [block.text for block in content.blocks[body_from:] if isinstance(block, Paragraph)]
    return Head(
        title=title,
        issuer=_issuer(lines, opening[:12]),
        year=year,
        first_month=first_month,
        number=_number(lines),
        issued_on=issued_on,
        body_from=body_from,
        lines=tuple(lines),
    )


def _lines(blocks: tuple[Paragraph | Table, ...]) -> list[str]:
    """The lines of the letterhead, which is often a table without borders."""
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            lines.append(block.line)
        else:
            columns = zip(*[[cell.lines for cell in row] for row in block.rows], strict=False)
            lines += [line for column in columns for cell in column for line in cell]
    return [squeeze(line) for line in lines if line.strip()]


def _title_place(content: Content) -> int:
    """The block of the title. After the title of another paper only a plan issued with a decision
    counts; after "Kính gửi" or "V/v" only a title in capitals."""
    other: str | None = None
    is_letter = has_article = False
    for place, block in enumerate(content.blocks[:_LOOK]):
        if not isinstance(block, Paragraph):
            continue
        if _TITLE.match(_closed_up(block.text)) and (
            other is None or (other == _DECISION and has_article)
        ):
            return place
        if other is None and not is_letter and _is_typed_title(block):
            return place
        other = other or _other_title(block.text)
        is_letter = is_letter or bool(_LETTER.match(fold(block.text)))
        has_article = has_article or block.text.startswith("Điều ")
    what = other or ("một công văn" if is_letter else None)
    raise Refused(OTHER_PAPER.format(what=what) if what else NO_TITLE)


def _closed_up(text: str) -> str:
    """The text without the blanks between the letters of a spaced title: "K Ế H O Ạ C H"."""
    if not _SPACED.fullmatch(text):
        return text
    closed = "".join(text.split())
    return next((title for title in _SPACED_TITLES if title.replace(" ", "") == closed), text)


def _is_typed_title(block: Paragraph) -> bool:
    return len(block.text) < 200 and not block.label and bool(_TITLE_TYPED.match(block.text))


def _other_title(text: str) -> str | None:
    for name, what in _OTHER_TITLES.items():
        if text.startswith(name) and (len(text) == len(name) or not text[len(name)].isalnum()):
            return what
    return None


def _title(content: Content, place: int) -> tuple[str, int]:
    """The title, which often takes two or three lines, and the block after it."""
    first = content.blocks[place]
    assert isinstance(first, Paragraph)
    parts = [_closed_up(first.text)]
    for position in range(place + 1, min(place + 5, len(content.blocks))):
        block = content.blocks[position]
        if not isinstance(block, Paragraph) or not _is_more_title(parts, block, first):
            break
        parts.append(block.text)
    return squeeze(" ".join(parts)).strip(" -–_"), place + len(parts)


def _is_more_title(parts: list[str], block: Paragraph, first: Paragraph) -> bool:
    text = block.text
    if not text or len(text) > 220 or text[-1] in ";:." or re.fullmatch(r"[-–_*=\s]+", text):
        return False
    if block.label or text.startswith("(") or _TITLE.match(text):
        return False
    looks_alike = (block.centred and first.centred) or (block.bold and first.bold)
    if looks_alike and not _BODY_STARTS.match(fold(text)):
        return True
    if _BODY_STARTS.match(fold(text)) and not (looks_alike or len(parts) == 1):
        return False
    if len(parts) == 1 and len(parts[0].split()) <= 3:
        return True
    return (
        text[0].islower() or text.startswith(("Năm ", "NĂM ")) or (looks_alike and text[0] in '“"')
    )


def _number(lines: list[str]) -> str | None:
    for line in lines:
        match = _NUMBER.search(line)
        if match and fold(line).startswith("so"):
            return f"{match['digits']}{match['mark']}{match['sign']}" if match["digits"] else None
    return None


def _issue(lines: list[str]) -> tuple[date | None, int | None]:
    """The day of issue, None where left blank, and its year, which is printed all the same."""
    for line in lines:
        match = _SLASHED_DAY.search(line) or _DAY.search(line)
        if match is None or fold(line).startswith("("):
            continue
        year = int(match["y"]) if match["y"] else None
        if year and match["d"] and match["m"]:
            try:
                return date(year, int(match["m"]), int(match["d"])), year
            except ValueError:
                return None, year
        return None, year
    return None, None


def _year(title: str, content: Content, issue_year: int | None) -> tuple[int, int]:
    """The plan's year and its first month: August for a school year."""
    match = _YEAR.search(title)
    if match:
        return int(match["y"]), 8 if match["school"] else 1
    if bare := _BARE_YEAR.search(title):
        return int(bare[1]), 1
    for block in content.paragraphs[:_LOOK]:
        if (match := _YEAR.search(block.text)) and "kế hoạch" in block.text.lower():
            return int(match["y"]), 8 if match["school"] else 1
    if issue_year:
        return issue_year, 1
    raise Refused(NO_YEAR)


def _issuer(lines: list[str], opening: list[str]) -> str | None:
    header = _header_issuer(lines)
    sentence = _sentence_issuer(opening)
    if header and sentence and fold(sentence).startswith(fold(header)):
        return sentence
    if header and header.isupper():
        return next((name for name in _spellings(header, opening)), header)
    return header or sentence


def _header_issuer(lines: list[str]) -> str | None:
    """The lowest name of an office above the number: the line above it is its superior, unless
    the lower one only leads it ("TỈNH ĐOÀN A / BAN THƯỜNG VỤ")."""
    found: list[str] = []
    above: list[str] = []
    for line in lines:
        own = _STATE.split(line)[0].strip(" -–_*")
        if fold(own).startswith("so:") or _NUMBER.match(own) or _other_title(own):
            break
        if not own or _is_place(own) or fold(own).startswith(("tu do", "du thao", "(du thao")):
            continue
        if begins_with_head(own) and not (found and _NAMELESS.fullmatch(fold(found[-1]))):
            found, above = [own], found
        elif found and (own.isupper() or begins_with_head(own)):
            found.append(own)
    if _LEADING.fullmatch(fold(" ".join(found))):
        found += above
    return squeeze(" ".join(found)) or None


def _is_place(line: str) -> bool:
    return bool(_DAY.search(line) or _SLASHED_DAY.search(line))


def _sentence_issuer(opening: list[str]) -> str | None:
    for text in opening:
        match = _ISSUED_BY.search(text)
        if match is None:
            continue
        for piece in (match["name"].rsplit(",", 1)[-1], *_tails(match["name"])):
            name = piece.strip()
            if name[:1].isupper() and begins_with_head(name) and len(name) < 120:
                return name
    return None


def _tails(words_before: str) -> list[str]:
    """What follows each comma, the longest first: names hold commas of their own."""
    pieces = words_before.split(", ")
    return [", ".join(pieces[place:]) for place in range(len(pieces))]


def _spellings(header: str, texts: list[str]) -> list[str]:
    """How running text spells a name that the letterhead prints in capitals."""
    pattern = re.compile(r"\s+".join(map(re.escape, header.split())), re.IGNORECASE)
    return [match[0] for text in texts for match in pattern.finditer(text) if match[0][0].isupper()]
