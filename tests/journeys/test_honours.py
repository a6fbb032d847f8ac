"""The register of honours: the past is taken in, corrected, and seen by those it concerns."""

import io
from datetime import timedelta
from pathlib import Path

import xlsxwriter
from playwright.sync_api import Locator, Page, expect

from config.demo.decision import decision
from config.demo.honours import WORKER
from tests.journeys.conftest import LogIn
from tests.journeys.looks import expect_whole
from tests.journeys.running import rows_below, today

LAST_YEAR = today().year - 1
LIBRARY, OTHER_UNIT = "Thư viện tỉnh", "Phòng Quản lý Văn hóa"
COLLEAGUE, STRANGER = "Tạ Thị Thanh Thủy", "Lý Thị Ánh Tuyết"
LETTER, FIGHTER = "Giấy khen của Giám đốc Sở", "Chiến sĩ thi đua cơ sở"
NEWCOMER, NOBODY = "Nông Thị Mới Vào", "Nguyễn Văn Không Rõ"
MOVED = "Kiều Văn Ứng"
NUMBER = "88/QĐ-SVHTT"
# In a sheet with headings of its own; STRANGER is written with a slip of the pen, MOVED at a unit
# where nobody of that name is.
HEADINGS = ("STT", "Họ tên", "Phòng ban", "Được tặng", "Năm", "Ghi ở trang")
ROWS = (
    (WORKER, LIBRARY),
    ("Lý Thị Ánh Tuyến", OTHER_UNIT),
    (NEWCOMER, "Bảo tàng tỉnh"),
    (NOBODY, "Bảo tàng tỉnh"),
    (MOVED, OTHER_UNIT),
)
_READING_MS = 60_000


def _sheet() -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, HEADINGS)
    for number, (name, unit) in enumerate(ROWS, start=1):
        sheet.write_row(number, 0, (number, name, unit, LETTER, LAST_YEAR, f"1{number}"))
    book.close()
    return stream.getvalue()


def _hand_in(office: Page, file: Path) -> None:
    """A list of awards is handed in, and read as far as its columns."""
    office.goto("/khen-thuong/nhap-lich-su/")
    office.locator("input[type=file]").set_input_files(file)
    office.get_by_role("button", name="Đọc danh sách").click()
    expect(office.get_by_role("heading", level=1, name="Chọn cột")).to_be_visible(
        timeout=_READING_MS
    )


def _match(office: Page) -> None:
    office.get_by_role("button", name="Đối chiếu").click()
    expect(office.get_by_role("list", name="Các dòng theo kết quả")).to_be_visible(
        timeout=_READING_MS
    )


def _settle_all(office: Page, how: str) -> None:
    """Have the one line settled that can be in this way, by the button for all such lines."""
    office.get_by_role("button", name=how).click()
    said = office.get_by_role("status").filter(has_text=f"({how}): 1 dòng")
    expect(said).to_be_visible(timeout=_READING_MS)


def _finish(office: Page, button: str) -> dict[str, str]:
    """What the page of the finished list counts, by label."""
    office.get_by_role("button", name=button).click()
    expect(office.get_by_role("heading", name="Năm còn thiếu xếp loại")).to_be_visible(
        timeout=_READING_MS
    )
    labels = ("Đã ghi", "Đã có từ trước", "Bỏ qua")
    return {label: _fact(office, label).inner_text() for label in labels}


def _fact(page: Page, label: str) -> Locator:
    term = page.locator("dt").get_by_text(label, exact=True)
    return page.locator(".fact").filter(has=term).locator("dd")


def _panel(page: Page, heading: str) -> Locator:
    return page.locator("section", has=page.get_by_role("heading", name=heading))


def _tab(page: Page, name: str) -> None:
    page.get_by_role("list", name="Các dòng theo kết quả").get_by_role("link", name=name).click()


def _line(page: Page, name: str) -> Locator:
    return page.get_by_role("table", name="Các dòng").get_by_role("row").filter(has_text=name)


def _say_what_holds_for_all(office: Page) -> None:
    common = _panel(office, "Chung cho mọi dòng")
    common.get_by_label("Số quyết định").fill(NUMBER)
    common.get_by_label("Ngày quyết định").fill(f"20/12/{LAST_YEAR}")
    common.get_by_label("Loại hình").select_option(label="Chuyên đề")


def _in_register(page: Page, words: str) -> Locator:
    """The rows of the register that the words find."""
    page.goto("/khen-thuong/so/")
    page.get_by_label("Tìm trong sổ").fill(words)
    page.get_by_role("button", name="Lọc").click()
    page.wait_for_load_state("networkidle")
    return page.locator("main tbody tr")


def _record_of(page: Page, name: str) -> str:
    """The address of somebody's record, by way of an award in the register; left open."""
    _in_register(page, name).first.get_by_role("link", name=name).click()
    page.get_by_role("navigation").get_by_role("link", name=name, exact=True).click()
    expect(page.get_by_role("heading", level=1, name=name)).to_be_visible()
    return page.url


