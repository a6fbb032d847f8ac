"""Other people's static files: exactly those that pages use, from the packages npm installed."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage, Storage

from vinhdanh.common.icons import sprite
from vinhdanh.common.templatetags.ui import SPRITE

_FONT = "be-vietnam-pro-{subset}-{weight}-normal.woff2"
FILES = {
    "lib/bootstrap.min.css": "bootstrap/dist/css/bootstrap.min.css",
    "lib/bootstrap.min.css.map": "bootstrap/dist/css/bootstrap.min.css.map",
    "lib/htmx.min.js": "htmx.org/dist/htmx.min.js",
} | {
    f"lib/fonts/{name}": f"@fontsource/be-vietnam-pro/files/{name}"
    for subset in ("latin", "latin-ext", "vietnamese")
    for weight in (400, 600)
    for name in [_FONT.format(subset=subset, weight=weight)]
}


class PackageFinder(BaseFinder):
    """Finds the files named in FILES under node_modules, and the icons that pages use."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        modules = Path(settings.NODE_MODULES)
        self.files = {path: modules / place for path, place in FILES.items()}
        self.files = {path: source for path, source in self.files.items() if source.exists()}
        if Path(settings.ICONS).is_dir():
            self.files[SPRITE] = _kept(sprite(Path(settings.ICONS)))

    def check(self, **kwargs: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        found = [str(self.files[path])] if path in self.files else []
        return found if find_all else (found or [""])[0]

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:
        for path, source in self.files.items():
            yield path, _OneFile(path, source)


def _kept(drawings: str) -> Path:
    """The sprite as a file under `var`, written when it differs."""
    path = Path(settings.VAR) / "sprite/icons.svg"
    if not path.exists() or path.read_text() != drawings:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(drawings)
    return path


class _OneFile(FileSystemStorage):
    """A single file under another name than it has on disk."""

    def __init__(self, name: str, source: Path) -> None:
        super().__init__(location=str(source.parent))
        self.prefix = ""
        self._name, self._source = name, source

    def path(self, name: str) -> str:
        return str(self._source)
