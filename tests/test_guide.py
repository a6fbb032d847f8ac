"""The user guide keeps what it promises: its links, its pictures, and the words on the screen."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest
from django.urls import reverse

from tools.pictures import PICTURES

ROOT = Path(__file__).resolve().parents[1]
GUIDE = ROOT / "docs/huong-dan"
PAGES = sorted(GUIDE.glob("*.md"))
LARGEST, LARGEST_TOGETHER = 120_000, 2_700_000

_LINK = re.compile(r"(?<!!)\[[^\]]+\]\(([^)]+)\)")
_PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)]+)\)")
_SCREEN_WORDS = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
_SHORT_TAG = re.compile(r"""(?:translate\s+|_\()(?:"([^"]+)"|'([^']+)')""")
_LONG_TAG = re.compile(r"{%\s*blocktranslate[^%]*%}(.*?){%\s*endblocktranslate\s*%}", re.DOTALL)
_PLURAL = re.compile(r"{%\s*plural\s*%}")


def _squeezed(text: str) -> str:
    return " ".join(text.split())


@cache
def _sentences_of_the_screen() -> frozenset[str]:
    """Every whole sentence or word that a template or a module says."""
    said: set[str] = set()
    for room in ("vinhdanh", "config"):
        for template in (ROOT / room).rglob("templates/**/*.html"):
            text = template.read_text()
            said |= {one or other for one, other in _SHORT_TAG.findall(text)}
            for passage in _LONG_TAG.findall(text):
                said |= set(_PLURAL.split(passage))
        for module in (ROOT / room).rglob("*.py"):
            if "tests" in module.parts or "migrations" in module.parts:
                continue
            said |= {
                node.value
                for node in ast.walk(ast.parse(module.read_text()))
                if isinstance(node, ast.Constant) and isinstance(node.value, str)
            }
    return frozenset(_squeezed(sentence) for sentence in said)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_words_in_bold_stand_on_a_screen(page: Path) -> None:
    quoted = {_squeezed(words) for words in _SCREEN_WORDS.findall(page.read_text())}

    assert quoted - _sentences_of_the_screen() == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_links_and_pictures_exist(page: Path) -> None:
    text = page.read_text()
    links = [target for target in _LINK.findall(text) if "://" not in target]
    pictures = [target for _words, target in _PICTURE.findall(text)]

    assert [target for target in [*links, *pictures] if not (GUIDE / target).is_file()] == []
    assert [words for words, _target in _PICTURE.findall(text) if not words] == []
    assert text.count("\n# ") + text.startswith("# ") == 1


def test_every_page_is_reachable_from_the_first() -> None:
    reached, todo = set(), ["README.md"]
    while todo:
        page = todo.pop()
        if page not in reached:
            reached.add(page)
            todo += _LINK.findall((GUIDE / page).read_text())

    assert reached == {page.name for page in PAGES}


def test_pictures_are_used_small_and_made_by_the_script() -> None:
    kept = {path.stem: path.stat().st_size for path in (GUIDE / "hinh").glob("*.png")}
    pages = [*PAGES, ROOT / "README.md"]
    used = {
        Path(name).stem for page in pages for _words, name in _PICTURE.findall(page.read_text())
    }

    assert set(kept) == set(PICTURES)
    assert set(kept) == used
    assert max(kept.values()) < LARGEST
    assert sum(kept.values()) < LARGEST_TOGETHER


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_inside_the_system_a_page_leads_to_pages_and_pictures(page: Path) -> None:
    """The addresses that the page is shown under accept the names of its links and pictures."""
    text = page.read_text()
    links = [Path(target).stem for target in _LINK.findall(text)]
    pictures = [Path(target).stem for _words, target in _PICTURE.findall(text)]

    assert all(reverse("help_page", args=[name]) for name in links)
    assert all(reverse("help_picture", args=[name]) for name in pictures)
