"""Every address of the room for everybody: who gets the page, who is told that there is none."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from vinhdanh.accounts.models import User
from vinhdanh.accounts.tests.make import a_user
from vinhdanh.honours.actions import local, traits
from vinhdanh.honours.models import Fact
from vinhdanh.honours.queries.law import slug
from vinhdanh.honours.tests import make_imports
from vinhdanh.honours.tests.make import (
    AT,
    DAY,
    a_conferral,
    a_discipline,
    a_household,
    a_rating,
    a_recognition,
    an_open_matter,
)
from vinhdanh.honours.urls import urlpatterns
from vinhdanh.law import store
from vinhdanh.people.models import RoleHolding, Unit
from vinhdanh.people.tests.make import a_person, a_position, a_unit, a_user_with

pytestmark = pytest.mark.django_db
Role = RoleHolding.Role

KEEPER = {"office"}
OVERSEERS = KEEPER | {"director", "auditor", "chair", "secretary"}
ACTING = {"clerk", "head"}
OFFICE_WIDE = OVERSEERS | ACTING
ELSEWHERE = {"other office", "other director"}
NOBODY: set[str] = set()
# Who asks for what everybody may look at, instead of everybody.
ANYBODY = {"office", "administrator", "worker", "stranger", "other office", "logged out"}


class Away(make_imports.House):
    """Another office with a person, an award and a list of its own."""

    def __init__(self) -> None:
        super().__init__()
        known = self.person("Phạm Văn Xa")
        self.known, self.fact = known, a_conferral(known, self.office, by=self.keeper)
        self.list = self.matched(
            make_imports.a_list(["Phạm Văn Xa", "Phòng Nghệ thuật", "Lao động tiên tiến", 2021])
        )


class House(make_imports.House):
    """An office with two units, a person of the first with a fact of each kind, and everybody."""

    def __init__(self) -> None:
        super().__init__()
        self.other = a_unit(self.office, name="Phòng Tài chính")
        bloc = a_unit(self.office, kind=Unit.Kind.BLOC)
        self.worker = a_user(username="an.nv")
        self.known = a_person(full_name="Nguyễn Văn An", user=self.worker)
        a_position(self.known, self.unit)
        colleague = a_user(username="binh.tt")
        a_position(a_person(full_name="Trần Thị Bình", user=colleague), self.unit)
        self.away = Away()
        self.everybody: dict[str, User | None] = {
            "office": self.keeper,
            "director": a_user_with(Role.DIRECTOR, self.office),
            "auditor": a_user_with(Role.AUDITOR, self.office),
            "chair": a_user_with(Role.COUNCIL_CHAIR, self.office),
            "secretary": a_user_with(Role.COUNCIL_SECRETARY, self.office),
            "clerk": a_user_with(Role.CLERK, self.unit),
            "head": a_user_with(Role.HEAD, self.unit),
            "other clerk": a_user_with(Role.CLERK, self.other),
            "other head": a_user_with(Role.HEAD, self.other),
            "bloc head": a_user_with(Role.BLOC_HEAD, bloc),
            "bloc deputy": a_user_with(Role.BLOC_DEPUTY, bloc),
            "member": a_user_with(Role.COUNCIL_MEMBER, self.office),
            "inspector": a_user_with(Role.INSPECTOR, self.office),
            "judge": a_user_with(Role.JUDGE, self.office),
            "administrator": a_user_with(Role.ADMINISTRATOR, self.office),
            "worker": self.worker,
            "colleague": colleague,
            "stranger": a_user(username="nguoi.la"),
            "other office": self.away.keeper,
            "other director": a_user_with(Role.DIRECTOR, self.away.office),
            "logged out": None,
        }
        self.household = a_household(self.office, head_name="Lê Thị Hộ")
        by = {"by": self.keeper}
        self.facts: dict[str, Fact] = {
            "khen-thuong": a_conferral(self.known, self.office, **by),
            "xep-loai": a_rating(self.known, self.office, **by),
            "sang-kien": a_recognition(self.known, self.office, **by),
            "ky-luat": a_discipline(self.known, self.office, **by),
            "vu-viec": an_open_matter(self.known, self.office, **by),
        }
        self.of_unit = a_conferral(self.unit, self.office, award="DH_TTLDTT", **by)
        self.list = self.matched(
            make_imports.a_list(
                ["Nguyễn Văn An", "Phòng Nghệ thuật", "Lao động tiên tiến", 2021],
                ["Người Không Có", "Phòng Nghệ thuật", "Lao động tiên tiến", 2021],
            )
        )
        given = {"book": store.book(), "by": self.keeper, "on": DAY}
        self.trait = traits.declare(self.unit, "no_flags", source="QĐ 1/QĐ", **given)
        (self.value,) = local.set_value(
            self.office,
            "vote_share",
            awards=["DH_CSTD_CS"],
            value="80",
            source="QĐ 71/2025/QĐ-UBND",
            from_on=date(2026, 1, 1),
            at=AT,
            **given,
        )


# What a form is sent that says nothing of what is asked.
NOTHING = {"khac": "1"}


@dataclass(frozen=True)
class Address:
    """An address with who gets it; to everybody else there is no such page.

    `sends`: what is posted, None for a page that is looked at; `answer` to those who may, `other`
    to those who may not.
    """

    name: str
    args: tuple[object, ...] = ()
    who: Collection[str] = ()
    query: str = ""
    sends: dict[str, str] | None = None
    answer: int = 200
    other: int = 404

    def __str__(self) -> str:
        return f"{'POST' if self.sends is not None else 'GET'} {self.name} {self.query}"


def addresses(house: House, everybody: set[str]) -> list[Address]:
    """Every address of the room, and again where what it is asked changes who gets it."""
    person, unit, office = house.known.pk, house.unit.pk, house.office.pk
    line = house.list.lines.order_by("number").last()
    away = house.away
    own_import = (house.list.pk,)
    searching = OFFICE_WIDE | {"other clerk", "other head", "other office", "other director"}
    about = f"person={person}"
    listed = [
        Address("register", who=everybody),
        Address("register", query=f"unit={away.unit.pk}&as_of=2026-04-01", who=everybody),
        Address("register_export", who=everybody),
        Address("register_export", query="q=an&award=DH_LDTT", who=everybody),
        Address("bonuses", who=everybody),
        Address("bonuses", query=f"unit={away.unit.pk}&year=&verdict=judge", who=everybody),
        Address("bonuses_export", who=everybody),
        Address("conferral", (house.facts["khen-thuong"].pk,), OFFICE_WIDE | {"worker"}),
        Address("conferral", (house.of_unit.pk,), OFFICE_WIDE),
        Address("conferral", (away.fact.pk,), {"other office", "other director"}),
        Address("enter", who=KEEPER | {"other office"}),
        Address("enter", query=about, who=KEEPER),
        Address("enter", query=f"unit={unit}", who=KEEPER),
        Address("enter", query=f"household={house.household.pk}", who=KEEPER),
        Address("enter", query=f"person={away.known.pk}", who={"other office"}),
        Address("enter_household", who=KEEPER | {"other office"}),
        Address("enter_household", sends=NOTHING, who=KEEPER | {"other office"}, answer=422),
        Address("mine", who={"worker", "colleague"}, answer=302, other=200),
        Address("person", (person,), OFFICE_WIDE | {"worker"}),
        Address("person", (person,), OFFICE_WIDE | {"worker"}, query="as_of=2026-04-01"),
        Address("person", (away.known.pk,), {"other office", "other director"}),
        Address("unit", (unit,), OFFICE_WIDE),
        Address("unit", (office,), OVERSEERS),
        Address("unit_traits", (unit,), KEEPER),
        Address("unit_traits", (unit,), KEEPER, sends=NOTHING, answer=422),
        Address("unit_trait_withdraw", (unit, house.trait.pk), KEEPER),
        Address("unit_trait_withdraw", (unit, house.trait.pk), KEEPER, sends=NOTHING, answer=422),
        Address("unit_trait_withdraw", (away.unit.pk, house.trait.pk), NOBODY),
        Address("household", (house.household.pk,), OVERSEERS),
        Address("imports", who=KEEPER | {"other office"}),
        Address("imports", sends=NOTHING, who=KEEPER | {"other office"}, answer=422),
        Address("import_template", ("conferrals",), KEEPER | {"other office"}),
        Address("import", own_import, KEEPER),
        Address("import_progress", own_import, KEEPER),
        Address("import_columns", own_import, KEEPER),
        Address("import_columns", own_import, KEEPER, sends=NOTHING, answer=422),
        Address("import_settle", own_import, KEEPER, sends={"line": "không"}, answer=404),
        Address("import_line", (*own_import, line.pk), KEEPER),
        Address("import_line", (*own_import, line.pk), KEEPER, sends={"chosen": "x"}, answer=422),
        Address("import_line", (away.list.pk, line.pk), NOBODY),
        Address("import_discard", own_import, KEEPER),
        Address("import_discard", own_import, KEEPER, sends=NOTHING, answer=302),
        Address("import_store", own_import, KEEPER, sends=NOTHING, answer=302),
        Address("import_store", own_import, NOBODY, other=405),
        Address("import_file", own_import, KEEPER),
        Address("screening", who=searching),
        Address("screening", query=f"unit={unit}&award=DH_LDTT", who=OFFICE_WIDE),
        Address("screening", query=f"unit={office}&kind=collective", who=OVERSEERS),
        Address("screening", query=f"unit={away.unit.pk}", who={"other office", "other director"}),
        Address("screening_export", query=f"unit={unit}&award=DH_LDTT", who=OFFICE_WIDE),
        Address(
            "screening_export", query=f"unit={unit}&award=DH_LDTT", who=OFFICE_WIDE, sends=NOTHING
        ),
        Address("chains", who=searching),
        Address("chains", query=f"unit={unit}", who=OFFICE_WIDE),
        Address("chains_export", query=f"unit={unit}", who=OFFICE_WIDE),
        Address("person_eligibility", (person,), OFFICE_WIDE | {"worker"}),
        Address("person_path", (person,), OFFICE_WIDE | {"worker"}),
        Address("unit_eligibility", (unit,), OFFICE_WIDE),
        Address("unit_path", (unit,), OFFICE_WIDE),
        Address("household_eligibility", (house.household.pk,), OVERSEERS),
        *(
            Address(name, who=everybody)
            for name in ("law", "law_rules", "law_texts", "law_changes", "local")
        ),
        Address("law_award", ("DH_LDTT",), everybody),
        Address("law_text", (slug(next(iter(store.book().texts.values()))),), everybody),
        Address("local", query=f"office={office}", who=everybody - {"stranger", *ELSEWHERE}),
        Address("local_content", (office, "vote_share"), everybody - {"stranger", *ELSEWHERE}),
        Address("local_new", (office, "vote_share"), KEEPER),
        Address("local_new", (office, "vote_share"), KEEPER, sends=NOTHING, answer=422),
        Address("local_withdraw", (house.value.pk,), KEEPER),
        Address("local_withdraw", (house.value.pk,), KEEPER, sends=NOTHING, answer=422),
    ]
    seen_by = {
        "khen-thuong": OFFICE_WIDE | {"worker"},
        "xep-loai": OFFICE_WIDE | {"worker"},
        "sang-kien": OFFICE_WIDE | {"worker"},
        "ky-luat": OVERSEERS | {"worker"},
        "vu-viec": OVERSEERS,
    }
    for kind, fact in house.facts.items():
        listed += [
            Address("fact", (kind, fact.pk), seen_by[kind]),
            Address("enter_fact", (kind,), KEEPER, query=about),
            Address("correct", (kind, fact.pk), KEEPER),
            Address("withdraw", (kind, fact.pk), KEEPER),
        ]
    for kind in ("khen-thuong", "vu-viec"):
        pk = house.facts[kind].pk
        listed += [
            Address("origin_file", (kind, pk), NOBODY),  # typed in: there is no file
            Address("enter_fact", (kind,), KEEPER, query=about, sends=NOTHING, answer=422),
            Address("correct", (kind, pk), KEEPER, sends=NOTHING, answer=422),
            Address("withdraw", (kind, pk), KEEPER, sends=NOTHING, answer=422),
        ]
    return listed


def answered(client: Client, address: Address) -> int:
    """What the address answers, nothing of it kept."""
    url = reverse(f"honours:{address.name}", args=address.args) + f"?{address.query}"
    with transaction.atomic():
        sends = address.sends
        answer = client.get(url) if sends is None else client.post(url, sends)
        if answer.streaming:
            b"".join(answer)  # read to its end, the file is closed
        transaction.set_rollback(True)
    return answer.status_code


# A third of everybody each, so that several can be asked at once.
@pytest.mark.parametrize("third", range(3))
def test_everybody_gets_the_pages_that_are_theirs_and_no_others(third):
    house = House()
    everybody = set(house.everybody) - {"logged out"}
    listed = addresses(house, everybody)
    wrong = []

    for name, user in list(house.everybody.items())[third::3]:
        client = Client()
        if user is not None:
            client.force_login(user)
        for address in listed:
            if address.who is everybody and name not in ANYBODY:
                continue
            expected = address.answer if name in address.who else address.other
            if user is None:
                expected = 302  # to the log-in
            status = answered(client, address)
            if status != expected:
                wrong.append(f"{address} as {name}: {status}, not {expected}")

    assert wrong == []


def test_no_address_of_the_room_is_left_out():
    asked = {address.name for address in addresses(House(), set())}

    assert asked == {pattern.name for pattern in urlpatterns}
