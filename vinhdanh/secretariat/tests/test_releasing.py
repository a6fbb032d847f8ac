"""Releasing and discarding what waits: everybody gets their copy, once."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from vinhdanh.common.refusal import Refused
from vinhdanh.journal import queries as journal
from vinhdanh.notices.models import Delivery, Message
from vinhdanh.secretariat.actions import mailings as actions
from vinhdanh.secretariat.models import Mailing
from vinhdanh.secretariat.queries import mailings as queries
from vinhdanh.secretariat.queries.mailings import Sent
from vinhdanh.secretariat.rules.mailings import Addressee
from vinhdanh.secretariat.tests.make_mailings import (
    AT,
    House,
    a_file,
    a_hook,
    an_invitation,
)

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(minutes=5)


@pytest.fixture
def house() -> House:
    return House()


def deeds(mailing: Mailing) -> list[str]:
    return list(journal.lines_about(mailing).order_by("id").values_list("deed", flat=True))


def test_released_everybody_gets_their_own_copy_once(house):
    file = a_file(house.officer)
    mailing = house.mailing(files=[file])
    actions.leave_out(
        mailing, [mailing.recipients.get(user=house.colleague).pk], by=house.officer, at=LATER
    )

    actions.release(mailing, by=house.officer, at=LATER)

    mailing.refresh_from_db()
    recipient = mailing.recipients.get(user=house.clerk)
    url = f"/van-thu/thu-den/{mailing.pk}/"
    assert (mailing.state, mailing.settled_at, mailing.settled_by) == (
        "released",
        LATER,
        house.officer,
    )
    told = Message.objects.order_by("text").values_list(
        "user__name", "kind", "title", "text", "url"
    )
    assert list(told) == [
        (
            name,
            "mailing",
            "Hướng dẫn đăng ký thi đua",
            f"Kính gửi {name}, Phòng Nghệ thuật:\n\nĐề nghị đăng ký trước ngày 15.",
            url,
        )
        for name in ("Vũ Bình", "Đỗ Thị Ánh")
    ]
    [letter] = Delivery.objects.all()
    assert (letter.key, letter.address, letter.name, letter.batch_id, letter.office_id) == (
        f"mailing:{mailing.pk}:{recipient.pk}",
        "anh@so.vn",
        "Đỗ Thị Ánh",
        mailing.pk,
        house.office.pk,
    )
    assert letter.text.startswith("Kính gửi Đỗ Thị Ánh, Phòng Nghệ thuật:")
    assert letter.text.endswith(url)
    assert letter.attachments == [
        {"name": "huong-dan.pdf", "type": "application/pdf", "place": file.place}
    ]
    assert queries.sent([mailing]) == {mailing.pk: Sent(letters=1)}
    last = journal.lines_about(mailing)[0]
    assert (last.deed, last.detail) == ("mailing released", {"recipients": 2, "letters": 1})


def test_what_is_released_twice_is_sent_once(house):
    mailing = house.mailing()
    stale = Mailing.objects.get(pk=mailing.pk)
    actions.release(mailing, by=house.officer, at=AT)

    with pytest.raises(Refused, match="không còn chờ gửi"):
        actions.release(stale, by=house.officer, at=LATER)

    assert (Message.objects.count(), Delivery.objects.count()) == (3, 2)


@pytest.mark.django_db(transaction=True)
def test_two_people_who_release_at_once_send_once():
    house = House()
    mailing = house.mailing()
    start, answers = threading.Barrier(4), []

    def press() -> None:
        try:
            start.wait(60)
            actions.release(mailing, by=house.officer, at=LATER)
            answers.append("released")
        except Refused as refusal:
            answers.append(str(refusal))
        finally:
            connection.close()

    pressing = [threading.Thread(target=press) for _ in range(4)]
    for thread in pressing:
        thread.start()
    for thread in pressing:
        thread.join(60)

    assert sorted(answers)[0].startswith("Thư không còn chờ gửi")
    assert answers.count("released") == 1
    assert (Message.objects.count(), Delivery.objects.count()) == (3, 2)
    assert deeds(mailing).count("mailing released") == 1


def test_an_invitation_goes_with_a_calendar_file_for_each_attendee(house, settings):
    settings.DEFAULT_FROM_EMAIL = "Vinh Danh <thi-dua@so.vn>"
    mailing = an_invitation(house.office, by=house.officer)

    actions.release(mailing, by=house.officer, at=LATER)

    letter = Delivery.objects.get(address="anh@so.vn")
    [calendar] = letter.attachments
    assert (calendar["name"], calendar["type"]) == ("giay-moi.ics", "text/calendar; method=REQUEST")
    unfolded = calendar["text"].replace("\r\n ", "")
    assert "SUMMARY:Mời họp Hội đồng" in unfolded
    assert "DTSTART;TZID=Asia/Ho_Chi_Minh:20260316T080000" in unfolded
    assert "LOCATION:Phòng họp tầng 2" in unfolded
    assert "mailto:anh@so.vn" in unfolded
    assert ":mailto:thi-dua@so.vn\r\n" in unfolded
    assert "cuong@so.vn" not in unfolded


def test_nobody_to_reach_is_refused(house):
    mailing = house.mailing()
    everybody = list(mailing.recipients.values_list("pk", flat=True))
    actions.leave_out(mailing, everybody, by=house.officer, at=LATER)

    with pytest.raises(Refused, match="chưa có người nhận"):
        actions.release(mailing, by=house.officer, at=LATER)


def test_a_closed_account_gets_nothing(house):
    mailing = house.mailing()
    house.clerk.is_active = False
    house.clerk.save()

    actions.release(mailing, by=house.officer, at=LATER)

    assert queries.reaches([mailing])[mailing.pk].closed == 1
    assert not Message.objects.filter(user=house.clerk).exists()
    assert [letter.address for letter in Delivery.objects.all()] == ["cuong@so.vn"]


def test_channels_of_the_office_get_what_is_released(house):
    a_hook(house.office)
    mailing = house.mailing()

    actions.release(mailing, by=house.officer, at=LATER)

    assert Delivery.objects.filter(channel="hook").count() == 3


def test_a_discarded_mailing_reaches_nobody_and_says_why(house):
    mailing = house.mailing()

    actions.discard(mailing, by=house.officer, at=LATER, reason=" Gửi nhầm ")

    mailing.refresh_from_db()
    assert (mailing.state, Message.objects.count(), Delivery.objects.count()) == ("discarded", 0, 0)
    assert journal.lines_about(mailing)[0].detail == {"reason": "Gửi nhầm"}


def test_a_settled_mailing_is_not_changed_any_more(house):
    mailing = house.mailing()
    actions.discard(mailing, by=house.officer, at=LATER)
    recipient = mailing.recipients.first()
    by = {"by": house.officer, "at": LATER}

    for deed in (
        lambda: actions.edit(mailing, subject="x", text="y", **by),
        lambda: actions.add(mailing, [Addressee("Báo", "bao@bao.vn")], **by),
        lambda: actions.leave_out(mailing, [recipient.pk], **by),
        lambda: actions.attach(mailing, [], **by),
        lambda: actions.release(mailing, **by),
        lambda: actions.discard(mailing, **by),
    ):
        with pytest.raises(Refused, match="không còn chờ gửi"):
            deed()


def test_only_who_runs_the_office_settles_its_mailings(house):
    mailing = house.mailing()

    for user in (house.director, house.clerk, house.stranger, house.admin):
        with pytest.raises(Refused, match="Chỉ thường trực"):
            actions.release(mailing, by=user, at=LATER)

    assert Message.objects.count() == 0


def test_several_are_released_each_by_itself(house):
    good, gone = house.mailing(), house.mailing()
    actions.discard(gone, by=house.officer, at=LATER)

    refused = actions.release_all([gone, good], by=house.officer, at=LATER)

    assert [(mailing.pk, reason[:23]) for mailing, reason in refused] == [
        (gone.pk, "Thư không còn chờ gửi; ")
    ]
    good.refresh_from_db()
    assert good.state == "released"


def test_releasing_to_hundreds_costs_as_many_queries_as_to_a_few(house):
    few = an_invitation(house.office, by=house.officer)
    many = an_invitation(
        house.office,
        by=house.officer,
        addressees=[
            *(Addressee(f"Nơi {n}", f"noi-{n}@tinh.vn") for n in range(300)),
            Addressee(str(house.clerk), "anh@so.vn", house.clerk.pk, house.unit.pk),
        ],
    )

    def cost(mailing: Mailing) -> int:
        with CaptureQueriesContext(connection) as asked:
            actions.release(mailing, by=house.officer, at=LATER)
        return len(asked)

    assert cost(few) == cost(many)
    assert Delivery.objects.filter(batch_id=many.pk).count() == 301
