"""Dates that move and can be explained: reminders and calendar programs follow a due date and a
meeting, steps are counted back from another day in the working days that the office knows."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from icalendar import Calendar, Event
from playwright.sync_api import Locator, Page, expect

from config.demo.secretariat import exchanged_days
from tests.journeys.conftest import LogIn
from tests.journeys.looks import expect_whole
from tests.journeys.running import (
    UNIT,
    ZONE,
    Work,
    extend,
    put_into_force,
    task_page,
    today,
)
from vinhdanh.common.calendar import last_working_day_before, next_working_day
from vinhdanh.common.vietnamese import long_day

NEXT_YEAR = today().year + 1
CLERK, OFFICE, COUNCIL = "Lý Thị Ánh Tuyết", "Văn phòng Sở", "Hội đồng Thi đua - Khen thưởng Sở"
# Two weeks of a June, in which nothing is celebrated: a Wednesday off for the Saturday after it.
_JUNE = date(NEXT_YEAR + 1, 6, 8)
_MONDAY = _JUNE - timedelta(days=_JUNE.weekday())
DAY_OFF, WORKED = _MONDAY + timedelta(days=2), _MONDAY + timedelta(days=5)
GOAL = _MONDAY + timedelta(days=11)
OFF, MADE_UP = "Nghỉ hoán đổi ngày thành lập ngành", "Làm bù ngày thành lập ngành"
MEETING = "Họp xét danh hiệu thi đua đợt bổ sung"
WHY = "Cấp trên đổi thời gian."


def _reminded(office: Page, work: str, *, on: date, due_on: date) -> Locator:
    """What the coming days' preview says about a work to its clerk on a day."""
    office.goto("/ke-hoach/nhac-viec/xem-truoc/")
    office.get_by_label("Người được nhắc").select_option(label=CLERK)
    office.get_by_label("Ngày", exact=True).fill(on.isoformat())
    office.get_by_role("button", name="Lọc").click()
    lines = office.get_by_role("region", name="Lời nhắc theo ngày và người").locator("li")
    return lines.filter(has_text=work).filter(has_text=f"Hạn {due_on:%d/%m/%Y}.")


def _days_in(address: str, work: str) -> list[date]:
    """The days on which a calendar program shows a work."""
    return [event["DTSTART"].dt for event in _events(address, work)]


def _events(address: str, title: str) -> list[Event]:
    """What a calendar program that reads the address knows under a title."""
    with urlopen(address) as answer:
        events = Calendar.from_ical(answer.read()).events
    return [event for event in events if title in event["SUMMARY"]]


def _own_calendar(person: Page) -> str:
    """A private address of the person's dates, just made."""
    person.goto("/tai-khoan/lich-rieng/")
    person.get_by_role("button", name=re.compile("Tạo địa chỉ")).click()
    return person.get_by_label("Địa chỉ", exact=True).input_value()


def test_a_moved_due_date_moves_its_reminders(log_in: LogIn) -> None:
    work = "Báo cáo sơ kết chuyên đề thi đua"
    office, clerk = log_in("vanphong"), log_in("canbo")
    plan = put_into_force(office, NEXT_YEAR, Work(work, f"Trước ngày 16/6/{NEXT_YEAR}"))
    task = task_page(office, plan, work)
    first = next_working_day(today() + timedelta(days=1))
    second = last_working_day_before(exchanged_days(today())[0])
    address = _own_calendar(clerk)

    office.goto(task)
    extend(office, first, WHY)
    expect(_reminded(office, work, on=first, due_on=first)).to_have_count(1)
    expect(_reminded(office, work, on=second, due_on=second)).to_have_count(0)
    assert _days_in(address, work) == [first]
    clerk.goto("/ke-hoach/nhac-viec/")
    ahead = clerk.locator("section").filter(has_text="Sẽ nhắc trong 7 ngày tới")
    coming = ahead.locator("article").filter(has_text=long_day(first)).filter(has_text=work)
    # A holiday may be longer than what the page looks ahead.
    expect(coming).to_have_count(1 if first <= today() + timedelta(days=7) else 0)

    office.goto(task)
    extend(office, second, WHY)
    expect(_reminded(office, work, on=first, due_on=first)).to_have_count(0)
    expect(_reminded(office, work, on=second, due_on=second)).to_have_count(1)
    assert _days_in(address, work) == [second]
    clerk.reload()
    expect(coming).to_have_count(0)

    # A private address that is taken back is worth nothing.
    clerk.goto("/tai-khoan/lich-rieng/")
    clerk.get_by_role("button", name="Thu hồi địa chỉ").click()
    with pytest.raises(HTTPError) as refused:
        urlopen(address)
    refused.value.close()
    assert refused.value.code == 404


