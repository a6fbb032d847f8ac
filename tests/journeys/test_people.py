"""A unit is divided: its people go where they are sent, and come back when it was a mistake."""

from datetime import timedelta

from playwright.sync_api import Page, expect

from tests.journeys.conftest import LogIn
from tests.journeys.looks import expect_whole
from tests.journeys.running import today

ENDED, CLERK = "Phòng Quản lý Di sản văn hóa", "Hồ Thị Kim Oanh"
HEIRS = ("Phòng Quản lý Thể dục thể thao", "Thanh tra Sở")
MORE_THAN_ONE = "Đơn vị chia, tách thì có từ hai đơn vị kế thừa trở lên"


def test_a_unit_is_split_its_people_go_on_and_all_is_taken_back(log_in: LogIn) -> None:
    admin, colleague = log_in("quantri"), log_in("canbo")
    admin.goto("/quan-tri/don-vi/")
    unit = _opened(admin, ENDED)
    clerk = _opened(admin, CLERK)
    service = admin.get_by_role("table", name="Quá trình công tác").locator("tbody tr")
    before = service.all_inner_texts()

    admin.goto(unit)
    _split(admin)
    _send_on(admin, unit)
    assert colleague.context.request.get(f"{unit}chuyen-nguoi/").status == 404

    # The record says where they went, the heir where they come from.
    admin.goto(clerk)
    tomorrow = f"{today() + timedelta(days=1):%d/%m/%Y}"
    expect(service.filter(has_text=tomorrow)).to_contain_text(HEIRS[0])
    admin.goto(unit)
    heir = _opened(admin, HEIRS[0])
    origin = admin.get_by_text(f"(Chia, tách, {today():%d/%m/%Y})")
    expect(origin).to_be_visible()

    # It was a mistake: the unit goes on, with everybody where they were.
    admin.goto(unit)
    _other_deed(admin, "Bỏ ghi kết thúc")
    admin.get_by_role("button", name="Bỏ ghi kết thúc").click()
    expect(admin.get_by_text("Đã bỏ ghi kết thúc; đơn vị hoạt động trở lại.")).to_be_visible()
    expect(admin.get_by_text("Đang hoạt động", exact=True)).to_be_visible()
    admin.goto(clerk)
    expect(service).to_have_count(len(before))
    assert service.all_inner_texts() == before
    admin.goto(heir)
    expect(origin).to_have_count(0)


def _opened(page: Page, name: str) -> str:
    """The address of the unit or person that a link leads to; left open."""
    page.locator("main").get_by_role("link", name=name, exact=True).first.click()
    expect(page.get_by_role("heading", level=1, name=name)).to_be_visible()
    return page.url


def _other_deed(page: Page, name: str) -> None:
    page.locator("summary", has_text="Việc khác").click()
    page.get_by_role("link", name=name).click()


def _split(admin: Page) -> None:
    """End the unit that is open by today, in favour of two; of one it is refused."""
    _other_deed(admin, "Kết thúc đơn vị")
    admin.get_by_label("Lý do").select_option(label="Chia, tách")
    admin.get_by_label("Ngày cuối cùng").fill(today().isoformat())
    heirs = admin.get_by_label("Đơn vị kế thừa", exact=True)
    keys = [
        heirs.locator("option").filter(has_text=heir).first.get_attribute("value") or ""
        for heir in HEIRS
    ]
    end = admin.get_by_role("button", name="Kết thúc đơn vị")
    heirs.select_option(keys[:1])
    end.click()
    expect(admin.get_by_role("alert")).to_contain_text(MORE_THAN_ONE)
    expect(admin.get_by_label("Ngày cuối cùng")).to_have_value(today().isoformat())
    expect_whole(admin)
    heirs.select_option(keys)
    end.click()
    expect(admin.get_by_role("heading", level=1, name="Người của đơn vị kết thúc")).to_be_visible()


def _send_on(admin: Page, unit: str) -> None:
    """Send one to the one heir, and the rest, some time later, to the other."""
    expect_whole(admin)
    rows = admin.get_by_role("row").filter(has=admin.get_by_role("combobox"))
    theirs = rows.filter(has_text=CLERK).get_by_role("combobox")
    for choice in theirs.all():
        choice.select_option(label=HEIRS[0])
    left = rows.count() - theirs.count()
    save = admin.get_by_role("button", name="Lưu")
    save.click()
    expect(rows).to_have_count(left)
    admin.goto(unit)
    expect(admin.get_by_text(f"Còn {left} chức vụ, vai trò kéo dài")).to_be_visible()
    admin.get_by_role("link", name="Chọn nơi đến").click()
    admin.get_by_label("Các dòng chưa chọn").select_option(label=HEIRS[1])
    save.click()
    expect(admin.get_by_role("heading", level=1, name=ENDED)).to_be_visible()
    expect(admin.get_by_role("link", name="Chọn nơi đến")).to_have_count(0)
    expect(admin.locator(".fact", has_text="Đơn vị kế thừa")).to_contain_text(HEIRS[1])
    expect_whole(admin)
