"""The life of a plan as a whole, from the draft to the closed year."""

from vinhdanh.common.vietnamese import gettext_noop

# What is done with a plan, from which states, to which state.
STEPS: dict[str, tuple[frozenset[str], str]] = {
    "start": (frozenset({"draft"}), "starting"),
    "put into force": (frozenset({"starting"}), "in_force"),
    "close": (frozenset({"in_force"}), "closed"),
    "reopen": (frozenset({"closed"}), "in_force"),
    "take back": (frozenset({"in_force"}), "draft"),
}

WHY_NOT: dict[str, str] = {
    "start": gettext_noop("Kế hoạch không còn ở bước rà soát."),
    "put into force": gettext_noop("Kế hoạch chưa được bắt đầu đưa vào thực hiện."),
    "close": gettext_noop("Kế hoạch này không đang thực hiện nên không khép lại được."),
    "reopen": gettext_noop("Kế hoạch này chưa khép lại nên không có gì để mở lại."),
    "take back": gettext_noop("Chỉ đưa về rà soát được kế hoạch đang thực hiện."),
}

# What the journal calls these steps, and the details it keeps of them.
DEEDS = {
    "plan start": gettext_noop("Bắt đầu đưa kế hoạch vào thực hiện"),
    "plan put into force": gettext_noop("Đưa kế hoạch vào thực hiện"),
    "plan close": gettext_noop("Khép lại năm của kế hoạch"),
    "plan reopen": gettext_noop("Mở lại năm đã khép"),
    "plan take back": gettext_noop("Đưa kế hoạch về rà soát"),
}
DETAILS = {
    "not_done": gettext_noop("Phần việc chưa hoàn thành"),
    "reported": gettext_noop("Báo cáo chưa được xác nhận"),
}


def may_step(step: str, state: str) -> bool:
    """Whether a plan in `state` may take the step."""
    return state in STEPS[step][0]
