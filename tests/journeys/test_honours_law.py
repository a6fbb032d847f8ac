"""The law as it is read, and what it says of a worker and of everybody in a unit; what is paid."""

from datetime import date
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from config.demo.honours import WORKER
from tests.journeys.conftest import LogIn
from tests.journeys.looks import expect_whole
from tests.journeys.running import UNIT, rows_below, today

LAST_YEAR = today().year - 1
FIGHTER, CODE = "Chiến sĩ thi đua cơ sở", "DH_CSTD_CS"
ADVANCED = "Lao động tiên tiến"
BONUSES = "/khen-thuong/tien-thuong/"
LAW = "/khen-thuong/phap-luat/"
# What the law leaves to the City and the office without an end, and one of its awards.
LEFT_OPEN = "Hệ số tiền thưởng của hình thức do Thành phố đặt ra"
LOCAL, LOCAL_CODE = "Người tốt, việc tốt (cấp Sở)", "HN_NTVT"
_WRITING_MS = 90_000
SOURCE = "Quy chế thi đua, khen thưởng của Sở (số liệu của bài kiểm tra)"


def _panel(page: Page, heading: str) -> Locator:
    return page.locator("section", has=page.get_by_role("heading", name=heading))


def _opened(page: Page, award: str) -> Locator:
    """What is said of an award on a page of eligibility or of the path, opened."""
    name = page.locator(".answer-name").get_by_text(award, exact=True)
    answer = page.locator("details.answer", has=name).first
    answer.locator("summary").first.click()
    return answer


def test_a_worker_reads_the_own_record_and_the_way_on(log_in: LogIn) -> None:
    worker, office = log_in("nhanvien"), log_in("vanphong")

    # The own years, with the one that nobody kept.
    worker.get_by_role("link", name="Thành tích của tôi").click()
    expect(worker.get_by_role("heading", level=1, name=WORKER)).to_be_visible()
    expect(worker.get_by_text(f"Năm {LAST_YEAR - 6}: chưa có xếp loại")).to_be_visible()
    expect_whole(worker)
    record = worker.url

    # Why one may be a grassroots fighter: from a finding to its source, and to its evidence.
    worker.get_by_role("link", name="Xét điều kiện").click()
    worker.get_by_label("Xét cho năm").select_option(str(LAST_YEAR))
    worker.get_by_label("Ngày tiếp nhận hồ sơ").fill(f"{LAST_YEAR}-12-01")
    worker.get_by_role("button", name="Xem", exact=True).click()
    eligibility = worker.url
    expect_whole(worker)
    finding = _opened(worker, FIGHTER).locator(".finding", has_text="01 sáng kiến").first
    source = finding.get_by_role("link", name="Luật 06/2022/QH15")
    evidence = finding.locator(".evidence").get_by_role("link").first
    if not finding.is_visible():
        _branch_of(finding).click()
    expect_whole(worker)
    source.click()
    expect(worker.get_by_role("heading", level=1)).to_contain_text("Luật 06/2022/QH15")
    worker.goto(eligibility)
    _opened(worker, FIGHTER)
    if not finding.is_visible():
        _branch_of(finding).click()
    evidence.click()
    expect(_panel(worker, "Nguồn")).to_contain_text("Quyết định công nhận sáng kiến")
    expect_whole(worker)

    # The way on: year by year, with what would break it.
    worker.goto(record)
    worker.get_by_role("link", name="Lộ trình").click()
    expect(worker.get_by_role("heading", name="Năm sớm nhất có thể đề nghị")).to_be_visible()
    way = _opened(worker, "Bằng khen của Thủ tướng Chính phủ – cá nhân")
    expect(way.get_by_text("Điều làm đứt")).to_be_visible()
    expect_whole(worker)

    # A colleague of the same library stays closed.
    office.goto("/khen-thuong/so/?q=kieu+van+ung")
    office.locator("main tbody a").first.click()
    office.get_by_role("navigation").get_by_role("link", name="Kiều Văn Ứng").click()
    key = office.url.rstrip("/").rpartition("/")[2]
    requests = worker.context.request
    closed = [
        f"/khen-thuong/ca-nhan/{key}/",
        f"/khen-thuong/xet/ca-nhan/{key}/",
        f"/khen-thuong/xet/ca-nhan/{key}/lo-trinh/",
    ]
    assert [requests.get(path).status for path in closed] == [404, 404, 404]


