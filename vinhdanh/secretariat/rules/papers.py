"""What a paper of an office must have before it is issued, and how its numbers run.

Source: Nghị định 30/2020/NĐ-CP, Điều 8 (what stands on a paper), Điều 13 (who signs, and how),
Điều 15 (numbers run from 01 on 01/01 to 31/12 of each year).
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import timedelta

from vinhdanh.common.vietnamese import gettext_noop as _
from vinhdanh.papers.rules.tree import Paper, Part, Signature, Table

# More paragraphs and rows of tables than this are laid out by a job: nobody waits so long.
MOST_LINES_AT_ONCE = 500
# A day of signing before that is a slip of the pen.
LONGEST_SINCE_SIGNED = timedelta(days=366)
# Numbers that may be explained in one go: an office that begins in the middle of a year.
MOST_EXPLAINED = 5_000

_ACTING = "Q."
# An ellipsis that stands for something, unlike the one that ends "v.v…"; dots and lines to fill in.
_BLANK = re.compile(r"(?:^|(?<=[\s(/,:]))…|…{2,}|\.{4,}|_{3,}", re.MULTILINE)


def authority(capacity: str, principal: str) -> str:
    """The line above the title of who signs: "KT. GIÁM ĐỐC", "TM. HỘI ĐỒNG"; "" in one's own right.

    Whoever acts as head (Q.) signs with the title itself marked, so there is no line above it.
    """
    if not capacity or capacity == _ACTING:
        return ""
    return f"{capacity} {principal}".strip().upper()


def signature(*, capacity: str, principal: str, title: str, name: str) -> Signature:
    """The signature as it is printed: "KT. GIÁM ĐỐC / PHÓ GIÁM ĐỐC / Trần Thị B"."""
    printed = title.upper()
    if capacity == _ACTING and not printed.startswith(_ACTING):
        printed = f"{_ACTING} {printed}"
    return Signature(title=printed, name=name, authority=authority(capacity, principal))


def secretary(name: str) -> Signature | None:
    """The signature of who took the minutes, None without a name."""
    return Signature(title="THƯ KÝ", name=name) if name else None


def blanks(text: str) -> list[str]:
    """The lines of the text in which something is still to be filled in ("…", "....", "___")."""
    return [line.strip() for line in text.splitlines() if _BLANK.search(line)]


def missing(numbers: Iterable[int], *, last: int) -> list[int]:
    """The numbers from 1 to `last` that nobody has taken; empty as it should be."""
    taken = set(numbers)
    return [number for number in range(1, last + 1) if number not in taken]


def spans(numbers: Collection[int]) -> str:
    """Ascending numbers in words: "4, 7–9"."""
    told: list[str] = []
    first = last = None
    for number in [*sorted(numbers), None]:
        if last is not None and number == last + 1:
            last = number
            continue
        if first is not None:
            told.append(f"{first}" if first == last else f"{first}–{last}")
        first = last = number
    return ", ".join(told)


def lines(text: str) -> tuple[str, ...]:
    """The lines of a field in which each stands for one (addressees, recipients)."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def shortened(paper: Paper, *, most: int) -> Paper:
    """The paper with at most `most` parts, and rows of each table: quick to lay out for a look."""

    def cut(parts: tuple[Part, ...]) -> tuple[Part, ...]:
        return tuple(
            replace(part, rows=part.rows[:most]) if isinstance(part, Table) else part
            for part in parts[:most]
        )

    annexes = tuple(replace(annex, parts=cut(annex.parts)) for annex in paper.annexes)
    return replace(paper, parts=cut(paper.parts), annexes=annexes)


DEEDS = {
    "paper drafted": _("Soạn dự thảo văn bản"),
    "paper edited": _("Sửa dự thảo văn bản"),
    "paper discarded": _("Bỏ dự thảo văn bản"),
    "paper sent to issue": _("Cho phát hành văn bản, hệ thống đang dựng tệp"),
    "paper not issued": _("Chưa phát hành được văn bản"),
    "paper issued": _("Phát hành văn bản"),
    "paper made void": _("Hủy bỏ văn bản"),
    "paper downloaded": _("Tải văn bản đã phát hành"),
    "number explained": _("Ghi số đã cấp ngoài hệ thống"),
    "register changed": _("Sửa sổ đăng ký số"),
    "templates started": _("Lấy mẫu văn bản có sẵn"),
    "template added": _("Thêm mẫu văn bản"),
    "template saved": _("Sửa mẫu văn bản"),
    "template restored": _("Khôi phục phiên bản của mẫu văn bản"),
    "template switched": _("Bật hoặc tắt mẫu văn bản"),
    "letterhead changed": _("Sửa thông tin trên văn bản"),
    "signer added": _("Thêm người ký văn bản"),
    "signer changed": _("Sửa người ký văn bản"),
}

DETAILS = {
    "kind": _("Loại văn bản"),
    "number": _("Số"),
    "signed_on": _("Ngày ký"),
    "subject": _("Trích yếu"),
    "addressees": _("Kính gửi"),
    "text": _("Nội dung"),
    "recipients": _("Nơi nhận"),
    "urgency": _("Độ khẩn"),
    "signer": _("Người ký"),
    "secretary": _("Thư ký"),
    "file": _("Tệp"),
    "kinds": _("Loại văn bản"),
    "year": _("Năm"),
    "version": _("Phiên bản"),
    "is_active": _("Đang dùng"),
    "upper_name": _("Cơ quan chủ quản"),
    "issuer_name": _("Cơ quan ban hành"),
    "place": _("Địa danh"),
    "code": _("Viết tắt tên cơ quan"),
    "drafting_code": _("Viết tắt đơn vị soạn thảo"),
    "drafter_mark": _("Ký hiệu người soạn thảo"),
    "address": _("Địa chỉ cơ quan"),
    "phone": _("Số điện thoại"),
    "fax": _("Số fax"),
    "email": _("Thư điện tử"),
    "website": _("Trang thông tin điện tử"),
    "capacity": _("Cách ký"),
    "principal": _("Ký thay, thay mặt ai"),
    "title": _("Chức vụ"),
    "position": _("Thứ tự"),
}
