"""Plain text, as officials type it, read into the parts of a paper.

Source of the forms: Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, Mục II, khoản 6.
"""

import re
from collections.abc import Mapping, Sequence

from vinhdanh.common.refusal import Refused
from vinhdanh.common.vietnamese import gettext_noop as _
from vinhdanh.common.vietnamese import squeeze
from vinhdanh.papers.rules.fields import table_of
from vinhdanh.papers.rules.tree import Basis, Heading, Paragraph, Part, Table

NO_TABLE = _("Nội dung nhắc đến {{bảng {name}}} nhưng văn bản không có bảng này. Hãy bỏ dòng đó.")

_BASIS = re.compile(r"(Căn cứ|Theo đề nghị|Xét đề nghị)\s")
_ARTICLE = re.compile(r"(Điều \d+[a-zđ]?\.)\s*(.*)")
_SECTION = re.compile(r"((?=[IVXLC])(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})\.)\s+(.+)")
_CLAUSE = re.compile(r"(\d{1,2}\.)\s+(.+)")
_SUBCLAUSE = re.compile(r"(\d{1,2}(?:\.\d{1,2})+\.?)\s+(.+)")
_DIVISION = re.compile(r"(?:Phần|Chương|Mục|Tiểu mục)\s+(?:[IVXLC]+|\d+|thứ \w+)", re.IGNORECASE)

# A title says what follows; a longer line, or one that ends as a sentence, is a clause.
_LONGEST_TITLE = 140
_LONGEST_TITLE_WITH_COLON = 60


def parse(text: str, tables: Mapping[str, Table]) -> tuple[Part, ...]:
    """One paragraph a line; empty lines part nothing.

    Read as what they are: legal bases at the beginning, each ended as the decree asks; "Điều 1.",
    "I.", "1.", "1.1." with a title, divisions ("Chương I" and its title in capitals), "QUYẾT
    ĐỊNH:". A point "a)", a dash and a numbered sentence stay paragraphs with their mark.
    "{bảng tiến độ}" alone on a line stands for `tables["tiến độ"]`; Refused when there is
    no such table.
    """
    tables = {squeeze(name): table for name, table in tables.items()}
    parts: list[Part] = []
    for line in filter(None, map(squeeze, text.splitlines())):
        if name := table_of(line):
            if name not in tables:
                raise Refused(NO_TABLE.format(name=name))
            parts.append(tables[name])
        elif all(isinstance(part, Basis) for part in parts) and _is_basis(line, after=bool(parts)):
            parts.append(Basis(line))
        else:
            parts.append(_part(line))
    bases = [part for part in parts if isinstance(part, Basis)]
    parts[: len(bases)] = _ended(bases)
    return tuple(parts)


def _ended(bases: Sequence[Basis]) -> list[Basis]:
    """A semicolon after each basis, a full stop after the last (khoản 6a)."""
    return [
        Basis(basis.text.rstrip(";. ") + (";" if number < len(bases) else "."))
        for number, basis in enumerate(bases, start=1)
    ]


def _is_basis(line: str, *, after: bool) -> bool:
    """A basis ends with a semicolon; the last of several may end with a full stop."""
    return bool(_BASIS.match(line)) and (line.endswith(";") or (after and line.endswith(".")))


def _part(line: str) -> Part:
    if found := _ARTICLE.fullmatch(line):
        number, title = found.groups()
        if _is_title(title):
            return Heading(2, number, title)
        return Paragraph(title, lead=number)
    for level, form in ((1, _SECTION), (2, _CLAUSE), (3, _SUBCLAUSE)):
        if (found := form.fullmatch(line)) and (_is_title(found[2]) or found[2].isupper()):
            return Heading(level, found[1], found[2])
    if _DIVISION.fullmatch(line) or _is_shouted(line):
        return Paragraph(line, emphasis="bold", align="center")
    return Paragraph(line)


def _is_title(text: str) -> bool:
    if text.endswith(":"):
        return len(text) <= _LONGEST_TITLE_WITH_COLON
    return 0 < len(text) <= _LONGEST_TITLE and text[-1] not in ".;,/…"


def _is_shouted(line: str) -> bool:
    """All in capitals, and long enough not to be an abbreviation: "QUYẾT ĐỊNH:"."""
    return (
        line == line.upper() and sum(letter.isalpha() for letter in line) >= 8 and line[0].isalpha()
    )
