"""How a unit's line of the year goes from owed to done, and how it stands on a day."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from vinhdanh.common.vietnamese import gettext_noop

# The life of a line: what is done, from which states, to which state.
STEPS: dict[str, tuple[frozenset[str], str]] = {
    "report": (frozenset({"open", "returned"}), "reported"),
    "withdraw": (frozenset({"reported"}), "open"),
    "accept": (frozenset({"reported"}), "accepted"),
    "send back": (frozenset({"reported"}), "returned"),
    "record done": (frozenset({"open", "returned"}), "accepted"),
    "reopen": (frozenset({"accepted"}), "returned"),
}

_NOT_REPORTED = gettext_noop("Đơn vị chưa báo cáo, hoặc đã rút báo cáo lại.")
_ALREADY_RETURNED = gettext_noop("Báo cáo này đã bị trả lại và đơn vị chưa báo cáo lại.")
_ALREADY_DONE = gettext_noop("Việc này đã được xác nhận hoàn thành.")
_NOT_DONE = gettext_noop("Việc này chưa được xác nhận hoàn thành nên không có gì để mở lại.")

_WHY_NOT: dict[str, dict[str, str]] = {
    "report": {
        "reported": gettext_noop(
            "Báo cáo của đơn vị đang chờ xác nhận; hãy rút lại trước khi báo cáo lần nữa."
        ),
        "accepted": _ALREADY_DONE,
    },
    "withdraw": {
        "open": gettext_noop("Không có báo cáo nào đang chờ xác nhận để rút lại."),
        "returned": gettext_noop("Báo cáo đã bị trả lại; hãy báo cáo lại."),
        "accepted": gettext_noop("Báo cáo đã được xác nhận nên không rút lại được."),
    },
    "accept": {
        "open": _NOT_REPORTED,
        "returned": _ALREADY_RETURNED,
        "accepted": gettext_noop("Báo cáo này đã được xác nhận."),
    },
    "send back": {
        "open": _NOT_REPORTED,
        "returned": _ALREADY_RETURNED,
        "accepted": gettext_noop("Báo cáo này đã được xác nhận; muốn trả lại thì phải mở lại."),
    },
    "record done": {
        "reported": gettext_noop("Đơn vị đã báo cáo; hãy xác nhận hoặc trả lại báo cáo ấy."),
        "accepted": _ALREADY_DONE,
    },
    "reopen": {"open": _NOT_DONE, "reported": _NOT_DONE, "returned": _NOT_DONE},
}

# What the journal calls these steps, and the details it keeps of them.
DEEDS = {
    "work reported": gettext_noop("Báo cáo hoàn thành"),
    "work recorded done": gettext_noop("Ghi nhận hoàn thành thay đơn vị"),
    "report withdrawn": gettext_noop("Rút báo cáo"),
    "report accepted": gettext_noop("Xác nhận hoàn thành"),
    "report sent back": gettext_noop("Trả lại báo cáo"),
    "work reopened": gettext_noop("Mở lại việc đã xác nhận"),
    "evidence downloaded": gettext_noop("Tải tài liệu minh chứng"),
    "due date entered": gettext_noop("Nhập ngày đến hạn"),
}
DETAILS = {"label": gettext_noop("Kỳ"), "file_count": gettext_noop("Số tệp")}

# "Sắp đến hạn" begins this many days before the due date; the board looks further ahead too.
SOON = timedelta(days=7)
AHEAD = timedelta(days=30)


def may_step(step: str, state: str) -> bool:
    """Whether a line in `state` may take the step."""
    return state in STEPS[step][0]


def why_not(step: str, state: str) -> str:
    """The sentence that refuses a step to a line in `state`; for a step that may not be taken."""
    return _WHY_NOT[step][state]


class Standing(StrEnum):
    """How a line, or an occurrence as a whole, stands on a day."""

    LATE = "late"
    SOON = "soon"
    AHEAD = "ahead"
    UNDATED = "undated"
    REPORTED = "reported"
    DONE = "done"


WORDS: dict[Standing, str] = {
    Standing.LATE: gettext_noop("Quá hạn"),
    Standing.SOON: gettext_noop("Sắp đến hạn"),
    Standing.AHEAD: gettext_noop("Chưa đến hạn"),
    Standing.UNDATED: gettext_noop("Chờ ngày"),
    Standing.REPORTED: gettext_noop("Chờ xác nhận"),
    Standing.DONE: gettext_noop("Hoàn thành"),
}


def standing(state: str, due_on: date | None, *, on: date) -> Standing:
    """How a line in `state`, due at the end of `due_on`, stands on a day.

    Late is what is still owed after its last day; what was reported in time or late and waits for
    the office is not late any more.
    """
    if state == "accepted":
        return Standing.DONE
    if state == "reported":
        return Standing.REPORTED
    return _owed(due_on, on=on)


@dataclass(frozen=True)
class Progress:
    """How many lines an occurrence has, and how many of them are reported and accepted."""

    total: int
    reported: int
    done: int

    @property
    def owed(self) -> int:
        return self.total - self.reported - self.done


def standing_of_all(progress: Progress, due_on: date | None, *, on: date) -> Standing:
    """How an occurrence stands: done when every line is, waiting when nothing is owed any more.

    One without lines goes by its date alone.
    """
    if progress.total and progress.done == progress.total:
        return Standing.DONE
    if progress.total and not progress.owed:
        return Standing.REPORTED
    return _owed(due_on, on=on)


def _owed(due_on: date | None, *, on: date) -> Standing:
    if due_on is None:
        return Standing.UNDATED
    if due_on < on:
        return Standing.LATE
    return Standing.SOON if due_on <= on + SOON else Standing.AHEAD
