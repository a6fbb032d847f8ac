"""What each column of a task table holds, told from the words of its heading."""

import re
from dataclasses import dataclass

from vinhdanh.common.vietnamese import fold
from vinhdanh.documents.rules.content import Cell

ROLES = (
    "number",
    "content",
    "lead",
    "support",
    "both",
    "director",
    "product",
    "due",
    "until",
    "note",
)

# The order matters: "Thời gian thực hiện" is a time though it says "thực hiện".
_ROLE_WORDS = (
    ("number", r"(?:s?tt|so tt|so thu tu|thu tu|#|ma so|ma nhiem vu|ma|so)\b"),
    ("until", r".*\b(?:ket thuc)\b"),
    ("note", r".*\b(?:ghi chu|kinh phi|du toan|can cu|co so phap ly|cap trinh|thanh tien"
        r"|dia diem)\b"),
    ("product", r".*\b(?:san pham|ket qua|dau ra|minh chung)\b|(?:loai |hinh thuc "
        r"|the thuc )?van ban\b|ho so\b"),
    ("support", r"(?:(?:don vi|co quan|bo phan|nguoi) )?phoi hop (?:thuc hien|trien khai)$"),
    ("both", r".*(?:phoi hop.*(?:chu tri|thuc hien|tham muu|phu trach)|(?:chu tri|thuc hien"
        r"|tham muu|phu trach).*phoi hop)"),
    ("support", r".*\bphoi hop\b"),
    ("director", r".*\b(?:lanh dao|chi dao|giam doc phu trach)\b"),
    ("due", r".*\b(?:thoi gian|thoi han|tien do|han hoan thanh|han|thoi diem|thang|lich|ngay"
        r"|quy|bat dau|ky bao cao|tan suat|hoan thanh)\b"),
    ("lead", r".*\bchu tri\b"),
    ("owner", r".*\b(?:phu trach|dau moi|tham muu|chiu trach nhiem)\b|(?:ten )?(?:don vi"
        r"|co quan|bo phan|phong|ban nganh|nguoi|to chuc|doan the|can bo|khoa|to)\b"
     r"|.*\b(?:don vi|co quan|bo phan|nguoi|phong|can bo|phan cong)\b.*\b(?:thuc hien|giao"
     r"|trien khai|phan cong)\b"
     r"|(?:thuc hien|phan cong(?: thuc hien)?|trach nhiem(?: thuc hien)?)$"),
    ("content", r".*\b(?:noi dung|nhiem vu|cong viec|dau viec|hoat dong|viec|cong tac|giai phap"
        r"|hang muc|muc tieu|danh muc)\b"),
)  # fmt: skip
_PATTERNS = tuple((role, re.compile(words)) for role, words in _ROLE_WORDS)
_AIM = re.compile(r"(?:muc tieu|giai phap|yeu cau|chi tieu|danh muc)\b")
# A column for each month or quarter, marked where the task falls due.
_PERIOD = re.compile(r"(?:thang|t|quy) ?(?:\d{1,2}|i{1,3}|iv)(?:[/ ](?:nam )?\d{4})?")
# A row of tasks: its heading can only stand above it.
_BEGINS_ROW = re.compile(r"\d{1,3}(?:\.\d{1,3})*[.)]?|[-–+•]\s.*", re.DOTALL)
_ORDINAL = re.compile(r"\(?(\d{1,2}|[A-H])\)?")


@dataclass(frozen=True, slots=True)
class Columns:
    """The roles of a table's columns, left to right, their headings, and the rows these take.

    Roles: number, topic, content, lead, support, both (lead and support in one), director,
    product, due, until, mark (a month or quarter to tick), note.
    """

    roles: tuple[str, ...]
    heading: tuple[str, ...]
    depth: int

    def has(self, role: str) -> bool:
        return role in self.roles


def spread(row: tuple[Cell, ...]) -> list[Cell | None]:
    """The cells by grid column; None under the second and further columns of a wide cell."""
    grid: list[Cell | None] = []
    for cell in row:
        grid.append(cell)
        grid.extend([None] * (cell.columns - 1))
    return grid


def role_of(heading: str) -> str | None:
    """The role that a heading names, None when it names none that is known."""
    plain = re.sub(r"\s*\([^)]*\)", "", fold(heading)).strip(" .:") or fold(heading)
    return next((role for role, words in _PATTERNS if words.match(plain)), None)


