"""The whole system as a person meets it: the demonstration office, served, in a browser."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from config.demo.log_ins import PASSWORD
from tools.demonstration import demonstration

ROOT = Path(__file__).resolve().parent.parent.parent
# A busy machine says nothing about the pages: what is waited for in a browser may take long.
_PATIENCE_MS = 30_000
expect.set_options(timeout=_PATIENCE_MS)
DESKTOP, PHONE = {"width": 1366, "height": 768}, {"width": 390, "height": 844}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All journeys share one running system, so one worker of the test runner takes them all."""
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker(pytest.mark.xdist_group("journeys"))
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="session")
def site() -> Iterator[str]:
    """The address of a demonstration that runs with database, web and worker of its own."""
    with demonstration() as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = (
        os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium,
            args=["--no-sandbox", "--disable-quic", "--disable-background-networking"],
        )
        yield browser
        browser.close()


LogIn = Callable[..., Page]


@pytest.fixture
def log_in(site: str, browser: Browser) -> Iterator[LogIn]:
    """Log in by the form as one of the demonstration's people, in a browser window of their own."""
    contexts = []

    def as_user(username: str, *, phone: bool = False, scripts: bool = True) -> Page:
        context = browser.new_context(
            base_url=site,
            locale="vi-VN",
            viewport=PHONE if phone else DESKTOP,
            java_script_enabled=scripts,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(_PATIENCE_MS)
        page.goto("/tai-khoan/dang-nhap/")
        page.locator("input[name=login]").fill(username)
        page.locator("input[name=password]").fill(PASSWORD)
        page.locator("form button:not([name])").first.click()
        expect(page.locator("nav.sidebar")).to_be_attached()
        return page

    yield as_user
    for context in contexts:
        context.close()
