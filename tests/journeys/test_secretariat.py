"""What leaves the house: a late unit is urged, papers are written and numbered; strangers see
nothing of it."""

import io
import re
from datetime import date, timedelta
from pathlib import Path

import pdfplumber
from docx import Document
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import LogIn
from tests.journeys.running import (
    UNIT,
    Work,
    expect_picture,
    extend,
    put_into_force,
    task_page,
    today,
)
from vinhdanh.common.calendar import last_working_day_before
from vinhdanh.papers.rules.words import day_in_words

# All that a plan of last year asks for is late.
LAST_YEAR = today().year - 1
LATE = Work("Gửi báo cáo thành tích của các tập thể", f"Trước ngày 16/6/{LAST_YEAR}")
THEIRS = Work("Bình xét gương điển hình tiên tiến", f"Trước ngày 17/6/{LAST_YEAR}", "Thư viện tỉnh")
_RELOADS = 60
CLERK, HEAD = "Lý Thị Ánh Tuyết", "Nguyễn Văn Ất"
OUTSIDE = "Ban Thi đua - Khen thưởng tỉnh"
URGED = "Đôn đốc các việc còn nợ của năm trước"
WHY = "Chờ số liệu quyết toán của Phòng Kế hoạch - Tài chính."
NOTICE, ABOUT = "Thông báo chung", "lịch tiếp nhận hồ sơ khen thưởng"
WORDS = "Hồ sơ nộp tại Văn phòng Sở vào buổi sáng các ngày làm việc."


def _always_reached(person: Page) -> None:
    """Have no hours in which letters wait, whatever the hour is now."""
    person.goto("/thong-bao/cach-nhan/")
    for label in ("Không gửi thư từ", "Không gửi thư đến"):
        person.get_by_label(label).fill("00:00")
    person.get_by_role("button", name="Lưu cách nhận").click()
    expect(person.get_by_text("Đã lưu cách nhận thông báo.")).to_be_visible()


def _told(person: Page, title: str) -> Locator:
    """What stands unread behind the bell under a title."""
    person.goto("/")
    person.get_by_role("link", name=re.compile(r"^Thông báo: \d+ chưa đọc$")).click()
    return person.locator(".notice.unread").get_by_role("link", name=title).first


def _downloaded(page: Page, link: str) -> bytes:
    with page.expect_download() as coming:
        page.get_by_role("link", name=link).click()
    return Path(coming.value.path()).read_bytes()


def _expect_sent(office: Page, mailing: str, name: str) -> None:
    """The log of a mailing comes to say that it went to somebody: the worker sees to it."""
    office.goto(f"/van-thu/hop-thu-di/nhat-ky/?thu={mailing.rstrip('/').rpartition('/')[2]}")
    sent = office.get_by_role("row").filter(has_text=name).get_by_text("Đã gửi", exact=True)
    for _ in range(_RELOADS):
        try:
            expect(sent).to_be_visible(timeout=1_000)
        except AssertionError:
            office.reload()
        else:
            return
    expect(sent).to_be_visible()