def columns_of(rows: tuple[tuple[Cell, ...], ...]) -> Columns | None:
    """The columns of a table of tasks, None when its first rows are no heading of one.

    A task table says what is to be done, and by whom or when.
    """
    for start in range(min(3, len(rows))):
        headings = _texts(rows[start])
        if sum(bool(text) for text in headings) < 2:
            continue
        if not is_ordinals(rows[start]) and _BEGINS_ROW.fullmatch(next(filter(None, headings))):
            return None
        depth = start + 1
        if depth < len(rows) and _is_second_heading(rows[start], rows[depth]):
            headings = _stacked(headings, rows[start], rows[depth])
            depth += 1
        roles = _settled([role_of(text) if text else None for text in headings], headings)
        if "content" in roles and {"lead", "support", "both", "due", "mark"} & set(roles):
            return Columns(tuple(roles), tuple(headings), depth)
    return None


def is_ordinals(row: tuple[Cell, ...]) -> bool:
    """Whether the row only numbers the columns: "(1) | (2) | (3)" or "A | B | 1 | 2"."""
    marks = [_ORDINAL.fullmatch(cell.text.strip()) for cell in row]
    if len(marks) < 3 or not all(marks):
        return False
    figures = [int(mark[1]) for mark in marks if mark and mark[1].isdigit()]
    return figures == list(range(figures[0], figures[0] + len(figures))) if figures else True


def _texts(row: tuple[Cell, ...]) -> list[str]:
    texts: list[str] = []
    for cell in row:
        texts.extend([cell.text] * cell.columns)
    return texts


def _is_second_heading(above: tuple[Cell, ...], below: tuple[Cell, ...]) -> bool:
    merged = any(cell.columns > 1 for cell in above) or any(cell.continues for cell in below)
    if not merged and not _fits_under(_texts(above), _texts(below)):
        return False
    if is_ordinals(below):
        return False
    texts = [cell.text for cell in below if cell.lines]
    return bool(texts) and all(role_of(text) and len(text) < 60 for text in texts)


def _fits_under(above: list[str], below: list[str]) -> bool:
    """Whether a second heading fills what a first one, written as text, leaves blank: it stands
    only under blanks and under the name to the left of a blank."""
    if len(above) != len(below) or "" not in above:
        return False
    return all(not under or wide for under, wide in zip(below, _wide(above), strict=True))


def _wide(above: list[str]) -> list[bool]:
    """Which columns a first heading spans together with others."""
    blank = [not text for text in above]
    return [
        here or (place + 1 < len(above) and blank[place + 1]) for place, here in enumerate(blank)
    ]


def _stacked(headings: list[str], above: tuple[Cell, ...], below: tuple[Cell, ...]) -> list[str]:
    lower = _texts(below)
    lower += [""] * (len(headings) - len(lower))
    wide = [cell.columns > 1 for cell in above for _ in range(cell.columns)]
    if not any(wide):
        wide = _wide(headings)
    return [
        under if under and is_wide and role_of(under) else f"{text} {under}".strip()
        for text, under, is_wide in zip(headings, lower, wide, strict=False)
    ]


def _part_begin_and_end(settled: list[str], headings: list[str]) -> None:
    """Beside a column of beginnings, the other column of times holds the ends."""
    begins = [place for place, text in enumerate(headings) if "bat dau" in fold(text)]
    for place, role in enumerate(settled):
        if begins and role == "due" and place not in begins:
            settled[place] = "until"


def _part_topic(settled: list[str], headings: list[str]) -> None:
    """Of two columns of content the first is the topic, the second what is to be done, unless
    that only tells the aim."""
    places = [place for place, role in enumerate(settled) if role == "content"]
    if len(places) > 1 and not _AIM.match(fold(headings[places[1]])):
        settled[places[0]] = "topic"


def _settled(roles: list[str | None], headings: list[str]) -> list[str]:
    """One role for each column, none twice where only one can hold it."""
    settled = [role or "note" for role in roles]
    if roles and roles[0] is None:
        settled[0] = "number" if "content" in settled else "note"
    has_support = "support" in settled
    periods = [place for place, text in enumerate(headings) if _PERIOD.fullmatch(fold(text))]
    for place in periods if len(periods) > 2 else ():
        settled[place] = "mark"
    for place, role in enumerate(settled):
        if role == "owner":
            settled[place] = "lead" if has_support else "both"
    if "lead" in settled and "both" in settled:
        settled = ["support" if role == "both" and not has_support else role for role in settled]
    if "director" in settled and not {"lead", "both"} & set(settled):
        settled = ["both" if role == "director" else role for role in settled]
    if "content" not in settled and "product" in settled:
        settled[settled.index("product")] = "content"
    _part_topic(settled, headings)
    _part_begin_and_end(settled, headings)
    for role in ("number", "content", "product"):
        places = [place for place, name in enumerate(settled) if name == role]
        for place in places[1:]:
            settled[place] = "note"
    return settled
