"""A decision with a list, in Word or as text PDF: whom it names, what for, by which decision."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from vinhdanh.common.refusal import Refused
from vinhdanh.common.vietnamese import fold, gettext_noop, squeeze, words
from vinhdanh.documents.rules.content import Cell, Content, Paragraph, Table
from vinhdanh.honours.rules import import_words
from vinhdanh.honours.rules.import_columns import (
    COLUMNS,
    heading_of,
    known_heading,
    may_be_given_name,
    names_recipient,
)
from vinhdanh.honours.rules.import_words import AwardNames

NO_LIST = gettext_noop(
    "Không thấy danh sách nào trong văn bản: cần bảng có cột họ tên, hoặc các dòng đánh số ghi tên."
)

_NUMBER = re.compile(r"\b(\d{1,6}[A-Za-z]?\s*/\s*(?:\d{4}\s*/\s*)?QĐ(?:\s*-\s*[\w-]+)?)")
_DAY = re.compile(r"ngày\s*(\d{1,2})\s*tháng\s*(\d{1,2})\s*năm\s*(\d{4})", re.IGNORECASE)
_SLASHED = re.compile(r"ngày\s*(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})", re.IGNORECASE)
_SPAN = re.compile(
    r"(?:giai đoạn|từ năm)\s*((?:19|20)\d\d)\s*(?:[-–]|đến năm|đến)\s*((?:19|20)\d\d)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<!tháng )năm\s*((?:19|20)\d\d)(?:\s*[-–]\s*((?:19|20)\d\d))?", re.IGNORECASE)
_STATE = re.compile(r"cong hoa xa hoi|doc lap\s*-|^so\s*[:.]|^quyet dinh$|^dang cong san")
_BODY_HEAD = re.compile(
    r"(?:so|bo|uy ban|ubnd|thu tuong|chu tich|chinh phu|trung tam|hoi dong|cuc)\b"
)
_GROUNDS = re.compile(r"(?:can cu|theo de nghi|xet de nghi|xet|thuc hien|kinh gui|noi nhan)\b")
_ITEM = re.compile(r"(?:(\d{1,4})\s*[.)]|[-–•+])\s*(.+)", re.DOTALL)
_AFTER_NAME = re.compile(r"\s*(?:[,;:]|\s[-–]\s)\s*")
_PERSON = re.compile(r"[^\W\d_]+(?:\s[^\W\d_]+){1,5}")
_POLITE = re.compile(r"(?:ông|bà|đồng chí|đ/c)\b", re.IGNORECASE)
_SINGLE = re.compile(
    r"\bcho\s+(?P<who>(?:ông|bà|đồng chí|tập thể|hộ gia đình)\s+[^,;.(]+)"
    r"(?:,\s*(?P<post>[^;.(]+))?",
    re.IGNORECASE,
)
_REASON = re.compile(r",?\s+(?:đã có|đã|vì|có thành tích|do có).*", re.IGNORECASE | re.DOTALL)
_SIGNS = re.compile(
    r"(?:kt\. |tm\. |tuq\. |tl\. )?(?:pho )?(?:giam doc|chu tich|bo truong|thu truong|thu tuong"
    r"|hieu truong|vien truong|cuc truong)(?: so| ubnd| uy ban nhan dan)?\b"
)
_WITHIN_HEAD = 25
# The column of the given name, where names stand in two.
_GIVEN = "+"


@dataclass(frozen=True)
class Listed:
    """The list of a paper: headings, the lines by their place in it, what holds for all.

    Cells stand by the place of their heading, from 0; `common` by code of column.
    """

    headings: tuple[str, ...]
    lines: tuple[tuple[int, Mapping[str, str]], ...]
    common: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class _Now:
    """What the headings passed so far say of the lines below them."""

    award: str = ""
    year: str = ""
    unit: str = ""


def read_decision(content: Content, *, kind: str, names: AwardNames) -> Listed:
    """The list in a decision; Refused when no list is found.

    Lists stand in tables with a column of names, in numbered or dashed lines, or the decision
    names one recipient in its sentence. The award and the year are those of the heading, article
    or row above the line; number, day, body and signer those of the paper.
    """
    lines = list(_lines(content, kind, names))
    if not lines:
        raise Refused(NO_LIST)
    codes = [code for code in _codes(kind) if any(code in line for line in lines)]
    others = dict.fromkeys(
        heading for line in lines for heading in line if heading not in _codes(kind)
    )
    order = [*codes, *others]
    return Listed(
        tuple(heading_of(kind, code) for code in codes) + tuple(others),
        tuple(
            (
                number,
                {str(place): line[key] for place, key in enumerate(order) if line.get(key)},
            )
            for number, line in enumerate(lines, start=1)
        ),
        {code: text for code, text in _common(content).items() if code in _codes(kind)},
    )


def _codes(kind: str) -> list[str]:
    return [column.code for column in COLUMNS[kind]]


def _lines(content: Content, kind: str, names: AwardNames) -> Iterator[dict[str, str]]:
    now = _Now()
    columns: dict[int, str] = {}
    has_award = kind == "conferrals"
    for block in content.blocks:
        if isinstance(block, Table):
            read, now, columns = _of_table(block, kind, now, columns, names)
            yield from read
            continue
        text = squeeze(block.line)
        if not text or _GROUNDS.match(fold(text)):
            continue
        line = _of_item(block, now) if now.award or not has_award else None
        if line is not None:
            yield _with(line, now, has_award)
            continue
        now = _heading(text, now, names)
        single = _SINGLE.search(text)
        if single and (now.award or not has_award) and "danh sách" not in text.lower():
            yield _with(
                _split(single["who"], _REASON.sub("", single["post"] or "")), now, has_award
            )


def _with(line: dict[str, str], now: _Now, has_award: bool) -> dict[str, str]:
    """The line with what the headings above say, where it does not say that itself."""
    said = {"unit": now.unit, "year": now.year, "award": now.award if has_award else ""}
    return {**{code: text for code, text in said.items() if text}, **line}


def _heading(text: str, now: _Now, names: AwardNames) -> _Now:
    award = names.spelled(text) if len(text) < 600 else ""
    years = years_in(text)
    if award and award != now.award:
        return _Now(award, years or now.year)
    return replace(now, year=years) if years and (award or len(text) < 200) else now


def years_in(text: str) -> str:
    """The year or years of a heading: "2023", "2019-2023"; "" for none. Days are not meant."""
    if span := _SPAN.search(text):
        return f"{span[1]}-{span[2]}"
    year = _YEAR.search(_DAY.sub(" ", text))
    if not year:
        return ""
    return f"{year[1]}-{year[2]}" if year[2] else year[1]


def _of_item(block: Paragraph, now: _Now) -> dict[str, str] | None:
    """The recipient named in a numbered or dashed line; None when it is another sentence."""
    item = _ITEM.fullmatch(squeeze(block.line))
    if item is None or len(item[2]) > 300 or item[2].endswith(":"):
        return None
    who, *rest = _AFTER_NAME.split(item[2].strip(" .;"), maxsplit=1)
    bare = import_words.bare_name(who)
    polite = bool(_POLITE.match(who))
    is_name = bool(_PERSON.fullmatch(bare)) and all(word[:1].isupper() for word in bare.split())
    collective = import_words.looks_collective(who) and len(who) < 120
    if not (
        (polite and is_name)
        or import_words.looks_household(who)
        or (is_name and rest and not collective)
        or (collective and not re.search(r"\b(?:chịu trách nhiệm|căn cứ|thi hành)\b", item[2]))
    ):
        return None
    return _split(who, rest[0] if rest else "")


def _split(who: str, post: str) -> dict[str, str]:
    """A line from a name and what follows it: post and unit, or only one of both."""
    line = {"recipient": squeeze(who)}
    if import_words.looks_collective(who) or import_words.looks_household(who):
        return line | ({"unit": squeeze(post)} if post else {})
    title, unit = import_words.post_and_unit(post)
    return line | {code: text for code, text in (("title", title), ("unit", unit)) if text}


def _of_table(
    table: Table, kind: str, now: _Now, before: dict[int, str], names: AwardNames
) -> tuple[list[dict[str, str]], _Now, dict[int, str]]:
    """The lines of a table; one without headings goes on with the columns of the one before."""
    rows = [_spread(row) for row in table.rows]
    width = max(map(len, rows), default=0)
    columns: dict[int, str] = {}
    first = 0
    for place, row in enumerate(rows[:4]):
        columns = _columns(row, kind)
        if "recipient" in columns.values():
            first = place + 1
            break
    else:
        columns = before if before and width == max(before) + 1 else {}
    lines: list[dict[str, str]] = []
    for row in rows[first:] if columns else []:
        line = _line(row, columns)
        filled = [text for text in dict.fromkeys(row) if text and not _is_number(text)]
        if len(filled) == 1 and (
            names.spelled(filled[0])
            or "recipient" not in line
            or filled[0].isupper()
            or (_has_ordinal(row) and import_words.looks_collective(filled[0]))
        ):
            award = names.spelled(filled[0])
            if award:
                now = _Now(award, years_in(filled[0]) or now.year)
            elif import_words.looks_collective(filled[0]):
                now = replace(now, unit=filled[0])
            continue
        if "recipient" in line and known_heading(kind, line["recipient"]) != "recipient":
            line.pop("#", None)
            lines.append(_with(line, now, kind == "conferrals"))
    return lines, now, columns or before


def _line(row: Sequence[str], columns: Mapping[int, str]) -> dict[str, str]:
    """The texts of a row by code of column, or by heading; a name in two columns as one."""
    line: dict[str, str] = {}
    for place, text in enumerate(row):
        if place not in columns or not text:
            continue
        code = columns[place]
        if code == _GIVEN:
            if text.isalpha() and text != line.get("recipient", text):
                line["recipient"] = f"{line['recipient']} {text}"
            continue
        line.setdefault(code, text)
    return line


def _spread(row: Sequence[Cell]) -> list[str]:
    """The texts of a row, one for each column that a cell spans."""
    return [squeeze(cell.text) for cell in row for _column in range(cell.columns)]


def _columns(row: Sequence[str], kind: str) -> dict[int, str]:
    columns: dict[int, str] = {}
    for place, heading in enumerate(row):
        plain = " ".join(words(heading))
        code = "recipient" if names_recipient(row, place, kind) else known_heading(kind, heading)
        if columns.get(place - 1) == "recipient" and may_be_given_name(row, place):
            columns[place] = _GIVEN
            continue
        if plain in {"", "stt", "tt", "so tt", "so thu tu"}:
            code = "#"
        # A heading over two columns, as of birth for men and women, is that of both.
        is_wide = place > 0 and heading == row[place - 1]
        if code and (code == "#" or is_wide or code not in columns.values()):
            columns[place] = code
        elif heading not in columns.values():
            columns[place] = heading
    return columns


def _has_ordinal(row: Sequence[str]) -> bool:
    """Whether a row is numbered with a Roman number, as those above several lines are."""
    return any(re.fullmatch(r"[IVXLivxl]{1,6}[.)]?", text) for text in row)


def _is_number(text: str) -> bool:
    return bool(re.fullmatch(r"[\dIVXLivxl]{1,6}[.)]?", text))


def _common(content: Content) -> dict[str, str]:
    head = _head_lines(content)
    said = " ".join(head)
    attached = next(
        (
            block.text
            for block in content.paragraphs
            if fold(block.text).lstrip("(").startswith(("kem theo quyet dinh", "ban hanh kem theo"))
        ),
        "",
    )
    number = _NUMBER.search(said) or _NUMBER.search(attached)
    day = _day(said) or _day(attached)
    body = _body(head, content) or _attached_body(attached)
    years = next(
        (years_in(block.text) for block in content.paragraphs if _is_subject(block.text)), ""
    )
    return {
        "decision_number": re.sub(r"\s", "", number[1]) if number else "",
        "decided_on": day,
        "body": body[:200],
        "signer": _signer(content),
        "year": years,
    }


def said_above(lines: Sequence[str]) -> dict[str, str]:
    """What the lines above a list say of all of it, by code of column; nothing said is left out."""
    said = " ".join(lines)
    number = _NUMBER.search(said)
    found = {
        "decision_number": re.sub(r"\s", "", number[1]) if number else "",
        "decided_on": _day(said[number.end() :]) if number else "",
        "year": next(filter(None, map(years_in, lines)), ""),
    }
    return {code: text for code, text in found.items() if text}


def _is_subject(text: str) -> bool:
    plain = fold(text)
    return plain.startswith(("ve viec", "v/v", "danh sach", "dieu 1", "tang ")) and bool(
        years_in(text)
    )


def _head_lines(content: Content) -> list[str]:
    """The lines of the letterhead, which is often a table without borders."""
    lines: list[str] = []
    for block in content.blocks[:_WITHIN_HEAD]:
        if isinstance(block, Paragraph):
            if lines and _GROUNDS.match(fold(block.text)):
                break
            lines.append(block.line)
        elif len(lines) < _WITHIN_HEAD:
            columns = zip(*[[cell.lines for cell in row] for row in block.rows], strict=False)
            lines += [line for column in columns for cell in column for line in cell]
    # A page may be read as one table: what follows the grounds is no letterhead, nor is their day.
    heads = [squeeze(re.split(r"\bCăn cứ\b", line, maxsplit=1)[0]) for line in lines]
    return [head for head in heads if head]


def _day(text: str) -> str:
    found = _DAY.search(text) or _SLASHED.search(text)
    return f"{int(found[1]):02}/{int(found[2]):02}/{found[3]}" if found else ""


def _body(lines: Sequence[str], content: Content) -> str:
    """The lowest name of a body in the letterhead, spelled as the running text spells it."""
    found: list[str] = []
    for line in lines:
        plain = fold(line)
        if plain.startswith("so:") or _NUMBER.search(line) or plain == "quyet dinh":
            break
        if _STATE.search(plain) or _day(line) or not line.isupper():
            continue
        found = [line] if _BODY_HEAD.match(plain) or not found else [*found, line]
    name = " ".join(found)
    if not name:
        return ""
    pattern = re.compile(r"\s+".join(map(re.escape, name.split())), re.IGNORECASE)
    for block in content.paragraphs:
        for match in pattern.finditer(block.text):
            if not match[0].isupper():
                return squeeze(match[0])
    return name.capitalize()


def _attached_body(attached: str) -> str:
    found = re.search(r"\bcủa\s+([^)]+)", attached)
    return squeeze(found[1]).strip(" .;") if found else ""


def _signer(content: Content) -> str:
    """The name under the title of whoever signed, the last such in the paper."""
    signer = ""
    groups: list[list[str]] = [[]]
    for block in content.blocks:
        if isinstance(block, Paragraph):
            groups[0].append(squeeze(block.line))
        else:
            groups += [[squeeze(line) for line in cell.lines] for row in block.rows for cell in row]
            # A table of two rows may hold the title above and the name below.
            columns = zip(*[[cell.lines for cell in row] for row in block.rows], strict=False)
            groups += [[squeeze(line) for cell in column for line in cell] for column in columns]
    for lines in groups:
        for place, line in enumerate(lines):
            if not (line.isupper() and _SIGNS.fullmatch(fold(line))):
                continue
            for below in lines[place + 1 : place + 9]:
                name = import_words.bare_name(below)
                if _PERSON.fullmatch(name) and not below.isupper() and not _SIGNS.match(fold(name)):
                    signer = name
                    break
    return signer
