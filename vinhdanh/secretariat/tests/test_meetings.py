"""A meeting is moved or called off: a letter waits, and once released every calendar follows."""

from datetime import timedelta

import icalendar
import pytest
from django.utils import timezone

from vinhdanh.common.refusal import Refused
from vinhdanh.journal import queries as journal
from vinhdanh.notices.models import Delivery, Message
from vinhdanh.secretariat.actions import mailings, meetings
from vinhdanh.secretariat.models import Mailing
from vinhdanh.secretariat.queries import mailings as queries
from vinhdanh.secretariat.rules.mailings import Addressee
from vinhdanh.secretariat.tests.browse_outbox import page, said, send, text
from vinhdanh.secretariat.tests.make_mailings import AT, House, an_invitation

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(minutes=5)
OTHER_DAY = {"starts_at": AT + timedelta(days=20), "ends_at": None, "place": "Hội trường"}


@pytest.fixture
def house() -> House:
    return House()


def an_invited_meeting(house: House, **fields) -> Mailing:
    """An invitation to 16/03/2026, 8:00, that was released."""
    invitation = an_invitation(house.office, by=house.officer, **fields)
    mailings.release(invitation, by=house.officer, at=AT)
    return Mailing.objects.get(pk=invitation.pk)


def moved(house: House, invitation: Mailing, **to) -> Mailing:
    """The meeting moved, and that released."""
    made = meetings.change(invitation, calls_off=False, by=house.officer, at=LATER)
    said = {"subject": made.subject, "text": made.text, **OTHER_DAY, **to}
    mailings.edit(made, **said, by=house.officer, at=LATER)
    mailings.release(made, by=house.officer, at=LATER)
    return Mailing.objects.get(pk=made.pk)


def called_off(house: House, invitation: Mailing) -> Mailing:
    """The meeting called off, and that released."""
    made = meetings.change(invitation, calls_off=True, by=house.officer, at=LATER)
    mailings.release(made, by=house.officer, at=LATER)
    return Mailing.objects.get(pk=made.pk)


def calendar_of(mailing: Mailing, address: str) -> tuple[str, icalendar.Event]:
    """What the letter to the address brings for a calendar: its type, and the meeting."""
    letter = Delivery.objects.get(batch_id=mailing.pk, address=address)
    [attached] = letter.attachments
    made = icalendar.Calendar.from_ical(attached["text"])
    assert attached["type"] == f"text/calendar; method={made['METHOD']}"
    [event] = made.events
    return str(made["METHOD"]), event


def test_a_moved_meeting_waits_and_then_takes_the_place_of_the_first(house):
    invitation = an_invited_meeting(house)

    made = meetings.change(invitation, calls_off=False, by=house.officer, at=LATER)

    assert (made.state, made.subject, made.starts_at, made.changes) == (
        "waiting",
        "Thay đổi lịch: Mời họp Hội đồng",
        invitation.starts_at,
        invitation,
    )
    assert Delivery.objects.filter(batch_id=made.pk).count() == 0
    assert queries.standing([invitation])[invitation.pk] == invitation

    said = {"subject": made.subject, "text": made.text, **OTHER_DAY}
    mailings.edit(made, **said, by=house.officer, at=LATER)
    mailings.release(made, by=house.officer, at=LATER)

    _method, before = calendar_of(invitation, "anh@so.vn")
    method, after = calendar_of(made, "anh@so.vn")
    assert (method, after["UID"], after["SUMMARY"]) == (
        "REQUEST",
        before["UID"],
        "Mời họp Hội đồng",
    )
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 1)
    assert after.start == OTHER_DAY["starts_at"]
    assert (after["LOCATION"], after["STATUS"]) == ("Hội trường", "CONFIRMED")
    assert after["DTSTAMP"].dt > before["DTSTAMP"].dt


def test_a_meeting_called_off_is_taken_out_of_every_calendar(house):
    invitation = an_invited_meeting(house)
    again = moved(house, invitation)

    off = called_off(house, again)

    method, event = calendar_of(off, "anh@so.vn")
    assert (method, event["STATUS"], event["SEQUENCE"]) == ("CANCEL", "CANCELLED", 2)
    assert event["UID"] == f"mailing-{invitation.pk}@vinhdanh"
    assert event.start == OTHER_DAY["starts_at"]
    assert str(event["ATTENDEE"]) == "mailto:anh@so.vn"
    told = Message.objects.get(user=house.clerk, key=f"mailing:{off.pk}")
    assert told.title == "Hủy họp: Mời họp Hội đồng"
    assert told.text.endswith("Thời gian: 09:00, thứ Hai, 30/03/2026\nĐịa điểm: Hội trường")
    deeds = journal.lines_about(invitation).order_by("id").values_list("deed", flat=True)
    assert list(deeds)[-2:] == ["meeting moved", "meeting called off"]


def test_everybody_who_was_told_is_told_of_the_change_once(house):
    guest = Addressee("Bà Khách", "khach@ngoai.vn")
    invitation = an_invited_meeting(house)
    again = meetings.change(invitation, calls_off=False, by=house.officer, at=LATER)
    mailings.add(again, [guest], by=house.officer, at=LATER)
    left_out = again.recipients.get(user=house.clerk)
    mailings.leave_out(again, [left_out.pk], by=house.officer, at=LATER)
    said = {"subject": again.subject, "text": again.text, **OTHER_DAY}
    mailings.edit(again, **said, by=house.officer, at=LATER)
    mailings.release(again, by=house.officer, at=LATER)

    off = meetings.change(invitation, calls_off=True, by=house.officer, at=LATER)

    names = off.recipients.values_list("name", flat=True)
    assert sorted(names) == ["Bà Khách", "Ngô Cường", "Vũ Bình", "Đỗ Thị Ánh"]