def test_a_late_unit_is_urged_its_work_extended_and_done(log_in: LogIn) -> None:
    office, clerk = log_in("vanphong"), log_in("canbo")
    _always_reached(clerk)
    plan = put_into_force(office, LAST_YEAR, LATE, THEIRS)
    task = task_page(office, plan, LATE.content)

    mailing = _urge_from_the_board(office, plan)
    _look_over_and_let_go(office, mailing)

    # The clerk reads it behind the bell, and finds the work from there; the worker sends the mail.
    _told(clerk, URGED).click()
    expect(clerk.get_by_role("heading", level=1, name=URGED)).to_be_visible()
    expect(clerk.get_by_text(LATE.content)).to_be_visible()
    clerk.get_by_role("link", name="Mở việc liên quan").click()
    expect(clerk.get_by_role("link", name=LATE.content).first).to_be_visible()
    for name in (CLERK, OUTSIDE):
        _expect_sent(office, mailing, name)

    # The office gives more time and says why: it stands on the task ever after.
    until = last_working_day_before(min(today() + timedelta(days=10), date(LAST_YEAR + 1, 12, 31)))
    office.goto(task)
    extend(office, until, WHY)
    clerk.goto(task)
    expect(clerk.get_by_text("Đã gia hạn", exact=True)).to_be_visible()
    moves = clerk.locator("section", has=clerk.get_by_role("heading", name="Các lần đổi hạn"))
    expect(moves).to_contain_text(f"15/06/{LAST_YEAR} → {until:%d/%m/%Y}")
    expect(moves).to_contain_text(WHY)

    # The unit reports, the office accepts, and the bell tells of it.
    clerk.get_by_label("Kết quả thực hiện").fill("Đã gửi đủ báo cáo thành tích.")
    clerk.get_by_role("button", name="Gửi báo cáo").click()
    expect(clerk.get_by_text("Chờ xác nhận").first).to_be_visible()
    office.goto(task)
    office.get_by_role("button", name=f"Xác nhận {UNIT}").click()
    expect(office.get_by_text("Hoàn thành").first).to_be_visible()
    _told(clerk, f"Đã xác nhận hoàn thành: 1. {LATE.content}").click()
    expect(clerk.get_by_role("heading", level=1, name=LATE.content)).to_be_visible()
    expect(clerk.get_by_text("Hoàn thành").first).to_be_visible()
    expect(moves).to_contain_text(WHY)


def _urge_from_the_board(office: Page, plan: str) -> str:
    """Urge one of the two late units, by a letter and by mail; the address of the mailing."""
    office.goto(f"{plan}theo-doi/")
    office.get_by_role("link", name="Đôn đốc…").click()
    office.get_by_label(THEIRS.unit, exact=True).uncheck()
    expect(office.get_by_label(UNIT, exact=True)).to_be_checked()
    office.get_by_role("button", name="Lập đôn đốc").click()
    office.get_by_role("link", name="Mở dự thảo công văn").click()
    expect(office.get_by_label("Kính gửi")).to_have_value(UNIT)
    expect(office.get_by_role("cell", name=LATE.content)).to_be_visible()
    expect(office.get_by_role("cell", name=THEIRS.content)).to_have_count(0)
    expect_picture(office.get_by_alt_text("Trang 1 trong").first)
    office.go_back()
    office.get_by_role("link", name="Mở thư trong hộp thư đi").click()
    return office.url


def _look_over_and_let_go(office: Page, mailing: str) -> None:
    """See who gets what, edit, add an address outside, and only then let it go."""
    office.get_by_role("link", name=f"Xem bản gửi {CLERK}").click()
    expect(office.get_by_text(f"Kính gửi {CLERK}")).to_be_visible()
    expect(office.get_by_text(LATE.content)).to_be_visible()
    office.goto(mailing)
    office.get_by_role("link", name="Sửa", exact=True).click()
    office.get_by_label("Tiêu đề").fill(URGED)
    office.get_by_role("button", name="Lưu").click()
    office.get_by_role("link", name="Thêm người nhận").last.click()
    office.get_by_label("Nơi nhận ngoài hệ thống").fill(f"{OUTSIDE}, bantdkt@anbinh.example")
    office.get_by_role("button", name="Thêm người nhận").click()
    expect(office.get_by_text("Thư đang chờ; chưa ai nhận được.")).to_be_visible()
    office.get_by_role("link", name="Cho gửi").click()
    expect(office.get_by_role("heading", name="Cho gửi 1 thư?")).to_be_visible()
    office.get_by_role("button", name="Cho gửi").click()
    expect(office.get_by_role("button", name="Cho gửi")).to_have_count(0)


