"""What became of handing a delivery over, and what may be done with one."""

from dataclasses import dataclass

from vinhdanh.common.vietnamese import gettext_noop

# What a person may do with a delivery: from which states, to which state.
STEPS = {
    "resend": ({"failed", "unsure", "cancelled"}, "waiting"),
    "cancel": ({"waiting", "failed", "unsure"}, "cancelled"),
    "settle as sent": ({"unsure"}, "sent"),
}
MOST_SAID = 200


@dataclass(frozen=True)
class Outcome:
    """`state` is sent, unsure, failed (for good), cancelled, or waiting (to be tried again).

    `reason` is a Vietnamese sentence to be translated, `said` what the other side answered;
    `others` says that whatever waits for the same receiver meets the same.
    """

    state: str
    reason: str = ""
    said: str = ""
    others: bool = False


SENT = Outcome("sent")
BAD_ADDRESS = Outcome(
    "failed", gettext_noop("Địa chỉ thư không hợp lệ; xin sửa địa chỉ rồi gửi lại.")
)
NO_ATTACHMENT = Outcome("failed", gettext_noop("Không đọc được tệp đính kèm trong kho tệp."))
NO_MAIL_SERVER = Outcome(
    "waiting", gettext_noop("Không kết nối được với máy chủ thư."), others=True
)
NOT_LET_IN = Outcome(
    "waiting",
    gettext_noop("Máy chủ thư không nhận tài khoản gửi thư của hệ thống; xin báo quản trị."),
    others=True,
)
BROKE_OFF = Outcome(
    "unsure",
    gettext_noop(
        "Kết nối đứt giữa lúc gửi, không rõ máy chủ thư đã nhận chưa; xin hỏi người nhận rồi "
        "quyết định."
    ),
)
STOPPED = Outcome(
    "unsure",
    gettext_noop(
        "Hệ thống dừng giữa lúc gửi, không rõ thư đã đi chưa; xin hỏi người nhận rồi quyết định."
    ),
)
NO_CHANNEL = Outcome("waiting", gettext_noop("Kênh nhận không trả lời."), others=True)
BAD_CHANNEL = Outcome("failed", gettext_noop("Địa chỉ của kênh nhận không hợp lệ."))
NO_SECRET = Outcome(
    "failed",
    gettext_noop("Không mở được khóa ký của kênh; hãy cấp khóa ký mới rồi gửi lại."),
)
CHANNEL_OFF = Outcome("cancelled", gettext_noop("Kênh nhận đã ngừng dùng."))

_RECIPIENT = gettext_noop("Máy chủ thư không nhận địa chỉ người nhận.")
_SENDER = gettext_noop("Máy chủ thư không nhận địa chỉ gửi của hệ thống.")
_CONTENT = gettext_noop("Máy chủ thư không nhận nội dung thư.")
_BUSY = gettext_noop("Máy chủ thư đang bận.")
_REFUSED = gettext_noop("Kênh nhận từ chối thông báo.")
_CHANNEL_BUSY = gettext_noop("Kênh nhận đang bận hoặc gặp lỗi.")


def refused_recipient(code: int, said: str) -> Outcome:
    """The answer of a mail server to the address of the recipient (RFC 5321: 5xx is for good)."""
    return _answer(code, said, _RECIPIENT)


def refused_sender(code: int, said: str) -> Outcome:
    """The answer of a mail server to the address of the sender."""
    return _answer(code, said, _SENDER)


def refused_content(code: int, said: str) -> Outcome:
    """The answer of a mail server to the mail itself."""
    return _answer(code, said, _CONTENT)


def _answer(code: int, said: str, reason: str) -> Outcome:
    answer = f"{code} {said}".strip()
    return Outcome("failed", reason, answer) if code >= 500 else Outcome("waiting", _BUSY, answer)


def answered(status: int) -> Outcome:
    """The answer of another channel: 2xx took it, 4xx but 408 and 429 refuses it for good."""
    if 200 <= status < 300:
        return SENT
    said = f"HTTP {status}"
    if 400 <= status < 500 and status not in {408, 429}:
        return Outcome("failed", _REFUSED, said)
    return Outcome("waiting", _CHANNEL_BUSY, said, others=status == 429)
