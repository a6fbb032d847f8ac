"""The pictures of the user guide, taken anew from a demonstration that runs only for them.

`python -m tools.pictures` writes docs/huong-dan/hinh/*.png; with names it takes only those. The
state of the pages is that of the demonstration on the day of taking.
"""

import io
import os
import shutil
import sys
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Locator, Page, ViewportSize, sync_playwright

from config.demo.log_ins import PASSWORD
from tools import pictures_of_honours
from tools.demonstration import demonstration

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs/huong-dan/hinh"
DESKTOP: ViewportSize = {"width": 1366, "height": 768}
PHONE: ViewportSize = {"width": 390, "height": 844}
_COLOURS = 256
_ROOM_ABOVE = 76
_Colour = tuple[int, int, int]


class Office:
    """The demonstration as its people see it: one window for each person and size."""

    def __init__(self, browser: Browser, address: str) -> None:
        self._browser, self._address = browser, address
        self._windows: dict[tuple[str, bool], Page] = {}

    def stranger(self) -> Page:
        """A window in which nobody has logged in."""
        return self._window(phone=False)

    def seen_by(self, username: str, *, phone: bool = False) -> Page:
        """The window of a person who has logged in."""
        if (username, phone) not in self._windows:
            page = self._window(phone=phone)
            page.goto("/tai-khoan/dang-nhap/")
            page.locator("input[name=login]").fill(username)
            page.locator("input[name=password]").fill(PASSWORD)
            page.locator("form button:not([name])").first.click()
            page.locator("nav.sidebar").wait_for(state="attached")
            self._windows[username, phone] = page
        return self._windows[username, phone]

    def _window(self, *, phone: bool) -> Page:
        context = self._browser.new_context(
            base_url=self._address,
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
            color_scheme="light",
            reduced_motion="reduce",
            viewport=PHONE if phone else DESKTOP,
        )
        context.set_default_timeout(15_000)
        return context.new_page()


def plan_of(page: Page, state: str) -> str:
    """Open the first plan in the state named on the list of plans; its address."""
    page.goto("/ke-hoach/")
    page.locator("tbody tr", has_text=state).locator("a").first.click()
    page.wait_for_load_state()
    return page.url.split("?")[0]


def running_plan(page: Page, view: str = "") -> None:
    """Open a view of the plan of the running year, such as "lich/"."""
    page.goto(plan_of(page, "Đang thực hiện") + view)


def draft(page: Page, part: str = "") -> None:
    """Open the review of the draft, or a part of it, such as "ten-don-vi/"."""
    page.goto(plan_of(page, "Đang rà soát") + part)


def to_top(thing: Locator) -> None:
    """Bring a thing to the top of the window, below the top bar."""
    thing.evaluate(
        "(thing, room) => window.scrollTo(0, thing.getBoundingClientRect().top + scrollY - room)",
        _ROOM_ABOVE,
    )


def log_in(office: Office) -> Page:
    page = office.stranger()
    page.goto("/tai-khoan/dang-nhap/")
    page.locator("input[name=login]").fill("vanphong")
    return page


def security(office: Office) -> Page:
    page = office.seen_by("canbo")
    page.goto("/tai-khoan/bao-mat/")
    return page


def upload(office: Office) -> Page:
    page = office.seen_by("vanphong")
    page.goto("/ke-hoach/dua-vao/")
    return page


def findings(office: Office) -> Page:
    page = office.seen_by("vanphong")
    draft(page)
    return page


def review(office: Office) -> Page:
    page = office.seen_by("vanphong")
    draft(page)
    to_top(page.locator(".row-head"))
    return page


def row_form(office: Office) -> Page:
    page = office.seen_by("vanphong")
    draft(page)
    page.locator(".row-actions a").nth(1).click()
    form = page.locator("article.editing")
    form.wait_for()
    to_top(form)
    return page


def names(office: Office) -> Page:
    page = office.seen_by("vanphong")
    draft(page, "ten-don-vi/")
    to_top(page.locator(".nav-tabs"))
    return page


def obstacles(office: Office) -> Page:
    page = office.seen_by("vanphong")
    draft(page)
    page.get_by_role("link", name="Đưa vào thực hiện").first.click()
    return page


def year(office: Office) -> Page:
    page = office.seen_by("vanphong")
    running_plan(page)
    to_top(page.locator(".year-legend"))
    return page


def calendar(office: Office) -> Page:
    page = office.seen_by("vanphong")
    running_plan(page, "lich/")
    to_top(page.locator(".panel-head").first)
    return page


def table(office: Office) -> Page:
    page = office.seen_by("vanphong")
    running_plan(page, "bang/?state=late")
    return page


def board(office: Office) -> Page:
    page = office.seen_by("vanphong")
    running_plan(page, "theo-doi/")
    return page


def search(office: Office) -> Page:
    page = office.seen_by("vanphong")
    page.goto("/tim-kiem/?q=dang+ky")
    return page