def test_a_paper_is_written_issued_and_numbered(log_in: LogIn) -> None:
    office = log_in("vanphong")

    # A blank left in the draft holds it back.
    office.goto("/van-thu/")
    office.get_by_role("link", name="Soạn văn bản").first.click()
    office.get_by_role("link", name=NOTICE).click()
    office.get_by_label("Về việc").fill(ABOUT)
    office.get_by_role("button", name="Tạo dự thảo").click()
    expect_picture(office.get_by_alt_text("Trang 1 trong").first)
    expect(office.get_by_role("heading", name="Còn 1 điều phải xong")).to_be_visible()
    office.get_by_role("link", name="Phát hành", exact=True).click()
    expect(office.get_by_role("heading", name="Chưa phát hành được")).to_be_visible()
    expect(office.get_by_text("{nội dung}")).to_be_visible()
    office.get_by_role("link", name="Sửa dự thảo").click()

    # Filled, it looks as it will be printed while it is typed, and gets the number announced.
    text = office.get_by_label("Nội dung", exact=True)
    text.fill(text.input_value().replace("{nội dung}", WORDS))
    expect(office.get_by_role("heading", name="Đã đủ điều kiện phát hành")).to_be_visible()
    office.get_by_role("button", name="Lưu dự thảo").click()
    office.get_by_role("link", name="Phát hành", exact=True).click()
    announced = office.locator(".fact", has_text="Số sẽ cấp").locator("dd").inner_text()
    office.get_by_role("button", name="Phát hành, lấy số").click()
    first = _number(office)
    assert first == announced

    # Its files carry the number and the day.
    expect_picture(office.get_by_alt_text("Trang 1 trong").first)
    spaced = day_in_words(today())
    with pdfplumber.open(io.BytesIO(_downloaded(office, "Tải PDF"))) as pdf:
        printed = " ".join((pdf.pages[0].extract_text() or "").split())
    for words in (f"Số: {first}", spaced, WORDS):
        assert words in printed
    word = Document(io.BytesIO(_downloaded(office, "Tải Word")))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    written = "\n".join([*(each.text for each in word.paragraphs), *cells])
    for words in (first, spaced, WORDS):
        assert words in written

    # The next paper of the kind gets the next number; made void, it keeps it.
    office.goto("/van-thu/van-ban/soan/")
    office.get_by_role("link", name=NOTICE).click()
    office.get_by_label("Về việc").fill("thay đổi địa điểm nộp hồ sơ")
    office.get_by_label("Nội dung").fill("Hồ sơ nộp tại Bộ phận Một cửa.")
    office.get_by_role("button", name="Tạo dự thảo").click()
    office.get_by_role("link", name="Phát hành", exact=True).click()
    office.get_by_role("button", name="Phát hành, lấy số").click()
    second = _number(office)
    assert _counted(second) == _counted(first) + 1
    office.locator("summary", has_text="Việc khác").click()
    office.get_by_role("link", name="Hủy bỏ văn bản").click()
    office.get_by_label("Lý do hủy bỏ").fill("Địa điểm nộp hồ sơ không thay đổi.")
    office.get_by_role("button", name="Hủy bỏ văn bản").click()
    expect(office.get_by_text("số vẫn giữ trong sổ")).to_be_visible()
    office.get_by_role("link", name=second).first.click()
    expect(_row(office, first)).to_contain_text(ABOUT)
    expect(_row(office, second)).to_contain_text("Địa điểm nộp hồ sơ không thay đổi.")
    expect(office.get_by_text("Liền số")).to_be_visible()


def _row(page: Page, number: str) -> Locator:
    cell = page.get_by_role("cell", name=number, exact=True)
    return page.get_by_role("row").filter(has=cell)


def _number(page: Page) -> str:
    """The number that an issued paper shows: "07/TB-SVHTT"."""
    shown = page.locator(".fact", has_text="Số, ký hiệu").get_by_role("link")
    expect(shown).to_be_visible()
    return shown.inner_text()


def _counted(number: str) -> int:
    return int(number.partition("/")[0])


def test_a_template_is_edited_compared_and_put_back(log_in: LogIn) -> None:
    office = log_in("vanphong")
    added = "Thông báo này được gửi qua hệ thống."
    office.goto("/van-thu/mau-van-ban/")
    office.get_by_role("link", name=NOTICE).click()
    template = office.url
    text = office.get_by_label("Nội dung")
    before = text.input_value()

    text.fill(f"{before}\n{added}")
    office.get_by_label("Sửa gì, vì sao").fill("Nói rõ cách gửi.")
    office.get_by_role("button", name="Xem trước").click()
    expect_picture(office.get_by_alt_text("Trang 1 trong").first)
    expect(office.get_by_label("Nội dung")).to_have_value(f"{before}\n{added}")
    office.get_by_role("button", name="Lưu phiên bản").click()
    version = office.locator(".fact", has_text="Phiên bản").locator("dd")
    expect(version).to_have_text("2: Nói rõ cách gửi.")

    office.get_by_role("link", name="Các phiên bản").click()
    office.get_by_role("link", name="Xem thay đổi của phiên bản 2").click()
    compared = office.locator("#so-sanh")
    expect(compared).to_contain_text("Phiên bản 1 và phiên bản 2")
    expect(compared.locator("ins").last).to_contain_text(added)
    office.get_by_role("button", name="Dùng lại phiên bản 1").click()

    office.goto(template)
    expect(version).to_contain_text("3")
    expect(office.get_by_label("Nội dung")).to_have_value(before)


