"""Every page there is: reached by links alone, accessible, whole on a phone, and without script."""

import re
from collections import deque
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve
from playwright.sync_api import Error, Page, expect

from tests.journeys.conftest import LogIn
from tests.journeys.looks import faults, shape_faults, too_wide

# Two addresses of one page look alike to a visitor: as many of each are opened, to meet its states.
OPENED_OF_A_KIND = 2
PAGES_AT_MOST = 300
# Followed by nobody, like pictures: files, measures, and what logs the visitor out or changes the
# language.
_NOT_PAGES = ("/static/", "/ngon-ngu/", "/metrics", "/healthz", "/tai-khoan/dang-xuat/")

# Marks of the contents that axe has seen in this run.
_LOOKED_THROUGH: set[int] = set()


def _crawl(page: Page, start: str = "/") -> tuple[dict[str, str], list[str]]:
    """Open every kind of page that links lead to; an address of each by the view's name, and all
    that is wrong with them."""
    page.goto(start)
    opened: dict[str, list[str]] = {}
    shown: dict[str, str] = {}
    wrong: list[str] = []
    todo = deque([urlsplit(page.url).path])
    queued = set(todo)
    while todo and sum(map(len, opened.values())) < PAGES_AT_MOST:
        path = todo.popleft()
        kind = _kind(urlsplit(path).path)
        if kind is None or len(opened.setdefault(kind, [])) >= OPENED_OF_A_KIND:
            continue
        opened[kind].append(path)
        try:
            answer = page.goto(path)
        except Error as refused:
            if "Download is starting" not in str(refused):
                raise
            continue
        if answer is not None and answer.status >= 400:
            wrong.append(f"{path} answers {answer.status}")
            continue
        shown[kind] = path
        # What says the same to several roles, as the law does, is looked through for one of them.
        content = _content(page)
        wrong += shape_faults(page, path) if content in _LOOKED_THROUGH else faults(page, path)
        _LOOKED_THROUGH.add(content)
        for link in page.locator("a[href]").evaluate_all("links => links.map(a => a.href)"):
            parts = urlsplit(link)
            if parts.netloc == urlsplit(page.url).netloc and parts.path not in queued:
                queued.add(parts.path)
                if not parts.path.startswith(_NOT_PAGES) and not parts.path.endswith(".png"):
                    # What is asked for with the address belongs to it: whom an entry is about.
                    todo.append(f"{parts.path}?{parts.query}".rstrip("?"))
    return shown, wrong


def _kind(path: str) -> str | None:
    try:
        return resolve(path).view_name
    except Resolver404:
        return None


def _content(page: Page) -> int:
    """A mark of what stands on the page within the frame, but for the key of its forms, and of
    the width of the window."""
    said = re.sub(r'value="\w{64}"', "", page.locator("main").inner_html())
    return hash((page.evaluate("window.innerWidth"), said))


@pytest.mark.parametrize(
    "username", ["vanphong", "quantri", "canbo", "thutruong", "giamdoc", "nhanvien"]
)
def test_every_page_a_role_reaches_is_accessible(log_in: LogIn, username: str) -> None:
    page = log_in(username)
    said: list[str] = []
    page.on("console", lambda told: said.append(told.text) if told.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))

    reached, wrong = _crawl(page)

    assert wrong + said == []
    assert "plans:my_work" in reached


def test_every_page_is_whole_on_a_phone(log_in: LogIn) -> None:
    page = log_in("vanphong", phone=True)

    reached, wrong = _crawl(page)
    page.set_viewport_size({"width": 320, "height": 640})
    for path in reached.values():
        page.goto(path)
        if wide := too_wide(page):
            wrong.append(f"{path} is {wide} px too wide at 320 px")

    assert wrong == []


def test_pages_answer_without_script(log_in: LogIn) -> None:
    page = log_in("vanphong", scripts=False)

    page.goto("/ke-hoach/")
    page.get_by_role("link", name="Đưa kế hoạch vào").first.click()
    page.locator("textarea").fill("Không phải kế hoạch")
    page.get_by_role("button", name="Đọc kế hoạch").click()

    expect(page.get_by_role("alert").first).to_be_visible()
    expect(page.locator("textarea")).to_have_value("Không phải kế hoạch")