def _branch_of(finding: Locator) -> Locator:
    return finding.locator("xpath=ancestor::details[contains(@class, 'branch')]/summary")


def test_the_law_of_two_days_and_what_the_office_sets_itself(log_in: LogIn) -> None:
    worker, office = log_in("nhanvien", scripts=False), log_in("vanphong")

    # Found without accents, and not the same on two days. Law is for everybody, without script too.
    worker.goto(LAW)
    worker.get_by_label("Tìm trong tên, điều khoản").fill("chien si thi dua co so")
    worker.get_by_role("button", name="Lọc").click()
    worker.get_by_role("link", name=FIGHTER, exact=True).first.click()
    for day, amount in (("2025-03-01", "2.340.000 đồng"), ("2026-08-01", "2.530.000 đồng")):
        worker.get_by_label("Luật vào ngày").fill(day)
        worker.get_by_role("button", name="Xem", exact=True).click()
        heading = f"Tiền thưởng nếu quyết định ngày {date.fromisoformat(day):%d/%m/%Y}"
        expect(_panel(worker, heading).locator("strong")).to_have_text(amount)

    # What changes on a date.
    worker.get_by_role("link", name="Thay đổi theo ngày", exact=True).click()
    worker.get_by_role("link", name="01/07/2025").click()
    expect(worker.get_by_role("heading", name="Luật thay đổi ngày 01/07/2025")).to_be_visible()
    expect(worker.locator("main")).to_contain_text("NĐ 152/2025/NĐ-CP")

    # The office writes down what the law leaves to it; all of the office read it with the award.
    office.goto(f"{LAW}dia-phuong/")
    expect_whole(office)
    office.get_by_role("link", name=LEFT_OPEN).click()
    office.get_by_role("link", name="Ghi quy định").click()
    office.get_by_label(LOCAL).check()
    office.get_by_label("Hệ số").fill("không rõ")
    office.get_by_label("Văn bản quy định").fill(SOURCE)
    office.get_by_label("Áp dụng từ ngày").fill(today().isoformat())
    save = office.get_by_role("button", name="Ghi quy định")
    save.click()
    expect(office.locator(".invalid-feedback").first).to_be_visible()
    expect(office.get_by_label("Văn bản quy định")).to_have_value(SOURCE)
    expect_whole(office)
    office.get_by_label("Hệ số").fill("0,3")
    save.click()
    expect(office.get_by_text("Đã ghi quy định.")).to_be_visible()
    expect_whole(office)
    worker.goto(f"{LAW}{LOCAL_CODE}/")
    expect(_panel(worker, "Địa phương, cơ quan tự quy định")).to_contain_text(SOURCE)
    address = office.url
    worker.goto(address)
    expect(worker.get_by_role("link", name="Ghi quy định")).to_have_count(0)
    assert worker.context.request.get(f"{address}ghi/").status == 404