def _answer(page: Page, path: str) -> int:
    return page.context.request.get(path, max_redirects=0).status


def test_a_list_of_the_past_is_settled_and_stored_once(log_in: LogIn, tmp_path: Path) -> None:
    file = tmp_path / f"Giấy khen {LAST_YEAR}.xlsx"
    file.write_bytes(_sheet())
    office = log_in("vanphong")

    # What the headings do not say is chosen; what holds for all is said once.
    _hand_in(office, file)
    columns = _panel(office, "Cột nào là gì")
    expect(columns.get_by_label("Danh hiệu, hình thức")).to_have_value("3")
    columns.get_by_label("Số vào sổ, số bằng").select_option(label="F · Ghi ở trang")
    _say_what_holds_for_all(office)
    expect_whole(office)
    _match(office)
    expect_whole(office)

    # Those whose name one person bears are settled at once; one is nearly a known name and is that
    # person, one is entered anew, one is left out.
    _settle_all(office, "Chọn người cùng họ tên")
    _line(office, "Lý Thị Ánh Tuyến").get_by_role("button", name="Đúng người này").click()
    _line(office, NEWCOMER).get_by_role("link", name="Xem và sửa").click()
    expect_whole(office)
    office.get_by_role("button", name="Nhập mới").click()
    _line(office, NOBODY).get_by_role("link", name="Xem và sửa").click()
    office.get_by_role("button", name="Bỏ qua dòng này").click()
    counted = _finish(office, "Ghi 4 dòng vào sổ")
    assert counted == {"Đã ghi": "4", "Đã có từ trước": "0", "Bỏ qua": "1"}
    gaps = office.get_by_role("row").filter(has=office.get_by_role("link", name=WORKER))
    expect(gaps).to_contain_text(str(LAST_YEAR - 6))
    expect_whole(office)

    # What was entered says which line of which file it comes from.
    rows = _in_register(office, NUMBER)
    expect(rows).to_have_count(4)
    expect(rows.filter(has_text=NEWCOMER)).to_contain_text(LETTER)
    with office.expect_download() as coming:
        office.get_by_role("link", name="Xuất XLSX").click()
    exported = rows_below("Năm", Path(coming.value.path()))
    assert sorted((line[1], line[3], line[7], line[11]) for line in exported) == sorted(
        (name, LETTER, NUMBER, f"1{number}")
        for number, (name, _unit) in enumerate(ROWS, start=1)
        if name != NOBODY
    )
    rows.filter(has_text="Lý Thị Ánh Tuyến").get_by_role("link").click()
    expect(_fact(office, "Của")).to_have_text(STRANGER)
    expect(_panel(office, "Nguồn")).to_contain_text(f"{file.name}, dòng 3")
    expect(_panel(office, "Nội dung")).to_contain_text("12")

    # Handed in again, its columns are remembered, and nothing is doubled.
    _hand_in(office, file)
    expect(columns.get_by_label("Số vào sổ, số bằng")).to_have_value("5")
    _say_what_holds_for_all(office)
    _match(office)
    _settle_all(office, "Chọn người cùng họ tên")
    _line(office, "Lý Thị Ánh Tuyến").get_by_role("button", name="Đúng người này").click()
    _settle_all(office, "Bỏ qua")
    counted = _finish(office, "Kết thúc")
    assert counted == {"Đã ghi": "0", "Đã có từ trước": "4", "Bỏ qua": "1"}
    expect(_in_register(office, NUMBER)).to_have_count(4)


def test_without_script_a_decision_in_word_is_taken_in(log_in: LogIn, tmp_path: Path) -> None:
    year = LAST_YEAR - 12
    named = ("Mai Thị Hương Giang", "Chuyên viên", "Bảo tàng tỉnh")
    file = tmp_path / f"Quyết định 412 năm {year}.docx"
    file.write_bytes(decision(year, [named]))
    office = log_in("vanphong", scripts=False)

    # The head of the decision says what holds for its list.
    _hand_in(office, file)
    common = _panel(office, "Chung cho mọi dòng")
    expect(common.get_by_label("Số quyết định")).to_have_value("412/QĐ-SVHTT")
    expect(common.get_by_label("Ngày quyết định")).to_have_value(f"28/12/{year}")
    _match(office)
    button = office.get_by_role("button", name="Đúng người này")
    if button.count():
        button.click()
    assert _finish(office, "Ghi 1 dòng vào sổ")["Đã ghi"] == "1"
    gaps = office.get_by_role("row").filter(has=office.get_by_role("link", name=named[0]))
    expect(gaps).to_contain_text(str(year + 1))

    rows = _in_register(office, named[0]).filter(has_text=str(year))
    expect(rows).to_contain_text(FIGHTER)
    rows.get_by_role("link").click()
    expect(_panel(office, "Nguồn")).to_contain_text(f"{file.name}, dòng 1")
    kept = office.get_by_role("link", name=file.name).get_attribute("href") or ""
    assert office.context.request.get(kept).body() == file.read_bytes()