def test_without_script_a_paper_is_written_issued_and_sent(log_in: LogIn) -> None:
    office = log_in("vanphong", scripts=False)
    subject = "trực cơ quan dịp nghỉ lễ"
    office.goto("/van-thu/van-ban/soan/")
    office.get_by_role("link", name=NOTICE).click()
    office.get_by_label("Về việc").fill(subject)
    office.get_by_role("button", name="Tạo dự thảo").click()
    text = office.get_by_label("Nội dung", exact=True)
    text.fill(text.input_value().replace("{nội dung}", WORDS))
    office.get_by_role("button", name="Xem trước").click()
    expect(office.get_by_alt_text("Trang 1 trong").first).to_be_visible()
    expect(office.get_by_label("Nội dung", exact=True)).to_have_value(re.compile(WORDS))
    office.get_by_role("button", name="Lưu dự thảo").click()
    office.get_by_role("link", name="Phát hành", exact=True).click()
    office.get_by_role("button", name="Phát hành, lấy số").click()
    number = _number(office)

    office.get_by_role("link", name="Gửi đi").click()
    office.get_by_label("Tiêu đề").fill(f"Thông báo {subject}")
    office.get_by_role("textbox", name="Nội dung").fill("Kính gửi {người nhận}, xin gửi thông báo.")
    office.get_by_label(UNIT).check()
    office.get_by_role("button", name="Đưa vào hộp thư đi").click()

    expect(office.get_by_text("Thư đang chờ; chưa ai nhận được.")).to_be_visible()
    expect(office.get_by_text(f"Kính gửi {HEAD}, xin gửi thông báo.")).to_be_visible()
    expect(office.get_by_role("list", name="Tệp đính kèm")).to_contain_text(
        number.replace("/", "-")
    )
    office.locator("summary", has_text="Việc khác").click()
    office.get_by_role("link", name="Bỏ, không gửi").click()
    office.get_by_role("button", name="Bỏ, không gửi").click()
    expect(office.get_by_text("Đã bỏ").first).to_be_visible()


def _first_of(page: Page, path: str) -> str:
    """The address that the first row of a list leads to."""
    page.goto(path)
    return page.locator("main tbody a").first.get_attribute("href") or ""


def test_strangers_find_nothing_of_the_secretariat(log_in: LogIn) -> None:
    office, stranger = log_in("vanphong"), log_in("nhanvien")
    lists = ["/van-thu/", "/van-thu/so-dang-ky/", "/van-thu/mau-van-ban/", "/van-thu/hop-thu-di/"]
    found = [_first_of(office, path) for path in lists]
    office.goto("/van-thu/?state=issued")
    office.locator("main tbody a").first.click()
    files = [
        office.locator("main a[href$='.pdf']").first.get_attribute("href") or "",
        office.get_by_alt_text("Trang 1 trong").get_attribute("src") or "",
    ]
    kept = [
        *lists,
        *found,
        *files,
        "/van-thu/van-ban/soan/",
        "/van-thu/hop-thu-di/lap/",
        "/van-thu/hop-thu-di/nhat-ky/",
        "/van-thu/thong-tin/",
        "/ke-hoach/nhac-viec/chinh-sach/",
        "/ke-hoach/nhac-viec/xem-truoc/",
    ]

    def answers(page: Page) -> dict[str, int]:
        requests = page.context.request
        return {path: requests.get(path, max_redirects=0).status for path in kept}

    assert set(answers(office).values()) <= {200, 302}
    assert answers(stranger) == dict.fromkeys(kept, 404)
    # Whoever has not logged in is sent to the log-in, whatever the address.
    stranger.context.clear_cookies()
    assert answers(stranger) == dict.fromkeys(kept, 302)
