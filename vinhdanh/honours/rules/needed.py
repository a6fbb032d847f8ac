"""What a criterion asks for, in a few words: "3 năm liên tục"."""

from collections.abc import Callable
from typing import Any

from vinhdanh.law import words
from vinhdanh.law.criteria import Sourced


def needed(criterion: Sourced) -> str:
    """What the measure of a criterion is held against; for a judgement, its text."""
    return _NEEDED[getattr(criterion, "criterion", "after")](criterion)


def _rating_needed(asked: Any) -> str:
    if asked.years == 1:
        return (
            f"{words.RATINGS[asked.at_least]} trở lên"
            if asked.at_least != "excellent"
            else (words.RATINGS[asked.at_least])
        )
    return f"{asked.years} năm" + ("" if asked.span == "count" else " liên tục")


def _award_needed(asked: Any) -> str:
    in_a_row = asked.span == "ending" and asked.at_least > 1
    return f"{asked.at_least} lần" + (" liên tục" if in_a_row else "")


def _initiative_needed(asked: Any) -> str:
    return f"{asked.at_least} sáng kiến" + (
        f" trong {asked.within} năm" if asked.within and asked.within > 1 else ""
    )


def _share_needed(asked: Any) -> str:
    return f"từ {100 * asked.at_least:f}".rstrip("0").rstrip(".") + "% trở lên"


def _members_needed(asked: Any) -> str:
    bounds = []
    if asked.at_least is not None:
        bounds.append(f"từ {asked.at_least}")
    if asked.at_most is not None:
        bounds.append(f"không quá {asked.at_most}")
    return ", ".join(bounds)


def _tenure_needed(asked: Any) -> str:
    return " hoặc ".join(
        f"từ {each.at_least} năm" + (f" đến dưới {each.below} năm" if each.below else "")
        for each in asked.positions
    )


_NEEDED: dict[str, Callable[[Any], str]] = {
    "rating": _rating_needed,
    "award": _award_needed,
    "after": lambda asked: "đã được tặng",
    "initiative": _initiative_needed,
    "share": _share_needed,
    "members": _members_needed,
    "age": lambda asked: f"từ {asked.at_least} năm",
    "tenure": _tenure_needed,
    "undisciplined": lambda asked: "không bị kỷ luật",
    "retiring": lambda asked: "có thông báo nghỉ hưu",
    "once": lambda asked: "chưa được tặng",
    "meets": lambda asked: "đủ điều kiện",
    "occupation": lambda asked: ", ".join(words.OCCUPATIONS[one] for one in asked.one_of),
    "recipient": lambda asked: ", ".join(words.RECIPIENTS[one] for one in asked.one_of),
    "sort": lambda asked: asked.text or "thuộc đối tượng này",
    "judgement": lambda asked: asked.text,
}
