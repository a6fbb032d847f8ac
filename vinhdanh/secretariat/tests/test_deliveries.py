"""Deciding about what did not arrive."""

from datetime import timedelta
from uuid import uuid4

import pytest

from vinhdanh.common.refusal import Refused
from vinhdanh.journal import queries as journal
from vinhdanh.notices import queries
from vinhdanh.notices.models import Delivery
from vinhdanh.people.models import Unit
from vinhdanh.people.tests.make import a_unit, a_user_with
from vinhdanh.secretariat import access
from vinhdanh.secretariat.actions import deliveries as actions
from vinhdanh.secretariat.tests.make_mailings import AT, House, Role, a_delivery, a_mailing

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(minutes=5)
DAY = AT.date()


@pytest.fixture
def house() -> House:
    return House()


def last_deed(delivery: Delivery) -> str:
    return journal.lines_about(delivery)[0].deed


def test_what_failed_is_sent_again(house):
    delivery = a_delivery(house.office, state="failed", attempts=6, last_error="Máy chủ bận.")

    actions.resend(delivery, by=house.officer, at=LATER)

    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts, delivery.not_before, delivery.last_error) == (
        "waiting",
        0,
        LATER,
        "",
    )
    assert last_deed(delivery) == "delivery resent"


def test_what_is_unsure_is_settled_as_sent(house):
    delivery = a_delivery(house.office, state="unsure", handed_at=AT)

    actions.settle_as_sent(delivery, by=house.officer, at=LATER)

    delivery.refresh_from_db()
    assert (delivery.state, delivery.sent_at) == ("sent", AT)
    assert last_deed(delivery) == "delivery settled as sent"


def test_what_waits_is_cancelled(house):
    delivery = a_delivery(house.office)

    actions.cancel(delivery, by=house.officer, at=LATER)

    delivery.refresh_from_db()
    assert delivery.state == "cancelled"
    assert last_deed(delivery) == "delivery cancelled"


@pytest.mark.parametrize(
    ("deed", "state"),
    [
        (actions.resend, "sent"),
        (actions.resend, "waiting"),
        (actions.settle_as_sent, "failed"),
        (actions.cancel, "sent"),
        (actions.cancel, "handing"),
    ],
)
def test_a_delivery_in_another_state_is_left_as_it_is(house, deed, state):
    delivery = a_delivery(house.office, state=state)

    with pytest.raises(Refused, match="không còn ở trạng thái"):
        deed(delivery, by=house.officer, at=LATER)

    delivery.refresh_from_db()
    assert delivery.state == state
    assert journal.lines_about(delivery).count() == 0


@pytest.mark.parametrize("deed", list(actions.DEEDS.values()))
def test_only_who_runs_the_office_decides(house, deed):
    delivery = a_delivery(house.office, state="unsure", handed_at=AT)

    for user in (house.director, house.admin, house.clerk, house.stranger):
        with pytest.raises(Refused, match="Chỉ thường trực"):
            deed(delivery, by=user, at=LATER)

    delivery.refresh_from_db()
    assert delivery.state == "unsure"


def test_several_are_decided_each_by_itself(house):
    failed = [a_delivery(house.office, state="failed") for _ in range(2)]
    sent = a_delivery(house.office, state="sent")

    done = actions.decide("gui-lai", [*failed, sent], by=house.officer, at=LATER)

    assert done == (2, 1)
    assert queries.counts_by_state(Delivery.objects.all()) == {
        "waiting": 2,
        "handing": 0,
        "sent": 1,
        "failed": 0,
        "unsure": 0,
        "cancelled": 0,
    }


def test_a_department_below_sees_the_letters_of_its_own_mailings_alone(house):
    city = a_unit(name="Thành phố", kind=Unit.Kind.CITY)
    department = a_unit(city, name="Sở trong thành phố", kind=Unit.Kind.DEPARTMENT)
    officer = a_user_with(Role.OFFICE, department)
    auditor = a_user_with(Role.AUDITOR, city)
    mailing = a_mailing(department, by=officer)
    own = a_delivery(department, batch_id=mailing.pk)
    of_the_city = a_delivery(city, batch_id=uuid4())
    elsewhere = a_delivery(house.office)

    assert set(access.visible_deliveries(officer, on=DAY)) == {own}
    assert set(access.deliveries_run(officer, on=DAY)) == {own}
    assert set(access.visible_deliveries(auditor, on=DAY)) == {own, of_the_city}
    assert not access.deliveries_run(auditor, on=DAY).exists()
    assert set(access.visible_deliveries(house.director, on=DAY)) == {elsewhere}
    assert not access.visible_deliveries(house.clerk, on=DAY).exists()
