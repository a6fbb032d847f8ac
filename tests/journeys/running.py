"""A plan of the office's own making, handed in and put into force in the browser."""

import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from playwright.sync_api import Locator, Page, expect
from python_calamine import CalamineWorkbook

# Where the offices are, as the demonstration counts days.
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
# Who `canbo` and `thutruong` answer for.
UNIT = "Phòng Quản lý Văn hóa"


@dataclass(frozen=True)
class Work:
    """A row of the plan; `time` as a plan prints it, "Trước ngày 15/6/2026"."""

    content: str
    time: str
    unit: str = UNIT


def today() -> date:
    """Today where the offices are."""
    return datetime.now(ZONE).date()


def _words(year: int, rows: Iterable[Work]) -> str:
    lines = "\n".join(
        f"{number}\t{row.content}\t{row.unit}\t{row.time}" for number, row in enumerate(rows, 1)
    )
    return f"""\
SỞ VĂN HÓA VÀ THỂ THAO TỈNH AN BÌNH
Số: 7/KH-SVHTT
An Bình, ngày 04 tháng 01 năm {year}
KẾ HOẠCH
Công tác thi đua, khen thưởng năm {year}
I. MỤC ĐÍCH, YÊU CẦU
1. Nâng cao chất lượng phong trào thi đua.
2. Khen thưởng kịp thời, đúng người, đúng việc.
II. TỔ CHỨC THỰC HIỆN
1. Các đơn vị thực hiện theo phụ lục.
PHỤ LỤC
(Kèm theo Kế hoạch số 7/KH-SVHTT ngày 04/01/{year})
TT\tNội dung\tĐơn vị chủ trì\tThời gian
{lines}
"""


def settle_findings(page: Page) -> None:
    """Accept what is open, one by one, until nothing is left."""
    findings = page.locator("#diem-can-xem")
    while findings.get_by_text("Chấp nhận…", exact=True).count():
        findings.get_by_text("Chấp nhận…", exact=True).first.click()
        box = findings.get_by_label("Lý do chấp nhận", exact=True).first
        box.fill("Giữ nguyên theo chỉ đạo của Giám đốc Sở.")
        box.locator("xpath=ancestor::form").get_by_role("button", name="Chấp nhận").click()
        page.wait_for_load_state("networkidle")
    expect(findings.get_by_text("Không còn điểm nào phải xử lý.")).to_be_visible()


def put_into_force(office: Page, year: int, *rows: Work) -> str:
    """The address of the page of the year, once its plan is in force; left open in `office`."""
    office.goto("/ke-hoach/dua-vao/")
    office.locator("textarea").fill(_words(year, rows))
    office.get_by_role("button", name="Đọc kế hoạch").click()
    expect(office.get_by_role("heading", name="Điểm cần xem")).to_be_visible()
    settle_findings(office)
    office.get_by_role("link", name="Đưa vào thực hiện").first.click()
    office.get_by_role("button", name="Đưa vào thực hiện").click()
    expect(office.get_by_text("Đang thực hiện").first).to_be_visible()
    return office.url


def task_page(page: Page, plan: str, content: str) -> str:
    """The address of a task of the plan, opened from its table."""
    page.goto(f"{plan}bang/")
    page.get_by_role("link", name=content).first.click()
    expect(page.get_by_role("heading", level=1, name=content)).to_be_visible()
    return page.url.partition("?")[0]


def extend(office: Page, until: date, why: str) -> None:
    """Give the task that is open another last day, and say why."""
    office.get_by_role("link", name="Gia hạn").click()
    office.get_by_label("Hạn mới").fill(until.isoformat())
    office.get_by_label("Lý do gia hạn").fill(why)
    office.get_by_role("button", name="Gia hạn").click()
    expect(office.get_by_text("Đã gia hạn; lý do được ghi ở trang công việc.")).to_be_visible()


def expect_picture(picture: Locator) -> None:
    """The picture of a page has come."""
    picture.scroll_into_view_if_needed()
    expect(picture).to_have_js_property("complete", True)
    assert picture.evaluate("picture => picture.naturalWidth") > 0


def rows_below(heading: str, file: Path) -> list[list[str]]:
    """The rows of a spreadsheet below its headings, of which the first is given, as text."""
    # A download has no ending by which its kind would be known.
    book = CalamineWorkbook.from_filelike(io.BytesIO(file.read_bytes()))
    printed = [[str(cell) for cell in row] for row in book.get_sheet_by_index(0).to_python()]
    first = next(number for number, row in enumerate(printed) if row[0] == heading)
    return [row for row in printed[first + 1 :] if row[0]]
