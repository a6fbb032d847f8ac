"""The lines of a spreadsheet of persons, and what is wrong with them by themselves."""

import dataclasses
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from vinhdanh.accounts.rules import is_username, tidy_username
from vinhdanh.common.vietnamese import fold, gettext_noop
from vinhdanh.people.rules.cells import Cells
from vinhdanh.people.rules.spreadsheet import Column, Problem, Row

COLUMNS = (
    Column("full_name", ("Họ và tên", "Họ tên"), required=True, example="Nguyễn Thị Thử"),
    Column(
        "code",
        ("Mã cán bộ", "Mã"),
        note="Mỗi người một mã; có mã thì nhập lại không bị trùng",
        example="CB001",
    ),
    Column("born_on", ("Ngày sinh",), note="dd/mm/yyyy", example="15/08/1985"),
    Column("sex", ("Giới tính",), note="Nam hoặc Nữ", example="Nữ"),
    Column(
        "retires_on",
        ("Nghỉ hưu từ ngày", "Ngày nghỉ hưu"),
        note="dd/mm/yyyy; ghi khi đã có thông báo nghỉ hưu",
        example="",
    ),
    Column("email", ("Thư điện tử", "Email"), example="thu.nguyen@example.vn"),
    Column("phone", ("Điện thoại", "Số điện thoại"), example="0912345678"),
    Column(
        "unit",
        ("Đơn vị", "Đơn vị công tác"),
        required=True,
        note="Tên đầy đủ hoặc viết tắt đã có trong hệ thống",
        example="P. TCPC",
    ),
    Column(
        "title",
        ("Chức vụ", "Chức vụ, chức danh", "Chức danh"),
        required=True,
        example="Trưởng phòng",
    ),
    Column(
        "is_head",
        ("Người đứng đầu", "Là người đứng đầu đơn vị"),
        note="Ghi “có” nếu đứng đầu đơn vị",
        example="có",
    ),
    Column("from_on", ("Từ ngày",), note="dd/mm/yyyy", example="01/03/2022"),
    Column(
        "until_on",
        ("Đến hết ngày", "Đến ngày"),
        note="dd/mm/yyyy; để trống nếu còn giữ",
        example="",
    ),
    Column(
        "role",
        ("Vai trò",),
        note="Chọn trong danh mục; cần có tài khoản",
        example="Thủ trưởng đơn vị",
    ),
    Column(
        "username",
        ("Tên đăng nhập", "Tài khoản"),
        note="Ghi tên đăng nhập để cấp tài khoản",
        example="thu.nguyen",
    ),
)

TWICE = gettext_noop("Người này với cùng đơn vị, chức vụ đã có ở dòng %(number)s.")
OTHER_NAME = gettext_noop("Mã này ở dòng %(number)s là của người tên khác.")
OTHER_DETAILS = gettext_noop("Nội dung này khác với dòng %(number)s của cùng người.")
OTHER_USERNAME = gettext_noop("Tên đăng nhập này ở dòng %(number)s là của người khác.")
NOT_AN_ADDRESS = gettext_noop("“%(text)s” không phải là địa chỉ thư điện tử.")
NOT_A_USERNAME = gettext_noop(
    "Tên đăng nhập gồm 2 đến 100 chữ không dấu, chữ số và các dấu chấm, gạch ngang, gạch dưới."
)
RETIRES_EARLY = gettext_noop("Ngày nghỉ hưu phải sau ngày sinh.")
NEEDS_BIRTH = gettext_noop("Ngày sinh không hợp lý.")

_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
_EARLIEST_BIRTH = 1900


@dataclass(frozen=True)
class PersonLine:
    number: int
    full_name: str
    code: str
    born_on: date | None
    sex: str
    retires_on: date | None
    email: str
    phone: str
    unit: str
    title: str
    is_head: bool
    from_on: date | None
    until_on: date | None
    role: str
    username: str
    # The number of the first line about the same person; its own for that line.
    first_line: int = 0
    problems: tuple[Problem, ...] = ()