def test_a_correction_tells_which_conclusions_change(log_in: LogIn) -> None:
    office = log_in("vanphong")
    record = _record_of(office, WORKER)
    rating = office.locator("ol.years > li").filter(
        has=office.get_by_role("heading", name=str(LAST_YEAR), exact=True)
    )
    excellent, completed = "Hoàn thành xuất sắc nhiệm vụ", "Hoàn thành nhiệm vụ"

    def corrected(level: str, because: str) -> None:
        office.get_by_role("link", name="Đính chính").click()
        office.get_by_label("Mức xếp loại").select_option(label=level)
        office.get_by_label("Lý do đính chính").fill(because)
        office.get_by_role("button", name="Xem trước khi ghi").click()

    # Before anything is written, the conclusions that would turn are told, from what to what.
    rating.get_by_role("link", name=excellent).click()
    address = office.url
    corrected(completed, "Chép nhầm từ thông báo xếp loại của Thư viện.")
    effects = office.locator("#anh-huong")
    expect(effects).to_contain_text(f"{WORKER}, xét năm {LAST_YEAR}")
    expect(effects.locator(".turned").filter(has_text="Lao động tiên tiến").first).to_be_visible()
    expect_whole(office)
    office.goto(record)
    expect(rating).to_contain_text(excellent)

    # Written, it says so again, and the record of yesterday still stands.
    office.goto(address)
    corrected(completed, "Chép nhầm từ thông báo xếp loại của Thư viện.")
    office.get_by_role("button", name="Ghi đính chính").click()
    expect(office.locator("#messages")).to_contain_text(
        f"Đã đính chính. Kết luận thay đổi: {WORKER}"
    )
    expect(_panel(office, "Các lần đính chính")).to_contain_text(excellent)
    expect_whole(office)
    office.goto(record)
    expect(rating.get_by_role("link", name=completed, exact=True)).to_be_visible()
    office.get_by_role("textbox", name="Sổ tại ngày").fill(
        (today() - timedelta(days=1)).isoformat()
    )
    office.get_by_role("button", name="Xem", exact=True).click()
    expect(rating).to_contain_text(excellent)
    expect_whole(office)

    # Another look at the notice, and the correction is itself corrected; all three stand kept.
    office.get_by_role("link", name="Sổ hôm nay").click()
    rating.get_by_role("link", name=completed, exact=True).click()
    corrected(excellent, "Thông báo xếp loại ghi đúng như trước.")
    office.get_by_role("button", name="Ghi đính chính").click()
    expect(_panel(office, "Các lần đính chính").locator("ol > li")).to_have_count(3)


def test_a_clerk_finds_the_own_unit_and_no_other(log_in: LogIn) -> None:
    office, clerk = log_in("vanphong"), log_in("thuvien")
    theirs = _record_of(office, STRANGER)
    key = theirs.rstrip("/").rpartition("/")[2]
    award = office.locator("ul.events a[href^='/khen-thuong/so/']").first.get_attribute("href")
    kept = [
        theirs,
        award or "",
        f"/khen-thuong/xet/ca-nhan/{key}/",
        f"/khen-thuong/xet/ca-nhan/{key}/lo-trinh/",
    ]

    # In the register, the screening, the chains: those of the library.
    own = _in_register(clerk, COLLEAGUE)
    expect(own.first).to_contain_text(LIBRARY)
    expect(_in_register(clerk, STRANGER)).to_have_count(0)
    assert clerk.get_by_label("Đơn vị, cả cấp dưới").locator("option").all_inner_texts() == [
        "Mọi đơn vị",
        LIBRARY,
    ]
    expect_whole(clerk)
    for path in ("/khen-thuong/xet/", "/khen-thuong/xet/chuoi/"):
        clerk.goto(path)
        expect(_fact(clerk, "Phạm vi")).to_have_text(LIBRARY)
        expect_whole(clerk)
    clerk.goto("/tim-kiem/?q=ly+thi+anh+tuyet")
    expect(clerk.locator("main a[href^='/khen-thuong/']")).to_have_count(0)

    # The record of somebody of the library opens; that of a colleague elsewhere is not there.
    mine = _record_of(clerk, COLLEAGUE)
    expect_whole(clerk)
    assert [_answer(clerk, path) for path in kept] == [404] * len(kept)
    assert [_answer(office, path) for path in (*kept, mine)] == [200] * (len(kept) + 1)

    # Whoever holds no role opens neither, and the log-in stands before all of it.
    stranger = log_in("nhanvien")
    assert [_answer(stranger, path) for path in (*kept, mine)] == [404] * (len(kept) + 1)
    stranger.context.clear_cookies()
    assert [_answer(stranger, path) for path in (*kept, mine)] == [302] * (len(kept) + 1)
