"""What stands in each recipient's copy of a mailing, and the words of the outbox in the journal."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from vinhdanh.common.vietnamese import fold, gettext_noop, squeeze

# What a text may hold; each recipient's copy has their own words in its place.
NAME, UNIT, CONCERN = "người nhận", "đơn vị", "việc"
FIELDS = (NAME, UNIT, CONCERN)
# What one letter may carry in all: mail servers refuse more.
MOST_ATTACHED = 20 * 1024 * 1024

_FIELD = re.compile(r"\{([^{}]*)\}")
_PLAIN_FIELDS = {fold(field): field for field in FIELDS}
_ADDRESS = re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;]+")


@dataclass(frozen=True, slots=True)
class Addressee:
    """Somebody to whom a mailing goes: an account, or an address outside.

    `concern` is what {việc} stands for in their copy, one line or several.
    """

    name: str
    email: str = ""
    user_id: UUID | None = None
    unit_id: UUID | None = None
    concern: str = ""


def unknown_fields(text: str) -> list[str]:
    """The words in braces that are none of `FIELDS`, once each, in their order."""
    found = dict.fromkeys(match[1] for match in _FIELD.finditer(text))
    return [words for words in found if fold(words) not in _PLAIN_FIELDS]


def has_field(text: str, field: str) -> bool:
    """Whether the text holds the field, accents and capitals aside."""
    return any(fold(match[1]) == fold(field) for match in _FIELD.finditer(text))


def copy(text: str, *, name: str, unit: str, concern: str) -> str:
    """The text as one recipient gets it. Who belongs to no unit is called by name in its place."""
    values = {NAME: name, UNIT: unit or name, CONCERN: concern}
    return _FIELD.sub(
        lambda match: values.get(_PLAIN_FIELDS.get(fold(match[1]), ""), match[0]), text
    )


def merged(addressees: Iterable[Addressee]) -> list[Addressee]:
    """The addressees with each account, and each address outside, once; what concerns the same one
    twice is joined, a line each."""
    found: dict[str, Addressee] = {}
    for addressee in addressees:
        key = str(addressee.user_id or addressee.email.strip().lower())
        before = found.get(key)
        if before is None:
            found[key] = addressee
        elif addressee.concern and addressee.concern not in before.concern.splitlines():
            concern = "\n".join(filter(None, [before.concern, addressee.concern]))
            found[key] = replace(before, concern=concern)
    return list(found.values())


def outside_addressees(text: str) -> tuple[list[Addressee], list[str]]:
    """Addresses outside as typed, one a line: "Tên nơi nhận <thu@coquan.vn>" or the address alone;
    and the lines that hold none."""
    read, unread = [], []
    for line in filter(None, map(squeeze, text.splitlines())):
        address = _ADDRESS.search(line)
        if address is None or len(address[0]) > 254:
            unread.append(line)
            continue
        name = squeeze(line.replace(address[0], " ").translate(str.maketrans("<>,;", "    ")))
        read.append(Addressee(name=(name or address[0])[:200], email=address[0]))
    return read, unread


@dataclass(frozen=True, slots=True)
class Change:
    """What a mailing says by which a meeting is moved, or called off, before anybody edits it."""

    subject: str
    text: str


MOVED = Change(
    subject=gettext_noop("Thay đổi lịch: %(meeting)s"),
    text=gettext_noop(
        "Kính gửi {người nhận},\n\n%(office)s thông báo thay đổi thời gian, địa điểm của cuộc họp "
        "đã mời: “%(meeting)s”. Thời gian, địa điểm ghi dưới đây thay cho giấy mời đã gửi."
    ),
)
CALLED_OFF = Change(
    subject=gettext_noop("Hủy họp: %(meeting)s"),
    text=gettext_noop(
        "Kính gửi {người nhận},\n\n%(office)s thông báo hủy cuộc họp đã mời: “%(meeting)s”. "
        "Thời gian, địa điểm đã mời ghi dưới đây để đối chiếu."
    ),
)

DEEDS = {
    "mailing put in the outbox": gettext_noop("Đưa vào hộp thư đi"),
    "mailing edited": gettext_noop("Sửa thư chờ gửi"),
    "mailing recipients added": gettext_noop("Thêm người nhận"),
    "mailing recipients left out": gettext_noop("Không gửi cho một số người"),
    "mailing recipients taken back": gettext_noop("Lấy lại người nhận đã bỏ ra"),
    "mailing files attached": gettext_noop("Đính kèm tệp"),
    "mailing file detached": gettext_noop("Gỡ tệp đính kèm"),
    "mailing released": gettext_noop("Cho gửi"),
    "mailing discarded": gettext_noop("Bỏ thư, không gửi"),
    "meeting moved": gettext_noop("Đổi lịch họp"),
    "meeting called off": gettext_noop("Hủy họp"),
    "mailing file downloaded": gettext_noop("Tải tệp đính kèm"),
    "delivery resent": gettext_noop("Cho gửi lại"),
    "delivery settled as sent": gettext_noop("Coi là đã gửi"),
    "delivery cancelled": gettext_noop("Hủy lượt gửi"),
    "hook added": gettext_noop("Thêm kênh nhận thông báo"),
    "hook edited": gettext_noop("Sửa kênh nhận thông báo"),
    "hook switched off": gettext_noop("Tắt kênh nhận thông báo"),
    "hook switched on": gettext_noop("Bật lại kênh nhận thông báo"),
    "hook deleted": gettext_noop("Xóa kênh nhận thông báo"),
    "hook given another secret": gettext_noop("Cấp khóa ký mới"),
    "hook secret shown": gettext_noop("Xem khóa ký"),
    "hook tested": gettext_noop("Gửi thông báo thử"),
}
DETAILS = {
    "subject": gettext_noop("Tiêu đề"),
    "text": gettext_noop("Nội dung"),
    "starts_at": gettext_noop("Bắt đầu lúc"),
    "ends_at": gettext_noop("Kết thúc lúc"),
    "place": gettext_noop("Địa điểm"),
    "recipients": gettext_noop("Số người nhận"),
    "letters": gettext_noop("Số thư điện tử"),
    "people": gettext_noop("Người nhận"),
}
# Of the channels, which the room of notices keeps.
HOOK_DETAILS = {
    "url": gettext_noop("Địa chỉ nhận"),
    "kinds": gettext_noop("Loại thông báo"),
}
