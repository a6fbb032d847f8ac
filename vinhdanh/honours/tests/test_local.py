"""What the City or the office set itself: written, followed by later values, taken back."""

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from vinhdanh.accounts.tests.make import a_user
from vinhdanh.common.refusal import Refused
from vinhdanh.honours.actions import local as actions
from vinhdanh.honours.models import LocalValue
from vinhdanh.honours.queries import local as queries
from vinhdanh.honours.rules import local as rules
from vinhdanh.journal.models import Line
from vinhdanh.law import store
from vinhdanh.law.book import Delegated
from vinhdanh.people.models import RoleHolding, Unit
from vinhdanh.people.tests.make import a_person, a_position, a_unit, a_user_with

Role = RoleHolding.Role
DAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
SOURCE = "QĐ 71/2025/QĐ-UBND Điều 5"


def a_delegated(kind: str, **fields) -> Delegated:
    return Delegated.model_validate(
        {"code": "x", "name": "X", "text": "X", "by": "UBND Thành phố", "kind": kind}
        | {"source": "Luật 06/2022/QH15 Điều 75", "grade": "A", "from": None}
        | fields
    )


class House:
    """A city with an office, its standing body, a clerk of a unit, and strangers."""

    def __init__(self) -> None:
        self.city = a_unit(name="Thành phố Thử", kind=Unit.Kind.CITY)
        self.office = a_unit(self.city, name="Sở Thử", kind=Unit.Kind.DEPARTMENT)
        self.unit = a_unit(self.office, name="Phòng Nghệ thuật")
        self.keeper = a_user_with(Role.OFFICE, self.office, name="Lê Thường Trực")
        self.clerk = a_user_with(Role.CLERK, self.unit)
        self.worker = a_user()
        a_position(a_person(user=self.worker), self.unit)
        self.stranger = a_user_with(Role.OFFICE, a_unit(name="Sở Khác"))
        self.nobody = a_user()


@pytest.fixture
def house(db) -> House:
    return House()


def set_value(house: House, code: str = "vote_share", **fields) -> list[LocalValue]:
    given = {
        "awards": ["DH_CSTD_CS"], "value": "80", "source": SOURCE, "from_on": date(2026, 1, 1),
        "book": store.book(), "by": house.keeper, "on": DAY, "at": NOW,
    } | fields  # fmt: skip
    return actions.set_value(given.pop("office", house.office), code, **given)


def held(house: House, on: date, code: str = "vote_share", award: str = "DH_CSTD_CS") -> str | None:
    value = queries.local_value(house.office, code, award, on=on)
    return value.value if value else None


@pytest.mark.parametrize(
    ("kind", "typed", "kept", "shown"),
    [
        ("share", "80", "0.8", "80%"),
        ("share", " 66,7 % ", "0.667", "66,7%"),
        ("share", "0", "0", "0%"),
        ("share", "2/3", "2/3", "2/3"),
        ("share", "100%", "1", "100%"),
        ("days", "07", "7", "7"),
        ("count", "0", "0", "0"),
        ("factor", "0,60", "0.6", "0,6"),
        ("factor", "12", "12", "12"),
        ("choice", "bỏ phiếu kín", "bỏ phiếu kín", "bỏ phiếu kín"),
        ("text", " Tờ trình;\nbiên bản. ", "Tờ trình;\nbiên bản.", "Tờ trình;\nbiên bản."),
    ],
)
def test_a_value_is_kept_in_one_form_and_shown_as_officials_write_it(kind, typed, kept, shown):
    delegated = a_delegated(kind, choices=["bỏ phiếu kín", "biểu quyết"])

    assert rules.parse(typed, delegated) == kept
    assert rules.shown(kept, kind) == shown
    assert rules.parse(rules.shown(kept, kind), delegated) == kept


@pytest.mark.parametrize(
    ("kind", "typed", "refusal"),
    [
        ("share", "101", rules.NOT_A_SHARE),
        ("share", "3/2", rules.NOT_A_SHARE),
        ("share", "-5", rules.NOT_A_SHARE),
        ("share", "tám mươi", rules.NOT_A_SHARE),
        ("days", "0", rules.NOT_DAYS),
        ("days", "7,5", rules.NOT_DAYS),
        ("count", "", rules.NOT_A_COUNT),
        ("factor", "0", rules.NOT_A_FACTOR),
        ("factor", "60%", rules.NOT_A_FACTOR),
        ("choice", "oẳn tù tì", rules.NOT_A_CHOICE),
        ("text", "  ", rules.NOTHING),
    ],
)
def test_a_value_of_another_kind_is_refused(kind, typed, refusal):
    with pytest.raises(Refused) as refused:
        rules.parse(typed, a_delegated(kind, choices=["biểu quyết"]))

    assert str(refused.value) == refusal


