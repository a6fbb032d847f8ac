"""What single cells of a spreadsheet say: days, yes and no, one of several words."""

import re
from collections.abc import Mapping
from datetime import date, timedelta

from vinhdanh.common.vietnamese import fold, gettext_noop
from vinhdanh.people.rules.spreadsheet import Problem, Row

NOT_A_DAY = gettext_noop("“%(text)s” không phải là ngày; hãy ghi như 28/02/2025.")
NOT_A_CHOICE = gettext_noop("“%(text)s” không có trong danh mục; hãy chọn: %(choices)s.")
NOT_YES_OR_NO = gettext_noop("“%(text)s” không rõ; hãy ghi “có” hoặc để trống.")
MISSING = gettext_noop("Thiếu nội dung bắt buộc.")
TOO_LONG = gettext_noop("Dài quá %(limit)s ký tự.")
WRONG_ORDER = gettext_noop("Ngày kết thúc trước ngày bắt đầu.")

_YES = {"co", "x", "1", "dung", "yes", "true", "v"}
_NO = {"", "khong", "0", "no", "false"}
_WRITTEN = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})")
_WORDED = re.compile(r"(?:ngày\s*)?(\d{1,2})\s*tháng\s*(\d{1,2})\s*năm\s*(\d{4})", re.IGNORECASE)
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[ T].*)?")
# How a spreadsheet counts days, and the years in which a bare number is one (1910-2099).
_EPOCH = date(1899, 12, 30)
_SERIAL_DAYS = range(3_654, 73_050)


class Cells:
    """The cells of one row, read one by one; what is wrong with them gathers in `problems`."""

    def __init__(self, row: Row) -> None:
        self.row = row
        self.problems: list[Problem] = []

    def text(self, code: str, *, limit: int, required: bool = False) -> str:
        text = self.row.cells.get(code, "")
        if required and not text:
            self.problems.append(Problem(code, MISSING))
        if len(text) > limit:
            self.problems.append(Problem(code, TOO_LONG, {"limit": str(limit)}))
        return text

    def day(self, code: str) -> date | None:
        """The day, written dd/mm/yyyy (days first, never months), in words, in ISO, or as a
        serial number."""
        text = self.row.cells.get(code, "")
        if not text:
            return None
        day = _day(text)
        if day is None:
            self.problems.append(Problem(code, NOT_A_DAY, {"text": text}))
        return day

    def days(self, first: str, last: str) -> tuple[date | None, date | None]:
        """Two days of which the second must not come before the first."""
        from_on, until_on = self.day(first), self.day(last)
        if from_on and until_on and until_on < from_on:
            self.problems.append(Problem(last, WRONG_ORDER))
        return from_on, until_on

    def yes(self, code: str) -> bool:
        text = fold(self.row.cells.get(code, ""))
        if text not in _YES | _NO:
            self.problems.append(Problem(code, NOT_YES_OR_NO, {"text": self.row.cells[code]}))
        return text in _YES

    def choice(self, code: str, choices: Mapping[str, str], *, required: bool = False) -> str:
        """The code of the word written; `choices` are the words by code, the codes also count."""
        text = self.text(code, limit=200, required=required)
        if not text:
            return ""
        for value, word in choices.items():
            if fold(text) in {fold(value), fold(word)}:
                return value
        known = "; ".join(choices.values())
        self.problems.append(Problem(code, NOT_A_CHOICE, {"text": text, "choices": known}))
        return ""


def _day(text: str) -> date | None:
    try:
        if found := _WRITTEN.fullmatch(text) or _WORDED.fullmatch(text):
            return date(int(found[3]), int(found[2]), int(found[1]))
        if found := _ISO.fullmatch(text):
            return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None
    if text.isdecimal() and len(text) <= 5 and int(text) in _SERIAL_DAYS:
        return _EPOCH + timedelta(days=int(text))
    return None