def waiting_reports(office: Office) -> Page:
    page = office.seen_by("vanphong")
    page.goto("/ke-hoach/viec-cua-toi/")
    return page


def task_with_report(office: Office) -> Page:
    page = office.seen_by("vanphong")
    running_plan(page, "bang/?state=reported")
    page.locator("tbody tr a").first.click()
    page.wait_for_load_state()
    to_top(page.locator(".unit-line", has=page.get_by_role("button", name="Xác nhận")).first)
    return page


def own_work(office: Office) -> Page:
    page = office.seen_by("canbo")
    page.goto("/ke-hoach/viec-cua-toi/")
    return page


def report_form(office: Office) -> Page:
    page = office.seen_by("canbo")
    page.goto("/ke-hoach/viec-cua-toi/")
    page.get_by_role("link", name="Báo cáo").first.click()
    page.get_by_label("Kết quả thực hiện").fill(
        "Đã gửi bản đăng ký của đơn vị về Văn phòng Sở, kèm danh sách cá nhân, tập thể."
    )
    return page


def own_work_on_phone(office: Office) -> Page:
    page = office.seen_by("canbo", phone=True)
    page.goto("/ke-hoach/viec-cua-toi/")
    return page


def head_on_phone(office: Office) -> Page:
    page = office.seen_by("thutruong", phone=True)
    running_plan(page, "theo-doi/")
    return page


def units(office: Office) -> Page:
    page = office.seen_by("quantri")
    page.goto("/quan-tri/don-vi/")
    return page


def person(office: Office) -> Page:
    page = office.seen_by("quantri")
    page.goto("/quan-tri/can-bo/?role=clerk")
    page.locator("tbody tr a").first.click()
    page.wait_for_load_state()
    return page


def dry_run(office: Office) -> Page:
    page = office.seen_by("quantri")
    page.goto("/quan-tri/nhap/?kind=persons")
    page.get_by_label("Cán bộ", exact=True).check()
    rows = (
        "Họ và tên;Mã cán bộ;Ngày sinh;Đơn vị;Chức vụ;Tên đăng nhập\n"
        "Nguyễn Thị Thử;CB901;15/08/1985;Thư viện tỉnh;Viên chức;thu.nguyen\n"
        "Trần Văn Ví Dụ;CB902;31/02/1990;Thư viện tỉnh;Viên chức;\n"
        "Lê Thị Minh Họa;CB903;02/09/1988;Phòng Không Có;Chuyên viên;\n"
    )
    sheet = {"name": "can-bo.csv", "mimeType": "text/csv", "buffer": rows.encode()}
    page.locator("input[type=file]").set_input_files(sheet)  # type: ignore[arg-type]
    page.get_by_role("button", name="Xem thử").click()
    page.wait_for_load_state()
    return page


def opened(
    username: str, address: str, *links: str, to: str = "", phone: bool = False
) -> Callable[[Office], Page]:
    """A page that a person opens, by links named in turn; `to` says what comes to the top."""

    def shown(office: Office) -> Page:
        page = office.seen_by(username, phone=phone)
        page.goto(address)
        for link in links:
            page.get_by_role("link", name=link).first.click()
            page.wait_for_load_state()
        if to:
            to_top(page.locator(to).first)
        return page

    return shown


def of_the_year(view: str, *links: str, to: str = "") -> Callable[[Office], Page]:
    """A page that the office opens from a view of the running year's plan."""

    def shown(office: Office) -> Page:
        page = office.seen_by("vanphong")
        return opened("vanphong", plan_of(page, "Đang thực hiện") + view, *links, to=to)(office)

    return shown


def extending(office: Office) -> Page:
    page = of_the_year("bang/?state=late", "Phát động đợt thi đua", "Gia hạn")(office)
    page.get_by_label("Hạn mới").fill(f"{datetime.now(tz=UTC).year + 1}-01-03")
    page.get_by_label("Lý do").fill("Chờ hướng dẫn của Ban Thi đua - Khen thưởng tỉnh.")
    return page


def register(office: Office) -> Page:
    page = office.seen_by("vanphong")
    page.goto("/van-thu/so-dang-ky/")
    page.locator("main tbody a", has_text="Thông báo").first.click()
    page.wait_for_load_state()
    return page


def feed(office: Office) -> Page:
    page = opened("canbo", "/tai-khoan/lich-rieng/")(office)
    page.get_by_role("button", name="Tạo địa chỉ").click()
    page.wait_for_load_state()
    return page