def test_a_kept_share_is_a_number_between_nothing_and_all():
    assert (rules.number("0.8"), rules.number("2/3")) == (Fraction(4, 5), Fraction(2, 3))


def test_a_factor_above_the_ceiling_of_the_law_is_told():
    day = date(2026, 1, 1)

    assert rules.over_ceiling("0.61", "HT_KNC", day, book=store.book()) == Decimal("0.6")
    assert rules.over_ceiling("0.6", "HT_KNC", day, book=store.book()) is None
    assert rules.over_ceiling("9", "DH_CSTD_CS", day, book=store.book()) is None


def test_a_later_value_follows_and_the_earlier_one_stays(house):
    set_value(house)
    set_value(house, value="85", from_on=date(2026, 6, 1), until_on=date(2026, 12, 31))

    days = [date(2025, 12, 31), date(2026, 1, 1), date(2026, 5, 31), date(2026, 6, 1)]
    assert [held(house, day) for day in days] == [None, "0.8", "0.8", "0.85"]
    assert held(house, date(2027, 1, 1)) == "0.8"
    assert LocalValue.objects.count() == 2


def test_a_value_is_written_for_several_awards_at_once_and_told_once_in_the_journal(house):
    made = set_value(house, awards=["DH_CSTD_CS", "DH_LDTT"], value="80%")

    assert [(value.award, value.value, value.entered_by) for value in made] == [
        ("DH_LDTT", "0.8", house.keeper), ("DH_CSTD_CS", "0.8", house.keeper)
    ]  # fmt: skip
    (line,) = Line.objects.filter(deed="local value set")
    assert (line.thing_id, line.actor_id, line.detail) == (
        house.office.pk,
        house.keeper.pk,
        {
            "content": "Tỷ lệ phiếu tối thiểu",
            "awards": "Lao động tiên tiến; Chiến sĩ thi đua cơ sở",
            "value": "80%",
            "source": SOURCE,
            "from_on": "2026-01-01",
        },
    )


def test_one_value_for_all_needs_no_award(house):
    (value,) = set_value(house, "council_members", awards=[], value="9")

    assert (value.award, held(house, DAY, "council_members", "")) == ("", "9")


def test_what_the_city_set_holds_until_the_office_sets_its_own(house):
    keeper = a_user_with(Role.OFFICE, house.city)
    set_value(house, office=house.city, by=keeper, value="70", from_on=date(2026, 2, 1))
    assert held(house, DAY) == "0.7"

    set_value(house, value="90", from_on=date(2026, 1, 1))

    assert held(house, DAY) == "0.9"


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"source": "  "}, "số hiệu, ngày của văn bản"),
        ({"awards": []}, "chọn ít nhất một"),
        ({"awards": ["HT_HCLD_3_CN"]}, "chọn ít nhất một"),
        ({"value": "120"}, "tỷ lệ từ 0 đến 100%"),
        ({"until_on": date(2025, 12, 31)}, "đứng trước ngày bắt đầu"),
    ],
)
def test_a_value_that_cannot_stand_is_refused(house, fields, refusal):
    with pytest.raises(Refused, match=refusal):
        set_value(house, **fields)

    assert not LocalValue.objects.exists()


@pytest.mark.parametrize("day", [date(2025, 6, 30), date(2027, 3, 1)])
def test_a_value_from_a_day_on_which_the_law_does_not_leave_it_is_refused(house, day):
    with pytest.raises(Refused, match="từ 01/07/2025 đến 28/02/2027; xin xem lại ngày"):
        set_value(house, from_on=day)

    assert not LocalValue.objects.exists()
    assert len(set_value(house, "commendation_criteria", awards=["HT_GK_SO"], from_on=day)) == 1


