"""What only the office can declare of a collective: by whom, what it changes, who sees it."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from vinhdanh.accounts.tests.make import a_user
from vinhdanh.common.refusal import Refused
from vinhdanh.honours.actions import traits as actions
from vinhdanh.honours.models import UnitTrait
from vinhdanh.honours.queries.facts import facts_of
from vinhdanh.honours.rules.eligibility import answers
from vinhdanh.honours.rules.traits import Trait, traits
from vinhdanh.honours.tests.make import DAY, a_conferral, the_keeper
from vinhdanh.honours.tests.make_book import a_book, a_leaf, an_award
from vinhdanh.journal.models import Line
from vinhdanh.law import store
from vinhdanh.people.models import RoleHolding, Succession, Unit
from vinhdanh.people.tests.make import a_unit, a_user_with

pytestmark = pytest.mark.django_db
Role = RoleHolding.Role
SOURCE = "QĐ 12/QĐ-UBND ngày 05/01/2026"


class House:
    """An office with two units, who keeps its register, and others."""

    def __init__(self) -> None:
        self.office = a_unit(name="Sở Văn hóa Thí điểm", kind=Unit.Kind.DEPARTMENT)
        self.unit = a_unit(self.office, name="Ban Quản lý Nhà hát")
        self.other = a_unit(self.office, name="Phòng Tài chính")
        self.keeper = the_keeper(self.office)
        self.director = a_user_with(Role.DIRECTOR, self.office)
        self.clerk = a_user_with(Role.CLERK, self.unit)
        self.colleague = a_user_with(Role.CLERK, self.other)
        self.admin = a_user_with(Role.ADMINISTRATOR, self.office)
        self.elsewhere = the_keeper(a_unit(name="Sở Khác"))
        self.stranger = a_user()


@pytest.fixture
def house() -> House:
    return House()


def declare(house: House, word: str = "no_flags", **fields) -> UnitTrait:
    given = {"source": SOURCE, "book": store.book(), "by": house.keeper, "on": DAY} | fields
    return actions.declare(given.pop("unit", house.unit), word, **given)


def withdraw(house: House, trait: UnitTrait, **fields) -> None:
    given = {"because": "Khai nhầm", "book": store.book(), "by": house.keeper, "on": DAY} | fields
    actions.withdraw(trait, **given)


def answer_of(user, name, /, *args, method="get", **fields):
    client = Client()
    if user is not None:
        client.force_login(user)
    address = reverse(f"honours:{name}", args=args)
    return client.post(address, fields) if method == "post" else client.get(address)


def text(answer) -> str:
    assert answer.status_code == 200
    return answer.content.decode()


def sort_findings(unit: Unit) -> list[str]:
    (facts,) = facts_of(units=[unit], year=2025, on=DAY)
    (answer,) = answers(facts, book=store.book(), on=DAY, codes=["HT_HCLD_3_TT"])
    return [
        f"{finding.branch}: {finding.as_read}"
        for finding in answer.findings
        if finding.kind == "sort"
    ]


def test_the_words_and_their_texts_come_from_the_law_book():
    found = traits(store.book())

    assert {word: trait.text for word, trait in found.items()} == {
        "commune": "Là xã, phường, đặc khu",
        "enterprise": "Doanh nghiệp, tổ chức kinh tế khác",
        "foreign": "Tập thể người nước ngoài",
        "ministry_or_province": "Bộ, ban, ngành, tỉnh, cơ quan của Quốc hội",
        "no_flags": "Không thuộc đối tượng tặng cờ thi đua",
        "other_collective": "Tập thể khác, gồm Sở và đơn vị thuộc Sở",
        "overseas": "Người Việt Nam ở nước ngoài",
        "village": "Là thôn, tổ dân phố",
    }
    assert found["village"].awards == ("Thôn, tổ dân phố văn hóa",)


def test_what_is_asked_of_persons_alone_is_no_trait_of_a_collective():
    of_persons = {"all": [a_leaf("recipient", one_of=["person"]), a_leaf("sort", one_of=["king"])]}
    of_all = a_leaf("sort", one_of=["far", "near"], text="ở xa, ở gần, ở giữa")
    asked = {"any": [of_persons, of_all]}

    book = a_book(an_award("HT_X", asked, recipients=["person", "collective"], name="X"))

    assert traits(book) == {
        "far": Trait("far", "Ở xa, ở gần, ở giữa", ("X",)),
        "near": Trait("near", "Ở xa, ở gần, ở giữa", ("X",)),
    }


def test_a_declared_trait_changes_what_the_conditions_answer_and_taking_back_undoes_it(house):
    before = sort_findings(house.unit)
    assert before == ["44.4.đ: judge", "44.5: judge", "44.6: judge"]

    enterprise, no_flags = declare(house, "enterprise"), declare(house)
    assert sort_findings(house.unit) == ["44.4.đ: met", "44.5: met", "44.6: unmet"]

    withdraw(house, enterprise)
    withdraw(house, no_flags)
    assert sort_findings(house.unit) == before


def test_what_was_declared_holds_after_a_change_of_name(house):
    now = a_unit(house.office, name="Ban Nhà hát", valid_from=date(2026, 1, 1))
    Unit.objects.filter(pk=house.unit.pk).update(
        ending=Unit.Ending.RENAMED, valid_until=date(2025, 12, 31)
    )
    Succession.objects.create(unit=house.unit, successor=now)
    declare(house)

    (facts,) = facts_of(units=[now], year=2025, on=DAY)

    assert facts.traits == ("no_flags",)
    assert "Khai với tên trước: Ban Quản lý Nhà hát" in text(
        answer_of(house.keeper, "unit_traits", now.pk)
    )
    with pytest.raises(Refused, match="Đã khai"):
        declare(house, unit=now)


def test_the_journal_tells_what_was_declared_and_taken_back(house):
    withdraw(house, declare(house, source=f"  {SOURCE} "))

    told = Line.objects.filter(deed__startswith="unit trait").order_by("id")
    said = {"trait": "Không thuộc đối tượng tặng cờ thi đua", "source": SOURCE}
    assert [(line.deed, line.thing_id, line.actor_id, line.detail) for line in told] == [
        ("unit trait declared", house.unit.pk, house.keeper.pk, said),
        ("unit trait withdrawn", house.unit.pk, house.keeper.pk, said | {"reason": "Khai nhầm"}),
    ]


@pytest.mark.parametrize(
    ("word", "fields", "refusal"),
    [
        ("head_of_state", {}, "Luật không hỏi thuộc tính này"),
        ("no_flags", {"source": "  "}, "Xin ghi căn cứ"),
    ],
)
def test_a_declaration_that_cannot_stand_is_refused(house, word, fields, refusal):
    with pytest.raises(Refused, match=refusal):
        declare(house, word, **fields)

    assert not UnitTrait.objects.exists()


def test_a_trait_is_declared_once_and_taken_back_once(house):
    trait = declare(house)
    with pytest.raises(Refused, match="Đã khai “Không thuộc đối tượng tặng cờ thi đua”"):
        declare(house)
    with pytest.raises(Refused, match="lý do"):
        withdraw(house, trait, because=" ")

    withdraw(house, trait)

    with pytest.raises(Refused, match="đã được gỡ"):
        withdraw(house, trait)


def test_only_who_keeps_the_register_declares_and_takes_back(house):
    trait = declare(house)

    for user in (house.director, house.clerk, house.colleague, house.admin, house.elsewhere,
                 house.stranger):  # fmt: skip
        with pytest.raises(Refused, match="giữ sổ khen thưởng"):
            declare(house, "enterprise", by=user)
        with pytest.raises(Refused, match="giữ sổ khen thưởng"):
            withdraw(house, trait, by=user)
        for name, key in (("unit_traits", [house.unit.pk]),
                          ("unit_trait_withdraw", [house.unit.pk, trait.pk])):  # fmt: skip
            assert answer_of(user, name, *key).status_code == 404
            sent = answer_of(user, name, *key, method="post", word="enterprise", source="x")
            assert sent.status_code == 404
    for name, key in (("unit_traits", [house.unit.pk]),
                      ("unit_trait_withdraw", [house.unit.pk, trait.pk])):  # fmt: skip
        answer = answer_of(None, name, *key)
        assert answer.status_code == 302
        assert answer["Location"].startswith(reverse("account_login"))
    assert UnitTrait.objects.get() == trait


def test_an_outside_unit_is_declared_by_the_office_that_honoured_it(house):
    firm = a_unit(name="Công ty Sao Mai", outside=True)
    with pytest.raises(Refused):
        declare(house, "enterprise", unit=firm)
    a_conferral(firm, house.office, award="HT_BK_TINH_TT", by=house.keeper)

    declare(house, "enterprise", unit=firm)

    assert "Sao Mai" in text(answer_of(house.keeper, "unit_traits", firm.pk))
    assert answer_of(house.elsewhere, "unit_traits", firm.pk).status_code == 404


def test_all_who_see_the_record_of_a_unit_see_its_traits(house):
    declare(house)

    for user in (house.keeper, house.director, house.clerk):
        shown = text(answer_of(user, "unit", house.unit.pk))
        assert "Không thuộc đối tượng tặng cờ thi đua" in shown
        assert SOURCE in shown
        link = reverse("honours:unit_traits", args=[house.unit.pk])
        assert (link in shown) == (user == house.keeper)
    for user in (house.colleague, house.elsewhere, house.stranger):
        assert answer_of(user, "unit", house.unit.pk).status_code == 404


def test_the_keeper_declares_and_takes_back_on_the_page(house):
    key = [house.unit.pk]
    first = text(answer_of(house.keeper, "unit_traits", *key))
    assert 'value="enterprise"' in first
    assert "Chưa khai gì" in first

    sent = answer_of(
        house.keeper, "unit_traits", *key, method="post", word="enterprise", source=SOURCE
    )

    assert sent["Location"] == reverse("honours:unit_traits", args=key)
    trait = UnitTrait.objects.get()
    shown = text(answer_of(house.keeper, "unit_traits", *key))
    assert 'value="enterprise"' not in shown
    assert "Khai thuộc tính của tập thể" in shown
    way = ("unit_trait_withdraw", *key, trait.pk)
    assert answer_of(house.keeper, *way, method="post", because=" ").status_code == 422
    answer_of(house.keeper, *way, method="post", because="Nhầm")
    assert not UnitTrait.objects.exists()


def test_a_trait_of_another_unit_is_not_taken_back_here(house):
    trait = declare(house, unit=house.other)

    answer = answer_of(house.keeper, "unit_trait_withdraw", house.unit.pk, trait.pk)

    assert answer.status_code == 404


def test_what_was_typed_survives_a_refusal(house):
    sent = answer_of(
        house.keeper, "unit_traits", house.unit.pk, method="post", word="enterprise", source=" "
    )

    assert sent.status_code == 422
    assert "checked" in sent.content.decode()


def test_the_pages_cost_the_same_for_one_trait_and_for_all(house):
    def cost(name: str) -> int:
        client = Client()
        client.force_login(house.keeper)
        address = reverse(f"honours:{name}", args=[house.unit.pk])
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    declare(house)
    before = [cost("unit"), cost("unit_traits")]
    for word in ("enterprise", "foreign", "overseas", "village"):
        declare(house, word)

    assert [cost("unit"), cost("unit_traits")] == before
