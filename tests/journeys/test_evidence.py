"""What a unit hands in with a report is seen page by page, by those who may see it."""

from pathlib import Path

from playwright.sync_api import expect

from tests.journeys.conftest import LogIn
from tests.journeys.running import Work, expect_picture, put_into_force, task_page, today
from vinhdanh.papers.rules.pdf import pdf
from vinhdanh.papers.tests.make import a_long_plan

YEAR = today().year - 2
WORK = Work("Nộp biên bản bình xét thi đua", f"Trước ngày 16/6/{YEAR}")


def test_evidence_is_looked_at_page_by_page(log_in: LogIn, tmp_path: Path) -> None:
    minutes = tmp_path / "Biên bản bình xét.pdf"
    minutes.write_bytes(pdf(a_long_plan()))
    office, clerk = log_in("vanphong"), log_in("canbo")
    plan = put_into_force(office, YEAR, WORK)
    task = task_page(office, plan, WORK.content)

    clerk.goto(task)
    clerk.get_by_label("Kết quả thực hiện").fill("Biên bản kèm theo.")
    clerk.locator("input[type=file]").set_input_files(minutes)
    clerk.get_by_role("button", name="Gửi báo cáo").click()
    expect(clerk.get_by_text("Chờ xác nhận").first).to_be_visible()

    office.goto(task)
    office.get_by_role("link", name=f"Xem {minutes.name}").click()
    address = office.url
    expect_picture(office.get_by_alt_text(f"Trang 1 của tệp {minutes.name}"))
    office.get_by_role("link", name="Trang sau").click()
    picture = office.get_by_alt_text(f"Trang 2 của tệp {minutes.name}")
    expect_picture(picture)
    source = picture.get_attribute("src") or ""
    office.goto(task)
    expect(office.get_by_text("Xem tài liệu minh chứng").first).to_be_visible()

    # A colleague of another unit, and who holds no role, do not find it.
    for username in ("thuvien", "nhanvien"):
        requests = log_in(username).context.request
        answers = [requests.get(path).status for path in (address, source)]
        assert answers == [404, 404]