def test_a_value_holds_no_longer_than_the_law_leaves_it(house):
    set_value(house, from_on=date(2025, 7, 1))

    assert [held(house, date(2027, 2, 28)), held(house, date(2027, 3, 1))] == ["0.8", None]
    (after,) = queries.contents(
        house.office, book=store.book(), on=date(2027, 3, 1), codes=["vote_share"]
    )
    assert (after.is_left, after.holding) == (False, ())


def test_the_page_of_an_award_shows_what_is_left_to_the_city_on_its_day(house):
    set_value(house, from_on=date(2025, 7, 1))
    way = reverse("honours:law_award", args=["DH_CSTD_CS"])

    shown = {}
    for day in ("2025-06-30", "2025-07-01", "2027-03-01"):
        client = Client()
        client.force_login(house.clerk)
        shown[day] = SOURCE in client.get(way, {"day": day}).content.decode()

    assert shown == {"2025-06-30": False, "2025-07-01": True, "2027-03-01": False}


def test_a_second_value_from_the_same_day_is_refused(house):
    set_value(house)

    with pytest.raises(Refused, match=r"Đã có giá trị từ ngày 01/01/2026 \(Chiến sĩ thi đua cơ sở"):
        set_value(house, awards=["DH_LDTT", "DH_CSTD_CS"], value="90")

    assert LocalValue.objects.get().value == "0.8"


def test_a_factor_above_the_ceiling_is_refused(house):
    with pytest.raises(Refused, match="không cho đặt quá 0,6"):
        set_value(house, "commemorative_medal_factor", awards=["HT_KNC"], value="0,8")


def test_only_who_keeps_the_register_writes_and_takes_back(house):
    (value,) = set_value(house)

    for user in (house.clerk, house.worker, house.stranger, house.nobody):
        with pytest.raises(Refused, match="thường trực"):
            set_value(house, by=user, from_on=date(2026, 2, 1))
        with pytest.raises(Refused, match="thường trực"):
            actions.withdraw(value, because="nhầm", book=store.book(), by=user, on=DAY)

    assert LocalValue.objects.get() == value


def test_a_value_taken_back_lets_the_one_before_hold_again(house):
    set_value(house)
    (wrong,) = set_value(house, value="8", from_on=date(2026, 2, 1))

    actions.withdraw(wrong, because="Ghi nhầm 8%", book=store.book(), by=house.keeper, on=DAY)

    assert held(house, DAY) == "0.8"
    line = Line.objects.get(deed="local value withdrawn")
    assert (line.detail["value"], line.detail["reason"]) == ("8%", "Ghi nhầm 8%")
    set_value(house, value="85", from_on=date(2026, 2, 1))
    with pytest.raises(Refused, match="đã được rút lại"):
        actions.withdraw(wrong, because="nữa", book=store.book(), by=house.keeper, on=DAY)


def test_taking_back_without_a_reason_is_refused(house):
    (value,) = set_value(house)

    with pytest.raises(Refused, match="lý do"):
        actions.withdraw(value, because=" ", book=store.book(), by=house.keeper, on=DAY)


def page(user, name, /, *args, method="get", query=None, **fields):
    client = Client()
    if user is not None:
        client.force_login(user)
    address = reverse(f"honours:{name}", args=args)
    return client.post(address, fields) if method == "post" else client.get(address, query or {})


def text(answer) -> str:
    assert answer.status_code == 200
    return answer.content.decode()


def test_everybody_of_the_office_sees_its_values_and_only_its_keeper_the_way_to_change(house):
    # What the law leaves open without an end holds on whatever day the pages are asked for.
    code = "local_bonus_factor"
    (value,) = set_value(house, code, awards=["HN_NTVT"], value="0,35")

    for user in (house.clerk, house.worker, house.keeper):
        listed = text(page(user, "local"))
        assert "0,35" in listed
        assert "gợi ý, chưa có căn cứ" in listed.lower()
        one = text(page(user, "local_content", house.office.pk, code))
        assert SOURCE in one
        assert "Đang áp dụng" in one
        assert ("Ghi quy định" in one) == (user == house.keeper)
        award = text(page(user, "law_award", "HN_NTVT"))
        assert SOURCE in award
    for user in (house.clerk, house.worker):
        assert page(user, "local_new", house.office.pk, code).status_code == 404
        assert page(user, "local_withdraw", value.pk).status_code == 404


