"""An office to look at the pages on eligibility with, and ways to look at them."""

import io
from datetime import date

from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from vinhdanh.accounts.models import User
from vinhdanh.accounts.tests.make import a_user
from vinhdanh.honours.models import Recognition, YearRating
from vinhdanh.honours.tests.make import a_conferral, a_rating, a_recognition, the_keeper
from vinhdanh.people.models import Person, RoleHolding, Unit
from vinhdanh.people.tests.make import a_person, a_position, a_unit, a_user_with

Role = RoleHolding.Role
ASKED = {"year": "2025", "day": "2026-03-02"}


class House:
    """An office with two units; in the first a person with an account and a history."""

    def __init__(self) -> None:
        self.office = a_unit(name="Sở Văn hóa Thí điểm")
        self.unit = a_unit(self.office, name="Phòng Di sản")
        self.other = a_unit(self.office, name="Phòng Tài chính")
        self.keeper = the_keeper(self.office)
        self.auditor = a_user_with(Role.AUDITOR, self.office)
        self.clerk = a_user_with(Role.CLERK, self.unit)
        self.head = a_user_with(Role.HEAD, self.unit)
        self.colleague = a_user_with(Role.CLERK, self.other)
        self.admin = a_user_with(Role.ADMINISTRATOR, self.office)
        self.elsewhere = the_keeper(a_unit(name="Sở Khác"))
        self.stranger = a_user(username="nguoi.la")
        self.worker = a_user(username="anh.nt")
        self.person = a_person(full_name="Nguyễn Thị Ánh", user=self.worker)
        a_position(self.person, self.unit)
        a_history(self.person, self.office)


def a_history(person: Person, office: Unit) -> None:
    """Excellent and the grassroots title in three years, an initiative of provincial reach."""
    for year in (2023, 2024, 2025):
        a_rating(person, office, year=year, level=YearRating.Level.EXCELLENT)
        a_conferral(
            person,
            office,
            award="DH_CSTD_CS",
            achieved_from=date(year, 1, 1),
            achieved_until=date(year, 12, 31),
            decided_on=date(year, 12, 20),
        )
    a_recognition(person, office, year=2025, reach=Recognition.Reach.PROVINCE)


def get(user: User | None, name: str, *args: object, **query: str) -> HttpResponse:
    client = Client()
    if user is not None:
        client.force_login(user)
    return client.get(reverse(f"honours:{name}", args=args), {**ASKED, **query})


def page(user: User, name: str, *args: object, **query: str) -> str:
    answer = get(user, name, *args, **query)
    assert answer.status_code == 200
    return answer.content.decode()


def rows(answer: HttpResponse) -> list[list]:
    content = b"".join(answer) if answer.streaming else answer.content
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def queries(user: User, name: str, *args: object, **query: str) -> int:
    client = Client()
    client.force_login(user)
    client.get(reverse(f"honours:{name}", args=args), {**ASKED, **query})
    with CaptureQueriesContext(
        connection,
    ) as made:
        client.get(reverse(f"honours:{name}", args=args), {**ASKED, **query})
    return len(made)
