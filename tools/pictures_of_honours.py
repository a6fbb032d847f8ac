"""The pictures of the register, of eligibility and of the law in the user guide."""

from typing import Protocol

from playwright.sync_api import Page

_ROOM = "/khen-thuong/"


class Windows(Protocol):
    """The demonstration as its people see it."""

    def seen_by(self, username: str, *, phone: bool = False) -> Page: ...


def register(office: Windows) -> Page:
    page = office.seen_by("vanphong")
    page.goto(f"{_ROOM}so/?q=thu+vien")
    return page


def record(office: Windows) -> Page:
    page = office.seen_by("nhanvien")
    page.goto(f"{_ROOM}cua-toi/")
    return page


def settling(office: Windows) -> Page:
    page = office.seen_by("vanphong")
    page.goto(f"{_ROOM}nhap-lich-su/")
    page.get_by_role("link", name="Giấy khen").first.click()
    page.wait_for_load_state()
    return page


def law(office: Windows) -> Page:
    page = office.seen_by("vanphong")
    page.goto(f"{_ROOM}phap-luat/DH_CSTD_CS/?day=2026-03-02")
    return page


def eligibility(office: Windows) -> Page:
    page = office.seen_by("vanphong")
    page.goto(f"{_ROOM}xet/?year=2025&day=2026-03-02")
    return page


def path(office: Windows) -> Page:
    page = office.seen_by("nhanvien")
    page.goto(f"{_ROOM}cua-toi/")
    page.get_by_role("link", name="Lộ trình").first.click()
    page.wait_for_load_state()
    return page


def bonuses(office: Windows) -> Page:
    page = office.seen_by("vanphong")
    page.goto(f"{_ROOM}tien-thuong/?year=2025")
    return page


def split_unit(office: Windows) -> Page:
    page = office.seen_by("vanphong")
    page.goto(f"{_ROOM}so/?q=bao+tang+tinh")
    for _step in ("the award", "whose it is"):
        page.locator("main").get_by_role("link", name="Bảo tàng tỉnh", exact=True).first.click()
        page.wait_for_load_state()
    split = page.get_by_text("kế thừa là").first
    split.evaluate("(thing) => thing.scrollIntoView({block: 'center'})")
    return page


PICTURES = {
    "so-khen-thuong": register,
    "thanh-tich": record,
    "nhap-lich-su": settling,
    "luat": law,
    "xet-dieu-kien": eligibility,
    "lo-trinh": path,
    "tien-thuong": bonuses,
    "chia-tach": split_unit,
}
