"""What holds of every page, whoever looks at it: accessible, one h1, whole in its window."""

from playwright.sync_api import Page

from tests.journeys.conftest import ROOT

_AXE = (ROOT / "node_modules/axe-core/axe.min.js").read_text()
_TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def too_wide(page: Page) -> int:
    """By how many px the page that is open is wider than its window; 0 when it fits."""
    return max(0, int(page.evaluate(_TOO_WIDE)))


def faults(page: Page, path: str) -> list[str]:
    """What axe finds on the page that is open, a missing or second h1, a page too wide."""
    found = page.evaluate(f"{_AXE}; axe.run({{resultTypes: ['violations']}})")
    wrong = [
        f"{path} {violation['id']}: {node['target']} {node['failureSummary']}"
        for violation in found["violations"]
        for node in violation["nodes"][:2]
    ]
    return wrong + shape_faults(page, path)


def shape_faults(page: Page, path: str) -> list[str]:
    """A missing or second h1 on the page that is open, a page too wide."""
    wrong = []
    if page.locator("h1").count() != 1:
        wrong.append(f"{path} has not one h1")
    if wide := too_wide(page):
        wrong.append(f"{path} is {wide} px wider than the window")
    return wrong


def expect_whole(page: Page) -> None:
    """Nothing is wrong with the page as it stands, opened as far as it is."""
    assert faults(page, page.url) == []
