"""What import-linter cannot see: who writes, who reads the clock, what a room may hold."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from vinhdanh.common.icons import NAMES

ROOT = Path(__file__).resolve().parents[1]
HOUSE = ROOT / "vinhdanh"
ROOMS = sorted(path.name for path in HOUSE.iterdir() if (path / "__init__.py").exists())

WORDS = {"rules", "models", "access", "queries", "actions"}
PAGES = {"urls", "views", "forms", "tables", "filters", "commands", "tasks", "apps"}
BESIDE = {"templates", "templatetags", "static", "migrations", "tests", "middleware", "adapter"}
# `common` is no room of the work: base templates, Vietnamese text, calendar, refusals.
COMMON = {"icons", "ids", "refusal", "schema", "spreadsheets", "vietnamese", "calendar", "clock"}
COMMON |= {"sealing"}
# Beside the five words: answering with a stored file is the same in every room.
OPEN_TO_OTHERS = {("documents", "responses")}

READS_THE_CLOCK = {"views", "commands", "tasks", "adapter", "middleware", "tests"}
# The journal stamps its lines itself, so that no caller can write at another hour.
KEEPS_TIME = {Path("journal/actions.py")}
CLOCKS = {
    ("timezone", "now"),
    ("timezone", "localdate"),
    ("timezone", "localtime"),
    ("date", "today"),
    ("datetime", "now"),
    ("datetime", "today"),
    ("datetime", "utcnow"),
    ("time", "time"),
}

ALWAYS_WRITES = {
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
    "create_user",
    "create_superuser",
}
SQL_THAT_WRITES = re.compile(r"\s*(INSERT INTO|UPDATE \w+ SET|DELETE FROM|TRUNCATE)\b")

MOST_LINES = 450
ICON = re.compile(r'{% icon "([a-z0-9-]+)"')


def test_only_actions_write():
    offenders = [
        f"{_place(path)}:{node.lineno}"
        for path in _modules()
        if _word(path) not in {"actions", "migrations", "tests"}
        for node in ast.walk(_tree(path))
        if _writes(node)
    ]
    assert offenders == []


def test_other_rooms_see_only_the_five_words():
    offenders = [
        f"{_place(path)} imports vinhdanh.{room}.{word}"
        for path in _modules()
        for room, word in _imports(path)
        if room not in {_room(path), "common", "law"}
        and word not in WORDS
        and (room, word) not in OPEN_TO_OTHERS
        and not (word == "tests" and _word(path) == "tests")
    ]
    assert offenders == []


def test_only_pages_commands_and_tasks_read_the_clock():
    offenders = [
        f"{_place(path)}:{node.lineno}"
        for path in _modules()
        if _word(path) not in READS_THE_CLOCK and path.relative_to(HOUSE) not in KEEPS_TIME
        for node in ast.walk(_tree(path))
        if _reads_the_clock(node)
    ]
    assert offenders == []


def test_rules_and_law_know_no_django():
    offenders = [
        f"{_place(path)} imports {name}"
        for path in _modules()
        if _word(path) == "rules" or _room(path) == "law"
        for name in _imported_names(path)
        if name.split(".")[0] in {"django", "procrastinate", "psycopg"}
    ]
    assert offenders == []


def test_a_room_holds_only_what_its_words_say():
    known = WORDS | PAGES | BESIDE
    offenders = [
        f"{room}/{path.name}"
        for room in ROOMS
        for path in (HOUSE / room).iterdir()
        if path.stem not in known | {"__init__", "__pycache__"}
        and not (room == "common" and path.stem in COMMON)
        and (room, path.stem) not in OPEN_TO_OTHERS
        and not (room == "law" and path.suffix in {"", ".py"})
    ]
    assert offenders == []


def test_every_deed_stands_in_an_action_not_in_a_signal():
    offenders = [
        _place(path)
        for path in _modules()
        for name in _imported_names(path)
        if name.startswith("django.dispatch") or name.endswith("signals")
    ]
    assert offenders == []


def test_no_file_is_too_long_to_read():
    suffixes = {".py", ".html", ".css", ".js"}
    folders = [HOUSE, *(ROOT / name for name in ("config", "tests", "tools", "benchmarks"))]
    offenders = [
        f"{path.relative_to(ROOT)}: {lines}"
        for folder in folders
        for path in folder.rglob("*")
        if path.suffix in suffixes and "migrations" not in path.parts
        if (lines := len(path.read_text().splitlines())) > MOST_LINES
    ]
    assert offenders == []


def test_pages_carry_no_inline_script_or_style():
    # The content-security policy would refuse them in the browser.
    inline = re.compile(
        r"<script(?![^>]*\bsrc=)[^>]*>|<style\b|\sstyle\s*=|\son[a-z]+\s*=|\shx-on|javascript:",
        re.I,
    )
    offenders = [
        f"{_place(path)}:{number}: {line.strip()}"
        for path in _templates()
        if path.parent.name != "mail"  # read in other programs, which take no style from elsewhere
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if inline.search(line) and 'type="application/json"' not in line
    ]
    assert offenders == []


def test_pages_escape_what_they_show():
    trust = re.compile(r"\|\s*safe\b|autoescape off")
    offenders = [_place(path) for path in _templates() if trust.search(path.read_text())]
    assert offenders == []


def test_a_page_begins_with_what_it_extends():
    offenders = [
        _place(path)
        for path in _templates()
        if "{% extends" in (text := path.read_text()) and not text.startswith("{% extends")
    ]
    assert offenders == []


def test_every_setting_has_a_line_in_the_example():
    example = (ROOT / ".env.example").read_text()
    names = {
        name
        for path in (ROOT / "config").glob("*.py")
        for name in re.findall(
            r'(?:environ\.get\(|environ\[|_flag\(|_list\(|envvar=)\s*"([A-Z_]+)"', path.read_text()
        )
    }
    given = {"VINHDANH_CHILD_OF", "DJANGO_SETTINGS_MODULE"}
    assert sorted(name for name in names - given if f"{name}=" not in example) == []


def _modules() -> Iterator[Path]:
    yield from (path for path in HOUSE.rglob("*.py") if path.parent != HOUSE)


def _templates() -> Iterator[Path]:
    yield from (path for path in HOUSE.rglob("templates/**/*.html"))
    yield from (ROOT / "config").rglob("templates/**/*.html")


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(), str(path))


def _place(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _room(path: Path) -> str:
    return path.relative_to(HOUSE).parts[0]


def _word(path: Path) -> str:
    """The file's word in its room: "actions" for actions.py and for all below actions/."""
    parts = path.relative_to(HOUSE).parts
    return "tests" if "tests" in parts else Path(parts[1]).stem


