"""Every sentence of the screen has an English translation for reviewers; says which have not.

`python -m tools.check_translations` looks; with `--write` it also brings locale/en up to date, so
that the missing ones can be filled in.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from babel.messages.catalog import Message
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[1]
CATALOGUE = Path("locale/en/LC_MESSAGES/django.po")
_SHOWN = 40
_SOURCES = ("vinhdanh", "config")
_LEFT_OUT = shutil.ignore_patterns("tests", "migrations", "static", "__pycache__", "*.mo")


def gathered(into: Path) -> Path:
    """The catalogue as it would be today, made in a copy of the sources."""
    for source in _SOURCES:
        shutil.copytree(ROOT / source, into / source, ignore=_LEFT_OUT)
    (into / "locale").mkdir()
    if (ROOT / CATALOGUE).exists():
        (into / CATALOGUE).parent.mkdir(parents=True)
        shutil.copy(ROOT / CATALOGUE, into / CATALOGUE)
    gather = ["-m", "django", "makemessages", "--locale=en", "--no-location", "--no-wrap"]
    done = subprocess.run(
        [sys.executable, *gather, "--no-obsolete"],
        cwd=into,
        check=False,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        sys.exit(done.stderr)
    return into / CATALOGUE


def faults(catalogue: Path) -> list[str]:
    """A line for every sentence that is untranslated, doubtful, or has lost a placeholder."""
    if not catalogue.exists():
        return []
    with catalogue.open("rb") as file:
        messages = read_po(file, locale="en")
    found = []
    for message in messages:
        if not message.id:
            continue
        if not _is_translated(message):
            found.append(f"not translated: {message.id!r}")
        elif message.fuzzy:
            found.append(f"doubtful: {message.id!r}")
        else:
            found += [f"{error}: {message.id!r}" for error in message.check(messages)]
    return found


def _is_translated(message: Message) -> bool:
    words = message.string if isinstance(message.string, tuple | list) else [message.string]
    return bool(words) and all(words)


def main() -> int:
    """0 when nothing is missing."""
    with tempfile.TemporaryDirectory() as folder:
        catalogue = gathered(Path(folder))
        found = faults(catalogue)
        if "--write" in sys.argv and catalogue.exists():
            (ROOT / CATALOGUE).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(catalogue, ROOT / CATALOGUE)
    for line in found[:_SHOWN]:
        print(line)
    print(f"{len(found)} sentences to translate in {CATALOGUE}" if found else "all translated")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
