"""How names of bodies are written: where one begins, and where one is not yet complete."""

import re

# Words that begin the name of a body wherever it stands in a list of bodies.
_BODY = re.compile(
    r"(?:Văn phòng|Phòng|Ban|Bộ phận|Sở|UBND|Ủy ban|Uỷ ban|Hội|Công đoàn|Đoàn|Đảng|Chi bộ|Chi cục"
    r"|Trung tâm|Thanh tra|Thường trực|Trường|Bệnh viện|Nhà hát|Bảo tàng|Thư viện|Viện|Khoa|Khối"
    r"|Cụm|Các|Đơn vị|Cá nhân|Lãnh đạo|Giám đốc|Thủ trưởng|Tổ|Vụ|Cục|Công an|Quỹ)(?:\s|$)"
)
# Bodies to which another may belong, so that their names also end the name of another:
# "Văn phòng Sở", "Hội đồng Sáng kiến Sở Công Thương".
_OWNER = re.compile(
    r"(?:Sở|UBND|Ủy ban|Uỷ ban|Bộ|Đoàn|Đảng|Khối|Cụm|Trường|Viện|Cục|Công an|Tổ)(?:\s|$)"
)
_OPEN = re.compile(
    r"(?:[,(/–-]|\b(?:thuộc|của|và|các|với|do|tại|cho|cùng|trong|về|gồm|hoặc|ngày|trước|từ|đến"
    r"|Lãnh đạo|Thủ trưởng|Giám đốc|Chánh|Trưởng|Phó|Các))$",
    re.IGNORECASE,
)
_LONGEST_NAME = 60


def names_body(text: str) -> bool:
    """Whether the text begins as the name of a body: "Phòng Tổ chức", "Các đơn vị"."""
    return bool(_BODY.match(text))


def is_open(text: str) -> bool:
    """Whether the text asks for more: a bracket is open, or "thuộc", "và", "ngày" stands last."""
    return bool(_OPEN.search(text)) or text.count("(") > text.count(")")


def are_two_names(text: str, after: str) -> bool:
    """Whether two lines, one below the other, are plainly the names of two bodies and not one
    that was too long for its line."""
    return (
        len(text) <= _LONGEST_NAME
        and names_body(text)
        and names_body(after)
        and not _OWNER.match(after)
        and not is_open(text)
    )