PICTURES: dict[str, Callable[[Office], Page]] = {
    "dang-nhap": log_in,
    "bao-mat": security,
    "dua-ke-hoach-vao": upload,
    "diem-can-xem": findings,
    "ra-soat": review,
    "sua-nhiem-vu": row_form,
    "ten-don-vi": names,
    "con-phai-xu-ly": obstacles,
    "ke-hoach-nam": year,
    "lich": calendar,
    "bang": table,
    "bang-theo-doi": board,
    "tim-kiem": search,
    "bao-cao-cho-xac-nhan": waiting_reports,
    "xac-nhan": task_with_report,
    "viec-cua-toi": own_work,
    "bao-cao": report_form,
    "viec-cua-toi-dien-thoai": own_work_on_phone,
    "thu-truong-dien-thoai": head_on_phone,
    "don-vi": units,
    "can-bo": person,
    "xem-thu-bang-tinh": dry_run,
    "thong-bao": opened("canbo", "/thong-bao/"),
    "cach-nhan-thong-bao": opened("canbo", "/thong-bao/cach-nhan/"),
    "nhac-viec": opened("canbo", "/ke-hoach/nhac-viec/"),
    "chinh-sach-nhac": opened("vanphong", "/ke-hoach/nhac-viec/chinh-sach/"),
    "xem-truoc-nhac": opened("vanphong", "/ke-hoach/nhac-viec/xem-truoc/"),
    "don-doc": of_the_year("theo-doi/", "Đôn đốc"),
    "gia-han": extending,
    "lich-lui": of_the_year("bang/?q=de+nghi+khen+thuong+tong+ket", "Xét, đề nghị", "Lịch lùi"),
    "xuat-van-ban": of_the_year("xuat-van-ban/"),
    "van-ban-di": opened("vanphong", "/van-thu/"),
    "van-ban-du-thao": opened("vanphong", "/van-thu/?state=draft", "Tiến độ thực hiện"),
    "van-ban-phat-hanh": opened(
        "vanphong", "/van-thu/?state=draft", "Tiến độ thực hiện", "Phát hành"
    ),
    "so-dang-ky": register,
    "mau-van-ban": opened("vanphong", "/van-thu/mau-van-ban/", "Công văn đôn đốc"),
    "hop-thu-di": opened("vanphong", "/van-thu/hop-thu-di/"),
    "thu-cho-gui": opened("vanphong", "/van-thu/hop-thu-di/", "Đôn đốc"),
    "nhat-ky-gui": opened("vanphong", "/van-thu/hop-thu-di/nhat-ky/"),
    "thu-den-dien-thoai": opened("canbo", "/thong-bao/", "Hướng dẫn nộp hồ sơ", phone=True),
    "lich-lam-viec": opened("vanphong", "/van-thu/lich-lam-viec/"),
    "lich-rieng": feed,
    "xem-tep": opened("vanphong", "/ke-hoach/viec-cua-toi/", "Giới thiệu gương", "Xem"),
    "lich-su-can-bo": opened("quantri", "/quan-tri/can-bo/?q=ly+thi+anh+tuyet", "Lý Thị Ánh Tuyết"),
    **pictures_of_honours.PICTURES,
}


def keep(page: Page, name: str) -> int:
    """Write what the window shows as a small PNG; its size in bytes."""
    page.wait_for_load_state("networkidle")
    page.evaluate("document.activeElement?.blur(); document.fonts.ready")
    with Image.open(io.BytesIO(page.screenshot())) as picture:
        plain = reduced(picture.convert("RGB"))
    path = FOLDER / f"{name}.png"
    plain.save(path, optimize=True)
    return path.stat().st_size


def reduced(picture: Image.Image) -> Image.Image:
    """The picture in 256 colours, chosen so that surfaces and states keep theirs exactly.

    The most frequent colour of every part of the colour space comes first, for a state may colour a
    few signs only; then the most frequent ones of all. The others, at the edges of letters, become
    the nearest of these.
    """
    parts = picture.tobytes()
    pixels: list[_Colour] = list(zip(parts[::3], parts[1::3], parts[2::3], strict=True))
    frequent = [colour for colour, _count in Counter(pixels).most_common()]
    of_part: dict[_Colour, _Colour] = {}
    for red, green, blue in frequent:
        of_part.setdefault((red >> 5, green >> 5, blue >> 5), (red, green, blue))
    chosen = list(dict.fromkeys([*of_part.values(), *frequent]))[:_COLOURS]
    nearest = {
        colour: min(range(len(chosen)), key=lambda place: _apart(chosen[place], colour))
        for colour in frequent
    }
    small = Image.new("P", picture.size)
    small.putpalette([part for colour in chosen for part in colour])
    small.putdata([nearest[colour] for colour in pixels])
    return small


def _apart(one: _Colour, other: _Colour) -> int:
    return sum((a - b) ** 2 for a, b in zip(one, other, strict=True))


def main(chosen: list[str]) -> None:
    """Take the pictures named, or all of them."""
    unknown = set(chosen) - set(PICTURES)
    if unknown:
        sys.exit(f"No such picture: {', '.join(sorted(unknown))}")
    chromium = (
        os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    )
    if chromium is None:
        sys.exit("Chromium is missing; `make test` installs it.")
    FOLDER.mkdir(parents=True, exist_ok=True)
    with demonstration() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        office = Office(browser, address)
        for name, shown in PICTURES.items():
            if not chosen or name in chosen:
                print(f"{name}.png  {keep(shown(office), name) / 1000:.0f} kB")
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
