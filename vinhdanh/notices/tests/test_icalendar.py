"""Calendar files, read back as other programs read them."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
from icalevents.icalevents import events as read_by_a_client

from vinhdanh.notices.rules.icalendar import Event, calendar, invitations

TITLE = "Tổng kết phong trào “Cả nước chung sức xây dựng nông thôn mới”; trình, gửi \\ nộp"
MEETING = Event(
    "hop-1@vinhdanh",
    "Họp Hội đồng Thi đua – Khen thưởng",
    datetime(2026, 3, 5, 1, 30, tzinfo=UTC),
    datetime(2026, 3, 5, 4, 0, tzinfo=UTC),
    text="Mời dự họp.\nMang theo tài liệu.",
    place="Phòng họp tầng 2",
    sequence=2,
    stamp=datetime(2026, 3, 1, 2, 0, tzinfo=UTC),
)


def test_a_due_day_is_read_back_as_a_whole_day_with_its_words():
    event = Event("viec-1@vinhdanh", TITLE, date(2026, 3, 5), text="Dòng một\nDòng hai")

    found = read_by_a_client(
        string_content=calendar([event], name="Lịch của tôi"),
        start=date(2026, 3, 1),
        end=date(2026, 3, 31),
    )

    assert [(each.uid, each.summary, each.description, each.all_day) for each in found] == [
        ("viec-1@vinhdanh", TITLE, "Dòng một\nDòng hai", True)
    ]
    assert (found[0].start.date(), found[0].end.date()) == (date(2026, 3, 5), date(2026, 3, 6))


def test_the_last_day_of_a_run_belongs_to_it():
    tet = Event("tet", "Tết Nguyên đán", date(2026, 2, 16), date(2026, 2, 20))

    found = parsed(calendar([tet], name="Ngày nghỉ"))

    assert found["DTEND"].dt == date(2026, 2, 21)


def test_reminders_of_a_whole_day_ring_at_eight_in_the_morning():
    event = Event("viec", "Nộp báo cáo", date(2026, 3, 5), alarm_days=(7, 1, 0))

    alarms = parsed(calendar([event], name="Lịch")).walk("VALARM")

    eight = datetime(2026, 3, 5, 8)
    assert [datetime(2026, 3, 5) + alarm["TRIGGER"].dt for alarm in alarms] == [
        eight - timedelta(days=7),
        eight - timedelta(days=1),
        eight,
    ]
    assert [alarm["ACTION"] for alarm in alarms] == ["DISPLAY"] * 3


def test_the_same_events_are_written_the_same():
    event = Event("viec", "Nộp báo cáo", date(2026, 3, 5), url="https://vinhdanh.vn/viec/1/")

    assert calendar([event], name="Lịch") == calendar([event], name="Lịch")


def test_lines_are_short_and_end_as_the_standard_asks():
    written = calendar([Event("viec", TITLE * 5, date(2026, 3, 5))], name="Lịch của tôi")

    lines = written.split(b"\r\n")
    assert b"\n" not in written.replace(b"\r\n", b"")
    assert max(map(len, lines)) <= 75
    assert all(line.decode() for line in lines[:-1])


def test_an_invitation_asks_one_person_in_vietnamese_time():
    (written,) = invitations(
        MEETING,
        organiser=("Văn phòng Sở; phòng “A”", "vanphong@example.vn"),
        attendees=[('Nguyễn "Ánh", trưởng phòng', "anh@example.vn")],
    )

    whole = icalendar.Calendar.from_ical(written)
    found = whole.walk("VEVENT")[0]
    zone = ZoneInfo("Asia/Ho_Chi_Minh")
    assert whole["METHOD"] == "REQUEST"
    assert [str(each["TZID"]) for each in whole.walk("VTIMEZONE")] == ["Asia/Ho_Chi_Minh"]
    assert found["DTSTART"].dt == datetime(2026, 3, 5, 8, 30, tzinfo=zone)
    assert found["DTEND"].dt == datetime(2026, 3, 5, 11, 0, tzinfo=zone)
    assert found["DTSTART"].params["TZID"] == "Asia/Ho_Chi_Minh"
    assert str(found["ORGANIZER"]) == "mailto:vanphong@example.vn"
    assert found["ORGANIZER"].params["CN"] == "Văn phòng Sở; phòng “A”"
    assert str(found["ATTENDEE"]) == "mailto:anh@example.vn"
    assert dict(found["ATTENDEE"].params) == {
        "CN": "Nguyễn 'Ánh', trưởng phòng",
        "ROLE": "REQ-PARTICIPANT",
        "PARTSTAT": "NEEDS-ACTION",
        "RSVP": "TRUE",
    }
    assert (int(found["SEQUENCE"]), str(found["UID"])) == (2, "hop-1@vinhdanh")
    assert found["DTSTAMP"].dt == datetime(2026, 3, 1, 2, 0, tzinfo=UTC)
    assert str(found["LOCATION"]) == "Phòng họp tầng 2"


def test_a_meeting_without_an_end_has_none():
    open_end = Event("hop", "Họp", datetime(2026, 3, 5, 1, 30, tzinfo=UTC))

    assert "DTEND" not in parsed(calendar([open_end], name="Lịch"))


@pytest.mark.parametrize("name", ["An\r\nATTENDEE:mailto:x@y.vn", "An\nEND:VEVENT"])
def test_a_name_cannot_write_lines_of_its_own(name):
    (written,) = invitations(MEETING, organiser=(name, "a@b.vn"), attendees=[("Ánh", "c@d.vn")])

    found = icalendar.Calendar.from_ical(written).walk("VEVENT")[0]
    assert str(found["ATTENDEE"]) == "mailto:c@d.vn"
    assert found["ORGANIZER"].params["CN"] == " ".join(name.split())


def parsed(written: bytes):
    return icalendar.Calendar.from_ical(written).walk("VEVENT")[0]