def test_a_stranger_finds_nothing_of_another_office(house):
    (value,) = set_value(house)

    for user in (house.stranger, house.nobody):
        content = page(user, "local_content", house.office.pk, "vote_share")
        assert content.status_code == 404
        assert page(user, "local", query={"office": house.office.pk}).status_code == 404
        for name, key in (("local_new", [house.office.pk, "vote_share"]),
                          ("local_withdraw", [value.pk])):  # fmt: skip
            assert page(user, name, *key).status_code == 404
            assert page(user, name, *key, method="post", because="x").status_code == 404
        assert SOURCE not in text(page(user, "local"))
        assert SOURCE not in text(page(user, "law_award", "DH_CSTD_CS"))
    assert LocalValue.objects.get() == value


def test_the_pages_want_a_log_in(house):
    (value,) = set_value(house)

    for name, key in (("local", []), ("local_content", [house.office.pk, "vote_share"]),
                      ("local_new", [house.office.pk, "vote_share"]),
                      ("local_withdraw", [value.pk])):  # fmt: skip
        answer = page(None, name, *key)
        assert answer.status_code == 302
        assert answer["Location"].startswith(reverse("account_login"))


def test_the_keeper_writes_a_value_and_takes_it_back_on_the_page(house):
    key = [house.office.pk, "vote_share"]
    assert 'name="awards"' in text(page(house.keeper, "local_new", *key))

    sent = page(
        house.keeper, "local_new", *key, method="post",
        awards=["DH_LDTT"], value="66,7", source=SOURCE, from_on="2026-01-01",
    )  # fmt: skip

    assert sent["Location"] == reverse("honours:local_content", args=key)
    value = LocalValue.objects.get()
    assert (value.value, value.award, value.office) == ("0.667", "DH_LDTT", house.office)
    history = text(page(house.keeper, "local"))
    assert "Ghi quy định của địa phương" in history
    assert "Văn bản quy định:" in history
    assert "66,7%" in text(page(house.keeper, "local_withdraw", value.pk))
    page(house.keeper, "local_withdraw", value.pk, method="post", because="Ghi nhầm")
    assert not LocalValue.objects.exists()


def test_what_was_typed_survives_a_refusal(house):
    key = [house.office.pk, "vote_share"]
    set_value(house)

    wrong = page(
        house.keeper, "local_new", *key, method="post",
        awards=["DH_LDTT"], value="cao", source="QĐ riêng", from_on="2026-01-01",
        until_on="2025-01-01",
    )  # fmt: skip
    twice = page(
        house.keeper, "local_new", *key, method="post",
        awards=["DH_CSTD_CS"], value="75", source="QĐ riêng", from_on="2026-01-01",
    )  # fmt: skip

    assert (wrong.status_code, twice.status_code) == (422, 422)
    for kept in ('value="cao"', 'value="QĐ riêng"', "tỷ lệ từ 0 đến 100%", "đứng trước ngày"):
        assert kept in wrong.content.decode()
    for kept in ('value="75"', 'value="QĐ riêng"', "Đã có giá trị từ ngày 01/01/2026"):
        assert kept in twice.content.decode()
    assert LocalValue.objects.get().value == "0.8"


def test_each_content_has_its_form_and_its_page(house):
    for delegated in store.book().delegated.values():
        key = [house.office.pk, delegated.code]
        assert delegated.name in text(page(house.keeper, "local_content", *key))
        assert 'name="value"' in text(page(house.keeper, "local_new", *key))


def cost(user, address) -> int:
    client = Client()
    client.force_login(user)
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_the_pages_cost_the_same_for_one_value_and_for_many(house):
    addresses = [
        reverse("honours:local"),
        reverse("honours:local_content", args=[house.office.pk, "vote_share"]),
        reverse("honours:law_award", args=["DH_CSTD_CS"]),
    ]
    set_value(house)
    before = [cost(house.keeper, address) for address in addresses]
    keeper = a_user_with(Role.OFFICE, house.city)
    everything = store.book().delegated["vote_share"].awards
    for month in range(2, 8):
        set_value(house, awards=everything, from_on=date(2026, month, 1))
        set_value(house, office=house.city, by=keeper, from_on=date(2026, month, 1))

    assert [cost(house.keeper, address) for address in addresses] == before
