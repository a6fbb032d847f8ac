"""What the journal calls it that somebody took words of others out of the system, or read them."""

from vinhdanh.common.vietnamese import gettext_noop

DEEDS = {
    "evidence looked at": gettext_noop("Xem tài liệu minh chứng"),
    "plan document looked at": gettext_noop("Xem văn bản kế hoạch"),
    "plan document downloaded": gettext_noop("Tải văn bản kế hoạch"),
    "plan lines exported": gettext_noop("Tải bảng theo dõi"),
}
# The lines of a plan among the lists that are written in the background.
LINES = "plan lines"
DETAILS: dict[str, str] = {}
# Kept, but not shown among what was done with a plan: they would soon be most of it.
OF_A_PLAN = ("plan document looked at", "plan document downloaded", "plan lines exported")
