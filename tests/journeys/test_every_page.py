"""Every page there is: reached by links alone, accessible, whole on a phone, and without script."""

from collections import deque
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve
from playwright.sync_api import Page

from tests.journeys.conftest import ROOT, LogIn

AXE = (ROOT / "node_modules/axe-core/axe.min.js").read_text()
# Two addresses of one page look alike to a visitor: as many of each are opened, to meet its states.
OPENED_OF_A_KIND = 3
PAGES_AT_MOST = 220
# Followed by nobody: files, feeds, and what logs the visitor out or changes the language.
_NOT_PAGES = ("/static/", "/ngon-ngu/", "/metrics", "/healthz", "/tai-khoan/dang-xuat/")


def _crawl(page: Page, start: str = "/") -> dict[str, str]:
    """Open every kind of page that links lead to; an address of each, by the view's name.

    Gives up loudly on a page that answers with an error.
    """
    page.goto(start)
    seen: dict[str, list[str]] = {}
    todo = deque([urlsplit(page.url).path])
    queued = set(todo)
    visited = 0
    while todo and visited < PAGES_AT_MOST:
        path = todo.popleft()
        kind = _kind(path)
        if kind is None or len(seen.setdefault(kind, [])) >= OPENED_OF_A_KIND:
            continue
        answer = page.goto(path)
        visited += 1
        if answer is None:
            continue
        assert answer.status < 400, f"{path} answers {answer.status}"
        seen[kind].append(path)
        _inspect(page, path)
        for link in page.locator("a[href]").evaluate_all("links => links.map(a => a.href)"):
            parts = urlsplit(link)
            if parts.netloc == urlsplit(page.url).netloc and parts.path not in queued:
                queued.add(parts.path)
                if not parts.path.startswith(_NOT_PAGES) and not _is_file(parts.path):
                    todo.append(parts.path)
    return {kind: paths[0] for kind, paths in seen.items() if paths}


def _kind(path: str) -> str | None:
    try:
        return resolve(path).view_name
    except Resolver404:
        return None


def _is_file(path: str) -> bool:
    """An address that sends a file instead of a page."""
    return (
        path.rstrip("/").rsplit("/", 1)[-1] in {"xuat", "tai-ve", "json"} or Path(path).suffix != ""
    )


def _inspect(page: Page, path: str) -> None:
    assert page.locator("h1").count() == 1, f"{path} has not one h1"
    found = page.evaluate(f"{AXE}; axe.run({{resultTypes: ['violations']}})")
    told = [
        f"{violation['id']}: {node['target']} {node['failureSummary']}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]
    assert told == [], f"{path}\n" + "\n".join(told[:10])
    wide = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    assert wide <= 0, f"{path} is {wide} px wider than the window"


@pytest.mark.parametrize(
    "username", ["vanphong", "quantri", "canbo", "thutruong", "giamdoc", "nhanvien"]
)
def test_every_page_a_role_reaches_is_accessible(log_in: LogIn, username: str) -> None:
    page = log_in(username)
    troubles: list[str] = []
    page.on("console", lambda said: troubles.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: troubles.append(str(error)))

    reached = _crawl(page)

    assert troubles == []
    assert "plans:my_work" in reached


def test_every_page_is_whole_on_a_phone(log_in: LogIn) -> None:
    page = log_in("vanphong", phone=True)

    reached = _crawl(page)
    page.set_viewport_size({"width": 320, "height": 640})
    for path in reached.values():
        page.goto(path)
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, f"{path} is {wide} px too wide at 320 px"


def test_pages_answer_without_script(log_in: LogIn) -> None:
    page = log_in("vanphong", scripts=False)

    for path in ("/", "/ke-hoach/", "/quan-tri/"):
        answer = page.goto(path)
        assert answer is not None
        assert answer.status in {200, 404}
