"""Ordinary mailings, deliveries and channels for tests, and the office they are of."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from vinhdanh.accounts.models import User
from vinhdanh.documents import actions as documents
from vinhdanh.documents.models import File
from vinhdanh.notices.models import Delivery, Hook
from vinhdanh.people.models import RoleHolding, Unit
from vinhdanh.people.tests.make import a_person, a_position, a_unit, a_user_with
from vinhdanh.secretariat.actions import mailings as actions
from vinhdanh.secretariat.models import Mailing
from vinhdanh.secretariat.queries.mailings import people_of
from vinhdanh.secretariat.rules.mailings import Addressee

Role = RoleHolding.Role
AT = datetime(2026, 3, 10, 2, 0, tzinfo=timezone.get_fixed_timezone(0))
PDF = b"%PDF-1.4\n1 0 obj\n<< >>\nendobj\ntrailer\n<< >>\n%%EOF\n"


class House:
    """An office with two units, each with a clerk; who runs it, reads it, and does neither."""

    def __init__(self) -> None:
        self.office = a_unit(name="Sở Văn hóa Thí điểm")
        self.unit = a_unit(self.office, name="Phòng Nghệ thuật", position=1)
        self.other = a_unit(self.office, name="Phòng Tài chính", position=2)
        self.officer = a_user_with(Role.OFFICE, self.office, name="Trần Thị Văn Phòng")
        self.director = a_user_with(Role.DIRECTOR, self.office, name="Lê Giám Đốc")
        self.admin = a_user_with(Role.ADMINISTRATOR, self.office, name="Phạm Quản Trị")
        self.clerk = a_user_with(Role.CLERK, self.unit, name="Đỗ Thị Ánh", email="anh@so.vn")
        self.head = a_user_with(Role.HEAD, self.unit, name="Vũ Bình", email="")
        self.colleague = a_user_with(Role.CLERK, self.other, name="Ngô Cường", email="cuong@so.vn")
        for user, unit in (
            (self.clerk, self.unit),
            (self.head, self.unit),
            (self.colleague, self.other),
        ):
            a_position(a_person(full_name=user.name, user=user), unit)
        self.stranger = a_user_with(Role.OFFICE, a_unit(name="Sở Khác"), name="Người Lạ")

    def mailing(self, **fields: Any) -> Mailing:
        """A mailing of the office to the three people of its units, waiting."""
        return a_mailing(self.office, by=self.officer, **fields)


def addressees(office: Unit) -> list[Addressee]:
    """The clerks and heads of the units right below the office, in the order of the units."""
    units = list(Unit.objects.filter(parent=office))
    found = people_of(units, on=AT.date())
    return [each for unit in units for each in found[unit.pk]]


def a_mailing(office: Unit, *, by: User, at: datetime = AT, **fields: Any) -> Mailing:
    kind = fields.pop("kind", Mailing.Kind.GUIDANCE)
    said = {
        "subject": "Hướng dẫn đăng ký thi đua",
        "text": "Kính gửi {người nhận}, {đơn vị}:\n\nĐề nghị đăng ký trước ngày 15.",
        "addressees": fields.pop("addressees", None) or addressees(office),
    }
    return actions.put_in_outbox(office, kind, **{**said, **fields}, by=by, at=at)


def an_invitation(office: Unit, *, by: User, **fields: Any) -> Mailing:
    """A mailing that invites to a meeting on 16/03/2026 at 8:00."""
    meeting = {
        "kind": Mailing.Kind.INVITATION,
        "subject": "Mời họp Hội đồng",
        "starts_at": datetime(2026, 3, 16, 1, 0, tzinfo=timezone.get_fixed_timezone(0)),
        "place": "Phòng họp tầng 2",
    }
    return a_mailing(office, by=by, **{**meeting, **fields})


def a_file(by: User, name: str = "huong-dan.pdf", content: bytes = PDF) -> File:
    return documents.keep((name, content), by=by, at=AT)


def a_delivery(office: Unit, **fields: Any) -> Delivery:
    """A letter of the office that waits."""
    number = Delivery.objects.count()
    ordinary = {
        "channel": Delivery.Channel.MAIL,
        "key": f"thu-{number}",
        "office_id": office.top_id,
        "name": "Đỗ Thị Ánh",
        "address": "anh@so.vn",
        "subject": "Hướng dẫn đăng ký",
        "text": "Kính gửi",
        "not_before": AT,
        "created_at": AT,
    }
    return Delivery.objects.create(**{**ordinary, **fields})


def a_hook(office: Unit, **fields: Any) -> Hook:
    ordinary = {
        "office_id": office.pk,
        "name": "Nhóm nhắn tin",
        "url": "https://nhan.example.vn/vao",
        "secret": "bi-mat-cua-kenh",
        "kinds": ["mailing", "system"],
        "created_at": AT,
    }
    return Hook.objects.create(**{**ordinary, **fields})
