"""The columns of a list of past facts: how they are called, and which one a list means."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from vinhdanh.common.vietnamese import words
from vinhdanh.people.rules.cells import Cells
from vinhdanh.people.rules.spreadsheet import Column, Row

# How many lines are looked at to tell a column by its content, and the share that must be alike.
SAMPLE = 60
_ALIKE = 0.6
# A rating of a year that has a column of its own: "level:2021".
LEVEL_OF = "level:"
_YEAR_HEADING = re.compile(r"(?:xep loai |muc xep loai |danh gia |ket qua |nam )*(19|20)(\d\d)")
# How the first of two columns of a name is called; the second holds the given name.
_FAMILY_NAME = {"ho", "ho dem", "ho lot", "ho va dem", "ho ten dem", "ho va ten dem", "ho chu dem"}
_GIVEN_NAME = {"", "ten", "ho va ten", "ho ten"}
_NAME = re.compile(r"[^\W\d_]+(?:\s[^\W\d_]+){1,5}")

_WHO = (
    Column(
        "recipient",
        (
            "Họ và tên, tên tập thể", "Họ và tên", "Họ tên", "Tên cá nhân, tập thể", "Tên tập thể",
            "Tên đơn vị", "Cá nhân, tập thể", "Tập thể", "Chủ hộ", "Họ và tên chủ hộ",
            "Họ và tên cá nhân", "Tên cá nhân", "Tác giả", "Họ và tên tác giả",
            "Đối tượng khen thưởng", "Người được khen thưởng",
        ),
        required=True,
        note="Như ghi trong quyết định",
        example="Nguyễn Thị Thử",
    ),
    Column(
        "code",
        ("Mã cán bộ", "Mã", "Mã nhân viên", "Mã CBCCVC", "Mã số cán bộ", "Số hiệu công chức"),
        note="Có mã thì khớp chắc chắn",
        example="CB001",
    ),
    Column(
        "born_on",
        ("Ngày sinh", "Ngày tháng năm sinh", "Năm sinh", "Ngày, tháng, năm sinh"),
        note="dd/mm/yyyy; chỉ biết năm thì ghi năm",
        example="15/08/1985",
    ),
    Column(
        "unit",
        ("Đơn vị", "Đơn vị công tác", "Nơi công tác", "Phòng, ban", "Phòng", "Đơn vị, phòng ban",
         "Cơ quan, đơn vị", "Địa chỉ"),
        note="Đơn vị khi đó; với hộ gia đình ghi địa chỉ",
        example="Phòng Tổ chức, Pháp chế",
    ),
    Column(
        "title",
        ("Chức vụ", "Chức vụ, chức danh", "Chức danh", "Chức vụ, đơn vị", "Chức vụ, nơi công tác"),
        example="Chuyên viên",
    ),
    Column(
        "sort",
        ("Đối tượng", "Loại đối tượng", "Cá nhân hay tập thể"),
        note="Cá nhân, tập thể hoặc hộ gia đình",
        example="Cá nhân",
    ),
)  # fmt: skip
_YEAR = Column(
    "year",
    ("Năm", "Năm đạt", "Năm khen thưởng", "Năm thành tích", "Năm công nhận", "Thời gian đạt được",
     "Thời gian thành tích", "Giai đoạn"),
    note="Năm đạt thành tích, hoặc giai đoạn như 2019-2023",
    example="2023",
)  # fmt: skip
_DECISION = (
    Column(
        "decision_number",
        ("Số quyết định", "Quyết định số", "Số QĐ", "Số, ký hiệu quyết định", "Quyết định"),
        example="123/QĐ-SVHTT",
    ),
    Column(
        "decided_on",
        ("Ngày quyết định", "Ngày ký", "Ngày QĐ", "Ngày, tháng quyết định", "Ngày ban hành"),
        note="dd/mm/yyyy",
        example="15/01/2024",
    ),
)
_BODY = Column(
    "body",
    ("Cơ quan quyết định", "Cơ quan ban hành", "Cấp quyết định", "Cơ quan khen thưởng",
     "Cơ quan công nhận", "Người, cơ quan công nhận"),
    example="Sở Văn hóa và Thể thao",
)  # fmt: skip

COLUMNS: Mapping[str, tuple[Column, ...]] = {
    "conferrals": (
        *_WHO,
        Column(
            "award",
            ("Danh hiệu, hình thức khen thưởng", "Danh hiệu", "Hình thức khen thưởng",
             "Danh hiệu thi đua", "Hình thức", "Danh hiệu, hình thức", "Danh hiệu thi đua, hình "
             "thức khen thưởng", "Khen thưởng"),
            required=True,
            note="Tên, chữ viết tắt (LĐTT, CSTĐCS …) hoặc mã",
            example="Lao động tiên tiến",
        ),
        _YEAR,
        Column("achieved_from", ("Thành tích từ ngày", "Từ ngày", "Từ năm"), note="dd/mm/yyyy"),
        Column(
            "achieved_until", ("Thành tích đến ngày", "Đến ngày", "Đến năm"), note="dd/mm/yyyy"
        ),
        Column(
            "kind",
            ("Loại hình", "Loại hình khen thưởng"),
            note="Công trạng, Chuyên đề, Đột xuất, Quá trình cống hiến …",
            example="Công trạng",
        ),
        *_DECISION,
        Column("signer", ("Người ký", "Người ký quyết định"), example="Trần Văn Ký"),
        _BODY,
        Column(
            "certificate_number",
            ("Số vào sổ, số bằng", "Số bằng", "Số vào sổ", "Số hiệu bằng"),
            example="0123",
        ),
    ),
    "ratings": (
        *_WHO,
        _YEAR,
        Column(
            "level",
            ("Mức xếp loại", "Xếp loại", "Kết quả xếp loại", "Mức độ hoàn thành nhiệm vụ",
             "Đánh giá, xếp loại", "Kết quả đánh giá"),
            required=True,
            note="HTXSNV, HTTNV, HTNV, KHTNV hoặc viết đủ; mỗi năm một cột cũng được (Năm 2021)",
            example="Hoàn thành tốt nhiệm vụ",
        ),
    ),
    "recognitions": (
        *_WHO,
        Column(
            "name",
            ("Tên sáng kiến, đề tài", "Tên sáng kiến", "Sáng kiến", "Tên đề tài", "Đề tài",
             "Tên giải pháp"),
            required=True,
            example="Tra cứu hồ sơ di tích bằng mã QR",
        ),
        Column(
            "reach",
            ("Phạm vi ảnh hưởng", "Phạm vi", "Cấp công nhận", "Cấp"),
            note="Cơ sở; Bộ, tỉnh, Thành phố; Toàn quốc",
            example="Cơ sở",
        ),
        _YEAR,
        *_DECISION,
        _BODY,
    ),
    "disciplines": (
        *_WHO,
        Column(
            "form",
            ("Hình thức kỷ luật", "Kỷ luật", "Hình thức"),
            required=True,
            example="Khiển trách",
        ),
        Column(
            "from_on",
            ("Từ ngày", "Ngày có hiệu lực", "Thời điểm kỷ luật"),
            required=True,
            note="dd/mm/yyyy",
            example="01/03/2022",
        ),
        Column(
            "until_on",
            ("Chấp hành xong ngày", "Đến ngày", "Đến hết ngày"),
            note="dd/mm/yyyy; để trống nếu chưa xong",
            example="01/03/2023",
        ),
        *_DECISION,
    ),
}  # fmt: skip
# What may hold for all lines at once, by kind.
COMMON: Mapping[str, tuple[str, ...]] = {
    "conferrals": ("award", "year", "kind", "decision_number", "decided_on", "signer", "body"),
    "ratings": ("year",),
    "recognitions": ("reach", "year", "decision_number", "decided_on", "body"),
    "disciplines": ("decision_number", "decided_on"),
}


def heading_of(kind: str, code: str) -> str:
    """The name of a column for the screen; a rating of one year by its year."""
    if code.startswith(LEVEL_OF):
        return code.removeprefix(LEVEL_OF)
    return next(column.headings[0] for column in COLUMNS[kind] if column.code == code)


def plain_heading(heading: str) -> str:
    """A heading for comparison: folded words, without what stands in brackets."""
    return " ".join(words(str(heading).split("(", maxsplit=1)[0]))


def names_recipient(headings: Sequence[str], at: int, kind: str) -> bool:
    """Whether this is the column of the recipient, or of the family name beside a given name."""
    if known_heading(kind, headings[at]) == "recipient":
        return True
    return plain_heading(headings[at]) in _FAMILY_NAME and at + 1 < len(headings)


def may_be_given_name(headings: Sequence[str], at: int) -> bool:
    """Whether the column beside that of the recipient may hold the given name."""
    return at < len(headings) and plain_heading(headings[at]) in _GIVEN_NAME


def known_heading(kind: str, heading: str) -> str:
    """The code of the column that the heading names; "" when none of them."""
    plain = plain_heading(heading)
    for column in COLUMNS[kind]:
        if plain in {" ".join(words(name)) for name in column.headings}:
            return column.code
    year = _YEAR_HEADING.fullmatch(plain)
    return f"{LEVEL_OF}{year[1]}{year[2]}" if year and kind == "ratings" else ""


def guess(
    kind: str,
    headings: Sequence[str],
    rows: Sequence[Mapping[str, str]],
    *,
    is_award: Callable[[str], bool],
    is_level: Callable[[str], bool],
) -> dict[str, int]:
    """Which place (from 0) each column has, by headings, and by content for what they leave open.

    `rows` are the cells of the first lines by place as text.
    """
    mapping: dict[str, int] = {}
    for place, heading in enumerate(headings):
        code = known_heading(kind, heading)
        if code:
            mapping.setdefault(code, place)
    looks: dict[str, Callable[[str], bool]] = {
        "award": is_award,
        "level": is_level,
        "year": lambda text: bool(re.fullmatch(r"(19|20)\d\d", text)),
        "recipient": lambda text: bool(_NAME.fullmatch(text)) and text != text.lower(),
    }
    codes = {column.code for column in COLUMNS[kind]}
    by_year = any(code.startswith(LEVEL_OF) for code in mapping)
    for code, look in looks.items():
        if code not in codes or code in mapping or (by_year and code in {"level", "year"}):
            continue
        for place in range(len(headings)):
            if place not in mapping.values() and _alike(rows, place, look):
                mapping[code] = place
                break
    return mapping


def _alike(rows: Sequence[Mapping[str, str]], place: int, look: Callable[[str], bool]) -> bool:
    texts = [row[str(place)] for row in rows[:SAMPLE] if row.get(str(place))]
    return bool(texts) and sum(map(look, texts)) >= _ALIKE * len(texts)


def effective(
    cells: Mapping[str, str], mapping: Mapping[str, int], common: Mapping[str, str]
) -> dict[str, str]:
    """The cells of a line by code of column: as typed for the line, else as in its column, else
    as it holds for all; blanks left out."""
    mapped = {code: cells.get(str(place), "") for code, place in mapping.items()}
    typed = {code: text for code, text in cells.items() if not code.isdecimal()}
    chosen = {**common, **{code: text for code, text in mapped.items() if text}, **typed}
    return {code: text for code, text in chosen.items() if text}


def reading(number: int, cells: Mapping[str, str]) -> Cells:
    return Cells(Row(number, dict(cells)))


def missing(kind: str, mapping: Mapping[str, Any], common: Mapping[str, str]) -> list[str]:
    """The codes of columns that must be chosen, or given for all, before a list can be taken."""
    given = {*mapping, *(code for code, text in common.items() if text)}
    wanted = [column.code for column in COLUMNS[kind] if column.required]
    if any(code.startswith(LEVEL_OF) for code in given):
        wanted.remove("level")
    return [code for code in wanted if code not in given]
