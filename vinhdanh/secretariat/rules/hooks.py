"""Where an office may have its messages posted to."""

import ipaddress
from urllib.parse import urlsplit

from vinhdanh.common.vietnamese import gettext_noop

NO_ADDRESS = gettext_noop("Địa chỉ nhận phải bắt đầu bằng https:// và có tên máy chủ.")
NOT_SECURE = gettext_noop(
    "Máy chủ ngoài mạng nội bộ phải dùng https://; địa chỉ http:// chỉ dùng được trong mạng nội bộ."
)
HAS_PASSWORD = gettext_noop("Địa chỉ nhận không được chứa tên đăng nhập hoặc mật khẩu.")
_INSIDE_ENDINGS = (".local", ".lan", ".internal", ".home.arpa", ".localhost")


def is_inside(url: str) -> bool:
    """Whether the host is this machine or one of a private network."""
    host = (urlsplit(url).hostname or "").lower()
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return bool(host) and ("." not in host or host.endswith(_INSIDE_ENDINGS))


def trouble_with(url: str) -> str | None:
    """Why nothing may be posted there, as a sentence to be translated; None when it may.

    What a message says must not be read on the way: plain http only within a private network.
    """
    try:
        parts = urlsplit(url)
        known = parts.scheme in {"https", "http"} and bool(parts.hostname)
        parts.port  # noqa: B018 - raises for a port that is none
    except ValueError:
        return NO_ADDRESS
    if not known:
        return NO_ADDRESS
    if parts.username or parts.password:
        return HAS_PASSWORD
    return None if parts.scheme == "https" or is_inside(url) else NOT_SECURE
