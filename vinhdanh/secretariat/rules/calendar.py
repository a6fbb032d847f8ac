"""The calendar's words in the journal, and how long a run of announced days may be."""

from vinhdanh.common.calendar import EXCHANGED
from vinhdanh.common.vietnamese import gettext_noop

_CODE_IN_FORCE = 2021
# Days entered at one time; a longer run is a slip of the hand.
LONGEST = 31

DEEDS = {
    "days announced": gettext_noop("Nhập ngày nghỉ, ngày làm bù"),
    "announced days changed": gettext_noop("Sửa ngày nghỉ, ngày làm bù đã nhập"),
    "announced days removed": gettext_noop("Xóa ngày nghỉ, ngày làm bù đã nhập"),
}
DETAILS = {
    "kind": gettext_noop("Loại"),
    "first_on": gettext_noop("Từ ngày"),
    "last_on": gettext_noop("Đến hết ngày"),
    "source": gettext_noop("Căn cứ"),
}


def source(name: str, *, year: int) -> str:
    """Why a day that the calendar knows by itself is off, by its name (`common.calendar`).

    The code of 2019 is in force since 2021; what earlier years were off by is not told by article.
    """
    if name == EXCHANGED:
        return gettext_noop("Thông báo hoán đổi ngày làm việc của năm")
    if "24/11" in name:
        return gettext_noop("Nghị quyết số 80-NQ/TW")
    if year < _CODE_IN_FORCE:
        return gettext_noop("Bộ luật Lao động")
    if name.startswith("nghỉ bù"):
        return gettext_noop("Bộ luật Lao động 2019, Điều 111 khoản 3")
    return gettext_noop("Bộ luật Lao động 2019, Điều 112 khoản 1")