def test_a_meeting_moved_or_called_off_is_so_in_every_calendar(log_in: LogIn) -> None:
    office, head, stranger = log_in("vanphong"), log_in("thutruong"), log_in("nhanvien")
    address = _own_calendar(head)
    first, second = ((today() + timedelta(days=days)).isoformat() for days in (14, 21))
    office.goto("/van-thu/hop-thu-di/lap/")
    office.get_by_label("Loại").select_option(label="Giấy mời")
    office.get_by_label("Tiêu đề").fill(MEETING)
    office.get_by_role("textbox", name="Nội dung").fill("Kính mời {người nhận} dự họp.")
    office.get_by_label("Bắt đầu lúc").fill(f"{first}T08:00")
    office.get_by_label("Địa điểm").fill("Phòng họp số 1")
    office.get_by_label(UNIT, exact=True).check()
    office.get_by_role("button", name="Đưa vào hộp thư đi").click()
    invitation = office.url
    assert _events(address, MEETING) == []
    _let_go(office)
    [invited] = _events(address, MEETING)
    assert _when(invited) == f"{first}T08:00"

    # A change holds only once it is let go.
    office.goto(invitation)
    office.get_by_role("button", name="Đổi lịch họp").click()
    office.get_by_label("Bắt đầu lúc").fill(f"{second}T14:00")
    office.get_by_label("Địa điểm").fill("Hội trường")
    office.get_by_role("button", name="Lưu").click()
    expect(office.get_by_text("Thư đang chờ; chưa ai nhận được.")).to_be_visible()
    received = str(invited["URL"])
    head.goto(received)
    moved = head.get_by_text("Cuộc họp này đã đổi lịch:")
    expect(moved).to_have_count(0)
    assert _events(address, MEETING) == [invited]
    _let_go(office)
    head.reload()
    expect(moved).to_contain_text(f"14:00, {long_day(date.fromisoformat(second))} – Hội trường")
    expect_whole(head)
    [after] = _events(address, MEETING)
    assert (_when(after), after["UID"]) == (f"{second}T14:00", invited["UID"])

    # Called off from the first invitation, it is off in the calendar and on both pages.
    office.goto(invitation)
    expect_whole(office)
    office.get_by_role("button", name="Hủy họp").click()
    _let_go(office)
    for page in (received, str(after["URL"])):
        head.goto(page)
        expect(head.get_by_text("Cuộc họp này đã hủy.")).to_be_visible()
        expect(head.get_by_role("link", name="Đưa vào lịch")).to_have_count(0)
        assert stranger.context.request.get(page).status == 404
    [off] = _events(address, MEETING)
    assert (off["STATUS"], off["UID"]) == ("CANCELLED", invited["UID"])
    office.goto(invitation)
    expect(office.get_by_role("button", name="Đổi lịch họp")).to_have_count(0)
    head.goto("/tai-khoan/lich-rieng/")
    head.get_by_role("button", name="Thu hồi địa chỉ").click()


def _let_go(office: Page) -> None:
    """Release the mailing that is open."""
    office.get_by_role("link", name="Cho gửi").click()
    office.get_by_role("button", name="Cho gửi").click()
    expect(office.get_by_role("button", name="Cho gửi")).to_have_count(0)


def _when(event: Event) -> str:
    """When a meeting begins where the offices are: "2026-03-16T08:00"."""
    return f"{event.start.astimezone(ZONE):%Y-%m-%dT%H:%M}"


@pytest.fixture
def swapped(log_in: LogIn) -> Iterator[None]:
    """A Wednesday off for a Saturday worked, as the office enters them; taken out afterwards."""
    office = log_in("vanphong")
    for kind, day, name in (("Được nghỉ", DAY_OFF, OFF), ("Làm việc (làm bù)", WORKED, MADE_UP)):
        office.goto(f"/van-thu/lich-lam-viec/?nam={day.year}")
        office.get_by_role("link", name="Nhập ngày nghỉ, làm bù").click()
        office.get_by_label(kind, exact=True).check()
        office.get_by_label("Từ ngày").fill(day.isoformat())
        office.get_by_label("Lý do").fill(name)
        office.get_by_label("Căn cứ").fill("Công văn 15/UBND-VX (minh họa)")
        office.locator("main form").get_by_role("button").click()
        expect(_removal(office, name)).to_be_visible()
    yield
    for name in (OFF, MADE_UP):
        office.goto(f"/van-thu/lich-lam-viec/?nam={DAY_OFF.year}")
        _removal(office, name).click()
        office.get_by_role("button", name="Xóa khỏi lịch").click()
        expect(_removal(office, name)).to_have_count(0)