def read_persons(
    rows: Sequence[Row],
    *,
    roles: Mapping[str, str],
    sexes: Mapping[str, str],
    latest_birth: date,
) -> list[PersonLine]:
    """A line for each row, with what is wrong with it; `roles`, `sexes`: the words by code.

    The same code, or without codes the same name, day of birth and unit, is the same person: a
    further line gives a further position, and must not contradict the first.
    """
    lines = [_line(row, roles, sexes, latest_birth) for row in rows]
    return _joined(lines)


def _line(
    row: Row, roles: Mapping[str, str], sexes: Mapping[str, str], latest_birth: date
) -> PersonLine:
    cells = Cells(row)
    from_on, until_on = cells.days("from_on", "until_on")
    born_on = _birth(cells, latest_birth)
    line = PersonLine(
        number=row.number,
        full_name=cells.text("full_name", limit=150, required=True),
        code=cells.text("code", limit=40),
        born_on=born_on,
        sex=cells.choice("sex", sexes),
        retires_on=_retirement(cells, born_on),
        email=_email(cells),
        phone=_phone(cells),
        unit=cells.text("unit", limit=200, required=True),
        title=cells.text("title", limit=150, required=True),
        is_head=cells.yes("is_head"),
        from_on=from_on,
        until_on=until_on,
        role=cells.choice("role", roles),
        username=_username(cells),
    )
    return dataclasses.replace(line, problems=tuple(cells.problems))


def _birth(cells: Cells, latest: date) -> date | None:
    day = cells.day("born_on")
    if day is not None and not (day.year >= _EARLIEST_BIRTH and day <= latest):
        cells.problems.append(Problem("born_on", NEEDS_BIRTH))
    return day


def _retirement(cells: Cells, born_on: date | None) -> date | None:
    day = cells.day("retires_on")
    if day and born_on and day <= born_on:
        cells.problems.append(Problem("retires_on", RETIRES_EARLY))
    return day


def _email(cells: Cells) -> str:
    text = cells.text("email", limit=254)
    if text and not _ADDRESS.fullmatch(text):
        cells.problems.append(Problem("email", NOT_AN_ADDRESS, {"text": text}))
    return text


def _username(cells: Cells) -> str:
    text = tidy_username(cells.text("username", limit=100))
    if text and not is_username(text):
        cells.problems.append(Problem("username", NOT_A_USERNAME))
    return text


def _phone(cells: Cells) -> str:
    """The telephone number; a spreadsheet that took it for a number lost its first zero."""
    text = cells.text("phone", limit=30)
    return f"0{text}" if text.isdecimal() and len(text) == 9 else text


def _joined(lines: list[PersonLine]) -> list[PersonLine]:
    """The lines with the same persons found, doubles and contradictions told."""
    firsts: dict[tuple[str, ...], PersonLine] = {}
    usernames: dict[str, PersonLine] = {}
    posts: dict[tuple[int, str, str], int] = {}
    joined = []
    for line in lines:
        first = firsts.setdefault(_who(line), line)
        problems = [*line.problems, *_contradictions(line, first)]
        post = (first.number, fold(line.unit), fold(line.title))
        if post in posts and line.full_name:
            problems.append(Problem("full_name", TWICE, {"number": str(posts[post])}))
        posts.setdefault(post, line.number)
        if line.username:
            owner = usernames.setdefault(line.username.lower(), first)
            if owner is not first:
                where = {"number": str(owner.number)}
                problems.append(Problem("username", OTHER_USERNAME, where))
        joined.append(dataclasses.replace(line, first_line=first.number, problems=tuple(problems)))
    return joined


def _who(line: PersonLine) -> tuple[str, ...]:
    if line.code:
        return (line.code,)
    return (fold(line.full_name), str(line.born_on or ""), "" if line.born_on else fold(line.unit))


def _contradictions(line: PersonLine, first: PersonLine) -> list[Problem]:
    where = {"number": str(first.number)}
    if fold(line.full_name) != fold(first.full_name):
        return [Problem("code", OTHER_NAME, where)]
    return [
        Problem(field, OTHER_DETAILS, where)
        for field in ("born_on", "sex", "retires_on", "email", "phone", "username")
        if getattr(line, field) and getattr(first, field) not in ("", None, getattr(line, field))
    ]
