"""A passkey, from being made to opening the door: the browser plays the part of the phone."""

from playwright.sync_api import expect

from config.demo.log_ins import PASSWORD
from tests.journeys.conftest import LogIn

PHONE_AS_KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def test_a_passkey_is_added_opens_without_a_password_and_is_taken_away(log_in: LogIn):
    page = log_in("nhanvien")
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": PHONE_AS_KEY})

    page.goto("/tai-khoan/bao-mat/khoa/them/")
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Xác nhận").click()
    page.get_by_label("Tên khóa").fill("Điện thoại của tôi")
    page.get_by_role("button", name="Tạo khóa").click()
    expect(page.get_by_role("heading", name="Mã dự phòng")).to_be_visible()

    page.goto("/tai-khoan/dang-xuat/")
    page.get_by_role("main").get_by_role("button", name="Đăng xuất").click()
    page.get_by_role("button", name="Đăng nhập bằng khóa truy cập").click()
    expect(page.locator("nav.sidebar")).to_be_attached()
    page.goto("/tai-khoan/bao-mat/")
    expect(page.get_by_text("Xác thực hai lớp đang bật")).to_be_visible()

    page.goto("/tai-khoan/bao-mat/khoa/")
    expect(page.get_by_role("heading", name="Điện thoại của tôi")).to_be_visible()
    page.get_by_role("link", name="Bỏ khóa").click()
    if page.get_by_label("Mật khẩu").count():
        page.get_by_label("Mật khẩu").fill(PASSWORD)
        page.get_by_role("button", name="Xác nhận").click()
    page.get_by_role("button", name="Bỏ khóa").click()
    expect(page.get_by_text("Chưa có khóa truy cập")).to_be_visible()
