"""The words of the journal, and what may be wrong with its chain."""

import re
from collections.abc import Callable, Collection
from enum import Enum
from typing import Any

from vinhdanh.common.vietnamese import gettext_noop

FIRST_DIGEST = bytes(32)
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")

_deeds: dict[str, str] = {}
_untold: set[str] = set()
# By room; those of "" hold for every room that has not named the key otherwise.
_details: dict[str, dict[str, str]] = {
    "": {
        "reason": gettext_noop("Lý do"),
        "note": gettext_noop("Ghi chú"),
        "before": gettext_noop("Trước"),
        "after": gettext_noop("Sau"),
        "name": gettext_noop("Tên"),
        "unit": gettext_noop("Đơn vị"),
        "role": gettext_noop("Vai trò"),
        "file": gettext_noop("Tệp"),
        "files": gettext_noop("Tệp"),
        "due": gettext_noop("Thời hạn"),
        "state": gettext_noop("Trạng thái"),
        "user": gettext_noop("Tài khoản"),
        "unit_group": gettext_noop("Nhóm đơn vị"),
    }
}


class Fault(Enum):
    """A sentence for the administrator about the first place where the chain does not hold."""

    LINK_MISSING = gettext_noop("Thiếu một mắt xích: dòng nhật ký bị gỡ khỏi chuỗi.")
    LINE_MISSING = gettext_noop("Dòng nhật ký của mắt xích này đã bị xóa.")
    ORDER = gettext_noop("Mắt xích không nối với mắt xích đứng trước.")
    ALTERED = gettext_noop("Dòng nhật ký đã bị sửa sau khi ghi.")
    UNLINKED = gettext_noop("Có dòng nhật ký không nằm trong chuỗi.")
    NOT_AS_NOTED = gettext_noop("Chuỗi đã bị viết lại: mã không khớp với mã đã ghi lại trước đây.")
    CUT_OFF = gettext_noop("Các dòng mới nhất đã bị cắt bỏ: chuỗi ngắn hơn lần kiểm tra trước.")


def name_deeds(sentences: dict[str, str]) -> None:
    """Name the deeds of a room, by code; called once when the room is loaded.

    The sentences are Vietnamese, marked for translation: {"plan put into force": "Đưa kế hoạch
    vào thực hiện"}.
    """
    _deeds.update(sentences)


def deed_name(code: str) -> str:
    """The sentence of a deed; the code itself where no room has named it."""
    return _deeds.get(code, code)


def leave_untold(deeds: Collection[str]) -> None:
    """Keep deeds out of the histories of things, which more people read than may know of them:
    that somebody looked at what is confidential says that there is something."""
    _untold.update(deeds)


def untold() -> frozenset[str]:
    """The deeds that histories leave out."""
    return frozenset(_untold)


def name_details(labels: dict[str, str], *, room: str) -> None:
    """Name the keys that a room writes into `detail`, as `name_deeds` does for deeds.

    `room` is its app label: the same key may be called otherwise in another room.
    """
    _details.setdefault(room, {}).update(labels)


def detail_name(key: str, *, room: str = "") -> str:
    """The label of a key of `detail` in lines about things of `room`; the key itself if unnamed."""
    return _details.get(room, {}).get(key) or _details[""].get(key, key)


def changes(
    detail: dict[str, Any], *, named: Callable[[str], str] = detail_name
) -> list[tuple[str, str | None, str]]:
    """The details of a line as rows: label, what it was (None: nothing was replaced), what it is.

    Where `before` and `after` are both mappings, each key in which they differ becomes a row.
    `named` gives the label of a key. Days are shown as dd/mm/yyyy, nothing as "—", yes and no as
    marks, lists joined by "; ".
    """
    before, after = detail.get("before"), detail.get("after")
    if not (isinstance(before, dict) and isinstance(after, dict)):
        return [(named(key), None, shown(value, named)) for key, value in detail.items()]
    changed = [
        (named(key), shown(before.get(key), named), shown(after.get(key), named))
        for key in dict.fromkeys([*before, *after])
        if before.get(key) != after.get(key)
    ]
    others = {key: value for key, value in detail.items() if key not in {"before", "after"}}
    return [*changed, *changes(others, named=named)]


def is_named(key: str, *, room: str) -> bool:
    """Whether a key of `detail` has a label in lines about things of `room`."""
    return detail_name(key, room=room) != key


def shown(value: Any, named: Callable[[str], str] = detail_name) -> str:
    """A plain value of a line as people read it (see `changes`)."""
    if isinstance(value, dict):
        return "; ".join(f"{named(key)}: {shown(part, named)}" for key, part in value.items())
    if isinstance(value, list):
        return "; ".join(shown(part, named) for part in value) or "—"
    if value is None or value == "":
        return "—"
    if isinstance(value, bool):
        return "✓" if value else "✗"
    day = _DAY.fullmatch(value) if isinstance(value, str) else None
    return f"{day[3]}/{day[2]}/{day[1]}" if day else str(value)