def test_what_cannot_be_changed_is_refused(house):
    waiting = an_invitation(house.office, by=house.officer)
    guidance = house.mailing()
    mailings.release(guidance, by=house.officer, at=AT)
    invitation = an_invited_meeting(house)
    off = an_invited_meeting(house)
    called_off(house, off)
    meetings.change(invitation, calls_off=True, by=house.officer, at=LATER)

    for mailing, at, reason in (
        (waiting, LATER, "giấy mời đã cho gửi"),
        (guidance, LATER, "giấy mời đã cho gửi"),
        (off, LATER, "đã hủy"),
        (invitation, LATER, "đang chờ trong hộp thư đi"),
        (invitation, LATER + timedelta(days=30), "đã bắt đầu"),
    ):
        with pytest.raises(Refused, match=reason):
            meetings.change(mailing, calls_off=False, by=house.officer, at=at)
    with pytest.raises(Refused, match="Chỉ Văn phòng"):
        meetings.change(invitation, calls_off=False, by=house.clerk, at=LATER)


def test_a_move_to_the_same_time_and_place_is_not_released(house):
    invitation = an_invited_meeting(house)
    made = meetings.change(invitation, calls_off=False, by=house.officer, at=LATER)

    with pytest.raises(Refused, match="vẫn như đã mời"):
        mailings.release(made, by=house.officer, at=LATER)

    assert Mailing.objects.get(pk=made.pk).state == "waiting"


def test_a_discarded_change_leaves_the_meeting_as_it_was(house):
    invitation = an_invited_meeting(house)
    made = meetings.change(invitation, calls_off=True, by=house.officer, at=LATER)

    mailings.discard(made, by=house.officer, at=LATER)

    assert queries.standing([invitation])[invitation.pk] == invitation
    assert meetings.change(invitation, calls_off=False, by=house.officer, at=LATER).pk != made.pk


def test_a_letter_that_calls_off_keeps_the_time_it_calls_off(house):
    invitation = an_invited_meeting(house)
    made = meetings.change(invitation, calls_off=True, by=house.officer, at=LATER)

    said = {"subject": "Hoãn họp", "text": "Họp sau.", "starts_at": None, "place": ""}
    mailings.edit(made, **said, by=house.officer, at=LATER)

    made.refresh_from_db()
    assert (made.subject, made.starts_at, made.place) == (
        "Hoãn họp",
        invitation.starts_at,
        "Phòng họp tầng 2",
    )


def a_coming_meeting(house: House) -> Mailing:
    """An invitation to a meeting that has not begun by the clock of the pages."""
    return an_invited_meeting(house, starts_at=timezone.now() + timedelta(days=30))


def test_the_pages_lead_from_the_invitation_to_its_change_and_back(house):
    invitation = a_coming_meeting(house)
    offered = text(page(house.officer, "mailing", invitation.pk))
    assert ("Đổi lịch họp" in offered, "Hủy họp" in offered) == (True, True)

    answer = send(house.officer, "meeting_call_off", invitation.pk)

    off = invitation.changed_by.get()
    assert answer["Location"] == off.get_absolute_url()
    assert said(answer)[0].startswith("Cuộc họp chỉ hủy khi thư này được cho gửi")
    shown = text(page(house.officer, "mailing", invitation.pk))
    assert "Thư hủy họp đang chờ trong hộp thư đi" in shown
    assert "Đổi lịch họp" not in shown
    assert 'name="starts_at"' not in text(page(house.officer, "mailing_edit", off.pk))

    mailings.release(off, by=house.officer, at=LATER)

    assert "Cuộc họp này đã hủy." in text(page(house.clerk, "received", invitation.pk))
    file = page(house.clerk, "received_calendar", invitation.pk).content
    [event] = icalendar.Calendar.from_ical(file).events
    assert (event["UID"], event["STATUS"]) == (f"mailing-{invitation.pk}@vinhdanh", "CANCELLED")


def test_who_was_left_out_of_a_change_sees_it_without_a_way_to_the_letter(house):
    invitation = a_coming_meeting(house)
    made = meetings.change(invitation, calls_off=True, by=house.officer, at=LATER)
    left_out = made.recipients.get(user=house.clerk)
    mailings.leave_out(made, [left_out.pk], by=house.officer, at=LATER)
    mailings.release(made, by=house.officer, at=LATER)

    shown = text(page(house.clerk, "received", invitation.pk))

    assert "Cuộc họp này đã hủy." in shown
    assert "Xem thư hủy họp" not in shown


def test_a_move_leads_to_where_time_and_place_are_typed_and_a_second_is_refused(house):
    invitation = a_coming_meeting(house)

    answer = send(house.officer, "meeting_move", invitation.pk)

    made = invitation.changed_by.get()
    assert answer["Location"] == f"/van-thu/hop-thu-di/{made.pk}/sua/"
    for name in ("meeting_move", "meeting_call_off"):
        [refused] = said(send(house.officer, name, invitation.pk))[:1]
        assert refused.startswith("Một thư đổi lịch hoặc hủy họp đang chờ")
    assert invitation.changed_by.count() == 1


def test_only_who_runs_the_office_changes_a_meeting(house):
    invitation = a_coming_meeting(house)

    for user in (house.director, house.clerk, house.stranger):
        for name in ("meeting_move", "meeting_call_off"):
            assert send(user, name, invitation.pk).status_code == 404
    assert "Đổi lịch họp" not in text(page(house.director, "mailing", invitation.pk))
    assert send(None, "meeting_move", invitation.pk)["Location"].startswith("/tai-khoan/")
    assert invitation.changed_by.count() == 0