def _removal(page: Page, name: str) -> Locator:
    """What takes the days of that name out of the calendar."""
    return page.get_by_role("row").filter(has_text=name).get_by_role("link", name="Xóa")


@pytest.mark.usefixtures("swapped")
def test_a_unit_sees_the_working_days_and_cannot_change_them(log_in: LogIn) -> None:
    clerk = log_in("canbo")

    clerk.goto(f"/van-thu/lich-lam-viec/?nam={DAY_OFF.year}")

    rows = clerk.get_by_role("region", name="Ngày nghỉ và ngày làm bù").get_by_role("row")
    expect(rows.filter(has_text=OFF)).to_contain_text(long_day(DAY_OFF))
    expect(rows.filter(has_text=MADE_UP)).to_contain_text(long_day(WORKED))
    expect(_removal(clerk, OFF)).to_have_count(0)
    expect(clerk.get_by_role("link", name="Nhập ngày nghỉ, làm bù")).to_have_count(0)
    answer = clerk.goto("/van-thu/lich-lam-viec/nhap/")
    assert answer is not None
    assert answer.status == 404


@pytest.mark.usefixtures("swapped")
def test_a_back_plan_is_explained_confirmed_and_follows_its_goal(log_in: LogIn) -> None:
    work = "Trình hồ sơ đề nghị tặng Bằng khen"
    office = log_in("vanphong")
    row = Work(work, f"Chậm nhất ngày {GOAL:%d/%m/%Y}", OFFICE)
    plan = put_into_force(office, GOAL.year, row)
    task = task_page(office, plan, work)

    # The suggestions say why, with the swap that the office entered.
    office.get_by_role("link", name="Lịch lùi").click()
    office.get_by_role("button", name="Lập lịch lùi").click()
    steps = office.locator(".back-step")
    expect(
        steps.filter(has_text=f"5 ngày làm việc trước ngày đích ({long_day(GOAL)})")
    ).to_contain_text(f"tính cả ngày làm bù: {long_day(WORKED)}")
    expect(steps.filter(has_text=f"({DAY_OFF:%d/%m/%Y})")).to_contain_text(
        f"không tính ngày nghỉ: {OFF} ({DAY_OFF:%d/%m/%Y})"
    )
    for place, whom in enumerate((COUNCIL, OFFICE, OFFICE, UNIT)):
        office.get_by_label("Đơn vị hoặc nhóm thực hiện").nth(place).fill(whom)
    office.get_by_role("button", name="Lưu và tính lại ngày").last.click()
    expect(office.get_by_text("Đã lưu các bước và tính lại ngày.")).to_be_visible()
    office.get_by_role("button", name="Xác nhận lịch lùi").click()
    expect(office.get_by_text("Đã xác nhận lịch lùi: 4 bước được ghi vào lịch.")).to_be_visible()

    # The steps stand in the year as work of their units.
    office.goto(plan)
    step = office.get_by_role("row").filter(has_text="Hội đồng Thi đua - Khen thưởng họp xét")
    expect(step).to_be_visible()
    clerk = log_in("canbo")
    clerk.goto(f"{plan}bang/")
    expect(clerk.get_by_role("link", name="Đơn vị bình xét, gửi hồ sơ")).to_be_visible()

    # The goal moves: each step shows another suggestion, until somebody confirms it.
    later = GOAL + timedelta(days=7)
    office.goto(task)
    extend(office, later, WHY)
    office.get_by_role("link", name="Mở lịch lùi").click()
    expect(office.get_by_text(f"Ngày đích đã dời từ {long_day(GOAL)}")).to_be_visible()
    expect(office.get_by_text("Đề xuất mới:")).to_have_count(4)
    office.get_by_role("button", name="Xác nhận lịch lùi").click()
    expect(office.get_by_text("Đề xuất mới:")).to_have_count(0)
    expect(steps.filter(has_text=f"trước ngày đích ({long_day(later)})")).to_have_count(1)