def test_an_office_is_screened_and_the_reasons_exported(log_in: LogIn) -> None:
    office = log_in("vanphong")
    office.goto("/khen-thuong/xet/")
    office.get_by_label("Xét cho năm").select_option(str(LAST_YEAR))
    office.get_by_label("Ngày tiếp nhận hồ sơ").fill(f"{LAST_YEAR}-12-01")
    office.get_by_role("button", name="Lọc").click()
    expect_whole(office)

    # From a count to the rows, to those of one unit, to the reasons of one person.
    row = office.get_by_role("row").filter(has_text=FIGHTER).first
    row.get_by_role("link").first.click()
    expect(office.get_by_role("table", name="Kết quả xét")).to_be_visible()
    office.get_by_label("Đơn vị, cả cấp dưới").select_option(label=UNIT)
    office.get_by_label("Kết quả", exact=True).select_option("")
    office.get_by_role("button", name="Lọc").click()
    tabs = office.get_by_role("navigation", name="Lọc theo kết quả")
    count = int(tabs.get_by_role("link", name="Tất cả").locator("b").inner_text())
    expect(office.locator("#table tbody tr")).to_have_count(count)
    expect_whole(office)
    with office.expect_download() as coming:
        office.get_by_role("link", name="Xuất XLSX").click()
    units = {line[1] for line in rows_below("Tên", Path(coming.value.path()))}
    assert units == {UNIT}
    office.locator("#table tbody a").first.click()
    opened = office.locator(f"details#{CODE}")
    expect(opened.locator(".finding").first).to_be_visible()
    expect(opened.get_by_text("Căn cứ").first).to_be_visible()
    expect_whole(office)

    # Everybody who falls short of anything, with every reason: written in the background.
    question = f"year={LAST_YEAR}&day={LAST_YEAR}-12-01&verdict=unmet"
    office.goto(f"/khen-thuong/xet/?{question}")
    office.get_by_role("button", name="Xuất XLSX").click()
    ready = office.get_by_role("link", name="Tải bảng tính")
    expect(ready).to_be_visible(timeout=_WRITING_MS)
    expect_whole(office)
    with office.expect_download() as coming:
        ready.click()
    written = rows_below("Tên", Path(coming.value.path()))
    expect(office.locator("#export")).to_contain_text(f"{len(written)} dòng, tệp")
    assert all(line[6] for line in written)


def test_bonuses_say_why_one_is_not_paid_and_show_each_the_own(log_in: LogIn) -> None:
    office, worker = log_in("vanphong"), log_in("nhanvien")

    # Of two titles of a year only the higher is paid: the line says so, and leads to the other.
    office.goto("/khen-thuong/so/")
    office.get_by_role("navigation", name="Sổ khen thưởng").get_by_role(
        "link", name="Tiền thưởng"
    ).click()
    office.get_by_label("Năm quyết định").select_option(str(LAST_YEAR))
    office.get_by_label("Kết luận").select_option(label="Không nhận")
    office.get_by_label("Tìm trong sổ").fill("trieu thi nhan vien")
    office.get_by_role("button", name="Lọc").click()
    row = office.locator("#table tbody tr")
    expect(row).to_have_count(1)
    for words in (WORKER, ADVANCED, "Không nhận", FIGHTER):
        expect(row).to_contain_text(words)
    row.get_by_text("Căn cứ").click()
    expect(row.locator("details")).to_contain_text("NĐ 152/2025/NĐ-CP")
    expect_whole(office)
    with office.expect_download() as coming:
        office.get_by_role("link", name="Xuất XLSX").click()
    [line] = rows_below("Được khen thưởng", Path(coming.value.path()))
    assert (line[0], line[2], line[10]) == (WORKER, ADVANCED, "Không nhận")
    row.get_by_role("link", name="Xem mục kia").click()
    expect(office.get_by_role("heading", level=1)).to_contain_text(FIGHTER)
    paid = _panel(office, "Tiền thưởng")
    expect(paid).to_contain_text("Được nhận")
    amount = paid.locator("strong").inner_text()

    # On the own record the worker finds both, in the list the own alone; of others nothing.
    worker.get_by_role("link", name="Thành tích của tôi").click()
    heading = worker.get_by_role("heading", name=str(LAST_YEAR), exact=True)
    events = worker.locator("ol.years > li").filter(has=heading).locator("ul.events > li")
    expect(events.filter(has_text=FIGHTER)).to_contain_text(f"Tiền thưởng: {amount}")
    expect(events.filter(has_text=ADVANCED)).to_contain_text("– không nhận")
    worker.goto(f"{BONUSES}?year={LAST_YEAR}")
    names = worker.locator("#table tbody td.card-head a")
    expect(names.filter(has_text=WORKER).first).to_be_visible()
    assert {*names.all_inner_texts()} == {WORKER}
    office.goto(f"{BONUSES}?year={LAST_YEAR}&q=ly+thi+anh+tuyet")
    other = office.locator("#table tbody a").first.get_attribute("href") or ""
    assert worker.context.request.get(other).status == 404
