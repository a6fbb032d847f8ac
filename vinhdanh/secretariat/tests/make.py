"""Ordinary valid papers of an office for tests, and what they need."""

from datetime import UTC, date, datetime
from typing import Any

from vinhdanh.accounts.models import User
from vinhdanh.papers.rules.stored import table_to_json
from vinhdanh.papers.rules.tree import Column, Row, Table
from vinhdanh.people.models import RoleHolding, Unit
from vinhdanh.people.tests.make import a_unit, a_user_with
from vinhdanh.secretariat.actions import papers
from vinhdanh.secretariat.models import Letterhead, Paper, Signer

AT = datetime(2026, 3, 5, 3, 0, tzinfo=UTC)
ON = date(2026, 3, 5)


def an_officer(office: Unit) -> User:
    """Somebody who runs the office."""
    return a_user_with(RoleHolding.Role.OFFICE, office)


def a_letterhead(office: Unit, **fields: Any) -> Letterhead:
    ordinary = {
        "upper_name": "Ủy ban nhân dân tỉnh An Bình",
        "issuer_name": "Sở Văn hóa và Thể thao",
        "place": "An Bình",
        "code": "SVHTT",
        "drafting_code": "VP",
        "recipients": "Như trên;\nLưu: VT.",
    }
    return Letterhead.objects.create(office=office, **ordinary | fields)


def a_signer(office: Unit, **fields: Any) -> Signer:
    ordinary = {"name": "Trần Thị Bình", "title": "Giám đốc"}
    return Signer.objects.create(office=office, **ordinary | fields)


def an_office(**fields: Any) -> Unit:
    """A department whose papers can be issued: with its letterhead and a signer."""
    office = a_unit(**fields)
    a_letterhead(office)
    a_signer(office)
    return office


def a_draft(office: Unit | None = None, *, by: User | None = None, **fields: Any) -> Paper:
    """A notice, whole and ready to be issued."""
    office = office or an_office()
    ordinary = {
        "kind": "notice",
        "subject": "Về việc nộp hồ sơ đề nghị khen thưởng",
        "text": "Các đơn vị nộp hồ sơ về Văn phòng trước ngày 20/3/2026./.",
    }
    return papers.draft(office, **{"by": by or an_officer(office), "at": AT} | ordinary | fields)


def an_issued(office: Unit | None = None, *, by: User | None = None, **fields: Any) -> Paper:
    """A notice that was issued on ON."""
    office = office or an_office()
    by = by or an_officer(office)
    signed_on = fields.pop("signed_on", ON)
    return papers.issue(a_draft(office, by=by, **fields), signed_on=signed_on, by=by, at=AT)


def a_table(rows: int = 2) -> Any:
    """A table of late work, as it is kept."""
    columns = (Column("Đơn vị", 2), Column("Nhiệm vụ", 4), Column("Hạn", 1, "center"))
    lines = (Row((f"Phòng {n}", f"Việc thứ {n}", "01/03/2026")) for n in range(1, rows + 1))
    return table_to_json(Table(columns, tuple(lines), "Việc quá hạn"))
