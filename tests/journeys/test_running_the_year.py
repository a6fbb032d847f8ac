"""The main job: a plan is handed in, checked, put into force; a unit reports; all is accepted."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from config.demo.document import plan_document
from tests.journeys.conftest import LogIn
from tests.journeys.running import settle_findings, today
from vinhdanh.documents.tests.seeds import SEEDS, needs_seeds

# A year that neither the demonstration nor another journey has a plan for.
YEAR = today().year + 3
NAMES_ASKED = 10


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / f"Kế hoạch thi đua {YEAR}.docx"
    path.write_bytes(plan_document(YEAR, draft=True))
    return path


def _hand_in(page: Page, document: Path) -> None:
    page.goto("/ke-hoach/")
    page.get_by_role("link", name="Đưa kế hoạch vào").first.click()
    page.locator("input[type=file]").set_input_files(document)
    page.get_by_role("button", name="Đọc kế hoạch").click()
    expect(page.get_by_role("heading", name="Điểm cần xem")).to_be_visible()


def _match_names(page: Page) -> None:
    page.get_by_role("link", name="Tên đơn vị", exact=True).click()
    for _ in range(NAMES_ASKED):
        forms = page.locator("section.name form")
        if not forms.count():
            break
        forms.first.get_by_role("radio").first.check()
        forms.first.get_by_role("button", name="Áp dụng").click()
        page.wait_for_load_state("networkidle")
    expect(page.get_by_text("Mọi tên đơn vị trong kế hoạch đã khớp.")).to_be_visible()


def test_a_plan_becomes_the_running_year(log_in: LogIn, document: Path) -> None:
    office = log_in("vanphong")
    _hand_in(office, document)
    review = office.url

    # The document stands beside what was read, and what contradicts itself is pointed out.
    expect(office.get_by_text("Hai thời hạn khác nhau").first).to_be_visible()
    expect(office.get_by_text("Như in trong văn bản").first).to_be_visible()
    settle_findings(office)
    _match_names(office)
    office.goto(review)
    office.get_by_role("link", name="Đưa vào thực hiện").first.click()
    office.get_by_role("button", name="Đưa vào thực hiện").click()
    expect(office.get_by_text("Đang thực hiện").first).to_be_visible()
    plan = office.url

    # A clerk of a unit finds the work and reports it, with a file.
    clerk = log_in("canbo")
    clerk.goto(f"{plan}bang/?q=dang+ky+danh+hieu")
    clerk.get_by_role("link", name="đăng ký danh hiệu thi đua").first.click()
    expect(clerk.get_by_role("heading", name="Báo cáo của Phòng Quản lý Văn hóa")).to_be_visible()
    clerk.get_by_label("Kết quả thực hiện").fill("Đã gửi bản đăng ký về Văn phòng Sở.")
    clerk.locator("input[type=file]").set_input_files(document)
    clerk.get_by_role("button", name="Gửi báo cáo").click()
    expect(clerk.get_by_text("Chờ xác nhận").first).to_be_visible()
    task = clerk.url

    # The office sees it waiting, sends it back once with a reason, then accepts the second report.
    office.goto(task)
    expect(office.get_by_text("Đã gửi bản đăng ký về Văn phòng Sở.").first).to_be_visible()
    office.get_by_role("link", name="Trả lại Phòng Quản lý Văn hóa").click()
    office.get_by_label("Lý do").fill("Thiếu chữ ký của thủ trưởng.")
    office.get_by_role("button", name="Trả lại").click()
    expect(office.get_by_text("Thiếu chữ ký của thủ trưởng.").first).to_be_visible()

    clerk.goto(task)
    expect(clerk.get_by_text("Thiếu chữ ký của thủ trưởng.").first).to_be_visible()
    clerk.get_by_label("Kết quả thực hiện").fill("Đã bổ sung chữ ký.")
    clerk.get_by_role("button", name="Gửi báo cáo").click()

    office.goto(task)
    office.get_by_role("button", name="Xác nhận Phòng Quản lý Văn hóa").click()
    line = office.locator("article", has_text="Phòng Quản lý Văn hóa")
    expect(line.get_by_text("Hoàn thành").first).to_be_visible()

    # Somebody who holds no role, and whoever has not logged in, is turned away.
    stranger = log_in("nhanvien")
    answer = stranger.goto(review)
    assert answer is not None
    assert answer.status == 404
    nobody = stranger.context.browser.new_page()  # type: ignore[union-attr]
    nobody.goto(task)
    assert "/tai-khoan/dang-nhap/" in nobody.url
    nobody.close()


def test_a_file_that_is_no_plan_gets_a_sentence_and_loses_nothing(
    log_in: LogIn, tmp_path: Path
) -> None:
    office = log_in("vanphong")
    letter = tmp_path / "thu.txt"
    letter.write_text("Kính gửi ông bà,\n\nXin mời dự tiệc cuối năm lúc 18 giờ.\n")
    office.goto("/ke-hoach/dua-vao/")
    office.locator("input[type=file]").set_input_files(letter)
    office.get_by_role("button", name="Đọc kế hoạch").click()

    expect(office.get_by_role("alert").first).to_contain_text("kế hoạch")
    office.locator("textarea").fill("Không có gì ở đây")
    office.get_by_role("button", name="Đọc kế hoạch").click()
    expect(office.locator("textarea")).to_have_value("Không có gì ở đây")


@needs_seeds
def test_the_office_reads_a_pdf_in_the_background(log_in: LogIn) -> None:
    office = log_in("vanphong")
    office.goto("/ke-hoach/dua-vao/")
    office.locator("input[type=file]").set_input_files(SEEDS / "ke-hoach-2025.pdf")
    office.get_by_role("button", name="Đọc kế hoạch").click()

    expect(office.get_by_role("heading", name="Điểm cần xem")).to_be_visible(timeout=60_000)
    expect(office.locator("#diem-can-xem")).to_contain_text("Cạnh thi đua")