def _imported_names(path: Path) -> Iterator[str]:
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _imports(path: Path) -> Iterator[tuple[str, str]]:
    """What is imported of the house, as (room, word)."""
    for name in _imported_names(path):
        parts = name.split(".")
        if parts[0] == "vinhdanh" and len(parts) > 2:
            yield parts[1], parts[2]


def _writes(node: ast.AST) -> bool:
    """Whether the node writes rows; what shares only the name (dict.update) is called otherwise."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return bool(SQL_THAT_WRITES.match(node.value))
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
        return False
    name, named, bare = node.func.attr, bool(node.keywords), not node.args
    if name == "save":
        return bare and not _is_super(node.func.value)
    if name == "delete":
        return bare and not named
    if name in {"create", "update"}:
        return bare and named
    return name in ALWAYS_WRITES


def _reads_the_clock(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call):
        return False
    name = _name_of_call(node)
    # Given an instant, these only convert it.
    return name in CLOCKS and not (name[1].startswith("local") and node.args)


def _is_super(node: ast.expr) -> bool:
    return (
        isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "super"
    )


def _name_of_call(node: ast.Call) -> tuple[str, str] | None:
    function = node.func
    if isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name):
        return function.value.id, function.attr
    return None


def test_the_sprite_holds_the_icons_that_pages_name_and_no_other():
    templates = [*HOUSE.rglob("templates/**/*.html"), *(ROOT / "config").rglob("*.html")]
    sources = [path.read_text() for path in templates]
    modules = [*_modules(), *(ROOT / "config").rglob("*.py")]
    named = "".join([*sources, *(path.read_text() for path in modules if path.stem != "icons")])

    assert {name for text in sources for name in ICON.findall(text)} <= set(NAMES)
    assert [name for name in NAMES if f'"{name}"' not in named] == []
